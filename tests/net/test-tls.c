/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TLS without sockets, and over both networks: who is believed and who is
 * not, in any portions, with every record shown. */

#include "net/net.h"

#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>

#define HOST "mail.example.test"
#define START (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC)
#define MAX_TURNS 100000

static PcIdentity *
issue (PcFlaw flaw)
{
  GError      *error = NULL;
  PcAuthority *authority = pc_authority_get_default (&error);
  PcIdentity  *identity;

  g_assert_no_error (error);
  identity = pc_authority_issue (authority, HOST, flaw, &error);
  g_assert_no_error (error);
  return identity;
}

static PcTrust *
trust_ours (void)
{
  GError  *error = NULL;
  PcTrust *trust = pc_trust_new (pc_authority_get_default (NULL), &error);

  g_assert_no_error (error);
  return trust;
}

/* -- two ends, no stream -------------------------------------------------- */

typedef struct
{
  PcTls   *ends[2]; /* client, server */
  GString *plain[2]; /* what each has read */
  GString *log;      /* "c22.1 s22.2 …": who sent what */
  gsize    portion;
} Pair;

static void
pair_init (Pair       *self,
           PcFlaw      flaw,
           const char *host,
           gsize       portion)
{
  g_autoptr (PcIdentity) identity = issue (flaw);
  g_autoptr (PcTrust) trust = trust_ours ();

  self->ends[0] = pc_tls_new_client (trust, host);
  self->ends[1] = pc_tls_new_server (identity);
  self->plain[0] = g_string_new (NULL);
  self->plain[1] = g_string_new (NULL);
  self->log = g_string_new (NULL);
  self->portion = portion;
}

static void
pair_clear (Pair *self)
{
  for (guint i = 0; i < 2; i++) {
    pc_tls_free (self->ends[i]);
    g_string_free (self->plain[i], TRUE);
  }
  g_string_free (self->log, TRUE);
}

static void
note_record (Pair              *self,
             guint              end,
             const PcTlsRecord *record)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (record->wire, &len);

  g_assert_cmpuint (len, >=, 5);
  g_assert_cmpuint (data[3] << 8 | data[4], ==, len - 5);
  g_string_append_printf (self->log, "%c%u", "cs"[end], record->content);
  if (record->detail != G_MAXUINT)
    g_string_append_printf (self->log, ".%u", record->detail);
  g_string_append_c (self->log, ' ');
}

/* TRUE when anything moved. */
static gboolean
pump (Pair *self,
      guint from)
{
  PcTls   *to = self->ends[1 - from];
  gboolean any = FALSE;

  while (TRUE) {
    g_autoptr (PcTlsRecord) record = pc_tls_next_record (self->ends[from]);
    const guint8 *data;
    gsize         len;

    if (record == NULL)
      return any;
    any = TRUE;
    if (!record->outgoing) {
      if (record->plain != NULL)
        g_string_append_len (self->plain[from],
                             g_bytes_get_data (record->plain, NULL),
                             (gssize) g_bytes_get_size (record->plain));
      continue;
    }
    note_record (self, from, record);
    data = g_bytes_get_data (record->wire, &len);
    for (gsize i = 0; i < len; i += self->portion)
      pc_tls_feed (to, data + i, MIN (self->portion, len - i));
  }
}

static void
pump_all (Pair *self)
{
  while (pump (self, 0) | pump (self, 1))
    ;
}

static void
shake (Pair *self)
{
  pc_tls_start (self->ends[0]);
  pc_tls_start (self->ends[1]);
  pump_all (self);
}

static void
test_handshake (gconstpointer data)
{
  gsize            portion = GPOINTER_TO_SIZE (data);
  g_autofree char *words = NULL;
  Pair             pair;

  pair_init (&pair, PC_FLAW_NONE, HOST, portion);
  shake (&pair);
  g_assert_cmpint (pc_tls_get_status (pair.ends[0]), ==, PC_TLS_OPEN);
  g_assert_cmpint (pc_tls_get_status (pair.ends[1]), ==, PC_TLS_OPEN);
  /* RFC 8446 section 2, figure 1; with the compatibility of D.4. */
  g_assert_cmpstr (pair.log->str, ==,
                   "c22.1 s22.2 s20 s22.8 s22.11 s22.15 s22.20 c20 c22.20 ");
  words = pc_tls_describe (pair.ends[0]);
  g_assert_true (g_str_has_prefix (words, "TLS 1.3 · "));

  pc_tls_write (pair.ends[0], (const guint8 *) "a1 NOOP\r\n", 9);
  pc_tls_write (pair.ends[1], (const guint8 *) "* OK\r\n", 6);
  pump_all (&pair);
  g_assert_cmpstr (pair.plain[1]->str, ==, "a1 NOOP\r\n");
  g_assert_cmpstr (pair.plain[0]->str, ==, "* OK\r\n");

  g_string_truncate (pair.log, 0);
  pc_tls_finish (pair.ends[0]);
  pump_all (&pair);
  g_assert_cmpstr (pair.log->str, ==, "c21.0 ");
  g_assert_cmpint (pc_tls_get_status (pair.ends[1]), ==, PC_TLS_ENDED);
  /* The other direction is still there. */
  pc_tls_write (pair.ends[1], (const guint8 *) "bye", 3);
  pump_all (&pair);
  g_assert_cmpstr (pair.plain[0]->str, ==, "* OK\r\nbye");
  g_string_truncate (pair.log, 0);
  pc_tls_finish (pair.ends[1]);
  pump_all (&pair);
  g_assert_cmpstr (pair.log->str, ==, "s21.0 ");
  g_assert_cmpint (pc_tls_get_status (pair.ends[0]), ==, PC_TLS_ENDED);
  g_assert_cmpint (pc_tls_get_status (pair.ends[1]), ==, PC_TLS_ENDED);
  pair_clear (&pair);
}

/* Both ends know the same secrets; each is told once, and those that the
 * records need only. */
static void
test_key_log (void)
{
  static const char *const labels[] = {
    "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
    "SERVER_HANDSHAKE_TRAFFIC_SECRET",
    "CLIENT_TRAFFIC_SECRET_0",
    "SERVER_TRAFFIC_SECRET_0",
  };
  char **lines[2];
  Pair   pair;

  pair_init (&pair, PC_FLAW_NONE, HOST, 65536);
  g_assert_null (pc_tls_take_key_log (pair.ends[0]));
  shake (&pair);
  for (guint i = 0; i < 2; i++) {
    g_autofree char *text = pc_tls_take_key_log (pair.ends[i]);

    g_assert_true (g_str_has_suffix (text, "\n"));
    lines[i] = g_strsplit (text, "\n", -1);
    g_assert_cmpuint (g_strv_length (lines[i]), ==, G_N_ELEMENTS (labels) + 1);
    g_assert_null (pc_tls_take_key_log (pair.ends[i]));
  }
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++) {
    g_autofree char *format = g_strdup_printf (
        "^%s [0-9a-f]{64} [0-9a-f]{64,128}$", labels[i]);
    guint n = 0;

    for (guint k = 0; k < G_N_ELEMENTS (labels); k++)
      n += g_regex_match_simple (format, lines[0][k], 0, 0);
    g_assert_cmpuint (n, ==, 1);
    g_assert_true (g_strv_contains ((const char *const *) lines[1],
                                    lines[0][i]));
  }
  g_strfreev (lines[0]);
  g_strfreev (lines[1]);
  pair_clear (&pair);
}

static void
test_long (void)
{
  g_autofree guint8 *data = g_malloc (100000);
  Pair               pair;

  for (gsize i = 0; i < 100000; i++)
    data[i] = (guint8) (i * 7);
  pair_init (&pair, PC_FLAW_NONE, HOST, 1000);
  shake (&pair);
  pc_tls_write (pair.ends[0], data, 100000);
  pump_all (&pair);
  g_assert_cmpmem (pair.plain[1]->str, pair.plain[1]->len, data, 100000);
  pair_clear (&pair);
}

static const struct
{
  PcFlaw      flaw;
  const char *host;
  guint       alert; /* that the client sends, or 0 for none */
} trusts[] = {
  { PC_FLAW_NONE, HOST, 0 },
  { PC_FLAW_NONE, "localhost", 0 },
  { PC_FLAW_NONE, "127.0.0.1", 0 },
  { PC_FLAW_NONE, "mail.other.test", 42 },
  { PC_FLAW_NONE, "127.0.0.2", 42 },
  { PC_FLAW_NAME, HOST, 42 },
  { PC_FLAW_NAME, "localhost", 42 },
  { PC_FLAW_EXPIRED, HOST, 45 },
  { PC_FLAW_AUTHORITY, HOST, 48 },
};

static void
test_trust (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (trusts); i++) {
    gboolean good = trusts[i].alert == 0;
    g_autofree char *alert = g_strdup_printf ("c21.%u ", trusts[i].alert);
    Pair pair;

    g_test_message ("row %u: flaw %d, host %s", i, trusts[i].flaw,
                    trusts[i].host);
    pair_init (&pair, trusts[i].flaw, trusts[i].host, 4096);
    shake (&pair);
    g_assert_cmpint (pc_tls_get_status (pair.ends[0]), ==,
                     good ? PC_TLS_OPEN : PC_TLS_FAILED);
    g_assert_true (good == (pc_tls_get_problem (pair.ends[0]) == NULL));
    if (!good) {
      g_test_message ("%s", pair.log->str);
      g_assert_true (g_str_has_suffix (pair.log->str, alert));
      g_assert_cmpint (pc_tls_get_status (pair.ends[1]), ==, PC_TLS_FAILED);
      /* Nothing can be said any more. */
      g_string_truncate (pair.log, 0);
      pc_tls_write (pair.ends[0], (const guint8 *) "secret", 6);
      pump_all (&pair);
      g_assert_cmpstr (pair.log->str, ==, "");
    }
    pair_clear (&pair);
  }
}

static const char *const no_tls[] = { "EHLO client.test\r\n", "* OK ready\r\n",
                                      "a1 LOGIN a b\r\n", "\x16\x02\x01",
                                      "G", "\x18\x03\x03\x01\x02", "\x80" };

static void
test_clear_text (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_tls); i++)
    for (guint end = 0; end < 2; end++) {
      Pair pair;

      g_test_message ("row %u, end %u", i, end);
      pair_init (&pair, PC_FLAW_NONE, HOST, 1);
      pc_tls_start (pair.ends[end]);
      pc_tls_feed (pair.ends[end], (const guint8 *) no_tls[i],
                   strlen (no_tls[i]));
      g_assert_cmpint (pc_tls_get_status (pair.ends[end]), ==, PC_TLS_FAILED);
      g_assert_nonnull (pc_tls_get_problem (pair.ends[end]));
      /* And hears nothing any more. */
      pc_tls_feed (pair.ends[end], (const guint8 *) "more", 4);
      pair_clear (&pair);
    }
}

/* A record longer than any may be is not waited for. */
static void
test_too_long (void)
{
  static const guint8 header[] = { 22, 3, 1, 0xff, 0xff };
  Pair                pair;

  pair_init (&pair, PC_FLAW_NONE, HOST, 1);
  pc_tls_start (pair.ends[1]);
  pc_tls_feed (pair.ends[1], header, sizeof header);
  g_assert_cmpint (pc_tls_get_status (pair.ends[1]), ==, PC_TLS_FAILED);
  pair_clear (&pair);
}

/* Whatever is changed on the way behind type and version, nothing is read. */
static void
test_tampered (void)
{
  for (guint at = 3; at < 31; at++) {
    g_autoptr (PcTlsRecord) record = NULL;
    g_autofree guint8 *octets = NULL;
    gsize              len;
    Pair               pair;

    pair_init (&pair, PC_FLAW_NONE, HOST, 4096);
    shake (&pair);
    pc_tls_write (pair.ends[0], (const guint8 *) "a1 NOOP\r\n", 9);
    record = pc_tls_next_record (pair.ends[0]);
    len = g_bytes_get_size (record->wire);
    octets = g_memdup2 (g_bytes_get_data (record->wire, NULL), len);
    octets[at] ^= 1;
    pc_tls_feed (pair.ends[1], octets, len);
    pump_all (&pair);
    g_assert_cmpstr (pair.plain[1]->str, ==, "");
    pair_clear (&pair);
  }
}

static void
test_eof (void)
{
  Pair pair;

  pair_init (&pair, PC_FLAW_NONE, HOST, 4096);
  pc_tls_start (pair.ends[0]);
  pc_tls_eof (pair.ends[0]);
  g_assert_cmpint (pc_tls_get_status (pair.ends[0]), ==, PC_TLS_FAILED);
  pair_clear (&pair);
}

/* -- over a network ------------------------------------------------------- */

typedef PcNet *(*MakeNet) (void);

static PcNet *
make_memory (void)
{
  return pc_memory_new (START, 100);
}

typedef struct
{
  PcStream   *stream;
  PcIdentity *identity; /* servers */
  GString    *received;
  guint       n_records;
  gboolean    opened;
  gboolean    insecure;
  gboolean    ended;
  gboolean    answers; /* and ends, as soon as something is read */
  gboolean    eager;   /* speaks as soon as it may */
} End;

static void
opened_cb (PcStream *stream,
           gpointer  user_data)
{
  End *end = user_data;

  g_assert_false (end->opened);
  g_assert_cmpint (pc_tls_get_status (pc_stream_get_tls (stream)), ==,
                   PC_TLS_OPEN);
  end->opened = TRUE;
  if (end->eager)
    pc_stream_write (stream, "EHLO\r\n", 6);
}

static void
received_cb (PcStream     *stream,
             const guint8 *data,
             gsize         len,
             gpointer      user_data)
{
  End *end = user_data;

  g_assert_true (end->opened);
  g_string_append_len (end->received, (const char *) data, (gssize) len);
  if (end->answers) {
    end->answers = FALSE;
    pc_stream_write (stream, "bye", 3);
    pc_stream_finish (stream);
  }
}

static void
ended_cb (PcStream   *stream,
          PcStreamEnd how,
          gpointer    user_data)
{
  End *end = user_data;

  g_assert_false (end->ended);
  if (how == PC_END_INSECURE)
    end->insecure = TRUE;
  else
    end->ended = TRUE;
}

static void
record_cb (PcStream          *stream,
           const PcTlsRecord *record,
           gpointer           user_data)
{
  ((End *) user_data)->n_records++;
}

static const PcStreamHandler handler = { .opened = opened_cb,
                                         .received = received_cb,
                                         .ended = ended_cb,
                                         .record = record_cb };

static void
accept_cb (PcListener *listener,
           PcStream   *stream,
           gpointer    user_data)
{
  End *end = user_data;

  end->stream = pc_stream_secure (stream, pc_tls_new_server (end->identity),
                                  TRUE, &handler, end);
}

static void
turn_until (PcNet          *net,
            const gboolean *what)
{
  for (guint i = 0; !*what && i < MAX_TURNS; i++)
    if (!pc_net_turn (net))
      break;
  g_assert_true (*what);
}

static void
call (PcNet *net,
      End   *client,
      End   *server,
      PcFlaw flaw)
{
  g_autoptr (PcTrust) trust = trust_ours ();
  g_autoptr (PcListener) listener = NULL;
  PcStream *below;

  server->identity = issue (flaw);
  server->received = g_string_new (NULL);
  client->received = g_string_new (NULL);
  listener = pc_net_listen (net, 0, accept_cb, server, NULL);
  below = pc_net_connect (net, pc_listener_get_port (listener), &handler,
                          client, NULL);
  client->stream = pc_stream_secure (below, pc_tls_new_client (trust, HOST),
                                     FALSE, &handler, client);
  turn_until (net, flaw == PC_FLAW_NONE ? &client->opened : &client->insecure);
  turn_until (net, flaw == PC_FLAW_NONE ? &server->opened : &server->insecure);
}

static void
end_clear (End *self)
{
  g_clear_pointer (&self->stream, pc_stream_free);
  g_clear_pointer (&self->identity, pc_identity_unref);
  g_string_free (self->received, TRUE);
}

static void
test_stream (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  End client = { 0 };
  End server = { 0 };

  call (net, &client, &server, PC_FLAW_NONE);
  pc_stream_write (client.stream, "a1 NOOP\r\n", 9);
  pc_stream_finish (client.stream);
  turn_until (net, &server.ended);
  g_assert_cmpstr (server.received->str, ==, "a1 NOOP\r\n");
  g_assert_cmpuint (client.n_records, >=, 11);
  pc_stream_write (server.stream, "a1 OK\r\n", 7);
  pc_stream_finish (server.stream);
  turn_until (net, &client.ended);
  g_assert_cmpstr (client.received->str, ==, "a1 OK\r\n");
  end_clear (&client);
  end_clear (&server);
}

/* Several records come at once, and the first of them is answered while the
 * others have not been looked at. */
static void
test_answer (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  End client = { .answers = TRUE };
  End server = { 0 };

  call (net, &client, &server, PC_FLAW_NONE);
  pc_stream_write (server.stream, "one", 3);
  pc_stream_write (server.stream, "two", 3);
  pc_stream_finish (server.stream);
  turn_until (net, &client.ended);
  turn_until (net, &server.ended);
  g_assert_cmpstr (client.received->str, ==, "onetwo");
  g_assert_cmpstr (server.received->str, ==, "bye");
  g_assert_false (server.insecure);
  end_clear (&client);
  end_clear (&server);
}

/* The last words of the handshake and the first ones behind it come at once. */
static void
test_eager (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  End client = { .eager = TRUE };
  End server = { 0 };

  call (net, &client, &server, PC_FLAW_NONE);
  pc_stream_finish (client.stream);
  turn_until (net, &server.ended);
  g_assert_cmpstr (server.received->str, ==, "EHLO\r\n");
  end_clear (&client);
  end_clear (&server);
}

/* Who does not believe the certificate says nothing, and both learn it. */
static void
test_insecure (gconstpointer data)
{
  g_autoptr (PcNet) net = ((MakeNet) data) ();
  End client = { 0 };
  End server = { 0 };

  call (net, &client, &server, PC_FLAW_EXPIRED);
  g_assert_false (client.opened);
  g_assert_false (server.opened);
  pc_stream_write (client.stream, "secret", 6);
  turn_until (net, &client.ended);
  turn_until (net, &server.ended);
  g_assert_cmpstr (server.received->str, ==, "");
  end_clear (&client);
  end_clear (&server);
}

static void
test_trust_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcTrust) trust = NULL;
  g_autofree char *path = NULL;
  int              fd = g_file_open_tmp ("portcall-ca-XXXXXX", &path, NULL);

  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (
      path, pc_authority_get_pem (pc_authority_get_default (NULL)), -1, NULL));
  trust = pc_trust_new_from_file (path, &error);
  g_assert_no_error (error);
  g_assert_nonnull (trust);

  g_clear_pointer (&trust, pc_trust_unref);
  g_assert_true (g_file_set_contents (path, "no certificate", -1, NULL));
  trust = pc_trust_new_from_file (path, &error);
  g_assert_error (error, PC_CERTIFICATE_ERROR, 0);
  g_assert_null (trust);
  g_assert_nonnull (strstr (error->message, path));
  g_remove (path);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/tls/handshake/whole", GSIZE_TO_POINTER (65536),
                        test_handshake);
  g_test_add_data_func ("/tls/handshake/octets", GSIZE_TO_POINTER (1),
                        test_handshake);
  g_test_add_func ("/tls/key-log", test_key_log);
  g_test_add_func ("/tls/long", test_long);
  g_test_add_func ("/tls/trust", test_trust);
  g_test_add_func ("/tls/clear-text", test_clear_text);
  g_test_add_func ("/tls/too-long", test_too_long);
  g_test_add_func ("/tls/tampered", test_tampered);
  g_test_add_func ("/tls/eof", test_eof);
  g_test_add_data_func ("/tls/stream/memory", make_memory, test_stream);
  g_test_add_data_func ("/tls/stream/loopback", pc_loopback_new, test_stream);
  g_test_add_data_func ("/tls/answer/memory", make_memory, test_answer);
  g_test_add_data_func ("/tls/answer/loopback", pc_loopback_new, test_answer);
  g_test_add_data_func ("/tls/eager/memory", make_memory, test_eager);
  g_test_add_data_func ("/tls/eager/loopback", pc_loopback_new, test_eager);
  g_test_add_data_func ("/tls/insecure/memory", make_memory, test_insecure);
  g_test_add_data_func ("/tls/insecure/loopback", pc_loopback_new,
                        test_insecure);
  g_test_add_func ("/tls/trust-file", test_trust_file);

  return g_test_run ();
}
