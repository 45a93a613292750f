/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps: what they take over from their unit, what an event is without one,
 * and that a password shows only when asked for. */

#include "timeline/step.h"

static const PcNarration narration = {
  "fake.pass", "Log in", "Name and password go over.", { { 1, "2" } }
};

static PcStep *
pass_step (void)
{
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "fake.pass",
                              "PASS s3cret\r\n", 13);

  pc_unit_add_field (unit, 5, "Verb", "What is asked");
  pc_unit_add_secret (unit, 6, "Password", NULL);
  pc_unit_finish (unit, "Rest", NULL);
  unit->status = PC_STATUS_WARNING;
  unit->client_state = "a";
  unit->server_state = "b";
  return pc_step_new_unit (3, "phone", "mail", PC_LAYER_APP, 42, unit,
                           &narration);
}

static void
test_unit (void)
{
  g_autoptr (PcStep) step = pass_step ();

  g_assert_cmpuint (pc_step_get_number (step), ==, 0);
  g_assert_cmpuint (pc_step_get_conn (step), ==, 3);
  g_assert_cmpstr (pc_step_get_from (step), ==, "phone");
  g_assert_cmpstr (pc_step_get_to (step), ==, "mail");
  g_assert_cmpint (pc_step_get_layer (step), ==, PC_LAYER_APP);
  g_assert_cmpstr (pc_step_get_kind (step), ==, "command");
  g_assert_cmpint (pc_step_get_status (step), ==, PC_STATUS_WARNING);
  g_assert_cmpint (pc_step_get_time (step), ==, 42);
  g_assert_cmpint (pc_step_get_end_time (step), ==, -1);
  g_assert_cmpuint (g_bytes_get_size (pc_step_get_bytes (step)), ==, 13);
  g_assert_cmpuint (pc_step_get_n_fields (step), ==, 3);
  g_assert_cmpstr (pc_step_get_client_state (step), ==, "a");
  g_assert_cmpstr (pc_step_get_server_state (step), ==, "b");
  g_assert_cmpstr (pc_step_get_rule (step), ==, "fake.pass");
  g_assert_cmpstr (pc_step_get_title (step), ==, "Log in");
  g_assert_cmpstr (pc_step_get_explanation (step), ==,
                   "Name and password go over.");
}

static void
test_secret (void)
{
  g_autoptr (PcStep) step = pass_step ();
  g_autofree char   *masked = pc_step_dup_summary (step, FALSE);
  g_autofree char   *bare = pc_step_dup_summary (step, TRUE);
  g_autofree char   *masked_value = pc_step_dup_value (step, 1, FALSE);
  g_autofree char   *bare_value = pc_step_dup_value (step, 1, TRUE);

  g_assert_true (pc_step_has_secret (step));
  g_assert_cmpstr (pc_step_get_summary (step), ==, "PASS " PC_SECRET_DOTS);
  g_assert_cmpstr (masked, ==, "PASS " PC_SECRET_DOTS);
  g_assert_cmpstr (bare, ==, "PASS s3cret");
  g_assert_cmpstr (masked_value, ==, PC_SECRET_DOTS);
  g_assert_cmpstr (bare_value, ==, "s3cret");
}

static void
test_event (void)
{
  g_autoptr (PcStep) step = pc_step_new_event (
      1, "phone", NULL, PC_LAYER_TCP, 7, "reset", "Cut", PC_STATUS_ERROR,
      NULL, NULL, NULL);

  g_assert_cmpstr (pc_step_get_kind (step), ==, "reset");
  g_assert_null (pc_step_get_to (step));
  g_assert_cmpuint (g_bytes_get_size (pc_step_get_bytes (step)), ==, 0);
  g_assert_cmpuint (pc_step_get_n_fields (step), ==, 0);
  g_assert_false (pc_step_has_secret (step));
  g_assert_null (pc_step_get_rule (step));
  g_assert_cmpstr (pc_step_get_title (step), ==, "Cut");
  g_assert_cmpstr (pc_step_get_explanation (step), ==, "");
}

static void
count_cb (guint *count)
{
  (*count)++;
}

static void
test_arrival (void)
{
  g_autoptr (PcStep) step = pass_step ();
  guint              count = 0;

  g_signal_connect_swapped (step, "notify::fate", G_CALLBACK (count_cb),
                            &count);
  pc_step_set_arrival (step, 50, PC_FATE_DELIVERED);
  pc_step_set_arrival (step, 50, PC_FATE_DELIVERED);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpint (pc_step_get_end_time (step), ==, 50);
  pc_step_set_arrival (step, -1, PC_FATE_LOST);
  g_assert_cmpuint (count, ==, 2);
  g_assert_cmpint (pc_step_get_fate (step), ==, PC_FATE_LOST);
}

static void
test_words (void)
{
  static const struct
  {
    const char *is;
    const char *(*of) (guint value);
    guint value;
  } rows[] = {
    { "tcp", (gpointer) pc_layer_to_string, PC_LAYER_TCP },
    { "udp", (gpointer) pc_layer_to_string, PC_LAYER_UDP },
    { "tls", (gpointer) pc_layer_to_string, PC_LAYER_TLS },
    { "app", (gpointer) pc_layer_to_string, PC_LAYER_APP },
    { "note", (gpointer) pc_layer_to_string, PC_LAYER_NOTE },
    { "delivered", (gpointer) pc_fate_to_string, PC_FATE_DELIVERED },
    { "lost", (gpointer) pc_fate_to_string, PC_FATE_LOST },
    { "duplicate", (gpointer) pc_fate_to_string, PC_FATE_DUPLICATE },
    { "late", (gpointer) pc_fate_to_string, PC_FATE_LATE },
    { "ok", (gpointer) pc_status_to_string, PC_STATUS_OK },
    { "warning", (gpointer) pc_status_to_string, PC_STATUS_WARNING },
    { "error", (gpointer) pc_status_to_string, PC_STATUS_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpstr (rows[i].of (rows[i].value), ==, rows[i].is);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/step/unit", test_unit);
  g_test_add_func ("/step/secret", test_secret);
  g_test_add_func ("/step/event", test_event);
  g_test_add_func ("/step/arrival", test_arrival);
  g_test_add_func ("/step/words", test_words);
  return g_test_run ();
}
