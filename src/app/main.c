/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Entry of the graphical program.  All else is PcApplication's. */

#include "app/application.h"

#include "base/paths.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

int
main (int   argc,
      char *argv[])
{
  g_autoptr (PcApplication) app = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, pc_paths_get_locale_dir ());
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  app = pc_application_new ();
  return g_application_run (G_APPLICATION (app), argc, argv);
}
