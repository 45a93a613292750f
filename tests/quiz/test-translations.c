/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The German of the banks that come with the program: whole where it is begun,
 * of this revision, and with the marks of the original.  Whether it is good
 * German only a reader can say.
 */

#include "quiz/bank.h"
#include "quiz/item-private.h"
#include "quiz/markup.h"

#include "base/paths.h"

#include <string.h>

#define LANGUAGE "de"
/* Questions that can be learnt with in German from beginning to end. */
#define MIN_WHOLE 60
/* A longer text that equals its original has been copied, not translated. */
#define MAX_SAME 40

/* Without what is marked as code: that is the same in every language. */
static char *
strip_code (const char *text)
{
  GString *words = g_string_new (NULL);
  gboolean code = FALSE;

  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '`')
      code = !code;
    else if (!code)
      g_string_append_c (words, *at);
  }
  return g_string_free (words, FALSE);
}

/* Numbers and the names of protocols need no translation either. */
static gboolean
has_words (const char *text)
{
  g_autofree char *words = strip_code (text);

  for (const char *at = words; *at != '\0'; at++) {
    if (g_ascii_islower (*at))
      return TRUE;
  }
  return FALSE;
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* What is marked in @text, sorted: the words of code; of the others, which may
 * be translated, the mark alone. */
static char *
list_marks (const char *text)
{
  g_autofree char *pango = pc_markup_to_pango (text);
  g_auto (GStrv) parts = g_strsplit (pango, "<", -1);
  g_autoptr (GPtrArray) marks = g_ptr_array_new ();

  for (guint i = 1; parts[i] != NULL; i++) {
    if (!g_str_has_prefix (parts[i], "tt>"))
      *(strchr (parts[i], '>') + 1) = '\0';
    g_ptr_array_add (marks, parts[i]);
  }
  g_ptr_array_sort (marks, compare_texts);
  g_ptr_array_add (marks, NULL);
  return g_strjoinv (" ", (char **) marks->pdata);
}

static void
assert_text (PcItem     *item,
             const char *path,
             const char *original,
             const char *text)
{
  g_autofree char *expected = list_marks (original);
  g_autofree char *words = strip_code (original);
  g_autofree char *marks = NULL;

  if (text == NULL && !has_words (original))
    return;
  g_test_message ("%s %s: %s", pc_item_get_id (item), path, original);
  g_assert_nonnull (text);
  g_assert_cmpstr (text, !=, "");
  marks = list_marks (text);
  g_assert_cmpstr (marks, ==, expected);
  if (strlen (words) > MAX_SAME)
    g_assert_cmpstr (text, !=, original);
}

/* Without an id an entry cannot be translated. */
static void
assert_entries (PcItem *item)
{
  for (guint i = 0; i < item->n_sections; i++) {
    for (guint j = 0; j < item->sections[i].n_entries; j++) {
      g_test_message ("%s section %u entry %u", pc_item_get_id (item), i, j);
      g_assert_nonnull (item->sections[i].entries[j].id);
    }
  }
}

static gboolean
check_item (PcItem *item)
{
  g_autoptr (GHashTable) texts = NULL;
  GHashTable    *strings = NULL;
  GHashTableIter iter;
  gpointer       path, original;

  if (item->translations != NULL)
    strings = g_hash_table_lookup (item->translations, LANGUAGE);
  if (strings == NULL)
    return FALSE;

  assert_entries (item);
  texts = pc_item_list_texts (item);
  g_hash_table_iter_init (&iter, texts);
  while (g_hash_table_iter_next (&iter, &path, &original))
    assert_text (item, path, original, g_hash_table_lookup (strings, path));
  return TRUE;
}

static guint
check_bank (const char *path)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = pc_bank_load (path, NULL, problems, NULL, NULL);
  guint n_whole = 0;

  g_assert_nonnull (bank);
  /* Q040: of an older revision; Q041: of a text that there is not. */
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    g_test_message ("%s:%u %s", path, problem->line, problem->message);
    g_assert_cmpstr (problem->code, !=, "Q040");
    g_assert_cmpstr (problem->code, !=, "Q041");
  }
  for (guint i = 0; i < pc_bank_get_n_items (bank); i++)
    n_whole += check_item (pc_bank_get_item (bank, i));
  g_test_message ("%s: %u whole in German", pc_bank_get_id (bank), n_whole);
  return n_whole;
}

static void
test_banks (void)
{
  g_autofree char *folder = pc_paths_get_data ("questions");
  g_auto (GStrv) files = pc_paths_list (folder, ".json");
  guint n_whole = 0;

  for (guint i = 0; files[i] != NULL; i++)
    n_whole += check_bank (files[i]);
  g_assert_cmpuint (n_whole, >=, MIN_WHOLE);
}

/* The rules above, where they can be seen to fail. */
static void
test_rules (void)
{
  static const struct {
    const char *original;
    const char *text;
    gboolean    words;
    gboolean    same_marks;
  } table[] = {
    { "110", "110", FALSE, TRUE },
    { "`DELE 1`", "`DELE 1`", FALSE, TRUE },
    { "`a3 OK` POP3", "POP3, `a3 OK`", FALSE, TRUE },
    { "See `RETR`", "`RETR` ansehen", TRUE, TRUE },
    { "Send `A`, `B`", "`B` und `A` senden", TRUE, TRUE },
    { "Send `A`", "A senden", TRUE, FALSE },
    { "Send `A`", "`B` senden", TRUE, FALSE },
    { "a *small* one", "ein *kleiner*", TRUE, TRUE },
    { "a *small* one", "ein **kleiner**", TRUE, FALSE },
    { "a *small* one", "ein kleiner", TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autofree char *before = list_marks (table[i].original);
    g_autofree char *after = list_marks (table[i].text);

    g_test_message ("%s", table[i].original);
    g_assert_cmpint (has_words (table[i].original), ==, table[i].words);
    g_assert_cmpint (g_str_equal (before, after), ==, table[i].same_marks);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/translations/rules", test_rules);
  g_test_add_func ("/translations/banks", test_banks);
  return g_test_run ();
}
