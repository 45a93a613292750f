/* SPDX-License-Identifier: GPL-3.0-or-later */

/* While the future is hidden, a diagram does not tell it: rows to come all
 * look the same and are named by a number, and nothing is folded. */

#include "diagram/diagram.h"

#include "diagram/row-view.h"

#include "picture.h"
#include "sample.h"

typedef struct
{
  GtkWidget *window;
  PcDiagram *diagram;
  GtkWidget *list;
  PcPlayer  *player;
} Stage;

static GtkWidget *
find_list (GtkWidget *widget)
{
  GtkWidget *found = GTK_IS_LIST_VIEW (widget) ? widget : NULL;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_list (child);
  return found;
}

/* Takes @timeline. */
static Stage
stage_new (PcTimeline *timeline)
{
  Stage stage = { .player = pc_player_new () };

  pc_player_set_timeline (stage.player, timeline);
  g_object_unref (timeline);
  stage.diagram = PC_DIAGRAM (pc_diagram_new ());
  pc_diagram_set_player (stage.diagram, stage.player);
  stage.list = find_list (GTK_WIDGET (stage.diagram));
  stage.window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (stage.window), 700, 900);
  gtk_window_set_child (GTK_WINDOW (stage.window),
                        GTK_WIDGET (stage.diagram));
  gtk_window_present (GTK_WINDOW (stage.window));
  picture_settle (stage.window);
  return stage;
}

static void
stage_free (Stage *stage)
{
  gtk_window_destroy (GTK_WINDOW (stage->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (stage->player);
}

static gboolean
is_named (GtkWidget  *item,
          const char *name)
{
  g_autofree char *other = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, name);

  return other == NULL;
}

static void
check_item (GtkWidget   *item,
            double       position,
            GdkTexture **empty,
            guint       *n)
{
  GtkWidget              *view = gtk_widget_get_first_child (item);
  PcDiagramRow           *row = pc_row_view_get_row (PC_ROW_VIEW (view));
  gboolean                hidden = row->index >= position;
  g_autofree char        *name = g_strdup_printf (
      "Still to come: step %u", pc_step_get_number (row->step));
  g_autoptr (GdkTexture)  texture = NULL;

  g_assert_cmpint (row->kind, !=, PC_DIAGRAM_ROW_GROUP);
  g_assert_false (row->is_head);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (item),
                                    GTK_ACCESSIBLE_STATE_EXPANDED,
                                    GTK_ACCESSIBLE_VALUE_UNDEFINED);
  g_assert_true (is_named (item, name) == hidden);
  n[hidden]++;
  texture = picture_take (view);
  if (!hidden)
    return;
  if (*empty == NULL)
    *empty = g_steal_pointer (&texture);
  else
    g_assert_cmpuint (picture_compare (*empty, texture), ==, 0);
}

static void
check_all (Stage *stage,
           double position)
{
  g_autoptr (GdkTexture) empty = NULL;
  guint                  n[2] = { 0 };

  g_test_message ("position %g", position);
  pc_player_seek (stage->player, position);
  picture_settle (stage->window);
  for (GtkWidget *item = gtk_widget_get_first_child (stage->list);
       item != NULL; item = gtk_widget_get_next_sibling (item))
    if (gtk_widget_get_child_visible (item) &&
        pc_row_view_get_row (
            PC_ROW_VIEW (gtk_widget_get_first_child (item))) != NULL)
      check_item (item, position, &empty, n);
  g_assert_cmpuint (n[TRUE], >, 0);
  g_assert_true (n[FALSE] > 0 || position <= 0);
}

static void
test_hidden (void)
{
  PcTimeline *(*const make[]) (void) = { sample_mail, sample_file,
                                         sample_trouble, sample_four,
                                         sample_secure };

  for (guint i = 0; i < G_N_ELEMENTS (make); i++)
    for (guint spotlight = 0; spotlight < 2; spotlight++)
      {
        Stage stage = stage_new (make[i] ());
        guint n = pc_timeline_get_n_steps (
            pc_player_get_timeline (stage.player));

        g_test_message ("sample %u, spotlight %u", i, spotlight);
        pc_diagram_set_hide_future (stage.diagram, TRUE);
        pc_diagram_set_spotlight (stage.diagram, spotlight == 1);
        for (double position = 0; position <= n - 1; position += 1.3)
          check_all (&stage, position);
        stage_free (&stage);
      }
}

/* As before when all may be seen again; also when it was switched on and off
 * in the middle. */
static void
test_shown_again (void)
{
  Stage                  stage = stage_new (sample_secure ());
  g_autoptr (GdkTexture) before = NULL;
  g_autoptr (GdkTexture) hidden = NULL;
  g_autoptr (GdkTexture) after = NULL;

  pc_player_seek (stage.player, 8);
  picture_settle (stage.window);
  before = picture_take (stage.list);
  g_object_set (stage.diagram, "hide-future", TRUE, NULL);
  picture_settle (stage.window);
  hidden = picture_take (stage.list);
  g_assert_cmpuint (picture_compare (before, hidden), >, 500);
  g_object_set (stage.diagram, "hide-future", FALSE, NULL);
  picture_settle (stage.window);
  after = picture_take (stage.list);
  g_assert_cmpuint (picture_compare (before, after), ==, 0);
  g_assert_cmpuint (pc_player_get_current (stage.player), ==, 7);
  stage_free (&stage);
}

/* At the end nothing is hidden, and a step that begins is there at once. */
static void
test_comes (void)
{
  Stage      stage = stage_new (sample_mail ());
  GtkWidget *item;

  pc_diagram_set_hide_future (stage.diagram, TRUE);
  pc_player_seek (stage.player, 0);
  picture_settle (stage.window);
  item = gtk_widget_get_first_child (stage.list);
  g_assert_true (is_named (item, "Still to come: step 1"));
  pc_player_seek (stage.player, 0.01);
  g_assert_false (is_named (item, "Still to come: step 1"));
  pc_player_last (stage.player);
  picture_settle (stage.window);
  for (item = gtk_widget_get_last_child (stage.list); item != NULL;
       item = gtk_widget_get_prev_sibling (item))
    g_assert_false (is_named (item, "Still to come: step 13"));
  stage_free (&stage);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv);

  g_test_add_func ("/future/hidden", test_hidden);
  g_test_add_func ("/future/shown-again", test_shown_again);
  g_test_add_func ("/future/comes", test_comes);

  return g_test_run ();
}
