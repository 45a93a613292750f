/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names to modified UTF-7 and back; what is no name. */

#include "proto/imap/utf7.h"

static const struct {
  const char *name;
  const char *wire;
} names[] = {
  { "", "" },
  { "INBOX", "INBOX" },
  { "a&b", "a&-b" },
  { "&", "&-" },
  { "&-", "&--" },
  { "Entw\303\274rfe", "Entw&APw-rfe" },
  { "\303\244\303\266\303\274", "&AOQA9gD8-" },
  { "\303\274&\303\274", "&APw-&-&APw-" },
  { "~peter/mail/\345\217\260\345\214\227/\346\227\245\346\234\254\350\252\236",
    "~peter/mail/&U,BTFw-/&ZeVnLIqe-" },
  { "\360\237\223\254", "&2D3c7A-" },
  { "x\360\237\223\254\303\244y", "x&2D3c7ADk-y" },
  { "\001", "&AAE-" },
};

static void
test_both_ways (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *wire = pc_imap_utf7_encode (names[i].name);
    g_autofree char *name = pc_imap_utf7_decode (names[i].wire);

    g_test_message ("%s", names[i].wire);
    g_assert_cmpstr (wire, ==, names[i].wire);
    g_assert_cmpstr (name, ==, names[i].name);
  }
}

static void
test_refused (void)
{
  static const char *const wrong[] = {
    "&",        "a&",        "&APw",     "&APw ",   "&AP-",  "&APx-",
    "&AGE-",    "&ACY-",     "&APw-&APw-", "&2D0-",  "&3Kw-", "&AA-",
    "&AAA-",    "\303\274",  "a\tb",     "&A/w-",   "&APw=-", "&-&",
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_test_message ("%s", wrong[i]);
    g_assert_null (pc_imap_utf7_decode (wrong[i]));
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/utf7/both-ways", test_both_ways);
  g_test_add_func ("/imap/utf7/refused", test_refused);
  return g_test_run ();
}
