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
};

G_DEFINE_FINAL_TYPE (PcStageHead, pc_stage_head, GTK_TYPE_WIDGET)

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
  gtk_widget_set_visible (GTK_WIDGET (self->summary), summary != NULL);
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
