/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/observer.h"

G_BEGIN_DECLS

/* Watches the octets of a TLS connection as they are on the wire.  Each record
 * (RFC 8446 section 5.1) is one unit; what is in clear is labelled down to the
 * last field, what is encrypted stays so: no key is ever known here.
 *
 * Octets that are no TLS give "tls.unreadable", line by line, and whatever
 * follows from that side too. */

/* Transfer full. */
PcObserver *pc_tls_observer_new (void);

/* What the next record of @from holds under its encryption, known because one
 * end is ours.  @content_type: 21 (@detail: the alert's description), 22
 * (@detail: the type of the handshake message) or 23 (@detail: 0).  Hints
 * wait in line, one for each encrypted record; the hint of a record that
 * turns out to be in clear is dropped.  Past PC_LIMIT_TLS_HINTS they are
 * ignored. */
void        pc_tls_observer_hint (PcObserver *self,
                                  PcSide      from,
                                  guint       content_type,
                                  guint       detail);

/* What somebody on the way sees of @data, whole records of application data:
 * one unit "tls.data", without states.  Transfer full. */
PcUnit     *pc_tls_view_data (PcSide        from,
                              const guint8 *data,
                              gsize         len);

G_END_DECLS
