/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Trees of JSON that change: what the files of bank-edit share. */

#include "quiz/bank-edit.h"

G_BEGIN_DECLS

/* With all that is in it; json_node_copy() shares it.  NULL for NULL. */
JsonNode *pc_tree_copy (JsonNode *node);
gboolean  pc_tree_equal (JsonNode *a,
                         JsonNode *b);
/* NULL when there is none. */
JsonNode *pc_tree_get (JsonNode   *root,
                       const char *pointer);
/* "/a/b" is "/a" and "b", unescaped.  FALSE for "" and what is no pointer. */
gboolean  pc_tree_split (const char *pointer,
                         char      **parent,
                         char      **last);
/* A number without anything else; FALSE for other texts. */
gboolean  pc_tree_read_index (const char *text,
                              guint      *index);
/* Puts a copy of @value there, or removes what is there; where an object gets
 * a new member, as its member number @position, or G_MAXUINT for where such a
 * member usually stands.  FALSE when there is no such place. */
gboolean  pc_tree_set (JsonNode   *root,
                       const char *pointer,
                       JsonNode   *value,
                       guint       position);
/* Where the member stands among its siblings; G_MAXUINT when it does not. */
guint     pc_tree_get_position (JsonNode   *root,
                                const char *pointer);
/* A copy of @value becomes an element. */
void      pc_tree_insert (JsonArray *array,
                          guint      index,
                          JsonNode  *value);
void      pc_tree_move (JsonArray *array,
                        guint      from,
                        guint      to);

/* The questions as they were read: id to text. */
GHashTable *pc_bank_edit_get_baseline (PcBankEdit *self);

G_END_DECLS
