/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/exchanges-page.h"

#include "app/fold.h"
#include "app/inspector.h"
#include "app/stage-head.h"
#include "app/transport.h"

#include "diagram/diagram.h"

G_BEGIN_DECLS

/* Between exchanges-page.c and exchanges-actions.c. */

struct _PcExchangesPage
{
  GtkWidget parent_instance;

  PcFold         *fold;
  GtkSearchEntry *search;
  GtkListBox     *list;
  GtkStack       *stage;
  GtkSpinner     *spinner;
  GtkLabel       *empty_title;
  GtkLabel       *empty_text;
  PcStageHead    *head;
  GtkWidget      *canvas;
  PcTransport    *transport;
  PcInspector    *inspector;

  PcDiagram          *diagram; /* made with the first exchange */
  PcContent          *content;
  PcScenario         *scenario; /* what the stage shows or is about to */
  PcTimeline         *timeline; /* the whole; the player may have a view */
  PcPlayer           *player;
  char               *mark;     /* to show when the run is over */
  char               *wanted;   /* scenario asked for before the content came */
  GCancellable       *cancellable;
  GSimpleActionGroup *actions;
  char              **words; /* of the search, folded */
  guint               spinner_id;
};

/* Runs what is chosen, anew. */
void           pc_exchanges_page_run (PcExchangesPage *self);
/* The step that the player is at, in the inspector. */
void           pc_exchanges_page_show_current (PcExchangesPage *self);

/* Makes the commands, and listens to the keys; once, with the template's
 * children there. */
void           pc_exchanges_page_init_actions (PcExchangesPage *self);
/* Only what can be done now is enabled. */
void           pc_exchanges_page_update_actions (PcExchangesPage *self);
/* The same for the commands of exchanges-export.c. */
void           pc_exchanges_page_init_export (PcExchangesPage *self);
void           pc_exchanges_page_update_export (PcExchangesPage *self);
/* Borrowed; not for those that stand for a property of a child. */
GSimpleAction *pc_exchanges_page_get_action (PcExchangesPage *self,
                                             const char      *name);

G_END_DECLS
