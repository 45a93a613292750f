/* SPDX-License-Identifier: GPL-3.0-or-later */

/* GIFT, as Moodle's importer reads it: blocks parted by blank lines; in each
 * comments, a name, a stem and answers in braces.
 *
 * The type of a question is found in Moodle's order: no braces, no answers, a
 * number, choices, pairs, true or false, short answers.  Left out, and told
 * with the line: descriptions, essays, ranges that are no whole number,
 * categories.
 */

#include "quiz/exchange-private.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Escaped characters wait in the private use area until a text is whole. */
#define HIDDEN 0xE000

typedef struct
{
  const char *name;
  PcProblems *problems;
  guint       line; /* where the block begins */
  gboolean    html;
} Reader;

static void
tell (const Reader *self,
      PcSeverity    severity,
      const char   *sentence)
{
  pc_exchange_tell (self->problems, severity, self->name, self->line, "%s",
                    sentence);
}

/* -- escapes -------------------------------------------------------------- */

/* "\=" becomes one character that means nothing to the reader. */
static char *
hide_escapes (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++) {
    if (*text == '\\' && text[1] != '\0' &&
        strchr ("\\~=#{}:n", text[1]) != NULL)
      g_string_append_unichar (out, HIDDEN + (guchar) * ++text);
    else
      g_string_append_c (out, *text);
  }
  return g_string_free (out, FALSE);
}

/* And back; HTML to our marks where the question is HTML. */
static char *
reveal (const Reader *self,
        const char   *text,
        gssize        len)
{
  g_autofree char *part =
      len < 0 ? g_strdup (text) : g_strndup (text, len);
  GString         *out = g_string_new (NULL);

  for (const char *p = part; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (c == HIDDEN + 'n')
      g_string_append_c (out, '\n');
    else if (c > HIDDEN && c < HIDDEN + 128)
      g_string_append_c (out, (char) (c - HIDDEN));
    else
      g_string_append_unichar (out, c);
  }
  g_strstrip (out->str);
  out->len = strlen (out->str);
  if (self->html) {
    char *read = pc_exchange_read_html (out->str);

    g_string_free (out, TRUE);
    return read;
  }
  return g_string_free (out, FALSE);
}

/* -- answers -------------------------------------------------------------- */

/* "%50%" at @p: the weight, and what follows it. */
static const char *
read_weight (const char *p,
             double     *weight)
{
  char  *end;
  double value;

  if (*p != '%')
    return p;
  value = g_ascii_strtod (p + 1, &end);
  if (end == p + 1 || *end != '%' || !(fabs (value) <= 100))
    return p;
  *weight = value;
  return end + 1;
}

/* One answer: from behind its "=" or "~" to the next. */
static void
read_answer (const Reader *self,
             PcPortable   *question,
             const char   *p,
             gsize         len,
             gboolean      right)
{
  g_autofree char *whole = g_strndup (p, len);
  double           weight = right ? 100 : 0;
  const char      *text;
  const char      *sign;
  g_autofree char *feedback = NULL;
  g_autofree char *answer = NULL;

  g_strstrip (whole);
  text = read_weight (whole, &weight);
  sign = strchr (text, '#');
  if (sign != NULL)
    feedback = reveal (self, sign + 1, -1);
  answer = reveal (self, text, sign != NULL ? sign - text : -1);
  pc_portable_add_answer (question, answer, NULL,
                          feedback != NULL && *feedback != '\0' ? feedback
                                                                : NULL,
                          weight);
}

/* Calls read_answer() for each part of @body that a sign of @signs begins. */
static void
split_answers (const Reader *self,
               PcPortable   *question,
               const char   *body,
               const char   *signs)
{
  const char *p = strpbrk (body, signs);

  while (p != NULL) {
    const char *next = strpbrk (p + 1, signs);

    read_answer (self, question, p + 1,
                 next != NULL ? (gsize) (next - p - 1) : strlen (p + 1),
                 *p == '=');
    p = next;
  }
}

static PcPortable *
read_choices (const Reader *self,
              const char   *body)
{
  PcPortable *question = pc_portable_new (PC_PORTABLE_CHOICE);

  split_answers (self, question, body, "=~");
  /* Without "=" several answers have a part of the points. */
  if (strchr (body, '=') == NULL)
    question->kind = PC_PORTABLE_MULTIPLE;
  return question;
}

static PcPortable *
read_pairs (const Reader *self,
            const char   *body)
{
  PcPortable *question = pc_portable_new (PC_PORTABLE_MATCH);
  PcPortable *parts = pc_portable_new (PC_PORTABLE_SHORT);

  split_answers (self, parts, body, "=");
  for (guint i = 0; i < parts->answers->len; i++) {
    const PcPortableAnswer *part = parts->answers->pdata[i];
    const char             *arrow = strstr (part->text, "->");
    g_autofree char        *left = NULL;
    g_autofree char        *right = NULL;

    if (arrow == NULL) {
      tell (self, PC_SEVERITY_NOTE,
            _ ("a pair without an arrow \"->\" is left out"));
      continue;
    }
    left = g_strstrip (g_strndup (part->text, arrow - part->text));
    right = g_strstrip (g_strdup (arrow + 2));
    pc_portable_add_answer (question, *left != '\0' ? left : NULL, right,
                            part->feedback, *left != '\0' ? 100 : 0);
  }
  pc_portable_free (parts);
  return question;
}

/* "995:0", "990..995", "995": one whole number, or left out later. */
static void
settle_number (const Reader     *self,
               PcPortableAnswer *answer)
{
  char  *colon = strchr (answer->text, ':');
  char  *dots = strstr (answer->text, "..");
  double tolerance = 0;

  if (dots != NULL) {
    double low = g_ascii_strtod (answer->text, NULL);
    double high = g_ascii_strtod (dots + 2, NULL);

    if (low == high)
      *dots = '\0';
    return;
  }
  if (colon == NULL)
    return;
  tolerance = g_ascii_strtod (colon + 1, NULL);
  *colon = '\0';
  if (tolerance != 0)
    tell (self, PC_SEVERITY_NOTE,
          _ ("the tolerance of a number is left out: only the number itself "
             "is right"));
}

static PcPortable *
read_numbers (const Reader *self,
              const char   *body)
{
  PcPortable *question = pc_portable_new (PC_PORTABLE_NUMBER);

  if (strchr (body, '=') != NULL) {
    if (strchr (body, '~') != NULL)
      tell (self, PC_SEVERITY_NOTE,
            _ ("feedback for any other number is left out"));
    split_answers (self, question, body, "=~");
    for (guint i = question->answers->len; i > 0; i--) {
      if (*((PcPortableAnswer *) question->answers->pdata[i - 1])->text == '\0')
        g_ptr_array_remove_index (question->answers, i - 1);
    }
  } else {
    read_answer (self, question, body, strlen (body), TRUE);
  }
  for (guint i = 0; i < question->answers->len; i++)
    settle_number (self, question->answers->pdata[i]);
  return question;
}

/* "T", "FALSE#if wrong#if right"; NULL when it is neither. */
static PcPortable *
read_truth (const Reader *self,
            const char   *body)
{
  g_auto (GStrv) parts = g_strsplit (body, "#", 3);
  g_autofree char *word = NULL;
  g_autofree char *if_wrong = NULL;
  g_autofree char *if_right = NULL;
  PcPortable      *question;
  gboolean         truth;

  if (parts[0] == NULL)
    return NULL;
  word = g_ascii_strup (g_strstrip (parts[0]), -1);
  truth = g_str_equal (word, "T") || g_str_equal (word, "TRUE");
  if (!truth && !g_str_equal (word, "F") && !g_str_equal (word, "FALSE"))
    return NULL;
  if (parts[1] != NULL)
    if_wrong = reveal (self, parts[1], -1);
  if (parts[1] != NULL && parts[2] != NULL)
    if_right = reveal (self, parts[2], -1);
  question = pc_portable_new (PC_PORTABLE_CHOICE);
  question->shuffle = FALSE;
  pc_portable_add_answer (question, _ ("True"), NULL,
                          truth ? if_right : if_wrong, truth ? 100 : 0);
  pc_portable_add_answer (question, _ ("False"), NULL,
                          truth ? if_wrong : if_right, truth ? 0 : 100);
  return question;
}

static PcPortable *
read_body (const Reader *self,
           char         *body)
{
  PcPortable *question;
  char       *general = strstr (body, "####");

  if (general != NULL)
    *general = '\0';
  g_strstrip (body);
  if (*body == '\0') {
    tell (self, PC_SEVERITY_WARNING,
          _ ("an essay cannot be marked by a program; the question is left "
             "out"));
    return NULL;
  }
  if (*body == '#')
    question = read_numbers (self, body + 1);
  else if (strchr (body, '~') != NULL)
    question = read_choices (self, body);
  else if (strchr (body, '=') != NULL && strstr (body, "->") != NULL)
    question = read_pairs (self, body);
  else if ((question = read_truth (self, body)) == NULL) {
    question = pc_portable_new (PC_PORTABLE_SHORT);
    split_answers (self, question, body, "=");
  }
  if (general != NULL)
    question->general = reveal (self, general + 4, -1);
  return question;
}

/* -- a block -------------------------------------------------------------- */

/* "[id:x] [tag:y]" in a comment; Moodle 4 writes them. */
static void
read_comment (const char *line,
              char      **id,
              GPtrArray  *tags)
{
  for (const char *p = strchr (line, '['); p != NULL; p = strchr (p + 1, '[')) {
    const char *end = strchr (p, ']');

    if (end == NULL)
      return;
    if (g_str_has_prefix (p, "[id:") && *id == NULL)
      *id = g_strndup (p + 4, end - p - 4);
    else if (g_str_has_prefix (p, "[tag:"))
      g_ptr_array_add (tags, g_strndup (p + 5, end - p - 5));
  }
}

/* "[html]" and the like at @p. */
static const char *
read_text_format (Reader     *self,
                  const char *p)
{
  static const char *const names[] = { "[html]", "[moodle]", "[plain]",
                                       "[markdown]" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_str_has_prefix (p, names[i])) {
      self->html = i == 0 || i == 1;
      return p + strlen (names[i]);
    }
  }
  return p;
}

static PcPortable *
read_question (Reader     *self,
               const char *text)
{
  g_autofree char *hidden = hide_escapes (text);
  g_autofree char *title = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *body = NULL;
  const char      *p = hidden;
  const char      *open;
  const char      *close;
  PcPortable      *question;

  self->html = FALSE;
  if (g_str_has_prefix (p, "::")) {
    const char *end = strstr (p + 2, "::");

    if (end != NULL) {
      title = reveal (self, p + 2, end - p - 2);
      p = end + 2;
    }
  }
  while (g_ascii_isspace (*p))
    p++;
  p = read_text_format (self, p);
  open = strchr (p, '{');
  close = open != NULL ? strchr (open, '}') : NULL;
  if (close == NULL) {
    tell (self, open != NULL ? PC_SEVERITY_ERROR : PC_SEVERITY_WARNING,
          open != NULL
              ? _ ("the answers begin with \"{\" but do not end with \"}\"")
              : _ ("a text without answers is no question; it is left out"));
    return NULL;
  }
  {
    g_autofree char *before = g_strndup (p, open - p);
    g_autofree char *tail = g_strstrip (g_strdup (close + 1));
    g_autofree char *joined =
        *tail != '\0' ? g_strdup_printf ("%s_____ %s", before, tail)
                      : g_strdup (before);

    stem = reveal (self, joined, -1);
  }
  body = g_strndup (open + 1, close - open - 1);
  question = read_body (self, body);
  if (question == NULL)
    return NULL;
  question->title = g_steal_pointer (&title);
  question->stem = g_steal_pointer (&stem);
  question->line = self->line;
  return question;
}

/* Ends a block: what was gathered is a question, or nothing. */
static void
end_block (Reader    *self,
           GString   *block,
           char     **id,
           GPtrArray *tags,
           GPtrArray *questions)
{
  PcPortable *question = NULL;

  g_strstrip (block->str);
  if (*block->str != '\0')
    question = read_question (self, block->str);
  if (question != NULL) {
    question->id = g_steal_pointer (id);
    for (guint i = 0; i < tags->len; i++)
      g_ptr_array_add (question->tags, g_strdup (tags->pdata[i]));
    g_ptr_array_add (questions, question);
  }
  g_string_truncate (block, 0);
  g_clear_pointer (id, g_free);
  g_ptr_array_set_size (tags, 0);
}

GPtrArray *
pc_gift_read (const char *name,
              const char *text,
              PcProblems *problems)
{
  GPtrArray *questions =
      g_ptr_array_new_with_free_func ((GDestroyNotify) pc_portable_free);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) block = g_string_new (NULL);
  g_autoptr (GPtrArray) tags = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *id = NULL;
  Reader           self = { name, problems, 1, FALSE };

  for (guint i = 0; lines[i] != NULL; i++) {
    char *line = g_strstrip (lines[i]);

    if (g_str_has_prefix (line, "//")) {
      read_comment (line, &id, tags);
    } else if (*line == '\0') {
      /* A comment alone belongs to the question that follows it. */
      if (block->len > 0)
        end_block (&self, block, &id, tags, questions);
    } else if (g_str_has_prefix (line, "$CATEGORY:")) {
      self.line = i + 1;
      tell (&self, PC_SEVERITY_NOTE, _ ("categories are left out"));
    } else {
      if (block->len == 0)
        self.line = i + 1;
      g_string_append_printf (block, "%s%s", block->len > 0 ? "\n" : "", line);
    }
  }
  end_block (&self, block, &id, tags, questions);
  return questions;
}
