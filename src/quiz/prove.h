/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"
#include "scenario/library.h"

G_BEGIN_DECLS

/* Whether the keys of questions hold in runs of their scenarios: what a server
 * answers next, which line of a transcript is wrong, which settings work.
 * Runs are in memory, so they take milliseconds and always go the same way;
 * still too long for loading, so it is a matter of its own, for
 * `portcall-cli check`, the tests and a worker thread. */
typedef struct _PcProver PcProver;

/* Borrows @library.  Keeps the runs it made, so use one for all banks; not
 * from two threads at once. */
PcProver *pc_prover_new (const PcLibrary *library);
void      pc_prover_free (PcProver *self);
/* Whether @item has a key that a run can prove: a prediction, the settings of
 * an account, wrong lines where it names a scenario. */
gboolean  pc_prover_can_prove (PcItem *item);
/* Holds one item against its scenario: that its steps are really reached, and
 * its key.  What does not hold goes to @problems as Q108 (a key), Q101 (a step
 * that never comes) or, as a warning that "x-waive" can waive, Q212 (an
 * accepted prediction that the run does not show).  @json is the file of its
 * bank, for places; with NULL only the item's line is told.  FALSE when
 * anything is an error. */
gboolean  pc_prover_prove (PcProver   *self,
                           PcItem     *item,
                           PcJson     *json,
                           PcProblems *problems);
/* The same for all items; returns the number of keys proven.  Stops when
 * @cancellable (which may be NULL) is. */
guint     pc_bank_prove (PcBank       *bank,
                         PcJson       *json,
                         PcProver     *prover,
                         GCancellable *cancellable,
                         PcProblems   *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcProver, pc_prover_free)

G_END_DECLS
