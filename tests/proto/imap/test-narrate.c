/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every rule has its explanation, every explanation its rule. */

#include "proto/imap/protocol.h"
#include "proto/imap/rules.h"

#include <string.h>

static void
add (GHashTable *rules,
     const char *rule)
{
  const PcNarration *row = pc_narration_find (
      pc_imap_protocol.narrations, pc_imap_protocol.n_narrations, rule);

  g_test_message ("%s", rule);
  g_assert_nonnull (row);
  g_assert_cmpstr (row->rule, ==, rule);
  g_assert_cmpuint (strlen (row->title), >, 0);
  g_assert_true (g_str_has_suffix (row->explanation, "."));
  g_assert_cmpuint (row->references[0].rfc, >, 0);
  g_hash_table_add (rules, g_strdup (rule));
}

static void
test_complete (void)
{
  g_autoptr (GHashTable) rules =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < PC_IMAP_N_RULES; i++)
    add (rules, pc_imap_rule (i));
  for (guint i = 0; i <= PC_IMAP_N_VERBS; i++) {
    add (rules, pc_imap_rule_command (i));
    add (rules, pc_imap_rule_ok (i));
    add (rules, pc_imap_rule_no (i));
  }
  g_assert_cmpuint (g_hash_table_size (rules), ==,
                    pc_imap_protocol.n_narrations);
}

static void
test_sorted (void)
{
  for (gsize i = 1; i < pc_imap_protocol.n_narrations; i++)
    g_assert_cmpstr (pc_imap_protocol.narrations[i - 1].rule, <,
                     pc_imap_protocol.narrations[i].rule);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/narrate/complete", test_complete);
  g_test_add_func ("/imap/narrate/sorted", test_sorted);
  return g_test_run ();
}
