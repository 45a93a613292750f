/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What the program remembers of its window.  NULL where the schema is not
 * installed: then nothing is remembered, and nothing else differs.
 * Transfer full. */
GSettings *pc_settings_new (void);

G_END_DECLS
