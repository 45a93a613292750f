/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Timelines with everything that a diagram draws, put together by hand. */

/* A phone reads mail: states, an error, a password, a note, a close. */
PcTimeline *sample_mail (void);
/* A file comes by datagrams; one is lost, and time goes by. */
PcTimeline *sample_file (void);
/* All that a network can do: what it loses, delays, copies and lets a stranger
 * send, and what the ends do about it. */
PcTimeline *sample_trouble (void);
/* Two devices and two servers; one connection is refused, one is cut. */
PcTimeline *sample_four (void);
/* A handshake of TLS, a command with three answers, and a proper close. */
PcTimeline *sample_secure (void);
/* @n steps back and forth. */
PcTimeline *sample_long (guint n);

G_END_DECLS
