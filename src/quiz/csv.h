/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Comma-separated values, RFC 4180. */

/* Appends a cell of text, quoted where needed; one that a spreadsheet would
 * take for a formula (= + - @ TAB CR at its start) begins with an apostrophe.
 * No comma before or after. */
void      pc_csv_append_text (GString    *out,
                              const char *text);
/* Takes that apostrophe away again. */
const char *pc_csv_skip_guard (const char *cell);

/* One row of a text whose cells @separator parts: GPtrArray of char *, and
 * where the next begins, in @position (octets) and @line (1-based; the line
 * the row begins on is in it before).  Ends of line may be CRLF or LF.  NULL
 * at the end, or with @error set: a quote that never ends, or text after one
 * that did. */
GPtrArray *pc_csv_read_row (const char *text,
                            gsize       length,
                            char        separator,
                            gsize      *position,
                            guint      *line,
                            GError    **error);

#define PC_CSV_ERROR (pc_csv_error_quark ())
GQuark pc_csv_error_quark (void);

G_END_DECLS
