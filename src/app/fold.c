/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The adaptive frame of the Exchanges place.  Decides at each allocation
 * which columns fit; what it decides becomes known (notify) once that
 * allocation is over, since others lay themselves out by it.  No swipes and
 * no sliding: a side is there or it is not. */

#include "app/fold.h"

#include "app/clamp-layout.h"

/* Widths in em. */
#define START_EMS 16.5
#define CONTENT_EMS 28.0
#define END_EMS 25.0
/* A height in em. */
#define SHORT_EMS 32.0

typedef struct
{
  GtkWidget *widget;
  gboolean   show;
  gboolean   folded;
  gboolean   hidden; /* by the person, where there was room for it */
} Side;

struct _PcFold
{
  GtkWidget parent_instance;

  GtkWidget *content;
  GtkWidget *shade; /* over the content, below a side that lies over it */
  Side       start;
  Side       end;
  guint      notify_id;
  gboolean   placed;
  gboolean   is_short;
};

enum {
  PROP_0,
  PROP_START,
  PROP_CONTENT,
  PROP_END,
  PROP_SHOW_START,
  PROP_SHOW_END,
  PROP_START_FOLDED,
  PROP_END_FOLDED,
  PROP_SHORT,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcFold, pc_fold, GTK_TYPE_WIDGET)

static int
get_side_width (PcFold *self,
                Side   *side,
                double  ems)
{
  int minimum = 0;

  if (side->widget == NULL)
    return 0;
  gtk_widget_measure (side->widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum,
                      NULL, NULL, NULL);
  return MAX (minimum, (int) (ems * pc_widget_get_em (GTK_WIDGET (self))));
}

static gboolean
notify_cb (gpointer data)
{
  PcFold *self = data;

  self->notify_id = 0;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = PROP_SHOW_START; i < N_PROPS; i++)
    g_object_notify_by_pspec (G_OBJECT (self), props[i]);
  g_object_thaw_notify (G_OBJECT (self));
  return G_SOURCE_REMOVE;
}

/* A side that folds is closed, one that unfolds is open again; one whose fold
 * did not change stays as the person left it. */
static void
set_folded (PcFold  *self,
            Side    *side,
            gboolean folded)
{
  if (side->folded == folded && self->placed)
    return;
  side->folded = folded;
  side->show = !folded && !side->hidden;
  if (self->notify_id == 0)
    self->notify_id = g_idle_add (notify_cb, self);
}

static void
set_short (PcFold  *self,
           gboolean is_short)
{
  if (self->is_short == is_short)
    return;
  self->is_short = is_short;
  if (self->notify_id == 0)
    self->notify_id = g_idle_add (notify_cb, self);
}

static void
place_side (PcFold *self,
            Side   *side,
            int     x,
            int     width,
            int     height)
{
  if (side->widget == NULL)
    return;
  gtk_widget_set_child_visible (side->widget, side->show);
  if (side->folded)
    gtk_widget_add_css_class (side->widget, "folded");
  else
    gtk_widget_remove_css_class (side->widget, "folded");
  if (side->show)
    gtk_widget_size_allocate (side->widget,
                              &(GtkAllocation){ x, 0, width, height }, -1);
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcFold *self = PC_FOLD (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int content_min = (int) (CONTENT_EMS * pc_widget_get_em (widget));
  int start = get_side_width (self, &self->start, START_EMS);
  int end = get_side_width (self, &self->end, END_EMS);
  int before, after, minimum = 0;

  if (self->content != NULL)
    gtk_widget_measure (self->content, GTK_ORIENTATION_HORIZONTAL, -1,
                        &minimum, NULL, NULL, NULL);
  content_min = MAX (content_min, minimum);
  set_folded (self, &self->start, width < start + content_min + end);
  set_folded (self, &self->end, width < content_min + end);
  set_short (self, height < SHORT_EMS * pc_widget_get_em (widget));
  self->placed = TRUE;

  before = self->start.show && !self->start.folded ? start : 0;
  after = self->end.show && !self->end.folded ? end : 0;
  start = MIN (start, width);
  end = MIN (end, width);
  if (self->content != NULL)
    gtk_widget_size_allocate (
        self->content,
        &(GtkAllocation){ rtl ? after : before, 0,
                          MAX (width - before - after, minimum), height },
        -1);
  gtk_widget_set_child_visible (
      self->shade, (self->start.show && self->start.folded) ||
                       (self->end.show && self->end.folded));
  gtk_widget_size_allocate (self->shade,
                            &(GtkAllocation){ 0, 0, width, height }, -1);
  place_side (self, &self->start, rtl ? width - start : 0, start, height);
  place_side (self, &self->end, rtl ? 0 : width - end, end, height);
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  PcFold *self = PC_FOLD (widget);
  /* A side that is not there, or not known to be, takes no room. */
  gboolean start = self->placed && self->start.show;
  gboolean end = self->placed && self->end.show;
  GtkWidget *children[] = { self->content, start ? self->start.widget : NULL,
                            end ? self->end.widget : NULL };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (children); i++) {
    int child_min = 0, child_nat = 0;

    if (children[i] == NULL)
      continue;
    gtk_widget_measure (children[i], orientation, -1, &child_min, &child_nat,
                        NULL, NULL);
    *minimum = MAX (*minimum, child_min);
    if (orientation == GTK_ORIENTATION_HORIZONTAL)
      *natural += child_nat;
    else
      *natural = MAX (*natural, child_nat);
  }
}

static void
close_folded (PcFold *self)
{
  if (self->start.folded)
    pc_fold_set_show_start (self, FALSE);
  if (self->end.folded)
    pc_fold_set_show_end (self, FALSE);
}

static gboolean
close_cb (GtkWidget *widget,
          GVariant  *args,
          gpointer   data)
{
  PcFold *self = PC_FOLD (widget);

  if (!(self->start.folded && self->start.show) &&
      !(self->end.folded && self->end.show))
    return FALSE;
  close_folded (self);
  return TRUE;
}

static void
shade_pressed_cb (PcFold *self)
{
  close_folded (self);
}

static void
set_child (PcFold     *self,
           GtkWidget **place,
           GtkWidget  *child)
{
  g_clear_pointer (place, gtk_widget_unparent);
  *place = child;
  if (child == NULL)
    return;
  /* The shade is above the content and below the sides. */
  if (place == &self->content)
    gtk_widget_insert_before (child, GTK_WIDGET (self), self->shade);
  else
    gtk_widget_set_parent (child, GTK_WIDGET (self));
}

static void
set_show (PcFold  *self,
          Side    *side,
          gboolean show,
          guint    prop)
{
  show = !!show;
  if (!side->folded)
    side->hidden = !show;
  if (side->show == show)
    return;
  side->show = show;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcFold *self = PC_FOLD (object);

  switch (id) {
  case PROP_START: g_value_set_object (value, self->start.widget); break;
  case PROP_CONTENT: g_value_set_object (value, self->content); break;
  case PROP_END: g_value_set_object (value, self->end.widget); break;
  case PROP_SHOW_START: g_value_set_boolean (value, self->start.show); break;
  case PROP_SHOW_END: g_value_set_boolean (value, self->end.show); break;
  case PROP_START_FOLDED:
    g_value_set_boolean (value, self->start.folded);
    break;
  case PROP_END_FOLDED: g_value_set_boolean (value, self->end.folded); break;
  case PROP_SHORT: g_value_set_boolean (value, self->is_short); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcFold *self = PC_FOLD (object);

  switch (id) {
  case PROP_START:
    set_child (self, &self->start.widget, g_value_get_object (value));
    break;
  case PROP_CONTENT:
    set_child (self, &self->content, g_value_get_object (value));
    break;
  case PROP_END:
    set_child (self, &self->end.widget, g_value_get_object (value));
    break;
  case PROP_SHOW_START:
    pc_fold_set_show_start (self, g_value_get_boolean (value));
    break;
  case PROP_SHOW_END:
    pc_fold_set_show_end (self, g_value_get_boolean (value));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  PcFold *self = PC_FOLD (object);

  g_clear_handle_id (&self->notify_id, g_source_remove);
  g_clear_pointer (&self->start.widget, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  g_clear_pointer (&self->end.widget, gtk_widget_unparent);
  g_clear_pointer (&self->shade, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_fold_parent_class)->dispose (object);
}

static void
install_properties (GObjectClass *object_class)
{
  static const struct
  {
    const char *name;
    gboolean    widget;
    gboolean    writable;
  } specs[N_PROPS] = {
    [PROP_START] = { "start", TRUE, TRUE },
    [PROP_CONTENT] = { "content", TRUE, TRUE },
    [PROP_END] = { "end", TRUE, TRUE },
    [PROP_SHOW_START] = { "show-start", FALSE, TRUE },
    [PROP_SHOW_END] = { "show-end", FALSE, TRUE },
    [PROP_START_FOLDED] = { "start-folded", FALSE, FALSE },
    [PROP_END_FOLDED] = { "end-folded", FALSE, FALSE },
    [PROP_SHORT] = { "short", FALSE, FALSE },
  };

  for (guint i = PROP_START; i < N_PROPS; i++) {
    GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                        G_PARAM_EXPLICIT_NOTIFY;

    if (specs[i].writable)
      flags |= G_PARAM_WRITABLE;
    props[i] = specs[i].widget
                   ? g_param_spec_object (specs[i].name, NULL, NULL,
                                          GTK_TYPE_WIDGET, flags)
                   : g_param_spec_boolean (specs[i].name, NULL, NULL, FALSE,
                                           flags);
  }
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_fold_class_init (PcFoldClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  gtk_widget_class_set_css_name (widget_class, "fold");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, close_cb,
                                NULL);
  install_properties (object_class);
}

static void
pc_fold_init (PcFold *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->start.show = self->end.show = TRUE;
  self->shade = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_add_css_class (self->shade, "shade");
  gtk_widget_add_controller (self->shade, GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (shade_pressed_cb),
                            self);
  gtk_widget_set_parent (self->shade, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

gboolean
pc_fold_get_show_start (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->start.show;
}

void
pc_fold_set_show_start (PcFold  *self,
                        gboolean show)
{
  g_return_if_fail (PC_IS_FOLD (self));

  set_show (self, &self->start, show, PROP_SHOW_START);
  if (show && self->start.folded && self->end.folded)
    pc_fold_set_show_end (self, FALSE);
}

gboolean
pc_fold_get_show_end (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->end.show;
}

void
pc_fold_set_show_end (PcFold  *self,
                      gboolean show)
{
  g_return_if_fail (PC_IS_FOLD (self));

  set_show (self, &self->end, show, PROP_SHOW_END);
  if (show && self->start.folded && self->end.folded)
    pc_fold_set_show_start (self, FALSE);
}

gboolean
pc_fold_get_start_folded (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->start.folded;
}

gboolean
pc_fold_get_end_folded (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->end.folded;
}

gboolean
pc_fold_get_start_hidden (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->start.hidden;
}

gboolean
pc_fold_get_end_hidden (PcFold *self)
{
  g_return_val_if_fail (PC_IS_FOLD (self), FALSE);

  return self->end.hidden;
}
