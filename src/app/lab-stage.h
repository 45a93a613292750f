/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/inspector.h"

#include "timeline/player.h"

G_BEGIN_DECLS

/* What happened on the wire: a diagram, or two of them side by side, and the
 * transport below.  Its commands are those of player-actions.h, and
 * "eavesdrop", "other-half", "inspector" and "reveal". */

#define PC_TYPE_LAB_STAGE (pc_lab_stage_get_type ())
G_DECLARE_FINAL_TYPE (PcLabStage, pc_lab_stage, PC, LAB_STAGE, GtkWidget)

/* Once: where the step that is shown is explained.  Not owned. */
void                pc_lab_stage_set_inspector (PcLabStage  *self,
                                                PcInspector *inspector);
/* In place of "What the wire answered". */
void                pc_lab_stage_set_title (PcLabStage *self,
                                            const char *title);
/* Owned by the stage. */
GSimpleActionGroup *pc_lab_stage_get_actions (PcLabStage *self);
PcPlayer           *pc_lab_stage_get_player (PcLabStage *self);
/* What the wire shows in place of an exchange. */
void                pc_lab_stage_show_text (PcLabStage *self,
                                            const char *text);
/* While it happens: follows @timeline as it grows. */
void                pc_lab_stage_follow (PcLabStage *self,
                                         PcTimeline *timeline);
/* @step: the number of the one to show; 0 for the first.  May be the timeline
 * that was followed. */
void                pc_lab_stage_show (PcLabStage *self,
                                       PcTimeline *timeline,
                                       guint       step);
/* @step: the number of the one of @left to show; 0 for the first. */
void                pc_lab_stage_show_two (PcLabStage *self,
                                           const char *left_title,
                                           PcTimeline *left,
                                           const char *right_title,
                                           PcTimeline *right,
                                           guint       step);
/* Of two: goes on to the beat in which the right one has its step @index. */
void                pc_lab_stage_show_right (PcLabStage *self,
                                             guint       index);

G_END_DECLS
