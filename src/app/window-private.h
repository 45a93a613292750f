/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/window.h"

#include "app/toasts.h"

G_BEGIN_DECLS

/* Between window.c and window-actions.c. */

struct _PcWindow
{
  GtkApplicationWindow parent_instance;

  PcToasts      *toasts;
  GtkStack      *places;
  GtkWidget     *sidebar_button;
  GtkWidget     *inspector_button;
  GtkMenuButton *menu_button;
  GtkWidget     *banner;
  GtkLabel      *banner_label;
  GtkWidget     *record_banner;
  GtkLabel      *record_label;
  GtkWidget     *record_retry;
  GtkWidget     *armed_banner;
  GtkLabel      *armed_label;

  PcExchangesPage *exchanges;
  PcLabPage       *lab;
  PcQuizPage      *quiz;
  PcProgressPage  *progress;
  PcPresenter     *presenter;
  PcLearning      *learning;
  PcContent       *content;
  GSettings       *settings;
  GCancellable    *cancellable;
  guint            load_id;
  gboolean         closes_anyway; /* although something is not saved */
};

/* window-actions.c: the commands, their keys, and files that are dropped.
 * Before the template, whose buttons name them. */
void pc_window_init_actions (PcWindow *self);

G_END_DECLS
