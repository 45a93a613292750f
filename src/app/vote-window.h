/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/projector-window.h"

#include "quiz/vote.h"

G_BEGIN_DECLS

/* A class vote on the projector: the question in type as large as fits, what
 * hands are raised for, the tally, and in the end what is right.  What is too
 * long for the smallest type scrolls.  Its buttons ask for actions "vote.…";
 * emits "call-out" (string) when a number was typed. */

#define PC_TYPE_VOTE_WINDOW (pc_vote_window_get_type ())
G_DECLARE_FINAL_TYPE (PcVoteWindow, pc_vote_window, PC, VOTE_WINDOW,
                      PcProjectorWindow)

GtkWidget *pc_vote_window_new (GtkApplication *app);
/* Shows how @vote stands; after each change of it. */
void       pc_vote_window_show (PcVoteWindow *self,
                                PcVote       *vote);
/* Where hands that are counted go; G_MAXUINT where there is nothing. */
guint      pc_vote_window_get_selected (PcVoteWindow *self);
void       pc_vote_window_select (PcVoteWindow *self,
                                  guint         choice);
/* By a step, when there is more than fits. */
void       pc_vote_window_scroll (PcVoteWindow *self,
                                  gboolean      down);
/* A line below the question; NULL for none. */
void       pc_vote_window_tell (PcVoteWindow *self,
                                const char   *text);
/* What the button that goes on says, for the notes too. */
const char *pc_vote_window_get_next (PcVote *vote);
/* How much larger than usual the question is set, to fit: 0.5 and up. */
double     pc_vote_window_get_scale (PcVoteWindow *self);

G_END_DECLS
