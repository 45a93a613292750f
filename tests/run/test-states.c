/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of states against what happens: every change of state in every
 * scenario that is shipped is an edge of its protocol's graph. */

#include "run/run.h"
#include "scenario/library.h"

#include "base/paths.h"

static guint
find_state (const char *const *states,
            const char        *state)
{
  for (guint i = 0; states[i] != NULL; i++)
    if (g_str_equal (states[i], state))
      return i;
  g_assert_not_reached ();
}

static gboolean
has_edge (const PcStateChange *changes,
          guint                from,
          guint                to)
{
  for (guint i = 0; changes[i].to != 0; i++)
    if (changes[i].from & (1u << from) && changes[i].to & (1u << to))
      return TRUE;
  return FALSE;
}

static const PcProtocol *
find_protocol (PcTimeline *timeline,
               guint       conn)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);
    g_auto (GStrv) words = NULL;
    const PcProtocol *protocol;

    if (pc_step_get_conn (step) != conn || pc_step_get_rule (step) == NULL)
      continue;
    words = g_strsplit (pc_step_get_rule (step), ".", 2);
    protocol = pc_registry_find (words[0]);
    if (protocol != NULL)
      return protocol;
  }
  return NULL;
}

typedef struct
{
  const char *state[2]; /* client's, server's */
} Ends;

/* Returns: how many changes there were. */
static guint
check_step (const PcProtocol *protocol,
            PcStep           *step,
            Ends             *ends)
{
  const char *const *states[] = { protocol->client_states,
                                  protocol->server_states };
  const PcStateChange *changes[] = { protocol->client_changes,
                                     protocol->server_changes };
  const char *now[] = { pc_step_get_client_state (step),
                        pc_step_get_server_state (step) };
  guint n = 0;

  for (guint i = 0; i < 2; i++) {
    if (now[i] == NULL)
      continue;
    if (ends->state[i] != NULL && !g_str_equal (ends->state[i], now[i])) {
      g_test_message ("step %u (%s), %s: “%s” to “%s”",
                      pc_step_get_number (step), pc_step_get_rule (step),
                      i == 0 ? "client" : "server", ends->state[i], now[i]);
      g_assert_true (has_edge (changes[i],
                               find_state (states[i], ends->state[i]),
                               find_state (states[i], now[i])));
      n++;
    }
    ends->state[i] = now[i];
  }
  return n;
}

static guint
check_timeline (PcTimeline *timeline)
{
  g_autoptr (GHashTable) ends =
      g_hash_table_new_full (NULL, NULL, NULL, g_free);
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);
    gpointer conn = GUINT_TO_POINTER (pc_step_get_conn (step));
    const PcProtocol *protocol =
        find_protocol (timeline, pc_step_get_conn (step));
    Ends *both = g_hash_table_lookup (ends, conn);

    if (protocol == NULL)
      continue;
    if (both == NULL) {
      both = g_new0 (Ends, 1);
      g_hash_table_insert (ends, conn, both);
    }
    n += check_step (protocol, step, both);
  }
  return n;
}

static void
test_scenarios (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  guint n = 0;

  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);
    g_autoptr (PcTimeline) timeline =
        pc_run_scenario (scenario, PC_LINK_MEMORY, NULL);

    g_test_message ("%s", pc_scenario_get_id (scenario));
    g_assert_nonnull (timeline);
    n += check_timeline (timeline);
  }
  g_assert_cmpuint (n, >, 500);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/states/scenarios", test_scenarios);
  return g_test_run ();
}
