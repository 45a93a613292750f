/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/row-view.h"

G_BEGIN_DECLS

/* The row widgets of one list view: makes them for the list, names them for
 * assistive technology and tells them what changed. */

typedef struct _PcRowViews PcRowViews;

PcRowViews         *pc_row_views_new (PcScene *scene);
/* After the last widget is gone. */
void                pc_row_views_free (PcRowViews *self);
/* Called when somebody wants the group of step @index folded or unfolded. */
void                pc_row_views_set_toggled (PcRowViews *self,
                                              void (*toggled) (
                                                  guint    index,
                                                  gpointer user_data),
                                              gpointer user_data);
/* Makes widgets for a list of PcDiagramRow. (transfer full) */
GtkListItemFactory *pc_row_views_make_factory (PcRowViews *self);
/* The widget of step @index; NULL when the list holds none. */
GtkWidget          *pc_row_views_find_step (PcRowViews *self,
                                            guint       index);
void                pc_row_views_position_changed (PcRowViews *self);
void                pc_row_views_scene_changed (PcRowViews *self);
/* Names say "of 18": they change when the timeline grows. */
void                pc_row_views_rename (PcRowViews *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRowViews, pc_row_views_free)

G_END_DECLS
