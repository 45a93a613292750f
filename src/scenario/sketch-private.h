/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/sketch.h"

G_BEGIN_DECLS

/* Between the sources sketch*.c. */

struct _PcSketch
{
  PcJsonEdit *edit;
  char       *path;
  char       *digest; /* of the file as it was read or saved; or NULL */
};

/* Whether @pointer is like @pattern, of which each star is a number. */
gboolean    pc_sketch_match (const char *pointer,
                            const char *pattern);
/* The number behind @prefix ("/actors/"); -1 for none. */
int         pc_sketch_index (const char *pointer,
                            const char *prefix);
/* "/a/b/3" is "/a/b".  Transfer full. */
char       *pc_sketch_dup_parent (const char *pointer);
/* A member of the object at @pointer as text, numbers too; NULL when there is
 * none.  Transfer full. */
char       *pc_sketch_dup_member (PcSketch    *self,
                                 const char *pointer,
                                 const char *member);
/* The actor that the entry of the script names, or NULL; and its protocol. */
const char *pc_sketch_find_protocol (PcSketch    *self,
                                    const char *actor);
/* The pointer of the actor with this id; NULL for none. Transfer full. */
char       *pc_sketch_find_actor (PcSketch    *self,
                                 const char *id);
/* The actions of such a protocol; NULL for none. */
const PcActionSpec *pc_sketch_get_actions (const char *protocol);
/* Whether a client sends a message or a file with it. */
gboolean    pc_sketch_has_content (const char *verb);
/* Text as JSON, which is right.  Transfer full. */
JsonNode   *pc_sketch_parse (const char *text);
JsonNode   *pc_sketch_string (const char *text);

G_END_DECLS
