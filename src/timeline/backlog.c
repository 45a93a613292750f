/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Deeds that wait to be recorded.
 *
 * A server answers first and explains afterwards: what it was told and what it
 * said stand here in between, with the times at which they happened.  Long
 * writes are given out in portions, so that whoever looks at them can stop in
 * between; observers do not mind where a stream is cut.  A datagram is whole.
 */

#include "timeline/backlog.h"

#include <string.h>

typedef struct
{
  PcDeed deed;
  gsize  done; /* octets that were given out */
  guint8 data[];
} Entry;

struct _PcBacklog
{
  GQueue entries;
  gsize  size;
  Entry *last; /* given out wholly, and still looked at */
};

/* Octets that @deed has no GBytes for. */
static gsize
count_copied (const PcDeed *deed)
{
  return deed->data != NULL && deed->wire == NULL ? deed->len : 0;
}

static gsize
entry_size (const Entry *entry)
{
  const PcDeed *deed = &entry->deed;

  return sizeof *entry + count_copied (deed) +
         (deed->wire != NULL ? g_bytes_get_size (deed->wire) : 0) +
         (deed->plain != NULL ? g_bytes_get_size (deed->plain) : 0);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_clear_pointer (&entry->deed.wire, g_bytes_unref);
  g_clear_pointer (&entry->deed.plain, g_bytes_unref);
  g_free (entry);
}

PcBacklog *
pc_backlog_new (void)
{
  return g_new0 (PcBacklog, 1);
}

void
pc_backlog_free (PcBacklog *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->last, entry_free);
  g_queue_clear_full (&self->entries, entry_free);
  g_free (self);
}

void
pc_backlog_add (PcBacklog    *self,
                const PcDeed *deed)
{
  gsize  len = count_copied (deed);
  Entry *entry = g_malloc (sizeof *entry + len);

  entry->deed = *deed;
  entry->done = 0;
  if (len > 0) {
    memcpy (entry->data, deed->data, len);
    entry->deed.data = entry->data;
  }
  if (deed->wire != NULL)
    g_bytes_ref (deed->wire);
  if (deed->plain != NULL)
    g_bytes_ref (deed->plain);
  self->size += entry_size (entry);
  g_queue_push_tail (&self->entries, entry);
}

gboolean
pc_backlog_next (PcBacklog *self,
                 gsize      most,
                 PcDeed    *deed)
{
  Entry *entry = g_queue_peek_head (&self->entries);

  g_return_val_if_fail (most > 0, FALSE);

  g_clear_pointer (&self->last, entry_free);
  if (entry == NULL)
    return FALSE;

  *deed = entry->deed;
  if (deed->kind == PC_DEED_SENT) {
    deed->data += entry->done;
    deed->len = MIN (deed->len - entry->done, most);
    entry->done += deed->len;
    if (entry->done < entry->deed.len)
      return TRUE;
  }

  self->last = g_queue_pop_head (&self->entries);
  self->size -= entry_size (entry);
  return TRUE;
}

gsize
pc_backlog_get_size (const PcBacklog *self)
{
  return self->size;
}
