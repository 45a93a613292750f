/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands, replies, stuffing. */

#include "proto/pop3/sender.h"
#include "proto/pop3/syntax.h"

#include "fixture.h"

#include <string.h>

static void
test_commands (void)
{
  static const struct
  {
    const char *line;
    PcPop3Verb  verb;
    gsize       word_len;
    const char *args;
    gboolean    has_args;
  } rows[] = {
    { "STAT", PC_POP3_VERB_STAT, 4, "", FALSE },
    { "stat", PC_POP3_VERB_STAT, 4, "", FALSE },
    { "LIST ", PC_POP3_VERB_LIST, 4, "", FALSE },
    { "LIST 3", PC_POP3_VERB_LIST, 4, "3", TRUE },
    { "Top 1 2", PC_POP3_VERB_TOP, 3, "1 2", TRUE },
    { "PASS two words ", PC_POP3_VERB_PASS, 4, "two words ", TRUE },
    { "PASS  ", PC_POP3_VERB_PASS, 4, " ", FALSE },
    { "STATS", PC_POP3_VERB_UNKNOWN, 5, "", FALSE },
    { "STA", PC_POP3_VERB_UNKNOWN, 3, "", FALSE },
    { " STAT", PC_POP3_VERB_UNKNOWN, 0, "STAT", TRUE },
    { "", PC_POP3_VERB_UNKNOWN, 0, "", FALSE },
    { "AUTH", PC_POP3_VERB_AUTH, 4, "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcPop3Command command;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].line);
    pc_pop3_parse_command ((const guint8 *) rows[i].line,
                           strlen (rows[i].line), &command);
    g_assert_cmpint (command.verb, ==, rows[i].verb);
    g_assert_cmpuint (command.word_len, ==, rows[i].word_len);
    g_assert_cmpint (command.has_args, ==, rows[i].has_args);
    g_assert_cmpmem (command.args, command.args_len, rows[i].args,
                     strlen (rows[i].args));
  }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    guint       n;
    guint32     first;
    guint32     second;
  } rows[] = {
    { "1", 1, 1, 0 },
    { "12 0", 2, 12, 0 },
    { "1 99999999", 2, 1, 99999999 },
    { "4294967295", 1, G_MAXUINT32, 0 },
    { "4294967296", 0, 0, 0 },
    { "100000000000000000000", 0, 0, 0 },
    { "007", 1, 7, 0 },
    { "1 ", 1, 1, 0 },
    { "1 2 3", 0, 0, 0 },
    { "1  2", 0, 0, 0 },
    { " 1", 0, 0, 0 },
    { "-1", 0, 0, 0 },
    { "+1", 0, 0, 0 },
    { "1x", 0, 0, 0 },
    { "0x1", 0, 0, 0 },
    { "", 0, 0, 0 },
    { " ", 0, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint32 values[2] = { 0, 0 };
    guint   n = pc_pop3_parse_numbers ((const guint8 *) rows[i].text,
                                       strlen (rows[i].text), values, 2);

    g_test_message ("row %" G_GSIZE_FORMAT ": \"%s\"", i, rows[i].text);
    g_assert_cmpuint (n, ==, rows[i].n);
    if (n > 0)
      g_assert_cmpuint (values[0], ==, rows[i].first);
    if (n > 1)
      g_assert_cmpuint (values[1], ==, rows[i].second);
  }
}

static void
test_replies (void)
{
  static const struct
  {
    const char  *line;
    PcPop3Status status;
    gsize        text;
    gsize        code_len;
    const char  *code;
  } rows[] = {
    { "+OK", PC_POP3_REPLY_OK, 3, 0, NULL },
    { "+OK ", PC_POP3_REPLY_OK, 4, 0, NULL },
    { "+OK 2 320", PC_POP3_REPLY_OK, 4, 0, NULL },
    { "-ERR", PC_POP3_REPLY_ERR, 4, 0, NULL },
    { "-ERR [AUTH] no", PC_POP3_REPLY_ERR, 5, 6, "AUTH" },
    { "-ERR [in-use] no", PC_POP3_REPLY_ERR, 5, 8, "IN-USE" },
    { "-ERR [SYS/TEMP]", PC_POP3_REPLY_ERR, 5, 10, "SYS" },
    { "-ERR [AUTH", PC_POP3_REPLY_ERR, 5, 0, NULL },
    { "-ERR []", PC_POP3_REPLY_ERR, 5, 2, NULL },
    { "-ERR [AUTHX]", PC_POP3_REPLY_ERR, 5, 7, NULL },
    { "+", PC_POP3_REPLY_CONTINUE, 1, 0, NULL },
    { "+ ", PC_POP3_REPLY_CONTINUE, 2, 0, NULL },
    { "+ dGVzdA==", PC_POP3_REPLY_CONTINUE, 2, 0, NULL },
    { "+OKAY", PC_POP3_REPLY_BAD, 0, 0, NULL },
    { "+ok", PC_POP3_REPLY_BAD, 0, 0, NULL },
    { "-err", PC_POP3_REPLY_BAD, 0, 0, NULL },
    { "* OK IMAP", PC_POP3_REPLY_BAD, 0, 0, NULL },
    { "220 mail", PC_POP3_REPLY_BAD, 0, 0, NULL },
    { "", PC_POP3_REPLY_BAD, 0, 0, NULL },
  };
  static const char *const codes[] = { "AUTH", "IN-USE", "SYS" };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *line = (const guint8 *) rows[i].line;
    PcPop3Reply   reply;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].line);
    pc_pop3_parse_reply (line, strlen (rows[i].line), &reply);
    g_assert_cmpint (reply.status, ==, rows[i].status);
    g_assert_cmpuint (reply.text, ==, rows[i].text);
    g_assert_cmpuint (reply.code_len, ==, rows[i].code_len);
    for (gsize c = 0; c < G_N_ELEMENTS (codes); c++)
      g_assert_cmpint (pc_pop3_reply_has_code (line, &reply, codes[c]), ==,
                       g_strcmp0 (rows[i].code, codes[c]) == 0);
  }
}

static void
test_unstuff (void)
{
  static const struct
  {
    const char *wire;
    gsize       used; /* 0: does not end */
    const char *text;
  } rows[] = {
    { ".\r\n", 3, "" },
    { "a\r\n.\r\n", 6, "a\r\n" },
    { "a\r\n..\r\n.\r\nrest", 10, "a\r\n.\r\n" },
    { "..x\r\n.\r\n", 8, ".x\r\n" },
    { ".x\r\n.\r\n", 7, "x\r\n" },
    { "...\r\n.\r\n", 8, "..\r\n" },
    { ".\rx\r\n.\r\n", 8, "\rx\r\n" },
    { "a\n.\nb\r\n.\r\n", 10, "a\n.\nb\r\n" },
    { "a\r\n.\nb\r\n.\r\n", 11, "a\r\n\nb\r\n" },
    { "a\r.\r\n.\r\n", 8, "a\r.\r\n" },
    { "a\r\r\n.\r\n", 7, "a\r\r\n" },
    { "\r\n.\r\n", 5, "\r\n" },
    { "a.\r\n", 0, "a.\r\n" },
    { ".\r.\r\n", 0, "\r.\r\n" },
    { "", 0, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize                  len = strlen (rows[i].wire);
    PcPop3Unstuffer        whole = { 0 }, split = { 0 };
    g_autoptr (GByteArray) text = g_byte_array_new ();
    g_autoptr (GByteArray) again = g_byte_array_new ();
    gsize                  used, at = 0;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    used = pc_pop3_unstuff (&whole, (const guint8 *) rows[i].wire, len, text);
    g_assert_cmpint (whole.at == PC_POP3_END, ==, rows[i].used > 0);
    g_assert_cmpuint (used, ==, rows[i].used > 0 ? rows[i].used : len);
    g_assert_cmpmem (text->data, text->len, rows[i].text,
                     strlen (rows[i].text));

    while (at < used)
      at += pc_pop3_unstuff (&split, (const guint8 *) rows[i].wire + at, 1,
                             again);
    g_assert_cmpint (split.at, ==, whole.at);
    g_assert_cmpmem (again->data, again->len, text->data, text->len);
  }
}

/* Whatever the text, it comes out as it went in, and ends where it ends. */
static void
test_round_trip (void)
{
  static const char *const pieces[] = { ".", "..", "a", "\r\n", ".\r\n", "" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1939);

  for (guint round = 0; round < 2000; round++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    g_autoptr (PcEngine) engine = fixture_server (store);
    g_autoptr (GString) text = g_string_new (NULL);
    g_autoptr (GByteArray) back = g_byte_array_new ();
    g_autoptr (GBytes) content = NULL;
    PcPop3Unstuffer unstuffer = { 0 };
    PcPop3Sender    sender = { 0 };
    gsize           size;
    const guint8   *wire;

    for (int i = g_rand_int_range (rand, 0, 12); i > 0; i--)
      g_string_append (text, pieces[g_rand_int_range (rand, 0, 6)]);
    g_string_append (text, "\r\n");

    pc_bytes_clear (pc_engine_get_output (engine));
    content = g_bytes_new (text->str, text->len);
    pc_pop3_sender_begin (&sender, content, text->len);
    while (!pc_pop3_sender_go_on (&sender, engine,
                                  (gsize) g_rand_int_range (rand, 1, 9)))
      ;

    wire = pc_bytes_peek (pc_engine_get_output (engine), &size);
    g_assert_cmpuint (pc_pop3_unstuff (&unstuffer, wire, size, back), ==,
                      size);
    g_assert_cmpint (unstuffer.at, ==, PC_POP3_END);
    g_assert_cmpmem (back->data, back->len, text->str, text->len);
  }
}

static void
test_top (void)
{
  static const char text[] = "A: b\r\n\r\n1\r\n2\r\n3";
  static const struct
  {
    guint32 lines;
    gsize   length;
  } rows[] = {
    { 0, 8 }, { 1, 11 }, { 2, 14 }, { 3, 15 }, { 99999999, 15 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpuint (pc_pop3_top_length ((const guint8 *) text,
                                          strlen (text), rows[i].lines),
                      ==, rows[i].length);
  g_assert_cmpuint (pc_pop3_top_length ((const guint8 *) "no body", 7, 5), ==,
                    7);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/syntax/commands", test_commands);
  g_test_add_func ("/pop3/syntax/numbers", test_numbers);
  g_test_add_func ("/pop3/syntax/replies", test_replies);
  g_test_add_func ("/pop3/syntax/unstuff", test_unstuff);
  g_test_add_func ("/pop3/syntax/round-trip", test_round_trip);
  g_test_add_func ("/pop3/syntax/top", test_top);

  return g_test_run ();
}
