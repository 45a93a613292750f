/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/frame.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* The packets that a timeline's octets would be on a network, as somebody
 * sees them leave their sender.  Valid while the timeline is and does not
 * change. */

typedef struct
{
  gint64        time;   /* µs since the timeline began */
  PcFramePath   path;
  gboolean      stream; /* TCP; else UDP */
  PcTcpFlags    flags;
  guint32       seq;
  guint32       ack;
  const guint8 *data;   /* borrowed from a step */
  gsize         len;
  GPtrArray    *steps;  /* PcStep, those that begin with this packet; or NULL */
  guint         step;   /* number of the step that it belongs to */
  guint         serial; /* order among packets of one time */
} PcPacket;

/* In order of time.  PcPacket; transfer full. */
GPtrArray *pc_capture_make (PcTimeline *timeline);
/* Writes its frame to the end of @frame. */
void       pc_packet_append_frame (const PcPacket *self,
                                   GByteArray     *frame);

G_END_DECLS
