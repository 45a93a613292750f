/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A small reader of pcapng with Ethernet, IPv4, TCP and UDP in it: what our
 * writer writes, and no more. */

#include "capture-reader.h"

#include <string.h>

static guint32
get_le (const guint8 *at,
        guint         n)
{
  guint32 value = 0;

  while (n > 0)
    value = value << 8 | at[--n];
  return value;
}

guint32
reader_get_be (const guint8 *at,
               guint         n)
{
  guint32 value = 0;

  for (guint i = 0; i < n; i++)
    value = value << 8 | at[i];
  return value;
}

/* RFC 1071, the slow way: over a whole, with its checksum, it is 0. */
static guint
sum (guint32       begin,
     const guint8 *data,
     gsize         len)
{
  guint64 total = begin;

  for (gsize i = 0; i < len; i++)
    total += (guint64) data[i] << (i % 2 == 0 ? 8 : 0);
  while (total > 0xffff)
    total = (total & 0xffff) + (total >> 16);
  return (guint) (total ^ 0xffff);
}

static void
read_stream (Packet       *packet,
             const guint8 *data,
             gsize         len)
{
  gsize head = (gsize) (data[12] >> 4) * 4;

  packet->stream = TRUE;
  packet->seq = reader_get_be (data + 4, 4);
  packet->ack = reader_get_be (data + 8, 4);
  packet->flags = data[13];
  g_assert_cmpuint (head, >=, 20);
  g_assert_cmpuint (head, <=, len);
  packet->len = len - head;
  memcpy (packet->data, data + head, packet->len);
}

static void
read_frame (Packet       *packet,
            const guint8 *data,
            gsize         len)
{
  gsize   total;
  guint32 pseudo = 0;

  g_assert_cmpuint (len, >=, 14 + 20 + 8);
  g_assert_cmpuint (reader_get_be (data, 2), ==, 0x0200);
  g_assert_cmpuint (reader_get_be (data + 6, 2), ==, 0x0200);
  g_assert_cmpuint (reader_get_be (data + 12, 2), ==, 0x0800);
  packet->to = reader_get_be (data + 2, 4);
  packet->from = reader_get_be (data + 8, 4);
  data += 14;
  g_assert_cmpuint (data[0], ==, 0x45);
  g_assert_cmpuint (sum (0, data, 20), ==, 0);
  total = reader_get_be (data + 2, 2);
  g_assert_cmpuint (total, ==, len - 14);
  g_assert_cmpuint (reader_get_be (data + 12, 4), ==, packet->from);
  g_assert_cmpuint (reader_get_be (data + 16, 4), ==, packet->to);

  for (guint i = 12; i < 20; i += 2)
    pseudo += reader_get_be (data + i, 2);
  pseudo += data[9] + (guint32) total - 20;
  g_assert_cmpuint (sum (pseudo, data + 20, total - 20), ==, 0);
  packet->from_port = reader_get_be (data + 20, 2);
  packet->to_port = reader_get_be (data + 22, 2);
  g_assert_cmpuint (total - 28, <=, sizeof packet->data);
  if (data[9] == 6) {
    read_stream (packet, data + 20, total - 20);
    return;
  }

  g_assert_cmpuint (data[9], ==, 17);
  g_assert_cmpuint (reader_get_be (data + 24, 2), ==, total - 20);
  packet->len = total - 28;
  memcpy (packet->data, data + 28, packet->len);
}

/* All comments of a block, with "|" between them. */
static char *
read_comments (const guint8 *data,
               gsize         len)
{
  GString *comments = NULL;
  gboolean ended = FALSE;

  while (len > 0) {
    guint code = get_le (data, 2);
    gsize size = get_le (data + 2, 2);
    gsize padded = 4 + (size + 3) / 4 * 4;

    g_assert_false (ended);
    g_assert_cmpuint (padded, <=, len);
    for (gsize i = 4 + size; i < padded; i++)
      g_assert_cmpuint (data[i], ==, 0);
    ended = code == 0;
    if (code == 1) {
      g_assert_true (g_utf8_validate ((const char *) data + 4, (gssize) size,
                                      NULL));
      if (comments == NULL)
        comments = g_string_new (NULL);
      else
        g_string_append_c (comments, '|');
      g_string_append_len (comments, (const char *) data + 4, (gssize) size);
    }
    data += padded;
    len -= padded;
  }
  g_assert_true (ended || comments == NULL);
  return comments != NULL ? g_string_free (comments, FALSE) : NULL;
}

static void
read_packet (Reader       *self,
             const guint8 *data,
             gsize         len)
{
  Packet *packet = &self->packets[self->n_packets++];
  gsize   size = get_le (data + 12, 4);
  gsize   padded = (size + 3) / 4 * 4;

  g_assert_cmpuint (self->n_packets, <=, MAX_PACKETS);
  g_assert_cmpuint (get_le (data, 4), ==, 0);
  g_assert_cmpuint (get_le (data + 16, 4), ==, size);
  packet->time = (gint64) ((guint64) get_le (data + 4, 4) << 32 |
                           get_le (data + 8, 4));
  g_assert_cmpuint (20 + padded, <=, len);
  for (gsize i = size; i < padded; i++)
    g_assert_cmpuint (data[20 + i], ==, 0);
  read_frame (packet, data + 20, size);
  packet->comment = read_comments (data + 20 + padded, len - 20 - padded);
}

static void
read_names (Reader       *self,
            const guint8 *data)
{
  GString *names = g_string_new (NULL);

  while (get_le (data, 2) != 0) {
    gsize len = get_le (data + 2, 2);

    g_assert_cmpuint (get_le (data, 2), ==, 1);
    g_assert_cmpuint (data[4 + len - 1], ==, 0);
    g_string_append_printf (names, "%08x=%s ", reader_get_be (data + 4, 4),
                            (const char *) data + 8);
    data += 4 + (len + 3) / 4 * 4;
  }
  self->names = g_string_free (names, FALSE);
}

static void
read_block (Reader       *self,
            guint         type,
            const guint8 *data,
            gsize         len)
{
  switch (type) {
  case 0x0a0d0d0a:
    g_assert_cmpuint (get_le (data, 4), ==, 0x1a2b3c4d);
    g_assert_cmpuint (get_le (data + 4, 4), ==, 1);
    self->about = read_comments (data + 16, len - 16);
    break;
  case 1:
    g_assert_cmpuint (get_le (data, 4), ==, 1);
    g_free (read_comments (data + 8, len - 8));
    break;
  case 4:
    read_names (self, data);
    break;
  case 10:
    g_assert_cmpuint (get_le (data, 4), ==, 0x544c534b);
    g_assert_cmpuint (get_le (data + 4, 4), <=, len - 8);
    g_assert_cmpuint (self->n_packets, ==, 0);
    self->key_log = g_strndup ((const char *) data + 8,
                               get_le (data + 4, 4));
    break;
  case 6:
    read_packet (self, data, len);
    break;
  default:
    g_assert_not_reached ();
  }
}

void
reader_read (Reader *self,
             GBytes *bytes)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  memset (self, 0, sizeof *self);
  self->packets = g_new0 (Packet, MAX_PACKETS + 1);
  while (len > 0) {
    gsize size;

    g_assert_cmpuint (len, >=, 12);
    size = get_le (data + 4, 4);
    g_assert_cmpuint (size % 4, ==, 0);
    g_assert_cmpuint (size, >=, 12);
    g_assert_cmpuint (size, <=, len);
    g_assert_cmpuint (get_le (data + size - 4, 4), ==, size);
    read_block (self, get_le (data, 4), data + 8, size - 12);
    data += size;
    len -= size;
  }
}

void
reader_clear (Reader *self)
{
  for (guint i = 0; i < self->n_packets; i++)
    g_free (self->packets[i].comment);
  g_free (self->packets);
  g_free (self->about);
  g_free (self->names);
  g_free (self->key_log);
}
