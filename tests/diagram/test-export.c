/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of whole timelines: SVG that is XML with every word in it, PDF with
 * as many pages as it says, PNG of the right size; none of them needs a
 * window. */

#include "diagram/export.h"

#include "base/limits.h"

#include "sample.h"

#include <string.h>

static const PcPlateText words = { .title = "A title & <more>",
                                   .summary = "What it shows." };

static PcTimeline *
sample_thousand (void)
{
  return sample_long (1000);
}

static const struct
{
  const char *name;
  PcTimeline *(*make) (void);
} samples[] = {
  { "mail", sample_mail },       { "file", sample_file },
  { "trouble", sample_trouble }, { "four", sample_four },
  { "thousand", sample_thousand },
};

static char *
export (PcTimeline     *timeline,
        PcDiagramFormat format,
        gboolean        secrets,
        gsize          *length)
{
  g_autoptr (GError) error = NULL;
  PcPlateText        text = words;
  GBytes            *bytes;

  text.secrets = secrets;
  bytes = pc_diagram_export (timeline, &text, format, PC_PAPER_A4, &error);
  g_assert_no_error (error);
  g_assert_nonnull (bytes);
  return g_bytes_unref_to_data (bytes, length);
}

/* -- SVG ------------------------------------------------------------------ */

typedef struct
{
  GString *text; /* all of it, a line for each <text> */
  guint    n_texts;
} Words;

static void
start_cb (GMarkupParseContext *context,
          const char          *element,
          const char         **names,
          const char         **values,
          gpointer             data,
          GError             **error)
{
  Words *self = data;

  if (g_str_equal (element, "text"))
    self->n_texts++;
}

static void
text_cb (GMarkupParseContext *context,
         const char          *text,
         gsize                length,
         gpointer             data,
         GError             **error)
{
  Words *self = data;

  if (g_str_equal (g_markup_parse_context_get_element (context), "text"))
    {
      g_string_append_len (self->text, text, (gssize) length);
      g_string_append_c (self->text, '\n');
    }
}

static Words
read_svg (const char *svg,
          gsize       length)
{
  const GMarkupParser  parser = { .start_element = start_cb,
                                  .text = text_cb };
  Words                self = { .text = g_string_new (NULL) };
  g_autoptr (GError)   error = NULL;
  GMarkupParseContext *context = g_markup_parse_context_new (&parser, 0,
                                                             &self, NULL);

  g_markup_parse_context_parse (context, svg, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_markup_parse_context_free (context);
  return self;
}

/* A summary may be cut: then its beginning stands there. */
static void
assert_has (const Words *words_,
            const char  *text,
            guint        number)
{
  g_autofree char *begin = g_utf8_substring (
      text, 0, MIN (g_utf8_strlen (text, -1), 24));

  if (strstr (words_->text->str, begin) == NULL)
    g_error ("step %u: “%s” is not in the picture", number, text);
}

static void
test_svg (gconstpointer data)
{
  guint                  i = GPOINTER_TO_UINT (data);
  g_autoptr (PcTimeline) timeline = samples[i].make ();
  gsize                  length;
  g_autofree char *svg = export (timeline, PC_DIAGRAM_SVG, FALSE, &length);
  Words                  found = read_svg (svg, length);

  for (guint at = 0; at < pc_timeline_get_n_steps (timeline); at++)
    {
      PcStep *step = pc_timeline_get_step (timeline, at);

      assert_has (&found, pc_step_get_summary (step), at + 1);
    }
  assert_has (&found, words.title, 0);
  assert_has (&found, words.summary, 0);
  g_assert_cmpuint (found.n_texts, >, pc_timeline_get_n_steps (timeline));
  g_string_free (found.text, TRUE);
}

static void
test_secrets (void)
{
  g_autoptr (PcTimeline) timeline = sample_mail ();
  gsize                  length;
  g_autofree char *dots = export (timeline, PC_DIAGRAM_SVG, FALSE, &length);
  g_autofree char *shown = export (timeline, PC_DIAGRAM_SVG, TRUE, &length);
  guint            n = 0;

  for (guint at = 0; at < pc_timeline_get_n_steps (timeline); at++)
    {
      PcStep          *step = pc_timeline_get_step (timeline, at);
      g_autofree char *secret = pc_step_dup_summary (step, TRUE);
      g_autofree char *escaped = g_markup_escape_text (secret, -1);

      if (!pc_step_has_secret (step))
        continue;
      g_assert_null (strstr (dots, escaped));
      g_assert_nonnull (strstr (shown, escaped));
      n++;
    }
  g_assert_cmpuint (n, >, 0);
}

/* Each line of a note is there once, though its rows on the screen are many. */
static void
test_note_once (void)
{
  g_autoptr (PcTimeline) timeline = sample_mail ();
  gsize                  length;
  g_autofree char *svg = NULL;
  guint            n = 0;

  pc_step_set_note (pc_timeline_get_step (timeline, 1),
                    "Zanzibar first.\nOne.\nTwo.\nThree.\nFour.\nFive.\n"
                    "Six.\nSeven.\nTimbuktu last.");
  svg = export (timeline, PC_DIAGRAM_SVG, FALSE, &length);
  for (const char *at = svg; (at = strstr (at, "Zanzibar")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, 1);
  n = 0;
  for (const char *at = svg; (at = strstr (at, "Timbuktu")) != NULL; at++)
    n++;
  g_assert_cmpuint (n, ==, 1);
}

/* -- PDF ------------------------------------------------------------------ */

/* Of cairo's PDF, whose page objects are not compressed. */
static guint
count_pages (const char *pdf,
             gsize       length)
{
  guint n = 0;

  g_assert_cmpmem (pdf, 5, "%PDF-", 5);
  for (gsize at = 0; at + 12 < length; at++)
    if (memcmp (pdf + at, "/Type /Page", 11) == 0 && pdf[at + 11] != 's')
      n++;
  return n;
}

static void
test_pdf (gconstpointer data)
{
  guint                  i = GPOINTER_TO_UINT (data);
  g_autoptr (PcTimeline) timeline = samples[i].make ();
  gsize                  length;
  g_autofree char *pdf = export (timeline, PC_DIAGRAM_PDF, FALSE, &length);
  guint            n = count_pages (pdf, length);

  if (pc_timeline_get_n_steps (timeline) < 1000)
    g_assert_cmpuint (n, <=, 3);
  else
    g_assert_cmpuint (n, >, 30);
  g_assert_cmpuint (n, >, 0);
}

static void
test_paper (void)
{
  g_autoptr (PcTimeline) timeline = sample_long (30);
  static const char *const boxes[] = { "595.28", "612" };

  for (guint paper = 0; paper < 2; paper++)
    {
      g_autoptr (GBytes) bytes = pc_diagram_export (
          timeline, &words, PC_DIAGRAM_PDF, (PcPaper) paper, NULL);
      gsize            length;
      const char      *pdf = g_bytes_get_data (bytes, &length);
      gboolean         found = FALSE;

      for (gsize at = 0; at + 40 < length && !found; at++)
        found = memcmp (pdf + at, "/MediaBox [", 11) == 0 &&
                g_strstr_len (pdf + at, 40, boxes[paper]) != NULL;
      g_assert_true (found);
    }
}

/* All rows are on some page, and none is higher than it may be. */
static void
test_pages (void)
{
  g_autoptr (PcTimeline) timeline = sample_long (200);
  g_autoptr (PcPlate)    sheet = pc_plate_new (timeline, &words, 0);
  double                 whole = pc_plate_get_height (sheet, 0);
  double                 sum = 0;
  guint                  n = pc_plate_paginate (sheet, 1000);

  g_assert_cmpuint (n, >, 5);
  for (guint page = 0; page < n; page++)
    {
      g_assert_cmpfloat (pc_plate_get_height (sheet, page), <=, 1000);
      sum += pc_plate_get_height (sheet, page);
    }
  g_assert_cmpfloat (sum, >=, whole);
  /* Not even room for one row. */
  g_assert_cmpuint (pc_plate_paginate (sheet, 10), >=, 200);
}

static void
test_empty (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("empty", "Empty");

  for (guint format = 0; format <= PC_DIAGRAM_PDF; format++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = pc_diagram_export (
          timeline, &words, (PcDiagramFormat) format, PC_PAPER_A4, &error);

      g_assert_no_error (error);
      g_assert_nonnull (bytes);
    }
}

/* -- PNG ------------------------------------------------------------------ */

static void
test_png (void)
{
  g_autoptr (PcTimeline) timeline = sample_mail ();
  g_autoptr (PcPlate)    sheet = pc_plate_new (timeline, &words, 0);
  g_autoptr (GBytes)     bytes = pc_diagram_export (
      timeline, &words, PC_DIAGRAM_PNG, PC_PAPER_A4, NULL);
  g_autoptr (GdkTexture) picture = gdk_texture_new_from_bytes (bytes, NULL);
  g_autofree guint32    *pixels = NULL;
  int                    width, height;
  gsize                  n = 0;

  g_assert_nonnull (picture);
  width = gdk_texture_get_width (picture);
  height = gdk_texture_get_height (picture);
  g_assert_cmpint (width, ==, (int) (2 * pc_plate_get_width (sheet)));
  g_assert_cmpint (height, ==, (int) (2 * pc_plate_get_height (sheet, 0)));

  /* Something is drawn, and most of the paper is white. */
  pixels = g_new (guint32, (gsize) width * height);
  gdk_texture_download (picture, (guchar *) pixels, (gsize) width * 4);
  for (gsize i = 0; i < (gsize) width * height; i++)
    n += (pixels[i] & 0xffffff) != 0xffffff;
  g_assert_cmpuint (n, >, (gsize) width * height / 100);
  g_assert_cmpuint (n, <, (gsize) width * height / 3);
}

static void
test_too_long (void)
{
  g_autoptr (PcTimeline) tall = sample_long (3000);
  g_autoptr (PcTimeline) endless = sample_long (PC_LIMIT_EXPORT_STEPS + 1);
  g_autoptr (GError)     error = NULL;

  g_assert_null (pc_diagram_export (tall, &words, PC_DIAGRAM_PNG, PC_PAPER_A4,
                                    &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&error);
  g_assert_null (pc_diagram_export (endless, &words, PC_DIAGRAM_PDF,
                                    PC_PAPER_A4, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
}

/* `test-export DIR` leaves the samples there, to be looked at. */
static void
save_samples (const char *folder)
{
  static const char *const ends[] = { "svg", "png", "pdf" };

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    for (guint format = 0; format < 3; format++)
      {
        g_autoptr (PcTimeline) timeline = samples[i].make ();
        g_autoptr (GError) error = NULL;
        gint64           begin = g_get_monotonic_time ();
        g_autofree char *name = g_strdup_printf ("%s/%s.%s", folder,
                                                 samples[i].name,
                                                 ends[format]);
        g_autoptr (GBytes) bytes = pc_diagram_export (
            timeline, &words, (PcDiagramFormat) format, PC_PAPER_A4, &error);

        if (bytes == NULL)
          {
            g_print ("%s: %s\n", name, error->message);
            continue;
          }
        g_file_set_contents (name, g_bytes_get_data (bytes, NULL),
                             (gssize) g_bytes_get_size (bytes), NULL);
        g_print ("%s: %.0f ms\n", name,
                 (double) (g_get_monotonic_time () - begin) / 1000.0);
      }
}

int
main (int    argc,
      char **argv)
{
  gtk_test_init (&argc, &argv);
  if (argc > 1)
    {
      save_samples (argv[1]);
      return 0;
    }

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    {
      g_autofree char *svg = g_strconcat ("/export/svg/", samples[i].name,
                                          NULL);
      g_autofree char *pdf = g_strconcat ("/export/pdf/", samples[i].name,
                                          NULL);

      g_test_add_data_func (svg, GUINT_TO_POINTER (i), test_svg);
      g_test_add_data_func (pdf, GUINT_TO_POINTER (i), test_pdf);
    }
  g_test_add_func ("/export/secrets", test_secrets);
  g_test_add_func ("/export/note-once", test_note_once);
  g_test_add_func ("/export/paper", test_paper);
  g_test_add_func ("/export/pages", test_pages);
  g_test_add_func ("/export/empty", test_empty);
  g_test_add_func ("/export/png", test_png);
  g_test_add_func ("/export/too-long", test_too_long);
  return g_test_run ();
}
