/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"

G_BEGIN_DECLS

/* A server's end that says @line (without its line end) in place of a greeting
 * and hangs up: for whoever comes when there are too many already. */
PcEngine *pc_refusal_new (const char *line);

G_END_DECLS
