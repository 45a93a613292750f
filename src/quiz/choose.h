/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/catalogue.h"
#include "quiz/plan.h"
#include "quiz/record.h"

G_BEGIN_DECLS

/* Which items to ask in each mode.  Every function gives a GArray of PcPick
 * (transfer full) in the order to ask them, for pc_session_new_from_picks() or
 * pc_exam_new(); picks live as long as the catalogue.  Same input, same
 * output, on every machine. */

/* Practice: what is due, then new; at most @n (0: all of today's). */
GArray *pc_choose_practice (PcCatalogue         *catalogue,
                            PcMemories            *memory,
                            const PcPlanOptions *options,
                            guint                n);

/* An exam: @n items by seed, from each bank its share (largest remainder),
 * within a bank from each level of difficulty its share. */
GArray *pc_choose_exam (PcCatalogue *catalogue,
                        guint        n,
                        guint64      seed);

/* A mock exam that is the same for everyone with the same banks. */
typedef struct
{
  const char *id;
  const char *title;   /* not translated: use _() */
  guint64     seed;
  guint       n_items;
  guint       minutes;
  guint       pass;    /* per cent of the points */
} PcMockExam;

#define PC_N_MOCK_EXAMS 3
const PcMockExam *pc_choose_get_mock_exam (guint index);

/* Two things that the learner takes for one another. */
typedef struct
{
  const char *right;  /* id of the service that was right, or NULL */
  const char *chosen; /* id of the service chosen for it, or NULL */
  const char *misconception; /* id, or NULL; then the others are NULL */
  guint       n;      /* how often, less the right answers since */
  gint64      last_us;
} PcConfusion;

/* The learner's own, most frequent first, from all answers.  Those that were
 * answered right as often since are gone.  GArray of PcConfusion, transfer
 * full; NULL with @error set. */
GArray *pc_choose_find_confusions (PcRecord *record,
                                   GError  **error);
/* A drill: items that have both services of a confusion among their options,
 * or an option with the misconception; by turns, @n at most. */
GArray *pc_choose_drill (PcCatalogue *catalogue,
                         GArray      *confusions,
                         guint        n,
                         guint64      seed);

#define PC_PLACEMENT_PROTOCOLS 4
#define PC_PLACEMENT_EACH 5

/* Placement test: five items for each of IMAP, POP3, SMTP and TFTP, from easy
 * to hard; fewer where there are not so many. */
GArray *pc_choose_placement (PcCatalogue *catalogue,
                             guint64      seed);
/* One answer of it. */
typedef struct
{
  PcPick   pick;
  gboolean correct;
  gboolean guessed; /* a right guess is not knowing */
} PcPlacementAnswer;
/* What the answers say is known without asking: facts of a protocol up to the
 * difficulty at which nothing was wrong, that @memory does not have.  GArray of
 * PcRecordAssumption, transfer full; strings live as long as the catalogue. */
GArray *pc_choose_assume (PcCatalogue             *catalogue,
                          PcMemories                *memory,
                          const PcPlacementAnswer *answers,
                          guint                    n);
/* Level reached in the protocol: 0 to 5. */
guint   pc_choose_get_level (const PcPlacementAnswer *answers,
                             guint                    n,
                             const char              *protocol);

G_END_DECLS
