/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The client against scripted servers, good and bad. */

#include "fixture.h"

#include "base/limits.h"

#include <string.h>

#define GREETING "+OK ready\r\n"

/* "DONE words", "ITEM name: octets" and so on, one line each. */
static char *
take_events (PcEngine *client)
{
  static const char *const kinds[] = { "DONE", "REFUSED", "ITEM", "FAILED" };
  GString                 *out = g_string_new (NULL);

  for (;;) {
    g_autoptr (PcEvent) event = pc_engine_next_event (client);

    if (event == NULL)
      return g_string_free (out, FALSE);

    g_assert_cmpuint (event->kind, <, G_N_ELEMENTS (kinds));
    g_string_append_printf (out, "%s %s\n", kinds[event->kind], event->text);
    if (event->data != NULL) {
      gsize       len;
      const char *data = g_bytes_get_data (event->data, &len);

      g_string_append_c (out, '{');
      if (len > 0)
        g_string_append_len (out, data, (gssize) len);
      g_string_append (out, "}\n");
    }
  }
}

static PcEngine *
greeted (void)
{
  PcEngine        *client = fixture_client ();
  g_autofree char *events = NULL;

  g_assert_false (pc_engine_is_idle (client));
  fixture_feed (client, GREETING);
  g_assert_true (pc_engine_is_idle (client));
  events = take_events (client);
  g_assert_cmpstr (events, ==, "DONE ready\n");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "AUTHORIZATION");

  return client;
}

static void
act (PcEngine *client,
     PcAction *action)
{
  g_autoptr (GError) error = NULL;
  gboolean began = pc_engine_act (client, NOW, action, &error);

  g_assert_no_error (error);
  g_assert_true (began);
  pc_action_free (action);
}

static void
test_actions (void)
{
  static const struct
  {
    const char *name;
    const char *param;
    const char *value;
    const char *param2;
    const char *value2;
    const char *line;
    const char *reply;
    const char *events;
  } rows[] = {
    { "capa", NULL, NULL, NULL, NULL, "CAPA\r\n", "+OK x\r\nTOP\r\n.\r\n",
      "ITEM capa\n{TOP\r\n}\nDONE x\n" },
    { "capa", NULL, NULL, NULL, NULL, "CAPA\r\n", "-ERR no\r\n",
      "REFUSED no\n" },
    { "user", "user", "alex", NULL, NULL, "USER alex\r\n", "+OK\r\n",
      "DONE \n" },
    { "pass", "password", "a b ", NULL, NULL, "PASS a b \r\n",
      "-ERR [AUTH] no\r\n", "REFUSED [AUTH] no\n" },
    { "stat", NULL, NULL, NULL, NULL, "STAT\r\n", "+OK 2 320\r\n",
      "DONE 2 320\n" },
    { "list", NULL, NULL, NULL, NULL, "LIST\r\n", "+OK\r\n1 2\r\n.\r\n",
      "ITEM list\n{1 2\r\n}\nDONE \n" },
    { "list", "number", "7", NULL, NULL, "LIST 7\r\n", "+OK 7 120\r\n",
      "DONE 7 120\n" },
    { "uidl", NULL, NULL, NULL, NULL, "UIDL\r\n", "+OK\r\n.\r\n",
      "ITEM uidl\n{}\nDONE \n" },
    { "uidl", "number", "7", NULL, NULL, "UIDL 7\r\n", "+OK 7 ../x\r\n",
      "DONE 7 ../x\n" },
    { "retr", "number", "1", NULL, NULL, "RETR 1\r\n",
      "+OK m\r\nA: b\r\n\r\n..\r\n..x\r\n.\r\n",
      "ITEM message-1\n{A: b\r\n\r\n.\r\n.x\r\n}\nDONE m\n" },
    { "retr", "number", "9", NULL, NULL, "RETR 9\r\n", "-ERR none\r\n",
      "REFUSED none\n" },
    { "top", "number", "1", "lines", "0", "TOP 1 0\r\n",
      "+OK\r\nA: b\r\n\r\n.\r\n", "ITEM top-1\n{A: b\r\n\r\n}\nDONE \n" },
    { "dele", "number", "1", NULL, NULL, "DELE 1\r\n", "+OK gone\r\n",
      "DONE gone\n" },
    { "rset", NULL, NULL, NULL, NULL, "RSET\r\n", "+OK\r\n", "DONE \n" },
    { "noop", NULL, NULL, NULL, NULL, "NOOP\r\n", "+OK\n", "DONE \n" },
    { "raw", "line", "retr 1 2 3", NULL, NULL, "retr 1 2 3\r\n",
      "-ERR what\r\n", "REFUSED what\n" },
    { "raw", "line", "uidl", NULL, NULL, "uidl\r\n", "+OK\r\n1 a\r\n.\r\n",
      "ITEM reply\n{1 a\r\n}\nDONE \n" },
    { "raw", "line", "", NULL, NULL, "\r\n", "-ERR\r\n", "REFUSED \n" },
    { "raw", "line", "AUTH PLAIN", NULL, NULL, "AUTH PLAIN\r\n", "+ \r\n",
      "DONE + \n" },
    { "stat", NULL, NULL, NULL, NULL, "STAT\r\n", "+OK \033[31m\r\n",
      "DONE \342\220\233[31m\n" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    for (int split = 0; split < 2; split++) {
      g_autoptr (PcEngine) client = greeted ();
      PcAction        *action = fixture_action (rows[i].name, NULL);
      g_autofree char *line = NULL, *events = NULL;

      g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].line);
      if (rows[i].param != NULL)
        pc_action_set (action, rows[i].param, rows[i].value);
      if (rows[i].param2 != NULL)
        pc_action_set (action, rows[i].param2, rows[i].value2);
      act (client, action);
      line = fixture_take (client);
      g_assert_cmpstr (line, ==, rows[i].line);
      g_assert_false (pc_engine_is_idle (client));

      if (split)
        for (const char *p = rows[i].reply; *p != '\0'; p++)
          pc_engine_feed (client, NOW, 0, (const guint8 *) p, 1);
      else
        fixture_feed (client, rows[i].reply);
      events = take_events (client);
      g_assert_cmpstr (events, ==, rows[i].events);
      g_assert_true (pc_engine_is_idle (client));
    }
  }
}

static void
test_login (void)
{
  g_autoptr (PcEngine) client = greeted ();
  g_autofree char *user = NULL, *pass = NULL, *events = NULL;

  act (client, fixture_action ("login", "user", "alex", "password", "s e",
                               NULL));
  user = fixture_take (client);
  g_assert_cmpstr (user, ==, "USER alex\r\n");
  fixture_feed (client, "+OK\r\n");
  g_assert_cmpstr (pc_engine_get_state (client), ==,
                   "AUTHORIZATION, user named");
  pass = fixture_take (client);
  g_assert_cmpstr (pass, ==, "PASS s e\r\n");
  g_assert_false (pc_engine_is_idle (client));
  fixture_feed (client, "+OK in\r\n");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "TRANSACTION");
  events = take_events (client);
  g_assert_cmpstr (events, ==, "DONE in\n");
}

/* Scripts of a login: what the server says, what the client then sends. */
static void
test_auth (void)
{
  static const struct
  {
    const char *name;
    const char *capa; /* NULL: not asked */
    const char *mechanism;
    const char *talk[10]; /* "C…" and "S…" in turn, from the client on */
    const char *events;
    const char *state;
  } rows[] = {
    { "plain at once", NULL, NULL,
      { "CAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "S+OK in\r\n" },
      "DONE in\n", "TRANSACTION" },
    { "plain asked", NULL, "plain",
      { "CAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "S-ERR [AUTH] no\r\n" },
      "REFUSED [AUTH] no\n", "AUTHORIZATION" },
    { "login", NULL, "Login",
      { "CAUTH LOGIN\r\n", "S+ VXNlcm5hbWU6\r\n", "CYWxleA==\r\n",
        "S+ UGFzc3dvcmQ6\r\n", "CcG9ydGNhbGw=\r\n", "S+OK in\r\n" },
      "DONE in\n", "TRANSACTION" },
    { "login asked too much", NULL, "login",
      { "CAUTH LOGIN\r\n", "S+ \r\n", "CYWxleA==\r\n", "S+ \r\n",
        "CcG9ydGNhbGw=\r\n", "S+ \r\n", "C*\r\n", "S-ERR off\r\n" },
      "REFUSED off\n", "AUTHORIZATION" },
    { "cram from the capabilities",
      "USER\r\nsasl PLAIN cram-md5 DIGEST-MD5\r\nTOP\r\n", NULL,
      { "CAUTH CRAM-MD5\r\n",
        "S+ PDE4OTYuNjk3MTcwOTUyQHBvc3RvZmZpY2UucmVzdG9uLm1jaS5uZXQ+\r\n",
        "CYWxleCA1MDE0MTVmOTQ0MDk4YWE0ZTA3MGMyNjc1ZDU2ZjA2Yw==\r\n",
        "S+OK in\r\n" },
      "DONE in\n", "TRANSACTION" },
    { "no mechanism of ours", "SASL GSSAPI\r\n", NULL,
      { "CAUTH PLAIN AGFsZXgAcG9ydGNhbGw=\r\n", "S-ERR no\r\n" },
      "REFUSED no\n", "AUTHORIZATION" },
    { "challenge without base64", NULL, "cram-md5",
      { "CAUTH CRAM-MD5\r\n", "S+ <1@x>\r\n", "C*\r\n", "S-ERR off\r\n" },
      "REFUSED off\n", "AUTHORIZATION" },
    { "impostor", NULL, "scram-sha-256",
      { "CAUTH SCRAM-SHA-256 biwsbj1hbGV4LHI9ZDllNGNlYjY2YTM4ZmFjMjg3ZTUzODA"
        "2\r\n",
        "S+OK in\r\n" },
      "FAILED The server let us in without a proof that it knows the "
      "password, too. It may be an impostor.\n",
      "Closed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = greeted ();
    PcAction        *action = fixture_action ("auth", "user", "alex",
                                              "password", "portcall", NULL);
    g_autofree char *events = NULL;

    g_test_message ("%s", rows[i].name);
    if (rows[i].capa != NULL) {
      g_autofree char *ignored = NULL, *seen = NULL;

      act (client, fixture_action ("capa", NULL));
      ignored = fixture_take (client);
      fixture_feed (client, "+OK\r\n");
      fixture_feed (client, rows[i].capa);
      fixture_feed (client, ".\r\n");
      seen = take_events (client);
    }
    if (rows[i].mechanism != NULL)
      pc_action_set (action, "mechanism", rows[i].mechanism);
    act (client, action);
    for (gsize k = 0; rows[i].talk[k] != NULL; k++) {
      g_autofree char *sent = NULL;

      if (rows[i].talk[k][0] == 'S') {
        fixture_feed (client, rows[i].talk[k] + 1);
        continue;
      }
      sent = fixture_take (client);
      g_assert_cmpstr (sent, ==, rows[i].talk[k] + 1);
    }
    events = take_events (client);
    g_assert_cmpstr (events, ==, rows[i].events);
    g_assert_cmpstr (pc_engine_get_state (client), ==, rows[i].state);
  }
}

/* RFC 5034 section 4: a line of 255 octets is the most; what is longer waits
 * for the server. */
static void
test_auth_long (void)
{
  for (gsize n = 160; n < 200; n++) {
    g_autoptr (PcEngine) client = greeted ();
    g_autofree char *password = g_strnfill (n, 'x');
    g_autofree char *sent = NULL, *later = NULL;

    act (client, fixture_action ("auth", "user", "alex", "password", password,
                                 NULL));
    sent = fixture_take (client);
    g_test_message ("%" G_GSIZE_FORMAT, n);
    if (strcmp (sent, "AUTH PLAIN\r\n") != 0) {
      g_assert_cmpuint (strlen (sent), <=, PC_LIMIT_POP3_LINE);
      g_assert_cmpuint (n, <, 180);
      continue;
    }
    g_assert_cmpuint (n, >, 170);
    fixture_feed (client, "+ \r\n");
    later = fixture_take (client);
    g_assert_cmpuint (strlen (later), >, 230);
  }
}

/* RFC 1939 section 7 has the stamp, the secret and the digest. */
static void
test_apop (void)
{
  g_autoptr (PcEngine) client = fixture_client ();
  g_autofree char *ignored = NULL, *sent = NULL, *events = NULL;

  fixture_feed (client, "+OK POP3 server ready "
                        "<1896.697170952@dbc.mtview.ca.us>\r\n");
  ignored = take_events (client);
  act (client, fixture_action ("apop", "user", "mrose", "password",
                               "tanstaaf", NULL));
  sent = fixture_take (client);
  g_assert_cmpstr (sent, ==,
                   "APOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n");
  fixture_feed (client, "+OK in\r\n");
  events = take_events (client);
  g_assert_cmpstr (events, ==, "DONE in\n");
  g_assert_cmpstr (pc_engine_get_state (client), ==, "TRANSACTION");
}

static void
test_login_refused_at_user (void)
{
  g_autoptr (PcEngine) client = greeted ();
  g_autofree char *user = NULL, *nothing = NULL, *events = NULL;

  act (client, fixture_action ("login", "user", "alex", "password", "x",
                               NULL));
  user = fixture_take (client);
  fixture_feed (client, "-ERR no\r\n");
  nothing = fixture_take (client);
  g_assert_cmpstr (nothing, ==, "");
  events = take_events (client);
  g_assert_cmpstr (events, ==, "REFUSED no\n");
}

static void
test_not_possible (void)
{
  static const struct
  {
    const char *name;
    const char *mechanism;
    const char *words;
  } rows[] = {
    { "apop", NULL, "no stamp" }, /* the greeting had none */
    { "auth", "digest-md5", "mechanism is" },
    { "auth", "", "mechanism is" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = greeted ();
    g_autoptr (PcAction) action = NULL;
    g_autoptr (GError) error = NULL;

    action = fixture_action (rows[i].name, "user", "a", "password", "b", NULL);
    if (rows[i].mechanism != NULL)
      pc_action_set (action, "mechanism", rows[i].mechanism);
    g_assert_false (pc_engine_act (client, NOW, action, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    g_assert_nonnull (strstr (error->message, rows[i].words));
    g_assert_true (pc_engine_is_idle (client));
  }
}

static void
test_quit (void)
{
  g_autoptr (PcEngine) client = greeted ();
  g_autofree char *events = NULL;

  act (client, fixture_action ("quit", NULL));
  fixture_feed (client, "+OK bye\r\n");
  events = take_events (client);
  g_assert_cmpstr (events, ==, "DONE bye\n");
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_CLOSING);
  g_assert_cmpstr (pc_engine_get_state (client), ==, "Closed");
}

static void
test_bad_arguments (void)
{
  static const struct
  {
    const char *name;
    const char *param;
    const char *value;
  } rows[] = {
    { "login", "user", "alex" },
    { "user", NULL, NULL },
    { "user", "user", "alex\r\nDELE 1" },
    { "user", "user", "" },
    { "pass", "password", "a\nb" },
    { "raw", "line", "STAT\rQUIT" },
    { "retr", NULL, NULL },
    { "retr", "number", "one" },
    { "retr", "number", "-1" },
    { "retr", "number", "1 2" },
    { "retr", "number", "99999999999999999999" },
    { "top", "number", "1" },
    { "list", "number", "" },
    { "fetch", NULL, NULL },
    { "auth", "user", "alex" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = greeted ();
    g_autoptr (PcAction) action = fixture_action (rows[i].name, NULL);
    g_autoptr (GError) error = NULL;
    g_autofree char *output = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].name);
    if (rows[i].param != NULL)
      pc_action_set (action, rows[i].param, rows[i].value);
    g_assert_false (pc_engine_act (client, NOW, action, &error));
    g_assert_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_ARGUMENT);
    g_assert_true (pc_engine_is_idle (client));
    output = fixture_take (client);
    g_assert_cmpstr (output, ==, "");
  }
}

/* A server that does not keep to the protocol ends the conversation. */
static void
test_bad_servers (void)
{
  static const struct
  {
    const char *greeting;
    const char *action; /* NULL: none */
    const char *reply;
    const char *words; /* in the sentence that says why */
  } rows[] = {
    { "* OK IMAP4rev2 ready\r\n", NULL, "", "* OK IMAP4rev2 ready" },
    { "220 mail ESMTP\r\n", NULL, "", "another protocol" },
    { "-ERR busy\r\n", NULL, "", "busy" },
    { GREETING "+OK more\r\n", NULL, "", "without being asked" },
    { GREETING, NULL, "-ERR idle\r\n", "without being asked" },
    { GREETING, "stat", "250 ok\r\n", "neither" },
    { GREETING, "stat", "+ \r\n", "neither" },
    { GREETING, "stat", "+OK 1 2\r\n+OK 3 4\r\n", "without being asked" },
    { GREETING, "list", "+OK\r\n.\r\nxx\r\n", "without being asked" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcEngine) client = fixture_client ();
    g_autofree char *events = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    fixture_feed (client, rows[i].greeting);
    if (rows[i].action != NULL)
      act (client, fixture_action (rows[i].action, NULL));
    fixture_feed (client, rows[i].reply);
    g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
    g_assert_cmpstr (pc_engine_get_state (client), ==, "Closed");
    events = take_events (client);
    g_assert_nonnull (strstr (events, "FAILED"));
    g_assert_nonnull (strstr (events, rows[i].words));
  }
}

static void
test_endless_line (void)
{
  g_autoptr (PcEngine) client = fixture_client ();
  g_autofree char *text = g_strnfill (PC_LIMIT_POP3_REPLY, 'x');

  fixture_feed (client, text);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
}

static void
test_endless_text (void)
{
  g_autoptr (PcEngine) client = greeted ();
  g_autofree char *text = g_strnfill (1024 * 1024, 'x');

  act (client, fixture_action ("retr", "number", "1", NULL));
  fixture_feed (client, "+OK\r\n");
  for (guint i = 0; i <= PC_LIMIT_MESSAGE / (1024 * 1024); i++) {
    g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);
    fixture_feed (client, text);
  }
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
}

static void
test_silence (void)
{
  g_autoptr (PcEngine) client = fixture_client ();
  g_autofree char *events = NULL;
  gint64           deadline = pc_engine_get_deadline (client);

  g_assert_cmpint (deadline, ==, NOW + PC_LIMIT_WAIT_POP3);
  pc_engine_wake (client, deadline - 1);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_RUNNING);
  pc_engine_wake (client, deadline);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
  events = take_events (client);
  g_assert_cmpstr (events, ==, 
                   "FAILED The server says nothing, though it should greet "
                   "first. Perhaps it is overloaded, or this port wants TLS "
                   "at once.\n");
}

static void
test_lost (void)
{
  g_autoptr (PcEngine) client = greeted ();

  /* Idle, there is nothing to wait for. */
  g_assert_cmpint (pc_engine_get_deadline (client), ==, PC_ENGINE_NEVER);
  act (client, fixture_action ("retr", "number", "1", NULL));
  fixture_feed (client, "+OK\r\nhalf a mess");
  pc_engine_eof (client, NOW);
  g_assert_cmpint (pc_engine_get_status (client), ==, PC_ENGINE_FAILED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/client/actions", test_actions);
  g_test_add_func ("/pop3/client/login", test_login);
  g_test_add_func ("/pop3/client/login-refused-at-user",
                   test_login_refused_at_user);
  g_test_add_func ("/pop3/client/auth", test_auth);
  g_test_add_func ("/pop3/client/auth-long", test_auth_long);
  g_test_add_func ("/pop3/client/apop", test_apop);
  g_test_add_func ("/pop3/client/not-possible", test_not_possible);
  g_test_add_func ("/pop3/client/quit", test_quit);
  g_test_add_func ("/pop3/client/bad-arguments", test_bad_arguments);
  g_test_add_func ("/pop3/client/bad-servers", test_bad_servers);
  g_test_add_func ("/pop3/client/endless-line", test_endless_line);
  g_test_add_func ("/pop3/client/endless-text", test_endless_text);
  g_test_add_func ("/pop3/client/silence", test_silence);
  g_test_add_func ("/pop3/client/lost", test_lost);

  return g_test_run ();
}
