/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Base64 as strict as RFC 4648 has it, and the message of PLAIN. */

#include "proto/common/sasl.h"

#include <string.h>

#define TEXT(s) s, sizeof (s) - 1

static const struct
{
  const char *coded;
  gssize      len; /* -1: refused */
  const char *octets;
} codes[] = {
  /* RFC 4648 section 10 */
  { "", 0, "" },
  { "Zg==", 1, "f" },
  { "Zm8=", 2, "fo" },
  { "Zm9v", 3, "foo" },
  { "Zm9vYg==", 4, "foob" },
  { "Zm9vYmE=", 5, "fooba" },
  { "Zm9vYmFy", 6, "foobar" },
  { "AAAA", 3, "\0\0\0" },
  { "+/+/", 3, "\373\377\277" },
  { "-_-_", -1, NULL },
  { "Zg", -1, NULL },
  { "Zg=", -1, NULL },
  { "Zg===", -1, NULL },
  { "=", -1, NULL },
  { "====", -1, NULL },
  { "Z===", -1, NULL },
  { "Zm9v Zm9v", -1, NULL },
  { "Zm9v\r\n", -1, NULL },
  { "Zm=v", -1, NULL },
  { "Zg==Zg==", -1, NULL },
  { "Zm9*", -1, NULL },
  { "\303\251Zm", -1, NULL },
};

static void
test_base64 (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    gsize              len = strlen (codes[i].coded);
    g_autofree guint8 *copy = g_memdup2 (codes[i].coded, len);
    g_autoptr (GBytes) octets = pc_sasl_decode (copy, len);
    g_autofree char *back = NULL;

    g_test_message ("%s", codes[i].coded);
    g_assert_true ((octets == NULL) == (codes[i].len < 0));
    if (octets == NULL)
      continue;
    g_assert_cmpmem (g_bytes_get_data (octets, NULL),
                     g_bytes_get_size (octets), codes[i].octets,
                     (gsize) codes[i].len);
    back = pc_sasl_encode (codes[i].octets, (gsize) codes[i].len);
    g_assert_cmpstr (back, ==, codes[i].coded);
  }
}

static const struct
{
  const char *message;
  gsize       len;
  const char *authzid; /* NULL: refused */
  const char *user;
  const char *password;
} plains[] = {
  { TEXT ("\0alex\0portcall"), "", "alex", "portcall" },
  { TEXT ("robin\0alex\0portcall"), "robin", "alex", "portcall" },
  { TEXT ("\0\303\251\0\303\274 \""), "", "\303\251", "\303\274 \"" },
  { TEXT (""), NULL },
  { TEXT ("\0"), NULL },
  { TEXT ("\0\0"), NULL },
  { TEXT ("alex"), NULL },
  { TEXT ("\0alex"), NULL },
  { TEXT ("\0alex\0"), NULL },
  { TEXT ("\0\0portcall"), NULL },
  { TEXT ("\0alex\0port\0call"), NULL },
  { TEXT ("\0alex\0portcall\0"), NULL },
  { TEXT ("\0al\377x\0portcall"), NULL },
  { TEXT ("\0alex\0\300\200"), NULL },
  { TEXT ("\377\0alex\0portcall"), NULL },
};

static void
test_plain (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (plains); i++) {
    g_autoptr (GBytes) message = g_bytes_new (plains[i].message,
                                              plains[i].len);
    g_autofree char *authzid = NULL;
    g_autofree char *user = NULL;
    g_autofree char *password = NULL;
    gboolean         parsed;

    g_test_message ("row %u", i);
    parsed = pc_sasl_parse_plain (message, &authzid, &user, &password);
    g_assert_true (parsed == (plains[i].authzid != NULL));
    g_assert_cmpstr (authzid, ==, plains[i].authzid);
    g_assert_cmpstr (user, ==, plains[i].user);
    g_assert_cmpstr (password, ==, plains[i].password);
  }
}

static void
test_make_plain (void)
{
  g_autofree char *coded = pc_sasl_make_plain ("alex", "portcall");

  g_assert_cmpstr (coded, ==, "AGFsZXgAcG9ydGNhbGw=");
}

static void
test_select (void)
{
  static const struct
  {
    const char *wanted;
    const char *selected;
  } rows[] = {
    { NULL, PC_SASL_NAMES },
    { "", "" },
    { "X Y", "" },
    { "scram-sha-256 plain", "PLAIN SCRAM-SHA-256" },
    { "  LOGIN  LOGIN ", "LOGIN" },
    { "PLAINLOGIN", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *selected = pc_sasl_select (rows[i].wanted);

    g_test_message ("row %u", i);
    g_assert_cmpstr (selected, ==, rows[i].selected);
    g_assert_cmpint (pc_sasl_is_among (PC_SASL_LOGIN, selected), ==,
                     strstr (rows[i].selected, "LOGIN") != NULL);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/sasl/base64", test_base64);
  g_test_add_func ("/common/sasl/plain", test_plain);
  g_test_add_func ("/common/sasl/make-plain", test_make_plain);
  g_test_add_func ("/common/sasl/select", test_select);

  return g_test_run ();
}
