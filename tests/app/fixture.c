/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the tests of the window share: one window, its commands, and a folder
 * for files. */

#include "fixture.h"

#include "app/settings.h"

#include "base/paths.h"

#include "scratch.h"

#include <string.h>

PcApplication *app;
PcWindow *window;
GSettings *settings;
char *home;

GAction *
find_action (const char *name)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (window), name);

  g_assert_nonnull (action);
  return action;
}

void
act (const char *name,
     GVariant   *parameter)
{
  g_assert_true (g_action_get_enabled (find_action (name)));
  g_action_activate (find_action (name), parameter);
}

PcExchangesPage *
page (void)
{
  return pc_window_get_exchanges (window);
}

PcPlayer *
player (void)
{
  return pc_exchanges_page_get_player (page ());
}

PcTimeline *
timeline (void)
{
  return pc_player_get_timeline (player ());
}

void
open_window (void)
{
  if (window != NULL)
    return;
  window = PC_WINDOW (pc_window_new (GTK_APPLICATION (app), settings));
  gtk_window_present (GTK_WINDOW (window));
  wait_until (pc_window_get_content (window) != NULL);
  wait_until (pc_exchanges_page_is_idle (page ()));
}

void
close_window (void)
{
  PcWindow *watched = window;

  g_object_add_weak_pointer (G_OBJECT (watched), (gpointer *) &watched);
  gtk_window_close (GTK_WINDOW (window));
  window = NULL;
  wait_until (watched == NULL);
}

GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

/* A mapped label that has @text in it. */
/* What @widget itself shows; NULL: it shows no text. */
static const char *
get_text (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget))
    return gtk_label_get_text (GTK_LABEL (widget));
  return GTK_IS_INSCRIPTION (widget)
             ? gtk_inscription_get_text (GTK_INSCRIPTION (widget))
             : NULL;
}

GtkWidget *
find_label (GtkWidget  *widget,
            const char *text)
{
  const char *shown = get_text (widget);

  if (shown != NULL && gtk_widget_get_mapped (widget) &&
      strstr (shown, text) != NULL)
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_label (child, text);

    if (found != NULL)
      return found;
  }
  return NULL;
}

gboolean
seen (const char *text)
{
  return find_label (GTK_WIDGET (window), text) != NULL;
}

static gboolean
has_text (GtkWidget *widget)
{
  const char *shown = get_text (widget);

  if (shown != NULL && *shown != '\0')
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (has_text (child))
      return TRUE;
  return FALSE;
}

static gboolean
is_named (GtkWidget *widget)
{
  /* An entry's text and a menu button's button are parts of what is named. */
  for (GtkWidget *part = widget; part != NULL;
       part = gtk_widget_get_parent (part)) {
    if (gtk_test_accessible_has_property (GTK_ACCESSIBLE (part),
                                          GTK_ACCESSIBLE_PROPERTY_LABEL) ||
        gtk_test_accessible_has_relation (GTK_ACCESSIBLE (part),
                                          GTK_ACCESSIBLE_RELATION_LABELLED_BY))
      return TRUE;
    if (part == widget && has_text (widget))
      return TRUE;
    if (!GTK_IS_TEXT (part) && !GTK_IS_MENU_BUTTON (part) &&
        !GTK_IS_TOGGLE_BUTTON (part))
      break;
  }
  return FALSE;
}

guint
check_names (GtkWidget *widget)
{
  guint n = 0;

  if (gtk_widget_get_focusable (widget) && !GTK_IS_SCROLLED_WINDOW (widget) &&
      gtk_widget_get_visible (widget)) {
    for (GtkWidget *part = widget; part != NULL && !is_named (widget);
         part = gtk_widget_get_parent (part))
      g_test_message ("without a name: %s %s", G_OBJECT_TYPE_NAME (part),
                      GTK_IS_ACTIONABLE (part)
                          ? gtk_actionable_get_action_name (
                                GTK_ACTIONABLE (part))
                          : "");
    g_assert_true (is_named (widget));
    n++;
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += check_names (child);
  return n;
}

char *
file_path (const char *name)
{
  return g_build_filename (home, name, NULL);
}

void
save (const char *name,
      const char *text)
{
  g_autofree char *path = file_path (name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Our own scenario with another title, and @from as @to. */
char *
write_scenario (const char *title,
                const char *from,
                const char *to)
{
  g_autofree char *path = pc_paths_get_data (
      "scenarios/pop3-download-delete.json");
  g_autofree char *text = NULL;
  g_autoptr (GString) out = NULL;
  g_autofree char *quoted = g_strdup_printf ("\"%s\"", title);

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  out = g_string_new (text);
  g_assert_cmpuint (
      g_string_replace (out, "\"Download and delete\"", quoted, 1), ==, 1);
  if (from != NULL)
    g_assert_cmpuint (g_string_replace (out, from, to, 1), ==, 1);
  return g_strdup (out->str);
}

void
open_path (const char *name)
{
  g_autofree char *path = file_path (name);

  act ("open-path", g_variant_new_string (path));
}

gboolean
shows (const char *title)
{
  return pc_exchanges_page_is_idle (page ()) && timeline () != NULL &&
         g_str_equal (pc_timeline_get_title (timeline ()), title);
}

int
run_tests (int    argc,
           char **argv,
           void (*add) (void))
{
  int status;

  home = g_dir_make_tmp ("portcall-test-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_setenv ("GTK_A11Y", "test", TRUE);
  gtk_test_init (&argc, &argv);
  app = pc_application_new ();
  g_application_set_flags (G_APPLICATION (app), G_APPLICATION_NON_UNIQUE);
  g_assert_true (g_application_register (G_APPLICATION (app), NULL, NULL));
  settings = pc_settings_new ();
  if (settings != NULL)
    g_settings_set_boolean (settings, "welcomed", TRUE);

  add ();
  status = g_test_run ();
  g_clear_object (&app);
  g_clear_object (&settings);
  remove_tree (home);
  g_free (home);
  return status;
}
