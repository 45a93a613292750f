/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Single records: what is rare, and what lies. */

#include "fixture.h"

#include <string.h>

/* Octets 32 of a random. */
#define RANDOM \
  "0001020304050607 0001020304050607 0001020304050607 0001020304050607"
#define HEAD "0303" RANDOM "00"

/* Client by client: no units before the last one count. */
static PcUnit *
see (PcObserver *observer,
     PcSide      from,
     const char *hex)
{
  g_autoptr (GBytes) octets = fixture_octets (hex);
  gsize         size;
  const guint8 *data = g_bytes_get_data (octets, &size);
  PcUnit       *unit;

  pc_observer_feed (observer, from, 0, data, size);
  pc_observer_finish (observer, from);
  unit = pc_observer_next (observer);
  g_assert_nonnull (unit);
  g_assert_null (pc_observer_next (observer));
  return unit;
}

/* A handshake message of @type around @body, in one record. */
static char *
wrap (guint       type,
      const char *body)
{
  g_autoptr (GBytes) octets = fixture_octets (body);
  guint size = (guint) g_bytes_get_size (octets);

  return g_strdup_printf ("16 0303 %04X %02X %06X %s", size + 4, type, size,
                          body);
}

static void
test_extensions (void)
{
  static const struct
  {
    guint       type;
    const char *extension;
    const char *fields; /* from the extension on */
  } rows[] = {
    { 1, "1234 0002 ABCD",
      "Extension: Extension 4660\nLength of extension: 2\n"
      "Extension data: ABCD\n" },
    { 1, "DADA 0000", "Extension: GREASE (56026)\nLength of extension: 0\n" },
    { 1, "0029 0017 0008 0002 BEEF 0000002A 000B 0A 00112233445566778899",
      "Extension: pre_shared_key (41)\nLength of extension: 23\n"
      "Length of identities: 8\nLength of identity: 2\nIdentity: BEEF\n"
      "Hidden age: 42\nLength of binders: 11\nLength of binder: 10\n"
      "Binder: 00112233445566778899\n" },
    { 2, "0029 0002 0001",
      "Extension: pre_shared_key (41)\nLength of extension: 2\n"
      "Chosen identity: 1\n" },
    { 1, "002C 0004 0002 C00C",
      "Extension: cookie (44)\nLength of extension: 4\nLength of cookie: 2\n"
      "Cookie: C00C\n" },
    { 2, "0010 0007 0005 04 696D6170",
      "Extension: application_layer_protocol_negotiation (16)\n"
      "Length of extension: 7\nLength of protocols: 5\n"
      "Length of protocol: 4\nProtocol: imap\n" },
    { 1, "0000 0008 0006 00 0003 610A62",
      "Extension: server_name (0)\nLength of extension: 8\n"
      "Length of names: 6\nKind of name: 0\nLength of name: 3\n"
      "Server name: a\342\220\212b\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autoptr (GBytes) extension = fixture_octets (rows[i].extension);
    g_autoptr (PcUnit) unit = NULL;
    g_autoptr (GString) text = g_string_new (NULL);
    g_autofree char *body = NULL, *record = NULL, *all = NULL;
    gboolean         extended = FALSE;

    g_test_message ("row %u", i);
    body = g_strdup_printf ("%s %s %04X %s", HEAD,
                            rows[i].type == 1 ? "0002 1301 01 00"
                                              : "1301 00",
                            (guint) g_bytes_get_size (extension),
                            rows[i].extension);
    record = wrap (rows[i].type, body);
    unit = see (observer,
                rows[i].type == 1 ? PC_SIDE_CLIENT : PC_SIDE_SERVER, record);
    all = fixture_describe_fields (unit);
    g_assert_cmpint (unit->status, ==, PC_STATUS_OK);
    for (guint j = 0; j < pc_unit_get_n_fields (unit); j++) {
      const PcField *field = pc_unit_get_field (unit, j);

      extended |= strcmp (field->label, "Extension") == 0;
      if (extended)
        g_string_append_printf (text, "%s: %s\n", field->label, field->value);
    }
    g_assert_cmpstr (text->str, ==, rows[i].fields);
  }
}

static void
test_records (void)
{
  static const struct
  {
    PcSide      from;
    const char *hex;
    const char *rule;
    const char *summary;
    PcStatus    status;
  } rows[] = {
    { PC_SIDE_SERVER, "15 0303 0002 0128", "tls.alert.handshake-failure",
      "Alert: handshake_failure", PC_STATUS_WARNING },
    { PC_SIDE_SERVER, "15 0303 0002 0228", "tls.alert.handshake-failure",
      "Alert: handshake_failure", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 022A", "tls.alert.bad-certificate",
      "Alert: bad_certificate", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 022D", "tls.alert.certificate-expired",
      "Alert: certificate_expired", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 0232", "tls.alert.decode-error",
      "Alert: decode_error", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 020A", "tls.alert.unexpected-message",
      "Alert: unexpected_message", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 02C8", "tls.alert", "Alert 200",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0002 0100", "tls.alert.close-notify",
      "Alert: close_notify", PC_STATUS_OK },
    { PC_SIDE_CLIENT, "15 0303 0003 010000", "tls.malformed", "Alert",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "15 0303 0000", "tls.malformed", "Alert",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "14 0303 0001 02", "tls.malformed", "ChangeCipherSpec",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "14 0303 0000", "tls.malformed", "ChangeCipherSpec",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "16 0303 0000", "tls.malformed", "Handshake",
      PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "16 0303 00", "tls.malformed",
      "The start of a record, then the end", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "16 0303 0010 0100", "tls.malformed",
      "The start of a record, then the end", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "17 0303 0003 616263", "tls.misplaced",
      "Encrypted (3 octets)", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "16 0303 0004 0E000000", "tls.misplaced",
      "ServerHelloDone", PC_STATUS_ERROR },
    { PC_SIDE_SERVER, "16 0303 0004 00000000", "tls.hello-request",
      "HelloRequest", PC_STATUS_OK },
    { PC_SIDE_SERVER, "16 0303 0008 14000004 01020304", "tls.misplaced",
      "Finished", PC_STATUS_ERROR },
    { PC_SIDE_SERVER, "16 0303 0008 63000004 01020304", "tls.handshake",
      "Handshake message 99", PC_STATUS_OK },
    { PC_SIDE_SERVER, "16 0303 0005 0E00000100", "tls.malformed",
      "ServerHelloDone", PC_STATUS_ERROR },
    { PC_SIDE_SERVER, "16 0303 0007 0B000003 000000", "tls.certificate.clear",
      "Certificate (0 certificates)", PC_STATUS_OK },
    { PC_SIDE_SERVER, "16 0303 000C 16000008 01 000004 DEADBEEF",
      "tls.certificate-status", "CertificateStatus", PC_STATUS_OK },
    { PC_SIDE_SERVER, "16 0303 0008 01FFFFFF 03030000", "tls.misplaced",
      "ClientHello", PC_STATUS_ERROR },
    { PC_SIDE_CLIENT, "16 0303 0008 01FFFFFF 03030000", "tls.client-hello",
      "ClientHello", PC_STATUS_OK },
    { PC_SIDE_SERVER, "16 0303 0002 0200", "tls.handshake", "\342\200\246",
      PC_STATUS_OK },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autoptr (PcUnit) unit = see (observer, rows[i].from, rows[i].hex);
    g_autofree char *fields = fixture_describe_fields (unit);

    g_test_message ("row %u", i);
    g_assert_cmpstr (unit->rule, ==, rows[i].rule);
    g_assert_cmpstr (unit->summary, ==, rows[i].summary);
    g_assert_cmpint (unit->status, ==, rows[i].status);
  }
}

/* Messages whose lengths lie. */
static void
test_malformed (void)
{
  static const struct
  {
    guint       type;
    const char *body;
    const char *last; /* the label that shows it */
  } rows[] = {
    { 1, "", "Message length" },
    { 1, "03", "Too short" },
    { 1, "0303 0001", "Too short" },
    { 1, "0303" RANDOM "21 00", "Too short" },
    { 1, HEAD "FFFF 1301", "Too short" },
    { 1, HEAD "0003 130113 01 00", "Compression methods" },
    { 1, HEAD "0002 1301 05 00", "Too short" },
    { 1, HEAD "0002 1301 01 00 0001", "Length of extensions" },
    { 1, HEAD "0002 1301 01 00 0005 0000 0009 00", "Too short" },
    { 1, HEAD "0002 1301 01 00 0000 FF", "Rest of message" },
    { 1, HEAD "0002 1301 01 00 0006 0000 0002 0009", "Length of names" },
    { 1, HEAD "0002 1301 01 00 0007 0033 0003 0000 77", "Too much" },
    { 1, HEAD "0002 1301 01 00 0009 002B 0005 03 0304 0303", "Too much" },
    { 2, HEAD "1301", "Cipher suite" },
    { 2, HEAD "1301 00 0007 002B 0003 030405", "Too much" },
    { 2, HEAD "1301 00 0005 0033 0001 00", "Too short" },
    { 11, "FFFFFF 00", "Too short" },
    { 11, "000004 FFFFFF 00", "Too short" },
    { 11, "000000 00", "Rest of message" },
    { 13, "09 01", "Too short" },
    { 4, "0000", "Too short" },
    { 22, "01 FFFFFF", "Length of status" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autofree char *record = wrap (rows[i].type, rows[i].body);
    g_autoptr (PcUnit) unit = see (observer,
                                   rows[i].type == 1 ? PC_SIDE_CLIENT
                                                     : PC_SIDE_SERVER,
                                   record);
    g_autofree char *fields = fixture_describe_fields (unit);

    g_test_message ("row %u", i);
    g_assert_cmpstr (unit->rule, ==, "tls.malformed");
    g_assert_cmpint (unit->status, ==, PC_STATUS_ERROR);
    g_assert_cmpstr (
        pc_unit_get_field (unit, pc_unit_get_n_fields (unit) - 1)->label, ==,
        rows[i].last);
  }
}

/* What the server chooses decides what the rest is. */
static void
test_versions (void)
{
  static const struct
  {
    const char *version;
    const char *random;
    const char *extensions;
    const char *rule;
    PcStatus    status;
    gboolean    marked;
  } rows[] = {
    { "0303", RANDOM, "0006 002B 0002 0304", "tls.server-hello", PC_STATUS_OK,
      FALSE },
    { "0303", RANDOM, "", "tls.server-hello.tls12", PC_STATUS_OK, FALSE },
    { "0302", RANDOM, "", "tls.server-hello.old", PC_STATUS_WARNING, FALSE },
    { "0300", RANDOM, "", "tls.server-hello.old", PC_STATUS_WARNING, FALSE },
    { "0303",
      "0001020304050607 0001020304050607 0001020304050607 444F574E47524401",
      "", "tls.server-hello.tls12", PC_STATUS_OK, TRUE },
    { "0303",
      "CF21AD74E59A6111BE1D8C021E65B891C2A211167ABB8C5E079E09E2C8A8339C",
      "000C 002B 0002 0304 0033 0002 0018", "tls.hello-retry-request",
      PC_STATUS_OK, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tls_observer_new ();
    g_autofree char *body = g_strdup_printf (
        "%s %s 00 C02F 00 %s", rows[i].version, rows[i].random,
        rows[i].extensions);
    g_autofree char *record = wrap (2, body);
    g_autoptr (PcUnit) unit = see (observer, PC_SIDE_SERVER, record);
    g_autofree char *fields = fixture_describe_fields (unit);

    g_test_message ("row %u", i);
    g_assert_cmpstr (unit->rule, ==, rows[i].rule);
    g_assert_cmpint (unit->status, ==, rows[i].status);
    g_assert_cmpint (strstr (fields, "Downgrade mark: ") != NULL, ==,
                     rows[i].marked);
  }
}

/* A client that was here before sends data at once. */
static void
test_early_data (void)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  g_autofree char *hello = wrap (1, HEAD "0002 1301 01 00");
  g_autofree char *both = g_strconcat (hello, "17 0303 0003 010203", NULL);
  g_autoptr (GBytes) octets = fixture_octets (both);
  g_autoptr (PcUnit) first = NULL, second = NULL;
  gsize         size;
  const guint8 *data = g_bytes_get_data (octets, &size);

  pc_observer_feed (observer, PC_SIDE_CLIENT, 0, data, size);
  first = pc_observer_next (observer);
  second = pc_observer_next (observer);
  g_assert_cmpstr (first->rule, ==, "tls.client-hello");
  g_assert_cmpstr (second->rule, ==, "tls.early-data");
  g_assert_cmpint (second->status, ==, PC_STATUS_OK);
  g_assert_cmpint (second->kind, ==, PC_UNIT_DATA);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls/label/extensions", test_extensions);
  g_test_add_func ("/tls/label/records", test_records);
  g_test_add_func ("/tls/label/malformed", test_malformed);
  g_test_add_func ("/tls/label/versions", test_versions);
  g_test_add_func ("/tls/label/early-data", test_early_data);
  return g_test_run ();
}
