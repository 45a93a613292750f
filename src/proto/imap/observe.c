/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches an IMAP conversation: cuts it into units and follows the state.
 *
 * A command is one unit, unless it waits in the middle for the server's leave
 * to send a literal: then each piece is one.  A response with its literals is
 * one unit.  Tags pair replies with commands.  What is longer than a unit may
 * be is cut at fixed places, so that portions do not matter.  Leaves out
 * COMPRESS and what follows STARTTLS: those octets are unreadable here.
 *
 * RFC 3501 and RFC 9051 sections 2.2, 3 and 7; RFC 7888 section 3.
 */

#include "proto/imap/observe.h"

#include "proto/imap/observe-label.h"
#include "proto/imap/rules.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PENDING 256 /* commands without a reply; more are forgotten */
#define SUMMARY_CHARS 200

typedef struct
{
  char      *tag;
  PcImapVerb verb;
  PcImapVerb acts_as; /* for the state: UNSELECT leaves as CLOSE does */
} Pending;

/* One direction. */
typedef struct
{
  PcBytes      in;
  PcImapFramer framer;
  gsize        shown;        /* octets of in that a unit has shown already */
  gboolean     is_long;      /* in the rest of a frame that is too long */
  guint64      literal_left; /* of it */
} Stream;

typedef struct
{
  PcObserver  base;
  Stream      streams[2]; /* by PcSide */
  PcImapState state;      /* of both ends; changed by set_state () only */
  GQueue      pending;    /* Pending*, oldest first */
  char       *open_tag;   /* a command waits to send a literal */
  char       *auth_tag;   /* AUTHENTICATE is under way */
  gboolean    go_ahead;   /* "+" was seen for it */
  gboolean    go_on;      /* "+" was seen for another command, as IDLE's */
  gboolean    secret;     /* the command being read carries a password */
  gboolean    cut_off;    /* what is shown has no end: nobody acts on it */
} ImapObserver;

static void
set_state (ImapObserver *self,
           PcImapState   state)
{
  if (self->cut_off)
    return;

  self->state = state;
  self->base.client_state = pc_imap_states[state];
  self->base.server_state = pc_imap_states[state];
}

/* -- emitting ------------------------------------------------------------- */

/* Several lines in one field are a literal: the summary shows its header and
 * leaves the octets out. */
static void
summarise (PcUnit *unit)
{
  const guint8       *data = g_bytes_get_data (unit->bytes, NULL);
  g_autoptr (GString) line = g_string_new (NULL);
  gboolean            left_out = FALSE;

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);
    gsize          len = field->end - field->start;
    const guint8  *octets = data + field->start;
    gboolean       eol = len <= 2 && octets[len - 1] == '\n';
    gboolean       many = !eol && memchr (octets, '\n', len) != NULL;

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

  while (line->len > 0 && line->str[line->len - 1] == ' ')
    g_string_truncate (line, line->len - 1);
  unit->summary = pc_text_from_wire (line->str, line->len, PC_TEXT_ONE_LINE,
                                     SUMMARY_CHARS);
}

static void
emit (ImapObserver *self,
      PcUnit       *unit,
      PcStatus      status)
{
  if (self->cut_off && status == PC_STATUS_OK)
    status = PC_STATUS_WARNING;
  unit->status = status;
  pc_unit_finish (unit, N_ ("Rest"),
                  N_ ("Octets that have no place in this line."));
  if (pc_unit_get_n_fields (unit) > 1)
    summarise (unit);
  pc_observer_emit (&self->base, unit);
}

/* The fields of @whole from @start on, in a unit of their own: a command goes
 * on, and what its octets are for depends on what was before. */
static PcUnit *
cut (PcUnit *whole,
     gsize   start,
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
emit_unreadable (ImapObserver *self,
                 PcSide        side,
                 const guint8 *data,
                 gsize         len)
{
  emit (self,
        pc_unit_new (side,
                     side == PC_SIDE_CLIENT ? PC_UNIT_COMMAND : PC_UNIT_REPLY,
                     pc_imap_rule (PC_IMAP_RULE_UNREADABLE), data, len),
        PC_STATUS_ERROR);
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
find_pending (ImapObserver *self,
              const char   *tag)
{
  for (GList *l = self->pending.head; l != NULL; l = l->next) {
    Pending *pending = l->data;

    if (strcmp (pending->tag, tag) == 0)
      return pending;
  }

  return NULL;
}

static gboolean
is_pending (const ImapObserver *self,
            PcImapVerb          verb,
            PcImapVerb          or_verb)
{
  for (GList *l = self->pending.head; l != NULL; l = l->next) {
    const Pending *pending = l->data;

    if (pending->verb == verb || pending->verb == or_verb)
      return TRUE;
  }

  return FALSE;
}

static void
push_pending (ImapObserver *self,
              const char   *tag,
              PcImapVerb    verb,
              PcImapVerb    acts_as)
{
  Pending *pending = g_new0 (Pending, 1);

  pending->tag = g_strdup (tag);
  pending->verb = verb;
  pending->acts_as = acts_as;
  g_queue_push_tail (&self->pending, pending);
  if (self->pending.length > MAX_PENDING)
    pending_free (g_queue_pop_head (&self->pending));
}

/* Reads tag and verb of a command.  FALSE when it is none. */
static gboolean
read_command (const guint8 *data,
              gsize         len,
              char        **tag,
              PcImapVerb   *verb,
              PcImapVerb   *acts_as)
{
  PcImapCursor at = { data, len, 0 };
  PcImapCursor word;

  if (!pc_imap_read_tag (&at, tag) || !pc_imap_read_char (&at, ' '))
    return FALSE;

  word = at;
  *verb = pc_imap_read_verb (&at);
  *acts_as = pc_imap_read_word (&word, "UNSELECT") ? PC_IMAP_VERB_CLOSE
                                                   : *verb;
  return at.pos > word.pos || *acts_as != *verb || *verb < PC_IMAP_N_VERBS;
}

/* The DONE of an IDLE and its like. */
static void
emit_line (ImapObserver *self,
           const guint8 *data,
           gsize         len)
{
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA,
                              pc_imap_rule (PC_IMAP_RULE_OTHER_COMMAND),
                              data, len);

  pc_imap_label_line (unit);
  emit (self, unit, PC_STATUS_OK);
}

/* The first piece of a command, perhaps all of it. */
static void
emit_command (ImapObserver *self,
              const guint8 *data,
              gsize         len)
{
  g_autofree char *tag = NULL;
  PcImapVerb       verb, acts_as;
  PcUnit          *unit;

  /* Browsers can be made to talk to any port. */
  self->secret = TRUE;
  if (!read_command (data, len, &tag, &verb, &acts_as) ||
      g_strstr_len ((const char *) data, (gssize) len, " HTTP/") != NULL) {
    if (self->go_on)
      emit_line (self, data, len);
    else
      emit_unreadable (self, PC_SIDE_CLIENT, data, len);
    return;
  }

  self->go_on = FALSE;
  self->secret = verb == PC_IMAP_VERB_LOGIN ||
                 verb == PC_IMAP_VERB_AUTHENTICATE;
  push_pending (self, tag, verb, acts_as);
  if (verb == PC_IMAP_VERB_AUTHENTICATE) {
    g_free (self->auth_tag);
    self->auth_tag = g_strdup (tag);
    self->go_ahead = FALSE;
  }

  unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND,
                      pc_imap_rule_command (verb), data, len);
  pc_imap_label_command (unit);
  emit (self, unit, PC_STATUS_OK);
}

/* More of a command whose first @shown octets were shown. */
static void
emit_continued (ImapObserver *self,
                const guint8 *data,
                gsize         len,
                gsize         shown)
{
  g_autoptr (PcUnit) whole = NULL;

  if (len == shown)
    return;

  whole = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, NULL, data, len);
  pc_imap_label_command (whole);
  emit (self, cut (whole, shown, PC_IMAP_RULE_LITERAL), PC_STATUS_OK);
}

/* A response of SASL is one line without spaces; after the go-ahead any line
 * is.  Not: a command that a client sends too early. */
static gboolean
is_sasl (const ImapObserver *self,
         const guint8       *data,
         gsize               len)
{
  return self->auth_tag != NULL &&
         (self->go_ahead || memchr (data, ' ', len) == NULL);
}

static void
emit_sasl (ImapObserver *self,
           const guint8 *data,
           gsize         len)
{
  gboolean cancel = data[0] == '*';
  PcUnit  *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATA,
                               pc_imap_rule (cancel
                                                 ? PC_IMAP_RULE_SASL_CANCEL
                                                 : PC_IMAP_RULE_SASL),
                               data, len);

  self->secret = TRUE;
  pc_imap_label_sasl (unit);
  emit (self, unit, cancel ? PC_STATUS_WARNING : PC_STATUS_OK);
}

/* -- replies -------------------------------------------------------------- */

static void
forget (ImapObserver *self,
        Pending      *pending)
{
  if (g_strcmp0 (self->auth_tag, pending->tag) == 0)
    g_clear_pointer (&self->auth_tag, g_free);
  g_queue_remove (&self->pending, pending);
  pending_free (pending);
}

/* The server answers instead of letting the literal come: what the client
 * sends next is a new command. */
static void
drop_open_command (ImapObserver *self,
                   const char   *tag)
{
  Stream *stream = &self->streams[PC_SIDE_CLIENT];

  if (g_strcmp0 (self->open_tag, tag) != 0)
    return;

  g_clear_pointer (&self->open_tag, g_free);
  pc_bytes_consume (&stream->in, stream->shown);
  stream->shown = 0;
  memset (&stream->framer, 0, sizeof stream->framer);
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
emit_tagged (ImapObserver *self,
             const guint8 *data,
             gsize         len)
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
    rule = ok   ? pc_imap_rule_ok (pending->verb)
           : no ? pc_imap_rule_no (pending->verb)
                : pc_imap_rule (PC_IMAP_RULE_BAD);
    set_state (self, pc_imap_state_after (self->state, pending->acts_as,
                                          (const guint8 *) word,
                                          strlen (word)));
    forget (self, pending);
  }
  drop_open_command (self, tag);

  unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY, rule, data, len);
  pc_imap_label_response (unit);
  emit (self, unit, judge (word));
  return TRUE;
}

static void
emit_go_ahead (ImapObserver *self,
               const guint8 *data,
               gsize         len)
{
  gboolean sasl = self->auth_tag != NULL && self->open_tag == NULL;
  PcUnit  *unit = pc_unit_new (PC_SIDE_SERVER, PC_UNIT_REPLY,
                               pc_imap_rule (sasl
                                                 ? PC_IMAP_RULE_CONTINUE_SASL
                                                 : PC_IMAP_RULE_CONTINUE),
                               data, len);

  self->go_ahead = self->go_ahead || sasl;
  self->go_on = !sasl && self->open_tag == NULL;
  g_clear_pointer (&self->open_tag, g_free);
  pc_imap_label_response (unit);
  emit (self, unit, PC_STATUS_OK);
}

/* "* OK [UIDNEXT 4] ..."; the cursor stands behind "OK". */
static PcImapRule
rule_of_code (PcImapCursor at)
{
  static const struct {
    const char *code;
    PcImapRule  rule;
  } codes[] = {
    { "[UNSEEN", PC_IMAP_RULE_UNSEEN },
    { "[UIDVALIDITY", PC_IMAP_RULE_UIDVALIDITY },
    { "[UIDNEXT", PC_IMAP_RULE_UIDNEXT },
    { "[PERMANENTFLAGS", PC_IMAP_RULE_PERMANENTFLAGS },
  };

  if (pc_imap_read_char (&at, ' '))
    for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
      if (pc_imap_read_word (&at, codes[i].code))
        return codes[i].rule;

  return PC_IMAP_RULE_OK_UNTAGGED;
}

static PcImapRule
rule_of_fetch (const ImapObserver *self)
{
  if (is_pending (self, PC_IMAP_VERB_FETCH, PC_IMAP_VERB_UID_FETCH))
    return PC_IMAP_RULE_FETCH_DATA;
  if (is_pending (self, PC_IMAP_VERB_STORE, PC_IMAP_VERB_UID_STORE))
    return PC_IMAP_RULE_STORE_DATA;

  return PC_IMAP_RULE_FETCH_UNTAGGED;
}

/* "2 FETCH ...", "3 EXISTS" */
static PcImapRule
rule_of_number (const ImapObserver *self,
                PcImapCursor        at)
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
    return is_pending (self, PC_IMAP_VERB_EXPUNGE, PC_IMAP_VERB_UID_EXPUNGE)
               ? PC_IMAP_RULE_EXPUNGE_DATA
               : PC_IMAP_RULE_EXPUNGE_UNTAGGED;
  if (pc_imap_read_word (&at, "RECENT"))
    return PC_IMAP_RULE_RECENT;

  return PC_IMAP_RULE_OTHER_DATA;
}

/* The cursor stands behind "* ". */
static PcImapRule
rule_of_untagged (const ImapObserver *self,
                  PcImapCursor        at)
{
  static const struct {
    const char *word;
    PcImapRule  rule;
  } words[] = {
    { "BAD", PC_IMAP_RULE_BAD_UNTAGGED },
    { "BYE", PC_IMAP_RULE_BYE },
    { "CAPABILITY", PC_IMAP_RULE_CAPABILITY_DATA },
    { "FLAGS", PC_IMAP_RULE_FLAGS },
    { "LIST", PC_IMAP_RULE_LIST_DATA },
    { "NO", PC_IMAP_RULE_NO_UNTAGGED },
    { "STATUS", PC_IMAP_RULE_STATUS_DATA },
  };

  if (!pc_imap_at_end (&at) && g_ascii_isdigit (at.data[at.pos]))
    return rule_of_number (self, at);
  if (pc_imap_read_word (&at, "OK"))
    return rule_of_code (at);
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
follow_untagged (ImapObserver *self,
                 PcImapRule    rule)
{
  switch (rule) {
  case PC_IMAP_RULE_GREETING:
    set_state (self, PC_IMAP_NOT_AUTHENTICATED);
    return PC_STATUS_OK;
  case PC_IMAP_RULE_GREETING_PREAUTH:
    set_state (self, PC_IMAP_AUTHENTICATED);
    return PC_STATUS_OK;
  case PC_IMAP_RULE_GREETING_BYE:
    set_state (self, PC_IMAP_LOGOUT);
    return PC_STATUS_ERROR;
  case PC_IMAP_RULE_BYE:
    set_state (self, PC_IMAP_LOGOUT);
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
emit_untagged (ImapObserver *self,
               const guint8 *data,
               gsize         len)
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
  emit (self, unit, status);
}

static void
emit_response (ImapObserver *self,
               const guint8 *data,
               gsize         len)
{
  gboolean greeted = self->state != PC_IMAP_GREETING;

  if (len > 2 && data[0] == '*' && data[1] == ' ')
    emit_untagged (self, data, len);
  else if (greeted && data[0] == '+')
    emit_go_ahead (self, data, len);
  else if (!greeted || !emit_tagged (self, data, len))
    emit_unreadable (self, PC_SIDE_SERVER, data, len);
}

/* -- cutting -------------------------------------------------------------- */

/* The first @end octets are a frame, or a piece of one; what was shown of it
 * is not shown again. */
static void
show (ImapObserver *self,
      PcSide        side,
      gsize         end)
{
  Stream       *stream = &self->streams[side];
  gsize         len;
  const guint8 *data = pc_bytes_peek (&stream->in, &len);

  if (side == PC_SIDE_SERVER)
    emit_response (self, data, end);
  else if (stream->shown > 0)
    emit_continued (self, data, end, stream->shown);
  else if (is_sasl (self, data, end))
    emit_sasl (self, data, end);
  else
    emit_command (self, data, end);
}

static void
drop (Stream *stream,
      gsize   len)
{
  pc_bytes_consume (&stream->in, len);
  stream->shown = 0;
  memset (&stream->framer, 0, sizeof stream->framer);
}

/* A literal may come, after leave. */
static void
show_open (ImapObserver *self)
{
  Stream      *stream = &self->streams[PC_SIDE_CLIENT];
  gsize        end = stream->framer.end;
  gsize        len;
  PcImapCursor at = { 0 };

  at.data = pc_bytes_peek (&stream->in, &len);
  at.len = end;
  show (self, PC_SIDE_CLIENT, end);
  stream->shown = end;
  g_clear_pointer (&self->open_tag, g_free);
  if (!pc_imap_read_tag (&at, &self->open_tag))
    self->open_tag = NULL;
}

/* The frame is longer than a unit may be: its beginning is shown as what it
 * is, the rest in parts. */
static void
begin_long (ImapObserver *self,
            PcSide        side)
{
  Stream *stream = &self->streams[side];
  gsize   line = stream->framer.line;

  show (self, side, PC_LIMIT_UNIT);
  drop (stream, PC_LIMIT_UNIT);
  stream->is_long = TRUE;
  stream->literal_left = line > PC_LIMIT_UNIT ? line - PC_LIMIT_UNIT : 0;
}

static void
emit_part (ImapObserver *self,
           PcSide        side,
           gsize         len)
{
  Stream       *stream = &self->streams[side];
  gsize         size;
  const guint8 *data = pc_bytes_peek (&stream->in, &size);
  PcUnit       *unit = pc_unit_new (side, PC_UNIT_DATA,
                                    pc_imap_rule (PC_IMAP_RULE_DATA_PART),
                                    data, len);

  pc_imap_label_part (unit, side == PC_SIDE_CLIENT && self->secret);
  emit (self, unit, PC_STATUS_OK);
  drop (stream, len);
}

/* One line of text in a long frame: it ends the frame or announces the next
 * literal. */
static gboolean
step_long_text (ImapObserver *self,
                PcSide        side,
                const guint8 *data,
                gsize         visible)
{
  Stream       *stream = &self->streams[side];
  PcImapFramer  framer = { 0 };
  gsize         from = stream->framer.scanned;
  const guint8 *lf =
      visible > from ? memchr (data + from, '\n', visible - from) : NULL;
  gsize         len = lf != NULL ? (gsize) (lf - data) + 1 : visible;

  stream->framer.scanned = len;
  if (lf == NULL && visible < PC_LIMIT_UNIT)
    return FALSE;
  if (lf != NULL) {
    stream->is_long = pc_imap_framer_next (&framer, data, len, FALSE,
                                           G_MAXSIZE, G_MAXINT64) !=
                      PC_IMAP_FRAME_DONE;
    stream->literal_left = stream->is_long ? framer.size : 0;
  }
  emit_part (self, side, len);
  return TRUE;
}

/* FALSE when more octets are needed. */
static gboolean
step_long (ImapObserver *self,
           PcSide        side)
{
  Stream       *stream = &self->streams[side];
  gsize         len;
  const guint8 *data = pc_bytes_peek (&stream->in, &len);
  gsize         visible = MIN (len, PC_LIMIT_UNIT);

  if (stream->literal_left > 0) {
    gsize part = (gsize) MIN (stream->literal_left, PC_LIMIT_UNIT);

    if (len < part)
      return FALSE;
    stream->literal_left -= part;
    emit_part (self, side, part);
    return TRUE;
  }

  return step_long_text (self, side, data, visible);
}

static gboolean
step (ImapObserver *self,
      PcSide        side)
{
  Stream           *stream = &self->streams[side];
  gsize             len;
  const guint8     *data = pc_bytes_peek (&stream->in, &len);
  gsize             visible = MIN (len, PC_LIMIT_UNIT);
  PcImapFrameResult result;
  gsize             end;

  if (len == stream->shown)
    return FALSE;
  if (stream->is_long)
    return step_long (self, side);

  /* The framer sees no more than a unit may hold, in whatever portions the
   * octets come. */
  result = pc_imap_framer_next (&stream->framer, data, visible,
                                side == PC_SIDE_SERVER, G_MAXSIZE,
                                G_MAXINT64);
  end = stream->framer.end;
  switch (result) {
  case PC_IMAP_FRAME_LITERAL:
    show_open (self);
    return TRUE;
  case PC_IMAP_FRAME_DONE:
  case PC_IMAP_FRAME_BIG:
    show (self, side, end);
    if (side == PC_SIDE_CLIENT)
      g_clear_pointer (&self->open_tag, g_free);
    drop (stream, end);
    return TRUE;
  case PC_IMAP_FRAME_MORE:
  case PC_IMAP_FRAME_LONG:
  default:
    if (visible < PC_LIMIT_UNIT)
      return FALSE;
    begin_long (self, side);
    return TRUE;
  }
}

/* -- observer ------------------------------------------------------------- */

static void
observer_free (PcObserver *observer)
{
  ImapObserver *self = (ImapObserver *) observer;

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    pc_bytes_clear (&self->streams[i].in);
  g_queue_clear_full (&self->pending, pending_free);
  g_clear_pointer (&self->open_tag, g_free);
  g_clear_pointer (&self->auth_tag, g_free);
  pc_observer_deinit (observer);
  g_free (self);
}

static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  ImapObserver *self = (ImapObserver *) observer;

  pc_bytes_append (&self->streams[from].in, data, len);
  while (step (self, from))
    ;
  /* A refused literal makes commands of what a hasty client sent already. */
  while (from == PC_SIDE_SERVER && step (self, PC_SIDE_CLIENT))
    ;
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  ImapObserver *self = (ImapObserver *) observer;
  Stream       *stream = &self->streams[from];
  gsize         len = pc_bytes_get_size (&stream->in);

  if (len == stream->shown)
    return;

  self->cut_off = TRUE;
  if (stream->is_long)
    emit_part (self, from, len);
  else
    show (self, from, len);
  self->cut_off = FALSE;
  drop (stream, pc_bytes_get_size (&stream->in));
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
};

PcObserver *
pc_imap_observer_new (void)
{
  ImapObserver *self = g_new0 (ImapObserver, 1);

  pc_observer_init (&self->base, &observer_class,
                    pc_imap_states[PC_IMAP_GREETING],
                    pc_imap_states[PC_IMAP_GREETING]);
  g_queue_init (&self->pending);
  set_state (self, PC_IMAP_GREETING);
  return &self->base;
}
