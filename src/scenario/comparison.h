/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/library.h"

G_BEGIN_DECLS

/* Two scenarios that are worth seeing side by side, and which of their steps
 * belong together.  Immutable; read from JSON (comparison format 1,
 * data/schema/comparison-1.schema.json), or made of any two. */
typedef struct _PcComparison PcComparison;

/* Steps that belong together. */
typedef struct
{
  const char *left;  /* mark of the left scenario */
  const char *right; /* mark of the right one */
  const char *note;  /* what to look at, translated; or NULL */
} PcComparisonRow;

/* @problems gets every mistake with its place; NULL when there was one.  The
 * scenarios are looked for in @library, which may be NULL: then they are not
 * looked for, and get_scenario returns NULL. */
PcComparison *pc_comparison_load (const char      *path,
                                  const PcLibrary *library,
                                  PcProblems      *problems);
PcComparison *pc_comparison_parse (const char      *name,
                                   const guint8    *data,
                                   gsize            len,
                                   const PcLibrary *library,
                                   PcProblems      *problems);
PcComparison *pc_comparison_new_from_json (PcJson          *json,
                                           const PcLibrary *library,
                                           PcProblems      *problems);
/* Of any two, without rows; its id is empty and it has no summary.  Keeps
 * both. */
PcComparison *pc_comparison_new (PcScenario *left,
                                 PcScenario *right);
PcComparison *pc_comparison_ref (PcComparison *self);
void          pc_comparison_unref (PcComparison *self);

const char   *pc_comparison_get_id (const PcComparison *self);
const char   *pc_comparison_get_file (const PcComparison *self);
const char   *pc_comparison_get_title (const PcComparison *self);
/* One or two sentences, or NULL. */
const char   *pc_comparison_get_summary (const PcComparison *self);
guint         pc_comparison_get_order (const PcComparison *self);
/* 0: left, 1: right.  Borrowed. */
PcScenario   *pc_comparison_get_scenario (const PcComparison *self,
                                          guint               half);
guint         pc_comparison_get_n_rows (const PcComparison *self);
const PcComparisonRow *pc_comparison_get_row (const PcComparison *self,
                                              guint               index);
/* The row whose mark on side @half is @mark; or NULL. */
const PcComparisonRow *pc_comparison_find_row (const PcComparison *self,
                                               guint               half,
                                               const char         *mark);

/* All of a folder: every *.json, by their order, then by id.  A broken file
 * is told in @problems and left out.  Transfer full, of PcComparison. */
GPtrArray    *pc_comparisons_load (const char      *dir,
                                   const PcLibrary *library,
                                   PcProblems      *problems);
/* Those that came with the program and the person's own ones ("comparisons"
 * in pc_paths_get_user_data). */
GPtrArray    *pc_comparisons_load_standard (const PcLibrary *library,
                                            PcProblems      *problems);
/* By id; borrowed; NULL when there is none. */
PcComparison *pc_comparisons_find (GPtrArray  *self,
                                   const char *id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcComparison, pc_comparison_unref)

G_END_DECLS
