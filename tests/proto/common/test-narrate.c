/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking a rule up, and the rules below the protocols. */

#include "proto/common/narrate.h"

#include <string.h>

static void
test_find (void)
{
  static const PcNarration table[] = {
    { "a.b", "B", "B.", { { 1, NULL } } },
    { "a.b.c", "C", "C.", { { 2, "3" } } },
    { "a.d", "D", "D.", { { 3, "4.5" } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    for (guint n = i + 1; n <= G_N_ELEMENTS (table); n++)
      g_assert_true (pc_narration_find (table, n, table[i].rule) ==
                     &table[i]);
  g_assert_null (pc_narration_find (table, 3, "a"));
  g_assert_null (pc_narration_find (table, 3, "a.c"));
  g_assert_null (pc_narration_find (table, 3, "z"));
  g_assert_null (pc_narration_find (table, 0, "a.b"));
}

static void
test_common (void)
{
  static const char *const rules[] = {
    "client.declines", "dns.no-name", "fault.answer", "fault.change",
    "fault.cut", "fault.freeze", "fault.inject", "fault.join",
    "fault.slow", "fault.split", "tcp.close", "tcp.open",
    "tcp.refused", "tcp.reset", "tcp.silence", "tcp.unanswered",
    "tcp.unfinished", "udp.duplicate", "world.restore"
  };

  g_assert_cmpuint (pc_common_n_narrations, ==, G_N_ELEMENTS (rules));
  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    const PcNarration *row = pc_narration_find (
        pc_common_narrations, pc_common_n_narrations, rules[i]);

    g_test_message ("%s", rules[i]);
    g_assert_nonnull (row);
    g_assert_cmpuint (strlen (row->title), >, 0);
    g_assert_true (g_str_has_suffix (row->explanation, "."));
    g_assert_cmpuint (row->references[0].rfc, >, 0);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/narrate/find", test_find);
  g_test_add_func ("/common/narrate/common", test_common);

  return g_test_run ();
}
