/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/presenter.h"

#include "app/notes-window.h"
#include "app/present-window.h"
#include "app/stopwatch.h"

G_BEGIN_DECLS

/* Between presenter.c and presenter-keys.c. */

struct _PcPresenter
{
  GObject parent_instance;

  GtkApplicationWindow *window;
  PcExchangesPage      *page;
  PcPlayer             *player;
  GSimpleAction        *present;
  GSimpleAction        *show_notes;
  GSimpleActionGroup   *actions; /* of our windows: "presenter." */

  PcPresentWindow *screen;
  PcNotesWindow   *notes;
  PcStopwatch      watch;
  guint            clock_id;
  guint            until;    /* playing stops at this position; 0: it goes on */
  guint            typed;    /* number of a step */
  guint            typed_id;
  guint            cookie;   /* of what keeps the screen awake */
};

/* A blank screen shows the exchange again. */
void  pc_presenter_show_screen (PcPresenter *self);
guint pc_presenter_get_n_steps (PcPresenter *self);

/* Our keys and actions work in @window from now on. */
void  pc_presenter_adopt_window (PcPresenter *self,
                                 GtkWidget   *window);
/* Of a number that was typed, the digits so far. */
void  pc_presenter_forget_typed (PcPresenter *self);

G_END_DECLS
