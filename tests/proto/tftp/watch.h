/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Conversations written as lines, packed into datagrams, and what the observer
 * must make of each. */

#include "proto/tftp/protocol.h"

/* Who sends: C and S the two ends, X a second port on the server's side, Y a
 * second one on the client's.  "S!": its timer rang; "S.": it did not; nothing
 * behind it: nobody tells.
 *
 * What: "RRQ name mode [option=value]…", "WRQ …", "OACK option=value…",
 * "DATA block octets", "ACK block", "ERROR code words".  Blocks are counted
 * without end and go round in the packet.
 *
 * @states: "READING/SENDING", or NULL when they are as before. */
typedef struct
{
  const char *who;
  const char *what;
  const char *rule;
  const char *states;
} WatchLine;

GByteArray *watch_pack (const char *what);
PcUnit     *watch_see (PcObserver *observer,
                       const char *who,
                       const char *what);
void        watch_run (const WatchLine *lines,
                       gsize            n);
/* "2-4 Block number: 1\n" for each field. */
char       *watch_describe (const PcUnit *unit);

#define WATCH(lines) watch_run ((lines), G_N_ELEMENTS (lines))
