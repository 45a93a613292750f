/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tls/observe.h"

G_BEGIN_DECLS

/* Handshakes of real programs, kept as hex digits in tests/proto/tls/data:
 * "> 160301…" from the client, "< 160303…" from the server. */

typedef struct
{
  PcSide  from;
  GBytes *bytes;
} FixturePiece;

/* FixturePiece, as they were sent.  Transfer full. */
GPtrArray *fixture_load (const char *name);
/* Feeds all of it, at most @step octets at once; then both sides end. */
void       fixture_feed (PcObserver *observer,
                         GPtrArray  *pieces,
                         gsize       step);
/* "> rule: summary [client, server]" for each unit that is there, a mark
 * where the status is not good.  Every octet has a label with a meaning, held
 * on the way.  Transfer full. */
char      *fixture_describe (PcObserver *observer);
/* "0-1 Record type: 22 (handshake)" for each field.  Transfer full. */
char      *fixture_describe_fields (const PcUnit *unit);
/* The octets of hex digits; blanks do not count.  Transfer full. */
GBytes    *fixture_octets (const char *hex);

G_END_DECLS
