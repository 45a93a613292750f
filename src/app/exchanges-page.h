/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "diagram/diagram.h"
#include "timeline/player.h"

G_BEGIN_DECLS

/* The place where one watches: list of scenarios, stage with transport bar,
 * inspector.  Opening a scenario runs it, on real sockets. */

#define PC_TYPE_EXCHANGES_PAGE (pc_exchanges_page_get_type ())
G_DECLARE_FINAL_TYPE (PcExchangesPage, pc_exchanges_page, PC, EXCHANGES_PAGE,
                      GtkWidget)

GtkWidget *pc_exchanges_page_new (void);
/* Its commands, for the window: "first", "back", "play", "forward", "last",
 * "faster", "slower", "speed" (s), "run-again", "search", "open" (s),
 * "export" (s), "export-to" (say), "copy-as" (s), "wireshark", "sidebar",
 * "inspector", "reveal", "predict". */
void       pc_exchanges_page_add_actions (PcExchangesPage *self,
                                          GActionMap      *map);
/* Fills the list; opens the first scenario when none was asked for. */
void       pc_exchanges_page_set_content (PcExchangesPage *self,
                                          PcContent       *content);
/* Runs @scenario and shows the step with @mark, the first when NULL.  Before
 * the content is there it is kept for later.  FALSE when there is no such
 * scenario. */
gboolean   pc_exchanges_page_open (PcExchangesPage *self,
                                   const char      *scenario,
                                   const char      *mark);
/* A scenario that somebody wrote: it comes into the list and is shown when it
 * was read.  What is no scenario is told so, and nothing else changes. */
void       pc_exchanges_page_open_file (PcExchangesPage *self,
                                        GFile           *file);
/* Where speed, sides, predictions and recent exchanges are remembered; once,
 * before the content.  NULL: nowhere. */
void       pc_exchanges_page_set_settings (PcExchangesPage *self,
                                           GSettings       *settings);
void       pc_exchanges_page_save_state (PcExchangesPage *self);
/* Owned by the page. */
GMenuModel *pc_exchanges_page_get_recent_menu (PcExchangesPage *self);
PcPlayer  *pc_exchanges_page_get_player (PcExchangesPage *self);
/* What the stage shows or is about to; NULL before the first. */
PcScenario *pc_exchanges_page_get_scenario (PcExchangesPage *self);
/* The file that it comes from, also where nothing of it can be watched; NULL
 * for none. */
const char *pc_exchanges_page_get_path (PcExchangesPage *self);
/* NULL before the first exchange. */
PcDiagram *pc_exchanges_page_get_diagram (PcExchangesPage *self);
/* While the exchange is presented, nothing is asked. */
void       pc_exchanges_page_set_presenting (PcExchangesPage *self,
                                             gboolean         presenting);
/* What is still to come is hidden, since somebody is to predict it. */
gboolean   pc_exchanges_page_get_hide_future (PcExchangesPage *self);
/* No run under way. */
gboolean   pc_exchanges_page_is_idle (PcExchangesPage *self);

G_END_DECLS
