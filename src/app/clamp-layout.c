/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A layout manager that bounds the width of what it lays out.  Knows no
 * animation and no second orientation: columns of text are all it is for. */

#include "app/clamp-layout.h"

struct _PcClampLayout
{
  GtkLayoutManager parent_instance;

  guint ems;
};

enum { PROP_0,
       PROP_EMS,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcClampLayout, pc_clamp_layout, GTK_TYPE_LAYOUT_MANAGER)

double
pc_widget_get_em (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  const PangoFontDescription *font =
      pango_context_get_font_description (context);
  double size = pango_font_description_get_size (font) / (double) PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (context);

  if (pango_font_description_get_size_is_absolute (font))
    return MAX (size, 1);
  return MAX (size * (dpi > 0 ? dpi : 96) / 72, 1);
}

static int
get_bound (PcClampLayout *self,
           GtkWidget     *widget)
{
  return (int) (self->ems * pc_widget_get_em (widget));
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  int bound = get_bound (PC_CLAMP_LAYOUT (manager), widget);

  *minimum = *natural = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_for = for_size, child_min = 0, child_nat = 0;

    if (!gtk_widget_should_layout (child))
      continue;
    if (orientation == GTK_ORIENTATION_VERTICAL &&
        (for_size < 0 || for_size > bound)) {
      int width_min, width_nat;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &width_min,
                          &width_nat, NULL, NULL);
      child_for = MIN (for_size < 0 ? width_nat : for_size,
                       MAX (bound, width_min));
    }
    gtk_widget_measure (child, orientation, child_for, &child_min, &child_nat,
                        NULL, NULL);
    *minimum = MAX (*minimum, child_min);
    *natural = MAX (*natural, child_nat);
  }
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MIN (*natural, MAX (bound, *minimum));
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  int bound = get_bound (PC_CLAMP_LAYOUT (manager), widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    int child_min = 0, child_width;

    if (!gtk_widget_should_layout (child))
      continue;
    gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_min,
                        NULL, NULL, NULL);
    child_width = MIN (width, MAX (bound, child_min));
    gtk_widget_size_allocate (child,
                              &(GtkAllocation){ (width - child_width) / 2, 0,
                                                child_width, height },
                              -1);
  }
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_EMS)
    g_value_set_uint (value, PC_CLAMP_LAYOUT (object)->ems);
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
    PC_CLAMP_LAYOUT (object)->ems = g_value_get_uint (value);
    gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
pc_clamp_layout_class_init (PcClampLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
  props[PROP_EMS] = g_param_spec_uint (
      "ems", NULL, NULL, 1, 1000, 45,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_clamp_layout_init (PcClampLayout *self)
{
  self->ems = 45;
}
