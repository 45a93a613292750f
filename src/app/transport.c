/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows where the player is and lets one take it elsewhere.  The buttons are
 * bound to the window's actions in the template; only the scrubber speaks
 * with the player itself. */

#include "app/transport.h"

#include "app/flow-layout.h"
#include "app/left-to-right.h"
#include "app/step-marks.h"

#include <math.h>

#include <glib/gi18n-lib.h>

struct _PcTransport
{
  GtkWidget parent_instance;

  GtkWidget     *flow;
  GtkWidget     *play_button;
  GtkMenuButton *speed_button;
  GtkLabel      *step_label;
  GtkLabel      *time_label;
  GtkRange      *scale;
  PcStepMarks   *marks;

  PcPlayer   *player;
  PcTimeline *timeline; /* that may still grow; or NULL */
  gboolean    updating; /* the scale moves because the player did */
};

enum { PROP_0,
       PROP_PLAYER,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcTransport, pc_transport, GTK_TYPE_WIDGET)

char *
pc_transport_format_time (gint64 time_us)
{
  if (time_us < G_USEC_PER_SEC)
    /* Translators: milliseconds. */
    return g_strdup_printf (_ ("%.3f ms"), time_us / 1e3);
  /* Translators: seconds. */
  return g_strdup_printf (_ ("%.3f s"), time_us / 1e6);
}

static guint
get_n_steps (PcTransport *self)
{
  PcTimeline *timeline =
      self->player != NULL ? pc_player_get_timeline (self->player) : NULL;

  return timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
}

static void
update_labels (PcTransport *self)
{
  guint n = get_n_steps (self);
  guint current =
      self->player != NULL ? pc_player_get_current (self->player) : G_MAXUINT;
  g_autofree char *text = NULL;
  g_autofree char *time = NULL;

  if (n == 0) {
    gtk_label_set_label (self->step_label, "");
    gtk_label_set_label (self->time_label, "");
    return;
  }
  if (current >= n) {
    text = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
    time = g_strdup ("");
  } else {
    PcTimeline *timeline = pc_player_get_timeline (self->player);
    PcStep *step = pc_timeline_get_step (timeline, current);

    text = g_strdup_printf (_ ("Step %u of %u"), current + 1, n);
    /* Where two exchanges are shown in step, there is no one time. */
    time = pc_step_get_time (step) < 0
               ? g_strdup ("")
               : pc_transport_format_time (pc_step_get_time (step));
  }
  gtk_label_set_label (self->step_label, text);
  gtk_label_set_label (self->time_label, time);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
position_changed_cb (PcTransport *self)
{
  self->updating = TRUE;
  gtk_range_set_value (self->scale, pc_player_get_position (self->player));
  self->updating = FALSE;
}

static void
current_changed_cb (PcTransport *self)
{
  update_labels (self);
}

static void
playing_changed_cb (PcTransport *self)
{
  gboolean playing =
      self->player != NULL && pc_player_get_playing (self->player);
  const char *name = playing ? _ ("Pause") : _ ("Play");

  gtk_button_set_icon_name (GTK_BUTTON (self->play_button),
                            playing ? "media-playback-pause-symbolic"
                                    : "media-playback-start-symbolic");
  gtk_widget_set_tooltip_text (self->play_button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->play_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
speed_changed_cb (PcTransport *self)
{
  g_autofree char *label = NULL;
  g_autofree char *name = NULL;

  if (self->player == NULL)
    return;
  /* Translators: speed of showing, as in "2×". */
  label = g_strdup_printf (_ ("%g×"), pc_player_get_speed (self->player));
  /* Translators: %s is as in "2×". */
  name = g_strdup_printf (_ ("Speed %s"), label);
  gtk_menu_button_set_label (self->speed_button, label);
  pc_widget_keep_left_to_right (GTK_WIDGET (self->speed_button));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->speed_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* It is longer than it was: somebody is still talking. */
static void
show_length (PcTransport *self)
{
  guint n = get_n_steps (self);

  self->updating = TRUE;
  gtk_range_set_range (self->scale, 0, MAX (n, 1));
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->scale), n > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self->marks));
  if (self->player != NULL)
    position_changed_cb (self);
  update_labels (self);
}

static void
set_timeline (PcTransport *self,
              PcTimeline  *timeline)
{
  if (self->timeline != NULL)
    g_signal_handlers_disconnect_by_data (self->timeline, self);
  g_set_object (&self->timeline, timeline);
  if (timeline != NULL)
    g_signal_connect_swapped (timeline, "items-changed",
                              G_CALLBACK (show_length), self);
}

static void
timeline_changed_cb (PcTransport *self)
{
  PcTimeline *timeline =
      self->player != NULL ? pc_player_get_timeline (self->player) : NULL;

  set_timeline (self, timeline);
  pc_step_marks_set_timeline (self->marks, timeline);
  show_length (self);
}

/* The scrubber snaps to whole steps: between them nothing is to be read. */
static gboolean
change_value_cb (PcTransport  *self,
                 GtkScrollType scroll,
                 double        value,
                 GtkRange     *range)
{
  int step = (int) lround (value);

  if (self->updating || self->player == NULL)
    return TRUE;
  step = CLAMP (step, 0, (int) get_n_steps (self));
  if (step == 0) {
    pc_player_set_playing (self->player, FALSE);
    pc_player_seek (self->player, 0);
  } else {
    pc_player_show_step (self->player, (guint) step - 1);
  }
  return TRUE;
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_PLAYER)
    g_value_set_object (value, PC_TRANSPORT (object)->player);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id == PROP_PLAYER)
    pc_transport_set_player (PC_TRANSPORT (object),
                             g_value_get_object (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_player (PcTransport *self)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

static void
dispose (GObject *object)
{
  PcTransport *self = PC_TRANSPORT (object);

  drop_player (self);
  set_timeline (self, NULL);
  g_clear_pointer (&self->flow, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_transport_parent_class)->dispose (object);
}

static void
pc_transport_class_init (PcTransportClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_STEP_MARKS);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  props[PROP_PLAYER] = g_param_spec_object (
      "player", NULL, NULL, PC_TYPE_PLAYER,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transport");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/transport.ui");
  gtk_widget_class_bind_template_child (widget_class, PcTransport, flow);
  gtk_widget_class_bind_template_child (widget_class, PcTransport,
                                        play_button);
  gtk_widget_class_bind_template_child (widget_class, PcTransport,
                                        speed_button);
  gtk_widget_class_bind_template_child (widget_class, PcTransport,
                                        step_label);
  gtk_widget_class_bind_template_child (widget_class, PcTransport,
                                        time_label);
  gtk_widget_class_bind_template_child (widget_class, PcTransport, scale);
  gtk_widget_class_bind_template_child (widget_class, PcTransport, marks);
  gtk_widget_class_bind_template_callback (widget_class, change_value_cb);
}

static void
pc_transport_init (PcTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* As on every player, and as the keys Left and Right have it. */
  pc_widget_keep_left_to_right (self->flow);
  playing_changed_cb (self);
  timeline_changed_cb (self);
}

void
pc_transport_set_player (PcTransport *self,
                         PcPlayer    *player)
{
  static const struct
  {
    const char *signal;
    void (*callback) (PcTransport *self);
  } signals[] = {
    { "notify::timeline", timeline_changed_cb },
    { "notify::position", position_changed_cb },
    { "notify::current", current_changed_cb },
    { "notify::playing", playing_changed_cb },
    { "notify::speed", speed_changed_cb },
  };

  g_return_if_fail (PC_IS_TRANSPORT (self));
  g_return_if_fail (player == NULL || PC_IS_PLAYER (player));

  if (self->player == player)
    return;
  drop_player (self);
  self->player = player != NULL ? g_object_ref (player) : NULL;
  for (guint i = 0; player != NULL && i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_swapped (player, signals[i].signal,
                              G_CALLBACK (signals[i].callback), self);
  timeline_changed_cb (self);
  playing_changed_cb (self);
  speed_changed_cb (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAYER]);
}

void
pc_transport_set_hide_future (PcTransport *self,
                              gboolean     hide_future)
{
  g_return_if_fail (PC_IS_TRANSPORT (self));

  pc_step_marks_set_hide_future (self->marks, hide_future);
}
