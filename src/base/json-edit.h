/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A JSON file that somebody changes in a form: the order of members and what
 * the form does not know stay as they were, each change can be undone, and
 * what comes out is a text as a person would write it.
 *
 * A tree that somebody has got is never changed: an edit makes new containers
 * on the way to the place, and shares the rest.  Nodes of a tree must not be
 * changed by others either. */
typedef struct _PcJsonEdit PcJsonEdit;

/* Takes @root. */
PcJsonEdit *pc_json_edit_new (JsonNode *root);
void        pc_json_edit_free (PcJsonEdit *self);
/* The order in which members usually stand, in any object: a new one comes
 * before the first that comes later.  Without, or when it is not among @names
 * (static, NULL at the end), it comes behind all. */
void        pc_json_edit_set_order (PcJsonEdit        *self,
                                    const char *const *names);

/* -- reading -------------------------------------------------------------- */

/* As it is now.  Borrowed until the next change. */
JsonNode   *pc_json_edit_get_root (PcJsonEdit *self);
/* The value at a JSON Pointer; NULL when there is none. */
JsonNode   *pc_json_edit_get (PcJsonEdit *self,
                              const char *pointer);
/* What a form shows; @member of the object at @pointer. NULL, 0 or FALSE
 * when it is not there or of another type. */
const char *pc_json_edit_get_string (PcJsonEdit *self,
                                     const char *pointer,
                                     const char *member);
/* Elements of the array, members of the object at @pointer; 0 for others. */
guint       pc_json_edit_get_length (PcJsonEdit *self,
                                     const char *pointer);

/* -- changing ------------------------------------------------------------- */

/* Each is one step of the history, but for those between begin and end, which
 * are one together.  FALSE, and nothing changed, when the place is not
 * there. */

/* Puts @value, which is taken, in place of what is at @pointer, or makes it a
 * new member of the object; NULL takes it away. */
gboolean    pc_json_edit_set (PcJsonEdit *self,
                              const char *pointer,
                              JsonNode   *value);
/* The same with the objects on the way: those that are missing are made, and
 * members that have nothing else go with what is taken away.  Elements are
 * only replaced. */
gboolean    pc_json_edit_put (PcJsonEdit *self,
                              const char *pointer,
                              JsonNode   *value);
/* Adds an element before @index of the array, or as its last one.  Takes
 * @value. */
gboolean    pc_json_edit_insert (PcJsonEdit *self,
                                 const char *array,
                                 guint       index,
                                 JsonNode   *value);
gboolean    pc_json_edit_remove (PcJsonEdit *self,
                                 const char *array,
                                 guint       index);
gboolean    pc_json_edit_move (PcJsonEdit *self,
                               const char *array,
                               guint       from,
                               guint       to);
/* @key, if not NULL: changes that follow each other with the same key are one
 * step together, as for the letters typed into one entry. */
void        pc_json_edit_begin (PcJsonEdit *self,
                                const char *key);
void        pc_json_edit_end (PcJsonEdit *self);
/* What follows is another step, whatever its key is. */
void        pc_json_edit_end_step (PcJsonEdit *self);

/* -- history -------------------------------------------------------------- */

gboolean    pc_json_edit_can_undo (PcJsonEdit *self);
gboolean    pc_json_edit_can_redo (PcJsonEdit *self);
/* Return a pointer: what was changed first by what is undone, last by what is
 * done again; for lists the list.  Borrowed until the next change; NULL when
 * there is nothing, or between begin and end. */
const char *pc_json_edit_undo (PcJsonEdit *self);
const char *pc_json_edit_redo (PcJsonEdit *self);
/* Nothing that was can be undone any more. */
void        pc_json_edit_forget (PcJsonEdit *self);
/* A number for the tree as it is: another one after each change, and the one
 * of before when that is undone. */
guint64     pc_json_edit_get_stamp (PcJsonEdit *self);
/* This is what is on the disk.  FALSE: it never was; else it is now. */
void        pc_json_edit_set_saved (PcJsonEdit *self,
                                    gboolean    saved);
gboolean    pc_json_edit_is_changed (PcJsonEdit *self);

/* -- files ---------------------------------------------------------------- */

/* What tells whether a file is another one by now: of its octets.  NULL when
 * there is no such file.  Transfer full. */
char       *pc_json_file_digest (const char *path);
/* The same of @text, as if it were in a file.  Transfer full. */
char       *pc_json_text_digest (const char *text);
/* Puts @text into the file: the whole, or nothing.  @digest: what the file had
 * when it was read; G_IO_ERROR_WRONG_ETAG when it has changed since.  NULL:
 * whatever is there is replaced.  @new_digest: of what is there now; transfer
 * full. */
gboolean    pc_json_file_save (const char *path,
                               const char *text,
                               const char *digest,
                               char      **new_digest,
                               GError    **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcJsonEdit, pc_json_edit_free)

G_END_DECLS
