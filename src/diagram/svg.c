/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes SVG 1.1.
 *
 * Every line of a text has the place and the length that it has here, so that
 * another font of the same kind does not make it wider than its box.  Numbers
 * are never in the locale's digits.  What no XML may hold is replaced.
 */

#include "diagram/svg.h"

#include "diagram/paint.h"

#include <string.h>

struct _PcSvg
{
  GString *out;
  GArray  *marks; /* of the node that is being added */
  double   dx;    /* within the innermost <g> */
  double   dy;
  guint    n_clips;
};

/* -- words ---------------------------------------------------------------- */

static void
add_number (GString *out,
            double   number)
{
  char  buffer[G_ASCII_DTOSTR_BUF_SIZE];
  char *end;

  g_ascii_formatd (buffer, sizeof buffer, "%.2f", number);
  end = buffer + strlen (buffer);
  while (end[-1] == '0')
    *--end = '\0';
  if (end[-1] == '.')
    end[-1] = '\0';
  g_string_append (out, g_str_equal (buffer, "-0") ? "0" : buffer);
}

/* " name='number'" */
static void
add_measure (PcSvg      *self,
             const char *name,
             double      number)
{
  g_string_append_printf (self->out, " %s=\"", name);
  add_number (self->out, number);
  g_string_append_c (self->out, '"');
}

static void
add_color (PcSvg         *self,
           const char    *name,
           const GdkRGBA *color)
{
  g_string_append_printf (self->out, " %s=\"#%02x%02x%02x\"", name,
                          (guint) (CLAMP (color->red, 0, 1) * 255 + 0.5f),
                          (guint) (CLAMP (color->green, 0, 1) * 255 + 0.5f),
                          (guint) (CLAMP (color->blue, 0, 1) * 255 + 0.5f));
  if (color->alpha < 1)
    {
      g_autofree char *opacity = g_strconcat (name, "-opacity", NULL);

      add_measure (self, opacity, color->alpha);
    }
}

static gboolean
is_character (gunichar c)
{
  return c >= 0x20 && (c < 0x7f || c >= 0xa0) && c != 0xfffe && c != 0xffff;
}

static void
add_words (PcSvg      *self,
           const char *text,
           gsize       length)
{
  g_autoptr (GString) clean = g_string_new (NULL);
  g_autofree char *valid = g_utf8_make_valid (text, (gssize) length);
  g_autofree char *escaped = NULL;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      g_string_append_unichar (clean, is_character (c) ? c : 0xfffd);
    }
  escaped = g_markup_escape_text (clean->str, (gssize) clean->len);
  g_string_append (self->out, escaped);
}

static void
add_rect (PcSvg                 *self,
          const graphene_rect_t *rect,
          double                 inset,
          double                 radius)
{
  g_string_append (self->out, "<rect");
  add_measure (self, "x", self->dx + rect->origin.x + inset);
  add_measure (self, "y", self->dy + rect->origin.y + inset);
  add_measure (self, "width", rect->size.width - 2 * inset);
  add_measure (self, "height", rect->size.height - 2 * inset);
  if (radius > inset)
    add_measure (self, "rx", radius - inset);
}

/* -- texts ---------------------------------------------------------------- */

static int
compare_runs (gconstpointer a,
              gconstpointer b)
{
  const PangoLayoutRun *const *first = a;
  const PangoLayoutRun *const *second = b;

  return (*first)->item->offset - (*second)->item->offset;
}

/* What one sees of @line, in the order in which it is read. */
static void
add_line_words (PcSvg           *self,
                PangoLayoutLine *line,
                const char      *text)
{
  g_autoptr (GPtrArray) runs = g_ptr_array_new ();

  for (GSList *at = line->runs; at != NULL; at = at->next)
    g_ptr_array_add (runs, at->data);
  g_ptr_array_sort (runs, compare_runs);
  for (guint i = 0; i < runs->len; i++)
    {
      const PangoLayoutRun *run = g_ptr_array_index (runs, i);

      if (run->item->analysis.flags & PANGO_ANALYSIS_FLAG_IS_ELLIPSIS)
        g_string_append (self->out, "…");
      else
        add_words (self, text + run->item->offset,
                   (gsize) run->item->length);
    }
}

/* The font that the whole of @layout has. */
static PangoFontDescription *
get_font (PangoLayout *layout)
{
  PangoAttrList        *attrs = pango_layout_get_attributes (layout);
  PangoFontDescription *font = pango_font_description_copy (
      pango_context_get_font_description (pango_layout_get_context (layout)));

  if (attrs != NULL)
    {
      PangoAttrIterator *at = pango_attr_list_get_iterator (attrs);

      pango_attr_iterator_get_font (at, font, NULL, NULL);
      pango_attr_iterator_destroy (at);
    }
  return font;
}

static void
add_font (PcSvg       *self,
          PangoLayout *layout)
{
  PangoFontDescription *font = get_font (layout);
  const char *family = pango_font_description_get_family (font);
  double      size = pango_font_description_get_size (font) /
                (double) PANGO_SCALE;
  gboolean    mono = family != NULL &&
                  g_ascii_strcasecmp (family, "monospace") == 0;

  if (!pango_font_description_get_size_is_absolute (font))
    size *= pango_cairo_context_get_resolution (
                pango_layout_get_context (layout)) /
            72;
  g_string_append (self->out, mono ? " class=\"mono\"" : "");
  add_measure (self, "font-size", size);
  if (pango_font_description_get_weight (font) >= PANGO_WEIGHT_BOLD)
    g_string_append (self->out, " font-weight=\"bold\"");
  pango_font_description_free (font);
}

static void
add_line (PcSvg             *self,
          const PcPaintMark *mark,
          PangoLayoutIter   *iter)
{
  PangoLayoutLine *line = pango_layout_iter_get_line_readonly (iter);
  PangoRectangle   box;
  gboolean         rtl;

  if (line->runs == NULL)
    return;

  pango_layout_iter_get_line_extents (iter, NULL, &box);
  rtl = pango_layout_line_get_resolved_direction (line) ==
        PANGO_DIRECTION_RTL;
  g_string_append (self->out, "<text");
  if (rtl)
    g_string_append (self->out, " direction=\"rtl\"");
  add_measure (self, "x",
               self->dx + (box.x + (rtl ? box.width : 0)) /
                              (double) PANGO_SCALE);
  add_measure (self, "y",
               self->dy + pango_layout_iter_get_baseline (iter) /
                              (double) PANGO_SCALE);
  add_font (self, mark->layout);
  add_color (self, "fill", &mark->color);
  add_measure (self, "textLength", box.width / (double) PANGO_SCALE);
  g_string_append (self->out, " lengthAdjust=\"spacingAndGlyphs\">");
  add_line_words (self, line, pango_layout_get_text (mark->layout));
  g_string_append (self->out, "</text>\n");
}

static void
add_text (PcSvg             *self,
          const PcPaintMark *mark)
{
  PangoLayoutIter *iter = pango_layout_get_iter (mark->layout);

  do
    add_line (self, mark, iter);
  while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
add_head (PcSvg             *self,
          const PcPaintMark *mark)
{
  double x = self->dx + mark->rect.origin.x;
  double y = self->dy + mark->rect.origin.y;
  double size = mark->rect.size.width;
  double tip = mark->leftward ? 0 : size;
  double points[6] = { x + tip, y + size / 2, x + size - tip,
                       y + size * 0.06, x + size - tip, y + size * 0.94 };

  g_string_append (self->out, "<polygon points=\"");
  for (guint i = 0; i < G_N_ELEMENTS (points); i++)
    {
      if (i > 0)
        g_string_append_c (self->out, i % 2 == 1 ? ',' : ' ');
      add_number (self->out, points[i]);
    }
  g_string_append_c (self->out, '"');
  add_color (self, "fill", &mark->color);
  g_string_append (self->out, "/>\n");
}

/* -- nodes ---------------------------------------------------------------- */

static void add_node (PcSvg         *self,
                      GskRenderNode *node);

static void
add_transformed (PcSvg         *self,
                 GskRenderNode *node)
{
  GskTransform *transform = gsk_transform_node_get_transform (node);
  GskRenderNode *child = gsk_transform_node_get_child (node);
  double dx = self->dx;
  double dy = self->dy;
  float  m[6];

  gsk_transform_to_2d (transform, &m[0], &m[1], &m[2], &m[3], &m[4], &m[5]);
  if (gsk_transform_get_category (transform) >=
      GSK_TRANSFORM_CATEGORY_2D_TRANSLATE)
    {
      self->dx += m[4];
      self->dy += m[5];
      add_node (self, child);
    }
  else
    {
      g_string_append (self->out, "<g transform=\"matrix(");
      for (guint i = 0; i < 6; i++)
        {
          char buffer[G_ASCII_DTOSTR_BUF_SIZE];
          double shift = i == 4 ? dx : i == 5 ? dy : 0;

          g_ascii_formatd (buffer, sizeof buffer, "%.5f", shift + m[i]);
          g_string_append_printf (self->out, "%s%s", i > 0 ? " " : "",
                                  buffer);
        }
      g_string_append (self->out, ")\">\n");
      self->dx = self->dy = 0;
      add_node (self, child);
      g_string_append (self->out, "</g>\n");
    }
  self->dx = dx;
  self->dy = dy;
}

static void
add_clipped (PcSvg                 *self,
             const graphene_rect_t *rect,
             GskRenderNode         *child)
{
  guint id = ++self->n_clips;

  g_string_append_printf (self->out, "<clipPath id=\"c%u\">", id);
  add_rect (self, rect, 0, 0);
  g_string_append_printf (self->out,
                          "/></clipPath><g clip-path=\"url(#c%u)\">\n", id);
  add_node (self, child);
  g_string_append (self->out, "</g>\n");
}

/* Only boxes of one colour have round corners. */
static void
add_rounded (PcSvg         *self,
             GskRenderNode *node)
{
  const GskRoundedRect *box = gsk_rounded_clip_node_get_clip (node);
  GskRenderNode        *child = gsk_rounded_clip_node_get_child (node);

  if (gsk_render_node_get_node_type (child) != GSK_COLOR_NODE)
    {
      add_clipped (self, &box->bounds, child);
      return;
    }
  add_rect (self, &box->bounds, 0, box->corner[0].width);
  add_color (self, "fill", gsk_color_node_get_color (child));
  g_string_append (self->out, "/>\n");
}

static void
add_border (PcSvg         *self,
            GskRenderNode *node)
{
  const GskRoundedRect *box = gsk_border_node_get_outline (node);
  double width = gsk_border_node_get_widths (node)[0];

  add_rect (self, &box->bounds, width / 2, box->corner[0].width);
  g_string_append (self->out, " fill=\"none\"");
  add_color (self, "stroke", gsk_border_node_get_colors (node));
  add_measure (self, "stroke-width", width);
  g_string_append (self->out, "/>\n");
}

static void
add_marked (PcSvg         *self,
            GskRenderNode *node)
{
  guint64 index = g_ascii_strtoull (gsk_debug_node_get_message (node), NULL,
                                    10);
  const PcPaintMark *mark;

  g_return_if_fail (index < self->marks->len);

  mark = &g_array_index (self->marks, PcPaintMark, index);
  if (mark->kind == PC_MARK_TEXT)
    add_text (self, mark);
  else
    add_head (self, mark);
}

static void
add_node (PcSvg         *self,
          GskRenderNode *node)
{
  switch ((int) gsk_render_node_get_node_type (node))
    {
    case GSK_CONTAINER_NODE:
      for (guint i = 0; i < gsk_container_node_get_n_children (node); i++)
        add_node (self, gsk_container_node_get_child (node, i));
      break;
    case GSK_TRANSFORM_NODE:
      add_transformed (self, node);
      break;
    case GSK_COLOR_NODE:
      {
        graphene_rect_t bounds;

        gsk_render_node_get_bounds (node, &bounds);
        add_rect (self, &bounds, 0, 0);
        add_color (self, "fill", gsk_color_node_get_color (node));
        g_string_append (self->out, "/>\n");
      }
      break;
    case GSK_CLIP_NODE:
      add_clipped (self, gsk_clip_node_get_clip (node),
                   gsk_clip_node_get_child (node));
      break;
    case GSK_ROUNDED_CLIP_NODE:
      add_rounded (self, node);
      break;
    case GSK_BORDER_NODE:
      add_border (self, node);
      break;
    case GSK_DEBUG_NODE:
      add_marked (self, node);
      break;
    default:
      /* The diagram has learnt a shape that this has not. */
      g_warning ("a node of type %d has no SVG",
                 gsk_render_node_get_node_type (node));
      break;
    }
}

/* -- file ----------------------------------------------------------------- */

PcSvg *
pc_svg_new (const char *title,
            double      width,
            double      height)
{
  PcSvg *self = g_new0 (PcSvg, 1);

  self->out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                            "version=\"1.1\" role=\"img\" "
                            "xml:space=\"preserve\"");
  add_measure (self, "width", width);
  add_measure (self, "height", height);
  g_string_append (self->out, " viewBox=\"0 0 ");
  add_number (self->out, width);
  g_string_append_c (self->out, ' ');
  add_number (self->out, height);
  g_string_append (self->out, "\">\n<title>");
  add_words (self, title, strlen (title));
  g_string_append (self->out,
                   "</title>\n"
                   "<style>text { font-family: Cantarell, \"Noto Sans\", "
                   "sans-serif } .mono { font-family: monospace }</style>\n"
                   "<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>"
                   "\n");
  return self;
}

void
pc_svg_add (PcSvg         *self,
            GskRenderNode *node,
            GArray        *marks)
{
  self->marks = marks;
  add_node (self, node);
  self->marks = NULL;
}

GBytes *
pc_svg_free_to_bytes (PcSvg *self)
{
  GBytes *bytes;

  g_string_append (self->out, "</svg>\n");
  bytes = g_string_free_to_bytes (self->out);
  g_free (self);
  return bytes;
}
