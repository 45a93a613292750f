/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The lab: the question of the phone from end to end by keyboard, faults at
 * the fields where they bite, ways out that nobody takes but the person, and
 * an answer beside the right one. */

#include "fixture.h"

#include "app/compare-view.h"
#include "app/lab-certificate.h"
#include "app/lab-phone.h"
#include "app/lab-result.h"
#include "app/transport.h"

#include <string.h>

static PcLabAccount *
account (void)
{
  return pc_lab_page_get_account (pc_window_get_lab (window));
}

static PcLabPhone *
phone (void)
{
  return PC_LAB_PHONE (find_type (GTK_WIDGET (account ()), PC_TYPE_LAB_PHONE));
}

static PcLabField *
field (PcAccountField id)
{
  return pc_lab_phone_get_field (phone (), id);
}

static GtkWidget *
result (void)
{
  return find_type (GTK_WIDGET (account ()), PC_TYPE_LAB_RESULT);
}

static PcPlayer *
lab_player (void)
{
  return pc_lab_stage_get_player (pc_lab_account_get_stage (account ()));
}

static void
open_lab (void)
{
  open_window ();
  act ("place", g_variant_new_string ("lab"));
}

static void
wait_for_trial (void)
{
  wait_until (pc_lab_account_is_idle (account ()));
}

/* The button with this text, or the part of it that GTK names so. */
static GtkWidget *
find_button (GtkWidget  *widget,
             const char *text)
{
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) &&
      g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), text) == 0)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_button (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
press_button (GtkWidget  *widget,
              const char *text)
{
  GtkWidget *button = find_button (widget, text);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_focusable (button));
  g_signal_emit_by_name (button, "clicked");
}

static PcStep *
current_step (void)
{
  PcPlayer *shown = lab_player ();

  return pc_timeline_get_step (pc_player_get_timeline (shown),
                               pc_player_get_current (shown));
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

  open_lab ();
  act ("lab-try", g_variant_new_parsed ("({'in-port': '110'},"
                                        " {'in-port': '143'})"));
  wait_for_trial ();
  gtk_widget_measure (GTK_WIDGET (window), GTK_ORIENTATION_HORIZONTAL, -1,
                      &minimum, NULL, NULL, NULL);
  if (minimum > 360)
    print_widths (GTK_WIDGET (window), 0);
  g_assert_cmpint (minimum, <=, 360);
}

/* Nothing of the transport lies below the result. */
static gboolean
is_whole (GtkWidget *transport)
{
  graphene_rect_t above, below;
  int least;

  gtk_widget_measure (transport, GTK_ORIENTATION_VERTICAL,
                      gtk_widget_get_width (transport), &least, NULL, NULL,
                      NULL);
  return gtk_widget_compute_bounds (transport, GTK_WIDGET (account ()),
                                    &above) &&
         above.size.height >= (float) least &&
         gtk_widget_compute_bounds (result (), GTK_WIDGET (account ()),
                                    &below) &&
         above.origin.y + above.size.height <= below.origin.y + 0.5f;
}

/* With letters twice the usual the transport needs two rows, also where there
 * is hardly room for one. */
static void
test_large (void)
{
  GtkSettings *looks = gtk_settings_get_default ();
  g_autofree char *font = NULL;
  GtkWidget *transport;

  g_object_get (looks, "gtk-font-name", &font, NULL);
  g_object_set (looks, "gtk-font-name", "Sans 20", NULL);
  open_lab ();
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 400);
  act ("lab-try", g_variant_new_parsed ("({'in-port': '143'}, @a{ss} {})"));
  wait_for_trial ();
  transport = find_type (GTK_WIDGET (account ()), PC_TYPE_TRANSPORT);
  wait_until (gtk_widget_get_mapped (transport));
  wait_until (gtk_widget_get_mapped (result ()));
  wait_until (is_whole (transport));
  g_object_set (looks, "gtk-font-name", font, NULL);
  close_window ();
}

/* -- the question of the phone -------------------------------------------- */

static void
type_port (const char *port)
{
  GtkWidget *entry = find_type (GTK_WIDGET (field (PC_ACCOUNT_IN_PORT)),
                                GTK_TYPE_ENTRY);

  gtk_editable_set_text (GTK_EDITABLE (entry), port);
  /* What Enter does. */
  g_signal_emit_by_name (entry, "activate");
  g_assert_false (pc_lab_account_is_idle (account ()));
  wait_for_trial ();
}

static PcAccountOutcome
get_outcome (PcAccountSide side)
{
  const PcAccountTrial *trial = pc_lab_account_get_trial (account ());

  g_assert_nonnull (trial);
  return trial->halves[side].outcome;
}

static void
test_question (void)
{
  g_autoptr (PcAccountForm) form = NULL;

  open_lab ();
  press_button (GTK_WIDGET (account ()), "110");
  wait_for_trial ();
  g_assert_cmpint (get_outcome (PC_ACCOUNT_INCOMING), ==,
                   PC_ACCOUNT_OTHER_PROTOCOL);
  g_assert_cmpint (get_outcome (PC_ACCOUNT_OUTGOING), ==,
                   PC_ACCOUNT_NOT_TRIED);
  /* The other protocol's greeting is on the wire, and it is what is shown. */
  g_assert_true (g_str_has_prefix (pc_step_get_summary (current_step ()),
                                   "+OK"));
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_WRONG);
  g_assert_nonnull (
      strstr (pc_lab_field_get_sentence (field (PC_ACCOUNT_IN_PORT)), "+OK"));
  g_assert_true (seen ("Not solved yet"));

  type_port ("143");
  g_assert_cmpint (get_outcome (PC_ACCOUNT_INCOMING), ==, PC_ACCOUNT_WORKS);
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_RIGHT);
  g_assert_null (pc_lab_field_get_sentence (field (PC_ACCOUNT_IN_PORT)));
  g_assert_true (seen ("Task solved"));
  /* Read in clear text: said where it is chosen. */
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_SECURITY)), ==,
                   PC_LAB_MARK_UNSAFE);

  press_button (GTK_WIDGET (account ()), "25");
  wait_for_trial ();
  g_assert_true (g_str_has_prefix (pc_step_get_summary (current_step ()),
                                   "220"));
  press_button (GTK_WIDGET (account ()), "69");
  wait_for_trial ();
  g_assert_cmpint (get_outcome (PC_ACCOUNT_INCOMING), ==,
                   PC_ACCOUNT_UDP_ONLY);
  form = pc_lab_phone_get_form (phone ());
  g_assert_cmpstr (pc_account_form_get (form, PC_ACCOUNT_IN_PORT), ==, "69");
}

/* -- faults --------------------------------------------------------------- */

/* In any order: each one is the only fault of a form that else works. */
static const struct
{
  const char      *answer;
  PcAccountSide    side;
  PcAccountOutcome outcome;
  PcAccountField   bites;
} faults[] = {
  { "{'in-proto': 'imap', 'in-port': '143', 'in-sec': 'tls'}",
    PC_ACCOUNT_INCOMING, PC_ACCOUNT_TLS_TO_CLEAR, PC_ACCOUNT_IN_SECURITY },
  { "{'in-proto': 'imap', 'in-host': 'mail.example.com'}",
    PC_ACCOUNT_INCOMING, PC_ACCOUNT_NO_NAME, PC_ACCOUNT_IN_HOST },
  { "{'in-proto': 'imap', 'in-host': 'imap.example.test'}",
    PC_ACCOUNT_INCOMING, PC_ACCOUNT_OTHER_NAME, PC_ACCOUNT_IN_HOST },
  { "{'in-proto': 'pop3', 'password': 'letmein'}",
    PC_ACCOUNT_INCOMING, PC_ACCOUNT_WRONG_LOGIN, PC_ACCOUNT_PASSWORD },
  { "{'out-port': '2525'}",
    PC_ACCOUNT_OUTGOING, PC_ACCOUNT_REFUSED, PC_ACCOUNT_OUT_PORT },
  { "{'out-port': '587', 'out-sec': 'starttls', 'out-login': 'no'}",
    PC_ACCOUNT_OUTGOING, PC_ACCOUNT_LOGIN_MISSING, PC_ACCOUNT_OUT_LOGIN },
};

static void
test_faults (void)
{
  open_lab ();
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++) {
    const PcAccountHalf *half;
    g_autofree char *parameter =
        g_strdup_printf ("(%s, @a{ss} {})", faults[i].answer);
    guint n = 0;

    g_test_message ("%s", faults[i].answer);
    act ("lab-try", g_variant_new_parsed (parameter));
    wait_for_trial ();
    g_assert_cmpint (get_outcome (faults[i].side), ==, faults[i].outcome);
    half = &pc_lab_account_get_trial (account ())->halves[faults[i].side];
    g_assert_cmpint (half->bites, ==, faults[i].bites);
    for (PcAccountField id = 0; id < PC_ACCOUNT_N_FIELDS; id++) {
      gboolean wrong = id == half->bites ||
                       (half->fields & PC_ACCOUNT_BIT (id)) != 0;

      g_assert_cmpint (pc_lab_field_get_mark (field (id)) ==
                           PC_LAB_MARK_WRONG,
                       ==, wrong);
      n += pc_lab_field_get_sentence (field (id)) != NULL;
    }
    g_assert_cmpuint (n, ==, 1);
    g_assert_cmpstr (pc_lab_field_get_sentence (field (half->bites)), ==,
                     half->sentence);
    g_assert_true (seen ("Ways out"));
  }
}

/* What cannot be tried is not. */
static void
test_unusable (void)
{
  open_lab ();
  press_button (GTK_WIDGET (account ()), "143");
  wait_for_trial ();
  pc_lab_field_set_value (field (PC_ACCOUNT_IN_PORT), "99999");
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_NONE);
  act ("run-again", NULL);
  g_assert_true (pc_lab_account_is_idle (account ()));
  g_assert_null (pc_lab_account_get_trial (account ()));
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_WRONG);
  g_assert_nonnull (pc_lab_field_get_sentence (field (PC_ACCOUNT_IN_PORT)));
  g_assert_true (seen ("Nothing was sent"));
}

/* -- ways out ------------------------------------------------------------- */

static void
test_fix (void)
{
  g_autoptr (PcAccountForm) before = NULL;
  g_autoptr (PcAccountForm) after = NULL;
  g_autoptr (PcAccountForm) chosen = NULL;
  const PcAccountHalf *half;
  const PcAccountFix *fix;

  open_lab ();
  act ("lab-try", g_variant_new_parsed (
                      "({'in-proto': 'imap', 'in-port': '143',"
                      " 'in-sec': 'tls'}, @a{ss} {})"));
  before = pc_lab_phone_get_form (phone ());
  wait_for_trial ();
  /* Nothing is taken by itself. */
  after = pc_lab_phone_get_form (phone ());
  g_assert_true (pc_account_form_equal (before, after));
  half = &pc_lab_account_get_trial (account ())->halves[PC_ACCOUNT_INCOMING];
  g_assert_cmpuint (half->fixes->len, >, 1);
  fix = half->fixes->pdata[0];
  press_button (result (), "Use this");
  g_assert_true (pc_lab_account_is_idle (account ()));
  chosen = pc_lab_phone_get_form (phone ());
  g_assert_true (pc_account_form_equal (chosen, fix->form));
  g_assert_cmpstr (pc_account_form_get (chosen, PC_ACCOUNT_IN_PORT), ==,
                   "993");
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_NONE);
  g_signal_emit_by_name (
      gtk_widget_get_ancestor (find_label (GTK_WIDGET (phone ()), "Connect"),
                               GTK_TYPE_BUTTON),
      "clicked");
  wait_for_trial ();
  g_assert_cmpint (get_outcome (PC_ACCOUNT_INCOMING), ==, PC_ACCOUNT_WORKS);
  g_assert_null (find_button (result (), "Use this"));
}

/* -- tasks ---------------------------------------------------------------- */

static void
choose_task (int index)
{
  GtkWidget *list = NULL;

  for (GtkWidget *widget = GTK_WIDGET (account ()); list == NULL;) {
    widget = find_type (widget, GTK_TYPE_MENU_BUTTON);
    list = find_type (GTK_WIDGET (gtk_menu_button_get_popover (
                          GTK_MENU_BUTTON (widget))),
                      GTK_TYPE_LIST_BOX);
  }
  g_signal_emit_by_name (list, "row-activated",
                         gtk_list_box_get_row_at_index (GTK_LIST_BOX (list),
                                                        index));
}

static void
test_task (void)
{
  g_autoptr (PcAccountForm) form = pc_account_form_new ();

  open_lab ();
  choose_task (0);
  g_assert_true (seen ("encrypted from the first byte"));
  pc_account_form_complete (form);
  pc_account_form_set (form, PC_ACCOUNT_OUT_PORT, "587");
  pc_account_form_set (form, PC_ACCOUNT_OUT_SECURITY, "starttls");
  pc_lab_phone_set_form (phone (), form, G_MAXUINT);
  act ("run-again", NULL);
  wait_for_trial ();
  /* All works, and it is not what was asked for. */
  g_assert_true (pc_account_trial_works (
      pc_lab_account_get_trial (account ())));
  g_assert_true (seen ("Not solved yet"));
  g_assert_true (seen ("Encrypt from the first byte. "));
  pc_lab_field_set_value (field (PC_ACCOUNT_OUT_PORT), "465");
  pc_lab_field_set_value (field (PC_ACCOUNT_OUT_SECURITY), "tls");
  act ("run-again", NULL);
  wait_for_trial ();
  g_assert_true (seen ("Task solved"));
  /* Without a task there is no verdict. */
  choose_task (5);
  act ("run-again", NULL);
  wait_for_trial ();
  g_assert_false (seen ("Task solved"));
  g_assert_false (seen ("Not solved yet"));
}

/* -- the right one beside it ---------------------------------------------- */

static void
test_answer (void)
{
  GVariant *both[] = { pc_lab_answer_for_port ("imap", 110, NULL),
                       pc_lab_answer_for_port ("imap", 143, NULL) };
  g_autoptr (PcAccountForm) form = NULL;
  GtkWidget *view;

  open_lab ();
  act ("lab-try", g_variant_new_tuple (both, 2));
  wait_for_trial ();
  g_assert_null (pc_lab_account_get_trial (account ()));
  view = find_type (GTK_WIDGET (account ()), PC_TYPE_COMPARE_VIEW);
  g_assert_nonnull (view);
  g_assert_true (gtk_widget_get_mapped (view));
  g_assert_true (seen ("Your answer: Incoming port: 110"));
  g_assert_true (seen ("Right: Incoming port: 143"));
  form = pc_lab_phone_get_form (phone ());
  g_assert_cmpstr (pc_account_form_get (form, PC_ACCOUNT_IN_PORT), ==, "110");
  for (guint half = 0; half < PC_N_HALVES; half++) {
    PcTimeline *shown = pc_player_get_timeline (pc_duet_get_player (
        pc_compare_view_get_duet (PC_COMPARE_VIEW (view)), half));

    g_assert_cmpstr (pc_step_get_summary (pc_timeline_get_step (shown, 1)),
                     !=, "");
    g_assert_true (g_str_has_prefix (
        pc_step_get_summary (pc_timeline_get_step (shown, 1)),
        half == PC_HALF_LEFT ? "+OK" : "* OK"));
  }
  g_assert_cmpint (pc_lab_field_get_mark (field (PC_ACCOUNT_IN_PORT)), ==,
                   PC_LAB_MARK_WRONG);
  /* At the step that tells what is wrong. */
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, 1);
  act ("other-half", NULL);
  act ("forward", NULL);
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, 2);
  /* After it, one exchange again. */
  press_button (GTK_WIDGET (account ()), "143");
  wait_for_trial ();
  g_assert_false (gtk_widget_get_mapped (view));
  g_assert_false (g_action_get_enabled (find_action ("other-half")));

  g_assert_null (pc_lab_answer_for_port ("gopher", 70, NULL));
  act ("lab-try", g_variant_new_parsed ("({'colour': 'blue'}, @a{ss} {})"));
  g_assert_true (pc_lab_account_is_idle (account ()));
}

/* A new try ends the one before, and an end of the lab ends all. */
static void
test_hurry (void)
{
  open_lab ();
  for (guint i = 0; i < 5; i++)
    press_button (GTK_WIDGET (account ()), i % 2 == 0 ? "110" : "143");
  wait_for_trial ();
  g_assert_true (g_str_has_prefix (pc_step_get_summary (current_step ()),
                                   "+OK"));
  /* Nobody answers there: it would take seconds. */
  act ("lab-try", g_variant_new_parsed ("({'in-proto': 'imap',"
                                        " 'in-port': '993',"
                                        " 'in-sec': 'none'}, @a{ss} {})"));
  g_assert_false (pc_lab_account_is_idle (account ()));
  close_window ();
}

/* Either place has the commands while it is seen. */
static void
test_places (void)
{
  guint before;

  open_lab ();
  press_button (GTK_WIDGET (account ()), "143");
  wait_for_trial ();
  before = pc_player_get_current (lab_player ());
  act ("forward", NULL);
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, before + 1);
  act ("watch", g_variant_new ("(ss)", "pop3-download-delete", ""));
  wait_until (pc_exchanges_page_is_idle (page ()));
  act ("last", NULL);
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, before + 1);
  g_assert_cmpuint (pc_player_get_current (player ()), ==,
                    pc_timeline_get_n_steps (timeline ()) - 1);
  act ("place", g_variant_new_string ("lab"));
  act ("back", NULL);
  g_assert_cmpuint (pc_player_get_current (lab_player ()), ==, before);
  g_assert_cmpuint (check_names (GTK_WIDGET (pc_window_get_lab (window))), >,
                    20);
}

/* -- any client ----------------------------------------------------------- */

static PcLabClient *
client (void)
{
  return pc_lab_page_get_client (pc_window_get_lab (window));
}

static GSocketConnection *
come (const char *service)
{
  g_autoptr (GSocketClient) socket = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  GSocketConnection *connection = g_socket_client_connect_to_host (
      socket, "127.0.0.1",
      (guint16) pc_lab_client_get_port (client (), service), NULL, &error);

  g_assert_no_error (error);
  return connection;
}

static void
say (GSocketConnection *connection,
     const char        *words)
{
  g_assert_true (g_output_stream_write_all (
      g_io_stream_get_output_stream (G_IO_STREAM (connection)), words,
      strlen (words), NULL, NULL, NULL));
}

static PcTimeline *
client_timeline (void)
{
  return pc_player_get_timeline (
      pc_lab_stage_get_player (pc_lab_client_get_stage (client ())));
}

static gboolean
client_sees (const char *words)
{
  PcTimeline *shown = client_timeline ();

  for (guint i = 0; shown != NULL && i < pc_timeline_get_n_steps (shown); i++)
    if (strstr (pc_step_get_summary (pc_timeline_get_step (shown, i)), words) !=
        NULL)
      return TRUE;
  return FALSE;
}

static void
test_client (void)
{
  g_autoptr (GSocketConnection) one = NULL;
  g_autoptr (GSocketConnection) two = NULL;
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autofree char *pem = NULL;

  open_lab ();
  act ("lab-page", g_variant_new_string ("client"));
  g_assert_false (g_action_get_enabled (find_action ("run-again")));
  g_assert_cmpuint (check_names (GTK_WIDGET (client ())), >, 12);
  press_button (GTK_WIDGET (client ()), "_Start the Servers");
  g_assert_true (pc_lab_client_get_running (client ()));

  /* Two at once, and none is taken for the other. */
  one = come ("pop3");
  wait_until (pc_lab_client_get_n (client ()) == 1);
  wait_until (client_sees ("+OK"));
  two = come ("imap");
  wait_until (pc_lab_client_get_n (client ()) == 2);
  wait_until (client_sees ("* OK"));
  say (one, "USER alex\r\n");
  say (two, "x1 LOGIN alex portcall\r\n");
  wait_until (client_sees ("x1 OK"));
  g_assert_false (client_sees ("USER"));
  /* The scrubber has grown with what was said. */
  g_assert_cmpfloat (
      gtk_adjustment_get_upper (gtk_range_get_adjustment (GTK_RANGE (find_type (
          GTK_WIDGET (pc_lab_client_get_stage (client ())), GTK_TYPE_SCALE)))),
      ==, pc_timeline_get_n_steps (client_timeline ()));
  say (two, "x2 LOGOUT\r\n");
  wait_until (client_sees ("BYE"));
  wait_until (seen ("steps, over"));
  g_assert_true (seen ("steps, goes on"));
  press_button (GTK_WIDGET (client ()), "_Stop the Servers");
  g_assert_false (pc_lab_client_get_running (client ()));
  g_assert_false (seen ("steps, goes on"));
  g_assert_cmpuint (pc_lab_client_get_port (client (), "imap"), ==, 0);

  path = file_path ("ca.pem");
  file = g_file_new_for_path (path);
  pc_lab_certificate_save (GTK_WIDGET (client ()), file);
  wait_until (seen ("The certificate was saved"));
  g_assert_true (g_file_get_contents (path, &pem, NULL, NULL));
  g_assert_true (g_str_has_prefix (pem, "-----BEGIN CERTIFICATE-----"));
  g_assert_null (strstr (pem, "PRIVATE"));

  act ("lab-page", g_variant_new_string ("faults"));
  g_assert_true (g_action_get_enabled (find_action ("run-again")));
  act ("lab-page", g_variant_new_string ("account"));
  g_assert_true (g_action_get_enabled (find_action ("run-again")));
}

/* 200 at once, and none is lost.  How long a turn of the window's loop takes
 * meanwhile is measured by tests/bench/bench-crowd.c. */
static void
test_crowd (void)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  guint wanted;

  open_lab ();
  act ("lab-page", g_variant_new_string ("client"));
  wanted = pc_lab_client_get_n (client ()) + 200;
  pc_lab_client_set_running (client (), TRUE);
  for (guint i = 0; i < 200; i++) {
    g_ptr_array_add (all, come (i % 2 == 0 ? "pop3" : "imap"));
    say (all->pdata[i], i % 2 == 0 ? "CAPA\r\n" : "a CAPABILITY\r\n");
    g_main_context_iteration (NULL, FALSE);
  }
  wait_until (pc_lab_client_get_n (client ()) == wanted);
  pc_lab_client_set_running (client (), FALSE);
  act ("lab-page", g_variant_new_string ("account"));
}

static void
add_tests (void)
{
  g_test_add_func ("/lab/question", test_question);
  g_test_add_func ("/lab/faults", test_faults);
  g_test_add_func ("/lab/unusable", test_unusable);
  g_test_add_func ("/lab/fix", test_fix);
  g_test_add_func ("/lab/task", test_task);
  g_test_add_func ("/lab/answer", test_answer);
  g_test_add_func ("/lab/client", test_client);
  g_test_add_func ("/lab/places", test_places);
  g_test_add_func ("/lab/narrow", test_narrow);
  g_test_add_func ("/lab/large", test_large);
  g_test_add_func ("/lab/crowd", test_crowd);
  g_test_add_func ("/lab/hurry", test_hurry);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add_tests);
}
