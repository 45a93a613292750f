/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Writes the blocks of a pcapng file: one section with one interface, which
 * is an Ethernet.  Whole sections may follow each other in a file. */

typedef struct _PcPcapng PcPcapng;

/* What comes first.  Texts are UTF-8; one that is too long for its place, of
 * 65535 octets, is cut. */
PcPcapng *pc_pcapng_new (const char *program,
                         const char *comment);
void      pc_pcapng_free (PcPcapng *self);
/* The whole; @self is gone.  Transfer full. */
GBytes   *pc_pcapng_free_to_bytes (PcPcapng *self);
/* @key_log: lines as pc_tls_take_key_log () gives them.  Before the packets
 * which they open. */
void      pc_pcapng_add_key_log (PcPcapng   *self,
                                 const char *key_log);
/* @addresses, @names: @n each.  Before the packets, too. */
void      pc_pcapng_add_names (PcPcapng          *self,
                               const guint32     *addresses,
                               const char *const *names,
                               guint              n);
/* @time: µs since 1970; @comments: @n, perhaps none. */
void      pc_pcapng_add_packet (PcPcapng          *self,
                                gint64             time,
                                const GByteArray  *frame,
                                const char *const *comments,
                                guint              n);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPcapng, pc_pcapng_free)

G_END_DECLS
