/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An SMTP server that delivers into the mailboxes of @config's store (which
 * must be set).  @config's role decides whose mail it takes:
 *
 *   RELAY       for its own domain only; no AUTH
 *   SUBMISSION  for its own domain, after AUTH only
 *   DEFAULT     as RELAY, and AUTH is offered
 *
 * It sends no mail on to other servers and says so in its refusal. */
PcEngine *pc_smtp_server_new (const PcServerConfig *config);

G_END_DECLS
