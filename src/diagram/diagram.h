/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* The sequence diagram of a player's timeline: the actors' cards and, below
 * them, a list of drawn rows.  Shows the player's moment, follows it when it
 * changes, and drives it while it plays: the owner of the player need not
 * call pc_player_advance (), only show one diagram.  Clicking a step and the
 * keys Up, Down, Home and End show that step. */

#define PC_TYPE_DIAGRAM (pc_diagram_get_type ())
G_DECLARE_FINAL_TYPE (PcDiagram, pc_diagram, PC, DIAGRAM, GtkWidget)

GtkWidget *pc_diagram_new (void);
/* Property "player"; NULL shows nothing.  Keeps a reference. */
void       pc_diagram_set_player (PcDiagram *self,
                                  PcPlayer  *player);
PcPlayer  *pc_diagram_get_player (PcDiagram *self);
/* Property "show-secrets": passwords as they crossed the wire. */
void       pc_diagram_set_show_secrets (PcDiagram *self,
                                        gboolean   show_secrets);
gboolean   pc_diagram_get_show_secrets (PcDiagram *self);
/* Property "hide-future": steps that have not begun are not shown, nor told:
 * somebody is to say what comes next.  Nothing is folded meanwhile: the name
 * of a group tells how it ends. */
void       pc_diagram_set_hide_future (PcDiagram *self,
                                       gboolean   hide_future);
/* Shows only the steps in @steps, by their index, with a row for every run of
 * others that says how many; NULL shows all again, and so does another
 * timeline. */
void       pc_diagram_set_filter (PcDiagram *self,
                                  GtkBitset *steps);
/* Dims all but the current step. */
void       pc_diagram_set_spotlight (PcDiagram *self,
                                     gboolean   spotlight);
/* FALSE: another diagram of the same player drives it.  TRUE at first. */
void       pc_diagram_set_driving (PcDiagram *self,
                                   gboolean   driving);

G_END_DECLS
