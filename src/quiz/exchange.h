/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

/* Questions for other programs, and from them.  What does not fit is never
 * dropped in silence: each thing that was left out is a problem of severity
 * NOTE (a part of an item) or WARNING (a whole item). */

typedef enum {
  PC_EXCHANGE_GIFT,   /* Moodle and many others */
  PC_EXCHANGE_AIKEN,  /* choices only, no feedback */
  PC_EXCHANGE_MOODLE, /* Moodle XML; out only */
  PC_EXCHANGE_ANKI,   /* "Notes in plain text"; out only */
  PC_EXCHANGE_AMC,    /* Auto Multiple Choice, AMC-TXT; out only */
  PC_EXCHANGE_CSV,    /* a table of choices; in only */
  PC_N_EXCHANGES,
} PcExchange;

/* "gift", "aiken", "moodle", "anki", "amc", "csv". */
const char *pc_exchange_to_string (PcExchange format);
/* FALSE when there is no such format. */
gboolean    pc_exchange_from_string (const char *name,
                                     PcExchange *format);
/* What a file name ends with, without a dot: "gift", "txt", "xml", "csv". */
const char *pc_exchange_get_ending (PcExchange format);
gboolean    pc_exchange_can_write (PcExchange format);
gboolean    pc_exchange_can_read (PcExchange format);

/* @bank in another format, in @language where the bank has it.  Retired items
 * are left out.  UTF-8, ends with a line break.  Transfer full; NULL only for
 * a format that cannot be written. */
char       *pc_exchange_write (PcBank     *bank,
                               PcExchange  format,
                               const char *language,
                               PcProblems *left_out);

/* @data, which stands in @name, as the text of a question bank with the id
 * @id; its items are drafts.  All that cannot be taken is told in @problems
 * with its line; items with an error are left out whole.  NULL when nothing
 * could be taken.  Transfer full. */
char       *pc_exchange_read (const char   *name,
                              const guint8 *data,
                              gsize         len,
                              PcExchange    format,
                              const char   *id,
                              PcProblems   *problems);

G_END_DECLS
