/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/observer.h"

G_BEGIN_DECLS

/* An onlooker at an SMTP conversation between any client and any server. */
PcObserver *pc_smtp_observer_new (void);

G_END_DECLS
