/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Shows a sample diagram, or saves its picture:
 *
 *   demo-diagram [--sample mail|file|four|trouble|long] [--width N] [--height N]
 *                [--position P] [--dark] [--play] [--shot FILE.png]
 */

#include "diagram/diagram.h"

#include "picture.h"
#include "sample.h"

static char    *opt_sample;
static char    *opt_shot;
static int      opt_width = 700;
static int      opt_height = 760;
static double   opt_position = 3;
static gboolean opt_dark;
static gboolean opt_play;

static const GOptionEntry options[] = {
  { "sample", 0, 0, G_OPTION_ARG_STRING, &opt_sample, "", NULL },
  { "shot", 0, 0, G_OPTION_ARG_FILENAME, &opt_shot, "", NULL },
  { "width", 0, 0, G_OPTION_ARG_INT, &opt_width, "", NULL },
  { "height", 0, 0, G_OPTION_ARG_INT, &opt_height, "", NULL },
  { "position", 0, 0, G_OPTION_ARG_DOUBLE, &opt_position, "", NULL },
  { "dark", 0, 0, G_OPTION_ARG_NONE, &opt_dark, "", NULL },
  { "play", 0, 0, G_OPTION_ARG_NONE, &opt_play, "", NULL },
  { NULL },
};

static PcTimeline *
get_sample (void)
{
  if (g_strcmp0 (opt_sample, "file") == 0)
    return sample_file ();
  if (g_strcmp0 (opt_sample, "trouble") == 0)
    return sample_trouble ();
  if (g_strcmp0 (opt_sample, "four") == 0)
    return sample_four ();
  if (g_strcmp0 (opt_sample, "long") == 0)
    return sample_long (100000);
  return sample_mail ();
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (PcTimeline)     timeline = NULL;
  g_autoptr (PcPlayer)       player = NULL;
  g_autoptr (GError)         error = NULL;
  GtkWidget                 *window;
  GtkWidget                 *diagram;

  g_option_context_add_main_entries (context, options, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error))
    {
      g_printerr ("%s\n", error->message);
      return 2;
    }

  gtk_init ();
  g_object_set (gtk_settings_get_default (),
                "gtk-application-prefer-dark-theme", opt_dark, NULL);
  timeline = get_sample ();
  player = pc_player_new ();
  pc_player_set_timeline (player, timeline);
  diagram = pc_diagram_new ();
  pc_diagram_set_player (PC_DIAGRAM (diagram), player);
  pc_player_seek (player, opt_position);
  pc_player_set_playing (player, opt_play);

  window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (window), opt_width, opt_height);
  gtk_window_set_child (GTK_WINDOW (window), diagram);
  if (opt_shot != NULL)
    gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_present (GTK_WINDOW (window));
  if (opt_shot != NULL)
    {
      g_autoptr (GdkTexture) picture = NULL;

      picture_settle (window);
      picture = picture_take (window);
      return gdk_texture_save_to_png (picture, opt_shot) ? 0 : 1;
    }

  while (g_list_model_get_n_items (gtk_window_get_toplevels ()) > 0)
    g_main_context_iteration (NULL, TRUE);
  return 0;
}
