/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Timelines as text, Markdown and JSON: choosing the format, and what the
 * formats for people share.  Pictures and packet captures are made elsewhere.
 */

#include "timeline/export.h"

#include "timeline/export-private.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char    *name;
  PcExportFormat format;
  char          *(*write) (PcTimeline   *timeline,
                           PcExportFlags flags);
} formats[] = {
  { "json", PC_EXPORT_JSON, pc_export_json },
  { "markdown", PC_EXPORT_MARKDOWN, pc_export_markdown },
  { "text", PC_EXPORT_TEXT, pc_export_text },
};

gboolean
pc_export_parse_format (const char     *name,
                        PcExportFormat *format)
{
  g_return_val_if_fail (name != NULL && format != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, name))
      {
        *format = formats[i].format;
        return TRUE;
      }

  return FALSE;
}

char *
pc_export_timeline (PcTimeline    *timeline,
                    PcExportFormat format,
                    PcExportFlags  flags)
{
  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (formats[i].format == format)
      return formats[i].write (timeline, flags);

  g_return_val_if_reached (NULL);
}

const char *
pc_export_actor_name (PcTimeline *timeline,
                      const char *id)
{
  int index = pc_timeline_find_actor (timeline, id);

  if (index >= 0)
    return pc_timeline_get_actor (timeline, (guint) index)->name;
  return id != NULL ? id : "";
}

char *
pc_export_time (gint64 t_us)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT ".%06" G_GINT64_FORMAT,
                          t_us / G_USEC_PER_SEC, t_us % G_USEC_PER_SEC);
}

char *
pc_export_fate (PcStep *step)
{
  guint repeats = pc_step_get_repeats (step);

  switch (pc_step_get_fate (step))
    {
    case PC_FATE_DUPLICATE:
      /* Translators: the network delivered step %u twice. */
      return g_strdup_printf (_ ("twice: the network's copy of %u"), repeats);
    case PC_FATE_LOST:
      return repeats != 0 ? g_strdup_printf (_ ("again, as in %u; lost"),
                                             repeats)
                          : g_strdup (_ ("lost"));
    case PC_FATE_LATE:
      return repeats != 0 ? g_strdup_printf (_ ("again, as in %u; late"),
                                             repeats)
                          : g_strdup (_ ("late"));
    case PC_FATE_DELIVERED:
    default:
      return repeats != 0 ? g_strdup_printf (_ ("again, as in %u"), repeats)
                          : NULL;
    }
}

char *
pc_export_outcome (PcTimeline *timeline)
{
  const char *reason = pc_timeline_get_reason (timeline);

  switch (pc_timeline_get_outcome (timeline))
    {
    case PC_OUTCOME_OK:
      return g_strdup (_ ("Everything went as planned."));
    case PC_OUTCOME_FAILED_AS_INTENDED:
      return g_strdup (_ ("It failed, as this exchange means to show."));
    case PC_OUTCOME_FAILED:
      return reason != NULL ? g_strdup_printf (_ ("It failed: %s"), reason)
                            : g_strdup (_ ("It failed."));
    case PC_OUTCOME_RUNNING:
      return g_strdup (_ ("It is still going on."));
    }

  g_return_val_if_reached (NULL);
}
