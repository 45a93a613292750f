/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The states of both ends after a step: their graph, where it goes from here,
 * and the commands that are legal, with those that are not.  Fills itself when
 * it is looked at. */

#define PC_TYPE_STATE_PAGE (pc_state_page_get_type ())
G_DECLARE_FINAL_TYPE (PcStatePage, pc_state_page, PC, STATE_PAGE, GtkWidget)

/* @step of @timeline; NULL for none. */
void pc_state_page_set_step (PcStatePage *self,
                             PcTimeline  *timeline,
                             PcStep      *step);

G_END_DECLS
