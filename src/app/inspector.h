/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What one step means and which octets it is made of.
 *
 * Property "field": the lit field, -1 for none; also the action
 * "inspector.field" for the widgets inside.  Property "reveal": whether
 * secrets are shown.  Other actions for them: "inspector.octets" with a field
 * goes to its octets, "inspector.meaning" back, "inspector.copy" with "hex",
 * "text" or "c" copies the octets of the lit field, or all. */

#define PC_TYPE_INSPECTOR (pc_inspector_get_type ())
G_DECLARE_FINAL_TYPE (PcInspector, pc_inspector, PC, INSPECTOR, GtkWidget)

/* @step of @timeline; NULL for none. */
void        pc_inspector_set_step (PcInspector *self,
                                   PcTimeline  *timeline,
                                   PcStep      *step);
/* Where related questions come from. */
void        pc_inspector_set_content (PcInspector *self,
                                      PcContent   *content);
int         pc_inspector_get_field (PcInspector *self);
void        pc_inspector_set_field (PcInspector *self,
                                    int          field);
gboolean    pc_inspector_get_reveal (PcInspector *self);
void        pc_inspector_set_reveal (PcInspector *self,
                                     gboolean     reveal);
/* "meaning", "bytes" or "state". */
const char *pc_inspector_get_page (PcInspector *self);
void        pc_inspector_set_page (PcInspector *self,
                                   const char  *page);
/* Nothing is told of a step after the one that is shown. */
void        pc_inspector_set_hide_future (PcInspector *self,
                                          gboolean     hide_future);

G_END_DECLS
