/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Moodle XML: the one way into Moodle that keeps hints, tags and points.  The
 * structure is the one of Moodle's documentation, "Moodle XML format"; only
 * writing.
 */

#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const types[] = {
  [PC_PORTABLE_CHOICE] = "multichoice",
  [PC_PORTABLE_MULTIPLE] = "multichoice",
  [PC_PORTABLE_MATCH] = "matching",
  [PC_PORTABLE_NUMBER] = "numerical",
  [PC_PORTABLE_SHORT] = "shortanswer",
};

static void
append_plain (GString    *out,
              const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

/* <@element format="html"><text>...</text></@element>, of text with marks. */
static void
append_html (GString    *out,
             const char *indent,
             const char *element,
             const char *text,
             const char *listing)
{
  g_autofree char *html = pc_exchange_dup_html (text, listing);

  g_string_append_printf (out, "%s<%s format=\"html\"><text>", indent,
                          element);
  append_plain (out, html);
  g_string_append_printf (out, "</text></%s>\n", element);
}

/* "33.33333": as Moodle's list of grades has it. */
static void
append_fraction (GString *out,
                 double   weight)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%.5f", weight);
  for (gsize n = strlen (number); number[n - 1] == '0' || number[n - 1] == '.';
       n--) {
    gboolean point = number[n - 1] == '.';

    number[n - 1] = '\0';
    if (point)
      break;
  }
  g_string_append (out, number);
}

static void
append_answer (GString                *out,
               const PcPortable       *question,
               const PcPortableAnswer *answer)
{
  gboolean html = question->kind == PC_PORTABLE_CHOICE ||
                  question->kind == PC_PORTABLE_MULTIPLE;

  g_string_append (out, "    <answer fraction=\"");
  append_fraction (out, answer->weight);
  g_string_append_printf (out, "\" format=\"%s\"><text>",
                          html ? "html" : "moodle_auto_format");
  if (html) {
    g_autofree char *text = pc_exchange_dup_html (answer->text, NULL);

    append_plain (out, text);
  } else {
    append_plain (out, answer->text);
  }
  g_string_append (out, "</text>\n");
  if (question->kind == PC_PORTABLE_NUMBER)
    g_string_append (out, "      <tolerance>0</tolerance>\n");
  append_html (out, "      ", "feedback",
               answer->feedback != NULL ? answer->feedback : "", NULL);
  g_string_append (out, "    </answer>\n");
}

static void
append_pair (GString                *out,
             const PcPortableAnswer *answer)
{
  g_autofree char *html =
      pc_exchange_dup_html (answer->text != NULL ? answer->text : "", NULL);

  g_string_append (out, "    <subquestion format=\"html\"><text>");
  append_plain (out, html);
  g_string_append (out, "</text><answer><text>");
  append_plain (out, answer->match);
  g_string_append (out, "</text></answer></subquestion>\n");
}

static void
append_tail (GString          *out,
             const PcPortable *question)
{
  for (guint i = 0; i < question->hints->len; i++)
    append_html (out, "    ", "hint", question->hints->pdata[i], NULL);
  if (question->tags->len > 0) {
    g_string_append (out, "    <tags>\n");
    for (guint i = 0; i < question->tags->len; i++) {
      g_string_append (out, "      <tag><text>");
      append_plain (out, question->tags->pdata[i]);
      g_string_append (out, "</text></tag>\n");
    }
    g_string_append (out, "    </tags>\n");
  }
}

void
pc_moodle_write (GString    *out,
                 PcPortable *question,
                 const char *bank,
                 PcProblems *left_out)
{
  gboolean pairs = question->kind == PC_PORTABLE_MATCH;

  g_string_append_printf (out, "  <question type=\"%s\">\n    <name><text>",
                          types[question->kind]);
  append_plain (out, question->title != NULL ? question->title
                                             : question->id);
  g_string_append (out, "</text></name>\n");
  append_html (out, "    ", "questiontext", question->stem,
               question->listing);
  append_html (out, "    ", "generalfeedback",
               question->general != NULL ? question->general : "", NULL);
  g_string_append_printf (out,
                          "    <defaultgrade>%u</defaultgrade>\n"
                          "    <penalty>0.3333333</penalty>\n"
                          "    <hidden>0</hidden>\n"
                          "    <idnumber>%s</idnumber>\n",
                          question->points, question->id);
  if (question->kind == PC_PORTABLE_CHOICE ||
      question->kind == PC_PORTABLE_MULTIPLE)
    g_string_append_printf (
        out,
        "    <single>%s</single>\n"
        "    <shuffleanswers>%s</shuffleanswers>\n"
        "    <answernumbering>abc</answernumbering>\n",
        question->kind == PC_PORTABLE_CHOICE ? "true" : "false",
        question->shuffle ? "true" : "false");
  else if (pairs)
    g_string_append (out, "    <shuffleanswers>true</shuffleanswers>\n");
  else if (question->kind == PC_PORTABLE_SHORT)
    g_string_append (out, "    <usecase>0</usecase>\n");
  for (guint i = 0; i < question->answers->len; i++) {
    if (pairs)
      append_pair (out, question->answers->pdata[i]);
    else
      append_answer (out, question, question->answers->pdata[i]);
  }
  append_tail (out, question);
  g_string_append (out, "  </question>\n");
}
