/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/problem.h"
#include "quiz/bank.h"
#include "scenario/comparison.h"

G_BEGIN_DECLS

/* What there is to watch and to answer: the scenarios, comparisons of them,
 * the service table and the question banks of the data folder, and what is
 * wrong with their files.  Immutable once loaded,
 * but for the banks of the person's own folder: they are read again when a
 * file there changes, and the signal "banks-changed" (const char *text) says
 * what happened. */

#define PC_TYPE_CONTENT (pc_content_get_type ())
G_DECLARE_FINAL_TYPE (PcContent, pc_content, PC, CONTENT, GObject)

/* Reads all of it in a thread of its own.  Never fails: a file that cannot be
 * used becomes a problem.  Finish is transfer full; NULL when cancelled. */
void          pc_content_load_async (GCancellable       *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer            user_data);
PcContent    *pc_content_load_finish (GAsyncResult *result,
                                      GError      **error);
/* The same, at once. Transfer full. */
PcContent    *pc_content_load (void);

/* Looks at the folder of own banks from now on; in the main thread. */
void          pc_content_watch (PcContent *self);

PcLibrary    *pc_content_get_library (PcContent *self);
/* Of PcComparison; borrowed. */
GPtrArray    *pc_content_get_comparisons (PcContent *self);
/* NULL where the table cannot be read. */
PcServices   *pc_content_get_services (PcContent *self);
PcProblems   *pc_content_get_problems (PcContent *self);
/* Every one of them a PcBank, in the order of their files' names. */
GListModel   *pc_content_get_banks (PcContent *self);
/* What the file @path was loaded to; transfer none; NULL when it was not. */
PcBank       *pc_content_find_file (PcContent  *self,
                                    const char *path);
/* By id; transfer none; NULL when there is none. */
PcBank       *pc_content_find_bank (PcContent  *self,
                                    const char *id);
/* Questions made from the service table: pc_generate_bank().  @confused: ids
 * of rows, or NULL.  NULL when there is no table.  Transfer full. */
PcBank       *pc_content_generate (PcContent         *self,
                                   guint64            seed,
                                   const char *const *confused);

G_END_DECLS
