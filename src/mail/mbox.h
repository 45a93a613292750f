/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The messages of an mbox file (RFC 4155; lines that were quoted as ">From "
 * are unquoted, as in "mboxrd"), in order.  Line ends stay as they are.  What
 * stands before the first "From " line is left out.
 * Returns: (transfer full) (element-type GBytes). */
GPtrArray *pc_mbox_split (const guint8 *data,
                          gsize         len);

G_END_DECLS
