/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The diagram's colours: from the style sheet, else from here. */

#include "diagram/palette.h"

static const struct
{
  const char *name;
  const char *light;
  const char *dark;
} table[PC_N_COLORS] = {
  [PC_COLOR_INK] = { NULL, "#1e1e2a", "#f6f5f4" },
  [PC_COLOR_DIM] = { "pc_dim", "#6f6f78", "#a9a9b2" },
  [PC_COLOR_CLIENT] = { "pc_client", "#1a5fb4", "#78aeed" },
  [PC_COLOR_SERVER] = { "pc_server", "#c64600", "#ff9d5c" },
  [PC_COLOR_ERROR] = { "pc_error", "#c01c28", "#ff7b70" },
  [PC_COLOR_LIFELINE] = { "pc_lifeline", "#b8b5b2", "#68666b" },
  [PC_COLOR_LIT] = { "pc_lit", "#fdf4cd", "#433a17" },
  [PC_COLOR_LIT_BORDER] = { "pc_lit_border", "#e8c93f", "#a98c1d" },
  [PC_COLOR_PILL_CLIENT] = { "pc_pill_client", "#dbe7f8", "#1c3b62" },
  [PC_COLOR_PILL_CLIENT_INK] = { "pc_pill_client_text", "#174f96",
                                 "#bcd8fb" },
  [PC_COLOR_PILL_SERVER] = { "pc_pill_server", "#fde4d6", "#573118" },
  [PC_COLOR_PILL_SERVER_INK] = { "pc_pill_server_text", "#a63b00",
                                 "#ffcfae" },
  [PC_COLOR_CAPSULE] = { "pc_capsule", "#ececea", "#434147" },
  [PC_COLOR_CAPSULE_INK] = { "pc_capsule_text", "#55555d", "#d6d5da" },
  [PC_COLOR_CAPSULE_ERROR] = { "pc_capsule_error", "#fbe3e3", "#562427" },
  [PC_COLOR_NOTE] = { "pc_note", "#f3eefb", "#392f4a" },
  [PC_COLOR_NOTE_BORDER] = { "pc_note_border", "#c9b6e8", "#77629c" },
  [PC_COLOR_CARD] = { "pc_card", "#ffffff", "#39373d" },
  [PC_COLOR_CARD_BORDER] = { "pc_card_border", "#d8d6d3", "#55535a" },
  [PC_COLOR_ON_SIDE] = { "pc_on_side", "#ffffff", "#16161c" },
  [PC_COLOR_FAULT] = { "pc_fault", "#fdf3d8", "#46391a" },
  [PC_COLOR_FAULT_BORDER] = { "pc_fault_border", "#c79a2b", "#b08d33" },
  [PC_COLOR_FAULT_INK] = { "pc_fault_text", "#6b4600", "#fbe0a0" },
  [PC_COLOR_FUTURE] = { "pc_future", "rgba(0,0,0,0)", "rgba(0,0,0,0)" },
  [PC_COLOR_VEIL] = { "pc_veil", "rgba(250,250,250,0.6)",
                      "rgba(36,35,39,0.6)" },
  [PC_COLOR_TUNNEL] = { "pc_tunnel", "#e6f3ea", "#1d3327" },
  [PC_COLOR_TUNNEL_BORDER] = { "pc_tunnel_border", "#8fc2a2", "#4b7f60" },
  [PC_COLOR_TUNNEL_INK] = { "pc_tunnel_text", "#1c5c37", "#a9dfbf" },
};

void
pc_palette_init (PcPalette *self,
                 GtkWidget *widget)
{
  GtkStyleContext *context = gtk_widget_get_style_context (widget);
  GdkRGBA          ink;
  gboolean         dark;

  gtk_style_context_get_color (context, &ink);
  dark = 0.299f * ink.red + 0.587f * ink.green + 0.114f * ink.blue > 0.5f;
  for (guint i = 0; i < PC_N_COLORS; i++)
    if (table[i].name == NULL ||
        !gtk_style_context_lookup_color (context, table[i].name,
                                         &self->colors[i]))
      gdk_rgba_parse (&self->colors[i], dark ? table[i].dark
                                             : table[i].light);
  self->colors[PC_COLOR_INK] = ink;
}

void
pc_palette_init_paper (PcPalette *self)
{
  for (guint i = 0; i < PC_N_COLORS; i++)
    gdk_rgba_parse (&self->colors[i], table[i].light);
}

GdkRGBA
pc_palette_get (const PcPalette *self,
                PcColor          color,
                double           alpha)
{
  GdkRGBA rgba = self->colors[color];

  rgba.alpha *= (float) alpha;
  return rgba;
}
