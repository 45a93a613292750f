/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Title, actors' cards and page number of a sheet.
 *
 * The cards are those of header.c without its labels: nobody points at paper.
 * The devices are drawn from shapes, since the icons of the desktop would come
 * as pixels.
 */

#include "diagram/plate-head.h"

#include "diagram/header.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#define RECT(x, y, w, h) \
  (&GRAPHENE_RECT_INIT ((float) (x), (float) (y), (float) (w), (float) (h)))

#define MARGIN 8.0
#define PAD 8.0
#define TITLE 1.45
#define SMALL 0.82

struct _PcPlateHead
{
  PcScene      *scene;
  PangoContext *context;
  PangoLayout  *title;
  PangoLayout  *brief;
  PangoLayout  *summary; /* or NULL */
};

/* -- texts ---------------------------------------------------------------- */

static PangoLayout *
make_text (PcPlateHead *self,
           const char  *text,
           double       scale,
           gboolean     bold)
{
  PangoLayout   *layout = pango_layout_new (self->context);
  PangoAttrList *attrs = pango_attr_list_new ();

  pango_layout_set_text (layout, text, -1);
  pango_attr_list_insert (attrs, pango_attr_scale_new (scale));
  pango_attr_list_insert (attrs, pango_attr_insert_hyphens_new (FALSE));
  if (bold)
    pango_attr_list_insert (attrs,
                            pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attrs);
  pango_attr_list_unref (attrs);
  return layout;
}

static void
set_width (PangoLayout *layout,
           double       width,
           gboolean     wrap)
{
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  if (wrap)
    pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  else
    pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
}

static double
text_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_pixel_size (layout, NULL, &height);
  return height;
}

static double
text_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

/* -- life ----------------------------------------------------------------- */

PcPlateHead *
pc_plate_head_new (PcScene           *scene,
                   PangoContext      *context,
                   const PcPlateText *text)
{
  PcPlateHead *self = g_new0 (PcPlateHead, 1);
  double       width = scene->layout.width - 2 * MARGIN;

  self->scene = pc_scene_ref (scene);
  self->context = g_object_ref (context);
  self->title = make_text (self, text->title, TITLE, TRUE);
  set_width (self->title, width, TRUE);
  self->brief = make_text (self, text->title, 1, TRUE);
  set_width (self->brief, width, FALSE);
  if (text->summary != NULL && *text->summary != '\0')
    {
      self->summary = make_text (self, text->summary, 1, FALSE);
      set_width (self->summary, width, TRUE);
    }
  return self;
}

void
pc_plate_head_free (PcPlateHead *self)
{
  g_clear_object (&self->summary);
  g_clear_object (&self->brief);
  g_clear_object (&self->title);
  g_clear_object (&self->context);
  pc_scene_unref (self->scene);
  g_free (self);
}

/* -- measures ------------------------------------------------------------- */

static double
tile_size (PcPlateHead *self)
{
  return round (self->scene->metrics.line * 2.1);
}

static double
card_height (PcPlateHead *self)
{
  return tile_size (self) + 2 * PAD;
}

static double
words_height (PcPlateHead *self,
              gboolean     brief)
{
  double height = text_height (brief ? self->brief : self->title);

  if (!brief && self->summary != NULL)
    height += text_height (self->summary) + PAD / 2;
  return ceil (height + 2 * PAD);
}

double
pc_plate_head_get_height (PcPlateHead *self,
                          gboolean     brief)
{
  return words_height (self, brief) + card_height (self) + MARGIN;
}

double
pc_plate_head_get_foot (PcPlateHead *self)
{
  return self->scene->metrics.line * 2;
}

/* -- devices -------------------------------------------------------------- */

static void
draw_screen (GtkSnapshot   *snapshot,
             double         x,
             double         y,
             double         unit,
             const GdkRGBA *ink,
             const GdkRGBA *fill)
{
  pc_paint_box (snapshot, RECT (x - 5 * unit, y - 5 * unit, 10 * unit,
                                7 * unit),
                unit, ink, NULL);
  pc_paint_box (snapshot, RECT (x - 4 * unit, y - 4 * unit, 8 * unit,
                                5 * unit),
                unit / 2, fill, NULL);
  pc_paint_box (snapshot, RECT (x - 6 * unit, y + 3 * unit, 12 * unit,
                                1.6 * unit),
                unit * 0.8, ink, NULL);
}

static void
draw_slab (GtkSnapshot   *snapshot,
           double         x,
           double         y,
           double         unit,
           double         half_width,
           const GdkRGBA *ink,
           const GdkRGBA *fill)
{
  pc_paint_box (snapshot, RECT (x - half_width * unit, y - 6 * unit,
                                2 * half_width * unit, 12 * unit),
                1.5 * unit, ink, NULL);
  pc_paint_box (snapshot, RECT (x - (half_width - 1) * unit, y - 4.6 * unit,
                                2 * (half_width - 1) * unit, 8 * unit),
                unit / 2, fill, NULL);
  pc_paint_disc (snapshot, x, y + 4.7 * unit, 0.7 * unit, fill);
}

static void
draw_rack (GtkSnapshot   *snapshot,
           double         x,
           double         y,
           double         unit,
           guint          n,
           const GdkRGBA *ink,
           const GdkRGBA *fill)
{
  double top = y - (n * 4.4 - 0.8) * unit / 2;

  for (guint i = 0; i < n; i++, top += 4.4 * unit)
    {
      pc_paint_box (snapshot, RECT (x - 6 * unit, top, 12 * unit, 3.6 * unit),
                    unit * 0.8, ink, NULL);
      pc_paint_disc (snapshot, x + 4 * unit, top + 1.8 * unit, 0.8 * unit,
                     fill);
      pc_paint_disc (snapshot, x + 1.6 * unit, top + 1.8 * unit, 0.8 * unit,
                     fill);
    }
}

static void
draw_device (GtkSnapshot   *snapshot,
             const PcActor *actor,
             double         x,
             double         y,
             double         unit,
             const GdkRGBA *ink,
             const GdkRGBA *fill)
{
  const char *icon = actor->icon != NULL ? actor->icon : "";

  if (strstr (icon, "phone") != NULL)
    draw_slab (snapshot, x, y, unit, 3.6, ink, fill);
  else if (strstr (icon, "tablet") != NULL)
    draw_slab (snapshot, x, y, unit, 5, ink, fill);
  else if (strstr (icon, "router") != NULL || strstr (icon, "switch") != NULL)
    draw_rack (snapshot, x, y, unit, 1, ink, fill);
  else if (actor->role == PC_ROLE_SERVER)
    draw_rack (snapshot, x, y, unit, 3, ink, fill);
  else
    draw_screen (snapshot, x, y, unit, ink, fill);
}

/* -- cards ---------------------------------------------------------------- */

/* Shortened where @width is too little.  Transfer full. */
static PangoLayout *
make_address (PcPlateHead *self,
              const char  *address,
              double       width)
{
  PangoLayout *layout = make_text (self, address, SMALL, FALSE);

  if (text_width (layout) > width)
    {
      g_autofree char *brief = pc_actor_header_dup_brief (address);

      pango_layout_set_text (layout, brief, -1);
    }
  set_width (layout, width, FALSE);
  return layout;
}

static void
draw_names (PcPlateHead   *self,
            GtkSnapshot   *snapshot,
            const PcActor *actor,
            double         x,
            double         y,
            double         width)
{
  const PcPalette *palette = &self->scene->palette;
  g_autoptr (PangoLayout) name = make_text (self, actor->name, 1, TRUE);
  g_autoptr (PangoLayout) address = NULL;
  GdkRGBA ink = pc_palette_get (palette, PC_COLOR_INK, 1);
  GdkRGBA dim = pc_palette_get (palette, PC_COLOR_DIM, 1);
  double  height;

  set_width (name, width, FALSE);
  height = text_height (name);
  if (actor->address != NULL && *actor->address != '\0')
    {
      address = make_address (self, actor->address, width);
      height += text_height (address);
    }

  y += (card_height (self) - height) / 2;
  pc_paint_text (snapshot, name, x, y, &ink);
  if (address != NULL)
    pc_paint_text (snapshot, address, x, y + text_height (name), &dim);
}

/* A name is worth more than a picture. */
static gboolean
has_tiles (PcPlateHead *self)
{
  const PcLayout *layout = &self->scene->layout;
  double          room = layout->card_width - tile_size (self) - 3 * PAD;

  for (guint i = 0; i < layout->n_actors; i++)
    {
      g_autoptr (PangoLayout) name = make_text (
          self, pc_timeline_get_actor (self->scene->timeline, i)->name, 1,
          TRUE);

      if (text_width (name) > room)
        return FALSE;
    }

  return TRUE;
}

static void
draw_card (PcPlateHead *self,
           GtkSnapshot *snapshot,
           guint        index,
           double       y)
{
  const PcPalette *palette = &self->scene->palette;
  const PcLayout  *layout = &self->scene->layout;
  const PcActor   *actor = pc_timeline_get_actor (self->scene->timeline,
                                                  index);
  double           height = card_height (self);
  double           tile = tile_size (self);
  double           x = layout->card[index];
  double           inner = tile + 2 * PAD;
  GdkRGBA fill = pc_palette_get (palette, PC_COLOR_CARD, 1);
  GdkRGBA border = pc_palette_get (palette, PC_COLOR_CARD_BORDER, 1);
  GdkRGBA line = pc_palette_get (palette, PC_COLOR_LIFELINE, 1);
  GdkRGBA side = pc_palette_get (palette, actor->role == PC_ROLE_CLIENT
                                              ? PC_COLOR_CLIENT
                                              : PC_COLOR_SERVER,
                                 1);
  GdkRGBA on = pc_palette_get (palette, PC_COLOR_ON_SIDE, 1);

  pc_paint_lifeline (snapshot, layout->x[index], y + height,
                     y + height + MARGIN, 2 * MARGIN, &line);
  pc_paint_box (snapshot, RECT (x, y, layout->card_width, height), 12, &fill,
                &border);
  if (!has_tiles (self))
    inner = PAD;
  else
    {
      pc_paint_box (snapshot, RECT (x + PAD, y + PAD, tile, tile), 8, &side,
                    NULL);
      draw_device (snapshot, actor, x + PAD + tile / 2, y + PAD + tile / 2,
                   tile / 20, &on, &side);
    }
  draw_names (self, snapshot, actor, x + inner, y,
              layout->card_width - inner - PAD);
}

void
pc_plate_head_draw (PcPlateHead *self,
                    GtkSnapshot *snapshot,
                    gboolean     brief)
{
  const PcPalette *palette = &self->scene->palette;
  PangoLayout     *title = brief ? self->brief : self->title;
  GdkRGBA          ink = pc_palette_get (palette, PC_COLOR_INK, 1);
  GdkRGBA          dim = pc_palette_get (palette, PC_COLOR_DIM, 1);
  double           y = PAD;

  pc_paint_text (snapshot, title, MARGIN, y, &ink);
  y += text_height (title) + PAD / 2;
  if (!brief && self->summary != NULL)
    pc_paint_text (snapshot, self->summary, MARGIN, y, &dim);

  for (guint i = 0; i < self->scene->layout.n_actors; i++)
    draw_card (self, snapshot, i, words_height (self, brief));
}

/* -- foot ----------------------------------------------------------------- */

void
pc_plate_head_draw_foot (PcPlateHead *self,
                         GtkSnapshot *snapshot,
                         guint        page,
                         guint        n_pages)
{
  GdkRGBA dim = pc_palette_get (&self->scene->palette, PC_COLOR_DIM, 1);
  double  y = self->scene->metrics.line * 0.8;
  g_autofree char *text =
      g_strdup_printf (_ ("Page %u of %u"), page + 1, n_pages);
  g_autoptr (PangoLayout) name = make_text (self, _ ("Portcall"), SMALL,
                                            FALSE);
  g_autoptr (PangoLayout) number = make_text (self, text, SMALL, FALSE);

  pc_paint_text (snapshot, name, MARGIN, y, &dim);
  if (n_pages > 1)
    pc_paint_text (snapshot, number,
                   self->scene->layout.width - MARGIN - text_width (number),
                   y, &dim);
}
