/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* For people, in the language's own way: "250 ms", "2.5 s", "15 min",
 * "4 h 30 min".  Negative is 0.  Transfer full. */
char *pc_duration_to_text (gint64 us);

G_END_DECLS
