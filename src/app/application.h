/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/style.h"

G_BEGIN_DECLS

/* The program: its commands, keys, style and single window. */

#define PC_TYPE_APPLICATION (pc_application_get_type ())
G_DECLARE_FINAL_TYPE (PcApplication, pc_application, PC, APPLICATION,
                      GtkApplication)

PcApplication *pc_application_new (void);
/* NULL before the program started up. */
PcStyle       *pc_application_get_style (PcApplication *self);
/* Makes templates, icons and style sheets known; once is enough. */
void           pc_application_register_resources (void);

G_END_DECLS
