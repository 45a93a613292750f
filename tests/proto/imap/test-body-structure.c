/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BODY and BODYSTRUCTURE as they are written; the message of RFC 9051's and
 * the odd ones. */

#include "proto/imap/body-structure.h"

#include "proto/imap/syntax.h"

#include <string.h>

#define PLAIN_DEFAULT "\"text\" \"plain\" (\"charset\" \"us-ascii\") NIL NIL "

static const struct {
  const char *message;
  const char *body;
  const char *extended;
} cases[] = {
  { "\r\nab\r\nc\r\n", "(" PLAIN_DEFAULT "\"7bit\" 7 2)",
    "(" PLAIN_DEFAULT "\"7bit\" 7 2 NIL NIL NIL NIL)" },
  { "Content-Type: image/png; name=x\r\nContent-ID: <i>\r\n"
    "Content-Description: d \"q\"\r\nContent-Transfer-Encoding: BASE64\r\n"
    "Content-MD5: m==\r\nContent-Disposition: inline\r\n"
    "Content-Language: de\r\nContent-Location: l\r\n\r\nQUJD",
    "(\"image\" \"png\" (\"name\" \"x\") \"<i>\" \"d \\\"q\\\"\" \"BASE64\" 4)",
    "(\"image\" \"png\" (\"name\" \"x\") \"<i>\" \"d \\\"q\\\"\" \"BASE64\" 4 "
    "\"m==\" (\"inline\" NIL) \"de\" \"l\")" },
  { "Content-Type: text/html\r\n\r\n", "(\"text\" \"html\" NIL NIL NIL "
                                       "\"7bit\" 0 0)",
    "(\"text\" \"html\" NIL NIL NIL \"7bit\" 0 0 NIL NIL NIL NIL)" },
  { "Content-Type: multipart/alternative; boundary=b\r\n"
    "Content-Disposition: attachment; filename=\"f\"\r\n"
    "Content-Language: de, en\r\n\r\n--b\r\n\r\nx\r\n--b\r\n"
    "Content-Type: application/x\r\n\r\n--b--",
    "((" PLAIN_DEFAULT "\"7bit\" 1 0)"
    "(\"application\" \"x\" NIL NIL NIL \"7bit\" 0) \"alternative\")",
    "((" PLAIN_DEFAULT "\"7bit\" 1 0 NIL NIL NIL NIL)"
    "(\"application\" \"x\" NIL NIL NIL \"7bit\" 0 NIL NIL NIL NIL) "
    "\"alternative\" (\"boundary\" \"b\") "
    "(\"attachment\" (\"filename\" \"f\")) (\"de\" \"en\") NIL)" },
  { "Content-Type: multipart/mixed; boundary=b\r\n\r\nnothing",
    "((" PLAIN_DEFAULT "\"7bit\" 0 0) \"mixed\")",
    "((" PLAIN_DEFAULT "\"7bit\" 0 0 NIL NIL NIL NIL) \"mixed\" "
    "(\"boundary\" \"b\") NIL NIL NIL)" },
  { "Content-Type: message/rfc822\r\n\r\nSubject: s\r\nFrom: a@b\r\n\r\nx\r\n",
    "(\"message\" \"rfc822\" NIL NIL NIL \"7bit\" 28 "
    "(NIL \"s\" ((NIL NIL \"a\" \"b\")) ((NIL NIL \"a\" \"b\")) "
    "((NIL NIL \"a\" \"b\")) NIL NIL NIL NIL NIL) "
    "(" PLAIN_DEFAULT "\"7bit\" 3 1) 4)",
    NULL },
};

static void
test_write (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes)  message =
        g_bytes_new (cases[i].message, strlen (cases[i].message));
    g_autoptr (PcPart)  structure = pc_part_new (message);
    g_autoptr (GString) body = g_string_new (NULL);
    g_autoptr (GString) extended = g_string_new (NULL);

    g_test_message ("case %u", i);
    pc_imap_write_structure (body, structure, message, FALSE);
    g_assert_cmpstr (body->str, ==, cases[i].body);
    pc_imap_write_structure (extended, structure, message, TRUE);
    if (cases[i].extended != NULL)
      g_assert_cmpstr (extended->str, ==, cases[i].extended);
  }
}

/* However deep, our own client can step over it.  The innermost is a
 * multipart or a message, which nobody looks into. */
static void
check_deep (guint       shift,
            const char *innermost)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GBytes)  message = NULL;
  g_autoptr (PcPart)  structure = NULL;
  PcImapCursor        at;

  for (guint i = 0; i < 200; i++)
    g_string_append_printf (text, "From: a@b\r\nContent-Type: %s",
                            (i + shift) % 2 == 0
                                ? "message/rfc822\r\n\r\n"
                                : "multipart/x; boundary=b\r\n\r\n--b\r\n");
  message = g_bytes_new (text->str, text->len);
  structure = pc_part_new (message);
  pc_imap_write_structure (out, structure, message, TRUE);
  at = (PcImapCursor){ (const guint8 *) out->str, out->len, 0 };
  g_assert_true (pc_imap_skip_value (&at));
  g_assert_true (pc_imap_at_end (&at));
  g_assert_nonnull (strstr (out->str, innermost));
}

static void
test_deep (void)
{
  check_deep (0, PLAIN_DEFAULT "\"7bit\" 0 0 NIL NIL NIL NIL) \"x\"");
  check_deep (1, "(\"application\" \"octet-stream\"");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/body-structure/write", test_write);
  g_test_add_func ("/imap/body-structure/deep", test_deep);
  return g_test_run ();
}
