/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bounded queue of octets.
 *
 * One block of memory with a head and a tail.  Consuming moves the head;
 * the octets move down only when an append needs the room, so a stream that
 * is drained as it comes costs one copy per octet.  Knows no lines: see
 * proto/common/line-reader.
 */

#include "base/bytes.h"

#include <string.h>

#define MIN_ALLOCATED 256

void
pc_bytes_init (PcBytes *self,
               gsize    limit)
{
  g_return_if_fail (self != NULL);

  *self = (PcBytes){ .limit = limit };
}

void
pc_bytes_clear (PcBytes *self)
{
  gsize limit = self->limit;

  g_free (self->data);
  pc_bytes_init (self, limit);
}

gsize
pc_bytes_get_size (const PcBytes *self)
{
  return self->tail - self->head;
}

const guint8 *
pc_bytes_peek (const PcBytes *self,
               gsize         *len)
{
  if (len != NULL)
    *len = pc_bytes_get_size (self);

  return self->data != NULL ? self->data + self->head : (const guint8 *) "";
}

static void
make_room (PcBytes *self,
           gsize    len)
{
  gsize size = pc_bytes_get_size (self);

  if (self->allocated - self->tail >= len)
    return;

  if (self->head > 0) {
    memmove (self->data, self->data + self->head, size);
    self->head = 0;
    self->tail = size;
  }

  if (self->allocated - size < len) {
    gsize wanted = MAX (self->allocated * 2, MIN_ALLOCATED);

    self->allocated = MAX (wanted, size + len);
    self->data = g_realloc (self->data, self->allocated);
  }
}

gboolean
pc_bytes_append (PcBytes      *self,
                 gconstpointer data,
                 gsize         len)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (data != NULL || len == 0, FALSE);

  if (self->limit != 0 && len > self->limit - pc_bytes_get_size (self))
    return FALSE;
  if (len == 0)
    return TRUE;

  make_room (self, len);
  memcpy (self->data + self->tail, data, len);
  self->tail += len;
  return TRUE;
}

gboolean
pc_bytes_append_string (PcBytes    *self,
                        const char *string)
{
  return pc_bytes_append (self, string, strlen (string));
}

void
pc_bytes_consume (PcBytes *self,
                  gsize    len)
{
  g_return_if_fail (len <= pc_bytes_get_size (self));

  self->head += len;
  if (self->head == self->tail)
    self->head = self->tail = 0;
}

GBytes *
pc_bytes_take (PcBytes *self,
               gsize    len)
{
  GBytes *taken;

  g_return_val_if_fail (len <= pc_bytes_get_size (self), NULL);

  taken = g_bytes_new (pc_bytes_peek (self, NULL), len);
  pc_bytes_consume (self, len);
  return taken;
}
