/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The maildrop of one session.
 *
 * The numbers are made at login and hold until the end, whatever other
 * sessions or deliveries do to the mailbox meanwhile; so the entries are a
 * copy of the list, not a view of it.  The lock is released wherever the
 * maildrop is closed, and only UPDATE deletes.
 *
 * RFC 1939 sections 4, 5, 6 and 11.
 */

#include "proto/pop3/maildrop.h"

#include <string.h>

static void
entry_clear (gpointer data)
{
  PcPop3Entry *self = data;

  g_clear_pointer (&self->content, g_bytes_unref);
}

/* A text that does not end in CR LF gets one on the wire, since the end mark
 * is a line of its own; RFC 1939 section 11 counts what the client sees. */
static guint64
wire_size (GBytes *content)
{
  gsize       len;
  const char *data = g_bytes_get_data (content, &len);

  if (len > 0 && data[len - 1] != '\n')
    return (guint64) len + 2;

  return len;
}

PcStoreStatus
pc_pop3_maildrop_open (PcPop3Maildrop *self,
                       PcAccount      *account)
{
  guint n;

  g_return_val_if_fail (self->account == NULL, PC_STORE_LOCKED);

  if (pc_account_lock (account, self) != PC_STORE_OK)
    return PC_STORE_LOCKED;

  self->account = account;
  self->mailbox = pc_account_find_mailbox (account, "INBOX");
  n = pc_mailbox_get_n_messages (self->mailbox);
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (PcPop3Entry), n);
  g_array_set_clear_func (self->entries, entry_clear);

  for (guint i = 0; i < n; i++) {
    const PcMessage *message = pc_mailbox_get_message (self->mailbox, i);
    PcPop3Entry      entry = { .uid = message->uid,
                               .content = g_bytes_ref (message->content),
                               .size = wire_size (message->content) };

    g_array_append_val (self->entries, entry);
    self->octets_left += entry.size;
  }
  self->n_left = n;

  return PC_STORE_OK;
}

void
pc_pop3_maildrop_close (PcPop3Maildrop *self)
{
  if (self->account == NULL)
    return;

  pc_account_unlock (self->account, self);
  g_array_unref (self->entries);
  *self = (PcPop3Maildrop){ 0 };
}

PcPop3Entry *
pc_pop3_maildrop_get (const PcPop3Maildrop *self,
                      guint32               number)
{
  if (number == 0 || number > self->entries->len)
    return NULL;

  return &g_array_index (self->entries, PcPop3Entry, number - 1);
}

/* The unique-id has to stay over sessions (RFC 1939 section 7): UIDVALIDITY
 * and UID are what an IMAP client would keep. */
char *
pc_pop3_maildrop_describe (const PcPop3Maildrop *self,
                           guint32               number,
                           gboolean              permanent)
{
  const PcPop3Entry *entry = pc_pop3_maildrop_get (self, number);

  g_return_val_if_fail (entry != NULL, NULL);

  if (!permanent)
    return g_strdup_printf ("%u %" G_GUINT64_FORMAT, number, entry->size);

  return g_strdup_printf ("%u %u.%u", number,
                          pc_mailbox_get_uid_validity (self->mailbox),
                          entry->uid);
}

void
pc_pop3_maildrop_mark (PcPop3Maildrop *self,
                       PcPop3Entry    *entry)
{
  g_return_if_fail (!entry->deleted);

  entry->deleted = TRUE;
  self->n_left--;
  self->octets_left -= entry->size;
}

void
pc_pop3_maildrop_unmark_all (PcPop3Maildrop *self)
{
  for (guint i = 0; i < self->entries->len; i++) {
    PcPop3Entry *entry = &g_array_index (self->entries, PcPop3Entry, i);

    if (entry->deleted) {
      entry->deleted = FALSE;
      self->n_left++;
      self->octets_left += entry->size;
    }
  }
}

/* What another session expunged meanwhile is gone, as was wished. */
void
pc_pop3_maildrop_update (PcPop3Maildrop *self,
                         guint           session)
{
  for (guint i = 0; i < self->entries->len; i++) {
    const PcPop3Entry *entry = &g_array_index (self->entries, PcPop3Entry, i);

    if (entry->deleted)
      pc_mailbox_expunge (self->mailbox, entry->uid, session);
  }
}
