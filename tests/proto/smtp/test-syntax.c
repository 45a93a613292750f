/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The grammar of SMTP, by tables; and what leaves us, by random strings. */

#include "proto/smtp/syntax.h"

#include "proto/smtp/data-reader.h"

#include <string.h>

static const struct
{
  const char      *text;
  PcSmtpPathResult result;
  const char      *address;
  gsize            local;
} paths[] = {
  { "<alex@example.test>", PC_SMTP_PATH_OK, "alex@example.test", 4 },
  { "<alex@example.test> SIZE=3", PC_SMTP_PATH_OK, "alex@example.test", 4 },
  { "<>", PC_SMTP_PATH_OK, "", 0 },
  { "<postmaster>", PC_SMTP_PATH_OK, "postmaster", 10 },
  { "<@a.test,@b.test:u@c.test>", PC_SMTP_PATH_OK, "u@c.test", 1 },
  { "<\"a b>\"@example.test>", PC_SMTP_PATH_OK, "\"a b>\"@example.test", 6 },
  { "<\"a\\\"b\"@example.test>", PC_SMTP_PATH_OK, "\"a\\\"b\"@example.test",
    6 },
  { "<\"\"@example.test>", PC_SMTP_PATH_OK, "\"\"@example.test", 2 },
  { "<u@[127.0.0.1]>", PC_SMTP_PATH_OK, "u@[127.0.0.1]", 1 },
  { "<u@[IPv6:::1]>", PC_SMTP_PATH_OK, "u@[IPv6:::1]", 1 },
  { "<o'brien+x@my_host.test>", PC_SMTP_PATH_OK, "o'brien+x@my_host.test", 9 },
  { "alex@example.test", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<alex@example.test", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<alex@>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<.a@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a.@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a..b@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a b@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@b@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@-example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@example-.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@example..test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@example.test.>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@[]>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<a@[1.2.3.4>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<\"a@example.test>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<\"a\\", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<@a.test:>", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<", PC_SMTP_PATH_BAD, NULL, 0 },
  { "", PC_SMTP_PATH_BAD, NULL, 0 },
  { "<j\303\266rg@example.test>", PC_SMTP_PATH_FOREIGN, NULL, 0 },
};

static void
test_paths (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (paths); i++) {
    gsize              len = strlen (paths[i].text);
    g_autofree guint8 *copy = g_memdup2 (paths[i].text, len);
    PcSmtpPath         path = { 0 };

    g_test_message ("%s", paths[i].text);
    g_assert_cmpint (pc_smtp_parse_path (copy, len, &path), ==,
                     paths[i].result);
    if (paths[i].result == PC_SMTP_PATH_OK) {
      g_assert_cmpmem (copy + 1 + path.route, path.address, paths[i].address,
                       strlen (paths[i].address));
      g_assert_cmpuint (path.local, ==, paths[i].local);
      g_assert_cmpint (copy[path.total - 1], ==, '>');
    }
  }
}

static PcSmtpPathResult
parse_long (gsize local,
            gsize domain)
{
  g_autoptr (GString) text = g_string_new ("<");
  PcSmtpPath path;
  gsize      i;

  for (i = 0; i < local; i++)
    g_string_append_c (text, 'l');
  g_string_append_c (text, '@');
  for (i = 0; i < domain; i++)
    g_string_append_c (text, 'd');
  g_string_append_c (text, '>');

  return pc_smtp_parse_path ((const guint8 *)text->str, text->len, &path);
}

/* RFC 5321 sections 4.5.3.1.1 to 4.5.3.1.3 */
/* RFC 6531: the same grammar, with letters of any language. */
static void
test_paths_utf8 (void)
{
  static const struct
  {
    const char      *text;
    PcSmtpPathResult result;
    gsize            total;
    gsize            local;
  } rows[] = {
    { "<alex@example.test>", PC_SMTP_PATH_OK, 19, 4 },
    { "<j\303\266rg@b\303\274ro.test> X", PC_SMTP_PATH_OK, 18, 5 },
    { "<\"\303\266 a\"@b.test>", PC_SMTP_PATH_OK, 15, 6 },
    { "<\303\266..a@b.test>", PC_SMTP_PATH_BAD, 0, 0 },
    { "<\366@b.test>", PC_SMTP_PATH_FOREIGN, 0, 0 },
    { "<\303@b.test>", PC_SMTP_PATH_FOREIGN, 0, 0 },
    { "\303\266@b.test", PC_SMTP_PATH_BAD, 0, 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *text = (const guint8 *) rows[i].text;
    PcSmtpPath    path = { 0 };

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    g_assert_cmpint (pc_smtp_parse_path_utf8 (text, strlen (rows[i].text),
                                              &path),
                     ==, rows[i].result);
    g_assert_cmpuint (path.total, ==, rows[i].total);
    g_assert_cmpuint (path.local, ==, rows[i].local);
  }
}

static void
test_xtext (void)
{
  static const struct
  {
    const char *text;
    gboolean    good;
  } rows[] = {
    { "", TRUE },      { "abc", TRUE },   { "a+2Bb", TRUE }, { "+3D", TRUE },
    { "a+2bb", FALSE }, { "a+2", FALSE }, { "a+", FALSE },  { "+G0", FALSE },
    { "a=b", FALSE },  { "a b", FALSE },  { "a\tb", FALSE }, { "\303\266", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("%s", rows[i].text);
    g_assert_cmpint (pc_smtp_is_xtext ((const guint8 *) rows[i].text,
                                       strlen (rows[i].text)),
                     ==, rows[i].good);
  }
}

static void
test_path_lengths (void)
{
  g_assert_cmpint (parse_long (64, 100), ==, PC_SMTP_PATH_OK);
  g_assert_cmpint (parse_long (65, 100), ==, PC_SMTP_PATH_LONG);
  g_assert_cmpint (parse_long (10, 243), ==, PC_SMTP_PATH_OK);
  g_assert_cmpint (parse_long (10, 244), ==, PC_SMTP_PATH_LONG);
  g_assert_cmpint (parse_long (1, 300), ==, PC_SMTP_PATH_LONG);
}

static const struct
{
  const char *text;
  const char *read; /* "KEYWORD=value KEYWORD", then "!" when it is bad */
} params[] = {
  { "", "" },
  { "   ", "" },
  { " SIZE=500", "SIZE=500 " },
  { "  SIZE=500   BODY=8BITMIME", "SIZE=500 BODY=8BITMIME " },
  { " SMTPUTF8", "SMTPUTF8 " },
  { " X-A=<> B", "X-A=<> B " },
  { "SIZE=500", "!" },
  { " SIZE=", "!" },
  { " =5", "!" },
  { " -X", "!" },
  { " A=b=c", "!" },
  { " A B\t", "A !" },
  { " A=\303\244", "!" },
};

static void
test_params (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (params); i++) {
    g_autoptr (GString) read = g_string_new (NULL);
    const char       *at = params[i].text;
    PcSmtpParamResult result = PC_SMTP_PARAM_OK;

    g_test_message ("“%s”", at);
    while (result == PC_SMTP_PARAM_OK) {
      PcSmtpParam param;

      result = pc_smtp_parse_param ((const guint8 *)at, strlen (at), &param);
      if (result == PC_SMTP_PARAM_OK) {
        g_string_append_len (read, at + param.blanks,
                             param.total - param.blanks);
        g_string_append_c (read, ' ');
        at += param.total;
      }
    }
    if (result == PC_SMTP_PARAM_BAD)
      g_string_append_c (read, '!');
    g_assert_cmpstr (read->str, ==, params[i].read);
  }
}

static const struct
{
  const char       *text;
  PcSmtpReplyResult result;
  gsize             total;
  guint             code;
} replies[] = {
  { "250 ok\r\n", PC_SMTP_REPLY_DONE, 8, 250 },
  { "250\r\n", PC_SMTP_REPLY_DONE, 5, 250 },
  { "334 \r\n", PC_SMTP_REPLY_DONE, 6, 334 },
  { "250 ok\n", PC_SMTP_REPLY_DONE, 7, 250 },
  { "250-a\r\n250-b\r\n250 c\r\n354 d\r\n", PC_SMTP_REPLY_DONE, 21, 250 },
  { "250-a\r\n250\r\n", PC_SMTP_REPLY_DONE, 12, 250 },
  { "250-a\r\n", PC_SMTP_REPLY_MORE, 0, 0 },
  { "250 ok\r", PC_SMTP_REPLY_MORE, 0, 0 },
  { "", PC_SMTP_REPLY_MORE, 0, 0 },
  { "250-a\r\n251 b\r\n", PC_SMTP_REPLY_BAD, 7, 0 },
  { "+OK hello\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "* OK hello\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "25 ok\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "2500 ok\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "250_ok\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "150 ok\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "620 ok\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "\r\n", PC_SMTP_REPLY_BAD, 0, 0 },
  { "250 0123456789012345678901234567890123456789\r\n", PC_SMTP_REPLY_BAD, 0,
    0 },
};

static void
test_replies (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (replies); i++) {
    gsize             len = strlen (replies[i].text);
    gsize             step;
    PcSmtpReplyReader slow = { 0 };
    PcSmtpReplyReader fast = { 0 };
    PcSmtpReplyResult result = PC_SMTP_REPLY_MORE;
    gsize             total = 0;

    g_test_message ("%s", replies[i].text);
    for (step = 0; step <= len && result == PC_SMTP_REPLY_MORE; step++)
      result = pc_smtp_reply_find (&slow, (const guint8 *)replies[i].text,
                                   step, 30, &total);
    g_assert_cmpint (result, ==, replies[i].result);
    g_assert_cmpuint (total, ==, replies[i].total);

    total = 0;
    result = pc_smtp_reply_find (&fast, (const guint8 *)replies[i].text, len,
                                 30, &total);
    g_assert_cmpint (result, ==, replies[i].result);
    g_assert_cmpuint (total, ==, replies[i].total);
    if (result == PC_SMTP_REPLY_DONE)
      g_assert_cmpuint (fast.code, ==, replies[i].code);
  }
}

static const struct
{
  const char *text;
  guint       klass;
  gsize       len;
} enhanced[] = {
  { "2.1.0 Ok", 2, 6 },
  { "5.1.1 no", 5, 6 },
  { "5.7.26 no", 5, 7 },
  { "2.0.0", 2, 5 },
  { "5.1.1 no", 2, 0 },
  { "5.1 no", 5, 0 },
  { "5.1.1no", 5, 0 },
  { "5.1.1234 x", 5, 0 },
  { "5..1 xx", 5, 0 },
  { "mail.example", 2, 0 },
  { "2", 2, 0 },
};

static void
test_enhanced (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (enhanced); i++) {
    g_test_message ("%s", enhanced[i].text);
    g_assert_cmpuint (
        pc_smtp_find_enhanced ((const guint8 *)enhanced[i].text,
                               strlen (enhanced[i].text), enhanced[i].klass),
        ==, enhanced[i].len);
  }
}

static const struct
{
  const char *text;
  const char *sent;
} messages[] = {
  { "", ".\r\n" },
  { "a", "a\r\n.\r\n" },
  { "a\n", "a\r\n.\r\n" },
  { "a\r\n", "a\r\n.\r\n" },
  { "a\r", "a\r\n.\r\n" },
  { ".", "..\r\n.\r\n" },
  { "..\n", "...\r\n.\r\n" },
  { "a\r.\rb", "a\r\n..\r\nb\r\n.\r\n" },
  { "a\n.\nb", "a\r\n..\r\nb\r\n.\r\n" },
  { "a\r\r\nb", "a\r\n\r\nb\r\n.\r\n" },
  { "\n\n", "\r\n\r\n.\r\n" },
};

static void
test_messages (void)
{
  guint i;

  for (i = 0; i < G_N_ELEMENTS (messages); i++) {
    g_autoptr (GByteArray) content = NULL;
    g_autoptr (GByteArray) stuffed = NULL;

    g_test_message ("row %u", i);
    content = pc_smtp_canonicalise (messages[i].text,
                                    strlen (messages[i].text));
    stuffed = pc_smtp_stuff (content);
    g_assert_cmpmem (stuffed->data, stuffed->len, messages[i].sent,
                     strlen (messages[i].sent));
  }
}

/* Whatever goes in: what comes out has one end, no lone CR or LF, and reads
 * back as what was put in. */
static void
test_round_trip (void)
{
  static const char alphabet[] = "\r\n.a\r\n.";
  g_autoptr (GRand) rand = g_rand_new_with_seed (25);
  guint round;

  for (round = 0; round < 20000; round++) {
    g_autoptr (GByteArray) content = NULL;
    g_autoptr (GByteArray) stuffed = NULL;
    g_autoptr (GBytes) back = NULL;
    PcSmtpDataReader reader;
    char             text[16];
    gsize            len = g_rand_int_range (rand, 0, sizeof text);
    gsize            used;
    gsize            i;

    for (i = 0; i < len; i++)
      text[i] = alphabet[g_rand_int_range (rand, 0, sizeof alphabet - 1)];
    content = pc_smtp_canonicalise (text, len);
    stuffed = pc_smtp_stuff (content);

    pc_smtp_data_reader_init (&reader, 1000);
    g_assert_true (pc_smtp_data_reader_feed (&reader, stuffed->data,
                                             stuffed->len, &used));
    g_assert_cmpuint (used, ==, stuffed->len);
    g_assert_cmpuint (reader.faults, ==, 0);
    back = pc_smtp_data_reader_take (&reader);
    g_assert_cmpmem (g_bytes_get_data (back, NULL), g_bytes_get_size (back),
                     content->data, content->len);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/syntax/paths", test_paths);
  g_test_add_func ("/smtp/syntax/paths-utf8", test_paths_utf8);
  g_test_add_func ("/smtp/syntax/xtext", test_xtext);
  g_test_add_func ("/smtp/syntax/path-lengths", test_path_lengths);
  g_test_add_func ("/smtp/syntax/params", test_params);
  g_test_add_func ("/smtp/syntax/replies", test_replies);
  g_test_add_func ("/smtp/syntax/enhanced", test_enhanced);
  g_test_add_func ("/smtp/syntax/messages", test_messages);
  g_test_add_func ("/smtp/syntax/round-trip", test_round_trip);

  return g_test_run ();
}
