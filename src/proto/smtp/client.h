/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An SMTP client that does one visible step after the other: it waits for
 * every reply before it goes on.  Its actions are pc_smtp_actions. */
PcEngine *pc_smtp_client_new (const PcClientConfig *config);

/* For who sends mail on and must know what became of it. */

typedef struct
{
  guint       code; /* 0: nothing final was said */
  const char *text; /* "550 5.1.1 Nobody here", valid until the next action */
  gboolean    ours; /* the client itself found that it cannot be sent */
} PcSmtpVerdict;

/* The last word on recipient @index, from 0, of the last "send" or "relay". */
PcSmtpVerdict pc_smtp_client_get_verdict (const PcEngine *engine,
                                          guint           index);
/* The reply with which the server ended the conversation: a greeting that was
 * a refusal, or 421. */
PcSmtpVerdict pc_smtp_client_get_farewell (const PcEngine *engine);
/* The server said that it reports what becomes of mail (RFC 3461). */
gboolean      pc_smtp_client_offers_reports (const PcEngine *engine);

G_END_DECLS
