/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The bench of the lab: a phone, the wire, and what came of it below the wire;
 * or one of the three at a time. */

#include "app/lab-layout.h"

#include "app/clamp-layout.h"

#define N_CHILDREN 4
#define SPACING 18
#define FIRST_SHARE 0.45  /* of the width, at most, where "first-ems" is set */
#define FIRST_LEAST 0.25  /* of it, at least: on very wide screens it grows */
#define RESULT_SHARE 0.42 /* of the height, at most */

struct _PcLabLayout
{
  GtkLayoutManager parent_instance;

  guint ems;
  guint first_ems;
  guint first_high;
  guint chosen;
};

enum { PROP_0,
       PROP_EMS,
       PROP_FIRST_EMS,
       PROP_FIRST_HIGH,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcLabLayout, pc_lab_layout, GTK_TYPE_LAYOUT_MANAGER)

/* FALSE before all four are there. */
static gboolean
get_children (GtkWidget *widget,
              GtkWidget *children[N_CHILDREN])
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < N_CHILDREN; i++) {
    if (child == NULL)
      return FALSE;
    children[i] = child;
    child = gtk_widget_get_next_sibling (child);
  }
  return TRUE;
}

/* Whether there is room for two columns.  @first: how wide the first is. */
static gboolean
split (PcLabLayout *self,
       GtkWidget   *widget,
       GtkWidget   *children[N_CHILDREN],
       int          width,
       int         *first)
{
  double em = pc_widget_get_em (widget);
  int narrowest, least;

  gtk_widget_measure (children[1], GTK_ORIENTATION_HORIZONTAL, -1, &narrowest,
                      first, NULL, NULL);
  if (self->first_ems > 0)
    *first = MAX (narrowest, (int) CLAMP (self->first_ems * em,
                                          width * FIRST_LEAST,
                                          width * FIRST_SHARE));
  gtk_widget_measure (children[2], GTK_ORIENTATION_HORIZONTAL, -1, &least,
                      NULL, NULL, NULL);
  return width >= self->ems * em && width - *first - SPACING >= least;
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
  PcLabLayout *self = PC_LAB_LAYOUT (manager);
  GtkWidget *children[N_CHILDREN];
  gboolean high = orientation == GTK_ORIENTATION_VERTICAL;
  int min[N_CHILDREN], nat[N_CHILDREN];
  int first = 0;
  gboolean columns;

  *minimum = *natural = 0;
  if (!get_children (widget, children))
    return;

  columns = high && for_size >= 0 &&
            split (self, widget, children, for_size, &first);
  for (guint i = 0; i < N_CHILDREN; i++) {
    int room = columns && i == 1  ? first
               : columns && i > 1 ? for_size - first - SPACING
               : high             ? for_size
                                  : -1;

    gtk_widget_measure (children[i], orientation, room, &min[i], &nat[i],
                        NULL, NULL);
  }
  if (!high) {
    *minimum = MAX (MAX (min[0], min[1]), MAX (min[2], min[3]));
    *natural = MAX (*minimum, nat[1] + SPACING + MAX (nat[2], nat[3]));
  } else if (columns) {
    *minimum = MAX (min[1], min[2] + min[3]);
    *natural = MAX (nat[1], nat[2] + nat[3]);
  } else {
    *minimum = min[0] + MAX (MAX (min[1], min[2]), min[3]);
    *natural = nat[0] + MAX (nat[1], nat[2] + nat[3]);
  }
}

static void
place (GtkWidget *child,
       int        x,
       int        y,
       int        width,
       int        height)
{
  gtk_widget_set_child_visible (child, TRUE);
  gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height },
                            -1);
}

static void
place_one (PcLabLayout *self,
           GtkWidget   *children[N_CHILDREN],
           int          width,
           int          height)
{
  int tabs;

  gtk_widget_measure (children[0], GTK_ORIENTATION_VERTICAL, width, &tabs,
                      NULL, NULL, NULL);
  place (children[0], 0, 0, width, tabs);
  for (guint i = 0; i < N_CHILDREN - 1; i++)
    if (i == self->chosen)
      place (children[1 + i], 0, tabs, width, height - tabs);
    else
      gtk_widget_set_child_visible (children[1 + i], FALSE);
}

/* The wire, and below it the result, if there is one. */
static void
place_column (GtkWidget *children[N_CHILDREN],
              int        x,
              int        width,
              int        height)
{
  int least, minimum, natural, below;

  gtk_widget_measure (children[2], GTK_ORIENTATION_VERTICAL, width, &least,
                      NULL, NULL, NULL);
  gtk_widget_measure (children[3], GTK_ORIENTATION_VERTICAL, width, &minimum,
                      &natural, NULL, NULL);
  below = MIN (natural, (int) (height * RESULT_SHARE));
  below = MAX (minimum, MIN (below, height - least));
  place (children[2], x, 0, width, height - below);
  if (gtk_widget_get_visible (children[3]))
    place (children[3], x, height - below, width, below);
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  PcLabLayout *self = PC_LAB_LAYOUT (manager);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *children[N_CHILDREN];
  int first, rest, high = height;

  if (!get_children (widget, children))
    return;
  if (!split (self, widget, children, width, &first)) {
    place_one (self, children, width, height);
    return;
  }
  rest = width - first - SPACING;
  gtk_widget_set_child_visible (children[0], FALSE);
  if (self->first_high > 0)
    high = MIN (height, (int) (self->first_high *
                               pc_widget_get_em (widget)));
  place (children[1], rtl ? width - first : 0, 0, first, high);
  place_column (children, rtl ? 0 : first + SPACING, rest, height);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_EMS)
    g_value_set_uint (value, PC_LAB_LAYOUT (object)->ems);
  else if (id == PROP_FIRST_EMS)
    g_value_set_uint (value, PC_LAB_LAYOUT (object)->first_ems);
  else if (id == PROP_FIRST_HIGH)
    g_value_set_uint (value, PC_LAB_LAYOUT (object)->first_high);
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
    PC_LAB_LAYOUT (object)->ems = g_value_get_uint (value);
  } else if (id == PROP_FIRST_EMS) {
    PC_LAB_LAYOUT (object)->first_ems = g_value_get_uint (value);
  } else if (id == PROP_FIRST_HIGH) {
    PC_LAB_LAYOUT (object)->first_high = g_value_get_uint (value);
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
}

static void
pc_lab_layout_class_init (PcLabLayoutClass *klass)
{
  GtkLayoutManagerClass *manager_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  manager_class->get_request_mode = get_request_mode;
  manager_class->measure = measure;
  manager_class->allocate = allocate;
  props[PROP_EMS] = g_param_spec_uint (
      "ems", NULL, NULL, 1, 200, 44,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  props[PROP_FIRST_EMS] = g_param_spec_uint (
      "first-ems", NULL, NULL, 0, 200, 0,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  props[PROP_FIRST_HIGH] = g_param_spec_uint (
      "first-high", NULL, NULL, 0, 200, 0,
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
}

static void
pc_lab_layout_init (PcLabLayout *self)
{
}

void
pc_lab_layout_set_chosen (PcLabLayout *self,
                          guint        chosen)
{
  g_return_if_fail (PC_IS_LAB_LAYOUT (self));
  g_return_if_fail (chosen < N_CHILDREN - 1);

  if (self->chosen == chosen)
    return;
  self->chosen = chosen;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
