/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How large diagrams are.
 *
 * Everything in a diagram is measured in lines of its text, so to zoom is to
 * set a size of its font: a class of the style sheet.  A reader sets the size
 * for the room that they sit in, so all diagrams share it.
 */

#include "diagram/zoom.h"

static const guint sizes[] = {
  PC_ZOOM_LEAST, 67, 80, 90, 100, 110, 125, 150, 175, PC_ZOOM_MOST,
};

#define PLAIN 4 /* the place of 100 */

static guint  at = PLAIN;
static GList *diagrams; /* borrowed */

static void
add_css (void)
{
  static gsize               once;
  g_autoptr (GtkCssProvider) provider = NULL;
  g_autoptr (GString)        css = NULL;

  if (!g_once_init_enter (&once))
    return;

  css = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    g_string_append_printf (css,
                            "pcdiagram.zoom-%u { font-size: %u.%02uem; }",
                            sizes[i], sizes[i] / 100, sizes[i] % 100);
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_data (provider, css->str, -1);
  gtk_style_context_add_provider_for_display (
      gdk_display_get_default (), GTK_STYLE_PROVIDER (provider),
      GTK_STYLE_PROVIDER_PRIORITY_SETTINGS);
  g_once_init_leave (&once, 1);
}

static void
show (GtkWidget *diagram)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *name = g_strdup_printf ("zoom-%u", sizes[i]);

      if (i == at && i != PLAIN)
        gtk_widget_add_css_class (diagram, name);
      else
        gtk_widget_remove_css_class (diagram, name);
    }
}

static void
set_place (guint place)
{
  if (at == place)
    return;

  at = place;
  g_list_foreach (diagrams, (GFunc) (void (*) (void)) show, NULL);
}

guint
pc_zoom_get (void)
{
  return sizes[at];
}

void
pc_zoom_set (guint percent)
{
  guint best = 0;

  for (guint i = 1; i < G_N_ELEMENTS (sizes); i++)
    if (ABS ((int) sizes[i] - (int) percent) <
        ABS ((int) sizes[best] - (int) percent))
      best = i;
  set_place (best);
}

/* @by: -1 smaller, 1 larger, 0 as it was at first. */
static void
change (int by)
{
  if (by == 0)
    set_place (PLAIN);
  else if (by > 0)
    set_place (MIN (at + 1, G_N_ELEMENTS (sizes) - 1));
  else
    set_place (at > 0 ? at - 1 : 0);
}

/* -- keys and wheel ------------------------------------------------------- */

/* Another page's diagram has the same keys. */
static gboolean
key_cb (GtkWidget *widget,
        GVariant  *by,
        gpointer   user_data)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;

  change (g_variant_get_int32 (by));
  return TRUE;
}

static gboolean
scroll_cb (GtkEventControllerScroll *controller,
           double                    dx,
           double                    dy,
           gpointer                  user_data)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;

  if (dy != 0)
    change (dy < 0 ? 1 : -1);
  return GDK_EVENT_STOP;
}

static GtkEventController *
make_keys (void)
{
  static const struct
  {
    guint key;
    int   by;
  } keys[] = {
    { GDK_KEY_plus, 1 },      { GDK_KEY_equal, 1 },
    { GDK_KEY_KP_Add, 1 },    { GDK_KEY_minus, -1 },
    { GDK_KEY_KP_Subtract, -1 }, { GDK_KEY_0, 0 },
    { GDK_KEY_KP_0, 0 },
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      GtkShortcut *shortcut = gtk_shortcut_new (
          gtk_keyval_trigger_new (keys[i].key, GDK_CONTROL_MASK),
          gtk_callback_action_new (key_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (keys[i].by));
      gtk_shortcut_controller_add_shortcut (
          GTK_SHORTCUT_CONTROLLER (controller), shortcut);
    }
  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (controller),
                                     GTK_SHORTCUT_SCOPE_GLOBAL);
  return controller;
}

static void
gone_cb (gpointer  data,
         GObject  *diagram)
{
  diagrams = g_list_remove (diagrams, diagram);
}

void
pc_zoom_attach (GtkWidget *diagram)
{
  GtkEventController *wheel;

  g_return_if_fail (GTK_IS_WIDGET (diagram));

  add_css ();
  diagrams = g_list_prepend (diagrams, diagram);
  g_object_weak_ref (G_OBJECT (diagram), gone_cb, NULL);
  gtk_widget_add_controller (diagram, make_keys ());

  wheel = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_VERTICAL |
      GTK_EVENT_CONTROLLER_SCROLL_DISCRETE);
  gtk_event_controller_set_propagation_phase (wheel, GTK_PHASE_CAPTURE);
  g_signal_connect (wheel, "scroll", G_CALLBACK (scroll_cb), NULL);
  gtk_widget_add_controller (diagram, wheel);
  show (diagram);
}
