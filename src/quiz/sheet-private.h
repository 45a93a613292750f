/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/sheet.h"

G_BEGIN_DECLS

#define PC_DEFAULT_SHEET 20 /* items, where the blueprint says nothing */

struct _PcSheet
{
  GPtrArray         *banks; /* PcBank */
  const PcBlueprint *blueprint;
  guint32            seed;
  guint              variant;
  GArray            *items; /* PcSheetItem */
};

G_END_DECLS
