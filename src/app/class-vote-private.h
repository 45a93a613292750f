/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "app/class-vote.h"

#include "app/notes-window.h"
#include "app/stopwatch.h"
#include "app/vote-window.h"

G_BEGIN_DECLS

/* Between class-vote.c, class-vote-keys.c and class-vote-notes.c. */

struct _PcClassVote
{
  GObject parent_instance;

  GtkWindow          *window;
  GSimpleActionGroup *actions; /* of our windows: "vote." */
  PcVote             *vote;
  PcVoteWindow       *screen;
  PcNotesWindow      *notes;
  PcStopwatch         watch;
  guint               clock_id;
  guint               cookie;   /* of what keeps the screen awake */
  guint               open_id;  /* waits for the exchange */
  gint64              open_end; /* and no longer than this */
  gboolean            playing;  /* the exchange is on the screen */
  gint64              typed_at; /* the digit before */
};

/* Shows how the vote stands, in both windows. */
void pc_class_vote_update (PcClassVote *self);
/* Our keys and actions work in @window from now on. */
void pc_class_vote_adopt_window (PcClassVote *self,
                                 GtkWidget   *window);
void pc_class_vote_open_notes (PcClassVote *self);
void pc_class_vote_close_notes (PcClassVote *self);
void pc_class_vote_update_notes (PcClassVote *self);
void pc_class_vote_update_clock (PcClassVote *self);

G_END_DECLS
