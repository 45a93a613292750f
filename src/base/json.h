/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "base/problem.h"

G_BEGIN_DECLS

/* A JSON file read strictly (RFC 8259): our own scan reads the text, because
 * json-glib accepts too much and forgets positions; json-glib's types hold
 * the tree.  Every key and value can be located again by JSON Pointer. */
typedef struct _PcJson PcJson;

/* Reads @path.  Problems go to @problems (code Q001-Q019).
 * Returns: (transfer full) (nullable): NULL when nothing can be used. */
PcJson     *pc_json_load (const char *path,
                          PcProblems *problems);
/* The same for bytes in memory; @name stands for the file in messages. */
PcJson     *pc_json_parse (const char   *name,
                           const guint8 *data,
                           gsize         len,
                           PcProblems   *problems);
void        pc_json_free (PcJson *self);

const char *pc_json_get_name (const PcJson *self);
/* The root value, with the whole tree.  Owned by @self. */
JsonNode   *pc_json_get_root (PcJson *self);
/* The value at @pointer; NULL when there is none.  The member @without of it,
 * if not NULL, is an empty array.  For files of many like things, which need
 * not be in memory all at once.  Transfer full. */
JsonNode   *pc_json_dup_node (const PcJson *self,
                              const char   *pointer,
                              const char   *without);
/* The number of elements of the array at @pointer; FALSE when there is no
 * array. */
gboolean    pc_json_get_length (const PcJson *self,
                                const char   *pointer,
                                guint        *n);

/* Where the value at @pointer ("" is the root) begins; where it has a key and
 * @of_key is TRUE, where the key begins.  FALSE when there is no such place. */
gboolean    pc_json_locate (const PcJson *self,
                            const char   *pointer,
                            gboolean      of_key,
                            guint        *line,
                            guint        *column);

/* Appends a problem placed at @pointer, with the excerpt filled in.
 * Returns: the problem, owned by @problems, to add a hint to; never NULL. */
PcProblem  *pc_json_report (const PcJson *self,
                            PcProblems   *problems,
                            PcSeverity    severity,
                            const char   *code,
                            const char   *pointer,
                            const char   *format,
                            ...) G_GNUC_PRINTF (6, 7);

/* @node as the text of a file: two spaces for each level, short values on one
 * line, a line break at the end.  Transfer full. */
char       *pc_json_write (JsonNode *node);

/* Typed members of an object; each reports a wrong type (code Q022) and, where
 * @required, a missing member (Q023), and then returns the fallback. */
typedef struct
{
  PcJson     *json;
  PcProblems *problems;
  JsonObject *object;
  const char *pointer;   /* of @object */
} PcJsonReader;

const char *pc_json_read_string (const PcJsonReader *self,
                                 const char         *member,
                                 gboolean            required);
gint64      pc_json_read_int (const PcJsonReader *self,
                              const char         *member,
                              gint64              min,
                              gint64              max,
                              gint64              fallback);
gboolean    pc_json_read_bool (const PcJsonReader *self,
                               const char         *member,
                               gboolean            fallback);
/* NULL when absent (reported when @required) or of another type (reported). */
JsonArray  *pc_json_read_array (const PcJsonReader *self,
                                const char         *member,
                                gboolean            required);
JsonObject *pc_json_read_object (const PcJsonReader *self,
                                 const char         *member,
                                 gboolean            required);
/* Reports every member that is not in the NULL-terminated @known list (Q021),
 * with "did you mean" at an edit distance up to 2.  "x-..." is allowed. */
void        pc_json_check_members (const PcJsonReader *self,
                                   const char *const  *known);

/* "/items/3/options": @parent with one more reference token, escaped by
 * RFC 6901 section 3.  Transfer full. */
char       *pc_json_pointer_member (const char *parent,
                                    const char *member);
char       *pc_json_pointer_index (const char *parent,
                                   guint       index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcJson, pc_json_free)

G_END_DECLS
