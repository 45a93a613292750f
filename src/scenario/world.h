/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "mail/routes.h"
#include "mail/store.h"
#include "mail/world.h"

G_BEGIN_DECLS

/* What servers serve before anybody comes: accounts with their mailboxes and
 * messages, and files.  Part of a scenario, or a JSON file of its own
 * (world format 1, data/schema/world-1.schema.json).  Immutable. */
typedef struct _PcWorld PcWorld;

typedef struct
{
  const char *name;
  GBytes     *content;
} PcScenarioFile;

/* With nothing of its own: what is in @base, no files. */
PcWorld              *pc_world_new (PcWorldBase base);
/* Reads @path; messages and files may lie in files beside it.  NULL when it
 * cannot be used; @problems says why, and which messages were set aside in one
 * that can. */
PcWorld              *pc_world_load (const char *path,
                                     PcProblems *problems);
PcWorld              *pc_world_new_from_json (PcJson     *json,
                                              PcProblems *problems);
void                  pc_world_free (PcWorld *self);
/* A fresh mail store filled with it. Messages arrived before @now, in µs since
 * 1970. Transfer full. */
PcMailStore          *pc_world_make_store (const PcWorld *self,
                                           gint64         now);
/* The same for the server of @domains, NULL-terminated: with the accounts that
 * are at home there.  NULL: of the world's own domain. */
PcMailStore          *pc_world_make_store_for (const PcWorld     *self,
                                               const char *const *domains,
                                               gint64             now);
/* Who takes mail for which domain. Owned by @self. */
PcRoutes             *pc_world_get_routes (const PcWorld *self);
guint                 pc_world_get_n_files (const PcWorld *self);
const PcScenarioFile *pc_world_get_file (const PcWorld *self,
                                         guint          index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcWorld, pc_world_free)

G_END_DECLS
