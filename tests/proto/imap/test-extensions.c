/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server offers beyond RFC 3501: ESEARCH, SEARCHRES, the extended
 * LIST, CREATE with a use, BINARY, and several messages in one APPEND. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"

#include <string.h>

#define LOGIN "l LOGIN alex portcall\r\n"
#define SELECT LOGIN "s SELECT INBOX\r\n"
#define BAD_SEARCH "a BAD That cannot be searched for\r\n"
#define BAD_LIST "a BAD LIST takes a reference and a pattern\r\n"
/* Fruit has a name below it, Fruit/Peach is but a subscription, and Tofu has
 * neither. */
#define TREE                                                             \
  LOGIN "t CREATE Fruit\r\nt CREATE Fruit/Apple\r\nt CREATE Tofu\r\n"    \
        "t CREATE Fruit/Peach\r\nt SUBSCRIBE Fruit/Peach\r\n"            \
        "t DELETE Fruit/Peach\r\nt UNSUBSCRIBE Fruit\r\n"                \
        "t UNSUBSCRIBE Fruit/Apple\r\nt UNSUBSCRIBE Tofu\r\n"            \
        "t UNSUBSCRIBE INBOX\r\nt UNSUBSCRIBE Sent\r\n"                  \
        "t UNSUBSCRIBE Trash\r\n"
#define MIME                                                        \
  "Content-Type: multipart/mixed; boundary=b\r\n\r\n"               \
  "--b\r\nContent-Transfer-Encoding: base64\r\n\r\nAGEAYg==\r\n"    \
  "--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"      \
  "=C3=BC=\r\n!\r\n"                                                \
  "--b\r\nContent-Transfer-Encoding: x-odd\r\n\r\n???\r\n--b--\r\n"

/* @before is said first and what it gives is not looked at. */
static const struct {
  const char *before;
  const char *said;
  const char *answer;
} cases[] = {
  /* ESEARCH */
  { SELECT, "a SEARCH RETURN (MIN MAX COUNT ALL) ALL\r\n",
    "* ESEARCH (TAG \"a\") MIN 1 MAX 3 ALL 1:3 COUNT 3\r\n"
    "a OK Searched\r\n" },
  { SELECT, "a search return () 1,3\r\n",
    "* ESEARCH (TAG \"a\") ALL 1,3\r\na OK Searched\r\n" },
  { SELECT, "a UID SEARCH RETURN (MIN) UNSEEN\r\n",
    "* ESEARCH (TAG \"a\") UID MIN 2\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH RETURN (MIN MAX ALL) FLAGGED\r\n",
    "* ESEARCH (TAG \"a\")\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH RETURN (COUNT) CHARSET UTF-8 FLAGGED\r\n",
    "* ESEARCH (TAG \"a\") COUNT 0\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH RETURN (COUNT COUNT) 1\r\n",
    "* ESEARCH (TAG \"a\") COUNT 1\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH RETURN (FROB) ALL\r\n", BAD_SEARCH },
  { SELECT, "a SEARCH RETURN (MIN\r\n", BAD_SEARCH },
  { SELECT, "a SEARCH RETURN MIN ALL\r\n", BAD_SEARCH },
  { SELECT, "a SEARCH RETURN (MIN)\r\n", BAD_SEARCH },
  { SELECT, "a SEARCH CHARSET UTF-8 RETURN (MIN) ALL\r\n", BAD_SEARCH },
  /* CHARSET */
  { SELECT, "a SEARCH CHARSET us-ascii SUBJECT Two\r\n",
    "* SEARCH 2\r\na OK Searched\r\n" },
  { SELECT, "a SEARCH CHARSET US-ASCII SUBJECT {2+}\r\n\303\274\r\n",
    BAD_SEARCH },
  { SELECT, "a SEARCH CHARSET KOI8-R SUBJECT Two\r\n",
    "a NO [BADCHARSET (US-ASCII UTF-8)] That character set is not known "
    "here\r\n" },
  /* SEARCHRES */
  { SELECT, "a SEARCH RETURN (SAVE) UNSEEN\r\nb FETCH $ UID\r\n"
            "c UID SEARCH UID $ SMALLER 20\r\nd UID SEARCH $\r\n"
            "e SEARCH NOT $\r\nf UID STORE $ +FLAGS.SILENT (\\Flagged)\r\n",
    "a OK Searched\r\n"
    "* 2 FETCH (UID 2)\r\n* 3 FETCH (UID 3)\r\nb OK Fetched\r\n"
    "* SEARCH 3\r\nc OK Searched\r\n* SEARCH 2 3\r\nd OK Searched\r\n"
    "* SEARCH 1\r\ne OK Searched\r\nf OK Stored\r\n" },
  { SELECT, "a FETCH $ UID\r\nb COPY $ Sent\r\nc UID MOVE $ Sent\r\n"
            "d UID EXPUNGE $\r\n",
    "a OK Fetched\r\nb OK Nothing to do\r\nc OK Nothing to do\r\n"
    "d OK Expunged\r\n" },
  /* what is expunged leaves "$", and the rest stays what it was */
  { SELECT, "a SEARCH RETURN (SAVE COUNT) ALL\r\n"
            "b STORE 1 +FLAGS.SILENT (\\Deleted)\r\nc EXPUNGE\r\n"
            "d UID FETCH $ FLAGS\r\n",
    "* ESEARCH (TAG \"a\") COUNT 3\r\na OK Searched\r\nb OK Stored\r\n"
    "* 1 EXPUNGE\r\nc OK Expunged\r\n"
    "* 1 FETCH (UID 2 FLAGS (\\Recent))\r\n"
    "* 2 FETCH (UID 3 FLAGS (\\Recent))\r\nd OK Fetched\r\n" },
  /* with MIN and MAX alone it is these (RFC 5182 section 2.4) */
  { SELECT, "a SEARCH RETURN (SAVE MIN) ALL\r\nb SEARCH $\r\n"
            "c SEARCH RETURN (SAVE MIN MAX) ALL\r\nd SEARCH $\r\n"
            "e SEARCH RETURN (SAVE MIN MAX) 2\r\nf SEARCH $\r\n"
            "g SEARCH RETURN (SAVE MAX ALL) ALL\r\nh SEARCH $\r\n"
            "i SEARCH RETURN (SAVE MAX) FLAGGED\r\nj SEARCH $\r\n",
    "* ESEARCH (TAG \"a\") MIN 1\r\na OK Searched\r\n"
    "* SEARCH 1\r\nb OK Searched\r\n"
    "* ESEARCH (TAG \"c\") MIN 1 MAX 3\r\nc OK Searched\r\n"
    "* SEARCH 1 3\r\nd OK Searched\r\n"
    "* ESEARCH (TAG \"e\") MIN 2 MAX 2\r\ne OK Searched\r\n"
    "* SEARCH 2\r\nf OK Searched\r\n"
    "* ESEARCH (TAG \"g\") MAX 3 ALL 1:3\r\ng OK Searched\r\n"
    "* SEARCH 1 2 3\r\nh OK Searched\r\n"
    "* ESEARCH (TAG \"i\")\r\ni OK Searched\r\n"
    "* SEARCH\r\nj OK Searched\r\n" },
  /* BAD leaves it alone, NO empties it, SELECT as well */
  { SELECT "s SEARCH RETURN (SAVE) 1\r\n",
    "a SEARCH RETURN (SAVE) FROB\r\nb SEARCH CHARSET x ALL\r\n"
    "c SEARCH $\r\nd SEARCH RETURN (SAVE) CHARSET x ALL\r\ne SEARCH $\r\n",
    BAD_SEARCH
    "b NO [BADCHARSET (US-ASCII UTF-8)] That character set is not known "
    "here\r\n* SEARCH 1\r\nc OK Searched\r\n"
    "d NO [BADCHARSET (US-ASCII UTF-8)] That character set is not known "
    "here\r\n* SEARCH\r\ne OK Searched\r\n" },
  { SELECT "s SEARCH RETURN (SAVE) 1\r\ns SELECT INBOX\r\n",
    "a SEARCH $\r\n", "* SEARCH\r\na OK Searched\r\n" },
  { SELECT, "a FETCH $,1 UID\r\nb FETCH 1,$ UID\r\n",
    "a BAD That cannot be fetched\r\n"
    "b BAD A set of messages is needed\r\n" },
  /* LIST, extended */
  { TREE, "a LIST () \"\" %\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\n"
    "* LIST (\\HasChildren) \"/\" Fruit\r\n"
    "* LIST (\\HasNoChildren) \"/\" Tofu\r\na OK Listed\r\n" },
  { TREE, "a LIST (SUBSCRIBED) \"\" *\r\n",
    "* LIST (\\NonExistent \\Subscribed \\HasNoChildren) \"/\" Fruit/Peach\r\n"
    "a OK Listed\r\n" },
  { TREE, "a LIST (SUBSCRIBED) \"\" %\r\n", "a OK Listed\r\n" },
  { TREE, "a LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %\r\n",
    "* LIST (\\HasChildren) \"/\" Fruit (\"CHILDINFO\" (\"SUBSCRIBED\"))\r\n"
    "a OK Listed\r\n" },
  /* CHILDINFO that tells nothing new is left out (RFC 5258 section 3.5) */
  { TREE, "a LIST (RECURSIVEMATCH SUBSCRIBED REMOTE) \"\" *\r\n",
    "* LIST (\\NonExistent \\Subscribed \\HasNoChildren) \"/\" Fruit/Peach\r\n"
    "a OK Listed\r\n" },
  { TREE "t SUBSCRIBE Fruit\r\n",
    "a LIST (RECURSIVEMATCH SUBSCRIBED) \"\" (Fruit %/A%)\r\n",
    "* LIST (\\Subscribed \\HasChildren) \"/\" Fruit (\"CHILDINFO\" "
    "(\"SUBSCRIBED\"))\r\na OK Listed\r\n" },
  { TREE "t SUBSCRIBE Tofu\r\n", "a LIST \"\" Tofu RETURN (SUBSCRIBED)\r\n"
         "b LIST \"\" Tofu RETURN (CHILDREN SPECIAL-USE)\r\n",
    "* LIST (\\Subscribed \\HasNoChildren) \"/\" Tofu\r\na OK Listed\r\n"
    "* LIST (\\HasNoChildren) \"/\" Tofu\r\nb OK Listed\r\n" },
  { TREE, "a LIST (SPECIAL-USE) \"\" *\r\n",
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\na OK Listed\r\n" },
  { TREE, "a LIST \"\" (inbox Fruit/% \"T%\" T%)\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\n"
    "* LIST (\\HasNoChildren) \"/\" Fruit/Apple\r\n"
    "* LIST (\\HasNoChildren) \"/\" Tofu\r\na OK Listed\r\n" },
  { LOGIN "t CREATE a/b\r\n", "a LIST \"\" a%\r\nb LIST () \"\" a%\r\n",
    "* LIST (\\Noselect \\HasChildren) \"/\" a\r\na OK Listed\r\n"
    "* LIST (\\NonExistent \\HasChildren) \"/\" a\r\nb OK Listed\r\n" },
  { LOGIN "t CREATE a/b\r\n",
    "a LIST \"\" (INBOX a a/*) RETURN (STATUS (MESSAGES UIDNEXT))\r\n",
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* STATUS INBOX (MESSAGES 3 UIDNEXT 4)\r\n"
    "* LIST (\\HasNoChildren) \"/\" a/b\r\n"
    "* STATUS a/b (MESSAGES 0 UIDNEXT 1)\r\n"
    "* LIST (\\NonExistent \\HasChildren) \"/\" a\r\na OK Listed\r\n" },
  { LOGIN, "a LIST (RECURSIVEMATCH) \"\" *\r\n", BAD_LIST },
  { LOGIN, "a LIST (RECURSIVEMATCH REMOTE) \"\" *\r\n", BAD_LIST },
  { LOGIN, "a LIST (FROB) \"\" *\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" * RETURN (FROB)\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" * RETURN CHILDREN\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" * RETURN (STATUS)\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" * RETURN (STATUS (FROB))\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" * RETURN (STATUS (MESSAGES)\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" ()\r\n", BAD_LIST },
  { LOGIN, "a LIST \"\" (INBOX\r\n", BAD_LIST },
  { LOGIN, "a LIST () \"\" \"\"\r\n", "a OK Listed\r\n" },
  { LOGIN, "a LSUB (SUBSCRIBED) \"\" *\r\n",
    "a BAD LSUB takes a reference and a pattern\r\n" },
  /* CREATE with a use */
  { LOGIN, "a CREATE Old (USE (\\Archive))\r\nb LIST \"\" Old\r\n"
           "c CREATE Odd (USE (\\All))\r\nd CREATE S (USE (\\Sent))\r\n"
           "e CREATE Two (USE (\\Junk \\Drafts))\r\n"
           "f CREATE None (USE ())\r\ng CREATE x (USE)\r\n"
           "h CREATE y (USE (\\Junk)\r\ni CREATE z USE\r\nj LIST \"\" %\r\n"
           "k CREATE Old (USE (\\Junk))\r\n",
    "a OK Created\r\n* LIST (\\HasNoChildren \\Archive) \"/\" Old\r\n"
    "b OK Listed\r\nc NO [USEATTR] No mailbox can be made for that use\r\n"
    "d NO [USEATTR] No mailbox can be made for that use\r\n"
    "e NO [USEATTR] No mailbox can be made for that use\r\n"
    "f OK Created\r\ng BAD CREATE takes a name and (USE (use))\r\n"
    "h BAD CREATE takes a name and (USE (use))\r\n"
    "i BAD CREATE takes a name and (USE (use))\r\n"
    "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
    "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
    "* LIST (\\HasNoChildren \\Trash) \"/\" Trash\r\n"
    "* LIST (\\HasNoChildren \\Archive) \"/\" Old\r\n"
    "* LIST (\\HasNoChildren) \"/\" None\r\nj OK Listed\r\n"
    "k NO [ALREADYEXISTS] There is such a mailbox already\r\n" },
  /* several messages in one APPEND */
  { LOGIN, "a APPEND Sent (\\Seen) {4+}\r\nA:\r\n (\\Draft) {4}\r\nB:\r\n"
           "\r\nb EXAMINE Sent\r\nc FETCH 1:* (UID FLAGS RFC822)\r\n",
    "+ Send 4 octets\r\na OK [APPENDUID 7 1:2] Appended\r\n"
    "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n"
    "* 2 EXISTS\r\n* 2 RECENT\r\n"
    "* OK [UNSEEN 2] The first unread message\r\n"
    "* OK [UIDVALIDITY 7] The UIDs stay valid\r\n"
    "* OK [UIDNEXT 3] The next UID\r\n"
    "* OK [HIGHESTMODSEQ 3] The newest change\r\n"
    "* OK [PERMANENTFLAGS ()] Nothing can be changed\r\n"
    "b OK [READ-ONLY] Examined\r\n"
    "* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent) RFC822 {4}\r\nA:\r\n)\r\n"
    "* 2 FETCH (UID 2 FLAGS (\\Draft \\Recent) RFC822 {4}\r\nB:\r\n)\r\n"
    "c OK Fetched\r\n" },
  /* all or none */
  { LOGIN, "a APPEND Sent {4+}\r\nA:\r\n {0+}\r\n\r\n"
           "b APPEND Sent {4+}\r\nA:\r\n (\\Frob) {4+}\r\nB:\r\n\r\n"
           "c APPEND Sent {4+}\r\nA:\r\n x\r\n"
           "d STATUS Sent (MESSAGES)\r\n",
    "a NO That message is empty\r\n"
    "b BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "c BAD APPEND takes a mailbox, flags, a date and messages\r\n"
    "* STATUS Sent (MESSAGES 0)\r\nd OK Counted\r\n" },
  { LOGIN, "a APPEND Sent {4+}\r\nA:\r\n {999999999}\r\n",
    "a NO [TOOBIG] That message is too big\r\n" },
  /* literal8 is taken as long as there is no NUL in it */
  { LOGIN, "a APPEND Sent ~{4+}\r\nA:\r\n\r\n",
    "a OK [APPENDUID 7 1] Appended\r\n" },
  /* BINARY */
  { LOGIN "t APPEND INBOX {214+}\r\n" MIME "\r\nt SELECT INBOX\r\n",
    "a FETCH 4 (BINARY.SIZE[1] BINARY.PEEK[2] BINARY.PEEK[2]<1.1>)\r\n"
    "b FETCH 4 BINARY[2]\r\nc FETCH 4 BINARY.PEEK[3]\r\n"
    "d FETCH 4 BINARY.SIZE[3]\r\ne FETCH 4 BINARY.PEEK[9]\r\n"
    "f FETCH 3 BINARY.PEEK[]\r\ng FETCH 1 BINARY[1.MIME]\r\n"
    "h FETCH 1 BINARY[HEADER]\r\ni FETCH 1 BINARY.SIZE[1]<0.1>\r\n"
    "j FETCH 1 BINARY.SIZE[1]\r\nk FETCH 1 BINARY\r\n",
    "* 4 FETCH (BINARY.SIZE[1] 4 BINARY[2] {3}\r\n\303\274! "
    "BINARY[2]<1> {1}\r\n\274)\r\na OK Fetched\r\n"
    "* 4 FETCH (BINARY[2] {3}\r\n\303\274! FLAGS (\\Seen \\Recent))\r\n"
    "b OK Fetched\r\n"
    "c NO [UNKNOWN-CTE] The part is in an unknown transfer encoding\r\n"
    "d NO [UNKNOWN-CTE] The part is in an unknown transfer encoding\r\n"
    "* 4 FETCH (BINARY[9] NIL)\r\ne OK Fetched\r\n"
    "* 3 FETCH (BINARY[] {18}\r\nSubject: Three\r\n\r\n)\r\nf OK Fetched\r\n"
    "g BAD That cannot be fetched\r\nh BAD That cannot be fetched\r\n"
    "i BAD That cannot be fetched\r\n"
    "* 1 FETCH (BINARY.SIZE[1] 8)\r\nj OK Fetched\r\n"
    "k BAD That cannot be fetched\r\n" },
};

static void
run_case (guint i,
          gsize portion)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *ignored = NULL;
  g_autofree char        *answer = NULL;
  g_autofree char        *row = g_strescape (cases[i].said, NULL);
  gsize                   len = strlen (cases[i].said);

  g_test_message ("case %u in portions of %" G_GSIZE_FORMAT ": %s", i,
                  portion, row);
  pc_engine_start (server, NOW);
  ignored = say (server, cases[i].before);
  for (gsize at = 0; at < len; at += portion)
    pc_engine_feed (server, NOW, 0, (const guint8 *) cases[i].said + at,
                    MIN (portion, len - at));
  answer = take_output (server);
  g_assert_cmpstr (answer, ==, cases[i].answer);
}

static void
test_answers (void)
{
  g_assert_cmpuint (strlen (MIME), ==, 214);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    run_case (i, 100000);
    run_case (i, 1);
    run_case (i, 3);
  }
}

/* Zero octets come only with BINARY, and go in not at all. */
static void
test_nul (void)
{
  static const char wanted[] = "* 4 FETCH (BINARY[1] ~{4}\r\n\0a\0b)\r\n"
                               "a OK Fetched\r\n";
  static const char said[] = "b APPEND Sent ~{5+}\r\nA:\0\r\n\r\n";
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autofree char        *answer = NULL;
  gsize                   len;
  const guint8           *out;

  pc_engine_start (server, NOW);
  g_free (say (server, LOGIN "t APPEND INBOX {214+}\r\n" MIME "\r\n"
                             "t SELECT INBOX\r\n"));
  pc_engine_feed (server, NOW, 0,
                  (const guint8 *) "a FETCH 4 BINARY.PEEK[1]\r\n", 26);
  out = pc_bytes_peek (pc_engine_get_output (server), &len);
  g_assert_cmpmem (out, len, wanted, sizeof wanted - 1);
  g_free (take_output (server));

  pc_engine_feed (server, NOW, 0, (const guint8 *) said, sizeof said - 1);
  answer = take_output (server);
  g_assert_cmpstr (answer, ==,
                   "b NO [UNKNOWN-CTE] No zero octets can be kept here\r\n");
}

/* "*a*a*a*b" and its like, on names made for it: more wildcards than anybody
 * needs are refused, for each is work for every name. */
static void
test_wildcards (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autoptr (GString)     line = g_string_new ("a LIST \"\" (");
  g_autofree char        *level = g_strnfill (246, 'a');
  g_autofree char        *answer = NULL;
  gint64                  begin;

  pc_engine_start (server, NOW);
  g_free (say (server, LOGIN));
  for (guint i = 0; i < 900; i++) {
    g_autofree char *create = g_strdup_printf ("c CREATE %s%u\r\n", level, i);

    g_free (say (server, create));
  }
  for (guint i = 0; i < PC_LIMIT_IMAP_PATTERNS; i++) {
    if (i > 0)
      g_string_append_c (line, ' ');
    for (guint k = 0; k < 250; k++)
      g_string_append (line, k % 2 == 0 ? "*%a" : "%*a");
    g_string_append_c (line, 'b');
  }
  g_string_append (line, ")\r\n");

  begin = g_get_monotonic_time ();
  answer = say (server, line->str);
  g_assert_cmpstr (answer, ==, BAD_LIST);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_USEC_PER_SEC);
  g_test_message ("%" G_GINT64_FORMAT " ms",
                  (g_get_monotonic_time () - begin) / 1000);
}

/* One more pattern than there may be; one longer than any name. */
static void
test_limits (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    server = server_new (store, 1);
  g_autoptr (GString)     line = g_string_new ("a LIST \"\" (INBOX");
  g_autofree char        *name = g_strnfill (60000, 'a');
  g_autofree char        *big = g_strdup_printf ("b LIST \"\" %s*\r\n", name);
  g_autofree char        *many = NULL;
  g_autofree char        *longer = NULL;

  for (guint i = 0; i < PC_LIMIT_IMAP_PATTERNS; i++)
    g_string_append (line, " x");
  g_string_append (line, ")\r\n");
  pc_engine_start (server, NOW);
  g_free (say (server, LOGIN));
  many = say (server, line->str);
  longer = say (server, big);
  g_assert_cmpstr (many, ==, BAD_LIST);
  g_assert_cmpstr (longer, ==, "b OK Listed\r\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/extensions/answers", test_answers);
  g_test_add_func ("/imap/extensions/nul", test_nul);
  g_test_add_func ("/imap/extensions/wildcards", test_wildcards);
  g_test_add_func ("/imap/extensions/limits", test_limits);
  return g_test_run ();
}
