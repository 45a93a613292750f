/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A timeline as a picture for paper: all of it, when everything has happened,
 * in light colours and a font that no desktop changes, cut into pages.  Each
 * page has the title, the actors' cards and its number.  It needs a display,
 * whose fonts it uses, and no window. */

typedef struct _PcPlate PcPlate;

typedef struct
{
  const char *title;
  const char *summary; /* below the title of the first page; or NULL */
  gboolean    secrets; /* passwords as they crossed the wire */
} PcPlateText;

/* At least @width CSS pixels wide, and what the actors need. */
PcPlate *pc_plate_new (PcTimeline        *timeline,
                       const PcPlateText *text,
                       double             width);
void     pc_plate_free (PcPlate *self);
/* At most @height high, or as high as it gets when that is 0. Returns how many
 * pages there are, at least 1. */
guint    pc_plate_paginate (PcPlate *self,
                            double   height);
double   pc_plate_get_width (PcPlate *self);
/* Of what stands on page @page, from 0. */
double   pc_plate_get_height (PcPlate *self,
                              guint    page);
/* Takes pieces of a page in their order: @marks are those of paint.h. */
typedef void (*PcPlateFunc) (GskRenderNode *node,
                             GArray        *marks,
                             gpointer       user_data);
/* Piece by piece, so that a long page never is in memory as a whole. */
void     pc_plate_draw (PcPlate    *self,
                        guint       page,
                        PcPlateFunc func,
                        gpointer    user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPlate, pc_plate_free)

G_END_DECLS
