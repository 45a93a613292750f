/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/library.h"

G_BEGIN_DECLS

/* A dialog that asks with which other exchange one is to be compared. */

#define PC_TYPE_COMPARE_PICKER (pc_compare_picker_get_type ())
G_DECLARE_FINAL_TYPE (PcComparePicker, pc_compare_picker, PC, COMPARE_PICKER,
                      GtkWindow)

/* Lists @library without @scenario.  When one is chosen, activates
 * win.compare-two of @parent with both ids, and closes. */
GtkWidget *pc_compare_picker_new (GtkWindow       *parent,
                                  const PcLibrary *library,
                                  PcScenario      *scenario);

/* Lists all of @library.  When one is chosen, activates @action of @owner with
 * its id, and closes. */
GtkWidget *pc_compare_picker_new_any (GtkWidget       *owner,
                                      const PcLibrary *library,
                                      const char      *title,
                                      const char      *action);

G_END_DECLS
