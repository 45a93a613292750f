/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of a POP3 conversation: lines in, replies out.
 *
 * Input behind a command stays in the queue until its turn comes, so clients
 * may send several at once (RFC 2449 section 6.6).  While a long reply waits
 * for the client to read, neither is more of it made nor the next command
 * looked at; the deadline is then "at once", and wake() goes on.
 *
 * Left out: APOP, AUTH, STLS, LANG and UTF8.
 *
 * RFC 1939, RFC 2449, RFC 3206.
 */

#include "proto/pop3/protocol.h"

#include "proto/pop3/maildrop.h"
#include "proto/pop3/sender.h"
#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "proto/common/line-reader.h"

#include <string.h>

#define TLS_HANDSHAKE 0x16 /* RFC 8446 section 5.1: type of the first record */
#define CHUNK (64 * 1024)  /* of a message, made at one go */

typedef struct
{
  PcEngine       base;
  char          *host;
  PcMailStore   *store;
  guint          session;
  PcBytes        in;
  gsize          scanned;   /* of the line under way */
  gboolean       skipping;  /* the rest of a line that was too long */
  gboolean       peer_done; /* it sends no more */
  gboolean       held;      /* there is more to do once the client has read */
  PcPop3State    state;
  char          *user; /* from USER, until PASS */
  PcPop3Maildrop maildrop;
  PcPop3Sender   sender;
  guint          n_bad;
  gint64         now;
  gint64         deadline;
} Server;

/* The command in hand, its arguments checked. */
typedef struct
{
  PcPop3Verb    verb;
  const guint8 *text;
  gsize         text_len;
  guint32       numbers[2];
  guint         n_numbers;
} Request;

typedef void (*Handler) (Server        *self,
                         const Request *request);

static void
set_state (Server     *self,
           PcPop3State state)
{
  self->state = state;

  if (state >= PC_POP3_UPDATE) {
    pc_pop3_maildrop_close (&self->maildrop);
    if (self->base.status == PC_ENGINE_RUNNING)
      self->base.status = PC_ENGINE_CLOSING;
  }
}

/* single-line = status [SP text] CRLF (RFC 2449 section 3).  The state
 * follows from the reply; QUIT's handler does its work before. */
static void G_GNUC_PRINTF (4, 5)
reply (Server     *self,
       PcPop3Verb  verb,
       gboolean    ok,
       const char *format,
       ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  pc_engine_send_printf (&self->base, "%s %s\r\n", ok ? "+OK" : "-ERR", text);
  set_state (self, pc_pop3_next_state (self->state, verb, TRUE, ok));
}

static void
hang_up (Server     *self,
         const char *why)
{
  reply (self, PC_POP3_VERB_UNKNOWN, FALSE, "%s", why);
  set_state (self, PC_POP3_CLOSED);
}

/* A command that no client should have sent. */
static void
refuse (Server     *self,
        PcPop3Verb  verb,
        const char *why)
{
  if (++self->n_bad >= PC_LIMIT_BAD_COMMANDS)
    hang_up (self, "Too many bad commands, goodbye");
  else
    reply (self, verb, FALSE, "%s", why);
}

/* What crosses the wire is English in any locale, so not ngettext. */
static const char *
plural (guint n)
{
  return n == 1 ? "" : "s";
}

/* -- before login --------------------------------------------------------- */

static void
cmd_capa (Server        *self,
          const Request *request)
{
  reply (self, request->verb, TRUE, "Capability list follows");
  pc_engine_send_printf (&self->base, "USER\r\n"
                                      "TOP\r\n"
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
cmd_user (Server        *self,
          const Request *request)
{
  g_free (self->user);
  self->user = g_strndup ((const char *) request->text, request->text_len);
  reply (self, request->verb, TRUE, "Now the password");
}

static void
cmd_pass (Server        *self,
          const Request *request)
{
  g_autofree char *user = g_steal_pointer (&self->user);
  g_autofree char *password = NULL;
  PcAccount       *account;

  password = g_strndup ((const char *) request->text, request->text_len);
  account = pc_mail_store_login (self->store, user, password);

  if (account == NULL) {
    refuse (self, request->verb, "[AUTH] Wrong user or password");
  } else if (pc_pop3_maildrop_open (&self->maildrop, account) !=
             PC_STORE_OK) {
    reply (self, request->verb, FALSE,
           "[IN-USE] Another session has this maildrop");
  } else {
    self->n_bad = 0;
    reply (self, request->verb, TRUE,
           "Maildrop locked: %u message%s, %" G_GUINT64_FORMAT " octets",
           self->maildrop.n_left, plural (self->maildrop.n_left),
           self->maildrop.octets_left);
  }
}

/* -- transaction ---------------------------------------------------------- */

/* The entry of the first number; or NULL, and the client was told. */
static PcPop3Entry *
find_entry (Server        *self,
            const Request *request)
{
  guint32      number = request->numbers[0];
  PcPop3Entry *entry = pc_pop3_maildrop_get (&self->maildrop, number);

  if (entry == NULL) {
    reply (self, request->verb, FALSE,
           "No such message, the last number is %u",
           self->maildrop.entries->len);
    return NULL;
  }
  if (entry->deleted) {
    reply (self, request->verb, FALSE, "Message %u is deleted", number);
    return NULL;
  }

  return entry;
}

static void
cmd_stat (Server        *self,
          const Request *request)
{
  reply (self, request->verb, TRUE, "%u %" G_GUINT64_FORMAT,
         self->maildrop.n_left, self->maildrop.octets_left);
}

/* A line of LIST or of UIDL.  The unique-id has to stay over sessions (RFC
 * 1939 section 7): UIDVALIDITY and UID are what an IMAP client would keep. */
static char *
describe (Server            *self,
          PcPop3Verb         verb,
          guint              number,
          const PcPop3Entry *entry)
{
  if (verb == PC_POP3_VERB_LIST)
    return g_strdup_printf ("%u %" G_GUINT64_FORMAT, number, entry->size);

  return g_strdup_printf (
      "%u %u.%u", number,
      pc_mailbox_get_uid_validity (self->maildrop.mailbox), entry->uid);
}

static void
list_all (Server        *self,
          const Request *request)
{
  const GArray *entries = self->maildrop.entries;

  reply (self, request->verb, TRUE,
         "%u message%s, %" G_GUINT64_FORMAT " octets", self->maildrop.n_left,
         plural (self->maildrop.n_left), self->maildrop.octets_left);

  for (guint i = 0; i < entries->len; i++) {
    const PcPop3Entry *entry = &g_array_index (entries, PcPop3Entry, i);
    g_autofree char   *line = NULL;

    if (entry->deleted)
      continue;
    line = describe (self, request->verb, i + 1, entry);
    pc_engine_send_printf (&self->base, "%s\r\n", line);
  }
  pc_engine_send_printf (&self->base, ".\r\n");
}

/* LIST and UIDL. */
static void
cmd_list (Server        *self,
          const Request *request)
{
  g_autofree char   *line = NULL;
  const PcPop3Entry *entry;

  if (request->n_numbers == 0) {
    list_all (self, request);
    return;
  }

  entry = find_entry (self, request);
  if (entry == NULL)
    return;

  line = describe (self, request->verb, request->numbers[0], entry);
  reply (self, request->verb, TRUE, "%s", line);
}

static void
cmd_retr (Server        *self,
          const Request *request)
{
  const PcPop3Entry *entry = find_entry (self, request);

  if (entry == NULL)
    return;

  reply (self, request->verb, TRUE, "%" G_GUINT64_FORMAT " octets",
         entry->size);
  pc_pop3_sender_begin (&self->sender, entry->content,
                        g_bytes_get_size (entry->content));
}

static void
cmd_top (Server        *self,
         const Request *request)
{
  const PcPop3Entry *entry = find_entry (self, request);
  const guint8      *data;
  gsize              len;

  if (entry == NULL)
    return;

  reply (self, request->verb, TRUE, "Top of message follows");
  data = g_bytes_get_data (entry->content, &len);
  pc_pop3_sender_begin (
      &self->sender, entry->content,
      pc_pop3_top_length (data, len, request->numbers[1]));
}

static void
cmd_dele (Server        *self,
          const Request *request)
{
  PcPop3Entry *entry = find_entry (self, request);

  if (entry == NULL)
    return;

  pc_pop3_maildrop_mark (&self->maildrop, entry);
  reply (self, request->verb, TRUE, "Message %u will be deleted at QUIT",
         request->numbers[0]);
}

static void
cmd_rset (Server        *self,
          const Request *request)
{
  pc_pop3_maildrop_unmark_all (&self->maildrop);
  reply (self, request->verb, TRUE,
         "%u message%s, %" G_GUINT64_FORMAT " octets", self->maildrop.n_left,
         plural (self->maildrop.n_left), self->maildrop.octets_left);
}

static void
cmd_noop (Server        *self,
          const Request *request)
{
  reply (self, request->verb, TRUE, "Still here");
}

/* The only way into UPDATE (RFC 1939 section 6). */
static void
cmd_quit (Server        *self,
          const Request *request)
{
  if (self->state == PC_POP3_TRANSACTION) {
    pc_pop3_maildrop_update (&self->maildrop, self->session);
    reply (self, request->verb, TRUE, "Goodbye, %u message%s left",
           self->maildrop.n_left, plural (self->maildrop.n_left));
  } else {
    reply (self, request->verb, TRUE, "Goodbye");
  }
}

static void
cmd_not_done (Server        *self,
              const Request *request)
{
  refuse (self, PC_POP3_VERB_UNKNOWN,
          "Not offered here; log in with USER and PASS");
}

/* -- dispatch ------------------------------------------------------------- */

typedef enum {
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
  [PC_POP3_VERB_STAT] = { cmd_stat, ARGS_NONE, "STAT takes no argument" },
  [PC_POP3_VERB_LIST] = { cmd_list, ARGS_OPTIONAL,
                          "LIST takes one number or nothing" },
  [PC_POP3_VERB_UIDL] = { cmd_list, ARGS_OPTIONAL,
                          "UIDL takes one number or nothing" },
  [PC_POP3_VERB_RETR] = { cmd_retr, ARGS_ONE, "RETR needs one number" },
  [PC_POP3_VERB_TOP] = { cmd_top, ARGS_TWO,
                         "TOP needs a message number and a count of lines" },
  [PC_POP3_VERB_DELE] = { cmd_dele, ARGS_ONE, "DELE needs one number" },
  [PC_POP3_VERB_RSET] = { cmd_rset, ARGS_NONE, "RSET takes no argument" },
  [PC_POP3_VERB_NOOP] = { cmd_noop, ARGS_NONE, "NOOP takes no argument" },
  [PC_POP3_VERB_QUIT] = { cmd_quit, ARGS_NONE, "QUIT takes no argument" },
  [PC_POP3_VERB_APOP] = { cmd_not_done, ARGS_ANY, NULL },
  [PC_POP3_VERB_AUTH] = { cmd_not_done, ARGS_ANY, NULL },
  [PC_POP3_VERB_STLS] = { cmd_not_done, ARGS_ANY, NULL },
};

G_STATIC_ASSERT (G_N_ELEMENTS (commands) == PC_POP3_N_VERBS);

static gboolean
check_args (const PcPop3Command *command,
            Args                 args,
            Request             *request)
{
  request->text = command->args;
  request->text_len = command->args_len;

  switch (args) {
  case ARGS_NONE:
    return !command->has_args;
  case ARGS_TEXT:
    return command->args_len > 0;
  case ARGS_OPTIONAL:
    if (!command->has_args)
      return TRUE;
    break;
  case ARGS_ANY:
    return TRUE;
  case ARGS_ONE:
  case ARGS_TWO:
    break;
  }

  request->n_numbers = pc_pop3_parse_numbers (
      command->args, command->args_len, request->numbers, 2);
  return request->n_numbers == (args == ARGS_TWO ? 2 : 1);
}

static const char *
explain_wrong_state (const Server *self,
                     PcPop3Verb    verb)
{
  if (verb == PC_POP3_VERB_PASS && self->state == PC_POP3_AUTHORIZATION)
    return "USER comes before PASS";
  if (self->state == PC_POP3_TRANSACTION)
    return "You are logged in already";

  return "Log in first";
}

static void
run_command (Server              *self,
             const PcPop3Command *command)
{
  PcPop3Verb verb = command->verb;
  guint      states = pc_pop3_verbs[verb].states;
  Request    request = { .verb = verb };

  if (states != 0 && (states & (1u << self->state)) == 0)
    refuse (self, PC_POP3_VERB_UNKNOWN, explain_wrong_state (self, verb));
  else if (!check_args (command, commands[verb].args, &request))
    refuse (self, PC_POP3_VERB_UNKNOWN, commands[verb].complaint);
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
take_line (Server       *self,
           const guint8 *line,
           gsize         len)
{
  PcPop3Command command;

  pc_pop3_parse_command (line, len, &command);

  if (pc_pop3_is_http (line, command.word_len))
    hang_up (self, "This port speaks POP3, not HTTP");
  else if (has_controls (line, len))
    refuse (self, PC_POP3_VERB_UNKNOWN, "A command has no control characters");
  else if (command.verb == PC_POP3_VERB_UNKNOWN)
    refuse (self, PC_POP3_VERB_UNKNOWN, "There is no such command");
  else
    run_command (self, &command);
}

/* -- engine --------------------------------------------------------------- */

static void
touch (Server *self)
{
  self->deadline = self->now + PC_LIMIT_IDLE_POP3;
}

static gboolean
is_ahead (const Server *self)
{
  return pc_bytes_get_size (&self->base.out) >= PC_LIMIT_POP3_AHEAD;
}

/* FALSE when there is nothing more to send, or enough for now. */
static gboolean
go_on_sending (Server *self)
{
  if (self->sender.text == NULL || is_ahead (self))
    return FALSE;

  if (pc_pop3_sender_go_on (&self->sender, &self->base, CHUNK))
    touch (self);

  return TRUE;
}

/* FALSE when there is no whole line, or it is not its turn. */
static gboolean
read_line (Server *self)
{
  gsize         len, total, size;
  const guint8 *data = pc_bytes_peek (&self->in, &size);

  if (self->sender.text != NULL || is_ahead (self) || size == 0)
    return FALSE;

  if (self->skipping) {
    self->skipping = !pc_line_skip (&self->in);
    return TRUE;
  }
  if (data[0] == TLS_HANDSHAKE) {
    hang_up (self, "This port speaks POP3 in clear text, not TLS");
    return FALSE;
  }

  switch (pc_line_find (&self->in, PC_LIMIT_POP3_LINE, PC_LINE_LENIENT,
                        &self->scanned, &len, &total)) {
  case PC_LINE_MORE:
    return FALSE;
  case PC_LINE_LONG:
    touch (self);
    self->scanned = 0;
    self->skipping = TRUE;
    refuse (self, PC_POP3_VERB_UNKNOWN, "The line is longer than 255 octets");
    return TRUE;
  case PC_LINE_DONE:
  default:
    touch (self);
    self->scanned = 0;
    take_line (self, data, len);
    pc_bytes_consume (&self->in, total);
    return TRUE;
  }
}

static void
process (Server *self)
{
  while (self->base.status == PC_ENGINE_RUNNING &&
         (go_on_sending (self) || read_line (self)))
    ;

  self->held = is_ahead (self);
  /* Without QUIT there is no UPDATE (RFC 1939 section 6). */
  if (self->peer_done && !self->held &&
      self->base.status == PC_ENGINE_RUNNING)
    set_state (self, PC_POP3_CLOSED);
}

static void
server_start (PcEngine *engine,
              gint64    now)
{
  Server *self = (Server *) engine;

  self->now = now;
  touch (self);
  reply (self, PC_POP3_VERB_CONNECT, TRUE, "%s POP3 server ready", self->host);
}

static void
server_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  Server *self = (Server *) engine;

  self->now = now;
  while (len > 0 && engine->status == PC_ENGINE_RUNNING) {
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
  Server *self = (Server *) engine;

  self->now = now;
  self->peer_done = TRUE;
  process (self);
}

/* On autologout nothing is said and nothing deleted (RFC 1939 section 3). */
static void
server_wake (PcEngine *engine,
             gint64    now)
{
  Server *self = (Server *) engine;

  self->now = now;
  process (self);
  if (engine->status == PC_ENGINE_RUNNING && now >= self->deadline)
    set_state (self, PC_POP3_CLOSED);
}

/* Once the client has read enough, there is more to do at once. */
static gint64
server_deadline (const PcEngine *engine)
{
  const Server *self = (const Server *) engine;

  if (self->held && !is_ahead (self))
    return 0;

  return self->deadline;
}

static const char *
server_state (const PcEngine *engine)
{
  return pc_pop3_states[((const Server *) engine)->state];
}

static void
server_free (PcEngine *engine)
{
  Server *self = (Server *) engine;

  pc_pop3_maildrop_close (&self->maildrop);
  pc_pop3_sender_clear (&self->sender);
  g_clear_pointer (&self->user, g_free);
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
  .wake = server_wake,
  .deadline = server_deadline,
  .state = server_state,
};

PcEngine *
pc_pop3_server_new (const PcServerConfig *config)
{
  Server *self;

  g_return_val_if_fail (config != NULL && config->store != NULL, NULL);

  self = g_new0 (Server, 1);
  pc_engine_init (&self->base, &server_class);
  pc_bytes_init (&self->in, PC_LIMIT_POP3_INPUT);
  self->host = g_strdup (config->host);
  self->store = pc_mail_store_ref (config->store);
  self->session = config->session;
  self->state = PC_POP3_CONNECT;
  self->deadline = PC_ENGINE_NEVER;

  return &self->base;
}
