/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer: what units come of which octets, in any portions. */

#include "fixture.h"

#include "base/limits.h"
#include "proto/pop3/rules.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *talk[16]; /* "C…" or "S…"; "c", "s": that side ends */
  const char *units;
} Row;

#define G "S+OK ready\r\n"
#define GREETED "S greeting pop3.greeting OK [+OK ready] AUTHORIZATION\n"
#define DOTS \
  "\342\200\242\342\200\242\342\200\242\342\200\242\342\200\242\342\200\242"

static const Row rows[] = {
  { "login",
    { G, "CUSER alex\r\n", "S+OK\r\n", "CPASS portcall\r\n", "S+OK in\r\n" },
    GREETED
    "C command pop3.user OK [USER alex] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION, user named\n"
    "S reply pop3.pass.ok OK [+OK in] TRANSACTION\n" },
  { "refusals",
    { G, "CPASS x\r\n", "S-ERR no\r\n", "CUSER a\r\n", "S+OK\r\n",
      "CPASS x\r\n", "S-ERR [AUTH] no\r\n", "CUSER a\r\nPASS y\r\n",
      "S+OK\r\n-ERR [IN-USE] later\r\n" },
    GREETED
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "S reply pop3.state.err ERROR [-ERR no] AUTHORIZATION\n"
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION, user named\n"
    "S reply pop3.pass.err ERROR [-ERR [AUTH] no] AUTHORIZATION\n"
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "S reply pop3.pass.in-use ERROR [-ERR [IN-USE] later] AUTHORIZATION\n" },
  { "pipelined",
    { G, "CUSER a\r\nPASS b\r\nSTAT\r\nLIST\r\nLIST 1\r\nQUIT\r\n",
      "S+OK\r\n+OK\r\n+OK 1 9\r\n+OK\r\n1 9\r\n.\r\n+OK 1 9\r\n+OK bye\r\n" },
    GREETED
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "C command pop3.stat OK [STAT] AUTHORIZATION\n"
    "C command pop3.list OK [LIST] AUTHORIZATION\n"
    "C command pop3.list OK [LIST 1] AUTHORIZATION\n"
    "C command pop3.quit OK [QUIT] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "S reply pop3.pass.ok OK [+OK] TRANSACTION\n"
    "S reply pop3.stat.reply OK [+OK 1 9] TRANSACTION\n"
    "S reply pop3.list.reply OK [+OK \342\200\246 1 line] TRANSACTION\n"
    "S reply pop3.list.ok OK [+OK 1 9] TRANSACTION\n"
    "S reply pop3.quit.unchanged OK [+OK bye] UPDATE\n" },
  { "marks",
    { G, "CUSER a\r\nPASS b\r\nDELE 1\r\nRSET\r\nQUIT x\r\nDELE 1\r\n"
         "DELE 1\r\nQUIT\r\n",
      "S+OK\r\n+OK\r\n+OK\r\n+OK\r\n-ERR\r\n+OK\r\n-ERR\r\n+OK\r\n",
      "s" },
    GREETED
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "C command pop3.dele OK [DELE 1] AUTHORIZATION\n"
    "C command pop3.rset OK [RSET] AUTHORIZATION\n"
    "C command pop3.quit OK [QUIT x] AUTHORIZATION\n"
    "C command pop3.dele OK [DELE 1] AUTHORIZATION\n"
    "C command pop3.dele OK [DELE 1] AUTHORIZATION\n"
    "C command pop3.quit OK [QUIT] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "S reply pop3.pass.ok OK [+OK] TRANSACTION\n"
    "S reply pop3.dele.ok OK [+OK] TRANSACTION\n"
    "S reply pop3.rset.ok OK [+OK] TRANSACTION\n"
    "S reply pop3.quit.err ERROR [-ERR] TRANSACTION\n"
    "S reply pop3.dele.ok OK [+OK] TRANSACTION\n"
    "S reply pop3.dele.err ERROR [-ERR] TRANSACTION\n"
    "S reply pop3.quit.update OK [+OK] UPDATE\n" },
  { "quit before login",
    { G, "CQUIT\r\n", "S+OK bye\r\n", "s", "c" },
    GREETED
    "C command pop3.quit OK [QUIT] AUTHORIZATION\n"
    "S reply pop3.quit.bye OK [+OK bye] Closed\n" },
  { "capa refused",
    { G, "CCAPA\r\n", "S-ERR what\r\n" },
    GREETED
    "C command pop3.capa OK [CAPA] AUTHORIZATION\n"
    "S reply pop3.capa.err ERROR [-ERR what] AUTHORIZATION\n" },
  { "sasl",
    { G, "CAUTH PLAIN\r\n", "S+ \r\n", "CAGFsZXgAcG9ydGNhbGw=\r\n",
      "S+OK\r\n" },
    GREETED
    "C command pop3.auth OK [AUTH PLAIN] AUTHORIZATION\n"
    "S reply pop3.auth.challenge OK [+ ] AUTHORIZATION\n"
    "C data pop3.auth.response OK [" DOTS "] AUTHORIZATION\n"
    "S reply pop3.auth.ok OK [+OK] TRANSACTION\n" },
  { "sasl sent too early",
    { G, "CAUTH PLAIN\r\nAGFsZXgAcG9ydGNhbGw=\r\n", "S+ \r\n-ERR\r\n" },
    GREETED
    "C command pop3.auth OK [AUTH PLAIN] AUTHORIZATION\n"
    "C data pop3.auth.response OK [" DOTS "] AUTHORIZATION\n"
    "S reply pop3.auth.challenge OK [+ ] AUTHORIZATION\n"
    "S reply pop3.auth.err ERROR [-ERR] AUTHORIZATION\n" },
  { "sasl with initial response, and one called off",
    { G, "CAUTH PLAIN AGFsZXgA\r\n", "S-ERR\r\n", "Cauth login\r\n",
      "S+ VXNlcg==\r\n", "C*\r\n", "S-ERR off\r\n", "CAUTH\r\n",
      "S+OK\r\nPLAIN\r\nLOGIN\r\n.\r\n" },
    GREETED
    "C command pop3.auth OK [AUTH PLAIN " DOTS "] AUTHORIZATION\n"
    "S reply pop3.auth.err ERROR [-ERR] AUTHORIZATION\n"
    "C command pop3.auth OK [auth login] AUTHORIZATION\n"
    "S reply pop3.auth.challenge OK [+ VXNlcg==] AUTHORIZATION\n"
    "C data pop3.auth.cancel OK [*] AUTHORIZATION\n"
    "S reply pop3.auth.err ERROR [-ERR off] AUTHORIZATION\n"
    "C command pop3.auth OK [AUTH] AUTHORIZATION\n"
    "S reply pop3.auth.list OK [+OK \342\200\246 2 lines] AUTHORIZATION\n" },
  { "apop",
    { "S+OK <1.2@x>\r\n", "CAPOP mrose c4c9334bac560ecc979e58001b3e22fb\r\n",
      "S+OK in\r\n", "CAPOP a b\r\n", "S-ERR\r\n" },
    "S greeting pop3.greeting OK [+OK <1.2@x>] AUTHORIZATION\n"
    "C command pop3.apop OK [APOP mrose c4c9334bac560ecc979e58001b3e22fb] "
    "AUTHORIZATION\n"
    "S reply pop3.apop.ok OK [+OK in] TRANSACTION\n"
    "C command pop3.apop OK [APOP a b] TRANSACTION\n"
    "S reply pop3.state.err ERROR [-ERR] TRANSACTION\n" },
  { "tls",
    { G, "CSTLS\r\n", "S+OK\r\n", "C\026\003\001\001\002zz" },
    GREETED
    "C command pop3.starttls OK [STLS] AUTHORIZATION\n"
    "S reply pop3.starttls.ok OK [+OK] AUTHORIZATION\n" },
  { "tls on the wrong port",
    { "C\026\003\001\001\001", G, "S-ERR what\r\n", "c", "s" },
    GREETED
    "S reply pop3.unknown.err ERROR [-ERR what] AUTHORIZATION\n"
    "C data pop3.unreadable ERROR [TLS record of 5 octets] AUTHORIZATION\n" },
  { "http",
    { "CGET / HTTP/1.1\r\n", G, "S-ERR\r\n", "s" },
    "C data pop3.unreadable ERROR [GET / HTTP/1.1] Connecting\n" GREETED
    "S reply pop3.unknown.err ERROR [-ERR] AUTHORIZATION\n" },
  { "another protocol's server",
    { "S* OK IMAP\r\n", "CCAPA\r\n", "S250 x\r\n" },
    "S data pop3.unreadable ERROR [* OK IMAP] Connecting\n"
    "C command pop3.capa OK [CAPA] Connecting\n"
    "S data pop3.unreadable ERROR [250 x] Connecting\n" },
  { "unasked",
    { G, "S-ERR idle\r\n+OK\r\n", "CXTND a\r\n", "S+OK\r\n" },
    GREETED
    "S reply pop3.unasked ERROR [-ERR idle] AUTHORIZATION\n"
    "S reply pop3.unasked WARNING [+OK] AUTHORIZATION\n"
    "C command pop3.unknown WARNING [XTND a] AUTHORIZATION\n"
    "S reply pop3.unknown.ok OK [+OK] AUTHORIZATION\n" },
  { "lost in a reply",
    { G, "CUSER al\r\n", "S+OK", "s" },
    GREETED "C command pop3.user OK [USER al] AUTHORIZATION\n"
            "S reply tcp.unfinished WARNING [+OK] AUTHORIZATION\n" },
  { "lost in a command",
    { G, "CUSER al", "c" },
    GREETED "C command tcp.unfinished WARNING [USER al] AUTHORIZATION\n" },
  { "lost in a password",
    { G, "CPASS portc", "c" },
    GREETED "C command tcp.unfinished WARNING [PASS " DOTS "] AUTHORIZATION\n" },
  { "lost in a message",
    { G, "CUSER a\r\nPASS b\r\n", "S+OK\r\n+OK\r\n", "CRETR 1\r\n",
      "S+OK 99 octets\r\nA: b\r\n\r\nhal", "s" },
    GREETED
    "C command pop3.user OK [USER a] AUTHORIZATION\n"
    "C command pop3.pass OK [PASS " DOTS "] AUTHORIZATION\n"
    "S reply pop3.user.ok OK [+OK] AUTHORIZATION, user named\n"
    "S reply pop3.pass.ok OK [+OK] TRANSACTION\n"
    "C command pop3.retr OK [RETR 1] TRANSACTION\n"
    "S reply tcp.unfinished WARNING "
    "[+OK 99 octets \342\200\246 2 lines] TRANSACTION\n" },
  { "dressed up",
    { "S+OK \033[31m\342\200\256evil\r\n" },
    "S greeting pop3.greeting OK [+OK \342\220\233[31m\\u{202e}evil] "
    "AUTHORIZATION\n" },
};

static void
feed (PcObserver *observer,
      const char *line,
      gsize       portion)
{
  PcSide side = g_ascii_tolower (line[0]) == 'c' ? PC_SIDE_CLIENT
                                                 : PC_SIDE_SERVER;
  gsize  len = strlen (line);

  if (g_ascii_islower (line[0])) {
    pc_observer_finish (observer, side);
    return;
  }
  for (gsize i = 1; i < len; i += portion)
    pc_observer_feed (observer, side, 0, (const guint8 *) line + i,
                      MIN (portion, len - i));
}

static void
check_rows (gsize portion)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
    g_autoptr (GString) units = g_string_new (NULL);

    g_test_message ("%s", rows[i].name);
    for (guint k = 0; rows[i].talk[k] != NULL; k++)
      feed (observer, rows[i].talk[k], portion);
    fixture_describe_units (observer, units);
    g_assert_cmpstr (units->str, ==, rows[i].units);
  }
}

static void
test_talks (void)
{
  check_rows (G_MAXSIZE / 2);
}

static void
test_byte_by_byte (void)
{
  check_rows (1);
}

/* "start-end label" of each field, for a reply to RETR. */
static void
test_message_fields (void)
{
  static const char reply[] = "S+OK 9 octets\r\n"
                              "A: b\r\n c\r\n"
                              "D: e\r\n"
                              "\r\n"
                              "one\r\ntwo\r\n"
                              "..\r\n"
                              "..x\r\nthree\r\n"
                              ".\r\n";
  static const char expected[] = "0-3 Status indicator\n"
                                 "3-4 Space\n"
                                 "4-12 Text\n"
                                 "12-14 End of line\n"
                                 "14-24 Header field\n"
                                 "24-30 Header field\n"
                                 "30-32 Empty line\n"
                                 "32-42 Body\n"
                                 "42-43 Stuffed dot\n"
                                 "43-46 Body\n"
                                 "46-47 Stuffed dot\n"
                                 "47-58 Body\n"
                                 "58-61 End mark\n";
  g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
  g_autoptr (GString) fields = g_string_new (NULL);
  g_autoptr (PcUnit) unit = NULL;

  feed (observer, G, 99);
  feed (observer, "CUSER a\r\nPASS b\r\nRETR 1\r\n", 99);
  feed (observer, "S+OK\r\n+OK\r\n", 99);
  for (guint i = 0; i < 6; i++)
    pc_unit_free (pc_observer_next (observer));
  feed (observer, reply, 99);

  unit = pc_observer_next (observer);
  g_assert_cmpstr (unit->rule, ==, "pop3.retr.reply");
  fixture_check_unit (unit);
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_string_append_printf (fields, "%u-%u %s\n", field->start, field->end,
                            field->label);
  }
  g_assert_cmpstr (fields->str, ==, expected);
}

static PcObserver *
observe_login (void)
{
  PcObserver *observer = pc_pop3_observer_new ();

  feed (observer, G, 99);
  feed (observer, "CUSER a\r\nPASS b\r\n", 99);
  feed (observer, "S+OK\r\n+OK\r\n", 99);
  for (guint i = 0; i < 5; i++)
    pc_unit_free (pc_observer_next (observer));

  return observer;
}

/* A secret is nowhere: neither in a value nor in a summary. */
static void
test_secrets (void)
{
  static const char *const lines[] = {
    "CPASS hunter2\r\n", "Cpass hunter2\r\n", "CPASS  hunter2\r\n",
    "CPASS hunter2", "CAUTH PLAIN hunter2\r\n", "CAUTH PLAIN\r\nhunter2\r\n",
    "CAUTH LOGIN\r\nhunter2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
    gboolean found = FALSE;

    g_test_message ("%s", lines[i]);
    feed (observer, G, 99);
    feed (observer, lines[i], 3);
    feed (observer, "c", 1);
    for (;;) {
      g_autoptr (PcUnit) unit = pc_observer_next (observer);

      if (unit == NULL)
        break;
      g_assert_null (strstr (unit->summary, "hunter2"));
      for (guint k = 0; k < pc_unit_get_n_fields (unit); k++) {
        const PcField *field = pc_unit_get_field (unit, k);

        g_assert_null (strstr (field->value, "hunter2"));
        found = found || field->secret;
      }
    }
    g_assert_true (found);
  }
}

/* So long a PASS that it is cut: still no word of it is shown. */
static void
test_overlong (void)
{
  g_autofree char *word = g_strnfill (3 * PC_LIMIT_SASL_LINE, 'p');
  g_autofree char *line = g_strconcat ("CPASS ", word, "\r\n", NULL);

  for (gsize portion = 1; portion < 100000; portion *= 10) {
    g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
    gsize total = 0;
    guint n = 0;

    feed (observer, line, portion);
    for (;; n++) {
      g_autoptr (PcUnit) unit = pc_observer_next (observer);

      if (unit == NULL)
        break;
      fixture_check_unit (unit);
      g_assert_cmpstr (unit->rule, ==, "pop3.unreadable");
      g_assert_cmpstr (unit->summary, ==, DOTS);
      total += g_bytes_get_size (unit->bytes);
    }
    g_assert_cmpuint (n, ==, 4);
    g_assert_cmpuint (total, ==, strlen (line) - 1);
  }
}

/* A long message comes in parts, the same whatever the portions. */
static void
test_long_message (void)
{
  g_autoptr (GString) reply = g_string_new ("S+OK\r\nA: b\r\n\r\n");
  g_autofree char *first = NULL;
  static const gsize portions[] = { 1000000000, 4096, 7 };

  while (reply->len < 3 * PC_LIMIT_UNIT)
    g_string_append (reply, "..a line that begins with a dot\r\nand one not"
                            "\r\n");
  g_string_append (reply, ".\r\n");

  for (gsize i = 0; i < G_N_ELEMENTS (portions); i++) {
    g_autoptr (PcObserver) observer = observe_login ();
    g_autoptr (GString) out = g_string_new (NULL);

    feed (observer, "CRETR 1\r\n", 99);
    feed (observer, reply->str, portions[i]);
    fixture_describe_units (observer, out);
    g_assert_nonnull (strstr (out->str, "S reply pop3.retr.reply OK"));
    g_assert_nonnull (strstr (out->str, "S data pop3.data-part OK"));
    if (first == NULL)
      first = g_strdup (out->str);
    g_assert_cmpstr (out->str, ==, first);
  }
}

/* Thousands of lines: the fields run out, the labels do not. */
static void
test_long_list (void)
{
  g_autoptr (PcObserver) observer = observe_login ();
  g_autoptr (GString) reply = g_string_new ("S+OK\r\n");
  g_autoptr (PcUnit) command = NULL;
  g_autoptr (PcUnit) unit = NULL;
  const PcField     *last;

  for (guint i = 1; i <= 3000; i++)
    g_string_append_printf (reply, "%u 100\r\n", i);
  g_string_append (reply, ".\r\n");

  feed (observer, "CLIST\r\n", 99);
  feed (observer, reply->str, 4096);
  command = pc_observer_next (observer);
  unit = pc_observer_next (observer);
  fixture_check_unit (unit);
  last = pc_unit_get_field (unit, pc_unit_get_n_fields (unit) - 1);
  g_assert_cmpstr (last->label, ==, "End mark");
  g_assert_cmpuint (last->end - last->start, ==, 3);
}

/* Any octets at all: no crash, everything labelled, all octets accounted. */
static void
test_noise (void)
{
  static const char *const words[] = {
    "+OK", "-ERR", "+ ", "\r\n", ".", ".\r\n", "USER a", "PASS b", "RETR 1",
    "LIST", "AUTH PLAIN", "STLS", "QUIT", "CAPA", "x", "\n", "\r", "\026\003",
    "[AUTH] ", "<", "> ", " ", "UIDL", "*",
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (110);

  for (guint round = 0; round < 3000; round++) {
    g_autoptr (PcObserver) observer = pc_pop3_observer_new ();
    gsize in[2] = { 0, 0 }, out[2] = { 0, 0 };

    for (int i = g_rand_int_range (rand, 0, 60); i > 0; i--) {
      const char *word =
          words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))];
      PcSide      side = (PcSide) g_rand_int_range (rand, 0, 2);

      pc_observer_feed (observer, side, 0, (const guint8 *) word,
                        strlen (word));
      in[side] += strlen (word);
    }
    pc_observer_finish (observer, PC_SIDE_CLIENT);
    pc_observer_finish (observer, PC_SIDE_SERVER);

    for (;;) {
      g_autoptr (PcUnit) unit = pc_observer_next (observer);

      if (unit == NULL)
        break;
      fixture_check_unit (unit);
      out[unit->from] += g_bytes_get_size (unit->bytes);
    }
    g_assert_cmpuint (in[0], ==, out[0]);
    g_assert_cmpuint (in[1], ==, out[1]);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/observe/talks", test_talks);
  g_test_add_func ("/pop3/observe/byte-by-byte", test_byte_by_byte);
  g_test_add_func ("/pop3/observe/message-fields", test_message_fields);
  g_test_add_func ("/pop3/observe/secrets", test_secrets);
  g_test_add_func ("/pop3/observe/overlong", test_overlong);
  g_test_add_func ("/pop3/observe/long-message", test_long_message);
  g_test_add_func ("/pop3/observe/long-list", test_long_list);
  g_test_add_func ("/pop3/observe/noise", test_noise);

  return g_test_run ();
}
