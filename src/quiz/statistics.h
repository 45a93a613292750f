/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/problem.h"
#include "quiz/catalogue.h"

G_BEGIN_DECLS

/* How questions did, from result files of many learners (those that
 * pc_record_export() writes). */
typedef struct _PcStatistics PcStatistics;

typedef enum {
  PC_STATISTICS_HARD = 1 << 0,     /* p below 0.25 */
  PC_STATISTICS_EASY = 1 << 1,     /* p above 0.95 */
  PC_STATISTICS_FLAT = 1 << 2,     /* discrimination below 0.15 */
  PC_STATISTICS_DEAD = 1 << 3,     /* a wrong option below 5 % */
  PC_STATISTICS_FEW = 1 << 4,      /* too few answers for the others */
} PcStatisticsFlags;

/* Below this many answers nothing is flagged but that. */
#define PC_STATISTICS_ENOUGH 20

typedef struct
{
  const char *choice;  /* as in the file; "" for no answer */
  guint       n;
  double      share;   /* of all answers to the item */
  gboolean    right;
} PcStatisticsChoice;

typedef struct
{
  const char *bank;
  const char *item;
  guint       revision;
  guint       n;
  double      p;       /* how many of them were right, 0 to 1 */
  /* Right ones in the best 27 % of sittings less those in the worst, -1 to 1;
   * NAN when there are fewer than 4 sittings
   * of two answers or more. */
  double      discrimination;
  double      seconds; /* median */
  GArray     *choices; /* PcStatisticsChoice, most frequent first */
  PcStatisticsFlags flags;
} PcStatisticsItem;

PcStatistics           *pc_statistics_new (void);
void                    pc_statistics_free (PcStatistics *self);
/* Reads a result file; what is wrong with it goes to @problems with its line,
 * and those lines are left out.  Only first tries of an item in a sitting
 * count.  FALSE when it is no result file at all. */
gboolean                pc_statistics_add_file (PcStatistics *self,
                                                const char   *path,
                                                PcProblems   *problems);
gboolean                pc_statistics_add_text (PcStatistics *self,
                                                const char   *name,
                                                const char   *text,
                                                gsize         length,
                                                PcProblems   *problems);
/* Lets options that nobody chose be counted too; may be NULL. */
void                    pc_statistics_compute (PcStatistics *self,
                                               PcCatalogue  *catalogue);
guint                   pc_statistics_get_n_sittings (PcStatistics *self);
guint                   pc_statistics_get_n_items (PcStatistics *self);
/* After compute; sorted by bank, item, revision. */
const PcStatisticsItem *pc_statistics_get_item (PcStatistics *self,
                                                guint         index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcStatistics, pc_statistics_free)

G_END_DECLS
