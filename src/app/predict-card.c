/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks before a step what it will be.  A round begins with the exchange, or
 * when it is played from its beginning.  The player is stopped by itself,
 * exactly before the step, so nothing of it has been seen. */

#include "app/predict-card.h"

#include "app/flow-layout.h"
#include "app/predict-option-row.h"
#include "app/predict-round.h"
#include "app/whole-height.h"

#include <glib/gi18n-lib.h>
#include <math.h>

struct _PcPredictCard
{
  GtkWidget parent_instance;

  GtkWidget   *revealer;
  GtkWidget   *frame;
  GtkWidget   *scroller;
  GtkWidget   *sheet;
  GtkLabel    *question;
  GtkWidget   *options;
  GtkWidget   *verdict;
  GtkImage    *verdict_icon;
  GtkLabel    *verdict_title;
  GtkLabel    *said;
  GtkLabel    *explanation;
  GtkWidget   *missed_box;
  GtkWidget   *missed;
  GtkWidget   *skip;
  GtkWidget   *go_on;
  GtkWidget   *close;

  PcPlayer      *player;
  PcPredictRound *round;
  PcPrediction  *prediction;
  PcPredictStage stage;
  guint          at; /* of the round, while asking or answered */
  char          *score;
  GtkWidget     *focus_before; /* weak */
  gboolean       active;
  gboolean       paused;
};

enum { PROP_0,
       PROP_ACTIVE,
       PROP_SCORE,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcPredictCard, pc_predict_card, GTK_TYPE_WIDGET)

static PcTimeline *
get_timeline (PcPredictCard *self)
{
  return self->player != NULL ? pc_player_get_timeline (self->player) : NULL;
}

static gboolean
can_ask (PcPredictCard *self)
{
  return self->active && !self->paused && get_timeline (self) != NULL;
}

/* -- score ---------------------------------------------------------------- */

static void
update_score (PcPredictCard *self)
{
  g_free (self->score);
  self->score = NULL;
  if (can_ask (self) && pc_predict_round_get_n (self->round) == 0)
    self->score = g_strdup (_ ("Nothing to predict here"));
  else if (self->active && pc_predict_round_count_answered (self->round) > 0)
    self->score = pc_predict_round_dup_score (self->round);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_SCORE]);
}

/* -- showing and hiding --------------------------------------------------- */

static void
remove_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static GtkWidget *
get_focus (PcPredictCard *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return root != NULL ? gtk_root_get_focus (root) : NULL;
}

static gboolean
has_focus (PcPredictCard *self)
{
  GtkWidget *focus = get_focus (self);

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self));
}

/* Words that are being typed are not interrupted. */
static void
take_focus (PcPredictCard *self,
            GtkWidget     *widget)
{
  GtkWidget *focus = get_focus (self);

  if (focus != NULL && GTK_IS_EDITABLE (focus))
    return;
  if (focus != NULL && !has_focus (self))
    g_set_weak_pointer (&self->focus_before, focus);
  gtk_widget_grab_focus (widget);
}

static void
reveal (PcPredictCard *self)
{
  gtk_widget_set_visible (self->revealer, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), TRUE);
}

static void
revealed_cb (PcPredictCard *self)
{
  GtkRevealer *revealer = GTK_REVEALER (self->revealer);

  if (!gtk_revealer_get_child_revealed (revealer) &&
      !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_set_visible (self->revealer, FALSE);
}

/* The focus goes back to where it was. */
static void
hide (PcPredictCard *self)
{
  GtkWidget *before = self->focus_before;

  self->stage = PC_PREDICT_IDLE;
  g_clear_pointer (&self->prediction, pc_prediction_free);
  if (before != NULL && has_focus (self) && gtk_widget_get_mapped (before))
    gtk_widget_grab_focus (before);
  g_clear_weak_pointer (&self->focus_before);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), FALSE);
}

static void
show_parts (PcPredictCard *self,
            PcPredictStage stage)
{
  self->stage = stage;
  gtk_widget_set_visible (self->options, stage != PC_PREDICT_SUMMARY);
  gtk_widget_set_visible (self->verdict, stage == PC_PREDICT_ANSWERED);
  gtk_widget_set_visible (self->missed_box,
                          stage == PC_PREDICT_SUMMARY &&
                              pc_predict_round_count (self->round,
                                                      PC_PREDICT_WRONG) > 0);
  gtk_widget_set_visible (self->skip, stage == PC_PREDICT_ASKING);
  gtk_widget_set_visible (self->go_on, stage == PC_PREDICT_ANSWERED);
  gtk_widget_set_visible (self->close, stage == PC_PREDICT_SUMMARY);
  reveal (self);
}

static void
set_question (PcPredictCard *self,
              const char    *text)
{
  gtk_label_set_label (self->question, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->sheet),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

/* -- answering ------------------------------------------------------------ */

static void
show_verdict (PcPredictCard   *self,
              PcPredictOutcome outcome)
{
  static const struct
  {
    const char *title, *icon, *class;
  } looks[] = {
    [PC_PREDICT_PASSED] = { N_ ("This is what comes next"),
                            "pc-right-symbolic", "shown" },
    [PC_PREDICT_RIGHT] = { N_ ("Right"), "pc-right-symbolic", "right" },
    [PC_PREDICT_WRONG] = { N_ ("Not this time"), "pc-wrong-symbolic",
                           "wrong" },
  };
  PcStep *step = pc_timeline_get_step (get_timeline (self),
                                       self->prediction->index);
  const char *title = _ (looks[outcome].title);
  const char *said = pc_step_get_summary (step);
  const char *text = pc_step_get_explanation (step);
  g_autofree char *spoken = g_strdup_printf ("%s\n%s\n%s", title, said, text);

  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    if (looks[i].class != NULL)
      gtk_widget_remove_css_class (self->verdict, looks[i].class);
  gtk_widget_add_css_class (self->verdict, looks[outcome].class);
  gtk_image_set_from_icon_name (self->verdict_icon, looks[outcome].icon);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_icon),
                          outcome != PC_PREDICT_PASSED);
  gtk_label_set_label (self->verdict_title, title);
  gtk_label_set_label (self->said, said);
  gtk_label_set_label (self->explanation, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->go_on),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, spoken,
                                  -1);
}

/* @chosen: G_MAXUINT for none. Of the options only those that matter stay. */
static void
judge (PcPredictCard *self,
       guint          chosen)
{
  guint right = self->prediction->right;
  guint i = 0;
  PcPredictOutcome outcome = chosen == G_MAXUINT ? PC_PREDICT_PASSED
                             : chosen == right   ? PC_PREDICT_RIGHT
                                                 : PC_PREDICT_WRONG;

  pc_predict_round_set_outcome (self->round, self->at, outcome);
  for (GtkWidget *row = gtk_widget_get_first_child (self->options);
       row != NULL; row = gtk_widget_get_next_sibling (row), i++) {
    gtk_widget_set_visible (row, i == right || i == chosen);
    if (i == right || i == chosen)
      pc_predict_option_row_judge (PC_PREDICT_OPTION_ROW (row), i == right,
                                   i == chosen);
  }
  show_verdict (self, outcome);
  show_parts (self, PC_PREDICT_ANSWERED);
  take_focus (self, self->go_on);
  update_score (self);
}

static void
option_cb (GtkWidget *row,
           gpointer   data)
{
  PcPredictCard *self = data;
  guint chosen = 0;

  if (self->stage != PC_PREDICT_ASKING)
    return;
  for (GtkWidget *other = gtk_widget_get_prev_sibling (row); other != NULL;
       other = gtk_widget_get_prev_sibling (other))
    chosen++;
  judge (self, chosen);
}

static void
skip_cb (PcPredictCard *self)
{
  if (self->stage == PC_PREDICT_ASKING)
    judge (self, G_MAXUINT);
}

static void
go_on_cb (PcPredictCard *self)
{
  pc_player_set_playing (self->player, TRUE);
}

static void
close_cb (PcPredictCard *self)
{
  hide (self);
}

/* -- asking --------------------------------------------------------------- */

static void
ask (PcPredictCard *self,
     guint          at)
{
  self->prediction = pc_predict_round_ask (self->round, at);
  if (self->prediction == NULL)
    return;
  self->at = at;
  set_question (self, self->prediction->question);
  remove_children (self->options);
  for (guint i = 0; i < self->prediction->n_options; i++) {
    GtkWidget *row = pc_predict_option_row_new (
        &self->prediction->options[i], i + 1,
        self->prediction->ask != PC_PREDICT_STATE);

    g_signal_connect (row, "clicked", G_CALLBACK (option_cb), self);
    gtk_box_append (GTK_BOX (self->options), row);
  }
  show_parts (self, PC_PREDICT_ASKING);
  take_focus (self, self->sheet);
}

static void
show_summary (PcPredictCard *self)
{
  g_autofree char *score = pc_predict_round_dup_score (self->round);

  set_question (self, score);
  remove_children (self->missed);
  for (guint i = 0; i < pc_predict_round_get_n (self->round); i++) {
    PcStep *step = pc_timeline_get_step (
        get_timeline (self), pc_predict_round_get_index (self->round, i));
    g_autofree char *text = NULL;
    GtkWidget *button;

    if (pc_predict_round_get_outcome (self->round, i) != PC_PREDICT_WRONG)
      continue;
    /* Translators: a step's number, what it is about. */
    text = g_strdup_printf (_ ("Step %u: %s"), pc_step_get_number (step),
                            pc_step_get_title (step));
    button = gtk_button_new_with_label (text);
    gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                        TRUE);
    gtk_widget_set_tooltip_text (button, _ ("Show this step"));
    gtk_widget_add_css_class (button, "step-link");
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-step");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u",
                                      pc_step_get_number (step));
    gtk_box_append (GTK_BOX (self->missed), button);
  }
  show_parts (self, PC_PREDICT_SUMMARY);
  take_focus (self, self->close);
}

/* -- the player ----------------------------------------------------------- */

static void
begin_round (PcPredictCard *self)
{
  hide (self);
  pc_predict_round_begin (self->round,
                          can_ask (self) ? get_timeline (self) : NULL);
  update_score (self);
}

/* The question to be put at @position exactly; or their number. */
static guint
find_due (PcPredictCard *self,
          double         position)
{
  guint next = pc_predict_round_find (self->round, position);
  guint n = pc_predict_round_get_n (self->round);

  return next < n && pc_predict_round_get_index (self->round, next) == position
             ? next
             : n;
}

static void
set_stop (PcPredictCard *self)
{
  double position = pc_player_get_position (self->player);
  guint next = pc_predict_round_find (self->round, position);

  pc_player_set_stop (self->player,
                      next < pc_predict_round_get_n (self->round)
                          ? pc_predict_round_get_index (self->round, next)
                          : G_MAXUINT);
}

/* By hand, or by playing on: not counted, and not asked again. */
static void
dismiss (PcPredictCard *self)
{
  if (self->stage == PC_PREDICT_ASKING)
    pc_predict_round_set_outcome (self->round, self->at, PC_PREDICT_PASSED);
  if (self->stage != PC_PREDICT_IDLE)
    hide (self);
}

static void
started (PcPredictCard *self,
         double         position)
{
  dismiss (self);
  if (position <= 0)
    begin_round (self);
  if (find_due (self, position) < pc_predict_round_get_n (self->round))
    pc_player_set_playing (self->player, FALSE);
  else
    set_stop (self);
}

static void
paused (PcPredictCard *self,
        double         position)
{
  guint due = find_due (self, position);

  if (due < pc_predict_round_get_n (self->round))
    ask (self, due);
  else if (position >= pc_timeline_get_n_steps (get_timeline (self)) &&
           pc_predict_round_count_answered (self->round) > 0)
    show_summary (self);
}

static void
playing_cb (PcPredictCard *self)
{
  double position = pc_player_get_position (self->player);

  if (!can_ask (self))
    return;
  if (pc_player_get_playing (self->player))
    started (self, position);
  else if (self->stage == PC_PREDICT_IDLE)
    paused (self, position);
}

static void
position_cb (PcPredictCard *self)
{
  if ((self->stage == PC_PREDICT_ASKING ||
       self->stage == PC_PREDICT_ANSWERED) &&
      pc_player_get_position (self->player) != self->prediction->index)
    dismiss (self);
}

/* -- size ----------------------------------------------------------------- */

static GtkSizeRequestMode
get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
measure (GtkWidget     *widget,
         GtkOrientation orientation,
         int            for_size,
         int           *minimum,
         int           *natural,
         int           *minimum_baseline,
         int           *natural_baseline)
{
  PcPredictCard *self = PC_PREDICT_CARD (widget);
  int frame, missing;

  *minimum = *natural = 0;
  if (!gtk_widget_get_visible (self->revealer))
    return;
  gtk_widget_measure (self->revealer, orientation, for_size, minimum, natural,
                      NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL || for_size < 0)
    return;
  gtk_widget_measure (self->frame, orientation, for_size, NULL, &frame, NULL,
                      NULL);
  missing = pc_whole_height_get_missing (self->frame, self->scroller,
                                         self->sheet, for_size);
  /* What the revealer shows of it so far. */
  if (frame > 0)
    *natural = MAX (*minimum, (int) ((double) *natural / frame *
                                     (frame + missing)));
}

static void
size_allocate (GtkWidget *widget,
               int        width,
               int        height,
               int        baseline)
{
  PcPredictCard *self = PC_PREDICT_CARD (widget);

  if (gtk_widget_get_visible (self->revealer))
    gtk_widget_size_allocate (self->revealer,
                              &(GtkAllocation){ 0, 0, width, height }, -1);
}

/* -- GObject -------------------------------------------------------------- */

static void
update_stop (PcPredictCard *self)
{
  if (self->player == NULL)
    return;
  pc_player_set_stop (self->player, G_MAXUINT);
  if (can_ask (self) && pc_player_get_playing (self->player))
    set_stop (self);
}

static void
set_active (PcPredictCard *self,
            gboolean       active)
{
  if (self->active == active)
    return;
  self->active = active;
  begin_round (self);
  update_stop (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ACTIVE]);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcPredictCard *self = PC_PREDICT_CARD (object);

  switch (id) {
  case PROP_ACTIVE:
    g_value_set_boolean (value, self->active);
    break;
  case PROP_SCORE:
    g_value_set_string (value, self->score);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id == PROP_ACTIVE)
    set_active (PC_PREDICT_CARD (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  PcPredictCard *self = PC_PREDICT_CARD (object);

  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
  g_clear_weak_pointer (&self->focus_before);
  g_clear_pointer (&self->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_predict_card_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcPredictCard *self = PC_PREDICT_CARD (object);

  g_clear_pointer (&self->prediction, pc_prediction_free);
  g_clear_pointer (&self->round, pc_predict_round_free);
  g_free (self->score);
  G_OBJECT_CLASS (pc_predict_card_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcPredictCard, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/predict-card.ui");
  BIND (revealer);
  BIND (frame);
  BIND (scroller);
  BIND (sheet);
  BIND (question);
  BIND (options);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_title);
  BIND (said);
  BIND (explanation);
  BIND (missed_box);
  BIND (missed);
  BIND (skip);
  BIND (go_on);
  BIND (close);
  gtk_widget_class_bind_template_callback (widget_class, revealed_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_cb);
  gtk_widget_class_bind_template_callback (widget_class, go_on_cb);
  gtk_widget_class_bind_template_callback (widget_class, close_cb);
}

#undef BIND

static void
pc_predict_card_class_init (PcPredictCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  object_class->dispose = dispose;
  object_class->finalize = finalize;
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  props[PROP_ACTIVE] = g_param_spec_boolean (
      "active", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  props[PROP_SCORE] = g_param_spec_string (
      "score", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  widget_class->get_request_mode = get_request_mode;
  widget_class->measure = measure;
  widget_class->size_allocate = size_allocate;
  bind_template (widget_class);
}

static void
pc_predict_card_init (PcPredictCard *self)
{
  self->round = pc_predict_round_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_predict_card_set_player (PcPredictCard *self,
                            PcPlayer      *player)
{
  g_return_if_fail (PC_IS_PREDICT_CARD (self));
  g_return_if_fail (self->player == NULL);

  self->player = g_object_ref (player);
  g_signal_connect_swapped (player, "notify::timeline",
                            G_CALLBACK (begin_round), self);
  g_signal_connect_swapped (player, "notify::playing",
                            G_CALLBACK (playing_cb), self);
  g_signal_connect_swapped (player, "notify::position",
                            G_CALLBACK (position_cb), self);
}

void
pc_predict_card_set_paused (PcPredictCard *self,
                            gboolean       paused)
{
  g_return_if_fail (PC_IS_PREDICT_CARD (self));

  if (self->paused == paused)
    return;
  self->paused = paused;
  if (paused)
    dismiss (self);
  else if (pc_predict_round_get_n (self->round) == 0)
    begin_round (self);
  update_stop (self);
}

gboolean
pc_predict_card_get_active (PcPredictCard *self)
{
  g_return_val_if_fail (PC_IS_PREDICT_CARD (self), FALSE);

  return self->active;
}

const char *
pc_predict_card_get_score (PcPredictCard *self)
{
  g_return_val_if_fail (PC_IS_PREDICT_CARD (self), NULL);

  return self->score;
}

PcPredictStage
pc_predict_card_get_stage (PcPredictCard *self)
{
  g_return_val_if_fail (PC_IS_PREDICT_CARD (self), PC_PREDICT_IDLE);

  return self->stage;
}

gboolean
pc_predict_card_take_key (PcPredictCard *self,
                          guint          key)
{
  guint digit = key >= GDK_KEY_KP_1 && key <= GDK_KEY_KP_4
                    ? key - GDK_KEY_KP_1
                    : key - GDK_KEY_1;
  GtkWidget *row;

  g_return_val_if_fail (PC_IS_PREDICT_CARD (self), FALSE);

  if (self->stage != PC_PREDICT_ASKING ||
      digit >= self->prediction->n_options)
    return FALSE;
  row = gtk_widget_get_first_child (self->options);
  while (digit-- > 0)
    row = gtk_widget_get_next_sibling (row);
  take_focus (self, row);
  return TRUE;
}

