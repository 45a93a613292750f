/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of field chips, of the transport bar and of the two columns of
 * a question: natural widths, broken into rows.  Unlike GtkFlowBox it makes no
 * grid, so a short child takes a short place.  Right-to-left is mirrored. */

#include "app/flow-layout.h"

struct _PcFlowLayout
{
  GtkLayoutManager parent_instance;

  int spacing;
};

/* One row: the children from @first on. */
typedef struct
{
  GtkWidget *first;
  guint      n;
  guint      n_expand;
  int        width; /* natural widths and the spacing between them */
} Row;

enum { PROP_0,
       PROP_SPACING,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcFlowLayout, pc_flow_layout, GTK_TYPE_LAYOUT_MANAGER)

static GtkWidget *
next_laid_out (GtkWidget *child)
{
  while (child != NULL && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

/* A row may not be wider than the whole, whatever its child would like. */
static int
get_child_width (GtkWidget *child,
                 int        width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static Row
take_row (PcFlowLayout *self,
          GtkWidget    *first,
          int           width)
{
  Row row = { .first = first };

  for (GtkWidget *child = first; child != NULL;
       child = next_laid_out (gtk_widget_get_next_sibling (child))) {
    int child_width = get_child_width (child, width);
    int gap = row.n > 0 ? self->spacing : 0;

    if (row.n > 0 && row.width + gap + child_width > width)
      break;
    row.width += gap + child_width;
    row.n++;
    if (gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL))
      row.n_expand++;
  }
  return row;
}

/* Gives every child of @row its place, or only tells how high it is. */
static int
lay_row (PcFlowLayout *self,
         GtkWidget    *widget,
         const Row    *row,
         int           y,
         int           width,
         int           row_height)
{
  GtkWidget *child = row->first;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int left = MAX (width - row->width, 0);
  guint n_expand = row->n_expand;
  int x = 0, height = 0;

  for (guint i = 0; i < row->n; i++) {
    int child_width = get_child_width (child, width);
    int child_height = 0;

    if (n_expand > 0 &&
        gtk_widget_compute_expand (child, GTK_ORIENTATION_HORIZONTAL)) {
      int share = left / (int) n_expand--;

      child_width += share;
      left -= share;
    }
    if (row_height < 0)
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, child_width, NULL,
                          &child_height, NULL, NULL);
    else
      gtk_widget_size_allocate (
          child,
          &(GtkAllocation){ rtl ? width - x - child_width : x, y, child_width,
                            row_height },
          -1);
    height = MAX (height, child_height);
    x += child_width + self->spacing;
    child = next_laid_out (gtk_widget_get_next_sibling (child));
  }
  return height;
}

static GtkWidget *
skip_row (const Row *row)
{
  GtkWidget *child = row->first;

  for (guint i = 0; i < row->n; i++)
    child = next_laid_out (gtk_widget_get_next_sibling (child));
  return child;
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure_width (PcFlowLayout *self,
               GtkWidget    *widget,
               int          *minimum,
               int          *natural)
{
  guint n = 0;

  for (GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget));
       child != NULL;
       child = next_laid_out (gtk_widget_get_next_sibling (child))) {
    int child_min, child_nat;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min,
                        &child_nat, NULL, NULL);
    *minimum = MAX (*minimum, child_min);
    *natural += child_nat + (n++ > 0 ? self->spacing : 0);
  }
}

static void
measure (GtkLayoutManager *manager,
         GtkWidget        *widget,
         GtkOrientation    orientation,
         int               for_size,
         int              *minimum,
         int              *natural,
         int              *minimum_baseline,
         int              *natural_baseline)
{
  PcFlowLayout *self = PC_FLOW_LAYOUT (manager);
  GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget));
  int height = 0;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (self, widget, minimum, natural);
    return;
  }
  if (for_size < 0)
    for_size = G_MAXINT / 2;
  while (child != NULL) {
    Row row = take_row (self, child, for_size);

    height += height > 0 ? self->spacing : 0;
    height += lay_row (self, widget, &row, 0, MIN (for_size, row.width), -1);
    child = skip_row (&row);
  }
  *minimum = *natural = height;
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  PcFlowLayout *self = PC_FLOW_LAYOUT (manager);
  GtkWidget *child = next_laid_out (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child != NULL) {
    Row row = take_row (self, child, width);
    int row_height = lay_row (self, widget, &row, y, width, -1);

    lay_row (self, widget, &row, y, width, row_height);
    y += row_height + self->spacing;
    child = skip_row (&row);
  }
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_SPACING)
    g_value_set_int (value, PC_FLOW_LAYOUT (object)->spacing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id == PROP_SPACING) {
    PC_FLOW_LAYOUT (object)->spacing = g_value_get_int (value);
    gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pc_flow_layout_class_init (PcFlowLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
  props[PROP_SPACING] = g_param_spec_int (
      "spacing", NULL, NULL, 0, 1000, 6,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_flow_layout_init (PcFlowLayout *self)
{
  self->spacing = 6;
}
