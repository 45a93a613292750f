/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wire of the lab.  It runs nothing: it is given timelines, also such as
 * still grow. */

#include "app/lab-stage.h"

#include "app/compare-view.h"
#include "app/flow-layout.h"
#include "app/player-actions.h"
#include "app/tab-stop.h"
#include "app/transport.h"

#include "diagram/diagram.h"

#include <glib/gi18n-lib.h>

struct _PcLabStage
{
  GtkWidget parent_instance;

  GtkWidget   *box;
  GtkWidget   *eavesdrop;
  GtkStack    *stack;
  GtkLabel    *text;
  GtkWidget   *canvas;
  PcTransport *transport;

  PcDiagram          *diagram; /* made with the first exchange */
  PcCompareView      *compare; /* made with the first comparison */
  PcInspector        *inspector;
  PcPlayer           *player;
  PcTimeline         *timeline; /* the whole; the player may have a view */
  GSimpleActionGroup *actions;
  gulong              follow_id; /* of @timeline */
  gboolean            two;
};

G_DEFINE_FINAL_TYPE (PcLabStage, pc_lab_stage, GTK_TYPE_WIDGET)

/* -- the inspector -------------------------------------------------------- */

static void
show_current_cb (PcLabStage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  PcStep *step = NULL;

  /* Several stages share it. */
  if (self->inspector == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  if (self->two)
    step = pc_compare_view_get_step (self->compare, &timeline);
  else if (timeline != NULL && current < pc_timeline_get_n_steps (timeline))
    step = pc_timeline_get_step (timeline, current);
  pc_inspector_set_step (self->inspector, step != NULL ? timeline : NULL,
                         step);
}

void
pc_lab_stage_set_inspector (PcLabStage  *self,
                            PcInspector *inspector)
{
  g_return_if_fail (PC_IS_LAB_STAGE (self));

  self->inspector = inspector;
  show_current_cb (self);
}

/* -- what is shown -------------------------------------------------------- */

static GSimpleAction *
get_action (PcLabStage *self,
            const char *name)
{
  return G_SIMPLE_ACTION (
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name));
}

static void
stop_following (PcLabStage *self)
{
  if (self->follow_id != 0)
    g_signal_handler_disconnect (self->timeline, self->follow_id);
  self->follow_id = 0;
}

static void
set_timeline (PcLabStage *self,
              PcTimeline *timeline)
{
  gboolean secure = timeline != NULL && pc_timeline_has_secure_steps (timeline);

  stop_following (self);
  g_set_object (&self->timeline, timeline);
  g_simple_action_set_state (get_action (self, "eavesdrop"),
                             g_variant_new_boolean (FALSE));
  g_simple_action_set_enabled (get_action (self, "eavesdrop"), secure);
  gtk_widget_set_visible (self->eavesdrop, secure);
}

/* One diagram drives the player, or the comparison does. */
static void
set_two (PcLabStage *self,
         gboolean    two)
{
  if (self->two && !two)
    pc_compare_view_clear (self->compare);
  self->two = two;
  g_simple_action_set_enabled (get_action (self, "other-half"), two);
  if (self->diagram != NULL)
    pc_diagram_set_player (self->diagram, two ? NULL : self->player);
}

static void
ensure_diagram (PcLabStage *self)
{
  GtkWidget *diagram;

  if (self->diagram != NULL)
    return;
  diagram = pc_diagram_new ();
  self->diagram = PC_DIAGRAM (diagram);
  gtk_widget_set_hexpand (diagram, TRUE);
  gtk_widget_set_vexpand (diagram, TRUE);
  gtk_box_append (GTK_BOX (self->canvas), diagram);
  if (self->inspector != NULL)
    g_object_bind_property (self->inspector, "reveal", diagram,
                            "show-secrets", G_BINDING_SYNC_CREATE);
}

static void
ensure_compare (PcLabStage *self)
{
  GtkWidget *view;

  if (self->compare != NULL)
    return;
  view = pc_compare_view_new (self->player);
  self->compare = PC_COMPARE_VIEW (view);
  gtk_stack_add_named (self->stack, view, "two");
  if (self->inspector != NULL)
    g_object_bind_property (self->inspector, "reveal", view, "show-secrets",
                            G_BINDING_SYNC_CREATE);
  g_signal_connect_object (view, "notify::half", G_CALLBACK (show_current_cb),
                           self, G_CONNECT_SWAPPED);
  /* They follow the stage's player, which has told too early. */
  for (guint half = 0; half < PC_N_HALVES; half++)
    g_signal_connect_object (
        pc_duet_get_player (pc_compare_view_get_duet (self->compare), half),
        "notify::current", G_CALLBACK (show_current_cb), self,
        G_CONNECT_SWAPPED);
}

void
pc_lab_stage_show_text (PcLabStage *self,
                        const char *text)
{
  g_return_if_fail (PC_IS_LAB_STAGE (self));

  set_two (self, FALSE);
  set_timeline (self, NULL);
  pc_player_set_timeline (self->player, NULL);
  gtk_label_set_label (self->text, text);
  gtk_stack_set_visible_child_name (self->stack, "text");
  show_current_cb (self);
}

static void
grown_cb (PcLabStage *self)
{
  pc_player_last (self->player);
  gtk_stack_set_visible_child_name (self->stack, "exchange");
}

void
pc_lab_stage_follow (PcLabStage *self,
                     PcTimeline *timeline)
{
  g_return_if_fail (PC_IS_LAB_STAGE (self));
  g_return_if_fail (PC_IS_TIMELINE (timeline));

  ensure_diagram (self);
  set_two (self, FALSE);
  set_timeline (self, timeline);
  pc_player_set_timeline (self->player, timeline);
  self->follow_id = g_signal_connect_swapped (timeline, "items-changed",
                                              G_CALLBACK (grown_cb), self);
  if (pc_timeline_get_n_steps (timeline) > 0)
    grown_cb (self);
}

void
pc_lab_stage_show (PcLabStage *self,
                   PcTimeline *timeline,
                   guint       step)
{
  guint n;

  g_return_if_fail (PC_IS_LAB_STAGE (self));
  g_return_if_fail (PC_IS_TIMELINE (timeline));

  n = pc_timeline_get_n_steps (timeline);
  ensure_diagram (self);
  set_two (self, FALSE);
  set_timeline (self, timeline);
  /* Whoever shows how long it is counts it now. */
  pc_player_set_timeline (self->player, NULL);
  pc_player_set_timeline (self->player, timeline);
  if (n > 0)
    pc_player_show_step (self->player,
                         step > 0 ? pc_timeline_find_number (timeline, step)
                                  : 0);
  gtk_stack_set_visible_child_name (self->stack, "exchange");
  show_current_cb (self);
}

void
pc_lab_stage_show_two (PcLabStage *self,
                       const char *left_title,
                       PcTimeline *left,
                       const char *right_title,
                       PcTimeline *right)
{
  g_return_if_fail (PC_IS_LAB_STAGE (self));

  ensure_compare (self);
  set_timeline (self, NULL);
  pc_player_set_timeline (self->player, NULL);
  set_two (self, TRUE);
  pc_compare_view_show_timelines (self->compare, left_title, left,
                                  right_title, right);
  gtk_stack_set_visible_child_name (self->stack, "two");
  show_current_cb (self);
}

/* -- commands ------------------------------------------------------------- */

static void
eavesdrop_cb (GSimpleAction *action,
              GVariant      *state,
              gpointer       data)
{
  PcLabStage *self = data;

  if (self->timeline == NULL || pc_player_get_timeline (self->player) == NULL)
    return;
  g_simple_action_set_state (action, state);
  pc_player_show_wire (self->player, self->timeline,
                       g_variant_get_boolean (state));
  show_current_cb (self);
}

static void
other_half_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  PcLabStage *self = data;
  PcDuet *duet = pc_compare_view_get_duet (self->compare);

  pc_duet_set_half (duet, pc_duet_get_half (duet) == PC_HALF_LEFT
                              ? PC_HALF_RIGHT
                              : PC_HALF_LEFT);
}

static gboolean
key_pressed_cb (PcLabStage     *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return pc_player_actions_take_key (G_ACTION_GROUP (self->actions),
                                     gtk_root_get_focus (root), key, state);
}

GSimpleActionGroup *
pc_lab_stage_get_actions (PcLabStage *self)
{
  g_return_val_if_fail (PC_IS_LAB_STAGE (self), NULL);

  return self->actions;
}

PcPlayer *
pc_lab_stage_get_player (PcLabStage *self)
{
  g_return_val_if_fail (PC_IS_LAB_STAGE (self), NULL);

  return self->player;
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  PcLabStage *self = PC_LAB_STAGE (widget);

  return self->two ? gtk_widget_grab_focus (GTK_WIDGET (self->compare))
                   : gtk_widget_child_focus (self->canvas,
                                             GTK_DIR_TAB_FORWARD);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_lab_stage_parent_class)->map (widget);
  show_current_cb (PC_LAB_STAGE (widget));
}

static void
dispose (GObject *object)
{
  PcLabStage *self = PC_LAB_STAGE (object);

  stop_following (self);
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  self->inspector = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->timeline);
  g_clear_object (&self->actions);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (pc_lab_stage_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabStage, name)

static void
pc_lab_stage_class_init (PcLabStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_TRANSPORT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->map = map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-stage.ui");
  BIND (box);
  BIND (eavesdrop);
  BIND (stack);
  BIND (text);
  BIND (canvas);
  BIND (transport);
}

#undef BIND

static void
pc_lab_stage_init (PcLabStage *self)
{
  static const GActionEntry entries[] = {
    { .name = "eavesdrop", .state = "false", .change_state = eavesdrop_cb },
    { .name = "other-half", .activate = other_half_cb },
  };
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->player = pc_player_new ();
  self->actions = pc_player_actions_new (self->player);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  g_simple_action_set_enabled (get_action (self, "other-half"), FALSE);
  g_simple_action_set_enabled (get_action (self, "eavesdrop"), FALSE);
  pc_transport_set_player (self->transport, self->player);
  g_signal_connect_swapped (self->player, "notify::current",
                            G_CALLBACK (show_current_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
