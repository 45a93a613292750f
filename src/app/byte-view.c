/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws hex and text of a unit.  One widget as high as all its rows, of which
 * only those in view are drawn; glyphs are laid out once per octet value.
 * Screen readers hear the octet under the cursor as the description.
 * Shows octets only; what they mean is the inspector's. */

#include "app/byte-view.h"

#include "app/byte-glyphs.h"
#include "app/byte-grid.h"
#include "app/colors.h"

#include <glib/gi18n-lib.h>

#define PAD PC_BYTE_GRID_PAD

struct _PcByteView
{
  GtkWidget parent_instance;

  PcStep       *step;
  const guint8 *data;
  gsize         len;
  int           field;
  int           hover; /* the field under the pointer */
  guint         cursor;
  gboolean      reveal;

  GtkAdjustment *scroll;      /* of the scrolled window around */
  PcByteGlyphs   glyphs;
};

enum { PROP_0,
       PROP_FIELD,
       PROP_HOVER,
       PROP_REVEAL,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcByteView, pc_byte_view, GTK_TYPE_WIDGET)

/* -- where things are ----------------------------------------------------- */

static void
get_grid (PcByteView *self,
          int         width,
          PcByteGrid *grid)
{
  pc_byte_glyphs_measure (&self->glyphs, GTK_WIDGET (self));
  pc_byte_grid_fit (grid, self->len, width, self->glyphs.char_width,
                    self->glyphs.row_height);
}

static int
find_field (PcByteView *self,
            guint       octet)
{
  guint n = self->step != NULL ? pc_step_get_n_fields (self->step) : 0;
  guint low = 0;

  while (low < n) {
    guint middle = low + (n - low) / 2;
    const PcField *field = pc_step_get_field (self->step, middle);

    if (octet >= field->end)
      low = middle + 1;
    else if (octet < field->start)
      n = middle;
    else
      return (int) middle;
  }
  return -1;
}

static int
hit_test (PcByteView *self,
          double      x,
          double      y)
{
  PcByteGrid grid;

  get_grid (self, gtk_widget_get_width (GTK_WIDGET (self)), &grid);
  return pc_byte_grid_find (&grid, x, y);
}

/* -- painting ------------------------------------------------------------- */

static void
paint_layout (GtkSnapshot   *snapshot,
              PangoLayout   *layout,
              double         x,
              double         y,
              double         width,
              double         height,
              const GdkRGBA *color)
{
  int layout_width, layout_height;

  pango_layout_get_pixel_size (layout, &layout_width, &layout_height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (
      snapshot,
      &GRAPHENE_POINT_INIT ((float) (x + (width - layout_width) / 2),
                            (float) (y + (height - layout_height) / 2)));
  gtk_snapshot_append_layout (snapshot, layout, color);
  gtk_snapshot_restore (snapshot);
}

typedef struct
{
  GdkRGBA ink;
  GdkRGBA dim;
  GdkRGBA lit;      /* behind the chosen field */
  GdkRGBA lit_ink;
  GdkRGBA cursor;
  GdkRGBA tints[PC_N_FIELD_TINTS];
} Palette;

static void
get_palette (PcByteView *self,
             Palette    *palette)
{
  GtkWidget *widget = GTK_WIDGET (self);

  palette->ink = pc_widget_get_color (widget, "pc_ink");
  palette->dim = pc_widget_get_color (widget, "pc_dim");
  palette->lit = pc_widget_get_color (widget, "pc_lit");
  palette->lit_ink = pc_widget_get_color (widget, "pc_lit_ink");
  palette->cursor = pc_widget_get_color (widget, "pc_accent");
  for (guint i = 0; i < PC_N_FIELD_TINTS; i++) {
    g_autofree char *name = g_strdup_printf ("pc_field_%u", i);

    palette->tints[i] = pc_widget_get_color (widget, name);
  }
}

static void
paint_cell (PcByteView    *self,
            GtkSnapshot   *snapshot,
            const Palette *palette,
            guint          octet,
            PangoLayout   *glyphs,
            double         x,
            double         y,
            double         width)
{
  int field = find_field (self, octet);
  gboolean lit = field >= 0 &&
                 (field == self->field || field == self->hover);
  graphene_rect_t cell =
      GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                          (float) self->glyphs.row_height - 2);

  if (field >= 0)
    gtk_snapshot_append_color (
        snapshot,
        lit ? &palette->lit : &palette->tints[field % PC_N_FIELD_TINTS],
        &cell);
  if (octet == self->cursor && gtk_widget_has_focus (GTK_WIDGET (self))) {
    GskRoundedRect outline;

    gsk_rounded_rect_init_from_rect (&outline, &cell, 2);
    gtk_snapshot_append_border (
        snapshot, &outline, (float[4]){ 2, 2, 2, 2 },
        (GdkRGBA[4]){ palette->cursor, palette->cursor, palette->cursor,
                      palette->cursor });
  }
  paint_layout (snapshot, glyphs, x, y, width, self->glyphs.row_height - 2,
                lit ? &palette->lit_ink : &palette->ink);
}

static void
paint_row (PcByteView       *self,
           GtkSnapshot      *snapshot,
           const PcByteGrid *grid,
           const Palette    *palette,
           guint             row)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PcByteGlyphs *glyphs = &self->glyphs;
  double y = PAD + row * (double) glyphs->row_height;
  guint first = row * grid->per_row;
  guint n = MIN (grid->per_row, (guint) (self->len - first));
  g_autofree char *offset =
      g_strdup_printf ("%0*x", (int) grid->digits, first);
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (widget, offset);

  paint_layout (snapshot, layout, PAD, y, grid->digits * glyphs->char_width,
                glyphs->row_height - 2, &palette->dim);
  for (guint i = 0; i < n; i++) {
    int index = find_field (self, first + i);
    const PcField *field =
        index >= 0 ? pc_step_get_field (self->step, (guint) index) : NULL;
    gboolean hidden = field != NULL && field->secret && !self->reveal;
    guint octet = hidden ? PC_BYTE_GLYPHS_HIDDEN : self->data[first + i];

    paint_cell (self, snapshot, palette, first + i,
                pc_byte_glyphs_get_hex (glyphs, widget, octet),
                grid->hex_x + i * grid->hex_step, y, grid->hex_step);
    paint_cell (self, snapshot, palette, first + i,
                pc_byte_glyphs_get_text (glyphs, widget, octet),
                grid->text_x + i * grid->text_step, y, grid->text_step);
  }
}

static void
snapshot (GtkWidget   *widget,
          GtkSnapshot *snapshot)
{
  PcByteView *self = PC_BYTE_VIEW (widget);
  double top = 0, bottom = gtk_widget_get_height (widget);
  guint first, last;
  Palette palette;
  PcByteGrid grid;

  if (self->len == 0)
    return;
  get_grid (self, gtk_widget_get_width (widget), &grid);
  get_palette (self, &palette);
  if (self->scroll != NULL) {
    top = gtk_adjustment_get_value (self->scroll);
    bottom = top + gtk_adjustment_get_page_size (self->scroll);
  }
  first = (guint) (MAX (top - PAD, 0) / self->glyphs.row_height);
  last = (guint) (MAX (bottom, 0) / self->glyphs.row_height) + 1;
  last = MIN (last, pc_byte_grid_get_n_rows (&grid));
  for (guint row = first; row < last; row++)
    paint_row (self, snapshot, &grid, &palette, row);
}

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
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
  PcByteView *self = PC_BYTE_VIEW (widget);
  PcByteGrid grid;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    pc_byte_glyphs_measure (&self->glyphs, GTK_WIDGET (self));
    pc_byte_grid_init (&grid, self->len, 2, self->glyphs.char_width,
                       self->glyphs.row_height);
    *minimum = pc_byte_grid_get_width (&grid);
    pc_byte_grid_init (&grid, self->len, 8, self->glyphs.char_width,
                       self->glyphs.row_height);
    *natural = pc_byte_grid_get_width (&grid);
    return;
  }
  get_grid (self, for_size < 0 ? G_MAXINT : for_size, &grid);
  *minimum = *natural =
      2 * PAD + (int) pc_byte_grid_get_n_rows (&grid) * self->glyphs.row_height;
}

/* -- cursor --------------------------------------------------------------- */

static void
describe_cursor (PcByteView *self)
{
  g_autofree char *text = NULL;
  int index = find_field (self, self->cursor);
  const PcField *field =
      index >= 0 ? pc_step_get_field (self->step, (guint) index) : NULL;

  if (self->len == 0)
    text = g_strdup (_ ("No octets"));
  else if (field == NULL)
    text = g_strdup_printf (_ ("Octet %u of %u: %02x"), self->cursor + 1,
                            (guint) self->len, self->data[self->cursor]);
  else if (field->secret && !self->reveal)
    text = g_strdup_printf (_ ("Octet %u of %u: hidden, field %s"),
                            self->cursor + 1, (guint) self->len,
                            _ (field->label));
  else
    text = g_strdup_printf (_ ("Octet %u of %u: %02x, field %s"),
                            self->cursor + 1, (guint) self->len,
                            self->data[self->cursor], _ (field->label));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text,
                                  -1);
}

static void
scroll_to_cursor (PcByteView *self)
{
  double top;
  PcByteGrid grid;

  if (self->scroll == NULL || self->len == 0)
    return;
  get_grid (self, gtk_widget_get_width (GTK_WIDGET (self)), &grid);
  top = PAD + (double) (self->cursor / grid.per_row) * self->glyphs.row_height;
  gtk_adjustment_clamp_page (self->scroll, top - PAD,
                             top + self->glyphs.row_height + PAD);
}

static void
set_field (PcByteView *self,
           int         field)
{
  if (self->field == field)
    return;
  self->field = field;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIELD]);
}

static void
set_hover (PcByteView *self,
           int         field)
{
  if (self->hover == field)
    return;
  self->hover = field;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HOVER]);
}

static void
move_to (PcByteView *self,
         gint64      octet)
{
  if (self->len == 0)
    return;
  self->cursor = (guint) CLAMP (octet, 0, (gint64) self->len - 1);
  /* A pointer that only rests there has no say. */
  set_hover (self, -1);
  set_field (self, find_field (self, self->cursor));
  describe_cursor (self);
  scroll_to_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
move_cb (GtkWidget *widget,
         GVariant  *args,
         gpointer   data)
{
  PcByteView *self = PC_BYTE_VIEW (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gint64 octet = self->cursor;
  const char *way;
  PcByteGrid grid;

  get_grid (self, gtk_widget_get_width (widget), &grid);
  g_variant_get (args, "(&s)", &way);
  if (g_str_equal (way, "left"))
    octet += rtl ? 1 : -1;
  else if (g_str_equal (way, "right"))
    octet += rtl ? -1 : 1;
  else if (g_str_equal (way, "up"))
    octet -= grid.per_row;
  else if (g_str_equal (way, "down"))
    octet += grid.per_row;
  else if (g_str_equal (way, "first"))
    octet = 0;
  else
    octet = (gint64) self->len - 1;
  move_to (self, octet);
  return TRUE;
}

static void
pressed_cb (PcByteView *self,
            int         n_press,
            double      x,
            double      y)
{
  int octet = hit_test (self, x, y);

  gtk_widget_grab_focus (GTK_WIDGET (self));
  if (octet >= 0)
    move_to (self, octet);
}

static void
motion_cb (PcByteView *self,
           double      x,
           double      y)
{
  int octet = hit_test (self, x, y);

  set_hover (self, octet >= 0 ? find_field (self, (guint) octet) : -1);
}

static void
leave_cb (PcByteView *self)
{
  set_hover (self, -1);
}

/* -- life ----------------------------------------------------------------- */

static void
css_changed (GtkWidget         *widget,
             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pc_byte_view_parent_class)->css_changed (widget, change);
  pc_byte_glyphs_clear (&PC_BYTE_VIEW (widget)->glyphs);
  gtk_widget_queue_resize (widget);
}

static void
system_setting_changed (GtkWidget       *widget,
                        GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (pc_byte_view_parent_class)
      ->system_setting_changed (widget, setting);
  pc_byte_glyphs_clear (&PC_BYTE_VIEW (widget)->glyphs);
  gtk_widget_queue_resize (widget);
}

static void
drop_scroll (PcByteView *self)
{
  if (self->scroll != NULL)
    g_signal_handlers_disconnect_by_data (self->scroll, self);
  g_clear_object (&self->scroll);
}

static void
root (GtkWidget *widget)
{
  PcByteView *self = PC_BYTE_VIEW (widget);
  GtkWidget *scrolled =
      gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (pc_byte_view_parent_class)->root (widget);
  if (scrolled == NULL)
    return;
  self->scroll = g_object_ref (gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (scrolled)));
  g_signal_connect_swapped (self->scroll, "value-changed",
                            G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (self->scroll, "changed",
                            G_CALLBACK (gtk_widget_queue_draw), self);
}

static void
unroot (GtkWidget *widget)
{
  drop_scroll (PC_BYTE_VIEW (widget));
  GTK_WIDGET_CLASS (pc_byte_view_parent_class)->unroot (widget);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcByteView *self = PC_BYTE_VIEW (object);

  switch (id) {
  case PROP_FIELD: g_value_set_int (value, self->field); break;
  case PROP_HOVER: g_value_set_int (value, self->hover); break;
  case PROP_REVEAL: g_value_set_boolean (value, self->reveal); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcByteView *self = PC_BYTE_VIEW (object);

  switch (id) {
  case PROP_FIELD:
    pc_byte_view_set_field (self, g_value_get_int (value));
    break;
  case PROP_REVEAL:
    pc_byte_view_set_reveal (self, g_value_get_boolean (value));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  PcByteView *self = PC_BYTE_VIEW (object);

  drop_scroll (self);
  pc_byte_glyphs_clear (&self->glyphs);
  self->data = NULL;
  self->len = 0;
  g_clear_object (&self->step);
  G_OBJECT_CLASS (pc_byte_view_parent_class)->dispose (object);
}

static void
install_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint       key;
    const char *way;
  } keys[] = {
    { GDK_KEY_Left, "left" },
    { GDK_KEY_Right, "right" },
    { GDK_KEY_Up, "up" },
    { GDK_KEY_Down, "down" },
    { GDK_KEY_Home, "first" },
    { GDK_KEY_End, "last" },
  };
  static const guint enters[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move_cb,
                                  "(s)", keys[i].way);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c,
                                       GDK_CONTROL_MASK, "inspector.copy",
                                       "s", "hex");
  for (guint i = 0; i < G_N_ELEMENTS (enters); i++)
    gtk_widget_class_add_binding_action (widget_class, enters[i], 0,
                                         "inspector.meaning", NULL);
}

static void
pc_byte_view_class_init (PcByteViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->snapshot = snapshot;
  widget_class->css_changed = css_changed;
  widget_class->system_setting_changed = system_setting_changed;
  widget_class->root = root;
  widget_class->unroot = unroot;
  props[PROP_FIELD] = g_param_spec_int (
      "field", NULL, NULL, -1, G_MAXINT, -1,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_HOVER] =
      g_param_spec_int ("hover", NULL, NULL, -1, G_MAXINT, -1,
                        G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_REVEAL] = g_param_spec_boolean (
      "reveal", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_css_name (widget_class, "byteview");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_IMG);
  install_keys (widget_class);
}

static void
pc_byte_view_init (PcByteView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();

  self->field = -1;
  self->hover = -1;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "monospace");
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Octets of this step"), -1);
  g_signal_connect_swapped (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_swapped (focus, "enter",
                            G_CALLBACK (gtk_widget_queue_draw), self);
  g_signal_connect_swapped (focus, "leave",
                            G_CALLBACK (gtk_widget_queue_draw), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);
  g_signal_connect_swapped (motion, "enter", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (motion_cb), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (leave_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
}

void
pc_byte_view_set_step (PcByteView *self,
                       PcStep     *step)
{
  g_return_if_fail (PC_IS_BYTE_VIEW (self));
  g_return_if_fail (step == NULL || PC_IS_STEP (step));

  if (!g_set_object (&self->step, step))
    return;
  self->data = NULL;
  self->len = 0;
  if (step != NULL) {
    GBytes *bytes = pc_step_get_bytes (step);

    self->data = bytes != NULL ? g_bytes_get_data (bytes, &self->len) : NULL;
  }
  self->cursor = 0;
  set_hover (self, -1);
  set_field (self, -1);
  if (self->scroll != NULL)
    gtk_adjustment_set_value (self->scroll, 0);
  describe_cursor (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

int
pc_byte_view_get_field (PcByteView *self)
{
  g_return_val_if_fail (PC_IS_BYTE_VIEW (self), -1);

  return self->field;
}

int
pc_byte_view_get_hover (PcByteView *self)
{
  g_return_val_if_fail (PC_IS_BYTE_VIEW (self), -1);

  return self->hover;
}

void
pc_byte_view_set_field (PcByteView *self,
                        int         field)
{
  g_return_if_fail (PC_IS_BYTE_VIEW (self));

  if (self->field == field)
    return;
  if (field >= 0 && self->step != NULL &&
      (guint) field < pc_step_get_n_fields (self->step) &&
      find_field (self, self->cursor) != field) {
    self->cursor = pc_step_get_field (self->step, (guint) field)->start;
    describe_cursor (self);
    scroll_to_cursor (self);
  }
  set_field (self, field);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
pc_byte_view_get_reveal (PcByteView *self)
{
  g_return_val_if_fail (PC_IS_BYTE_VIEW (self), FALSE);

  return self->reveal;
}

void
pc_byte_view_set_reveal (PcByteView *self,
                         gboolean    reveal)
{
  g_return_if_fail (PC_IS_BYTE_VIEW (self));

  if (self->reveal == !!reveal)
    return;
  self->reveal = !!reveal;
  describe_cursor (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REVEAL]);
}

guint
pc_byte_view_get_cursor (PcByteView *self)
{
  g_return_val_if_fail (PC_IS_BYTE_VIEW (self), 0);

  return self->cursor;
}
