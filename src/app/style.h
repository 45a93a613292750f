/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Light or dark, plain or high contrast, moving or still: what the desktop
 * asks for, or what the person chose for this program; and our style sheet to
 * go with it. */

#define PC_TYPE_STYLE (pc_style_get_type ())
G_DECLARE_FINAL_TYPE (PcStyle, pc_style, PC, STYLE, GObject)

typedef enum {
  PC_SCHEME_FOLLOW,
  PC_SCHEME_LIGHT,
  PC_SCHEME_DARK,
} PcScheme;

/* Applies itself to the default display at once, asks the desktop without
 * waiting for it.  Call after gtk_init (). */
PcStyle *pc_style_new (void);
void     pc_style_set_scheme (PcStyle *self,
                              PcScheme scheme);
/* Looks as with high contrast whatever the desktop says; for tests. */
void     pc_style_set_high_contrast (PcStyle *self,
                                     gboolean high_contrast);
/* Properties, too: "dark", "high-contrast". */
gboolean pc_style_get_dark (PcStyle *self);
gboolean pc_style_get_high_contrast (PcStyle *self);
/* Whether things may move.  Property "animations" of the desktop. */
gboolean pc_style_get_animations (void);

G_END_DECLS
