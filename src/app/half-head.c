/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Above each of two diagrams.  In a narrow window these heads are the tabs
 * between them. */

#include "app/half-head.h"

#include "app/transport.h"

#include <glib/gi18n-lib.h>

struct _PcHalfHead
{
  GtkToggleButton parent_instance;

  GtkLabel  *title;
  GtkLabel  *subtitle;
  GtkLabel  *step;
  GtkWidget *ending;
  GtkImage  *icon;
  GtkLabel  *outcome;
  PcPlayer  *player;
  gboolean   waiting;
  gboolean   compact;
};

enum { PROP_0,
       PROP_COMPACT,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcHalfHead, pc_half_head, GTK_TYPE_TOGGLE_BUTTON)

const char *
pc_half_head_describe_outcome (PcTimeline *timeline)
{
  const char *reason = pc_timeline_get_reason (timeline);

  switch (pc_timeline_get_outcome (timeline)) {
  case PC_OUTCOME_RUNNING: return _ ("It is still going on.");
  case PC_OUTCOME_OK: return _ ("Everything went as planned.");
  case PC_OUTCOME_FAILED_AS_INTENDED:
    return _ ("It failed, as this exchange means to show.");
  case PC_OUTCOME_FAILED:
  default:
    return reason != NULL ? reason
                          : _ ("The exchange did not end as written.");
  }
}

/* What went wrong is never left out. */
static void
show_parts (PcHalfHead *self)
{
  PcTimeline *timeline =
      self->player != NULL ? pc_player_get_timeline (self->player) : NULL;
  gboolean bad = timeline != NULL && pc_timeline_get_outcome (timeline) ==
                                         PC_OUTCOME_FAILED;

  gtk_widget_set_visible (GTK_WIDGET (self->subtitle),
                          !self->compact &&
                              *gtk_label_get_label (self->subtitle) != '\0');
  gtk_widget_set_visible (self->ending, !self->compact || bad);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    g_value_set_boolean (value, PC_HALF_HEAD (object)->compact);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  if (id != PROP_COMPACT) {
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    return;
  }
  PC_HALF_HEAD (object)->compact = g_value_get_boolean (value);
  show_parts (PC_HALF_HEAD (object));
}

static void
show_outcome (PcHalfHead *self,
              PcTimeline *timeline)
{
  gboolean bad = pc_timeline_get_outcome (timeline) == PC_OUTCOME_FAILED;

  gtk_image_set_from_icon_name (self->icon, bad ? "dialog-error-symbolic"
                                                : "pc-right-symbolic");
  gtk_label_set_label (self->outcome,
                       pc_half_head_describe_outcome (timeline));
}

static void
step_changed_cb (PcHalfHead *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint n = timeline != NULL ? pc_timeline_get_n_steps (timeline) : 0;
  guint current = pc_player_get_current (self->player);
  g_autofree char *text = NULL;
  g_autofree char *time = NULL;

  if (current >= n) {
    text = g_strdup_printf (ngettext ("%u step", "%u steps", n), n);
  } else if (self->waiting) {
    text = g_strdup_printf (_ ("Step %u of %u · waits"), current + 1, n);
  } else {
    time = pc_transport_format_time (
        pc_step_get_time (pc_timeline_get_step (timeline, current)));
    /* Translators: the last is a time, as in "0.418 ms". */
    text = g_strdup_printf (_ ("Step %u of %u · %s"), current + 1, n, time);
  }
  gtk_label_set_label (self->step, text);
}

static void
drop_player (PcHalfHead *self)
{
  if (self->player != NULL)
    g_signal_handlers_disconnect_by_data (self->player, self);
  g_clear_object (&self->player);
}

static void
dispose (GObject *object)
{
  drop_player (PC_HALF_HEAD (object));
  G_OBJECT_CLASS (pc_half_head_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcHalfHead, name)

static void
pc_half_head_class_init (PcHalfHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  props[PROP_COMPACT] = g_param_spec_boolean (
      "compact", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/half-head.ui");
  BIND (title);
  BIND (subtitle);
  BIND (step);
  BIND (ending);
  BIND (icon);
  BIND (outcome);
}

#undef BIND

static void
pc_half_head_init (PcHalfHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_half_head_show (PcHalfHead *self,
                   const char *title,
                   const char *subtitle,
                   PcPlayer   *player)
{
  PcTimeline *timeline;
  g_autofree char *name = NULL;

  g_return_if_fail (PC_IS_HALF_HEAD (self));
  g_return_if_fail (title != NULL && PC_IS_PLAYER (player));

  drop_player (self);
  self->player = g_object_ref (player);
  g_signal_connect_swapped (player, "notify::current",
                            G_CALLBACK (step_changed_cb), self);
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->subtitle, subtitle != NULL ? subtitle : "");
  timeline = pc_player_get_timeline (player);
  if (timeline != NULL)
    show_outcome (self, timeline);
  show_parts (self);
  step_changed_cb (self);
  name = g_strdup_printf (_ ("Inspect “%s”"), title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
pc_half_head_set_waiting (PcHalfHead *self,
                          gboolean    waiting)
{
  g_return_if_fail (PC_IS_HALF_HEAD (self));

  if (self->waiting == waiting || self->player == NULL)
    return;
  self->waiting = waiting;
  step_changed_cb (self);
}
