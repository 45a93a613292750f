/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Choices from a table, as spreadsheets write it (RFC 4180): the first line
 * names the columns, in any order:
 *
 *   stem, a, b, c ... h, correct, and optionally id, title, explanation, tags,
 *   feedback_a ... feedback_h
 *
 * "correct" holds one letter or several.  Commas, semicolons and tabs part
 * columns, whichever the first line has.  A table of two columns without such
 * names is a list of questions and answers, as flash card programs write it;
 * answers that are numbers can be asked for.
 */

#include "quiz/csv.h"
#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPTIONS 8

/* Cells without the blanks around them; NULL at the end, or where the table
 * is broken, which is told. */
static GPtrArray *
read_row (const char *name,
          const char *text,
          gsize       length,
          char        separator,
          gsize      *position,
          guint      *line,
          PcProblems *problems)
{
  g_autoptr (GError) error = NULL;
  guint begins = *line;
  GPtrArray *row = pc_csv_read_row (text, length, separator, position, line,
                                    &error);

  if (error != NULL)
    pc_exchange_tell (problems, PC_SEVERITY_ERROR, name, begins, "%s",
                      error->message);
  for (guint i = 0; row != NULL && i < row->len; i++)
    g_strstrip (row->pdata[i]);
  return row;
}

static gboolean
is_blank (GPtrArray *row)
{
  for (guint i = 0; i < row->len; i++) {
    if (*(char *) row->pdata[i] != '\0')
      return FALSE;
  }
  return TRUE;
}

static const char *
get (GPtrArray  *head,
     GPtrArray  *row,
     const char *column)
{
  for (guint i = 0; i < MIN (head->len, row->len); i++) {
    if (g_ascii_strcasecmp (head->pdata[i], column) == 0)
      return *(char *) row->pdata[i] != '\0' ? row->pdata[i] : NULL;
  }
  return NULL;
}

static guint
count_letters (const char *letters)
{
  guint n = 0;

  for (; *letters != '\0'; letters++)
    n += g_ascii_isalpha (*letters);
  return n;
}

static PcPortable *
read_choice (GPtrArray *head,
             GPtrArray *row,
             guint      line)
{
  const char *correct = get (head, row, "correct");
  guint       n_right = correct != NULL ? count_letters (correct) : 0;
  PcPortable *question = pc_portable_new (
      n_right > 1 ? PC_PORTABLE_MULTIPLE : PC_PORTABLE_CHOICE);
  const char *tags = get (head, row, "tags");
  const char *stem = get (head, row, "stem");

  question->id = g_strdup (get (head, row, "id"));
  question->title = g_strdup (get (head, row, "title"));
  question->stem = g_strdup (stem != NULL ? stem : "");
  question->general = g_strdup (get (head, row, "explanation"));
  question->line = line;
  for (char letter = 'a'; letter < 'a' + OPTIONS; letter++) {
    char             column[2] = { letter, '\0' };
    g_autofree char *about = g_strdup_printf ("feedback_%c", letter);
    const char      *text = get (head, row, column);
    gboolean         right =
        correct != NULL && (strchr (correct, letter) != NULL ||
                            strchr (correct, g_ascii_toupper (letter)) != NULL);

    if (text != NULL)
      pc_portable_add_answer (question, text, NULL, get (head, row, about),
                              right ? 100.0 / MAX (n_right, 1) : 0);
  }
  if (tags != NULL) {
    g_auto (GStrv) words = g_strsplit_set (tags, " ,;", -1);

    for (guint i = 0; words[i] != NULL; i++) {
      if (*words[i] != '\0')
        g_ptr_array_add (question->tags, g_strdup (words[i]));
    }
  }
  return question;
}

/* A front and a back. */
static PcPortable *
read_card (GPtrArray *row,
           guint      line)
{
  PcPortable      *question = pc_portable_new (PC_PORTABLE_SHORT);
  g_autofree char *answer = pc_exchange_read_html (row->pdata[1]);

  question->stem = pc_exchange_read_html (row->pdata[0]);
  question->line = line;
  pc_portable_add_answer (question, answer, NULL, NULL, 100);
  return question;
}

/* The one that the first line has most of. */
static char
find_separator (const char *text)
{
  static const char candidates[] = { ',', ';', '\t' };
  guint             n[G_N_ELEMENTS (candidates)] = { 0 };
  guint             best = 0;

  for (; *text != '\0' && *text != '\n'; text++) {
    for (guint i = 0; i < G_N_ELEMENTS (candidates); i++)
      n[i] += *text == candidates[i];
  }
  for (guint i = 1; i < G_N_ELEMENTS (candidates); i++) {
    if (n[i] > n[best])
      best = i;
  }
  return candidates[best];
}

GPtrArray *
pc_table_read (const char *name,
               const char *text,
               PcProblems *problems)
{
  GPtrArray *questions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pc_portable_free);
  g_autoptr (GPtrArray) head = NULL;
  gboolean named = FALSE;
  gsize length, position = 0;
  guint next = 1;
  char separator;

  /* Anki's comments and settings. */
  for (; *text == '#'; next++) {
    const char *end = strchr (text, '\n');

    text = end != NULL ? end + 1 : text + strlen (text);
  }
  length = strlen (text);
  separator = find_separator (text);
  for (;;) {
    guint line = next;
    g_autoptr (GPtrArray) row =
        read_row (name, text, length, separator, &position, &next, problems);

    if (row == NULL)
      break;
    if (is_blank (row))
      continue;
    if (head == NULL) {
      head = g_steal_pointer (&row);
      named = get (head, head, "stem") != NULL &&
              get (head, head, "correct") != NULL;
      if (named || head->len < 2)
        continue;
      row = g_ptr_array_ref (head);
    }
    if (named)
      g_ptr_array_add (questions, read_choice (head, row, line));
    else if (row->len >= 2)
      g_ptr_array_add (questions, read_card (row, line));
    else
      pc_exchange_tell (problems, PC_SEVERITY_ERROR, name, line, "%s",
                        _ ("this row has no second column; it is left out"));
  }
  return questions;
}
