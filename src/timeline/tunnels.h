/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* From where to where conversations were under TLS. */

typedef struct
{
  guint    conn;
  guint    first; /* index of the step that ended the handshake: what comes
                   * after it is encrypted */
  guint    last;  /* index of the last step in it; G_MAXUINT: not known yet */
  gboolean closed; /* with close_notify (RFC 8446 section 6.1), not cut off */
} PcTunnel;

typedef struct _PcTunnels PcTunnels;

/* @timeline: borrowed, for as long as this lives. */
PcTunnels      *pc_tunnels_new (PcTimeline *timeline);
void            pc_tunnels_free (PcTunnels *self);
/* Looks at step @index, once for each and in order.  TRUE when a tunnel
 * begins behind it. */
gboolean        pc_tunnels_add (PcTunnels *self,
                                guint      index);
guint           pc_tunnels_get_n (PcTunnels *self);
/* By their first steps, rising.  Valid until the next call of add. */
const PcTunnel *pc_tunnels_get (PcTunnels *self,
                                guint      i);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcTunnels, pc_tunnels_free)

G_END_DECLS
