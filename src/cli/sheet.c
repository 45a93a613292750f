/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli sheet: questions on paper, as PDF or Markdown, with their key.
 * The code at the foot of a sheet makes it again.
 */

#include "base/limits.h"
#include "base/paths.h"
#include "cli/command.h"
#include "print/sheet-files.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  char    *blueprint;
  char    *code;
  char    *variants;
  char    *output;
  char    *language;
  char    *format;
  char    *paper;
  gint64   seed;
  int      items;
  gboolean key;
} Options;

/* What the options came to. */
typedef struct
{
  GPtrArray   *banks;
  PcBlueprint *blueprint;
  guint32      seed;
  gboolean     coded;
  PcSheetCode  code;
  guint        variants; /* bits */
  gboolean     pdf;
  PcPaperSize  paper;
} Plan;

/* -- what there is -------------------------------------------------------- */

static char **
list_shipped (const char *folder)
{
  g_autofree char *dir = pc_paths_get_data (folder);

  return pc_paths_list (dir, ".json");
}

/* Those named, or all that came with the program. */
static GPtrArray *
load_banks (int         argc,
            char      **argv,
            PcProblems *problems)
{
  GPtrArray *banks = g_ptr_array_new_with_free_func (g_object_unref);
  g_auto (GStrv) shipped = argc < 2 ? list_shipped ("questions") : NULL;
  char **paths = shipped != NULL ? shipped : argv + 1;

  for (guint i = 0; paths[i] != NULL; i++) {
    PcBank *bank = pc_bank_load (paths[i], NULL, problems, NULL, NULL);

    if (bank != NULL)
      g_ptr_array_add (banks, bank);
  }
  return banks;
}

static GPtrArray *
load_blueprints (void)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_blueprint_unref);
  g_auto (GStrv) paths = list_shipped ("blueprints");
  g_autoptr (PcProblems) ignored = pc_problems_new ();

  for (guint i = 0; paths[i] != NULL; i++) {
    PcBlueprint *one = pc_blueprint_load (paths[i], ignored);

    if (one != NULL)
      g_ptr_array_add (all, one);
  }
  return all;
}

/* "A", "ABC", "B-D" as bits; 0 for what is none. */
static guint
read_variants (const char *text)
{
  guint bits = 0;

  for (; *text != '\0'; text++) {
    char last = *text;

    if (text[1] == '-' && text[2] != '\0')
      last = text[2];
    if (*text < 'A' || last < *text || last >= 'A' + PC_SHEET_VARIANTS)
      return 0;
    for (char letter = *text; letter <= last; letter++)
      bits |= 1u << (letter - 'A');
    text += text[1] == '-' ? 2 : 0;
  }
  return bits;
}

/* -- out ------------------------------------------------------------------ */

static gboolean
put (const Options *options,
     const Plan    *plan,
     const PcSheet *sheet,
     gboolean       key)
{
  const PcSheetFormat format = { plan->pdf, plan->paper, options->language };
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *path = NULL;

  if (options->output != NULL) {
    path = pc_sheet_files_write (sheet, key, &format, options->output, &error);
    if (path != NULL)
      g_print ("%s\n", path);
  } else {
    bytes = pc_sheet_files_make (sheet, key, &format, &error);
    if (bytes != NULL)
      g_print ("%.*s", (int) g_bytes_get_size (bytes),
               (const char *) g_bytes_get_data (bytes, NULL));
  }
  if (error != NULL)
    pc_command_error ("%s", error->message);
  return error == NULL;
}

static gboolean
put_variant (const Options *options,
             const Plan    *plan,
             guint          variant)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcSheet) sheet = pc_sheet_new (plan->banks, plan->blueprint,
                                            plan->seed, variant, problems);

  pc_command_print_problems (problems);
  if (sheet == NULL) {
    pc_command_error (_ ("No question fits this blueprint."));
    return FALSE;
  }
  if (plan->coded && !pc_sheet_has_code (sheet, &plan->code))
    pc_command_error (_ ("This code was printed with other question banks, "
                         "other versions of them, or another blueprint: the "
                         "sheet is not the same."));
  if (options->output == NULL)
    return put (options, plan, sheet, options->key);
  return put (options, plan, sheet, FALSE) && put (options, plan, sheet, TRUE);
}

/* -- options -------------------------------------------------------------- */

/* Says what is wrong. */
static gboolean
read_options (const Options *options,
              Plan          *plan)
{
  const char *variants = options->variants != NULL ? options->variants : "A";
  const char *format = options->format != NULL ? options->format : "markdown";
  const char *paper = options->paper != NULL ? options->paper : "a4";

  plan->variants = read_variants (variants);
  plan->pdf = g_str_equal (format, "pdf");
  plan->paper =
      g_str_equal (paper, "letter") ? PC_PAPER_LETTER : PC_PAPER_A4;
  plan->coded = options->code != NULL;
  plan->seed = (guint32) options->seed;
  if (plan->variants == 0)
    pc_command_error (_ ("Variants are letters from A to H, as in ABC, or "
                         "A-H."));
  else if (!plan->pdf && !g_str_equal (format, "markdown"))
    pc_command_error (_ ("The format is pdf or markdown."));
  else if (plan->paper == PC_PAPER_A4 && !g_str_equal (paper, "a4"))
    pc_command_error (_ ("The paper is a4 or letter."));
  else if (options->items < 0 || options->items > PC_LIMIT_SHEET)
    pc_command_error (_ ("A sheet has 1 to %d questions."), PC_LIMIT_SHEET);
  else if (options->seed < 0 || options->seed > G_MAXUINT32)
    pc_command_error (_ ("A seed is a number from 0 to %u."), G_MAXUINT32);
  else if (plan->coded && !pc_sheet_code_parse (options->code, &plan->code))
    pc_command_error (_ ("“%s” is no code of a sheet; one looks like "
                         "1F0A4C52-20-B7D1."),
                      options->code);
  else if (plan->pdf && options->output == NULL)
    pc_command_error (_ ("Name a folder for the PDF files by --output."));
  else
    return TRUE;
  return FALSE;
}

/* The one named; the one that the code was printed with; or none in
 * particular. */
static PcBlueprint *
find_blueprint (const Options *options,
                const Plan    *plan,
                PcProblems    *problems)
{
  PcBlueprint *blueprint = NULL;

  if (options->blueprint != NULL)
    return pc_blueprint_load (options->blueprint, problems);
  if (plan->coded) {
    g_autoptr (GPtrArray) shipped = load_blueprints ();

    blueprint = pc_sheet_code_find (&plan->code, plan->banks, shipped);
  }
  if (blueprint == NULL) {
    blueprint = pc_blueprint_new ();
    if (plan->coded)
      blueprint->n_items = plan->code.n_items;
  }
  return blueprint;
}

static int
make_sheets (const Options *options,
             Plan          *plan)
{
  if (options->items > 0)
    plan->blueprint->n_items = MAX ((guint) options->items, 1);
  if (plan->coded)
    plan->seed = plan->code.seed;
  if (options->output != NULL && g_mkdir_with_parents (options->output, 0777)) {
    pc_command_error (_ ("The folder “%s” could not be made."),
                      options->output);
    return PC_EXIT_FAILED;
  }
  for (guint i = 0; i < PC_SHEET_VARIANTS; i++) {
    if ((plan->variants & 1u << i) != 0 && !put_variant (options, plan, i))
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
  g_free (options->format);
  g_free (options->paper);
}

static int
run (const Options *options,
     int            argc,
     char         **argv)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GPtrArray) banks = NULL;
  g_autoptr (PcBlueprint) blueprint = NULL;
  Plan plan = { 0 };

  if (!read_options (options, &plan))
    return PC_EXIT_USAGE;
  plan.banks = banks = load_banks (argc, argv, problems);
  plan.blueprint = blueprint = find_blueprint (options, &plan, problems);
  pc_command_print_problems (problems);
  if (blueprint == NULL ||
      pc_problems_count (problems, PC_SEVERITY_ERROR) > 0)
    return PC_EXIT_ERRORS;
  return make_sheets (options, &plan);
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
    { "format", 0, 0, G_OPTION_ARG_STRING, &options.format,
      N_ ("“pdf” or “markdown”"), N_ ("FORMAT") },
    { "paper", 0, 0, G_OPTION_ARG_STRING, &options.paper,
      N_ ("“a4” or “letter”"), N_ ("PAPER") },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output,
      N_ ("Write sheets and keys to this folder"), N_ ("FOLDER") },
    { "key", 0, 0, G_OPTION_ARG_NONE, &options.key,
      N_ ("Print the key instead of the questions"), NULL },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options.language,
      N_ ("Take the translation to this language, as \"de\""),
      N_ ("LANGUAGE") },
    G_OPTION_ENTRY_NULL,
  };
  int status = PC_EXIT_USAGE;

  if (pc_command_parse (&argc, &argv, entries, _ ("[BANK…]"),
                        _ ("Put questions on paper, with their key.")))
    status = run (&options, argc, argv);
  clear_options (&options);
  return status;
}
