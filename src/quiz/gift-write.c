/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Questions as GIFT, Moodle's text format.
 *
 * There is no RFC; what is written follows what Moodle's importer reads:
 * nothing of a question may be a blank line, a line that begins with "//"
 * vanishes, and weights come from a fixed list.  So every question is one
 * line, HTML, with all special characters escaped.
 */

#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The weights that Moodle takes, to five digits. */
static const char *const weights[] = {
  "100",
  "90",
  "83.33333",
  "80",
  "75",
  "70",
  "66.66667",
  "60",
  "50",
  "40",
  "33.33333",
  "30",
  "25",
  "20",
  "16.66667",
  "15",
  "14.28571",
  "12.5",
  "11.11111",
  "10",
  "5",
  "0",
};

/* The nearest of them: "-33.33333". */
static char *
dup_weight (double weight)
{
  const char *best = weights[0];

  for (guint i = 1; i < G_N_ELEMENTS (weights); i++) {
    /* 15 is Moodle's for nothing but old files. */
    if (g_str_equal (weights[i], "15"))
      continue;
    if (fabs (g_ascii_strtod (weights[i], NULL) - fabs (weight)) <
        fabs (g_ascii_strtod (best, NULL) - fabs (weight)))
      best = weights[i];
  }
  return g_strdup_printf ("%s%s", weight < 0 ? "-" : "", best);
}

static void
append_escaped (GString    *out,
                const char *text)
{
  for (; *text != '\0'; text++) {
    if (strchr ("\\~=#{}:", *text) != NULL)
      g_string_append_printf (out, "\\%c", *text);
    else if (*text == '\n')
      g_string_append (out, "\\n");
    else if (*text != '\r')
      g_string_append_c (out, *text);
  }
}

static void
append_html (GString    *out,
             const char *text,
             const char *listing)
{
  g_autofree char *html = pc_exchange_dup_html (text, listing);

  append_escaped (out, html);
}

static void
append_feedback (GString                *out,
                 const PcPortableAnswer *answer)
{
  if (answer->feedback == NULL)
    return;
  g_string_append_c (out, '#');
  append_html (out, answer->feedback, NULL);
}

static void
append_choices (GString          *out,
                const PcPortable *question)
{
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];

    g_string_append (out, " ");
    if (question->kind == PC_PORTABLE_MULTIPLE) {
      g_autofree char *weight = dup_weight (answer->weight);

      g_string_append_printf (out, "~%%%s%%", weight);
    } else {
      g_string_append_c (out, answer->weight >= 100 ? '=' : '~');
    }
    append_html (out, answer->text, NULL);
    append_feedback (out, answer);
  }
}

/* A decoy is a pair without a left side. */
static void
append_pairs (GString          *out,
              const PcPortable *question)
{
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    g_autofree char        *match = NULL;

    g_string_append (out, " =");
    if (answer->text != NULL)
      append_html (out, answer->text, NULL);
    g_string_append (out, " -> ");
    /* Moodle shows this side as plain text in a menu. */
    match = g_strdup (answer->match);
    g_strdelimit (match, "`", '\'');
    append_escaped (out, match);
  }
}

static void
append_numbers (GString          *out,
                const PcPortable *question)
{
  g_string_append (out, "#");
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    g_autofree char        *weight = dup_weight (answer->weight);

    g_string_append (out, " =");
    if (answer->weight < 100)
      g_string_append_printf (out, "%%%s%%", weight);
    g_string_append_printf (out, "%s:0", answer->text);
    append_feedback (out, answer);
  }
}

static void
append_shorts (GString          *out,
               const PcPortable *question)
{
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];

    g_string_append (out, " =");
    append_escaped (out, answer->text);
    append_feedback (out, answer);
  }
}

static gboolean
has_pair_feedback (const PcPortable *question)
{
  for (guint i = 0; i < question->answers->len; i++) {
    if (((PcPortableAnswer *) question->answers->pdata[i])->feedback != NULL)
      return TRUE;
  }
  return FALSE;
}

void
pc_gift_write (GString    *out,
               PcPortable *question,
               const char *bank,
               PcProblems *left_out)
{
  g_string_append_printf (out, "// [id:%s]", question->id);
  for (guint i = 0; i < question->tags->len; i++)
    g_string_append_printf (out, " [tag:%s]",
                            (char *) question->tags->pdata[i]);
  g_string_append (out, "\n::");
  append_escaped (out, question->title != NULL ? question->title
                                               : question->id);
  g_string_append (out, "::[html]");
  append_html (out, question->stem, question->listing);
  g_string_append (out, " {");
  switch (question->kind) {
  case PC_PORTABLE_CHOICE:
  case PC_PORTABLE_MULTIPLE: append_choices (out, question); break;
  case PC_PORTABLE_MATCH: append_pairs (out, question); break;
  case PC_PORTABLE_NUMBER: append_numbers (out, question); break;
  case PC_PORTABLE_SHORT: append_shorts (out, question); break;
  default: g_assert_not_reached ();
  }
  if (question->general != NULL) {
    g_string_append (out, " ####");
    append_html (out, question->general, NULL);
  }
  g_string_append (out, " }\n\n");

  if (question->hints->len > 0)
    pc_exchange_tell (left_out, PC_SEVERITY_NOTE, bank, question->line,
                      _ ("%s: GIFT has no hints"), question->id);
  if (question->kind == PC_PORTABLE_MATCH && has_pair_feedback (question))
    pc_exchange_tell (left_out, PC_SEVERITY_NOTE, bank, question->line,
                      _ ("%s: GIFT has no feedback for pairs"), question->id);
}
