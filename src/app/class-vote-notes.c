/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the teacher sees of a vote: the key, what to say about each answer, and
 * why. */

#include "app/class-vote-private.h"

#include "quiz/markup.h"
#include "quiz/record-answer.h"

#include <glib/gi18n-lib.h>

static const char *
get_language (void)
{
  return g_get_language_names ()[0];
}

static void
append_line (GString    *text,
             const char *line)
{
  g_autofree char *plain = pc_markup_to_plain (line);

  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, plain);
}

/* "B  143": every one that is right, else the answer in a line. */
static char *
dup_key (PcVote *vote)
{
  PcItem *item = pc_vote_get_item (vote);
  const char *line = pc_item_get_answer_line (item, get_language ());
  g_autoptr (GString) key = g_string_new (NULL);

  for (guint i = 0; i < pc_vote_get_n_choices (vote); i++) {
    g_autofree char *text = pc_vote_dup_text (vote, i, get_language ());
    g_autofree char *row = g_strdup_printf ("%c  %s", (char) ('A' + i), text);

    if (pc_vote_is_right (vote, i) && pc_vote_get_option (vote, i) >= 0)
      append_line (key, row);
  }
  if (pc_item_get_item_type (item) == PC_ITEM_NUMBER) {
    g_autofree char *number = pc_record_dup_key (item);

    append_line (key, number);
  }
  if (line != NULL)
    append_line (key, line);
  return g_strdup (key->str);
}

/* What to say about each answer, as they stand on the screen. */
static char *
dup_about (PcVote *vote)
{
  g_autoptr (GString) about = g_string_new (NULL);

  for (guint i = 0; i < pc_vote_get_n_choices (vote); i++) {
    const char *said = pc_vote_get_feedback (vote, i, get_language ());
    g_autofree char *row =
        said != NULL ? g_strdup_printf ("%c  %s", (char) ('A' + i), said)
                     : NULL;

    if (row != NULL)
      append_line (about, row);
  }
  return about->len > 0 ? g_strdup (about->str) : NULL;
}

static char *
dup_explanation (PcItem *item)
{
  g_autoptr (GString) all = g_string_new (NULL);

  for (guint i = 0; i < pc_item_get_n_sections (item); i++) {
    const char *text = pc_item_get_section_text (item, i, get_language ());

    if (text != NULL)
      append_line (all, text);
  }
  return all->len > 0 ? g_strdup (all->str) : NULL;
}

void
pc_class_vote_update_notes (PcClassVote *self)
{
  g_autofree char *place = NULL;
  g_autofree char *stem = NULL;
  g_autofree char *key = NULL;
  g_autofree char *about = NULL;
  g_autofree char *explanation = NULL;
  PcNotes notes = { 0 };
  PcItem *item;

  if (self->notes == NULL || self->vote == NULL)
    return;
  item = pc_vote_get_item (self->vote);
  place = g_strdup_printf (_ ("Question %u of %u"),
                           pc_vote_get_position (self->vote) + 1,
                           pc_vote_get_n_questions (self->vote));
  stem = pc_markup_to_plain (pc_item_get_stem (item, get_language ()));
  key = dup_key (self->vote);
  about = dup_about (self->vote);
  explanation = dup_explanation (item);
  notes.exchange = place;
  notes.title = stem;
  notes.note = key;
  notes.about = about;
  notes.explanation = explanation;
  notes.next = pc_vote_window_get_next (self->vote);
  pc_notes_window_show (self->notes, &notes);
}

void
pc_class_vote_update_clock (PcClassVote *self)
{
  g_autofree char *text = pc_stopwatch_format (
      pc_stopwatch_get (&self->watch, g_get_monotonic_time ()));

  if (self->notes != NULL)
    pc_notes_window_set_time (self->notes, text, self->watch.running);
}

static gboolean
clock_cb (gpointer data)
{
  pc_class_vote_update_clock (data);
  return G_SOURCE_CONTINUE;
}

void
pc_class_vote_close_notes (PcClassVote *self)
{
  GtkWindow *notes = GTK_WINDOW (self->notes);

  if (notes == NULL)
    return;
  self->notes = NULL;
  g_clear_handle_id (&self->clock_id, g_source_remove);
  gtk_window_destroy (notes);
}

static gboolean
close_notes_cb (PcClassVote *self)
{
  pc_class_vote_close_notes (self);
  return TRUE;
}

void
pc_class_vote_open_notes (PcClassVote *self)
{
  GtkWidget *notes;

  if (self->notes != NULL || self->screen == NULL)
    return;
  notes = pc_notes_window_new (gtk_window_get_application (self->window));
  self->notes = PC_NOTES_WINDOW (notes);
  pc_notes_window_set_plain (self->notes);
  /* So that it comes up there and not on the projector. */
  gtk_window_set_transient_for (GTK_WINDOW (notes), self->window);
  pc_class_vote_adopt_window (self, notes);
  /* Its buttons are those of presenting. */
  gtk_widget_insert_action_group (notes, "presenter",
                                  G_ACTION_GROUP (self->actions));
  g_signal_connect_object (notes, "close-request",
                           G_CALLBACK (close_notes_cb), self,
                           G_CONNECT_SWAPPED);
  pc_class_vote_update_notes (self);
  pc_class_vote_update_clock (self);
  self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
  gtk_window_present (GTK_WINDOW (notes));
}
