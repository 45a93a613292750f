/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The first sentence of @text, which is valid UTF-8: up to a full stop, a
 * question mark or an exclamation mark with a blank and the beginning of
 * another sentence after it; all of it where there is none.  The full stops
 * of "z. B." and "e.g." end nothing.  Transfer full. */
char *pc_sentence_dup_first (const char *text);

G_END_DECLS
