/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as a Markdown hand-out: a table of the steps, then what each
 * kind of step means, once.
 *
 * Octets a peer sent must stay text: they stand in code spans whose fence is
 * longer than any run of backticks inside, bars are escaped for the table,
 * and other text has its punctuation escaped.
 */

#include "timeline/duration.h"
#include "timeline/export-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
append_escaped (GString    *out,
                const char *text)
{
  for (; *text != '\0'; text++)
    {
      if (strchr ("\\`*_{}[]<>#|&~", *text) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text == '\n' ? ' ' : *text);
    }
}

static guint
longest_run (const char *text,
             char        c)
{
  guint longest = 0;
  guint run = 0;

  for (; *text != '\0'; text++)
    {
      run = *text == c ? run + 1 : 0;
      longest = MAX (longest, run);
    }
  return longest;
}

/* In a table a bar ends the cell even in code, but for "\|". */
static void
append_code (GString    *out,
             const char *text)
{
  guint            n = longest_run (text, '`') + 1;
  g_autofree char *fence = g_strnfill (n, '`');
  gboolean         pad = *text == '`' || g_str_has_suffix (text, "`");

  if (*text == '\0')
    return;

  g_string_append_printf (out, "%s%s", fence, pad ? " " : "");
  for (; *text != '\0'; text++)
    {
      if (*text == '|')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text == '\n' ? ' ' : *text);
    }
  g_string_append_printf (out, "%s%s", pad ? " " : "", fence);
}

static void
append_actors (GString    *out,
               PcTimeline *timeline)
{
  guint n = pc_timeline_get_n_actors (timeline);

  for (guint i = 0; i < n; i++)
    {
      const PcActor *actor = pc_timeline_get_actor (timeline, i);

      g_string_append (out, "- **");
      append_escaped (out, actor->name);
      g_string_append (out, "**");
      if (actor->address != NULL)
        {
          g_string_append (out, " · ");
          append_code (out, actor->address);
        }
      g_string_append_c (out, '\n');
    }
}

static void
append_wait (GString    *out,
             PcTimeline *timeline,
             PcStep     *step)
{
  g_autofree char *wait = NULL;
  g_autofree char *words = NULL;

  if (pc_step_get_wait (step) == 0)
    return;

  wait = pc_duration_to_text (pc_step_get_wait (step));
  words = g_strdup_printf (
      _ ("%1$s: the timer of %2$s runs out"), wait,
      pc_export_actor_name (timeline, pc_step_get_from (step)));
  g_string_append (out, "<br>");
  append_escaped (out, words);
}

static void
append_row (GString      *out,
            PcTimeline   *timeline,
            PcStep       *step,
            PcExportFlags flags)
{
  g_autofree char *time = pc_export_time (pc_step_get_time (step));
  g_autofree char *fate = pc_export_fate (step);
  g_autofree char *summary = pc_step_dup_summary (
      step, (flags & PC_EXPORT_SHOW_SECRETS) != 0);

  g_string_append_printf (out, "| %u | %s | ", pc_step_get_number (step),
                          time);
  append_escaped (out,
                  pc_export_actor_name (timeline, pc_step_get_from (step)));
  if (pc_step_get_to (step) != NULL)
    {
      g_string_append (out, " → ");
      append_escaped (out,
                      pc_export_actor_name (timeline, pc_step_get_to (step)));
    }
  g_string_append (out, " | ");
  append_code (out, summary);
  g_string_append (out, " | ");
  append_escaped (out, pc_step_get_title (step));
  if (fate != NULL)
    g_string_append_printf (out, " (**%s**)", fate);
  else if (pc_step_get_status (step) == PC_STATUS_ERROR)
    g_string_append_printf (out, " (**%s**)", _ ("error"));
  append_wait (out, timeline, step);
  if (pc_step_get_note (step) != NULL)
    {
      g_string_append (out, "<br>*");
      append_escaped (out, pc_step_get_note (step));
      g_string_append_c (out, '*');
    }
  g_string_append (out, " |\n");
}

static void
append_references (GString           *out,
                   const PcNarration *narration)
{
  for (guint i = 0; i < G_N_ELEMENTS (narration->references) &&
                    narration->references[i].rfc != 0;
       i++)
    {
      const PcReference *reference = &narration->references[i];

      g_string_append (out, i == 0 ? " (" : ", ");
      g_string_append_printf (out,
                              "[RFC %u%s%s](https://www.rfc-editor.org/rfc/"
                              "rfc%u)",
                              reference->rfc,
                              reference->section != NULL ? " §" : "",
                              reference->section != NULL ? reference->section
                                                         : "",
                              reference->rfc);
    }
  if (narration->references[0].rfc != 0)
    g_string_append_c (out, ')');
}

/* Each narration once, where it is first needed. */
static void
append_meanings (GString    *out,
                 PcTimeline *timeline)
{
  g_autoptr (GHashTable) told = g_hash_table_new (NULL, NULL);
  guint                  n = pc_timeline_get_n_steps (timeline);

  for (guint i = 0; i < n; i++)
    {
      PcStep            *step = pc_timeline_get_step (timeline, i);
      const PcNarration *narration = pc_step_get_narration (step);

      if (narration == NULL || !g_hash_table_add (told, (gpointer) narration))
        continue;
      g_string_append (out, "- **");
      append_escaped (out, pc_step_get_title (step));
      g_string_append (out, "**: ");
      append_escaped (out, pc_step_get_explanation (step));
      append_references (out, narration);
      g_string_append_c (out, '\n');
    }
}

char *
pc_export_markdown (PcTimeline   *timeline,
                    PcExportFlags flags)
{
  GString         *out = g_string_new ("# ");
  g_autofree char *outcome = pc_export_outcome (timeline);
  guint            n = pc_timeline_get_n_steps (timeline);

  append_escaped (out, pc_timeline_get_title (timeline));
  g_string_append (out, "\n\n");
  append_actors (out, timeline);
  g_string_append_printf (out, "\n| %s | %s | %s | %s | %s |\n",
                          _ ("Step"), _ ("Seconds"), _ ("From → to"),
                          _ ("On the wire"), _ ("What it is"));
  g_string_append (out, "| ---: | ---: | --- | --- | --- |\n");
  for (guint i = 0; i < n; i++)
    append_row (out, timeline, pc_timeline_get_step (timeline, i), flags);

  g_string_append_c (out, '\n');
  append_escaped (out, outcome);
  g_string_append_printf (out, "\n\n## %s\n\n", _ ("What the steps mean"));
  append_meanings (out, timeline);
  return g_string_free (out, FALSE);
}
