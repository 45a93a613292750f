/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts what two exchanges may differ in.
 *
 * Octets and passwords are counted in the eavesdropper's view, since under
 * TLS the wire carries something else than what was said.  How the system cut
 * a stream into segments is not known here, and not counted. */

#include "timeline/totals.h"

/* Of one connection. */
typedef struct
{
  const char *opener; /* actor: who sent first */
  gboolean    asked;  /* the opener sent last */
} Talk;

static Talk *
find_talk (GHashTable *talks,
           PcStep     *step)
{
  gpointer conn = GUINT_TO_POINTER (pc_step_get_conn (step));
  Talk    *talk = g_hash_table_lookup (talks, conn);

  if (talk == NULL) {
    talk = g_new0 (Talk, 1);
    talk->opener = pc_step_get_from (step);
    g_hash_table_insert (talks, conn, talk);
  }
  return talk;
}

/* TCP's own handshake is one step here, and one turn; it ends with a word of
 * the opener's, so a server that greets answers that. */
static void
count_turn (PcTotals   *self,
            GHashTable *talks,
            PcStep     *step)
{
  Talk    *talk;
  gboolean by_opener;

  if (pc_step_get_conn (step) == 0)
    return;
  talk = find_talk (talks, step);
  by_opener = g_strcmp0 (talk->opener, pc_step_get_from (step)) == 0;
  if (g_strcmp0 (pc_step_get_kind (step), "open") == 0) {
    self->n_turns++;
    talk->asked = TRUE;
    return;
  }
  if (g_bytes_get_size (pc_step_get_bytes (step)) == 0)
    return;
  if (!by_opener && talk->asked)
    self->n_turns++;
  talk->asked = by_opener;
}

static void
count_step (PcTotals *self,
            PcStep   *step)
{
  gboolean datagram = g_strcmp0 (pc_step_get_kind (step), "datagram") == 0;

  self->duration = MAX (self->duration,
                        MAX (pc_step_get_time (step),
                             pc_step_get_end_time (step)));
  if (pc_step_get_client_state (step) != NULL)
    self->client_state = pc_step_get_client_state (step);
  if (pc_step_get_server_state (step) != NULL)
    self->server_state = pc_step_get_server_state (step);
  if (g_bytes_get_size (pc_step_get_bytes (step)) == 0 ||
      pc_step_get_fate (step) == PC_FATE_DUPLICATE)
    return;
  if (datagram)
    self->n_datagrams++;
  else
    self->n_messages++;
  if (pc_step_get_repeats (step) > 0)
    self->n_again++;
}

/* What the network made a second time was sent by nobody. */
static void
count_wire (PcTotals   *self,
            PcTimeline *timeline)
{
  g_autoptr (PcTimeline) wire = pc_timeline_new_wire_view (timeline);

  for (guint i = 0; i < pc_timeline_get_n_steps (wire); i++) {
    PcStep *step = pc_timeline_get_step (wire, i);

    if (pc_step_get_fate (step) == PC_FATE_DUPLICATE)
      continue;
    self->n_octets += g_bytes_get_size (pc_step_get_bytes (step));
    if (pc_step_has_secret (step))
      self->n_secrets++;
  }
}

void
pc_totals_count (PcTotals   *self,
                 PcTimeline *timeline)
{
  g_autoptr (GHashTable) talks = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (PC_IS_TIMELINE (timeline));

  talks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  *self = (PcTotals){ .outcome = pc_timeline_get_outcome (timeline) };
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    count_turn (self, talks, step);
    count_step (self, step);
  }
  count_wire (self, timeline);
}
