/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/comparison.h"

G_BEGIN_DECLS

struct _PcComparison
{
  gatomicrefcount refs;
  GStringChunk   *strings; /* every const char * below */
  char           *file;    /* NULL: of any two */
  const char     *id;
  const char     *title;
  const char     *summary;
  guint           order;
  PcScenario     *scenarios[2];
  GArray         *rows; /* PcComparisonRow */
};

/* Empty. */
PcComparison *pc_comparison_alloc (const char *file);

G_END_DECLS
