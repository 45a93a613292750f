/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a sketch consists of: rows that say in a few words what each entry is,
 * and which row a place of the file belongs to.
 */

#include "scenario/sketch-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

void
pc_sketch_row_free (PcSketchRow *self)
{
  if (self == NULL)
    return;
  g_free (self->pointer);
  g_free (self->title);
  g_free (self->subtitle);
  g_free (self);
}

/* -- words ---------------------------------------------------------------- */

/* Takes @title and @subtitle. */
static void
take_row (GPtrArray  *rows,
          const char *pointer,
          guint       depth,
          char       *title,
          char       *subtitle)
{
  PcSketchRow *row = g_new0 (PcSketchRow, 1);
  g_autofree char *own_title = title;
  g_autofree char *own_subtitle = subtitle;

  row->pointer = g_strdup (pointer);
  row->depth = depth;
  row->title = pc_problem_clean_text (title != NULL && *title != '\0'
                                          ? title
                                          : "—");
  row->subtitle = pc_problem_clean_text (subtitle != NULL ? subtitle : "");
  g_ptr_array_add (rows, row);
}

static void
append_word (GString    *out,
             const char *word)
{
  if (word == NULL || *word == '\0')
    return;
  if (out->len > 0)
    g_string_append (out, " · ");
  g_string_append (out, word);
}

static char *
dup_actor_name (PcSketch    *self,
                const char *id)
{
  g_autofree char *at = pc_sketch_find_actor (self, id);
  char            *name = at != NULL ? pc_sketch_dup_member (self, at, "name")
                                     : NULL;

  return name != NULL && *name != '\0' ? name : (g_free (name), g_strdup (id));
}

/* The parameters of an action, by what they are. */
static char *
tell_action (PcSketch    *self,
             const char *pointer)
{
  static const char *const skipped[] = { "actor", "do", "refused", NULL };
  GString    *out = g_string_new (NULL);
  JsonNode   *node = pc_json_edit_get (self->edit, pointer);
  JsonObject *object = json_node_get_object (node);
  g_autoptr (GList) members = json_object_get_members (object);
  g_autofree char *actor = dup_actor_name (
      self, pc_json_edit_get_string (self->edit, pointer, "actor"));

  append_word (out, actor);
  for (GList *l = members; l != NULL; l = l->next) {
    g_autofree char *value = pc_sketch_dup_member (self, pointer, l->data);
    g_autofree char *word = NULL;

    if (value == NULL || g_strv_contains (skipped, l->data))
      continue;
    /* Translators: a parameter and its value: "port 143". */
    word = g_strdup_printf (_ ("%s %s"), (const char *) l->data,
                            strcmp (l->data, "password") == 0 ? "•••"
                                                              : value);
    append_word (out, word);
  }
  return g_string_free (out, FALSE);
}

/* The members of @names, by dots. */
static char *
tell_members (PcSketch           *self,
              const char        *pointer,
              const char *const *names)
{
  GString *out = g_string_new (NULL);

  for (; *names != NULL; names++) {
    g_autofree char *value = pc_sketch_dup_member (self, pointer, *names);

    append_word (out, value);
  }
  return g_string_free (out, FALSE);
}

/* -- rows ----------------------------------------------------------------- */

typedef void (*AddRow) (PcSketch    *self,
                        GPtrArray  *rows,
                        const char *pointer,
                        guint       depth);

/* Of the objects in an array. */
static void
each (PcSketch    *self,
      GPtrArray  *rows,
      const char *parent,
      const char *name,
      guint       depth,
      AddRow      func)
{
  g_autofree char *list = pc_json_pointer_member (parent, name);
  JsonNode        *node = pc_json_edit_get (self->edit, list);
  guint            n = node != NULL && JSON_NODE_HOLDS_ARRAY (node)
                           ? pc_json_edit_get_length (self->edit, list)
                           : 0;

  for (guint i = 0; i < n; i++) {
    g_autofree char *at = pc_json_pointer_index (list, i);

    node = pc_json_edit_get (self->edit, at);
    if (JSON_NODE_HOLDS_OBJECT (node))
      func (self, rows, at, depth);
  }
}

static void
add_action (PcSketch    *self,
            GPtrArray  *rows,
            const char *pointer,
            guint       depth)
{
  take_row (rows, pointer, depth, pc_sketch_dup_member (self, pointer, "do"),
            tell_action (self, pointer));
}

/* Its first line, or what there is in place of any. */
static char *
dup_words (PcSketch   *self,
           const char *pointer)
{
  static const char *const names[] = { "octets", "from_file", "then", NULL };
  g_autofree char *lines = pc_json_pointer_member (pointer, "lines");
  JsonNode        *node = pc_json_edit_get (self->edit, lines);
  g_autofree char *first = pc_json_pointer_index (lines, 0);
  g_autofree char *others = tell_members (self, pointer, names);
  GString         *out = g_string_new (NULL);

  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    node = pc_json_edit_get (self->edit, first);
  if (node != NULL && json_node_get_value_type (node) == G_TYPE_STRING)
    append_word (out, json_node_get_string (node));
  append_word (out, others);
  return g_string_free (out, FALSE);
}

static void
add_saying (PcSketch    *self,
            GPtrArray  *rows,
            const char *pointer,
            guint       depth)
{
  take_row (rows, pointer, depth, dup_words (self, pointer),
            g_strdup (_ ("Says")));
}

static void
add_service (PcSketch    *self,
             GPtrArray  *rows,
             const char *pointer,
             guint       depth)
{
  static const char *const names[] = { "tls", "certificate", "role", NULL };
  g_autofree char *id = pc_sketch_dup_member (self, pointer, "protocol");
  g_autofree char *port = pc_sketch_dup_member (self, pointer, "port");
  const PcProtocol *protocol = id != NULL ? pc_registry_find (id) : NULL;

  /* Translators: a service that listens: "IMAP on port 143". */
  take_row (rows, pointer, depth,
            g_strdup_printf (_ ("%s on port %s"),
                             protocol != NULL ? protocol->name : "—",
                             port != NULL ? port : "—"),
            tell_members (self, pointer, names));
  each (self, rows, pointer, "says", depth + 1, add_saying);
}

static void
add_actor (PcSketch    *self,
           GPtrArray  *rows,
           const char *pointer,
           guint       depth)
{
  static const char *const names[] = { "id", "role", "speaks", NULL };

  take_row (rows, pointer, depth,
            pc_sketch_dup_member (self, pointer, "name"),
            tell_members (self, pointer, names));
  each (self, rows, pointer, "listens", depth + 1, add_service);
}

static void
add_message (PcSketch    *self,
             GPtrArray  *rows,
             const char *pointer,
             guint       depth)
{
  g_autofree char *at = pc_json_pointer_member (pointer, "message");
  char            *title = pc_sketch_dup_member (self, at, "subject");

  take_row (rows, pointer, depth,
            title != NULL ? title : g_strdup (_ ("Message")),
            pc_sketch_dup_member (self, at, "from"));
}

static void
add_mailbox (PcSketch    *self,
             GPtrArray  *rows,
             const char *pointer,
             guint       depth)
{
  static const char *const names[] = { "special_use", "mbox", "maildir",
                                       NULL };

  take_row (rows, pointer, depth,
            pc_sketch_dup_member (self, pointer, "name"),
            tell_members (self, pointer, names));
  each (self, rows, pointer, "messages", depth + 1, add_message);
}

static void
add_account (PcSketch    *self,
             GPtrArray  *rows,
             const char *pointer,
             guint       depth)
{
  take_row (rows, pointer, depth,
            pc_sketch_dup_member (self, pointer, "user"),
            g_strdup (_ ("Account")));
  each (self, rows, pointer, "mailboxes", depth + 1, add_mailbox);
}

static void
add_file (PcSketch    *self,
          GPtrArray  *rows,
          const char *pointer,
          guint       depth)
{
  take_row (rows, pointer, depth,
            pc_sketch_dup_member (self, pointer, "name"),
            g_strdup (_ ("File")));
}

static void
add_mark (PcSketch    *self,
          GPtrArray  *rows,
          const char *pointer,
          guint       depth)
{
  static const char *const names[] = { "rule", "note", NULL };

  take_row (rows, pointer, depth, pc_sketch_dup_member (self, pointer, "id"),
            tell_members (self, pointer, names));
}

static void
add_fault (PcSketch    *self,
           GPtrArray  *rows,
           const char *pointer,
           guint       depth)
{
  static const char *const names[] = { "rule", "after", "verb", "reply",
                                       "from", NULL };

  take_row (rows, pointer, depth,
            pc_sketch_dup_member (self, pointer, "fault"),
            tell_members (self, pointer, names));
}

static void
add_about (PcSketch   *self,
           GPtrArray *rows)
{
  static const char *const names[] = { "title", "subtitle", NULL };

  take_row (rows, "", 0, g_strdup (_ ("Title and description")),
            tell_members (self, "", names));
  take_row (rows, "/presenter", 0, g_strdup (_ ("Presenter’s note")),
            pc_sketch_dup_member (self, "/presenter", "about"));
  take_row (rows, "/link", 0, g_strdup (_ ("Link")),
            g_strdup (_ ("How fast the line is, how long anybody waits")));
  take_row (rows, "/world", 0, g_strdup (_ ("What is there already")),
            pc_sketch_dup_member (self, "/world", "base"));
}

GPtrArray *
pc_sketch_list_rows (PcSketch       *self,
                    PcSketchSection section)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_sketch_row_free);

  g_return_val_if_fail (self != NULL, rows);

  switch (section) {
  case PC_SKETCH_SCRIPT: each (self, rows, "", "script", 0, add_action); break;
  case PC_SKETCH_ACTORS: each (self, rows, "", "actors", 0, add_actor); break;
  case PC_SKETCH_MARKS: each (self, rows, "", "marks", 0, add_mark); break;
  case PC_SKETCH_FAULTS: each (self, rows, "", "faults", 0, add_fault); break;
  case PC_SKETCH_WORLD:
    each (self, rows, "/world", "accounts", 0, add_account);
    each (self, rows, "/world", "files", 0, add_file);
    break;
  case PC_SKETCH_ABOUT: add_about (self, rows); break;
  case PC_SKETCH_N_SECTIONS: break;
  }
  return rows;
}

/* -- which row ------------------------------------------------------------ */

/* What stands in a row of its own, the innermost first. */
static const struct
{
  const char    *pattern;
  PcSketchSection section;
} places[] = {
  { "/script/*", PC_SKETCH_SCRIPT },
  { "/actors/*/listens/*/says/*", PC_SKETCH_ACTORS },
  { "/actors/*/listens/*", PC_SKETCH_ACTORS },
  { "/actors/*", PC_SKETCH_ACTORS },
  { "/world/accounts/*/mailboxes/*/messages/*", PC_SKETCH_WORLD },
  { "/world/accounts/*/mailboxes/*", PC_SKETCH_WORLD },
  { "/world/accounts/*", PC_SKETCH_WORLD },
  { "/world/files/*", PC_SKETCH_WORLD },
  { "/marks/*", PC_SKETCH_MARKS },
  { "/faults/*", PC_SKETCH_FAULTS },
  { "/presenter", PC_SKETCH_ABOUT },
  { "/link", PC_SKETCH_ABOUT },
  { "/world", PC_SKETCH_ABOUT },
  { "", PC_SKETCH_ABOUT },
};

char *
pc_sketch_find_row (PcSketch        *self,
                   const char     *pointer,
                   PcSketchSection *section)
{
  g_autofree char *at = g_strdup (pointer != NULL ? pointer : "");

  g_return_val_if_fail (self != NULL && section != NULL, NULL);

  for (;;) {
    char *parent;

    for (guint i = 0; i < G_N_ELEMENTS (places); i++)
      if (pc_sketch_match (at, places[i].pattern)) {
        *section = places[i].section;
        return g_steal_pointer (&at);
      }
    parent = pc_sketch_dup_parent (at);
    g_free (at);
    at = parent;
  }
}
