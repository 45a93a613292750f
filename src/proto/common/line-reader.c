/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Takes lines off a byte queue.
 *
 * Looking resumes where the last look ended, so a line that comes octet by
 * octet costs linear time.  What a line means, and what a long one deserves,
 * is the engine's affair.
 */

#include "proto/common/line-reader.h"

#include <string.h>

PcLineResult
pc_line_find (const PcBytes *bytes,
              gsize          limit,
              PcLineEnding   ending,
              gsize         *scanned,
              gsize         *len,
              gsize         *total)
{
  gsize         size;
  const guint8 *data = pc_bytes_peek (bytes, &size);
  gsize         from = MIN (*scanned, size);

  while (from < size) {
    const guint8 *lf = memchr (data + from, '\n', size - from);
    gsize         at;
    gboolean      cr;

    if (lf == NULL)
      break;
    at = (gsize) (lf - data);
    cr = at > 0 && data[at - 1] == '\r';
    from = at + 1;
    if (!cr && ending == PC_LINE_STRICT)
      continue;

    *scanned = at;
    *total = at + 1;
    *len = cr ? at - 1 : at;
    return *total > limit ? PC_LINE_LONG : PC_LINE_DONE;
  }

  *scanned = size;
  return size >= limit ? PC_LINE_LONG : PC_LINE_MORE;
}

gboolean
pc_line_skip (PcBytes *bytes)
{
  gsize         size;
  const guint8 *data = pc_bytes_peek (bytes, &size);
  const guint8 *lf = size > 0 ? memchr (data, '\n', size) : NULL;

  pc_bytes_consume (bytes, lf != NULL ? (gsize) (lf - data) + 1 : size);
  return lf != NULL;
}
