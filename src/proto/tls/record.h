/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tls/names.h"
#include "proto/tls/reader.h"

G_BEGIN_DECLS

/* The outside of records: their header, and what is encrypted. */

#define PC_TLS_HEADER 5

/* Labels type, version and length; @reader has a whole header. */
void    pc_tls_label_header (PcTlsReader *reader);
/* Labels the rest of @reader as encrypted.  @inside: what one end knows of it,
 * or NULL.  @nonce and @tag octets of it stand at the start and the end. */
void    pc_tls_label_encrypted (PcTlsReader *reader,
                                const char  *inside,
                                guint        nonce,
                                guint        tag);
/* Something that is no TLS: one line, or a part of it, as "tls.unreadable".
 * @guarded: on a line that gives a password away it becomes TRUE, and all
 * after it is secret.  Transfer full. */
PcUnit *pc_tls_label_foreign (PcSide        from,
                              const guint8 *data,
                              gsize         len,
                              gboolean     *guarded);

G_END_DECLS
