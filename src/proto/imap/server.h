/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* An IMAP server's end of one conversation.  @config->store is needed. */
PcEngine *pc_imap_server_new (const PcServerConfig *config);

G_END_DECLS
