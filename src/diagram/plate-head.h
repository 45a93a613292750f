/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/paint.h"
#include "diagram/plate.h"
#include "diagram/scene.h"

G_BEGIN_DECLS

/* What stands above and below the rows on each page of a sheet. */

typedef struct _PcPlateHead PcPlateHead;

/* Copies what it needs of @text. */
PcPlateHead *pc_plate_head_new (PcScene           *scene,
                                PangoContext      *context,
                                const PcPlateText *text);
void         pc_plate_head_free (PcPlateHead *self);
/* @brief: of a page that is not the first: the title in one line. */
double       pc_plate_head_get_height (PcPlateHead *self,
                                       gboolean     brief);
void         pc_plate_head_draw (PcPlateHead *self,
                                 GtkSnapshot *snapshot,
                                 gboolean     brief);
double       pc_plate_head_get_foot (PcPlateHead *self);
/* "Page 2 of 5"; nothing of the kind when there is one. */
void         pc_plate_head_draw_foot (PcPlateHead *self,
                                      GtkSnapshot *snapshot,
                                      guint        page,
                                      guint        n_pages);

G_END_DECLS
