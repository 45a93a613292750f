/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* POP3, for the registry. */
extern const PcProtocol pc_pop3_protocol;

/* @config: host and session are copied, the store is referenced. */
PcEngine   *pc_pop3_server_new (const PcServerConfig *config);
PcEngine   *pc_pop3_client_new (const PcClientConfig *config);
PcObserver *pc_pop3_observer_new (void);

G_END_DECLS
