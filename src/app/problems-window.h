/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/problem.h"

G_BEGIN_DECLS

/* What is wrong with the files of scenarios and questions, and where. */

#define PC_TYPE_PROBLEMS_WINDOW (pc_problems_window_get_type ())
G_DECLARE_FINAL_TYPE (PcProblemsWindow, pc_problems_window, PC,
                      PROBLEMS_WINDOW, GtkWindow)

GtkWidget *pc_problems_window_new (GtkWindow  *parent,
                                   PcProblems *problems);

G_END_DECLS
