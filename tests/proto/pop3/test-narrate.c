/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every rule has its words and its source, and the tables fit together. */

#include "fixture.h"

#include "proto/pop3/rules.h"
#include "proto/pop3/verbs.h"

#include <string.h>

static void
test_complete (void)
{
  for (guint i = 0; i < PC_POP3_N_RULES; i++) {
    const PcNarration *row = &pc_pop3_narrations[i];

    g_test_message ("rule %u", i);
    g_assert_nonnull (row->rule);
    g_test_message ("%s", row->rule);
    g_assert_true (g_str_has_prefix (row->rule, "pop3."));
    if (i > 0)
      g_assert_cmpstr (pc_pop3_narrations[i - 1].rule, <, row->rule);
    g_assert_cmpuint (strlen (row->title), >, 5);
    g_assert_cmpuint (strlen (row->explanation), >, 40);
    g_assert_cmpuint (row->references[0].rfc, !=, 0);
    g_assert_true (pc_narration_find (pc_pop3_narrations, PC_POP3_N_RULES,
                                      row->rule) == row);
  }
}

static void
test_protocol (void)
{
  const PcProtocol *protocol = &pc_pop3_protocol;
  guint             n = 0;

  g_assert_cmpstr (protocol->id, ==, "pop3");
  g_assert_true (protocol->stream);
  for (guint i = 0; protocol->verbs[i].name != NULL; i++) {
    g_assert_true (g_str_has_prefix (protocol->verbs[i].syntax,
                                     protocol->verbs[i].name));
    g_assert_cmpuint (protocol->verbs[i].states >> PC_POP3_N_STATES, ==, 0);
    n++;
  }
  g_assert_cmpuint (n, ==, PC_POP3_N_VERBS);

  for (n = 0; protocol->server_states[n] != NULL; n++)
    ;
  g_assert_cmpuint (n, ==, PC_POP3_N_STATES);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/narrate/complete", test_complete);
  g_test_add_func ("/pop3/narrate/protocol", test_protocol);

  return g_test_run ();
}
