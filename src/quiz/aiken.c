/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Aiken: a line with the question, lettered options, "ANSWER: B".  Nothing
 * else: no feedback, one right answer.
 *
 * Moodle's importer takes a letter that is no option for the answer, and then
 * has a question that nobody can get right; here that is an error.
 */

#include "quiz/exchange-private.h"
#include "quiz/markup.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LETTERS 26

/* -- out ------------------------------------------------------------------ */

static void
append_line (GString    *out,
             const char *text)
{
  g_autofree char *plain = pc_markup_to_plain (text);

  g_strdelimit (plain, "\r\n", ' ');
  g_string_append (out, plain);
  g_string_append_c (out, '\n');
}

static gboolean
is_like_option (const char *text)
{
  return g_ascii_isupper (text[0]) && (text[1] == '.' || text[1] == ')');
}

void
pc_aiken_write (GString    *out,
                PcPortable *question,
                const char *bank,
                PcProblems *left_out)
{
  guint right = 0;

  if (question->kind != PC_PORTABLE_CHOICE || question->listing != NULL ||
      question->answers->len > LETTERS) {
    pc_exchange_tell (left_out, PC_SEVERITY_WARNING, bank, question->line,
                      _ ("%s: Aiken knows only choices with one right answer; "
                         "the question is left out"),
                      question->id);
    return;
  }
  if (is_like_option (question->stem))
    g_string_append (out, "Q: ");
  append_line (out, question->stem);
  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];

    g_string_append_printf (out, "%c. ", 'A' + i);
    append_line (out, answer->text);
    if (answer->weight >= 100)
      right = i;
  }
  g_string_append_printf (out, "ANSWER: %c\n\n", 'A' + right);
  pc_exchange_tell (left_out, PC_SEVERITY_NOTE, bank, question->line,
                    _ ("%s: Aiken has no feedback, hints or tags"),
                    question->id);
}

/* -- in ------------------------------------------------------------------- */

typedef struct
{
  const char *name;
  PcProblems *problems;
  GPtrArray  *questions;
  PcPortable *question; /* in the making, or NULL */
} Reader;

static void
tell (const Reader *self,
      guint         line,
      const char   *sentence)
{
  pc_exchange_tell (self->problems, PC_SEVERITY_ERROR, self->name, line, "%s",
                    sentence);
}

/* A question that goes no further: said so, and forgotten. */
static void
drop (Reader *self)
{
  if (self->question == NULL)
    return;
  tell (self, self->question->line,
        _ ("this question has no line \"ANSWER: \" with a letter; it is left "
           "out"));
  g_clear_pointer (&self->question, pc_portable_free);
}

static void
read_stem (Reader     *self,
           const char *text,
           guint       line)
{
  drop (self);
  self->question = pc_portable_new (PC_PORTABLE_CHOICE);
  self->question->stem = g_strdup (text);
  self->question->line = line;
}

static void
read_option (Reader     *self,
             const char *text,
             guint       line)
{
  const char *words = text + 2;

  if (self->question == NULL) {
    tell (self, line, _ ("an option stands here before any question"));
    return;
  }
  while (*words == ' ' || *words == '\t')
    words++;
  if ((guint) (*text - 'A') != self->question->answers->len)
    tell (self, line,
          _ ("the letters of the options do not follow each other"));
  pc_portable_add_answer (self->question, words, NULL, NULL, 0);
}

static void
read_key (Reader     *self,
          const char *text,
          guint       line)
{
  guint letter;

  while (*text == ' ')
    text++;
  letter = (guint) (*text - 'A');
  if (self->question == NULL) {
    tell (self, line, _ ("an answer stands here before any question"));
    return;
  }
  if (letter >= self->question->answers->len) {
    tell (self, line,
          _ ("the letter behind \"ANSWER:\" is none of the options; the "
             "question is left out"));
    g_clear_pointer (&self->question, pc_portable_free);
    return;
  }
  ((PcPortableAnswer *) self->question->answers->pdata[letter])->weight = 100;
  g_ptr_array_add (self->questions, g_steal_pointer (&self->question));
}

GPtrArray *
pc_aiken_read (const char *name,
               const char *text,
               PcProblems *problems)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  Reader self = { name, problems, NULL, NULL };

  self.questions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pc_portable_free);
  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);

    if (strlen (line) < 2)
      continue;
    if (g_str_has_prefix (line, "ANSWER:"))
      read_key (&self, line + strlen ("ANSWER:"), i + 1);
    else if (is_like_option (line))
      read_option (&self, line, i + 1);
    else
      read_stem (&self, line, i + 1);
  }
  drop (&self);
  return self.questions;
}
