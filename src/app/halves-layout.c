/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Two things side by side, or one at a time in a narrow window. */

#include "app/halves-layout.h"

#include "app/clamp-layout.h"

#define SPACING 1 /* a line of the background between them */
#define NATURAL_HEAD 300

struct _PcHalvesLayout
{
  GtkLayoutManager parent_instance;

  guint    ems;
  guint    chosen;
  int      width; /* of the last allocation */
  gboolean narrow;
  guint    notify_id;
};

enum { PROP_0,
       PROP_EMS,
       PROP_NARROW,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcHalvesLayout, pc_halves_layout, GTK_TYPE_LAYOUT_MANAGER)

/* FALSE before all four are there. */
static gboolean
get_children (GtkWidget *widget,
              GtkWidget *children[4])
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (guint i = 0; i < 4; i++) {
    if (child == NULL)
      return FALSE;
    children[i] = child;
    child = gtk_widget_get_next_sibling (child);
  }
  return TRUE;
}

static void
measure_one (GtkWidget     *child,
             GtkOrientation orientation,
             int            for_size,
             int           *minimum,
             int           *natural)
{
  gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL,
                      NULL);
}

static int
get_head_height (GtkWidget *children[4],
                 int        width)
{
  int heights[2];

  for (guint i = 0; i < 2; i++)
    measure_one (children[i], GTK_ORIENTATION_VERTICAL, width, &heights[i],
                 NULL);
  return MAX (heights[0], heights[1]);
}

/* The heads share the least width; either body must fit into all of it. */
static void
measure_width (GtkWidget *children[4],
               int       *minimum,
               int       *natural)
{
  int min[4], nat[4];

  for (guint i = 0; i < 4; i++)
    measure_one (children[i], GTK_ORIENTATION_HORIZONTAL, -1, &min[i],
                 &nat[i]);
  *minimum = MAX (2 * MAX (min[0], min[1]) + SPACING, MAX (min[2], min[3]));
  *natural = MAX (*minimum, nat[2] + nat[3] + SPACING);
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
  GtkWidget *children[4];

  *minimum = *natural = 0;
  if (!get_children (widget, children))
    return;
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    measure_width (children, minimum, natural);
    return;
  }
  for (guint i = 2; i < 4; i++) {
    int min, nat;

    measure_one (children[i], orientation, -1, &min, &nat);
    *minimum = MAX (*minimum, min);
    *natural = MAX (*natural, nat);
  }
  /* For no width in particular: not for the least, where every head has a
   * line for each letter. */
  if (for_size < 0)
    for_size = PC_HALVES_LAYOUT (manager)->width;
  for_size = get_head_height (
      children, for_size > 0 ? (for_size - SPACING) / 2 : NATURAL_HEAD);
  *minimum += for_size;
  *natural += for_size;
}

/* What an allocation decided becomes known once it is over. */
static gboolean
notify_cb (gpointer data)
{
  PcHalvesLayout *self = data;

  self->notify_id = 0;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NARROW]);
  return G_SOURCE_REMOVE;
}

static void
set_narrow (PcHalvesLayout *self,
            gboolean        narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  if (self->notify_id == 0)
    self->notify_id = g_idle_add (notify_cb, self);
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  PcHalvesLayout *self = PC_HALVES_LAYOUT (manager);
  gboolean        rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean        narrow = width < self->ems * pc_widget_get_em (widget);
  int             column = (width - SPACING) / 2;
  GtkWidget      *children[4];
  int             head;

  if (!get_children (widget, children))
    return;
  self->width = width;
  set_narrow (self, narrow);
  head = get_head_height (children, column);
  for (guint i = 0; i < 4; i++) {
    gboolean      first = (i % 2 == 0) != rtl;
    GtkAllocation place = { first ? 0 : width - column, 0, column, head };

    if (i >= 2) {
      gtk_widget_set_child_visible (children[i],
                                    !narrow || i % 2 == self->chosen);
      place.y = head;
      place.height = height - head;
    }
    if (i >= 2 && narrow) {
      place.x = 0;
      place.width = width;
    }
    if (gtk_widget_get_child_visible (children[i]))
      gtk_widget_size_allocate (children[i], &place, -1);
  }
}

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_EMS)
    g_value_set_uint (value, PC_HALVES_LAYOUT (object)->ems);
  else if (id == PROP_NARROW)
    g_value_set_boolean (value, PC_HALVES_LAYOUT (object)->narrow);
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
    PC_HALVES_LAYOUT (object)->ems = g_value_get_uint (value);
    gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (object));
  } else {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  g_clear_handle_id (&PC_HALVES_LAYOUT (object)->notify_id, g_source_remove);
  G_OBJECT_CLASS (pc_halves_layout_parent_class)->dispose (object);
}

static void
pc_halves_layout_class_init (PcHalvesLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
  props[PROP_EMS] = g_param_spec_uint (
      "ems", NULL, NULL, 1, 1000, 44,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  props[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, TRUE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_halves_layout_init (PcHalvesLayout *self)
{
  self->ems = 44;
  /* Until the width is known: what asks for more makes the window wider. */
  self->narrow = TRUE;
}

void
pc_halves_layout_set_chosen (PcHalvesLayout *self,
                             guint           half)
{
  g_return_if_fail (PC_IS_HALVES_LAYOUT (self) && half < 2);

  if (self->chosen == half)
    return;
  self->chosen = half;
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
}
