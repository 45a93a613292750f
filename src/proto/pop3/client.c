/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client's end of a POP3 conversation: actions in, commands out.
 *
 * One command at a time: the next goes out when the reply is there.  What the
 * server sends without being asked ends the conversation, because it could
 * only be taken for the answer to something else.
 *
 * Left out: sending commands ahead.
 *
 * RFC 1939 sections 3 to 7, RFC 2449 sections 3, 4 and 8, RFC 2595 section 4,
 * RFC 5034 section 4.
 */

#include "proto/pop3/protocol.h"

#include "proto/pop3/client-commands.h"
#include "proto/pop3/client-lost.h"
#include "proto/pop3/offer.h"
#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "base/text.h"
#include "proto/common/line-reader.h"
#include "proto/common/sasl-client.h"
#include "proto/common/sasl-digest.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define QUOTE_CHARS 80 /* of the server's words, in ours */
#define AUTH_ARGS (PC_LIMIT_POP3_LINE - 7) /* after "AUTH ", without CR LF */

/* The command that waits for its reply; cleared whole with the reply. */
typedef struct
{
  PcPop3Verb    verb;
  gboolean      has_args;
  char         *item;     /* name of what comes: "message-1", or NULL */
  char         *password; /* for the PASS that follows, or NULL */
  PcSaslClient *sasl;     /* the login that AUTH began, or NULL */
} Asked;

/* The lines of a multi-line reply. */
typedef struct
{
  PcPop3Unstuffer unstuffer;
  GByteArray     *text;  /* NULL when none is under way */
  char           *words; /* of the first line */
} Receiving;

typedef struct
{
  PcEngine    base;
  char       *host; /* our own name */
  PcBytes     in;
  gsize       scanned;
  gsize       rest; /* octets behind the line in hand */
  PcPop3State state;
  Asked       asked;
  gboolean    challenged; /* the next line answers "+ " */
  PcPop3Offer offer;
  Receiving   receiving;
  guint       n_marked; /* messages that QUIT will delete */
  gint64      now;
  gint64      deadline;
  gint64      patience; /* how long an answer may take */
} Client;

static void
set_state (Client     *self,
           PcPop3State state)
{
  self->state = state;

  if (state >= PC_POP3_UPDATE && self->base.status == PC_ENGINE_RUNNING)
    self->base.status = PC_ENGINE_CLOSING;
}

static void
clear_asked (Client *self)
{
  g_free (self->asked.item);
  g_free (self->asked.password);
  pc_sasl_client_free (self->asked.sasl);
  self->asked = (Asked){ .verb = PC_POP3_VERB_UNKNOWN };
}

static void
clear_receiving (Client *self)
{
  g_clear_pointer (&self->receiving.text, g_byte_array_unref);
  g_clear_pointer (&self->receiving.words, g_free);
  self->receiving.unstuffer = (PcPop3Unstuffer){ PC_POP3_LINE_START };
}

static void
wait_for_reply (Client *self)
{
  self->base.busy = TRUE;
  self->deadline = self->now + self->patience;
}

/* Takes nothing; the state is closed for good. */
static void
fail (Client     *self,
      const char *text)
{
  self->state = PC_POP3_CLOSED;
  self->deadline = PC_ENGINE_NEVER;
  pc_engine_fail (&self->base, text);
}

/* Takes @text. */
static void
fail_take (Client *self,
           char   *text)
{
  fail (self, text);
  g_free (text);
}

static char *
quote (const guint8 *line,
       gsize         len)
{
  return pc_text_from_wire (line, len, PC_TEXT_NO_EOL, QUOTE_CHARS);
}

/* -- actions -------------------------------------------------------------- */

static void
send_line (Client     *self,
           const char *line)
{
  pc_engine_send_printf (&self->base, "%s\r\n", line);
  wait_for_reply (self);
}

static gboolean
act_command (Client         *self,
             const PcPop3Act *command,
             const PcAction  *action,
             GError        **error)
{
  g_autoptr (GString) line = g_string_new (pc_pop3_verbs[command->verb].name);
  const char *first = NULL;
  gboolean    has_args = FALSE;

  for (guint i = 0; i < 2 && command->params[i] != NULL; i++) {
    const char *value = pc_action_get (action, command->params[i], NULL);

    if (value == NULL)
      break;
    if (!pc_pop3_act_append (command, line, command->params[i], value, error))
      return FALSE;
    has_args = TRUE;
    first = first != NULL ? first : value;
  }

  clear_asked (self);
  self->asked.verb = command->verb;
  self->asked.has_args = has_args;
  if (strcmp (command->name, "login") == 0)
    self->asked.password = g_strdup (pc_action_get (action, "password", ""));
  if (command->item != NULL && first != NULL)
    self->asked.item = g_strdup_printf ("%s-%s", command->item, first);
  else
    self->asked.item = g_strdup (command->item);

  send_line (self, line->str);
  return TRUE;
}

static gboolean
refuse_act (GError    **error,
            const char *why)
{
  g_set_error_literal (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT, why);
  return FALSE;
}

/* RFC 1939 section 7 */
static gboolean
act_apop (Client         *self,
          const PcAction *action,
          GError        **error)
{
  const char      *user = pc_action_get (action, "user", "");
  g_autofree char *digest = NULL;
  g_autofree char *line = NULL;

  if (self->offer.stamp == NULL)
    return refuse_act (error, _ ("The server's greeting has no stamp in "
                                 "angle brackets, so it does not offer "
                                 "APOP."));
  digest = pc_sasl_digest_apop (self->offer.stamp,
                                pc_action_get (action, "password", ""));
  line = g_strdup_printf ("APOP %s %s", user, digest);
  clear_asked (self);
  self->asked.verb = PC_POP3_VERB_APOP;
  self->asked.has_args = TRUE;
  send_line (self, line);
  return TRUE;
}

/* The strongest mechanism that the server has told of; PLAIN before that. */
static gboolean
act_auth (Client         *self,
          const PcAction *action,
          GError        **error)
{
  PcSaslMechanism  mechanism = self->offer.strongest;
  const char      *password = pc_action_get (action, "password", "");
  const char      *name = pc_action_get (action, "mechanism",
                                         pc_sasl_get_name (mechanism));
  g_autofree char *nonce = NULL;
  g_autofree char *args = NULL;
  g_autofree char *line = NULL;

  if (!pc_sasl_find (name, strlen (name), &mechanism))
    return refuse_act (error, _ ("The mechanism is “plain”, “login”, "
                                 "“cram-md5” or “scram-sha-256”."));

  clear_asked (self);
  nonce = pc_sasl_make_nonce (self->host, 0, ++self->offer.n_logins,
                              self->now);
  self->asked.sasl = pc_sasl_client_new (mechanism,
                                         pc_action_get (action, "user", ""),
                                         password,
                                         nonce);
  self->asked.verb = PC_POP3_VERB_AUTH;
  self->asked.has_args = TRUE;
  args = pc_sasl_client_open (self->asked.sasl, AUTH_ARGS);
  line = g_strconcat ("AUTH ", args, NULL);
  send_line (self, line);
  return TRUE;
}

/* RFC 2595 section 4 */
static gboolean
act_starttls (Client  *self,
              GError **error)
{
  if (self->base.security == PC_SECURITY_ON)
    return refuse_act (error, _ ("TLS is on already."));
  if (self->offer.known && !self->offer.stls) {
    pc_starttls_missing (&self->base);
    return TRUE;
  }

  clear_asked (self);
  self->asked.verb = PC_POP3_VERB_STLS;
  send_line (self, "STLS");
  return TRUE;
}

/* The line is read as the server will read it, so that we know what the
 * reply looks like. */
static void
act_raw (Client     *self,
         const char *line)
{
  PcPop3Command command;

  pc_pop3_parse_command ((const guint8 *) line, strlen (line), &command);
  clear_asked (self);
  self->asked.verb = command.verb;
  self->asked.has_args = command.has_args;
  if (self->challenged) {
    self->asked.verb = PC_POP3_VERB_AUTH;
    self->asked.has_args = TRUE;
  }
  self->challenged = FALSE;
  self->asked.item = g_strdup ("reply");
  send_line (self, line);
}

static gboolean
client_act (PcEngine       *engine,
            gint64          now,
            const PcAction *action,
            GError        **error)
{
  Client *self = (Client *) engine;

  if (!pc_pop3_client_check (action, error))
    return FALSE;

  self->now = now;
  if (pc_pop3_client_is_private (action, self->challenged) &&
      pc_starttls_keeps_silent (engine))
    return TRUE;
  if (strcmp (action->name, "starttls") == 0)
    return act_starttls (self, error);
  if (strcmp (action->name, "raw") == 0) {
    act_raw (self, pc_action_get (action, "line", ""));
    return TRUE;
  }

  if (strcmp (action->name, "apop") == 0)
    return act_apop (self, action, error);
  if (strcmp (action->name, "auth") == 0)
    return act_auth (self, action, error);

  return act_command (self, pc_pop3_act_find (action->name), action, error);
}

/* -- replies -------------------------------------------------------------- */

static void
finish (Client     *self,
        gboolean    ok,
        const char *words)
{
  clear_asked (self);
  self->deadline = PC_ENGINE_NEVER;
  pc_engine_finish_action (&self->base,
                           ok ? PC_EVENT_DONE : PC_EVENT_REFUSED, words);
}

/* USER of a login was answered with +OK. */
static void
go_on_with_pass (Client *self)
{
  g_autofree char *password = g_steal_pointer (&self->asked.password);
  g_autofree char *line = g_strconcat ("PASS ", password, NULL);

  clear_asked (self);
  self->asked.verb = PC_POP3_VERB_PASS;
  self->asked.has_args = TRUE;
  send_line (self, line);
}

/* Busy until TLS is there, if it will be. */
static void
take_stls (Client     *self,
           gboolean    ok,
           const char *words)
{
  clear_asked (self);
  self->deadline = ok ? self->now + self->patience : PC_ENGINE_NEVER;
  if (ok)
    pc_starttls_agreed (&self->base, self->rest);
  else
    pc_starttls_refused (&self->base, words);
  if (self->base.status == PC_ENGINE_FAILED)
    self->state = PC_POP3_CLOSED;
}

static void
take_answer (Client       *self,
             const guint8 *line,
             gsize         len,
             gboolean      ok)
{
  PcPop3Verb       verb = self->asked.verb;
  gboolean         has_args = self->asked.has_args;
  PcPop3Reply      reply;
  g_autofree char *words = NULL;

  pc_pop3_parse_reply (line, len, &reply);
  words = pc_text_from_wire (line + reply.text, len - reply.text,
                             PC_TEXT_PICTURES, 0);
  set_state (self, pc_pop3_next_state (self->state, verb, has_args, ok));
  if (ok && verb == PC_POP3_VERB_DELE)
    self->n_marked++;
  else if (ok && verb == PC_POP3_VERB_RSET)
    self->n_marked = 0;

  if (ok && pc_pop3_is_multi_line (verb, has_args)) {
    self->receiving.text = g_byte_array_new ();
    self->receiving.words = g_steal_pointer (&words);
  } else if (ok && self->asked.password != NULL) {
    go_on_with_pass (self);
  } else if (verb == PC_POP3_VERB_STLS &&
             self->base.security == PC_SECURITY_CLEAR) {
    take_stls (self, ok, words);
  } else {
    finish (self, ok, words);
  }
}

static void
take_greeting (Client            *self,
               const guint8      *line,
               gsize              len,
               const PcPop3Reply *reply)
{
  g_autofree char *words = quote (line, len);

  if (reply->status == PC_POP3_REPLY_OK) {
    pc_pop3_offer_read_greeting (&self->offer, line, len);
    take_answer (self, line, len, TRUE);
  } else if (reply->status == PC_POP3_REPLY_ERR)
    fail_take (self, g_strdup_printf (
                         _ ("The server will not talk to us: “%s”."), words));
  else
    fail_take (self, g_strdup_printf (
                         _ ("The server answered “%s”. A POP3 server greets "
                            "with “+OK”; this is another protocol's port."),
                         words));
}

/* "+ " and a challenge, for AUTH; or for a `raw` that looks like it. */
static void
take_challenge (Client            *self,
                const guint8      *line,
                gsize              len,
                const PcPop3Reply *reply,
                const char        *words)
{
  g_autofree char *answer = NULL;

  if (self->asked.sasl == NULL) {
    self->challenged = TRUE;
    finish (self, TRUE, words);
    return;
  }

  answer = pc_sasl_client_answer (self->asked.sasl, line + reply->text,
                                  len - reply->text);
  send_line (self, answer);
}

/* SCRAM lets nobody in who has not shown a signature. */
static gboolean
is_impostor (const Client *self)
{
  const PcSaslClient *sasl = self->asked.sasl;

  return sasl != NULL && !pc_sasl_client_is_done (sasl) &&
         pc_sasl_client_get_mechanism (sasl) == PC_SASL_SCRAM_SHA_256;
}

static void
take_reply (Client            *self,
            const guint8      *line,
            gsize              len,
            const PcPop3Reply *reply)
{
  g_autofree char *words = quote (line, len);
  gboolean         in_auth = self->asked.verb == PC_POP3_VERB_AUTH;

  if (reply->status == PC_POP3_REPLY_CONTINUE && in_auth) {
    take_challenge (self, line, len, reply, words);
  } else if (reply->status == PC_POP3_REPLY_OK && is_impostor (self)) {
    fail (self, _ ("The server let us in without a proof that it knows the "
                   "password, too. It may be an impostor."));
  } else if (reply->status == PC_POP3_REPLY_OK ||
             reply->status == PC_POP3_REPLY_ERR) {
    take_answer (self, line, len, reply->status == PC_POP3_REPLY_OK);
  } else {
    fail_take (self, g_strdup_printf (
                         _ ("The server answered “%s”, which is neither "
                            "“+OK” nor “-ERR”."),
                         words));
  }
}

static void
take_line (Client       *self,
           const guint8 *line,
           gsize         len)
{
  PcPop3Reply reply;

  pc_pop3_parse_reply (line, len, &reply);

  if (!self->base.busy) {
    g_autofree char *words = quote (line, len);

    fail_take (self, g_strdup_printf (
                         _ ("The server spoke without being asked: “%s”."),
                         words));
  } else if (self->state == PC_POP3_CONNECT) {
    take_greeting (self, line, len, &reply);
  } else {
    take_reply (self, line, len, &reply);
  }
}

static void
finish_receiving (Client *self)
{
  g_autofree char *words = g_steal_pointer (&self->receiving.words);
  g_autoptr (GBytes) text = NULL;

  text = g_byte_array_free_to_bytes (
      g_steal_pointer (&self->receiving.text));
  clear_receiving (self);
  if (self->asked.verb == PC_POP3_VERB_CAPA)
    pc_pop3_offer_read_capa (&self->offer, text);
  pc_engine_push_event (&self->base, PC_EVENT_ITEM, self->asked.item, text,
                        0);
  finish (self, TRUE, words);
}

static void
receive (Client *self)
{
  gsize         size;
  const guint8 *data = pc_bytes_peek (&self->in, &size);
  gsize         used = pc_pop3_unstuff (&self->receiving.unstuffer, data,
                                        size, self->receiving.text);

  pc_bytes_consume (&self->in, used);
  self->deadline = self->now + self->patience;

  if (self->receiving.unstuffer.at == PC_POP3_END)
    finish_receiving (self);
  else if (self->receiving.text->len > PC_LIMIT_MESSAGE)
    fail (self, _ ("The server's reply does not come to an end."));
}

/* -- engine --------------------------------------------------------------- */

/* FALSE when there is no whole line. */
static gboolean
read_line (Client *self)
{
  gsize         len, total, size;
  const guint8 *data = pc_bytes_peek (&self->in, &size);

  switch (pc_line_find (&self->in, PC_LIMIT_POP3_REPLY, PC_LINE_LENIENT,
                        &self->scanned, &len, &total)) {
  case PC_LINE_MORE:
    return FALSE;
  case PC_LINE_LONG:
    fail (self, _ ("The server's line is longer than 512 octets."));
    return FALSE;
  case PC_LINE_DONE:
  default:
    self->scanned = 0;
    self->rest = size - total;
    take_line (self, data, len);
    pc_bytes_consume (&self->in, total);
    return TRUE;
  }
}

static void
process (Client *self)
{
  while (self->base.status == PC_ENGINE_RUNNING &&
         pc_bytes_get_size (&self->in) > 0) {
    if (self->receiving.text != NULL)
      receive (self);
    else if (!read_line (self))
      break;
  }
}

static void
client_start (PcEngine *engine,
              gint64    now)
{
  Client *self = (Client *) engine;

  self->now = now;
  self->asked.verb = PC_POP3_VERB_CONNECT;
  wait_for_reply (self);
  self->deadline = now + self->patience;
}

static void
client_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  Client *self = (Client *) engine;

  self->now = now;
  while (len > 0 && engine->status == PC_ENGINE_RUNNING &&
         engine->security != PC_SECURITY_WANTED) {
    gsize n = MIN (len, PC_LIMIT_READ);

    pc_bytes_append (&self->in, data, n);
    data += n;
    len -= n;
    process (self);
  }
}

/* What was learnt in clear may have been forged (RFC 2595 section 4). */
static void
client_secured (PcEngine *engine,
                gint64    now)
{
  Client *self = (Client *) engine;

  self->now = now;
  self->deadline = PC_ENGINE_NEVER;
  pc_pop3_offer_forget (&self->offer);
  set_state (self, PC_POP3_AUTHORIZATION);
  pc_starttls_done (engine);
}

static void
lose (Client   *self,
      PcLostHow how)
{
  gsize      len;
  PcPop3Loss loss = { .how = how,
                      .state = self->state,
                      .verb = self->asked.verb,
                      .busy = self->base.busy,
                      .unsent = pc_bytes_get_size (&self->base.out) > 0,
                      .n_marked = self->n_marked,
                      .words = self->receiving.words,
                      .part = pc_bytes_peek (&self->in, &len) };

  loss.part_len = len;
  fail_take (self, pc_pop3_describe_loss (&loss));
}

static void
client_eof (PcEngine *engine,
            gint64    now)
{
  lose ((Client *) engine, PC_LOST_CLOSED);
}

static void
client_wake (PcEngine *engine,
             gint64    now)
{
  Client *self = (Client *) engine;

  if (now >= self->deadline)
    lose (self, PC_LOST_SILENT);
}

static gint64
client_deadline (const PcEngine *engine)
{
  return ((const Client *) engine)->deadline;
}

static const char *
client_state (const PcEngine *engine)
{
  return pc_pop3_states[((const Client *) engine)->state];
}

static void
client_free (PcEngine *engine)
{
  Client *self = (Client *) engine;

  clear_asked (self);
  clear_receiving (self);
  pc_pop3_offer_clear (&self->offer);
  g_clear_pointer (&self->host, g_free);
  pc_bytes_clear (&self->in);
  pc_engine_deinit (engine);
  g_free (self);
}

static const PcEngineClass client_class = {
  .name = "pop3-client",
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
pc_pop3_client_new (const PcClientConfig *config)
{
  Client *self = g_new0 (Client, 1);

  pc_engine_init (&self->base, &client_class);
  pc_engine_set_security (&self->base, config->secure, config->needs_tls);
  self->base.busy = TRUE;
  self->host = g_strdup (config->host != NULL ? config->host : "");
  self->patience = config->timeout > 0 ? config->timeout : PC_LIMIT_WAIT_POP3;
  self->state = PC_POP3_CONNECT;
  self->asked.verb = PC_POP3_VERB_CONNECT;
  self->deadline = PC_ENGINE_NEVER;

  return &self->base;
}
