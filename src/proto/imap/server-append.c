/* SPDX-License-Identifier: GPL-3.0-or-later */

/* APPEND, COPY and MOVE: messages that come into a mailbox.
 *
 * What can be refused is refused before the message comes.  A command works
 * for all of its messages or for none.  Leaves out several messages in one
 * APPEND (RFC 3502).
 *
 * RFC 3501 sections 6.3.11 and 6.4.7, RFC 9051 sections 6.3.12, 6.4.7 and
 * 6.4.8; RFC 4315 section 3; RFC 6851 section 3; RFC 7888 section 4.
 */

#include "proto/imap/server-private.h"

#include "base/limits.h"

#include <string.h>

/* -- APPEND --------------------------------------------------------------- */

typedef struct
{
  char    *mailbox;
  PcFlags  flags;
  gint64   date; /* when has_date */
  gboolean has_date;
  guint64  size; /* of the message */
} Append;

/* SP mailbox [SP flag-list] [SP date-time] SP and the literal's header. */
static gboolean
read_append (PcImapCursor *args,
             Append       *append)
{
  gboolean synchronising;

  if (!pc_imap_read_char (args, ' ') ||
      !pc_imap_read_mailbox (args, &append->mailbox) ||
      !pc_imap_read_char (args, ' '))
    return FALSE;
  if (pc_imap_peek_char (args, '(') &&
      (!pc_imap_read_flags (args, &append->flags) ||
       !pc_imap_read_char (args, ' ')))
    return FALSE;
  append->has_date = pc_imap_read_date_time (args, &append->date);
  if (append->has_date && !pc_imap_read_char (args, ' '))
    return FALSE;

  return pc_imap_read_literal_header (args, &append->size, &synchronising);
}

gboolean
pc_imap_reads_message (PcImapCursor args,
                       guint64     *size)
{
  Append   append = { 0 };
  gboolean whole = read_append (&args, &append) && pc_imap_at_end (&args);

  g_free (append.mailbox);
  *size = append.size;
  return whole;
}

/* The mailbox to put messages into.  NULL when there is none, which is
 * answered: the client may make it and try again. */
static PcMailbox *
find_target (PcImapServer        *self,
             const PcImapCommand *command,
             const char          *name)
{
  PcMailbox *mailbox = pc_account_find_mailbox (self->account, name);

  if (mailbox == NULL)
    pc_imap_server_no (self, command, "[TRYCREATE]",
                       "There is no such mailbox");
  return mailbox;
}

static void
refuse_full (PcImapServer        *self,
             const PcImapCommand *command)
{
  pc_imap_server_no (self, command, "[OVERQUOTA]", "The mailbox is full");
}

gboolean
pc_imap_server_may_append (PcImapServer        *self,
                           const PcImapCommand *command)
{
  PcImapCursor     args = command->args;
  Append           append = { 0 };
  gboolean         message = read_append (&args, &append);
  g_autofree char *name = append.mailbox;
  PcMailbox       *mailbox;

  /* The literal is the mailbox's name, or nothing that will do. */
  if (!message)
    return TRUE;

  mailbox = find_target (self, command, name);
  if (mailbox == NULL)
    return FALSE;
  if (!pc_mailbox_has_room (mailbox, 1, append.size)) {
    refuse_full (self, command);
    return FALSE;
  }
  return TRUE;
}

static void
append_message (PcImapServer        *self,
                const PcImapCommand *command,
                const Append        *append)
{
  PcMailbox         *mailbox = find_target (self, command, append->mailbox);
  g_autoptr (GBytes) content = NULL;
  g_autofree char   *text = NULL;
  guint32            uid;

  if (mailbox == NULL)
    return;

  content = g_bytes_new (command->args.data + command->args.pos,
                         (gsize) append->size);
  if (pc_mailbox_append (mailbox, content, append->flags,
                         append->has_date ? append->date : self->active,
                         self->session, &uid) != PC_STORE_OK) {
    refuse_full (self, command);
    return;
  }

  text = g_strdup_printf ("[APPENDUID %u %u] Appended",
                          pc_mailbox_get_uid_validity (mailbox), uid);
  pc_imap_server_ok (self, command, text);
}

/* append = "APPEND" SP mailbox [SP flag-list] [SP date-time] SP literal */
void
pc_imap_run_append (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor    *args = &command->args;
  Append           append = { 0 };
  gboolean         message = read_append (args, &append);
  g_autofree char *name = append.mailbox;

  if (!message || append.size != args->len - args->pos ||
      memchr (args->data + args->pos, '\0', (gsize) append.size) != NULL)
    pc_imap_server_bad (self, command,
                        "APPEND takes a mailbox, flags, a date and one "
                        "message without zero octets");
  else if (append.size == 0)
    pc_imap_server_no (self, command, NULL, "That message is empty");
  else
    append_message (self, command, &append);
}

/* -- COPY and MOVE -------------------------------------------------------- */

/* The messages at @indices that are still there; FALSE when one is not. */
static gboolean
collect (PcImapServer *self,
         const GArray *indices,
         GPtrArray    *messages,
         guint64      *size)
{
  for (guint i = 0; i < indices->len; i++) {
    PcMessage *message = pc_imap_view_get_message (
        self->view, g_array_index (indices, guint, i));

    if (message == NULL)
      return FALSE;
    g_ptr_array_add (messages, message);
    *size += g_bytes_get_size (message->content);
  }

  return TRUE;
}

/* One more UID of a set: "3:5,7"; UIDs come in ascending order. */
static void
write_uid (GString *out,
           guint32 *first,
           guint32 *last,
           guint32  uid)
{
  if (*last != 0 && uid == *last + 1) {
    *last = uid;
    return;
  }

  if (*last != 0)
    g_string_append_printf (out, *first < *last ? "%u:%u," : "%u,", *first,
                            *last);
  *first = *last = uid;
}

/* "[COPYUID 7 1:2 5:6]".  Transfer full. */
static char *
copy_messages (PcImapServer    *self,
               PcMailbox       *target,
               const GPtrArray *messages)
{
  g_autoptr (GString) from = g_string_new (NULL);
  g_autoptr (GString) to = g_string_new (NULL);
  guint32             from_first = 0, from_last = 0;
  guint32             to_first = 0, to_last = 0;

  for (guint i = 0; i < messages->len; i++) {
    const PcMessage *message = g_ptr_array_index (messages, i);
    guint32          uid = 0;
    PcStoreStatus    status;

    status = pc_mailbox_append (target, message->content, message->flags,
                                message->internal_date, self->session, &uid);
    g_assert (status == PC_STORE_OK); /* there was room */
    write_uid (from, &from_first, &from_last, message->uid);
    write_uid (to, &to_first, &to_last, uid);
  }
  write_uid (from, &from_first, &from_last, 0);
  write_uid (to, &to_first, &to_last, 0);
  g_string_truncate (from, from->len - 1);
  g_string_truncate (to, to->len - 1);

  return g_strdup_printf ("[COPYUID %u %s %s]",
                          pc_mailbox_get_uid_validity (target), from->str,
                          to->str);
}

/* COPYUID comes before the EXPUNGE responses (RFC 6851 section 4.3). */
static void
move_messages (PcImapServer    *self,
               const GPtrArray *messages,
               const char      *code)
{
  PcMailbox *source = pc_imap_view_get_mailbox (self->view);

  pc_engine_send_printf (&self->base, "* OK %s Moved\r\n", code);
  for (guint i = 0; i < messages->len; i++) {
    const PcMessage *message = g_ptr_array_index (messages, i);

    pc_mailbox_expunge (source, message->uid, self->session);
  }
}

static void
transfer (PcImapServer        *self,
          const PcImapCommand *command,
          const GArray        *indices,
          const char          *name)
{
  g_autoptr (GPtrArray) messages = g_ptr_array_new ();
  g_autofree char      *code = NULL;
  g_autofree char      *text = NULL;
  guint64               size = 0;
  gboolean              moves = command->verb == PC_IMAP_VERB_MOVE ||
                   command->verb == PC_IMAP_VERB_UID_MOVE;
  PcMailbox            *target = find_target (self, command, name);

  if (target == NULL)
    return;
  if (!collect (self, indices, messages, &size)) {
    pc_imap_server_no (self, command, "[EXPUNGEISSUED]",
                       "Some of these messages have been removed");
    return;
  }
  if (!pc_mailbox_has_room (target, messages->len, size)) {
    refuse_full (self, command);
    return;
  }
  if (messages->len == 0) {
    pc_imap_server_ok (self, command, "Nothing to do");
    return;
  }

  code = copy_messages (self, target, messages);
  if (moves)
    move_messages (self, messages, code);
  else
    text = g_strdup_printf ("%s Copied", code);
  pc_imap_server_ok (self, command, moves ? "Moved" : text);
}

/* copy = "COPY" SP sequence-set SP mailbox; move alike */
void
pc_imap_run_copy (PcImapServer  *self,
                  PcImapCommand *command)
{
  g_autoptr (GArray) indices = pc_imap_server_read_messages (self, command);
  g_autofree char   *name = NULL;
  gboolean           copies = command->verb == PC_IMAP_VERB_COPY ||
                    command->verb == PC_IMAP_VERB_UID_COPY;

  if (indices == NULL)
    return;

  if (!pc_imap_read_char (&command->args, ' ') ||
      !pc_imap_read_mailbox (&command->args, &name) ||
      !pc_imap_at_end (&command->args))
    pc_imap_server_bad (self, command, "A set of messages and a mailbox name "
                                       "are needed");
  else if (!copies && pc_imap_view_is_read_only (self->view))
    pc_imap_server_no (self, command, NULL,
                       "The mailbox is open to be read only");
  else
    transfer (self, command, indices, name);
}
