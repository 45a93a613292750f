/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What answers what: makes units of frames and follows the state.
 *
 * Tags pair replies with commands; untagged data is taken for an answer while
 * a command that could have asked for it is open.  Both ends are in the same
 * state as far as an onlooker can tell.
 *
 * RFC 3501 and RFC 9051 sections 2.2, 3, 6 and 7.
 */

#include "proto/imap/observe-private.h"

#include "proto/imap/observe-label.h"
#include "proto/imap/observe-rule.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PENDING 256 /* commands without a reply; more are forgotten */
#define SUMMARY_CHARS 200

typedef struct
{
  char      *tag;
  PcImapVerb verb;
} Pending;

void
pc_imap_observer_set_state (PcImapObserver *self,
                            PcImapState     state)
{
  if (self->base.cut_off)
    return;

  self->state = state;
  self->base.client_state = pc_imap_states[state];
  self->base.server_state = pc_imap_states[state];
}

/* -- emitting ------------------------------------------------------------- */

static char *
describe_content (gsize size)
{
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%lu octet of content",
                                       "%lu octets of content",
                                       (gulong) size),
                          (gulong) size);
}

/* Several lines in one field are a literal: the summary shows its header and
 * leaves the octets out. */
static void
summarise (PcUnit  *unit,
           gboolean cut_off)
{
  const guint8 *data = g_bytes_get_data (unit->bytes, NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean left_out = FALSE;
  gsize    content = 0;

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_peek_field (unit, i);
    gsize          len = field->end - field->start;
    const guint8  *octets = data + field->start;
    gboolean       eol = len <= 2 && octets[len - 1] == '\n';
    gboolean       many = !eol && memchr (octets, '\n', len) != NULL;

    /* But for the end of the command around it. */
    if (!eol || cut_off || i + 1 < pc_unit_get_n_fields (unit))
      content += len;
    if (field->secret)
      g_string_append (line, PC_SECRET_DOTS);
    else if (many && !left_out)
      g_string_append (line, "\342\200\246");
    else if (eol && !left_out)
      g_string_append_c (line, ' ');
    else if (!many && !eol)
      g_string_append_len (line, (const char *) octets, (gssize) len);
    left_out = many || (eol && left_out);
    if (line->len > SUMMARY_CHARS * 6)
      break;
  }

  if (strcmp (line->str, "\342\200\246") == 0) {
    unit->summary = describe_content (content);
    return;
  }
  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  unit->summary = pc_text_from_wire (line->str, line->len, PC_TEXT_ONE_LINE,
                                     SUMMARY_CHARS);
}

void
pc_imap_observer_emit (PcImapObserver *self,
                       PcUnit         *unit,
                       PcStatus        status)
{
  unit->status = status;
  pc_unit_finish (unit, N_ ("Rest"),
                  N_ ("Octets that have no place in this line."));
  if (pc_unit_get_n_fields (unit) > 1)
    summarise (unit, self->base.cut_off);
  pc_observer_emit (&self->base, unit);
}

/* The fields of @whole from @start on, in a unit of their own: a command goes
 * on, and what its octets are for depends on what was before. */
static PcUnit *
cut (PcUnit    *whole,
     gsize      start,
     PcImapRule rule)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (whole->bytes, &len);
  PcUnit       *unit = pc_unit_new (whole->from, PC_UNIT_DATA,
                                    pc_imap_rule (rule), data + start,
                                    len - start);

  for (guint i = 0; i < pc_unit_get_n_fields (whole); i++) {
    const PcField *field = pc_unit_get_field (whole, i);
    gsize          from = MAX (field->start, start);
    PcField       *copy;

    if (field->end <= start)
      continue;
    copy = pc_unit_add_field_value (unit, field->end - from, field->label,
                                    field->meaning, g_strdup (field->value));
    if (copy != NULL)
      copy->secret = field->secret;
  }

  return unit;
}

static void
emit_unreadable (PcImapObserver *self,
                 PcSide          side,
                 const guint8   *data,
                 gsize           len)
{
  PcUnitKind kind = side == PC_SIDE_CLIENT ? PC_UNIT_COMMAND : PC_UNIT_REPLY;
  PcUnit    *unit = pc_unit_new (side, kind,
                                 pc_imap_rule (PC_IMAP_RULE_UNREADABLE), data,
                                 len);

  pc_imap_observer_emit (self, unit, PC_STATUS_ERROR);
}

/* Octets of the line end at the end of @data. */
static gsize
line_end (const guint8 *data,
          gsize         len)
{
  if (len == 0 || data[len - 1] != '\n')
    return 0;

  return len > 1 && data[len - 2] == '\r' ? 2 : 1;
}

/* -- commands ------------------------------------------------------------- */

static void
pending_free (gpointer data)
{
  Pending *self = data;

  g_free (self->tag);
  g_free (self);
}

static Pending *
find_pending (PcImapObserver *self,
              const char     *tag)
{
  for (GList *l = self->pending.head; l != NULL; l = l->next) {
    Pending *pending = l->data;

    if (strcmp (pending->tag, tag) == 0)
      return pending;
  }

  return NULL;
}

static gboolean
is_pending (const PcImapObserver *self,
            PcImapVerb            verb,
            PcImapVerb            or_verb)
{
  for (GList *l = self->pending.head; l != NULL; l = l->next) {
    const Pending *pending = l->data;

    if (pending->verb == verb || pending->verb == or_verb)
      return TRUE;
  }

  return FALSE;
}

static void
push_pending (PcImapObserver *self,
              const char     *tag,
              PcImapVerb      verb)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->tag = g_strdup (tag);
  pending->verb = verb;
  g_queue_push_tail (&self->pending, pending);
  if (self->pending.length > MAX_PENDING)
    pending_free (g_queue_pop_head (&self->pending));
}

/* Reads tag and verb of a command.  FALSE when it is none. */
static gboolean
read_command (const guint8 *data,
              gsize         len,
              char        **tag,
              PcImapVerb   *verb)
{
  PcImapCursor at = { data, len, 0 };
  PcImapCursor word;

  if (!pc_imap_read_tag (&at, tag) || !pc_imap_read_char (&at, ' '))
    return FALSE;

  word = at;
  *verb = pc_imap_read_verb (&at);
  return at.pos > word.pos;
}

/* What stands behind AUTHENTICATE. */
static void
begin_login (PcImapObserver *self,
             const char     *tag,
             const guint8   *data,
             gsize           len)
{
  gsize args = MIN (strlen (tag) + strlen (" AUTHENTICATE "), len);

  g_free (self->auth_tag);
  self->auth_tag = g_strdup (tag);
  self->go_ahead = FALSE;
  pc_sasl_view_begin (&self->login, data + args,
                      len - args - MIN (line_end (data, len), len - args));
}

/* The DONE of an IDLE and its like. */
static void
emit_line (PcImapObserver *self,
           const guint8   *data,
           gsize           len)
{
  gboolean done = is_pending (self, PC_IMAP_VERB_IDLE, PC_IMAP_VERB_IDLE) &&
                  len >= 4 && pc_text_equal_ascii (data, 4, "DONE");
  PcUnit  *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA,
                               pc_imap_rule (done
                                                 ? PC_IMAP_RULE_DONE
                                                 : PC_IMAP_RULE_OTHER_COMMAND),
                               data, len);

  pc_imap_label_line (unit);
  pc_imap_observer_emit (self, unit, PC_STATUS_OK);
}

/* The first piece, perhaps all of it. */
static void
emit_command (PcImapObserver *self,
              const guint8   *data,
              gsize           len)
{
  g_autofree char *tag = NULL;
  PcImapVerb       verb;
  PcUnit          *unit;

  self->secret = TRUE;
  if (!read_command (data, len, &tag, &verb) ||
      pc_imap_is_http (data, len)) {
    if (self->go_on)
      emit_line (self, data, len);
    else
      emit_unreadable (self, PC_SIDE_CLIENT, data, len);
    return;
  }

  self->go_on = FALSE;
  self->secret = verb == PC_IMAP_VERB_LOGIN ||
                 verb == PC_IMAP_VERB_AUTHENTICATE;
  push_pending (self, tag, verb);
  if (verb == PC_IMAP_VERB_STARTTLS && !self->base.cut_off) {
    g_free (self->hold_tag);
    self->hold_tag = g_strdup (tag);
  }
  if (verb == PC_IMAP_VERB_AUTHENTICATE)
    begin_login (self, tag, data, len);

  unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND,
                      pc_imap_rule_of_command (verb, data, len), data, len);
  pc_imap_label_command (unit);
  pc_imap_observer_emit (self, unit, PC_STATUS_OK);
}

/* More of a command whose first @shown octets were shown. */
void
pc_imap_observer_emit_continued (PcImapObserver *self,
                                 const guint8   *data,
                                 gsize           len,
                                 gsize           shown)
{
  g_autoptr (PcUnit) whole = NULL;

  if (len == shown)
    return;

  whole = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, NULL, data, len);
  pc_imap_label_command (whole);
  pc_imap_observer_emit (self, cut (whole, shown, PC_IMAP_RULE_LITERAL),
                         PC_STATUS_OK);
}

/* A response of SASL is one line without spaces; after the go-ahead any line
 * is.  Not: a command that a client sends too early. */
static gboolean
is_sasl (const PcImapObserver *self,
         const guint8         *data,
         gsize                 len)
{
  return self->auth_tag != NULL &&
         (self->go_ahead || memchr (data, ' ', len) == NULL);
}

static void
emit_sasl (PcImapObserver *self,
           const guint8   *data,
           gsize           len)
{
  gboolean   cancel = data[0] == '*';
  PcSaslPart part = pc_sasl_view_response (&self->login, data,
                                           len - line_end (data, len));
  PcImapRule rule = cancel ? PC_IMAP_RULE_SASL_CANCEL
                           : pc_imap_rule_of_sasl (part);
  PcUnit    *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA,
                                 pc_imap_rule (rule), data, len);

  self->secret = TRUE;
  pc_imap_label_sasl (unit, &self->login);
  self->login.step++;
  pc_imap_observer_emit (self, unit, cancel ? PC_STATUS_WARNING : PC_STATUS_OK);
}

void
pc_imap_observer_emit_command (PcImapObserver *self,
                               const guint8   *data,
                               gsize           len)
{
  if (is_sasl (self, data, len))
    emit_sasl (self, data, len);
  else
    emit_command (self, data, len);
}

void
pc_imap_observer_clear_pending (PcImapObserver *self)
{
  g_queue_clear_full (&self->pending, pending_free);
}

/* -- replies -------------------------------------------------------------- */

static void
forget (PcImapObserver *self,
        Pending        *pending)
{
  if (g_strcmp0 (self->auth_tag, pending->tag) == 0)
    g_clear_pointer (&self->auth_tag, g_free);
  g_queue_remove (&self->pending, pending);
  pending_free (pending);
}

static PcStatus
judge (const char *word)
{
  if (g_ascii_strcasecmp (word, "NO") == 0 ||
      g_ascii_strcasecmp (word, "BAD") == 0)
    return PC_STATUS_ERROR;

  return PC_STATUS_OK;
}

/* FALSE when it is no tagged reply. */
static gboolean
emit_tagged (PcImapObserver *self,
             const guint8   *data,
             gsize           len)
{
  PcImapCursor     at = { data, len, 0 };
  g_autofree char *tag = NULL;
  g_autofree char *word = NULL;
  const char      *rule = pc_imap_rule (PC_IMAP_RULE_TAG_UNKNOWN);
  PcUnit          *unit;
  Pending         *pending;
  gboolean         ok, no;

  if (!pc_imap_read_tag (&at, &tag) || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_atom (&at, &word))
    return FALSE;
  ok = g_ascii_strcasecmp (word, "OK") == 0;
  no = g_ascii_strcasecmp (word, "NO") == 0;
  if (!ok && !no && g_ascii_strcasecmp (word, "BAD") != 0)
    return FALSE;

  pending = find_pending (self, tag);
  if (pending != NULL) {
    rule = ok   ? pc_imap_rule_of_success (at, pending->verb)
           : no ? pc_imap_rule_of_refusal (at, pending->verb)
                : pc_imap_rule (PC_IMAP_RULE_BAD);
    if (pending->verb == PC_IMAP_VERB_STARTTLS && !self->base.cut_off) {
      g_clear_pointer (&self->hold_tag, g_free);
      self->tls = ok && !self->base.secure;
      if (!ok)
        rule = pc_imap_rule (PC_IMAP_RULE_STARTTLS_REFUSED);
    }
    pc_imap_observer_set_state (
        self, pc_imap_state_after (self->state, pending->verb,
                                   (const guint8 *) word, strlen (word)));
    forget (self, pending);
  }
  pc_imap_observer_drop_open (self, tag);

  unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY, rule, data, len);
  pc_imap_label_response (unit);
  pc_imap_observer_emit (self, unit, judge (word));
  return TRUE;
}

static void
emit_go_ahead (PcImapObserver *self,
               const guint8   *data,
               gsize           len)
{
  gboolean   sasl = self->auth_tag != NULL && self->open_tag == NULL;
  gboolean   idle = self->open_tag == NULL &&
                  is_pending (self, PC_IMAP_VERB_IDLE, PC_IMAP_VERB_IDLE);
  gsize      text = len > 1 && data[1] == ' ' ? 2 : 1;
  gsize      end = len - MIN (line_end (data, len), len - text);
  PcImapRule rule = sasl   ? pc_imap_rule_of_sasl (pc_sasl_view_challenge (
                                 &self->login, data + text, end - text))
                    : idle ? PC_IMAP_RULE_CONTINUE_IDLE
                           : PC_IMAP_RULE_CONTINUE;
  PcUnit    *unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY,
                                 pc_imap_rule (rule), data, len);

  self->go_ahead = self->go_ahead || sasl;
  self->go_on = !sasl && self->open_tag == NULL;
  g_clear_pointer (&self->open_tag, g_free);
  if (sasl)
    pc_imap_label_challenge (unit);
  else
    pc_imap_label_response (unit);
  pc_imap_observer_emit (self, unit, PC_STATUS_OK);
}

static PcImapRule
rule_of_fetch (const PcImapObserver *self)
{
  if (is_pending (self, PC_IMAP_VERB_FETCH, PC_IMAP_VERB_UID_FETCH))
    return PC_IMAP_RULE_FETCH_DATA;
  if (is_pending (self, PC_IMAP_VERB_STORE, PC_IMAP_VERB_UID_STORE))
    return PC_IMAP_RULE_STORE_DATA;

  return PC_IMAP_RULE_FETCH_UNTAGGED;
}

/* "2 FETCH ...", "3 EXISTS" */
static PcImapRule
rule_of_number (const PcImapObserver *self,
                PcImapCursor          at)
{
  g_autofree char *number = NULL;

  pc_imap_read_atom (&at, &number);
  if (!pc_imap_read_char (&at, ' '))
    return PC_IMAP_RULE_OTHER_DATA;

  if (pc_imap_read_word (&at, "FETCH"))
    return rule_of_fetch (self);
  if (pc_imap_read_word (&at, "EXISTS"))
    return is_pending (self, PC_IMAP_VERB_SELECT, PC_IMAP_VERB_EXAMINE)
               ? PC_IMAP_RULE_EXISTS
               : PC_IMAP_RULE_EXISTS_UNTAGGED;
  if (pc_imap_read_word (&at, "EXPUNGE"))
    return is_pending (self, PC_IMAP_VERB_EXPUNGE,
                       PC_IMAP_VERB_UID_EXPUNGE) ||
                   is_pending (self, PC_IMAP_VERB_MOVE, PC_IMAP_VERB_UID_MOVE)
               ? PC_IMAP_RULE_EXPUNGE_DATA
               : PC_IMAP_RULE_EXPUNGE_UNTAGGED;
  if (pc_imap_read_word (&at, "RECENT"))
    return PC_IMAP_RULE_RECENT;

  return PC_IMAP_RULE_OTHER_DATA;
}

/* The cursor stands behind "* ". */
static PcImapRule
rule_of_untagged (const PcImapObserver *self,
                  PcImapCursor          at)
{
  static const struct
  {
    const char *word;
    PcImapRule  rule;
  } words[] = {
    { "BAD", PC_IMAP_RULE_BAD_UNTAGGED },
    { "BYE", PC_IMAP_RULE_BYE },
    { "CAPABILITY", PC_IMAP_RULE_CAPABILITY_DATA },
    { "ENABLED", PC_IMAP_RULE_ENABLED_DATA },
    { "ESEARCH", PC_IMAP_RULE_ESEARCH_DATA },
    { "FLAGS", PC_IMAP_RULE_FLAGS },
    { "ID", PC_IMAP_RULE_ID_DATA },
    { "LIST", PC_IMAP_RULE_LIST_DATA },
    { "LSUB", PC_IMAP_RULE_LSUB_DATA },
    { "NAMESPACE", PC_IMAP_RULE_NAMESPACE_DATA },
    { "NO", PC_IMAP_RULE_NO_UNTAGGED },
    { "QUOTA", PC_IMAP_RULE_QUOTA_DATA },
    { "QUOTAROOT", PC_IMAP_RULE_QUOTAROOT_DATA },
    { "SEARCH", PC_IMAP_RULE_SEARCH_DATA },
    { "STATUS", PC_IMAP_RULE_STATUS_DATA },
  };

  if (!pc_imap_at_end (&at) && g_ascii_isdigit (at.data[at.pos]))
    return rule_of_number (self, at);
  if (pc_imap_read_word (&at, "OK"))
    return pc_imap_rule_of_code (at);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (pc_imap_read_word (&at, words[i].word))
      return words[i].rule;

  return PC_IMAP_RULE_OTHER_DATA;
}

/* Of the first words of a server; N_RULES when they are not IMAP's. */
static PcImapRule
rule_of_greeting (PcImapCursor at)
{
  if (pc_imap_read_word (&at, "OK"))
    return PC_IMAP_RULE_GREETING;
  if (pc_imap_read_word (&at, "PREAUTH"))
    return PC_IMAP_RULE_GREETING_PREAUTH;
  if (pc_imap_read_word (&at, "BYE"))
    return PC_IMAP_RULE_GREETING_BYE;

  return PC_IMAP_N_RULES;
}

static PcStatus
follow_untagged (PcImapObserver *self,
                 PcImapRule      rule)
{
  switch (rule) {
  case PC_IMAP_RULE_GREETING:
    pc_imap_observer_set_state (self, PC_IMAP_NOT_AUTHENTICATED);
    return PC_STATUS_OK;
  case PC_IMAP_RULE_GREETING_PREAUTH:
    pc_imap_observer_set_state (self, PC_IMAP_AUTHENTICATED);
    return PC_STATUS_OK;
  case PC_IMAP_RULE_GREETING_BYE:
    pc_imap_observer_set_state (self, PC_IMAP_LOGOUT);
    return PC_STATUS_ERROR;
  case PC_IMAP_RULE_BYE:
    pc_imap_observer_set_state (self, PC_IMAP_LOGOUT);
    return is_pending (self, PC_IMAP_VERB_LOGOUT, PC_IMAP_VERB_LOGOUT)
               ? PC_STATUS_OK
               : PC_STATUS_WARNING;
  case PC_IMAP_RULE_NO_UNTAGGED:
    return PC_STATUS_WARNING;
  case PC_IMAP_RULE_BAD_UNTAGGED:
    return PC_STATUS_ERROR;
  default:
    return PC_STATUS_OK;
  }
}

static void
emit_untagged (PcImapObserver *self,
               const guint8   *data,
               gsize           len)
{
  PcImapCursor at = { data, len, 2 };
  gboolean     first = self->state == PC_IMAP_GREETING;
  PcImapRule   rule = first ? rule_of_greeting (at)
                            : rule_of_untagged (self, at);
  PcStatus     status;
  PcUnit      *unit;

  if (rule == PC_IMAP_N_RULES) {
    emit_unreadable (self, PC_SIDE_SERVER, data, len);
    return;
  }

  status = follow_untagged (self, rule);
  unit = pc_unit_new (PC_SIDE_SERVER,
                      first ? PC_UNIT_GREETING : PC_UNIT_REPLY,
                      pc_imap_rule (rule), data, len);
  pc_imap_label_response (unit);
  pc_imap_observer_emit (self, unit, status);
}

void
pc_imap_observer_emit_response (PcImapObserver *self,
                                const guint8   *data,
                                gsize           len)
{
  gboolean greeted = self->state != PC_IMAP_GREETING;

  if (len > 2 && data[0] == '*' && data[1] == ' ')
    emit_untagged (self, data, len);
  else if (greeted && data[0] == '+')
    emit_go_ahead (self, data, len);
  else if (!greeted || !emit_tagged (self, data, len))
    emit_unreadable (self, PC_SIDE_SERVER, data, len);
}
