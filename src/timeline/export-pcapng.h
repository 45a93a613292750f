/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/export.h"

G_BEGIN_DECLS

/* The whole timeline as a packet capture in pcapng form, for Wireshark: with
 * our explanations as comments of the packets, the actors' names, and what is
 * needed to read what was under TLS.  The octets, passwords too, are those of
 * the wire; PC_EXPORT_SHOW_SECRETS is for the comments.  The same timeline is
 * always the same file, and several files, one after the other, are a file as
 * well.  Transfer full. */
GBytes *pc_timeline_export_pcapng (PcTimeline   *timeline,
                                   PcExportFlags flags);

G_END_DECLS
