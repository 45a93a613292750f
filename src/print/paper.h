/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/sheet.h"

G_BEGIN_DECLS

/* Sheets as PDF.  Needs fonts, but no display. */

typedef enum {
  PC_PAPER_A4,
  PC_PAPER_LETTER,
} PcPaperSize;

/* @blocks: of pc_sheet_list_questions() or pc_sheet_list_key().  @footer is
 * at the foot of each page, before its number.  The same octets for the same
 * blocks, as long as the fonts are the same.  Transfer full; NULL with @error
 * set. */
GBytes *pc_paper_make_pdf (GPtrArray  *blocks,
                           const char *footer,
                           PcPaperSize size,
                           GError    **error);

G_END_DECLS
