/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An empty GTK window, against which start.py measures the application.  With
 * an argument it prints a line at the first frame and quits.
 */

#include <gtk/gtk.h>

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       app)
{
  g_signal_handlers_disconnect_by_data (clock, app);
  g_print ("first frame\n");
  g_application_quit (app);
}

static void
activate_cb (GtkApplication *app,
             gpointer        once)
{
  GtkWidget *window = gtk_application_window_new (app);

  gtk_window_set_default_size (GTK_WINDOW (window), 1320, 840);
  gtk_widget_realize (window);
  if (once)
    g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint",
                      G_CALLBACK (after_paint_cb), app);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GtkApplication) app = gtk_application_new (
      NULL, G_APPLICATION_NON_UNIQUE);

  g_signal_connect (app, "activate", G_CALLBACK (activate_cb),
                    GINT_TO_POINTER (argc > 1));
  return g_application_run (G_APPLICATION (app), 1, argv);
}
