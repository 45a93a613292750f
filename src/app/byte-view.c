/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Draws hex and text of a unit.  One widget as high as all its rows, of which
 * only those in view are drawn; glyphs are laid out once per octet value.
 * Screen readers hear the octet under the cursor as the description.
 * Shows octets only; what they mean is the inspector's. */

#include "app/byte-view.h"

#include "app/colors.h"

#include <glib/gi18n-lib.h>

#define PAD 8

struct _PcByteView
{
  GtkWidget parent_instance;

  PcStep       *step;
  const guint8 *data;
  gsize         len;
  int           field;
  guint         cursor;
  gboolean      reveal;

  GtkAdjustment *scroll;      /* of the scrolled window around */
  PangoLayout   *hex[257];    /* the last: a hidden octet */
  PangoLayout   *text[257];
  double         char_width;  /* of the monospace font, pixels */
  int            row_height;
};

/* Where things are for a given width, pixels. */
typedef struct
{
  guint  per_row;
  guint  digits; /* of the offsets */
  double hex_x;
  double hex_step;
  double text_x;
  double text_step;
} Grid;

enum { PROP_0,
       PROP_FIELD,
       PROP_REVEAL,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcByteView, pc_byte_view, GTK_TYPE_WIDGET)

void
pc_byte_view_octet_to_text (guint8 octet,
                            char  *text)
{
  if (octet == '\r')
    g_strlcpy (text, "CR", 4);
  else if (octet == '\n')
    g_strlcpy (text, "LF", 4);
  else if (octet == '\0')
    g_strlcpy (text, "NU", 4);
  else if (octet == '\t')
    g_strlcpy (text, "HT", 4);
  else if (octet > 0x20 && octet < 0x7f)
    text[0] = (char) octet, text[1] = '\0';
  else if (octet == ' ')
    g_strlcpy (text, " ", 4);
  else
    g_strlcpy (text, "·", 4);
}

/* -- where things are ----------------------------------------------------- */

static void
update_metrics (PcByteView *self)
{
  PangoContext *context = gtk_widget_get_pango_context (GTK_WIDGET (self));
  g_autoptr (PangoLayout) layout = pango_layout_new (context);
  int width, height;

  if (self->char_width > 0)
    return;
  pango_layout_set_text (layout, "00000000", -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  self->char_width = MAX (width / 8.0, 1);
  self->row_height = MAX (height, 1) + 4;
}

static void
fill_grid (PcByteView *self,
           guint       per_row,
           Grid       *grid)
{
  update_metrics (self);
  grid->per_row = per_row;
  grid->digits = self->len > 0x10000 ? 5 : 4;
  grid->hex_x = PAD + (grid->digits + 1.5) * self->char_width;
  grid->hex_step = 2.6 * self->char_width;
  grid->text_x = grid->hex_x + per_row * grid->hex_step + self->char_width;
  grid->text_step = 1.35 * self->char_width;
}

static int
get_grid_width (PcByteView *self,
                const Grid *grid)
{
  return (int) (grid->text_x + grid->per_row * grid->text_step + PAD);
}

/* 16 to a row where that fits, else 8, else 4. */
static void
get_grid (PcByteView *self,
          int         width,
          Grid       *grid)
{
  for (guint per_row = 16; per_row >= 4; per_row /= 2) {
    fill_grid (self, per_row, grid);
    if (get_grid_width (self, grid) <= width)
      return;
  }
}

static guint
get_n_rows (PcByteView *self,
            const Grid *grid)
{
  return (guint) ((self->len + grid->per_row - 1) / grid->per_row);
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

/* The octet at a place, or -1. */
static int
hit_test (PcByteView *self,
          double      x,
          double      y)
{
  double column;
  gsize octet;
  Grid grid;

  get_grid (self, gtk_widget_get_width (GTK_WIDGET (self)), &grid);
  if (y < PAD)
    return -1;
  if (x >= grid.hex_x && x < grid.hex_x + grid.per_row * grid.hex_step)
    column = (x - grid.hex_x) / grid.hex_step;
  else if (x >= grid.text_x &&
           x < grid.text_x + grid.per_row * grid.text_step)
    column = (x - grid.text_x) / grid.text_step;
  else
    return -1;
  octet = (gsize) ((y - PAD) / self->row_height) * grid.per_row +
          (gsize) column;
  return octet < self->len ? (int) octet : -1;
}

/* -- painting ------------------------------------------------------------- */

/* Two letters in the room of one. */
static void
make_small (PangoLayout *layout)
{
  g_autoptr (PangoAttrList) attrs = pango_attr_list_new ();

  pango_attr_list_insert (attrs, pango_attr_scale_new (0.62));
  pango_attr_list_insert (attrs, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attrs);
}

static PangoLayout *
get_glyphs (PcByteView   *self,
            PangoLayout **cache,
            guint         octet)
{
  char text[8];

  if (cache[octet] != NULL)
    return cache[octet];
  if (octet == 256)
    g_strlcpy (text, cache == self->hex ? "••" : "•", sizeof text);
  else if (cache == self->hex)
    g_snprintf (text, sizeof text, "%02x", octet);
  else
    pc_byte_view_octet_to_text ((guint8) octet, text);
  cache[octet] = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  if (cache == self->text && octet < 0x20)
    make_small (cache[octet]);
  return cache[octet];
}

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
  gboolean lit = field >= 0 && field == self->field;
  graphene_rect_t cell =
      GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width,
                          (float) self->row_height - 2);

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
  paint_layout (snapshot, glyphs, x, y, width, self->row_height - 2,
                lit ? &palette->lit_ink : &palette->ink);
}

static void
paint_row (PcByteView    *self,
           GtkSnapshot   *snapshot,
           const Grid    *grid,
           const Palette *palette,
           guint          row)
{
  double y = PAD + row * (double) self->row_height;
  guint first = row * grid->per_row;
  guint n = MIN (grid->per_row, (guint) (self->len - first));
  g_autofree char *offset =
      g_strdup_printf ("%0*x", (int) grid->digits, first);
  g_autoptr (PangoLayout) layout =
      gtk_widget_create_pango_layout (GTK_WIDGET (self), offset);

  paint_layout (snapshot, layout, PAD, y, grid->digits * self->char_width,
                self->row_height - 2, &palette->dim);
  for (guint i = 0; i < n; i++) {
    int index = find_field (self, first + i);
    const PcField *field =
        index >= 0 ? pc_step_get_field (self->step, (guint) index) : NULL;
    gboolean hidden = field != NULL && field->secret && !self->reveal;
    guint octet = hidden ? 256 : self->data[first + i];

    paint_cell (self, snapshot, palette, first + i,
                get_glyphs (self, self->hex, octet),
                grid->hex_x + i * grid->hex_step, y, grid->hex_step);
    paint_cell (self, snapshot, palette, first + i,
                get_glyphs (self, self->text, octet),
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
  Grid grid;

  if (self->len == 0)
    return;
  get_grid (self, gtk_widget_get_width (widget), &grid);
  get_palette (self, &palette);
  if (self->scroll != NULL) {
    top = gtk_adjustment_get_value (self->scroll);
    bottom = top + gtk_adjustment_get_page_size (self->scroll);
  }
  first = (guint) (MAX (top - PAD, 0) / self->row_height);
  last = (guint) (MAX (bottom, 0) / self->row_height) + 1;
  last = MIN (last, get_n_rows (self, &grid));
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
  Grid grid;

  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    fill_grid (self, 4, &grid);
    *minimum = get_grid_width (self, &grid);
    fill_grid (self, 8, &grid);
    *natural = get_grid_width (self, &grid);
    return;
  }
  get_grid (self, for_size < 0 ? G_MAXINT : for_size, &grid);
  *minimum = *natural =
      2 * PAD + (int) get_n_rows (self, &grid) * self->row_height;
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
  Grid grid;

  if (self->scroll == NULL || self->len == 0)
    return;
  get_grid (self, gtk_widget_get_width (GTK_WIDGET (self)), &grid);
  top = PAD + (double) (self->cursor / grid.per_row) * self->row_height;
  gtk_adjustment_clamp_page (self->scroll, top - PAD,
                             top + self->row_height + PAD);
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
move_to (PcByteView *self,
         gint64      octet)
{
  if (self->len == 0)
    return;
  self->cursor = (guint) CLAMP (octet, 0, (gint64) self->len - 1);
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
  Grid grid;

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

/* -- life ----------------------------------------------------------------- */

static void
clear_glyphs (PcByteView *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->hex); i++) {
    g_clear_object (&self->hex[i]);
    g_clear_object (&self->text[i]);
  }
  self->char_width = 0;
}

static void
css_changed (GtkWidget         *widget,
             GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (pc_byte_view_parent_class)->css_changed (widget, change);
  clear_glyphs (PC_BYTE_VIEW (widget));
  gtk_widget_queue_resize (widget);
}

static void
system_setting_changed (GtkWidget       *widget,
                        GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (pc_byte_view_parent_class)
      ->system_setting_changed (widget, setting);
  clear_glyphs (PC_BYTE_VIEW (widget));
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
  clear_glyphs (self);
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

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding (widget_class, keys[i].key, 0, move_cb,
                                  "(s)", keys[i].way);
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

  self->field = -1;
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
