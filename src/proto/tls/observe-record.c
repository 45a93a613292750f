/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each record is: a handshake in clear, an alert, a change to encryption,
 * or something encrypted; and what follows from it for both ends.
 *
 * What lies inside an encrypted record is known by hints of an end, or by the
 * order that TLS 1.2 prescribes.
 *
 * RFC 8446 sections 5.1, 5.2 and 6.
 */

#include "proto/tls/observe-private.h"

#include "proto/tls/record.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define ALERT_FATAL 2
#define ALERT_USER_CANCELED 90
#define ALERT_NO_RENEGOTIATION 100

static const char *const handshaking = N_ ("TLS handshake");
static const char *const encrypted = N_ ("Encrypted");
static const char *const closed = N_ ("Closed");

/* -- the conversation --------------------------------------------------- */

static const char *
state_of (const PcTlsObserver *self,
          PcSide               side)
{
  if (self->sides[side].closed)
    return closed;
  return self->sides[PC_SIDE_CLIENT].finished &&
                 self->sides[PC_SIDE_SERVER].finished
             ? encrypted
             : handshaking;
}

void
pc_tls_update_states (PcTlsObserver *self)
{
  self->base.client_state = state_of (self, PC_SIDE_CLIENT);
  self->base.server_state = state_of (self, PC_SIDE_SERVER);
}

static void
see_finished (PcTlsObserver *self,
              PcSide         from)
{
  self->sides[from].finished = TRUE;
  /* In TLS 1.3 the client's comes last. */
  if (from == PC_SIDE_CLIENT && self->version >= PC_TLS_VERSION_13)
    self->sides[PC_SIDE_SERVER].finished = TRUE;
  pc_tls_update_states (self);
}

static gboolean
is_all_finished (const PcTlsObserver *self)
{
  return self->sides[PC_SIDE_CLIENT].finished &&
         self->sides[PC_SIDE_SERVER].finished;
}

static PcStatus
see_alert (PcTlsObserver *self,
           PcSide         from,
           gboolean       fatal,
           guint          description)
{
  if (description == 0) {
    self->sides[from].closed = TRUE;
    pc_tls_update_states (self);
    return PC_STATUS_OK;
  }
  if (!fatal)
    return PC_STATUS_WARNING;

  self->sides[PC_SIDE_CLIENT].closed = TRUE;
  self->sides[PC_SIDE_SERVER].closed = TRUE;
  pc_tls_update_states (self);
  return PC_STATUS_ERROR;
}

/* -- hints -------------------------------------------------------------- */

/* What is known of the next encrypted record, which shows @type on its
 * outside, 0 when that says nothing. */
static gboolean
take_hint (PcTlsSide *side,
           guint      type,
           PcTlsHint *hint)
{
  for (guint i = 0; i < side->n_hints; i++) {
    if (type != 0 && side->hints[i].type != type)
      continue;
    *hint = side->hints[i];
    side->n_hints -= i + 1;
    memmove (side->hints, side->hints + i + 1,
             side->n_hints * sizeof side->hints[0]);
    return TRUE;
  }

  return FALSE;
}

/* A record turned out to be in clear. */
void
pc_tls_drop_hint (PcTlsSide *side,
                  guint      type,
                  guint      detail)
{
  PcTlsHint hint;

  if (side->n_hints > 0 && side->hints[0].type == type &&
      side->hints[0].detail == detail)
    take_hint (side, 0, &hint);
}

/* -- records ------------------------------------------------------------ */

void
pc_tls_record_summarise (PcTlsRecord *record,
                         const char  *text)
{
  if (record->summary->len > 0)
    g_string_append (record->summary, " + ");
  g_string_append (record->summary, text);
}

void
pc_tls_record_spoil (PcTlsRecord *record,
                     PcTlsRule    rule)
{
  record->rule = rule;
  record->ruled = TRUE;
  record->unit->status = PC_STATUS_ERROR;
}

static void
see_clear_alert (PcTlsObserver *self,
                 PcSide         from,
                 PcTlsRecord   *record)
{
  PcTlsReader     *reader = &record->reader;
  guint            level = 0, description = 0;
  const char      *name;
  g_autofree char *text = NULL;

  record->unit->kind = PC_UNIT_ALERT;
  record->rule = PC_TLS_RULE_ALERT;
  if (pc_tls_reader_get_rest (reader) != 2) {
    pc_tls_record_summarise (record, _ ("Alert"));
    pc_tls_record_spoil (record, PC_TLS_RULE_MALFORMED);
    return;
  }

  pc_tls_reader_peek (reader, 1, &level);
  pc_tls_reader_add (reader, 1, N_ ("Level"),
                     N_ ("1: a warning. 2: fatal, the connection is over."),
                     g_strdup_printf (level == 1   ? "%u (warning)"
                                      : level == 2 ? "%u (fatal)"
                                                   : "%u",
                                      level));
  pc_tls_reader_peek (reader, 1, &description);
  name = pc_tls_alert_name (description);
  pc_tls_reader_add (reader, 1, N_ ("Description"),
                     pc_tls_alert_meaning (description),
                     name == NULL
                         ? g_strdup_printf ("%u", description)
                         : g_strdup_printf ("%u (%s)", description, name));
  text = name != NULL ? g_strdup_printf (_ ("Alert: %s"), name)
                      : g_strdup_printf (_ ("Alert %u"), description);
  pc_tls_record_summarise (record, text);
  record->rule = pc_tls_alert_rule (description);
  pc_tls_drop_hint (&self->sides[from], PC_TLS_CONTENT_ALERT, description);
  record->unit->status = see_alert (self, from, level == ALERT_FATAL,
                                    description);
}

static void
see_change_cipher_spec (PcTlsObserver *self,
                        PcSide         from,
                        PcTlsRecord   *record)
{
  PcTlsReader *reader = &record->reader;
  gboolean     old = self->version != 0 && self->version <= PC_TLS_VERSION_12;
  gboolean     good = pc_tls_reader_get_rest (reader) == 1 &&
                  *reader->at == 1;

  record->unit->kind = PC_UNIT_HANDSHAKE;
  record->rule = old ? PC_TLS_RULE_CHANGE_CIPHER_SPEC
                     : PC_TLS_RULE_CHANGE_CIPHER_SPEC_COMPAT;
  pc_tls_record_summarise (record, "ChangeCipherSpec");
  if (!good) {
    pc_tls_record_spoil (record, PC_TLS_RULE_MALFORMED);
    return;
  }

  pc_tls_reader_add (reader, 1, N_ ("Change"),
                     N_ ("Always 1; that it is here says it all."),
                     g_strdup ("1"));
  if (old)
    self->sides[from].sealed = TRUE;
}

static char *
apply_hint (PcTlsObserver   *self,
            PcSide           from,
            const PcTlsHint *hint,
            PcTlsRecord     *record)
{
  const char *name;

  if (hint->type == PC_TLS_CONTENT_HANDSHAKE) {
    name = pc_tls_handshake_name (hint->detail);
    record->unit->kind = PC_UNIT_HANDSHAKE;
    record->rule = pc_tls_rule_of_message (self, from, hint->detail, FALSE);
    if (hint->detail == PC_TLS_FINISHED)
      see_finished (self, from);
    return name != NULL
               ? g_strdup (name)
               : g_strdup_printf (_ ("Handshake message %u"), hint->detail);
  }
  if (hint->type == PC_TLS_CONTENT_ALERT) {
    gboolean fatal = hint->detail != ALERT_USER_CANCELED &&
                     hint->detail != ALERT_NO_RENEGOTIATION;

    name = pc_tls_alert_name (hint->detail);
    record->unit->kind = PC_UNIT_ALERT;
    record->rule = pc_tls_alert_rule (hint->detail);
    record->unit->status = see_alert (self, from, fatal, hint->detail);
    return name != NULL ? g_strdup_printf (_ ("Alert: %s"), name)
                        : g_strdup_printf (_ ("Alert %u"), hint->detail);
  }

  record->unit->kind = PC_UNIT_DATA;
  record->rule = PC_TLS_RULE_DATA;
  return g_strdup (_ ("Application data"));
}

/* The shortest record with a Finished of TLS 1.3: header, hash of 32, inner
 * type, tag. */
static gboolean
can_be_finished (const PcTlsObserver *self,
                 const PcTlsRecord   *record)
{
  return pc_tls_reader_get_rest (&record->reader) >=
         PC_TLS_MESSAGE_HEADER + 32 + 1 + pc_tls_cipher_get_tag (self->cipher);
}

/* What the record is when no end has told.  Up to TLS 1.2 its outside says
 * something.  Returns: what is inside, as far as that is sure.  Transfer full,
 * nullable. */
static char *
guess_encrypted (PcTlsObserver *self,
                 PcSide         from,
                 guint          type,
                 PcTlsRecord   *record)
{
  const PcTlsHint finished = { PC_TLS_CONTENT_HANDSHAKE, PC_TLS_FINISHED };
  const PcTlsHint data = { PC_TLS_CONTENT_DATA, 0 };
  gboolean        hidden = self->version >= PC_TLS_VERSION_13;

  if (type == PC_TLS_CONTENT_ALERT) {
    record->unit->kind = PC_UNIT_ALERT;
    record->rule = PC_TLS_RULE_ALERT_ENCRYPTED;
    return g_strdup (_ ("Alert"));
  }
  /* Nothing else may follow ChangeCipherSpec. */
  if (type == PC_TLS_CONTENT_HANDSHAKE && !self->sides[from].finished)
    return apply_hint (self, from, &finished, record);
  if (type == PC_TLS_CONTENT_DATA && !hidden)
    return apply_hint (self, from, &data, record);

  if (type == PC_TLS_CONTENT_DATA && is_all_finished (self)) {
    record->unit->kind = PC_UNIT_DATA;
    record->rule = PC_TLS_RULE_DATA;
    return NULL;
  }
  record->unit->kind = PC_UNIT_HANDSHAKE;
  record->rule = PC_TLS_RULE_ENCRYPTED;
  if (hidden && from == PC_SIDE_CLIENT && can_be_finished (self, record))
    see_finished (self, from);
  return NULL;
}

static void
label_sealed (PcTlsObserver *self,
              PcTlsRecord   *record,
              const char    *inside)
{
  guint            nonce = 0, tag = 0;
  g_autofree char *octets = NULL, *text = NULL;

  if (record->rule != PC_TLS_RULE_EARLY_DATA &&
      record->rule != PC_TLS_RULE_MISPLACED) {
    nonce = pc_tls_cipher_get_nonce (self->cipher, self->version);
    tag = pc_tls_cipher_get_tag (self->cipher);
  }
  octets = pc_tls_octets (pc_tls_reader_get_rest (&record->reader));
  /* Translators: what is inside, such as "Finished"; "36 octets" */
  text = inside != NULL
             ? g_strdup_printf (_ ("%s, encrypted (%s)"), inside, octets)
             : g_strdup_printf (_ ("Encrypted (%s)"), octets);
  pc_tls_record_summarise (record, text);
  pc_tls_label_encrypted (&record->reader, inside, nonce, tag);
}

static void
see_encrypted (PcTlsObserver *self,
               PcSide         from,
               guint          type,
               PcTlsRecord   *record)
{
  gboolean         hidden = self->version >= PC_TLS_VERSION_13;
  PcTlsHint        hint;
  g_autofree char *inside = NULL;

  if (take_hint (&self->sides[from], hidden ? 0 : type, &hint))
    inside = apply_hint (self, from, &hint, record);
  else
    inside = guess_encrypted (self, from, type, record);
  label_sealed (self, record, inside);
}

/* Application data where no keys can be. */
static void
see_untimely_data (PcTlsObserver *self,
                   PcSide         from,
                   PcTlsRecord   *record)
{
  gboolean early = self->hello && from == PC_SIDE_CLIENT &&
                   self->version == 0;

  record->unit->kind = PC_UNIT_DATA;
  record->rule = PC_TLS_RULE_EARLY_DATA;
  if (!early)
    pc_tls_record_spoil (record, PC_TLS_RULE_MISPLACED);
  label_sealed (self, record, NULL);
}

static gboolean
can_send_data (const PcTlsObserver *self,
               PcSide               from)
{
  return self->version >= PC_TLS_VERSION_13 || self->sides[from].sealed;
}

void
pc_tls_see_record (PcTlsObserver *self,
                   PcSide         from,
                   guint          type,
                   PcTlsRecord   *record)
{
  gboolean sealed = self->sides[from].sealed;

  if (type == PC_TLS_CONTENT_CHANGE_CIPHER_SPEC)
    see_change_cipher_spec (self, from, record);
  else if (type == PC_TLS_CONTENT_DATA && !can_send_data (self, from))
    see_untimely_data (self, from, record);
  else if (type == PC_TLS_CONTENT_DATA || sealed)
    see_encrypted (self, from, type, record);
  else if (type == PC_TLS_CONTENT_ALERT)
    see_clear_alert (self, from, record);
  else
    pc_tls_see_handshake (self, from, record);
}
