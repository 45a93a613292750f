/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli sheet: questions on paper, as Markdown, with their key.  The
 * code at the foot of a sheet makes it again.
 */

#include "base/limits.h"
#include "base/paths.h"
#include "cli/command.h"
#include "quiz/sheet.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

typedef struct
{
  char    *blueprint;
  char    *code;
  char    *variants;
  char    *output;
  char    *language;
  gint64   seed;
  int      items;
  gboolean key;
} Options;

static int
compare_paths (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Those named, or all that came with the program. */
static GPtrArray *
load_banks (int         argc,
            char      **argv,
            PcProblems *problems)
{
  GPtrArray       *banks = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *folder = pc_paths_get_data ("questions");
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  for (int i = 1; i < argc; i++)
    g_ptr_array_add (paths, g_strdup (argv[i]));
  if (argc < 2 && (dir = g_dir_open (folder, 0, NULL)) != NULL) {
    while ((name = g_dir_read_name (dir)) != NULL) {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (paths, g_build_filename (folder, name, NULL));
    }
    g_ptr_array_sort (paths, compare_paths);
  }
  for (guint i = 0; i < paths->len; i++) {
    PcBank *bank = pc_bank_load (paths->pdata[i], NULL, problems, NULL, NULL);

    if (bank != NULL)
      g_ptr_array_add (banks, bank);
  }
  return banks;
}

/* "A", "ABC", "A-H" as bits; 0 for what is none. */
static guint
read_variants (const char *text)
{
  guint bits = 0;

  if (g_str_equal (text, "A-H"))
    return (1u << PC_SHEET_VARIANTS) - 1;
  for (; *text != '\0'; text++) {
    if (*text < 'A' || *text >= 'A' + PC_SHEET_VARIANTS)
      return 0;
    bits |= 1u << (*text - 'A');
  }
  return bits;
}

/* To standard output, or to "NAME-B.md" and "NAME-B-key.md". */
static gboolean
put (const Options *options,
     guint          variant,
     const char    *what,
     const char    *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  if (options->output == NULL) {
    fputs (text, stdout);
    return TRUE;
  }
  path = g_strdup_printf ("%s-%c%s.md", options->output, 'A' + variant, what);
  if (g_file_set_contents (path, text, -1, &error))
    return TRUE;
  pc_command_error ("%s", error->message);
  return FALSE;
}

static gboolean
put_variant (const Options     *options,
             GPtrArray         *banks,
             const PcBlueprint *blueprint,
             guint32            seed,
             int                check,
             guint              variant)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcSheet) sheet =
      pc_sheet_new (banks, blueprint, seed, variant, problems);
  g_autofree char *questions = NULL;
  g_autofree char *key = NULL;

  pc_command_print_problems (problems);
  if (sheet == NULL) {
    pc_command_error (_ ("No question fits this blueprint."));
    return FALSE;
  }
  if (check >= 0 && !pc_sheet_is_check (sheet, (guint) check))
    pc_command_error (_ ("This code was printed with other question banks, "
                         "other versions of them, or another blueprint: the "
                         "sheet is not the same."));
  questions = pc_sheet_write_questions (sheet, options->language);
  key = pc_sheet_write_key (sheet, options->language);
  if (options->output != NULL)
    return put (options, variant, "", questions) &&
           put (options, variant, "-key", key);
  return put (options, variant, "", options->key ? key : questions);
}

static int
make_sheets (const Options *options,
             GPtrArray     *banks,
             PcBlueprint   *blueprint)
{
  guint    variants = read_variants (options->variants != NULL
                                         ? options->variants
                                         : "A");
  guint32  seed = (guint32) options->seed;
  guint    check = 0;
  gboolean coded = options->code != NULL;

  if (coded && !pc_sheet_parse_code (options->code, &seed, &check)) {
    pc_command_error (_ ("“%s” is no code of a sheet; one looks like "
                         "1F0A4C52-B7."),
                      options->code);
    return PC_EXIT_USAGE;
  }
  if (variants == 0) {
    pc_command_error (_ ("Variants are letters from A to H, as in ABC, or "
                         "A-H."));
    return PC_EXIT_USAGE;
  }
  if (options->items > 0)
    blueprint->n_items = (guint) options->items;
  for (guint i = 0; i < PC_SHEET_VARIANTS; i++) {
    if ((variants & 1u << i) != 0 &&
        !put_variant (options, banks, blueprint, seed,
                      coded ? (int) check : -1, i))
      return PC_EXIT_FAILED;
  }
  return PC_EXIT_OK;
}

static void
clear_options (Options *options)
{
  g_free (options->blueprint);
  g_free (options->code);
  g_free (options->variants);
  g_free (options->output);
  g_free (options->language);
}

int
pc_command_sheet (int    argc,
                  char **argv)
{
  Options      options = { .seed = g_random_int () };
  GOptionEntry entries[] = {
    { "blueprint", 0, 0, G_OPTION_ARG_FILENAME, &options.blueprint,
      N_ ("What the sheet is to hold"), N_ ("FILE") },
    { "items", 0, 0, G_OPTION_ARG_INT, &options.items,
      N_ ("How many questions"), N_ ("NUMBER") },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed,
      N_ ("The same number makes the same sheet"), N_ ("NUMBER") },
    { "code", 0, 0, G_OPTION_ARG_STRING, &options.code,
      N_ ("Make the sheet with this code again"), N_ ("CODE") },
    { "variants", 0, 0, G_OPTION_ARG_STRING, &options.variants,
      N_ ("Letters from A to H, as in ABC, or A-H"), N_ ("LETTERS") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Write NAME-A.md and NAME-A-key.md"), N_ ("NAME") },
    { "key", 0, 0, G_OPTION_ARG_NONE, &options.key,
      N_ ("Print the key instead of the questions"), NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_ ("Take the translation to this language, as \"de\""),
      N_ ("LANGUAGE") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GPtrArray) banks = NULL;
  g_autoptr (PcBlueprint) blueprint = NULL;
  int status = PC_EXIT_ERRORS;

  if (!pc_command_parse (&argc, &argv, entries, _ ("[BANK…]"),
                         _ ("Put questions on paper, as Markdown.")))
    return PC_EXIT_USAGE;
  banks = load_banks (argc, argv, problems);
  blueprint = options.blueprint != NULL
                  ? pc_blueprint_load (options.blueprint, problems)
                  : pc_blueprint_new ();
  pc_command_print_problems (problems);
  if (blueprint != NULL && options.items >= 0 &&
      options.items <= PC_LIMIT_SHEET)
    status = make_sheets (&options, banks, blueprint);
  else if (blueprint != NULL)
    pc_command_error (_ ("A sheet has 1 to %d questions."), PC_LIMIT_SHEET);
  clear_options (&options);
  return status;
}
