/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline as lines for a terminal.
 *
 * One line per step, lifelines as columns: who stands left in the diagram
 * stands left here, and the arrow points the way the octets went.
 *
 *      5   0.001204  Phone  --> Mail server    a1 LOGIN alex ••••••
 *                                              Log in with a password
 *
 * An arrow ends in x where a datagram was lost; an exclamation mark stands
 * before what was refused or failed.  A line of its own tells that somebody's
 * timer ran out.
 */

#include "timeline/duration.h"
#include "timeline/export-private.h"

#include <glib/gi18n-lib.h>

/* Of the columns before the actors: number, time, blanks. */
#define HEAD_COLUMNS 19
#define LINE_OCTETS 400 /* of a step, commonly */

/* Letters and marks of any script have a width; bytes have not. */
static guint
columns (const char *text)
{
  guint n = 0;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar letter = g_utf8_get_char (at);

      if (letter < 0x7f)
        {
          n++;
          continue;
        }

      if (!g_unichar_iszerowidth (letter))
        n += g_unichar_iswide (letter) ? 2 : 1;
    }
  return n;
}

static void
append_padded (GString    *out,
               const char *text,
               guint       width)
{
  guint n = columns (text);

  g_string_append (out, text);
  for (; n < width; n++)
    g_string_append_c (out, ' ');
}

/* As "%5u" and "%06u": printf takes longer than all the rest of a line, and a
 * busy server prints many. */
static void
append_number (GString *out,
               guint64  number,
               guint    digits,
               char     pad)
{
  char  text[24];
  guint at = sizeof text - 1;

  text[at] = '\0';
  for (; number > 0 || at == sizeof text - 1; number /= 10)
    text[--at] = (char) ('0' + number % 10);
  while (sizeof text - 1 - at < digits)
    text[--at] = pad;
  g_string_append (out, text + at);
}

static guint
name_width (PcTimeline *timeline)
{
  guint n = pc_timeline_get_n_actors (timeline);
  guint width = 0;

  for (guint i = 0; i < n; i++)
    width = MAX (width, columns (pc_timeline_get_actor (timeline, i)->name));
  return width;
}

/* That nothing came is what made the sender send. */
static void
append_wait (GString    *out,
             PcTimeline *timeline,
             PcStep     *step)
{
  g_autofree char *wait = NULL;

  if (pc_step_get_wait (step) == 0)
    return;

  wait = pc_duration_to_text (pc_step_get_wait (step));
  append_padded (out, "", HEAD_COLUMNS);
  g_string_append (out, "— ");
  /* Translators: %1$s: a duration, "250 ms"; %2$s: "TFTP server". */
  g_string_append_printf (out, _ ("%1$s: the timer of %2$s runs out"), wait,
                          pc_export_actor_name (timeline,
                                                pc_step_get_from (step)));
  g_string_append (out, " —\n");
}

static void
append_fate (GString *out,
             PcStep  *step)
{
  g_autofree char *words = pc_export_fate (step);

  if (words != NULL)
    g_string_append_printf (out, " (%s)", words);
}

static void
append_step (GString      *out,
             PcTimeline   *timeline,
             PcStep       *step,
             guint         width,
             PcExportFlags flags)
{
  guint64          time = (guint64) MAX (pc_step_get_time (step), 0);
  g_autofree char *summary = pc_step_dup_summary (
      step, (flags & PC_EXPORT_SHOW_SECRETS) != 0);
  const char *from = pc_step_get_from (step);
  const char *to = pc_step_get_to (step);
  gboolean    leftward = to != NULL && pc_timeline_find_actor (timeline, to) <
                                           pc_timeline_find_actor (timeline,
                                                                   from);
  gboolean    lost = pc_step_get_fate (step) == PC_FATE_LOST;
  const char *arrow = leftward ? (lost ? " x-- " : " <-- ")
                               : (lost ? " --x " : " --> ");
  gboolean    bad = pc_step_get_status (step) == PC_STATUS_ERROR;
  guint       indent = HEAD_COLUMNS + 2 * width + 5 + 3;

  append_wait (out, timeline, step);
  append_number (out, pc_step_get_number (step), 5, ' ');
  append_number (out, time / G_USEC_PER_SEC, 5, ' ');
  g_string_append_c (out, '.');
  append_number (out, time % G_USEC_PER_SEC, 6, '0');
  g_string_append (out, "  ");
  append_padded (out, pc_export_actor_name (timeline, leftward ? to : from),
                 width);
  g_string_append (out, to != NULL ? arrow : "     ");
  append_padded (out, pc_export_actor_name (timeline, leftward ? from : to),
                 width);
  g_string_append (out, bad ? " ! " : "   ");
  g_string_append (out, summary);
  append_fate (out, step);
  g_string_append_c (out, '\n');

  if (*pc_step_get_explanation (step) != '\0')
    {
      append_padded (out, "", indent);
      g_string_append (out, pc_step_get_title (step));
      g_string_append_c (out, '\n');
    }
  if (pc_step_get_note (step) != NULL)
    g_string_append_printf (out, "%*s* %s\n", (int) indent, "",
                            pc_step_get_note (step));
}

static void
append_actors (GString    *out,
               PcTimeline *timeline,
               guint       width)
{
  guint n = pc_timeline_get_n_actors (timeline);

  for (guint i = 0; i < n; i++)
    {
      const PcActor *actor = pc_timeline_get_actor (timeline, i);

      g_string_append (out, "  ");
      append_padded (out, actor->name, width);
      if (actor->address != NULL)
        g_string_append_printf (out, "  %s", actor->address);
      g_string_append_c (out, '\n');
    }
  g_string_append_c (out, '\n');
}

char *
pc_export_text (PcTimeline   *timeline,
                PcExportFlags flags)
{
  GString         *out = g_string_new (NULL);
  g_autofree char *outcome = pc_export_outcome (timeline);
  guint            n = pc_timeline_get_n_steps (timeline);
  guint            width = name_width (timeline);

  g_string_append_printf (out, "%s\n", pc_timeline_get_title (timeline));
  append_actors (out, timeline, width);
  for (guint i = 0; i < n; i++)
    append_step (out, timeline, pc_timeline_get_step (timeline, i), width,
                 flags);
  g_string_append_printf (out, "\n%s\n", outcome);
  return g_string_free (out, FALSE);
}

char *
pc_export_step_text (PcTimeline   *timeline,
                     PcStep       *step,
                     PcExportFlags flags)
{
  GString *out;

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);
  g_return_val_if_fail (PC_IS_STEP (step), NULL);

  out = g_string_sized_new (LINE_OCTETS);
  append_step (out, timeline, step, name_width (timeline), flags);
  return g_string_free (out, FALSE);
}
