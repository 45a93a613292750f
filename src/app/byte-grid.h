/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where the octets of a byte view are, pixels: offsets, hexadecimal, text. */

#define PC_BYTE_GRID_PAD 8

typedef struct
{
  gsize  len;
  guint  per_row;
  guint  digits; /* of the offsets */
  int    row_height;
  double hex_x;
  double hex_step;
  double text_x;
  double text_step;
} PcByteGrid;

/* With @per_row octets in a row. */
void  pc_byte_grid_init (PcByteGrid *self,
                         gsize       len,
                         guint       per_row,
                         double      char_width,
                         int         row_height);
/* With as many as fit into @width: 16, else 8, else 4, else 2. */
void  pc_byte_grid_fit (PcByteGrid *self,
                        gsize       len,
                        int         width,
                        double      char_width,
                        int         row_height);
int   pc_byte_grid_get_width (const PcByteGrid *self);
guint pc_byte_grid_get_n_rows (const PcByteGrid *self);
/* The octet at a place, or -1. */
int   pc_byte_grid_find (const PcByteGrid *self,
                         double            x,
                         double            y);

G_END_DECLS
