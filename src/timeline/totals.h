/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What an exchange cost and what it gave away, counted from its steps. */
typedef struct
{
  guint       n_turns;     /* times that an end had to wait for the other's
                            * answer: round trips, the TCP handshake too */
  guint       n_messages;  /* units with octets on streams */
  guint       n_datagrams; /* sent by an end, lost ones too */
  guint       n_again;     /* of all these, sent once more */
  guint64     n_octets;    /* that they brought onto the wire, TLS records and
                            * all, without headers of TCP, UDP or IP */
  gint64      duration;    /* µs, to the end of the last step */
  guint       n_secrets;   /* passwords that somebody on the way could read */
  PcOutcome   outcome;
  const char *client_state; /* the last one told, untranslated, or NULL */
  const char *server_state;
} PcTotals;

void pc_totals_count (PcTotals   *self,
                      PcTimeline *timeline);

G_END_DECLS
