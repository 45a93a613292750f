/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The last PC_LIMIT_REPEATS different datagrams of one end, to find the one
 * that is sent again.  Constant time and memory for each. */

typedef struct _PcRepeats PcRepeats;

PcRepeats *pc_repeats_new (void);
void       pc_repeats_free (PcRepeats *self);
/* The number of the step in @timeline that had the very octets of @step, from
 * the same port; 0 when none of the last ones had: then @step, which has its
 * number, is remembered. */
guint      pc_repeats_find (PcRepeats  *self,
                            PcTimeline *timeline,
                            PcStep     *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRepeats, pc_repeats_free)

G_END_DECLS
