/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The 257 pictures that a byte view is made of, twice. */

#include "app/byte-glyphs.h"

void
pc_byte_glyphs_octet_to_text (guint8 octet,
                              char  *text)
{
  if (octet == '\r')
    g_strlcpy (text, "CR", 4);
  else if (octet == '\n')
    g_strlcpy (text, "LF", 4);
  else if (octet == '\0')
    g_strlcpy (text, "NU", 4);
  else if (octet == '\t')
    g_strlcpy (text, "HT", 4);
  else if (octet > 0x20 && octet < 0x7f)
    text[0] = (char) octet, text[1] = '\0';
  else if (octet == ' ')
    g_strlcpy (text, " ", 4);
  else
    g_strlcpy (text, "·", 4);
}

/* Two letters in the room of one. */
static void
make_small (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (0.62));
  pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attrs);
}

void
pc_byte_glyphs_measure (PcByteGlyphs *self,
                        GtkWidget    *widget)
{
  g_autoptr (PangoLayout) layout = NULL;
  int width, height;

  g_return_if_fail (self != NULL && GTK_IS_WIDGET (widget));

  if (self->char_width > 0)
    return;
  layout = pango_layout_new (gtk_widget_get_pango_context (widget));
  pango_layout_set_text (layout, "00000000", -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  self->char_width = MAX (width / 8.0, 1);
  self->row_height = MAX (height, 1) + 4;
}

void
pc_byte_glyphs_clear (PcByteGlyphs *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < G_N_ELEMENTS (self->hex); i++) {
    g_clear_object (&self->hex[i]);
    g_clear_object (&self->text[i]);
  }
  self->char_width = 0;
}

PangoLayout *
pc_byte_glyphs_get_hex (PcByteGlyphs *self,
                        GtkWidget    *widget,
                        guint         octet)
{
  char text[8] = "••";

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (octet < G_N_ELEMENTS (self->hex), NULL);

  if (octet < PC_BYTE_GLYPHS_HIDDEN)
    g_snprintf (text, sizeof text, "%02x", octet);
  if (self->hex[octet] == NULL)
    self->hex[octet] = gtk_widget_create_pango_layout (widget, text);
  return self->hex[octet];
}

PangoLayout *
pc_byte_glyphs_get_text (PcByteGlyphs *self,
                         GtkWidget    *widget,
                         guint         octet)
{
  char text[8] = "•";

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (octet < G_N_ELEMENTS (self->text), NULL);

  if (self->text[octet] != NULL)
    return self->text[octet];
  if (octet < PC_BYTE_GLYPHS_HIDDEN)
    pc_byte_glyphs_octet_to_text ((guint8) octet, text);
  self->text[octet] = gtk_widget_create_pango_layout (widget, text);
  if (octet < 0x20)
    make_small (self->text[octet]);
  return self->text[octet];
}
