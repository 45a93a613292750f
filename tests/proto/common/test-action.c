/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client is asked to do, and what it may be asked. */

#include "proto/common/action.h"

static const PcActionSpec specs[] = {
  { "login", "user password", "initial", "Log in" },
  { "quit", NULL, NULL, "Leave" },
  { "user", "name", NULL, "Say who" },
  { NULL },
};

static void
test_params (void)
{
  g_autoptr (PcAction) action = pc_action_new ("login");

  g_assert_cmpstr (action->name, ==, "login");
  g_assert_null (pc_action_get (action, "user", NULL));
  g_assert_cmpstr (pc_action_get (action, "user", "nobody"), ==, "nobody");
  pc_action_set (action, "user", "alex");
  pc_action_set (action, "user", "robin");
  pc_action_set (action, "password", "");
  g_assert_cmpstr (pc_action_get (action, "user", "nobody"), ==, "robin");
  g_assert_cmpstr (pc_action_get (action, "password", "x"), ==, "");
  pc_action_free (NULL);
}

static void
test_data (void)
{
  g_autoptr (PcAction) action = pc_action_new ("put");
  char octets[] = "a\0b";

  g_assert_null (action->data);
  pc_action_set_data (action, "first", 5);
  pc_action_set_data (action, octets, 3);
  octets[0] = 'x';
  g_assert_cmpmem (g_bytes_get_data (action->data, NULL),
                   g_bytes_get_size (action->data), "a\0b", 3);
}

static void
test_specs (void)
{
  const PcActionSpec *login = pc_action_spec_find (specs, "login");
  gboolean            required = FALSE;

  g_assert_true (login == &specs[0]);
  g_assert_null (pc_action_spec_find (specs, "Login"));
  g_assert_null (pc_action_spec_find (specs, "log"));
  g_assert_true (pc_action_spec_has_param (login, "password", &required));
  g_assert_true (required);
  g_assert_true (pc_action_spec_has_param (login, "initial", &required));
  g_assert_false (required);
  g_assert_false (pc_action_spec_has_param (login, "pass", &required));
  g_assert_false (pc_action_spec_has_param (login, "user password", NULL));
  g_assert_false (pc_action_spec_has_param (&specs[1], "user", NULL));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/common/action/params", test_params);
  g_test_add_func ("/common/action/data", test_data);
  g_test_add_func ("/common/action/specs", test_specs);

  return g_test_run ();
}
