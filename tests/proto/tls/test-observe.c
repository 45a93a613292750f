/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole conversations of OpenSSL and GnuTLS, and what no honest program
 * sends. */

#include "fixture.h"

#include "base/limits.h"

#include <string.h>

static const char *const handshakes[] = {
  "gnutls",
  "gnutls-untrusted",
  "handshake-failure",
  "protocol-version",
  "tls12",
  "tls12-client-certificate",
  "tls12-rsa",
  "tls12-unknown-ca",
  "tls13",
  "tls13-retry",
  "tls13-unknown-ca",
};

static char *
load_text (const char *name,
           const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", file,
                                                 NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
run (const char *name,
     gsize       step)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autoptr (GPtrArray) pieces = fixture_load (name);

  fixture_feed (observer, pieces, step);
  return fixture_describe (observer);
}

static void
test_handshakes (void)
{
  static const gsize steps[] = { G_MAXSIZE, 1, 3, 17, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (handshakes); i++) {
    g_autofree char *expected = load_text (handshakes[i], ".txt");

    for (guint j = 0; j < G_N_ELEMENTS (steps); j++) {
      g_autofree char *units = run (handshakes[i], steps[j]);

      g_test_message ("%s by %" G_GSIZE_FORMAT, handshakes[i], steps[j]);
      g_assert_cmpstr (units, ==, expected);
    }
  }
}

static void
test_fields (void)
{
  static const char *const names[] = { "tls12-client-certificate", "tls13",
                                       "tls13-retry" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *expected = load_text (names[i], ".fields");
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autoptr (GPtrArray) pieces = fixture_load (names[i]);
    g_autoptr (GString) text = g_string_new (NULL);
    PcUnit *next;

    g_test_message ("%s", names[i]);
    fixture_feed (observer, pieces, G_MAXSIZE);
    while ((next = pc_observer_next (observer)) != NULL) {
      g_autoptr (PcUnit) unit = next;
      g_autofree char *fields = fixture_describe_fields (unit);

      g_string_append_printf (text, "%s\n%s", unit->rule, fields);
    }
    g_assert_cmpstr (text->str, ==, expected);
  }
}

/* -- hints ---------------------------------------------------------------- */

static void
hint_tls13 (PcObserver *observer)
{
  static const guint server[] = { 8, 11, 15, 20, 4, 4 };

  for (guint i = 0; i < G_N_ELEMENTS (server); i++)
    pc_tls_observer_hint (observer, PC_SIDE_SERVER, 22, server[i]);
  pc_tls_observer_hint (observer, PC_SIDE_SERVER, 21, 0);
  pc_tls_observer_hint (observer, PC_SIDE_CLIENT, 22, 20);
  pc_tls_observer_hint (observer, PC_SIDE_CLIENT, 23, 0);
  pc_tls_observer_hint (observer, PC_SIDE_CLIENT, 21, 0);
}

static void
test_hints (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autoptr (GPtrArray) pieces = fixture_load ("tls13");
  g_autofree char *units = NULL;

  hint_tls13 (observer);
  fixture_feed (observer, pieces, 1);
  units = fixture_describe (observer);
#define SHAKING " [TLS handshake, TLS handshake]\n"
#define ENCRYPTED " [Encrypted, Encrypted]\n"
  g_assert_cmpstr (
      units, ==,
      "> tls.client-hello: ClientHello (mail.example.test)" SHAKING
      "< tls.server-hello: ServerHello (TLS 1.3, TLS_AES_256_GCM_SHA384)" //
      SHAKING
      "< tls.change-cipher-spec.compat: ChangeCipherSpec" SHAKING
      "< tls.encrypted-extensions: EncryptedExtensions, encrypted "
      "(34 octets)" SHAKING
      "< tls.certificate: Certificate, encrypted (1230 octets)" SHAKING
      "< tls.certificate-verify: CertificateVerify, encrypted "
      "(96 octets)" SHAKING
      "< tls.finished: Finished, encrypted (69 octets)" SHAKING
      "> tls.change-cipher-spec.compat: ChangeCipherSpec" SHAKING
      "> tls.finished: Finished, encrypted (69 octets)" ENCRYPTED
      "< tls.new-session-ticket: NewSessionTicket, encrypted "
      "(250 octets)" ENCRYPTED
      "< tls.new-session-ticket: NewSessionTicket, encrypted "
      "(250 octets)" ENCRYPTED
      "> tls.data: Application data, encrypted (23 octets)" ENCRYPTED
      "> tls.alert.close-notify: Alert: close_notify, encrypted "
      "(19 octets) [Closed, Encrypted]\n"
      "< tls.alert.close-notify: Alert: close_notify, encrypted "
      "(19 octets) [Closed, Closed]\n");
}

static void
test_hint_fields (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autoptr (GPtrArray) pieces = fixture_load ("tls13");
  PcUnit *next;
  guint   n = 0;

  hint_tls13 (observer);
  fixture_feed (observer, pieces, G_MAXSIZE);
  while ((next = pc_observer_next (observer)) != NULL) {
    g_autoptr (PcUnit) unit = next;
    const PcField *field;

    if (strcmp (unit->rule, "tls.certificate") != 0)
      continue;
    n++;
    g_assert_cmpint (unit->kind, ==, PC_UNIT_HANDSHAKE);
    g_assert_cmpuint (pc_unit_get_n_fields (unit), ==, 5);
    field = pc_unit_get_field (unit, 3);
    g_assert_cmpstr (field->label, ==, "Encrypted");
    g_assert_cmpstr (field->value, ==, "Certificate (1214 octets)");
    g_assert_cmpuint (field->end - field->start, ==, 1214);
    g_assert_cmpstr (pc_unit_get_field (unit, 4)->label, ==, "Seal");
  }
  g_assert_cmpuint (n, ==, 1);
}

/* An alert in clear takes its hint away; a fatal one under encryption ends
 * both. */
static void
test_hints_of_alerts (void)
{
  static const struct
  {
    const char *name;
    guint       alert;
    const char *end;
  } rows[] = {
    { "tls12-unknown-ca", 48,
      "> tls.alert.unknown-ca: Alert: unknown_ca [Closed, Closed] (error)\n" },
    { "gnutls-untrusted", 48,
      "> tls.alert.unknown-ca: Alert: unknown_ca, encrypted (19 octets) "
      "[Closed, Closed] (error)\n" },
    { "gnutls-untrusted", 42,
      "> tls.alert.bad-certificate: Alert: bad_certificate, encrypted "
      "(19 octets) [Closed, Closed] (error)\n" },
    { "gnutls-untrusted", 90,
      "> tls.alert: Alert: user_canceled, encrypted (19 octets) "
      "[TLS handshake, TLS handshake] (warning)\n" },
    { "gnutls-untrusted", 200,
      "> tls.alert: Alert 200, encrypted (19 octets) [Closed, Closed] "
      "(error)\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autoptr (GPtrArray) pieces = fixture_load (rows[i].name);
    g_autofree char *units = NULL;

    g_test_message ("row %u", i);
    pc_tls_observer_hint (observer, PC_SIDE_CLIENT, 21, rows[i].alert);
    fixture_feed (observer, pieces, G_MAXSIZE);
    units = fixture_describe (observer);
    g_assert_true (g_str_has_suffix (units, rows[i].end));
  }
}

/* More hints than are kept are no harm. */
static void
test_too_many_hints (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autoptr (GPtrArray) pieces = fixture_load ("tls13");
  g_autofree char *units = NULL;

  for (guint i = 0; i < 2 * PC_LIMIT_TLS_HINTS; i++)
    pc_tls_observer_hint (observer, PC_SIDE_SERVER, 22, 24);
  fixture_feed (observer, pieces, G_MAXSIZE);
  units = fixture_describe (observer);
  g_assert_nonnull (strstr (units, "< tls.key-update: KeyUpdate, encrypted"));
}

/* -- records cut otherwise ------------------------------------------------ */

/* The handshake messages of @octets in records of at most @most octets. */
static GBytes *
cut_records (GBytes *octets,
             gsize   most)
{
  GByteArray   *out = g_byte_array_new ();
  gsize         size;
  const guint8 *data = g_bytes_get_data (octets, &size);

  while (size > 0) {
    gsize length = 5 + ((gsize) data[3] << 8 | data[4]);

    if (data[0] != 22) {
      g_byte_array_append (out, data, (guint) length);
    } else {
      for (gsize at = 5; at < length; at += MIN (most, length - at)) {
        gsize        n = MIN (most, length - at);
        const guint8 header[] = { 22, 3, 3, (guint8) (n >> 8), (guint8) n };

        g_byte_array_append (out, header, sizeof header);
        g_byte_array_append (out, data + at, (guint) n);
      }
    }
    data += length;
    size -= length;
  }
  return g_byte_array_free_to_bytes (out);
}

/* However the records cut the hellos, the end of the conversation is read the
 * same way, and nothing is taken for an error. */
static void
test_cut_messages (void)
{
  for (gsize most = 1; most < 130; most += most < 12 ? 1 : 37) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autoptr (GPtrArray) pieces = fixture_load ("tls13-retry");
    g_autofree char *units = NULL;

    g_test_message ("at most %" G_GSIZE_FORMAT, most);
    for (guint i = 0; i < pieces->len; i++) {
      FixturePiece *piece = pieces->pdata[i];
      GBytes       *cut = cut_records (piece->bytes, most);

      g_bytes_unref (piece->bytes);
      piece->bytes = cut;
    }
    fixture_feed (observer, pieces, G_MAXSIZE);
    units = fixture_describe (observer);
    g_assert_null (strstr (units, "(error)"));
    g_assert_nonnull (strstr (units, "< tls.continued: "
                                     "ServerHello (continued)"));
    g_assert_true (g_str_has_suffix (
        units, "> tls.encrypted: Encrypted (53 octets)" ENCRYPTED
               "> tls.data: Encrypted (23 octets)" ENCRYPTED
               "> tls.data: Encrypted (19 octets)" ENCRYPTED
               "< tls.data: Encrypted (19 octets)" ENCRYPTED));
  }
}

/* TLS 1.2: all messages of the server's first flight in one record. */
static void
test_joined_messages (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autoptr (GPtrArray) pieces = fixture_load ("tls12");
  g_autoptr (GByteArray) joined = g_byte_array_new ();
  g_autofree char *units = NULL;
  FixturePiece    *flight = pieces->pdata[1];
  gsize            size;
  const guint8    *data = g_bytes_get_data (flight->bytes, &size);

  g_byte_array_append (joined, (const guint8 *) "\26\3\3\0\0", 5);
  while (size > 0) {
    gsize length = (gsize) data[3] << 8 | data[4];

    g_byte_array_append (joined, data + 5, (guint) length);
    data += 5 + length;
    size -= 5 + length;
  }
  joined->data[3] = (guint8) ((joined->len - 5) >> 8);
  joined->data[4] = (guint8) (joined->len - 5);
  g_bytes_unref (flight->bytes);
  flight->bytes = g_bytes_new (joined->data, joined->len);

  fixture_feed (observer, pieces, G_MAXSIZE);
  units = fixture_describe (observer);
  g_assert_nonnull (strstr (
      units, "\n< tls.server-hello.tls12: ServerHello (TLS 1.2, "
             "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384) + "
             "Certificate (3 certificates) + ServerKeyExchange + "
             "ServerHelloDone" SHAKING "> tls.client-key-exchange: "));
}

/* -- no TLS --------------------------------------------------------------- */

static void
test_foreign (void)
{
#define NO_TLS "Clear text where TLS was expected"
  static const struct
  {
    const char *text;
    const char *summaries; /* with a line feed after each */
  } rows[] = {
    { "EHLO phone\r\n", NO_TLS " (SMTP): EHLO phone\n" },
    { "* OK ready\r\n", NO_TLS " (IMAP): * OK ready\n" },
    { "USER alex\r\n", NO_TLS " (POP3): USER alex\n" },
    { "a1 CAPABILITY\r\n", NO_TLS " (IMAP): a1 CAPABILITY\n" },
    { "GET / HTTP/1.1\r\nHost: x\r\n",
      NO_TLS " (HTTP): GET / HTTP/1.1\n" NO_TLS ": Host: x\n" },
    { "good day\n", NO_TLS ": good day\n" },
    { "a1 LOGIN alex portcall\r\n",
      NO_TLS " (IMAP): a1 LOGIN " PC_SECRET_DOTS "\n" },
    { "PASS portcall\r\nSTAT\r\n", NO_TLS " (POP3): PASS " PC_SECRET_DOTS
                                          "\n" NO_TLS ": " PC_SECRET_DOTS "\n" },
    { "a1 authenticate PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\n",
      NO_TLS " (IMAP): a1 authenticate " PC_SECRET_DOTS "\n" NO_TLS
             ": " PC_SECRET_DOTS "\n" },
    { "no line end", NO_TLS ": no line end\n" },
    { "\1\2\3\4", "No TLS: 4 octets\n" },
    { "\26\3\1\377\377", "No TLS: 5 octets\n" },
    { "\26\n\26\3\1", "No TLS: 2 octets\nNo TLS: 3 octets\n" },
#undef NO_TLS
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (gsize step = 1; step < 100; step += 98) {
      g_autoptr (PcObserver) observer = pc_tls_observer_new ();
      g_autoptr (GString) summaries = g_string_new (NULL);
      gsize   len = strlen (rows[i].text);
      PcUnit *next;

      g_test_message ("row %u", i);
      for (gsize at = 0; at < len; at += MIN (step, len - at))
        pc_observer_feed (observer, PC_SIDE_CLIENT, 0,
                          (const guint8 *) rows[i].text + at,
                          MIN (step, len - at));
      pc_observer_finish (observer, PC_SIDE_CLIENT);
      while ((next = pc_observer_next (observer)) != NULL) {
        g_autoptr (PcUnit) unit = next;
        g_autofree char *fields = fixture_describe_fields (unit);

        g_assert_cmpstr (unit->rule, ==, "tls.unreadable");
        g_assert_cmpint (unit->status, ==, PC_STATUS_ERROR);
        g_assert_null (strstr (fields, "portcall"));
        g_assert_null (strstr (fields, "AGFs"));
        g_string_append_printf (summaries, "%s\n", unit->summary);
      }
      g_assert_cmpstr (summaries->str, ==, rows[i].summaries);
    }
}

/* A line without end comes out in pieces. */
static void
test_endless_line (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autofree guint8 *line = g_malloc (100000);
  PcUnit *next;
  gsize   total = 0;

  memset (line, 'x', 100000);
  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, line, 100000);
  while ((next = pc_observer_next (observer)) != NULL) {
    g_autoptr (PcUnit) unit = next;

    g_assert_cmpuint (g_bytes_get_size (unit->bytes), <=, PC_LIMIT_TLS_LINE);
    total += g_bytes_get_size (unit->bytes);
  }
  g_assert_cmpuint (total, >, 100000 - PC_LIMIT_TLS_LINE);
}

/* -- the eavesdropper ----------------------------------------------------- */

static void
test_view (void)
{
  static const struct
  {
    const char *hex;
    const char *fields;
    const char *summary;
  } rows[] = {
    { "17 0303 0003 AABBCC",
      "0-1 Record type: 23 (application_data)\n"
      "1-3 Record version: TLS 1.2 (0x0303)\n"
      "3-5 Record length: 3\n"
      "5-8 Encrypted: 3 octets\n",
      "1 encrypted record, 8 octets" },
    { "17 0303 0001 AA 17 0303 0002 0D0A",
      "0-1 Record type: 23 (application_data)\n"
      "1-3 Record version: TLS 1.2 (0x0303)\n"
      "3-5 Record length: 1\n"
      "5-6 Encrypted: 1 octet\n"
      "6-7 Record type: 23 (application_data)\n"
      "7-9 Record version: TLS 1.2 (0x0303)\n"
      "9-11 Record length: 2\n"
      "11-13 Encrypted: 2 octets\n",
      "2 encrypted records, 13 octets" },
    { "17 0303 0009 AA",
      "0-1 Record type: 23 (application_data)\n"
      "1-3 Record version: TLS 1.2 (0x0303)\n"
      "3-5 Record length: 9\n"
      "5-6 Encrypted: 1 octet\n",
      "1 encrypted record, 6 octets" },
    { "17 03", "0-2 Begun: 1703\n", "0 encrypted records, 2 octets" },
    { "", "", "0 encrypted records, 0 octets" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GBytes) octets = fixture_octets (rows[i].hex);
    g_autoptr (PcUnit) unit = NULL;
    g_autofree char *fields = NULL;
    gsize            size;
    const guint8    *data = g_bytes_get_data (octets, &size);

    g_test_message ("row %u", i);
    unit = pc_tls_view_data (PC_SIDE_SERVER, data, size);
    fields = fixture_describe_fields (unit);
    g_assert_cmpstr (unit->rule, ==, "tls.data");
    g_assert_cmpint (unit->from, ==, PC_SIDE_SERVER);
    g_assert_cmpstr (fields, ==, rows[i].fields);
    g_assert_cmpstr (unit->summary, ==, rows[i].summary);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls/observe/handshakes", test_handshakes);
  g_test_add_func ("/tls/observe/fields", test_fields);
  g_test_add_func ("/tls/observe/hints", test_hints);
  g_test_add_func ("/tls/observe/hint-fields", test_hint_fields);
  g_test_add_func ("/tls/observe/hints-of-alerts", test_hints_of_alerts);
  g_test_add_func ("/tls/observe/too-many-hints", test_too_many_hints);
  g_test_add_func ("/tls/observe/cut-messages", test_cut_messages);
  g_test_add_func ("/tls/observe/joined-messages", test_joined_messages);
  g_test_add_func ("/tls/observe/foreign", test_foreign);
  g_test_add_func ("/tls/observe/endless-line", test_endless_line);
  g_test_add_func ("/tls/observe/view", test_view);
  return g_test_run ();
}
