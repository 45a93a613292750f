/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

#define PC_COUNT_LEVELS (PC_ITEM_LEVEL_EVALUATE + 1)
#define PC_COUNT_TYPES (PC_ITEM_CONFIGURE + 1)

/* What banks consist of, for who plans them. */
typedef struct
{
  guint n_items;
  guint n_reviewed;
  guint n_linked;     /* to a scenario */
  guint n_proven;     /* keys that a run proves */
  guint n_translated; /* to any language */
  guint levels[PC_COUNT_LEVELS];
  guint types[PC_COUNT_TYPES];
} PcCounts;

void pc_counts_add (PcCounts *self,
                    PcBank   *bank,
                    guint     n_proven);
void pc_counts_add_all (PcCounts       *self,
                        const PcCounts *other);
/* @name: of the bank, or of the sum. */
void pc_counts_print (const PcCounts *self,
                      const char     *name);

G_END_DECLS
