/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Each line that crossed the wire is a button that stays pressed while the
 * line is marked; notes are only read.  Up and Down go from line to line.  A
 * digit marks a line while one of them has the focus, and else chooses the
 * reason. */

#include "app/answer-kinds.h"

#include "app/option-list.h"
#include "app/transcript.h"

#include <glib/gi18n-lib.h>

struct _PcLinesAnswer
{
  PcAnswerView parent_instance;

  GtkWidget *lines;   /* box of GtkToggleButton and PcTranscriptLine */
  GtkWidget *reasons; /* or NULL */
};

G_DEFINE_FINAL_TYPE (PcLinesAnswer, pc_lines_answer, PC_TYPE_ANSWER_VIEW)

/* -- lines ---------------------------------------------------------------- */

static GtkWidget *
new_line (PcLinesAnswer *self,
          guint          index)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  PcItem *item = pc_answer_view_get_item (view);
  GtkWidget *line = pc_transcript_line_new (
      item, index, TRUE, pc_answer_view_get_language (view));
  GtkWidget *button;
  g_autofree char *name = NULL;

  if (pc_item_get_stimulus (item)->lines[index].from == 'N')
    return line;
  button = gtk_toggle_button_new ();
  /* Translators: as in "Line 3, Client: USER alex". */
  name = g_strdup_printf (
      _ ("Line %u, %s"), index + 1,
      pc_transcript_line_get_name (PC_TRANSCRIPT_LINE (line)));
  gtk_button_set_child (GTK_BUTTON (button), line);
  gtk_widget_add_css_class (button, "line");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_object (button, "toggled",
                           G_CALLBACK (pc_answer_view_changed), self,
                           G_CONNECT_SWAPPED);
  return button;
}

static GtkWidget *
get_line (PcLinesAnswer *self,
          guint          index)
{
  GtkWidget *line = gtk_widget_get_first_child (self->lines);

  while (line != NULL && index-- > 0)
    line = gtk_widget_get_next_sibling (line);
  return line;
}

static gboolean
is_marked (GtkWidget *line)
{
  return GTK_IS_TOGGLE_BUTTON (line) &&
         gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (line));
}

static gboolean
key_pressed_cb (PcLinesAnswer  *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  gboolean up = key == GDK_KEY_Up || key == GDK_KEY_KP_Up;
  GtkWidget *line = gtk_widget_get_first_child (self->lines);

  if ((!up && key != GDK_KEY_Down && key != GDK_KEY_KP_Down) ||
      (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;
  while (line != NULL && !pc_answer_view_is_focused (line))
    line = gtk_widget_get_next_sibling (line);
  do
    if (line != NULL)
      line = up ? gtk_widget_get_prev_sibling (line)
                : gtk_widget_get_next_sibling (line);
  while (line != NULL && !GTK_IS_TOGGLE_BUTTON (line));
  if (line != NULL)
    gtk_widget_grab_focus (line);
  return GDK_EVENT_STOP;
}

static void
add_lines (PcLinesAnswer *self)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  PcItem *item = pc_answer_view_get_item (view);
  GtkEventController *keys = gtk_event_controller_key_new ();
  guint n = MIN (pc_item_get_stimulus (item)->n_lines, PC_LIMIT_FAULT_LINES);
  GtkWidget *title = pc_transcript_title_new (
      item, pc_answer_view_get_language (view));

  self->lines =
      g_object_new (GTK_TYPE_BOX, "orientation", GTK_ORIENTATION_VERTICAL,
                    "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->lines),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Lines, to be marked"), -1);
  gtk_widget_add_css_class (self->lines, "transcript");
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (self->lines), new_line (self, i));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (self->lines, keys);
  if (title != NULL)
    gtk_box_append (pc_answer_view_get_box (view), title);
  gtk_box_append (pc_answer_view_get_box (view), self->lines);
}

/* -- the view ------------------------------------------------------------- */

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (view);
  GtkWidget *label;

  add_lines (self);
  if (pc_item_get_n_options (pc_answer_view_get_item (view)) == 0)
    return;
  label = gtk_label_new (_ ("Why is it wrong?"));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "heading");
  self->reasons = pc_option_list_new (view, session, _ ("Why is it wrong?"));
  gtk_box_append (pc_answer_view_get_box (view), label);
  gtk_box_append (pc_answer_view_get_box (view), self->reasons);
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (view);
  guint i = 0;

  answer->kind = PC_ANSWER_LINES;
  for (GtkWidget *line = gtk_widget_get_first_child (self->lines);
       line != NULL; line = gtk_widget_get_next_sibling (line))
    pc_answer_set_line (answer, i++, is_marked (line));
  if (self->reasons != NULL)
    answer->options = pc_option_list_get_chosen (self->reasons);
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (view);
  guint i = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (self->lines);
       line != NULL; line = gtk_widget_get_next_sibling (line), i++)
    if (GTK_IS_TOGGLE_BUTTON (line))
      gtk_toggle_button_set_active (
          GTK_TOGGLE_BUTTON (line),
          (answer->lines & (G_GUINT64_CONSTANT (1) << i)) != 0);
  if (self->reasons != NULL)
    pc_option_list_set_chosen (self->reasons, answer->options);
}

static void
reveal_line (PcLinesAnswer *self,
             guint          index,
             GtkWidget     *button)
{
  PcItem *item = pc_answer_view_get_item (PC_ANSWER_VIEW (self));
  GtkWidget *line = gtk_button_get_child (GTK_BUTTON (button));
  const char *correction = pc_item_get_line_correction (item, index);
  gboolean wrong = pc_item_get_line_wrong (item, index);
  gboolean marked = is_marked (button);
  const char *words;
  g_autofree char *description = NULL;

  gtk_widget_set_can_target (button, FALSE);
  if (!wrong && !marked)
    return;
  if (wrong && marked)
    words = _ ("you found it");
  else if (wrong)
    words = _ ("you missed this one");
  else
    words = _ ("nothing is wrong with this one");
  pc_transcript_line_reveal (PC_TRANSCRIPT_LINE (line), wrong && marked, words,
                             correction);
  gtk_widget_add_css_class (button, wrong && marked ? "right" : "wrong");
  description = correction == NULL
                    ? g_strdup (words)
                    /* Translators: what is said of a line; then the line. */
                    : g_strdup_printf (_ ("%s; it should be: %s"), words,
                                       correction);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  description, -1);
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (view);
  guint i = 0;

  for (GtkWidget *line = gtk_widget_get_first_child (self->lines);
       line != NULL; line = gtk_widget_get_next_sibling (line), i++)
    if (GTK_IS_TOGGLE_BUTTON (line))
      reveal_line (self, i, line);
  if (self->reasons != NULL)
    pc_option_list_reveal (self->reasons, answer->options);
}

static gboolean
choose (PcAnswerView *view,
        guint         key)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (view);
  GtkWidget *line = get_line (self, key - 1);

  if (self->reasons != NULL && !pc_answer_view_is_focused (self->lines))
    return pc_option_list_choose (self->reasons, key);
  if (!GTK_IS_TOGGLE_BUTTON (line))
    return FALSE;
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (line), !is_marked (line));
  gtk_widget_grab_focus (line);
  return TRUE;
}

/* To the reason when a line is marked. */
static gboolean
grab_focus (GtkWidget *widget)
{
  PcLinesAnswer *self = PC_LINES_ANSWER (widget);
  PcAnswer answer = { .kind = PC_ANSWER_BLANK };

  get_answer (PC_ANSWER_VIEW (widget), &answer);
  if (answer.lines != 0 && self->reasons != NULL)
    return gtk_widget_child_focus (self->reasons, GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (self->lines, GTK_DIR_TAB_FORWARD);
}

static void
pc_lines_answer_class_init (PcLinesAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  view_class->explains_itself = TRUE;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  view_class->choose = choose;
}

static void
pc_lines_answer_init (PcLinesAnswer *self)
{
}
