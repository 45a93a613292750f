/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about messages: FETCH, EXPUNGE, and their UID forms.  STORE is in
 * server-store.c.
 *
 * RFC 3501 sections 6.4.3, 6.4.5, 6.4.8 and 7.4; RFC 9051 sections 6.4.3,
 * 6.4.5, 6.4.9 and 7.5; RFC 4315 section 2.1; RFC 5530; RFC 7162 sections
 * 3.1.4 and 3.2.4.
 */

#include "proto/imap/body-structure.h"
#include "proto/imap/fetch-items.h"
#include "proto/imap/server-private.h"

#include "base/limits.h"

#include <string.h>

/* Room for the rest of the replies when output is nearly full. */
#define OUTPUT_RESERVE (64 * 1024)

/* -- which messages ------------------------------------------------------- */

/* The indices that @ranges stand for, ascending.  FALSE when a message number
 * is not in use; a UID that is not is simply not there (RFC 3501 6.4.8). */
static gboolean
find_messages (PcImapServer *self,
               GArray       *ranges,
               gboolean      uid,
               GArray       *indices)
{
  guint   n = pc_imap_view_get_n_messages (self->view);
  guint32 last = n;

  if (uid)
    last = n > 0 ? pc_imap_view_get_uid (self->view, n - 1) : 0;
  pc_imap_set_resolve (ranges, last);

  for (guint r = 0; r < ranges->len; r++) {
    PcImapRange range = g_array_index (ranges, PcImapRange, r);
    guint       i = range.from - 1;

    if (!uid && (range.from == 0 || range.to > n))
      return FALSE;
    if (uid)
      i = pc_imap_view_lower_bound (self->view, range.from);
    for (; i < n; i++) {
      if ((uid ? pc_imap_view_get_uid (self->view, i) : i + 1) > range.to)
        break;
      g_array_append_val (indices, i);
    }
  }

  return TRUE;
}

gboolean
pc_imap_has_uid (const GArray *uids,
                 guint32       uid)
{
  guint low = 0, high = uids->len;

  while (low < high) {
    guint   middle = low + (high - low) / 2;
    guint32 found = g_array_index (uids, guint32, middle);

    if (found == uid)
      return TRUE;
    if (found < uid)
      low = middle + 1;
    else
      high = middle;
  }

  return FALSE;
}

/* What the last SEARCH has saved, as far as the client knows it (RFC 5182
 * section 2.1). */
static void
find_saved (const PcImapServer *self,
            GArray             *indices)
{
  for (guint i = 0; i < pc_imap_view_get_n_messages (self->view); i++)
    if (pc_imap_has_uid (self->saved, pc_imap_view_get_uid (self->view, i)))
      g_array_append_val (indices, i);
}

GArray *
pc_imap_server_read_messages (PcImapServer  *self,
                              PcImapCommand *command)
{
  g_autoptr (GArray) ranges = NULL;
  g_autoptr (GArray) indices = g_array_new (FALSE, FALSE, sizeof (guint));

  if (!pc_imap_read_char (&command->args, ' ') ||
      (!pc_imap_peek_char (&command->args, '$') &&
       !pc_imap_read_set (&command->args, &ranges))) {
    pc_imap_server_bad (self, command, "A set of messages is needed");
    return NULL;
  }
  if (pc_imap_read_char (&command->args, '$')) {
    find_saved (self, indices);
    return g_steal_pointer (&indices);
  }
  if (!find_messages (self, ranges, command->uid, indices)) {
    pc_imap_server_bad (self, command, "There is no message with that number");
    return NULL;
  }

  return g_steal_pointer (&indices);
}

/* -- FETCH ---------------------------------------------------------------- */

static void
write_section (GString          *out,
               const PcImapItem *item,
               GBytes           *content,
               const PcPart     *structure)
{
  g_autoptr (GBytes) part = pc_imap_item_extract (item, content, structure);
  gsize              len;
  const guint8      *data;

  g_string_append_printf (out, "%s ", item->name);
  if (part == NULL) {
    g_string_append (out, "NIL");
    return;
  }
  data = g_bytes_get_data (part, &len);
  if (item->binary && len > 0 && memchr (data, '\0', len) != NULL)
    pc_imap_write_literal8 (out, data, len);
  else
    pc_imap_write_literal (out, data, len);
}

static void
write_binary_size (GString          *out,
                   const PcImapItem *item,
                   GBytes           *content,
                   const PcPart     *structure)
{
  g_autoptr (GBytes) part = pc_imap_item_extract (item, content, structure);

  g_string_append_printf (out, "%s %" G_GSIZE_FORMAT, item->name,
                          part != NULL ? g_bytes_get_size (part) : 0);
}

static void
write_item (PcImapServer     *self,
            GString          *out,
            const PcImapItem *item,
            const PcMessage  *message,
            const PcPart     *structure)
{
  switch (item->kind) {
  case PC_IMAP_ITEM_UID:
    g_string_append_printf (out, "UID %u", message->uid);
    break;
  case PC_IMAP_ITEM_FLAGS:
    g_string_append (out, "FLAGS ");
    pc_imap_view_write_flags (self->view, message, out);
    break;
  case PC_IMAP_ITEM_DATE:
    g_string_append (out, "INTERNALDATE ");
    pc_imap_write_date (out, message->internal_date);
    break;
  case PC_IMAP_ITEM_SIZE:
    g_string_append_printf (out, "RFC822.SIZE %" G_GSIZE_FORMAT,
                            g_bytes_get_size (message->content));
    break;
  case PC_IMAP_ITEM_ENVELOPE:
    g_string_append (out, "ENVELOPE ");
    pc_imap_write_envelope (out, message->content);
    break;
  case PC_IMAP_ITEM_BODY:
  case PC_IMAP_ITEM_BODYSTRUCTURE:
    g_string_append_printf (out, "%s ",
                            item->kind == PC_IMAP_ITEM_BODY
                                ? "BODY"
                                : "BODYSTRUCTURE");
    pc_imap_write_structure (out, structure, message->content,
                             item->kind == PC_IMAP_ITEM_BODYSTRUCTURE);
    break;
  case PC_IMAP_ITEM_SECTION:
    write_section (out, item, message->content, structure);
    break;
  case PC_IMAP_ITEM_MODSEQ:
    g_string_append_printf (out, "MODSEQ (%" G_GUINT64_FORMAT ")",
                            message->modseq);
    break;
  case PC_IMAP_ITEM_BINARY_SIZE:
    write_binary_size (out, item, message->content, structure);
    break;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
has_item (const GArray  *items,
          PcImapItemKind kind)
{
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, PcImapItem, i).kind == kind)
      return TRUE;

  return FALSE;
}

static gboolean
sets_seen (const GArray *items)
{
  for (guint i = 0; i < items->len; i++) {
    const PcImapItem *item = &g_array_index (items, PcImapItem, i);

    if (item->kind == PC_IMAP_ITEM_SECTION && !item->peek)
      return TRUE;
  }

  return FALSE;
}

/* Reading the text sets \Seen, and the reply says so when that is new (RFC
 * 3501 section 6.4.5). */
static gboolean
set_seen (PcImapServer *self,
          PcMessage    *message,
          const GArray *items)
{
  if (!sets_seen (items) || (message->flags & PC_FLAG_SEEN) != 0 ||
      pc_imap_view_is_read_only (self->view))
    return FALSE;

  pc_mailbox_set_flags (pc_imap_view_get_mailbox (self->view), message->uid,
                        message->flags | PC_FLAG_SEEN, self->session);
  return TRUE;
}

/* Made once for all items.  (nullable) */
static PcPart *
make_structure (const PcMessage *message,
                const GArray    *items)
{
  for (guint i = 0; i < items->len; i++)
    if (pc_imap_item_needs_structure (&g_array_index (items, PcImapItem, i)))
      return pc_part_new (message->content);

  return NULL;
}

/* Whether BINARY is asked for of a part in an encoding that nobody here can
 * take off (RFC 3516 section 4.3). */
static gboolean
is_unknown (const PcMessage *message,
            const GArray    *items)
{
  g_autoptr (PcPart) structure = NULL;

  for (guint i = 0; i < items->len; i++) {
    const PcImapItem *item = &g_array_index (items, PcImapItem, i);

    if (!item->binary || item->n_numbers == 0)
      continue;
    if (structure == NULL)
      structure = pc_part_new (message->content);
    if (pc_imap_item_is_unknown (item, message->content, structure))
      return TRUE;
  }

  return FALSE;
}

/* What nobody asked for, but the client must know: the message is \Seen now,
 * and for some clients under which mod-sequence (RFC 7162 section 3.2.4). */
static void
write_seen (PcImapServer    *self,
            GString         *out,
            const GArray    *items,
            const PcMessage *message)
{
  static const PcImapItemKind kinds[] = { PC_IMAP_ITEM_FLAGS,
                                          PC_IMAP_ITEM_UID,
                                          PC_IMAP_ITEM_MODSEQ };
  guint n = (self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0 ? 3 : 1;

  for (guint i = 0; i < n; i++) {
    PcImapItem item = { .kind = kinds[i] };

    if (has_item (items, kinds[i]))
      continue;
    g_string_append_c (out, ' ');
    write_item (self, out, &item, message, NULL);
  }
}

/* FALSE when there is no room for the reply.  What is in @out goes. */
static gboolean
fetch_one (PcImapServer *self,
           guint         index,
           PcMessage    *message,
           const GArray *items,
           GString      *out)
{
  g_autoptr (PcPart)  structure = make_structure (message, items);
  PcFlags             before = message->flags;
  gboolean            seen = set_seen (self, message, items);

  g_string_truncate (out, 0);
  pc_imap_view_write_begin (index, out);
  for (guint i = 0; i < items->len && out->len <= PC_LIMIT_OUTPUT; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    write_item (self, out, &g_array_index (items, PcImapItem, i), message,
                structure);
  }
  if (seen)
    write_seen (self, out, items, message);
  g_string_append (out, ")\r\n");

  if (pc_bytes_get_size (&self->base.out) + out->len + OUTPUT_RESERVE >
      PC_LIMIT_OUTPUT) {
    pc_mailbox_set_flags (pc_imap_view_get_mailbox (self->view),
                          message->uid, before, self->session);
    return FALSE;
  }
  pc_engine_send (&self->base, out->str, out->len);
  return TRUE;
}

static void
fetch_all (PcImapServer  *self,
           PcImapCommand *command,
           const GArray  *indices,
           const GArray  *items,
           guint64        since)
{
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean            missing = FALSE;

  for (guint i = 0; i < indices->len; i++) {
    guint      index = g_array_index (indices, guint, i);
    PcMessage *message = pc_imap_view_get_message (self->view, index);

    if (message == NULL) {
      missing = TRUE;
    } else if (message->modseq <= since) {
      continue;
    } else if (is_unknown (message, items)) {
      pc_imap_server_no (self, command, "[UNKNOWN-CTE]",
                         "The part is in an unknown transfer encoding");
      return;
    } else if (!fetch_one (self, index, message, items, out)) {
      pc_imap_server_no (self, command, "[LIMIT]",
                         "That is too much at once; ask for less");
      return;
    }
  }

  if (missing)
    pc_imap_server_no (self, command, "[EXPUNGEISSUED]",
                       "Some of these messages have been removed");
  else
    pc_imap_server_ok (self, command, "Fetched");
}

static void
add_item (GArray        *items,
          PcImapItemKind kind,
          gboolean       first)
{
  PcImapItem item = { .kind = kind };

  if (!has_item (items, kind))
    g_array_insert_val (items, first ? 0 : items->len, item);
}

/* [SP "(" "CHANGEDSINCE" SP mod-sequence-value ")"], to the end; @since 0 when
 * there is none. */
static gboolean
read_modifier (PcImapCursor *args,
               guint64      *since)
{
  *since = 0;
  if (pc_imap_at_end (args))
    return TRUE;

  return pc_imap_read_char (args, ' ') && pc_imap_read_char (args, '(') &&
         pc_imap_read_word (args, "CHANGEDSINCE") &&
         pc_imap_read_char (args, ' ') &&
         pc_imap_read_number (args, G_MAXINT64, since) && *since > 0 &&
         pc_imap_read_char (args, ')') && pc_imap_at_end (args);
}

static void
tell_keywords (PcImapServer *self)
{
  g_autoptr (GString) out = g_string_new (NULL);

  pc_imap_view_tell_keywords (self->view, out);
  pc_engine_send (&self->base, out->str, out->len);
}

/* fetch = "FETCH" SP sequence-set SP items [SP fetch-modifiers] */
void
pc_imap_run_fetch (PcImapServer  *self,
                   PcImapCommand *command)
{
  g_autoptr (GArray) indices = pc_imap_server_read_messages (self, command);
  g_autoptr (GArray) items = NULL;
  guint64            since;

  if (indices == NULL)
    return;
  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_items (&command->args, &items) ||
      !read_modifier (&command->args, &since)) {
    pc_imap_server_bad (self, command, "That cannot be fetched");
    return;
  }

  /* A UID FETCH always returns the UID (RFC 3501 section 6.4.8), and
   * CHANGEDSINCE the mod-sequence (RFC 7162 section 3.1.4.1). */
  if (command->uid)
    add_item (items, PC_IMAP_ITEM_UID, TRUE);
  if (since > 0)
    add_item (items, PC_IMAP_ITEM_MODSEQ, FALSE);
  if (has_item (items, PC_IMAP_ITEM_MODSEQ))
    pc_imap_server_enable (self, PC_IMAP_ENABLED_CONDSTORE);
  if (has_item (items, PC_IMAP_ITEM_FLAGS) || sets_seen (items))
    tell_keywords (self);
  fetch_all (self, command, indices, items, since);
}

/* -- EXPUNGE -------------------------------------------------------------- */

static void
expunge_if_deleted (PcImapServer *self,
                    guint         index)
{
  PcMessage *message = pc_imap_view_get_message (self->view, index);

  if (message != NULL && (message->flags & PC_FLAG_DELETED) != 0)
    pc_mailbox_expunge (pc_imap_view_get_mailbox (self->view), message->uid,
                        self->session);
}

/* The EXPUNGE responses come with the news, so that what others removed is
 * told in the same ascending order.  UID EXPUNGE is RFC 4315's. */
void
pc_imap_run_expunge (PcImapServer  *self,
                     PcImapCommand *command)
{
  g_autoptr (GArray) indices = NULL;

  if (command->uid) {
    indices = pc_imap_server_read_messages (self, command);
    if (indices == NULL)
      return;
  }
  if (!pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "There is more than EXPUNGE takes");
    return;
  }
  if (pc_imap_view_is_read_only (self->view)) {
    pc_imap_server_no (self, command, NULL,
                       "The mailbox is open to be read only");
    return;
  }

  if (command->uid)
    for (guint i = 0; i < indices->len; i++)
      expunge_if_deleted (self, g_array_index (indices, guint, i));
  else
    for (guint i = 0; i < pc_imap_view_get_n_messages (self->view); i++)
      expunge_if_deleted (self, i);

  pc_imap_server_ok (self, command, "Expunged");
}
