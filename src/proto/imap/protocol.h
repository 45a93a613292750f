/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

extern const PcProtocol pc_imap_protocol;

G_END_DECLS
