/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a comparison.  What goes beside what is the score's, where each half
 * is the duet's, the pictures are diagram/'s; here they are put beside each
 * other, and the time that goes by is told to the player. */

#include "app/compare-view.h"

#include "app/half-head.h"
#include "app/halves-layout.h"
#include "app/tab-stop.h"
#include "app/totals-table.h"

#include "diagram/diagram.h"

#include <glib/gi18n-lib.h>

/* A lower window has no room for the table and the diagrams. */
#define TABLE_HEIGHT 800

struct _PcCompareView
{
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkLabel      *title;
  GtkLabel      *summary;
  GtkStack      *words;
  GtkLabel      *note;
  GtkWidget     *halves;
  PcHalfHead    *left_head;
  PcHalfHead    *right_head;
  GtkWidget     *left_canvas;
  GtkWidget     *right_canvas;
  GtkExpander   *expander;
  PcTotalsTable *totals;

  PcPlayer     *leader;
  PcDuet       *duet;
  PcDiagram    *diagrams[PC_N_HALVES];
  PcComparison *comparison; /* that is shown */
  gint64        frame_time; /* of the last tick; 0 for none */
  guint         tick_id;
};

enum { PROP_0,
       PROP_HALF,
       PROP_SHOW_SECRETS,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcCompareView, pc_compare_view, GTK_TYPE_WIDGET)

/* -- time ----------------------------------------------------------------- */

static gboolean
tick_cb (GtkWidget     *widget,
         GdkFrameClock *clock,
         gpointer       data)
{
  PcCompareView *self = PC_COMPARE_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  gint64 elapsed = self->frame_time > 0 ? now - self->frame_time : 0;

  self->frame_time = now;
  /* The last beat ends the playing, and that removes this callback. */
  pc_player_advance (self->leader, elapsed);
  return G_SOURCE_CONTINUE;
}

static void
playing_cb (PcCompareView *self)
{
  gboolean playing = self->comparison != NULL &&
                     pc_player_get_playing (self->leader);
  gboolean animations = TRUE;

  if (playing == (self->tick_id != 0))
    return;
  if (!playing) {
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick_id);
    self->tick_id = 0;
    return;
  }
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)),
                "gtk-enable-animations", &animations, NULL);
  pc_player_set_reduced_motion (self->leader, !animations);
  self->frame_time = 0;
  self->tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb,
                                                NULL, NULL);
}

/* -- which half ----------------------------------------------------------- */

static void
half_changed_cb (PcCompareView *self)
{
  PcHalf half = pc_duet_get_half (self->duet);

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (half == PC_HALF_LEFT
                                                       ? self->left_head
                                                       : self->right_head),
                                TRUE);
  pc_halves_layout_set_chosen (
      PC_HALVES_LAYOUT (gtk_widget_get_layout_manager (self->halves)), half);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_HALF]);
}

static void
head_toggled_cb (PcCompareView   *self,
                 GtkToggleButton *head)
{
  if (self->duet != NULL && gtk_toggle_button_get_active (head))
    pc_duet_set_half (self->duet, head == (gpointer) self->left_head
                                      ? PC_HALF_LEFT
                                      : PC_HALF_RIGHT);
}

/* -- words ---------------------------------------------------------------- */

/* What the author says about the beat that is lit, in place of the summary. */
static void
beat_changed_cb (PcCompareView *self)
{
  const PcBeat *beat = pc_duet_get_beat (self->duet);
  const PcComparisonRow *row = NULL;
  const char *note;

  if (self->comparison == NULL)
    return;
  pc_half_head_set_waiting (
      self->left_head,
      beat != NULL && beat->step[PC_HALF_LEFT] == PC_SCORE_NONE);
  pc_half_head_set_waiting (
      self->right_head,
      beat != NULL && beat->step[PC_HALF_RIGHT] == PC_SCORE_NONE);
  if (beat != NULL && beat->paired) {
    PcTimeline *left = pc_score_get_half (pc_duet_get_score (self->duet),
                                          PC_HALF_LEFT);
    PcStep *step = pc_timeline_get_step (left, beat->step[PC_HALF_LEFT]);

    row = pc_comparison_find_row (self->comparison, PC_HALF_LEFT,
                                  pc_step_get_mark (step));
  }
  note = row != NULL ? row->note : NULL;
  if (note != NULL)
    gtk_label_set_label (self->note, note);
  gtk_stack_set_visible_child_name (self->words,
                                    note != NULL ? "note" : "summary");
}

static void
show_words (PcCompareView *self,
            PcTimeline    *timelines[PC_N_HALVES])
{
  PcHalfHead *const heads[] = { self->left_head, self->right_head };
  const char *summary = pc_comparison_get_summary (self->comparison);
  const char *names[PC_N_HALVES];

  gtk_label_set_label (self->title,
                       pc_comparison_get_title (self->comparison));
  gtk_label_set_label (
      self->summary,
      summary != NULL
          ? summary
          : _ ("Steps that are alike come at the same time; where one side "
               "has more to say, the other waits."));
  for (guint half = 0; half < PC_N_HALVES; half++) {
    PcScenario *scenario = pc_comparison_get_scenario (self->comparison, half);
    const char *subtitle = pc_scenario_get_subtitle (scenario);

    pc_half_head_show (heads[half], pc_scenario_get_title (scenario), subtitle,
                       pc_duet_get_player (self->duet, half));
    names[half] = subtitle != NULL ? subtitle
                                   : pc_scenario_get_title (scenario);
  }
  pc_totals_table_show (self->totals, names[0], timelines[0], names[1],
                        timelines[1]);
  beat_changed_cb (self);
}

/* -- showing -------------------------------------------------------------- */

static PcScore *
make_score (PcComparison *comparison,
            PcTimeline   *left,
            PcTimeline   *right)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (PcBeat));

  for (guint i = 0; i < pc_comparison_get_n_rows (comparison); i++) {
    const PcComparisonRow *row = pc_comparison_get_row (comparison, i);
    int x = pc_timeline_find_mark (left, row->left);
    int y = pc_timeline_find_mark (right, row->right);
    PcBeat pair = { { (guint) x, (guint) y }, TRUE };

    if (x >= 0 && y >= 0)
      g_array_append_val (pairs, pair);
  }
  return pc_score_new (left, right, (const PcBeat *) pairs->data, pairs->len);
}

void
pc_compare_view_show (PcCompareView *self,
                      PcComparison  *comparison,
                      PcTimeline    *left,
                      PcTimeline    *right)
{
  PcTimeline *timelines[PC_N_HALVES] = { left, right };
  g_autoptr (PcScore) score = NULL;
  int height;

  g_return_if_fail (PC_IS_COMPARE_VIEW (self));
  g_return_if_fail (comparison != NULL);
  g_return_if_fail (PC_IS_TIMELINE (left) && PC_IS_TIMELINE (right));

  score = make_score (comparison, left, right);
  pc_comparison_ref (comparison);
  g_clear_pointer (&self->comparison, pc_comparison_unref);
  self->comparison = comparison;
  pc_duet_set_score (self->duet, score);
  show_words (self, timelines);
  height = gtk_widget_get_height (
      GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))));
  gtk_expander_set_expanded (self->expander, height >= TABLE_HEIGHT);
  if (pc_score_get_n_beats (score) > 0)
    pc_player_show_step (self->leader, 0);
}

void
pc_compare_view_clear (PcCompareView *self)
{
  g_return_if_fail (PC_IS_COMPARE_VIEW (self));

  if (self->comparison == NULL)
    return;
  pc_player_set_playing (self->leader, FALSE);
  g_clear_pointer (&self->comparison, pc_comparison_unref);
  pc_duet_set_score (self->duet, NULL);
}

/* -- life ----------------------------------------------------------------- */

/* The keys of the player work from the diagrams. */
static gboolean
grab_focus (GtkWidget *widget)
{
  PcCompareView *self = PC_COMPARE_VIEW (widget);

  return gtk_widget_child_focus (pc_duet_get_half (self->duet) == PC_HALF_LEFT
                                     ? self->left_canvas
                                     : self->right_canvas,
                                 GTK_DIR_TAB_FORWARD);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcCompareView *self = PC_COMPARE_VIEW (object);

  switch (id) {
  case PROP_HALF:
    g_value_set_uint (value, pc_duet_get_half (self->duet));
    break;
  case PROP_SHOW_SECRETS:
    g_value_set_boolean (value,
                         pc_diagram_get_show_secrets (self->diagrams[0]));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcCompareView *self = PC_COMPARE_VIEW (object);

  switch (id) {
  case PROP_HALF:
    pc_duet_set_half (self->duet, g_value_get_uint (value));
    break;
  case PROP_SHOW_SECRETS:
    for (guint half = 0; half < PC_N_HALVES; half++)
      pc_diagram_set_show_secrets (self->diagrams[half],
                                   g_value_get_boolean (value));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  PcCompareView *self = PC_COMPARE_VIEW (object);

  if (self->leader != NULL)
    g_signal_handlers_disconnect_by_data (self->leader, self);
  if (self->duet != NULL)
    g_signal_handlers_disconnect_by_data (self->duet, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->duet);
  g_clear_object (&self->leader);
  g_clear_pointer (&self->comparison, pc_comparison_unref);
  G_OBJECT_CLASS (pc_compare_view_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcCompareView, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (box);
  BIND (title);
  BIND (summary);
  BIND (words);
  BIND (note);
  BIND (halves);
  BIND (left_head);
  BIND (right_head);
  BIND (left_canvas);
  BIND (right_canvas);
  BIND (expander);
  BIND (totals);
  gtk_widget_class_bind_template_callback (widget_class, head_toggled_cb);
}

#undef BIND

static void
pc_compare_view_class_init (PcCompareViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_HALF_HEAD);
  g_type_ensure (PC_TYPE_HALVES_LAYOUT);
  g_type_ensure (PC_TYPE_TOTALS_TABLE);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->grab_focus = grab_focus;
  props[PROP_HALF] = g_param_spec_uint (
      "half", NULL, NULL, 0, PC_N_HALVES - 1, PC_HALF_LEFT,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOW_SECRETS] = g_param_spec_boolean (
      "show-secrets", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/compare-view.ui");
  bind_children (widget_class);
}

static void
pc_compare_view_init (PcCompareView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_compare_view_new (PcPlayer *leader)
{
  PcCompareView *self = g_object_new (PC_TYPE_COMPARE_VIEW, NULL);
  GtkLayoutManager *layout;

  self->leader = g_object_ref (leader);
  self->duet = pc_duet_new (leader);
  for (guint half = 0; half < PC_N_HALVES; half++) {
    GtkWidget *diagram = pc_diagram_new ();

    self->diagrams[half] = PC_DIAGRAM (diagram);
    gtk_widget_set_hexpand (diagram, TRUE);
    gtk_widget_set_vexpand (diagram, TRUE);
    gtk_box_append (GTK_BOX (half == PC_HALF_LEFT ? self->left_canvas
                                                  : self->right_canvas),
                    diagram);
    pc_diagram_set_player (self->diagrams[half],
                           pc_duet_get_player (self->duet, half));
  }
  layout = gtk_widget_get_layout_manager (self->halves);
  g_object_bind_property (layout, "narrow", self->left_head, "compact",
                          G_BINDING_SYNC_CREATE);
  g_object_bind_property (layout, "narrow", self->right_head, "compact",
                          G_BINDING_SYNC_CREATE);
  g_signal_connect_swapped (self->duet, "notify::half",
                            G_CALLBACK (half_changed_cb), self);
  g_signal_connect_swapped (leader, "notify::current",
                            G_CALLBACK (beat_changed_cb), self);
  g_signal_connect_swapped (leader, "notify::playing",
                            G_CALLBACK (playing_cb), self);
  return GTK_WIDGET (self);
}

PcDuet *
pc_compare_view_get_duet (PcCompareView *self)
{
  g_return_val_if_fail (PC_IS_COMPARE_VIEW (self), NULL);

  return self->duet;
}

PcStep *
pc_compare_view_get_step (PcCompareView *self,
                          PcTimeline   **timeline)
{
  PcPlayer *player;
  guint current;

  g_return_val_if_fail (PC_IS_COMPARE_VIEW (self), NULL);

  player = pc_duet_get_player (self->duet, pc_duet_get_half (self->duet));
  *timeline = pc_player_get_timeline (player);
  current = pc_player_get_current (player);
  return *timeline != NULL ? pc_timeline_get_step (*timeline, current) : NULL;
}
