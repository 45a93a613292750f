/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can be done in the window wherever one is.  Every command is an action,
 * so that keys, buttons, menus and the session bus reach it in the same way;
 * those that are for one place are its page's. */

#include "app/window-private.h"

#include "app/problems-window.h"
#include "app/scenario-editor.h"

#include <glib/gi18n-lib.h>

/* -- from place to place -------------------------------------------------- */

/* From the keyboard one wants to be in the place, not before it. */
static void
focus_place (PcWindow *self)
{
  GtkWidget *page =
      gtk_widget_get_first_child (gtk_stack_get_visible_child (self->places));

  if (page != NULL)
    gtk_widget_grab_focus (page);
}

static void
place_cb (GSimpleAction *action,
          GVariant      *state,
          gpointer       data)
{
  PcWindow *self = data;
  const char *place = g_variant_get_string (state, NULL);

  if (gtk_stack_get_child_by_name (self->places, place) == NULL)
    return;
  gtk_stack_set_visible_child_name (self->places, place);
  focus_place (self);
}

static void
ask_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  PcWindow *self = data;
  const char *bank, *item;

  g_variant_get (parameter, "(&s&s)", &bank, &item);
  gtk_stack_set_visible_child_name (self->places, "quiz");
  if (!pc_quiz_page_ask (pc_window_get_quiz (self), bank, item))
    pc_window_toast (self, _ ("This question is not installed."));
}

static void
lab_try_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcWindow *self = data;
  g_autoptr (GVariant) answer = g_variant_get_child_value (parameter, 0);
  g_autoptr (GVariant) right = g_variant_get_child_value (parameter, 1);
  gboolean quiz = g_strcmp0 (gtk_stack_get_visible_child_name (self->places),
                             "quiz") == 0;

  gtk_stack_set_visible_child_name (self->places, "lab");
  if (!pc_lab_page_try_answer (pc_window_get_lab (self), answer, right))
    pc_window_toast (self, _ ("The lab has no such setting."));
  pc_lab_page_set_question_waits (self->lab, quiz);
  focus_place (self);
}

/* From the lab to the question that waits. */
static void
lab_back_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  PcWindow *self = data;

  if (self->quiz == NULL)
    return;
  gtk_stack_set_visible_child_name (self->places, "quiz");
  focus_place (self);
}

static void
watch_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcWindow *self = data;
  const char *scenario, *mark;

  g_variant_get (parameter, "(&s&s)", &scenario, &mark);
  gtk_stack_set_visible_child_name (self->places, "exchanges");
  if (!pc_exchanges_page_open (pc_window_get_exchanges (self), scenario,
                               *mark != '\0' ? mark : NULL))
    pc_window_toast (self, _ ("This exchange is not installed."));
  focus_place (self);
}

/* -- what is told on top -------------------------------------------------- */

static void
problems_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  PcWindow *self = data;

  if (self->content != NULL)
    gtk_window_present (GTK_WINDOW (pc_problems_window_new (
        GTK_WINDOW (self), pc_content_get_problems (self->content))));
}

static void
retry_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  pc_record_writer_retry (
      pc_learning_get_writer (PC_WINDOW (data)->learning));
}

static void
disarm_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcWindow *self = data;

  if (self->lab != NULL)
    pc_lab_faults_disarm (pc_lab_page_get_faults (self->lab));
}

/* -- the window itself ---------------------------------------------------- */

static void
fullscreen_cb (GSimpleAction *action,
               GVariant      *state,
               gpointer       data)
{
  if (g_variant_get_boolean (state))
    gtk_window_fullscreen (data);
  else
    gtk_window_unfullscreen (data);
}

static void
fullscreened_cb (PcWindow *self)
{
  GAction *action =
      g_action_map_lookup_action (G_ACTION_MAP (self), "fullscreen");

  g_simple_action_set_state (
      G_SIMPLE_ACTION (action),
      g_variant_new_boolean (gtk_window_is_fullscreen (GTK_WINDOW (self))));
}

/* In the quiz a question is what one presents; elsewhere, and when nothing is
 * to be asked, it is the exchange. */
static gboolean
present_cb (GtkWidget *widget,
            GVariant  *args,
            gpointer   data)
{
  PcWindow *self = PC_WINDOW (widget);

  return g_strcmp0 (gtk_stack_get_visible_child_name (self->places),
                    "quiz") == 0 &&
         gtk_widget_activate_action (widget, "win.quiz-vote", NULL);
}

static void
add_shortcuts (PcWindow *self)
{
  GtkEventController *shortcuts = gtk_shortcut_controller_new ();

  /* Before those of the application. */
  gtk_event_controller_set_propagation_phase (shortcuts, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (shortcuts),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_F11, 0),
                        gtk_callback_action_new (present_cb, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self), shortcuts);
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       data)
{
  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    pc_window_open_file (data, l->data);
  return TRUE;
}

void
pc_window_init_actions (PcWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "place",
      .parameter_type = "s",
      .state = "'exchanges'",
      .change_state = place_cb },
    { .name = "ask", .activate = ask_cb, .parameter_type = "(ss)" },
    { .name = "lab-try",
      .activate = lab_try_cb,
      .parameter_type = "(" PC_LAB_ANSWER_TYPE PC_LAB_ANSWER_TYPE ")" },
    { .name = "lab-back", .activate = lab_back_cb },
    { .name = "watch", .activate = watch_cb, .parameter_type = "(ss)" },
    { .name = "problems", .activate = problems_cb },
    { .name = "disarm", .activate = disarm_cb },
    { .name = "record-retry", .activate = retry_cb },
    { .name = "fullscreen", .state = "false", .change_state = fullscreen_cb },
  };
  GtkDropTarget *drop =
      gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries,
                                   G_N_ELEMENTS (entries), self);
  pc_scenario_editor_add_actions (GTK_APPLICATION_WINDOW (self));
  add_shortcuts (self);
  g_signal_connect (drop, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  g_signal_connect_swapped (self, "notify::fullscreened",
                            G_CALLBACK (fullscreened_cb), self);
}
