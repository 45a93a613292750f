/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/learning.h"

G_BEGIN_DECLS

/* The button that says who learns, with a menu to choose another, add, rename
 * or remove one. */

#define PC_TYPE_LEARNER_MENU (pc_learner_menu_get_type ())
G_DECLARE_FINAL_TYPE (PcLearnerMenu, pc_learner_menu, PC, LEARNER_MENU,
                      GtkWidget)

void pc_learner_menu_set_learning (PcLearnerMenu *self,
                                   PcLearning    *learning);

G_END_DECLS
