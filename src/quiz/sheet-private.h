/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/sheet.h"

G_BEGIN_DECLS

/* What sheet.c, -code.c, -blocks.c and -text.c share. */

struct _PcSheet
{
  GPtrArray   *banks; /* PcBank: those that may be drawn from */
  PcBlueprint *blueprint;
  guint32      seed;
  guint        variant;
  GArray      *items; /* PcSheetItem */
};

/* Those of @banks that @blueprint names, by id, each once.  Transfer full. */
GPtrArray *pc_sheet_pick_banks (GPtrArray         *banks,
                                const PcBlueprint *blueprint);
/* Whether @blueprint lets @item be drawn. */
gboolean   pc_sheet_fits (const PcBlueprint *blueprint,
                          PcItem            *item);

G_END_DECLS
