/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "print/paper.h"

G_BEGIN_DECLS

/* Sheets and their keys as files. */

typedef struct
{
  gboolean    pdf;      /* else Markdown */
  PcPaperSize paper;    /* of PDF */
  const char *language; /* as in item.h */
} PcSheetFormat;

/* The questions, or their key.  Transfer full; NULL with @error set. */
GBytes *pc_sheet_files_make (const PcSheet       *sheet,
                             gboolean             key,
                             const PcSheetFormat *format,
                             GError             **error);
/* The same as "sheet-1F0A4C52-20-B7D1-B-key.pdf" in @folder.  Its path,
 * transfer full; NULL with @error set. */
char   *pc_sheet_files_write (const PcSheet       *sheet,
                              gboolean             key,
                              const PcSheetFormat *format,
                              const char          *folder,
                              GError             **error);

G_END_DECLS
