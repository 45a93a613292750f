/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every rule has its words, and the tables of the protocol are whole. */

#include "proto/smtp/narrate.h"

#include "proto/smtp/protocol.h"
#include "proto/smtp/verbs.h"

#include <string.h>

static void
test_rules (void)
{
  guint i;

  for (i = 0; i < PC_SMTP_N_RULES; i++) {
    const PcNarration *row = &pc_smtp_narrations[i];

    g_assert_nonnull (row->rule);
    g_test_message ("%s", row->rule);
    g_assert_true (g_str_has_prefix (row->rule, "smtp."));
    g_assert_cmpuint (strlen (row->title), >, 3);
    g_assert_cmpuint (strlen (row->explanation), >, 40);
    g_assert_true (g_str_has_suffix (row->explanation, "."));
    g_assert_cmpuint (row->references[0].rfc, >, 0);
    if (i > 0)
      g_assert_cmpstr (pc_smtp_narrations[i - 1].rule, <, row->rule);
    g_assert_true (pc_narration_find (pc_smtp_protocol.narrations,
                                      pc_smtp_protocol.n_narrations,
                                      row->rule) == row);
  }
}

static void
test_tables (void)
{
  guint n = g_strv_length ((char **)pc_smtp_protocol.server_states);
  guint i;

  g_assert_cmpuint (n, ==, PC_SMTP_N_STATES);
  for (i = 0; pc_smtp_protocol.verbs[i].name != NULL; i++) {
    const PcVerbInfo *verb = &pc_smtp_protocol.verbs[i];
    gsize             word;

    g_assert_true (g_str_has_prefix (verb->syntax, verb->name));
    g_assert_cmpuint (verb->states >> n, ==, 0);
    g_assert_cmpint (pc_smtp_verb_find ((const guint8 *)verb->syntax,
                                        strlen (verb->syntax), &word),
                     ==, i);
  }
  g_assert_cmpuint (i, ==, PC_SMTP_N_VERBS);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/narrate/rules", test_rules);
  g_test_add_func ("/smtp/narrate/tables", test_tables);

  return g_test_run ();
}
