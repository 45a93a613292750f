/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a message ends, and where it does not. */

#include "proto/smtp/data-reader.h"

#include "base/limits.h"

#include <string.h>

#define TEXT(s) s, sizeof (s) - 1
#define LONE_LF PC_SMTP_DATA_LONE_LF
#define FALSE_END (PC_SMTP_DATA_LONE_END | PC_SMTP_DATA_LONE_LF)

static const struct
{
  const char *wire;
  gsize       len;
  gssize      end;     /* octets up to and with the end; -1: none */
  const char *content; /* when it ended */
  gsize       content_len;
  guint       faults;
} rows[] = {
  { TEXT (".\r\nQUIT"), 3, TEXT (""), 0 },
  { TEXT ("a\r\n.\r\n"), 6, TEXT ("a\r\n"), 0 },
  { TEXT ("a\r\n..\r\n.\r\n"), 10, TEXT ("a\r\n.\r\n"), 0 },
  { TEXT ("..a\r\n.b\r\n.\r\n"), 12, TEXT (".a\r\nb\r\n"), 0 },
  { TEXT ("\r\n.\r\n"), 5, TEXT ("\r\n"), 0 },
  { TEXT ("a\0b\r\n.\r\n"), 8, TEXT ("a\0b\r\n"), 0 },
  { TEXT ("a.\r\n.\r\n"), 7, TEXT ("a.\r\n"), 0 },
  { TEXT ("a\nb\r\n.\r\n"), 8, TEXT ("a\r\nb\r\n"), LONE_LF },
  { TEXT ("a\n\r\n.\r\n"), 7, TEXT ("a\r\n\r\n"), LONE_LF },
  { TEXT ("\n\n\r\n.\r\n"), 7, TEXT ("\r\n\r\n\r\n"), LONE_LF },
  { TEXT ("a\n.b\n..\n\r\n.\r\n"), 13,
    TEXT ("a\r\n.b\r\n..\r\n\r\n"), LONE_LF },
  { TEXT ("..\nb\r\n.\r\n"), 9, TEXT (".\r\nb\r\n"), LONE_LF },
  { TEXT ("a\n.\r\n.\r\n"), 8, TEXT ("a\r\n.\r\n"), FALSE_END },
  { TEXT (".\n\r\n.\r\n"), 7, TEXT ("\r\n\r\n"), FALSE_END },
  { TEXT ("a\n\0.\0\n\r\n.\r\n"), 11, TEXT ("a\r\n\0.\0\r\n\r\n"),
    FALSE_END },
  { TEXT ("\0.\r\n.\r\n"), 7, TEXT ("\0.\r\n"), PC_SMTP_DATA_LONE_END },
  { TEXT ("a\r.\r\n.\r\n"), 8, TEXT ("a\r.\r\n"), PC_SMTP_DATA_LONE_END },
  { TEXT ("a\r\n.\r\r\n.\r\n"), 10, TEXT ("a\r\n\r\r\n"),
    PC_SMTP_DATA_LONE_END },
  { TEXT ("a\r\r\n.\r\n"), 7, TEXT ("a\r\r\n"), PC_SMTP_DATA_LONE_END },
  { TEXT ("a\r\n.\n.\r\n"), -1, NULL, 0, FALSE_END },
  { TEXT ("a\n.\n"), -1, NULL, 0, FALSE_END },
  { TEXT ("a\r.\r"), -1, NULL, 0, PC_SMTP_DATA_LONE_END },
  { TEXT (".\n"), -1, NULL, 0, FALSE_END },
  { TEXT (".\r"), -1, NULL, 0, 0 },
  { TEXT ("a\r\n."), -1, NULL, 0, 0 },
  { TEXT (""), -1, NULL, 0, 0 },
};

static void
check_row (guint i,
           gsize step)
{
  PcSmtpDataReader reader;
  gboolean         end = FALSE;
  gsize            total = 0;

  pc_smtp_data_reader_init (&reader, 100);
  while (!end && total < rows[i].len) {
    gsize              n = MIN (step, rows[i].len - total);
    g_autofree guint8 *copy = g_memdup2 (rows[i].wire + total, n);
    gsize              used;

    end = pc_smtp_data_reader_feed (&reader, copy, n, &used);
    total += used;
  }

  g_assert_cmpint (end ? (gssize) total : -1, ==, rows[i].end);
  g_assert_cmpuint (reader.faults, ==, rows[i].faults);
  if (end) {
    g_autoptr (GBytes) content = pc_smtp_data_reader_take (&reader);

    g_assert_cmpmem (g_bytes_get_data (content, NULL),
                     g_bytes_get_size (content), rows[i].content,
                     rows[i].content_len);
  }
  pc_smtp_data_reader_clear (&reader);
}

static void
test_ends (void)
{
  guint i;
  gsize step;

  for (i = 0; i < G_N_ELEMENTS (rows); i++)
    for (step = 1; step <= MAX (rows[i].len, 1); step++) {
      g_test_message ("row %u, %" G_GSIZE_FORMAT " at a time", i, step);
      check_row (i, step);
    }
}

static guint
faults_of_line (char  filler,
                gsize octets,
                gsize limit)
{
  g_autoptr (GString) text = g_string_new (NULL);
  PcSmtpDataReader reader;
  gsize            used;
  guint            faults;
  gsize            i;

  for (i = 0; i < octets - 2; i++)
    g_string_append_c (text, filler);
  g_string_append (text, "\r\n.\r\n");
  pc_smtp_data_reader_init (&reader, limit);
  g_assert_true (pc_smtp_data_reader_feed (&reader,
                                           (const guint8 *) text->str,
                                           text->len, &used));
  g_assert_cmpuint (used, ==, text->len);
  faults = reader.faults;
  g_assert_true ((reader.content == NULL) ==
                 ((faults & PC_SMTP_DATA_TOO_BIG) != 0));
  pc_smtp_data_reader_clear (&reader);

  return faults;
}

static void
test_limits (void)
{
  const gsize most = PC_LIMIT_SMTP_TEXT_LINE;

  g_assert_cmpuint (faults_of_line ('x', 100, 100), ==, 0);
  g_assert_cmpuint (faults_of_line ('x', 101, 100), ==, PC_SMTP_DATA_TOO_BIG);
  g_assert_cmpuint (faults_of_line ('x', most, 1000000), ==, 0);
  g_assert_cmpuint (faults_of_line ('x', most + 1, 1000000), ==,
                    PC_SMTP_DATA_LONG_LINE);

  /* A LF counts as the CR LF that it becomes, and ends a line. */
  g_assert_cmpuint (faults_of_line ('\n', 51, 100), ==, LONE_LF);
  g_assert_cmpuint (faults_of_line ('\n', 52, 100), ==,
                    LONE_LF | PC_SMTP_DATA_TOO_BIG);
  g_assert_cmpuint (faults_of_line ('\n', most + 1, 1000000), ==, LONE_LF);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/data-reader/ends", test_ends);
  g_test_add_func ("/smtp/data-reader/limits", test_limits);

  return g_test_run ();
}
