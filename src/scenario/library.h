/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* All scenarios of a folder, in the order of the protocols' table, then by
 * their own order. */
typedef struct _PcLibrary PcLibrary;

/* Reads every *.json in @dir; problems of all files go to @problems. */
PcLibrary  *pc_library_new (const char *dir,
                            PcProblems *problems);
/* Those that came with the program, then the person's own ones
 * (scenarios in pc_paths_get_user_data). */
PcLibrary  *pc_library_new_standard (PcProblems *problems);
void        pc_library_free (PcLibrary *self);
guint       pc_library_get_n (const PcLibrary *self);
PcScenario *pc_library_get (const PcLibrary *self,
                            guint            index);
PcScenario *pc_library_find (const PcLibrary *self,
                             const char      *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcLibrary, pc_library_free)

G_END_DECLS
