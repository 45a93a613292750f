/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/net-private.h"

#include "base/limits.h"

#include <netinet/in.h>

G_BEGIN_DECLS

/* Between loopback.c and loopback-datagrams.c. */

typedef struct
{
  PcNet         base;
  gint64        wall;
  gint64        monotonic;
  GMainContext *context;
  gpointer      heard; /* the datagram port that had the last turn; only to
                          be compared */
  guint8        buffer[PC_LIMIT_READ];
} PcLoopback;

/* loopback.c: the only place where an address is made. */
void            pc_loopback_make_address (struct sockaddr_in *address,
                                          guint               port);

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
