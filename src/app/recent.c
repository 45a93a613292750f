/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ten exchanges that were watched last.  Whether a file is still there is
 * asked when it is opened, not here. */

#include "app/recent.h"

#include "base/limits.h"
#include "base/problem.h"

#include <glib/gi18n-lib.h>

#define KEY "recent"

struct _PcRecent
{
  GObject parent_instance;

  GSettings *settings; /* or NULL */
  PcLibrary *library;  /* borrowed: the content outlives us */
  char     **keys;
  GMenu     *menu;
};

G_DEFINE_FINAL_TYPE (PcRecent, pc_recent, G_TYPE_OBJECT)

static gboolean
is_file (const char *key)
{
  return g_str_has_prefix (key, "file:");
}

/* NULL when there is no such thing to show. */
static char *
dup_title (PcRecent   *self,
           const char *key)
{
  PcScenario *scenario;

  if (is_file (key)) {
    g_autofree char *path = g_filename_from_uri (key, NULL, NULL);
    g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
    g_autofree char *shown =
        name != NULL ? g_filename_display_name (name) : NULL;

    return shown != NULL ? pc_problem_clean_text (shown) : NULL;
  }
  scenario =
      self->library != NULL ? pc_library_find (self->library, key) : NULL;
  return scenario != NULL ? g_strdup (pc_scenario_get_title (scenario)) : NULL;
}

/* A title is no mnemonic. */
static char *
escape (const char *title)
{
  g_auto (GStrv) parts = g_strsplit (title, "_", -1);

  return g_strjoinv ("__", parts);
}

static void
update_menu (PcRecent *self)
{
  g_autoptr (GMenu) entries = g_menu_new ();
  g_autoptr (GMenu) end = g_menu_new ();

  g_menu_remove_all (self->menu);
  for (guint i = 0; self->keys[i] != NULL; i++) {
    g_autofree char *title = dup_title (self, self->keys[i]);
    g_autofree char *label = title != NULL ? escape (title) : NULL;
    g_autoptr (GMenuItem) item = NULL;

    if (label == NULL)
      continue;
    item = g_menu_item_new (label, NULL);
    g_menu_item_set_action_and_target (item, "win.open-recent", "s",
                                       self->keys[i]);
    g_menu_append_item (entries, item);
  }
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (entries));
  g_menu_append (end, _ ("_Clear List"), "win.clear-recent");
  g_menu_append_section (self->menu, NULL, G_MENU_MODEL (end));
}

/* Takes @keys. */
static void
set_keys (PcRecent *self,
          char    **keys)
{
  g_strfreev (self->keys);
  self->keys = keys;
  if (self->settings != NULL)
    g_settings_set_strv (self->settings, KEY, (const char *const *) keys);
  update_menu (self);
}

static void
finalize (GObject *object)
{
  PcRecent *self = PC_RECENT (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->menu);
  g_clear_pointer (&self->keys, g_strfreev);
  G_OBJECT_CLASS (pc_recent_parent_class)->finalize (object);
}

static void
pc_recent_class_init (PcRecentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
pc_recent_init (PcRecent *self)
{
  self->menu = g_menu_new ();
  self->keys = g_new0 (char *, 1);
}

PcRecent *
pc_recent_new (GSettings *settings)
{
  PcRecent *self = g_object_new (PC_TYPE_RECENT, NULL);

  if (settings != NULL) {
    self->settings = g_object_ref (settings);
    g_strfreev (self->keys);
    self->keys = g_settings_get_strv (settings, KEY);
  }
  update_menu (self);
  return self;
}

void
pc_recent_set_library (PcRecent  *self,
                       PcLibrary *library)
{
  g_return_if_fail (PC_IS_RECENT (self));

  self->library = library;
  update_menu (self);
}

void
pc_recent_add (PcRecent   *self,
               const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  guint n = 1;

  g_return_if_fail (PC_IS_RECENT (self) && key != NULL);

  if (g_strcmp0 (self->keys[0], key) == 0)
    return;
  g_strv_builder_add (builder, key);
  for (guint i = 0; self->keys[i] != NULL && n < PC_LIMIT_RECENT; i++)
    if (!g_str_equal (self->keys[i], key)) {
      g_strv_builder_add (builder, self->keys[i]);
      n++;
    }
  set_keys (self, g_strv_builder_end (builder));
}

void
pc_recent_remove (PcRecent   *self,
                  const char *key)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  g_return_if_fail (PC_IS_RECENT (self) && key != NULL);

  for (guint i = 0; self->keys[i] != NULL; i++)
    if (!g_str_equal (self->keys[i], key))
      g_strv_builder_add (builder, self->keys[i]);
  set_keys (self, g_strv_builder_end (builder));
}

void
pc_recent_clear (PcRecent *self)
{
  g_return_if_fail (PC_IS_RECENT (self));

  set_keys (self, g_new0 (char *, 1));
}

const char *const *
pc_recent_get_keys (PcRecent *self)
{
  g_return_val_if_fail (PC_IS_RECENT (self), NULL);

  return (const char *const *) self->keys;
}

GMenuModel *
pc_recent_get_menu (PcRecent *self)
{
  g_return_val_if_fail (PC_IS_RECENT (self), NULL);

  return G_MENU_MODEL (self->menu);
}
