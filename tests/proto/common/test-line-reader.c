/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lines off a queue, whole or octet by octet. */

#include "proto/common/line-reader.h"

#include <string.h>

#define LIMIT 8

static const struct
{
  const char  *octets;
  PcLineEnding ending;
  PcLineResult result;
  gsize        len;
  gsize        total;
} rows[] = {
  { "", PC_LINE_STRICT, PC_LINE_MORE, 0, 0 },
  { "abc", PC_LINE_STRICT, PC_LINE_MORE, 0, 0 },
  { "abc\r", PC_LINE_STRICT, PC_LINE_MORE, 0, 0 },
  { "\r\n", PC_LINE_STRICT, PC_LINE_DONE, 0, 2 },
  { "abc\r\n", PC_LINE_STRICT, PC_LINE_DONE, 3, 5 },
  { "abc\r\ndef\r\n", PC_LINE_STRICT, PC_LINE_DONE, 3, 5 },
  { "a\nb\r\n", PC_LINE_STRICT, PC_LINE_DONE, 3, 5 },
  { "a\rb\r\n", PC_LINE_STRICT, PC_LINE_DONE, 3, 5 },
  { "abcdef\r\n", PC_LINE_STRICT, PC_LINE_DONE, 6, 8 },
  { "abcdefg\r\n", PC_LINE_STRICT, PC_LINE_LONG, 0, 0 },
  { "abcdefgh", PC_LINE_STRICT, PC_LINE_LONG, 0, 0 },
  { "abcdefghijkl", PC_LINE_STRICT, PC_LINE_LONG, 0, 0 },
  { "abc\n", PC_LINE_STRICT, PC_LINE_MORE, 0, 0 },
  { "abc\n", PC_LINE_LENIENT, PC_LINE_DONE, 3, 4 },
  { "abc\r\n", PC_LINE_LENIENT, PC_LINE_DONE, 3, 5 },
  { "\n", PC_LINE_LENIENT, PC_LINE_DONE, 0, 1 },
};

static void
check_row (guint    i,
           gboolean by_octet)
{
  g_auto (PcBytes) bytes = { 0 };
  gsize        size = strlen (rows[i].octets);
  gsize        scanned = 0, len = 0, total = 0;
  PcLineResult result = PC_LINE_MORE;

  if (by_octet)
    for (gsize k = 0; k < size && result == PC_LINE_MORE; k++) {
      pc_bytes_append (&bytes, rows[i].octets + k, 1);
      result = pc_line_find (&bytes, LIMIT, rows[i].ending, &scanned, &len,
                             &total);
    }
  else {
    pc_bytes_append (&bytes, rows[i].octets, size);
    result = pc_line_find (&bytes, LIMIT, rows[i].ending, &scanned, &len,
                           &total);
  }

  g_assert_cmpint (result, ==, rows[i].result);
  if (result != PC_LINE_DONE)
    return;
  g_assert_cmpuint (len, ==, rows[i].len);
  g_assert_cmpuint (total, ==, rows[i].total);

  /* Asked again, it says the same. */
  g_assert_cmpint (pc_line_find (&bytes, LIMIT, rows[i].ending, &scanned, &len,
                                 &total),
                   ==, PC_LINE_DONE);
  g_assert_cmpuint (total, ==, rows[i].total);
}

static void
test_find (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    check_row (i, FALSE);
    check_row (i, TRUE);
  }
}

static void
test_skip (void)
{
  g_auto (PcBytes) bytes = { 0 };
  gsize len;

  g_assert_false (pc_line_skip (&bytes));
  pc_bytes_append_string (&bytes, "long, ");
  g_assert_false (pc_line_skip (&bytes));
  g_assert_cmpuint (pc_bytes_get_size (&bytes), ==, 0);
  pc_bytes_append_string (&bytes, "longer\r\nnext\r\n");
  g_assert_true (pc_line_skip (&bytes));
  g_assert_cmpuint (pc_bytes_get_size (&bytes), ==, 6);
  g_assert_cmpmem (pc_bytes_peek (&bytes, &len), 4, "next", 4);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/line-reader/find", test_find);
  g_test_add_func ("/common/line-reader/skip", test_skip);

  return g_test_run ();
}
