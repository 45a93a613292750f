/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "quiz/item-private.h"
#include "quiz/stimulus.h"

G_BEGIN_DECLS

/* Reads a stimulus; wrong members are reported.  Its strings go to @pool,
 * which owns it too.  NULL when it has no id that can be used. */
const PcStimulus *pc_stimulus_read (const PcJsonReader *reader,
                                    guint               index,
                                    PcItemPool         *pool);
void              pc_stimulus_free (PcStimulus *self);

G_END_DECLS
