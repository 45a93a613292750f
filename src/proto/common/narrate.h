/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a rule means to a learner.  Const tables of these, one per protocol,
 * sorted by rule (held by a test). */

typedef struct
{
  guint       rfc;
  const char *section; /* "6.4.5", or NULL for the whole document */
} PcReference;

typedef struct
{
  const char *rule;        /* "imap.fetch" */
  const char *title;       /* N_(), a few words, sentence case */
  const char *explanation; /* N_(), one to four plain sentences */
  PcReference references[3]; /* unused ones have rfc 0; the first is set */
  /* N_(): in place of the explanation where the octets came out of TLS and
   * that changes what is true; or NULL. */
  const char *under_tls;
} PcNarration;

/* Binary search in a sorted table.  NULL when there is no such rule. */
const PcNarration *pc_narration_find (const PcNarration *table,
                                      gsize              n,
                                      const char        *rule);

/* Rules of what is below the protocols: "tcp.close", "tcp.open",
 * "tcp.refused", "tcp.reset", "tcp.silence", "tcp.unfinished"; of what the
 * network does: "udp.duplicate"; of what a client does not do:
 * "client.declines"; of what goes wrong on purpose: "fault.answer" and the
 * like; and of what happens behind a server's back: "world.restore". */
extern const PcNarration pc_common_narrations[];
extern const gsize       pc_common_n_narrations;

G_END_DECLS
