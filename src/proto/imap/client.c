/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IMAP client: says what it is asked to, understands what comes back.
 *
 * One command at a time, though one action may be several.  Untagged responses
 * are welcome at any moment; what is kept of them is in client-known.c, what
 * is passed on in client-results.c.  Leaves out a cache of messages.
 *
 * RFC 3501 and RFC 9051 sections 2.2, 3, 6.2 and 7; RFC 2177; RFC 7888.
 */

#include "proto/imap/client.h"

#include "proto/imap/client-private.h"

#include "base/limits.h"
#include "base/text.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define WORDS_CHARS 200

static void
set_state (PcImapClient *self,
           PcImapState   state)
{
  self->state = state;
}

char *
pc_imap_client_quote (const guint8 *data,
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

static void
take_greeting (PcImapClient *self,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor     at = { data, len, 0 };
  g_autofree char *said = NULL;

  if (!pc_imap_read_char (&at, '*') || !pc_imap_read_char (&at, ' ')) {
    pc_imap_client_fail_greeting (self, data, len);
  } else if (pc_imap_read_word (&at, "OK")) {
    set_state (self, PC_IMAP_NOT_AUTHENTICATED);
  } else if (pc_imap_read_word (&at, "PREAUTH")) {
    set_state (self, PC_IMAP_AUTHENTICATED);
    pc_imap_client_take_preauth (self);
  } else if (pc_imap_read_word (&at, "BYE")) {
    g_autofree char *text = NULL;

    said = pc_imap_client_quote (data, len);
    text = g_strdup_printf (_ ("The server does not want us: “%s”."), said);
    set_state (self, PC_IMAP_LOGOUT);
    pc_engine_fail (&self->base, text);
  } else {
    pc_imap_client_fail_greeting (self, data, len);
  }

  if (self->base.status == PC_ENGINE_RUNNING) {
    pc_imap_known_take (&self->known, (PcImapCursor){ data, len, 2 });
    said = pc_imap_client_quote (data, len);
    finish (self, PC_EVENT_DONE, said);
  }
}

/* -- what comes back ------------------------------------------------------ */

static void
send_done (PcImapClient *self)
{
  self->request->done = TRUE;
  pc_engine_send_printf (&self->base, "DONE\r\n");
}

/* Something has changed while we wait for just that. */
static void
take_news (PcImapClient *self,
           gint64        now,
           const guint8 *data,
           gsize         len)
{
  PcImapRequest *request = self->request;

  if (request == NULL || !request->until_news || request->said != NULL)
    return;

  request->said = pc_imap_client_quote (data, len);
  request->again = FALSE;
  self->deadline = now + self->patience;
  if (self->idling && !request->done)
    send_done (self);
}

static void
take_untagged (PcImapClient *self,
               gint64        now,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor at = { data, len, 1 };
  PcImapCursor word;

  if (!pc_imap_read_char (&at, ' '))
    return;

  self->known.news = FALSE;
  pc_imap_known_take (&self->known, at);
  pc_imap_client_pass_on (self, at);
  if (self->known.news)
    take_news (self, now, data, len);

  word = at;
  if (pc_imap_read_word (&word, "OK") || pc_imap_read_word (&word, "NO"))
    pc_imap_client_pass_alert (self, word);

  if (pc_imap_read_word (&at, "BYE")) {
    g_free (self->bye);
    self->bye = pc_imap_client_quote (data, len);
    set_state (self, PC_IMAP_LOGOUT);
  } else if (pc_imap_read_word (&at, "BAD") && self->base.busy &&
             self->request->raw) {
    /* Nothing the server could take for a tag: this is the answer. */
    g_autofree char *said = pc_imap_client_quote (data, len);

    self->literal = 0;
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

  self->deadline = now + self->patience;
  pc_engine_send (&self->base, data, len);
}

/* A challenge, and its answer. */
static void
take_challenge (PcImapClient *self,
                gint64        now,
                const guint8 *data,
                gsize         len)
{
  gsize            text = len > 1 && data[1] == ' ' ? 2 : 1;
  gsize            end = len;
  g_autofree char *answer = NULL;

  while (end > text && (data[end - 1] == '\n' || data[end - 1] == '\r'))
    end--;
  answer = pc_sasl_client_answer (self->request->sasl, data + text,
                                  end - text);
  self->deadline = now + self->patience;
  pc_engine_send_printf (&self->base, "%s\r\n", answer);
}

/* The server waits with us. */
static void
begin_idling (PcImapClient *self,
              gint64        now,
              const char   *said)
{
  PcImapRequest *request = self->request;

  self->idling = TRUE;
  if (!request->until_news && !request->quiet)
    finish (self, PC_EVENT_DONE, said);
  else if (!request->until_news)
    self->base.busy = FALSE;
  self->deadline = now + PC_LIMIT_IMAP_REIDLE;
  if (request->said != NULL)
    send_done (self);
}

/* "+": go on.  After a raw line it is for the learner to go on; after IDLE
 * news may come until somebody says done. */
static void
take_continuation (PcImapClient *self,
                   gint64        now,
                   const guint8 *data,
                   gsize         len)
{
  g_autofree char *said = NULL;

  if (!self->base.busy)
    return;

  said = pc_imap_client_quote (data, len);
  if (!g_queue_is_empty (&self->request->segments))
    send_segment (self, now);
  else if (self->request->sasl != NULL)
    take_challenge (self, now, data, len);
  else if (self->request->raw) {
    self->literal = self->request->announced;
    finish (self, PC_EVENT_DONE, said);
  } else if (self->request->verb == PC_IMAP_VERB_IDLE)
    begin_idling (self, now, said);
}

/* -- the end of a command ------------------------------------------------- */

/* SCRAM lets nobody in who has not shown a signature. */
static gboolean
is_impostor (const PcImapRequest *request)
{
  return request->sasl != NULL && !pc_sasl_client_is_done (request->sasl) &&
         pc_sasl_client_get_mechanism (request->sasl) ==
             PC_SASL_SCRAM_SHA_256;
}

/* The mailbox is open.  NULL, or why what was remembered of it is void: then
 * (transfer full). */
static char *
check_validity (PcImapClient  *self,
                PcImapRequest *request)
{
  PcImapKnown *known = &self->known;
  guint32      before = request->validity;
  guint32      validity = known->validity;

  g_free (self->mailbox);
  self->mailbox = g_steal_pointer (&request->mailbox);
  if (before == 0)
    before = GPOINTER_TO_UINT (g_hash_table_lookup (known->validities,
                                                    self->mailbox));
  if (validity == 0)
    return NULL;

  g_hash_table_insert (known->validities, g_strdup (self->mailbox),
                       GUINT_TO_POINTER (validity));
  if (before == 0 || before == validity)
    return NULL;

  return g_strdup_printf (_ ("The mailbox is open, but its UIDVALIDITY is %u "
                             "now and was %u: it is not the one of before, "
                             "and what was kept of it by UID must be "
                             "forgotten."),
                          validity, before);
}

/* The command is answered; one that follows from it, or nothing. */
static PcImapRequest *
find_next (PcImapClient  *self,
           PcImapRequest *request,
           gboolean       ok)
{
  PcImapRequest *next = ok ? g_steal_pointer (&request->next) : NULL;

  if (ok && request->again) {
    next = pc_imap_request_new_plain (PC_IMAP_VERB_IDLE, &self->n_tags);
    next->until_news = request->until_news;
    next->quiet = TRUE;
  }
  /* What was told before the login is of no use after it (RFC 3501 6.2.3,
   * RFC 9051 7.2.2). */
  if (ok && (request->verb == PC_IMAP_VERB_LOGIN ||
             request->verb == PC_IMAP_VERB_AUTHENTICATE) &&
      !self->known.fresh && self->known.capabilities != NULL) {
    pc_imap_known_forget (&self->known);
    next = pc_imap_request_new_plain (PC_IMAP_VERB_CAPABILITY, &self->n_tags);
  }

  return next;
}

static void
go_on (PcImapClient  *self,
       gint64         now,
       PcImapRequest *next,
       const char    *said)
{
  next->said = g_strdup (said);
  pc_imap_request_free (self->request);
  self->request = next;
  self->base.busy = TRUE;
  send_segment (self, now);
}

static void
end_request (PcImapClient *self,
             gint64        now,
             gboolean      ok,
             const char   *said)
{
  PcImapRequest   *request = self->request;
  PcImapRequest   *next = find_next (self, request, ok);
  g_autofree char *changed = NULL;

  if (next != NULL) {
    go_on (self, now, next,
           next->verb == PC_IMAP_VERB_CAPABILITY ? said : NULL);
    return;
  }

  if (ok && request->mailbox != NULL && self->state == PC_IMAP_SELECTED)
    changed = check_validity (self, request);
  /* A list of capabilities that does not come is no failure of the login. */
  ok = ok || (request->verb == PC_IMAP_VERB_CAPABILITY &&
              request->said != NULL);
  if (changed != NULL)
    finish (self, PC_EVENT_REFUSED, changed);
  else
    finish (self, ok ? PC_EVENT_DONE : PC_EVENT_REFUSED,
            ok && request->said != NULL ? request->said : said);
  if (request->verb == PC_IMAP_VERB_LOGOUT && ok)
    self->base.status = PC_ENGINE_CLOSING;
  g_clear_pointer (&self->request, pc_imap_request_free);
}

static void
take_tagged (PcImapClient *self,
             gint64        now,
             PcImapCursor  at)
{
  g_autofree char *word = NULL;
  g_autofree char *said = pc_imap_client_quote (at.data + at.pos,
                                                at.len - at.pos);
  PcImapCursor     reply;
  gboolean         ok;

  if (!pc_imap_read_char (&at, ' '))
    return;
  reply = at;
  if (!pc_imap_read_atom (&at, &word))
    return;

  ok = g_ascii_strcasecmp (word, "OK") == 0;
  if (ok && is_impostor (self->request)) {
    pc_engine_fail (&self->base,
                    _ ("The server let us in without a proof that it knows "
                       "the password, too. It may be an impostor."));
    return;
  }
  pc_imap_known_take (&self->known, reply);
  pc_imap_client_pass_alert (self, at);
  set_state (self, pc_imap_state_after (self->state, self->request->verb,
                                        (const guint8 *) word,
                                        strlen (word)));
  if (self->state != PC_IMAP_SELECTED)
    pc_imap_known_deselect (&self->known);
  self->idling = FALSE;
  self->literal = 0;

  g_strchug (said);
  if (self->request->verb == PC_IMAP_VERB_STARTTLS &&
      self->base.security == PC_SECURITY_CLEAR)
    pc_imap_client_take_tls (self, ok, said);
  else
    end_request (self, now, ok, said);
}

static void
take_response (PcImapClient *self,
               gint64        now,
               const guint8 *data,
               gsize         len)
{
  PcImapCursor     at = { data, len, 0 };
  g_autofree char *tag = NULL;

  if (self->base.busy && !self->idling)
    self->deadline = now + self->patience;

  if (self->state == PC_IMAP_GREETING)
    take_greeting (self, data, len);
  else if (data[0] == '*')
    take_untagged (self, now, data, len);
  else if (data[0] == '+')
    take_continuation (self, now, data, len);
  else if (pc_imap_read_tag (&at, &tag) && self->base.busy &&
           self->request->tag != NULL && strcmp (tag, self->request->tag) == 0)
    take_tagged (self, now, at);
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
  g_clear_pointer (&self->host, g_free);
  pc_imap_known_clear (&self->known);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
client_start (PcEngine *engine,
              gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;

  self->deadline = now + self->patience;
}

static void
fail_too_big (PcImapClient *self)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  if (self->state == PC_IMAP_GREETING)
    pc_imap_client_fail_greeting (self, data, MIN (len, WORDS_CHARS));
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
  while (engine->status == PC_ENGINE_RUNNING &&
         engine->security != PC_SECURITY_WANTED) {
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
    self->rest = size - end;
    take_response (self, now, in, end);
    pc_bytes_consume (&self->in, end);
    memset (&self->framer, 0, sizeof self->framer);
  }
}

/* What was learnt in clear may have been forged (RFC 9051 section 6.2.1). */
static void
client_secured (PcEngine *engine,
                gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;

  pc_imap_client_forget (self);
  self->deadline = PC_ENGINE_NEVER;
  g_clear_pointer (&self->request, pc_imap_request_free);
  set_state (self, PC_IMAP_NOT_AUTHENTICATED);
  pc_starttls_done (engine);
}

static void
client_eof (PcEngine *engine,
            gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;

  if (self->bye != NULL && engine->busy &&
      self->request->verb == PC_IMAP_VERB_LOGOUT) {
    finish (self, PC_EVENT_DONE, self->bye);
    engine->status = PC_ENGINE_CLOSING;
  } else {
    pc_imap_client_lose (self, PC_LOST_CLOSED);
  }
}

static gint64
client_deadline (const PcEngine *engine)
{
  const PcImapClient *self = (const PcImapClient *) engine;

  return engine->busy || self->idling ? self->deadline : PC_ENGINE_NEVER;
}

static void
give_up_raw (PcImapClient *self)
{
  finish (self, PC_EVENT_REFUSED, _ ("No answer came."));
  g_clear_pointer (&self->request, pc_imap_request_free);
}

/* Before the server takes us for dead IDLE ends and begins anew (RFC 2177
 * section 3). */
static void
renew_idle (PcImapClient *self,
            gint64        now)
{
  self->idling = FALSE;
  self->base.busy = TRUE;
  self->request->again = TRUE;
  self->deadline = now + self->patience;
  send_done (self);
}

static void
client_wake (PcEngine *engine,
             gint64    now)
{
  PcImapClient *self = (PcImapClient *) engine;

  if (now < client_deadline (engine))
    return;

  if (self->state == PC_IMAP_GREETING)
    pc_imap_client_lose (self, PC_LOST_SILENT);
  else if (self->request->raw && engine->security != PC_SECURITY_WANTED)
    give_up_raw (self);
  else if (self->idling && !self->request->done)
    renew_idle (self, now);
  else
    pc_imap_client_lose (self, PC_LOST_SILENT);
}

static const char *
client_state (const PcEngine *engine)
{
  const PcImapClient *self = (const PcImapClient *) engine;

  return pc_imap_states[self->state];
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

/* What has to be known afresh once this is answered. */
static void
prepare (PcImapClient *self)
{
  PcImapVerb verb = self->request->verb;

  if (verb == PC_IMAP_VERB_SELECT || verb == PC_IMAP_VERB_EXAMINE)
    pc_imap_known_deselect (&self->known);
  if (verb == PC_IMAP_VERB_LOGIN || verb == PC_IMAP_VERB_AUTHENTICATE)
    self->known.fresh = FALSE;
}

static gboolean
client_act (PcEngine       *engine,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  PcImapClient      *self = (PcImapClient *) engine;
  PcImapRequestMaker maker = { &self->known, self->host, now, &self->n_tags };
  guint              n_tags = self->n_tags;
  PcImapRequest     *request = NULL;

  if (check_idling (self, action, error) &&
      pc_imap_client_check_tls (self, action, error))
    request = pc_imap_request_new (&maker, action, error);
  if (request == NULL)
    return FALSE;
  if (pc_imap_client_refuse_early (self, action)) {
    pc_imap_request_free (request);
    self->n_tags = n_tags;
    return TRUE;
  }

  pc_imap_client_continue (self, request);
  if (!request->raw)
    self->literal = 0;
  self->idling = FALSE;
  g_clear_pointer (&self->request, pc_imap_request_free);
  self->request = request;
  engine->busy = TRUE;
  prepare (self);
  send_segment (self, now);
  if (request->raw &&
      pc_imap_client_follow_raw (self, pc_action_get (action, "line", "")))
    finish (self, PC_EVENT_DONE, NULL);
  return TRUE;
}

static const PcEngineClass client_class = {
  .name = "imap-client",
  .free = client_free,
  .start = client_start,
  .feed = client_feed,
  .eof = client_eof,
  .secured = client_secured,
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
  self->host = g_strdup (config->host != NULL ? config->host : "client");
  self->patience = config->timeout > 0 ? config->timeout : PC_LIMIT_WAIT_IMAP;
  pc_imap_known_init (&self->known);
  self->base.busy = TRUE; /* until the greeting is understood */
  self->deadline = PC_ENGINE_NEVER;
  return &self->base;
}
