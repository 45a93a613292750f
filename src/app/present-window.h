/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/projector-window.h"

#include "diagram/diagram.h"
#include "timeline/player.h"

G_BEGIN_DECLS

/* What a class sees on the projector: the diagram in large type, the current
 * step in words, and nothing else.  Keys, and what they do, are the
 * presenter's. */

#define PC_TYPE_PRESENT_WINDOW (pc_present_window_get_type ())
G_DECLARE_FINAL_TYPE (PcPresentWindow, pc_present_window, PC, PRESENT_WINDOW,
                      PcProjectorWindow)

GtkWidget *pc_present_window_new (GtkApplication *app,
                                  PcPlayer       *player);
PcDiagram *pc_present_window_get_diagram (PcPresentWindow *self);
/* Nothing but black. */
void       pc_present_window_set_blank (PcPresentWindow *self,
                                        gboolean         blank);
gboolean   pc_present_window_get_blank (PcPresentWindow *self);
/* What somebody types, in a corner; NULL for nothing. */
void       pc_present_window_show_typed (PcPresentWindow *self,
                                         const char      *text);

G_END_DECLS
