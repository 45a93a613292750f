/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all parts of one diagram share. */

#include "diagram/scene.h"

#include "diagram/paint.h"

#include <math.h>

/* Width of a card, in lines of text: it grows with the font. */
#define CARD_LINES 12.5

PcScene *
pc_scene_new (void)
{
  PcScene *self = g_rc_box_new0 (PcScene);

  self->heads = pc_paint_heads_new ();
  self->scale = 1;
  pc_metrics_init (&self->metrics, 16);
  return self;
}

PcScene *
pc_scene_ref (PcScene *self)
{
  return g_rc_box_acquire (self);
}

static void
scene_clear (gpointer data)
{
  PcScene *self = data;

  g_clear_object (&self->timeline);
  g_clear_pointer (&self->heads, g_hash_table_unref);
}

void
pc_scene_unref (PcScene *self)
{
  g_rc_box_release_full (self, scene_clear);
}

void
pc_scene_set_timeline (PcScene    *self,
                       PcTimeline *timeline)
{
  g_set_object (&self->timeline, timeline);
  pc_scene_set_width (self, self->layout.width);
}

static void
read_font (PcScene      *self,
           PangoContext *context)
{
  PangoFontMetrics *font = pango_context_get_metrics (context, NULL, NULL);

  pc_metrics_init (&self->metrics,
                   PANGO_PIXELS (pango_font_metrics_get_ascent (font) +
                                 pango_font_metrics_get_descent (font)));
  self->digit = PANGO_PIXELS_CEIL (
      pango_font_metrics_get_approximate_digit_width (font));
  pango_font_metrics_unref (font);
}

void
pc_scene_set_paper_style (PcScene      *self,
                          PangoContext *context)
{
  read_font (self, context);
  self->scale = 1;
  pc_palette_init_paper (&self->palette);
  pc_scene_set_width (self, self->layout.width);
}

void
pc_scene_set_style (PcScene   *self,
                    GtkWidget *widget)
{
  read_font (self, gtk_widget_get_pango_context (widget));
  self->scale = gtk_widget_get_scale_factor (widget);
  pc_palette_init (&self->palette, widget);
  g_hash_table_remove_all (self->heads);
  pc_scene_set_width (self, self->layout.width);
}

static guint
digits (guint n)
{
  guint count = 1;

  for (; n >= 10; n /= 10)
    count++;
  return count;
}

void
pc_scene_set_width (PcScene *self,
                    double   width)
{
  guint n_actors = 0;
  guint n_steps = 0;

  if (self->timeline != NULL)
    {
      n_actors = pc_timeline_get_n_actors (self->timeline);
      n_steps = pc_timeline_get_n_steps (self->timeline);
    }

  /* Two digits at least, so that the first steps of a live exchange do not
   * move everything. */
  self->sign = self->folding ? round (self->metrics.line * 0.75) : 0;
  self->gutter = self->digit * MAX (digits (n_steps), 2) + self->sign;
  pc_layout_init (&self->layout, width, n_actors, self->gutter,
                  self->metrics.line * CARD_LINES);
}

const char *
pc_scene_get_actor_name (PcScene *self,
                         guint    index)
{
  if (self->timeline == NULL ||
      index >= pc_timeline_get_n_actors (self->timeline))
    return "";
  return pc_timeline_get_actor (self->timeline, index)->name;
}
