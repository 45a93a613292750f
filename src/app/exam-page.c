/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Leads through an exam.  A question's view is made when it is first seen and
 * kept, with what is in it.  The clock runs on while one looks at another
 * place; it stands still only while the program does not run. */

#include "app/exam-page.h"

#include "app/clamp-layout.h"
#include "app/confirm.h"
#include "app/exam-question.h"
#include "app/exam-result.h"
#include "app/flow-layout.h"
#include "app/mode-row.h"
#include "app/tab-stop.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

#define SAVE_EVERY 15 /* seconds, for the time that is left */

struct _PcExamPage
{
  GtkWidget parent_instance;

  GtkWidget    *box;
  GtkLabel     *title;
  GtkLabel     *clock;
  GtkWidget    *clock_button;
  GtkWidget    *hand_in;
  GtkStack     *views;
  GtkStack     *questions;
  GtkLabel     *list_title;
  GtkListBox   *list;
  PcExamResult *result;
  GtkWidget    *course;
  GtkWidget    *next;
  GtkWidget    *flag;
  GtkWidget    *overview;
  GtkWidget    *to_result;

  PcLearning         *learning;
  GSettings          *settings;
  PcExam             *exam;
  char               *session;
  char               *mode;
  gint64              shown_at;
  guint               tick_id;
  guint               n_ticks;
  guint               minutes_told;
  GSimpleActionGroup *actions;
};

enum { LEFT,
       SHOWN,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcExamPage, pc_exam_page, GTK_TYPE_WIDGET)

static gboolean
is_running (PcExamPage *self)
{
  return self->exam != NULL && !pc_exam_is_over (self->exam);
}

static GSimpleAction *
get_action (PcExamPage *self,
            const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
save (PcExamPage *self)
{
  if (is_running (self))
    pc_learning_save_exam (self->learning, self->session, self->exam);
}

/* -- what it shows -------------------------------------------------------- */

static void
update_clock (PcExamPage *self)
{
  gint64 left = self->exam != NULL ? pc_exam_get_left (self->exam)
                                   : G_MAXINT64;
  gboolean limited = is_running (self) && left != G_MAXINT64;
  g_autoptr (GVariant) state =
      g_action_get_state (G_ACTION (get_action (self, "exam-clock")));
  gint64 seconds = limited ? (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC : 0;
  g_autofree char *text = g_strdup_printf (
      /* Translators: minutes and seconds that are left. */
      _ ("%d:%02d left"), (int) (seconds / 60), (int) (seconds % 60));

  gtk_widget_set_visible (self->clock_button, limited);
  gtk_widget_set_visible (GTK_WIDGET (self->clock),
                          limited && g_variant_get_boolean (state));
  gtk_label_set_label (self->clock, text);
  if (limited && seconds <= 5 * 60)
    gtk_widget_add_css_class (GTK_WIDGET (self->clock), "short");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self->clock), "short");
}

static void
update (PcExamPage *self)
{
  const char *view = gtk_stack_get_visible_child_name (self->views);
  gboolean question = g_strcmp0 (view, "question") == 0;
  gboolean running = is_running (self);
  guint n = self->exam != NULL ? pc_exam_get_n_items (self->exam) : 0;
  guint at = self->exam != NULL ? pc_exam_get_position (self->exam) : 0;
  const char *name =
      self->exam != NULL ? pc_exam_get_options (self->exam)->title : NULL;
  g_autofree char *text = NULL;

  if (question)
    /* Translators: title of the exam, number of the question, how many. */
    text = g_strdup_printf (_ ("%s · question %u of %u"),
                            name != NULL ? name : _ ("Exam"), at + 1, n);
  gtk_label_set_label (self->title, text != NULL   ? text
                                    : name != NULL ? name
                                                   : _ ("Exam"));
  gtk_widget_set_visible (self->hand_in, running);
  gtk_widget_set_visible (self->course, question && n > 0);
  gtk_widget_set_visible (self->flag, running);
  gtk_widget_set_visible (self->overview, running);
  gtk_widget_set_visible (self->to_result, !running);
  g_simple_action_set_enabled (get_action (self, "exam-previous"),
                               question && at > 0);
  g_simple_action_set_enabled (get_action (self, "exam-next"), question);
  g_simple_action_set_enabled (get_action (self, "exam-flag"),
                               question && running);
  g_simple_action_set_enabled (get_action (self, "exam-hand-in"), running);
  g_simple_action_set_enabled (get_action (self, "exam-list"), running);
  g_simple_action_set_enabled (get_action (self, "exam-result"),
                               self->exam != NULL && !running);
  if (n > 0)
    g_simple_action_set_state (
        get_action (self, "exam-flag"),
        g_variant_new_boolean (pc_exam_get_flagged (self->exam, at)));
  update_clock (self);
}

static void
changed_cb (PcExamPage     *self,
            PcExamQuestion *question)
{
  gint64 now = g_get_monotonic_time ();

  pc_exam_question_take (question, now - self->shown_at);
  self->shown_at = now;
  save (self);
}

static PcExamQuestion *
ensure_question (PcExamPage *self,
                 guint       index)
{
  g_autofree char *name = g_strdup_printf ("%u", index);
  GtkWidget *child = gtk_stack_get_child_by_name (self->questions, name);

  if (child == NULL) {
    child = pc_exam_question_new (self->exam, index);
    g_signal_connect_object (child, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_stack_add_named (self->questions, child, name);
    if (pc_exam_is_over (self->exam))
      pc_exam_question_reveal (PC_EXAM_QUESTION (child));
  }
  return PC_EXAM_QUESTION (child);
}

static void
show_question (PcExamPage *self,
               guint       index)
{
  PcExamQuestion *question = ensure_question (self, index);

  pc_exam_set_position (self->exam, index);
  gtk_stack_set_visible_child (self->questions, GTK_WIDGET (question));
  gtk_stack_set_visible_child_name (self->views, "question");
  self->shown_at = g_get_monotonic_time ();
  save (self);
  update (self);
  g_signal_emit (self, signals[SHOWN], 0);
  if (is_running (self))
    gtk_widget_grab_focus (GTK_WIDGET (question));
  else
    gtk_widget_grab_focus (self->next);
}

/* -- list of questions ---------------------------------------------------- */

static const char *
describe_state (PcExam *exam,
                guint   index)
{
  gboolean flagged = pc_exam_get_flagged (exam, index);

  if (pc_exam_is_answered (exam, index))
    return flagged ? _ ("✓ Answered · ⚑ flagged") : _ ("✓ Answered");
  return flagged ? _ ("Not answered · ⚑ flagged") : _ ("Not answered");
}

static void
fill_list (PcExamPage *self)
{
  guint n = pc_exam_get_n_items (self->exam);
  guint done = pc_exam_get_n_answered (self->exam);
  g_autofree char *text = g_strdup_printf (
      /* Translators: how many questions of an exam are answered. */
      ngettext ("%2$u of %1$u question answered.",
                "%2$u of %1$u questions answered.", n),
      n, done);
  GtkListBoxRow *row;

  gtk_label_set_label (self->list_title, text);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n; i++) {
    PcItem *item = pc_exam_get_pick (self->exam, i)->item;
    g_autofree char *title = pc_exam_result_dup_title (item, i);
    g_autofree char *target = g_strdup_printf ("%u", i);
    GtkWidget *new_row =
        pc_mode_row_new (title, NULL, "win.exam-go", target);

    pc_mode_row_set_state (PC_MODE_ROW (new_row),
                           describe_state (self->exam, i));
    gtk_list_box_append (self->list, new_row);
  }
}

static void
show_list (PcExamPage *self)
{
  fill_list (self);
  gtk_stack_set_visible_child_name (self->views, "list");
  update (self);
  gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

/* -- the end -------------------------------------------------------------- */

static void
clear_questions (PcExamPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->questions))) !=
         NULL)
    gtk_stack_remove (self->questions, child);
}

static void
show_result (PcExamPage *self)
{
  gtk_stack_set_visible_child_name (self->views, "result");
  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->result));
}

static void
finish (PcExamPage *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  pc_learning_finish_exam (self->learning, self->session, self->mode,
                           self->exam);
  /* They are made anew, with the verdict. */
  clear_questions (self);
  pc_exam_result_show (self->result, self->exam, self->mode);
  show_result (self);
}

static void
hand_in (gpointer owner)
{
  PcExamPage *self = owner;

  if (!is_running (self))
    return;
  pc_exam_submit (self->exam, g_get_monotonic_time ());
  finish (self);
}

static void
tell_time (PcExamPage *self)
{
  gint64 left = pc_exam_get_left (self->exam);
  guint minutes = left == G_MAXINT64
                      ? G_MAXUINT
                      : (guint) ((left + G_TIME_SPAN_MINUTE - 1) /
                                 G_TIME_SPAN_MINUTE);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u minute is left.", "%u minutes are left.", minutes),
      minutes);

  if ((minutes == 5 || minutes == 1) && minutes != self->minutes_told) {
    self->minutes_told = minutes;
    pc_toasts_tell (GTK_WIDGET (self), text);
  }
}

void
pc_exam_page_tick (PcExamPage *self,
                   gint64      now_us)
{
  g_return_if_fail (PC_IS_EXAM_PAGE (self));

  if (!is_running (self))
    return;
  if (pc_exam_tick (self->exam, now_us)) {
    finish (self);
    return;
  }
  if (++self->n_ticks % SAVE_EVERY == 0)
    save (self);
  tell_time (self);
  update_clock (self);
}

static gboolean
tick_cb (gpointer data)
{
  pc_exam_page_tick (data, g_get_monotonic_time ());
  return G_SOURCE_CONTINUE;
}

static void
forget (PcExamPage *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  clear_questions (self);
  g_clear_pointer (&self->exam, pc_exam_free);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->mode, g_free);
  update (self);
}

/* -- commands ------------------------------------------------------------- */

static void
course_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcExamPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  guint at, n;

  if (self->exam == NULL)
    return;
  at = pc_exam_get_position (self->exam);
  n = pc_exam_get_n_items (self->exam);
  if (g_str_equal (name, "exam-previous")) {
    if (at > 0)
      show_question (self, at - 1);
  } else if (at + 1 < n) {
    show_question (self, at + 1);
  } else if (is_running (self)) {
    show_list (self);
  } else {
    show_result (self);
  }
}

static void
view_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  if (g_str_equal (g_action_get_name (G_ACTION (action)), "exam-list"))
    show_list (data);
  else
    show_result (data);
}

static void
flag_cb (GSimpleAction *action,
         GVariant      *state,
         gpointer       data)
{
  PcExamPage *self = data;

  if (!is_running (self))
    return;
  pc_exam_set_flagged (self->exam, pc_exam_get_position (self->exam),
                       g_variant_get_boolean (state));
  save (self);
  update (self);
}

static void
clock_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  PcExamPage *self = data;

  g_simple_action_set_state (action, state);
  if (self->settings != NULL)
    g_settings_set_boolean (self->settings, "exam-clock",
                            g_variant_get_boolean (state));
  update_clock (self);
}

static void
go_cb (GSimpleAction *action,
       GVariant      *parameter,
       gpointer       data)
{
  PcExamPage *self = data;
  guint64 index = g_ascii_strtoull (g_variant_get_string (parameter, NULL),
                                    NULL, 10);

  if (self->exam != NULL && index < pc_exam_get_n_items (self->exam))
    show_question (self, (guint) index);
}

static void
hand_in_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcExamPage *self = data;
  guint n = pc_exam_get_n_items (self->exam) -
            pc_exam_get_n_answered (self->exam);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u question is not answered. It will count as wrong.",
                "%u questions are not answered. They will count as wrong.",
                n),
      n);

  pc_confirm (GTK_WIDGET (self), _ ("Hand in the exam?"),
              n > 0 ? text : _ ("Answers cannot be changed afterwards."),
              _ ("_Hand In"), hand_in);
}

static void
leave_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcExamPage *self = data;

  if (is_running (self))
    pc_exam_page_suspend (self);
  else
    forget (self);
  g_signal_emit (self, signals[LEFT], 0);
}

static const GActionEntry entries[] = {
  { .name = "exam-next", .activate = course_cb },
  { .name = "exam-previous", .activate = course_cb },
  { .name = "exam-list", .activate = view_cb },
  { .name = "exam-result", .activate = view_cb },
  { .name = "exam-flag", .state = "false", .change_state = flag_cb },
  { .name = "exam-clock", .state = "true", .change_state = clock_cb },
  { .name = "exam-go", .activate = go_cb, .parameter_type = "s" },
  { .name = "exam-hand-in", .activate = hand_in_cb },
  { .name = "exam-leave", .activate = leave_cb },
};

/* -- keys ----------------------------------------------------------------- */

static gboolean
key_pressed_cb (PcExamPage     *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  GtkWidget *focus =
      gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));
  GtkWidget *question = gtk_stack_get_visible_child (self->questions);
  guint digit = 0;

  if (!is_running (self) || question == NULL ||
      g_strcmp0 (pc_exam_page_get_view (self), "question") != 0 ||
      state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Return || key == GDK_KEY_KP_Enter ||
      key == GDK_KEY_ISO_Enter) {
    /* On a button, a switch or a list Enter is theirs. */
    if (focus != NULL &&
        ((GTK_IS_BUTTON (focus) && !GTK_IS_TOGGLE_BUTTON (focus)) ||
         GTK_IS_SWITCH (focus) || focus == self->flag ||
         gtk_widget_get_ancestor (focus, GTK_TYPE_DROP_DOWN) != NULL))
      return GDK_EVENT_PROPAGATE;
    g_action_activate (G_ACTION (get_action (self, "exam-next")), NULL);
    return GDK_EVENT_STOP;
  }
  if (GTK_IS_EDITABLE (focus))
    return GDK_EVENT_PROPAGATE;
  if (key >= GDK_KEY_1 && key <= GDK_KEY_9)
    digit = key - GDK_KEY_0;
  else if (key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_9)
    digit = key - GDK_KEY_KP_0;
  return digit > 0 &&
         pc_question_view_choose (
             pc_exam_question_get_view (PC_EXAM_QUESTION (question)), digit);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  PcExamPage *self = PC_EXAM_PAGE (widget);
  GtkWidget *question = gtk_stack_get_visible_child (self->questions);

  if (g_strcmp0 (pc_exam_page_get_view (self), "question") == 0 &&
      question != NULL)
    return gtk_widget_grab_focus (question);
  return gtk_widget_child_focus (gtk_stack_get_visible_child (self->views),
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcExamPage *self = PC_EXAM_PAGE (object);

  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->exam, pc_exam_free);
  g_clear_pointer (&self->session, g_free);
  g_clear_pointer (&self->mode, g_free);
  g_clear_object (&self->learning);
  g_clear_object (&self->settings);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_exam_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcExamPage, name)

static void
pc_exam_page_class_init (PcExamPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_EXAM_RESULT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[LEFT] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass),
                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exam-page.ui");
  BIND (box);
  BIND (title);
  BIND (clock);
  BIND (clock_button);
  BIND (hand_in);
  BIND (views);
  BIND (questions);
  BIND (list_title);
  BIND (list);
  BIND (result);
  BIND (course);
  BIND (next);
  BIND (flag);
  BIND (overview);
  BIND (to_result);
}

#undef BIND

static void
pc_exam_page_init (PcExamPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  update (self);
}

void
pc_exam_page_set_learning (PcExamPage *self,
                           PcLearning *learning,
                           GSettings  *settings)
{
  g_return_if_fail (PC_IS_EXAM_PAGE (self));
  g_return_if_fail (PC_IS_LEARNING (learning));

  g_set_object (&self->learning, learning);
  g_set_object (&self->settings, settings);
  if (settings != NULL)
    g_simple_action_set_state (get_action (self, "exam-clock"),
                               g_settings_get_value (settings, "exam-clock"));
}

void
pc_exam_page_add_actions (PcExamPage *self,
                          GActionMap *map)
{
  g_return_if_fail (PC_IS_EXAM_PAGE (self));

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    g_action_map_add_action (map,
                             G_ACTION (get_action (self, entries[i].name)));
}

void
pc_exam_page_start (PcExamPage *self,
                    PcExam     *exam,
                    const char *session,
                    const char *mode)
{
  g_return_if_fail (PC_IS_EXAM_PAGE (self) && self->learning != NULL);
  g_return_if_fail (exam != NULL && pc_exam_get_n_items (exam) > 0);

  forget (self);
  self->exam = exam;
  self->session = g_strdup (session);
  self->mode = g_strdup (mode);
  self->n_ticks = 0;
  self->minutes_told = 0;
  self->tick_id = g_timeout_add_seconds (1, tick_cb, self);
  show_question (self, pc_exam_get_position (exam));
}

PcExam *
pc_exam_page_get_exam (PcExamPage *self)
{
  g_return_val_if_fail (PC_IS_EXAM_PAGE (self), NULL);

  return self->exam;
}

gboolean
pc_exam_page_is_running (PcExamPage *self)
{
  g_return_val_if_fail (PC_IS_EXAM_PAGE (self), FALSE);

  return is_running (self);
}

void
pc_exam_page_suspend (PcExamPage *self)
{
  g_return_if_fail (PC_IS_EXAM_PAGE (self));

  if (is_running (self)) {
    pc_exam_tick (self->exam, g_get_monotonic_time ());
    if (pc_exam_is_over (self->exam))
      pc_learning_finish_exam (self->learning, self->session, self->mode,
                               self->exam);
    else
      pc_learning_suspend_exam (self->learning, self->session, self->exam);
  }
  forget (self);
}

const char *
pc_exam_page_get_view (PcExamPage *self)
{
  g_return_val_if_fail (PC_IS_EXAM_PAGE (self), NULL);

  return gtk_stack_get_visible_child_name (self->views);
}
