/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From the quiz to a class: the question that is asked here, or those that are
 * chosen first. */

#include "app/quiz-page.h"

#include "app/quiz-page-private.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

/* Takes over @vote; NULL when there are no questions. */
static void
begin (PcQuizPage *self,
       PcVote     *vote)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (vote == NULL) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("There is nothing to ask here."));
    return;
  }
  if (self->vote == NULL) {
    self->vote = pc_class_vote_new (GTK_WINDOW (root));
    g_signal_connect_object (self->vote, "ended",
                             G_CALLBACK (pc_quiz_page_update_actions), self,
                             G_CONNECT_SWAPPED);
  }
  pc_class_vote_start (self->vote, vote);
}

static void
begin_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcQuizPage *self = data;

  if (self->content != NULL)
    begin (self, pc_exam_setup_make_vote (self->vote_setup));
}

/* The question on show; when there is none, others are to be chosen, and when
 * they were, it begins. */
static void
vote_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcQuizPage *self = data;
  GActionGroup *group = G_ACTION_GROUP (self->actions);

  if (self->content == NULL)
    return;
  if (pc_exam_page_is_running (self->exam)) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("Hand in or leave the exam first."));
  } else if (g_str_equal (pc_quiz_page_get_view (self), "vote")) {
    g_action_group_activate_action (group, "vote-begin", NULL);
  } else if (self->session != NULL &&
             pc_session_get_item (self->session) != NULL) {
    const PcPick pick = { pc_session_get_bank (self->session),
                          pc_session_get_item (self->session) };

    begin (self, pc_vote_new (&pick, 1, pc_session_get_seed (self->session),
                              g_get_real_time ()));
  } else {
    g_action_group_activate_action (group, "quiz-mode",
                                    g_variant_new_string ("vote"));
  }
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_class_vote_save (PC_QUIZ_PAGE (data)->vote);
}

/* Without a dialog: for the session bus and for tests. */
static void
save_to_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  g_autoptr (GFile) file =
      g_file_new_for_path (g_variant_get_bytestring (parameter));

  pc_class_vote_save_to (PC_QUIZ_PAGE (data)->vote, file);
}

/* Whether there are tallies. */
void
pc_quiz_page_update_vote (PcQuizPage *self)
{
  static const char *const names[] = { "vote-save", "vote-save-to" };
  PcVote *vote =
      self->vote != NULL ? pc_class_vote_get_vote (self->vote) : NULL;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (
            G_ACTION_MAP (self->actions), names[i])),
        vote != NULL && pc_vote_count_all (vote) > 0);
}

void
pc_quiz_page_init_vote (PcQuizPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "quiz-vote", .activate = vote_cb },
    { .name = "vote-begin", .activate = begin_cb },
    { .name = "vote-save", .activate = save_cb },
    { .name = "vote-save-to",
      .activate = save_to_cb,
      .parameter_type = "ay" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

PcClassVote *
pc_quiz_page_get_vote (PcQuizPage *self)
{
  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), NULL);

  return self->vote;
}
