/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/grade.h"

G_BEGIN_DECLS

/* Index of @number among the item's values, or -1. */
int      pc_grade_find_value (PcItem *item,
                              gint64  number);
/* Whether the settings of @answer are those that the rule speaks of. */
gboolean pc_grade_fits_rule (PcItem         *item,
                             const PcAnswer *answer,
                             guint           rule);

G_END_DECLS
