/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* A protocol small enough to see through: lines that end in CR LF.  A client
 * line "PASS word" carries a secret and makes both ends "open"; a server line
 * that begins with "-" is an error.  A datagram is one unit. */
extern const PcProtocol fake_stream;
extern const PcProtocol fake_datagrams;

G_END_DECLS
