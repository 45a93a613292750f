/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Starts up lean: no waiting for the desktop, nothing loaded that the first
 * frame does not show.  Where there is no display it says so in one line and
 * names the command-line program, which needs none. */

#include "app/application.h"

#include "app/settings.h"
#include "app/window.h"

#include "pc-resources.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include <glib/gi18n-lib.h>

#define APP_ID "io.github.portcall.Portcall"

struct _PcApplication
{
  GtkApplication parent_instance;

  PcStyle   *style;
  GSettings *settings;
  gboolean   first_frame; /* print the time to the first frame and quit */
};

G_DEFINE_FINAL_TYPE (PcApplication, pc_application, GTK_TYPE_APPLICATION)

/* -- --first-frame -------------------------------------------------------- */

/* Milliseconds since the kernel started this process: field 22 of
 * /proc/self/stat in clock ticks after boot, against the clock of boot. */
static double
get_ms_since_start (void)
{
  g_autofree char *stat = NULL;
  g_auto (GStrv) fields = NULL;
  struct timespec now;
  const char *end;

  if (!g_file_get_contents ("/proc/self/stat", &stat, NULL, NULL) ||
      clock_gettime (CLOCK_BOOTTIME, &now) != 0)
    return -1;
  /* The name, in parentheses, may hold anything; fields 3 and up follow. */
  end = strrchr (stat, ')');
  fields = g_strsplit (end != NULL ? end + 2 : "", " ", 0);
  if (g_strv_length (fields) < 20)
    return -1;
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6 -
         g_ascii_strtod (fields[19], NULL) * 1e3 /
             (double) sysconf (_SC_CLK_TCK);
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       data)
{
  g_signal_handlers_disconnect_by_data (clock, data);
  g_print ("%.0f\n", get_ms_since_start ());
  g_application_quit (G_APPLICATION (data));
}

/* -- commands ------------------------------------------------------------- */

static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  GtkWindow *window = gtk_application_get_active_window (data);

  /* Closing lets the window remember its size. */
  if (window != NULL)
    gtk_window_close (window);
  /* It may stay, with a question. */
  if (gtk_application_get_windows (data) == NULL)
    g_application_quit (G_APPLICATION (data));
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  gtk_show_about_dialog (
      gtk_application_get_active_window (data),
      "program-name", _ ("Portcall"),
      "logo-icon-name", "pc-window",
      "version", PC_VERSION,
      "comments",
      _ ("Watch IMAP, POP3, SMTP and TFTP happen on this computer, "
         "understand every byte, and practise."),
      "license-type", GTK_LICENSE_GPL_3_0,
      /* Translators: put your own name here. */
      "translator-credits", _ ("translator-credits"),
      NULL);
}

static void
scheme_cb (GSimpleAction *action,
           GVariant      *state,
           gpointer       data)
{
  static const char *const names[] = { "follow", "light", "dark", NULL };
  PcApplication *self = data;
  const char *name = g_variant_get_string (state, NULL);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_equal (name, names[i])) {
      pc_style_set_scheme (self->style, (PcScheme) i);
      g_simple_action_set_state (action, state);
      if (self->settings != NULL)
        g_settings_set_string (self->settings, "color-scheme", name);
    }
}

static const GActionEntry entries[] = {
  { .name = "quit", .activate = quit_cb },
  { .name = "about", .activate = about_cb },
  { .name = "color-scheme",
    .parameter_type = "s",
    .state = "'follow'",
    .change_state = scheme_cb },
};

static void
set_accels (PcApplication *self)
{
  static const struct
  {
    const char *action;
    const char *keys[3]; /* the last one is NULL */
  } accels[] = {
    { "app.quit", { "<Control>q" } },
    { "win.place::exchanges", { "<Alt>1" } },
    { "win.place::lab", { "<Alt>2" } },
    { "win.place::quiz", { "<Alt>3" } },
    { "win.place::progress", { "<Alt>4" } },
    { "win.run-again", { "F5" } },
    { "win.open-file", { "<Control>o" } },
    { "win.reload", { "<Control>r" } },
    { "win.find", { "<Control>f" } },
    { "win.filter", { "<Control><Shift>h" } },
    { "win.find-next", { "F3", "<Control>g" } },
    { "win.find-previous", { "<Shift>F3", "<Control><Shift>g" } },
    { "win.search", { "<Control><Shift>f" } },
    { "win.export::", { "<Control>e" } },
    { "win.sidebar", { "F9" } },
    { "win.inspector", { "<Shift>F9" } },
    { "win.present", { "F11", "<Shift>F5" } },
    { "win.fullscreen", { "<Shift>F11" } },
    { "win.show-help-overlay", { "<Control>question" } },
    { "window.close", { "<Control>w" } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self),
                                           accels[i].action, accels[i].keys);
}

/* -- life ----------------------------------------------------------------- */

static void
startup (GApplication *app)
{
  PcApplication *self = PC_APPLICATION (app);

  G_APPLICATION_CLASS (pc_application_parent_class)->startup (app);
  g_action_map_add_action_entries (G_ACTION_MAP (app), entries,
                                   G_N_ELEMENTS (entries), self);
  set_accels (self);
  self->style = pc_style_new ();
  self->settings = pc_settings_new ();
  if (self->settings != NULL) {
    g_autofree char *scheme =
        g_settings_get_string (self->settings, "color-scheme");

    g_action_group_change_action_state (G_ACTION_GROUP (app), "color-scheme",
                                        g_variant_new_string (scheme));
  }
}

static void
activate (GApplication *app)
{
  PcApplication *self = PC_APPLICATION (app);
  GtkWindow *window =
      gtk_application_get_active_window (GTK_APPLICATION (app));

  if (window == NULL) {
    window = GTK_WINDOW (pc_window_new (GTK_APPLICATION (app),
                                        self->settings));
    if (self->first_frame) {
      gtk_widget_realize (GTK_WIDGET (window));
      g_signal_connect (gtk_widget_get_frame_clock (GTK_WIDGET (window)),
                        "after-paint", G_CALLBACK (after_paint_cb), app);
    }
  }
  gtk_window_present (window);
}

static void
open_files (GApplication *app,
            GFile       **files,
            int           n,
            const char   *hint)
{
  GList *windows;

  activate (app);
  /* The active one may be a dialog. */
  windows = gtk_application_get_windows (GTK_APPLICATION (app));
  while (windows != NULL && !PC_IS_WINDOW (windows->data))
    windows = windows->next;
  for (int i = 0; windows != NULL && i < n; i++)
    pc_window_open_file (windows->data, files[i]);
}

static int
handle_local_options (GApplication *app,
                      GVariantDict *options)
{
  PcApplication *self = PC_APPLICATION (app);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("portcall %s\n", PC_VERSION);
    return 0;
  }
  if (!gtk_init_check ()) {
    g_printerr ("%s\n",
                _ ("Portcall needs a graphical display and found none. Use "
                   "portcall-cli instead: it runs the same exchanges in a "
                   "terminal."));
    return 1;
  }
  if (self->first_frame)
    g_application_set_flags (app, g_application_get_flags (app) |
                                      G_APPLICATION_NON_UNIQUE);
  return -1;
}

static void
finalize (GObject *object)
{
  PcApplication *self = PC_APPLICATION (object);

  g_clear_object (&self->style);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (pc_application_parent_class)->finalize (object);
}

static void
pc_application_class_init (PcApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = finalize;
  app_class->startup = startup;
  app_class->activate = activate;
  app_class->open = open_files;
  app_class->handle_local_options = handle_local_options;
}

static void
pc_application_init (PcApplication *self)
{
  const GOptionEntry options[] = {
    { "version", 'v', 0, G_OPTION_ARG_NONE, NULL,
      N_ ("Print the version and exit"), NULL },
    { "first-frame", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE,
      &self->first_frame, NULL, NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

PcApplication *
pc_application_new (void)
{
  pc_application_register_resources ();
  return g_object_new (PC_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}

PcStyle *
pc_application_get_style (PcApplication *self)
{
  g_return_val_if_fail (PC_IS_APPLICATION (self), NULL);

  return self->style;
}

void
pc_application_register_resources (void)
{
  pc_register_resource ();
}
