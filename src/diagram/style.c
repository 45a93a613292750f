/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the diagram needs of CSS, below the application's own style sheet: rows
 * without gaps, and a selection that is the lit band.
 */

#include "diagram/style.h"

static const char css[] =
    "listview.pc-diagram { background: none; }"
    "listview.pc-diagram > row { padding: 0; margin: 0; border: none;"
    "  min-height: 0; }"
    "listview.pc-diagram > row:selected, listview.pc-diagram > row:hover {"
    "  background: none; color: inherit; }"
    "listview.pc-diagram > row:focus:focus-visible { outline-offset: -2px; }"
    "pcactors .pc-actor-name { font-weight: bold; }"
    "pcactors .pc-actor-address { font-family: monospace;"
    "  font-size: 0.82em; opacity: 0.75; }";

void
pc_diagram_add_css (void)
{
  static gsize               once;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (!g_once_init_enter (&once))
    return;

  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, css, -1);
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
      GTK_STYLE_PROVIDER_PRIORITY_SETTINGS);
  g_once_init_leave (&once, 1);
}
