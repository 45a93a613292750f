/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The console of the lab: what is typed is on the wire and in the log at once,
 * mistakes are explained beside the line, help comes rung by rung, and nothing
 * that somebody typed goes away by itself. */

#include "fixture.h"

#include "app/lab-console-line.h"
#include "app/lab-console-log.h"
#include "app/lab-console-packet.h"
#include "app/lab-console-row.h"
#include "app/verb-row.h"

#include <string.h>

static PcLabConsole *
console_page (void)
{
  return pc_lab_page_get_console (pc_window_get_lab (window));
}

static PcConsole *
console (void)
{
  return pc_lab_console_get_console (console_page ());
}

static PcLabConsoleLine *
line (void)
{
  return PC_LAB_CONSOLE_LINE (
      find_type (GTK_WIDGET (console_page ()), PC_TYPE_LAB_CONSOLE_LINE));
}

static PcLabConsolePacket *
packet (void)
{
  return PC_LAB_CONSOLE_PACKET (
      find_type (GTK_WIDGET (console_page ()), PC_TYPE_LAB_CONSOLE_PACKET));
}

static gboolean
is_mode (PcConsoleMode mode)
{
  return pc_console_get_mode (console ()) == mode;
}

static void
settle (void)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
open_console (const char *protocol,
              const char *role,
              const char *security)
{
  open_window ();
  act ("place", g_variant_new_string ("lab"));
  act ("lab-page", g_variant_new_string ("console"));
  act ("console-setup",
       g_variant_new ("(sss)", protocol, role, security));
}

/* A row of the log that says this. */
static PcLabConsoleRow *
find_said (GtkWidget  *widget,
           const char *text)
{
  if (PC_IS_LAB_CONSOLE_ROW (widget))
    return strstr (pc_lab_console_row_get_name (
                       PC_LAB_CONSOLE_ROW (widget)), text) != NULL
               ? PC_LAB_CONSOLE_ROW (widget)
               : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    PcLabConsoleRow *found = find_said (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static PcLabConsoleRow *
said (const char *text)
{
  return find_said (GTK_WIDGET (console_page ()), text);
}

/* Waits until the learner has the word again. */
static void
type (const char *text)
{
  g_test_message ("%s", text);
  g_assert_true (pc_lab_console_send (console_page (), text));
  wait_until (!is_mode (PC_CONSOLE_WAITING));
  settle ();
}

static void
press (guint           key,
       GdkModifierType state)
{
  GtkWidget *view = find_type (GTK_WIDGET (line ()), GTK_TYPE_TEXT_VIEW);
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (view);

  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkEventController) one = g_list_model_get_item (all, i);
    gboolean taken;

    if (GTK_IS_EVENT_CONTROLLER_KEY (one) &&
        gtk_event_controller_get_propagation_phase (one) == GTK_PHASE_CAPTURE)
      g_signal_emit_by_name (one, "key-pressed", key, 0, state, &taken);
  }
}

static void
expect_text (const char *expected)
{
  g_autofree char *text = pc_lab_console_line_get_text (line ());

  g_assert_cmpstr (text, ==, expected);
}

/* -- IMAP ----------------------------------------------------------------- */

static void
test_imap (void)
{
  PcLabConsoleRow *row;

  open_console ("imap", "client", "none");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  settle ();
  g_assert_nonnull (said ("* OK"));

  /* A mistake goes out, and is explained beside the line. */
  type ("LOGN alex");
  row = said ("LOGN");
  g_assert_nonnull (row);
  g_assert_nonnull (strchr (pc_lab_console_row_get_name (row), '\n'));
  g_assert_nonnull (said ("BAD"));

  /* Passwords are not read out of the log. */
  type ("LOGIN alex portcall");
  g_assert_null (said ("alex portcall"));
  type ("SELECT INBOX");
  g_assert_nonnull (said ("EXISTS"));
  g_assert_true (seen ("“Selected”"));

  /* A row stands for its step. */
  row = said ("SELECT INBOX");
  g_assert_cmpuint (pc_lab_console_row_get_step (row), >, 0);
  g_signal_emit_by_name (gtk_widget_get_parent (GTK_WIDGET (row)),
                         "row-activated", row);
  {
    PcPlayer *shown =
        pc_lab_stage_get_player (pc_lab_console_get_stage (console_page ()));

    g_assert_cmpuint (
        pc_step_get_number (pc_timeline_get_step (
            pc_player_get_timeline (shown), pc_player_get_current (shown))),
        ==, pc_lab_console_row_get_step (row));
  }
  type ("LOGOUT");
  g_assert_nonnull (said ("BYE"));
}

/* -- the line ------------------------------------------------------------- */

static void
test_line (void)
{
  g_autofree char *first = NULL;
  g_autofree char *completed = NULL;

  open_console ("pop3", "client", "none");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  type ("CAPA");
  type ("USER alex");

  /* History, and back to what was being typed. */
  pc_lab_console_line_set_text (line (), "PA");
  press (GDK_KEY_Up, 0);
  expect_text ("USER alex");
  press (GDK_KEY_Up, 0);
  expect_text ("CAPA");
  press (GDK_KEY_Up, 0);
  expect_text ("CAPA");
  press (GDK_KEY_Down, 0);
  expect_text ("USER alex");
  press (GDK_KEY_Down, 0);
  expect_text ("PA");

  /* Tab completes once, and then leaves. */
  g_assert_true (pc_lab_console_line_complete (line ()));
  completed = pc_lab_console_line_get_text (line ());
  g_assert_true (g_str_has_prefix (completed, "PASS"));
  g_assert_false (pc_lab_console_line_complete (line ()));
  pc_lab_console_line_set_text (line (), "");
  g_assert_false (pc_lab_console_line_complete (line ()));

  /* A choice fills the line, and sends nothing. */
  {
    guint n = pc_console_get_n_entries (console ());
    GtkWidget *row = find_type (GTK_WIDGET (console_page ()), PC_TYPE_VERB_ROW);

    g_assert_nonnull (row);
    g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
    expect_text (pc_verb_row_get_line (PC_VERB_ROW (row)));
    g_assert_cmpuint (pc_console_get_n_entries (console ()), ==, n);
  }
}

/* -- hints ---------------------------------------------------------------- */

static void
test_hints (void)
{
  open_console ("pop3", "client", "none");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  settle ();
  /* By nothing but the last rung, until the goal is reached. */
  for (guint i = 0; i < 30 && !pc_console_is_goal_reached (console ()); i++) {
    g_autofree char *whole = NULL;

    for (guint rung = 1; rung <= PC_CONSOLE_RUNGS; rung++) {
      g_autofree char *told = g_strdup_printf ("Hint %u of", rung);

      act ("console-hint", NULL);
      g_assert_true (seen (told));
    }
    whole = pc_console_get_hint (console (), PC_CONSOLE_RUNGS);
    g_assert_nonnull (whole);
    type (whole);
    g_assert_false (seen ("Hint 4 of"));
  }
  g_assert_true (pc_console_is_goal_reached (console ()));
  settle ();
  g_assert_true (seen ("Goal reached"));
}

/* -- SMTP ----------------------------------------------------------------- */

static void
test_smtp (void)
{
  open_console ("smtp", "client", "starttls");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  type ("EHLO phone.example.test");
  type ("STARTTLS");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  type ("EHLO phone.example.test");
  type ("AUTH PLAIN AGFsZXgAcG9ydGNhbGw=");
  g_assert_nonnull (said ("235"));
  type ("MAIL FROM:<alex@example.test>");
  type ("RCPT TO:<robin@example.test>");
  type ("DATA");
  g_assert_true (is_mode (PC_CONSOLE_TEXT));
  /* Pasted: more than one line. */
  type ("Subject: Lunch\n\nAt noon?\n.");
  g_assert_nonnull (said ("At noon?"));
  g_assert_true (is_mode (PC_CONSOLE_COMMAND));
  type ("QUIT");
  g_assert_nonnull (said ("221"));
}

/* -- play the server ------------------------------------------------------ */

static void
test_server (void)
{
  open_console ("pop3", "server", "none");
  wait_until (is_mode (PC_CONSOLE_REPLY));
  type ("+OK Here I am");
  wait_until (said ("Client: ") != NULL);
  type ("-ERR I do not know you\nnor that");
  g_assert_nonnull (said ("-ERR I do not know you\nnor that"));
  g_assert_true (g_action_get_enabled (find_action ("console-save")));
}

/* -- packets -------------------------------------------------------------- */

static void
set_entry (const char *id,
           const char *text)
{
  GtkWidget *control = pc_lab_console_packet_find (packet (), id);

  g_assert_nonnull (control);
  gtk_editable_set_text (GTK_EDITABLE (control), text);
}

static void
test_packet (void)
{
  GtkWidget *kind;
  g_autoptr (GBytes) bytes = NULL;
  static const char ack[] = "\0\4\0\1";

  open_console ("tftp", "client", "none");
  set_entry ("file", "router.cfg");
  g_signal_emit_by_name (packet (), "send");
  wait_until (said ("DATA") != NULL);
  kind = pc_lab_console_packet_find (packet (), "opcode");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (kind), 3);
  g_assert_null (pc_lab_console_packet_find (packet (), "file"));
  set_entry ("block", "not a number");
  g_assert_true (seen ("number"));
  set_entry ("block", "1");
  bytes = pc_packet_to_bytes (pc_lab_console_packet_get (packet ()));
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                   ack, 4);
  g_signal_emit_by_name (packet (), "send");
  settle ();
  g_assert_nonnull (said ("ACK 1"));
}

/* -- saving --------------------------------------------------------------- */

static gboolean
has_text (const char *path,
          const char *words)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) &&
         strstr (text, words) != NULL;
}

static void
test_save (void)
{
  g_autofree char *path = file_path ("my talk.json");

  open_console ("pop3", "client", "none");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  type ("USER alex");
  type ("PASS portcall");
  type ("STAT");
  type ("QUIT");
  act ("console-save-to", g_variant_new_bytestring (path));
  wait_until (has_text (path, "\"my-talk\""));
  act ("console-run", NULL);
  wait_until (shows ("POP3 session from the console"));
}

static gboolean
shows_words (const char *words)
{
  for (guint i = 0; timeline () != NULL &&
                    i < pc_timeline_get_n_steps (timeline ()); i++)
    if (strstr (pc_step_get_summary (pc_timeline_get_step (timeline (), i)),
                words) != NULL)
      return TRUE;

  return FALSE;
}

/* Who played the server sees it again, played by nobody. */
static void
test_save_server (void)
{
  g_autofree char *path = file_path ("my server.json");

  open_console ("pop3", "server", "none");
  wait_until (is_mode (PC_CONSOLE_REPLY));
  type ("+OK Here I am");
  /* Not while the client waits: a toast says so. */
  act ("console-save-to", g_variant_new_bytestring (path));
  wait_until (seen ("still waits for an answer"));
  type ("+OK");
  type ("-ERR I do not know you\nnor that");
  wait_until (is_mode (PC_CONSOLE_CLOSED));
  act ("console-save-to", g_variant_new_bytestring (path));
  wait_until (has_text (path, "-ERR I do not know you"));
  wait_until (has_text (path, "\"says\""));
  act ("console-run", NULL);
  /* Another session may have the same title. */
  wait_until (shows_words ("-ERR I do not know you"));
  g_assert_true (shows ("POP3 session from the console"));
}

/* A look at another protocol loses nothing. */
static void
test_keep (void)
{
  GtkWidget *list;
  PcConsole *before;

  open_console ("pop3", "client", "none");
  wait_until (is_mode (PC_CONSOLE_COMMAND));
  type ("NOOP");
  before = console ();
  list = find_type (GTK_WIDGET (console_page ()), GTK_TYPE_DROP_DOWN);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), 2);
  g_assert_true (console () == before);
  g_assert_true (seen ("New Session"));
  act ("run-again", NULL);
  g_assert_cmpstr (pc_console_get_setup (console ())->protocol->id, ==,
                   "smtp");
}

/* Who is too wide. */
static void
print_widths (GtkWidget *widget,
              guint      depth)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum <= 330)
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
  GtkSettings *looks = gtk_settings_get_default ();
  static const char *const protocols[] = { "imap", "tftp" };

  /* Scrollbars that take room. */
  g_object_set (looks, "gtk-overlay-scrolling", FALSE, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    int minimum;

    open_console (protocols[i], "client", "none");
    settle ();
    gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                        &minimum, NULL, NULL, NULL);
    if (minimum > 360)
      print_widths (GTK_WIDGET (window), 0);
    g_assert_cmpint (minimum, <=, 360);
  }
  g_object_set (looks, "gtk-overlay-scrolling", TRUE, NULL);
}

static void
test_names (void)
{
  open_console ("imap", "client", "none");
  g_assert_cmpuint (check_names (GTK_WIDGET (console_page ())), >, 15);
  open_console ("tftp", "client", "none");
  g_assert_cmpuint (check_names (GTK_WIDGET (console_page ())), >, 15);
}

static void
add_tests (void)
{
  g_test_add_func ("/lab-console/imap", test_imap);
  g_test_add_func ("/lab-console/line", test_line);
  g_test_add_func ("/lab-console/hints", test_hints);
  g_test_add_func ("/lab-console/smtp", test_smtp);
  g_test_add_func ("/lab-console/server", test_server);
  g_test_add_func ("/lab-console/packet", test_packet);
  g_test_add_func ("/lab-console/save", test_save);
  g_test_add_func ("/lab-console/save-server", test_save_server);
  g_test_add_func ("/lab-console/keep", test_keep);
  g_test_add_func ("/lab-console/narrow", test_narrow);
  g_test_add_func ("/lab-console/names", test_names);
}

int
main (int   argc,
      char *argv[])
{
  return run_tests (argc, argv, add_tests);
}
