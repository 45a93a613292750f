/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A place is built when it is first seen, and the files are read once the
 * first frame is on the screen: so the window is there at once.  What can be
 * done in it is window-actions.c's. */

#include "app/window-private.h"

#include "app/confirm.h"
#include "app/flow-layout.h"
#include "app/squeezer.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PcWindow, pc_window, GTK_TYPE_APPLICATION_WINDOW)

/* -- places --------------------------------------------------------------- */

static void
add_page (PcWindow   *self,
          const char *place,
          GtkWidget  *page)
{
  GtkWidget *holder = gtk_stack_get_child_by_name (self->places, place);

  gtk_widget_set_hexpand (page, TRUE);
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (holder), page);
}

static void
place_changed_cb (PcWindow *self)
{
  const char *place = gtk_stack_get_visible_child_name (self->places);
  gboolean exchanges = g_strcmp0 (place, "exchanges") == 0;
  gboolean lab = g_strcmp0 (place, "lab") == 0;
  GAction *action;

  if (place == NULL)
    return;
  /* Either has a player and sides: the same commands are for what is seen. */
  if (exchanges)
    pc_exchanges_page_add_actions (pc_window_get_exchanges (self),
                                   G_ACTION_MAP (self));
  else if (lab)
    pc_lab_page_add_actions (pc_window_get_lab (self), G_ACTION_MAP (self));
  else if (g_str_equal (place, "quiz"))
    pc_window_get_quiz (self);
  else
    pc_window_get_progress (self);
  /* Hidden at first, since their icons need the SVG loader. */
  gtk_widget_set_visible (self->sidebar_button, exchanges || lab);
  gtk_widget_set_visible (self->inspector_button, exchanges || lab);
  action = g_action_map_lookup_action (G_ACTION_MAP (self), "place");
  if (action != NULL)
    g_simple_action_set_state (G_SIMPLE_ACTION (action),
                               g_variant_new_string (place));
}

/* -- files ---------------------------------------------------------------- */

static void
show_problems_banner (PcWindow *self)
{
  PcProblems *problems = pc_content_get_problems (self->content);
  guint n = pc_problems_count (problems, PC_SEVERITY_ERROR);
  g_autofree char *text = g_strdup_printf (
      ngettext ("%u mistake in the files of Portcall. What could be read "
                "works.",
                "%u mistakes in the files of Portcall. What could be read "
                "works.",
                n),
      n);

  gtk_widget_set_visible (self->banner, n > 0);
  gtk_label_set_label (self->banner_label, text);
}

static void
banks_changed_cb (PcWindow   *self,
                  const char *text)
{
  pc_learning_set_content (self->learning, self->content);
  pc_learning_load (self->learning);
  if (self->quiz != NULL)
    pc_quiz_page_banks_changed (self->quiz);
  show_problems_banner (self);
  pc_window_toast (self, text);
}

static void
content_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr (PcWindow) self = data;
  g_autoptr (PcContent) content = pc_content_load_finish (result, NULL);

  if (content == NULL)
    return;
  self->content = g_steal_pointer (&content);
  pc_learning_set_content (self->learning, self->content);
  pc_learning_load (self->learning);
  if (self->exchanges != NULL)
    pc_exchanges_page_set_content (self->exchanges, self->content);
  if (self->lab != NULL)
    pc_lab_page_set_content (self->lab, self->content);
  if (self->quiz != NULL)
    pc_quiz_page_set_content (self->quiz, self->content);
  show_problems_banner (self);
  g_signal_connect_object (self->content, "banks-changed",
                           G_CALLBACK (banks_changed_cb), self,
                           G_CONNECT_SWAPPED);
  pc_content_watch (self->content);
}

static gboolean
load_cb (gpointer data)
{
  PcWindow *self = data;

  self->load_id = 0;
  /* Not before the first frame: what needs the SVG loader, which takes as
   * long to load as all of that frame; and the first place. */
  /* Not the application's own icon: an SVG, whose renderer costs a quarter of
   * our memory. */
  gtk_window_set_default_icon_name ("pc-window");
  place_changed_cb (self);
  pc_content_load_async (self->cancellable, content_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
first_paint_cb (GdkFrameClock *clock,
                gpointer       data)
{
  PcWindow *self = data;

  g_signal_handlers_disconnect_by_func (clock, first_paint_cb, data);
  if (self->content == NULL && self->load_id == 0)
    self->load_id = g_idle_add (load_cb, self);
}

/* -- what is told on top -------------------------------------------------- */

/* What could not be saved. */
static void
record_problem_cb (PcWindow *self)
{
  const char *problem = pc_learning_get_problem (self->learning);

  gtk_label_set_label (self->record_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (self->record_retry,
                          pc_learning_can_retry (self->learning));
  gtk_widget_set_visible (self->record_banner, problem != NULL);
}

/* Wherever one is: nobody shall look for a mistake where one was made on
 * purpose. */
static void
armed_cb (PcWindow *self)
{
  const char *armed =
      pc_lab_faults_get_armed (pc_lab_page_get_faults (self->lab));

  gtk_label_set_label (self->armed_label, armed != NULL ? armed : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->armed_label), armed);
  gtk_widget_set_visible (self->armed_banner, armed != NULL);
}

/* A popover costs some milliseconds: made when it is first asked for. */
static void
create_menu_cb (GtkMenuButton *button,
                gpointer       data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
      "/io/github/portcall/Portcall/ui/menu.ui");
  GMenuModel *menu = G_MENU_MODEL (gtk_builder_get_object (builder, "menu"));
  GMenu *recent = G_MENU (gtk_builder_get_object (builder, "recent"));

  g_menu_append_section (recent, NULL,
                         pc_exchanges_page_get_recent_menu (
                             pc_window_get_exchanges (data)));
  gtk_menu_button_set_popover (button,
                               gtk_popover_menu_new_from_model (menu));
}

/* -- life ----------------------------------------------------------------- */

static void
save_state (PcWindow *self)
{
  int width, height;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", width);
  g_settings_set_int (self->settings, "window-height", height);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (self->settings, "place",
                         gtk_stack_get_visible_child_name (self->places));
  if (self->exchanges != NULL)
    pc_exchanges_page_save_state (self->exchanges);
}

static void
restore_state (PcWindow *self)
{
  g_autofree char *place = NULL;

  if (self->settings == NULL)
    return;
  gtk_window_set_default_size (
      GTK_WINDOW (self), g_settings_get_int (self->settings, "window-width"),
      g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  place = g_settings_get_string (self->settings, "place");
  if (gtk_stack_get_child_by_name (self->places, place) != NULL)
    gtk_stack_set_visible_child_name (self->places, place);
}

/* Closes without what could not be saved. */
static void
close_anyway (gpointer owner)
{
  PcWindow *self = owner;

  self->closes_anyway = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

/* Waits for the record; FALSE when the window has to stay, with a question. */
static gboolean
may_close (PcWindow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (self->quiz != NULL)
    pc_quiz_page_save_state (self->quiz);
  if (self->closes_anyway ||
      pc_record_writer_flush (pc_learning_get_writer (self->learning),
                              &error))
    return TRUE;
  /* Translators: %s is the reason, a part of a sentence. */
  text = g_strdup_printf (_ ("Your last answers would be lost: %s."),
                          error->message);
  pc_confirm (GTK_WIDGET (self), _ ("Not everything is saved"), text,
              _ ("_Close Anyway"), close_anyway);
  return FALSE;
}

static gboolean
close_request (GtkWindow *window)
{
  save_state (PC_WINDOW (window));
  if (!may_close (PC_WINDOW (window)))
    return TRUE;
  return GTK_WINDOW_CLASS (pc_window_parent_class)->close_request (window);
}

static void
realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_widget_get_frame_clock (widget), "after-paint",
                           G_CALLBACK (first_paint_cb), widget, 0);
}

static void
dispose (GObject *object)
{
  PcWindow *self = PC_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->load_id, g_source_remove);
  g_clear_object (&self->presenter);
  g_clear_object (&self->learning);
  g_clear_object (&self->content);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pc_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcWindow, name)

static void
pc_window_class_init (PcWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_SQUEEZER);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  widget_class->realize = realize;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/window.ui");
  BIND (toasts);
  BIND (places);
  BIND (sidebar_button);
  BIND (inspector_button);
  BIND (menu_button);
  BIND (banner);
  BIND (banner_label);
  BIND (record_banner);
  BIND (record_label);
  BIND (record_retry);
  BIND (armed_banner);
  BIND (armed_label);
}

#undef BIND

static void
pc_window_init (PcWindow *self)
{
  self->cancellable = g_cancellable_new ();
  pc_window_init_actions (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb,
                                         self, NULL);
}

GtkWidget *
pc_window_new (GtkApplication *app,
               GSettings      *settings)
{
  PcWindow *self = g_object_new (PC_TYPE_WINDOW, "application", app, NULL);

  self->settings = settings != NULL ? g_object_ref (settings) : NULL;
  self->learning = pc_learning_new (settings);
  g_signal_connect_object (self->learning, "problem",
                           G_CALLBACK (record_problem_cb), self,
                           G_CONNECT_SWAPPED);
  restore_state (self);
  g_signal_connect_object (self->places, "notify::visible-child",
                           G_CALLBACK (place_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

PcContent *
pc_window_get_content (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  return self->content;
}

PcExchangesPage *
pc_window_get_exchanges (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  if (self->exchanges != NULL)
    return self->exchanges;
  self->exchanges = PC_EXCHANGES_PAGE (pc_exchanges_page_new ());
  pc_exchanges_page_add_actions (self->exchanges, G_ACTION_MAP (self));
  self->presenter = pc_presenter_new (GTK_APPLICATION_WINDOW (self),
                                      self->exchanges);
  pc_exchanges_page_set_settings (self->exchanges, self->settings);
  add_page (self, "exchanges", GTK_WIDGET (self->exchanges));
  if (self->content != NULL)
    pc_exchanges_page_set_content (self->exchanges, self->content);
  return self->exchanges;
}

PcLabPage *
pc_window_get_lab (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  if (self->lab != NULL)
    return self->lab;
  self->lab = PC_LAB_PAGE (pc_lab_page_new ());
  add_page (self, "lab", GTK_WIDGET (self->lab));
  g_signal_connect_object (pc_lab_page_get_faults (self->lab),
                           "notify::armed", G_CALLBACK (armed_cb), self,
                           G_CONNECT_SWAPPED);
  if (self->content != NULL)
    pc_lab_page_set_content (self->lab, self->content);
  return self->lab;
}

PcQuizPage *
pc_window_get_quiz (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  if (self->quiz != NULL)
    return self->quiz;
  self->quiz = PC_QUIZ_PAGE (pc_quiz_page_new ());
  pc_quiz_page_add_actions (self->quiz, G_ACTION_MAP (self));
  pc_quiz_page_set_learning (self->quiz, self->learning, self->settings);
  add_page (self, "quiz", GTK_WIDGET (self->quiz));
  if (self->content != NULL)
    pc_quiz_page_set_content (self->quiz, self->content);
  return self->quiz;
}

PcProgressPage *
pc_window_get_progress (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  if (self->progress != NULL)
    return self->progress;
  self->progress = PC_PROGRESS_PAGE (pc_progress_page_new (self->learning));
  pc_progress_page_add_actions (self->progress, G_ACTION_MAP (self));
  add_page (self, "progress", GTK_WIDGET (self->progress));
  return self->progress;
}

PcLearning *
pc_window_get_learning (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  return self->learning;
}

void
pc_window_open_file (PcWindow *self,
                     GFile    *file)
{
  g_return_if_fail (PC_IS_WINDOW (self));

  gtk_stack_set_visible_child_name (self->places, "exchanges");
  pc_exchanges_page_open_file (pc_window_get_exchanges (self), file);
}

void
pc_window_toast (PcWindow   *self,
                 const char *text)
{
  g_return_if_fail (PC_IS_WINDOW (self));

  pc_toasts_add (self->toasts, text);
}

PcPresenter *
pc_window_get_presenter (PcWindow *self)
{
  g_return_val_if_fail (PC_IS_WINDOW (self), NULL);

  return self->presenter;
}
