/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

/* Tags of all languages that something in @banks (PcBank*) is in: char*.
 * Transfer full. */
GPtrArray *pc_bank_languages_list (GPtrArray *banks);
/* One's own among them, counted from 1; 0 when it is not there. */
guint      pc_bank_languages_find (GPtrArray *tags);

G_END_DECLS
