/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sheets: the same from the same number, fair in every variant, right in
 * their key, and all eight types of item as one answers them with a pen.
 */

#include "bank-text.h"

#include "quiz/sheet.h"

#include <math.h>

/* Item @i is for the objectives o<i%3> and, each fifth, also for "rare". */
static char *
make_bank (const char *id,
           const char *version,
           guint       n)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (
      text,
      "{\"format\":\"portcall-question-bank\",\"format_version\":1,"
      "\"id\":\"%s\",\"version\":\"%s\",\"language\":\"en\",\"title\":\"T\","
      "\"license\":{\"spdx\":\"CC0-1.0\"},\"objectives\":["
      "{\"id\":\"o0\",\"title\":\"O\"},{\"id\":\"o1\",\"title\":\"O\"},"
      "{\"id\":\"o2\",\"title\":\"O\"},{\"id\":\"rare\",\"title\":\"O\"}],"
      "\"items\":[",
      id, version);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (
        text,
        "%s{\"id\":\"%s-%u\",\"type\":\"single\",\"stem\":\"Which one is it, "
        "of number %u?\",\"difficulty\":%u,\"objectives\":[\"o%u\"%s],"
        "\"options\":[{\"id\":\"a\",\"text\":\"Yes %u\",\"correct\":true},"
        "{\"id\":\"b\",\"text\":\"No %u\"},{\"id\":\"c\",\"text\":\"Not %u\"},"
        "{\"id\":\"d\",\"text\":\"Never %u\"}]}",
        i > 0 ? "," : "", id, i, i, i % 5 + 1, i % 3,
        i % 5 == 0 ? ",\"rare\"" : "", i, i, i, i);
  g_string_append (text, "]}");
  return g_string_free (text, FALSE);
}

static GPtrArray *
make_banks (const char *version)
{
  GPtrArray *banks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *one = make_bank ("one", version, 60);
  g_autofree char *two = make_bank ("two", "1.0.0", 30);

  g_ptr_array_add (banks, bank_from_text (one));
  g_ptr_array_add (banks, bank_from_text (two));
  return banks;
}

static PcBlueprint *
make_blueprint (guint n)
{
  PcBlueprint *blueprint = pc_blueprint_new ();

  blueprint->n_items = n;
  return blueprint;
}

static void
want (PcBlueprint *blueprint,
      const char  *objective,
      guint        n)
{
  g_ptr_array_add (blueprint->objectives, g_strdup (objective));
  g_array_append_val (blueprint->counts, n);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static char *
dup_ids (const PcSheet *sheet,
         gboolean       sorted)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_sheet_get_n_items (sheet); i++)
    g_ptr_array_add (
        ids, (gpointer) pc_item_get_id (pc_sheet_get_item (sheet, i)->item));
  if (sorted)
    g_ptr_array_sort (ids, compare_ids);
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (text, "%s ", (char *) ids->pdata[i]);
  return g_string_free (text, FALSE);
}

static PcSheet *
make_sheet (GPtrArray   *banks,
            PcBlueprint *blueprint,
            guint32      seed,
            guint        variant)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcSheet *sheet = pc_sheet_new (banks, blueprint, seed, variant, problems);

  g_assert_nonnull (sheet);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  return sheet;
}

static char *
dup_markdown (const PcSheet *sheet,
              gboolean       key,
              const char    *language)
{
  g_autoptr (GPtrArray) blocks =
      key ? pc_sheet_list_key (sheet, language)
          : pc_sheet_list_questions (sheet, language);
  g_autofree char *footer = pc_sheet_dup_footer (sheet);

  return pc_sheet_write_markdown (blocks, footer);
}

/* -- the draw ------------------------------------------------------------- */

static void
test_variants (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (PcBlueprint) blueprint = make_blueprint (12);
  g_autofree char *first = NULL;
  g_autoptr (GHashTable) orders =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_moved = 0;

  for (guint v = 0; v < PC_SHEET_VARIANTS; v++) {
    g_autoptr (PcSheet) sheet = make_sheet (banks, blueprint, 99, v);
    char *same = dup_ids (sheet, TRUE);

    g_assert_cmpuint (pc_sheet_get_n_items (sheet), ==, 12);
    if (first == NULL)
      first = same;
    else {
      g_assert_cmpstr (same, ==, first);
      g_free (same);
    }
    g_hash_table_add (orders, dup_ids (sheet, FALSE));
    for (guint i = 0; i < 12; i++) {
      const PcSheetItem *item = pc_sheet_get_item (sheet, i);
      g_autofree char   *answer = pc_sheet_dup_answer (item, NULL);

      /* The letter leads to the right option. */
      g_assert_cmpuint (strlen (answer), ==, 1);
      g_assert_true (pc_item_get_option_correct (
          item->item, item->order[answer[0] - 'a']));
      n_moved += answer[0] != 'a';
    }
  }
  g_assert_cmpuint (g_hash_table_size (orders), ==, PC_SHEET_VARIANTS);
  g_assert_cmpuint (n_moved, >, 40);
}

static void
test_own_draws (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (PcBlueprint) blueprint = make_blueprint (12);
  g_autoptr (GHashTable) draws =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  blueprint->same_items = FALSE;
  want (blueprint, "o1", 4);
  for (guint v = 0; v < PC_SHEET_VARIANTS; v++) {
    g_autoptr (PcSheet) sheet = make_sheet (banks, blueprint, 99, v);

    g_hash_table_add (draws, dup_ids (sheet, TRUE));
  }
  g_assert_cmpuint (g_hash_table_size (draws), ==, PC_SHEET_VARIANTS);
}

static void
test_same_octets (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = make_blueprint (9);
  g_autoptr (PcSheet) one = make_sheet (banks, blueprint, 5, 2);
  g_autoptr (PcSheet) other = NULL;
  g_autoptr (PcSheet) next = make_sheet (banks, blueprint, 6, 2);
  g_autofree char *text = dup_markdown (one, FALSE, NULL);
  g_autofree char *again = NULL;
  g_autofree char *else_ = dup_markdown (next, FALSE, NULL);

  /* In whatever order the banks were named. */
  g_ptr_array_add (turned, banks->pdata[1]);
  g_ptr_array_add (turned, banks->pdata[0]);
  other = make_sheet (turned, blueprint, 5, 2);
  again = dup_markdown (other, FALSE, NULL);
  g_assert_cmpstr (text, ==, again);
  g_assert_cmpstr (text, !=, else_);
}

/* A bank that grew does not change the order of what was there. */
static void
test_growing (void)
{
  g_autofree char *small_text = make_bank ("one", "1.0.0", 40);
  g_autofree char *large_text = make_bank ("one", "1.1.0", 41);
  g_autoptr (PcBank) small_bank = bank_from_text (small_text);
  g_autoptr (PcBank) large_bank = bank_from_text (large_text);
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  g_autoptr (GPtrArray) after = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = make_blueprint (10);
  guint n_kept = 0;

  g_ptr_array_add (before, small_bank);
  g_ptr_array_add (after, large_bank);
  {
    g_autoptr (PcSheet) one = make_sheet (before, blueprint, 3, 0);
    g_autoptr (PcSheet) other = make_sheet (after, blueprint, 3, 0);
    g_autofree char *ids = dup_ids (other, TRUE);

    for (guint i = 0; i < 10; i++)
      n_kept += strstr (ids, pc_item_get_id (
                                 pc_sheet_get_item (one, i)->item)) != NULL;
  }
  g_assert_cmpuint (n_kept, >=, 9);
}

static guint
count_objective (const PcSheet *sheet,
                 const char    *objective)
{
  guint n = 0;

  for (guint i = 0; i < pc_sheet_get_n_items (sheet); i++)
    n += g_strv_contains (
        pc_item_get_objectives (pc_sheet_get_item (sheet, i)->item),
        objective);
  return n;
}

static void
test_strata (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (PcBlueprint) blueprint = make_blueprint (0);
  g_autoptr (PcBlueprint) plain = make_blueprint (9);

  blueprint->same_items = FALSE;
  blueprint->min_difficulty = 2;
  blueprint->max_difficulty = 4;
  want (blueprint, "o0", 5);
  want (blueprint, "o2", 3);
  for (guint32 seed = 0; seed < 50; seed++) {
    g_autoptr (PcSheet) sheet = make_sheet (banks, blueprint, seed, seed % 8);
    g_autoptr (PcSheet) free_draw = make_sheet (banks, plain, seed, 0);
    guint n_one = 0;

    g_assert_cmpuint (pc_sheet_get_n_items (sheet), ==, 8);
    g_assert_cmpuint (count_objective (sheet, "o0"), ==, 5);
    g_assert_cmpuint (count_objective (sheet, "o2"), ==, 3);
    for (guint i = 0; i < 8; i++) {
      PcItem *item = pc_sheet_get_item (sheet, i)->item;

      g_assert_cmpuint (pc_item_get_difficulty (item), >=, 2);
      g_assert_cmpuint (pc_item_get_difficulty (item), <=, 4);
    }
    /* 60 and 30 items: two thirds and one. */
    for (guint i = 0; i < 9; i++)
      n_one += pc_sheet_get_item (free_draw, i)->bank == banks->pdata[0];
    g_assert_cmpuint (n_one, ==, 6);
  }
}

/* All 18 rare items serve another objective too, which must give way. */
static void
test_overlap (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (PcBlueprint) blueprint = make_blueprint (0);

  want (blueprint, "o0", 20);
  want (blueprint, "rare", 18);
  for (guint32 seed = 0; seed < 20; seed++) {
    g_autoptr (PcSheet) sheet = make_sheet (banks, blueprint, seed, 0);

    g_assert_cmpuint (pc_sheet_get_n_items (sheet), ==, 38);
    g_assert_cmpuint (count_objective (sheet, "rare"), ==, 18);
  }
}

static void
test_too_few (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (PcBlueprint) blueprint = make_blueprint (0);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcSheet) sheet = NULL;
  g_autoptr (PcSheet) nothing = NULL;

  want (blueprint, "rare", 20);
  want (blueprint, "unknown", 2);
  sheet = pc_sheet_new (banks, blueprint, 1, 0, problems);
  g_assert_cmpuint (pc_sheet_get_n_items (sheet), ==, 18);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 2);
  g_assert_cmpstr (pc_problems_get (problems, 0)->message, ==,
                   "only 18 of 20 questions were found for the objective "
                   "\"rare\"");
  g_assert_cmpstr (pc_problems_get (problems, 1)->message, ==,
                   "only 0 of 2 questions were found for the objective "
                   "\"unknown\"");
  blueprint->types = 1u << PC_ITEM_CONFIGURE;
  nothing = pc_sheet_new (banks, blueprint, 1, 0, problems);
  g_assert_null (nothing);
}

/* Three degrees of freedom: above 16.3 once in a thousand times. */
static void
check_uniform (const guint *counts,
               guint        total)
{
  double sum = 0, expected = total / 4.0;

  for (guint i = 0; i < 4; i++)
    sum += pow (counts[i] - expected, 2) / expected;
  g_test_message ("%u %u %u %u: %.2f", counts[0], counts[1], counts[2],
                  counts[3], sum);
  g_assert_cmpfloat (sum, <, 16.3);
}

static void
test_key_position (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");

  for (guint same = 0; same < 2; same++) {
    g_autoptr (PcBlueprint) blueprint = make_blueprint (10);
    guint all[4] = { 0 }, first[4] = { 0 };

    blueprint->same_items = same;
    for (guint32 seed = 0; seed < 600; seed++) {
      g_autoptr (PcSheet) sheet = make_sheet (banks, blueprint, seed, seed % 2);

      for (guint i = 0; i < 10; i++) {
        g_autofree char *answer =
            pc_sheet_dup_answer (pc_sheet_get_item (sheet, i), NULL);

        all[answer[0] - 'a']++;
        first[answer[0] - 'a'] += i == 0;
      }
    }
    check_uniform (all, 6000);
    check_uniform (first, 600);
  }
}

/* -- the code ------------------------------------------------------------- */

static void
test_code (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");
  g_autoptr (GPtrArray) newer = make_banks ("1.0.1");
  g_autoptr (GPtrArray) blueprints = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = make_blueprint (14);
  g_autoptr (PcSheet) sheet = NULL;
  g_autofree char *code_text = NULL;
  PcSheetCode code;

  want (blueprint, "o1", 4);
  g_ptr_array_add (blueprints, blueprint);
  sheet = make_sheet (banks, blueprint, 0xFEDCBA98, 3);
  code_text = pc_sheet_dup_code (sheet);
  g_assert_true (g_str_has_prefix (code_text, "FEDCBA98-14-"));
  g_assert_true (pc_sheet_code_parse (code_text, &code));
  g_assert_true (pc_sheet_has_code (sheet, &code));
  {
    g_autoptr (PcBlueprint) found =
        pc_sheet_code_find (&code, banks, blueprints);
    g_autoptr (PcSheet) again = NULL;
    g_autoptr (PcSheet) other = NULL;
    g_autofree char *text = dup_markdown (sheet, FALSE, NULL);
    g_autofree char *same = NULL;

    g_assert_true (found == blueprint);
    again = make_sheet (banks, found, code.seed, 3);
    same = dup_markdown (again, FALSE, NULL);
    g_assert_cmpstr (text, ==, same);
    other = make_sheet (newer, found, code.seed, 3);
    g_assert_false (pc_sheet_has_code (other, &code));
    g_assert_null (pc_sheet_code_find (&code, newer, blueprints));
    g_assert_null (pc_sheet_code_find (&code, banks, NULL));
  }
}

/* Without a blueprint: of all banks, of one of them. */
static void
test_code_alone (void)
{
  g_autoptr (GPtrArray) banks = make_banks ("1.0.0");

  for (guint i = 0; i < 2; i++) {
    g_autoptr (PcBlueprint) blueprint = make_blueprint (7);
    g_autoptr (PcBlueprint) found = NULL;
    g_autoptr (PcSheet) sheet = NULL;
    g_autofree char *text = NULL;
    PcSheetCode code;

    if (i == 1)
      g_ptr_array_add (blueprint->banks, g_strdup ("two"));
    sheet = make_sheet (banks, blueprint, 77, 0);
    text = pc_sheet_dup_code (sheet);
    g_assert_true (pc_sheet_code_parse (text, &code));
    found = pc_sheet_code_find (&code, banks, NULL);
    g_assert_nonnull (found);
    g_assert_cmpuint (found->banks->len, ==, i);
    g_assert_cmpuint (pc_blueprint_count (found), ==, 7);
  }
}

static void
test_no_code (void)
{
  static const char *const none[] = {
    "",           "1F0A4C52-20",        "1F0A4C52-20-B7D",
    "1F0A4C5-20-B7D1", "1F0A4C52-0-B7D1",    "1F0A4C52-501-B7D1",
    "1F0A4C5G-20-B7D1", "1F0A4C52-20-B7D1-A", "-1F0A4C5-20-B7D1",
    "1F0A4C52--B7D1",
  };
  PcSheetCode code;

  for (guint i = 0; i < G_N_ELEMENTS (none); i++) {
    g_test_message ("%s", none[i]);
    g_assert_false (pc_sheet_code_parse (none[i], &code));
  }
  g_assert_true (pc_sheet_code_parse (" 1f0a4c52-20-b7d1\n", &code));
  g_assert_cmphex (code.seed, ==, 0x1F0A4C52);
  g_assert_cmpuint (code.n_items, ==, 20);
  g_assert_cmphex (code.check, ==, 0xB7D1);
}

/* -- on paper ------------------------------------------------------------- */

static PcSheet *
make_eight (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank =
      pc_bank_load (EIGHT_TYPES, NULL, problems, NULL, NULL);
  g_autoptr (GPtrArray) banks = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = make_blueprint (0);

  g_assert_nonnull (bank);
  g_ptr_array_add (banks, bank);
  blueprint->n_items = pc_bank_get_n_items (bank);
  return make_sheet (banks, blueprint, 4, 1);
}

/* What belongs to each type, from its stem to the next question. */
static void
test_eight_types (void)
{
  g_autoptr (PcSheet) sheet = make_eight ();
  g_autoptr (GPtrArray) blocks = pc_sheet_list_questions (sheet, NULL);
  g_autofree char *key = dup_markdown (sheet, TRUE, NULL);
  guint kinds[PC_SHEET_FEEDBACK + 1] = { 0 }, types = 0;
  int   number = -1;

  for (guint i = 0; i <= blocks->len; i++) {
    const PcSheetBlock *block = i < blocks->len ? blocks->pdata[i] : NULL;

    if (block == NULL || block->kind == PC_SHEET_QUESTION) {
      PcItem *item = number >= 0
                         ? pc_sheet_get_item (sheet, (guint) number)->item
                         : NULL;

      switch (item != NULL ? (int) pc_item_get_item_type (item) : -1) {
      case PC_ITEM_SINGLE:
      case PC_ITEM_MULTIPLE:
        g_assert_cmpuint (kinds[PC_SHEET_CHOICE], ==,
                          pc_item_get_n_options (item));
        g_assert_cmpuint (kinds[PC_SHEET_BLANK], ==, 0);
        break;
      case PC_ITEM_MATCH: g_assert_cmpuint (kinds[PC_SHEET_PAIR], >, 1); break;
      case PC_ITEM_ORDER:
        g_assert_cmpuint (kinds[PC_SHEET_CHOICE], >=,
                          pc_item_get_n_steps (item));
        g_assert_cmpuint (kinds[PC_SHEET_BLANK], ==, 1);
        break;
      case PC_ITEM_FAULT:
        g_assert_cmpuint (kinds[PC_SHEET_LISTING], ==,
                          pc_item_get_stimulus (item)->n_lines);
        g_assert_cmpuint (kinds[PC_SHEET_BLANK], ==, 1);
        break;
      case PC_ITEM_CONFIGURE:
        g_assert_cmpuint (kinds[PC_SHEET_FIELD], ==,
                          pc_item_get_n_fields (item));
        break;
      case PC_ITEM_NUMBER: g_assert_cmpuint (kinds[PC_SHEET_BLANK], ==, 1);
      default: break;
      }
      if (item != NULL)
        types |= 1u << pc_item_get_item_type (item);
      memset (kinds, 0, sizeof kinds);
      number++;
    }
    if (block != NULL)
      kinds[block->kind]++;
  }
  g_assert_cmpuint (types, ==, 0xff);
  for (guint i = 0; i < pc_sheet_get_n_items (sheet); i++) {
    g_autofree char *head = g_strdup_printf ("**%u.** **", i + 1);

    g_assert_nonnull (strstr (key, head));
  }
}

/* Nothing in a bank means anything to Markdown but its own marks. */
static void
test_golden (void)
{
  static const char items[] = BANK_TEXT (
      "\"items\":[{\"id\":\"i\",\"type\":\"single\",\"shuffle\":false,"
      "\"stem\":\"# 1. <b>_x_</b> | `a|b` and **strong**?\\n\\n- no list\","
      "\"answer_line\":\"It is *25*.\",\"points\":2,"
      "\"options\":[{\"id\":\"a\",\"text\":\"25\",\"correct\":true},"
      "{\"id\":\"b\",\"text\":\"[143](x)\",\"feedback\":\"IMAP & co\"}]}]");
  static const char questions[] =
      "# Ports \\*1\\*\n\nName: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_"
      "\\_\\_\\_  Date: \\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\\_\n\n"
      "1 question · 2 points · 5 minutes\n\n"
      "**1.** \\# 1. \\<b\\>\\_x\\_\\</b\\> \\| `a|b` and **strong**?\n\n"
      "\\- no list *(2 points)*\n\n"
      "- **a)** 25\n- **b)** \\[143\\](x)\n\n---\n\n";
  static const char answers[] =
      "# Answers: Ports \\*1\\*, variant B\n\n"
      "1 question · 2 points · 5 minutes\n\n"
      "| | |\n|--:|:--|\n| 1 | a |\n\n**1.** **a**\n\nIt is *25*.\n\n"
      "- **b)** IMAP \\& co\n\n---\n\n";
  g_autoptr (PcBank) bank = bank_from_text (items);
  g_autoptr (GPtrArray) banks = g_ptr_array_new ();
  g_autoptr (PcBlueprint) blueprint = make_blueprint (1);
  g_autoptr (PcSheet) sheet = NULL;
  g_autofree char *text = NULL;
  g_autofree char *key = NULL;
  g_autofree char *code = NULL;
  g_autofree char *foot = NULL;

  g_ptr_array_add (banks, bank);
  blueprint->title = g_strdup ("Ports *1*");
  blueprint->minutes = 5;
  sheet = make_sheet (banks, blueprint, 15, 1);
  code = pc_sheet_dup_code (sheet);
  foot = g_strdup_printf ("sheet %s · seed 15 · variant B · t 1.0.0\n", code);
  text = dup_markdown (sheet, FALSE, NULL);
  key = dup_markdown (sheet, TRUE, NULL);
  g_assert_true (g_str_has_suffix (text, foot));
  g_assert_true (g_str_has_suffix (key, foot));
  text[strlen (text) - strlen (foot)] = '\0';
  key[strlen (key) - strlen (foot)] = '\0';
  g_assert_cmpstr (text, ==, questions);
  g_assert_cmpstr (key, ==, answers);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sheet/variants", test_variants);
  g_test_add_func ("/sheet/own-draws", test_own_draws);
  g_test_add_func ("/sheet/same-octets", test_same_octets);
  g_test_add_func ("/sheet/growing", test_growing);
  g_test_add_func ("/sheet/strata", test_strata);
  g_test_add_func ("/sheet/overlap", test_overlap);
  g_test_add_func ("/sheet/too-few", test_too_few);
  g_test_add_func ("/sheet/key-position", test_key_position);
  g_test_add_func ("/sheet/code", test_code);
  g_test_add_func ("/sheet/code-alone", test_code_alone);
  g_test_add_func ("/sheet/no-code", test_no_code);
  g_test_add_func ("/sheet/eight-types", test_eight_types);
  g_test_add_func ("/sheet/golden", test_golden);
  return g_test_run ();
}
