/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/narrate.h"

G_BEGIN_DECLS

/* What the rules of TLS mean to a learner; sorted by rule. */

extern const PcNarration pc_tls_narrations[];
extern const gsize       pc_tls_n_narrations;

G_END_DECLS
