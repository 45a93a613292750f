/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "quiz/record.h"

G_BEGIN_DECLS

typedef enum {
  PC_RECORD_CSV,  /* RFC 4180, UTF-8; opens in spreadsheets */
  PC_RECORD_JSON, /* all that is known of each answer */
} PcRecordFormat;

/* Writes all answers of the learner chosen, oldest first; @out is not closed.
 * Cells of the CSV that a spreadsheet would take for a formula begin with an
 * apostrophe. */
gboolean pc_record_export (PcRecord      *record,
                           PcRecordFormat format,
                           GOutputStream *out,
                           GError       **error);

G_END_DECLS
