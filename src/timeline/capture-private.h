/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/capture.h"

G_BEGIN_DECLS

/* Between capture.c, which goes through a timeline, and capture-stream.c,
 * which turns what two ends said to each other into segments. */

typedef struct _PcCaptureStream PcCaptureStream;

/* Packets as they are made. */
typedef struct
{
  PcTimeline *timeline;
  GPtrArray  *packets; /* PcPacket */
} PcCapture;

/* @path: from client to server. */
PcCaptureStream *pc_capture_stream_new (guint              conn,
                                        const PcFramePath *path);
void             pc_capture_stream_free (PcCaptureStream *self);
/* One of its steps, in the timeline's order.  @pieces as the timeline has
 * them. */
void             pc_capture_stream_add (PcCaptureStream *self,
                                        PcStep          *step,
                                        const GArray    *pieces,
                                        PcSide           from);
/* After the last one: all its packets.  @over: nothing more will be said. */
void             pc_capture_stream_send (PcCaptureStream *self,
                                         PcCapture       *capture,
                                         gboolean         over);

/* Adds a packet without octets; the caller fills in the rest. @step may be
 * NULL. */
PcPacket        *pc_capture_add (PcCapture         *self,
                                 const PcFramePath *path,
                                 gint64             time,
                                 PcStep            *step);
/* @step begins with @packet. */
void             pc_packet_tell (PcPacket *packet,
                                 PcStep   *step);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcCaptureStream, pc_capture_stream_free)

G_END_DECLS
