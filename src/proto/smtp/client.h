/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An SMTP client that does one visible step after the other: it waits for
 * every reply before it goes on.  Its actions are pc_smtp_actions. */
PcEngine *pc_smtp_client_new (const PcClientConfig *config);

G_END_DECLS
