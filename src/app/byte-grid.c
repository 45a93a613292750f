/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The geometry of octets side by side: all places are computed, none kept. */

#include "app/byte-grid.h"

#define PAD PC_BYTE_GRID_PAD

void
pc_byte_grid_init (PcByteGrid *self,
                   gsize       len,
                   guint       per_row,
                   double      char_width,
                   int         row_height)
{
  g_return_if_fail (self != NULL && per_row > 0 && row_height > 0);

  self->len = len;
  self->per_row = per_row;
  self->digits = len > 0x10000 ? 5 : 4;
  self->row_height = row_height;
  self->hex_x = PAD + (self->digits + 1.5) * char_width;
  self->hex_step = 2.6 * char_width;
  self->text_x = self->hex_x + per_row * self->hex_step + char_width;
  self->text_step = 1.35 * char_width;
}

void
pc_byte_grid_fit (PcByteGrid *self,
                  gsize       len,
                  int         width,
                  double      char_width,
                  int         row_height)
{
  for (guint per_row = 16; per_row >= 2; per_row /= 2) {
    pc_byte_grid_init (self, len, per_row, char_width, row_height);
    if (pc_byte_grid_get_width (self) <= width)
      return;
  }
}

int
pc_byte_grid_get_width (const PcByteGrid *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (int) (self->text_x + self->per_row * self->text_step + PAD);
}

guint
pc_byte_grid_get_n_rows (const PcByteGrid *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) ((self->len + self->per_row - 1) / self->per_row);
}

int
pc_byte_grid_find (const PcByteGrid *self,
                   double            x,
                   double            y)
{
  double column;
  gsize octet;

  g_return_val_if_fail (self != NULL, -1);

  if (y < PAD)
    return -1;
  if (x >= self->hex_x && x < self->hex_x + self->per_row * self->hex_step)
    column = (x - self->hex_x) / self->hex_step;
  else if (x >= self->text_x &&
           x < self->text_x + self->per_row * self->text_step)
    column = (x - self->text_x) / self->text_step;
  else
    return -1;
  octet = (gsize) ((y - PAD) / self->row_height) * self->per_row +
          (gsize) column;
  return octet < self->len ? (int) octet : -1;
}
