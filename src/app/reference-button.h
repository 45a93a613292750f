/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "proto/common/narrate.h"

G_BEGIN_DECLS

/* "Why?": a section of an RFC; pressed, it tells what that is called and has a
 * link to it. */

#define PC_TYPE_REFERENCE_BUTTON (pc_reference_button_get_type ())
G_DECLARE_FINAL_TYPE (PcReferenceButton, pc_reference_button, PC,
                      REFERENCE_BUTTON, GtkWidget)

/* @reference is static. */
GtkWidget *pc_reference_button_new (const PcReference *reference);

G_END_DECLS
