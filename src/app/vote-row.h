/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/vote.h"

G_BEGIN_DECLS

/* One thing that hands are raised for, in a class vote: its letter, its text,
 * a count while hands are counted, bars afterwards, and in the end whether it
 * was right.  Its buttons ask for the actions "vote.more" and "vote.fewer"
 * (u: the choice). */

#define PC_TYPE_VOTE_ROW (pc_vote_row_get_type ())
G_DECLARE_FINAL_TYPE (PcVoteRow, pc_vote_row, PC, VOTE_ROW, GtkListBoxRow)

GtkWidget *pc_vote_row_new (guint choice);
/* Shows how the choice stands. */
void       pc_vote_row_show (PcVoteRow  *self,
                             PcVote     *vote,
                             const char *language);
guint      pc_vote_row_get_choice (PcVoteRow *self);

G_END_DECLS
