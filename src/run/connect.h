/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"
#include "scenario/fault.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* One of our clients against a server of somebody else's on this machine. */

/* Something was received: a message, a file. */
typedef void (*PcConnectItem) (const char *name,
                               GBytes     *data,
                               gpointer    user_data);

typedef struct
{
  const PcProtocol *protocol;
  guint             port;
  const char       *host;      /* as asked for: to be certified */
  gboolean          secure;    /* TLS from the first octet on */
  gboolean          needs_tls; /* gives no password in clear */
  const char       *ca;        /* PEM file; NULL: whom the system trusts */
  PcFaults         *faults;    /* what goes wrong on purpose; or NULL */
} PcConnectTarget;

/* A timeline with the two actors that a connection needs. Transfer full. */
PcTimeline *pc_connect_make_timeline (const PcProtocol *protocol,
                                      guint             port);
/* Connects to 127.0.0.1 and does the @actions (PcAction*) one after
 * the other; what crosses the wire goes to @timeline as it does.  Returns
 * when the conversation is over: FALSE when an action was refused or the
 * conversation failed, and @timeline's reason says why; with @error only when
 * the world failed. */
gboolean    pc_connect_run (PcTimeline            *timeline,
                            const PcConnectTarget *target,
                            GPtrArray             *actions,
                            PcConnectItem          item,
                            gpointer               user_data,
                            GError               **error);

G_END_DECLS
