/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds the diagram's own rules to the display, once. */
void pc_diagram_add_css (void);

G_END_DECLS
