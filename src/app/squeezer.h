/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Shows its child where there is room for it, and nothing where there is not.
 * Properties: "child"; "squeezed", whether there was no room. */

#define PC_TYPE_SQUEEZER (pc_squeezer_get_type ())
G_DECLARE_FINAL_TYPE (PcSqueezer, pc_squeezer, PC, SQUEEZER, GtkWidget)

gboolean pc_squeezer_get_squeezed (PcSqueezer *self);

G_END_DECLS
