/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An SMTP server that delivers into the mailboxes of @config's store (which
 * must be set).  @config's role decides whose mail it takes:
 *
 *   RELAY       for its own domain only; no AUTH
 *   SUBMISSION  for its own domain and others, after AUTH only
 *   DEFAULT     as RELAY, and AUTH is offered
 *
 * From who has logged in it takes mail for other domains into @config's queue;
 * without one it says that no way leads there. */
PcEngine *pc_smtp_server_new (const PcServerConfig *config);

G_END_DECLS
