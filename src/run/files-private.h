/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/files.h"

G_BEGIN_DECLS

/* For tests: goes the way of kernels without openat2 (). */
void pc_files_avoid_openat2 (PcFiles *self);

G_END_DECLS
