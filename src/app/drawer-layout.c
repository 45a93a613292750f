/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An overlay would give its child the height of its natural width, and would
 * hide what the question in it is about. */

#include "app/drawer-layout.h"

#define LEAST_HEIGHT 180 /* of the first child: names and a few rows */

struct _PcDrawerLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (PcDrawerLayout, pc_drawer_layout,
                     GTK_TYPE_LAYOUT_MANAGER)

static GtkSizeRequestMode
get_request_mode (GtkLayoutManager *manager,
                  GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_CONSTANT_SIZE;
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
  int least = 0;

  gtk_widget_measure (first, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;
  gtk_widget_measure (gtk_widget_get_next_sibling (first), orientation, -1,
                      &least, NULL, NULL, NULL);
  *minimum = MAX (*minimum, least);
  *natural = MAX (*natural, *minimum);
}

static void
allocate (GtkLayoutManager *manager,
          GtkWidget        *widget,
          int               width,
          int               height,
          int               baseline)
{
  GtkWidget *first = gtk_widget_get_first_child (widget);
  GtkWidget *second = gtk_widget_get_next_sibling (first);
  int least, wanted;

  gtk_widget_measure (second, GTK_ORIENTATION_VERTICAL, width, &least, &wanted,
                      NULL, NULL);
  wanted = MAX (MIN (wanted, height), least);
  gtk_widget_measure (first, GTK_ORIENTATION_VERTICAL, width, &least, NULL,
                      NULL, NULL);
  least = MAX (least, MIN (LEAST_HEIGHT, height));
  gtk_widget_size_allocate (
      first, &(GtkAllocation){ 0, 0, width, MAX (height - wanted, least) }, -1);
  gtk_widget_size_allocate (
      second, &(GtkAllocation){ 0, height - wanted, width, wanted }, -1);
}

static void
pc_drawer_layout_class_init (PcDrawerLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = get_request_mode;
  layout_class->measure = measure;
  layout_class->allocate = allocate;
}

static void
pc_drawer_layout_init (PcDrawerLayout *self)
{
}
