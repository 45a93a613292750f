/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/exchange.h"
#include "quiz/portable.h"

G_BEGIN_DECLS

/* -- exchange.c: what writers and readers share --------------------------- */

/* The questions that have an answer elsewhere, with all that is lost told.
 * Transfer full: PcPortable*. */
GPtrArray *pc_exchange_list (PcBank     *bank,
                             const char *language,
                             PcProblems *left_out);
void       pc_exchange_tell (PcProblems *problems,
                             PcSeverity  severity,
                             const char *file,
                             guint       line,
                             const char *format,
                             ...) G_GNUC_PRINTF (5, 6);
/* Text with marks as HTML on one line: line breaks are <br>.  @listing, if
 * not NULL, follows in <pre>.  Transfer full. */
char      *pc_exchange_dup_html (const char *text,
                                 const char *listing);
/* HTML of others as text with marks: known tags become marks, the rest goes;
 * entities are resolved.  Transfer full. */
char      *pc_exchange_read_html (const char *html);

/* -- one file each -------------------------------------------------------- */

void pc_gift_write (GString    *out,
                    PcPortable *question,
                    const char *bank,
                    PcProblems *left_out);
void pc_moodle_write (GString    *out,
                      PcPortable *question,
                      const char *bank,
                      PcProblems *left_out);
void pc_aiken_write (GString    *out,
                     PcPortable *question,
                     const char *bank,
                     PcProblems *left_out);
void pc_anki_write (GString    *out,
                    PcPortable *question,
                    const char *bank,
                    PcProblems *left_out);
void pc_amc_write (GString    *out,
                   PcPortable *question,
                   const char *bank,
                   PcProblems *left_out);

/* Questions of @text, which is valid UTF-8; ids may be NULL.  Transfer full:
 * PcPortable*. */
GPtrArray *pc_gift_read (const char *name,
                         const char *text,
                         PcProblems *problems);
GPtrArray *pc_aiken_read (const char *name,
                          const char *text,
                          PcProblems *problems);
GPtrArray *pc_table_read (const char *name,
                        const char *text,
                        PcProblems *problems);

G_END_DECLS
