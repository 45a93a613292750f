/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every rule of TLS has its narration, and numbers have the right names. */

#include "proto/tls/names.h"

#include <string.h>

static void
test_narrations (void)
{
  g_assert_cmpuint (pc_tls_n_narrations, ==, PC_TLS_N_RULES);
  for (guint i = 0; i < PC_TLS_N_RULES; i++) {
    const PcNarration *row = &pc_tls_narrations[i];

    g_test_message ("rule %u, after %s", i,
                    i > 0 ? pc_tls_narrations[i - 1].rule : "none");
    g_assert_nonnull (row->rule);
    g_assert_true (g_str_has_prefix (row->rule, "tls."));
    g_assert_true (i == 0 || strcmp (row[-1].rule, row->rule) < 0);
    g_assert_cmpuint (strlen (row->title), >, 3);
    g_assert_cmpuint (strlen (row->explanation), >, 40);
    g_assert_true (g_str_has_suffix (row->explanation, "."));
    g_assert_cmpuint (row->references[0].rfc, !=, 0);
    g_assert_nonnull (row->references[0].section);
    g_assert_true (pc_narration_find (pc_tls_narrations, pc_tls_n_narrations,
                                      row->rule) == row);
  }
}

static void
test_rule_names (void)
{
  static const struct
  {
    PcTlsRule   rule;
    const char *name;
  } rows[] = {
    { PC_TLS_RULE_ALERT_UNKNOWN_CA, "tls.alert.unknown-ca" },
    { PC_TLS_RULE_CERTIFICATE_STATUS, "tls.certificate-status" },
    { PC_TLS_RULE_CERTIFICATE_CLIENT, "tls.certificate.client" },
    { PC_TLS_RULE_FINISHED, "tls.finished" },
    { PC_TLS_RULE_SERVER_HELLO_TLS12, "tls.server-hello.tls12" },
    { PC_TLS_RULE_UNREADABLE, "tls.unreadable" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (pc_tls_narrations[rows[i].rule].rule, ==, rows[i].name);
}

/* RFC 8446 section 6: each description has a name and says something. */
static void
test_alerts (void)
{
  static const guint numbers[] = {
    0, 10, 20, 22, 40, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 70,
    71, 80, 86, 90, 109, 110, 112, 113, 115, 116, 120,
  };

  for (guint i = 0; i < G_N_ELEMENTS (numbers); i++) {
    g_test_message ("alert %u", numbers[i]);
    g_assert_nonnull (pc_tls_alert_name (numbers[i]));
    g_assert_nonnull (pc_tls_alert_meaning (numbers[i]));
    g_assert_true (g_str_has_prefix (
        pc_tls_narrations[pc_tls_alert_rule (numbers[i])].rule, "tls.alert"));
  }
  g_assert_null (pc_tls_alert_name (255));
  g_assert_nonnull (pc_tls_alert_meaning (255));
  g_assert_cmpint (pc_tls_alert_rule (255), ==, PC_TLS_RULE_ALERT);
}

static void
test_ciphers (void)
{
  static const struct
  {
    guint       cipher;
    guint       version;
    const char *value;
    PcTlsKeys   keys;
    guint       nonce;
    guint       tag;
  } rows[] = {
    { 0x1301, 0x0304, "TLS_AES_128_GCM_SHA256 (0x1301)", PC_TLS_KEYS_UNKNOWN,
      0, 16 },
    { 0x1305, 0x0304, "TLS_AES_128_CCM_8_SHA256 (0x1305)",
      PC_TLS_KEYS_UNKNOWN, 0, 8 },
    { 0xC02B, 0x0303, "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 (0xC02B)",
      PC_TLS_KEYS_ECDHE, 8, 16 },
    { 0xCCA8, 0x0303, "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256 (0xCCA8)",
      PC_TLS_KEYS_ECDHE, 0, 16 },
    { 0x0033, 0x0303, "TLS_DHE_RSA_WITH_AES_128_CBC_SHA (0x0033)",
      PC_TLS_KEYS_DHE, 16, 0 },
    { 0x002F, 0x0302, "TLS_RSA_WITH_AES_128_CBC_SHA (0x002F)",
      PC_TLS_KEYS_RSA, 0, 0 },
    { 0x3A3A, 0x0304, "GREASE (0x3A3A)", PC_TLS_KEYS_UNKNOWN, 0, 0 },
    { 0x3A4A, 0x0304, "0x3A4A", PC_TLS_KEYS_UNKNOWN, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint            cipher = rows[i].cipher;
    g_autofree char *value = pc_tls_cipher_value (cipher);

    g_test_message ("row %u", i);
    g_assert_cmpstr (value, ==, rows[i].value);
    g_assert_cmpint (pc_tls_cipher_get_keys (cipher), ==, rows[i].keys);
    g_assert_cmpuint (pc_tls_cipher_get_nonce (cipher, rows[i].version), ==,
                      rows[i].nonce);
    g_assert_cmpuint (pc_tls_cipher_get_tag (cipher), ==, rows[i].tag);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tls/narrate/narrations", test_narrations);
  g_test_add_func ("/tls/narrate/rule-names", test_rule_names);
  g_test_add_func ("/tls/narrate/alerts", test_alerts);
  g_test_add_func ("/tls/narrate/ciphers", test_ciphers);
  return g_test_run ();
}
