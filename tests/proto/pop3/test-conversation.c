/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole conversations of our client and our server, with an observer on the
 * line: its states must be theirs, and both must understand each other. */

#include "fixture.h"

#include "mail/world.h"

#include <string.h>

typedef struct
{
  PcMailStore *store;
  PcEngine    *client;
  PcEngine    *server;
  PcObserver  *observer;
  GString     *units;
  gsize        portion; /* most octets carried at once */
} Line;

static gboolean
carry (Line     *line,
       PcSide    from,
       PcEngine *source,
       PcEngine *sink)
{
  PcBytes         *out = pc_engine_get_output (source);
  gsize            size;
  const guint8    *data = pc_bytes_peek (out, &size);
  gsize            n = MIN (size, line->portion);
  g_autofree void *copy = g_memdup2 (data, n);

  if (n == 0)
    return FALSE;

  pc_bytes_consume (out, n);
  pc_observer_feed (line->observer, from, 0, copy, n);
  pc_engine_feed (sink, NOW, 0, copy, n);
  return TRUE;
}

/* Until nobody has anything to say. */
static void
pump (Line *line)
{
  while (carry (line, PC_SIDE_CLIENT, line->client, line->server) ||
         carry (line, PC_SIDE_SERVER, line->server, line->client)) {
    fixture_wait (line->server);
  }

  fixture_describe_units (line->observer, line->units);
  /* By address: both take them from the same table. */
  g_assert_true (pc_observer_get_state (line->observer, PC_SIDE_CLIENT) ==
                 pc_engine_get_state (line->client));
  g_assert_true (pc_observer_get_state (line->observer, PC_SIDE_SERVER) ==
                 pc_engine_get_state (line->server));
}

static void
line_init (Line        *line,
           PcMailStore *store,
           gsize        portion)
{
  *line = (Line){ .store = store,
                  .server = fixture_server (store),
                  .client = fixture_client (),
                  .observer = pc_pop3_observer_new (),
                  .units = g_string_new (NULL),
                  .portion = portion };
  pump (line);
}

static void
line_clear (Line *line)
{
  pc_engine_free (line->client);
  pc_engine_free (line->server);
  pc_observer_free (line->observer);
  g_string_free (line->units, TRUE);
}

/* The client does it; what came of it. Takes @action. */
static PcEventKind
act (Line      *line,
     PcAction  *action,
     GBytes   **item)
{
  g_autoptr (PcAction) owned = action;
  g_autoptr (GError) error = NULL;
  PcEventKind kind = PC_EVENT_ITEM;
  PcEvent    *event;

  while ((event = pc_engine_next_event (line->client)) != NULL)
    pc_event_free (event);
  pc_engine_act (line->client, NOW, action, &error);
  g_assert_no_error (error);
  pump (line);

  while ((event = pc_engine_next_event (line->client)) != NULL) {
    if (event->kind == PC_EVENT_ITEM && item != NULL)
      *item = g_bytes_ref (event->data);
    kind = event->kind;
    pc_event_free (event);
  }

  return kind;
}

static void
log_in (Line *line)
{
  g_assert_cmpint (act (line,
                        fixture_action ("login", "user", "alex", "password",
                                        "portcall", NULL),
                        NULL),
                   ==, PC_EVENT_DONE);
}

/* Every letter arrives as it lies in the mailbox, dots and all. */
static void
test_fetch_all (void)
{
  static const gsize portions[] = { 1, 13, 100000 };

  for (gsize p = 0; p < G_N_ELEMENTS (portions); p++) {
    g_autoptr (PcMailStore) store = pc_world_new_default (NOW);
    PcMailbox *inbox = fixture_inbox (store);
    Line       line;

    line_init (&line, store, portions[p]);
    log_in (&line);
    for (guint i = 0; i < pc_mailbox_get_n_messages (inbox); i++) {
      g_autofree char   *number = g_strdup_printf ("%u", i + 1);
      g_autoptr (GBytes) message = NULL;

      g_assert_cmpint (
          act (&line, fixture_action ("retr", "number", number, NULL),
               &message),
          ==, PC_EVENT_DONE);
      g_assert_true (g_bytes_equal (
          message, pc_mailbox_get_message (inbox, i)->content));
    }
    line_clear (&line);
  }
}

static void
test_download_and_delete (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  Line line;

  line_init (&line, store, 99999);
  act (&line, fixture_action ("capa", NULL), NULL);
  log_in (&line);
  act (&line, fixture_action ("stat", NULL), NULL);
  act (&line, fixture_action ("list", NULL), NULL);
  act (&line, fixture_action ("uidl", "number", "1", NULL), NULL);
  act (&line, fixture_action ("retr", "number", "1", NULL), NULL);
  act (&line, fixture_action ("dele", "number", "1", NULL), NULL);
  g_assert_cmpint (act (&line, fixture_action ("retr", "number", "1", NULL),
                        NULL),
                   ==, PC_EVENT_REFUSED);
  act (&line, fixture_action ("raw", "line", "FOO", NULL), NULL);
  act (&line, fixture_action ("raw", "line", "USER alex", NULL), NULL);
  act (&line, fixture_action ("quit", NULL), NULL);

  g_assert_cmpstr (
      line.units->str, ==,
      "S greeting pop3.greeting OK [+OK mail.example.test POP3 server ready "
      "<1.0.1700000000000000@mail.example.test>] "
      "AUTHORIZATION\n"
      "C command pop3.capa OK [CAPA] AUTHORIZATION\n"
      "S reply pop3.capa.reply OK "
      "[+OK Capability list follows \342\200\246 7 lines] AUTHORIZATION\n"
      "C command pop3.user OK [USER alex] AUTHORIZATION\n"
      "S reply pop3.user.ok OK [+OK Now the password] "
      "AUTHORIZATION, user named\n"
      "C command pop3.pass OK [PASS " PC_SECRET_DOTS "] "
      "AUTHORIZATION, user named\n"
      "S reply pop3.pass.ok OK [+OK Maildrop locked: 3 messages, 93 octets] "
      "TRANSACTION\n"
      "C command pop3.stat OK [STAT] TRANSACTION\n"
      "S reply pop3.stat.reply OK [+OK 3 93] TRANSACTION\n"
      "C command pop3.list OK [LIST] TRANSACTION\n"
      "S reply pop3.list.reply OK "
      "[+OK 3 messages, 93 octets \342\200\246 3 lines] TRANSACTION\n"
      "C command pop3.uidl OK [UIDL 1] TRANSACTION\n"
      "S reply pop3.uidl.ok OK [+OK 1 7.1] TRANSACTION\n"
      "C command pop3.retr OK [RETR 1] TRANSACTION\n"
      "S reply pop3.retr.reply OK "
      "[+OK 30 octets \342\200\246 6 lines] TRANSACTION\n"
      "C command pop3.dele OK [DELE 1] TRANSACTION\n"
      "S reply pop3.dele.ok OK [+OK Message 1 will be deleted at QUIT] "
      "TRANSACTION\n"
      "C command pop3.retr OK [RETR 1] TRANSACTION\n"
      "S reply pop3.retr.err ERROR [-ERR Message 1 is deleted] TRANSACTION\n"
      "C command pop3.unknown WARNING [FOO] TRANSACTION\n"
      "S reply pop3.unknown.err ERROR [-ERR There is no such command] "
      "TRANSACTION\n"
      "C command pop3.user OK [USER alex] TRANSACTION\n"
      "S reply pop3.state.err ERROR [-ERR You are logged in already] "
      "TRANSACTION\n"
      "C command pop3.quit OK [QUIT] TRANSACTION\n"
      "S reply pop3.quit.update OK [+OK Goodbye, 2 messages left] UPDATE\n");
  g_assert_cmpint (pc_engine_get_status (line.client), ==,
                   PC_ENGINE_CLOSING);
  g_assert_cmpint (pc_engine_get_status (line.server), ==,
                   PC_ENGINE_CLOSING);
  g_assert_cmpuint (pc_mailbox_get_n_messages (fixture_inbox (store)), ==, 2);
  line_clear (&line);
}

/* DELE, then the line is cut: the next session finds everything. */
static void
test_lost_before_quit (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  Line line, again;

  line_init (&line, store, 99999);
  log_in (&line);
  act (&line, fixture_action ("dele", "number", "1", NULL), NULL);
  pc_engine_eof (line.server, NOW);
  pc_engine_eof (line.client, NOW);
  pc_observer_finish (line.observer, PC_SIDE_CLIENT);
  pc_observer_finish (line.observer, PC_SIDE_SERVER);
  pump (&line);

  line_init (&again, store, 99999);
  log_in (&again);
  act (&again, fixture_action ("stat", NULL), NULL);
  g_assert_nonnull (strstr (again.units->str, "[+OK 3 93]"));
  line_clear (&again);
  line_clear (&line);
}

/* Unique-ids are the same in the next session, numbers are not. */
static void
test_unique_ids (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  g_autoptr (GBytes) first = NULL, second = NULL;
  gsize       len;
  const char *data;
  Line        line;

  line_init (&line, store, 99999);
  log_in (&line);
  act (&line, fixture_action ("uidl", NULL), &first);
  act (&line, fixture_action ("dele", "number", "1", NULL), NULL);
  act (&line, fixture_action ("quit", NULL), NULL);
  line_clear (&line);

  line_init (&line, store, 99999);
  log_in (&line);
  act (&line, fixture_action ("uidl", NULL), &second);
  line_clear (&line);

  data = g_bytes_get_data (first, &len);
  g_assert_cmpmem (data, len, "1 7.1\r\n2 7.2\r\n3 7.3\r\n", 21);
  data = g_bytes_get_data (second, &len);
  g_assert_cmpmem (data, len, "1 7.2\r\n2 7.3\r\n", 14);
}

static void
test_wrong_password (void)
{
  g_autoptr (PcMailStore) store = fixture_store ();
  Line line;

  line_init (&line, store, 1);
  g_assert_cmpint (act (&line,
                        fixture_action ("login", "user", "alex", "password",
                                        "secret", NULL),
                        NULL),
                   ==, PC_EVENT_REFUSED);
  log_in (&line);
  g_assert_null (strstr (line.units->str, "secret"));
  g_assert_null (strstr (line.units->str, "portcall"));
  line_clear (&line);
}

/* Every way to log in, right and wrong; no password is ever shown. */
static void
test_logins (void)
{
  static const struct
  {
    const char *mechanism; /* NULL: APOP */
    const char *rules[6];  /* of the lines of a login that works */
  } rows[] = {
    { NULL, { "pop3.apop", "pop3.apop.ok" } },
    { "plain", { "pop3.auth", "pop3.auth.ok" } },
    { "login", { "pop3.auth.challenge", "pop3.auth.response" } },
    { "cram-md5", { "pop3.auth.stamp", "pop3.auth.digest" } },
    { "scram-sha-256",
      { "pop3.auth", "pop3.auth.salt", "pop3.auth.proof",
        "pop3.auth.signature", "pop3.auth.end", "pop3.auth.ok" } },
  };
  static const gsize portions[] = { 1, 99999 };

  for (gsize i = 0; i < 2 * G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    const char *mechanism = rows[i / 2].mechanism;
    Line        line;

    line_init (&line, store, portions[i % 2]);
    for (int right = 0; right < 2; right++) {
      PcAction *action = fixture_action (mechanism != NULL ? "auth" : "apop",
                                         "user", "alex", "password",
                                         right ? "portcall" : "secret", NULL);

      if (mechanism != NULL)
        pc_action_set (action, "mechanism", mechanism);
      g_assert_cmpint (act (&line, action, NULL), ==,
                       right ? PC_EVENT_DONE : PC_EVENT_REFUSED);
    }
    g_test_message ("%s", line.units->str);
    g_assert_cmpstr (pc_engine_get_state (line.client), ==, "TRANSACTION");
    for (gsize k = 0; k < 6 && rows[i / 2].rules[k] != NULL; k++) {
      g_autofree char *rule = g_strdup_printf (" %s OK ",
                                               rows[i / 2].rules[k]);

      g_assert_nonnull (strstr (line.units->str, rule));
    }
    g_assert_nonnull (strstr (line.units->str, ".err ERROR [-ERR [AUTH]"));
    g_assert_null (strstr (line.units->str, "portcall"));
    g_assert_null (strstr (line.units->str, "cG9ydGNhbGw"));
    g_assert_cmpint (act (&line, fixture_action ("stat", NULL), NULL), ==,
                     PC_EVENT_DONE);
    line_clear (&line);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/conversation/fetch-all", test_fetch_all);
  g_test_add_func ("/pop3/conversation/download-and-delete",
                   test_download_and_delete);
  g_test_add_func ("/pop3/conversation/logins", test_logins);
  g_test_add_func ("/pop3/conversation/lost-before-quit",
                   test_lost_before_quit);
  g_test_add_func ("/pop3/conversation/unique-ids", test_unique_ids);
  g_test_add_func ("/pop3/conversation/wrong-password", test_wrong_password);

  return g_test_run ();
}
