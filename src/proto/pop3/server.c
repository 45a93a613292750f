/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of a POP3 conversation: lines in, replies out.
 *
 * Input behind a command stays in the queue until its turn comes, so clients
 * may send several at once (RFC 2449 section 6.6).  While a long reply waits
 * for the client to read, neither is more of it made nor the next command
 * looked at; the deadline is then "at once", and wake() goes on.
 *
 * What comes behind STLS in the same breath is thrown away: only what came
 * through TLS counts after it.
 *
 * Left out: LANG and UTF8.
 *
 * RFC 1939, RFC 2449, RFC 2595, RFC 3206, RFC 5034.
 */

#include "proto/pop3/protocol.h"

#include "proto/pop3/server-private.h"
#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "proto/common/line-reader.h"

#include <string.h>

#define TLS_HANDSHAKE 0x16 /* RFC 8446 section 5.1: type of the first record */
#define CHUNK (64 * 1024)  /* of a message, made at one go */

typedef void (*Handler) (PcPop3Server        *self,
                         const PcPop3Request *request);

void
pc_pop3_server_move (PcPop3Server *self,
                     PcPop3State   state)
{
  self->state = state;

  if (state >= PC_POP3_UPDATE) {
    pc_pop3_maildrop_close (&self->maildrop);
    if (self->base.status == PC_ENGINE_RUNNING)
      self->base.status = PC_ENGINE_CLOSING;
  }
}

void
pc_pop3_server_reply (PcPop3Server *self,
                      PcPop3Verb    verb,
                      gboolean      ok,
                      const char   *format,
                      ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  pc_engine_send_printf (&self->base, "%s %s\r\n", ok ? "+OK" : "-ERR", text);
  pc_pop3_server_move (self, pc_pop3_next_state (self->state, verb, TRUE, ok));
}

static void
hang_up (PcPop3Server *self,
         const char   *why)
{
  pc_pop3_server_reply (self, PC_POP3_VERB_UNKNOWN, FALSE, "%s", why);
  pc_pop3_server_move (self, PC_POP3_CLOSED);
}

/* A command that no client should have sent. */
static void
refuse (PcPop3Server *self,
        PcPop3Verb    verb,
        const char   *why)
{
  if (++self->n_bad >= (self->state == PC_POP3_TRANSACTION
                            ? PC_LIMIT_BAD_COMMANDS
                            : PC_LIMIT_BAD_COMMANDS_PREAUTH))
    hang_up (self, "Too many bad commands, goodbye");
  else
    pc_pop3_server_reply (self, verb, FALSE, "%s", why);
}

void
pc_pop3_server_refuse (PcPop3Server *self,
                       PcPop3Verb    verb,
                       const char   *why)
{
  refuse (self, verb, why);
}

/* A sign of life. */
static void
touch (PcPop3Server *self)
{
  self->deadline = self->now + PC_LIMIT_IDLE_POP3;
}

const char *
pc_pop3_server_plural (guint n)
{
  return n == 1 ? "" : "s";
}

/* -- before login --------------------------------------------------------- */

static void
cmd_capa (PcPop3Server        *self,
          const PcPop3Request *request)
{
  pc_pop3_server_reply (self, request->verb, TRUE, "Capability list follows");
  if (pc_pop3_server_takes_login (self))
    pc_engine_send_printf (&self->base, "USER\r\n");
  if (pc_pop3_server_takes_login (self) && self->mechanisms[0] != '\0')
    pc_engine_send_printf (&self->base, "SASL %s\r\n", self->mechanisms);
  if (pc_pop3_server_offers_tls (self))
    pc_engine_send_printf (&self->base, "STLS\r\n");
  pc_engine_send_printf (&self->base, "TOP\r\n"
                                      "UIDL\r\n"
                                      "RESP-CODES\r\n"
                                      "AUTH-RESP-CODE\r\n"
                                      "PIPELINING\r\n");
  /* A stranger need not know (RFC 2449 section 6.9). */
  if (self->state == PC_POP3_TRANSACTION)
    pc_engine_send_printf (&self->base, "IMPLEMENTATION Portcall\r\n");
  pc_engine_send_printf (&self->base, ".\r\n");
}

/* +OK to any name: a stranger cannot ask who has a mailbox here. */
static void
cmd_user (PcPop3Server        *self,
          const PcPop3Request *request)
{
  pc_pop3_login_set_user (&self->login, request->text, request->text_len);
  pc_pop3_server_reply (self, request->verb, TRUE, "Now the password");
}

/* The end of any login.  @account is NULL when it went wrong; that is told
 * after a while. */
static void
log_in (PcPop3Server *self,
        PcPop3Verb    verb,
        PcAccount    *account)
{
  if (account == NULL) {
    self->refused = verb;
    pc_login_guard_fail (&self->guard, self->now);
  } else if (pc_pop3_maildrop_open (&self->maildrop, account) != PC_STORE_OK) {
    pc_pop3_server_reply (self, verb, FALSE,
                          "[IN-USE] Another session has this maildrop");
  } else {
    self->n_bad = 0;
    pc_pop3_server_reply (
        self, verb, TRUE,
        "Maildrop locked: %u message%s, %" G_GUINT64_FORMAT " octets",
        self->maildrop.n_left, pc_pop3_server_plural (self->maildrop.n_left),
        self->maildrop.octets_left);
  }
}

/* The refusal has waited long enough. */
static void
release_refusal (PcPop3Server *self)
{
  touch (self);
  if (pc_login_guard_is_over (&self->guard))
    hang_up (self, "[AUTH] Wrong once too often, goodbye");
  else
    pc_pop3_server_reply (self, self->refused, FALSE,
                          "[AUTH] Wrong user or password");
}

static void
cmd_pass (PcPop3Server        *self,
          const PcPop3Request *request)
{
  log_in (self, request->verb,
          pc_pop3_login_pass (&self->login, request->text, request->text_len));
}

static void
cmd_apop (PcPop3Server        *self,
          const PcPop3Request *request)
{
  log_in (self, request->verb,
          pc_pop3_login_apop (&self->login, request->text, request->text_len));
}

/* A step of AUTH led to @status (RFC 5034 section 4). */
static void
go_on_with_auth (PcPop3Server *self,
                 PcSaslStatus  status,
                 const char   *challenge)
{
  PcPop3Verb verb = PC_POP3_VERB_AUTH;
  PcAccount *account;

  if (status == PC_SASL_MORE) {
    pc_engine_send_printf (&self->base, "+ %s\r\n", challenge);
    return;
  }

  account = pc_pop3_login_end (&self->login, status);
  if (status == PC_SASL_CANCELLED)
    refuse (self, verb, "Login given up");
  else if (status == PC_SASL_BROKEN)
    refuse (self, verb, "This is not Base64, or not your turn");
  else
    log_in (self, verb, account);
}

/* AUTH alone is an old way to ask which mechanisms there are. */
static void
cmd_auth (PcPop3Server        *self,
          const PcPop3Request *request)
{
  g_autofree char *challenge = NULL;
  g_auto (GStrv) names = NULL;
  PcSaslStatus status;

  if (request->text_len == 0) {
    names = g_strsplit (self->mechanisms, " ", -1);
    pc_engine_send_printf (&self->base, "+OK Mechanisms follow\r\n");
    for (guint i = 0; names[i] != NULL; i++)
      pc_engine_send_printf (&self->base, "%s\r\n", names[i]);
    pc_engine_send_printf (&self->base, ".\r\n");
  } else if (pc_pop3_login_begin (&self->login, self->now, self->mechanisms,
                                  request->text, request->text_len, &status,
                                  &challenge)) {
    go_on_with_auth (self, status, challenge);
  } else {
    g_autofree char *why =
        g_strdup_printf ("No such mechanism; there are %s",
                         self->mechanisms[0] != '\0' ? self->mechanisms
                                                     : "none");

    refuse (self, request->verb, why);
  }
}

static void
take_response (PcPop3Server *self,
               const guint8 *line,
               gsize         len)
{
  g_autofree char *challenge = NULL;
  PcSaslStatus     status =
      pc_pop3_login_answer (&self->login, line, len, &challenge);

  go_on_with_auth (self, status, challenge);
}

/* -- dispatch ------------------------------------------------------------- */

typedef enum
{
  ARGS_NONE,
  ARGS_TEXT,     /* everything behind the space */
  ARGS_OPTIONAL, /* a number or nothing */
  ARGS_ONE,      /* a number */
  ARGS_TWO,
  ARGS_ANY,
} Args;

static const struct
{
  Handler     handler;
  Args        args;
  const char *complaint;
} commands[] = {
  [PC_POP3_VERB_CAPA] = { cmd_capa, ARGS_NONE, "CAPA takes no argument" },
  [PC_POP3_VERB_USER] = { cmd_user, ARGS_TEXT, "USER needs a name" },
  [PC_POP3_VERB_PASS] = { cmd_pass, ARGS_TEXT, "PASS needs a password" },
  [PC_POP3_VERB_STAT] = { pc_pop3_server_stat, ARGS_NONE,
                          "STAT takes no argument" },
  [PC_POP3_VERB_LIST] = { pc_pop3_server_list, ARGS_OPTIONAL,
                          "LIST takes one number or nothing" },
  [PC_POP3_VERB_UIDL] = { pc_pop3_server_list, ARGS_OPTIONAL,
                          "UIDL takes one number or nothing" },
  [PC_POP3_VERB_RETR] = { pc_pop3_server_retr, ARGS_ONE,
                          "RETR needs one number" },
  [PC_POP3_VERB_TOP] = { pc_pop3_server_top, ARGS_TWO,
                         "TOP needs a message number and a count of lines" },
  [PC_POP3_VERB_DELE] = { pc_pop3_server_dele, ARGS_ONE,
                          "DELE needs one number" },
  [PC_POP3_VERB_RSET] = { pc_pop3_server_rset, ARGS_NONE,
                          "RSET takes no argument" },
  [PC_POP3_VERB_NOOP] = { pc_pop3_server_noop, ARGS_NONE,
                          "NOOP takes no argument" },
  [PC_POP3_VERB_QUIT] = { pc_pop3_server_quit, ARGS_NONE,
                          "QUIT takes no argument" },
  [PC_POP3_VERB_APOP] = { cmd_apop, ARGS_TEXT,
                          "APOP needs a name and a digest" },
  [PC_POP3_VERB_AUTH] = { cmd_auth, ARGS_ANY, NULL },
  [PC_POP3_VERB_STLS] = { pc_pop3_server_stls, ARGS_NONE,
                          "STLS takes no argument" },
};

G_STATIC_ASSERT (G_N_ELEMENTS (commands) == PC_POP3_N_VERBS);

static gboolean
check_args (const PcPop3Command *command,
            Args                 args,
            PcPop3Request       *request)
{
  request->text = command->args;
  request->text_len = command->args_len;

  switch (args) {
  case ARGS_NONE: return !command->has_args;
  case ARGS_TEXT: return command->args_len > 0;
  case ARGS_OPTIONAL:
    if (!command->has_args)
      return TRUE;
    break;
  case ARGS_ANY: return TRUE;
  case ARGS_ONE:
  case ARGS_TWO: break;
  }

  request->n_numbers = pc_pop3_parse_numbers (command->args, command->args_len,
                                              request->numbers, 2);
  return request->n_numbers == (args == ARGS_TWO ? 2 : 1);
}

static const char *
explain_wrong_state (const PcPop3Server *self,
                     PcPop3Verb          verb)
{
  if (verb == PC_POP3_VERB_PASS && self->state == PC_POP3_AUTHORIZATION)
    return "USER comes before PASS";
  if (self->state == PC_POP3_TRANSACTION)
    return "You are logged in already";

  return "Log in first";
}

static gboolean
logs_in (PcPop3Verb verb)
{
  return verb == PC_POP3_VERB_USER || verb == PC_POP3_VERB_PASS ||
         verb == PC_POP3_VERB_APOP || verb == PC_POP3_VERB_AUTH;
}

static void
run_command (PcPop3Server        *self,
             const PcPop3Command *command)
{
  PcPop3Verb    verb = command->verb;
  guint         states = pc_pop3_verbs[verb].states;
  PcPop3Request request = { .verb = verb };

  if (logs_in (verb) && self->state < PC_POP3_TRANSACTION &&
      !pc_pop3_server_takes_login (self))
    refuse (self, verb, "No password without TLS; send STLS first");
  else if (states != 0 && (states & (1u << self->state)) == 0)
    refuse (self, PC_POP3_VERB_UNKNOWN, explain_wrong_state (self, verb));
  else if (!check_args (command, commands[verb].args, &request))
    refuse (self, verb, commands[verb].complaint);
  else
    commands[verb].handler (self, &request);
}

/* Names and passwords may have octets above 127, but nothing has controls. */
static gboolean
has_controls (const guint8 *line,
              gsize         len)
{
  for (gsize i = 0; i < len; i++) {
    if (line[i] < 0x20 || line[i] == 0x7f)
      return TRUE;
  }

  return FALSE;
}

static void
take_line (PcPop3Server *self,
           const guint8 *line,
           gsize         len)
{
  PcPop3Command command;

  if (self->login.sasl != NULL) {
    if (!pc_pop3_server_answers_response (self))
      take_response (self, line, len);
    return;
  }

  pc_pop3_parse_command (line, len, &command);

  if (pc_pop3_is_http (line, command.word_len))
    hang_up (self, "This port speaks POP3, not HTTP");
  else if (has_controls (line, len))
    refuse (self, command.verb, "A command has no control characters");
  else if (command.verb == PC_POP3_VERB_UNKNOWN)
    refuse (self, PC_POP3_VERB_UNKNOWN, "There is no such command");
  else if (!pc_pop3_server_answers (self, command.verb, command.has_args))
    run_command (self, &command);
}

/* -- engine --------------------------------------------------------------- */

static gboolean
is_ahead (const PcPop3Server *self)
{
  return pc_bytes_get_size (&self->base.out) >= PC_LIMIT_POP3_AHEAD;
}

/* FALSE when there is nothing more to send, or enough for now. */
static gboolean
go_on_sending (PcPop3Server *self)
{
  if (self->sender.text == NULL || is_ahead (self))
    return FALSE;

  if (pc_pop3_sender_go_on (&self->sender, &self->base, CHUNK))
    touch (self);

  return TRUE;
}

/* @line: as much as the limit allows. */
static void
refuse_long (PcPop3Server *self,
             const guint8 *line,
             gsize         len)
{
  PcPop3Command command;

  if (self->login.sasl != NULL) {
    pc_pop3_login_end (&self->login, PC_SASL_BROKEN);
    refuse (self, PC_POP3_VERB_AUTH, "The line is too long");
    return;
  }

  pc_pop3_parse_command (line, len, &command);
  refuse (self, command.verb, "The line is longer than 255 octets");
}

/* FALSE when there is no whole line, or it is not its turn. */
static gboolean
read_line (PcPop3Server *self)
{
  gsize limit =
      self->login.sasl != NULL ? PC_LIMIT_SASL_LINE : PC_LIMIT_POP3_LINE;
  gsize         len, total, size;
  const guint8 *data = pc_bytes_peek (&self->in, &size);

  if (self->sender.text != NULL || is_ahead (self) || size == 0 ||
      pc_login_guard_is_holding (&self->guard))
    return FALSE;

  if (self->skipping) {
    self->skipping = !pc_line_skip (&self->in);
    return TRUE;
  }
  if (data[0] == TLS_HANDSHAKE && self->login.sasl == NULL) {
    hang_up (self, "This port speaks POP3 in clear text, not TLS");
    return FALSE;
  }

  switch (pc_line_find (&self->in, limit, PC_LINE_LENIENT, &self->scanned,
                        &len, &total)) {
  case PC_LINE_MORE: return FALSE;
  case PC_LINE_LONG:
    touch (self);
    self->scanned = 0;
    self->skipping = TRUE;
    refuse_long (self, data, limit);
    return TRUE;
  case PC_LINE_DONE:
  default:
    touch (self);
    self->scanned = 0;
    take_line (self, data, len);
    /* Behind STLS nothing counts (RFC 9051 section 6.2.1 says why). */
    if (self->base.security == PC_SECURITY_WANTED)
      pc_bytes_clear (&self->in);
    else
      pc_bytes_consume (&self->in, total);
    return TRUE;
  }
}

static void
process (PcPop3Server *self)
{
  while (self->base.status == PC_ENGINE_RUNNING &&
         self->base.security != PC_SECURITY_WANTED &&
         (go_on_sending (self) || read_line (self)))
    ;

  self->held = is_ahead (self);
  /* Without QUIT there is no UPDATE (RFC 1939 section 6). */
  if (self->peer_done && !self->held && self->base.status == PC_ENGINE_RUNNING)
    pc_pop3_server_move (self, PC_POP3_CLOSED);
}

static void
server_start (PcEngine *engine,
              gint64    now)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  self->now = self->begun = now;
  touch (self);
  pc_pop3_login_init (&self->login, self->store, self->host, self->session,
                      now);
  if (pc_pop3_server_answers_connect (self))
    return;
  pc_pop3_server_reply (self, PC_POP3_VERB_CONNECT, TRUE,
                        "%s POP3 server ready %s", self->host,
                        self->login.stamp);
}

static void
server_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  self->now = now;
  while (len > 0 && engine->status == PC_ENGINE_RUNNING &&
         engine->security != PC_SECURITY_WANTED) {
    gsize room = PC_LIMIT_POP3_INPUT - pc_bytes_get_size (&self->in);
    gsize n = MIN (room, len);

    if (n == 0) {
      hang_up (self, "Too many commands at once");
      return;
    }
    pc_bytes_append (&self->in, data, n);
    data += n;
    len -= n;
    process (self);
  }
}

static void
server_eof (PcEngine *engine,
            gint64    now)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  self->now = now;
  self->peer_done = TRUE;
  process (self);
}

static void
server_secured (PcEngine *engine,
                gint64    now)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  self->now = now;
  touch (self);
  pc_pop3_server_forget (self);
}

/* RFC 1939 section 3 gives every client ten minutes between two commands. It
 * need not be given more of such times to log in. */
static gint64
idle_deadline (const PcPop3Server *self)
{
  if (self->state == PC_POP3_TRANSACTION)
    return pc_engine_extend (&self->base, self->deadline);

  return pc_engine_extend (&self->base,
                           MIN (self->deadline,
                                self->begun + PC_LIMIT_LOGIN_TIME));
}

/* On autologout nothing is said and nothing deleted (RFC 1939 section 3). */
static void
server_wake (PcEngine *engine,
             gint64    now)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  self->now = now;
  if (pc_login_guard_release (&self->guard, now))
    release_refusal (self);
  process (self);
  if (engine->status == PC_ENGINE_RUNNING && now >= idle_deadline (self))
    pc_pop3_server_move (self, PC_POP3_CLOSED);
}

/* Once the client has read enough, there is more to do at once. */
static gint64
server_deadline (const PcEngine *engine)
{
  const PcPop3Server *self = (const PcPop3Server *) engine;

  if (self->held && !is_ahead (self))
    return 0;

  return pc_login_guard_get_deadline (&self->guard, idle_deadline (self));
}

static const char *
server_state (const PcEngine *engine)
{
  return pc_pop3_states[((const PcPop3Server *) engine)->state];
}

static void
server_free (PcEngine *engine)
{
  PcPop3Server *self = (PcPop3Server *) engine;

  pc_pop3_maildrop_close (&self->maildrop);
  pc_pop3_sender_clear (&self->sender);
  pc_pop3_login_clear (&self->login);
  g_clear_pointer (&self->mechanisms, g_free);
  g_clear_pointer (&self->host, g_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  pc_bytes_clear (&self->in);
  pc_engine_deinit (engine);
  g_free (self);
}

static const PcEngineClass server_class = {
  .name = "pop3-server",
  .free = server_free,
  .start = server_start,
  .feed = server_feed,
  .eof = server_eof,
  .secured = server_secured,
  .wake = server_wake,
  .deadline = server_deadline,
  .state = server_state,
  .check_answer = pc_pop3_server_check_answer,
};

PcEngine *
pc_pop3_server_new (const PcServerConfig *config)
{
  PcPop3Server *self;

  g_return_val_if_fail (config != NULL && config->store != NULL, NULL);

  self = g_new0 (PcPop3Server, 1);
  pc_engine_init (&self->base, &server_class);
  pc_bytes_init (&self->in, PC_LIMIT_POP3_INPUT);
  self->host = g_strdup (config->host);
  self->store = pc_mail_store_ref (config->store);
  self->session = config->session;
  self->base.security = config->secure ? PC_SECURITY_ON : PC_SECURITY_CLEAR;
  self->starttls = config->starttls;
  self->needs_tls = config->needs_tls;
  self->mechanisms = pc_sasl_select (config->mechanisms);
  self->state = PC_POP3_CONNECT;
  self->deadline = PC_ENGINE_NEVER;

  return &self->base;
}
