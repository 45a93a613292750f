/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The exchange on the projector: follows the player, and asks nothing. */

#include "app/present-window.h"

#include "app/sentence.h"

#include <glib/gi18n-lib.h>

struct _PcPresentWindow
{
  PcProjectorWindow parent_instance;

  GtkWidget      *canvas;
  GtkLabel       *step_title;
  GtkLabel       *progress;
  GtkLabel       *sentence;
  GtkLabel       *exchange;
  GtkProgressBar *bar;
  GtkLabel       *typed;
  GtkWidget      *blank;

  PcDiagram *diagram;
  PcPlayer  *player;
};

G_DEFINE_FINAL_TYPE (PcPresentWindow, pc_present_window,
                     PC_TYPE_PROJECTOR_WINDOW)

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

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcPresentWindow *self = PC_PRESENT_WINDOW (object);

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (pc_present_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcPresentWindow, name)

static void
pc_present_window_class_init (PcPresentWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
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

static void
pc_present_window_init (PcPresentWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->diagram = PC_DIAGRAM (pc_diagram_new ());
  gtk_widget_set_hexpand (GTK_WIDGET (self->diagram), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->diagram), TRUE);
  /* The lit step says where we are; a frame around it would say it twice. */
  gtk_widget_set_can_focus (GTK_WIDGET (self->diagram), FALSE);
  gtk_box_append (GTK_BOX (self->canvas), GTK_WIDGET (self->diagram));
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
