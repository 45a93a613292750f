/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether an item is well written: hints of craft, never errors.
 *
 * The rules follow the published guidelines for writing multiple-choice items
 * (Haladyna, Downing and Rodriguez 2002).  They are rules of thumb, so an
 * author may waive one for an item, with a reason:
 * "x-waive": {"Q206": "the port is named on purpose"}.
 * Those that look at words know English only and stay silent otherwise.
 */

#include "quiz/item-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A key this much longer than every other option gives itself away... */
#define LONG_KEY_FACTOR 1.5
/* ...but among short ones length says nothing. */
#define LONG_KEY_LEAST 15
/* A "not" this early turns the question; later it is part of the matter. */
#define NEGATION_WORDS 6
/* Shorter words are mostly grammar. */
#define CLUE_LENGTH 5

typedef struct
{
  PcItem              *item;
  const PcJsonReader  *reader;
  const PcItemContext *context;
  JsonObject          *waived; /* or NULL */
} Lint;

static void
warn (const Lint *self,
      const char *code,
      const char *tail,
      const char *message)
{
  g_autofree char *pointer = NULL;

  if (self->waived != NULL && json_object_has_member (self->waived, code))
    return;
  pointer = g_strconcat (self->reader->pointer, tail, NULL);
  pc_json_report (self->reader->json, self->reader->problems,
                  PC_SEVERITY_WARNING, code, pointer, "%s", message);
}

static void
warn_option (const Lint *self,
             const char *code,
             guint       index,
             const char *message)
{
  g_autofree char *tail = g_strdup_printf ("/options/%u", index);

  warn (self, code, tail, message);
}

/* -- words ----------------------------------------------------------------- */

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c);
}

/* The words of @text, folded.  "don't" is "don" and "t". */
static char **
split_words (const char *text)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);
  GPtrArray       *words = g_ptr_array_new ();
  const char      *start = NULL;
  const char      *p = folded;

  for (;; p = g_utf8_next_char (p)) {
    gboolean inside = *p != '\0' && is_word_char (g_utf8_get_char (p));

    if (inside && start == NULL)
      start = p;
    if (!inside && start != NULL) {
      g_ptr_array_add (words, g_strndup (start, p - start));
      start = NULL;
    }
    if (*p == '\0')
      break;
  }
  g_ptr_array_add (words, NULL);
  return (char **) g_ptr_array_free (words, FALSE);
}

static gboolean
has_word (const char *text,
          const char *word)
{
  g_auto (GStrv) words = split_words (text);

  return g_strv_contains ((const char *const *) words, word);
}

static gboolean
has_any_word (const char        *text,
              const char *const *wanted)
{
  g_auto (GStrv) words = split_words (text);

  for (guint i = 0; wanted[i] != NULL; i++) {
    if (g_strv_contains ((const char *const *) words, wanted[i]))
      return TRUE;
  }
  return FALSE;
}

static gboolean
contains (const char *text,
          const char *part)
{
  g_autofree char *folded = g_utf8_casefold (text, -1);

  return strstr (folded, part) != NULL;
}

static gboolean
is_number (const char *text)
{
  return *text != '\0' && strspn (text, "0123456789") == strlen (text);
}

/* The sentence of @stem that asks, or all of it. */
static char *
find_question (const char *stem)
{
  const char *end = strrchr (stem, '?');
  const char *start;

  if (end == NULL)
    return g_strdup (stem);
  for (start = end; start > stem; start--) {
    if (start[-1] == '\n' ||
        (strchr (".!?:", start[-1]) != NULL && *start == ' '))
      break;
  }
  return g_strndup (start, end - start);
}

/* -- rules ----------------------------------------------------------------- */

static void
check_feedback (const Lint *self)
{
  for (guint i = 0; i < self->item->n_options; i++) {
    const PcItemOption *option = &self->item->options[i];

    if (!option->correct && option->feedback == NULL)
      warn_option (self, "Q200", i,
                   _ ("a wrong option without feedback teaches nothing"));
  }
}

static void
check_key_length (const Lint *self)
{
  PcItem *item = self->item;
  glong   longest = 0, key = 0;

  for (guint i = 0; i < item->n_options; i++) {
    glong n = g_utf8_strlen (item->options[i].text, -1);

    if (item->options[i].correct)
      key = n;
    else
      longest = MAX (longest, n);
  }
  if (item->n_correct == 1 && key >= LONG_KEY_LEAST &&
      key >= LONG_KEY_FACTOR * longest)
    warn (self, "Q201", "/options",
          _ ("the right option is much longer than all others"));
}

static void
check_catch_all (const Lint *self)
{
  for (guint i = 0; i < self->item->n_options; i++) {
    const char *text = self->item->options[i].text;

    if (contains (text, "all of the above") ||
        contains (text, "none of the above") ||
        contains (text, "all of these") || contains (text, "none of these"))
      warn_option (self, "Q202", i,
                   _ ("options are shuffled and stand for themselves; avoid "
                      "\"all of the above\""));
  }
}

/* "**not**" and "NOT" are emphasised. */
static gboolean
is_emphasised (const char *text,
               const char *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_autofree char *marked = g_strconcat ("*", word, "*", NULL);

  return strstr (text, upper) != NULL || contains (text, marked);
}

static void
check_negation (const Lint *self)
{
  g_autofree char *question = find_question (self->item->stem);
  g_auto (GStrv) words = split_words (question);

  for (guint i = 0; words[i] != NULL; i++) {
    gboolean negates = g_str_equal (words[i], "except") ||
                       (g_str_equal (words[i], "not") && i < NEGATION_WORDS);

    if (negates && !is_emphasised (question, words[i])) {
      warn (self, "Q203", "/stem",
            _ ("a negative question is easily misread; put it the other way "
               "round, or emphasise the **not**"));
      return;
    }
  }
}

static void
check_asks (const Lint *self)
{
  static const char *const orders[] = {
    "type", "choose", "select", "name", "complete", "finish", "give", "pick",
    "mark", "find", "enter", "write", "calculate", "compute", "decide", "fill",
    "set", "state", "work", "put", "pair", "predict", NULL
  };

  if (strchr (self->item->stem, '?') == NULL &&
      strstr (self->item->stem, "___") == NULL &&
      !has_any_word (self->item->stem, orders))
    warn (self, "Q204", "/stem",
          _ ("the text neither asks nor says what to do"));
}

static void
check_parallel (const Lint *self)
{
  guint n = 0;

  for (guint i = 0; i < self->item->n_options; i++)
    n += is_number (self->item->options[i].text) ? 1 : 0;
  if (n > 0 && n < self->item->n_options)
    warn (self, "Q205", "/options",
          _ ("some options are bare numbers and others are words"));
}

static gboolean
in_wrong_option (PcItem     *item,
                 const char *word)
{
  for (guint i = 0; i < item->n_options; i++) {
    if (!item->options[i].correct && has_word (item->options[i].text, word))
      return TRUE;
  }
  return FALSE;
}

static void
check_clue (const Lint *self)
{
  g_auto (GStrv) stem = split_words (self->item->stem);

  for (guint i = 0; i < self->item->n_options; i++) {
    g_auto (GStrv) words = split_words (self->item->options[i].text);

    if (!self->item->options[i].correct)
      continue;
    for (guint j = 0; words[j] != NULL; j++) {
      if (g_utf8_strlen (words[j], -1) >= CLUE_LENGTH &&
          g_strv_contains ((const char *const *) stem, words[j]) &&
          !in_wrong_option (self->item, words[j])) {
        g_autofree char *message = g_strdup_printf (
            _ ("\"%s\" stands in the question and only in the right option"),
            words[j]);

        warn_option (self, "Q206", i, message);
        return;
      }
    }
  }
}

static void
check_absolute (const Lint *self)
{
  static const char *const absolutes[] = { "always", "never", NULL };
  gboolean wrong = FALSE, right = FALSE;

  for (guint i = 0; i < self->item->n_options; i++) {
    const PcItemOption *option = &self->item->options[i];

    if (has_any_word (option->text, absolutes)) {
      right = right || option->correct;
      wrong = wrong || !option->correct;
    }
  }
  if (wrong && !right)
    warn (self, "Q207", "/options",
          _ ("\"always\" and \"never\" stand only in wrong options, which "
             "gives them away"));
}

static void
check_number_order (const Lint *self)
{
  PcItem *item = self->item;
  guint64 last = 0;

  if (item->shuffle)
    return;
  for (guint i = 0; i < item->n_options; i++) {
    guint64 value;

    if (!g_ascii_string_to_unsigned (item->options[i].text, 10, 0, G_MAXUINT64,
                                     &value, NULL))
      return;
    if (value < last) {
      warn (self, "Q208", "/options",
            _ ("numbers that are not shuffled should stand in order"));
      return;
    }
    last = value;
  }
}

/* "Secure SMTP" has two ports; how TLS begins decides which. */
static void
check_tls (const Lint *self)
{
  static const char *const mail[] = { "mail", "email", "imap", "imap4",
                                      "pop3", "smtp", "submission", NULL };
  static const char *const secure[] = { "secure", "securely", "encrypted",
                                        "tls", "ssl", NULL };
  const char *stem = self->item->stem;

  if (!has_any_word (stem, mail) || !has_any_word (stem, secure) ||
      !has_word (stem, "port"))
    return;
  if (!contains (stem, "first byte") && !contains (stem, "starttls") &&
      !contains (stem, "stls"))
    warn (self, "Q209", "/stem",
          _ ("say how the protection begins: \"from the first byte\" or "
             "\"with STARTTLS\""));
}

static void
check_sources (const Lint *self)
{
  PcItem *item = self->item;

  if (item->n_references == 0)
    warn (self, "Q210", "", _ ("the item names no reference"));
  if (item->status == PC_ITEM_STATUS_REVIEWED && !item->has_reviewer &&
      !self->context->has_reviewer)
    warn (self, "Q211", "/status",
          _ ("the item is called reviewed, but no reviewer is named"));
}

void
pc_item_lint (PcItem              *self,
              const PcJsonReader  *reader,
              const PcItemContext *context)
{
  Lint lint = { self, reader, context, NULL };

  lint.waived = pc_json_read_object (reader, "x-waive", FALSE);
  if (self->n_options > 0) {
    check_feedback (&lint);
    check_key_length (&lint);
    check_parallel (&lint);
    check_number_order (&lint);
  }
  check_sources (&lint);
  if (!g_str_has_prefix (context->language, "en"))
    return;
  check_negation (&lint);
  check_asks (&lint);
  check_tls (&lint);
  if (self->n_options > 0) {
    check_catch_all (&lint);
    check_clue (&lint);
    check_absolute (&lint);
  }
}
