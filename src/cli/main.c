/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli: the exchanges without a window, for terminals and scripts.
 *
 * One file per command; this one only chooses.
 */

#include "base/paths.h"
#include "cli/command.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

static const struct
{
  const char *name;
  int (*run) (int    argc,
              char **argv);
  const char *summary;
} commands[] = {
  { "account", pc_command_account,
    N_ ("Try the settings of a mail account") },
  { "check", pc_command_check,
    N_ ("Check question banks, scenarios and service tables") },
  { "connect", pc_command_connect,
    N_ ("Let a client talk to a server on this machine") },
  { "console", pc_command_console,
    N_ ("Type to a server, or play one") },
  { "convert", pc_command_convert,
    N_ ("Take questions to other programs and back") },
  { "list", pc_command_list, N_ ("List the scenarios") },
  { "new", pc_command_new, N_ ("Write a scenario to begin with") },
  { "ports", pc_command_ports,
    N_ ("Show which service listens where, or ask about it") },
  { "quiz", pc_command_quiz, N_ ("Ask questions") },
  { "record", pc_command_record,
    N_ ("Export, back up or reset the answers to questions") },
  { "run", pc_command_run, N_ ("Make a scenario happen and show it") },
  { "serve", pc_command_serve,
    N_ ("Start servers on this machine for any client") },
  { "sheet", pc_command_sheet, N_ ("Put questions on paper") },
  { "statistics", pc_command_statistics,
    N_ ("Tell how questions did, from result files") },
};

static void
print_help (void)
{
  g_print ("%s\n\n  portcall-cli %s\n\n%s\n", _ ("Usage:"),
           _ ("COMMAND [OPTION…]"), _ ("Commands:"));
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    g_print ("  %-10s %s\n", commands[i].name, _ (commands[i].summary));
  g_print ("\n%s\n", _ ("“portcall-cli COMMAND --help” tells more of each."));
}

int
main (int    argc,
      char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, pc_paths_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (argc < 2 || strcmp (argv[1], "--help") == 0 ||
      strcmp (argv[1], "help") == 0) {
    print_help ();
    return argc < 2 ? PC_EXIT_USAGE : PC_EXIT_OK;
  }
  if (strcmp (argv[1], "--version") == 0) {
    g_print ("portcall-cli %s\n", VERSION);
    return PC_EXIT_OK;
  }

  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (argv[1], commands[i].name) == 0)
      return commands[i].run (argc - 1, argv + 1);

  pc_command_error (_ ("There is no command “%s”. See “portcall-cli --help”."),
                    argv[1]);
  return PC_EXIT_USAGE;
}
