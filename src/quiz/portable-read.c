/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What came from another program as an item of a bank.
 *
 * The checker of banks looks at the result as at any file; here is only what
 * it cannot see any more: a question without a right answer, or with answers
 * that our types do not have.  Everything that came in is a draft.
 */

#include "quiz/portable.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define LINE_LENGTH 300

typedef struct
{
  const PcPortable *question;
  const char       *file;
  PcProblems       *problems;
  JsonObject       *item;
} Writer;

static void
tell (const Writer *self,
      PcSeverity    severity,
      const char   *sentence)
{
  pc_problems_take (self->problems,
                    pc_problem_new (severity, "X002", self->file,
                                    self->question->line, 1, "%s", sentence));
}

/* Options and pairs are one line each. */
static char *
dup_line (const char *text)
{
  g_autofree char *line = g_strdup (text);

  g_strdelimit (line, "\r\n\t", ' ');
  g_strstrip (line);
  return g_utf8_strlen (line, -1) > LINE_LENGTH
             ? g_utf8_substring (line, 0, LINE_LENGTH)
             : g_steal_pointer (&line);
}

static JsonObject *
new_choice (guint       index,
            const char *prefix,
            const char *text)
{
  JsonObject      *object = json_object_new ();
  g_autofree char *id = g_strdup_printf ("%s%u", prefix, index + 1);
  g_autofree char *line = dup_line (text);

  json_object_set_string_member (object, "id", id);
  json_object_set_string_member (object, "text", line);
  return object;
}

static void
set_feedback (JsonObject *object,
              const char *feedback)
{
  if (feedback != NULL && *feedback != '\0')
    json_object_set_string_member (object, "feedback", feedback);
}

static gboolean
is_too_many (const Writer *self,
             guint         n,
             guint         max)
{
  if (n <= max)
    return FALSE;
  pc_problems_take (self->problems,
                    pc_problem_new (PC_SEVERITY_ERROR, "X002", self->file,
                                    self->question->line, 1,
                                    _ ("this question has %u answers; at most "
                                       "%u can be asked for here"),
                                    n, max));
  return TRUE;
}

static gboolean
write_options (Writer *self)
{
  const PcPortable *question = self->question;
  JsonArray        *options = json_array_new ();
  guint             n_right = 0, n_partly = 0;

  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    JsonObject             *option = new_choice (i, "o", answer->text);
    gboolean                right = question->kind == PC_PORTABLE_MULTIPLE
                                        ? answer->weight > 0
                                        : answer->weight >= 100;

    if (right)
      json_object_set_boolean_member (option, "correct", TRUE);
    n_right += right;
    n_partly += question->kind == PC_PORTABLE_CHOICE && answer->weight > 0 &&
                !right;
    set_feedback (option, answer->feedback);
    json_array_add_object_element (options, option);
  }
  json_object_set_array_member (self->item, "options", options);
  json_object_set_boolean_member (self->item, "shuffle", question->shuffle);
  json_object_set_string_member (
      self->item, "type",
      question->kind == PC_PORTABLE_MULTIPLE ? "multiple" : "single");
  if (question->kind == PC_PORTABLE_MULTIPLE)
    json_object_set_string_member (self->item, "scoring", "partial");
  if (n_partly > 0)
    tell (self, PC_SEVERITY_NOTE,
          _ ("an answer that was partly right counts as wrong here"));
  if (n_right == 0 || n_right == question->answers->len ||
      (question->kind == PC_PORTABLE_CHOICE && n_right != 1)) {
    tell (self, PC_SEVERITY_ERROR,
          _ ("this question has no answer that is right, or none that is "
             "wrong; mark the right one"));
    return FALSE;
  }
  return !is_too_many (self, question->answers->len, PC_LIMIT_OPTIONS);
}

static gboolean
write_pairs (Writer *self)
{
  const PcPortable *question = self->question;
  JsonArray        *left = json_array_new ();
  JsonArray        *right = json_array_new ();
  JsonArray        *pairs = json_array_new ();
  g_autoptr (GHashTable) ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_left = 0;

  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    g_autofree char        *line = dup_line (answer->match);
    guint                   at;

    at = GPOINTER_TO_UINT (g_hash_table_lookup (ids, line));
    if (at == 0) {
      at = g_hash_table_size (ids) + 1;
      json_array_add_object_element (right, new_choice (at - 1, "r", line));
      g_hash_table_insert (ids, g_steal_pointer (&line),
                           GUINT_TO_POINTER (at));
    }
    if (answer->text != NULL && *answer->text != '\0') {
      JsonObject      *pair = json_object_new ();
      g_autofree char *from = g_strdup_printf ("l%u", n_left + 1);
      g_autofree char *to = g_strdup_printf ("r%u", at);

      json_array_add_object_element (left,
                                     new_choice (n_left++, "l", answer->text));
      json_object_set_string_member (pair, "left", from);
      json_object_set_string_member (pair, "right", to);
      set_feedback (pair, answer->feedback);
      json_array_add_object_element (pairs, pair);
    }
  }
  json_object_set_string_member (self->item, "type", "match");
  json_object_set_array_member (self->item, "left", left);
  json_object_set_array_member (self->item, "right", right);
  json_object_set_array_member (self->item, "pairs", pairs);
  if (n_left >= 2)
    return !is_too_many (self, n_left, PC_LIMIT_LEFT) &&
           !is_too_many (self, g_hash_table_size (ids), PC_LIMIT_RIGHT);
  tell (self, PC_SEVERITY_ERROR, _ ("there are no two pairs to match"));
  return FALSE;
}

static gboolean
read_whole (const char *text,
            gint64     *value)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  char            *end;
  double           number = g_ascii_strtod (trimmed, &end);

  if (end == trimmed || *end != '\0' || number < 0 || number > 1e12 ||
      number != floor (number))
    return FALSE;
  *value = (gint64) number;
  return TRUE;
}

static gboolean
write_values (Writer *self)
{
  const PcPortable *question = self->question;
  JsonArray        *accept = json_array_new ();
  JsonArray        *errors = json_array_new ();
  gboolean          whole = TRUE;

  for (guint i = 0; i < question->answers->len; i++) {
    const PcPortableAnswer *answer = question->answers->pdata[i];
    JsonObject             *object;
    gint64                  value = 0;

    if (!read_whole (answer->text, &value)) {
      whole = FALSE;
      continue;
    }
    object = json_object_new ();
    json_object_set_int_member (object, "value", value);
    if (answer->weight > 0 && answer->weight < 100)
      json_object_set_double_member (object, "credit", answer->weight / 100);
    set_feedback (object, answer->feedback);
    json_array_add_object_element (answer->weight > 0 ? accept : errors,
                                   object);
  }
  json_object_set_string_member (self->item, "type", "number");
  json_object_set_string_member (self->item, "unit", "count");
  if (!whole || json_array_get_length (accept) == 0) {
    tell (self, PC_SEVERITY_ERROR,
          _ ("only whole numbers from 0 can be asked for, and one must be "
             "right"));
    json_array_unref (accept);
    json_array_unref (errors);
    return FALSE;
  }
  json_object_set_array_member (self->item, "accept", accept);
  if (json_array_get_length (errors) > 0)
    json_object_set_array_member (self->item, "expected_errors", errors);
  else
    json_array_unref (errors);
  return TRUE;
}

/* We have no item of any short text; one of numbers is a number item. */
static gboolean
write_short (Writer *self)
{
  for (guint i = 0; i < self->question->answers->len; i++) {
    const PcPortableAnswer *answer = self->question->answers->pdata[i];
    gint64                  value;

    if (!read_whole (answer->text, &value)) {
      tell (self, PC_SEVERITY_ERROR,
            _ ("a short answer in words cannot be asked for here; make it a "
               "choice, or ask for a number"));
      return FALSE;
    }
  }
  return write_values (self);
}

/* "General feedback" as an explanation: one note. */
static void
write_general (const Writer *self)
{
  JsonArray  *explanation;
  JsonObject *note;

  if (self->question->general == NULL || *self->question->general == '\0')
    return;
  explanation = json_array_new ();
  note = json_object_new ();
  json_object_set_string_member (note, "kind", "note");
  json_object_set_string_member (note, "text", self->question->general);
  json_array_add_object_element (explanation, note);
  json_object_set_array_member (self->item, "explanation", explanation);
}

static void
write_lists (const Writer *self)
{
  const PcPortable *question = self->question;

  if (question->hints->len > 0) {
    JsonArray *hints = json_array_new ();

    for (guint i = 0; i < MIN (question->hints->len, 3); i++)
      json_array_add_string_element (hints, question->hints->pdata[i]);
    json_object_set_array_member (self->item, "hints", hints);
  }
  if (question->tags->len > 0) {
    JsonArray *tags = json_array_new ();

    for (guint i = 0; i < question->tags->len; i++) {
      g_autofree char *tag = g_ascii_strdown (question->tags->pdata[i], -1);

      g_strcanon (tag, "abcdefghijklmnopqrstuvwxyz0123456789._-", '-');
      json_array_add_string_element (tags, tag);
    }
    json_object_set_array_member (self->item, "tags", tags);
  }
}

JsonNode *
pc_portable_to_json (const PcPortable *self,
                     const char       *file,
                     PcProblems       *problems)
{
  static gboolean (*const writers[]) (Writer * self) = {
    [PC_PORTABLE_CHOICE] = write_options,
    [PC_PORTABLE_MULTIPLE] = write_options,
    [PC_PORTABLE_MATCH] = write_pairs,
    [PC_PORTABLE_NUMBER] = write_values,
    [PC_PORTABLE_SHORT] = write_short,
  };
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  Writer writer = { self, file, problems, json_object_new () };

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (problems != NULL, NULL);

  json_node_take_object (node, writer.item);
  json_object_set_string_member (writer.item, "id", self->id);
  json_object_set_string_member (writer.item, "status", "draft");
  if (self->title != NULL && *self->title != '\0') {
    g_autofree char *title = dup_line (self->title);

    json_object_set_string_member (writer.item, "title", title);
  }
  json_object_set_string_member (writer.item, "stem", self->stem);
  if (*self->stem == '\0') {
    tell (&writer, PC_SEVERITY_ERROR, _ ("this question has no text"));
    return NULL;
  }
  if (!writers[self->kind](&writer))
    return NULL;
  write_general (&writer);
  write_lists (&writer);
  return g_steal_pointer (&node);
}
