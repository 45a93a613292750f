/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"
#include "proto/pop3/protocol.h"

G_BEGIN_DECLS

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

/* alex (password portcall) with three messages: UID 1 of 30 octets, 2 (33)
 * with lines that begin with a dot, 3 (30) without a line end at its end;
 * robin with none.  UIDVALIDITY 7. */
PcMailStore *fixture_store (void);
PcMailbox   *fixture_inbox (PcMailStore *store);
PcEngine    *fixture_server (PcMailStore *store);
PcEngine    *fixture_client (void);

/* Takes all output of @engine.  Transfer full. */
char        *fixture_take (PcEngine *engine);
/* Waits for what is held back, which takes time of its own. */
void         fixture_feed (PcEngine   *engine,
                           const char *text);
void         fixture_feed_octets (PcEngine   *engine,
                                  const char *data,
                                  gsize       len);
/* Until nothing that @engine says is held back. */
void         fixture_wait (PcEngine *engine);
/* Takes all of the output, letting the engine make more of it each time. */
GByteArray  *fixture_drain (PcEngine *engine);
PcAction    *fixture_action (const char *name,
                             ...) G_GNUC_NULL_TERMINATED;

/* One line for each unit that is ready:
 * "C command pop3.stat OK [STAT] TRANSACTION". */
void         fixture_describe_units (PcObserver *observer,
                                     GString    *out);
/* Every octet has a label, and labels follow each other. */
void         fixture_check_unit (const PcUnit *unit);

G_END_DECLS
