/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole conversations of our clients with our servers, on a line that breaks
 * after every octet of either end, or that falls silent there, and with
 * servers that refuse every command.  Each ends in time and with a sentence,
 * and what the client says of the mail is true. */

#include "base/limits.h"
#include "mail/store.h"
#include "proto/common/injection.h"
#include "proto/registry.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC)
#define MESSAGE "From: alex@example.test\r\nSubject: s\r\n\r\n.dot\r\nend\r\n"
#define MAX_PARAMS 3
#define MAX_STEPS 8

/* Sentences by which a client says what became of things. */
#define UNKNOWN "nobody knows"
#define NOT_SENT "was not sent"

typedef struct
{
  const char *name;
  struct
  {
    const char *key;
    const char *value;
  } params[MAX_PARAMS];
} Step;

typedef struct
{
  const char *name;
  const char *id;
  Step        steps[MAX_STEPS];
  const char *change; /* the step that changes the store; its end counts */
  const char *user;   /* in whose INBOX it does */
  gint        by;     /* messages more, or fewer */
  guint       before; /* messages there */
} Script;

static const Script scripts[] = {
  { "smtp/send", "smtp",
    { { "ehlo" },
      { "auth", { { "user", "alex" }, { "password", "portcall" } } },
      { "send",
        { { "from", "alex@example.test" }, { "to", "robin@example.test" } } },
      { "quit" } },
    "send", "robin", 1, 0 },
  { "smtp/steps", "smtp",
    { { "ehlo" },
      { "auth", { { "user", "alex" }, { "password", "portcall" },
                  { "mechanism", "cram-md5" } } },
      { "mail", { { "from", "alex@example.test" } } },
      { "rcpt", { { "to", "robin@example.test" } } },
      { "data" },
      { "quit" } },
    "data", "robin", 1, 0 },
  { "smtp/piece", "smtp",
    { { "ehlo" },
      { "auth", { { "user", "alex" }, { "password", "portcall" },
                  { "mechanism", "login" } } },
      { "mail", { { "from", "alex@example.test" } } },
      { "rcpt", { { "to", "robin@example.test" } } },
      { "bdat" },
      { "quit" } },
    "bdat", "robin", 1, 0 },
  { "pop3/delete", "pop3",
    { { "capa" },
      { "login", { { "user", "alex" }, { "password", "portcall" } } },
      { "list" },
      { "retr", { { "number", "1" } } },
      { "dele", { { "number", "1" } } },
      { "dele", { { "number", "2" } } },
      { "quit" } },
    "quit", "alex", -2, 3 },
  { "imap/append", "imap",
    { { "authenticate", { { "user", "alex" }, { "password", "portcall" },
                         { "mechanism", "plain" } } },
      { "append", { { "mailbox", "INBOX" }, { "wait", "yes" } } },
      { "select", { { "mailbox", "INBOX" } } },
      { "fetch", { { "set", "1" }, { "items", "BODY[]" } } },
      { "logout" } },
    "append", "alex", 1, 3 },
  { "imap/append-at-once", "imap",
    { { "login", { { "user", "alex" }, { "password", "portcall" } } },
      { "append", { { "mailbox", "INBOX" } } },
      { "logout" } },
    "append", "alex", 1, 3 },
  { "imap/expunge", "imap",
    { { "login", { { "user", "alex" }, { "password", "portcall" } } },
      { "select", { { "mailbox", "INBOX" } } },
      { "store", { { "set", "1:2" }, { "flags", "\\Deleted" } } },
      { "expunge" },
      { "logout" } },
    "expunge", "alex", -2, 3 },
};

/* How the line breaks. */
typedef struct
{
  PcSide   side;   /* whose octets are counted */
  gsize    after;  /* so many get through */
  gboolean silent; /* and then nothing; else both learn of it */
  gboolean held;   /* what does not get through stays in the engine */
  gsize    portion;
} Break;

typedef struct
{
  PcMailStore *store;
  PcEngine    *client;
  PcEngine    *server;
  PcObserver  *observer;
  gint64       now;
  Break        line;
  gsize        carried[2];
  gboolean     broken;
  gint64       waited; /* by the client, for nothing */
  GString     *events; /* "quit DONE words\n" */
  GString     *ends;   /* "quit DONE\n" */
  char        *failure;
  gboolean     changed; /* the client was told that the change is made */
  gboolean     refused; /* or that it is not */
  gboolean     lies;    /* the server consents to what it does not do */
} Talk;

static PcMailStore *
make_store (guint n)
{
  PcMailStore       *store = pc_mail_store_new ("example.test");
  PcAccount         *alex = pc_mail_store_add_account (store, "alex",
                                                       "portcall", 1);
  g_autoptr (GBytes) mail = g_bytes_new_static (MESSAGE, strlen (MESSAGE));

  pc_mail_store_add_account (store, "robin", "portcall", 1);
  for (guint i = 0; i < n; i++)
    pc_mailbox_append (pc_account_find_mailbox (alex, "INBOX"), mail, 0, NOW,
                       0, NULL);

  return store;
}

static void
talk_init (Talk         *self,
           const Script *script,
           const Break  *line)
{
  const PcProtocol *protocol = pc_registry_find (script->id);
  PcServerConfig    server = { .host = "mail.example.test",
                               .role = PC_SERVER_SUBMISSION,
                               .session = 1,
                               .peer_address = "127.0.0.1" };
  PcClientConfig    client = { .host = "phone.example.test",
                               .server_host = "mail.example.test" };

  *self = (Talk){ .now = NOW, .line = *line, .events = g_string_new (NULL),
                  .ends = g_string_new (NULL) };
  self->store = server.store = make_store (script->before);
  self->server = protocol->server_new (&server);
  self->client = protocol->client_new (&client);
  self->observer = protocol->observer_new ();
}

static void
talk_clear (Talk *self)
{
  g_clear_pointer (&self->client, pc_engine_free);
  g_clear_pointer (&self->server, pc_engine_free);
  g_clear_pointer (&self->observer, pc_observer_free);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  g_clear_pointer (&self->failure, g_free);
  if (self->events != NULL)
    g_string_free (self->events, TRUE);
  if (self->ends != NULL)
    g_string_free (self->ends, TRUE);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Talk, talk_clear)

/* Every octet of a unit has its label, whatever the answer. */
static void
observe (Talk   *self,
         PcSide  from,
         GBytes *bytes)
{
  PcUnit *unit;

  pc_observer_feed (self->observer, from, 0, g_bytes_get_data (bytes, NULL),
                    g_bytes_get_size (bytes));
  while ((unit = pc_observer_next (self->observer)) != NULL) {
    guint end = 0;

    for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
      g_assert_cmpuint (pc_unit_get_field (unit, i)->start, ==, end);
      end = pc_unit_get_field (unit, i)->end;
    }
    g_assert_cmpuint (end, ==, g_bytes_get_size (unit->bytes));
    pc_unit_free (unit);
  }
}

/* -- the line ------------------------------------------------------------- */

static gboolean
carry (Talk  *self,
       PcSide from)
{
  PcEngine *sender = from == PC_SIDE_CLIENT ? self->client : self->server;
  PcEngine *taker = from == PC_SIDE_CLIENT ? self->server : self->client;
  PcBytes  *out = pc_engine_get_output (sender);
  gsize     len = pc_bytes_get_size (out);
  gboolean  counts = from == self->line.side;
  g_autoptr (GBytes) bytes = NULL;

  if (len == 0 || self->broken)
    return FALSE;
  if (self->line.portion > 0)
    len = MIN (len, self->line.portion);
  if (counts)
    len = MIN (len, self->line.after - self->carried[from]);
  if (counts && len == 0) {
    self->broken = TRUE;
    /* It has left the engine, and is lost on the way. */
    if (!self->line.held)
      pc_bytes_consume (out, pc_bytes_get_size (out));
    return FALSE;
  }

  bytes = pc_bytes_take (out, len);
  self->carried[from] += len;
  observe (self, from, bytes);
  pc_engine_feed (taker, self->now, 0, g_bytes_get_data (bytes, NULL), len);
  return TRUE;
}

/* A refusal that is held back. */
static gboolean
let_server_wait (Talk *self)
{
  gint64 deadline = pc_engine_get_deadline (self->server);

  if (self->broken || deadline > self->now + PC_LIMIT_LOGIN_DELAY_MAX)
    return FALSE;

  self->now = MAX (self->now, deadline);
  pc_engine_wake (self->server, self->now);
  return TRUE;
}

static void
take_events (Talk       *self,
             const char *step,
             const char *change)
{
  PcEvent *event;

  while ((event = pc_engine_next_event (self->client)) != NULL) {
    g_assert_true (event->text == NULL ||
                   g_utf8_validate (event->text, -1, NULL));
    /* Half a message is none. */
    if (event->kind == PC_EVENT_ITEM && strcmp (step, "retr") == 0 &&
        self->line.after != G_MAXSIZE)
      g_assert_cmpuint (g_bytes_get_size (event->data), ==, strlen (MESSAGE));
    if (event->kind == PC_EVENT_FAILED) {
      g_assert_null (self->failure);
      self->failure = g_strdup (event->text);
    } else if (event->kind != PC_EVENT_ITEM) {
      gboolean done = event->kind == PC_EVENT_DONE;

      self->changed |= done && strcmp (step, change) == 0;
      self->refused |= !done && strcmp (step, change) == 0;
      g_string_append_printf (self->events, "%s %s %s\n", step,
                              done ? "DONE" : "REFUSED", event->text);
      g_string_append_printf (self->ends, "%s %s\n", step,
                              done ? "DONE" : "REFUSED");
    }
    pc_event_free (event);
  }
}

/* Until nobody has anything to say, and the client waits for nothing. */
static void
pump (Talk *self)
{
  while (carry (self, PC_SIDE_CLIENT) || carry (self, PC_SIDE_SERVER) ||
         let_server_wait (self))
    ;
  /* A server that has hung up. */
  if (!self->broken &&
      pc_engine_get_status (self->server) != PC_ENGINE_RUNNING)
    pc_engine_eof (self->client, self->now);
  if (!self->broken)
    return;

  if (!self->line.silent) {
    pc_engine_eof (self->client, self->now);
    pc_engine_eof (self->server, self->now);
    return;
  }
  for (guint i = 0; i < 4 && !pc_engine_is_idle (self->client) &&
                    pc_engine_get_status (self->client) == PC_ENGINE_RUNNING;
       i++) {
    gint64 deadline = pc_engine_get_deadline (self->client);

    g_assert_cmpint (deadline, !=, PC_ENGINE_NEVER);
    self->waited += MAX (deadline - self->now, 0);
    self->now = MAX (self->now, deadline);
    pc_engine_wake (self->client, self->now);
  }
}

/* Whatever was answered leads both ends, and the onlooker, to the same
 * place. */
static void
check_states (const Talk *self)
{
  if (self->broken || self->lies ||
      pc_engine_get_status (self->server) != PC_ENGINE_RUNNING ||
      pc_engine_get_status (self->client) != PC_ENGINE_RUNNING)
    return;

  g_assert_cmpstr (pc_engine_get_state (self->server), ==,
                   pc_observer_get_state (self->observer, PC_SIDE_SERVER));
  g_assert_cmpstr (pc_engine_get_state (self->client), ==,
                   pc_observer_get_state (self->observer, PC_SIDE_CLIENT));
}

static void
act (Talk       *self,
     const Step *step)
{
  g_autoptr (PcAction) action = pc_action_new (step->name);
  g_autoptr (GError)   error = NULL;

  for (guint i = 0; i < MAX_PARAMS && step->params[i].key != NULL; i++)
    pc_action_set (action, step->params[i].key, step->params[i].value);
  pc_action_set_data (action, MESSAGE, strlen (MESSAGE));
  pc_engine_act (self->client, self->now, action, &error);
  g_assert_no_error (error);
}

static void
hold (Talk         *self,
      const Script *script)
{
  const char *step = "greeting";

  pc_engine_start (self->client, self->now);
  pc_engine_start (self->server, self->now);
  pump (self);
  take_events (self, step, script->change);
  for (guint i = 0; i < MAX_STEPS && script->steps[i].name != NULL; i++) {
    if (!pc_engine_is_idle (self->client))
      break;
    step = script->steps[i].name;
    act (self, &script->steps[i]);
    pump (self);
    check_states (self);
    take_events (self, step, script->change);
  }
  if (self->line.silent && self->broken)
    pc_engine_eof (self->server, self->now);
}

/* -- what must be true ---------------------------------------------------- */

static guint
count_mail (PcMailStore *store,
            const char  *user)
{
  return pc_mailbox_get_n_messages (pc_account_find_mailbox (
      pc_mail_store_find_user (store, user), "INBOX"));
}

/* Every conversation is over, or idle and whole. */
static void
check_end (const Talk *self)
{
  PcEngineStatus status = pc_engine_get_status (self->client);

  if (status == PC_ENGINE_FAILED) {
    g_assert_nonnull (self->failure);
    g_assert_true (g_str_has_suffix (self->failure, "."));
  } else {
    g_assert_null (self->failure);
    g_assert_true (status == PC_ENGINE_CLOSING ||
                   pc_engine_is_idle (self->client));
  }
}

/* What the client said of the mail against what there is.  @whole: no step
 * that leads to the change was refused. */
static void
check_truth (const Talk   *self,
             const Script *script,
             gboolean      whole)
{
  guint    n = count_mail (self->store, script->user);
  gboolean made = n != script->before;

  g_test_message ("%s%s", self->events->str,
                  self->failure != NULL ? self->failure : "");
  if (made && whole)
    g_assert_cmpint ((gint) n, ==, (gint) script->before + script->by);
  if (self->changed) {
    g_assert_true (made || !whole);
  } else if (self->refused) {
    g_assert_false (made);
  } else if (made) {
    g_assert_nonnull (self->failure);
    g_assert_nonnull (strstr (self->failure, UNKNOWN));
  }
  if (self->failure != NULL &&
      (strstr (self->failure, NOT_SENT) != NULL ||
       strstr (self->failure, "still there") != NULL ||
       strstr (self->failure, "stores nothing") != NULL))
    g_assert_false (made);
}

/* -- tests ---------------------------------------------------------------- */

/* The whole conversation, so that it is known how long it is. */
static void
measure (const Script *script,
         gsize         portion,
         gsize         carried[2],
         char        **events,
         char        **ends)
{
  Break       line = { .after = G_MAXSIZE, .portion = portion };
  g_auto (Talk) talk = { 0 };

  talk_init (&talk, script, &line);
  hold (&talk, script);
  check_end (&talk);
  check_truth (&talk, script, TRUE);
  g_assert_true (talk.changed);
  g_assert_null (talk.failure);
  g_assert_null (strstr (talk.events->str, "REFUSED"));
  memcpy (carried, talk.carried, sizeof talk.carried);
  *events = g_strdup (talk.events->str);
  *ends = g_strdup (talk.ends->str);
}

/* Octet by octet all is as it was. */
static void
test_split (gconstpointer data)
{
  const Script    *script = data;
  g_autofree char *whole = NULL;
  g_autofree char *split = NULL;
  g_autofree char *whole_ends = NULL;
  g_autofree char *split_ends = NULL;
  gsize            carried[2];

  measure (script, 0, carried, &whole, &whole_ends);
  measure (script, 1, carried, &split, &split_ends);
  g_assert_cmpstr (whole, ==, split);
}

static void
test_break (gconstpointer data)
{
  const Script    *script = data;
  g_autofree char *whole = NULL;
  g_autofree char *ends = NULL;
  gsize            carried[2];
  guint            n_unknown = 0;

  measure (script, 0, carried, &whole, &ends);
  for (guint kind = 0; kind < 8; kind++) {
    Break line = { .side = (kind & 1) != 0 ? PC_SIDE_SERVER : PC_SIDE_CLIENT,
                   .silent = (kind & 2) != 0,
                   .held = (kind & 4) != 0 };

    for (line.after = 0; line.after < carried[line.side]; line.after++) {
      g_auto (Talk) talk = { 0 };

      talk_init (&talk, script, &line);
      hold (&talk, script);
      check_end (&talk);
      check_truth (&talk, script, TRUE);
      g_assert_true (g_str_has_prefix (ends, talk.ends->str));
      g_assert_cmpint (talk.waited, <=,
                       PC_LIMIT_WAIT_SMTP_CONTENT + PC_LIMIT_WAIT_SMTP_BLOCK);
      n_unknown += talk.failure != NULL &&
                   strstr (talk.failure, UNKNOWN) != NULL;
    }
  }
  /* The octets of the answer to the change, at least. */
  g_assert_cmpuint (n_unknown, >, 4);
}

static const struct
{
  const char *id;
  const char *moments; /* besides the commands */
  const char *replies[4];
} refusals[] = {
  { "smtp", "CONNECT . RESPONSE",
    { "451 4.3.0 Try again later", "550 5.7.1 Not for you",
      "421 4.3.2 Shutting down",
      "452-4.2.2 One\n452 4.2.2 Two" } },
  { "pop3", "CONNECT RESPONSE",
    { "-ERR Nothing doing", "-ERR [SYS/TEMP] Later", NULL } },
  { "imap", "RESPONSE MESSAGE UID DONE",
    { "NO [UNAVAILABLE] Later", "BAD What", "BYE Shutting down" } },
};

static void
check_refusal (const Script *script,
               const char   *verb,
               const char   *reply)
{
  Break         line = { .after = G_MAXSIZE };
  g_auto (Talk) talk = { 0 };
  const char   *word = strrchr (reply, ' ') + 1;
  PcEvent      *event;

  talk_init (&talk, script, &line);
  g_assert_true (pc_engine_inject_answer (talk.server, verb, 1, reply, NULL));
  g_test_message ("%s: %s", verb, reply);
  hold (&talk, script);
  check_end (&talk);
  check_truth (&talk, script, FALSE);
  event = pc_engine_next_event (talk.server);
  /* Whoever was refused is told with the server's words. */
  if (event != NULL && strcmp (verb, "EHLO") != 0)
    g_assert_true (
        strstr (talk.events->str, word) != NULL ||
        (talk.failure != NULL && strstr (talk.failure, word) != NULL));
  pc_event_free (event);
}

static void
test_refused (gconstpointer data)
{
  const Script     *script = data;
  const PcVerbInfo *verbs = pc_registry_find (script->id)->verbs;
  guint             row = 0;
  g_auto (GStrv) moments = NULL;

  while (strcmp (refusals[row].id, script->id) != 0)
    row++;
  moments = g_strsplit (refusals[row].moments, " ", -1);
  for (guint i = 0; i < G_N_ELEMENTS (refusals[row].replies) &&
                    refusals[row].replies[i] != NULL;
       i++) {
    for (guint k = 0; verbs[k].name != NULL; k++)
      check_refusal (script, verbs[k].name, refusals[row].replies[i]);
    for (guint k = 0; moments[k] != NULL; k++)
      check_refusal (script, moments[k], refusals[row].replies[i]);
  }
}

/* A server that consents to what it does not do, or with what does not fit:
 * no client hangs, or takes a mail for sent that it did not send. */
static void
test_consent (gconstpointer data)
{
  static const struct
  {
    const char *id;
    const char *reply;
  } lies[] = {
    { "smtp", "250 2.0.0 Fine" },
    { "smtp", "235 2.7.0 Come in" },
    { "smtp", "200" },
    { "pop3", "+OK" },
    { "pop3", "+OK 1 2" },
    { "imap", "OK Fine" },
  };
  const Script     *script = data;
  const PcVerbInfo *verbs = pc_registry_find (script->id)->verbs;

  for (guint i = 0; i < G_N_ELEMENTS (lies); i++) {
    for (guint k = 0; verbs[k].name != NULL; k++) {
      Break         line = { .after = G_MAXSIZE };
      g_auto (Talk) talk = { 0 };
      PcEvent      *event;

      if (strcmp (lies[i].id, script->id) != 0)
        continue;
      talk_init (&talk, script, &line);
      if (!pc_engine_inject_answer (talk.server, verbs[k].name, 1,
                                    lies[i].reply, NULL))
        continue;
      talk.lies = TRUE;
      hold (&talk, script);
      check_end (&talk);
      event = pc_engine_next_event (talk.server);
      if (event != NULL && strcmp (verbs[k].name, "DATA") == 0)
        g_assert_false (talk.changed);
      pc_event_free (event);
    }
  }
}

int
main (int    argc,
      char **argv)
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } kinds[] = {
    { "split", test_split },
    { "break", test_break },
    { "refused", test_refused },
    { "consent", test_consent },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (guint k = 0; k < G_N_ELEMENTS (scripts); k++) {
      g_autofree char *path = g_strdup_printf (
          "/proto/lost/%s/%s", kinds[i].name, scripts[k].name);

      g_test_add_data_func (path, &scripts[k], kinds[i].func);
    }

  return g_test_run ();
}
