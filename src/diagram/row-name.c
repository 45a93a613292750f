/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a screen reader says of a row: the exact text twin of the picture.
 * Whole sentences per case, so that translators can order the words. */

#include "diagram/row-view.h"

#include <glib/gi18n-lib.h>

static char *
step_name (PcScene      *scene,
           PcDiagramRow *row)
{
  PcStep          *step = row->step;
  g_autofree char *summary = pc_step_dup_summary (step, scene->secrets);
  const char      *from = pc_scene_get_actor_name (scene, row->from);
  const char      *to = pc_scene_get_actor_name (scene, row->to);
  guint            n = pc_timeline_get_n_steps (scene->timeline);

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

static char *
pills_name (PcScene      *scene,
            PcDiagramRow *row)
{
  const char *client = pc_scene_get_actor_name (scene, row->client);
  const char *server = pc_scene_get_actor_name (scene, row->server);

  if (row->client_state != NULL && row->server_state != NULL)
    /* Translators: client, its state, server, its state */
    return g_strdup_printf (_ ("%s is now: %s; %s is now: %s"), client,
                            _ (row->client_state), server,
                            _ (row->server_state));
  if (row->client_state != NULL)
    return g_strdup_printf (_ ("%s is now: %s"), client,
                            _ (row->client_state));
  return g_strdup_printf (_ ("%s is now: %s"), server, _ (row->server_state));
}

char *
pc_row_view_dup_name (PcScene      *scene,
                      PcDiagramRow *row)
{
  switch (row->kind)
    {
    case PC_DIAGRAM_ROW_STEP: return step_name (scene, row);
    case PC_DIAGRAM_ROW_PILLS: return pills_name (scene, row);
    case PC_DIAGRAM_ROW_NOTE:
      return g_strdup_printf (_ ("Note: %s"), pc_step_get_note (row->step));
    case PC_DIAGRAM_ROW_GAP: return pc_row_view_dup_gap (row);
    }

  g_return_val_if_reached (NULL);
}

char *
pc_row_view_dup_gap (PcDiagramRow *row)
{
  /* Translators: a decimal number of seconds */
  return g_strdup_printf (_ ("%.1f s later"),
                          (double) row->gap / G_USEC_PER_SEC);
}
