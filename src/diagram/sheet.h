/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A timeline as a picture for paper: all of it, when everything has happened,
 * in light colours and a font that no desktop changes, cut into pages.  Each
 * page has the title, the actors' cards and its number.  It needs a display,
 * whose fonts it uses, and no window. */

typedef struct _PcSheet PcSheet;

typedef struct
{
  const char *title;
  const char *summary; /* below the title of the first page; or NULL */
  gboolean    secrets; /* passwords as they crossed the wire */
} PcSheetText;

/* At least @width CSS pixels wide, and what the actors need. */
PcSheet *pc_sheet_new (PcTimeline        *timeline,
                       const PcSheetText *text,
                       double             width);
void     pc_sheet_free (PcSheet *self);
/* At most @height high, or as high as it gets when that is 0. Returns how many
 * pages there are, at least 1. */
guint    pc_sheet_paginate (PcSheet *self,
                            double   height);
double   pc_sheet_get_width (PcSheet *self);
/* Of what stands on page @page, from 0. */
double   pc_sheet_get_height (PcSheet *self,
                              guint    page);
/* Takes pieces of a page in their order: @marks are those of paint.h. */
typedef void (*PcSheetFunc) (GskRenderNode *node,
                             GArray        *marks,
                             gpointer       user_data);
/* Piece by piece, so that a long page never is in memory as a whole. */
void     pc_sheet_draw (PcSheet    *self,
                        guint       page,
                        PcSheetFunc func,
                        gpointer    user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSheet, pc_sheet_free)

G_END_DECLS
