/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches a POP3 conversation.
 *
 * Commands are kept in a queue until their replies come, because a client may
 * send several at once; what a reply looks like and what it means depends on
 * the command it answers.  Where a unit is cut depends on the octets alone,
 * never on the portions they came in.
 *
 * What the client sends behind STLS is held back until the answer tells what
 * it is.  TLS is in observe-tls.c.
 *
 * RFC 1939, RFC 2449 section 6.6 (pipelining), RFC 5034, RFC 2595 section 4.
 */

#include "proto/pop3/protocol.h"

#include "proto/pop3/fields.h"
#include "proto/pop3/observe-private.h"
#include "proto/pop3/rules.h"
#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "base/text.h"
#include "proto/common/line-reader.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

#define LINE_LIMIT PC_LIMIT_SASL_LINE /* an AUTH line may be that long */
#define SUMMARY_CHARS 120

#define RULE(name) PC_POP3_RULE_##name

typedef PcPop3Direction Direction;
typedef PcPop3Text Text;
typedef PcPop3Observer Observer;

/* -- what both directions share ------------------------------------------- */

static PcUnit *
new_unit (PcSide        from,
          PcUnitKind    kind,
          PcPop3Rule    rule,
          const guint8 *data,
          gsize         len)
{
  return pc_unit_new (from, kind, pc_pop3_narrations[rule].rule, data, len);
}

static void
set_state (Observer   *self,
           PcPop3State state)
{
  self->state = state;
  self->base.client_state = pc_pop3_states[state];
  self->base.server_state = pc_pop3_states[state];
}

void
pc_pop3_observer_push_pending (PcPop3Observer *self,
                               PcPop3Verb      verb,
                               gboolean        has_args)
{
  guint packed = ((guint) verb << 1) | (has_args ? 1 : 0);

  if (self->pending.length < PC_LIMIT_POP3_PENDING)
    g_queue_push_tail (&self->pending, GUINT_TO_POINTER (packed));
}

static void
unpack (gpointer    packed,
        PcPop3Verb *verb,
        gboolean   *has_args)
{
  *verb = (PcPop3Verb) (GPOINTER_TO_UINT (packed) >> 1);
  *has_args = GPOINTER_TO_UINT (packed) & 1;
}

/* A reply came: the oldest command, if there is one. */
static gboolean
pop_pending (Observer   *self,
             PcPop3Verb *verb,
             gboolean   *has_args)
{
  if (g_queue_is_empty (&self->pending))
    return FALSE;

  unpack (g_queue_pop_head (&self->pending), verb, has_args);
  if (*verb == PC_POP3_VERB_STLS)
    self->hold = FALSE;
  return TRUE;
}

/* Nothing may follow AUTH until it is over (RFC 5034 section 4), so a line
 * behind it belongs to it, whoever has spoken yet: never show it. */
static gboolean
in_auth (GList *command)
{
  PcPop3Verb verb;
  gboolean   has_args;

  if (command == NULL)
    return FALSE;

  unpack (command->data, &verb, &has_args);
  return verb == PC_POP3_VERB_AUTH && has_args;
}

static void
emit_unreadable (Observer     *self,
                 PcSide        from,
                 const guint8 *data,
                 gsize         len,
                 gboolean      secret)
{
  PcUnit     *unit = new_unit (from, PC_UNIT_DATA, RULE (UNREADABLE), data,
                               len);
  const char *label = N_ ("Foreign octets");
  const char *meaning = N_ ("They make no line of POP3.");

  unit->status = PC_STATUS_ERROR;
  if (secret)
    pc_unit_add_secret (unit, len, label, meaning);
  else
    pc_unit_add_field (unit, len, label, meaning);
  pc_observer_emit (&self->base, unit);
}

/* -- from the client ------------------------------------------------------ */

static gboolean
is_printable (const guint8 *line,
              gsize         len)
{
  for (gsize i = 0; i < len; i++) {
    if (line[i] < 0x20 || line[i] >= 0x7f)
      return FALSE;
  }

  return TRUE;
}

static void
emit_response (Observer     *self,
               const guint8 *data,
               gsize         len,
               gsize         total)
{
  PcPop3Rule rule = RULE (AUTH_CANCEL);
  PcUnit    *unit;

  if (len != 1 || data[0] != '*')
    rule = pc_pop3_rule_for_sasl (
        pc_sasl_view_response (&self->login, data, len));
  unit = new_unit (PC_SIDE_CLIENT, PC_UNIT_DATA, rule, data, total);

  unit->status = total == len ? PC_STATUS_WARNING : PC_STATUS_OK;
  pc_pop3_label_response (unit, &self->login, len, total - len);
  self->login.step++;
  pc_observer_emit (&self->base, unit);
}

/* A line of @len octets, @total with its end; without an end when the
 * connection was lost in the middle of it. */
static void
emit_command (Observer     *self,
              const guint8 *data,
              gsize         len,
              gsize         total)
{
  PcPop3Command command;
  PcUnit       *unit;

  if (in_auth (self->pending.tail)) {
    emit_response (self, data, len, total);
    return;
  }

  pc_pop3_parse_command (data, len, &command);
  if (total > len)
    pc_pop3_observer_push_pending (self, command.verb, command.has_args);
  if (command.verb == PC_POP3_VERB_STLS && total > len)
    self->hold = TRUE;
  if (command.verb == PC_POP3_VERB_AUTH)
    pc_sasl_view_begin (&self->login, command.args, command.args_len);

  if (command.verb == PC_POP3_VERB_UNKNOWN &&
      (!is_printable (data, len) ||
       pc_pop3_is_http (data, command.word_len))) {
    emit_unreadable (self, PC_SIDE_CLIENT, data, total, FALSE);
    return;
  }

  unit = new_unit (PC_SIDE_CLIENT, PC_UNIT_COMMAND,
                   pc_pop3_rule_for_command (command.verb), data, total);
  if (command.verb == PC_POP3_VERB_UNKNOWN || total == len)
    unit->status = PC_STATUS_WARNING;
  pc_pop3_label_command (unit, len, total - len);
  pc_observer_emit (&self->base, unit);
}

/* The first @len octets of a line that is longer than any command, or one of
 * the pieces after. */
static void
emit_overlong (Observer  *self,
               PcSide     from,
               Direction *direction,
               gsize      len)
{
  const guint8 *data = pc_bytes_peek (&direction->in, NULL);

  if (!direction->overlong && from == PC_SIDE_CLIENT) {
    PcPop3Command command;

    pc_pop3_parse_command (data, len, &command);
    direction->secret = in_auth (self->pending.tail) ||
                        command.verb == PC_POP3_VERB_PASS ||
                        command.verb == PC_POP3_VERB_AUTH;
    pc_pop3_observer_push_pending (self, PC_POP3_VERB_UNKNOWN, FALSE);
  }

  emit_unreadable (self, from, data, len, direction->secret);
  pc_bytes_consume (&direction->in, len);
}

static gboolean
take_from_client (Observer *self)
{
  Direction    *direction = &self->client;
  gsize         size, len, total;
  const guint8 *data = pc_bytes_peek (&direction->in, &size);

  if (size == 0 || (self->hold && size < PC_LIMIT_UNIT))
    return FALSE;
  self->hold = FALSE;
  if (self->tls)
    return pc_pop3_observer_take_tls (self, PC_SIDE_CLIENT, FALSE);
  if (direction->records ||
      (!direction->overlong && pc_starttls_is_record (data[0])))
    return pc_pop3_observer_take_record (self, PC_SIDE_CLIENT, direction,
                                         FALSE);

  switch (pc_line_find (&direction->in, LINE_LIMIT, PC_LINE_LENIENT,
                        &direction->scanned, &len, &total)) {
  case PC_LINE_MORE:
    return FALSE;
  case PC_LINE_LONG:
    emit_overlong (self, PC_SIDE_CLIENT, direction, LINE_LIMIT);
    direction->overlong = TRUE;
    break;
  case PC_LINE_DONE:
    if (direction->overlong) {
      emit_overlong (self, PC_SIDE_CLIENT, direction, total);
      direction->overlong = FALSE;
      break;
    }
    emit_command (self, data, len, total);
    pc_bytes_consume (&direction->in, total);
    break;
  }
  direction->scanned = 0;

  return TRUE;
}

/* -- from the server ------------------------------------------------------ */

/* Emits a reply of one line; @total - @len octets of line end. */
static void
emit_reply (Observer          *self,
            PcPop3Rule         rule,
            PcPop3Verb         verb,
            gboolean           has_args,
            const PcPop3Reply *reply,
            gsize              len,
            gsize              total)
{
  const guint8 *data = pc_bytes_peek (&self->server.in, NULL);
  gboolean      greets = verb == PC_POP3_VERB_CONNECT;
  PcUnit       *unit;

  unit = new_unit (PC_SIDE_SERVER, greets ? PC_UNIT_GREETING : PC_UNIT_REPLY,
                   rule, data, total);
  if (reply->status == PC_POP3_REPLY_ERR)
    unit->status = PC_STATUS_ERROR;
  else if (total == len || rule == RULE (UNASKED))
    unit->status = PC_STATUS_WARNING;
  pc_pop3_label_reply (unit, verb, has_args, len, total - len);
  pc_observer_emit (&self->base, unit);
}

static void
begin_text (Observer  *self,
            PcPop3Rule rule,
            PcPop3Verb verb,
            gboolean   has_args,
            gsize      len,
            gsize      total)
{
  self->text = (Text){ .under_way = TRUE,
                       .rule = rule,
                       .verb = verb,
                       .has_args = has_args,
                       .first_len = len,
                       .first_eol = total - len,
                       .seen = total,
                       .labels = { .verb = verb } };
}

/* +OK or -ERR to the oldest command; or the greeting.  FALSE: its octets stay
 * in the queue, because more lines belong to it. */
static gboolean
take_answer (Observer          *self,
             const guint8      *data,
             const PcPop3Reply *reply,
             gsize              len,
             gsize              total)
{
  gboolean   ok = reply->status == PC_POP3_REPLY_OK;
  PcPop3Verb verb = PC_POP3_VERB_CONNECT;
  gboolean   has_args = FALSE;
  PcPop3Rule rule;

  if (self->state != PC_POP3_CONNECT) {
    if (!pop_pending (self, &verb, &has_args)) {
      emit_reply (self, RULE (UNASKED), PC_POP3_VERB_UNKNOWN, FALSE, reply,
                  len, total);
      return TRUE;
    }
  }

  rule = pc_pop3_rule_for_reply (self->state, data, len, reply, verb,
                                 has_args);
  if (rule == RULE (QUIT_UPDATE) && self->n_marked == 0)
    rule = RULE (QUIT_UNCHANGED);
  if (ok && pc_pop3_is_multi_line (verb, has_args)) {
    begin_text (self, rule, verb, has_args, len, total);
    return FALSE;
  }

  set_state (self, pc_pop3_next_state (self->state, verb, has_args, ok));
  self->tls = self->tls || (ok && verb == PC_POP3_VERB_STLS);
  if (rule == RULE (DELE_OK))
    self->n_marked++;
  else if (rule == RULE (RSET_OK))
    self->n_marked = 0;
  emit_reply (self, rule, verb, has_args, reply, len, total);
  return TRUE;
}

static void
take_reply_line (Observer *self,
                 gsize     len,
                 gsize     total)
{
  const guint8 *data = pc_bytes_peek (&self->server.in, NULL);
  PcPop3Reply   reply;
  PcPop3Verb    verb;
  gboolean      has_args;

  pc_pop3_parse_reply (data, len, &reply);

  if (reply.status == PC_POP3_REPLY_CONTINUE && in_auth (self->pending.head)) {
    PcSaslPart part = pc_sasl_view_challenge (&self->login, data + reply.text,
                                              len - reply.text);

    emit_reply (self, pc_pop3_rule_for_sasl (part), PC_POP3_VERB_AUTH, TRUE,
                &reply, len, total);
  } else if (reply.status == PC_POP3_REPLY_OK ||
             reply.status == PC_POP3_REPLY_ERR) {
    if (!take_answer (self, data, &reply, len, total))
      return;
  } else {
    if (self->state != PC_POP3_CONNECT)
      pop_pending (self, &verb, &has_args);
    emit_unreadable (self, PC_SIDE_SERVER, data, total, FALSE);
  }
  pc_bytes_consume (&self->server.in, total);
}

/* -- replies of several lines --------------------------------------------- */

static guint
count_lines (const guint8 *data,
             gsize         len)
{
  guint n = 0;

  for (gsize i = 0; i < len; i++)
    n += data[i] == '\n' ? 1 : 0;

  return n;
}

/* "+OK 812 octets … 24 lines" */
static char *
summarise_text (const Observer *self,
                const guint8   *data,
                gsize           len,
                gboolean        ends)
{
  const Text      *text = &self->text;
  gsize            words_len = text->continued ? 0 : text->first_len;
  gsize            first = text->continued ? 0 : words_len + text->first_eol;
  g_autofree char *words = NULL;
  g_autofree char *rest = NULL;
  guint            n = count_lines (data + first, len - first);

  n -= ends ? 1 : 0;
  words = pc_text_from_wire (data, words_len, PC_TEXT_ONE_LINE, SUMMARY_CHARS);
  rest = g_strdup_printf (ngettext ("%u line", "%u lines", n), n);

  return g_strdup_printf ("%s%s\342\200\246 %s", words,
                          words_len > 0 ? " " : "", rest);
}

/* The first @len octets in the queue are the next part; the last one when it
 * @ends. */
static void
emit_text (Observer *self,
           gsize     len,
           gboolean  ends,
           PcStatus  status)
{
  Text         *text = &self->text;
  const guint8 *data = pc_bytes_peek (&self->server.in, NULL);
  PcUnit       *unit;

  unit = new_unit (PC_SIDE_SERVER,
                   text->continued ? PC_UNIT_DATA : PC_UNIT_REPLY,
                   text->continued ? RULE (DATA_PART) : text->rule, data, len);
  unit->status = status;
  unit->summary = summarise_text (self, data, len, ends);
  if (!text->continued)
    pc_pop3_label_reply (unit, text->verb, text->has_args, text->first_len,
                         text->first_eol);
  pc_pop3_label_text (unit, &text->labels, ends);
  pc_observer_emit (&self->base, unit);

  pc_bytes_consume (&self->server.in, len);
  text->continued = TRUE;
  text->seen -= len;
}

/* Where to cut a text that is too long for one unit: behind a line, if there
 * is one. */
static gsize
find_cut (const guint8 *data,
          gsize         len)
{
  for (gsize i = len; i >= 2; i--) {
    if (data[i - 1] == '\n' && data[i - 2] == '\r')
      return i;
  }

  return len;
}

static gboolean
take_text (Observer *self)
{
  Text         *text = &self->text;
  gsize         size;
  const guint8 *data = pc_bytes_peek (&self->server.in, &size);
  gsize         end = MIN (size, PC_LIMIT_UNIT);

  text->seen += pc_pop3_unstuff (&text->unstuffer, data + text->seen,
                                 end - text->seen, NULL);
  if (text->unstuffer.at == PC_POP3_END) {
    emit_text (self, text->seen, TRUE, PC_STATUS_OK);
    *text = (Text){ 0 };
    return TRUE;
  }
  if (size < PC_LIMIT_UNIT)
    return FALSE;

  emit_text (self, find_cut (data, end), FALSE, PC_STATUS_OK);
  return TRUE;
}

static gboolean
take_from_server (Observer *self)
{
  Direction    *direction = &self->server;
  gsize         size, len, total;
  const guint8 *data = pc_bytes_peek (&direction->in, &size);

  if (size == 0)
    return FALSE;
  if (self->text.under_way)
    return take_text (self);
  if (self->tls)
    return pc_pop3_observer_take_tls (self, PC_SIDE_SERVER, FALSE);
  if (direction->records ||
      (!direction->overlong && pc_starttls_is_record (data[0])))
    return pc_pop3_observer_take_record (self, PC_SIDE_SERVER, direction,
                                         FALSE);

  switch (pc_line_find (&direction->in, LINE_LIMIT, PC_LINE_LENIENT,
                        &direction->scanned, &len, &total)) {
  case PC_LINE_MORE:
    return FALSE;
  case PC_LINE_LONG:
    emit_overlong (self, PC_SIDE_SERVER, direction, LINE_LIMIT);
    direction->overlong = TRUE;
    break;
  case PC_LINE_DONE:
    if (direction->overlong)
      emit_overlong (self, PC_SIDE_SERVER, direction, total);
    else
      take_reply_line (self, len, total);
    direction->overlong = FALSE;
    break;
  }
  direction->scanned = 0;

  return TRUE;
}

/* -- observer ------------------------------------------------------------- */

/* An answer of the server's may free what was held. */
static void
drain_client (Observer *self)
{
  while (take_from_client (self))
    ;
}

/* In slices, so that the queue is as bounded as what is cut from it. */
static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  Observer  *self = (Observer *) observer;
  Direction *direction = from == PC_SIDE_CLIENT ? &self->client
                                                : &self->server;

  while (len > 0) {
    gsize n = MIN (len, PC_LIMIT_READ);

    pc_bytes_append (&direction->in, data, n);
    data += n;
    len -= n;
    while (from == PC_SIDE_SERVER && take_from_server (self))
      drain_client (self);
    drain_client (self);
  }
}

/* What it was to answer, its command still tells. */
static void
emit_half_reply (Observer          *self,
                 const PcPop3Reply *reply,
                 const guint8      *data,
                 gsize              size)
{
  PcPop3Verb verb = PC_POP3_VERB_CONNECT;
  gboolean   has_args = FALSE;
  PcPop3Rule rule;

  if (self->state != PC_POP3_CONNECT &&
      !pop_pending (self, &verb, &has_args)) {
    emit_reply (self, RULE (UNASKED), PC_POP3_VERB_UNKNOWN, FALSE, reply, size,
                size);
    return;
  }

  rule = pc_pop3_rule_for_reply (self->state, data, size, reply, verb,
                                 has_args);
  if (rule == RULE (QUIT_UPDATE) && self->n_marked == 0)
    rule = RULE (QUIT_UNCHANGED);
  emit_reply (self, rule, verb, has_args, reply, size, size);
}

/* The half of a line or of a text, when the connection is lost. */
static void
emit_unfinished (Observer  *self,
                 PcSide     from,
                 Direction *direction)
{
  gsize         size;
  const guint8 *data = pc_bytes_peek (&direction->in, &size);
  PcPop3Reply   reply;

  if (from == PC_SIDE_SERVER && self->text.under_way) {
    self->base.cut_off = TRUE;
    if (size > 0)
      emit_text (self, size, FALSE, PC_STATUS_WARNING);
    self->base.cut_off = FALSE;
    self->text = (Text){ 0 };
    return;
  }
  if (self->tls) {
    while (pc_pop3_observer_take_tls (self, from, TRUE))
      ;
    return;
  }
  if (size == 0)
    return;
  if (direction->records || pc_starttls_is_record (data[0])) {
    pc_pop3_observer_take_record (self, from, direction, TRUE);
    return;
  }

  pc_pop3_parse_reply (data, size, &reply);
  self->base.cut_off = TRUE;
  if (direction->overlong)
    emit_unreadable (self, from, data, size, direction->secret);
  else if (from == PC_SIDE_CLIENT)
    emit_command (self, data, size, size);
  else if (reply.status == PC_POP3_REPLY_BAD)
    emit_unreadable (self, from, data, size, FALSE);
  else
    emit_half_reply (self, &reply, data, size);
  self->base.cut_off = FALSE;
  pc_bytes_consume (&direction->in, size);
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  Observer *self = (Observer *) observer;

  if (from == PC_SIDE_CLIENT && self->hold) {
    self->done = TRUE;
  } else {
    emit_unfinished (self, from,
                     from == PC_SIDE_CLIENT ? &self->client : &self->server);
    self->hold = FALSE;
    drain_client (self);
    if (self->done)
      emit_unfinished (self, PC_SIDE_CLIENT, &self->client);
  }
  if (self->state < PC_POP3_UPDATE)
    set_state (self, PC_POP3_CLOSED);
}

/* As after the greeting: TLS has washed away what was said before. */
static void
observer_secured (PcObserver *observer)
{
  Observer *self = (Observer *) observer;

  if (self->state == PC_POP3_CONNECT)
    return;

  self->tls = self->tls || self->hold;
  emit_unfinished (self, PC_SIDE_CLIENT, &self->client);
  emit_unfinished (self, PC_SIDE_SERVER, &self->server);
  pc_pop3_observer_reset_direction (&self->client);
  pc_pop3_observer_reset_direction (&self->server);
  g_queue_clear (&self->pending);
  self->login = (PcSaslView){ 0 };
  self->hold = self->done = self->tls = self->injected_login = FALSE;
  self->n_marked = 0;
  if (self->state < PC_POP3_UPDATE)
    set_state (self, PC_POP3_AUTHORIZATION);
}

static void
observer_free (PcObserver *observer)
{
  Observer *self = (Observer *) observer;

  pc_bytes_clear (&self->client.in);
  pc_bytes_clear (&self->server.in);
  g_queue_clear (&self->pending);
  pc_observer_deinit (observer);
  g_free (self);
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
  .secured = observer_secured,
};

PcObserver *
pc_pop3_observer_new (void)
{
  Observer *self = g_new0 (Observer, 1);

  pc_observer_init (&self->base, &observer_class,
                    pc_pop3_states[PC_POP3_CONNECT],
                    pc_pop3_states[PC_POP3_CONNECT]);
  g_queue_init (&self->pending);
  self->state = PC_POP3_CONNECT;

  return &self->base;
}
