/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/vote.h"

G_BEGIN_DECLS

/* Leads a class through questions: on the projector the question, the vote
 * and the key, then the exchange that proves it; for the teacher the key and
 * what it means, in a window of notes.  Nothing is recorded of a learner; the
 * tallies can be saved.  Works in the window it is made for, by its actions
 * "watch" and "present".  Emits "ended" when the class sees it no more. */

#define PC_TYPE_CLASS_VOTE (pc_class_vote_get_type ())
G_DECLARE_FINAL_TYPE (PcClassVote, pc_class_vote, PC, CLASS_VOTE, GObject)

/* @window lives longer. */
PcClassVote *pc_class_vote_new (GtkWindow *window);
/* Ends what went on, and shows the first question.  Takes over @vote. */
void         pc_class_vote_start (PcClassVote *self,
                                  PcVote      *vote);
/* The vote that goes on, or else the last one; NULL before the first. */
PcVote      *pc_class_vote_get_vote (PcClassVote *self);
/* NULL while it is not there. */
GtkWindow   *pc_class_vote_get_screen (PcClassVote *self);
GtkWindow   *pc_class_vote_get_notes (PcClassVote *self);
/* What a key does, in both windows.  FALSE when it is none of ours. */
gboolean     pc_class_vote_press (PcClassVote    *self,
                                  guint           key,
                                  GdkModifierType state);
/* Saves the tallies as a result file: where, one is asked. */
void         pc_class_vote_save (PcClassVote *self);
/* The same without asking. */
void         pc_class_vote_save_to (PcClassVote *self,
                                    GFile       *file);

G_END_DECLS
