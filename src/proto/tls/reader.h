/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Reads octets of a unit in order and labels them as it goes.  What promises
 * more octets than are left is labelled as it is and makes the reader bad;
 * but not where a record cut the message: the next record has the rest.
 * A plain value; it holds no memory. */

typedef struct
{
  PcUnit       *unit;
  const guint8 *at;
  const guint8 *end;
  gboolean      cut; /* the record ended at @end, the message did not */
  gboolean      bad; /* a length lied */
} PcTlsReader;

gsize    pc_tls_reader_get_rest (const PcTlsReader *self);
/* The big-endian number in the next @n octets (1 to 4), nothing labelled. When
 * they are not there: FALSE, and nothing is left to read. */
gboolean pc_tls_reader_peek (PcTlsReader *self,
                             guint        n,
                             guint       *value);
/* Labels @n octets, which are there. Takes @value; NULL for hex digits. */
void     pc_tls_reader_add (PcTlsReader *self,
                            gsize        n,
                            const char  *label,
                            const char  *meaning,
                            char        *value);
/* FALSE when @n octets are not there. */
gboolean pc_tls_reader_octets (PcTlsReader *self,
                               gsize        n,
                               const char  *label,
                               const char  *meaning);
gboolean pc_tls_reader_number (PcTlsReader *self,
                               guint        n,
                               const char  *label,
                               const char  *meaning,
                               guint       *value);
/* A length in @n octets, and a reader of so many.  Whatever it leaves is
 * labelled by leave (). */
gboolean pc_tls_reader_enter (PcTlsReader *self,
                              guint        n,
                              const char  *label,
                              PcTlsReader *inner);
void     pc_tls_reader_leave (PcTlsReader *self,
                              PcTlsReader *inner);
/* A length in @n octets and so many octets. */
gboolean pc_tls_reader_vector (PcTlsReader *self,
                               guint        n,
                               const char  *length_label,
                               const char  *label,
                               const char  *meaning);

/* "1A2B…", the first 32 octets. Transfer full. */
char    *pc_tls_hex (const guint8 *data,
                     gsize         len);
/* "12 octets". Transfer full. */
char    *pc_tls_octets (gsize n);

G_END_DECLS
