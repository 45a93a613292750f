/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* What a recorder was told and has not looked at yet, the oldest first. */
typedef struct _PcBacklog PcBacklog;

typedef enum {
  PC_DEED_SENT,
  PC_DEED_ARRIVED,
  PC_DEED_RECORD,
  PC_DEED_SECURED,
  PC_DEED_CLOSED,
  PC_DEED_PASSED, /* a datagram */
  PC_DEED_LEFT,
} PcDeedKind;

/* One call of a pc_recorder function, with its arguments. */
typedef struct
{
  PcDeedKind    kind;
  guint         conn;
  PcSide        from;
  gboolean      cut;
  gint64        now;
  gsize         len;
  const guint8 *data;
  GBytes       *wire; /* for a datagram: whose octets @data are, or NULL */
  GBytes       *plain;
  guint         content;
  guint         detail;
  guint         from_port;
  guint         to_port;
  gint64        wait_us;
  gboolean      timed;
  gboolean      rang;
} PcDeed;

PcBacklog *pc_backlog_new (void);
void       pc_backlog_free (PcBacklog *self);
/* Keeps what @deed points to: octets are copied, unless a GBytes has them. */
void       pc_backlog_add (PcBacklog    *self,
                           const PcDeed *deed);
/* The next deed, of a stream's octets at most @most; valid until the next
 * call.  FALSE when there is none. */
gboolean   pc_backlog_next (PcBacklog *self,
                            gsize      most,
                            PcDeed    *deed);
/* Octets of memory that it takes. */
gsize      pc_backlog_get_size (const PcBacklog *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcBacklog, pc_backlog_free)

G_END_DECLS
