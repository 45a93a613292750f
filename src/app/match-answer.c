/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row for each left element.  A digit pairs the row that has the focus, or
 * the first without a partner, and goes on to the next. */

#include "app/answer-kinds.h"

#include "app/match-row.h"
#include "app/part-mark.h"

#include "quiz/markup.h"

struct _PcMatchAnswer
{
  PcAnswerView parent_instance;

  guint      *order; /* of the right elements, as shown */
  guint       n_right;
  guint       n_left;
  PcMatchRow *rows[PC_LIMIT_LEFT];
};

G_DEFINE_FINAL_TYPE (PcMatchAnswer, pc_match_answer, PC_TYPE_ANSWER_VIEW)

/* Plain texts as shown.  Transfer full. */
static char **
dup_partners (PcMatchAnswer *self)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  char **partners = g_new0 (char *, self->n_right + 1);

  for (guint i = 0; i < self->n_right; i++)
    partners[i] = pc_markup_to_plain (pc_item_get_choice_text (
        pc_answer_view_get_item (view), PC_ITEM_RIGHT, self->order[i],
        pc_answer_view_get_language (view)));
  return partners;
}

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);
  g_auto (GStrv) partners = NULL;
  const guint *order =
      pc_session_get_order (session, PC_ITEM_RIGHT, &self->n_right);

  self->order = g_memdup2 (order, self->n_right * sizeof *order);
  self->n_left = pc_item_get_n_choices (item, PC_ITEM_LEFT);
  partners = dup_partners (self);
  for (guint i = 0; i < self->n_left; i++) {
    GtkWidget *row = pc_match_row_new (
        pc_item_get_choice_text (item, PC_ITEM_LEFT, i,
                                 pc_answer_view_get_language (view)),
        (const char *const *) partners);

    self->rows[i] = PC_MATCH_ROW (row);
    g_signal_connect_object (row, "changed",
                             G_CALLBACK (pc_answer_view_changed), view,
                             G_CONNECT_SWAPPED);
    gtk_box_append (pc_answer_view_get_box (view), row);
  }
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (view);

  answer->kind = PC_ANSWER_PAIRS;
  for (guint i = 0; i < self->n_left; i++) {
    int partner = pc_match_row_get_partner (self->rows[i]);

    pc_answer_set_pair (answer, i,
                        partner >= 0 ? (int) self->order[partner] : -1);
  }
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (view);

  for (guint i = 0; i < self->n_left; i++) {
    int right = pc_answer_get_pair (answer, i);
    int partner = -1;

    for (guint k = 0; k < self->n_right; k++)
      if ((int) self->order[k] == right)
        partner = (int) k;
    pc_match_row_set_partner (self->rows[i], partner);
  }
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);

  for (guint i = 0; i < self->n_left; i++) {
    gboolean right = pc_grade_part (item, answer, i);
    g_autofree char *words = pc_part_mark_dup_words (
        right, pc_item_get_choice_text (item, PC_ITEM_RIGHT,
                                        pc_item_get_pair (item, i),
                                        pc_answer_view_get_language (view)));

    pc_match_row_reveal (self->rows[i], right, words);
  }
}

/* The first row without a partner after @from, or before it. */
static int
find_open (PcMatchAnswer *self,
           guint          from)
{
  for (guint i = 0; i < self->n_left; i++) {
    guint row = (from + i) % self->n_left;

    if (pc_match_row_get_partner (self->rows[row]) < 0)
      return (int) row;
  }
  return -1;
}

static gboolean
choose (PcAnswerView *view,
        guint         key)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (view);
  int row = find_open (self, 0);
  int next;

  for (guint i = 0; i < self->n_left; i++)
    if (pc_answer_view_is_focused (GTK_WIDGET (self->rows[i])))
      row = (int) i;
  if (row < 0 || key > self->n_right)
    return FALSE;
  pc_match_row_set_partner (self->rows[row], (int) key - 1);
  next = find_open (self, (guint) row);
  if (next >= 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->rows[next]));
  return TRUE;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcMatchAnswer *self = PC_MATCH_ANSWER (widget);
  int row = find_open (self, 0);

  return gtk_widget_grab_focus (GTK_WIDGET (self->rows[MAX (row, 0)]));
}

static void
finalize (GObject *object)
{
  g_free (PC_MATCH_ANSWER (object)->order);
  G_OBJECT_CLASS (pc_match_answer_parent_class)->finalize (object);
}

static void
pc_match_answer_class_init (PcMatchAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  GTK_WIDGET_CLASS (klass)->grab_focus = grab_focus;
  view_class->marks_parts = TRUE;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  view_class->choose = choose;
}

static void
pc_match_answer_init (PcMatchAnswer *self)
{
}
