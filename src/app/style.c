/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Follows the desktop's colour scheme and contrast in plain GTK 4.8, which
 * does not do so by itself: first the settings portal, asked without waiting;
 * where there is none, GSettings; else light.  Of two themes of GTK with high
 * contrast, the dark one is found only while prefer-dark is off. */

#include "app/style.h"

#define PORTAL_NAME "org.freedesktop.portal.Desktop"
#define PORTAL_PATH "/org/freedesktop/portal/desktop"
#define PORTAL_INTERFACE "org.freedesktop.portal.Settings"
#define APPEARANCE "org.freedesktop.appearance"
#define PORTAL_TIMEOUT_MS 500
#define RESOURCE_DIR "/io/github/portcall/Portcall/style/"

struct _PcStyle
{
  GObject parent_instance;

  GtkCssProvider  *colors;
  GtkCssProvider  *shapes;
  GtkCssProvider  *edges; /* with high contrast; else NULL */
  GDBusConnection *bus;
  GCancellable    *cancellable;
  GSettings       *interface;
  GSettings       *a11y;
  guint            signal_id;
  PcScheme         scheme;
  gboolean         desktop_dark;
  gboolean         desktop_contrast;
  gboolean         forced_contrast;
  const char      *loaded; /* name of the colours in use */
  gboolean         theme_dark;  /* what GTK's own theme was set to */
  gboolean         theme_contrast;
};

enum { PROP_0,
       PROP_DARK,
       PROP_HIGH_CONTRAST,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcStyle, pc_style, G_TYPE_OBJECT)

static void
load_colors (PcStyle    *self,
             const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE_DIR, name, NULL);

  if (g_strcmp0 (self->loaded, name) == 0)
    return;
  self->loaded = name;
  gtk_css_provider_load_from_resource (self->colors, path);
}

/* GTK parses its whole theme again for each of these, changed or not: some
 * 20 ms that a start in the default style must not pay. */
static void
set_theme (PcStyle     *self,
           GtkSettings *settings,
           gboolean     dark,
           gboolean     contrast)
{
  self->theme_dark = dark;
  self->theme_contrast = contrast;
  g_object_set (settings, "gtk-application-prefer-dark-theme",
                dark && !contrast, NULL);
  if (contrast)
    g_object_set (settings, "gtk-theme-name",
                  dark ? "Default-hc-dark" : "Default-hc", NULL);
  else
    gtk_settings_reset_property (settings, "gtk-theme-name");
}

/* Over the shapes: of two providers of one priority the later always wins. */
static void
set_edges (PcStyle *self,
           gboolean wanted)
{
  GdkDisplay *display = gdk_display_get_default ();

  if (display == NULL || wanted == (self->edges != NULL))
    return;
  if (!wanted) {
    gtk_style_context_remove_provider_for_display (
        display, GTK_STYLE_PROVIDER (self->edges));
    g_clear_object (&self->edges);
    return;
  }
  self->edges = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (self->edges,
                                       RESOURCE_DIR "contrast.css");
  gtk_style_context_add_provider_for_display (
      display, GTK_STYLE_PROVIDER (self->edges),
      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION + 1);
}

static void
apply (PcStyle *self)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean dark = pc_style_get_dark (self);
  gboolean contrast = pc_style_get_high_contrast (self);

  if (settings == NULL)
    return;
  if (dark != self->theme_dark || contrast != self->theme_contrast)
    set_theme (self, settings, dark, contrast);
  if (contrast)
    load_colors (self, dark ? "colors-hc-dark.css" : "colors-hc.css");
  else
    load_colors (self, dark ? "colors-dark.css" : "colors-light.css");
  set_edges (self, contrast);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_DARK]);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HIGH_CONTRAST]);
}

/* The portal wraps the value it reads twice. */
static gboolean
unwrap_uint (GVariant *variant,
             guint    *value)
{
  g_autoptr (GVariant) inner = g_variant_ref (variant);

  while (g_variant_is_of_type (inner, G_VARIANT_TYPE_VARIANT)) {
    GVariant *next = g_variant_get_variant (inner);

    g_variant_unref (inner);
    inner = next;
  }
  if (!g_variant_is_of_type (inner, G_VARIANT_TYPE_UINT32))
    return FALSE;
  *value = g_variant_get_uint32 (inner);
  return TRUE;
}

static void
take_setting (PcStyle    *self,
              const char *key,
              GVariant   *variant)
{
  guint value;

  if (!unwrap_uint (variant, &value))
    return;
  if (g_str_equal (key, "color-scheme"))
    self->desktop_dark = value == 1;
  else if (g_str_equal (key, "contrast"))
    self->desktop_contrast = value == 1;
  apply (self);
}

static void
setting_changed_cb (GDBusConnection *bus,
                    const char      *sender,
                    const char      *path,
                    const char      *interface,
                    const char      *signal,
                    GVariant        *args,
                    gpointer         data)
{
  g_autoptr (GVariant) value = NULL;
  const char *group, *key;

  if (!g_variant_is_of_type (args, G_VARIANT_TYPE ("(ssv)")))
    return;
  g_variant_get (args, "(&s&sv)", &group, &key, &value);
  if (g_str_equal (group, APPEARANCE))
    take_setting (data, key, value);
}

static void
gsettings_changed_cb (PcStyle *self)
{
  if (self->interface != NULL) {
    g_autofree char *scheme =
        g_settings_get_string (self->interface, "color-scheme");

    self->desktop_dark = g_str_equal (scheme, "prefer-dark");
  }
  if (self->a11y != NULL)
    self->desktop_contrast =
        g_settings_get_boolean (self->a11y, "high-contrast");
  apply (self);
}

/* g_settings_new () ends the program when there is no such schema. */
static GSettings *
open_settings (PcStyle    *self,
               const char *id,
               const char *key)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autofree char *signal = g_strconcat ("changed::", key, NULL);
  GSettings *settings;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, id, TRUE);
  if (schema == NULL || !g_settings_schema_has_key (schema, key))
    return NULL;
  settings = g_settings_new (id);
  g_signal_connect_object (settings, signal,
                           G_CALLBACK (gsettings_changed_cb), self,
                           G_CONNECT_SWAPPED);
  return settings;
}

static void
follow_gsettings (PcStyle *self)
{
  if (self->interface != NULL || self->a11y != NULL)
    return;
  self->interface =
      open_settings (self, "org.gnome.desktop.interface", "color-scheme");
  self->a11y =
      open_settings (self, "org.gnome.desktop.a11y.interface", "high-contrast");
  gsettings_changed_cb (self);
}

static void
read_all_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  g_autoptr (PcStyle) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_finish (
      G_DBUS_CONNECTION (source), result, &error);
  g_autoptr (GVariant) group = NULL;
  const char *keys[] = { "color-scheme", "contrast" };

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (reply != NULL) {
    g_autoptr (GVariant) groups = g_variant_get_child_value (reply, 0);

    group = g_variant_lookup_value (groups, APPEARANCE,
                                    G_VARIANT_TYPE ("a{sv}"));
  }
  if (group == NULL) {
    follow_gsettings (self);
    return;
  }
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GVariant) value = g_variant_lookup_value (group, keys[i], NULL);

    if (value != NULL)
      take_setting (self, keys[i], value);
  }
}

static void
bus_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (PcStyle) self = data;
  g_autoptr (GError) error = NULL;
  GDBusConnection *bus = g_bus_get_finish (result, &error);
  const char *const groups[] = { APPEARANCE, NULL };

  if (bus == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      follow_gsettings (self);
    return;
  }
  self->bus = bus;
  self->signal_id = g_dbus_connection_signal_subscribe (
      bus, PORTAL_NAME, PORTAL_INTERFACE, "SettingChanged", PORTAL_PATH, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, setting_changed_cb, self, NULL);
  g_dbus_connection_call (bus, PORTAL_NAME, PORTAL_PATH, PORTAL_INTERFACE,
                          "ReadAll", g_variant_new ("(^as)", groups),
                          G_VARIANT_TYPE ("(a{sa{sv}})"),
                          G_DBUS_CALL_FLAGS_NONE, PORTAL_TIMEOUT_MS,
                          self->cancellable, read_all_cb, g_object_ref (self));
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcStyle *self = PC_STYLE (object);

  switch (id) {
  case PROP_DARK:
    g_value_set_boolean (value, pc_style_get_dark (self));
    break;
  case PROP_HIGH_CONTRAST:
    g_value_set_boolean (value, pc_style_get_high_contrast (self));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  PcStyle *self = PC_STYLE (object);
  GdkDisplay *display = gdk_display_get_default ();

  g_cancellable_cancel (self->cancellable);
  if (self->bus != NULL && self->signal_id != 0)
    g_dbus_connection_signal_unsubscribe (self->bus, self->signal_id);
  self->signal_id = 0;
  if (display != NULL && self->colors != NULL) {
    gtk_style_context_remove_provider_for_display (
        display, GTK_STYLE_PROVIDER (self->colors));
    gtk_style_context_remove_provider_for_display (
        display, GTK_STYLE_PROVIDER (self->shapes));
    set_edges (self, FALSE);
  }
  g_clear_object (&self->colors);
  g_clear_object (&self->shapes);
  g_clear_object (&self->bus);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->interface);
  g_clear_object (&self->a11y);
  G_OBJECT_CLASS (pc_style_parent_class)->dispose (object);
}

static void
pc_style_class_init (PcStyleClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = get_property;
  object_class->dispose = dispose;
  props[PROP_DARK] = g_param_spec_boolean (
      "dark", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_HIGH_CONTRAST] = g_param_spec_boolean (
      "high-contrast", NULL, NULL, FALSE,
      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
pc_style_init (PcStyle *self)
{
  GdkDisplay *display = gdk_display_get_default ();

  self->cancellable = g_cancellable_new ();
  self->colors = gtk_css_provider_new ();
  self->shapes = gtk_css_provider_new ();
  if (display == NULL)
    return;
  gtk_style_context_add_provider_for_display (
      display, GTK_STYLE_PROVIDER (self->colors),
      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_style_context_add_provider_for_display (
      display, GTK_STYLE_PROVIDER (self->shapes),
      GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  apply (self);
  gtk_css_provider_load_from_resource (self->shapes, RESOURCE_DIR "style.css");
  g_bus_get (G_BUS_TYPE_SESSION, self->cancellable, bus_cb,
             g_object_ref (self));
}

PcStyle *
pc_style_new (void)
{
  return g_object_new (PC_TYPE_STYLE, NULL);
}

void
pc_style_set_scheme (PcStyle *self,
                     PcScheme scheme)
{
  g_return_if_fail (PC_IS_STYLE (self));

  if (self->scheme == scheme)
    return;
  self->scheme = scheme;
  apply (self);
}

void
pc_style_set_high_contrast (PcStyle *self,
                            gboolean high_contrast)
{
  g_return_if_fail (PC_IS_STYLE (self));

  self->forced_contrast = high_contrast;
  apply (self);
}

gboolean
pc_style_get_dark (PcStyle *self)
{
  g_return_val_if_fail (PC_IS_STYLE (self), FALSE);

  if (self->scheme == PC_SCHEME_FOLLOW)
    return self->desktop_dark;
  return self->scheme == PC_SCHEME_DARK;
}

gboolean
pc_style_get_high_contrast (PcStyle *self)
{
  g_return_val_if_fail (PC_IS_STYLE (self), FALSE);

  return self->desktop_contrast || self->forced_contrast;
}

gboolean
pc_style_get_animations (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  gboolean animations = TRUE;

  if (settings != NULL)
    g_object_get (settings, "gtk-enable-animations", &animations, NULL);
  return animations;
}
