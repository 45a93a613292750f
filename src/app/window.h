/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"
#include "app/exchanges-page.h"
#include "app/lab-page.h"
#include "app/learning.h"
#include "app/presenter.h"
#include "app/progress-page.h"
#include "app/quiz-page.h"

G_BEGIN_DECLS

/* The main window: the places, the switcher between them, and the commands of
 * all of them ("win."). */

#define PC_TYPE_WINDOW (pc_window_get_type ())
G_DECLARE_FINAL_TYPE (PcWindow, pc_window, PC, WINDOW, GtkApplicationWindow)

/* @settings: where size and place are remembered, or NULL. */
GtkWidget       *pc_window_new (GtkApplication *app,
                                GSettings      *settings);
/* NULL until the files were read, soon after the first frame. */
PcContent       *pc_window_get_content (PcWindow *self);
/* Makes the page when it was never seen. */
PcExchangesPage *pc_window_get_exchanges (PcWindow *self);
PcLabPage       *pc_window_get_lab (PcWindow *self);
PcQuizPage      *pc_window_get_quiz (PcWindow *self);
PcProgressPage  *pc_window_get_progress (PcWindow *self);
PcLearning      *pc_window_get_learning (PcWindow *self);
/* NULL before the page of exchanges was seen. */
PcPresenter     *pc_window_get_presenter (PcWindow *self);
/* A scenario that somebody wrote. */
void             pc_window_open_file (PcWindow *self,
                                      GFile    *file);
/* A passing message, translated. */
void             pc_window_toast (PcWindow   *self,
                                  const char *text);

G_END_DECLS
