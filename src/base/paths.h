/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where our own files lie: $PORTCALL_DATA, else share/portcall beside the
 * program's bin, else the source tree around an uninstalled build, else the
 * directory chosen when it was built.  Static. */
const char *pc_paths_get_data_dir (void);
/* Where the translations lie, found in the same way.  Static. */
const char *pc_paths_get_locale_dir (void);
/* A file or folder of the data folder. Transfer full. */
char       *pc_paths_get_data (const char *name);
/* $XDG_DATA_HOME/portcall. Not created. Transfer full. */
char       *pc_paths_get_user_data (const char *name);
/* Files in @dir whose name ends in @suffix, sorted by name; full paths.
 * Empty when there is no such folder. (transfer full): a GStrv. */
char      **pc_paths_list (const char *dir,
                           const char *suffix);

G_END_DECLS
