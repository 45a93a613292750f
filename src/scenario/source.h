/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* A file that a person opens, who may have meant another, or who is still
 * writing it: what it is, what is wrong with it, and what of it can be
 * watched all the same. */

typedef enum {
  PC_SOURCE_WHOLE,  /* a scenario without a mistake */
  PC_SOURCE_PART,   /* one with mistakes, of which a part can be watched */
  PC_SOURCE_BROKEN, /* one with mistakes, of which nothing can */
  PC_SOURCE_OTHER,  /* something else, or it cannot be read */
} PcSourceState;

typedef struct
{
  PcSourceState state;
  PcScenario *scenario; /* WHOLE, PART */
  PcProblems *problems;
  /* OTHER: what the file is and what to do.  PART and BROKEN: what can be
   * watched, or why nothing can.  Translated; NULL for WHOLE. */
  char       *message;
  char       *digest; /* of the octets; NULL when they could not be read */
} PcScenarioSource;

/* Never fails; reads no more than PC_LIMIT_JSON_SIZE, and only from a regular
 * file.  May take a while: call it in a thread. */
PcScenarioSource *pc_scenario_source_load (const char *path);
/* The same of octets in memory; @path stands for the file. */
PcScenarioSource *pc_scenario_source_parse (const char   *path,
                                            const guint8 *data,
                                            gsize         len);
void            pc_scenario_source_free (PcScenarioSource *self);

/* The scenario without what is wrong: what stands beside the exchange is left
 * out, the script ends before its first mistake.  NULL when who takes part or
 * what is there is wrong already.  @message as above, NULL without mistakes.
 * Transfer full. */
PcScenario     *pc_scenario_new_part (PcJson     *json,
                                      PcProblems *problems,
                                      char      **message);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcScenarioSource, pc_scenario_source_free)

G_END_DECLS
