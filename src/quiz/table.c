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

#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define OPTIONS 8

typedef struct
{
  const char *name;
  PcProblems *problems;
  const char *p;
  char        separator;
  guint       line;
} Reader;

/* The next field; @last tells whether its row ends with it. */
static char *
read_field (Reader   *self,
            gboolean *last)
{
  GString *field = g_string_new (NULL);
  gboolean quoted = *self->p == '"';

  if (quoted)
    self->p++;
  for (; *self->p != '\0'; self->p++) {
    if (quoted && self->p[0] == '"' && self->p[1] == '"')
      self->p++;
    else if (quoted && *self->p == '"') {
      quoted = FALSE;
      continue;
    } else if (!quoted && (*self->p == self->separator || *self->p == '\n'))
      break;
    if (*self->p == '\n')
      self->line++;
    if (*self->p != '\r')
      g_string_append_c (field, *self->p);
  }
  if (quoted)
    pc_exchange_tell (self->problems, PC_SEVERITY_ERROR, self->name,
                      self->line, "%s",
                      _ ("a quotation mark is opened and never closed"));
  *last = *self->p != self->separator;
  if (*self->p == '\n')
    self->line++;
  if (*self->p != '\0')
    self->p++;
  g_strstrip (field->str);
  return g_string_free (field, FALSE);
}

/* Fields of the next row; NULL at the end. */
static GPtrArray *
read_row (Reader *self)
{
  GPtrArray *row;
  gboolean   last = FALSE;

  if (*self->p == '\0')
    return NULL;
  row = g_ptr_array_new_with_free_func (g_free);
  while (!last)
    g_ptr_array_add (row, read_field (self, &last));
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
  Reader self = { name, problems, text, ',', 1 };
  g_autoptr (GPtrArray) head = NULL;
  gboolean named = FALSE;

  /* Anki's comments and settings. */
  while (*self.p == '#') {
    const char *end = strchr (self.p, '\n');

    self.p = end != NULL ? end + 1 : self.p + strlen (self.p);
    self.line++;
  }
  self.separator = find_separator (self.p);
  for (;;) {
    guint line = self.line;
    g_autoptr (GPtrArray) row = read_row (&self);

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
