/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IMAP client: says what it is asked to, understands what comes back.
 *
 * One command at a time.  Untagged responses are welcome at any moment; of
 * them the client keeps nothing but message parts, which go out as events.
 * Leaves out a cache, the map from numbers to UIDs, and TLS.
 *
 * RFC 3501 and RFC 9051 sections 2.2, 3, 7; RFC 7888 section 3.
 */

#include "proto/imap/client.h"

#include "proto/imap/client-commands.h"

#include "base/limits.h"
#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORDS_CHARS 200

typedef struct
{
  PcEngine       base;
  PcBytes        in;
  PcImapFramer   framer;
  PcImapState    state;   /* changed by set_state () only */
  PcImapRequest *request; /* under way, or an open raw one */
  guint          n_tags;
  gboolean       idling; /* the request is an IDLE, and the server agreed */
  char          *mailbox; /* selected */
  char          *bye;     /* what the server said when it took leave */
  gint64         deadline;
} PcImapClient;

static void
set_state (PcImapClient *self,
           PcImapState   state)
{
  self->state = state;
}

/* What a server said, safe to show.  Transfer full. */
static char *
words (const guint8 *data,
       gsize         len)
{
  return pc_text_from_wire (data, len, PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE,
                            WORDS_CHARS);
}

static void
finish (PcImapClient *self,
        PcEventKind   kind,
        const char   *text)
{
  self->deadline = PC_ENGINE_NEVER;
  pc_engine_finish_action (&self->base, kind, text);
}

/* -- greeting ------------------------------------------------------------- */


/* Each sentence says what came and whose way of greeting that is. */
static const char *
judge_greeting (const guint8 *data,
                gsize         len)
{
  if (len >= 3 && (memcmp (data, "+OK", 3) == 0 ||
                   memcmp (data, "-ER", 3) == 0))
    return N_ ("The server answered “%s”, which is how POP3 greets. An IMAP "
               "server greets with “* OK”; this is another protocol’s port.");
  if (len >= 3 && g_ascii_isdigit (data[0]) && g_ascii_isdigit (data[1]) &&
      g_ascii_isdigit (data[2]))
    return N_ ("The server answered “%s”, which is how SMTP greets. An IMAP "
               "server greets with “* OK”; this is another protocol’s port.");
  if (len >= 2 && (data[0] == 0x15 || data[0] == 0x16) && data[1] == 3)
    return N_ ("The server answered with TLS (“%s”). This port wants "
               "encryption before the first word of IMAP.");

  return N_ ("The server answered “%s”. An IMAP server greets with “* OK”; "
             "this is no IMAP server.");
}

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
/* The format is one of the four above. */
static void
fail_greeting (PcImapClient *self,
               const guint8 *data,
               gsize         len)
{
  g_autofree char *said = words (data, len);
  g_autofree char *text =
      g_strdup_printf (_ (judge_greeting (data, len)), said);

  pc_engine_fail (&self->base, text);
}
#pragma GCC diagnostic pop

static void
take_greeting (PcImapClient *self,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor     at = { data, len, 0 };
  g_autofree char *said = NULL;

  if (!pc_imap_read_char (&at, '*') || !pc_imap_read_char (&at, ' ')) {
    fail_greeting (self, data, len);
  } else if (pc_imap_read_word (&at, "OK")) {
    set_state (self, PC_IMAP_NOT_AUTHENTICATED);
  } else if (pc_imap_read_word (&at, "PREAUTH")) {
    /* STARTTLS is not allowed any more: somebody in between could keep us in
     * clear with this (RFC 9051 section 7.1.4). */
    if (self->base.needs_tls && self->base.security != PC_SECURITY_ON) {
      pc_engine_fail (&self->base,
                      _ ("The server greets with PREAUTH, so TLS can begin no "
                         "more; without it the client does not go on."));
      return;
    }
    set_state (self, PC_IMAP_AUTHENTICATED);
  } else if (pc_imap_read_word (&at, "BYE")) {
    g_autofree char *text = NULL;

    said = words (data, len);
    text = g_strdup_printf (_ ("The server does not want us: “%s”."), said);
    set_state (self, PC_IMAP_LOGOUT);
    pc_engine_fail (&self->base, text);
  } else {
    fail_greeting (self, data, len);
  }

  if (self->base.status == PC_ENGINE_RUNNING) {
    said = words (data, len);
    finish (self, PC_EVENT_DONE, said);
  }
}

/* -- what comes back ------------------------------------------------------ */

/* One item's name: up to the space that is not inside brackets. */
static char *
read_item_name (PcImapCursor *at)
{
  gsize    start = at->pos;
  gboolean bracket = FALSE;

  for (; at->pos < at->len; at->pos++) {
    guint8 c = at->data[at->pos];

    if (c == '[' || c == ']')
      bracket = c == '[';
    if ((c == ' ' && !bracket) || c == '\r')
      break;
  }

  return words (at->data + start, at->pos - start);
}

static void
push_item (PcImapClient *self,
           const char   *number,
           const char   *name,
           const guint8 *data,
           gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  g_autofree char   *text =
      g_strdup_printf ("%s %s %s",
                       self->mailbox != NULL ? self->mailbox : "", number,
                       name);

  pc_engine_push_event (&self->base, PC_EVENT_ITEM, text, bytes, 0);
}

/* The value of an item; message parts are kept.  FALSE when it is none. */
static gboolean
take_value (PcImapClient *self,
            PcImapCursor *at,
            const char   *number,
            const char   *name)
{
  gboolean         part = g_ascii_strncasecmp (name, "BODY[", 5) == 0 ||
                          g_ascii_strcasecmp (name, "RFC822") == 0 ||
                          g_ascii_strcasecmp (name, "RFC822.HEADER") == 0 ||
                          g_ascii_strcasecmp (name, "RFC822.TEXT") == 0;
  g_autofree char *quoted = NULL;
  guint64          size;
  gboolean         synchronising;

  if (!part)
    return pc_imap_skip_value (at);

  if (pc_imap_read_literal_header (at, &size, &synchronising)) {
    if (size > at->len - at->pos)
      return FALSE;
    push_item (self, number, name, at->data + at->pos, (gsize) size);
    at->pos += (gsize) size;
    return TRUE;
  }
  if (pc_imap_read_string (at, &quoted)) {
    push_item (self, number, name, (const guint8 *) quoted, strlen (quoted));
    return TRUE;
  }
  return pc_imap_skip_value (at); /* NIL */
}

/* "* 2 FETCH (UID 7 BODY[] {12}...)"; the cursor stands behind "* ". */
static void
take_fetch (PcImapClient *self,
            PcImapCursor  at)
{
  g_autofree char *number = NULL;

  if (!pc_imap_read_atom (&at, &number) || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_word (&at, "FETCH") || !pc_imap_read_char (&at, ' ') ||
      !pc_imap_read_char (&at, '('))
    return;

  do {
    g_autofree char *name = read_item_name (&at);

    if (!pc_imap_read_char (&at, ' ') ||
        !take_value (self, &at, number, name))
      return;
  } while (pc_imap_read_char (&at, ' '));
}

static void
take_untagged (PcImapClient *self,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor at = { data, len, 1 };

  if (!pc_imap_read_char (&at, ' '))
    return;

  if (len > at.pos && g_ascii_isdigit (data[at.pos])) {
    take_fetch (self, at);
  } else if (pc_imap_read_word (&at, "BYE")) {
    g_free (self->bye);
    self->bye = words (data, len);
    set_state (self, PC_IMAP_LOGOUT);
  } else if (pc_imap_read_word (&at, "BAD") && self->base.busy &&
             self->request->raw) {
    /* Nothing the server could take for a tag: this is the answer. */
    g_autofree char *said = words (data, len);

    finish (self, PC_EVENT_REFUSED, said);
    g_clear_pointer (&self->request, pc_imap_request_free);
  }
}

static void
send_segment (PcImapClient *self,
              gint64        now)
{
  g_autoptr (GBytes) segment = g_queue_pop_head (&self->request->segments);
  gsize              len;
  const guint8      *data = g_bytes_get_data (segment, &len);

  self->deadline = now + PC_LIMIT_WAIT_IMAP;
  pc_engine_send (&self->base, data, len);
}

/* "+": go on.  After a raw line it is for the learner to go on; after IDLE
 * news may come until somebody says done. */
static void
take_continuation (PcImapClient *self,
                   gint64        now,
                   const guint8 *data,
                   gsize         len)
{
  if (!self->base.busy)
    return;

  if (!g_queue_is_empty (&self->request->segments)) {
    send_segment (self, now);
  } else if (self->request->raw ||
             self->request->verb == PC_IMAP_VERB_IDLE) {
    g_autofree char *said = words (data, len);

    self->idling = !self->request->raw;
    finish (self, PC_EVENT_DONE, said);
  }
}

static void
take_tagged (PcImapClient *self,
             PcImapCursor  at)
{
  g_autofree char *word = NULL;
  g_autofree char *said = words (at.data + at.pos, at.len - at.pos);
  PcImapState      state = self->state;
  gboolean         ok;

  if (!pc_imap_read_char (&at, ' ') || !pc_imap_read_atom (&at, &word))
    return;

  ok = g_ascii_strcasecmp (word, "OK") == 0;
  state = pc_imap_state_after (state, self->request->verb,
                               (const guint8 *) word, strlen (word));
  if (state == PC_IMAP_SELECTED && self->request->mailbox != NULL && ok) {
    g_free (self->mailbox);
    self->mailbox = g_steal_pointer (&self->request->mailbox);
  }
  set_state (self, state);

  g_strchug (said);
  finish (self, ok ? PC_EVENT_DONE : PC_EVENT_REFUSED, said);
  if (self->request->verb == PC_IMAP_VERB_LOGOUT && ok)
    self->base.status = PC_ENGINE_CLOSING;
  g_clear_pointer (&self->request, pc_imap_request_free);
}

static void
take_response (PcImapClient *self,
               gint64        now,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor     at = { data, len, 0 };
  g_autofree char *tag = NULL;

  if (self->base.busy)
    self->deadline = now + PC_LIMIT_WAIT_IMAP;

  if (self->state == PC_IMAP_GREETING)
    take_greeting (self, data, len);
  else if (data[0] == '*')
    take_untagged (self, data, len);
  else if (data[0] == '+')
    take_continuation (self, now, data, len);
  else if (pc_imap_read_tag (&at, &tag) && self->base.busy &&
           self->request->tag != NULL && strcmp (tag, self->request->tag) == 0)
    take_tagged (self, at);
}

/* -- engine --------------------------------------------------------------- */

static void
client_free (PcEngine *engine)
{
  PcImapClient *self = (PcImapClient *) engine;

  pc_bytes_clear (&self->in);
  g_clear_pointer (&self->request, pc_imap_request_free);
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->bye, g_free);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
client_start (PcEngine *engine,
              gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;

  self->deadline = now + PC_LIMIT_WAIT_IMAP;
}

static void
fail_too_big (PcImapClient *self)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  if (self->state == PC_IMAP_GREETING)
    fail_greeting (self, data, MIN (len, WORDS_CHARS));
  else
    pc_engine_fail (&self->base, _ ("The server sends a reply that is longer "
                                    "than we can take."));
}

static void
client_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  PcImapClient *self = (PcImapClient *) engine;

  pc_bytes_append (&self->in, data, len);
  while (engine->status == PC_ENGINE_RUNNING) {
    gboolean          greeted = self->state != PC_IMAP_GREETING;
    gsize             size;
    const guint8     *in = pc_bytes_peek (&self->in, &size);
    gsize             end;
    PcImapFrameResult result = pc_imap_framer_next (
        &self->framer, in, size, TRUE,
        greeted ? PC_LIMIT_IMAP_REPLY_TEXT : PC_LIMIT_IMAP_LINE_PREAUTH,
        greeted ? 2 * PC_LIMIT_MESSAGE : 0);

    if (result == PC_IMAP_FRAME_MORE)
      break;
    if (result != PC_IMAP_FRAME_DONE) {
      fail_too_big (self);
      break;
    }
    end = self->framer.end;
    take_response (self, now, in, end);
    pc_bytes_consume (&self->in, end);
    memset (&self->framer, 0, sizeof self->framer);
  }
}

static void
client_eof (PcEngine *engine,
            gint64    now)
{
  PcImapClient    *self = (PcImapClient *) engine;
  g_autofree char *text = NULL;
  gsize            len;
  const guint8    *data = pc_bytes_peek (&self->in, &len);

  if (self->state == PC_IMAP_GREETING && len > 0) {
    fail_greeting (self, data, len);
  } else if (self->state == PC_IMAP_GREETING) {
    pc_engine_fail (engine, _ ("The server closed the connection without a "
                               "greeting."));
  } else if (self->bye != NULL && engine->busy &&
             self->request->verb == PC_IMAP_VERB_LOGOUT) {
    finish (self, PC_EVENT_DONE, self->bye);
    engine->status = PC_ENGINE_CLOSING;
  } else if (self->bye != NULL) {
    text = g_strdup_printf (_ ("The server took leave: “%s”."), self->bye);
    pc_engine_fail (engine, text);
  } else {
    pc_engine_fail (engine, _ ("The server closed the connection without "
                               "a word."));
  }
}

static gint64
client_deadline (const PcEngine *engine)
{
  const PcImapClient *self = (const PcImapClient *) engine;

  return engine->busy ? self->deadline : PC_ENGINE_NEVER;
}

static void
give_up_raw (PcImapClient *self)
{
  finish (self, PC_EVENT_REFUSED, _ ("No answer came."));
  g_clear_pointer (&self->request, pc_imap_request_free);
}

static void
client_wake (PcEngine *engine,
             gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  if (now < client_deadline (engine))
    return;

  if (self->state == PC_IMAP_GREETING && len > 0)
    fail_greeting (self, data, len);
  else if (self->state == PC_IMAP_GREETING)
    pc_engine_fail (engine,
                    _ ("The server says nothing. An IMAP server greets at "
                       "once; perhaps this port wants TLS first, or belongs "
                       "to a protocol in which the client begins."));
  else if (self->request->raw)
    give_up_raw (self);
  else
    pc_engine_fail (engine, _ ("The server does not answer any more."));
}

static const char *
client_state (const PcEngine *engine)
{
  const PcImapClient *self = (const PcImapClient *) engine;

  return pc_imap_states[self->state];
}

/* After "+" a raw line, or DONE, goes on with the command before it: the reply
 * will carry that one's tag. */
static void
continue_request (PcImapClient  *self,
                  PcImapRequest *request)
{
  if (self->request == NULL || (!request->raw && !request->done))
    return;

  request->verb = self->request->verb;
  g_free (request->tag);
  request->tag = g_steal_pointer (&self->request->tag);
}

/* While the server waits for DONE it takes nothing else. */
static gboolean
check_idling (const PcImapClient *self,
              const PcAction     *action,
              GError            **error)
{
  gboolean done = strcmp (action->name, "done") == 0;

  if (done == self->idling || (self->idling && !strcmp (action->name, "raw")))
    return TRUE;

  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT,
                       done ? _ ("The client is not waiting for news.")
                            : _ ("The client is waiting for news; say done "
                                 "first."));
  return FALSE;
}

static gboolean
client_act (PcEngine       *engine,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  PcImapClient    *self = (PcImapClient *) engine;
  g_autofree char *tag = g_strdup_printf ("a%u", self->n_tags + 1);
  PcImapRequest   *request = NULL;

  if (check_idling (self, action, error))
    request = pc_imap_request_new (action, tag, error);
  if (request == NULL)
    return FALSE;

  if (!request->raw && !request->done)
    self->n_tags++;
  continue_request (self, request);
  self->idling = FALSE;
  g_clear_pointer (&self->request, pc_imap_request_free);
  self->request = request;
  engine->busy = TRUE;
  send_segment (self, now);
  return TRUE;
}

static const PcEngineClass client_class = {
  .name = "imap-client",
  .free = client_free,
  .start = client_start,
  .feed = client_feed,
  .eof = client_eof,
  .wake = client_wake,
  .deadline = client_deadline,
  .state = client_state,
  .act = client_act,
};

PcEngine *
pc_imap_client_new (const PcClientConfig *config)
{
  PcImapClient *self = g_new0 (PcImapClient, 1);

  pc_engine_init (&self->base, &client_class);
  pc_engine_set_security (&self->base, config->secure, config->needs_tls);
  self->base.busy = TRUE; /* until the greeting is understood */
  self->deadline = PC_ENGINE_NEVER;
  return &self->base;
}
