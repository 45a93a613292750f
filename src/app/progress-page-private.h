/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What progress-page.c and progress-files.c share. */

#include "app/progress-page.h"

PcLearning *pc_progress_page_get_learning (PcProgressPage *self);
/* Adds the commands on files to @map. */
void        pc_progress_page_init_files (PcProgressPage *self,
                                         GActionMap     *map);
