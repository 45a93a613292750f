/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/observer.h"

G_BEGIN_DECLS

/* Watches an IMAP conversation between anybody's client and server. */
PcObserver *pc_imap_observer_new (void);

G_END_DECLS
