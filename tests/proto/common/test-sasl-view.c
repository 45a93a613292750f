/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an onlooker tells of a login, and that no password gets out. */

#include "proto/common/sasl-view.h"

#include "proto/common/unit.h"

#include <string.h>

static void
test_responses (void)
{
  static const struct
  {
    const char *auth; /* behind AUTH */
    const char *text; /* before base64 */
    gsize       len;  /* 0: a string */
    PcSaslPart  part;
    const char *shown;
  } rows[] = {
    { "PLAIN", "\0alex\0secret", 12, PC_SASL_PART_SECRET,
      "User \342\200\234alex\342\200\235, password " PC_SECRET_DOTS },
    { "PLAIN", "secret", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "LOGIN", "alex", 0, PC_SASL_PART_SECRET,
      "User \342\200\234alex\342\200\235" },
    { "LOGIN YWxleA==", "secret", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "X-MINE", "secret", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "", "n,,n=secret,r=x", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "cram-md5", "tim b913a602c7eda7a495b4e6e7334d3890", 0,
      PC_SASL_PART_DIGEST, "tim b913a602c7eda7a495b4e6e7334d3890" },
    { "CRAM-MD5", "tim secret", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "CRAM-MD5", "tim b913a602c7eda7a495b4e6e7334d389x", 0,
      PC_SASL_PART_SECRET, PC_SECRET_DOTS },
    { "SCRAM-SHA-256", "n,,n=user,r=abc", 0, PC_SASL_PART_FIRST,
      "n,,n=user,r=abc" },
    { "SCRAM-SHA-256", "c=biws,r=abc,p=AAAA", 0, PC_SASL_PART_PROOF,
      "c=biws,r=abc,p=AAAA" },
    { "SCRAM-SHA-256", "", 0, PC_SASL_PART_END, "" },
    { "SCRAM-SHA-256", "secret", 0, PC_SASL_PART_SECRET, PC_SECRET_DOTS },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    gsize            len = rows[i].len > 0 ? rows[i].len
                                           : strlen (rows[i].text);
    g_autofree char *line = pc_sasl_encode (rows[i].text, len);
    g_autofree char *shown = NULL;
    PcSaslView       view;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].auth);
    pc_sasl_view_begin (&view, (const guint8 *) rows[i].auth,
                        strlen (rows[i].auth));
    g_assert_cmpint (pc_sasl_view_response (&view, (const guint8 *) line,
                                            strlen (line)),
                     ==, rows[i].part);
    shown = pc_sasl_view_describe (&view, (const guint8 *) line,
                                   strlen (line));
    g_assert_cmpstr (shown, ==, rows[i].shown);
  }
}

static void
test_challenges (void)
{
  static const struct
  {
    const char *auth;
    const char *line;
    PcSaslPart  part;
    const char *decoded;
  } rows[] = {
    { "PLAIN", "", PC_SASL_PART_QUESTION, "" },
    { "LOGIN", "VXNlcm5hbWU6", PC_SASL_PART_QUESTION, "Username:" },
    { "CRAM-MD5", "PDFAeD4=", PC_SASL_PART_STAMP, "<1@x>" },
    { "PLAIN", "PDFAeD4=", PC_SASL_PART_QUESTION, "<1@x>" },
    { "CRAM-MD5", "<1@x>", PC_SASL_PART_QUESTION, "<1@x>" },
    { "SCRAM-SHA-256", "cj1hYmM=", PC_SASL_PART_SALT, "r=abc" },
    { "SCRAM-SHA-256", "dj1BQUFB", PC_SASL_PART_SIGNATURE, "v=AAAA" },
    { "SCRAM-SHA-256", "ZT14", PC_SASL_PART_QUESTION, "e=x" },
    { "SCRAM-SHA-256", "", PC_SASL_PART_QUESTION, "" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8    *line = (const guint8 *) rows[i].line;
    gsize            len = strlen (rows[i].line);
    g_autofree char *decoded = pc_sasl_view_decode (line, len);
    PcSaslView       view;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].line);
    pc_sasl_view_begin (&view, (const guint8 *) rows[i].auth,
                        strlen (rows[i].auth));
    g_assert_cmpint (pc_sasl_view_challenge (&view, line, len), ==,
                     rows[i].part);
    g_assert_cmpstr (decoded, ==, rows[i].decoded);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sasl-view/responses", test_responses);
  g_test_add_func ("/sasl-view/challenges", test_challenges);

  return g_test_run ();
}
