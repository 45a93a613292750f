/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sheet as SVG, PNG or PDF.  PNG and PDF are cairo's, drawn from the render
 * nodes of the screen; in a PDF they are lines and letters. */

#include "diagram/export.h"

#include "diagram/svg.h"

#include "base/limits.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <math.h>

#define PNG_SCALE 2
#define PNG_SIDE 32767 /* of cairo's image surfaces */
#define MARGIN 40      /* of a page, in points */
#define PAGE 850       /* CSS pixels across a page: text of nine points */

/* In points. */
static const struct
{
  double width;
  double height;
} papers[] = {
  [PC_PAPER_A4] = { 595.28, 841.89 },
  [PC_PAPER_LETTER] = { 612, 792 },
};

PcPaper
pc_paper_get_default (void)
{
  return g_str_equal (gtk_paper_size_get_default (), GTK_PAPER_NAME_LETTER)
             ? PC_PAPER_LETTER
             : PC_PAPER_A4;
}

static void
svg_cb (GskRenderNode *node,
        GArray        *marks,
        gpointer       data)
{
  pc_svg_add (data, node, marks);
}

static void
cairo_cb (GskRenderNode *node,
          GArray        *marks,
          gpointer       data)
{
  gsk_render_node_draw (node, data);
}

static cairo_status_t
write_cb (void                *data,
          const unsigned char *octets,
          unsigned int         length)
{
  g_byte_array_append (data, octets, length);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
take_result (GByteArray    *out,
             cairo_status_t status,
             GError       **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (out);

  g_byte_array_unref (out);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                       cairo_status_to_string (status));
  return NULL;
}

/* -- formats -------------------------------------------------------------- */

static GBytes *
make_svg (PcPlate           *sheet,
          const PcPlateText *text)
{
  PcSvg *svg = pc_svg_new (text->title, pc_plate_get_width (sheet),
                           pc_plate_get_height (sheet, 0));

  pc_plate_draw (sheet, 0, svg_cb, svg);
  return pc_svg_free_to_bytes (svg);
}

static GBytes *
make_png (PcPlate *sheet,
          GError **error)
{
  double           width = pc_plate_get_width (sheet);
  double           height = pc_plate_get_height (sheet, 0);
  int              scale = height * PNG_SCALE <= PNG_SIDE ? PNG_SCALE : 1;
  GByteArray      *out;
  cairo_surface_t *surface;
  cairo_t         *cr;
  cairo_status_t   status;

  if (height > PNG_SIDE)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                           _ ("So long an exchange does not fit in a PNG. "
                              "Choose PDF or SVG."));
      return NULL;
    }

  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                        (int) ceil (width * scale),
                                        (int) ceil (height * scale));
  cr = cairo_create (surface);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  pc_plate_draw (sheet, 0, cairo_cb, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);

  out = g_byte_array_new ();
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, write_cb, out);
  cairo_surface_destroy (surface);
  return take_result (out, status, error);
}

static GBytes *
make_pdf (PcPlate           *sheet,
          const PcPlateText *text,
          PcPaper            paper,
          GError           **error)
{
  double           width = papers[paper].width;
  double           height = papers[paper].height;
  double           scale = (width - 2 * MARGIN) / pc_plate_get_width (sheet);
  guint            n = pc_plate_paginate (sheet,
                                          (height - 2 * MARGIN) / scale);
  GByteArray      *out = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (
      write_cb, out, width, height);
  cairo_t         *cr = cairo_create (surface);
  cairo_status_t   status;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE,
                                  text->title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATOR,
                                  "Portcall");
  for (guint page = 0; page < n; page++)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, MARGIN);
      cairo_scale (cr, scale, scale);
      pc_plate_draw (sheet, page, cairo_cb, cr);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  return take_result (out, status, error);
}

GBytes *
pc_diagram_export (PcTimeline        *timeline,
                   const PcPlateText *text,
                   PcDiagramFormat    format,
                   PcPaper            paper,
                   GError           **error)
{
  g_autoptr (PcPlate) sheet = NULL;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);
  g_return_val_if_fail (text != NULL && text->title != NULL, NULL);

  if (pc_timeline_get_n_steps (timeline) > PC_LIMIT_EXPORT_STEPS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                   _ ("A picture can show %u steps at most. Choose Markdown "
                      "or JSON."),
                   PC_LIMIT_EXPORT_STEPS);
      return NULL;
    }

  sheet = pc_plate_new (timeline, text, format == PC_DIAGRAM_PDF ? PAGE : 0);
  switch (format)
    {
    case PC_DIAGRAM_SVG: return make_svg (sheet, text);
    case PC_DIAGRAM_PNG: return make_png (sheet, error);
    case PC_DIAGRAM_PDF: return make_pdf (sheet, text, paper, error);
    }

  g_return_val_if_reached (NULL);
}
