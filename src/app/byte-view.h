/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/step.h"

G_BEGIN_DECLS

/* The octets of a step, hexadecimal and as text side by side, tinted by the
 * fields they belong to.  Give it a GtkScrolledWindow.
 *
 * Properties: "field", int, the field that is lit, -1 for none, follows the
 * cursor and moves it; "hover", int, read only, the field under the pointer;
 * "reveal", whether octets of secrets are shown.  Enter and Ctrl+C are actions
 * of the inspector around it. */

#define PC_TYPE_BYTE_VIEW (pc_byte_view_get_type ())
G_DECLARE_FINAL_TYPE (PcByteView, pc_byte_view, PC, BYTE_VIEW, GtkWidget)

/* NULL for none. Clears the field. */
void     pc_byte_view_set_step (PcByteView *self,
                                PcStep     *step);
int      pc_byte_view_get_field (PcByteView *self);
void     pc_byte_view_set_field (PcByteView *self,
                                 int         field);
int      pc_byte_view_get_hover (PcByteView *self);
gboolean pc_byte_view_get_reveal (PcByteView *self);
void     pc_byte_view_set_reveal (PcByteView *self,
                                  gboolean    reveal);
/* The octet the cursor is on. */
guint    pc_byte_view_get_cursor (PcByteView *self);

G_END_DECLS
