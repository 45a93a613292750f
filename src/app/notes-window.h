/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What only the presenter sees: the note of this step, what comes next, and
 * how long it has taken.  Shows what it is told; its buttons ask for the
 * actions "presenter.back", "presenter.next", "presenter.spotlight",
 * "presenter.blank", "presenter.pause" and "presenter.reset". */

typedef struct
{
  const char *exchange;    /* title of the scenario, or NULL */
  const char *title;       /* of the current step, or NULL */
  const char *explanation; /* of the same, or NULL */
  const char *note;        /* or NULL */
  guint       note_step;   /* the note belongs to this earlier step; or 0 */
  const char *about;       /* the whole, or NULL */
  const char *next;        /* title of the next step; NULL at the end */
  gboolean    hide_next;   /* nothing is said of it */
  guint       number;      /* of the current step, 1 and up; 0: none */
  guint       n_steps;
} PcNotes;

#define PC_TYPE_NOTES_WINDOW (pc_notes_window_get_type ())
G_DECLARE_FINAL_TYPE (PcNotesWindow, pc_notes_window, PC, NOTES_WINDOW,
                      GtkWindow)

GtkWidget *pc_notes_window_new (GtkApplication *app);
void       pc_notes_window_show (PcNotesWindow *self,
                                 const PcNotes *notes);
/* Notes of something else than an exchange: what only a diagram has is not
 * offered. */
void       pc_notes_window_set_plain (PcNotesWindow *self);
/* @time: as it is to be read. */
void       pc_notes_window_set_time (PcNotesWindow *self,
                                     const char    *time,
                                     gboolean       running);

G_END_DECLS
