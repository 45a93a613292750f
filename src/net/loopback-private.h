/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/net-private.h"

#include "base/limits.h"

#include <netinet/in.h>

G_BEGIN_DECLS

/* Between loopback.c, loopback-streams.c and loopback-datagrams.c. */

typedef struct
{
  PcNet         base;
  gint64        wall;
  gint64        monotonic;
  GMainContext *context;
  gpointer      heard; /* the datagram port that had the last turn; only to
                          be compared */
  GSource      *turns; /* tells one from the next; NULL: see below */
  gint64        begin; /* of the turn under way, monotonic; -1: unknown */
  guint8        buffer[PC_LIMIT_READ];
} PcLoopback;

/* loopback.c: the only place where an address is made. */
void            pc_loopback_make_address (struct sockaddr_in *address,
                                          guint               port);

/* Where others share the loop (pc_net_share ()): says that @source is due, and
 * whether it may have its time in this turn of the loop.  If not, it is among
 * the first in the next one.  Elsewhere always. */
gboolean        pc_loopback_may_act (PcLoopback *self,
                                     GSource    *source);
/* For a new @source. */
void            pc_loopback_attach (PcLoopback *self,
                                    GSource    *source);

/* One that there may not be. */
void            pc_loopback_drop_source (GSource **source);

/* loopback-streams.c, for the class. */
PcStream       *pc_loopback_connect (PcNet   *net,
                                     guint    port,
                                     GError **error);
PcListener     *pc_loopback_listen (PcNet       *net,
                                    guint        port,
                                    PcAcceptFunc accepted,
                                    gpointer     user_data,
                                    GError     **error);
void            pc_loopback_listener_free (PcListener *listener);

/* loopback-datagrams.c, for the class. */
PcDatagramPort *pc_loopback_bind (PcNet        *net,
                                  guint         number,
                                  PcReceiveFunc received,
                                  gpointer      user_data,
                                  GError      **error);
void            pc_loopback_port_send (PcDatagramPort *port,
                                       guint           to,
                                       gconstpointer   data,
                                       gsize           len);
void            pc_loopback_port_free (PcDatagramPort *port);

G_END_DECLS
