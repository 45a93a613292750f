/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Chance that comes out alike on every machine: splitmix64 (Steele, Lea and
 * Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).  Not
 * for secrets.  The state is any number. */
guint64 pc_random_draw (guint64 *state);
/* 0 to @n - 1, each equally likely; @n > 0. */
guint   pc_random_below (guint64 *state,
                         guint    n);
/* Fisher and Yates. */
void    pc_random_shuffle (guint64   *state,
                           GPtrArray *array);
/* FNV-1a (draft-eastlake-fnv), so that a name can choose a sequence. */
guint64 pc_random_hash (const char *text);

G_END_DECLS
