/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One line of a list of shares.  The bar is drawn here: the part that is
 * right, from where the text starts. */

#include "app/share-row.h"

#include "app/clamp-layout.h"
#include "app/colors.h"

#include <glib/gi18n-lib.h>

/* -- the bar -------------------------------------------------------------- */

typedef struct
{
  GtkWidget parent_instance;

  double share;
} PcShareBar;

typedef struct
{
  GtkWidgetClass parent_class;
} PcShareBarClass;

GType pc_share_bar_get_type (void);
G_DEFINE_FINAL_TYPE (PcShareBar, pc_share_bar, GTK_TYPE_WIDGET)

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? 8 : 40;
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  PcShareBar *self = (PcShareBar *) widget;
  float width = (float) gtk_widget_get_width (widget);
  float height = (float) gtk_widget_get_height (widget);
  float part = (float) (width * self->share);
  GdkRGBA ground = pc_widget_get_color (widget, "pc_button");
  GdkRGBA ink = pc_widget_get_color (widget, "pc_accent");
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GskRoundedRect bar;

  gsk_rounded_rect_init_from_rect (
      &bar, &GRAPHENE_RECT_INIT (0, 0, width, height), height / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &bar);
  gtk_snapshot_append_color (snapshot, &ground, &bar.bounds);
  gtk_snapshot_append_color (
      snapshot, &ink,
      &GRAPHENE_RECT_INIT (rtl ? width - part : 0, 0, part, height));
  gtk_snapshot_pop (snapshot);
}

static void
pc_share_bar_class_init (PcShareBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pc_share_bar_init (PcShareBar *self)
{
}

/* -- the row -------------------------------------------------------------- */

struct _PcShareRow
{
  GtkListBoxRow parent_instance;

  GtkLabel   *title;
  GtkLabel   *numbers;
  PcShareBar *bar;
};

G_DEFINE_FINAL_TYPE (PcShareRow, pc_share_row, GTK_TYPE_LIST_BOX_ROW)

static void
pc_share_row_class_init (PcShareRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (pc_share_bar_get_type ());
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/share-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcShareRow, title);
  gtk_widget_class_bind_template_child (widget_class, PcShareRow, numbers);
  gtk_widget_class_bind_template_child (widget_class, PcShareRow, bar);
}

static void
pc_share_row_init (PcShareRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_share_row_new (const char *title,
                  guint       n_correct,
                  guint       n,
                  int         percent)
{
  PcShareRow *self = g_object_new (PC_TYPE_SHARE_ROW, NULL);
  g_autofree char *text =
      percent >= 0
          /* Translators: right answers, questions, per cent. */
          ? g_strdup_printf (ngettext ("%u of %u right · %d %%",
                                       "%u of %u right · %d %%", n),
                             n_correct, n, percent)
          /* Translators: right answers, questions. */
          : g_strdup_printf (ngettext ("%u of %u right", "%u of %u right", n),
                             n_correct, n);

  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->numbers, text);
  self->bar->share = n > 0 ? n_correct / (double) n : 0;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return GTK_WIDGET (self);
}
