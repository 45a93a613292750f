/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grammar, table by table; frames also octet by octet. */

#include "base/limits.h"
#include "proto/imap/syntax.h"

#include <string.h>

static PcImapCursor
cursor (const char *text)
{
  return (PcImapCursor){ (const guint8 *) text, strlen (text), 0 };
}

static void
test_astring (void)
{
  static const struct {
    const char *text;
    const char *value; /* NULL: none */
    gsize       used;
  } cases[] = {
    { "abc def", "abc", 3 },
    { "a]b", "a]b", 3 },
    { "a[b", "a[b", 3 },
    { "", NULL, 0 },
    { " a", NULL, 0 },
    { "(a", NULL, 0 },
    { "*", NULL, 0 },
    { "%", NULL, 0 },
    { "\\Seen", NULL, 0 },
    { "\303\274", NULL, 0 },
    { "\"\" x", "", 2 },
    { "\"a b\"", "a b", 5 },
    { "\"a\\\"b\\\\\"", "a\"b\\", 8 },
    { "\"a\\b\"", NULL, 0 },
    { "\"a\\", NULL, 0 },
    { "\"a", NULL, 0 },
    { "\"a\r\nb\"", NULL, 0 },
    { "\"\303\274\"", "\303\274", 4 },
    { "{3}\r\na\r\n", "a\r\n", 8 },
    { "{3+}\r\nabcd", "abc", 9 },
    { "{3}\nabc", "abc", 7 },
    { "{0}\r\n", "", 5 },
    { "{4}\r\nabc", NULL, 0 },
    { "{3}abc", NULL, 0 },
    { "{}\r\n", NULL, 0 },
    { "{+}\r\n", NULL, 0 },
    { "{-1}\r\n", NULL, 0 },
    { "{99999999999999999999}\r\n", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PcImapCursor     at = cursor (cases[i].text);
    g_autofree char *value = NULL;

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (pc_imap_read_astring (&at, &value), ==,
                     cases[i].value != NULL);
    g_assert_cmpstr (value, ==, cases[i].value);
    g_assert_cmpuint (at.pos, ==, cases[i].used);
  }
}

static void
test_word (void)
{
  PcImapCursor at = cursor ("flags.silent x");

  g_assert_false (pc_imap_read_word (&at, "FLAGS"));
  g_assert_true (pc_imap_read_word (&at, "FLAGS.SILENT"));
  g_assert_false (pc_imap_read_word (&at, "X"));
  g_assert_true (pc_imap_read_char (&at, ' '));
  g_assert_true (pc_imap_read_word (&at, "X"));
  g_assert_false (pc_imap_read_word (&at, "X"));
  g_assert_true (pc_imap_at_end (&at));
}

/* "from-to" of each range, after resolving against @last. */
static void
test_set (void)
{
  static const struct {
    const char *text;
    guint32     last;
    const char *ranges; /* NULL: none */
  } cases[] = {
    { "1", 9, "1-1" },
    { "*", 9, "9-9" },
    { "2:4", 9, "2-4" },
    { "4:2", 9, "2-4" },
    { "7:*", 9, "7-9" },
    { "*:7", 9, "7-9" },
    { "12:*", 9, "9-12" },
    { "5,1,3:5,4", 9, "1-1 3-5" },
    { "1:4294967295", 9, "1-4294967295" },
    { "*", 0, "0-0" },
    { "", 9, NULL },
    { "0", 9, NULL },
    { "1:", 9, NULL },
    { "1,", 9, NULL },
    { "1:0", 9, NULL },
    { "4294967296", 9, NULL },
    { "-1", 9, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PcImapCursor        at = cursor (cases[i].text);
    g_autoptr (GArray)  ranges = NULL;
    g_autoptr (GString) out = g_string_new (NULL);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (pc_imap_read_set (&at, &ranges), ==,
                     cases[i].ranges != NULL);
    if (ranges == NULL) {
      g_assert_cmpuint (at.pos, ==, 0);
      continue;
    }
    pc_imap_set_resolve (ranges, cases[i].last);
    for (guint k = 0; k < ranges->len; k++) {
      PcImapRange range = g_array_index (ranges, PcImapRange, k);

      g_string_append_printf (out, "%s%u-%u", k > 0 ? " " : "", range.from,
                              range.to);
    }
    g_assert_cmpstr (out->str, ==, cases[i].ranges);
  }
}

static void
test_set_limit (void)
{
  g_autoptr (GString) text = g_string_new ("1");
  g_autoptr (GArray)  ranges = NULL;
  PcImapCursor        at;

  for (guint i = 1; i < PC_LIMIT_IMAP_SET; i++)
    g_string_append (text, ",1");
  at = cursor (text->str);
  g_assert_true (pc_imap_read_set (&at, &ranges));
  g_string_append (text, ",1");
  at = cursor (text->str);
  g_clear_pointer (&ranges, g_array_unref);
  g_assert_false (pc_imap_read_set (&at, &ranges));
}

static void
test_value (void)
{
  static const struct {
    const char *text;
    gsize       used; /* 0: none */
  } cases[] = {
    { "NIL x", 3 },
    { "123)", 3 },
    { "\\Seen)", 5 },
    { "\"a b\" c", 5 },
    { "(a (b \"c)\") d) e", 14 },
    { "()", 2 },
    { "(() ())", 7 },
    { "{3}\r\n) (x", 8 },
    { "(a {2}\r\n)))", 11 },
    { "BODY[HEADER.FIELDS (A B)]<0> x", 28 },
    { "(a", 0 },
    { ")", 0 },
    { "", 0 },
    { " a", 0 },
    { "BODY[", 5 },
    { "BODY[\r\n", 0 },
  };
  g_autofree char *deep = g_strnfill (100000, '(');
  PcImapCursor     at = cursor (deep);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    PcImapCursor one = cursor (cases[i].text);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpint (pc_imap_skip_value (&one), ==, cases[i].used > 0);
    g_assert_cmpuint (one.pos, ==, cases[i].used);
  }
  g_assert_false (pc_imap_skip_value (&at));
}

static void
test_match (void)
{
  static const struct {
    const char *pattern;
    const char *name;
    gboolean    match;
  } cases[] = {
    { "*", "", TRUE },        { "*", "a/b", TRUE },
    { "%", "ab", TRUE },      { "%", "a/b", FALSE },
    { "%/%", "a/b", TRUE },   { "a*", "b", FALSE },
    { "*b", "a/b", TRUE },    { "%b", "a/b", FALSE },
    { "", "", TRUE },         { "", "a", FALSE },
    { "a", "", FALSE },       { "a%c", "abbc", TRUE },
    { "a*c*e", "abcde", TRUE }, { "Sent", "sent", FALSE },
    { "**", "x", TRUE },      { "%*", "a/b", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s against %s", cases[i].pattern, cases[i].name);
    g_assert_cmpint (
        pc_imap_match_mailbox (cases[i].pattern, cases[i].name), ==,
        cases[i].match);
  }
}

/* A pattern that makes a backtracking matcher take for ever. */
static void
test_match_time (void)
{
  g_autofree char    *name = g_strnfill (1000, 'a');
  g_autoptr (GString) pattern = g_string_new (NULL);
  gint64              start = g_get_monotonic_time ();

  for (guint i = 0; i < 500; i++)
    g_string_append (pattern, "*a");
  g_string_append_c (pattern, 'b');
  g_assert_false (pc_imap_match_mailbox (pattern->str, name));
  g_assert_cmpint (g_get_monotonic_time () - start, <, 2 * G_USEC_PER_SEC);
}

/* The frames of @text: "d12" done with 12 octets, "s9" a literal asked for
 * with the first 9, "b" too big, "l" too long, "m" more. */
static char *
frames (const char *text,
        gboolean    responses,
        gboolean    slowly)
{
  GString      *out = g_string_new (NULL);
  PcImapFramer  framer = { 0 };
  const guint8 *data = (const guint8 *) text;
  gsize         len = strlen (text);
  gsize         shown = slowly ? 0 : len;
  gsize         start = 0;

  for (;;) {
    PcImapFrameResult result = pc_imap_framer_next (
        &framer, data + start, shown - start, responses, 40, 20);

    if (result == PC_IMAP_FRAME_MORE && shown < len) {
      shown++;
      continue;
    }
    if (result == PC_IMAP_FRAME_MORE)
      g_string_append (out, "m");
    else if (result == PC_IMAP_FRAME_LONG)
      g_string_append (out, "l");
    else if (result == PC_IMAP_FRAME_BIG)
      g_string_append (out, framer.synchronising ? "B" : "b");
    else
      g_string_append_printf (out, "%c%d ",
                              result == PC_IMAP_FRAME_DONE ? 'd' : 's',
                              (int) framer.end);
    if (result == PC_IMAP_FRAME_DONE) {
      start += framer.end;
      memset (&framer, 0, sizeof framer);
    } else if (result != PC_IMAP_FRAME_LITERAL) {
      return g_string_free (out, FALSE);
    }
  }
}

static void
test_frames (void)
{
  static const struct {
    const char *text;
    gboolean    responses;
    const char *frames;
  } cases[] = {
    { "a NOOP\r\nb NOOP\r\n", FALSE, "d8 d8 m" },
    { "a NOOP\nb", FALSE, "d7 m" },
    { "a {3}\r\nx\r\n y\r\n", FALSE, "s7 d14 m" },
    { "a {3+}\r\nx\r\n y\r\n", FALSE, "d15 m" },
    { "a {1}\r\nx {1}\r\ny\r\n", FALSE, "s7 s14 d17 m" },
    { "a {0}\r\n\r\n", FALSE, "s7 d9 m" },
    { "a \"{3}\r\nb\r\n", FALSE, "d8 d3 m" },
    { "a \"\\\"{3}\" {1+}\r\n\n\r\n", FALSE, "d19 m" },
    { "a {21}\r\n", FALSE, "B" },
    { "a {21+}\r\n", FALSE, "b" },
    { "a {11+}\r\n01234567890 {10}\r\n", FALSE, "B" },
    { "a {99999999999999999999}\r\n", FALSE, "B" },
    { "0123456789012345678901234567890123456789\r\n", FALSE, "l" },
    { "* 1 FETCH ({2}\r\n\r\n)\r\n", TRUE, "d21 m" },
    { "* OK text {2}\r\na\r\n", TRUE, "d15 d3 m" },
    { "t1 no text {2}\r\n", TRUE, "d16 m" },
    { "+ {2}\r\n", TRUE, "d7 m" },
    { "* OKAY {2}\r\nab\r\n", TRUE, "d16 m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *whole = frames (cases[i].text, cases[i].responses,
                                     FALSE);
    g_autofree char *slow = frames (cases[i].text, cases[i].responses, TRUE);

    g_test_message ("%s", cases[i].text);
    g_assert_cmpstr (whole, ==, cases[i].frames);
    g_assert_cmpstr (slow, ==, cases[i].frames);
  }
}

/* Whatever is written is read back as it was. */
static void
test_round_trip (void)
{
  static const char *const strings[] = {
    "", "abc", "a b", "NIL", "a\"b\\c", "{3}", "a\r\nb", "\303\274", "(", "*",
    "\001",
  };

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++) {
    g_autoptr (GString) out = g_string_new (NULL);
    g_autofree char    *back = NULL;
    PcImapCursor        at;

    g_test_message ("%s", strings[i]);
    pc_imap_write_nstring (out, strings[i]);
    at = cursor (out->str);
    g_assert_true (pc_imap_read_string (&at, &back));
    g_assert_true (pc_imap_at_end (&at));
    g_assert_cmpstr (back, ==, strings[i]);

    g_clear_pointer (&back, g_free);
    g_string_set_size (out, 0);
    if (!pc_imap_write_astring (out, strings[i])) {
      g_assert_cmpuint (out->len, ==, 0);
      continue;
    }
    at = cursor (out->str);
    g_assert_true (pc_imap_read_astring (&at, &back));
    g_assert_true (pc_imap_at_end (&at));
    g_assert_cmpstr (back, ==, strings[i]);
  }
}

static void
test_write (void)
{
  g_autoptr (GString) out = g_string_new (NULL);

  pc_imap_write_nstring (out, NULL);
  pc_imap_write_literal (out, (const guint8 *) "a\0b", 3);
  g_assert_cmpstr (out->str, ==, "NIL{3}\r\na\200b");

  g_string_set_size (out, 0);
  pc_imap_write_date (out, 0);
  pc_imap_write_date (out, G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC);
  g_assert_cmpstr (out->str, ==,
                   "\" 1-Jan-1970 00:00:00 +0000\""
                   "\"23-Nov-2026 08:00:00 +0000\"");
  g_string_set_size (out, 0);
  pc_imap_write_date (out, G_MAXINT64);
  g_assert_cmpuint (out->str[0], ==, '"');
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/syntax/astring", test_astring);
  g_test_add_func ("/imap/syntax/word", test_word);
  g_test_add_func ("/imap/syntax/set", test_set);
  g_test_add_func ("/imap/syntax/set-limit", test_set_limit);
  g_test_add_func ("/imap/syntax/value", test_value);
  g_test_add_func ("/imap/syntax/match", test_match);
  g_test_add_func ("/imap/syntax/match-time", test_match_time);
  g_test_add_func ("/imap/syntax/frames", test_frames);
  g_test_add_func ("/imap/syntax/round-trip", test_round_trip);
  g_test_add_func ("/imap/syntax/write", test_write);
  return g_test_run ();
}
