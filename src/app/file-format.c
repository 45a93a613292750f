/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what an exchange can be exported to.  How each is written is
 * diagram/'s and timeline/'s. */

#include "app/file-format.h"

#include "diagram/export.h"

#include "timeline/export-pcapng.h"
#include "timeline/export.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* -- formats -------------------------------------------------------------- */

static GBytes *
make_picture (const PcFileSource *source,
              PcDiagramFormat     format,
              GError            **error)
{
  PcPlateText text = {
    .title = source->title,
    .summary = source->summary,
    .secrets = source->secrets,
  };

  return pc_diagram_export (source->timeline, &text, format,
                            pc_paper_get_default (), error);
}

static GBytes *
make_pdf (const PcFileSource *source,
          GError            **error)
{
  return make_picture (source, PC_DIAGRAM_PDF, error);
}

static GBytes *
make_svg (const PcFileSource *source,
          GError            **error)
{
  return make_picture (source, PC_DIAGRAM_SVG, error);
}

static GBytes *
make_png (const PcFileSource *source,
          GError            **error)
{
  return make_picture (source, PC_DIAGRAM_PNG, error);
}

static PcExportFlags
get_flags (const PcFileSource *source)
{
  return source->secrets ? PC_EXPORT_SHOW_SECRETS : PC_EXPORT_DEFAULT;
}

static GBytes *
make_words (const PcFileSource *source,
            PcExportFormat      format)
{
  char *words = pc_export_timeline (source->timeline, format,
                                    get_flags (source));

  return g_bytes_new_take (words, strlen (words));
}

static GBytes *
make_markdown (const PcFileSource *source,
               GError            **error)
{
  return make_words (source, PC_EXPORT_MARKDOWN);
}

static GBytes *
make_json (const PcFileSource *source,
           GError            **error)
{
  return make_words (source, PC_EXPORT_JSON);
}

static GBytes *
make_capture (const PcFileSource *source,
              GError            **error)
{
  return pc_timeline_export_pcapng (source->timeline, get_flags (source));
}

static const PcFileFormat formats[] = {
  { "pdf", N_ ("PDF, to print"), "application/pdf", make_pdf },
  { "svg", N_ ("SVG picture"), "image/svg+xml", make_svg },
  { "png", N_ ("PNG picture"), "image/png", make_png },
  { "md", N_ ("Markdown text"), "text/markdown", make_markdown },
  { "json", N_ ("JSON, for programs"), "application/json", make_json,
    .wire = TRUE },
  { "pcapng", N_ ("Packet capture, for Wireshark"),
    "application/x-pcapng", make_capture, .wire = TRUE },
};

/* -- table ---------------------------------------------------------------- */

guint
pc_file_format_get_n (void)
{
  return G_N_ELEMENTS (formats);
}

const PcFileFormat *
pc_file_format_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (formats), NULL);

  return &formats[index];
}

const PcFileFormat *
pc_file_format_find (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].id, id) == 0)
      return &formats[i];
  return NULL;
}

const PcFileFormat *
pc_file_format_guess (const char *name)
{
  const char *dot = strrchr (name, '.');
  g_autofree char *end = NULL;

  if (dot == NULL)
    return NULL;
  end = g_ascii_strdown (dot + 1, -1);
  return pc_file_format_find (end);
}

char *
pc_file_format_rename (const PcFileFormat *format,
                       const char         *name)
{
  gsize length = strlen (name);

  if (pc_file_format_guess (name) != NULL)
    length = (gsize) (strrchr (name, '.') - name);
  return g_strdup_printf ("%.*s.%s", (int) length, name, format->id);
}
