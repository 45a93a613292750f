/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads through a session; its answers go to the record by way of
 * PcLearning.  When they cannot be written the window says so and the quiz
 * goes on: practising without a record is better than none. */

#include "app/quiz-page.h"

#include "app/quiz-page-private.h"
#include "app/tab-stop.h"
#include "app/toasts.h"
#include "app/window.h"

#include "quiz/record-answer.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PcQuizPage, pc_quiz_page, GTK_TYPE_WIDGET)

static void
set_enabled (PcQuizPage *self,
             const char *name,
             gboolean    enabled)
{
  GAction *action =
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static gboolean
is_asking (PcQuizPage *self)
{
  return self->session != NULL && !pc_session_is_finished (self->session) &&
         pc_session_get_answer (self->session) == NULL;
}

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

static void
update_actions (PcQuizPage *self)
{
  gboolean asking = is_asking (self);
  gboolean answered =
      self->session != NULL && pc_session_get_answer (self->session) != NULL;
  PcItem *item = get_item (self);
  gboolean review = self->session == NULL && item != NULL;

  set_enabled (self, "quiz-choose", asking);
  set_enabled (self, "quiz-certainty", asking);
  set_enabled (self, "quiz-hint", asking);
  set_enabled (self, "quiz-submit", asking);
  set_enabled (self, "quiz-next", answered);
  set_enabled (self, "quiz-watch",
               (answered || review) && pc_item_get_scenario (item) != NULL);
  set_enabled (self, "quiz-watch-up-to",
               asking && pc_item_get_scenario_step (item) != NULL);
  set_enabled (self, "quiz-related", answered);
  set_enabled (self, "quiz-again", self->session != NULL);
  set_enabled (self, "quiz-leave", self->session != NULL);
}

/* -- record --------------------------------------------------------------- */

static void
save_answer (PcQuizPage            *self,
             const PcSessionAnswer *answer)
{
  g_autofree char *order = pc_session_dup_option_order (self->session);
  const PcRecordSitting sitting = {
    .session = self->sitting,
    .mode = self->mode,
    .seed = pc_session_get_seed (self->session),
    .number = pc_session_get_n_answers (self->session),
    .time_us = g_get_real_time (),
  };

  pc_learning_add (self->learning,
                   pc_record_answer_new (answer,
                                         pc_session_get_bank (self->session),
                                         order, &sitting));
}

/* -- course --------------------------------------------------------------- */

static void
question_changed_cb (PcQuizPage *self)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };

  if (!is_asking (self))
    return;
  set_enabled (self, "quiz-submit",
               pc_question_view_get_answer (self->question, &answer));
}

static void
put_aside (PcQuizPage *self)
{
  self->outer = g_steal_pointer (&self->session);
  self->outer_sitting = g_steal_pointer (&self->sitting);
  self->outer_only = g_steal_pointer (&self->only);
  self->outer_mode = g_strdup (self->mode);
}

static void
forget_outer (PcQuizPage *self)
{
  g_clear_pointer (&self->outer, pc_session_free);
  g_clear_pointer (&self->outer_sitting, g_free);
  g_clear_pointer (&self->outer_only, g_free);
  g_clear_pointer (&self->outer_mode, g_free);
}

/* To the session that waits for the end of a related question. */
static void
come_back (PcQuizPage *self)
{
  g_clear_pointer (&self->session, pc_session_free);
  g_free (self->sitting);
  g_free (self->only);
  self->session = g_steal_pointer (&self->outer);
  self->sitting = g_steal_pointer (&self->outer_sitting);
  self->only = g_steal_pointer (&self->outer_only);
  g_free (self->mode);
  self->mode = g_steal_pointer (&self->outer_mode);
  pc_session_next (self->session);
}

static void
show_current (PcQuizPage *self)
{
  if (self->outer != NULL && pc_session_is_finished (self->session))
    come_back (self);
  if (pc_session_is_finished (self->session)) {
    gtk_stack_set_visible_child_name (self->stack, "summary");
    pc_summary_view_show (self->summary, self->session);
  } else {
    gtk_stack_set_visible_child_name (self->stack, "question");
    pc_question_view_ask (self->question, self->session);
    self->asked_at = g_get_monotonic_time ();
  }
  update_actions (self);
  question_changed_cb (self);
}

/* @item: this one only; NULL for the whole bank. */
static void
start (PcQuizPage *self,
       PcBank     *bank,
       const char *item)
{
  g_autofree char *only = g_strdup (item);
  const char *items[] = { only, NULL };
  PcSessionOptions options = {
    .mode = PC_SESSION_PRACTICE,
    .seed = ((guint64) g_random_int () << 32) | g_random_int (),
    .items = item != NULL ? items : NULL,
  };
  g_autoptr (PcBank) held = g_object_ref (bank);

  g_clear_pointer (&self->session, pc_session_free);
  g_free (self->sitting);
  self->sitting = g_uuid_string_random ();
  self->session = pc_session_new (held, &options);
  g_free (self->only);
  self->only = g_steal_pointer (&only);
  g_free (self->mode);
  self->mode = g_strdup ("practice");
  show_current (self);
}

static void
next (PcQuizPage *self)
{
  if (self->session == NULL || is_asking (self))
    return;
  pc_session_next (self->session);
  show_current (self);
}

static void
submit (PcQuizPage *self)
{
  const PcSessionAnswer *given;
  PcCertainty certainty =
      pc_question_view_get_certainty (self->question);
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  gboolean exam;

  if (!is_asking (self))
    return;
  exam = pc_session_get_mode (self->session) == PC_SESSION_EXAM;
  if (!pc_question_view_get_answer (self->question, &answer) ||
      (!exam && certainty == PC_CERTAINTY_UNASKED)) {
    pc_question_view_focus_missing (self->question);
    return;
  }
  given = pc_session_answer (self->session, &answer, certainty,
                             g_get_monotonic_time () - self->asked_at);
  save_answer (self, given);
  if (exam) { /* nothing is told before the end */
    next (self);
    return;
  }
  /* First, since the focus goes to a button of theirs. */
  update_actions (self);
  pc_question_view_reveal (self->question, given);
}

static void
leave (PcQuizPage *self)
{
  forget_outer (self);
  g_clear_pointer (&self->session, pc_session_free);
  gtk_stack_set_visible_child_name (self->stack, "choose");
  pc_quiz_start_update (self->start);
  pc_learning_load (self->learning);
  gtk_widget_grab_focus (GTK_WIDGET (self->start));
  update_actions (self);
}

/* -- commands ------------------------------------------------------------- */

static void
start_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcQuizPage *self = data;
  const char *scope = g_variant_get_string (parameter, NULL);

  if (self->content == NULL || pc_exam_page_is_running (self->exam))
    return;
  if (*scope != '\0' && pc_content_find_bank (self->content, scope) == NULL)
    return;
  forget_outer (self);
  pc_quiz_page_start_mode (self, "practice", scope);
}

static void
choose_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  int key = g_variant_get_int32 (parameter);

  if (key > 0)
    pc_question_view_choose (PC_QUIZ_PAGE (data)->question, (guint) key);
}

static void
certainty_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  static const char *const names[] = { "guess", "fairly", "sure" };
  PcQuizPage *self = data;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], g_variant_get_string (parameter, NULL)))
      pc_question_view_set_certainty (self->question,
                                      (PcCertainty) (PC_CERTAINTY_GUESS + i));
}

static void
hint_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcQuizPage *self = data;

  pc_session_use_hint (self->session);
  pc_question_view_show_hint (self->question);
}

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

/* One question in between; then the session goes on. */
static void
related_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcQuizPage *self = data;
  g_autoptr (PcBank) bank =
      g_object_ref (pc_session_get_bank (self->session));
  const char *item = g_variant_get_string (parameter, NULL);

  if (pc_bank_lookup (bank, item) == NULL)
    return;
  if (self->outer == NULL)
    put_aside (self);
  start (self, bank, item);
}

static void
course_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcQuizPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "quiz-submit"))
    submit (self);
  else if (g_str_equal (name, "quiz-next"))
    next (self);
  else if (g_str_equal (name, "quiz-leave"))
    leave (self);
  else if (self->session != NULL && self->only != NULL)
    start (self, pc_session_get_bank (self->session), self->only);
  else if (self->session != NULL)
    pc_quiz_page_start_mode (self, self->mode, self->scope);
}

static const GActionEntry entries[] = {
  { .name = "quiz-start", .activate = start_cb, .parameter_type = "s" },
  { .name = "quiz-choose", .activate = choose_cb, .parameter_type = "i" },
  { .name = "quiz-certainty",
    .activate = certainty_cb,
    .parameter_type = "s" },
  { .name = "quiz-hint", .activate = hint_cb },
  { .name = "quiz-submit", .activate = course_cb },
  { .name = "quiz-next", .activate = course_cb },
  { .name = "quiz-watch", .activate = watch_cb },
  { .name = "quiz-watch-up-to", .activate = watch_up_to_cb },
  { .name = "quiz-related",
    .activate = related_cb,
    .parameter_type = "s" },
  { .name = "quiz-again", .activate = course_cb },
  { .name = "quiz-leave", .activate = course_cb },
};

/* -- keys ----------------------------------------------------------------- */

/* Enter opens a list and chooses in it; while one is closed and nothing else
 * is missing, it answers. */
static gboolean
is_for_list (PcQuizPage *self,
             GtkWidget  *focus)
{
  return gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) != NULL ||
         (gtk_widget_get_ancestor (focus, GTK_TYPE_DROP_DOWN) != NULL &&
          !g_action_group_get_action_enabled (
              G_ACTION_GROUP (self->actions), "quiz-submit"));
}

static gboolean
enter_pressed (PcQuizPage *self,
               GtkWidget  *focus)
{
  /* Lists and switches have an Enter of their own. */
  if (focus != NULL && (GTK_IS_SWITCH (focus) || is_for_list (self, focus)))
    return GDK_EVENT_PROPAGATE;
  if (!is_asking (self)) {
    /* On another button, Enter is that button's. */
    if (GTK_IS_BUTTON (focus) && !GTK_IS_TOGGLE_BUTTON (focus))
      return GDK_EVENT_PROPAGATE;
    next (self);
    return GDK_EVENT_STOP;
  }
  if (pc_question_view_take_focused_certainty (self->question) ||
      GTK_IS_TOGGLE_BUTTON (focus) || !GTK_IS_BUTTON (focus)) {
    submit (self);
    return GDK_EVENT_STOP;
  }
  return GDK_EVENT_PROPAGATE;
}

static gboolean
key_pressed_cb (PcQuizPage     *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  GtkWidget *focus =
      gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack),
                 "question") != 0 ||
      state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter ||
      key == GDK_KEY_ISO_Enter)
    return enter_pressed (self, focus);
  if (GTK_IS_EDITABLE (focus) || !is_asking (self))
    return GDK_EVENT_PROPAGATE;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    return pc_question_view_choose (self->question, key - GDK_KEY_0);
  if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    return pc_question_view_choose (self->question, key - GDK_KEY_KP_0);
  return GDK_EVENT_PROPAGATE;
}

/* -- for quiz-modes.c ------------------------------------------------------ */

void
pc_quiz_page_show_current (PcQuizPage *self)
{
  show_current (self);
}

void
pc_quiz_page_update_actions (PcQuizPage *self)
{
  update_actions (self);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  PcQuizPage *self = PC_QUIZ_PAGE (widget);
  const char *view = gtk_stack_get_visible_child_name (self->stack);

  if (g_strcmp0 (view, "question") == 0 && is_asking (self)) {
    pc_question_view_focus_answer (self->question);
    return TRUE;
  }
  return gtk_widget_grab_focus (gtk_stack_get_visible_child (self->stack));
}

static void
dispose (GObject *object)
{
  PcQuizPage *self = PC_QUIZ_PAGE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  forget_outer (self);
  g_clear_pointer (&self->session, pc_session_free);
  g_clear_pointer (&self->sitting, g_free);
  g_clear_pointer (&self->only, g_free);
  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->scope, g_free);
  g_clear_object (&self->learning);
  g_clear_object (&self->content);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_quiz_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcQuizPage, name)

static void
pc_quiz_page_class_init (PcQuizPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_EXAM_PAGE);
  g_type_ensure (PC_TYPE_EXAM_SETUP);
  g_type_ensure (PC_TYPE_QUESTION_VIEW);
  g_type_ensure (PC_TYPE_QUIZ_START);
  g_type_ensure (PC_TYPE_SUMMARY_VIEW);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->grab_focus = grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/quiz-page.ui");
  BIND (box);
  BIND (stack);
  BIND (start);
  BIND (setup);
  BIND (exam);
  BIND (question);
  BIND (summary);
  gtk_widget_class_bind_template_callback (widget_class,
                                           question_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, leave);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
}

#undef BIND

static void
pc_quiz_page_init (PcQuizPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  pc_quiz_page_init_modes (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update_actions (self);
}

GtkWidget *
pc_quiz_page_new (void)
{
  return g_object_new (PC_TYPE_QUIZ_PAGE, NULL);
}

void
pc_quiz_page_add_actions (PcQuizPage *self,
                          GActionMap *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (PC_IS_QUIZ_PAGE (self));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        map, g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                         names[i]));
  pc_exam_page_add_actions (self->exam, map);
}

/* Somebody else sits down. */
static void
learner_cb (PcQuizPage *self)
{
  pc_exam_page_suspend (self->exam);
  if (self->content == NULL)
    return;
  forget_outer (self);
  g_clear_pointer (&self->session, pc_session_free);
  gtk_stack_set_visible_child_name (self->stack, "choose");
  update_actions (self);
}

void
pc_quiz_page_set_learning (PcQuizPage *self,
                           PcLearning *learning,
                           GSettings  *settings)
{
  g_return_if_fail (PC_IS_QUIZ_PAGE (self));
  g_return_if_fail (PC_IS_LEARNING (learning) && self->learning == NULL);

  self->learning = g_object_ref (learning);
  pc_exam_page_set_learning (self->exam, learning, settings);
  g_signal_connect_object (learning, "loaded",
                           G_CALLBACK (pc_quiz_start_update), self->start,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (learning, "learner", G_CALLBACK (learner_cb), self,
                           G_CONNECT_SWAPPED);
}

void
pc_quiz_page_save_state (PcQuizPage *self)
{
  g_return_if_fail (PC_IS_QUIZ_PAGE (self));

  pc_exam_page_suspend (self->exam);
}

PcExamPage *
pc_quiz_page_get_exam (PcQuizPage *self)
{
  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), NULL);

  return self->exam;
}

void
pc_quiz_page_set_content (PcQuizPage *self,
                          PcContent  *content)
{
  guint n;

  g_return_if_fail (PC_IS_QUIZ_PAGE (self));
  g_return_if_fail (PC_IS_CONTENT (content) && self->learning != NULL);

  g_set_object (&self->content, content);
  n = g_list_model_get_n_items (pc_content_get_banks (content));
  pc_quiz_start_set_learning (self->start, self->learning);
  pc_exam_setup_set_learning (self->setup, self->learning);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "choose" : "empty");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

gboolean
pc_quiz_page_ask (PcQuizPage *self,
                  const char *bank_id,
                  const char *item_id)
{
  PcBank *bank = NULL;

  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), FALSE);

  if (self->content != NULL)
    bank = pc_content_find_bank (self->content, bank_id);
  if (bank == NULL || pc_bank_lookup (bank, item_id) == NULL)
    return FALSE;
  if (pc_exam_page_is_running (self->exam)) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("Hand in or leave the exam first."));
    return TRUE;
  }
  forget_outer (self);
  start (self, bank, item_id);
  return TRUE;
}

PcSession *
pc_quiz_page_get_session (PcQuizPage *self)
{
  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), NULL);

  return self->session;
}

PcQuestionView *
pc_quiz_page_get_question (PcQuizPage *self)
{
  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), NULL);

  return self->question;
}

const char *
pc_quiz_page_get_view (PcQuizPage *self)
{
  g_return_val_if_fail (PC_IS_QUIZ_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}
