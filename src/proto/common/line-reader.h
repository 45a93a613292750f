/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/bytes.h"

G_BEGIN_DECLS

/* Takes lines off a byte queue.  Lines end in CR LF; engines decide what a
 * lone LF is. */

typedef enum {
  PC_LINE_DONE, /* a line is at the head of the queue */
  PC_LINE_MORE, /* not whole yet */
  PC_LINE_LONG, /* longer than the limit, whole or not */
} PcLineResult;

typedef enum {
  PC_LINE_STRICT,  /* only CR LF ends a line */
  PC_LINE_LENIENT, /* a lone LF ends one as well */
} PcLineEnding;

/* Looks for a line at the head of @bytes, of at most @limit octets with its
 * end.  Consumes nothing.  On DONE, @len is its length without the end and
 * @total with it.  @scanned remembers, between calls, how far it has looked:
 * set it to 0 whenever the head moved. */
PcLineResult pc_line_find (const PcBytes *bytes,
                           gsize          limit,
                           PcLineEnding   ending,
                           gsize         *scanned,
                           gsize         *len,
                           gsize         *total);
/* Consumes up to and with the next LF.  TRUE once it was there: the way out
 * of LONG without keeping the octets. */
gboolean     pc_line_skip (PcBytes *bytes);

G_END_DECLS
