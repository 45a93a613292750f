/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/json.h"
#include "quiz/bank.h"

G_BEGIN_DECLS

/* A question bank while somebody writes it: the tree of its file, with every
 * member that it has, known or not, in its order.  Values are named by JSON
 * Pointers (RFC 6901).  Nothing is checked here: a text is, as it would stand
 * in the file, by the loader of banks.
 *
 * Signal "changed" (const char *pointer, gboolean shape): the value there is
 * another one; @shape: elements of a list came, went or moved, or a change was
 * taken back.  Property "state" notifies when what can be undone, redone or
 * saved may have changed. */
#define PC_TYPE_BANK_EDIT (pc_bank_edit_get_type ())
G_DECLARE_FINAL_TYPE (PcBankEdit, pc_bank_edit, PC, BANK_EDIT, GObject)

/* An empty bank with what its head must have. */
PcBankEdit *pc_bank_edit_new (const char *id,
                              const char *title);
/* The tree of @data, which stands in @name, whatever it means; NULL, with an
 * error in @problems, when it is no JSON object.  The file was not read by
 * us: see pc_bank_edit_set_saved(). */
PcBankEdit *pc_bank_edit_parse (const char   *name,
                                const guint8 *data,
                                gsize         len,
                                PcProblems   *problems);
/* The same from @path, which is where it is saved then. */
PcBankEdit *pc_bank_edit_load (const char *path,
                               PcProblems *problems);

/* As it would be saved.  Transfer full. */
char       *pc_bank_edit_dup_text (PcBankEdit *self);

/* -- values --------------------------------------------------------------- */

/* NULL when there is none; until the next change. */
JsonNode   *pc_bank_edit_get (PcBankEdit *self,
                              const char *pointer);
/* Texts; NULL for anything else. */
const char *pc_bank_edit_get_text (PcBankEdit *self,
                                   const char *pointer);
/* The number of elements of a list; 0 for anything else. */
guint       pc_bank_edit_get_length (PcBankEdit *self,
                                     const char *pointer);
/* Puts @value (transfer full) there; NULL: removes the member, and objects
 * that have nothing else.  Objects on the way are made.  A text that follows
 * a text in the same place is the same step back, until
 * pc_bank_edit_end_step(). */
void        pc_bank_edit_set (PcBankEdit *self,
                              const char *pointer,
                              JsonNode   *value);
void        pc_bank_edit_set_text (PcBankEdit *self,
                                   const char *pointer,
                                   const char *text);
/* An element (transfer full) of the list at @pointer, which is made where
 * there is none; @index as G_MAXUINT: at the end. */
void        pc_bank_edit_insert (PcBankEdit *self,
                                 const char *pointer,
                                 guint       index,
                                 JsonNode   *element);
/* The last one takes its list with it, but for "items". */
void        pc_bank_edit_remove (PcBankEdit *self,
                                 const char *pointer,
                                 guint       index);
void        pc_bank_edit_move (PcBankEdit *self,
                               const char *pointer,
                               guint       from,
                               guint       to);
/* @base, or @base with a number, which is the "id" of no element there.
 * Transfer full. */
char       *pc_bank_edit_dup_free_id (PcBankEdit *self,
                                      const char *pointer,
                                      const char *base);

/* -- questions ------------------------------------------------------------ */

guint       pc_bank_edit_get_n_items (PcBankEdit *self);
/* A new question behind @after (G_MAXUINT: at the end), with the members that
 * it needs; what is asked is still missing.  Returns where it is. */
guint       pc_bank_edit_add_item (PcBankEdit *self,
                                   PcItemType  type,
                                   guint       after);
/* With another id, behind the first.  Returns where it is. */
guint       pc_bank_edit_duplicate_item (PcBankEdit *self,
                                         guint       index);
/* A new element of the list @pointer as its elements must be: an option, a
 * line...  Transfer full. */
JsonNode   *pc_bank_edit_make_element (PcBankEdit *self,
                                       const char *pointer);

/* What is to be done before a bank is saved again: a question whose key is
 * another one than when it was read gets the next revision, and what was
 * learned of it counts no more ("x-resets-memory").  One step.  Returns the
 * number of such questions. */
guint       pc_bank_edit_apply_revisions (PcBankEdit *self);

/* -- steps ---------------------------------------------------------------- */

/* What is changed in between is one step; they may be nested. */
void        pc_bank_edit_begin (PcBankEdit *self);
void        pc_bank_edit_end (PcBankEdit *self);
/* What is typed from now on is another step. */
void        pc_bank_edit_end_step (PcBankEdit *self);
gboolean    pc_bank_edit_can_undo (PcBankEdit *self);
gboolean    pc_bank_edit_can_redo (PcBankEdit *self);
/* Return what changed last (transfer full), or NULL. */
char       *pc_bank_edit_undo (PcBankEdit *self);
char       *pc_bank_edit_redo (PcBankEdit *self);

/* -- the file ------------------------------------------------------------- */

/* NULL while it has none. */
const char *pc_bank_edit_get_path (PcBankEdit *self);
gboolean    pc_bank_edit_is_saved (PcBankEdit *self);
/* A number for what the text is now; for pc_bank_edit_set_saved(). */
guint64     pc_bank_edit_get_stamp (PcBankEdit *self);
/* @text, which was that of @stamp, is in @path now. */
void        pc_bank_edit_set_saved (PcBankEdit *self,
                                    const char *path,
                                    const char *text,
                                    guint64     stamp);
/* What the file must be for pc_bank_edit_write(); NULL without a file. */
const char *pc_bank_edit_get_digest (PcBankEdit *self);
/* Puts @text into @path whole, or leaves what is there; may be called in any
 * thread.  Folders on the way are made.  Where @digest is not NULL and the
 * file is another one, or gone, that is G_IO_ERROR_WRONG_ETAG. */
gboolean    pc_bank_edit_write (const char *path,
                                const char *text,
                                const char *digest,
                                GError    **error);

/* -- problems ------------------------------------------------------------- */

/* Of a pointer "/items/3/options/1/text": the question, and where @member is
 * not NULL what follows, "/options/1/text" (borrowed).  FALSE for other
 * places. */
gboolean    pc_bank_edit_split_pointer (const char  *pointer,
                                        guint       *item,
                                        const char **member);

G_END_DECLS
