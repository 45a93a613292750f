/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub-private.h"
#include "scenario/fault.h"

G_BEGIN_DECLS

/* Faults on the way between two ends.  A *watch* follows one conversation and
 * says which faults fall where; a *lane* is one direction of a stream and does
 * it there; datagrams are fault-datagram.c's. */

/* A fault that strikes. */
typedef struct
{
  const PcFault *fault;
  guint64        begin; /* streams: octets said before what it falls on */
  gsize          size;  /* of the unit; 0 where none is meant */
  gboolean       ahead; /* only the note, before the unit */
  gboolean       noted; /* it was there already */
} PcFaultHit;

/* fault-watch.c */

/* NULL when nothing that is armed can fall on @conn. */
PcFaultWatch *pc_fault_watch_new (PcConn *conn);
void          pc_fault_watch_free (PcFaultWatch *self);
/* What did not strike yet never will.  @self may be NULL. */
void          pc_fault_watch_disarm (PcFaultWatch *self);
/* What is said from now on comes out of TLS. */
void          pc_fault_watch_secured (PcFaultWatch *self);
/* @from says this, and it has not left yet. */
void          pc_fault_watch_say (PcFaultWatch *self,
                                  PcSide        from,
                                  guint         port,
                                  const guint8 *data,
                                  gsize         len);
/* The oldest hit on what @from says; FALSE when there is none. */
gboolean      pc_fault_watch_next (PcFaultWatch *self,
                                   PcSide        from,
                                   PcFaultHit   *hit);
/* Octets of @from's that whole units are made of. */
guint64       pc_fault_watch_get_whole (PcFaultWatch *self,
                                        PcSide        from);

/* fault-words.c: what struck becomes a note. */

void pc_fault_note (PcConn        *conn,
                    PcSide         from,
                    const PcFault *fault,
                    const char    *summary);
void pc_fault_note_hit (PcConn           *conn,
                        PcSide            from,
                        const PcFaultHit *hit);
void pc_fault_note_change (PcConn        *conn,
                           PcSide         from,
                           const PcFault *fault,
                           guint8         was,
                           guint8         is);
/* The octet that is to be changed. */
guint8 pc_fault_change (const PcFault *fault,
                        guint8         was);

G_END_DECLS
