/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Render nodes as SVG: shapes stay shapes, and text stays text that can be
 * searched, copied and read aloud, which cairo's SVG would turn into outlines.
 * It knows the nodes that the diagram is made of. */

typedef struct _PcSvg PcSvg;

/* A white picture, @width x @height CSS pixels. */
PcSvg  *pc_svg_new (const char *title,
                    double      width,
                    double      height);
/* @marks: of paint.h. */
void    pc_svg_add (PcSvg         *self,
                    GskRenderNode *node,
                    GArray        *marks);
/* The file; @self is gone.  Transfer full. */
GBytes *pc_svg_free_to_bytes (PcSvg *self);

G_END_DECLS
