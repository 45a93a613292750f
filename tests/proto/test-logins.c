/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Logins that go wrong, on all servers and in every way there is: strangers
 * and wrong passwords look the same and wait the same, and guessing gets
 * slower until it ends. */

#include "servers.h"

#include "base/limits.h"
#include "proto/common/sasl-client.h"
#include "proto/common/sasl-digest.h"

#include <string.h>

/* Besides the mechanisms of SASL, which the servers name themselves. */
typedef struct
{
  guint       server;
  const char *mechanism; /* NULL: the protocol's own way, below */
  gboolean    initial;   /* the first answer goes along with the command */
  gboolean    apop;
} Way;

static const Way ways[] = {
  { 0, NULL },
  { 0, "PLAIN", TRUE },
  { 0, "PLAIN", FALSE },
  { 0, "LOGIN", FALSE },
  { 0, "CRAM-MD5", FALSE },
  { 0, "SCRAM-SHA-256", TRUE },
  { 1, NULL },
  { 1, NULL, FALSE, TRUE },
  { 1, "PLAIN", TRUE },
  { 1, "PLAIN", FALSE },
  { 1, "LOGIN", FALSE },
  { 1, "CRAM-MD5", FALSE },
  { 1, "SCRAM-SHA-256", TRUE },
  { 2, "PLAIN", TRUE },
  { 2, "PLAIN", FALSE },
  { 2, "LOGIN", FALSE },
  { 2, "LOGIN", TRUE },
  { 2, "CRAM-MD5", FALSE },
  { 2, "SCRAM-SHA-256", TRUE },
};

static const struct
{
  const char *user;
  const char *password;
} guesses[] = {
  { "alex", "wrong" },         { "nobody", "portcall" },
  { "nobody", "wrong" },       { "alex", "portcall " },
  { "alex", "Portcall" },      { "alex", "portcal" },
  { "alex@other.test", "portcall" }, { "ale", "portcall" },
  { "alexx", "portcall" },
};

/* What the server says of itself has the mechanism. */
static gboolean
is_offered (Server     *server,
            const char *mechanism)
{
  static const char *const questions[] = { "c CAPABILITY\r\n", "CAPA\r\n",
                                           "EHLO pc\r\n" };
  g_autofree char *text =
      server_ask (server, questions[server->kind - server_kinds]);

  return mechanism == NULL || strstr (text, mechanism) != NULL;
}

static void
say_with_sasl (Server     *server,
               const Way  *way,
               const char *user,
               const char *password)
{
  const ServerKind *kind = server->kind;
  g_autoptr (PcSaslClient) client = NULL;
  g_autofree char *open = NULL;
  g_autofree char *command = NULL;
  g_autofree char *reply = NULL;
  g_auto (GStrv) parts = g_strsplit (kind->auth, "%s", 2);
  PcSaslMechanism  mechanism;

  g_assert_true (pc_sasl_find (way->mechanism, strlen (way->mechanism),
                               &mechanism));
  client = pc_sasl_client_new (mechanism, user, password, "abc");
  open = pc_sasl_client_open (client, way->initial ? 1000 : 0);
  command = g_strconcat (parts[0], open, parts[1], NULL);
  server_feed (server, command);
  for (reply = server_take (server); *reply != '\0';) {
    g_autofree char *answer = NULL;
    g_autofree char *line = NULL;

    g_assert_true (g_str_has_prefix (reply, kind->challenge));
    answer = pc_sasl_client_answer (client, reply + strlen (kind->challenge),
                                    strlen (reply) - 2 -
                                        strlen (kind->challenge));
    line = g_strconcat (answer, "\r\n", NULL);
    server_feed (server, line);
    g_free (reply);
    reply = server_take (server);
  }
}

/* Everything up to the last word of the client. */
static void
say_login (Server     *server,
           const Way  *way,
           const char *user,
           const char *password)
{
  g_autofree char *text = NULL;
  g_autofree char *answer = NULL;

  if (way->mechanism != NULL) {
    say_with_sasl (server, way, user, password);
    return;
  }

  if (way->apop) {
    g_autofree char *stamp = pc_sasl_make_stamp ("mail.example.test", 1, 0,
                                                 SERVERS_NOW);
    g_autofree char *digest = pc_sasl_digest_apop (stamp, password);

    text = g_strdup_printf ("APOP %s %s\r\n", user, digest);
  } else if (way->server == 0) {
    text = g_strdup_printf ("a LOGIN \"%s\" \"%s\"\r\n", user, password);
  } else {
    text = g_strdup_printf ("USER %s\r\n", user);
    answer = server_ask (server, text);
    g_assert_cmpstr (answer, ==, "+OK Now the password\r\n");
    g_free (text);
    text = g_strdup_printf ("PASS %s\r\n", password);
  }
  server_feed (server, text);
}

/* The refusal, and when it came. */
static char *
refuse (const Way  *way,
        const char *user,
        const char *password,
        gint64     *delay)
{
  g_auto (Server) server = { 0 };
  g_autofree char *early = NULL;
  gint64           begin;

  server_init (&server, &server_kinds[way->server]);
  if (!is_offered (&server, way->mechanism))
    return NULL;

  begin = server.now;
  say_login (&server, way, user, password);
  early = server_take (&server);
  g_assert_cmpstr (early, ==, "");
  pc_engine_wake (server.engine, begin + PC_LIMIT_LOGIN_DELAY - 1);
  g_free (early);
  early = server_take (&server);
  g_assert_cmpstr (early, ==, "");
  g_assert_true (server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX));
  g_assert_true (server_is_running (&server));
  *delay = server.now - begin;

  return server_take (&server);
}

static void
test_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_autofree char *first = NULL;

    for (guint k = 0; k < G_N_ELEMENTS (guesses); k++) {
      gint64           delay = 0;
      g_autofree char *reply = NULL;

      g_test_message ("%s, %s%s: %s, %s", server_kinds[ways[i].server].id,
                      ways[i].mechanism != NULL ? ways[i].mechanism
                      : ways[i].apop            ? "APOP"
                                                : "its own way",
                      ways[i].initial ? " at once" : "", guesses[k].user,
                      guesses[k].password);
      reply = refuse (&ways[i], guesses[k].user, guesses[k].password, &delay);
      if (reply == NULL)
        break;
      g_assert_cmpint (delay, ==, PC_LIMIT_LOGIN_DELAY);
      g_assert_true (g_str_has_suffix (reply, "\r\n"));
      g_assert_cmpuint (strlen (reply), >, 10);
      if (first == NULL)
        first = g_steal_pointer (&reply);
      else
        g_assert_cmpstr (reply, ==, first);
    }
  }
}

/* All the ways together have so many guesses, and the right one no wait. */
static void
test_enough (void)
{
  for (guint s = 0; s < N_SERVERS; s++) {
    g_auto (Server) server = { 0 };
    guint  n = 0;
    gint64 delay = PC_LIMIT_LOGIN_DELAY;

    server_init (&server, &server_kinds[s]);
    is_offered (&server, NULL); /* says EHLO */
    for (guint i = 0; n < PC_LIMIT_LOGIN_FAILURES;
         i = (i + 1) % G_N_ELEMENTS (ways)) {
      gint64           begin = server.now;
      g_autofree char *reply = NULL;

      if (ways[i].server != s || !is_offered (&server, ways[i].mechanism))
        continue;
      g_test_message ("%s, failure %u", server.kind->id, ++n);
      say_login (&server, &ways[i], "alex", "wrong");
      g_assert_true (server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX));
      g_assert_cmpint (server.now - begin, ==, delay);
      delay = MIN (2 * delay, PC_LIMIT_LOGIN_DELAY_MAX);
      reply = server_take (&server);
      g_assert_cmpint (server_is_running (&server), ==,
                       n < PC_LIMIT_LOGIN_FAILURES);
      g_assert_cmpint (strstr (reply, server.kind->bye) != NULL, ==,
                       n == PC_LIMIT_LOGIN_FAILURES || s == 1);
    }
  }
}

static void
test_right (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (ways); i++) {
    g_auto (Server) server = { 0 };
    g_autofree char *reply = NULL;

    if (ways[i].mechanism != NULL) /* its last word is the server's */
      continue;
    server_init (&server, &server_kinds[ways[i].server]);
    g_test_message ("%s", server.kind->id);
    say_login (&server, &ways[i], "robin", "portcall");
    reply = server_take (&server);
    g_assert_nonnull (strstr (reply, "OK "));
    g_assert_cmpint (server.now, ==, SERVERS_NOW);
  }
}

/* Nothing that stands behind a wrong password is read before its refusal. */
static void
test_order (void)
{
  static const char *const wrong[] = {
    "a LOGIN alex wrong\r\n", "USER alex\r\nPASS wrong\r\n",
    "EHLO pc\r\nAUTH PLAIN AGFsZXgAd3Jvbmc=\r\n"
  };

  for (guint s = 0; s < N_SERVERS; s++) {
    g_auto (Server) server = { 0 };
    g_autofree char *text = NULL;
    g_autofree char *early = NULL;
    g_autofree char *first = NULL;
    g_autofree char *late = NULL;
    const char      *next;

    server_init (&server, &server_kinds[s]);
    g_test_message ("%s", server.kind->id);
    text = g_strconcat (wrong[s], server.kind->noop, "\026\003\001", NULL);
    first = server_ask (&server, wrong[s]);
    server_feed (&server, text);
    /* The store changed, perhaps: no reason to hurry. */
    pc_engine_wake (server.engine, server.now);
    early = server_take (&server);
    g_assert_true (g_str_has_prefix (first, early));
    g_assert_cmpuint (strlen (early), <, strlen (first));
    g_assert_true (server_is_running (&server));
    g_assert_true (server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX));
    late = server_take (&server);
    g_assert_true (g_str_has_prefix (late, first + strlen (early)));
    next = late + strlen (first) - strlen (early);
    g_assert_true (g_str_has_prefix (next, server.kind->noop_says));
    g_assert_false (server_is_running (&server)); /* that was no command */
  }
}

/* Who goes on talking meanwhile is not remembered for ever. */
static void
test_flood (void)
{
  static const char *const wrong[] = {
    "a LOGIN alex wrong\r\n", "USER alex\r\nPASS wrong\r\n",
    "EHLO pc\r\nAUTH PLAIN AGFsZXgAd3Jvbmc=\r\n"
  };
  g_autofree char *block = g_strnfill (4096, 'x');

  for (guint s = 0; s < N_SERVERS; s++) {
    g_auto (Server) server = { 0 };
    g_autofree char *last = NULL;

    server_init (&server, &server_kinds[s]);
    g_test_message ("%s", server.kind->id);
    server_feed (&server, wrong[s]);
    g_free (server_take (&server));
    for (guint i = 0; i < 1024; i++) {
      server_feed (&server, block);
      g_assert_cmpuint (server_get_kept (&server), <=,
                        PC_LIMIT_POP3_INPUT + 4096);
    }
    last = server_take (&server);
    g_assert_true (g_str_has_prefix (last, server.kind->bye));
    g_assert_false (server_is_running (&server));
  }
}

/* STARTTLS gives no new guesses; behind a wrong password it waits its turn,
 * and what stands behind it is thrown away. */
static void
test_tls (void)
{
  static const struct
  {
    const char *wrong;
    const char *starttls;
    const char *go;
  } rows[N_SERVERS] = {
    { "a LOGIN alex wrong\r\n", "t STARTTLS\r\n", "t OK " },
    { "USER alex\r\nPASS wrong\r\n", "STLS\r\n", "+OK Begin" },
    { "EHLO pc\r\nAUTH PLAIN AGFsZXgAd3Jvbmc=\r\n", "STARTTLS\r\n",
      "220 " },
  };

  for (guint s = 0; s < N_SERVERS; s++) {
    g_auto (Server) server = { 0 };
    g_autofree char *text = g_strconcat (rows[s].wrong, rows[s].starttls,
                                         server_kinds[s].login, NULL);
    g_autofree char *early = NULL;
    g_autofree char *late = NULL;
    gint64           begin;

    server_init (&server, &server_kinds[s]);
    g_test_message ("%s", server.kind->id);
    server_feed (&server, text);
    early = server_take (&server);
    g_assert_null (strstr (early, rows[s].go));
    g_assert_true (server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX));
    late = server_take (&server);
    g_assert_nonnull (strstr (late, rows[s].go));
    g_assert_cmpstr (strchr (strstr (late, rows[s].go), '\n'), ==, "\n");
    g_assert_cmpint (pc_engine_get_security (server.engine), ==,
                     PC_SECURITY_WANTED);
    pc_engine_secured (server.engine, server.now);
    g_assert_cmpuint (server_get_kept (&server), ==, 0);

    begin = server.now;
    server_feed (&server, rows[s].wrong);
    g_assert_true (server_wait (&server, PC_LIMIT_LOGIN_DELAY_MAX));
    g_assert_cmpint (server.now - begin, ==, 2 * PC_LIMIT_LOGIN_DELAY);
  }
}

/* A peer that leaves meanwhile ends it at once. */
static void
test_gone (void)
{
  for (guint s = 0; s < N_SERVERS; s++) {
    g_auto (Server) server = { 0 };
    const Way       *way = &ways[s == 0 ? 0 : s == 1 ? 6 : 13];

    server_init (&server, &server_kinds[s]);
    g_assert_cmpuint (way->server, ==, s);
    is_offered (&server, NULL);
    say_login (&server, way, "alex", "wrong");
    pc_engine_eof (server.engine, server.now);
    g_assert_false (server_is_running (&server));
    g_assert_cmpint (pc_engine_get_deadline (server.engine), ==,
                     PC_ENGINE_NEVER);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/logins/same", test_same);
  g_test_add_func ("/logins/enough", test_enough);
  g_test_add_func ("/logins/right", test_right);
  g_test_add_func ("/logins/order", test_order);
  g_test_add_func ("/logins/flood", test_flood);
  g_test_add_func ("/logins/tls", test_tls);
  g_test_add_func ("/logins/gone", test_gone);

  return g_test_run ();
}
