/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a POP3 server does for a user who is logged in.
 *
 * Message numbers are those of the login; a marked message counts no more but
 * keeps its number.
 *
 * RFC 1939 sections 5 and 6, and 7 for TOP and UIDL.
 */

#include "proto/pop3/server-private.h"
#include "proto/pop3/syntax.h"

/* The entry of the first number; or NULL, and the client was told. */
static PcPop3Entry *
find_entry (PcPop3Server        *self,
            const PcPop3Request *request)
{
  guint32      number = request->numbers[0];
  PcPop3Entry *entry = pc_pop3_maildrop_get (&self->maildrop, number);

  if (entry == NULL) {
    pc_pop3_server_reply (self, request->verb, FALSE,
                          "No such message, the last number is %u",
                          self->maildrop.entries->len);
    return NULL;
  }
  if (entry->deleted) {
    pc_pop3_server_reply (self, request->verb, FALSE, "Message %u is deleted",
                          number);
    return NULL;
  }

  return entry;
}

void
pc_pop3_server_stat (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  pc_pop3_server_reply (self, request->verb, TRUE, "%u %" G_GUINT64_FORMAT,
                        self->maildrop.n_left, self->maildrop.octets_left);
}

static void
list_all (PcPop3Server        *self,
          const PcPop3Request *request)
{
  const GArray *entries = self->maildrop.entries;

  pc_pop3_server_reply (
      self, request->verb, TRUE, "%u message%s, %" G_GUINT64_FORMAT " octets",
      self->maildrop.n_left, pc_pop3_server_plural (self->maildrop.n_left),
      self->maildrop.octets_left);

  for (guint i = 0; i < entries->len; i++) {
    const PcPop3Entry *entry = &g_array_index (entries, PcPop3Entry, i);
    g_autofree char   *line = NULL;

    if (entry->deleted)
      continue;
    line = pc_pop3_maildrop_describe (&self->maildrop, i + 1,
                                      request->verb == PC_POP3_VERB_UIDL);
    pc_engine_send_printf (&self->base, "%s\r\n", line);
  }
  pc_engine_send_printf (&self->base, ".\r\n");
}

/* LIST and UIDL. */
void
pc_pop3_server_list (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  g_autofree char   *line = NULL;
  const PcPop3Entry *entry;

  if (request->n_numbers == 0) {
    list_all (self, request);
    return;
  }

  entry = find_entry (self, request);
  if (entry == NULL)
    return;

  line = pc_pop3_maildrop_describe (&self->maildrop, request->numbers[0],
                                    request->verb == PC_POP3_VERB_UIDL);
  pc_pop3_server_reply (self, request->verb, TRUE, "%s", line);
}

void
pc_pop3_server_retr (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  const PcPop3Entry *entry = find_entry (self, request);

  if (entry == NULL)
    return;

  pc_pop3_server_reply (self, request->verb, TRUE,
                        "%" G_GUINT64_FORMAT " octets", entry->size);
  pc_pop3_sender_begin (&self->sender, entry->content,
                        g_bytes_get_size (entry->content));
}

void
pc_pop3_server_top (PcPop3Server        *self,
                    const PcPop3Request *request)
{
  const PcPop3Entry *entry = find_entry (self, request);
  const guint8      *data;
  gsize              len;
  gsize              top;

  if (entry == NULL)
    return;

  data = g_bytes_get_data (entry->content, &len);
  top = pc_pop3_top_length (data, len, request->numbers[1]);
  /* RFC 1939 leaves the words open.  Wireshark counts on a number here, as
   * RETR has it: packet-pop.c, "Length must be a string containing an
   * integer". */
  pc_pop3_server_reply (self, request->verb, TRUE,
                        "%" G_GUINT64_FORMAT " octets of message %u",
                        top < len ? top : entry->size, request->numbers[0]);
  pc_pop3_sender_begin (&self->sender, entry->content, top);
}

void
pc_pop3_server_dele (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  PcPop3Entry *entry = find_entry (self, request);

  if (entry == NULL)
    return;

  pc_pop3_maildrop_mark (&self->maildrop, entry);
  pc_pop3_server_reply (self, request->verb, TRUE,
                        "Message %u will be deleted at QUIT",
                        request->numbers[0]);
}

void
pc_pop3_server_rset (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  pc_pop3_maildrop_unmark_all (&self->maildrop);
  pc_pop3_server_reply (
      self, request->verb, TRUE, "%u message%s, %" G_GUINT64_FORMAT " octets",
      self->maildrop.n_left, pc_pop3_server_plural (self->maildrop.n_left),
      self->maildrop.octets_left);
}

void
pc_pop3_server_noop (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  pc_pop3_server_reply (self, request->verb, TRUE, "Still here");
}

/* The only way into UPDATE (RFC 1939 section 6). */
void
pc_pop3_server_quit (PcPop3Server        *self,
                     const PcPop3Request *request)
{
  if (self->state == PC_POP3_TRANSACTION) {
    pc_pop3_maildrop_update (&self->maildrop, self->session);
    pc_pop3_server_reply (self, request->verb, TRUE,
                          "Goodbye, %u message%s left", self->maildrop.n_left,
                          pc_pop3_server_plural (self->maildrop.n_left));
  } else {
    pc_pop3_server_reply (self, request->verb, TRUE, "Goodbye");
  }
}
