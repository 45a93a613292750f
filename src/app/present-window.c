/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The projector's window.  All sizes follow the type size, and that follows
 * the window: the picture is the same on any projector.  The pointer goes away
 * when it rests. */

#include "app/present-window.h"

#include "app/sentence.h"

#include <glib/gi18n-lib.h>

#define REST_MS 2000      /* then the pointer is hidden */
#define TYPE_HEIGHT 30    /* lines of text that a window is high */
#define TYPE_WIDTH 44     /* and so many times the type size wide, at least */
#define TYPE_MIN 11       /* px */

struct _PcPresentWindow
{
  GtkWindow parent_instance;

  GtkWidget      *canvas;
  GtkLabel       *step_title;
  GtkLabel       *progress;
  GtkLabel       *sentence;
  GtkLabel       *exchange;
  GtkProgressBar *bar;
  GtkLabel       *typed;
  GtkWidget      *blank;

  PcDiagram      *diagram;
  PcPlayer       *player;
  GtkCssProvider *provider;
  int             type_size;
  guint           size_id;
  guint           rest_id;
  double          pointer_x;
  double          pointer_y;
};

G_DEFINE_FINAL_TYPE (PcPresentWindow, pc_present_window, GTK_TYPE_WINDOW)

/* -- words ---------------------------------------------------------------- */

static void
show_step (PcPresentWindow *self,
           PcTimeline      *timeline,
           guint            current)
{
  guint n = pc_timeline_get_n_steps (timeline);
  PcStep *step = pc_timeline_get_step (timeline, current);
  g_autofree char *sentence =
      pc_sentence_dup_first (pc_step_get_explanation (step));
  /* Translators: of steps, as in "7 of 23". */
  g_autofree char *progress = g_strdup_printf (_ ("%u of %u"), current + 1, n);

  gtk_label_set_label (self->step_title, pc_step_get_title (step));
  gtk_label_set_label (self->sentence, sentence);
  gtk_label_set_label (self->progress, progress);
  gtk_progress_bar_set_fraction (self->bar, (current + 1.0) / n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, progress,
                                  -1);
}

static void
update (PcPresentWindow *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  const char *title =
      timeline != NULL ? pc_timeline_get_title (timeline) : "";

  gtk_label_set_label (self->exchange, title);
  if (timeline != NULL && current < pc_timeline_get_n_steps (timeline)) {
    show_step (self, timeline, current);
    return;
  }
  gtk_label_set_label (self->step_title, title);
  gtk_label_set_label (self->sentence, "");
  gtk_label_set_label (self->progress, "");
  gtk_progress_bar_set_fraction (self->bar, 0);
}

/* -- size of type --------------------------------------------------------- */

int
pc_present_window_get_type_size (int width,
                                 int height)
{
  return MAX (MIN (height / TYPE_HEIGHT, width / TYPE_WIDTH), TYPE_MIN);
}

static void
apply_type_size (PcPresentWindow *self)
{
  g_autofree char *css =
      g_strdup_printf ("window { font-size: %dpx; }", self->type_size);

  gtk_css_provider_load_from_data (self->provider, css, -1);
}

static gboolean
size_cb (gpointer data)
{
  PcPresentWindow *self = data;

  self->size_id = 0;
  apply_type_size (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: styles must not change while sizes are given out. */
static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcPresentWindow *self = PC_PRESENT_WINDOW (widget);
  int size = pc_present_window_get_type_size (width, height);

  GTK_WIDGET_CLASS (pc_present_window_parent_class)
      ->size_allocate (widget, width, height, baseline);
  if (size == self->type_size)
    return;
  self->type_size = size;
  if (self->size_id == 0)
    self->size_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, size_cb, self,
                                     NULL);
}

/* -- pointer -------------------------------------------------------------- */

static gboolean
rest_cb (gpointer data)
{
  PcPresentWindow *self = data;

  self->rest_id = 0;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "none");
  return G_SOURCE_REMOVE;
}

static void
wait_for_rest (PcPresentWindow *self)
{
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add (REST_MS, rest_cb, self);
}

/* GTK also tells of motion when what lies under the pointer has moved. */
static void
motion_cb (PcPresentWindow *self,
           double           x,
           double           y)
{
  if (x == self->pointer_x && y == self->pointer_y)
    return;
  self->pointer_x = x;
  self->pointer_y = y;
  gtk_widget_set_cursor (GTK_WIDGET (self), NULL);
  wait_for_rest (self);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcPresentWindow *self = PC_PRESENT_WINDOW (object);

  g_clear_handle_id (&self->size_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_object (&self->provider);
  G_OBJECT_CLASS (pc_present_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcPresentWindow, name)

static void
pc_present_window_class_init (PcPresentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/present-window.ui");
  BIND (canvas);
  BIND (step_title);
  BIND (progress);
  BIND (sentence);
  BIND (exchange);
  BIND (bar);
  BIND (typed);
  BIND (blank);
}

#undef BIND

/* A first guess, so that the first picture is right already. */
static void
guess_type_size (PcPresentWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gdk_display_get_default ());
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = { .width = 1280, .height = 720 };

  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  self->type_size = pc_present_window_get_type_size (area.width, area.height);
  apply_type_size (self);
}

static void
pc_present_window_init (PcPresentWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *motion = gtk_event_controller_motion_new ();

  gtk_widget_init_template (widget);
  self->provider = gtk_css_provider_new ();
  gtk_style_context_add_provider (gtk_widget_get_style_context (widget),
                                  GTK_STYLE_PROVIDER (self->provider),
                                  GTK_STYLE_PROVIDER_PRIORITY_USER);
  guess_type_size (self);

  self->diagram = PC_DIAGRAM (pc_diagram_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->diagram), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->diagram), TRUE);
  /* The lit step says where we are; a frame around it would say it twice. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->diagram), FALSE);
  gtk_box_append (GTK_BOX (self->canvas), GTK_WIDGET (self->diagram));

  gtk_event_controller_set_propagation_phase (motion, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  gtk_widget_add_controller (widget, motion);
  wait_for_rest (self);
}

GtkWidget *
pc_present_window_new (GtkApplication *app,
                       PcPlayer       *player)
{
  PcPresentWindow *self =
      g_object_new (PC_TYPE_PRESENT_WINDOW, "application", app, NULL);

  self->player = g_object_ref (player);
  pc_diagram_set_player (self->diagram, player);
  g_signal_connect_swapped (player, "notify::current", G_CALLBACK (update),
                            self);
  g_signal_connect_swapped (player, "notify::timeline", G_CALLBACK (update),
                            self);
  update (self);
  return GTK_WIDGET (self);
}

PcDiagram *
pc_present_window_get_diagram (PcPresentWindow *self)
{
  g_return_val_if_fail (PC_IS_PRESENT_WINDOW (self), NULL);

  return self->diagram;
}

void
pc_present_window_set_blank (PcPresentWindow *self,
                             gboolean         blank)
{
  g_return_if_fail (PC_IS_PRESENT_WINDOW (self));

  gtk_widget_set_visible (self->blank, blank);
}

gboolean
pc_present_window_get_blank (PcPresentWindow *self)
{
  g_return_val_if_fail (PC_IS_PRESENT_WINDOW (self), FALSE);

  return gtk_widget_get_visible (self->blank);
}

void
pc_present_window_show_typed (PcPresentWindow *self,
                              const char      *text)
{
  g_return_if_fail (PC_IS_PRESENT_WINDOW (self));

  gtk_label_set_label (self->typed, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->typed), text != NULL);
}
