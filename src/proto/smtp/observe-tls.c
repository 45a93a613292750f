/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches what is TLS, or should be.
 *
 * TLS, after STARTTLS or by mistake, is cut into records and not looked into.
 * Clear text behind a STARTTLS that was granted is nobody's word: it becomes
 * units of its own, and changes nothing.
 *
 * RFC 3207 sections 4 and 4.2, RFC 8446 section 5.1.
 */

#include "proto/smtp/observe-private.h"

#include "base/limits.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

PcUnit *
pc_smtp_observer_take_unit (PcSmtpObserver *self,
                            PcSide          from,
                            PcUnitKind      kind,
                            PcSmtpRule      rule,
                            gsize           total)
{
  const guint8 *data = pc_bytes_peek (&self->in[from], NULL);
  const char   *name = pc_smtp_narrations[rule].rule;
  PcUnit       *unit = pc_unit_new (from, kind, name, data, total);

  pc_bytes_consume (&self->in[from], total);
  self->scanned[from] = 0;

  return unit;
}

/* -- records --------------------------------------------------------------- */

static void
emit_record (PcSmtpObserver *self,
             PcSide          side,
             gsize           total)
{
  PcUnit *unit = pc_smtp_observer_take_unit (
      self, side, PC_UNIT_DATA,
      self->tls ? PC_SMTP_RULE_TLS_RECORD : PC_SMTP_RULE_UNREADABLE, total);

  unit->status = self->tls ? PC_STATUS_OK : PC_STATUS_ERROR;
  pc_starttls_label_record (unit);
  pc_observer_emit (&self->base, unit);
}

PcSmtpReplyResult
pc_smtp_observer_step_record (PcSmtpObserver *self,
                              PcSide          side)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in[side], &len);
  gsize         total = pc_starttls_measure_record (data, len);

  if (total == 0)
    return PC_SMTP_REPLY_BAD;
  if (total > len)
    return PC_SMTP_REPLY_MORE;

  emit_record (self, side, total);
  return PC_SMTP_REPLY_DONE;
}

/* -- clear text ------------------------------------------------------------ */

static const char *const label = N_ ("Clear text");
static const char *const meaning =
    N_ ("It came too early, and nobody acts on it.");

/* A line of a login may follow the command, and hold a password. */
static void
label_command (PcSmtpObserver *self,
               PcUnit         *unit,
               const guint8   *line,
               gsize           text)
{
  gsize      word;
  PcSmtpVerb verb = pc_smtp_verb_find (line, text, &word);

  if (verb != PC_SMTP_VERB_UNKNOWN)
    pc_smtp_label_command (unit, verb, word, text);
  else if (self->injected_login)
    pc_unit_add_secret (unit, text, label, meaning);
  else
    pc_unit_add_field (unit, text, label, meaning);
  if (verb == PC_SMTP_VERB_AUTH)
    self->injected_login = TRUE;
}

static void
label_reply (PcUnit       *unit,
             const guint8 *line,
             gsize         len,
             gsize         text)
{
  PcSmtpReplyReader reader = { 0 };
  gsize             total;

  if (pc_smtp_reply_find (&reader, line, len, PC_LIMIT_UNIT, &total) ==
      PC_SMTP_REPLY_DONE)
    pc_smtp_label_reply (unit, PC_SMTP_VERB_NONE, reader.code);
  else
    pc_unit_add_field (unit, text, label, meaning);
}

static void
emit_injected (PcSmtpObserver *self,
               PcSide          side,
               gsize           len)
{
  PcUnitKind    kind = side == PC_SIDE_CLIENT ? PC_UNIT_COMMAND
                                              : PC_UNIT_REPLY;
  PcUnit       *unit = pc_smtp_observer_take_unit (
      self, side, kind, PC_SMTP_RULE_INJECTED, len);
  const guint8 *line = g_bytes_get_data (unit->bytes, NULL);
  gsize         text;

  pc_smtp_split_line (line, len, &text);
  unit->status = PC_STATUS_WARNING;
  if (side == PC_SIDE_CLIENT)
    label_command (self, unit, line, text);
  else
    label_reply (unit, line, len, text);
  pc_observer_emit (&self->base, unit);
}

gboolean
pc_smtp_observer_step_tls (PcSmtpObserver *self,
                           PcSide          side,
                           gboolean        last)
{
  PcSmtpReplyResult record = pc_smtp_observer_step_record (self, side);
  gsize             size;
  const guint8     *data = pc_bytes_peek (&self->in[side], &size);
  gsize             len;

  if (record == PC_SMTP_REPLY_DONE)
    return TRUE;
  if (size == 0 || (record == PC_SMTP_REPLY_MORE && !last))
    return FALSE;

  len = pc_starttls_find_clear (data, size, last);
  if (len == 0)
    return FALSE;
  emit_injected (self, side, len);
  return TRUE;
}

void
pc_smtp_observer_reset (PcSmtpObserver *self)
{
  PcSmtpState state = self->track.state;

  for (guint side = 0; side < G_N_ELEMENTS (self->in); side++) {
    pc_bytes_clear (&self->in[side]);
    self->scanned[side] = 0;
  }
  g_queue_clear (&self->pending);
  self->tls = FALSE;
  self->injected_login = FALSE;
  self->mode = PC_SMTP_MODE_COMMAND;
  self->chunk = 0;
  self->reply = (PcSmtpReplyReader){ 0 };
  self->login = (PcSaslView){ 0 };
  self->track = (PcSmtpTrack){
    .state = state == PC_SMTP_CLOSED ? state : PC_SMTP_GREETED,
  };
}
