/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/smtp/protocol.h"

#include "mail/store.h"

/* Whether servers complete headers. */
extern gboolean smtp_test_fixes;

G_BEGIN_DECLS

/* What the tests of SMTP share: engines in a known world, at a fixed time. */

/* 2026-11-23T07:30:00Z */
#define SMTP_TEST_NOW (G_GINT64_CONSTANT (1795419000) * G_USEC_PER_SEC)

/* alex and robin at example.test, both with empty mailboxes. */
PcMailStore *smtp_test_store (void);
/* Greeted already; the greeting was taken. */
PcEngine    *smtp_test_server (PcMailStore *store,
                               PcServerRole role);
/* Waits for a greeting. */
PcEngine    *smtp_test_client (void);
/* Feeds @step octets at a time; 0: all at once.  Waits for what is held
 * back, which takes time of its own. */
void         smtp_test_feed (PcEngine   *engine,
                             const char *data,
                             gssize      len,
                             gsize       step);
/* Until nothing that @engine says is held back. */
void         smtp_test_wait (PcEngine *engine);
/* All that is queued; transfer full. */
char        *smtp_test_output (PcEngine *engine);
guint        smtp_test_count (PcMailStore *store,
                              const char  *user);
/* The newest message in @user's INBOX; transfer full. */
char        *smtp_test_newest (PcMailStore *store,
                               const char  *user);
/* Begins "@name key=value key=value"; @data may be NULL. */
gboolean     smtp_test_act (PcEngine   *client,
                            const char *text,
                            const char *data,
                            GError    **error);
/* One string: each unit as "C rule | summary | states | label=value, ...". */
char        *smtp_test_describe (PcObserver *observer);

G_END_DECLS
