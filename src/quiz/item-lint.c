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

#include "quiz/fold-private.h"

#include "base/limits.h"

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

/* A text, folded once for all rules. */
typedef struct
{
  char      *folded;
  char      *cut;   /* what @words points into */
  GPtrArray *words;
} Text;

typedef struct
{
  PcItem              *item;
  const PcJsonReader  *reader;
  const PcItemContext *context;
  JsonObject          *waived; /* or NULL */
  Text                 stem;
  Text                 options[PC_LIMIT_OPTIONS];
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

/* -- words ---------------------------------------------------------------- */

static gboolean
has_word (GPtrArray  *words,
          const char *word)
{
  for (guint i = 0; i < words->len; i++) {
    if (strcmp (g_ptr_array_index (words, i), word) == 0)
      return TRUE;
  }
  return FALSE;
}

static gboolean
has_any_word (GPtrArray         *words,
              const char *const *wanted)
{
  for (guint i = 0; wanted[i] != NULL; i++) {
    if (has_word (words, wanted[i]))
      return TRUE;
  }
  return FALSE;
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

/* -- rules ---------------------------------------------------------------- */

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
    const char *text = self->options[i].folded;

    if (strstr (text, "all of the above") != NULL ||
        strstr (text, "none of the above") != NULL ||
        strstr (text, "all of these") != NULL ||
        strstr (text, "none of these") != NULL)
      warn_option (self, "Q202", i,
                   _ ("options are shuffled and stand for themselves; avoid "
                      "\"all of the above\""));
  }
}

/* "**not**" and "NOT" are emphasised. */
static gboolean
is_emphasised (const char *question,
               const char *folded,
               const char *word)
{
  g_autofree char *upper = g_ascii_strup (word, -1);
  g_autofree char *marked = g_strconcat ("*", word, "*", NULL);

  return strstr (question, upper) != NULL || strstr (folded, marked) != NULL;
}

static void
check_negation (const Lint *self)
{
  g_autofree char *question = NULL;
  g_autofree char *folded = NULL;
  g_autofree char *cut = NULL;
  g_autoptr (GPtrArray) words = NULL;

  if (!has_word (self->stem.words, "not") &&
      !has_word (self->stem.words, "except"))
    return;
  question = find_question (self->item->stem);
  folded = pc_fold_case (question);
  cut = g_strdup (folded);
  words = pc_fold_split (cut);
  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);
    gboolean    negates = strcmp (word, "except") == 0 ||
                       (strcmp (word, "not") == 0 && i < NEGATION_WORDS);

    if (negates && !is_emphasised (question, folded, word)) {
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
      !has_any_word (self->stem.words, orders))
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
in_wrong_option (const Lint *self,
                 const char *word)
{
  for (guint i = 0; i < self->item->n_options; i++) {
    if (!self->item->options[i].correct &&
        has_word (self->options[i].words, word))
      return TRUE;
  }
  return FALSE;
}

/* A word of option @index that gives it away, or NULL. */
static const char *
find_clue (const Lint *self,
           guint       index)
{
  GPtrArray *words = self->options[index].words;

  for (guint i = 0; i < words->len; i++) {
    const char *word = g_ptr_array_index (words, i);

    if (g_utf8_strlen (word, -1) >= CLUE_LENGTH &&
        has_word (self->stem.words, word) && !in_wrong_option (self, word))
      return word;
  }
  return NULL;
}

static void
check_clue (const Lint *self)
{
  for (guint i = 0; i < self->item->n_options; i++) {
    const char      *clue;
    g_autofree char *message = NULL;

    if (!self->item->options[i].correct)
      continue;
    clue = find_clue (self, i);
    if (clue == NULL)
      continue;
    message = g_strdup_printf (
        _ ("\"%s\" stands in the question and only in the right option"),
        clue);
    warn_option (self, "Q206", i, message);
    return;
  }
}

static void
check_absolute (const Lint *self)
{
  static const char *const absolutes[] = { "always", "never", NULL };
  gboolean wrong = FALSE, right = FALSE;

  for (guint i = 0; i < self->item->n_options; i++) {
    if (has_any_word (self->options[i].words, absolutes)) {
      right = right || self->item->options[i].correct;
      wrong = wrong || !self->item->options[i].correct;
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
  GPtrArray  *words = self->stem.words;
  const char *stem = self->stem.folded;

  if (!has_word (words, "port") || !has_any_word (words, mail) ||
      !has_any_word (words, secure))
    return;
  if (strstr (stem, "first byte") == NULL &&
      strstr (stem, "starttls") == NULL && strstr (stem, "stls") == NULL)
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

/* A prediction needs a scenario anyway, and settings need none. */
static void
check_proof (const Lint *self)
{
  if (self->item->type == PC_ITEM_FAULT && self->item->scenario == NULL)
    warn (self, "Q213", "",
          _ ("without a \"simulation\" no run can prove which line is "
             "wrong"));
}

/* A heading with nothing below it. */
static void
check_sections (const Lint *self)
{
  for (guint i = 0; i < self->item->n_sections; i++) {
    g_autofree char *tail = g_strdup_printf ("/explanation/%u", i);
    gboolean empty = self->item->sections[i].from_options;

    for (guint k = 0; empty && k < self->item->n_options; k++)
      empty = self->item->options[k].correct ||
              pc_item_get_option_comparison (self->item, k, NULL) == NULL;
    if (empty)
      warn (self, "Q214", tail,
            _ ("this section is made from the options, and no wrong one has "
               "\"right_when\" or \"feedback\""));
  }
}

static void
text_init (Text       *self,
           const char *text)
{
  self->folded = pc_fold_case (text);
  self->cut = g_strdup (self->folded);
  self->words = pc_fold_split (self->cut);
}

static void
text_clear (Text *self)
{
  g_clear_pointer (&self->folded, g_free);
  g_clear_pointer (&self->cut, g_free);
  g_clear_pointer (&self->words, g_ptr_array_unref);
}

static void
check_english (Lint *self)
{
  text_init (&self->stem, self->item->stem);
  for (guint i = 0; i < self->item->n_options; i++)
    text_init (&self->options[i], self->item->options[i].text);
  check_negation (self);
  check_asks (self);
  check_tls (self);
  if (self->item->n_options > 0) {
    check_catch_all (self);
    check_clue (self);
    check_absolute (self);
  }
  for (guint i = 0; i < self->item->n_options; i++)
    text_clear (&self->options[i]);
  text_clear (&self->stem);
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
  check_sections (&lint);
  check_sources (&lint);
  check_proof (&lint);
  if (g_str_has_prefix (context->language, "en"))
    check_english (&lint);
}
