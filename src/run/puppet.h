/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"
#include "scenario/scenario.h"

G_BEGIN_DECLS

/* A server's end that understands nothing.  It counts what it hears, lines or
 * datagrams, and says what it is told: now, by who plays the server, or in
 * order, as a scenario has it. */

/* @says: @n_says of them, in order; they must outlive the engine. */
PcEngine   *pc_puppet_new (const PcServerConfig   *config,
                           const PcScenarioSaying *says,
                           guint                   n_says);
void        pc_puppet_say (PcEngine   *engine,
                           gint64      now,
                           const char *data,
                           gsize       len);
/* Where datagrams go; 0 before the first one has come. */
guint       pc_puppet_get_peer (PcEngine *engine);
/* Of what is said, or done, now: how much has been heard since the last time,
 * and how long ago, in µs, the last of it, or that, was. */
void        pc_puppet_measure (PcEngine *engine,
                               gint64    now,
                               guint    *hears,
                               gint64   *after);

G_END_DECLS
