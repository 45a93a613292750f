/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From a question to what happens on the wire: the exchange that shows it, and
 * the lab, where the answer is tried beside the right one.  The question stays
 * as it is meanwhile. */

#include "app/quiz-page-private.h"
#include "app/window.h"

/* The one on show; in an exam only when it is over. */
static PcItem *
get_item (PcQuizPage *self)
{
  PcExam *exam = pc_exam_page_get_exam (self->exam);

  if (self->session != NULL)
    return pc_session_get_item (self->session);
  if (exam == NULL || !pc_exam_is_over (exam))
    return NULL;
  return pc_exam_get_pick (exam, pc_exam_get_position (exam))->item;
}

/* The one on show and its answer are explained. */
static gboolean
is_explained (PcQuizPage *self)
{
  return self->session != NULL ? pc_session_get_answer (self->session) != NULL
                               : get_item (self) != NULL;
}

/* Settings that the answer on show stands for; or NULL.  Transfer full. */
static PcAttempt *
make_attempt (PcQuizPage *self)
{
  PcExam *exam = pc_exam_page_get_exam (self->exam);
  PcItem *item = get_item (self);
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };

  if (item == NULL || !is_explained (self))
    return NULL;
  if (self->session != NULL)
    return pc_attempt_new (item,
                           &pc_session_get_answer (self->session)->answer);
  pc_answer_from_string (
      pc_exam_get_choice (exam, pc_exam_get_position (exam)), item, &answer);
  return pc_attempt_new (item, &answer);
}

/* -- exchanges ------------------------------------------------------------ */

/* Whether the page of exchanges hides what is to come. */
static void
set_predicting (PcQuizPage *self,
                gboolean    predicting)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GActionGroup *window;
  g_autoptr (GVariant) state = NULL;

  if (!PC_IS_WINDOW (root))
    return;
  pc_window_get_exchanges (PC_WINDOW (root));
  window = G_ACTION_GROUP (root);
  state = g_action_group_get_action_state (window, "predict");
  /* Whoever predicts anyway goes on. */
  if (predicting ? g_variant_get_boolean (state) : !self->hides_future)
    return;
  self->hides_future = predicting;
  g_action_group_change_action_state (window, "predict",
                                      g_variant_new_boolean (predicting));
}

static void
watch (PcQuizPage *self)
{
  PcItem *item = get_item (self);
  const char *step = pc_item_get_scenario_step (item);

  gtk_widget_activate_action (GTK_WIDGET (self), "win.watch", "(ss)",
                              pc_item_get_scenario (item),
                              step != NULL ? step : "");
}

static void
watch_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  set_predicting (data, FALSE);
  watch (data);
}

/* What comes next is the question, so the exchange must not tell it. */
static void
watch_up_to_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       data)
{
  PcQuizPage *self = data;

  set_predicting (self, TRUE);
  watch (self);
}

/* -- the lab -------------------------------------------------------------- */

static void
try_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  PcQuizPage *self = data;
  g_autoptr (PcAttempt) attempt = make_attempt (self);

  if (attempt != NULL)
    gtk_widget_activate_action_variant (GTK_WIDGET (self), "win.lab-try",
                                        pc_lab_answer_for_attempt (attempt));
}

/* -- for quiz-page.c ------------------------------------------------------ */

gboolean
pc_quiz_page_take_watch_key (PcQuizPage *self,
                             guint       key)
{
  if (gdk_keyval_to_lower (key) != GDK_KEY_t ||
      !g_action_group_get_action_enabled (G_ACTION_GROUP (self->actions),
                                          "quiz-try"))
    return GDK_EVENT_PROPAGATE;
  g_action_group_activate_action (G_ACTION_GROUP (self->actions), "quiz-try",
                                  NULL);
  return GDK_EVENT_STOP;
}

void
pc_quiz_page_update_watch (PcQuizPage *self)
{
  PcItem *item = get_item (self);
  g_autoptr (PcAttempt) attempt = make_attempt (self);

  pc_quiz_page_set_enabled (self, "quiz-watch",
                            is_explained (self) &&
                                pc_item_get_scenario (item) != NULL);
  pc_quiz_page_set_enabled (self, "quiz-watch-up-to",
                            pc_quiz_page_is_asking (self) &&
                                pc_item_get_scenario_step (item) != NULL);
  pc_quiz_page_set_enabled (self, "quiz-try", attempt != NULL);
}

void
pc_quiz_page_init_watch (PcQuizPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "quiz-watch", .activate = watch_cb },
    { .name = "quiz-watch-up-to", .activate = watch_up_to_cb },
    { .name = "quiz-try", .activate = try_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
