/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/statistics.h"

G_BEGIN_DECLS

/* What statistics say, for a reader. */

#define PC_STATISTICS_N_FLAGS 5

/* "hard": never translated. */
const char               *pc_statistics_flag_to_string (PcStatisticsFlags flag);
/* "very hard: fewer than 25 % were right", translated. */
const char               *pc_statistics_describe_flag (PcStatisticsFlags flag);
/* The wrong answer that most gave, not those who gave none; NULL when there is
 * none. */
const PcStatisticsChoice *pc_statistics_find_wrong (
    const PcStatisticsItem *item);
/* After compute: PcStatisticsItem*, borrowed; what needs attention first, what
 * has too few answers last.  Transfer container. */
GPtrArray                *pc_statistics_list_urgent (PcStatistics *self);
/* In that order, RFC 4180; numbers are the same in every locale.  Transfer
 * full. */
char                     *pc_statistics_write_csv (PcStatistics *self);

G_END_DECLS
