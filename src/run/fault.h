/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub-private.h"

G_BEGIN_DECLS

/* What endpoints call where a conversation is watched (conn->watch), so that
 * faults can strike. */

/* -- streams: fault-lane.c */

/* Takes what the engine of @self has said.  FALSE when there was nothing, or
 * no room for it. */
gboolean pc_fault_drain (PcEndpoint *self);
/* What a foreign peer of @self has said. */
void     pc_fault_arrive (PcEndpoint   *self,
                          const guint8 *data,
                          gsize         len);
/* Something of what @self has said did not leave yet. */
gboolean pc_fault_is_held (PcEndpoint *self);
/* … and never will. */
gboolean pc_fault_is_stuck (PcEndpoint *self);
/* The actor of an end of @conn that cannot be heard any more; or NULL. */
const char *pc_fault_find_stuck (PcConn *conn);
/* Something of what its peer has said did not arrive yet; then the end of it
 * is told later, by pc_endpoint_take_end (). */
gboolean pc_fault_defer_eof (PcEndpoint *self);
/* All that was written has left. */
void     pc_fault_drained (PcEndpoint *self);
/* What arrived in clear and waits is not to come out of TLS. */
void     pc_fault_forget_arrived (PcEndpoint *self);
/* @self is gone: its lanes lead nowhere. */
void     pc_fault_stop (PcEndpoint *self);
void     pc_fault_lane_free (PcFaultLane *self);

/* -- datagrams: fault-datagram.c */

/* As pc_observer_tell_timer (): faults go by the rules that people see. */
void     pc_fault_watch_tell_timer (PcFaultWatch *watch,
                                    PcSide        from,
                                    gboolean      rang);
/* @self sends @datagram. */
void     pc_fault_send (PcEndpoint *self,
                        PcDatagram *datagram);
/* A foreign end's datagram is there: for @self, or, where that is NULL, for
 * the well-known port of @conn's service. */
void     pc_fault_receive (PcConn       *conn,
                           PcEndpoint   *self,
                           guint         from_port,
                           guint         to_port,
                           const guint8 *data,
                           gsize         len);
/* It comes from a stranger of ours: its step has arrived. */
gboolean pc_fault_land_stranger (PcConn *conn,
                                 guint   from_port);
void     pc_fault_held_free (gpointer data);
void     pc_fault_stranger_free (gpointer data);

G_END_DECLS
