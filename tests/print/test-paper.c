/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets as PDF: pages, their number, the same octets again, and texts that
 * are higher than a page or look like markup.
 */

#include "print/paper.h"

#include <string.h>

static guint
count (GBytes     *pdf,
       const char *word)
{
  gsize       size;
  const char *data = g_bytes_get_data (pdf, &size);
  const char *end = data + size;
  guint       n = 0;

  while ((data = memmem (data, (gsize) (end - data), word, strlen (word))) !=
         NULL) {
    n++;
    data += strlen (word);
  }
  return n;
}

static guint
count_pages (GBytes *pdf)
{
  return count (pdf, "/Type /Page\n") + count (pdf, "/Type /Page ");
}

static GBytes *
make (GPtrArray  *blocks,
      PcPaperSize size)
{
  g_autoptr (GError) error = NULL;
  GBytes *pdf = pc_paper_make_pdf (blocks, "sheet <b>1</b> & 2", size, &error);

  g_assert_no_error (error);
  g_assert_nonnull (pdf);
  g_assert_true (g_str_has_prefix (g_bytes_get_data (pdf, NULL), "%PDF-"));
  return pdf;
}

static void
test_eight_types (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank =
      pc_bank_load (EIGHT_TYPES, NULL, problems, NULL, NULL);
  g_autoptr (GPtrArray) banks = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = pc_blueprint_new ();
  g_autoptr (PcSheet) sheet = NULL;
  g_autoptr (GPtrArray) questions = NULL;
  g_autoptr (GPtrArray) key = NULL;
  g_autoptr (GBytes) a4 = NULL;
  g_autoptr (GBytes) again = NULL;
  g_autoptr (GBytes) letter = NULL;
  g_autoptr (GBytes) answers = NULL;

  g_ptr_array_add (banks, bank);
  blueprint->n_items = pc_bank_get_n_items (bank);
  sheet = pc_sheet_new (banks, blueprint, 1, 0, problems);
  g_assert_nonnull (sheet);
  questions = pc_sheet_list_questions (sheet, NULL);
  key = pc_sheet_list_key (sheet, NULL);
  a4 = make (questions, PC_PAPER_A4);
  again = make (questions, PC_PAPER_A4);
  letter = make (questions, PC_PAPER_LETTER);
  answers = make (key, PC_PAPER_A4);
  g_assert_true (g_bytes_equal (a4, again));
  g_assert_cmpuint (count_pages (a4), >=, 2);
  g_assert_cmpuint (count (a4, "/MediaBox [ 0 0 595"), >=, 1);
  g_assert_cmpuint (count (letter, "/MediaBox [ 0 0 612 792 ]"), >=, 1);
  g_assert_cmpuint (count_pages (answers), >=, 1);
}

static PcSheetBlock *
add (GPtrArray       *blocks,
     PcSheetBlockKind kind,
     const char      *text)
{
  PcSheetBlock *block = g_new0 (PcSheetBlock, 1);

  block->kind = kind;
  block->mark = (char *) "1";
  block->right = (char *) "1 <point>";
  block->text = (char *) text;
  g_ptr_array_add (blocks, block);
  return block;
}

/* A question of six lines is never cut; 60 of them need some pages. */
static void
test_groups (void)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GBytes) few = NULL;
  g_autoptr (GBytes) many = NULL;

  for (guint i = 0; i < 60; i++) {
    add (blocks, PC_SHEET_QUESTION, "Which of `these` <i>is</i> & *it*?");
    for (guint j = 0; j < 5; j++)
      add (blocks, PC_SHEET_CHOICE, "One <of> them");
    if (i == 2)
      few = make (blocks, PC_PAPER_A4);
  }
  many = make (blocks, PC_PAPER_A4);
  g_assert_cmpuint (count_pages (few), ==, 1);
  g_assert_cmpuint (count_pages (many), >=, 8);
  g_assert_cmpuint (count_pages (many), <=, 13);
}

/* What is higher than a page goes on over the next ones. */
static void
test_higher_than_page (void)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GBytes) pdf = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append (text, "word\n\n");
  add (blocks, PC_SHEET_QUESTION, "Short?");
  add (blocks, PC_SHEET_QUESTION, text->str);
  add (blocks, PC_SHEET_CHOICE, "One");
  pdf = make (blocks, PC_PAPER_LETTER);
  /* 800 lines; a page has about 50. */
  g_assert_cmpuint (count_pages (pdf), >=, 12);
  g_assert_cmpuint (count_pages (pdf), <=, 24);
}

static void
test_nothing (void)
{
  g_autoptr (GPtrArray) blocks = g_ptr_array_new ();
  g_autoptr (GBytes) pdf = make (blocks, PC_PAPER_A4);

  g_assert_cmpuint (count_pages (pdf), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/paper/eight-types", test_eight_types);
  g_test_add_func ("/paper/groups", test_groups);
  g_test_add_func ("/paper/higher-than-page", test_higher_than_page);
  g_test_add_func ("/paper/nothing", test_nothing);
  return g_test_run ();
}
