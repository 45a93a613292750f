/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"
#include "app/learning.h"

G_BEGIN_DECLS

/* The place that says what is due, what is known and how well one knows it;
 * and where the record is exported, backed up and reset. */

#define PC_TYPE_PROGRESS_PAGE (pc_progress_page_get_type ())
G_DECLARE_FINAL_TYPE (PcProgressPage, pc_progress_page, PC, PROGRESS_PAGE,
                      GtkWidget)

GtkWidget *pc_progress_page_new (PcLearning *learning);
/* Its commands, for the window: "progress-export" (s: csv, json),
 * "progress-export-to" ((say)), "progress-backup", "progress-restore",
 * "progress-reset", "progress-exam-date" (s: 2027-05-31, or ""). */
void       pc_progress_page_add_actions (PcProgressPage *self,
                                         GActionMap     *map);
void       pc_progress_page_update (PcProgressPage *self);

G_END_DECLS
