/* SPDX-License-Identifier: GPL-3.0-or-later */

/* AMC-TXT, for paper exams that a scanner marks (Auto Multiple Choice): one
 * star for a question with one right answer, two for several; "+" right, "-"
 * wrong.
 */

#include "quiz/exchange-private.h"
#include "quiz/markup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A line of its own that could be read as something else is moved in. */
static void
append_line (GString    *out,
             const char *text)
{
  g_autofree char *plain = pc_markup_to_plain (text);

  g_strdelimit (plain, "\r\n", ' ');
  g_string_append (out, plain);
  g_string_append_c (out, '\n');
}

void
pc_amc_write (GString    *out,
              PcPortable *question,
              const char *bank,
              PcProblems *left_out)
{
  gboolean multiple = question->kind == PC_PORTABLE_MULTIPLE;

  if (!multiple && question->kind != PC_PORTABLE_CHOICE) {
    pc_exchange_tell (left_out, PC_SEVERITY_WARNING, bank, question->line,
                      _ ("%s: a scanner marks choices only; the question is "
                         "left out"),
                      question->id);
    return;
  }
  g_string_append_printf (out, "%s%s[id=%s] ", multiple ? "**" : "*",
                          question->shuffle ? "" : "[ordered]", question->id);
  append_line (out, question->stem);
  if (question->listing != NULL) {
    g_auto (GStrv) lines = g_strsplit (question->listing, "\n", -1);

    /* Behind a number, no line begins with a sign of its own. */
    for (guint i = 0; lines[i] != NULL; i++)
      append_line (out, lines[i]);
  }
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];

    g_string_append (out, answer->weight > 0 ? "+ " : "- ");
    append_line (out, answer->text);
  }
  g_string_append_c (out, '\n');
  pc_exchange_tell (left_out, PC_SEVERITY_NOTE, bank, question->line,
                    _ ("%s: AMC has no feedback, hints or tags"),
                    question->id);
}
