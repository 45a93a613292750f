/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"
#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* What the tests of IMAP share: a small world, and a pump that carries octets
 * between a client and a server while an observer looks on. */

#define NOW (G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC)

/* Accounts alex and robin, password portcall; alex's INBOX has three messages
 * of which the first is read, and there are Sent and Trash. */
PcMailStore *world_new (void);
PcMailbox   *world_inbox (PcMailStore *store);
PcEngine    *server_new (PcMailStore *store,
                         guint        session);
/* Everything @engine has to say.  Transfer full. */
char        *take_output (PcEngine *engine);
/* Feeds octets, and waits for what is held back, which takes time of its
 * own. */
void         feed (PcEngine   *engine,
                   const char *data,
                   gsize       len);
/* Until nothing that @engine says is held back. */
void         wait_for (PcEngine *engine);
/* Feeds @text and returns what comes back.  Transfer full. */
char        *say (PcEngine   *engine,
                  const char *text);

typedef struct
{
  PcEngine   *client;
  PcEngine   *server;
  PcObserver *observer;
  GPtrArray  *units;   /* PcUnit* */
  gsize       portion; /* octets carried at once; 0 for all there are */
} Pump;

Pump    *pump_new (PcMailStore *store,
                   guint        session,
                   gsize        portion);
void     pump_free (Pump *self);
/* Carries octets until nobody has any left. */
void     pump_run (Pump *self);
/* Does an action to its end: name, then pairs of parameter and value, NULL.
 * Returns: the event that ended it, items dropped.  Transfer full. */
PcEvent *pump_act (Pump       *self,
                   const char *name,
                   ...) G_GNUC_NULL_TERMINATED;
/* Every octet of the unit has one label. */
void     check_cover (const PcUnit *unit);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pump, pump_free)

G_END_DECLS
