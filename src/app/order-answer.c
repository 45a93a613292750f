/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows stay where they are in memory: each has a place, and the list is
 * sorted by it, so that the focus moves along with its row.  Where there are
 * decoys a step can be left out; those stand at the end. */

#include "app/answer-kinds.h"

#include "app/order-row.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

struct _PcOrderAnswer
{
  PcAnswerView parent_instance;

  GtkListBox *list;
  gboolean    has_decoys;
  gboolean    revealed;
};

G_DEFINE_FINAL_TYPE (PcOrderAnswer, pc_order_answer, PC_TYPE_ANSWER_VIEW)

static PcOrderRow *
get_row (PcOrderAnswer *self,
         guint          place)
{
  return PC_ORDER_ROW (gtk_list_box_get_row_at_index (self->list,
                                                      (int) place));
}

static guint
count_rows (PcOrderAnswer *self)
{
  return pc_item_get_n_choices (
      pc_answer_view_get_item (PC_ANSWER_VIEW (self)), PC_ITEM_STEPS);
}

/* Those that are not left out; they come first. */
static guint
count_placed (PcOrderAnswer *self)
{
  guint n = 0;

  while (n < count_rows (self) && !pc_order_row_get_omitted (get_row (self, n)))
    n++;
  return n;
}

static int
compare_rows (GtkListBoxRow *a,
              GtkListBoxRow *b,
              gpointer       data)
{
  return (int) pc_order_row_get_place (PC_ORDER_ROW (a)) -
         (int) pc_order_row_get_place (PC_ORDER_ROW (b));
}

/* Takes the row at @from to @to, where it is in the order or not. */
static void
move_row (PcOrderAnswer *self,
          guint          from,
          guint          to,
          gboolean       omitted)
{
  PcOrderRow *rows[PC_LIMIT_ORDER];
  PcOrderRow *moved = get_row (self, from);
  guint n = count_rows (self);
  guint n_placed = count_placed (self);

  n_placed += pc_order_row_get_omitted (moved);
  n_placed -= omitted;
  for (guint i = 0, k = 0; i < n; i++) {
    if (k == from)
      k++;
    rows[i] = i == to ? moved : get_row (self, k++);
  }
  for (guint i = 0; i < n; i++)
    pc_order_row_set_place (rows[i], i, n_placed, i >= n_placed);
  gtk_list_box_invalidate_sort (self->list);
  pc_answer_view_changed (PC_ANSWER_VIEW (self));
}

static gboolean
move_by (PcOrderAnswer *self,
         PcOrderRow    *row,
         int            places)
{
  int from = (int) pc_order_row_get_place (row);
  int to = from + places;

  if (self->revealed || pc_order_row_get_omitted (row) || to < 0 ||
      to >= (int) count_placed (self))
    return FALSE;
  move_row (self, (guint) from, (guint) to, FALSE);
  return TRUE;
}

static void
move_cb (PcOrderAnswer *self,
         int            places,
         PcOrderRow    *row)
{
  move_by (self, row, places);
  /* A button at the end of its way can no longer be pressed. */
  if (!pc_answer_view_is_focused (GTK_WIDGET (row)))
    gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
toggle_cb (PcOrderAnswer *self,
           PcOrderRow    *row)
{
  gboolean omitted = pc_order_row_get_omitted (row);
  guint n = count_placed (self);

  if (self->revealed)
    return;
  move_row (self, pc_order_row_get_place (row), omitted ? n : n - 1,
            !omitted);
}

/* -- keys ----------------------------------------------------------------- */

static PcOrderRow *
find_focused (PcOrderAnswer *self)
{
  for (guint i = 0; i < count_rows (self); i++)
    if (pc_answer_view_is_focused (GTK_WIDGET (get_row (self, i))))
      return get_row (self, i);
  return NULL;
}

static gboolean
key_pressed_cb (PcOrderAnswer  *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  PcOrderRow *row = find_focused (self);
  gboolean alt = (state & GDK_ALT_MASK) != 0;

  if (row == NULL || self->revealed)
    return GDK_EVENT_PROPAGATE;
  if (alt && (key == GDK_KEY_Up || key == GDK_KEY_KP_Up))
    move_by (self, row, -1);
  else if (alt && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down))
    move_by (self, row, 1);
  else if (!alt && self->has_decoys &&
           (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete))
    toggle_cb (self, row);
  else
    return GDK_EVENT_PROPAGATE;
  return GDK_EVENT_STOP;
}

/* A digit takes the row that has the focus to that place. */
static gboolean
choose (PcAnswerView *view,
        guint         key)
{
  PcOrderAnswer *self = PC_ORDER_ANSWER (view);
  PcOrderRow *row = find_focused (self);

  if (row == NULL)
    return FALSE;
  return move_by (self, row, (int) key - 1 -
                                 (int) pc_order_row_get_place (row));
}

/* -- the view ------------------------------------------------------------- */

static void
add_row (PcOrderAnswer *self,
         guint          step,
         guint          place)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  GtkWidget *row = pc_order_row_new (
      step,
      pc_item_get_choice_text (pc_answer_view_get_item (view), PC_ITEM_STEPS,
                               step, pc_answer_view_get_language (view)),
      self->has_decoys);

  pc_order_row_set_place (PC_ORDER_ROW (row), place, count_rows (self),
                          FALSE);
  g_signal_connect_object (row, "move", G_CALLBACK (move_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "toggle", G_CALLBACK (toggle_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, row);
}

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcOrderAnswer *self = PC_ORDER_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);
  GtkEventController *keys = gtk_event_controller_key_new ();
  guint n;
  const guint *order = pc_session_get_order (session, PC_ITEM_STEPS, &n);

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  self->has_decoys = n > pc_item_get_n_steps (item);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "order");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Steps, to be put into order"), -1);
  for (guint i = 0; i < n; i++)
    add_row (self, order[i], i);
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
  gtk_box_append (pc_answer_view_get_box (view), GTK_WIDGET (self->list));
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcOrderAnswer *self = PC_ORDER_ANSWER (view);
  guint n = count_placed (self);

  answer->kind = PC_ANSWER_ORDER;
  for (guint i = 0; i < n; i++)
    pc_answer_append_step (answer, pc_order_row_get_step (get_row (self, i)));
}

static PcOrderRow *
find_step (PcOrderAnswer *self,
           guint          step)
{
  for (guint i = 0; i < count_rows (self); i++)
    if (pc_order_row_get_step (get_row (self, i)) == step)
      return get_row (self, i);
  return NULL;
}

/* Steps that are not in it are left out, in the order they stand in. */
static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcOrderAnswer *self = PC_ORDER_ANSWER (view);
  guint n = count_rows (self);
  g_autofree PcOrderRow **rows = g_new0 (PcOrderRow *, n);
  guint n_placed = 0, at;

  for (guint i = 0; i < answer->n_order && i < n; i++) {
    PcOrderRow *row = find_step (self, answer->order[i]);

    if (row != NULL)
      rows[n_placed++] = row;
  }
  at = n_placed;
  for (guint i = 0; i < n; i++) {
    PcOrderRow *row = get_row (self, i);
    gboolean placed = FALSE;

    for (guint k = 0; k < n_placed; k++)
      placed = placed || rows[k] == row;
    if (!placed)
      rows[at++] = row;
  }
  for (guint i = 0; i < n; i++)
    pc_order_row_set_place (rows[i], i, self->has_decoys ? n_placed : n,
                            self->has_decoys && i >= n_placed);
  gtk_list_box_invalidate_sort (self->list);
}

/* What is to be said of the row at @place.  Transfer full. */
static char *
dup_words (PcOrderAnswer *self,
           guint          place,
           gboolean       right)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  PcItem *item = pc_answer_view_get_item (view);
  guint n_steps = pc_item_get_n_steps (item);
  guint step = pc_order_row_get_step (get_row (self, place));
  g_autofree char *plain = NULL;

  if (right)
    return g_strdup (_ ("right"));
  if (pc_order_row_get_omitted (get_row (self, place)))
    return g_strdup (_ ("wrong; this one belongs in the order"));
  if (step >= n_steps)
    return g_strdup (_ ("wrong; this one does not belong here"));
  if (place >= n_steps)
    return g_strdup (_ ("wrong place"));
  plain = pc_markup_to_plain (
      pc_item_get_choice_text (item, PC_ITEM_STEPS, place,
                               pc_answer_view_get_language (view)));
  /* Translators: %s is a step of an exchange. */
  return g_strdup_printf (_ ("wrong place; here comes: %s"), plain);
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  PcOrderAnswer *self = PC_ORDER_ANSWER (view);
  PcItem *item = pc_answer_view_get_item (view);
  guint n = count_rows (self);

  self->revealed = TRUE;
  for (guint i = 0; i < n; i++) {
    PcOrderRow *row = get_row (self, i);
    gboolean decoy =
        pc_order_row_get_step (row) >= pc_item_get_n_steps (item);
    gboolean right = pc_order_row_get_omitted (row)
                         ? decoy
                         : pc_grade_part (item, answer, i);
    g_autofree char *words = dup_words (self, i, right);

    pc_order_row_reveal (row, right, words);
  }
}

static void
pc_order_answer_class_init (PcOrderAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  view_class->marks_parts = TRUE;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  view_class->choose = choose;
}

static void
pc_order_answer_init (PcOrderAnswer *self)
{
}
