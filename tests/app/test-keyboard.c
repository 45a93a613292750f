/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Nothing needs a mouse: on every page the key Tab comes to all that can have
 * the focus, and on from it.  Of a list, of tabs and of choices that exclude
 * each other it comes to one; the arrow keys do the rest. */

#include "fixture.h"

#include "app/inspector.h"

#define MAX_TABS 400

static GHashTable *reached; /* GtkWidget, borrowed */

static gboolean
can_have_focus (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) &&
         gtk_widget_get_focusable (widget) &&
         gtk_widget_get_can_focus (widget) &&
         gtk_widget_is_sensitive (widget) &&
         /* An empty list takes no focus. */
         !(GTK_IS_LIST_BOX (widget) &&
           gtk_list_box_get_row_at_index (GTK_LIST_BOX (widget), 0) == NULL);
}

static gboolean
is_reached_below (GtkWidget *widget)
{
  if (g_hash_table_contains (reached, widget))
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (is_reached_below (child))
      return TRUE;
  return FALSE;
}

/* The list, the tabs or the group that @widget is one of; or NULL. */
static GtkWidget *
get_composite (GtkWidget *widget)
{
  static const char *const names[] = { "GtkListView", "GtkListBox",
                                       "GtkStackSwitcher" };

  for (GtkWidget *up = gtk_widget_get_parent (widget); up != NULL;
       up = gtk_widget_get_parent (up))
    for (guint i = 0; i < G_N_ELEMENTS (names); i++)
      if (g_str_equal (G_OBJECT_TYPE_NAME (up), names[i]))
        return up;
  return GTK_IS_TOGGLE_BUTTON (widget) || GTK_IS_CHECK_BUTTON (widget)
             ? gtk_widget_get_parent (widget)
             : NULL;
}

static char *
dup_place (GtkWidget *widget)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < 6 && widget != NULL; i++) {
    const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

    g_string_prepend (out, id != NULL && *id != '_' ? id : "");
    g_string_prepend (out, " ");
    g_string_prepend (out, G_OBJECT_TYPE_NAME (widget));
    g_string_prepend (out, i < 5 ? " > " : "");
    widget = gtk_widget_get_parent (widget);
  }
  return g_string_free (out, FALSE);
}

/* How many there are. */
static guint
check_reached (GtkWidget *widget)
{
  GtkWidget *composite = get_composite (widget);
  guint n = 0;

  if (!gtk_widget_get_can_focus (widget) || !gtk_widget_get_mapped (widget))
    return 0;
  if (!GTK_IS_WINDOW (widget) && can_have_focus (widget)) {
    n++;
    if (!is_reached_below (widget) &&
        (composite == NULL || !is_reached_below (composite))) {
      g_autofree char *place = dup_place (widget);

      g_error ("Tab does not reach %s", place);
    }
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (!GTK_IS_POPOVER (child))
      n += check_reached (child);
  return n;
}

/* In one round, until it comes to where it has been. */
static guint
go_round (GtkWindow       *win,
          GtkDirectionType direction)
{
  guint n = 0;

  g_hash_table_remove_all (reached);
  for (guint i = 0; i < MAX_TABS; i++) {
    GtkWidget *focus;

    g_signal_emit_by_name (win, "move-focus", direction);
    focus = gtk_window_get_focus (win);
    /* The end of the round: the next key begins at the other end. */
    if (focus == NULL)
      continue;
    /* A shorter round than all of them is found out by who looks. */
    if (!g_hash_table_add (reached, focus))
      return n;
    n++;
  }
  g_error ("Tab does not come round");
  return 0;
}

static void
settle (void)
{
  for (guint i = 0; i < 100; i++) {
    g_main_context_iteration (NULL, FALSE);
    g_usleep (1000);
  }
}

/* @n: at least so many controls are to be found. */
static void
check_window (GtkWindow *win,
              guint      n)
{
  settle ();
  go_round (win, GTK_DIR_TAB_BACKWARD);
  check_reached (GTK_WIDGET (win));
  go_round (win, GTK_DIR_TAB_FORWARD);
  g_assert_cmpuint (check_reached (GTK_WIDGET (win)), >=, n);
}

/* What came on top of the window, which goes then. */
static void
check_others (guint n)
{
  GListModel *all = gtk_window_get_toplevels ();
  g_autoptr (GPtrArray) others = g_ptr_array_new ();

  settle ();
  for (guint i = 0; i < g_list_model_get_n_items (all); i++) {
    g_autoptr (GtkWindow) other = g_list_model_get_item (all, i);

    if (other != GTK_WINDOW (window) &&
        gtk_widget_get_visible (GTK_WIDGET (other)))
      g_ptr_array_add (others, other);
  }
  g_assert_cmpuint (others->len, >, 0);
  for (guint i = 0; i < others->len; i++) {
    check_window (others->pdata[i], n);
    gtk_window_close (others->pdata[i]);
  }
  settle ();
}

static void
watch (const char *scenario,
       const char *mark)
{
  open_window ();
  act ("watch", g_variant_new ("(ss)", scenario, mark));
  settle ();
  wait_until (pc_exchanges_page_is_idle (page ()) &&
              g_action_get_enabled (find_action ("play")));
}

static void
test_exchanges (void)
{
  watch ("imap-implicit-993", "login");
  check_window (GTK_WINDOW (window), 20);
  act ("find", NULL);
  check_window (GTK_WINDOW (window), 26);
  act ("compare", g_variant_new_string ("imap-143-993"));
  settle ();
  wait_until (pc_exchanges_page_is_idle (page ()));
  check_window (GTK_WINDOW (window), 20);
}

static void
test_tabs (void)
{
  GtkWidget *stack;

  watch ("pop3-download-delete", "pass");
  stack = find_type (find_type (GTK_WIDGET (window), PC_TYPE_INSPECTOR),
                     GTK_TYPE_STACK);
  for (GtkWidget *tab = gtk_widget_get_first_child (stack); tab != NULL;
       tab = gtk_widget_get_next_sibling (tab)) {
    gtk_stack_set_visible_child (GTK_STACK (stack), tab);
    check_window (GTK_WINDOW (window), 20);
  }
}

static void
test_files (void)
{
  g_autofree char *text = write_scenario ("Torn", "\"format\"", "\"formed\"");

  open_window ();
  save ("torn.json", text);
  open_path ("torn.json");
  check_window (GTK_WINDOW (window), 10);
  act ("welcome", NULL);
  check_window (GTK_WINDOW (window), 10);
  act ("welcome-close", NULL);
}

static void
test_windows (void)
{
  watch ("phone-four-ports", "open-143");
  act ("compare-with", NULL);
  check_others (2);
  act ("presenter-notes", NULL);
  check_others (6);
  act ("problems", NULL);
  check_others (1);
  act ("new-scenario", g_variant_new_string ("smtp"));
  check_others (20);
}

static void
test_quiz (void)
{
  static const char *const items[] = { "imap-143", "imap-993-rule",
                                       "imap-two-ports" };

  open_window ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.place", "s", "quiz");
  check_window (GTK_WINDOW (window), 5);
  for (guint i = 0; i < G_N_ELEMENTS (items); i++) {
    act ("ask", g_variant_new ("(ss)", "imap", items[i]));
    check_window (GTK_WINDOW (window), 6);
  }
  act ("quiz-choose", g_variant_new_int32 (1));
  act ("quiz-certainty", g_variant_new_string ("fairly"));
  act ("quiz-submit", NULL);
  check_window (GTK_WINDOW (window), 5);
  act ("quiz-next", NULL);
  check_window (GTK_WINDOW (window), 5);
}

static void
test_vote (void)
{
  open_window ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.place", "s", "quiz");
  act ("quiz-mode", g_variant_new_string ("vote"));
  check_window (GTK_WINDOW (window), 12);
  act ("vote-begin", NULL);
  check_others (2);
}

static void
test_lab (void)
{
  static const char *const pages[] = { "account", "console", "client",
                                       "faults" };

  open_window ();
  gtk_widget_activate_action (GTK_WIDGET (window), "win.place", "s", "lab");
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_test_message ("%s", pages[i]);
    act ("lab-page", g_variant_new_string (pages[i]));
    check_window (GTK_WINDOW (window), 10);
  }
}

/* Each kind of answer. */
static void
test_kinds (void)
{
  static const char *const items[][2] = {
    { "imap", "imap-first-token-match" }, { "imap", "imap-idle-order" },
    { "imap", "imap-fault-tag" },         { "imap", "imap-predict-literal" },
    { "imap", "imap-configure-phone" },   { "tftp", "tftp-6000-blocks" },
  };

  open_window ();
  for (guint i = 0; i < G_N_ELEMENTS (items); i++) {
    g_test_message ("%s", items[i][1]);
    act ("ask", g_variant_new ("(ss)", items[i][0], items[i][1]));
    check_window (GTK_WINDOW (window), 6);
  }
}

static void
add_tests (void)
{
  reached = g_hash_table_new (NULL, NULL);
  g_test_add_func ("/keyboard/exchanges", test_exchanges);
  g_test_add_func ("/keyboard/tabs", test_tabs);
  g_test_add_func ("/keyboard/files", test_files);
  g_test_add_func ("/keyboard/windows", test_windows);
  g_test_add_func ("/keyboard/quiz", test_quiz);
  g_test_add_func ("/keyboard/vote", test_vote);
  g_test_add_func ("/keyboard/kinds", test_kinds);
  g_test_add_func ("/keyboard/lab", test_lab);
}

int
main (int   argc,
      char *argv[])
{
  int status = run_tests (argc, argv, add_tests);

  g_clear_pointer (&reached, g_hash_table_unref);
  return status;
}
