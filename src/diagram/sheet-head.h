/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/paint.h"
#include "diagram/scene.h"
#include "diagram/sheet.h"

G_BEGIN_DECLS

/* What stands above and below the rows on each page of a sheet. */

typedef struct _PcSheetHead PcSheetHead;

/* Copies what it needs of @text. */
PcSheetHead *pc_sheet_head_new (PcScene           *scene,
                                PangoContext      *context,
                                const PcSheetText *text);
void         pc_sheet_head_free (PcSheetHead *self);
/* @brief: of a page that is not the first: the title in one line. */
double       pc_sheet_head_get_height (PcSheetHead *self,
                                       gboolean     brief);
void         pc_sheet_head_draw (PcSheetHead *self,
                                 GtkSnapshot *snapshot,
                                 gboolean     brief);
double       pc_sheet_head_get_foot (PcSheetHead *self);
/* "Page 2 of 5"; nothing of the kind when there is one. */
void         pc_sheet_head_draw_foot (PcSheetHead *self,
                                      GtkSnapshot *snapshot,
                                      guint        page,
                                      guint        n_pages);

G_END_DECLS
