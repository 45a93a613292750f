/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SASL: the examples printed in the RFCs, both ends against each other, and
 * messages that break the rules of their mechanism. */

#include "proto/common/sasl-client.h"
#include "proto/common/sasl-digest.h"
#include "proto/common/sasl-scram.h"
#include "proto/common/sasl-server.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)
#define CRAM_STAMP "<1896.697170952@postoffice.reston.mci.net>"
#define CLIENT_NONCE "rOprNGfwEbeRWgbNEkqO"
#define SERVER_NONCE "%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0"

static const char *
peek (gpointer    users,
      const char *user)
{
  if (strcmp (user, "user") == 0)
    return "pencil";
  if (strcmp (user, "tim") == 0)
    return "tanstaaftanstaaf";
  if (strcmp (user, "a,b=c") == 0)
    return "";

  return NULL;
}

static PcSaslServer *
new_server (PcSaslMechanism mechanism,
            const char     *challenge)
{
  PcSaslServerConfig config = { .mechanism = mechanism,
                                .host = "mail.example.test",
                                .session = 1,
                                .count = 1,
                                .now = NOW,
                                .peek = peek,
                                .challenge = challenge };

  return pc_sasl_server_new (&config);
}

static void
assert_text (GBytes     *bytes,
             const char *text)
{
  gsize       len;
  const char *data = g_bytes_get_data (bytes, &len);

  g_assert_cmpmem (data, len, text, strlen (text));
}

static void
test_names (void)
{
  PcSaslMechanism mechanism;
  GString        *all = g_string_new (NULL);

  for (guint i = 0; i < PC_SASL_N_MECHANISMS; i++) {
    const char *name = pc_sasl_get_name (i);

    g_assert_true (pc_sasl_find (name, strlen (name), &mechanism));
    g_assert_cmpuint (mechanism, ==, i);
    g_string_append_printf (all, "%s%s", i == 0 ? "" : " ", name);
  }
  g_assert_cmpstr (all->str, ==, PC_SASL_NAMES);
  g_string_free (all, TRUE);

  g_assert_true (pc_sasl_find ("cram-md5", 8, &mechanism));
  g_assert_false (pc_sasl_find ("CRAM", 4, &mechanism));
  g_assert_false (pc_sasl_find ("", 0, &mechanism));
}

/* RFC 1939 section 7, RFC 2195 section 2 */
static void
test_digests (void)
{
  g_autofree char *apop = NULL;
  g_autofree char *cram = NULL;

  apop = pc_sasl_digest_apop ("<1896.697170952@dbc.mtview.ca.us>",
                              "tanstaaf");
  g_assert_cmpstr (apop, ==, "c4c9334bac560ecc979e58001b3e22fb");
  cram = pc_sasl_digest_cram (CRAM_STAMP, "tanstaaftanstaaf");
  g_assert_cmpstr (cram, ==, "b913a602c7eda7a495b4e6e7334d3890");
}

static void
test_equal (void)
{
  static const struct
  {
    const char *given;
    const char *expected;
    gboolean    equal;
  } rows[] = {
    { "", "", TRUE },        { "a", "a", TRUE },     { "abc", "abc", TRUE },
    { "", "a", FALSE },      { "a", "", FALSE },     { "ab", "a", FALSE },
    { "a", "ab", FALSE },    { "abd", "abc", FALSE }, { "xbc", "abc", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("“%s” “%s”", rows[i].given, rows[i].expected);
    g_assert_cmpint (pc_sasl_equal (rows[i].given, rows[i].expected), ==,
                     rows[i].equal);
  }
}

/* No two logins get the same. */
static void
test_stamps (void)
{
  g_autofree char *stamp = pc_sasl_make_stamp ("h.test", 1, 2, 3);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal,
                                                       g_free, NULL);

  g_assert_cmpstr (stamp, ==, "<1.2.3@h.test>");
  for (guint session = 0; session < 12; session++) {
    for (guint count = 0; count < 12; count++) {
      for (gint64 now = 0; now < 12; now++) {
        char *nonce = pc_sasl_make_nonce ("h.test", session, count, now);

        g_assert_cmpuint (strlen (nonce), ==, 24);
        g_assert_null (strchr (nonce, ','));
        g_assert_true (g_hash_table_add (seen, nonce));
      }
    }
  }
}

static void
test_cram_example (void)
{
  g_autoptr (PcSaslServer) server = new_server (PC_SASL_CRAM_MD5, CRAM_STAMP);
  g_autoptr (PcSaslClient) client = NULL;
  g_autoptr (GBytes) nothing = NULL;
  g_autoptr (GBytes) challenge = NULL;
  g_autoptr (GBytes) response = NULL;
  g_autoptr (GBytes) end = NULL;

  client = pc_sasl_client_new (PC_SASL_CRAM_MD5, "tim", "tanstaaftanstaaf",
                               "");
  g_assert_cmpint (pc_sasl_client_step (client, NULL, &nothing), ==,
                   PC_SASL_MORE);
  g_assert_null (nothing);
  g_assert_cmpint (pc_sasl_server_step (server, NULL, &challenge), ==,
                   PC_SASL_MORE);
  assert_text (challenge, CRAM_STAMP);
  g_assert_cmpint (pc_sasl_client_step (client, challenge, &response), ==,
                   PC_SASL_DONE);
  assert_text (response, "tim b913a602c7eda7a495b4e6e7334d3890");
  g_assert_cmpint (pc_sasl_server_step (server, response, &end), ==,
                   PC_SASL_DONE);
  g_assert_cmpstr (pc_sasl_server_get_user (server), ==, "tim");
}

/* RFC 7677 section 3: the client against the printed server. */
static void
test_scram_example (void)
{
  g_autoptr (PcSaslClient) client = NULL;
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) final = NULL;
  g_autoptr (GBytes) empty = NULL;
  g_autoptr (GBytes) server_first = NULL;
  g_autoptr (GBytes) server_final = NULL;
  const char *text;

  client = pc_sasl_client_new (PC_SASL_SCRAM_SHA_256, "user", "pencil",
                               CLIENT_NONCE);
  g_assert_cmpint (pc_sasl_client_step (client, NULL, &first), ==,
                   PC_SASL_MORE);
  assert_text (first, "n,,n=user,r=" CLIENT_NONCE);

  text = "r=" CLIENT_NONCE SERVER_NONCE ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";
  server_first = g_bytes_new (text, strlen (text));
  g_assert_cmpint (pc_sasl_client_step (client, server_first, &final), ==,
                   PC_SASL_MORE);
  assert_text (final, "c=biws,r=" CLIENT_NONCE SERVER_NONCE
                      ",p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");

  text = "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=";
  server_final = g_bytes_new (text, strlen (text));
  g_assert_false (pc_sasl_client_is_done (client));
  g_assert_cmpint (pc_sasl_client_step (client, server_final, &empty), ==,
                   PC_SASL_DONE);
  g_assert_true (pc_sasl_client_is_done (client));
  g_assert_cmpuint (g_bytes_get_size (empty), ==, 0);
}

/* The same example from the server's side: its proof and its signature. */
static void
test_scram_keys (void)
{
  static const char message[] =
      "n=user,r=" CLIENT_NONCE ",r=" CLIENT_NONCE SERVER_NONCE
      ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096,c=biws,r=" CLIENT_NONCE SERVER_NONCE;
  g_autoptr (GBytes) salt = pc_sasl_decode ("W22ZaJ0SNY7soEsUEjb6gQ==", 24);
  g_autofree char *signature = NULL;
  PcScramKeys      keys;

  pc_scram_derive (&keys, "pencil", g_bytes_get_data (salt, NULL), 16, 4096);
  g_assert_true (pc_scram_check_proof (
      &keys, message, "dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
  g_assert_false (pc_scram_check_proof (
      &keys, message, "eHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ="));
  g_assert_false (pc_scram_check_proof (&keys, "n=user", "AAAA"));
  g_assert_false (pc_scram_check_proof (&keys, "n=user", "?"));
  signature = pc_scram_make_signature (&keys, message);
  g_assert_cmpstr (signature, ==,
                   "6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=");
}

static void
test_scram_names (void)
{
  static const struct
  {
    const char *name;
    const char *text;
  } rows[] = {
    { "alex", "alex" }, { "a,b=c", "a=2Cb=3Dc" }, { NULL, "a=b" },
    { NULL, "a=2c" },   { NULL, "a=" },           { NULL, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *name = pc_scram_unescape (rows[i].text);

    g_test_message ("%s", rows[i].text);
    g_assert_cmpstr (name, ==, rows[i].name);
    if (name != NULL) {
      g_autofree char *text = pc_scram_escape (name);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
  }
}

/* Whole exchanges; what the server says at the end. */
static PcSaslStatus
talk (PcSaslMechanism mechanism,
      const char     *user,
      const char     *password,
      gboolean       *client_done)
{
  g_autoptr (PcSaslServer) server = new_server (mechanism, NULL);
  g_autoptr (PcSaslClient) client = NULL;
  g_autoptr (GBytes) response = NULL;
  PcSaslStatus status;

  client = pc_sasl_client_new (mechanism, user, password, CLIENT_NONCE);
  pc_sasl_client_step (client, NULL, &response);
  for (;;) {
    g_autoptr (GBytes) challenge = NULL;

    status = pc_sasl_server_step (server, response, &challenge);
    g_clear_pointer (&response, g_bytes_unref);
    *client_done = pc_sasl_client_is_done (client);
    if (status != PC_SASL_MORE)
      return status;
    g_assert_nonnull (challenge);
    if (pc_sasl_client_step (client, challenge, &response) ==
        PC_SASL_REFUSED) {
      g_assert_null (response);
      return PC_SASL_REFUSED;
    }
  }
}

static void
test_talks (void)
{
  static const struct
  {
    const char  *user;
    const char  *password;
    PcSaslStatus status;
  } rows[] = {
    { "user", "pencil", PC_SASL_DONE },
    { "user", "pencil ", PC_SASL_REFUSED },
    { "user", "p", PC_SASL_REFUSED },
    { "who", "pencil", PC_SASL_REFUSED },
    { "tim", "pencil", PC_SASL_REFUSED },
    { "tim", "tanstaaftanstaaf", PC_SASL_DONE },
    { "who", "x", PC_SASL_REFUSED },
  };

  for (guint m = 0; m < PC_SASL_N_MECHANISMS; m++) {
    for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
      gboolean     client_done = FALSE;
      PcSaslStatus status = talk (m, rows[i].user, rows[i].password,
                                  &client_done);

      g_test_message ("%s %s %s", pc_sasl_get_name (m), rows[i].user,
                      rows[i].password);
      g_assert_cmpint (status, ==, rows[i].status);
      if (status == PC_SASL_DONE)
        g_assert_true (client_done);
    }
  }
}

/* No password is not the same as an empty one. */
static void
test_strangers (void)
{
  gboolean client_done;

  for (guint m = PC_SASL_LOGIN; m < PC_SASL_N_MECHANISMS; m++) {
    g_test_message ("%s", pc_sasl_get_name (m));
    g_assert_cmpint (talk (m, "who", "", &client_done), ==, PC_SASL_REFUSED);
    g_assert_cmpint (talk (m, "a,b=c", "", &client_done), ==, PC_SASL_DONE);
  }
}

static void
test_bad_clients (void)
{
  static const struct
  {
    PcSaslMechanism mechanism;
    const char     *response;
    gsize           len; /* 0: a string */
  } rows[] = {
    { PC_SASL_PLAIN, "" },
    { PC_SASL_PLAIN, "user" },
    { PC_SASL_PLAIN, "tim\0user\0pencil", 15 },
    { PC_SASL_LOGIN, "us\0er", 5 },
    { PC_SASL_LOGIN, "\377" },
    { PC_SASL_CRAM_MD5, "" },
    { PC_SASL_CRAM_MD5, "user" },
    { PC_SASL_CRAM_MD5, "user " },
    { PC_SASL_CRAM_MD5, " " },
    { PC_SASL_SCRAM_SHA_256, "" },
    { PC_SASL_SCRAM_SHA_256, "n" },
    { PC_SASL_SCRAM_SHA_256, "n,," },
    { PC_SASL_SCRAM_SHA_256, "n,,n=user" },
    { PC_SASL_SCRAM_SHA_256, "n,,n=user," },
    { PC_SASL_SCRAM_SHA_256, "n,,n=user,r=" },
    { PC_SASL_SCRAM_SHA_256, "n,,n=,r=abc" },
    { PC_SASL_SCRAM_SHA_256, "n,,n=us=er,r=abc" },
    { PC_SASL_SCRAM_SHA_256, "n,,m=x,n=user,r=abc" },
    { PC_SASL_SCRAM_SHA_256, "n,a=tim,n=user,r=abc" },
    { PC_SASL_SCRAM_SHA_256, "n,a=user" },
    { PC_SASL_SCRAM_SHA_256, "n,x,n=user,r=abc" },
    { PC_SASL_SCRAM_SHA_256, "p=tls-unique,,n=user,r=abc" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcSaslServer) server = new_server (rows[i].mechanism, NULL);
    gsize len = rows[i].len > 0 ? rows[i].len : strlen (rows[i].response);
    g_autoptr (GBytes) response = g_bytes_new (rows[i].response, len);
    g_autoptr (GBytes) challenge = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (pc_sasl_server_step (server, response, &challenge), ==,
                     PC_SASL_REFUSED);
    g_assert_null (challenge);
  }
}

/* The second message of SCRAM, broken in one place each. */
static void
test_bad_scram_final (void)
{
  static const char *const rows[] = {
    "", ",p=", "c=biws", "c=biws,r=@", "c=biws,r=@,p=", "c=biws,r=@,p=AAAA",
    "c=eSws,r=@,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "c=biws,r=abc,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
    "c=biws,r=@,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcSaslServer) server = new_server (PC_SASL_SCRAM_SHA_256, "S");
    g_autoptr (GBytes) first = g_bytes_new ("n,,n=user,r=abc", 15);
    g_auto (GStrv) parts = g_strsplit (rows[i], "@", 2);
    g_autofree char *text = g_strjoinv ("abcS", parts);
    g_autoptr (GBytes) final = g_bytes_new (text, strlen (text));
    g_autoptr (GBytes) challenge = NULL;
    g_autoptr (GBytes) nothing = NULL;

    g_test_message ("%s", text);
    g_assert_cmpint (pc_sasl_server_step (server, first, &challenge), ==,
                     PC_SASL_MORE);
    g_assert_cmpint (pc_sasl_server_step (server, final, &nothing), ==,
                     PC_SASL_REFUSED);
    g_assert_null (nothing);
  }
}

static void
test_bad_servers (void)
{
  static const struct
  {
    const char *first;
    const char *final; /* NULL: refused before */
  } rows[] = {
    { "", NULL },
    { "r=abc", NULL },
    { "r=abcS,s=AAAA", NULL },
    { "r=abc,s=AAAA,i=4096", NULL },  /* nothing of its own */
    { "r=xyzS,s=AAAA,i=4096", NULL }, /* not our nonce */
    { "r=abcS,s=,i=4096", NULL },
    { "r=abcS,s=?,i=4096", NULL },
    { "r=abcS,s=AAAA,i=1", NULL },
    { "r=abcS,s=AAAA,i=0", NULL },
    { "r=abcS,s=AAAA,i=99999999999", NULL },
    { "m=x,r=abcS,s=AAAA,i=4096", NULL },
    { "r=abcS,s=AAAA,i=4096", "" },
    { "r=abcS,s=AAAA,i=4096", "v=" },
    { "r=abcS,s=AAAA,i=4096", "e=other-error" },
    { "r=abcS,s=AAAA,i=4096",
      "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcSaslClient) client = NULL;
    g_autoptr (GBytes) begin = NULL;
    g_autoptr (GBytes) proof = NULL;
    g_autoptr (GBytes) end = NULL;
    g_autoptr (GBytes) first = NULL;
    g_autoptr (GBytes) final = NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].first);
    client = pc_sasl_client_new (PC_SASL_SCRAM_SHA_256, "user", "pencil",
                                 "abc");
    pc_sasl_client_step (client, NULL, &begin);
    first = g_bytes_new (rows[i].first, strlen (rows[i].first));
    g_assert_cmpint (pc_sasl_client_step (client, first, &proof), ==,
                     rows[i].final != NULL ? PC_SASL_MORE : PC_SASL_REFUSED);
    if (rows[i].final == NULL)
      continue;
    final = g_bytes_new (rows[i].final, strlen (rows[i].final));
    g_assert_cmpint (pc_sasl_client_step (client, final, &end), ==,
                     PC_SASL_REFUSED);
    g_assert_false (pc_sasl_client_is_done (client));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sasl/names", test_names);
  g_test_add_func ("/sasl/digests", test_digests);
  g_test_add_func ("/sasl/equal", test_equal);
  g_test_add_func ("/sasl/stamps", test_stamps);
  g_test_add_func ("/sasl/cram-example", test_cram_example);
  g_test_add_func ("/sasl/scram-example", test_scram_example);
  g_test_add_func ("/sasl/scram-keys", test_scram_keys);
  g_test_add_func ("/sasl/scram-names", test_scram_names);
  g_test_add_func ("/sasl/talks", test_talks);
  g_test_add_func ("/sasl/strangers", test_strangers);
  g_test_add_func ("/sasl/bad-clients", test_bad_clients);
  g_test_add_func ("/sasl/bad-scram-final", test_bad_scram_final);
  g_test_add_func ("/sasl/bad-servers", test_bad_servers);

  return g_test_run ();
}
