/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli new: a scenario to begin with, on standard output.
 */

#include "cli/command.h"
#include "scenario/sketch.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>

int
pc_command_new (int    argc,
                char **argv)
{
  GOptionEntry entries[] = { { NULL } };
  g_autofree char *text = NULL;

  if (!pc_command_parse (&argc, &argv, entries, _ ("PROTOCOL > FILE"),
                         _ ("Writes a short scenario that runs: of imap, "
                            "pop3, smtp or tftp.")))
    return PC_EXIT_USAGE;
  if (argc != 2) {
    pc_command_error ("%s", _ ("Which protocol? imap, pop3, smtp or tftp."));
    return PC_EXIT_USAGE;
  }
  text = pc_sketch_make_template (argv[1]);
  if (text == NULL) {
    pc_command_error (_ ("“%s” is none of the protocols: imap, pop3, smtp, "
                         "tftp."),
                      argv[1]);
    return PC_EXIT_USAGE;
  }
  fputs (text, stdout);
  return PC_EXIT_OK;
}
