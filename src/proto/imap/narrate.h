/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/narrate.h"

G_BEGIN_DECLS

/* Sorted by rule; one row for each name in rules.h. */
extern const PcNarration pc_imap_narrations[];
#define PC_IMAP_N_NARRATIONS 150

G_END_DECLS
