/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/exchanges-page.h"

#include "app/compare-list.h"
#include "app/compare-view.h"
#include "app/find-bar.h"
#include "app/fold.h"
#include "app/inspector.h"
#include "app/opened-file.h"
#include "app/predict-card.h"
#include "app/recent.h"
#include "app/stage-head.h"
#include "app/transport.h"

#include "diagram/diagram.h"

G_BEGIN_DECLS

/* Between exchanges-page.c, exchanges-actions.c and exchanges-compare.c. */

struct _PcExchangesPage
{
  GtkWidget parent_instance;

  PcFold         *fold;
  GtkSearchEntry *search;
  GtkListBox     *list;
  PcCompareList  *compare_list;
  GtkStack       *stage;
  GtkSpinner     *spinner;
  GtkLabel       *empty_title;
  GtkLabel       *empty_text;
  PcStageHead    *head;
  GtkWidget      *canvas;
  PcPredictCard  *predict;
  PcTransport    *transport;
  PcInspector    *inspector;

  PcDiagram          *diagram; /* made with the first exchange */
  PcCompareView      *compare; /* made with the first comparison */
  PcComparison       *comparison; /* in place of a scenario, which is NULL */
  PcContent          *content;
  PcScenario         *scenario; /* what the stage shows or is about to */
  PcScenario         *variant;  /* of it, under another security; or NULL */
  PcTimeline         *timeline; /* the whole; the player may have a view */
  PcPlayer           *player;
  char               *mark;     /* to show when the run is over */
  char               *wanted;   /* scenario asked for before the content came */
  GCancellable       *cancellable;
  GSimpleActionGroup *actions;
  char              **words; /* of the search, folded */
  guint               spinner_id;
  gboolean            tabbing; /* Tab is moving the focus */

  /* exchanges-files.c */
  GPtrArray    *files;    /* PcOpenedFile; those with a row and new ones */
  PcOpenedFile *file;     /* what the stage shows comes from it; or NULL */
  GtkWidget    *mistakes; /* its page; made when it is needed, like the bar */
  GtkWidget    *file_bar;
  guint         keep; /* number of the step to show after the run; or 0 */

  PcFindBar *find; /* made when it is needed */
  gboolean   presenting;

  /* exchanges-memory.c */
  GSettings *settings; /* or NULL */
  PcRecent  *recent;
  GtkWidget *welcome;
  gboolean   play;     /* once the run is over */
  gboolean   starting; /* nobody chose what is opened */
};

/* Runs what is chosen, anew. */
void           pc_exchanges_page_run (PcExchangesPage *self);
/* What a run does to the page: a spinner when it takes long, and a cancellable
 * that the next run cancels.  Borrowed. */
GCancellable  *pc_exchanges_page_begin_run (PcExchangesPage *self);
void           pc_exchanges_page_end_run (PcExchangesPage *self);
/* The run that was begun came to nothing. */
void           pc_exchanges_page_show_failure (PcExchangesPage *self,
                                               const char      *message);
/* The step that the player is at, in the inspector. */
void           pc_exchanges_page_show_current (PcExchangesPage *self);

/* exchanges-predict.c: once the player is there. */
void           pc_exchanges_page_init_predict (PcExchangesPage *self);
/* Whether anything is asked, and what is to come hidden, here. */
void           pc_exchanges_page_update_predict (PcExchangesPage *self);
/* TRUE when there is something to come that nobody may be told; then the
 * person was told so. */
gboolean       pc_exchanges_page_refuse_to_tell (PcExchangesPage *self);

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

void           pc_exchanges_page_open_scenario (PcExchangesPage *self,
                                                PcScenario      *scenario);
/* Whatever the window shows: a command for this page may come from its menu. */
void           pc_exchanges_page_come_forward (PcExchangesPage *self);
/* The first of the list, for want of a choice. */
void           pc_exchanges_page_open_first (PcExchangesPage *self);

/* exchanges-files.c */
void           pc_exchanges_page_init_files (PcExchangesPage *self);
/* Its exchange, or its mistakes. @file was read. */
void           pc_exchanges_page_show_file (PcExchangesPage *self,
                                            PcOpenedFile    *file);
/* Finds out which file @self->scenario comes from. */
void           pc_exchanges_page_follow_scenario (PcExchangesPage *self);
gboolean       pc_exchanges_page_has_files (PcExchangesPage *self);

/* exchanges-find.c */
void           pc_exchanges_page_init_find (PcExchangesPage *self);

/* exchanges-security.c */
void           pc_exchanges_page_init_security (PcExchangesPage *self);
/* Back to @self->scenario, or none, as it is written. */
void           pc_exchanges_page_reset_security (PcExchangesPage *self);

/* exchanges-memory.c */
void           pc_exchanges_page_init_memory (PcExchangesPage *self);
/* What the stage shows becomes the first of the recent ones. */
void           pc_exchanges_page_remember (PcExchangesPage *self);
/* Where nothing was asked for: the welcome to who is new, else the first of
 * the list. */
void           pc_exchanges_page_begin (PcExchangesPage *self);

G_END_DECLS
