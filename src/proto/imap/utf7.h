/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names of mailboxes on the wire: modified UTF-7 (RFC 3501 section 5.1.3). */

/* @name is UTF-8.  Transfer full. */
char *pc_imap_utf7_encode (const char *name);
/* NULL unless @name is what encoding some UTF-8 gives.  Transfer full. */
char *pc_imap_utf7_decode (const char *name);

G_END_DECLS
