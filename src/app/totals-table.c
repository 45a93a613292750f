/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One row for each thing that can be counted.  A row that is 0 on both sides
 * says nothing and is left out; where the two differ, a sign says so and the
 * numbers are bold. */

#include "app/totals-table.h"

#include "app/half-head.h"
#include "app/transport.h"

#include "timeline/totals.h"

#include <glib/gi18n-lib.h>

struct _PcTotalsTable
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  int      n_rows;
  int      width; /* of the last allocation */
  guint    resize_id;
};

G_DEFINE_FINAL_TYPE (PcTotalsTable, pc_totals_table, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (PcTotalsTable *self,
           int            column,
           const char    *text,
           const char    *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, column == 1 || column == 3);
  if (class != NULL)
    gtk_widget_add_css_class (label, class);
  gtk_grid_attach (self->grid, label, column, self->n_rows, 1, 1);
  return label;
}

static void
add_row (PcTotalsTable *self,
         const char    *what,
         const char    *left,
         const char    *right)
{
  gboolean differs = g_strcmp0 (left, right) != 0;
  const char *class = differs ? "heading" : NULL;
  GtkWidget *sign;

  add_label (self, 0, what, "dim-label");
  add_label (self, 1, left, class);
  sign = add_label (self, 2, differs ? "≠" : "=", class);
  gtk_accessible_update_property (GTK_ACCESSIBLE (sign),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  differs ? _ ("differs from")
                                          : _ ("the same as"),
                                  -1);
  add_label (self, 3, right, class);
  self->n_rows++;
}

static void
add_number (PcTotalsTable *self,
            const char    *what,
            guint64        left,
            guint64        right)
{
  g_autofree char *x = g_strdup_printf ("%" G_GUINT64_FORMAT, left);
  g_autofree char *y = g_strdup_printf ("%" G_GUINT64_FORMAT, right);

  if (left > 0 || right > 0)
    add_row (self, what, x, y);
}

static void
add_state (PcTotalsTable *self,
           const char    *what,
           const char    *left,
           const char    *right)
{
  if (left != NULL || right != NULL)
    add_row (self, what, left != NULL ? _ (left) : "–",
             right != NULL ? _ (right) : "–");
}

/* A time has so many digits that two are never the same. */
static void
add_time (PcTotalsTable *self,
          gint64         left,
          gint64         right)
{
  g_autofree char *x = pc_transport_format_time (left);
  g_autofree char *y = pc_transport_format_time (right);

  add_row (self, _ ("Time"), x, y);
}

static void
clear (PcTotalsTable *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) !=
         NULL)
    gtk_grid_remove (self->grid, child);
  self->n_rows = 0;
}

/* -- size ----------------------------------------------------------------- */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A scrolled window asks for a height without naming a width; the least width
 * would then mean many lines, and empty space below in the real one. */
static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  PcTotalsTable *self = PC_TOTALS_TABLE (widget);
  GtkWidget *grid = GTK_WIDGET (self->grid);

  if (orientation == GTK_ORIENTATION_VERTICAL && for_size < 0) {
    int min, nat;

    gtk_widget_measure (grid, GTK_ORIENTATION_HORIZONTAL, -1, &min, &nat, NULL,
                        NULL);
    for_size = self->width > 0 ? MAX (self->width, min) : nat;
  }
  gtk_widget_measure (grid, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static gboolean
resize_cb (gpointer data)
{
  PcTotalsTable *self = data;

  self->resize_id = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  return G_SOURCE_REMOVE;
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcTotalsTable *self = PC_TOTALS_TABLE (widget);

  gtk_widget_size_allocate (GTK_WIDGET (self->grid),
                            &(GtkAllocation){ 0, 0, width, height }, -1);
  if (self->width == width)
    return;
  self->width = width;
  if (self->resize_id == 0)
    self->resize_id = g_idle_add (resize_cb, self);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcTotalsTable *self = PC_TOTALS_TABLE (object);
  GtkWidget *grid = GTK_WIDGET (self->grid);

  g_clear_handle_id (&self->resize_id, g_source_remove);
  g_clear_pointer (&grid, gtk_widget_unparent);
  self->grid = NULL;
  G_OBJECT_CLASS (pc_totals_table_parent_class)->dispose (object);
}

static void
pc_totals_table_class_init (PcTotalsTableClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/totals-table.ui");
  gtk_widget_class_bind_template_child (widget_class, PcTotalsTable, grid);
}

static void
pc_totals_table_init (PcTotalsTable *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_totals_table_show (PcTotalsTable *self,
                      const char    *left_name,
                      PcTimeline    *left,
                      const char    *right_name,
                      PcTimeline    *right)
{
  PcTotals x, y;

  g_return_if_fail (PC_IS_TOTALS_TABLE (self));
  g_return_if_fail (PC_IS_TIMELINE (left) && PC_IS_TIMELINE (right));

  pc_totals_count (&x, left);
  pc_totals_count (&y, right);
  clear (self);
  add_label (self, 1, left_name, "caption");
  add_label (self, 3, right_name, "caption");
  self->n_rows++;
  add_number (self, _ ("Round trips"), x.n_turns, y.n_turns);
  add_number (self, _ ("Messages"), x.n_messages, y.n_messages);
  add_number (self, _ ("Datagrams"), x.n_datagrams, y.n_datagrams);
  add_number (self, _ ("Of these sent again"), x.n_again, y.n_again);
  add_number (self, _ ("Octets on the wire"), x.n_octets, y.n_octets);
  add_time (self, x.duration, y.duration);
  add_number (self, _ ("Times a password could be read"), x.n_secrets,
              y.n_secrets);
  add_state (self, _ ("Client in the end"), x.client_state, y.client_state);
  add_state (self, _ ("Server in the end"), x.server_state, y.server_state);
  add_row (self, _ ("How it ended"), pc_half_head_describe_outcome (left),
           pc_half_head_describe_outcome (right));
}
