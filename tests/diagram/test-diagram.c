/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The widget, in a window: the same moment is the same picture, time moves
 * it, names say what is shown, keys and clicks choose steps. */

#include "diagram/diagram.h"

#include "diagram/row-view.h"
#include "diagram/zoom.h"

#include "picture.h"
#include "sample.h"

#include <string.h>

typedef struct
{
  GtkWidget  *window;
  GtkWidget  *diagram;
  GtkWidget  *list;
  PcPlayer   *player;
  PcTimeline *timeline;
} Stage;

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_type (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* Takes @timeline. */
static Stage
stage_new (PcTimeline *timeline,
           int         width,
           int         height)
{
  Stage stage = { .timeline = timeline, .player = pc_player_new () };

  pc_player_set_timeline (stage.player, timeline);
  stage.diagram = pc_diagram_new ();
  pc_diagram_set_player (PC_DIAGRAM (stage.diagram), stage.player);
  stage.list = find_type (stage.diagram, GTK_TYPE_LIST_VIEW);
  stage.window = gtk_window_new ();
  gtk_window_set_decorated (GTK_WINDOW (stage.window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (stage.window), width, height);
  gtk_window_set_child (GTK_WINDOW (stage.window), stage.diagram);
  gtk_window_present (GTK_WINDOW (stage.window));
  picture_settle (stage.window);
  return stage;
}

static void
stage_free (Stage *stage)
{
  g_object_ref (stage->diagram);
  gtk_window_destroy (GTK_WINDOW (stage->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_finalize_object (stage->diagram);
  g_assert_finalize_object (stage->player);
  g_assert_finalize_object (stage->timeline);
}

/* Of the rows only: scrollbars come and go by a clock of their own. */
static GdkTexture *
take (Stage *stage)
{
  picture_settle (stage->window);
  return picture_take (stage->list);
}

static GdkTexture *
picture_at (Stage *stage,
            double position)
{
  pc_player_seek (stage->player, position);
  return take (stage);
}

/* The list item of step @number, or NULL when it has no widget. */
static GtkWidget *
find_item (Stage *stage,
           guint  number)
{
  for (GtkWidget *item = gtk_widget_get_first_child (stage->list);
       item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      PcDiagramRow *row = pc_row_view_get_row (
          PC_ROW_VIEW (gtk_widget_get_first_child (item)));

      if (row != NULL && row->kind == PC_DIAGRAM_ROW_STEP &&
          row->index + 1 == number)
        return item;
    }

  return NULL;
}

/* -- pictures ------------------------------------------------------------- */

/* Played, gone back to, and sought: the same step is the same picture. */
static void
check_same_moment (PcTimeline *(*make) (void),
                   int          width,
                   guint        n,
                   guint        step)
{
  Stage                  stage = stage_new (make (), width, 500);
  g_autoptr (GdkTexture) sought = NULL;
  g_autoptr (GdkTexture) back = NULL;
  g_autoptr (GdkTexture) played = NULL;

  pc_player_set_playing (stage.player, TRUE);
  while (pc_player_get_position (stage.player) < step)
    pc_player_advance (stage.player, PC_PLAYER_STEP_US / 10);
  pc_player_set_playing (stage.player, FALSE);
  pc_player_seek (stage.player, step);
  played = take (&stage);

  pc_player_last (stage.player);
  picture_settle (stage.window);
  for (guint i = n; i > step; i--)
    pc_player_back (stage.player);
  back = take (&stage);

  pc_player_seek (stage.player, 0);
  picture_settle (stage.window);
  sought = picture_at (&stage, step);

  g_test_message ("width %d, step %u", width, step);
  g_assert_cmpuint (picture_compare (played, sought), ==, 0);
  g_assert_cmpuint (picture_compare (back, sought), ==, 0);
  stage_free (&stage);
}

static void
test_same_moment (void)
{
  static const int widths[] = { 320, 700 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    {
      for (guint step = 1; step <= 13; step += 3)
        check_same_moment (sample_mail, widths[w], 13, step);
      /* After a wait, while a late one is in mid-air, at a copy, at what never
       * arrived. */
      for (guint step = 5; step <= 17; step += 3)
        check_same_moment (sample_trouble, widths[w], 18, step);
      /* Before a group that folds, in it, behind it. */
      for (guint step = 1; step <= 12; step += 2)
        check_same_moment (sample_secure, widths[w], 12, step);
    }
}

/* In the middle of a wait, of a step, and while something is in mid-air. */
static void
test_same_instant (void)
{
  static const double positions[] = { 4.1, 5.5, 7.12, 8.9, 11.3, 11.9 };
  Stage               stage = stage_new (sample_trouble (), 700, 500);

  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    {
      g_autoptr (GdkTexture) there = picture_at (&stage, positions[i]);
      g_autoptr (GdkTexture) again = NULL;

      pc_player_last (stage.player);
      picture_settle (stage.window);
      again = picture_at (&stage, positions[i]);
      g_test_message ("position %g", positions[i]);
      g_assert_cmpuint (picture_compare (there, again), ==, 0);
    }
  stage_free (&stage);
}

static void
check_moves (PcTimeline *timeline,
             guint       step)
{
  Stage stage = stage_new (timeline, 700, 500);

  for (double t = 0.01; t + 1 / 6.0 <= 1; t += 0.16)
    {
      g_autoptr (GdkTexture) a = picture_at (&stage, step - 1 + t);
      g_autoptr (GdkTexture) b = picture_at (&stage, step - 1 + t + 1 / 6.0);

      g_test_message ("step %u at %g", step, t);
      g_assert_cmpuint (picture_compare (a, b), >, 20);
    }
  stage_free (&stage);
}

/* A command, an error, a lost datagram: never the same for 200 ms. */
static void
test_moves (void)
{
  check_moves (sample_mail (), 3);
  check_moves (sample_mail (), 10);
  check_moves (sample_file (), 4);
  /* A copy, and a wait of which the player shows some. */
  check_moves (sample_trouble (), 11);
  check_moves (sample_trouble (), 12);
}

static void
test_every_row (void)
{
  static const int widths[] = { 320, 360, 900 };

  for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
    for (guint dark = 0; dark < 2; dark++)
      {
        Stage                  stage;
        g_autoptr (GdkTexture) first = NULL;
        g_autoptr (GdkTexture) last = NULL;

        g_object_set (gtk_settings_get_default (),
                      "gtk-application-prefer-dark-theme", dark == 1, NULL);
        stage = stage_new (sample_four (), widths[w], 600);
        first = picture_at (&stage, 1);
        last = picture_at (&stage, 8);
        g_assert_cmpint (gtk_widget_get_width (stage.diagram), ==, widths[w]);
        g_assert_cmpuint (picture_compare (first, last), >, 100);
        stage_free (&stage);

        stage = stage_new (sample_trouble (), widths[w], 600);
        for (double position = 0.5; position < 18; position += 4.3)
          {
            g_autoptr (GdkTexture) any = picture_at (&stage, position);

            g_assert_nonnull (any);
          }
        stage_free (&stage);
      }
  g_object_set (gtk_settings_get_default (),
                "gtk-application-prefer-dark-theme", FALSE, NULL);
}

/* -- names ---------------------------------------------------------------- */

static void
check_name (Stage      *stage,
            guint       number,
            const char *name)
{
  GtkWidget *item = find_item (stage, number);

  g_assert_nonnull (item);
  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (item),
                                   GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (item),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, name);
}

static void
test_names (void)
{
  Stage stage = stage_new (sample_mail (), 700, 900);

  check_name (&stage, 3, "Step 3 of 13, Phone to Mail server: a1 LOGIN alex "
                         "••••••, A step");
  check_name (&stage, 10, "Step 10 of 13, Mail server to Phone: a4 BAD no "
                          "such message <b>&amp;</b>, A step; an error");

  pc_diagram_set_show_secrets (PC_DIAGRAM (stage.diagram), TRUE);
  check_name (&stage, 3, "Step 3 of 13, Phone to Mail server: a1 LOGIN alex "
                         "s3cret, A step");
  stage_free (&stage);

  stage = stage_new (sample_file (), 700, 900);
  check_name (&stage, 4, "Step 4 of 6, File server to Router: DATA 2 · 512 "
                         "octets, A step; lost on the way");
  check_name (&stage, 2, "Step 2 of 6, File server to Router: DATA 1 · 512 "
                         "octets, A step. From port 50001 to port 49152.");
  stage_free (&stage);
}

/* What the row of @kind before or after step @number is called. */
static void
check_row_name (PcDiagramRowKind kind,
                guint            number,
                const char      *name)
{
  g_autoptr (PcTimeline)    timeline = sample_trouble ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autoptr (PcScene)       scene = pc_scene_new ();
  guint                     n;

  pc_scene_set_timeline (scene, timeline);
  pc_diagram_rows_set_timeline (rows, timeline);
  n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PcDiagramRow) row = g_list_model_get_item (
          G_LIST_MODEL (rows), i);
      g_autofree char *text = NULL;

      if (row->kind != kind || row->index + 1 != number)
        continue;
      text = pc_row_view_dup_name (scene, row);
      g_assert_cmpstr (text, ==, name);
      return;
    }

  g_assert_not_reached ();
}

static void
test_trouble_names (void)
{
  check_row_name (PC_DIAGRAM_ROW_GAP, 5,
                  "250 ms without an answer: the timer of File server runs "
                  "out before step 5");
  check_row_name (PC_DIAGRAM_ROW_GAP, 17, "2.0 s go by before step 17");
  check_row_name (PC_DIAGRAM_ROW_ARRIVAL, 9,
                  "Step 5 arrives at Router, 450 ms after it was sent");
  check_row_name (PC_DIAGRAM_ROW_STEP, 8,
                  "Step 8 of 18, File server to Router: DATA 2 · 512 octets, "
                  "A step. The same octets again as in step 4.");
  check_row_name (PC_DIAGRAM_ROW_STEP, 11,
                  "Step 11 of 18, Router to File server: ACK 2, A step. A "
                  "copy of step 10 that the network made.");
  check_row_name (PC_DIAGRAM_ROW_STEP, 15,
                  "Step 15 of 18, File server: Fault: nothing passes for "
                  "2 s, Frozen");
  check_row_name (PC_DIAGRAM_ROW_STEP, 17,
                  "Step 17 of 18, Router to File server: HELO router, A "
                  "step. It never arrived.");
}

static void
test_grows (void)
{
  Stage   stage = stage_new (sample_long (3), 700, 500);
  PcStep *more;

  check_name (&stage, 3, "Step 3 of 3, Phone to Mail server: a3 FETCH 2 "
                         "(FLAGS BODY[HEADER]), A step");
  more = pc_step_new_event (1, "mail", "phone", PC_LAYER_TCP, 9, "close",
                            "Closed", PC_STATUS_OK, "selected", "selected",
                            NULL);
  pc_timeline_take_step (stage.timeline, more);
  picture_settle (stage.window);
  check_name (&stage, 3, "Step 3 of 4, Phone to Mail server: a3 FETCH 2 "
                         "(FLAGS BODY[HEADER]), A step");
  check_name (&stage, 4, "Step 4 of 4, Mail server to Phone: Closed, Closed");
  stage_free (&stage);
}

/* -- acting --------------------------------------------------------------- */

static GtkEventController *
find_keys (Stage *stage)
{
  g_autoptr (GListModel) all = gtk_widget_observe_controllers (stage->list);
  guint                  n = g_list_model_get_n_items (all);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GtkEventController) one = g_list_model_get_item (all, i);

      if (GTK_IS_EVENT_CONTROLLER_KEY (one))
        return one;
    }

  g_assert_not_reached ();
}

static gboolean
press (Stage          *stage,
       guint           key,
       GdkModifierType state)
{
  gboolean handled = FALSE;

  g_signal_emit_by_name (find_keys (stage), "key-pressed", key, 0, state,
                         &handled);
  return handled;
}

static void
test_keys (void)
{
  static const struct
  {
    guint  key;
    double position;
  } rows[] = {
    { GDK_KEY_Down, 1 }, { GDK_KEY_Down, 2 }, { GDK_KEY_Up, 1 },
    { GDK_KEY_End, 13 }, { GDK_KEY_Home, 1 },
  };
  Stage stage = stage_new (sample_mail (), 700, 500);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_assert_true (press (&stage, rows[i].key, 0));
      g_assert_cmpfloat (pc_player_get_position (stage.player), ==,
                         rows[i].position);
    }
  g_assert_false (press (&stage, GDK_KEY_Down, GDK_CONTROL_MASK));
  g_assert_false (press (&stage, GDK_KEY_space, 0));
  stage_free (&stage);
}

/* The item that holds step @number, be it folded or not. */
static GtkWidget *
find_head (Stage *stage,
           guint  number)
{
  for (GtkWidget *item = gtk_widget_get_first_child (stage->list);
       item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      PcDiagramRow *row = pc_row_view_get_row (
          PC_ROW_VIEW (gtk_widget_get_first_child (item)));

      if (row != NULL && row->is_head && row->index + 1 == number)
        return item;
    }

  return NULL;
}

static void
check_expanded (Stage   *stage,
                gboolean expanded)
{
  GtkWidget *head;

  picture_settle (stage->window);
  head = find_head (stage, 2);
  g_assert_nonnull (head);
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (head),
                                    GTK_ACCESSIBLE_STATE_EXPANDED, expanded);
  g_assert_cmpint (find_item (stage, 4) != NULL, ==, expanded);
}

/* A handshake opens for its steps and closes behind them; Enter does what
 * somebody wants instead, and a screen reader hears of both. */
static void
test_fold (void)
{
  Stage                  stage = stage_new (sample_secure (), 700, 900);
  g_autoptr (GdkTexture) folded = picture_at (&stage, 6);
  g_autoptr (GdkTexture) open = NULL;

  check_expanded (&stage, FALSE);
  gtk_test_accessible_assert_property (
      GTK_ACCESSIBLE (find_head (&stage, 2)), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Steps 2 to 5, folded: TLS handshake · TLS 1.3");
  pc_player_show_step (stage.player, 2);
  check_expanded (&stage, TRUE);
  g_assert_true (press (&stage, GDK_KEY_Return, 0));
  check_expanded (&stage, FALSE);
  g_assert_cmpuint (pc_player_get_current (stage.player), ==, 2);
  g_assert_true (press (&stage, GDK_KEY_Return, 0));
  check_expanded (&stage, TRUE);
  pc_player_seek (stage.player, 6);
  check_expanded (&stage, TRUE);
  open = take (&stage);
  g_assert_cmpuint (picture_compare (folded, open), >, 500);
  stage_free (&stage);
}

/* Where TLS is, the room between the lifelines is another colour than beside
 * them; before and after it is not. */
static void
test_tunnel (void)
{
  Stage   stage = stage_new (sample_secure (), 700, 900);
  guint   tinted = 0;
  guint   plain = 0;

  /* Nothing is lit. */
  pc_player_seek (stage.player, 0);
  picture_settle (stage.window);
  for (GtkWidget *item = gtk_widget_get_first_child (stage.list);
       item != NULL; item = gtk_widget_get_next_sibling (item))
    {
      GtkWidget              *view = gtk_widget_get_first_child (item);
      PcDiagramRow           *row = pc_row_view_get_row (PC_ROW_VIEW (view));
      g_autoptr (GdkTexture)  texture = NULL;
      g_autofree guint32     *pixels = NULL;
      int                     width;
      int                     height;

      if (row == NULL || !gtk_widget_get_child_visible (item))
        continue;
      texture = picture_take (view);
      width = gdk_texture_get_width (texture);
      height = gdk_texture_get_height (texture);
      pixels = g_new (guint32, (gsize) width * (gsize) height);
      gdk_texture_download (texture, (guchar *) pixels, (gsize) width * 4);
      /* A fifth of the way down, a third from the left: no arrow, no text. */
      if (pixels[height * 4 / 5 * width + width * 3 / 10] !=
          pixels[height * 4 / 5 * width + width - 3])
        {
          g_assert_cmpuint (row->n_tunnels, ==, 1);
          tinted++;
        }
      else
        {
          g_assert_cmpuint (row->n_tunnels, ==, 0);
          plain++;
        }
    }
  g_assert_cmpuint (tinted, ==, 7);
  g_assert_cmpuint (plain, ==, 5);
  stage_free (&stage);
}

/* Larger and smaller, for all diagrams; at 100 % as it was at first. */
static void
test_zoom (void)
{
  Stage                  stage = stage_new (sample_mail (), 700, 500);
  g_autoptr (GdkTexture) plain = picture_at (&stage, 4);
  g_autoptr (GdkTexture) large = NULL;
  g_autoptr (GdkTexture) again = NULL;
  int                    height;
  Stage                  other;

  height = gtk_widget_get_height (find_item (&stage, 4));
  pc_zoom_set (190);
  g_assert_cmpuint (pc_zoom_get (), ==, PC_ZOOM_MOST);
  large = take (&stage);
  g_assert_cmpuint (picture_compare (plain, large), >, 1000);
  g_assert_cmpint (gtk_widget_get_height (find_item (&stage, 4)), >,
                   height * 19 / 10);
  other = stage_new (sample_mail (), 700, 500);
  g_assert_cmpint (gtk_widget_get_height (find_item (&other, 1)), >,
                   height * 19 / 10);
  stage_free (&other);
  pc_zoom_set (10);
  g_assert_cmpuint (pc_zoom_get (), ==, PC_ZOOM_LEAST);
  picture_settle (stage.window);
  g_assert_cmpint (gtk_widget_get_height (find_item (&stage, 4)), <,
                   height * 6 / 10);
  pc_zoom_set (100);
  again = take (&stage);
  g_assert_cmpuint (picture_compare (plain, again), ==, 0);
  stage_free (&stage);
}

static void
test_focus (void)
{
  Stage stage = stage_new (sample_mail (), 700, 900);

  pc_player_show_step (stage.player, 3);
  picture_settle (stage.window);
  g_assert_true (gtk_widget_grab_focus (find_item (&stage, 4)));
  press (&stage, GDK_KEY_Down, 0);
  picture_settle (stage.window);
  g_assert_true (gtk_root_get_focus (GTK_ROOT (stage.window)) ==
                 find_item (&stage, 5));
  stage_free (&stage);
}

/* A click selects the row; so does an assistive technology. */
static void
test_select (void)
{
  Stage          stage = stage_new (sample_mail (), 700, 300);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (
      GTK_SCROLLABLE (stage.list));
  double before = gtk_adjustment_get_value (adjustment);

  /* Row 5 is the note's first, row 8 step 5. */
  gtk_widget_activate_action (stage.list, "list.select-item", "(ubb)", 4,
                              FALSE, FALSE);
  g_assert_cmpuint (pc_player_get_current (stage.player), ==, 2);
  picture_settle (stage.window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, before);
  stage_free (&stage);
}

/* A live exchange does not pull the list away from who reads in it. */
static void
test_grows_unread (void)
{
  Stage          stage = stage_new (sample_long (60), 700, 300);
  GtkAdjustment *adjustment = gtk_scrollable_get_vadjustment (
      GTK_SCROLLABLE (stage.list));

  pc_player_show_step (stage.player, 10);
  picture_settle (stage.window);
  gtk_adjustment_set_value (adjustment, 1000);
  picture_settle (stage.window);
  pc_timeline_take_step (stage.timeline,
                         pc_step_new_event (1, "mail", "phone", PC_LAYER_TCP,
                                            9, "close", "Closed",
                                            PC_STATUS_OK, NULL, NULL, NULL));
  picture_settle (stage.window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, 1000);
  pc_player_last (stage.player);
  picture_settle (stage.window);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 2000);
  stage_free (&stage);
}

static void
test_playing (void)
{
  Stage  stage = stage_new (sample_mail (), 700, 500);
  double position;
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  pc_player_set_speed (stage.player, 4);
  pc_player_set_playing (stage.player, TRUE);
  while (pc_player_get_position (stage.player) < 0.2)
    {
      g_main_context_iteration (NULL, TRUE);
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
    }
  pc_player_set_playing (stage.player, FALSE);
  position = pc_player_get_position (stage.player);
  picture_settle (stage.window);
  g_assert_cmpfloat (pc_player_get_position (stage.player), ==, position);
  stage_free (&stage);
}

static void
test_reduced_motion (void)
{
  Stage stage = stage_new (sample_mail (), 700, 500);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE,
                NULL);
  pc_player_set_playing (stage.player, TRUE);
  pc_player_advance (stage.player, PC_PLAYER_STEP_US / 3);
  g_assert_cmpfloat (pc_player_get_progress (stage.player), ==, 1);
  pc_player_set_playing (stage.player, FALSE);
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", TRUE,
                NULL);
  stage_free (&stage);
}

/* -- size ----------------------------------------------------------------- */

static void
test_long (void)
{
  Stage         stage = stage_new (sample_long (100000), 700, 500);
  guint         n = 0;
  GtkWidget    *item;
  graphene_rect_t bounds;

  pc_player_show_step (stage.player, 49999);
  picture_settle (stage.window);
  item = find_item (&stage, 50000);
  g_assert_nonnull (item);
  g_assert_true (gtk_widget_compute_bounds (item, stage.diagram, &bounds));
  g_assert_cmpfloat (bounds.origin.y, >, 100);
  g_assert_cmpfloat (bounds.origin.y, <, 400);

  for (item = gtk_widget_get_first_child (stage.list); item != NULL;
       item = gtk_widget_get_next_sibling (item))
    n++;
  g_assert_cmpuint (n, <, 500);

  pc_player_last (stage.player);
  picture_settle (stage.window);
  g_assert_nonnull (find_item (&stage, 100000));
  stage_free (&stage);
}

static gboolean
shows (GtkWidget  *widget,
       const char *text)
{
  if (!gtk_widget_get_child_visible (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) &&
      strcmp (gtk_label_get_text (GTK_LABEL (widget)), text) == 0)
    return TRUE;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

/* Where there is no room for lab ports, the ports that people know. */
static void
test_addresses (void)
{
  static const char address[] = "143 (lab 10143), 110 (lab 10110)";
  Stage             stage = stage_new (sample_mail (), 900, 300);

  g_assert_true (shows (stage.diagram, "143 (lab 10143)"));
  pc_timeline_set_actor_address (stage.timeline, "mail", address);
  picture_settle (stage.window);
  g_assert_false (shows (stage.diagram, address));
  g_assert_true (shows (stage.diagram, "143, 110"));
  g_assert_true (shows (stage.diagram, "127.0.0.1:49812"));
  stage_free (&stage);
}

static void
test_empty (void)
{
  Stage                  stage = stage_new (pc_timeline_new ("id", "Empty"),
                                            320, 300);
  g_autoptr (PcTimeline) other = sample_file ();

  pc_player_set_timeline (stage.player, other);
  picture_settle (stage.window);
  g_assert_nonnull (find_item (&stage, 1));
  pc_player_set_timeline (stage.player, stage.timeline);
  picture_settle (stage.window);
  g_assert_null (find_item (&stage, 1));
  pc_diagram_set_player (PC_DIAGRAM (stage.diagram), NULL);
  picture_settle (stage.window);
  stage_free (&stage);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  g_test_add_func ("/diagram/same-moment", test_same_moment);
  g_test_add_func ("/diagram/same-instant", test_same_instant);
  g_test_add_func ("/diagram/trouble-names", test_trouble_names);
  g_test_add_func ("/diagram/moves", test_moves);
  g_test_add_func ("/diagram/every-row", test_every_row);
  g_test_add_func ("/diagram/names", test_names);
  g_test_add_func ("/diagram/grows", test_grows);
  g_test_add_func ("/diagram/keys", test_keys);
  g_test_add_func ("/diagram/focus", test_focus);
  g_test_add_func ("/diagram/fold", test_fold);
  g_test_add_func ("/diagram/tunnel", test_tunnel);
  g_test_add_func ("/diagram/zoom", test_zoom);
  g_test_add_func ("/diagram/select", test_select);
  g_test_add_func ("/diagram/grows-unread", test_grows_unread);
  g_test_add_func ("/diagram/playing", test_playing);
  g_test_add_func ("/diagram/reduced-motion", test_reduced_motion);
  g_test_add_func ("/diagram/long", test_long);
  g_test_add_func ("/diagram/addresses", test_addresses);
  g_test_add_func ("/diagram/empty", test_empty);
  return g_test_run ();
}
