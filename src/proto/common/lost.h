/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a client says when its server is gone: what happened, and what that
 * means for what was under way. */

typedef enum {
  PC_LOST_CLOSED, /* the connection is closed, or was cut */
  PC_LOST_SILENT, /* it is open, and the client has waited long enough */
} PcLostHow;

typedef enum {
  PC_LOST_NOTHING,  /* no answer was awaited */
  PC_LOST_GREETING,
  PC_LOST_ANSWER,
} PcLostWhat;

/* One or two sentences, translated, transfer full.  @part: the octets of an
 * answer that did not come to its end, @len of them, may be 0.  @meaning: a
 * sentence of its own, or NULL. */
char *pc_lost_describe (PcLostHow     how,
                        PcLostWhat    what,
                        const guint8 *part,
                        gsize         len,
                        const char   *meaning);

G_END_DECLS
