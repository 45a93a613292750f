/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The type of the question: the largest of some sizes with which all of it is
 * seen at once.  Labels are scaled by attributes, so that each size can be
 * measured without a frame in between.
 *
 * Keys, and what they do, are class-vote-keys.c's. */

#include "app/vote-window.h"

#include "app/vote-body.h"
#include "app/vote-row.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

#define SCALE_MAX 1.3
#define SCALE_MIN 0.5
#define SCALE_STEP 0.05

struct _PcVoteWindow
{
  PcProjectorWindow parent_instance;

  GtkLabel   *progress;
  GtkLabel   *stage;
  GtkWidget  *scrolled;
  GtkWidget  *content;
  GtkLabel   *stem;
  GtkBox     *body;
  GtkListBox *choices;
  GtkWidget  *entry_part;
  GtkEntry   *entry;
  GtkBox     *answer;
  GtkLabel   *notice;
  GtkWidget  *again;
  GtkButton  *next;
  GtkLabel   *seed;

  guint       position; /* of the question on show; G_MAXUINT: none */
  guint       n_rows;
  double      scale;
  guint       fit_id;   /* again, when the frame was drawn */
};

enum { CALL_OUT,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcVoteWindow, pc_vote_window, PC_TYPE_PROJECTOR_WINDOW)

static const char *
get_language (void)
{
  return g_get_language_names ()[0];
}

/* -- size ----------------------------------------------------------------- */

static void
scale_labels (GtkWidget     *widget,
              PangoAttrList *attributes)
{
  if (GTK_IS_LABEL (widget))
    gtk_label_set_attributes (GTK_LABEL (widget), attributes);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    scale_labels (child, attributes);
}

static void
set_scale (PcVoteWindow *self,
           double        scale)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  scale_labels (self->content, attributes);
  self->scale = scale;
}

static gboolean
fits (PcVoteWindow *self)
{
  int width = gtk_widget_get_width (self->scrolled);
  int needed_width, needed;

  gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1,
                      &needed_width, NULL, NULL, NULL);
  if (needed_width > width)
    return FALSE;
  gtk_widget_measure (self->content, GTK_ORIENTATION_VERTICAL, width, &needed,
                      NULL, NULL, NULL);
  return needed <= gtk_widget_get_height (self->scrolled);
}

static void
fit (PcVoteWindow *self)
{
  double scale = SCALE_MAX;

  if (gtk_widget_get_width (self->scrolled) == 0)
    return;
  set_scale (self, scale);
  while (scale > SCALE_MIN && !fits (self)) {
    scale = MAX (scale - SCALE_STEP, SCALE_MIN);
    set_scale (self, scale);
  }
}

static gboolean
fit_cb (gpointer data)
{
  PcVoteWindow *self = data;

  self->fit_id = 0;
  fit (self);
  return G_SOURCE_REMOVE;
}

/* Once more when styles are known that only a frame brings. */
static void
fit_now_and_later (PcVoteWindow *self)
{
  fit (self);
  if (self->fit_id == 0)
    self->fit_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, fit_cb, self,
                                    NULL);
}

static void
resized (PcProjectorWindow *window)
{
  fit_now_and_later (PC_VOTE_WINDOW (window));
}

/* -- words ---------------------------------------------------------------- */

static const char *
get_stage_text (PcVote *vote)
{
  switch (pc_vote_get_stage (vote)) {
  case PC_VOTE_ASKED:
    return pc_vote_is_counting (vote) ? _ ("Raise your hand")
                                      : _ ("Think about it");
  case PC_VOTE_COUNTED: return _ ("Your vote");
  case PC_VOTE_ASKED_AGAIN:
    return _ ("Talk to your neighbour, then vote again");
  case PC_VOTE_COUNTED_AGAIN: return _ ("Your votes, before and after");
  case PC_VOTE_REVEALED:
  case PC_VOTE_PLAYED: return _ ("The answer");
  case PC_VOTE_OVER:
  default: return _ ("That was the last question");
  }
}

static gboolean
has_more (PcVote *vote)
{
  return pc_vote_get_position (vote) + 1 < pc_vote_get_n_questions (vote);
}

const char *
pc_vote_window_get_next (PcVote *vote)
{
  g_return_val_if_fail (vote != NULL, NULL);

  switch (pc_vote_get_stage (vote)) {
  case PC_VOTE_ASKED:
  case PC_VOTE_ASKED_AGAIN:
    if (pc_vote_get_n_hands (vote, pc_vote_get_stage (vote) ==
                                       PC_VOTE_ASKED_AGAIN) > 0)
      return _ ("Close the Vote");
    return _ ("Show the Answer");
  case PC_VOTE_COUNTED:
  case PC_VOTE_COUNTED_AGAIN: return _ ("Show the Answer");
  case PC_VOTE_REVEALED:
    if (pc_item_get_scenario (pc_vote_get_item (vote)) != NULL)
      return _ ("Play the Exchange");
    return has_more (vote) ? _ ("Next Question") : _ ("How It Went");
  case PC_VOTE_PLAYED:
    return has_more (vote) ? _ ("Next Question") : _ ("How It Went");
  case PC_VOTE_OVER:
  default: return _ ("End");
  }
}

static void
show_head (PcVoteWindow *self,
           PcVote       *vote)
{
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT,
                                           pc_vote_get_seed (vote));
  g_autofree char *told = g_strdup_printf (_ ("Seed %s"), seed);
  g_autofree char *progress = g_strdup_printf (
      _ ("Question %u of %u"), pc_vote_get_position (vote) + 1,
      pc_vote_get_n_questions (vote));

  gtk_label_set_label (self->progress, progress);
  gtk_label_set_label (self->stage, get_stage_text (vote));
  gtk_label_set_label (self->seed, told);
  gtk_button_set_label (self->next, pc_vote_window_get_next (vote));
  gtk_widget_set_visible (self->again,
                          pc_vote_get_stage (vote) == PC_VOTE_COUNTED);
}

static void
clear (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
clear_rows (PcVoteWindow *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->choices, 0)) != NULL)
    gtk_list_box_remove (self->choices, GTK_WIDGET (row));
  self->n_rows = 0;
}

/* -- the end -------------------------------------------------------------- */

static void
add_line (PcVoteWindow *self,
          const char   *text,
          const char   *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (self->body, label);
}

static char *
dup_round (guint n_right,
           guint n_hands)
{
  return g_strdup_printf (
      /* Translators: the second one counts all hands. */
      ngettext ("%u of %u hand right (%u %%)", "%u of %u hands right (%u %%)",
                n_hands),
      n_right, n_hands, (100 * n_right + n_hands / 2) / n_hands);
}

static void
add_result (PcVoteWindow *self,
            PcVote       *vote,
            guint         index)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *line = NULL;
  guint n_right, n_hands;

  if (pc_vote_summarize (vote, index, 0, &n_right, &n_hands))
    first = dup_round (n_right, n_hands);
  if (pc_vote_summarize (vote, index, 1, &n_right, &n_hands))
    second = dup_round (n_right, n_hands);
  if (first != NULL && second != NULL)
    /* Translators: of a question: its number, the first and the second
     * vote. */
    line = g_strdup_printf (_ ("Question %u: %s, then %s"), index + 1, first,
                            second);
  else if (first != NULL)
    /* Translators: of a question: its number, and the vote. */
    line = g_strdup_printf (_ ("Question %u: %s"), index + 1, first);
  else
    line = g_strdup_printf (_ ("Question %u: no vote"), index + 1);
  add_line (self, line, "vote-text");
}

static void
show_over (PcVoteWindow *self,
           PcVote       *vote)
{
  clear_rows (self);
  clear (GTK_WIDGET (self->body));
  clear (GTK_WIDGET (self->answer));
  gtk_label_set_label (self->progress, "");
  gtk_label_set_label (self->stem, _ ("How it went"));
  gtk_widget_set_visible (GTK_WIDGET (self->choices), FALSE);
  gtk_widget_set_visible (self->entry_part, FALSE);
  for (guint i = 0; i < pc_vote_get_n_questions (vote); i++)
    add_result (self, vote, i);
  self->position = G_MAXUINT;
}

/* -- a question ----------------------------------------------------------- */

static void
show_question (PcVoteWindow *self,
               PcVote       *vote)
{
  PcItem *item = pc_vote_get_item (vote);
  g_autofree char *stem =
      pc_markup_to_pango (pc_item_get_stem (item, get_language ()));

  clear_rows (self);
  clear (GTK_WIDGET (self->body));
  gtk_label_set_markup (self->stem, stem);
  pc_vote_body_fill (self->body, pc_vote_get_session (vote), get_language ());
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  self->position = pc_vote_get_position (vote);
}

static void
show_choices (PcVoteWindow *self,
              PcVote       *vote)
{
  guint n = pc_vote_get_n_choices (vote);
  GtkListBoxRow *row;

  for (; self->n_rows < n; self->n_rows++)
    gtk_list_box_append (self->choices, pc_vote_row_new (self->n_rows));
  for (int i = 0;
       (row = gtk_list_box_get_row_at_index (self->choices, i)) != NULL; i++)
    pc_vote_row_show (PC_VOTE_ROW (row), vote, get_language ());
  gtk_widget_set_visible (GTK_WIDGET (self->choices), n > 0);
  gtk_list_box_set_selection_mode (self->choices,
                                   pc_vote_is_counting (vote)
                                       ? GTK_SELECTION_BROWSE
                                       : GTK_SELECTION_NONE);
}

static void
show_answer (PcVoteWindow *self,
             PcVote       *vote)
{
  gboolean shown = pc_vote_get_stage (vote) == PC_VOTE_REVEALED ||
                   pc_vote_get_stage (vote) == PC_VOTE_PLAYED;

  clear (GTK_WIDGET (self->answer));
  gtk_widget_set_visible (GTK_WIDGET (self->answer), shown);
  if (shown)
    pc_vote_body_reveal (self->answer, pc_vote_get_session (vote),
                         pc_vote_get_n_choices (vote) > 0, get_language ());
}

static void
show_entry (PcVoteWindow *self,
            PcVote       *vote)
{
  gboolean shown =
      pc_vote_is_counting (vote) &&
      pc_item_get_item_type (pc_vote_get_item (vote)) == PC_ITEM_NUMBER;

  gtk_widget_set_visible (self->entry_part, shown);
  if (shown)
    gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  else if (pc_vote_is_counting (vote) && self->n_rows > 0 &&
           pc_vote_window_get_selected (self) == G_MAXUINT)
    pc_vote_window_select (self, 0);
}

void
pc_vote_window_show (PcVoteWindow *self,
                     PcVote       *vote)
{
  g_return_if_fail (PC_IS_VOTE_WINDOW (self));
  g_return_if_fail (vote != NULL);

  pc_vote_window_tell (self, NULL);
  show_head (self, vote);
  if (pc_vote_get_stage (vote) == PC_VOTE_OVER) {
    show_over (self, vote);
  } else {
    if (self->position != pc_vote_get_position (vote))
      show_question (self, vote);
    show_choices (self, vote);
    show_answer (self, vote);
    show_entry (self, vote);
  }
  fit_now_and_later (self);
}

guint
pc_vote_window_get_selected (PcVoteWindow *self)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (PC_IS_VOTE_WINDOW (self), G_MAXUINT);

  row = gtk_list_box_get_selected_row (self->choices);
  return row != NULL ? pc_vote_row_get_choice (PC_VOTE_ROW (row)) : G_MAXUINT;
}

void
pc_vote_window_select (PcVoteWindow *self,
                       guint         choice)
{
  GtkListBoxRow *row;

  g_return_if_fail (PC_IS_VOTE_WINDOW (self));

  row = gtk_list_box_get_row_at_index (self->choices, (int) choice);
  if (row == NULL)
    return;
  gtk_list_box_select_row (self->choices, row);
  /* A number that is being typed keeps the focus. */
  if (!gtk_widget_get_visible (self->entry_part))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

void
pc_vote_window_scroll (PcVoteWindow *self,
                       gboolean      down)
{
  gboolean done = FALSE;

  g_return_if_fail (PC_IS_VOTE_WINDOW (self));

  g_signal_emit_by_name (self->scrolled, "scroll-child",
                         down ? GTK_SCROLL_STEP_DOWN : GTK_SCROLL_STEP_UP,
                         FALSE, &done);
}

void
pc_vote_window_tell (PcVoteWindow *self,
                     const char   *text)
{
  g_return_if_fail (PC_IS_VOTE_WINDOW (self));

  gtk_label_set_label (self->notice, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->notice), text != NULL);
}

double
pc_vote_window_get_scale (PcVoteWindow *self)
{
  g_return_val_if_fail (PC_IS_VOTE_WINDOW (self), 1);

  return self->scale;
}

/* -- life ----------------------------------------------------------------- */

static void
entry_cb (PcVoteWindow *self)
{
  g_autofree char *text =
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  if (*g_strstrip (text) != '\0')
    g_signal_emit (self, signals[CALL_OUT], 0, text);
}

static void
dispose (GObject *object)
{
  PcVoteWindow *self = PC_VOTE_WINDOW (object);

  g_clear_handle_id (&self->fit_id, g_source_remove);
  G_OBJECT_CLASS (pc_vote_window_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcVoteWindow, name)

static void
pc_vote_window_class_init (PcVoteWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  PC_PROJECTOR_WINDOW_CLASS (klass)->resized = resized;
  signals[CALL_OUT] = g_signal_new ("call-out", G_TYPE_FROM_CLASS (klass),
                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/vote-window.ui");
  BIND (progress);
  BIND (stage);
  BIND (scrolled);
  BIND (content);
  BIND (stem);
  BIND (body);
  BIND (choices);
  BIND (entry_part);
  BIND (entry);
  BIND (answer);
  BIND (notice);
  BIND (again);
  BIND (next);
  BIND (seed);
  gtk_widget_class_bind_template_callback (widget_class, entry_cb);
}

#undef BIND

static void
pc_vote_window_init (PcVoteWindow *self)
{
  self->position = G_MAXUINT;
  self->scale = 1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_vote_window_new (GtkApplication *app)
{
  return g_object_new (PC_TYPE_VOTE_WINDOW, "application", app, NULL);
}
