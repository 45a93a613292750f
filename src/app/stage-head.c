/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The words above the diagram. */

#include "app/stage-head.h"

#include "app/flow-layout.h"
#include "app/security-switch.h"

#include <glib/gi18n-lib.h>

struct _PcStageHead
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *summary;
  PcSecuritySwitch *security;
  GtkWidget *eavesdrop;
  GtkLabel  *score;
  GtkWidget *outcome_box;
  GtkLabel  *outcome_label;
  gboolean   failed;
  gboolean   hide_outcome;
  gboolean   compact;
};

enum { PROP_0,
       PROP_COMPACT,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcStageHead, pc_stage_head, GTK_TYPE_WIDGET)

static void
update_summary (PcStageHead *self)
{
  const char *summary = gtk_label_get_label (self->summary);
  const char *title = gtk_label_get_label (self->title);
  g_autofree char *both = g_strdup_printf ("%s\n%s", title, summary);
  gboolean any = *summary != '\0';

  gtk_widget_set_visible (GTK_WIDGET (self->summary), any && !self->compact);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title),
                               self->compact ? both : NULL);
  gtk_label_set_wrap (self->title, !self->compact);
  gtk_label_set_ellipsize (self->title, self->compact ? PANGO_ELLIPSIZE_END
                                                      : PANGO_ELLIPSIZE_NONE);
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == PROP_COMPACT)
    g_value_set_boolean (value, PC_STAGE_HEAD (object)->compact);
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
  PC_STAGE_HEAD (object)->compact = g_value_get_boolean (value);
  update_summary (PC_STAGE_HEAD (object));
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_STAGE_HEAD (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_stage_head_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcStageHead, name)

static void
pc_stage_head_class_init (PcStageHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_SECURITY_SWITCH);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->get_property = get_property;
  G_OBJECT_CLASS (klass)->set_property = set_property;
  props[PROP_COMPACT] = g_param_spec_boolean (
      "compact", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/stage-head.ui");
  BIND (box);
  BIND (title);
  BIND (summary);
  BIND (security);
  BIND (eavesdrop);
  BIND (score);
  BIND (outcome_box);
  BIND (outcome_label);
}

#undef BIND

static void
pc_stage_head_init (PcStageHead *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
update_outcome (PcStageHead *self)
{
  gtk_widget_set_visible (self->outcome_box,
                          self->failed && !self->hide_outcome);
}

void
pc_stage_head_show (PcStageHead *self,
                    PcScenario  *scenario,
                    PcTimeline  *timeline)
{
  const char *summary, *reason;

  g_return_if_fail (PC_IS_STAGE_HEAD (self));
  g_return_if_fail (scenario != NULL && PC_IS_TIMELINE (timeline));

  summary = pc_scenario_get_summary (scenario);
  reason = pc_timeline_get_reason (timeline);
  self->failed = pc_timeline_get_outcome (timeline) == PC_OUTCOME_FAILED;
  gtk_label_set_label (self->title, pc_scenario_get_title (scenario));
  pc_security_switch_show (self->security, scenario);
  gtk_label_set_label (self->summary, summary != NULL ? summary : "");
  update_summary (self);
  gtk_widget_set_visible (self->eavesdrop,
                          pc_timeline_has_secure_steps (timeline));
  update_outcome (self);
  gtk_label_set_label (self->outcome_label,
                       reason != NULL ? reason
                                      : _ ("The exchange did not end as "
                                           "written."));
}

void
pc_stage_head_set_score (PcStageHead *self,
                         const char  *score)
{
  g_return_if_fail (PC_IS_STAGE_HEAD (self));

  gtk_label_set_label (self->score, score != NULL ? score : "");
  gtk_widget_set_visible (GTK_WIDGET (self->score), score != NULL);
}

void
pc_stage_head_set_hide_outcome (PcStageHead *self,
                                gboolean     hide_outcome)
{
  g_return_if_fail (PC_IS_STAGE_HEAD (self));

  self->hide_outcome = hide_outcome;
  update_outcome (self);
}
