/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SEARCH: every key against a mailbox of six messages, and keys that are too
 * many, too deep or wrong. */

#include "pump.h"

#include "base/limits.h"

#include <string.h>

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)

/* NOW is 23 November 2026, 08:00. */
static const struct {
  const char *text;
  PcFlags     flags;
  gint64      days; /* before NOW it arrived */
} messages[] = {
  { "From: Robin <robin@example.test>\r\nTo: alex@example.test\r\n"
    "Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"
    "Date: Sun, 22 Nov 2026 23:30:00 -0500\r\n\r\nHello World\r\n",
    PC_FLAG_SEEN, 0 },
  { "From: alex@example.test\r\nCc: kim@example.test\r\n"
    "Date: 1 Nov 2026 08:00:00 +0000\r\n"
    "Content-Transfer-Encoding: quoted-printable\r\n"
    "Content-Type: text/plain; charset=iso-8859-1\r\n\r\nSch=F6ne B=FCcher\r\n",
    PC_FLAG_FLAGGED, 1 },
  { "Content-Type: multipart/mixed; boundary=b\r\nX-Odd:\r\n\r\npreamble\r\n"
    "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nc2VjcmV0IG5vdGU=\r\n"
    "--b\r\nContent-Type: image/png\r\n\r\npixels\r\n"
    "--b\r\nContent-Type: message/rfc822\r\n\r\nSubject: inside\r\n\r\nin\r\n"
    "--b--\r\n",
    PC_FLAG_DELETED | PC_FLAG_DRAFT, 40 },
  { "Bcc: hidden@example.test\r\nSubject: one\r\nSubject: two\r\n\r\n",
    PC_FLAG_ANSWERED, 40 },
};

static const struct {
  const char *keys;
  const char *found; /* NULL: BAD; "" nothing */
} cases[] = {
  { "ALL", " 1 2 3 4" },
  { "SEEN", " 1" },
  { "UNSEEN", " 2 3 4" },
  { "ANSWERED", " 4" },
  { "UNANSWERED", " 1 2 3" },
  { "DELETED", " 3" },
  { "UNDELETED", " 1 2 4" },
  { "FLAGGED", " 2" },
  { "UNFLAGGED", " 1 3 4" },
  { "DRAFT", " 3" },
  { "UNDRAFT", " 1 2 4" },
  { "RECENT", " 1 2 3 4" },
  { "NEW", " 2 3 4" },
  { "OLD", "" },
  { "KEYWORD $Junk", "" },
  { "UNKEYWORD $Junk", " 1 2 3 4" },
  { "2:3", " 2 3" },
  { "4:*", " 4" },
  { "*:3,1", " 1 3 4" },
  { "9", "" },
  { "UID 2,4", " 2 4" },
  { "UID 9:*", " 4" },
  { "ON 23-Nov-2026", " 1" },
  { "ON \"22-nov-2026\"", " 2" },
  { "BEFORE 22-Nov-2026", " 3 4" },
  { "SINCE 22-Nov-2026", " 1 2" },
  { "SENTON 22-Nov-2026", " 1" },
  { "SENTBEFORE 22-Nov-2026", " 2" },
  { "SENTSINCE 1-Nov-2026", " 1 2" },
  { "SENTSINCE 01-Nov-2026", " 1 2" },
  { "ON 31-Feb-2026", NULL },
  { "ON 1-Foo-2026", NULL },
  { "ON 1-Nov-26", NULL },
  { "ON \"1-Nov-2026", NULL },
  { "LARGER 200", " 3" },
  { "SMALLER 100", " 4" },
  { "SMALLER 99999999999", NULL },
  { "FROM ROBIN", " 1" },
  { "FROM example", " 1 2" },
  { "TO alex", " 1" },
  { "CC kim@", " 2" },
  { "BCC hidden", " 4" },
  { "SUBJECT TWO", " 4" },
  { "SUBJECT {6+}\r\ngr\303\274\303\237", " 1" },
  { "SUBJECT {6+}\r\nGR\303\234ss", " 1" },
  { "SUBJECT {1+}\r\n\377", NULL },
  { "SUBJECT utf", "" },
  { "HEADER X-ODD \"\"", " 3" },
  { "HEADER subject \"\"", " 1 4" },
  { "HEADER Date nov", " 1 2" },
  { "BODY \"hello w\"", " 1" },
  { "BODY {7+}\r\nb\303\274CHER", " 2" },
  { "BODY secret", " 3" },
  { "BODY inside", " 3" },
  { "BODY pixels", "" },
  { "BODY preamble", "" },
  { "BODY \"Type: image/png\"", "" },
  { "TEXT \"Type: image/png\"", " 3" },
  { "BODY robin", "" },
  { "TEXT robin", " 1" },
  { "TEXT WORLD", " 1" },
  { "TEXT from:", " 1 2" },
  { "OR SEEN FLAGGED", " 1 2" },
  { "OR (SEEN 2) (UNSEEN NOT 3:4)", " 2" },
  { "NOT (SEEN FLAGGED)", " 1 2 3 4" },
  { "NOT NOT SEEN", " 1" },
  { "UNSEEN 1:2 UNFLAGGED", "" },
  { "(((2)))", " 2" },
  { "OR SEEN", NULL },
  { "NOT", NULL },
  { "()", NULL },
  { "(SEEN", NULL },
  { "SEEN)", NULL },
  { "SEEN ", NULL },
  { "SUBJECT", NULL },
  { "HEADER x", NULL },
  { "LARGER x", NULL },
  { "UID x", NULL },
  { "FROB", NULL },
  { "0", NULL },
};

static PcEngine *
selected (PcMailStore *store)
{
  PcEngine *server = server_new (store, 1);

  pc_engine_start (server, NOW);
  g_free (say (server, "l LOGIN alex portcall\r\ns SELECT INBOX\r\n"));
  return server;
}

static PcMailStore *
make_store (void)
{
  PcMailStore *store = pc_mail_store_new ("example.test");
  PcAccount   *alex = pc_mail_store_add_account (store, "alex", "portcall", 7);
  PcMailbox   *inbox = pc_account_find_mailbox (alex, "INBOX");

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++) {
    g_autoptr (GBytes) text = g_bytes_new (messages[i].text,
                                           strlen (messages[i].text));

    pc_mailbox_append (inbox, text, messages[i].flags,
                       NOW - messages[i].days * DAY, 0, NULL);
  }
  return store;
}

static void
test_keys (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (PcMailStore) store = make_store ();
    g_autoptr (PcEngine)    server = selected (store);
    g_autofree char        *line = g_strdup_printf ("a SEARCH %s\r\n",
                                                    cases[i].keys);
    g_autofree char        *answer = say (server, line);
    g_autofree char        *expected =
        cases[i].found != NULL
            ? g_strdup_printf ("* SEARCH%s\r\na OK Searched\r\n",
                               cases[i].found)
            : g_strdup ("a BAD That cannot be searched for\r\n");

    g_test_message ("%s", cases[i].keys);
    g_assert_cmpstr (answer, ==, expected);
  }
}

static void
check_repeated (const char *begin,
                const char *piece,
                guint       n,
                const char *end,
                const char *expected)
{
  g_autoptr (PcMailStore) store = make_store ();
  g_autoptr (PcEngine)    server = selected (store);
  g_autoptr (GString)     line = g_string_new ("a SEARCH ");
  g_autofree char        *answer = NULL;

  g_string_append (line, begin);
  for (guint i = 0; i < n; i++)
    g_string_append (line, piece);
  g_string_append_printf (line, "%s\r\n", end);
  answer = say (server, line->str);
  g_test_message ("%u times %s", n, piece);
  g_assert_cmpstr (answer, ==, expected);
}

static void
test_limits (void)
{
  static const char limit[] =
      "a NO [LIMIT] That is too much to look for at once\r\n";
  static const char first[] = "* SEARCH 1\r\na OK Searched\r\n";

  check_repeated ("", "NOT ", PC_LIMIT_IMAP_SEARCH_DEPTH - 2, "SEEN", first);
  check_repeated ("", "NOT ", PC_LIMIT_IMAP_SEARCH_DEPTH, "SEEN", limit);
  check_repeated ("", "(", 5000, "SEEN", limit);
  check_repeated ("", "OR 1 ", 5000, "1", limit);
  check_repeated ("SEEN", " 1", PC_LIMIT_IMAP_SEARCH_KEYS - 1, "", first);
  check_repeated ("SEEN", " 1", PC_LIMIT_IMAP_SEARCH_KEYS, "", limit);
  check_repeated ("SEEN", " TEXT o", PC_LIMIT_IMAP_SEARCH_TEXTS, "", first);
  check_repeated ("SEEN", " TEXT o", PC_LIMIT_IMAP_SEARCH_TEXTS + 1, "",
                  limit);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/search/keys", test_keys);
  g_test_add_func ("/imap/search/limits", test_limits);
  return g_test_run ();
}
