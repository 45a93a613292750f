/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of the diagram: keeps the texts laid out and knows when what it
 * shows has changed.  How it looks stands in row-draw.c.
 *
 * Texts are Pango layouts, set as plain text: nothing a peer sent can be
 * markup.
 */

#include "diagram/row-private.h"

#include "timeline/player.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define SMALL 0.82 /* numbers, ports, pills */
#define MONO 0.94  /* monospace fonts run large */

G_DEFINE_FINAL_TYPE (PcRowView, pc_row_view, GTK_TYPE_WIDGET)

/* -- texts ---------------------------------------------------------------- */

typedef enum {
  FONT_BODY,
  FONT_MONO,
  FONT_SMALL,
} Font;

static void
set_font (PangoLayout *layout,
          Font         font,
          gboolean     bold)
{
  PangoAttrList *attrs = pango_attr_list_new ();

  if (font == FONT_MONO)
    pango_attr_list_insert (attrs, pango_attr_family_new ("monospace"));
  if (font != FONT_BODY)
    pango_attr_list_insert (attrs,
                            pango_attr_scale_new (font == FONT_MONO ? MONO
                                                                    : SMALL));
  if (bold)
    pango_attr_list_insert (attrs,
                            pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attrs);
  pango_attr_list_unref (attrs);
}

static PangoLayout *
make_text (GtkWidget  *widget,
           const char *text,
           Font        font,
           gboolean    bold)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, text);

  pango_layout_set_single_paragraph_mode (layout, TRUE);
  /* Protocol text reads left to right in every language. */
  pango_layout_set_auto_dir (layout, font != FONT_MONO);
  set_font (layout, font, bold);
  return layout;
}

static void
clear_texts (PcRowView *self)
{
  g_clear_object (&self->number);
  g_clear_object (&self->text);
  g_clear_object (&self->other);
  g_clear_object (&self->caption);
  g_clear_object (&self->ports[0]);
  g_clear_object (&self->ports[1]);
}

static int
natural_width (PangoLayout *layout)
{
  int width;

  pango_layout_set_width (layout, -1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* Ellipsises @layout where it is wider than @width. */
static void
limit_text (PangoLayout *layout,
            double       width)
{
  if (natural_width (layout) > width)
    {
      pango_layout_set_width (layout, (int) width * PANGO_SCALE);
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
    }
}

static gboolean
is_lit (PcRowView *self)
{
  return self->motion.emphasis == PC_EMPHASIS_LIT;
}

/* Bold letters are wider: rather thin than cut. */
static void
fit_event (PcRowView *self)
{
  const PcLayout *layout = &self->scene->layout;
  double          room = layout->right - layout->left -
                         2 * pc_row_view_pill_pad (self->scene);

  if (pc_step_get_status (self->row->step) == PC_STATUS_ERROR ||
      pc_row_view_is_fault (self))
    room -= self->scene->metrics.line;
  set_font (self->text, FONT_SMALL, is_lit (self));
  if (natural_width (self->text) > room)
    set_font (self->text, FONT_SMALL, FALSE);
  limit_text (self->text, MAX (room, 1));
}

/* What ports take of an arrow, at the end where they take most: the words
 * below it stand in the middle. */
static double
port_room (PcRowView *self)
{
  double room = 0;

  for (guint i = 0; i < 2; i++)
    if (pc_row_view_has_port (self, i))
      room = MAX (room, natural_width (self->ports[i]) +
                            self->scene->metrics.line * 0.9);
  return room;
}

static void
fit_caption (PcRowView *self,
             double     arrow)
{
  const PcLayout *layout = &self->scene->layout;
  double          wanted = natural_width (self->caption);
  double          room;

  self->tight = FALSE;
  self->tight = wanted > arrow - 2 * port_room (self);
  room = port_room (self);
  limit_text (self->caption, room > 0
                                 ? MAX (arrow - 2 * room, layout->width / 8)
                                 : layout->right - layout->left);
}

static void
fit_message (PcRowView *self)
{
  PcArrow arrow = pc_row_view_get_arrow (self);
  int     line = self->scene->metrics.line;
  double  mark = 0;
  double  room;

  if (pc_step_get_status (self->row->step) == PC_STATUS_ERROR)
    mark = line * 1.2;
  room = pc_layout_text_width (&self->scene->layout, &arrow,
                               natural_width (self->text) + mark, line * 20);
  limit_text (self->text, room - mark);
  if (self->caption != NULL)
    fit_caption (self, fabs (arrow.whole - arrow.start));
}

/* Beside its clock; where that is too little, without whose it is, since the
 * clock stands on that one's line. */
static void
fit_gap (PcRowView *self)
{
  PcScene *scene = self->scene;
  double   x = pc_layout_get_x (&scene->layout, self->row->from);
  double   room = pc_layout_beside_room (&scene->layout, x,
                                         scene->metrics.line);
  gboolean timer = pc_step_get_wait (self->row->step) > 0;
  g_autofree char *text = pc_row_view_dup_gap (scene, self->row, FALSE);

  if (!timer)
    room = scene->layout.right - scene->layout.left -
           2 * scene->metrics.line;
  pango_layout_set_text (self->text, text, -1);
  if (timer && natural_width (self->text) > room)
    {
      g_clear_pointer (&text, g_free);
      text = pc_row_view_dup_gap (scene, self->row, TRUE);
      pango_layout_set_text (self->text, text, -1);
    }
  limit_text (self->text, MAX (room, 1));
}

/* Each pill may take what the other leaves, and half of the room at least. */
static void
fit_pills (PcRowView *self)
{
  PangoLayout *texts[2] = { self->text, self->other };
  double       room = pc_row_view_pill_room (self->scene);
  int          width[2] = { 0 };

  for (guint i = 0; i < 2; i++)
    if (texts[i] != NULL)
      width[i] = natural_width (texts[i]);
  for (guint i = 0; i < 2; i++)
    if (texts[i] != NULL)
      limit_text (texts[i], MAX (room - width[1 - i], room / 2));
}

static void
fit_texts (PcRowView *self)
{
  PcScene *scene = self->scene;

  if (self->row == NULL)
    return;

  switch (self->row->kind)
    {
    case PC_DIAGRAM_ROW_STEP:
      if (pc_row_view_is_event (self))
        fit_event (self);
      else
        fit_message (self);
      break;
    case PC_DIAGRAM_ROW_PILLS:
      fit_pills (self);
      break;
    case PC_DIAGRAM_ROW_NOTE:
      pango_layout_set_width (self->text,
                              (int) ((pc_row_view_note_width (scene) -
                                      2 * pc_row_view_note_pad (scene)) *
                                     PANGO_SCALE));
      break;
    case PC_DIAGRAM_ROW_GAP:
      fit_gap (self);
      break;
    case PC_DIAGRAM_ROW_ARRIVAL:
      limit_text (self->text, scene->layout.right - scene->layout.left);
      break;
    case PC_DIAGRAM_ROW_GROUP:
    case PC_DIAGRAM_ROW_TUNNEL:
      limit_text (self->text, MAX (scene->layout.right - scene->layout.left -
                                       2 * pc_row_view_pill_pad (scene),
                                   1));
      break;
    }
}

static PangoLayout *
make_port (GtkWidget *widget,
           guint      port,
           gboolean   is_new)
{
  g_autofree char *text = NULL;

  if (port == 0)
    return NULL;

  text = g_strdup_printf (":%u", port);
  return make_text (widget, text, FONT_SMALL, is_new);
}

static void
make_step_texts (PcRowView *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  PcDiagramRow    *row = self->row;
  PcStep          *step = row->step;
  gboolean         lit = is_lit (self);
  g_autofree char *caption = pc_row_view_dup_caption (self->scene, row);
  g_autofree char *summary = pc_step_dup_summary (step, self->scene->secrets);
  g_autofree char *number = g_strdup_printf ("%u", pc_step_get_number (step));

  self->number = make_text (widget, number, FONT_SMALL, lit);
  self->text = make_text (widget, summary,
                          pc_row_view_is_event (self) ? FONT_SMALL
                                                      : FONT_MONO,
                          lit);
  self->ports[0] = make_port (widget, pc_step_get_from_port (step),
                              row->new_port[0]);
  /* One that arrives further down has it there. */
  if (pc_diagram_row_get_own_span (row) == NULL)
    self->ports[1] = make_port (widget, pc_step_get_to_port (step),
                                row->new_port[1]);
  if (caption != NULL && !pc_row_view_is_event (self))
    self->caption = make_text (widget, caption, FONT_SMALL, FALSE);
}

static void
make_arrival_texts (PcRowView *self)
{
  GtkWidget           *widget = GTK_WIDGET (self);
  const PcDiagramSpan *span = pc_diagram_row_get_own_span (self->row);
  g_autofree char     *text = pc_row_view_dup_arrival (self->row);

  self->text = make_text (widget, text, FONT_SMALL, FALSE);
  if (span != NULL)
    self->ports[1] = make_port (widget, pc_step_get_to_port (span->step),
                                FALSE);
}

static void
make_group_texts (PcRowView *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  gboolean         lit = is_lit (self);
  g_autofree char *text = pc_row_view_dup_group (self->scene, self->row);
  g_autofree char *number =
      g_strdup_printf ("%u", pc_step_get_number (self->row->step));

  self->number = make_text (widget, number, FONT_SMALL, lit);
  self->text = make_text (widget, text, FONT_SMALL, lit);
}

static PangoLayout *
make_note (GtkWidget  *widget,
           const char *note)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, note);

  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  return layout;
}

static void
make_texts (PcRowView *self)
{
  GtkWidget       *widget = GTK_WIDGET (self);
  PcDiagramRow    *row = self->row;

  clear_texts (self);
  if (row == NULL)
    return;

  switch (row->kind)
    {
    case PC_DIAGRAM_ROW_STEP:
      make_step_texts (self);
      break;
    case PC_DIAGRAM_ROW_PILLS:
      if (row->client_state != NULL)
        self->text = make_text (widget, _ (row->client_state), FONT_SMALL,
                                TRUE);
      if (row->server_state != NULL)
        self->other = make_text (widget, _ (row->server_state), FONT_SMALL,
                                 TRUE);
      break;
    case PC_DIAGRAM_ROW_NOTE:
      self->text = make_note (widget, pc_step_get_note (row->step));
      break;
    case PC_DIAGRAM_ROW_GAP:
      self->text = make_text (widget, NULL, FONT_SMALL, is_lit (self));
      break;
    case PC_DIAGRAM_ROW_ARRIVAL:
      make_arrival_texts (self);
      break;
    case PC_DIAGRAM_ROW_GROUP:
      make_group_texts (self);
      break;
    case PC_DIAGRAM_ROW_TUNNEL:
      self->text = make_text (widget, _ ("encrypted from here on"),
                              FONT_SMALL, TRUE);
      break;
    }
  fit_texts (self);
}

guint
pc_row_view_note_parts (PcScene    *scene,
                        GtkWidget  *widget,
                        const char *note)
{
  g_autoptr (PangoLayout) layout = make_note (widget, note);
  double                  pad = pc_row_view_note_pad (scene);
  double                  width = pc_row_view_note_width (scene) - 2 * pad;
  int                     height;

  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_get_pixel_size (layout, NULL, &height);
  return (guint) ceil ((height + 2 * pad) / scene->metrics.row);
}

/* -- what happens now ----------------------------------------------------- */

static PcWay
get_way (PcRowView *self)
{
  const char *kind = pc_step_get_kind (self->row->step);

  if (pc_row_view_is_lost (self) || g_str_equal (kind, "reset"))
    return PC_WAY_LOST;
  if (g_str_equal (kind, "open") || g_str_equal (kind, "handshake"))
    return PC_WAY_HANDSHAKE;
  if (g_str_equal (kind, "refused"))
    return PC_WAY_RETURN;
  return PC_WAY_ACROSS;
}

static double
get_alpha (PcRowView *self,
           double     wait)
{
  double position = self->scene->position;
  guint  index = self->row->index;

  switch (self->row->kind)
    {
    case PC_DIAGRAM_ROW_STEP: return pc_motion_alpha (position, index + wait);
    case PC_DIAGRAM_ROW_GAP:
    case PC_DIAGRAM_ROW_GROUP: return pc_motion_alpha (position, index);
    case PC_DIAGRAM_ROW_PILLS:
    case PC_DIAGRAM_ROW_NOTE:
    case PC_DIAGRAM_ROW_ARRIVAL:
    case PC_DIAGRAM_ROW_TUNNEL:
      return pc_motion_result_alpha (position, index, wait);
    }

  g_return_val_if_reached (1);
}

gboolean
pc_row_view_is_to_come (PcScene      *scene,
                        PcDiagramRow *row)
{
  return scene->hides && row->index >= scene->position;
}

static gboolean
is_veiled (PcRowView *self)
{
  double position = self->scene->position;
  guint  last = self->row->kind == PC_DIAGRAM_ROW_GROUP ? self->row->group.last
                                                        : self->row->index;
  guint  current;

  if (!self->scene->spotlight || position <= 0)
    return FALSE;

  current = (guint) ceil (position) - 1;
  return current < self->row->index || current > last;
}

/* Reads the moment off the scene.  TRUE when the row looks different. */
static gboolean
take_moment (PcRowView *self)
{
  PcMotion before = self->motion;
  double   alpha = self->alpha;
  double   wait = pc_player_wait_share (self->row->gap);
  double   position = self->scene->position;
  gboolean veiled = self->veiled;
  gboolean to_come = self->to_come;
  guint    index = self->row->index;
  gboolean moved = pc_row_view_move_spans (self);

  self->veiled = is_veiled (self);
  self->to_come = pc_row_view_is_to_come (self->scene, self->row);
  moved |= self->veiled != veiled || self->to_come != to_come;
  switch (self->row->kind)
    {
    case PC_DIAGRAM_ROW_GAP:
      self->motion = pc_motion_wait (position, index, wait);
      break;
    case PC_DIAGRAM_ROW_GROUP:
      /* Lit as long as any of its steps is. */
      self->motion = pc_motion_at (position <= index ? position
                                   : position <= self->row->group.last + 1
                                       ? index + 1
                                       : index + 2,
                                   index, PC_WAY_ACROSS, 0);
      break;
    default:
      self->motion = pc_motion_at (position, index, get_way (self), wait);
    }
  self->alpha = MAX (get_alpha (self, wait),
                     self->scene->palette.colors[PC_COLOR_FUTURE].alpha);
  if (self->row->kind != PC_DIAGRAM_ROW_STEP &&
      self->row->kind != PC_DIAGRAM_ROW_GROUP &&
      self->row->kind != PC_DIAGRAM_ROW_GAP)
    return moved || self->alpha != alpha;

  if (before.emphasis != self->motion.emphasis && self->text != NULL)
    make_texts (self);
  return moved || self->alpha != alpha ||
         before.emphasis != self->motion.emphasis ||
         before.progress != self->motion.progress;
}

static void
step_changed_cb (PcRowView *self)
{
  take_moment (self);
  make_texts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* -- GtkWidget ------------------------------------------------------------ */

static void
pc_row_view_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  PcRowView *self = PC_ROW_VIEW (widget);

  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = *natural = self->scene->metrics.row;
  else
    {
      *minimum = self->scene->metrics.line * 8;
      *natural = self->scene->metrics.line * 36;
    }
}

static void
pc_row_view_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  PcRowView *self = PC_ROW_VIEW (widget);

  if (self->scene->layout.width != width)
    pc_scene_set_width (self->scene, width);
  fit_texts (self);
}

/* What has not happened yet is faint as it is: it must not go away. */
static void
draw_veil (PcRowView   *self,
           GtkSnapshot *snapshot)
{
  GdkRGBA veil = pc_palette_get (&self->scene->palette, PC_COLOR_VEIL,
                                 self->alpha);

  gtk_snapshot_append_color (
      snapshot, &veil,
      &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (GTK_WIDGET (self)),
                           gtk_widget_get_height (GTK_WIDGET (self))));
}

static void
pc_row_view_snapshot (GtkWidget   *widget,
                      GtkSnapshot *snapshot)
{
  PcRowView *self = PC_ROW_VIEW (widget);

  if (self->row == NULL)
    return;

  pc_row_view_draw (self, snapshot);
  if (self->veiled && !self->to_come)
    draw_veil (self, snapshot);
}

static void
pc_row_view_css_changed (GtkWidget         *widget,
                         GtkCssStyleChange *change)
{
  PcRowView *self = PC_ROW_VIEW (widget);

  GTK_WIDGET_CLASS (pc_row_view_parent_class)->css_changed (widget, change);
  make_texts (self);
  gtk_widget_queue_draw (widget);
}

static void
pc_row_view_dispose (GObject *object)
{
  PcRowView *self = PC_ROW_VIEW (object);

  pc_row_view_set_row (self, NULL);

  G_OBJECT_CLASS (pc_row_view_parent_class)->dispose (object);
}

static void
pc_row_view_finalize (GObject *object)
{
  g_clear_pointer (&PC_ROW_VIEW (object)->scene, pc_scene_unref);

  G_OBJECT_CLASS (pc_row_view_parent_class)->finalize (object);
}

static void
pc_row_view_class_init (PcRowViewClass *klass)
{
  GObjectClass   *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pc_row_view_dispose;
  object_class->finalize = pc_row_view_finalize;
  widget_class->measure = pc_row_view_measure;
  widget_class->size_allocate = pc_row_view_size_allocate;
  widget_class->snapshot = pc_row_view_snapshot;
  widget_class->css_changed = pc_row_view_css_changed;
  gtk_widget_class_set_css_name (widget_class, "pcrow");
  /* The list item around it carries the name. */
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
pc_row_view_init (PcRowView *self)
{
  /* The picture is never turned round, and what protocols say begins at the
   * left: "+OK" must not become "OK+". */
  gtk_widget_set_direction (GTK_WIDGET (self), GTK_TEXT_DIR_LTR);
  self->note_rows = 1;
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GtkWidget *
pc_row_view_new (PcScene *scene)
{
  PcRowView *self = g_object_new (PC_TYPE_ROW_VIEW, NULL);

  self->scene = pc_scene_ref (scene);
  return GTK_WIDGET (self);
}

void
pc_row_view_set_row (PcRowView    *self,
                     PcDiagramRow *row)
{
  g_return_if_fail (PC_IS_ROW_VIEW (self));

  if (self->row == row)
    return;

  if (self->row != NULL)
    g_signal_handlers_disconnect_by_func (self->row->step, step_changed_cb,
                                          self);
  g_set_object (&self->row, row);
  clear_texts (self);
  if (row == NULL)
    return;

  g_signal_connect_swapped (row->step, "notify::fate",
                            G_CALLBACK (step_changed_cb), self);
  take_moment (self);
  make_texts (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

PcDiagramRow *
pc_row_view_get_row (PcRowView *self)
{
  g_return_val_if_fail (PC_IS_ROW_VIEW (self), NULL);

  return self->row;
}

gboolean
pc_row_view_position_changed (PcRowView *self)
{
  gboolean to_come;

  g_return_val_if_fail (PC_IS_ROW_VIEW (self), FALSE);

  to_come = self->to_come;
  /* Without a timeline the rows are about to go. */
  if (self->row != NULL && self->scene->timeline != NULL &&
      take_moment (self))
    gtk_widget_queue_draw (GTK_WIDGET (self));
  return self->to_come != to_come;
}

void
pc_row_view_scene_changed (PcRowView *self)
{
  g_return_if_fail (PC_IS_ROW_VIEW (self));

  if (self->row == NULL)
    return;

  take_moment (self);
  make_texts (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
