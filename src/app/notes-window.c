/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The presenter's notes.  A note stays until another mark has one, since one
 * goes on speaking while steps go by; it says then where it came from. */

#include "app/notes-window.h"

#include "app/left-to-right.h"

#include <glib/gi18n-lib.h>

struct _PcNotesWindow
{
  GtkWindow parent_instance;

  GtkLabel  *clock;
  GtkWidget *pause;
  GtkLabel  *exchange;
  GtkLabel  *progress;
  GtkLabel  *step_title;
  GtkWidget *sheet;
  GtkLabel  *note;
  GtkLabel  *note_from;
  GtkLabel  *explanation;
  GtkLabel  *explanation_heading;
  GtkLabel  *about;
  GtkLabel  *about_heading;
  GtkWidget *about_part;
  GtkLabel  *next;
  GtkWidget *present;
  GtkWidget *spotlight;
  GtkWidget *blank;
};

G_DEFINE_FINAL_TYPE (PcNotesWindow, pc_notes_window, GTK_TYPE_WINDOW)

static void
show_text (GtkLabel   *label,
           const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* Keys of the presentation work at once: no button has the focus. */
static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_notes_window_parent_class)->map (widget);
  gtk_widget_grab_focus (PC_NOTES_WINDOW (widget)->sheet);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcNotesWindow, name)

static void
pc_notes_window_class_init (PcNotesWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->map = map;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/notes-window.ui");
  BIND (clock);
  BIND (pause);
  BIND (exchange);
  BIND (progress);
  BIND (step_title);
  BIND (sheet);
  BIND (note);
  BIND (note_from);
  BIND (explanation);
  BIND (about);
  BIND (about_heading);
  BIND (explanation_heading);
  BIND (about_part);
  BIND (next);
  BIND (present);
  BIND (spotlight);
  BIND (blank);
}

#undef BIND

static void
pc_notes_window_init (PcNotesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  pc_widget_keep_left_to_right (
      gtk_widget_get_parent (GTK_WIDGET (self->spotlight)));
}

GtkWidget *
pc_notes_window_new (GtkApplication *app)
{
  return g_object_new (PC_TYPE_NOTES_WINDOW, "application", app, NULL);
}

static void
show_note (PcNotesWindow *self,
           const PcNotes *notes)
{
  g_autofree char *from = NULL;

  if (notes->note != NULL && notes->note_step > 0)
    from = g_strdup_printf (_ ("This note was written for step %u."),
                            notes->note_step);
  show_text (self->note,
             notes->note != NULL || notes->about != NULL
                 ? notes->note
                 : _ ("This exchange has no notes. Scenarios may bring "
                      "them: see “presenter” in their files."));
  show_text (self->note_from, from);
}

void
pc_notes_window_show (PcNotesWindow *self,
                      const PcNotes *notes)
{
  g_autofree char *progress = NULL;
  g_autofree char *next = NULL;

  g_return_if_fail (PC_IS_NOTES_WINDOW (self));

  if (notes->number > 0)
    progress = g_strdup_printf (_ ("Step %u of %u"), notes->number,
                                notes->n_steps);
  if (notes->hide_next)
    next = NULL;
  else if (notes->next != NULL)
    /* Translators: %s is the title of the step that comes next. */
    next = g_strdup_printf (_ ("Next: %s"), notes->next);
  else if (notes->number > 0)
    next = g_strdup (_ ("This was the last step."));
  show_text (self->exchange, notes->exchange);
  show_text (self->progress, progress);
  show_text (self->step_title, notes->title);
  show_note (self, notes);
  show_text (self->explanation, notes->explanation);
  show_text (self->about, notes->about);
  gtk_widget_set_visible (self->about_part, notes->about != NULL);
  show_text (self->next, next);
}

void
pc_notes_window_set_plain (PcNotesWindow *self,
                           const char    *about,
                           const char    *explanation)
{
  g_return_if_fail (PC_IS_NOTES_WINDOW (self));

  gtk_label_set_label (self->about_heading, about);
  gtk_label_set_label (self->explanation_heading, explanation);
  gtk_widget_set_visible (self->present, FALSE);
  gtk_widget_set_visible (self->spotlight, FALSE);
  gtk_widget_set_visible (self->blank, FALSE);
}

void
pc_notes_window_set_time (PcNotesWindow *self,
                          const char    *time,
                          gboolean       running)
{
  const char *name = running ? _ ("Pause the clock") : _ ("Start the clock");

  g_return_if_fail (PC_IS_NOTES_WINDOW (self));

  gtk_label_set_label (self->clock, time);
  gtk_button_set_icon_name (GTK_BUTTON (self->pause),
                            running ? "media-playback-pause-symbolic"
                                    : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->pause, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
