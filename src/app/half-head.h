/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* The head of one half of a comparison: what it is, where it is, how it
 * ended.  A button that chooses the half.  Property "compact": only what is
 * needed in a narrow window. */

#define PC_TYPE_HALF_HEAD (pc_half_head_get_type ())
G_DECLARE_FINAL_TYPE (PcHalfHead, pc_half_head, PC, HALF_HEAD,
                      GtkToggleButton)

/* @player: the half's own, followed from then on.  @subtitle may be NULL. */
void        pc_half_head_show (PcHalfHead *self,
                               const char *title,
                               const char *subtitle,
                               PcPlayer   *player);
/* Whether it waits for the other half to come as far. */
void        pc_half_head_set_waiting (PcHalfHead *self,
                                      gboolean    waiting);
/* How an exchange ended, in a sentence; translated. */
const char *pc_half_head_describe_outcome (PcTimeline *timeline);

G_END_DECLS
