/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Wire octets to text that is safe to show, and back.  What comes out is valid
 * UTF-8 without control characters and without characters that change the
 * direction of writing, so a peer cannot dress up what it sent. */

typedef enum {
  /* CR, LF, NUL and other controls become their Unicode pictures (U+2400). */
  PC_TEXT_PICTURES = 0,
  /* A CR LF at the very end is left out. */
  PC_TEXT_NO_EOL = 1 << 0,
  /* Every run of CR LF becomes one space: for one-line summaries. */
  PC_TEXT_ONE_LINE = 1 << 1,
  /* LF stays a line break, CR before it goes: for text blocks. */
  PC_TEXT_KEEP_LINES = 1 << 2,
} PcTextFlags;

/* At most @max_chars characters; a longer text ends in U+2026.  0: no bound.
 * Octets that are no UTF-8 are shown as \xHH.  Transfer full. */
char    *pc_text_from_wire (gconstpointer data,
                            gsize         len,
                            PcTextFlags   flags,
                            gsize         max_chars);

/* ASCII only, independent of the locale (RFC 4790 i;ascii-casemap). */
gboolean pc_text_equal_ascii (gconstpointer data,
                              gsize         len,
                              const char   *word);

/* Strict decimal digits, nothing else, no sign; FALSE past @max. */
gboolean pc_text_parse_number (gconstpointer data,
                               gsize         len,
                               guint64       max,
                               guint64      *value);

G_END_DECLS
