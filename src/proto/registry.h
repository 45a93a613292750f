/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* The one place that knows all four protocols. */

#define PC_N_PROTOCOLS 4

const PcProtocol  *pc_registry_get (guint index);
/* "imap"; NULL when there is none. */
const PcProtocol  *pc_registry_find (const char *id);
/* Any rule, of any protocol or of the common ones. NULL when unknown. */
const PcNarration *pc_registry_find_narration (const char *rule);

G_END_DECLS
