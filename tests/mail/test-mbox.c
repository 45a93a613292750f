/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an mbox file falls into. */

#include "mail/mbox.h"

#include <string.h>

static const struct
{
  const char *name;
  const char *text;
  const char *messages[4];
} table[] = {
  { "empty", "", { NULL } },
  { "no-separator", "Subject: x\n\nbody\n", { NULL } },
  { "one", "From a Mon\nSubject: x\n\nbody\n",
    { "Subject: x\n\nbody\n" } },
  { "two", "From a Mon\nSubject: x\n\nbody\n\nFrom b Tue\nSubject: y\n\nz\n",
    { "Subject: x\n\nbody\n", "Subject: y\n\nz\n" } },
  { "crlf", "From a Mon\r\nA: x\r\n\r\nb\r\n\r\nFrom b Tue\r\nA: y\r\n\r\n",
    { "A: x\r\n\r\nb\r\n", "A: y\r\n" } },
  { "quoted", "From a\nA: x\n\n>From here\n>>From there\n> From not\n",
    { "A: x\n\nFrom here\n>From there\n> From not\n" } },
  { "inside-a-paragraph", "From a\nA: x\n\nabout\nFrom here on\n",
    { "A: x\n\nabout\nFrom here on\n" } },
  { "before-the-first", "junk\n\nFrom a\nA: x\n", { "A: x\n" } },
  { "no-end", "From a\nA: x", { "A: x" } },
  { "separator-only", "From a", { "" } },
};

static void
test_row (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (GPtrArray) messages = pc_mbox_split (
      (const guint8 *) table[row].text, strlen (table[row].text));
  guint n = 0;

  for (; n < 4 && table[row].messages[n] != NULL; n++) {
    const char *expected = table[row].messages[n];

    g_assert_cmpuint (n, <, messages->len);
    g_assert_cmpmem (g_bytes_get_data (messages->pdata[n], NULL),
                     g_bytes_get_size (messages->pdata[n]), expected,
                     strlen (expected));
  }
  g_assert_cmpuint (messages->len, ==, n);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *path = g_strdup_printf ("/mbox/%s", table[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
  }
  return g_test_run ();
}
