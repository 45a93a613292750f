/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The layout of a question and its explanation. */

#include "app/columns-layout.h"

#include "app/clamp-layout.h"

#define SPACING 18
#define FIRST_SHARE 0.56

struct _PcColumnsLayout
{
  GtkLayoutManager parent_instance;

  guint ems;
};

enum { PROP_0,
       PROP_EMS,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcColumnsLayout, pc_columns_layout,
                     GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* The first column's width; all of it when they are stacked. */
static int
get_first_width (PcColumnsLayout *self,
                 GtkWidget       *widget,
                 int              width)
{
  GtkWidget *last = gtk_widget_get_last_child (widget);

  if (width < self->ems * pc_widget_get_em (widget) ||
      (last != NULL && !gtk_widget_should_layout (last)))
    return width;
  return (int) ((width - SPACING) * FIRST_SHARE);
}

static int
get_height (GtkWidget *child,
            int        width)
{
  int height = 0;

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &height, NULL,
                        NULL, NULL);
  return height;
}

static void
measure_width (GtkWidget *widget,
               int       *minimum,
               int       *natural)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_min, child_nat;

    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min,
                        &child_nat, NULL, NULL);
    *minimum = MAX (*minimum, child_min);
    *natural += child_nat + SPACING;
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
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second =
      first != NULL ? gtk_widget_get_next_sibling (first) : NULL;
  int first_width;

  *minimum = *natural = 0;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (widget, minimum, natural);
    return;
  }
  if (for_size < 0)
    measure_width (widget, &for_size, natural);
  first_width =
      get_first_width (PC_COLUMNS_LAYOUT (manager), widget, for_size);
  if (first_width == for_size)
    *minimum = get_height (first, for_size) + SPACING +
               get_height (second, for_size);
  else
    *minimum = MAX (get_height (first, first_width),
                    get_height (second, for_size - first_width - SPACING));
  *natural = *minimum;
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second =
      first != NULL ? gtk_widget_get_next_sibling (first) : NULL;
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int first_width =
      get_first_width (PC_COLUMNS_LAYOUT (manager), widget, width);
  gboolean stacked = first_width == width;
  int second_width = stacked ? width : width - first_width - SPACING;
  GtkAllocation place = { 0, 0, first_width, get_height (first, first_width) };

  if (first == NULL)
    return;
  if (!stacked && rtl)
    place.x = width - first_width;
  gtk_widget_size_allocate (first, &place, -1);
  if (second == NULL)
    return;
  place.x = stacked || rtl ? 0 : first_width + SPACING;
  place.y = stacked ? place.height + SPACING : 0;
  place.width = second_width;
  place.height = get_height (second, second_width);
  gtk_widget_size_allocate (second, &place, -1);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_EMS)
    g_value_set_uint (value, PC_COLUMNS_LAYOUT (object)->ems);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id == PROP_EMS) {
    PC_COLUMNS_LAYOUT (object)->ems = g_value_get_uint (value);
    gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pc_columns_layout_class_init (PcColumnsLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
  props[PROP_EMS] = g_param_spec_uint (
      "ems", NULL, NULL, 1, 1000, 52,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_columns_layout_init (PcColumnsLayout *self)
{
  self->ems = 52;
}
