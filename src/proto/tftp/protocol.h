/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* TFTP, for the registry.
 *
 * One engine is one transfer on one socket.  The server's first datagram is
 * the one that came to the well-known port; its owner has made a fresh socket
 * for the engine, whose port is the server's TID (RFC 1350 section 4).  When
 * the client engine is done, the next transfer needs a new one. */
extern const PcProtocol pc_tftp_protocol;

/* @config is copied as far as it is needed. */
PcEngine   *pc_tftp_server_new (const PcServerConfig *config);
PcEngine   *pc_tftp_client_new (const PcClientConfig *config);
PcObserver *pc_tftp_observer_new (void);

G_END_DECLS
