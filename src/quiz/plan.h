/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/memory.h"

G_BEGIN_DECLS

/* What to ask next: due facts first, the least likely to be recalled before
 * the others, then new ones; no objective three times in a row as long as
 * there is another; of several items for one fact one that was never asked,
 * else the one asked longest ago, of another type if there is a choice. */
typedef struct _PcPlan PcPlan;

/* One item that may be asked.  Strings must live as long as the plan. */
typedef struct
{
  const char *bank;
  const char *item;
  const char *key;
  const char *objective;  /* that should not come in a row; NULL: none */
  guint       type;       /* PcItemType, or any other number */
  guint       difficulty; /* easier new ones come first */
  gpointer    data;       /* the caller's */
} PcPlanItem;

typedef struct
{
  gint    today;   /* pc_day_from_time() */
  guint   n_new;   /* new facts a day, those of today included */
  guint64 seed;    /* decides among equals */
  gboolean ahead;  /* then facts that are not due yet, soonest first */
} PcPlanOptions;

#define PC_PLAN_NEW_A_DAY 10

/* @memory must live as long as the plan and not change meanwhile. */
PcPlan           *pc_plan_new (PcMemories            *memory,
                               const PcPlanOptions *options);
void              pc_plan_free (PcPlan *self);
/* Before the first next. */
void              pc_plan_add (PcPlan           *self,
                               const PcPlanItem *item);
/* Each fact once; NULL when there is nothing left for today. */
const PcPlanItem *pc_plan_next (PcPlan *self);
/* Facts left: due ones, and new ones of those today has room for. */
guint             pc_plan_get_n_due (PcPlan *self);
guint             pc_plan_get_n_new (PcPlan *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPlan, pc_plan_free)

G_END_DECLS
