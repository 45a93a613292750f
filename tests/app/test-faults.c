/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fault lab: what a step offers, what is said before anything runs, the
 * same as on the command line, saved as a scenario, and nothing that is armed
 * without a banner. */

#include "fixture.h"

#include "app/lab-fault-result.h"

#include "scenario/library.h"
#include "timeline/export.h"

#include <string.h>

static PcLabFaults *
lab (void)
{
  return pc_lab_page_get_faults (pc_window_get_lab (window));
}

static PcLabFaultForm *
form (void)
{
  return pc_lab_faults_get_form (lab ());
}

static PcPlayer *
lab_player (void)
{
  return pc_lab_stage_get_player (pc_lab_faults_get_stage (lab ()));
}

static const char *
spec (void)
{
  return pc_lab_fault_form_get_spec (form ());
}

static void
open_lab (const char *scenario)
{
  open_window ();
  act ("place", g_variant_new_string ("lab"));
  act ("lab-page", g_variant_new_string ("faults"));
  g_assert_true (pc_lab_faults_open (lab (), scenario));
  pc_lab_fault_form_set_kind (form (), PC_FAULT_DROP);
}

static void
run (void)
{
  pc_lab_faults_run (lab ());
  wait_until (pc_lab_faults_is_idle (lab ()));
  g_assert_nonnull (pc_lab_faults_get_struck (lab ()));
}

static void
choose_step (const char *summary)
{
  PcTimeline *shown = pc_player_get_timeline (lab_player ());

  for (guint i = 0; i < pc_timeline_get_n_steps (shown); i++)
    if (strstr (pc_step_get_summary (pc_timeline_get_step (shown, i)),
                summary) != NULL) {
      pc_player_show_step (lab_player (), i);
      return;
    }
  g_assert_not_reached ();
}

/* -- choosing ------------------------------------------------------------- */

static void
test_choose (void)
{
  open_lab ("tftp-get-config");
  g_assert_cmpstr (spec (), ==,
                   "drop,rule=tftp.data.first,from=server,nth=1");
  g_assert_true (seen ("is lost on the way"));
  /* The step that is lit is the one. */
  act ("forward", NULL);
  g_assert_cmpstr (spec (), ==, "drop,rule=tftp.ack,from=router,nth=1");
  act ("forward", NULL);
  g_assert_true (g_str_has_prefix (spec (), "drop,rule=tftp.data,"));
  pc_lab_fault_form_set_kind (form (), PC_FAULT_DELAY);
  g_assert_true (g_str_has_suffix (spec (), ",ms=1500"));
  /* Said before anything runs. */
  pc_lab_fault_form_set_kind (form (), PC_FAULT_JOIN);
  g_assert_null (spec ());
  g_assert_true (seen ("over UDP"));
  g_assert_null (pc_lab_faults_get_struck (lab ()));
  pc_lab_faults_run (lab ());
  g_assert_true (pc_lab_faults_is_idle (lab ()));
  g_assert_null (pc_lab_faults_get_struck (lab ()));
  pc_lab_faults_open (lab (), "pop3-download-delete");
  pc_lab_fault_form_set_kind (form (), PC_FAULT_DROP);
  g_assert_null (spec ());
  g_assert_true (seen ("over TCP"));
  /* Nobody says a connection. */
  act ("first", NULL);
  g_assert_nonnull (
      strstr (pc_lab_fault_form_get_problem (form ()), "one end"));
  g_assert_cmpuint (check_names (GTK_WIDGET (lab ())), >, 15);
}

/* -- as on the command line ----------------------------------------------- */

static char *
run_on_command_line (const char *scenario)
{
  const char *argv[] = { PORTCALL_CLI, "run", scenario, "--link", "memory",
                         "--fault", spec (), NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &out, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (out), >, 100);
  return out;
}

/* But for what marks the step that was hit. */
static char *
drop_note (const char *text)
{
  g_autoptr (GRegex) notes = g_regex_new ("\n +(?=[^<>|-]*$)[^\n]*",
                                          G_REGEX_MULTILINE, 0, NULL);

  return g_regex_replace (notes, text, -1, 0, "", 0, NULL);
}

static void
check_alike (const char *scenario,
             PcFaultKind kind)
{
  g_autofree char *theirs = NULL;
  g_autofree char *ours = NULL;

  pc_lab_fault_form_set_kind (form (), kind);
  g_test_message ("%s: %s", scenario, spec ());
  g_assert_nonnull (spec ());
  theirs = run_on_command_line (scenario);
  run ();
  ours = pc_export_timeline (pc_lab_faults_get_struck (lab ()), PC_EXPORT_TEXT,
                             PC_EXPORT_DEFAULT);
  {
    g_autofree char *a = drop_note (theirs);
    g_autofree char *b = drop_note (ours);

    g_assert_cmpstr (a, ==, b);
  }
  /* Where it struck is what is looked at. */
  g_assert_true (seen ("The fault struck at step"));
  g_assert_true (pc_fault_aim_find_hit (
                     &(PcFaultAim){ 0 }, kind,
                     pc_lab_faults_get_struck (lab ())) >= 0 ||
                 seen ("Here the fault strikes."));
  gtk_widget_activate_action (GTK_WIDGET (form ()), "faults.again", NULL);
}

static void
test_alike (void)
{
  static const PcFaultKind datagrams[] = {
    PC_FAULT_DROP, PC_FAULT_DUPLICATE, PC_FAULT_DELAY, PC_FAULT_REORDER,
    PC_FAULT_INJECT, PC_FAULT_CHANGE, PC_FAULT_ANSWER,
  };
  static const PcFaultKind streams[] = {
    PC_FAULT_SPLIT, PC_FAULT_JOIN, PC_FAULT_SLOW, PC_FAULT_CUT,
    PC_FAULT_FREEZE, PC_FAULT_CHANGE, PC_FAULT_ANSWER,
  };

  open_lab ("tftp-get-config");
  choose_step ("DATA 2");
  for (guint i = 0; i < G_N_ELEMENTS (datagrams); i++)
    check_alike ("tftp-get-config", datagrams[i]);
  pc_lab_faults_open (lab (), "pop3-download-delete");
  choose_step ("+OK 2");
  for (guint i = 0; i < G_N_ELEMENTS (streams); i++)
    check_alike ("pop3-download-delete", streams[i]);
}

/* One after the other, in place of both at once; and over real sockets. */
static void
test_alone (void)
{
  GtkWidget *beside, *sockets;

  open_lab ("tftp-get-config");
  beside = gtk_widget_get_parent (find_label (GTK_WIDGET (lab ()),
                                              "Side by Side"));
  sockets = gtk_widget_get_parent (find_label (GTK_WIDGET (lab ()),
                                               "Real Sockets"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (beside), FALSE);
  run ();
  g_assert_true (pc_player_get_timeline (lab_player ()) ==
                 pc_lab_faults_get_struck (lab ()));
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (form ()), "faults.again", NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (sockets), TRUE);
  pc_lab_faults_run (lab ());
  /* As long as it runs it is armed. */
  g_assert_nonnull (pc_lab_faults_get_armed (lab ()));
  g_assert_true (seen ("Armed in the fault lab."));
  act ("disarm", NULL);
  g_assert_null (pc_lab_faults_get_armed (lab ()));
  g_assert_true (pc_lab_faults_is_idle (lab ()));
  pc_lab_faults_run (lab ());
  wait_until (pc_lab_faults_is_idle (lab ()));
  g_assert_true (seen ("got over it"));
  g_assert_false (seen ("Armed"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (beside), TRUE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (sockets), FALSE);
}

/* -- live ----------------------------------------------------------------- */

static char *
ask_pop3 (PcLabClient *client)
{
  g_autoptr (GSocketClient) maker = g_socket_client_new ();
  g_autoptr (GSocketConnection) one = g_socket_client_connect_to_host (
      maker, "127.0.0.1", (guint16) pc_lab_client_get_port (client, "pop3"),
      NULL, NULL);
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (one));
  char line[512];
  gssize n;

  wait_until (g_pollable_input_stream_is_readable (
      G_POLLABLE_INPUT_STREAM (in)));
  n = g_input_stream_read (in, line, sizeof line, NULL, NULL);
  g_assert_cmpint (n, >, 0);
  return g_strndup (line, n);
}

static void
test_live (void)
{
  static const char *const places[] = { "exchanges", "lab", "quiz",
                                        "progress" };
  PcLabClient *client;
  g_autofree char *armed = NULL;
  g_autofree char *usual = NULL;

  open_lab ("pop3-download-delete");
  client = pc_lab_page_get_client (pc_window_get_lab (window));
  pc_lab_fault_form_set_kind (form (), PC_FAULT_ANSWER);
  g_assert_true (g_str_has_prefix (spec (), "answer,verb=CONNECT,nth=1"));
  gtk_widget_activate_action (GTK_WIDGET (form ()), "faults.arm", NULL);
  g_assert_true (pc_lab_client_get_running (client));
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    act ("place", g_variant_new_string (places[i]));
    g_assert_true (seen ("Armed for your own client."));
    g_assert_true (seen ("The server greets with"));
  }
  armed = ask_pop3 (client);
  g_assert_true (g_str_has_prefix (armed, "-ERR [SYS/TEMP]"));
  act ("disarm", NULL);
  g_assert_false (seen ("Armed for"));
  usual = ask_pop3 (client);
  g_assert_true (g_str_has_prefix (usual, "+OK"));
  /* Who stops the servers has disarmed them. */
  act ("place", g_variant_new_string ("lab"));
  gtk_widget_activate_action (GTK_WIDGET (form ()), "faults.arm", NULL);
  g_assert_true (seen ("Armed for"));
  pc_lab_client_set_running (client, FALSE);
  g_assert_false (seen ("Armed for"));
  pc_lab_client_set_running (client, TRUE);
  g_assert_null (pc_lab_faults_get_armed (lab ()));
  pc_lab_client_set_running (client, FALSE);
}

/* -- saved ---------------------------------------------------------------- */

static void
test_save (void)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) saved = NULL;

  open_lab ("tftp-get-config");
  path = file_path ("with-fault.json");
  file = g_file_new_for_path (path);
  pc_lab_faults_save (lab (), file);
  wait_until (seen ("The scenario was saved"));
  saved = pc_scenario_load (path, problems);
  g_assert_nonnull (saved);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_cmpuint (pc_faults_get_n (pc_scenario_get_faults (saved)), ==, 1);
}

static void
print_widths (GtkWidget *widget,
              guint      depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum < 300)
    return;
  g_test_message ("%*s%s %d", (int) depth, "", G_OBJECT_TYPE_NAME (widget),
                  minimum);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    print_widths (child, depth + 1);
}

static void
test_narrow (void)
{
  int minimum;

  /* The widest that there is. */
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", FALSE,
                NULL);
  open_lab ("tftp-get-config");
  pc_lab_fault_form_set_kind (form (), PC_FAULT_ANSWER);
  gtk_widget_activate_action (GTK_WIDGET (form ()), "faults.arm", NULL);
  run ();
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  if (minimum > 360)
    print_widths (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 360);
  act ("disarm", NULL);
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", TRUE,
                NULL);
}

static void
add_tests (void)
{
  g_test_add_func ("/faults/choose", test_choose);
  g_test_add_func ("/faults/alike", test_alike);
  g_test_add_func ("/faults/alone", test_alone);
  g_test_add_func ("/faults/live", test_live);
  g_test_add_func ("/faults/save", test_save);
  g_test_add_func ("/faults/narrow", test_narrow);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
