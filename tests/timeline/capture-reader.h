/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reads captures for tests, and trusts nothing: lengths, padding and checksums
 * must be right, or the test ends. */

#define MAX_PACKETS 200

typedef struct
{
  gint64        time;
  guint32       from; /* addresses */
  guint32       to;
  guint         from_port;
  guint         to_port;
  gboolean      stream;
  guint         flags;
  guint32       seq;
  guint32       ack;
  guint8        data[2048];
  gsize         len;
  char         *comment; /* all of them; or NULL */
} Packet;

typedef struct
{
  char   *about;
  char   *names;   /* "c0000201=Phone …" */
  char   *key_log;
  Packet *packets;
  guint   n_packets;
} Reader;

/* Numbers of @n octets, the highest octet first. */
guint32 reader_get_be (const guint8 *at,
                       guint         n);
/* Clear with reader_clear (). */
void    reader_read (Reader *self,
                     GBytes *bytes);
void    reader_clear (Reader *self);

G_END_DECLS
