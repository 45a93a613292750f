/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How octets look, laid out once each.  Zeroed it is new. */

#define PC_BYTE_GLYPHS_HIDDEN 256 /* in place of an octet that is secret */

typedef struct
{
  PangoLayout *hex[257];
  PangoLayout *text[257];
  double       char_width; /* of the monospace font, pixels; 0: not measured */
  int          row_height;
} PcByteGlyphs;

/* Fills in the sizes for the font of @widget. */
void         pc_byte_glyphs_measure (PcByteGlyphs *self,
                                     GtkWidget    *widget);
/* Forgets everything: the font has changed, or is not needed any more. */
void         pc_byte_glyphs_clear (PcByteGlyphs *self);
/* Borrowed. */
PangoLayout *pc_byte_glyphs_get_hex (PcByteGlyphs *self,
                                     GtkWidget    *widget,
                                     guint         octet);
PangoLayout *pc_byte_glyphs_get_text (PcByteGlyphs *self,
                                      GtkWidget    *widget,
                                      guint         octet);
/* How @octet looks in the text column: "A", "CR", "NU".  @text holds 4. */
void         pc_byte_glyphs_octet_to_text (guint8 octet,
                                           char  *text);

G_END_DECLS
