/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* What a sheet is to hold: written by a teacher once, used for every class.
 * Counted by its users; not changed once a sheet was made of it. */
typedef struct
{
  char      *title;          /* or NULL */
  guint      n_items;        /* 0: the sum of the objectives, else 20 */
  GPtrArray *banks;          /* char*: ids; empty for all */
  GPtrArray *objectives;     /* char*: ids; empty for any */
  GArray    *counts;         /* guint: items for each objective */
  guint      types;          /* bit by PcItemType; 0: all */
  guint      min_difficulty; /* 0: any */
  guint      max_difficulty; /* 0: any */
  guint      minutes;        /* 0: not said */
  guint      pass;           /* per cent; 0: not said */
  gboolean   same_items;     /* all variants have the same, in another order;
                              * else each has its own draw of the same mix */
} PcBlueprint;

/* Reads a file of the format "portcall-blueprint", version 1; see
 * data/schema.  NULL when it cannot be used; all that is wrong is in
 * @problems.  Transfer full. */
PcBlueprint *pc_blueprint_load (const char *path,
                                PcProblems *problems);
PcBlueprint *pc_blueprint_new_from_json (PcJson     *json,
                                         PcProblems *problems);
/* 20 items of any kind from all banks, the same in all variants. */
PcBlueprint *pc_blueprint_new (void);
PcBlueprint *pc_blueprint_ref (PcBlueprint *self);
void         pc_blueprint_unref (PcBlueprint *self);
/* How many items it asks for. */
guint        pc_blueprint_count (const PcBlueprint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcBlueprint, pc_blueprint_unref)

G_END_DECLS
