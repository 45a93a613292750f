/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a diagram keeps to the moment that its player shows: where its list is
 * scrolled to, which row is selected, and what has the focus.
 */

#include "diagram/diagram-private.h"

#include "diagram/motion.h"

#include <math.h>

/* -- scrolling ------------------------------------------------------------ */

static double
row_center (PcDiagram *self,
            guint      step)
{
  return (pc_diagram_rows_find_step (self->rows, step) + 0.5) *
         self->scene->metrics.row;
}

/* The lit step stands in the middle, as far as the ends of the list let it;
 * when it changes, the list moves over while the marker sets out. */
static double
wanted_scroll (PcDiagram *self)
{
  guint  current = pc_player_get_current (self->player);
  double middle;

  if (current == G_MAXUINT)
    return 0;

  middle = row_center (self, current);
  if (current > 0)
    {
      double before = row_center (self, current - 1);
      double share = pc_motion_follow (pc_player_get_position (self->player));

      middle = before + (middle - before) * share;
    }
  return round (middle - gtk_adjustment_get_page_size (self->adjustment) / 2);
}

/* A list view cannot scroll to rows that it has not allocated yet. */
void
pc_diagram_follow (PcDiagram *self)
{
  if (self->player == NULL || self->picking)
    return;

  self->due = self->stale;
  if (self->stale)
    return;

  self->upper = gtk_adjustment_get_upper (self->adjustment);
  self->page_size = gtk_adjustment_get_page_size (self->adjustment);
  gtk_adjustment_set_value (self->adjustment, wanted_scroll (self));
  self->followed = gtk_adjustment_get_value (self->adjustment);
}

/* A list that grew stays where the reader put it. */
static gboolean
must_follow (PcDiagram *self)
{
  if (self->due ||
      self->page_size != gtk_adjustment_get_page_size (self->adjustment))
    return TRUE;
  return self->upper != gtk_adjustment_get_upper (self->adjustment) &&
         self->followed == gtk_adjustment_get_value (self->adjustment);
}

/* After an allocation: notes may need more rows or fewer, and the place to
 * scroll to may be another one. */
static gboolean
settle_cb (gpointer user_data)
{
  PcDiagram *self = user_data;

  self->idle_id = 0;
  if (pc_diagram_rows_reflow (self->rows))
    pc_diagram_select_current (self);
  if (must_follow (self))
    pc_diagram_follow (self);
  return G_SOURCE_REMOVE;
}

void
pc_diagram_settle_soon (PcDiagram *self)
{
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, settle_cb, self,
                                     NULL);
}

/* -- selection and focus -------------------------------------------------- */

/* The focus goes with the lit step when it is among the rows. */
static void
move_focus (PcDiagram *self,
            guint      step)
{
  GtkRoot   *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *view = pc_row_views_find_step (self->views, step);

  if (view != NULL && focus != NULL &&
      gtk_widget_is_ancestor (focus, self->list))
    gtk_widget_grab_focus (gtk_widget_get_parent (view));
}

guint
pc_diagram_get_current_row (PcDiagram *self)
{
  guint current = self->player != NULL ? pc_player_get_current (self->player)
                                       : G_MAXUINT;

  return current != G_MAXUINT
             ? pc_diagram_rows_find_step (self->rows, current)
             : GTK_INVALID_LIST_POSITION;
}

/* There are no live regions in GTK 4.8: a screen reader that is elsewhere hears
 * of a step by the list, which says what is shown now. */
static void
announce (PcDiagram *self,
          guint      place)
{
  g_autoptr (PcDiagramRow) row = g_list_model_get_item (
      G_LIST_MODEL (self->rows), place);
  g_autofree char *name = row != NULL
                              ? pc_row_view_dup_name (self->scene, row)
                              : g_strdup ("");
  g_autofree char *rest = row != NULL
                              ? pc_row_view_dup_description (self->scene, row)
                              : g_strdup ("");
  g_autofree char *text = g_strdup_printf ("%s\n%s", name, rest);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  g_strchomp (text), -1);
}

void
pc_diagram_select_current (PcDiagram *self)
{
  guint row = pc_diagram_get_current_row (self);

  self->selecting = TRUE;
  gtk_single_selection_set_selected (self->selection, row);
  self->selecting = FALSE;
  announce (self, row);
  if (row != GTK_INVALID_LIST_POSITION)
    move_focus (self, pc_player_get_current (self->player));
}
