/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli record: the record of answers without a window: export, backup,
 * restore, reset, who the learners are.  The same file as the application's,
 * which may be open meanwhile.
 */

#include "cli/command.h"
#include "quiz/record-export.h"

#include <gio/gunixoutputstream.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <unistd.h>

static char    *record_path;
static char    *learner_name;
static char    *format_name;
static char    *output_path;
static gboolean confirmed;

static GOptionEntry entries[] = {
  { "learner", 'l', 0, G_OPTION_ARG_STRING, &learner_name,
    N_ ("Of this learner: a name or the number from “learners”"),
    N_ ("NAME") },
  { "format", 'f', 0, G_OPTION_ARG_STRING, &format_name,
    N_ ("export: csv or json (csv)"), N_ ("FORMAT") },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &output_path,
    N_ ("export: to this file, not to standard output"), N_ ("FILE") },
  { "yes", 'y', 0, G_OPTION_ARG_NONE, &confirmed,
    N_ ("reset and restore: do it"), NULL },
  { "record", 0, 0, G_OPTION_ARG_FILENAME, &record_path,
    N_ ("Another record than your own"), N_ ("FILE") },
  G_OPTION_ENTRY_NULL,
};

static int
fail (const GError *error)
{
  pc_command_error ("%s", error->message);
  return PC_EXIT_FAILED;
}

/* -- learners ------------------------------------------------------------- */

static char *
format_day (gint64 time_us)
{
  g_autoptr (GDateTime) time = NULL;

  if (time_us == 0)
    return g_strdup ("-");
  time = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);
  return time != NULL ? g_date_time_format (time, "%F") : g_strdup ("-");
}

static int
list_learners (PcRecord   *record,
               const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) learners = pc_record_get_learners (record, &error);

  if (learners == NULL)
    return fail (error);
  for (guint i = 0; i < learners->len; i++) {
    const PcRecordLearner *learner = g_ptr_array_index (learners, i);
    g_autofree char *day = format_day (learner->last_us);
    g_autofree char *name = pc_problem_clean_text (learner->name);

    g_print ("%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%s\t%s\n",
             learner->id, learner->n_answers, day, name);
  }
  return PC_EXIT_OK;
}

static gboolean
is_meant (const PcRecordLearner *learner)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, learner->id);
  g_autofree char *name = g_utf8_casefold (learner->name, -1);
  g_autofree char *wanted = g_utf8_casefold (learner_name, -1);

  return strcmp (number, learner_name) == 0 || strcmp (name, wanted) == 0;
}

/* Chooses who is meant; FALSE after having said what is wrong. */
static gboolean
choose_learner (PcRecord *record)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) learners = pc_record_get_learners (record, &error);

  for (guint i = 0; learners != NULL && i < learners->len; i++) {
    const PcRecordLearner *learner = g_ptr_array_index (learners, i);

    if (learner_name == NULL ? learners->len == 1 : is_meant (learner))
      return pc_record_set_learner (record, learner->id, NULL);
  }
  if (learners == NULL)
    pc_command_error ("%s", error->message);
  else if (learner_name != NULL)
    pc_command_error (_ ("There is no learner “%s”."), learner_name);
  else
    pc_command_error (_ ("There are several learners: say which with "
                         "--learner."));
  return FALSE;
}

/* -- export --------------------------------------------------------------- */

static GOutputStream *
open_output (GError **error)
{
  g_autoptr (GFile) file = NULL;

  if (output_path == NULL)
    return g_unix_output_stream_new (STDOUT_FILENO, FALSE);
  file = g_file_new_for_commandline_arg (output_path);
  return G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE,
                                          G_FILE_CREATE_PRIVATE, NULL, error));
}

static int
export (PcRecord   *record,
        const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GOutputStream) out = NULL;
  g_autoptr (GOutputStream) buffered = NULL;
  PcRecordFormat format = PC_RECORD_CSV;

  if (g_strcmp0 (format_name, "json") == 0) {
    format = PC_RECORD_JSON;
  } else if (format_name != NULL && strcmp (format_name, "csv") != 0) {
    pc_command_error (_ ("“%s” is no format; there are csv and json."),
                      format_name);
    return PC_EXIT_USAGE;
  }
  if (!choose_learner (record))
    return PC_EXIT_USAGE;
  out = open_output (&error);
  if (out == NULL)
    return fail (error);
  buffered = g_buffered_output_stream_new_sized (out, 65536);
  if (!pc_record_export (record, format, buffered, &error) ||
      !g_output_stream_close (buffered, NULL, &error))
    return fail (error);
  return PC_EXIT_OK;
}

/* -- files ---------------------------------------------------------------- */

static int
back_up (PcRecord   *record,
         const char *file)
{
  g_autoptr (GError) error = NULL;

  return pc_record_backup (record, file, &error) ? PC_EXIT_OK : fail (error);
}

static int
restore (PcRecord   *record,
         const char *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *kept = NULL;

  if (!confirmed) {
    pc_command_error (_ ("This replaces the answers of all learners. Add "
                         "--yes to do it."));
    return PC_EXIT_USAGE;
  }
  if (!pc_record_restore (record, file, &kept, &error))
    return fail (error);
  g_print (_ ("What was there before is kept as %s\n"), kept);
  return PC_EXIT_OK;
}

static int
reset (PcRecord   *record,
       const char *argument)
{
  g_autoptr (GError) error = NULL;
  gint64 n;

  if (!choose_learner (record))
    return PC_EXIT_USAGE;
  n = pc_record_count (record, &error);
  if (n < 0)
    return fail (error);
  if (!confirmed) {
    pc_command_error (ngettext ("This deletes %d answer for good. Add --yes "
                                "to do it.",
                                "This deletes %d answers for good. Add --yes "
                                "to do it.",
                                n),
                      (int) n);
    return PC_EXIT_USAGE;
  }
  if (!pc_record_reset (record, pc_record_get_learner (record), &error))
    return fail (error);
  return PC_EXIT_OK;
}

/* -- choosing ------------------------------------------------------------- */

static const struct
{
  const char *name;
  int (*run) (PcRecord   *record,
              const char *argument);
  gboolean takes_file;
} verbs[] = {
  { "backup", back_up, TRUE },
  { "export", export, FALSE },
  { "learners", list_learners, FALSE },
  { "reset", reset, FALSE },
  { "restore", restore, TRUE },
};

static int
run_verb (guint       verb,
          const char *argument)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = record_path != NULL
                              ? g_strdup (record_path)
                              : pc_record_dup_default_path ();
  g_autoptr (PcRecord) record = NULL;

  /* To ask for what is not there must not make it. */
  if (verbs[verb].run != restore && !g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_autofree char *shown = g_filename_display_name (path);

    pc_command_error (_ ("There is no record of answers “%s”."), shown);
    return PC_EXIT_FAILED;
  }
  record = pc_record_open (path, &error);
  if (record == NULL)
    return fail (error);
  if (pc_record_get_set_aside (record) != NULL)
    pc_command_error (_ ("The record was damaged. It was kept as %s, and a "
                         "new one begun."),
                      pc_record_get_set_aside (record));
  return verbs[verb].run (record, argument);
}

int
pc_command_record (int    argc,
                   char **argv)
{
  if (!pc_command_parse (&argc, &argv, entries,
                         _ ("backup FILE | export | learners | reset | "
                            "restore FILE"),
                         _ ("Your answers to questions: export, backup, "
                            "restore, reset, learners.")))
    return PC_EXIT_USAGE;

  for (guint i = 0; argc > 1 && i < G_N_ELEMENTS (verbs); i++) {
    if (strcmp (verbs[i].name, argv[1]) == 0 &&
        argc == (verbs[i].takes_file ? 3 : 2))
      return run_verb (i, argv[2]);
  }
  pc_command_error (_ ("Say what to do: backup FILE, export, learners, reset "
                       "or restore FILE."));
  return PC_EXIT_USAGE;
}
