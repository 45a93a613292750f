/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the program's own files lie.
 *
 * A program that was just built must find its data as well as an installed
 * one, without a wrapper script: so the folder of the program itself is asked
 * before the folder that was chosen when it was built.
 */

#include "base/paths.h"

#include <string.h>

/* Files that only our data folder, and our catalogues' folder, have. */
#define DATA_WITNESS "services.json"
#define LOCALE_WITNESS "de/LC_MESSAGES/portcall.mo"

/* The first of the folders, named from where the program lies, that holds
 * @witness; or NULL. */
static char *
find_beside (const char *const *relative,
             gsize              n,
             const char        *witness)
{
  g_autofree char *self = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *bin = self != NULL ? g_path_get_dirname (self) : NULL;

  for (gsize i = 0; bin != NULL && i < n; i++) {
    g_autofree char *joined = g_build_filename (bin, relative[i], NULL);
    g_autofree char *path = g_canonicalize_filename (joined, NULL);
    g_autofree char *file = g_build_filename (path, witness, NULL);

    if (g_file_test (file, G_FILE_TEST_IS_REGULAR))
      return g_steal_pointer (&path);
  }

  return NULL;
}

static char *
find_data_dir (void)
{
  /* Installed, and built in a folder of the source tree; a build elsewhere
   * remembers where its source was. */
  static const char *const relative[] = { "../share/portcall",
                                          "../../../data" };
  const char              *set = g_getenv ("PORTCALL_DATA");
  char                    *found;

  if (set != NULL && *set != '\0')
    return g_strdup (set);

  found = find_beside (relative, G_N_ELEMENTS (relative), DATA_WITNESS);
  if (found == NULL && g_file_test (SOURCE_DATADIR "/" DATA_WITNESS,
                                    G_FILE_TEST_IS_REGULAR))
    found = g_strdup (SOURCE_DATADIR);
  return found != NULL ? found : g_strdup (PKGDATADIR);
}

static char *
find_locale_dir (void)
{
  static const char *const relative[] = { "../share/locale", "../../po" };
  char                    *found;

  found = find_beside (relative, G_N_ELEMENTS (relative), LOCALE_WITNESS);
  return found != NULL ? found : g_strdup (LOCALEDIR);
}

const char *
pc_paths_get_data_dir (void)
{
  static char *dir;

  if (g_once_init_enter (&dir))
    g_once_init_leave (&dir, find_data_dir ());

  return dir;
}

const char *
pc_paths_get_locale_dir (void)
{
  static char *dir;

  if (g_once_init_enter (&dir))
    g_once_init_leave (&dir, find_locale_dir ());

  return dir;
}

char *
pc_paths_get_data (const char *name)
{
  return g_build_filename (pc_paths_get_data_dir (), name, NULL);
}

char *
pc_paths_get_user_data (const char *name)
{
  return g_build_filename (g_get_user_data_dir (), "portcall", name, NULL);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

char **
pc_paths_list (const char *dir,
               const char *suffix)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (GDir) folder = g_dir_open (dir, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, suffix) && name[0] != '.')
      g_ptr_array_add (paths, g_build_filename (dir, name, NULL));

  g_ptr_array_sort (paths, compare_names);
  g_ptr_array_add (paths, NULL);
  return (char **) g_ptr_array_steal (paths, NULL);
}
