/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches an SMTP conversation: cuts it into units and follows its state.
 *
 * Replies are matched to what they answer by a queue, since clients may send
 * several commands at once.  What a client sends after DATA, AUTH or STARTTLS
 * can only be told when the answer is known; until then it is held back.  TLS
 * is in observe-tls.c.  RFC 5321 sections 3.1, 4.1.4, 4.3; RFC 2920.
 */

#include "proto/smtp/observe.h"

#include "proto/smtp/data-reader.h"
#include "proto/smtp/observe-private.h"
#include "proto/smtp/syntax.h"

#include "base/bytes.h"
#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PENDING 4096 /* commands without an answer; later ones are not
                          * matched */

typedef PcSmtpObserver Observer;

#define take_unit pc_smtp_observer_take_unit

/* -- units ---------------------------------------------------------------- */

static void
emit_unreadable (Observer *self,
                 PcSide    from,
                 gsize     total)
{
  PcUnit     *unit = take_unit (self, from,
                            from == PC_SIDE_CLIENT ? PC_UNIT_COMMAND
                                                       : PC_UNIT_REPLY,
                                PC_SMTP_RULE_UNREADABLE, total);
  const char *label = N_ ("Unreadable");
  const char *meaning = N_ ("This is not SMTP.");

  unit->status = PC_STATUS_ERROR;
  if (from == PC_SIDE_CLIENT && self->mode == PC_SMTP_MODE_SASL)
    pc_unit_add_secret (unit, total, label, meaning);
  else
    pc_unit_finish (unit, label, meaning);
  pc_observer_emit (&self->base, unit);
}

static void
show_states (Observer *self)
{
  const char *state = pc_smtp_states[self->track.state];
  const char *closed = pc_smtp_states[PC_SMTP_CLOSED];

  self->base.client_state = self->done[PC_SIDE_SERVER] ? closed : state;
  self->base.server_state = self->done[PC_SIDE_CLIENT] ? closed : state;
}

/* A window of at most one unit's octets. */
static const guint8 *
peek_window (Observer *self,
             PcSide    side,
             gsize    *len)
{
  const guint8 *data = pc_bytes_peek (&self->in[side], len);

  *len = MIN (*len, PC_LIMIT_UNIT);

  return data;
}

/* -- what the client sends ------------------------------------------------ */

static void
push_pending (Observer  *self,
              PcSmtpVerb verb)
{
  if (self->pending.length < MAX_PENDING)
    g_queue_push_tail (&self->pending, GUINT_TO_POINTER (verb));
}

/* BDAT SP chunk-size [ SP "LAST" ] (RFC 3030 section 2).  The chunk follows
 * whatever the answer; that to the last one is the verdict on the mail. */
static PcSmtpVerb
begin_chunk (Observer     *self,
             const guint8 *args,
             gsize         len)
{
  const guint8 *blank = len == 0 ? NULL : memchr (args, ' ', len);
  gsize         digits = blank == NULL ? len : (gsize) (blank - args);

  while (len > 0 && args[len - 1] == ' ')
    len--;
  digits = MIN (digits, len);
  if (blank != NULL && (gsize) (blank - args) >= len)
    blank = NULL;
  if (!pc_text_parse_number (args, digits, G_MAXINT64, &self->chunk))
    return PC_SMTP_VERB_BDAT;
  if (self->chunk > 0)
    self->mode = PC_SMTP_MODE_CHUNK;

  return blank != NULL && pc_text_equal_ascii (blank + 1, len - digits - 1,
                                               "LAST")
             ? PC_SMTP_VERB_CONTENT
             : PC_SMTP_VERB_BDAT;
}

static void
emit_command (Observer *self,
              gsize     total)
{
  gsize         text;
  gsize         word;
  const guint8 *line = pc_bytes_peek (&self->in[PC_SIDE_CLIENT], NULL);
  PcSmtpVerb    verb;
  PcSmtpVerb    answers;
  PcSmtpRule    rule;
  PcUnit       *unit;

  pc_smtp_split_line (line, total, &text);
  verb = answers = pc_smtp_verb_find (line, text, &word);
  rule = pc_smtp_rule_for_command (verb, line, text);
  if (verb == PC_SMTP_VERB_BDAT)
    answers = begin_chunk (self, line + MIN (word + 1, text),
                           text - MIN (word + 1, text));
  else if (verb == PC_SMTP_VERB_AUTH)
    pc_sasl_view_begin (&self->login, line + MIN (word + 1, text),
                        text - MIN (word + 1, text));
  if (verb == PC_SMTP_VERB_DATA || verb == PC_SMTP_VERB_AUTH ||
      verb == PC_SMTP_VERB_STARTTLS)
    self->mode = PC_SMTP_MODE_WAIT;

  unit = take_unit (self, PC_SIDE_CLIENT, PC_UNIT_COMMAND, rule, total);
  if (rule == PC_SMTP_RULE_UNKNOWN || rule == PC_SMTP_RULE_UNREADABLE)
    unit->status = PC_STATUS_ERROR;
  pc_smtp_label_command (unit, verb, word, text);
  push_pending (self, answers);
  pc_observer_emit (&self->base, unit);
}

static void
emit_sasl (Observer *self,
           gsize     total)
{
  gsize         text;
  const guint8 *line = pc_bytes_peek (&self->in[PC_SIDE_CLIENT], NULL);
  PcSmtpRule    rule = PC_SMTP_RULE_AUTH_CANCEL;
  PcUnit       *unit;

  pc_smtp_split_line (line, total, &text);
  if (text != 1 || line[0] != '*')
    rule = pc_smtp_rule_for_sasl (
        pc_sasl_view_response (&self->login, line, text));
  unit = take_unit (self, PC_SIDE_CLIENT, PC_UNIT_DATA, rule, total);
  pc_smtp_label_sasl (unit, &self->login, text);
  self->login.step++;
  self->mode = PC_SMTP_MODE_WAIT;
  push_pending (self, PC_SMTP_VERB_SASL);
  pc_observer_emit (&self->base, unit);
}

static gboolean
step_line (Observer *self,
           gboolean  flush)
{
  gsize         len;
  const guint8 *data = peek_window (self, PC_SIDE_CLIENT, &len);
  const guint8 *end;
  gsize        *scanned = &self->scanned[PC_SIDE_CLIENT];

  end = len == *scanned ? NULL : memchr (data + *scanned, '\n', len - *scanned);
  *scanned = len;
  if (end == NULL && len == PC_LIMIT_UNIT) {
    emit_unreadable (self, PC_SIDE_CLIENT, len);
    return TRUE;
  }
  if (end == NULL && (!flush || len == 0))
    return FALSE;

  if (end != NULL)
    len = (gsize) (end - data) + 1;
  self->base.cut_off = end == NULL;
  if (self->mode == PC_SMTP_MODE_SASL)
    emit_sasl (self, len);
  else
    emit_command (self, len);
  self->base.cut_off = FALSE;

  return TRUE;
}

static void
emit_content (Observer *self,
              gsize     total,
              gboolean  end)
{
  PcSmtpRule rule = PC_SMTP_RULE_CONTENT_PART;
  PcStatus   status = PC_STATUS_OK;
  PcUnit    *unit;

  if (end && (self->data.faults & PC_SMTP_DATA_LONE_END) != 0) {
    rule = PC_SMTP_RULE_CONTENT_LONE_END;
    status = PC_STATUS_ERROR;
  } else if (end && (self->data.faults & PC_SMTP_DATA_LONE_LF) != 0) {
    rule = PC_SMTP_RULE_CONTENT_LONE_LF;
    status = PC_STATUS_WARNING;
  } else if (end)
    rule = PC_SMTP_RULE_CONTENT;
  unit = take_unit (self, PC_SIDE_CLIENT, PC_UNIT_DATA, rule, total);
  unit->status = status;
  pc_smtp_label_content (unit, &self->place, end);
  if (end) {
    self->mode = PC_SMTP_MODE_COMMAND;
    push_pending (self, PC_SMTP_VERB_CONTENT);
  }
  pc_observer_emit (&self->base, unit);
}

/* Where a part of a long message may end: behind its last line, if it has
 * one; never between CR and LF. */
static gsize
find_cut (const guint8 *data,
          gsize         len)
{
  gsize i;

  for (i = len; i > 1; i--)
    if (data[i - 1] == '\n' && data[i - 2] == '\r')
      return i;

  return data[len - 1] == '\r' ? len - 1 : len;
}

static gboolean
step_content (Observer *self,
              gboolean  flush)
{
  gsize         len;
  const guint8 *data = peek_window (self, PC_SIDE_CLIENT, &len);
  gsize        *scanned = &self->scanned[PC_SIDE_CLIENT];
  gsize         used;
  gsize         cut;

  if (pc_smtp_data_reader_feed (&self->data, data + *scanned, len - *scanned,
                                &used)) {
    emit_content (self, *scanned + used, TRUE);
    return TRUE;
  }

  *scanned = len;
  if (len == PC_LIMIT_UNIT) {
    cut = find_cut (data, len);
    emit_content (self, cut, FALSE);
    *scanned = len - cut;
    return TRUE;
  }
  if (flush && len > 0) {
    self->base.cut_off = TRUE;
    emit_content (self, len, FALSE);
    self->base.cut_off = FALSE;
  }

  return FALSE;
}

static gboolean
step_chunk (Observer *self,
            gboolean  flush)
{
  gsize    len;
  gsize    want = MIN (self->chunk, PC_LIMIT_UNIT);
  gboolean is_short;
  PcUnit  *unit;

  peek_window (self, PC_SIDE_CLIENT, &len);
  if (len == 0 || (len < want && !flush))
    return FALSE;

  is_short = len < want;
  want = MIN (want, len);
  self->chunk -= want;
  if (self->chunk == 0)
    self->mode = PC_SMTP_MODE_COMMAND;
  unit = take_unit (self, PC_SIDE_CLIENT, PC_UNIT_DATA,
                    PC_SMTP_RULE_BDAT_CHUNK, want);
  pc_unit_add_field (unit, want, N_ ("Piece of the message"),
                     N_ ("As many octets as BDAT announced."));
  self->base.cut_off = is_short;
  pc_observer_emit (&self->base, unit);
  self->base.cut_off = FALSE;

  return TRUE;
}

static void
begin_content (Observer *self)
{
  self->mode = PC_SMTP_MODE_CONTENT;
  self->place = (PcSmtpPlace){ .in_header = TRUE };
  pc_smtp_data_reader_init (&self->data, 0);
}

/* A peer that does not wait may not fill the memory: then guess. */
static gboolean
step_wait (Observer *self,
           gboolean  flush)
{
  gpointer last = g_queue_peek_tail (&self->pending);
  gsize    len;

  peek_window (self, PC_SIDE_CLIENT, &len);
  if (len < PC_LIMIT_UNIT && !(flush && len > 0))
    return FALSE;

  self->mode = PC_SMTP_MODE_COMMAND;
  if (GPOINTER_TO_UINT (last) == PC_SMTP_VERB_DATA &&
      self->pending.length > 0)
    begin_content (self);

  return TRUE;
}

static gboolean
step_client (Observer *self,
             gboolean  flush)
{
  if (self->mode == PC_SMTP_MODE_WAIT)
    return step_wait (self, flush);
  if (self->mode == PC_SMTP_MODE_CONTENT)
    return step_content (self, flush);
  if (self->mode == PC_SMTP_MODE_CHUNK)
    return step_chunk (self, flush);

  if (self->tls)
    return pc_smtp_observer_step_tls (self, PC_SIDE_CLIENT, flush);

  switch (pc_smtp_observer_step_record (self, PC_SIDE_CLIENT)) {
  case PC_SMTP_REPLY_DONE:
    return TRUE;

  case PC_SMTP_REPLY_MORE:
    if (!flush)
      return FALSE;
    break;

  case PC_SMTP_REPLY_BAD:
  default:
    break;
  }

  return step_line (self, flush);
}

static void
read_client (Observer *self)
{
  gboolean flush = self->done[PC_SIDE_CLIENT] &&
                   (self->mode != PC_SMTP_MODE_WAIT ||
                    self->done[PC_SIDE_SERVER]);

  while (step_client (self, flush))
    flush = self->done[PC_SIDE_CLIENT] &&
            (self->mode != PC_SMTP_MODE_WAIT || self->done[PC_SIDE_SERVER]);
}

/* -- what the server sends ------------------------------------------------ */

static PcSmtpVerb
pop_pending (Observer *self)
{
  if (self->track.state == PC_SMTP_CONNECT)
    return PC_SMTP_VERB_CONNECT;
  if (self->pending.length == 0)
    return PC_SMTP_VERB_NONE;

  return GPOINTER_TO_UINT (g_queue_pop_head (&self->pending));
}

/* Now it is known what the client's held-back octets are. */
static void
resume_client (Observer  *self,
               PcSmtpVerb verb,
               guint      code)
{
  if (self->mode != PC_SMTP_MODE_WAIT)
    return;

  if (verb == PC_SMTP_VERB_DATA && code == 354)
    begin_content (self);
  else if ((verb == PC_SMTP_VERB_AUTH || verb == PC_SMTP_VERB_SASL) &&
           code == 334)
    self->mode = PC_SMTP_MODE_SASL;
  else if (verb == PC_SMTP_VERB_STARTTLS && code == 220) {
    self->mode = PC_SMTP_MODE_TLS;
    self->tls = TRUE;
  } else if (verb == PC_SMTP_VERB_DATA || verb == PC_SMTP_VERB_AUTH ||
             verb == PC_SMTP_VERB_SASL || verb == PC_SMTP_VERB_STARTTLS ||
             code == 421)
    self->mode = PC_SMTP_MODE_COMMAND;
}

static void
emit_reply (Observer *self,
            guint     code,
            gsize     total)
{
  const guint8 *data = pc_bytes_peek (&self->in[PC_SIDE_SERVER], NULL);
  PcSmtpVerb    verb = pop_pending (self);
  PcSmtpRule    rule;
  PcUnit       *unit;
  gsize         text;

  pc_smtp_split_line (data, total, &text);
  rule = pc_smtp_rule_for_reply (verb, code, data + MIN (text, 4),
                                 text - MIN (text, 4));
  if (rule == PC_SMTP_RULE_AUTH_CHALLENGE)
    rule = pc_smtp_rule_for_sasl (pc_sasl_view_challenge (
        &self->login, data + MIN (text, 4), text - MIN (text, 4)));
  unit = take_unit (self, PC_SIDE_SERVER,
                    verb == PC_SMTP_VERB_CONNECT ? PC_UNIT_GREETING
                                                 : PC_UNIT_REPLY,
                    rule, total);
  if (code >= 400 || verb == PC_SMTP_VERB_NONE)
    unit->status = PC_STATUS_ERROR;
  pc_smtp_label_reply (unit, verb, code);
  pc_smtp_track_reply (&self->track, verb, code);
  show_states (self);
  pc_observer_emit (&self->base, unit);
  resume_client (self, verb, code);
}

/* A line that is no reply, or more than one unit of them. */
static gboolean
step_broken (Observer *self,
             gsize     good)
{
  gsize         len;
  const guint8 *data = peek_window (self, PC_SIDE_SERVER, &len);
  gsize         text;

  emit_unreadable (self, PC_SIDE_SERVER,
                   good > 0 ? good : pc_smtp_split_line (data, len, &text));

  return TRUE;
}

static gboolean
step_server (Observer *self)
{
  gsize         len;
  const guint8 *data;
  gsize         total;

  if (self->tls)
    return pc_smtp_observer_step_tls (self, PC_SIDE_SERVER, FALSE);
  if (self->reply.scanned == 0)
    switch (pc_smtp_observer_step_record (self, PC_SIDE_SERVER)) {
    case PC_SMTP_REPLY_DONE:
      return TRUE;

    case PC_SMTP_REPLY_MORE:
      return FALSE;

    case PC_SMTP_REPLY_BAD:
    default:
      break;
    }

  data = peek_window (self, PC_SIDE_SERVER, &len);
  switch (pc_smtp_reply_find (&self->reply, data, len, PC_LIMIT_UNIT, &total)) {
  case PC_SMTP_REPLY_DONE:
    emit_reply (self, self->reply.code, total);
    return TRUE;

  case PC_SMTP_REPLY_BAD:
    return step_broken (self, total);

  case PC_SMTP_REPLY_MORE:
  default:
    if (len < PC_LIMIT_UNIT)
      return FALSE;
    self->reply = (PcSmtpReplyReader){ 0 };
    return step_broken (self, len);
  }
}

/* What the server had begun to say when the line ended. */
static void
emit_rest (Observer *self)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in[PC_SIDE_SERVER], &len);
  PcUnit       *unit;

  if (len == 0)
    return;
  for (gsize i = 0; i < MIN (len, 3); i++)
    if (!g_ascii_isdigit (data[i])) {
      emit_unreadable (self, PC_SIDE_SERVER, len);
      return;
    }

  unit = take_unit (self, PC_SIDE_SERVER, PC_UNIT_REPLY, PC_SMTP_RULE_REPLY,
                    len);
  pc_unit_add_field (unit, len, N_ ("Beginning of a reply"),
                     N_ ("The last line of a reply has a blank behind its "
                         "code, and CR LF at its end. This one never came."));
  self->base.cut_off = TRUE;
  pc_observer_emit (&self->base, unit);
  self->base.cut_off = FALSE;
}

/* -- the observer --------------------------------------------------------- */

static void
observer_free (PcObserver *observer)
{
  Observer *self = (Observer *) observer;

  pc_bytes_clear (&self->in[PC_SIDE_CLIENT]);
  pc_bytes_clear (&self->in[PC_SIDE_SERVER]);
  g_queue_clear (&self->pending);
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
  Observer *self = (Observer *) observer;

  pc_bytes_append (&self->in[from], data, len);
  if (from == PC_SIDE_CLIENT) {
    read_client (self);
    return;
  }

  while (step_server (self))
    read_client (self);
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  Observer *self = (Observer *) observer;

  self->done[from] = TRUE;
  show_states (self);
  while (from == PC_SIDE_SERVER && self->tls &&
         pc_smtp_observer_step_tls (self, from, TRUE))
    ;
  if (from == PC_SIDE_SERVER)
    emit_rest (self);
  read_client (self);
}

/* As after the greeting: TLS has washed away what was said before. */
static void
observer_secured (PcObserver *observer)
{
  Observer *self = (Observer *) observer;

  if (self->track.state == PC_SMTP_CONNECT)
    return;

  if (self->mode == PC_SMTP_MODE_WAIT)
    self->mode = PC_SMTP_MODE_TLS;
  self->tls = self->tls || self->mode == PC_SMTP_MODE_TLS;
  while (step_client (self, TRUE))
    ;
  while (self->tls && pc_smtp_observer_step_tls (self, PC_SIDE_SERVER, TRUE))
    ;
  if (pc_bytes_get_size (&self->in[PC_SIDE_SERVER]) > 0)
    emit_unreadable (self, PC_SIDE_SERVER,
                     pc_bytes_get_size (&self->in[PC_SIDE_SERVER]));
  pc_smtp_observer_reset (self);
  show_states (self);
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
  .secured = observer_secured,
};

PcObserver *
pc_smtp_observer_new (void)
{
  Observer   *self = g_new0 (Observer, 1);
  const char *state = pc_smtp_states[PC_SMTP_CONNECT];

  pc_observer_init (&self->base, &observer_class, state, state);
  g_queue_init (&self->pending);

  return &self->base;
}
