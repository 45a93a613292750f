/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader says of a row: the exact text twin of the picture.
 * Whole sentences per case, so that translators can order the words. */

#include "diagram/row-view.h"

#include "timeline/duration.h"
#include "timeline/player.h"

#include <glib/gi18n-lib.h>

/* How long it was on its way; -1 while it is. */
static gint64
get_travel (PcStep *step)
{
  gint64 end = pc_step_get_end_time (step);

  return end >= 0 ? end - pc_step_get_time (step) : -1;
}

/* What a sentence of its own tells of the step's fate; or NULL. */
static char *
fate_name (PcScene      *scene,
           PcDiagramRow *row)
{
  PcStep *step = row->step;
  guint   repeats = pc_step_get_repeats (step);

  if (pc_step_get_fate (step) == PC_FATE_DUPLICATE)
    return g_strdup_printf (_ ("A copy of step %u that the network made."),
                            repeats);
  if (repeats != 0)
    return g_strdup_printf (_ ("The same octets again as in step %u."),
                            repeats);
  if (pc_step_get_fate (step) != PC_FATE_LOST &&
      pc_timeline_is_lost (scene->timeline, step))
    return g_strdup (_ ("It never arrived."));
  return NULL;
}

static char *
plain_name (PcScene      *scene,
            PcDiagramRow *row)
{
  PcStep          *step = row->step;
  g_autofree char *summary = pc_step_dup_summary (step, scene->secrets);
  const char      *from = pc_scene_get_actor_name (scene, row->from);
  const char      *to = pc_scene_get_actor_name (scene, row->to);
  guint            n = pc_timeline_get_n_steps (scene->timeline);

  if (pc_step_get_to (step) == NULL)
    /* Translators: number, count, who did it, what happened, title */
    return g_strdup_printf (_ ("Step %u of %u, %s: %s, %s"),
                            pc_step_get_number (step), n, from, summary,
                            pc_step_get_title (step));

  /* Translators: number, count, sender, receiver, what was sent, title */
  if (pc_step_get_fate (step) == PC_FATE_LOST)
    return g_strdup_printf (_ ("Step %u of %u, %s to %s: %s, %s; lost on the "
                               "way"),
                            pc_step_get_number (step), n, from, to, summary,
                            pc_step_get_title (step));
  if (pc_step_get_status (step) == PC_STATUS_ERROR)
    return g_strdup_printf (_ ("Step %u of %u, %s to %s: %s, %s; an error"),
                            pc_step_get_number (step), n, from, to, summary,
                            pc_step_get_title (step));
  return g_strdup_printf (_ ("Step %u of %u, %s to %s: %s, %s"),
                          pc_step_get_number (step), n, from, to, summary,
                          pc_step_get_title (step));
}

/* With the ports where they are not those of before, as the picture shows. */
static char *
ports_name (PcDiagramRow *row)
{
  if (!row->new_port[0] && !row->new_port[1])
    return NULL;

  return g_strdup_printf (_ ("From port %u to port %u."),
                          pc_step_get_from_port (row->step),
                          pc_step_get_to_port (row->step));
}

static char *
step_name (PcScene      *scene,
           PcDiagramRow *row)
{
  g_autofree char *name = plain_name (scene, row);
  g_autofree char *fate = fate_name (scene, row);
  g_autofree char *ports = ports_name (row);
  GString         *out = g_string_new (name);

  if (fate != NULL)
    g_string_append_printf (out, ". %s", fate);
  if (ports != NULL)
    g_string_append_printf (out, "%s %s", fate != NULL ? "" : ".", ports);
  return g_string_free (out, FALSE);
}

static char *
states_name (PcScene      *scene,
             PcDiagramRow *row,
             const char   *client_state,
             const char   *server_state)
{
  const char *client = pc_scene_get_actor_name (scene, row->client);
  const char *server = pc_scene_get_actor_name (scene, row->server);

  if (client_state != NULL && server_state != NULL)
    /* Translators: client, its state, server, its state */
    return g_strdup_printf (_ ("%s is now: %s; %s is now: %s"), client,
                            _ (client_state), server, _ (server_state));
  if (client_state != NULL)
    return g_strdup_printf (_ ("%s is now: %s"), client, _ (client_state));
  return g_strdup_printf (_ ("%s is now: %s"), server, _ (server_state));
}

/* The same states may come again: the number tells one row from another. */
static char *
pills_name (PcScene      *scene,
            PcDiagramRow *row)
{
  g_autofree char *states = states_name (scene, row, row->client_state,
                                         row->server_state);

  /* Translators: a step's number, "Phone is now: Selected". */
  return g_strdup_printf (_ ("After step %u: %s"),
                          pc_step_get_number (row->step), states);
}

/* Its words are read with its first row. */
static char *
note_name (PcDiagramRow *row)
{
  guint number = pc_step_get_number (row->step);

  if (row->part > 0)
    /* Translators: of a step's number; which part, of how many. */
    return g_strdup_printf (_ ("Note on step %u, part %u of %u"), number,
                            row->part + 1, row->parts);
  return g_strdup_printf (_ ("Note on step %u: %s"), number,
                          pc_step_get_note (row->step));
}

static char *
arrival_name (PcScene      *scene,
              PcDiagramRow *row)
{
  const PcDiagramSpan *span = pc_diagram_row_get_own_span (row);
  g_autofree char     *after = NULL;

  if (span == NULL)
    return g_strdup ("");

  after = pc_duration_to_text (get_travel (span->step));
  /* Translators: a step's number, the receiver, "300 ms". */
  return g_strdup_printf (_ ("Step %u arrives at %s, %s after it was sent"),
                          pc_step_get_number (span->step),
                          pc_scene_get_actor_name (scene, span->to), after);
}

/* The picture shortens a wait that the words tell whole. */
static char *
gap_name (PcScene      *scene,
          PcDiagramRow *row)
{
  g_autofree char *time = pc_duration_to_text (row->gap);

  if (pc_step_get_wait (row->step) > 0)
    /* Translators: "250 ms", who waited, a step's number. */
    return g_strdup_printf (_ ("%s without an answer: the timer of %s runs "
                               "out before step %u"),
                            time, pc_scene_get_actor_name (scene, row->from),
                            pc_step_get_number (row->step));
  /* Translators: "2.0 s", a step's number. */
  return g_strdup_printf (_ ("%s go by before step %u"), time,
                          pc_step_get_number (row->step));
}

static char *
group_name (PcScene      *scene,
            PcDiagramRow *row)
{
  g_autofree char *text = pc_row_view_dup_group (scene, row);
  PcStep          *last = pc_timeline_get_step (scene->timeline,
                                                row->group.last);

  if (row->group.kind == PC_GROUP_HIDDEN)
    /* Translators: numbers of two steps, "9 steps hidden". */
    return g_strdup_printf (_ ("Steps %u to %u do not match: %s"),
                            pc_step_get_number (row->step),
                            pc_step_get_number (last), text);
  /* Translators: numbers of two steps, what they are together. */
  return g_strdup_printf (_ ("Steps %u to %u, folded: %s"),
                          pc_step_get_number (row->step),
                          pc_step_get_number (last), text);
}

static char *
tunnel_name (PcScene      *scene,
             PcDiagramRow *row)
{
  /* Translators: two ends of a connection, a step's number. */
  return g_strdup_printf (_ ("What %s and %s say after step %u is encrypted"),
                          pc_scene_get_actor_name (scene, row->client),
                          pc_scene_get_actor_name (scene, row->server),
                          pc_step_get_number (row->step));
}

char *
pc_row_view_dup_group (PcScene      *scene,
                       PcDiagramRow *row)
{
  return pc_group_dup_title (scene->timeline, &row->group, scene->secrets);
}

char *
pc_row_view_dup_name (PcScene      *scene,
                      PcDiagramRow *row)
{
  if (pc_row_view_is_to_come (scene, row))
    /* Translators: a step's number. */
    return g_strdup_printf (_ ("Still to come: step %u"),
                            pc_step_get_number (row->step));

  switch (row->kind)
    {
    case PC_DIAGRAM_ROW_STEP: return step_name (scene, row);
    case PC_DIAGRAM_ROW_PILLS: return pills_name (scene, row);
    case PC_DIAGRAM_ROW_NOTE: return note_name (row);
    case PC_DIAGRAM_ROW_GAP: return gap_name (scene, row);
    case PC_DIAGRAM_ROW_ARRIVAL: return arrival_name (scene, row);
    case PC_DIAGRAM_ROW_GROUP: return group_name (scene, row);
    case PC_DIAGRAM_ROW_TUNNEL: return tunnel_name (scene, row);
    }

  g_return_val_if_reached (NULL);
}

char *
pc_row_view_dup_description (PcScene      *scene,
                             PcDiagramRow *row)
{
  const char *explanation;
  GString    *out;

  if (row->kind != PC_DIAGRAM_ROW_STEP)
    return g_strdup ("");

  explanation = pc_step_get_explanation (row->step);
  out = g_string_new (NULL);
  if (row->led_client != NULL || row->led_server != NULL)
    {
      g_autofree char *states = states_name (scene, row, row->led_client,
                                             row->led_server);

      g_string_append_printf (out, "%s. ", states);
    }
  if (explanation != NULL)
    g_string_append (out, explanation);
  g_strchomp (out->str);
  return g_string_free (out, FALSE);
}

char *
pc_row_view_dup_gap (PcScene      *scene,
                     PcDiagramRow *row,
                     gboolean      brief)
{
  g_autofree char *time = pc_duration_to_text (row->gap);
  gboolean         shorter = row->gap > PC_PLAYER_WAIT_US;

  if (pc_step_get_wait (row->step) > 0 && brief)
    return g_strdup_printf (shorter ? _ ("%s, shown shorter")
                                    : _ ("%s · timer"),
                            time);
  if (pc_step_get_wait (row->step) > 0)
    /* Translators: how long, whose timer ran out. */
    return g_strdup_printf (shorter ? _ ("%s, shown shorter · timer of %s")
                                    : _ ("%s · timer of %s"),
                            time, pc_scene_get_actor_name (scene, row->from));
  return g_strdup_printf (shorter ? _ ("%s later, shown shorter")
                                  : _ ("%s later"),
                          time);
}

char *
pc_row_view_dup_arrival (PcDiagramRow *row)
{
  const PcDiagramSpan *span = pc_diagram_row_get_own_span (row);
  g_autofree char     *after = NULL;

  if (span == NULL)
    return g_strdup ("");

  after = pc_duration_to_text (get_travel (span->step));
  /* Translators: a step's number, "300 ms". */
  return g_strdup_printf (_ ("%u arrives after %s"),
                          pc_step_get_number (span->step), after);
}

char *
pc_row_view_dup_caption (PcScene      *scene,
                         PcDiagramRow *row)
{
  PcStep          *step = row->step;
  guint            repeats = pc_step_get_repeats (step);
  gint64           travel = get_travel (step);
  g_autofree char *time = NULL;

  if (pc_step_get_fate (step) == PC_FATE_DUPLICATE)
    /* Translators: of a step's number. */
    return g_strdup_printf (_ ("the network's copy of %u"), repeats);
  if (pc_step_get_fate (step) == PC_FATE_LOST)
    return repeats != 0 ? g_strdup_printf (_ ("again, as in %u · lost"),
                                           repeats)
                        : g_strdup (_ ("lost"));
  if (repeats != 0)
    return g_strdup_printf (_ ("again, as in %u"), repeats);
  if (pc_timeline_is_lost (scene->timeline, step))
    return g_strdup (_ ("never arrived"));
  if (travel < PC_TIMELINE_SILENCE || pc_step_get_layer (step) == PC_LAYER_UDP)
    return NULL;

  time = pc_duration_to_text (travel);
  return g_strdup_printf (_ ("%s on the way"), time);
}
