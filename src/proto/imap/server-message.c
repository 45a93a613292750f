/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands about messages: FETCH, STORE, EXPUNGE, and their UID forms.
 *
 * Leaves out keywords: only the five flags that every server has can be
 * changed, as PERMANENTFLAGS says.
 *
 * RFC 3501 sections 6.4.3, 6.4.5, 6.4.6, 6.4.8 and 7.4; RFC 9051 sections
 * 6.4.3, 6.4.5, 6.4.6, 6.4.9 and 7.5; RFC 4315 section 2.1; RFC 5530.
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

/* FALSE when there is no room for the reply. */
static gboolean
fetch_one (PcImapServer *self,
           guint         index,
           PcMessage    *message,
           const GArray *items)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (PcPart)  structure = make_structure (message, items);
  PcFlags             before = message->flags;
  gboolean            seen = set_seen (self, message, items);

  g_string_append_printf (out, "* %u FETCH (", index + 1);
  for (guint i = 0; i < items->len && out->len <= PC_LIMIT_OUTPUT; i++) {
    if (i > 0)
      g_string_append_c (out, ' ');
    write_item (self, out, &g_array_index (items, PcImapItem, i), message,
                structure);
  }
  if (seen && !has_item (items, PC_IMAP_ITEM_FLAGS)) {
    g_string_append (out, " FLAGS ");
    pc_imap_view_write_flags (self->view, message, out);
  }
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
           const GArray  *items)
{
  gboolean missing = FALSE;

  for (guint i = 0; i < indices->len; i++) {
    guint      index = g_array_index (indices, guint, i);
    PcMessage *message = pc_imap_view_get_message (self->view, index);

    if (message == NULL) {
      missing = TRUE;
    } else if (is_unknown (message, items)) {
      pc_imap_server_no (self, command, "[UNKNOWN-CTE]",
                         "The part is in an unknown transfer encoding");
      return;
    } else if (!fetch_one (self, index, message, items)) {
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

/* A UID FETCH always returns the UID (RFC 3501 section 6.4.8). */
static void
add_uid_item (GArray *items)
{
  PcImapItem uid = { .kind = PC_IMAP_ITEM_UID };

  if (!has_item (items, PC_IMAP_ITEM_UID))
    g_array_prepend_val (items, uid);
}

/* fetch = "FETCH" SP sequence-set SP items */
void
pc_imap_run_fetch (PcImapServer  *self,
                   PcImapCommand *command)
{
  g_autoptr (GArray) indices = pc_imap_server_read_messages (self, command);
  g_autoptr (GArray) items = NULL;

  if (indices == NULL)
    return;
  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_items (&command->args, &items) ||
      !pc_imap_at_end (&command->args)) {
    pc_imap_server_bad (self, command, "That cannot be fetched");
    return;
  }

  if (command->uid)
    add_uid_item (items);
  fetch_all (self, command, indices, items);
}

/* -- STORE ---------------------------------------------------------------- */

typedef enum {
  STORE_SET,
  STORE_ADD,
  STORE_REMOVE,
} StoreMode;

/* flag = "\Answered" / ...; keywords are read and dropped, as a server may
 * that does not offer "\*".  \Recent is not for clients to set. */
static gboolean
read_flag (PcImapCursor *args,
           PcFlags      *flags)
{
  static const struct {
    const char *name;
    PcFlags     flag;
  } names[] = {
    { "Answered", PC_FLAG_ANSWERED }, { "Flagged", PC_FLAG_FLAGGED },
    { "Deleted", PC_FLAG_DELETED },   { "Seen", PC_FLAG_SEEN },
    { "Draft", PC_FLAG_DRAFT },
  };
  g_autofree char *keyword = NULL;

  if (!pc_imap_read_char (args, '\\'))
    return pc_imap_read_atom (args, &keyword);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (pc_imap_read_word (args, names[i].name)) {
      *flags |= names[i].flag;
      return TRUE;
    }

  return FALSE;
}

gboolean
pc_imap_read_flags (PcImapCursor *args,
                    PcFlags      *flags)
{
  gboolean list = pc_imap_read_char (args, '(');

  *flags = 0;
  if (list && pc_imap_read_char (args, ')'))
    return TRUE;
  do {
    if (!read_flag (args, flags))
      return FALSE;
  } while (pc_imap_read_char (args, ' '));

  return !list || pc_imap_read_char (args, ')');
}

/* store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP flags */
static gboolean
read_store (PcImapCursor *args,
            StoreMode    *mode,
            gboolean     *silent,
            PcFlags      *flags)
{
  if (!pc_imap_read_char (args, ' '))
    return FALSE;

  *mode = STORE_SET;
  if (pc_imap_read_char (args, '+'))
    *mode = STORE_ADD;
  else if (pc_imap_read_char (args, '-'))
    *mode = STORE_REMOVE;

  *silent = pc_imap_read_word (args, "FLAGS.SILENT");
  if (!*silent && !pc_imap_read_word (args, "FLAGS"))
    return FALSE;

  return pc_imap_read_char (args, ' ') &&
         pc_imap_read_flags (args, flags) && pc_imap_at_end (args);
}

static void
store_one (PcImapServer *self,
           PcMessage    *message,
           StoreMode     mode,
           PcFlags       flags)
{
  PcFlags changed = flags;

  if (mode == STORE_ADD)
    changed = message->flags | flags;
  else if (mode == STORE_REMOVE)
    changed = message->flags & ~flags;

  pc_mailbox_set_flags (pc_imap_view_get_mailbox (self->view), message->uid,
                        changed, self->session);
}

static void
tell_stored (PcImapServer    *self,
             guint            index,
             const PcMessage *message,
             gboolean         uid)
{
  g_autoptr (GString) out = g_string_new (NULL);

  g_string_append_printf (out, "* %u FETCH (", index + 1);
  if (uid)
    g_string_append_printf (out, "UID %u ", message->uid);
  g_string_append (out, "FLAGS ");
  pc_imap_view_write_flags (self->view, message, out);
  g_string_append (out, ")\r\n");
  pc_engine_send (&self->base, out->str, out->len);
}

void
pc_imap_run_store (PcImapServer  *self,
                   PcImapCommand *command)
{
  g_autoptr (GArray) indices = pc_imap_server_read_messages (self, command);
  StoreMode          mode;
  gboolean           silent;
  gboolean           missing = FALSE;
  PcFlags            flags;

  if (indices == NULL)
    return;
  if (!read_store (&command->args, &mode, &silent, &flags)) {
    pc_imap_server_bad (self, command,
                        "STORE takes FLAGS, +FLAGS or -FLAGS and a list of "
                        "flags");
    return;
  }
  if (pc_imap_view_is_read_only (self->view)) {
    pc_imap_server_no (self, command, NULL,
                       "The mailbox is open to be read only");
    return;
  }

  for (guint i = 0; i < indices->len; i++) {
    guint      index = g_array_index (indices, guint, i);
    PcMessage *message = pc_imap_view_get_message (self->view, index);

    if (message == NULL) {
      missing = TRUE;
      continue;
    }
    store_one (self, message, mode, flags);
    if (!silent)
      tell_stored (self, index, message, command->uid);
  }

  if (missing)
    pc_imap_server_no (self, command, "[EXPUNGEISSUED]",
                       "Some of these messages have been removed");
  else
    pc_imap_server_ok (self, command, "Stored");
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
