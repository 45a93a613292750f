/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Looked for once. */
gboolean pc_wireshark_is_installed (void);
/* Starts it with @capture, in a file of ours that nobody else may read and
 * that is removed when this program ends.  @name: of the file, without its
 * end. */
gboolean pc_wireshark_open (const char *name,
                            GBytes     *capture,
                            GError    **error);

G_END_DECLS
