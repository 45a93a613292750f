/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/exchanges-page.h"

G_BEGIN_DECLS

/* Shows the exchange on a projector: the class sees it in large type, who
 * presents it has notes and a clock on a screen of his own.  Adds to the window
 * it belongs to the actions "present" and "presenter-notes"; both have a
 * state.  The keys work in both of its windows.  Emits "past-end" when somebody
 * asks for the step after the last one. */

#define PC_TYPE_PRESENTER (pc_presenter_get_type ())
G_DECLARE_FINAL_TYPE (PcPresenter, pc_presenter, PC, PRESENTER, GObject)

/* @window and @page live longer. */
PcPresenter *pc_presenter_new (GtkApplicationWindow *window,
                               PcExchangesPage      *page);
/* NULL while it is not there. */
GtkWindow   *pc_presenter_get_screen (PcPresenter *self);
GtkWindow   *pc_presenter_get_notes (PcPresenter *self);
/* What a key does, in both windows.  FALSE when it is none of ours. */
gboolean     pc_presenter_press (PcPresenter    *self,
                                 guint           key,
                                 GdkModifierType state);

G_END_DECLS
