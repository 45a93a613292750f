/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/prove.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* One item being held against one run. */
typedef struct
{
  PcProver   *prover;
  PcItem     *item;
  PcJson     *json; /* or NULL */
  PcProblems *problems;
  PcTimeline *run;  /* or NULL: configure needs none */
} PcProof;

/* -- prove.c -------------------------------------------------------------- */

/* Reports at the item's pointer with @tail added; a @tail that begins with
 * "/stimuli" is one of the bank. */
void pc_proof_report (PcProof    *self,
                      PcSeverity  severity,
                      const char *code,
                      const char *tail,
                      const char *format,
                      ...) G_GNUC_PRINTF (5, 6);

/* -- prove-run.c ---------------------------------------------------------- */

void pc_proof_predict (PcProof *self);
void pc_proof_fault (PcProof *self);

/* -- prove-settings.c ----------------------------------------------------- */

void pc_proof_configure (PcProof *self);

G_END_DECLS
