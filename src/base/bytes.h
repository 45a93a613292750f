/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A bounded queue of octets: appended at the tail, consumed at the head.
 * Plain struct, to be embedded; zeroed it is an empty queue without a limit. */
typedef struct
{
  guint8 *data;      /* private */
  gsize   head;      /* private: first octet not yet consumed */
  gsize   tail;      /* private: one past the last octet */
  gsize   allocated; /* private */
  gsize   limit;     /* most octets held at once; 0 for none */
} PcBytes;

void          pc_bytes_init (PcBytes *self,
                             gsize    limit);
void          pc_bytes_clear (PcBytes *self);

gsize         pc_bytes_get_size (const PcBytes *self);
/* The octets from the head on; valid until the next call that changes @self. */
const guint8 *pc_bytes_peek (const PcBytes *self,
                             gsize         *len);
/* FALSE, with nothing appended, when the limit would be passed. */
gboolean      pc_bytes_append (PcBytes      *self,
                               gconstpointer data,
                               gsize         len);
gboolean      pc_bytes_append_string (PcBytes    *self,
                                      const char *string);
/* Drops @len octets from the head; @len is at most the size. */
void          pc_bytes_consume (PcBytes *self,
                                gsize    len);
/* Takes @len octets off the head. Transfer full. */
GBytes       *pc_bytes_take (PcBytes *self,
                             gsize    len);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcBytes, pc_bytes_clear)

G_END_DECLS
