/* SPDX-License-Identifier: GPL-3.0-or-later */

/* STORE and UID STORE: flags and keywords are set, added or removed.
 *
 * With UNCHANGEDSINCE a message is left alone when it has changed since the
 * client last looked, so that two clients cannot undo each other's work.
 *
 * RFC 3501 sections 6.4.6 and 6.4.8; RFC 9051 sections 6.4.6 and 6.4.9; RFC
 * 5530; RFC 7162 section 3.1.3.
 */

#include "proto/imap/marks.h"
#include "proto/imap/server-private.h"

#include "base/limits.h"

typedef enum {
  STORE_SET,
  STORE_ADD,
  STORE_REMOVE,
} StoreMode;

/* What the client wants, and what came of it. */
typedef struct
{
  StoreMode   mode;
  gboolean    silent;
  gboolean    conditional;
  guint64     since; /* when conditional */
  PcImapMarks marks;
  guint64     keywords; /* of marks, in this mailbox */
  GArray     *told;     /* guint indices that were looked at, and changed */
  GArray     *modified; /* guint32 numbers or UIDs that had changed before */
  gboolean    missing;  /* others have removed some */
} Store;

static void
store_clear (Store *self)
{
  pc_imap_marks_clear (&self->marks);
  g_clear_pointer (&self->told, g_array_unref);
  g_clear_pointer (&self->modified, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Store, store_clear)

/* -- reading -------------------------------------------------------------- */

/* store-modifiers = SP "(" "UNCHANGEDSINCE" SP mod-sequence-valzer ")" */
static gboolean
read_modifier (PcImapCursor *args,
               Store        *self)
{
  if (!pc_imap_read_char (args, '('))
    return TRUE;

  self->conditional = TRUE;
  return pc_imap_read_word (args, "UNCHANGEDSINCE") &&
         pc_imap_read_char (args, ' ') &&
         pc_imap_read_number (args, G_MAXINT64, &self->since) &&
         pc_imap_read_char (args, ')') && pc_imap_read_char (args, ' ');
}

/* store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP flags */
static gboolean
read_store (PcImapCursor *args,
            Store        *self)
{
  if (!pc_imap_read_char (args, ' ') || !read_modifier (args, self))
    return FALSE;

  self->mode = STORE_SET;
  if (pc_imap_read_char (args, '+'))
    self->mode = STORE_ADD;
  else if (pc_imap_read_char (args, '-'))
    self->mode = STORE_REMOVE;

  self->silent = pc_imap_read_word (args, "FLAGS.SILENT");
  if (!self->silent && !pc_imap_read_word (args, "FLAGS"))
    return FALSE;

  return pc_imap_read_char (args, ' ') &&
         pc_imap_read_marks (args, &self->marks) && pc_imap_at_end (args);
}

/* -- storing -------------------------------------------------------------- */

static void
store_one (PcImapServer    *self,
           const Store     *store,
           const PcMessage *message)
{
  PcFlags flags = store->marks.flags;
  guint64 keywords = store->keywords;

  if (store->mode == STORE_ADD) {
    flags |= message->flags;
    keywords |= message->keywords;
  } else if (store->mode == STORE_REMOVE) {
    flags = message->flags & ~flags;
    keywords = message->keywords & ~keywords;
  }

  pc_mailbox_set_marks (pc_imap_view_get_mailbox (self->view), message->uid,
                        flags, keywords, self->session);
}

static void
store_all (PcImapServer        *self,
           const PcImapCommand *command,
           Store               *store,
           const GArray        *indices)
{
  for (guint i = 0; i < indices->len; i++) {
    guint            index = g_array_index (indices, guint, i);
    const PcMessage *message = pc_imap_view_get_message (self->view, index);
    guint32          number;

    if (message == NULL) {
      store->missing = TRUE;
    } else if (store->conditional && message->modseq > store->since) {
      number = command->uid ? message->uid : index + 1;
      g_array_append_val (store->modified, number);
    } else {
      store_one (self, store, message);
      g_array_append_val (store->told, index);
    }
  }
}

/* -- telling -------------------------------------------------------------- */

/* Even .SILENT tells the new mod-sequence to whom knows of them (RFC 7162
 * section 3.1). */
static void
tell (PcImapServer        *self,
      const PcImapCommand *command,
      const Store         *store)
{
  g_autoptr (GString) out = g_string_new (NULL);

  pc_imap_view_tell_keywords (self->view, out);
  for (guint i = 0; i < store->told->len; i++) {
    guint index = g_array_index (store->told, guint, i);

    if (store->silent && (self->enabled & PC_IMAP_ENABLED_CONDSTORE) == 0)
      break;
    pc_imap_view_write_change (self->view, index,
                               pc_imap_view_get_message (self->view, index),
                               command->uid, !store->silent, out);
  }
  pc_engine_send (&self->base, out->str, out->len);
}

static void
answer (PcImapServer        *self,
        const PcImapCommand *command,
        const Store         *store)
{
  g_autoptr (GString) code = g_string_new ("[MODIFIED ");

  if (store->modified->len > 0) {
    pc_imap_write_set (code, store->modified);
    g_string_append (code, "]");
  }
  if (store->missing)
    pc_imap_server_no (self, command,
                       store->modified->len > 0 ? code->str
                                                : "[EXPUNGEISSUED]",
                       "Some of these messages have been removed");
  else if (store->modified->len > 0)
    pc_imap_server_ok (self, command,
                       g_string_append (code, " Some have changed since, and "
                                              "were left alone")->str);
  else
    pc_imap_server_ok (self, command, "Stored");
}

/* store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags */
void
pc_imap_run_store (PcImapServer  *self,
                   PcImapCommand *command)
{
  g_autoptr (GArray) indices = pc_imap_server_read_messages (self, command);
  g_auto (Store)     store = { 0 };
  PcMailbox         *mailbox;

  /* One mistake too many ends the session: then there is no view. */
  if (indices == NULL)
    return;
  mailbox = pc_imap_view_get_mailbox (self->view);
  if (!read_store (&command->args, &store)) {
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
  if (store.mode == STORE_REMOVE) {
    store.keywords = pc_imap_marks_find (&store.marks, mailbox);
  } else if (!pc_imap_marks_make (&store.marks, mailbox, &store.keywords)) {
    pc_imap_server_no (self, command, "[LIMIT]",
                       "No more keywords can be made here");
    return;
  }

  store.told = g_array_new (FALSE, FALSE, sizeof (guint));
  store.modified = g_array_new (FALSE, FALSE, sizeof (guint32));
  if (store.conditional)
    pc_imap_server_enable (self, PC_IMAP_ENABLED_CONDSTORE);
  store_all (self, command, &store, indices);
  tell (self, command, &store);
  answer (self, command, &store);
}
