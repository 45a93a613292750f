/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the commands share: options, messages, the library.
 */

#include "cli/command.h"

#include "base/paths.h"
#include "timeline/export-pcapng.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* For --help of commands that take it. */
static const char about_faults[] =
    N_ ("What goes wrong on purpose (--fault, as often as you like):\n"
        "  of datagrams: drop, duplicate, delay, reorder, change, inject\n"
        "  of TCP connections: split, join, slow, cut, freeze, change\n"
        "  of servers: answer\n"
        "and then where, in key=value words behind commas:\n"
        "  drop,rule=tftp.data*,from=server,nth=3\n"
        "  drop,rule=tftp.*,rate=0.1,seed=7\n"
        "  split,rule=smtp.ehlo.reply,octets=10,ms=20\n"
        "  cut,after=smtp.data.go-ahead,from=client,octet=100\n"
        "  answer,verb=RCPT,nth=2,reply=452 4.2.2 Mailbox full\n"
        "Each conversation is counted anew; conn=2 means the second only. A "
        "wrong key is answered with those that there are.");

void
pc_command_describe_faults (GOptionContext *context)
{
  g_option_context_set_description (context, _ (about_faults));
}

gboolean
pc_command_parse (int          *argc,
                  char       ***argv,
                  GOptionEntry *entries,
                  const char   *params,
                  const char   *summary)
{
  g_autofree char *name = g_strdup_printf ("portcall-cli %s", (*argv)[0]);
  g_autoptr (GOptionContext) context = g_option_context_new (params);
  g_autoptr (GError) error = NULL;

  g_set_prgname (name);
  g_option_context_set_summary (context, summary);
  for (const GOptionEntry *entry = entries; entry->long_name != NULL; entry++)
    if (strcmp (entry->long_name, "fault") == 0)
      pc_command_describe_faults (context);
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  if (g_option_context_parse (context, argc, argv, &error))
    return TRUE;

  pc_command_error ("%s", error->message);
  return FALSE;
}

void
pc_command_error (const char *format,
                  ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  g_printerr ("portcall-cli: %s\n", text);
}

void
pc_command_print_problems (const PcProblems *problems)
{
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    g_autofree char *text = pc_problem_format (pc_problems_get (problems,
                                                                i));

    g_printerr ("%s\n", text);
  }
}

PcFaults *
pc_command_read_faults (char            **specs,
                        const PcScenario *scenario)
{
  g_autoptr (PcFaults) faults = pc_faults_new ();

  for (guint i = 0; specs != NULL && specs[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;

    if (!pc_faults_add_spec (faults, specs[i], scenario, &error)) {
      pc_command_error ("%s", error->message);
      return NULL;
    }
  }

  return g_steal_pointer (&faults);
}

gboolean
pc_command_write_capture (PcTimeline *timeline,
                          const char *path)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize       len;
  const char *octets;

  if (path == NULL)
    return TRUE;

  bytes = pc_timeline_export_pcapng (timeline, PC_EXPORT_DEFAULT);
  octets = g_bytes_get_data (bytes, &len);
  if (g_file_set_contents (path, octets, (gssize) len, &error))
    return TRUE;

  pc_command_error ("%s", error->message);
  return FALSE;
}

PcLibrary *
pc_command_load_library (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcLibrary *library = pc_library_new_standard (problems);

  pc_command_print_problems (problems);
  if (pc_library_get_n (library) == 0)
    pc_command_error (_ ("There are no scenarios in “%s”. The environment "
                         "variable PORTCALL_DATA may name another folder of "
                         "data."),
                      pc_paths_get_data_dir ());
  return library;
}
