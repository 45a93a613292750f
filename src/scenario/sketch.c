/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scenario that somebody writes: where it lies, and what all of the sketch
 * is built on.  What entries there are is in sketch-rows.c, how they come and
 * go in sketch-add.c, their fields in sketch-fields.c and sketch-values.c.
 */

#include "scenario/sketch.h"

#include "scenario/sketch-private.h"

#include "base/limits.h"
#include "base/paths.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* -- pointers ------------------------------------------------------------- */

gboolean
pc_sketch_match (const char *pointer,
                const char *pattern)
{
  while (*pattern != '\0') {
    if (*pattern == '*') {
      gsize digits = strspn (pointer, "0123456789");

      if (digits == 0)
        return FALSE;
      pointer += digits;
      pattern++;
    } else if (*pattern++ != *pointer++)
      return FALSE;
  }
  return *pointer == '\0';
}

int
pc_sketch_index (const char *pointer,
                const char *prefix)
{
  if (pointer == NULL || !g_str_has_prefix (pointer, prefix) ||
      !g_ascii_isdigit (pointer[strlen (prefix)]))
    return -1;
  return (int) g_ascii_strtoll (pointer + strlen (prefix), NULL, 10);
}

char *
pc_sketch_dup_parent (const char *pointer)
{
  const char *slash = strrchr (pointer, '/');

  return slash != NULL ? g_strndup (pointer, (gsize) (slash - pointer))
                       : g_strdup ("");
}

/* -- values --------------------------------------------------------------- */

JsonNode *
pc_sketch_parse (const char *text)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse (
      "", (const guint8 *) text, strlen (text), problems);

  g_return_val_if_fail (json != NULL, json_node_new (JSON_NODE_NULL));

  return json_node_ref (pc_json_get_root (json));
}

JsonNode *
pc_sketch_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

char *
pc_sketch_dup_member (PcSketch    *self,
                     const char *pointer,
                     const char *member)
{
  g_autofree char *at = pc_json_pointer_member (pointer, member);
  JsonNode        *node = pc_json_edit_get (self->edit, at);
  GType            type = node != NULL ? json_node_get_value_type (node)
                                       : G_TYPE_INVALID;

  if (type == G_TYPE_STRING)
    return json_node_dup_string (node);
  if (type == G_TYPE_INT64)
    return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  return NULL;
}

/* -- who takes part ------------------------------------------------------- */

char *
pc_sketch_find_actor (PcSketch    *self,
                     const char *id)
{
  guint n = pc_json_edit_get_length (self->edit, "/actors");

  for (guint i = 0; id != NULL && i < n; i++) {
    char *at = pc_json_pointer_index ("/actors", i);

    if (g_strcmp0 (pc_json_edit_get_string (self->edit, at, "id"), id) == 0)
      return at;
    g_free (at);
  }
  return NULL;
}

const char *
pc_sketch_find_protocol (PcSketch    *self,
                        const char *actor)
{
  g_autofree char *at = pc_sketch_find_actor (self, actor);

  return at != NULL ? pc_json_edit_get_string (self->edit, at, "speaks")
                    : NULL;
}

const PcActionSpec *
pc_sketch_get_actions (const char *protocol)
{
  const PcProtocol *found = protocol != NULL ? pc_registry_find (protocol)
                                             : NULL;

  return found != NULL ? found->actions : NULL;
}

gboolean
pc_sketch_has_content (const char *verb)
{
  static const char *const verbs[] = { "append", "data", "bdat", "send",
                                       "relay", "put", NULL };

  return g_strv_contains (verbs, verb);
}

/* -- where it lies -------------------------------------------------------- */

/* A file of the person's own folder that is not there yet: "my-imap.json",
 * "my-imap-2.json".  Transfer full. */
static char *
dup_new_path (const char *id,
              char      **new_id)
{
  for (guint i = 1;; i++) {
    g_autofree char *own = i > 1 ? g_strdup_printf ("%s-%u", id, i)
                                 : g_strdup (id);
    g_autofree char *name = g_strdup_printf ("scenarios/%s.json", own);
    char            *path = pc_paths_get_user_data (name);

    if (!g_file_test (path, G_FILE_TEST_EXISTS)) {
      *new_id = g_steal_pointer (&own);
      return path;
    }
    g_free (path);
  }
}

static PcSketch *
make (JsonNode *root)
{
  PcSketch *self = g_new0 (PcSketch, 1);

  self->edit = pc_json_edit_new (root);
  return self;
}

static void
take_new_place (PcSketch    *self,
                const char *id)
{
  g_autofree char *own = NULL;

  g_free (self->path);
  self->path = dup_new_path (id, &own);
  pc_json_edit_set (self->edit, "/id", pc_sketch_string (own));
}

/* Nobody has changed anything yet. */
static void
begin_anew (PcSketch *self)
{
  pc_json_edit_forget (self->edit);
  pc_json_edit_set_saved (self->edit, TRUE);
}

static gboolean
came_with_us (const char *path)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GFile) ours = g_file_new_for_path (dir);
  g_autoptr (GFile) its = g_file_new_for_path (folder);

  return g_file_equal (ours, its);
}

static void
make_copy (PcSketch *self)
{
  const char      *id = pc_json_edit_get_string (self->edit, "", "id");
  const char      *title = pc_json_edit_get_string (self->edit, "", "title");
  g_autofree char *base = g_strdup_printf ("%s-copy",
                                           id != NULL ? id : "scenario");
  /* Translators: %s is a title. */
  g_autofree char *name = g_strdup_printf (_ ("%s (copy)"),
                                           title != NULL ? title : "");

  take_new_place (self, base);
  pc_json_edit_set (self->edit, "/title", pc_sketch_string (name));
}

PcSketch *
pc_sketch_load (const char *path,
               PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;
  PcSketch *self;
  JsonNode *root;

  g_return_val_if_fail (path != NULL && problems != NULL, NULL);

  json = pc_json_load (path, problems);
  root = json != NULL ? pc_json_get_root (json) : NULL;
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  self = make (json_node_ref (root));
  if (came_with_us (path)) {
    make_copy (self);
    begin_anew (self);
  } else {
    self->path = g_strdup (path);
    self->digest = pc_json_file_digest (path);
  }
  return self;
}

PcSketch *
pc_sketch_new (const char *protocol)
{
  g_autofree char *text = pc_sketch_make_template (protocol);
  g_autofree char *id = g_strdup_printf ("my-%s", protocol);
  PcSketch *self;

  g_return_val_if_fail (text != NULL, NULL);

  self = make (pc_sketch_parse (text));
  take_new_place (self, id);
  begin_anew (self);
  return self;
}

void
pc_sketch_free (PcSketch *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->edit, pc_json_edit_free);
  g_free (self->path);
  g_free (self->digest);
  g_free (self);
}

PcJsonEdit *
pc_sketch_get_edit (PcSketch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->edit;
}

const char *
pc_sketch_get_path (PcSketch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->path;
}

void
pc_sketch_set_path (PcSketch    *self,
                   const char *path)
{
  g_return_if_fail (self != NULL && path != NULL);

  if (strcmp (path, self->path) == 0)
    return;
  g_free (self->path);
  self->path = g_strdup (path);
  g_clear_pointer (&self->digest, g_free);
}

gboolean
pc_sketch_is_saved (PcSketch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->digest != NULL;
}

gboolean
pc_sketch_is_changed (PcSketch *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return pc_json_edit_is_changed (self->edit);
}

char *
pc_sketch_dup_title (PcSketch *self)
{
  const char *title;

  g_return_val_if_fail (self != NULL, NULL);

  title = pc_json_edit_get_string (self->edit, "", "title");
  return title != NULL && *title != '\0' ? pc_problem_clean_text (title)
                                         : g_path_get_basename (self->path);
}

/* -- text ----------------------------------------------------------------- */

char *
pc_sketch_dup_text (PcSketch *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return pc_json_write (pc_json_edit_get_root (self->edit));
}

gboolean
pc_sketch_set_text (PcSketch    *self,
                   const char *text,
                   PcProblems *problems)
{
  g_autoptr (PcJson) json = NULL;
  JsonNode *root;

  g_return_val_if_fail (self != NULL && text != NULL, FALSE);

  json = pc_json_parse (self->path, (const guint8 *) text, strlen (text),
                        problems);
  if (json == NULL)
    return FALSE;
  root = pc_json_get_root (json);
  if (!JSON_NODE_HOLDS_OBJECT (root)) {
    pc_json_report (json, problems, PC_SEVERITY_ERROR, "Q022", "",
                    _ ("An object “{ … }” belongs here."));
    return FALSE;
  }
  return pc_json_edit_set (self->edit, "", json_node_ref (root));
}

gboolean
pc_sketch_save (PcSketch *self,
               gboolean force,
               GError **error)
{
  g_autofree char *text = pc_sketch_dup_text (self);
  g_autofree char *folder = g_path_get_dirname (self->path);
  char            *digest = NULL;

  g_mkdir_with_parents (folder, 0777);
  /* What was never saved must not take the place of something else. */
  if (!pc_json_file_save (self->path, text,
                          force                    ? NULL
                          : self->digest != NULL ? self->digest
                                                   : "",
                          &digest, error))
    return FALSE;
  g_free (self->digest);
  self->digest = digest;
  pc_json_edit_set_saved (self->edit, TRUE);
  return TRUE;
}

PcScenarioSource *
pc_sketch_check (const char *path,
                const char *text)
{
  g_return_val_if_fail (path != NULL && text != NULL, NULL);

  return pc_scenario_source_parse (path, (const guint8 *) text,
                                   strlen (text));
}
