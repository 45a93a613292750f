/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The blocks of a sheet on pages, black on white.
 *
 * Every block becomes a few texts (Pango layouts) that stand side by side, and
 * strokes to write on.  A group, which is a question with all that belongs to
 * it, goes to the next page as a whole when it does not fit; one that is
 * higher than a page is cut between lines.  What comes from a bank is escaped
 * by quiz/markup or set as plain text.
 */

#include "print/paper.h"

#include "quiz/markup.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <pango/pangocairo.h>
#include <string.h>

/* Points. */
#define MARGIN 54.0
#define FOOT 16.0     /* what the footer takes of the height */
#define INDENT 28.0   /* of what belongs to a question */
#define MARK 20.0     /* of a letter or a number in front */
#define LEAST 72.0     /* what is cut has that much room for its beginning */
#define LETTER_LINE 26.0 /* to write one letter or number on */
#define LONG_LINE 130.0

#define FONT "Sans 10"
#define FONT_BOLD "Sans Bold 10"
#define FONT_TITLE "Sans Bold 15"
#define FONT_SMALL "Sans 8.5"
#define FONT_FOOT "Sans 7"
#define FONT_CODE "Monospace 8.5"

typedef struct
{
  double       x, y; /* in the row */
  PangoLayout *layout;
} Text;

typedef struct
{
  double x, y, width;
} Stroke;

/* What stands side by side, at most a page high unless it is one text. */
typedef struct
{
  double   above; /* free space, but at the head of a page */
  double   height;
  gboolean begins; /* a group */
  GArray  *texts;
  GArray  *strokes;
} Row;

typedef struct
{
  cairo_t   *cr;
  double     width, height; /* inside the margins, the foot not counted */
  GPtrArray *rows;          /* Row */
} Paper;

/* -- rows ----------------------------------------------------------------- */

static void
clear_text (gpointer data)
{
  g_object_unref (((Text *) data)->layout);
}

static void
free_row (gpointer data)
{
  Row *self = data;

  g_array_unref (self->texts);
  g_array_unref (self->strokes);
  g_free (self);
}

static Row *
add_row (Paper *self,
         double above)
{
  Row *row = g_new0 (Row, 1);

  row->above = above;
  row->texts = g_array_new (FALSE, FALSE, sizeof (Text));
  g_array_set_clear_func (row->texts, clear_text);
  row->strokes = g_array_new (FALSE, FALSE, sizeof (Stroke));
  g_ptr_array_add (self->rows, row);
  return row;
}

static double
get_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

static double
get_width (PangoLayout *layout)
{
  int width;

  pango_layout_get_size (layout, &width, NULL);
  return (double) width / PANGO_SCALE;
}

/* @width 0: as wide as it is.  Transfer full. */
static PangoLayout *
make_layout (Paper      *self,
             const char *font,
             const char *text,
             gboolean    plain,
             double      width)
{
  PangoLayout          *layout = pango_cairo_create_layout (self->cr);
  PangoFontDescription *description = pango_font_description_from_string (font);
  g_autofree char      *shown = NULL;

  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  if (width > 0)
    pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_spacing (layout, PANGO_SCALE);
  if (plain) {
    shown = pc_problem_clean_text (text);
    pango_layout_set_text (layout, shown, -1);
  } else {
    shown = pc_markup_to_pango (text);
    pango_layout_set_markup (layout, shown, -1);
  }
  return layout;
}

/* Takes over @layout. */
static void
put (Row         *row,
     double       x,
     PangoLayout *layout)
{
  Text text = { x, 0, layout };

  row->height = MAX (row->height, get_height (layout));
  g_array_append_val (row->texts, text);
}

static double
put_text (Paper      *self,
          Row        *row,
          double      x,
          const char *font,
          const char *text,
          gboolean    plain,
          double      width)
{
  PangoLayout *layout = make_layout (self, font, text, plain, width);

  put (row, x, layout);
  return x + get_width (layout);
}

static void
put_mark (Paper      *self,
          Row        *row,
          double      x,
          const char *font,
          const char *format,
          const char *mark)
{
  PangoLayout     *layout;
  g_autofree char *text = g_strconcat (mark, format, NULL);

  layout = make_layout (self, font, text, TRUE, 0);
  put (row, x, layout);
}

/* On the base line of the first text. */
static double
put_stroke (Row   *row,
            double x,
            double width)
{
  const Text *first = &g_array_index (row->texts, Text, 0);
  double      y = (double) pango_layout_get_baseline (first->layout) /
                  PANGO_SCALE;
  Stroke stroke = { x, y + 2, width };

  g_array_append_val (row->strokes, stroke);
  return x + width;
}

/* -- blocks --------------------------------------------------------------- */

static void
set_name (Paper              *self,
          const PcSheetBlock *block)
{
  Row   *row = add_row (self, 14);
  double date = self->width * 0.66;
  double x;

  x = put_text (self, row, 0, FONT, block->mark, TRUE, 0);
  put_stroke (row, x + 6, date - x - 18);
  x = put_text (self, row, date, FONT, block->text, TRUE, 0);
  put_stroke (row, x + 6, self->width - x - 6);
  row->height += 4;
}

static void
set_question (Paper              *self,
              const PcSheetBlock *block)
{
  Row             *row = add_row (self, 15);
  g_autofree char *stem = pc_markup_to_pango (block->text);
  g_autofree char *worth = g_markup_escape_text (block->right, -1);
  g_auto (GStrv) words = g_strsplit (worth, " ", -1);
  g_autofree char *unbroken = g_strjoinv ("\u00a0", words);
  g_autofree char *text = g_strdup_printf (
      "%s  <span size=\"80%%\">(%s)</span>", stem, unbroken);
  PangoLayout *layout =
      make_layout (self, FONT, "", TRUE, self->width - INDENT);

  row->begins = TRUE;
  pango_layout_set_markup (layout, text, -1);
  put (row, INDENT, layout);
  put_mark (self, row, 0, FONT_BOLD, ".", block->mark);
}

static void
set_listing (Paper              *self,
             const PcSheetBlock *block,
             gboolean            first)
{
  Row *row = add_row (self, first ? 6 : 1);

  put_text (self, row, INDENT + MARK + 4, FONT_CODE, block->text, TRUE,
            self->width - INDENT - MARK - 4);
  put_mark (self, row, INDENT, FONT_CODE, "", block->mark);
}

static void
set_choice (Paper              *self,
            const PcSheetBlock *block,
            gboolean            first)
{
  gboolean    small = block->kind == PC_SHEET_FEEDBACK;
  const char *font = small ? FONT_SMALL : FONT;
  Row        *row = add_row (self, first ? 6 : 3);

  put_text (self, row, INDENT + MARK, font, block->text, block->plain,
            self->width - INDENT - MARK);
  put_mark (self, row, INDENT, font, ")", block->mark);
}

/* Left, a place for a letter, right. */
static void
set_pair (Paper              *self,
          const PcSheetBlock *block,
          gboolean            first)
{
  Row   *row = add_row (self, first ? 7 : 5);
  double half = (self->width - INDENT) / 2;

  if (block->mark != NULL) {
    put_text (self, row, INDENT + MARK, FONT, block->text, block->plain,
              half - MARK - LETTER_LINE - 20);
    put_mark (self, row, INDENT, FONT, "", block->mark);
    put_stroke (row, INDENT + half - LETTER_LINE - 12, LETTER_LINE);
  }
  if (block->right_mark != NULL) {
    put_text (self, row, INDENT + half + MARK, FONT, block->right,
              block->plain, half - MARK);
    put_mark (self, row, INDENT + half, FONT, ")", block->right_mark);
  }
}

/* Boxes to tick follow each other like words. */
static void
set_field (Paper              *self,
           const PcSheetBlock *block,
           gboolean            first)
{
  Row    *row = add_row (self, first ? 7 : 5);
  double  label = (self->width - INDENT) * 0.36;
  GString *text = g_string_new (NULL);

  put_text (self, row, INDENT, FONT, block->text, block->plain, label - 8);
  for (guint i = 0; block->choices != NULL && block->choices[i] != NULL; i++)
    g_string_append_printf (text, "%s☐ %s", i > 0 ? "    " : "",
                            block->choices[i]);
  if (block->right != NULL)
    g_string_append_printf (text, "%s(%s)", text->len > 0 ? "    " : "",
                            block->right);
  if (block->choices == NULL)
    put_stroke (row, INDENT + label, LONG_LINE);
  if (text->len > 0) {
    double x = INDENT + label + (block->choices == NULL ? LONG_LINE + 8 : 0);

    put_text (self, row, x, FONT, text->str, block->plain, self->width - x);
  }
  g_string_free (text, TRUE);
}

static void
set_blank (Paper              *self,
           const PcSheetBlock *block)
{
  Row   *row = add_row (self, 9);
  double x = put_text (self, row, INDENT, FONT, block->text, TRUE, 0);
  double line = block->n == 1 ? LONG_LINE : LETTER_LINE;

  for (guint i = 0; i < block->n && x + 8 + line <= self->width; i++)
    x = put_stroke (row, x + 8, line);
  row->height += 2;
}

static void
set_answer (Paper              *self,
            const PcSheetBlock *block)
{
  Row *row = add_row (self, 10);

  row->begins = TRUE;
  put_text (self, row, INDENT, FONT_BOLD, block->text, block->plain,
            self->width - INDENT);
  put_mark (self, row, 0, FONT_BOLD, ".", block->mark);
}

static void
set_block (Paper              *self,
           const PcSheetBlock *block,
           gboolean            first)
{
  Row *row;

  switch (block->kind) {
  case PC_SHEET_TITLE:
    row = add_row (self, 0);
    put_text (self, row, 0, FONT_TITLE, block->text, block->plain,
              self->width);
    break;
  case PC_SHEET_NAME: set_name (self, block); break;
  case PC_SHEET_FACTS:
    row = add_row (self, 8);
    put_text (self, row, 0, FONT_SMALL, block->text, block->plain,
              self->width);
    break;
  case PC_SHEET_QUESTION: set_question (self, block); break;
  case PC_SHEET_LISTING: set_listing (self, block, first); break;
  case PC_SHEET_CHOICE:
  case PC_SHEET_FEEDBACK: set_choice (self, block, first); break;
  case PC_SHEET_PAIR: set_pair (self, block, first); break;
  case PC_SHEET_FIELD: set_field (self, block, first); break;
  case PC_SHEET_BLANK: set_blank (self, block); break;
  case PC_SHEET_ANSWER: set_answer (self, block); break;
  case PC_SHEET_REASON:
    row = add_row (self, 3);
    put_text (self, row, INDENT, FONT, block->text, block->plain,
              self->width - INDENT);
    break;
  default: g_assert_not_reached ();
  }
}

/* The table of the key, in as many columns as fit.  Returns how many blocks
 * it was. */
static guint
set_table (Paper     *self,
           GPtrArray *blocks,
           guint      begin)
{
  double widest = 0;
  guint  n = 0, n_columns, n_rows;

  for (; begin + n < blocks->len; n++) {
    const PcSheetBlock    *block = blocks->pdata[begin + n];
    g_autoptr (PangoLayout) layout = NULL;

    if (block->kind != PC_SHEET_ROW)
      break;
    layout = make_layout (self, FONT_BOLD, block->text, block->plain, 0);
    widest = MAX (widest, get_width (layout));
  }
  n_columns = (guint) CLAMP (self->width / (widest + INDENT + 16), 1, 5);
  n_rows = (n + n_columns - 1) / n_columns;
  for (guint i = 0; i < n_rows; i++) {
    Row *row = add_row (self, i == 0 ? 12 : 4);

    for (guint j = i; j < n; j += n_rows) {
      const PcSheetBlock *block = blocks->pdata[begin + j];
      double              x = self->width / n_columns * (j / n_rows);

      put_mark (self, row, x, FONT, ".", block->mark);
      put_text (self, row, x + INDENT, FONT_BOLD, block->text,
                block->plain, self->width / n_columns - INDENT);
    }
  }
  return n;
}

static void
set_blocks (Paper     *self,
            GPtrArray *blocks)
{
  int last = -1;

  for (guint i = 0; i < blocks->len; i++) {
    const PcSheetBlock *block = blocks->pdata[i];

    if (block->kind == PC_SHEET_ROW)
      i += set_table (self, blocks, i) - 1;
    else
      set_block (self, block, (int) block->kind != last);
    last = (int) block->kind;
  }
}

/* -- pages ---------------------------------------------------------------- */

/* The lines that begin in [@from, @to) of the row, @from at @y. */
static void
draw_text (Paper      *self,
           const Text *text,
           double      y,
           double      from,
           double      to)
{
  PangoLayoutIter *iter = pango_layout_get_iter (text->layout);

  do {
    PangoRectangle box;
    int            top, baseline = pango_layout_iter_get_baseline (iter);

    pango_layout_iter_get_line_yrange (iter, &top, NULL);
    if ((double) top / PANGO_SCALE < from || (double) top / PANGO_SCALE >= to)
      continue;
    pango_layout_iter_get_line_extents (iter, NULL, &box);
    cairo_move_to (self->cr,
                   MARGIN + text->x + (double) box.x / PANGO_SCALE,
                   MARGIN + y - from + (double) baseline / PANGO_SCALE);
    pango_cairo_show_layout_line (
        self->cr, pango_layout_iter_get_line_readonly (iter));
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
}

static void
draw_row (Paper     *self,
          const Row *row,
          double     y,
          double     from,
          double     to)
{
  for (guint i = 0; i < row->texts->len; i++)
    draw_text (self, &g_array_index (row->texts, Text, i), y, from, to);
  cairo_set_line_width (self->cr, 0.6);
  for (guint i = 0; i < row->strokes->len; i++) {
    const Stroke *stroke = &g_array_index (row->strokes, Stroke, i);

    if (stroke->y < from || stroke->y >= to)
      continue;
    cairo_move_to (self->cr, MARGIN + stroke->x, MARGIN + y - from + stroke->y);
    cairo_rel_line_to (self->cr, stroke->width, 0);
  }
  cairo_stroke (self->cr);
}

/* Where the last line begins that ends within @room of @from; at least one
 * line further. */
static double
find_cut (const Row *row,
          double     from,
          double     room)
{
  const Text      *first = &g_array_index (row->texts, Text, 0);
  PangoLayoutIter *iter = pango_layout_get_iter (first->layout);
  double           cut = row->height;
  gboolean         any = FALSE;

  do {
    int    top, bottom;
    double y;

    pango_layout_iter_get_line_yrange (iter, &top, &bottom);
    y = (double) top / PANGO_SCALE;
    if (y < from)
      continue;
    if (any && (double) bottom / PANGO_SCALE > from + room) {
      cut = y;
      break;
    }
    any = TRUE;
  } while (pango_layout_iter_next_line (iter));
  pango_layout_iter_free (iter);
  return cut;
}

static double
measure_group (Paper *self,
               guint  begin)
{
  double height = 0;

  for (guint i = begin; i < self->rows->len; i++) {
    const Row *row = self->rows->pdata[i];

    if (i > begin && row->begins)
      break;
    height += row->height + (i > begin ? row->above : 0);
  }
  return height;
}

static void
draw_foot (Paper      *self,
           const char *footer,
           guint       page,
           guint       n_pages)
{
  g_autofree char *number = NULL;
  g_autofree char *text = NULL;
  g_autoptr (PangoLayout) layout = NULL;

  /* Translators: at the foot of a printed sheet. */
  number = g_strdup_printf (_ ("page %u/%u"), page + 1, n_pages);
  text = g_strdup_printf ("%s · %s", footer, number);
  layout = make_layout (self, FONT_FOOT, text, TRUE, self->width);
  pango_layout_set_alignment (layout, PANGO_ALIGN_CENTER);
  cairo_move_to (self->cr, MARGIN, MARGIN + self->height + 10);
  pango_cairo_show_layout (self->cr, layout);
}

/* Whether what is left of a row goes to the next page. */
static gboolean
needs_page (Paper *self,
            double y,
            double from,
            double rest,
            double need)
{
  if (y <= 0)
    return FALSE;
  if (from > 0)
    return TRUE;
  return rest <= self->height ? y + need > self->height
                              : self->height - y < LEAST;
}

static void
end_page (Paper      *self,
          const char *footer,
          guint       page,
          guint       n_pages)
{
  if (n_pages == 0)
    return;
  draw_foot (self, footer, page, n_pages);
  cairo_show_page (self->cr);
}

/* Pages are counted in a first pass, @n_pages 0, which draws nothing. */
static guint
set_pages (Paper      *self,
           const char *footer,
           guint       n_pages)
{
  double y = 0;
  guint  page = 0;

  for (guint i = 0; i < self->rows->len; i++) {
    const Row *row = self->rows->pdata[i];
    double     need = row->height, from = 0;

    if (row->begins && measure_group (self, i) <= self->height)
      need = measure_group (self, i);
    y += y > 0 ? row->above : 0;
    while (from < row->height) {
      double to = row->height;

      if (needs_page (self, y, from, row->height - from, need)) {
        end_page (self, footer, page++, n_pages);
        y = 0;
      }
      if (y + row->height - from > self->height)
        to = find_cut (row, from, self->height - y);
      if (n_pages > 0)
        draw_row (self, row, y, from, to);
      y += to - from;
      from = to;
    }
  }
  end_page (self, footer, page, n_pages);
  return page + 1;
}

/* -- public --------------------------------------------------------------- */

static cairo_status_t
write_cb (void                *closure,
          const unsigned char *data,
          unsigned int         length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata (cairo_surface_t *surface,
              GPtrArray       *blocks)
{
  const PcSheetBlock *first = blocks->len > 0 ? blocks->pdata[0] : NULL;

  if (first != NULL && first->kind == PC_SHEET_TITLE)
    cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                    first->text);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Portcall");
  /* Not when it was made: the same sheet is the same file. */
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE,
                                  "2000-01-01T00:00:00Z");
}

GBytes *
pc_paper_make_pdf (GPtrArray  *blocks,
                   const char *footer,
                   PcPaperSize size,
                   GError    **error)
{
  gboolean         letter = size == PC_PAPER_LETTER;
  double           width = letter ? 612 : 210 * 72 / 25.4;
  double           height = letter ? 792 : 297 * 72 / 25.4;
  GByteArray      *octets = g_byte_array_new ();
  cairo_surface_t *surface;
  cairo_status_t   status;
  Paper            self = { .width = width - 2 * MARGIN,
                            .height = height - 2 * MARGIN - FOOT };

  g_return_val_if_fail (blocks != NULL, NULL);
  g_return_val_if_fail (footer != NULL, NULL);

  surface = cairo_pdf_surface_create_for_stream (write_cb, octets, width,
                                                 height);
  set_metadata (surface, blocks);
  self.cr = cairo_create (surface);
  self.rows = g_ptr_array_new_with_free_func (free_row);
  set_blocks (&self, blocks);
  set_pages (&self, footer, set_pages (&self, footer, 0));
  g_ptr_array_unref (self.rows);
  status = cairo_status (self.cr);
  cairo_destroy (self.cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS) {
    g_byte_array_unref (octets);
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _ ("The page could not be drawn: %s"),
                 cairo_status_to_string (status));
    return NULL;
  }
  return g_byte_array_free_to_bytes (octets);
}
