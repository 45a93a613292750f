/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The inspector in the real window: the page of states, octets and fields, what
 * is copied, references, and the same exchange under another security. */

#include "fixture.h"

#include "app/byte-glyphs.h"
#include "app/byte-grid.h"
#include "app/byte-view.h"
#include "app/field-chip.h"
#include "app/inspector.h"
#include "app/octets.h"
#include "app/reference-button.h"
#include "app/security-switch.h"
#include "app/state-graph.h"
#include "app/verb-row.h"

#include "run/run.h"
#include "run/standpoint.h"

#include <string.h>

static PcInspector *
inspector (void)
{
  return PC_INSPECTOR (
      find_type (GTK_WIDGET (window), PC_TYPE_INSPECTOR));
}

/* The step with @mark of @scenario, on @where of the inspector. */
static PcStep *
show (const char *scenario,
      const char *mark,
      const char *where)
{
  open_window ();
  act ("watch", g_variant_new ("(ss)", scenario, mark));
  wait_until (pc_exchanges_page_is_idle (page ()) && timeline () != NULL &&
              g_strcmp0 (pc_timeline_get_id (timeline ()), scenario) == 0);
  pc_inspector_set_page (inspector (), where);
  return pc_timeline_get_step (timeline (),
                               pc_player_get_current (player ()));
}

/* -- states --------------------------------------------------------------- */

/* Depth first; the row of a verb. */
static PcVerbRow *
find_verb (GtkWidget  *widget,
           const char *name)
{
  if (PC_IS_VERB_ROW (widget))
    return g_str_equal (
               pc_verb_row_get_verb (PC_VERB_ROW (widget))->name, name)
               ? PC_VERB_ROW (widget)
               : NULL;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    PcVerbRow *found = find_verb (child, name);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
check_verb (const char *name,
            gboolean    legal)
{
  PcVerbRow *row = find_verb (GTK_WIDGET (inspector ()), name);

  g_test_message ("%s", name);
  g_assert_nonnull (row);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
  g_assert_true (gtk_widget_get_focusable (GTK_WIDGET (row)));
  g_assert_cmpint (
      gtk_widget_has_css_class (GTK_WIDGET (row), "illegal"), ==, !legal);
}

static void
test_states (void)
{
  show ("imap-read-phone", "login", "state");
  wait_until (seen ("● Phone: “Not authenticated”"));
  g_assert_true (seen ("■ Mail server: “Not authenticated”"));
  g_assert_true (seen ("“Authenticated”: LOGIN, AUTHENTICATE"));
  g_assert_true (seen ("In clear"));
  check_verb ("LOGIN", TRUE);
  check_verb ("STARTTLS", TRUE);
  check_verb ("FETCH", FALSE);
  g_assert_true (seen ("Legal only in: Selected."));
  g_assert_true (seen ("There is no TLS yet"));
  act ("forward", NULL);
  wait_until (seen ("● Phone: from “Not authenticated” to “Authenticated”"));
  check_verb ("LOGIN", FALSE);
  check_verb ("SELECT", TRUE);
}

static void
test_states_tls (void)
{
  show ("imap-starttls-143", "greeting", "state");
  wait_until (seen ("In clear"));
  check_verb ("STARTTLS", TRUE);
  show ("imap-starttls-143", "go", "state");
  wait_until (seen ("TLS is being set up"));
  check_verb ("STARTTLS", FALSE);
  check_verb ("LOGIN", FALSE);
  g_assert_true (seen ("Not before the TLS handshake is over."));
  show ("imap-starttls-143", "told-again", "state");
  wait_until (seen ("Under TLS"));
  check_verb ("STARTTLS", FALSE);
  check_verb ("LOGIN", TRUE);
  g_assert_true (seen ("TLS is on already."));
  g_assert_false (seen ("There is no TLS yet"));
}

static void
test_states_tftp (void)
{
  show ("tftp-get-config", "data-1", "state");
  wait_until (seen ("■ TFTP server: from “Waiting for a request” to “Sending "
                    "the file”"));
  g_assert_true (seen ("● Router: “Read requested”"));
  g_assert_true (seen ("This protocol has no TLS"));
  check_verb ("ACK", TRUE);
  check_verb ("RRQ", FALSE);
  check_verb ("OACK", FALSE);
  g_assert_true (seen ("No server here takes it from a client."));
}

/* -- octets --------------------------------------------------------------- */

static GtkWidget *
get_chip (guint index)
{
  GtkWidget *chip = find_type (GTK_WIDGET (inspector ()), PC_TYPE_FIELD_CHIP);

  for (guint i = 0; i < index; i++)
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

/* From a field to its octets and back. */
static void
test_fields (void)
{
  PcStep *step = show ("imap-read-phone", "select", "meaning");
  PcByteView *bytes = PC_BYTE_VIEW (
      find_type (GTK_WIDGET (inspector ()), PC_TYPE_BYTE_VIEW));
  GtkWidget *chip = get_chip (2);

  gtk_widget_grab_focus (chip);
  g_assert_true (gtk_widget_activate_action (chip, "inspector.octets", "i",
                                             2));
  g_assert_cmpstr (pc_inspector_get_page (inspector ()), ==, "bytes");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (bytes)));
  g_assert_cmpint (pc_byte_view_get_field (bytes), ==, 2);
  g_assert_cmpuint (pc_byte_view_get_cursor (bytes), ==,
                    pc_step_get_field (step, 2)->start);
  wait_until (seen ("What the client wants."));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (bytes),
                                             "inspector.meaning", NULL));
  g_assert_cmpstr (pc_inspector_get_page (inspector ()), ==, "meaning");
  g_assert_true (gtk_widget_has_focus (get_chip (2)));
}

static void
check_octets (const char    *data,
              PcOctetsFormat format,
              const char    *expected)
{
  g_autofree char *text = pc_octets_to_string ((const guint8 *) data,
                                               strlen (data), format);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_octets (void)
{
  g_autofree char *zero =
      pc_octets_to_string ((const guint8 *) "a\0\xff", 3, PC_OCTETS_TEXT);
  PcOctetsFormat format;

  check_octets ("a4 \r\n", PC_OCTETS_HEX, "61 34 20 0d 0a");
  check_octets ("0123456789abcdefg", PC_OCTETS_HEX,
                "30 31 32 33 34 35 36 37 38 39 61 62 63 64 65 66\n67");
  check_octets ("", PC_OCTETS_HEX, "");
  check_octets ("a\r\nb\rc\xc3\xa4\xc3", PC_OCTETS_TEXT,
                "a\nb\\x0dcä\\xc3");
  check_octets ("a\n", PC_OCTETS_C,
                "static const unsigned char octets[2] = {\n"
                "  0x61, 0x0a,\n};\n");
  g_assert_cmpstr (zero, ==, "a\\x00\\xff");
  g_assert_true (pc_octets_format_parse ("c", &format));
  g_assert_cmpint (format, ==, PC_OCTETS_C);
  g_assert_false (pc_octets_format_parse ("C", &format));
}

static void
text_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  char **text = data;

  *text = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result,
                                          NULL);
}

static char *
copy (const char *format)
{
  GtkWidget *widget = GTK_WIDGET (inspector ());
  char *text = NULL;

  g_assert_true (
      gtk_widget_activate_action (widget, "inspector.copy", "s", format));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (widget), NULL,
                                 text_cb, &text);
  wait_until (text != NULL);
  return text;
}

/* Passwords are copied only when they are shown. */
static void
test_copy (void)
{
  g_autofree char *hidden = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *field = NULL;

  show ("imap-read-phone", "login", "bytes");
  hidden = copy ("text");
  g_assert_cmpstr (hidden, ==, "a2 LOGIN alex ********\n");
  wait_until (seen ("24 octets were copied."));
  pc_inspector_set_reveal (inspector (), TRUE);
  shown = copy ("text");
  g_assert_cmpstr (shown, ==, "a2 LOGIN alex portcall\n");
  pc_inspector_set_reveal (inspector (), FALSE);
  pc_inspector_set_field (inspector (), 0);
  field = copy ("hex");
  g_assert_cmpstr (field, ==, "61 32");
}

static void
test_grid (void)
{
  PcByteGrid grid;

  for (int width = 100; width < 900; width += 50) {
    pc_byte_grid_fit (&grid, 1000, width, 7.5, 18);
    g_assert_true (grid.per_row == 16 || grid.per_row == 8 ||
                   grid.per_row == 4 || grid.per_row == 2);
    g_assert_true (grid.per_row == 2 ||
                   pc_byte_grid_get_width (&grid) <= width);
    for (guint octet = 0; octet < 1000; octet += 37) {
      double y = PC_BYTE_GRID_PAD + octet / grid.per_row * 18 + 9;
      double column = octet % grid.per_row + 0.5;

      g_assert_cmpint (
          pc_byte_grid_find (&grid, grid.hex_x + column * grid.hex_step, y),
          ==, (int) octet);
      g_assert_cmpint (
          pc_byte_grid_find (&grid, grid.text_x + column * grid.text_step,
                             y),
          ==, (int) octet);
    }
    g_assert_cmpint (pc_byte_grid_find (&grid, 1, 30), ==, -1);
    g_assert_cmpint (pc_byte_grid_find (&grid, grid.hex_x + 1, 1), ==, -1);
    g_assert_cmpint (pc_byte_grid_find (&grid, grid.hex_x + 1, 1e6), ==, -1);
  }
}

/* -- large text ----------------------------------------------------------- */

/* Nothing inside @widget goes past the sides of @frame. */
static void
check_fits (GtkWidget *widget,
            GtkWidget *frame)
{
  graphene_rect_t bounds;

  if (!gtk_widget_get_mapped (widget))
    return;
  if (widget != frame &&
      gtk_widget_compute_bounds (widget, frame, &bounds) &&
      (bounds.origin.x < -0.5f ||
       bounds.origin.x + bounds.size.width >
           (float) gtk_widget_get_width (frame) + 0.5f)) {
    g_test_message ("%s from %g, %g wide in %d", G_OBJECT_TYPE_NAME (widget),
                    (double) bounds.origin.x, (double) bounds.size.width,
                    gtk_widget_get_width (frame));
    g_test_fail ();
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_fits (child, frame);
}

static void
report_wide (GtkWidget *widget)
{
  int minimum;

  gtk_widget_measure (widget, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                      NULL, NULL);
  if (minimum > 360)
    g_test_message ("%s: %d %s", G_OBJECT_TYPE_NAME (widget), minimum,
                    GTK_IS_LABEL (widget)
                        ? gtk_label_get_label (GTK_LABEL (widget))
                        : "");
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    report_wide (child);
}

static void
set_dpi (int dpi)
{
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", dpi * 1024, NULL);
  for (gint64 end = g_get_monotonic_time () + G_USEC_PER_SEC / 2;
       g_get_monotonic_time () < end;)
    g_main_context_iteration (NULL, FALSE);
}

/* Twice as large, every page keeps to the width of the inspector, which goes
 * into the narrowest window. */
static void
test_large (void)
{
  static const struct
  {
    const char *scenario;
    const char *mark;
  } rows[] = {
    { "imap-starttls-143", "go" },
    { "smtp-submit-587", "auth-ok" },
    { "tftp-get-config", "data-1" },
  };
  static const char *const pages[] = { "state", "bytes", "meaning" };
  int minimum;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint j = 0; j < G_N_ELEMENTS (pages); j++) {
      show (rows[i].scenario, rows[i].mark, pages[j]);
      set_dpi (192);
      g_action_change_state (find_action ("inspector"),
                             g_variant_new_boolean (TRUE));
      wait_until (gtk_widget_get_mapped (GTK_WIDGET (inspector ())));
      set_dpi (192);
      g_test_message ("%s, %s", rows[i].scenario, pages[j]);
      gtk_widget_measure (GTK_WIDGET (inspector ()),
                          GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL,
                          NULL, NULL);
      if (minimum > 360)
        report_wide (GTK_WIDGET (inspector ()));
      g_assert_cmpint (minimum, <=, 360);
      check_fits (GTK_WIDGET (inspector ()), GTK_WIDGET (inspector ()));
    }
  set_dpi (96);
  close_window ();
}

/* -- octets in words ------------------------------------------------------ */

static guint
count_wrapped (GtkWidget *widget)
{
  guint n = 0;

  if (GTK_IS_LABEL (widget) && gtk_label_get_wrap (GTK_LABEL (widget)) &&
      gtk_widget_has_css_class (widget, "monospace")) {
    PangoAttrList *attrs = gtk_label_get_attributes (GTK_LABEL (widget));
    g_autofree char *text =
        attrs != NULL ? pango_attr_list_to_string (attrs) : g_strdup ("");

    g_assert_nonnull (strstr (text, "insert-hyphens false"));
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_wrapped (child);
  return n;
}

/* A line that is broken gets no octet that was not sent. */
static void
test_hyphens (void)
{
  show ("imap-wrong-password", "refused", "meaning");
  g_assert_cmpuint (count_wrapped (GTK_WIDGET (inspector ())), >, 4);
}

/* -- references ----------------------------------------------------------- */

static void
test_reference (void)
{
  GtkWidget *button, *menu;

  show ("imap-read-phone", "select", "meaning");
  button = find_type (GTK_WIDGET (inspector ()), PC_TYPE_REFERENCE_BUTTON);
  menu = find_type (button, GTK_TYPE_MENU_BUTTON);
  g_assert_cmpstr (gtk_menu_button_get_label (GTK_MENU_BUTTON (menu)), ==,
                   "RFC 9051 §6.3.2");
  gtk_menu_button_popup (GTK_MENU_BUTTON (menu));
  wait_until (find_label (button, "SELECT Command") != NULL);
  g_assert_nonnull (
      find_label (button, "Internet Message Access Protocol (IMAP)"));
  g_assert_cmpstr (
      gtk_link_button_get_uri (
          GTK_LINK_BUTTON (find_type (button, GTK_TYPE_LINK_BUTTON))),
      ==, "https://www.rfc-editor.org/rfc/rfc9051#section-6.3.2");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (menu));
}

/* -- security ------------------------------------------------------------- */

static void
switch_to (const char *word)
{
  act ("security", g_variant_new_string (word));
  wait_until (pc_exchanges_page_is_idle (page ()));
}

static const char *
get_mark (void)
{
  return pc_step_get_mark (pc_timeline_get_step (
      timeline (), pc_player_get_current (player ())));
}

static const char *
get_security (void)
{
  static char *word;
  g_autoptr (GVariant) state = g_action_get_state (find_action ("security"));

  g_free (word);
  word = g_variant_dup_string (state, NULL);
  return word;
}

static void
test_security (void)
{
  show ("imap-read-phone", "login", "meaning");
  g_assert_cmpstr (get_security (), ==, "clear");
  g_assert_false (pc_timeline_has_secure_steps (timeline ()));
  switch_to ("starttls");
  g_assert_cmpstr (get_security (), ==, "starttls");
  g_assert_true (pc_timeline_has_secure_steps (timeline ()));
  g_assert_cmpstr (get_mark (), ==, "login");
  g_assert_true (seen ("The same exchange with STARTTLS"));
  switch_to ("implicit");
  g_assert_true (seen ("The same exchange under TLS from the first byte"));
  g_assert_cmpstr (get_mark (), ==, "login");
  act ("eavesdrop", NULL);
  act ("run-again", NULL);
  wait_until (pc_exchanges_page_is_idle (page ()));
  g_assert_true (pc_timeline_has_secure_steps (timeline ()));
  switch_to ("clear");
  g_assert_false (pc_timeline_has_secure_steps (timeline ()));
  g_assert_true (seen ("A phone logs in on port 143"));
  switch_to ("implicit");
  /* Another exchange begins as it is written. */
  show ("pop3-download-delete", "user", "meaning");
  g_assert_cmpstr (get_security (), ==, "clear");
  g_assert_false (pc_timeline_has_secure_steps (timeline ()));
}

static void
test_security_reason (void)
{
  GtkWidget *buttons;

  show ("tftp-get-config", "rrq", "meaning");
  buttons = find_type (GTK_WIDGET (window), PC_TYPE_SECURITY_SWITCH);
  wait_until (find_label (buttons, "TFTP has no TLS.") != NULL);
  switch_to ("implicit");
  g_assert_cmpstr (get_security (), ==, "clear");
  g_assert_false (gtk_widget_get_sensitive (gtk_widget_get_last_child (
      gtk_widget_get_first_child (gtk_widget_get_first_child (buttons)))));
  show ("smtp-starttls-587", "go", "meaning");
  g_assert_cmpstr (get_security (), ==, "starttls");
  wait_until (find_label (buttons, "TFTP has no TLS.") == NULL);
  close_window ();
}

static void
add (void)
{
  g_test_add_func ("/app/inspect/states", test_states);
  g_test_add_func ("/app/inspect/states/tls", test_states_tls);
  g_test_add_func ("/app/inspect/states/tftp", test_states_tftp);
  g_test_add_func ("/app/inspect/fields", test_fields);
  g_test_add_func ("/app/inspect/hyphens", test_hyphens);
  g_test_add_func ("/app/inspect/octets", test_octets);
  g_test_add_func ("/app/inspect/copy", test_copy);
  g_test_add_func ("/app/inspect/grid", test_grid);
  g_test_add_func ("/app/inspect/large", test_large);
  g_test_add_func ("/app/inspect/reference", test_reference);
  g_test_add_func ("/app/inspect/security", test_security);
  g_test_add_func ("/app/inspect/security/reason", test_security_reason);
}

int
main (int    argc,
      char **argv)
{
  return run_tests (argc, argv, add);
}
