/* SPDX-License-Identifier: GPL-3.0-or-later */

/* APPEND, COPY and MOVE: messages that come into a mailbox.
 *
 * What can be refused is refused before the message comes.  A command works
 * for all of its messages or for none.
 *
 * RFC 3501 sections 6.3.11 and 6.4.7, RFC 9051 sections 6.3.12, 6.4.7 and
 * 6.4.8; RFC 3502; RFC 3516 section 4.4; RFC 4315 section 3; RFC 6851 section
 * 3; RFC 6855 section 4; RFC 7888 section 4; RFC 9208 section 4.3.1.
 */

#include "proto/imap/marks.h"
#include "proto/imap/server-private.h"

#include "base/limits.h"
#include "mail/account.h"
#include "mail/keywords.h"
#include "mail/message.h"

#include <string.h>

/* -- APPEND --------------------------------------------------------------- */

/* One of the messages. */
typedef struct
{
  PcImapMarks marks;
  gint64      date; /* when has_date */
  gboolean    has_date;
  gboolean    utf8;  /* the header may be UTF-8 (RFC 6855 section 4) */
  gsize       start; /* of the octets, in the command */
  guint64     size;
} Append;

/* What is there of an APPEND. */
typedef struct
{
  char   *mailbox;
  GArray *messages;
  guint64 size;  /* of all */
  gboolean whole; /* the last message is there */
} Appends;

static void
append_clear (gpointer data)
{
  Append *self = data;

  pc_imap_marks_clear (&self->marks);
}

static void
appends_clear (Appends *self)
{
  g_clear_pointer (&self->mailbox, g_free);
  g_clear_pointer (&self->messages, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Appends, appends_clear)

/* [flag-list SP] [date-time SP] and the literal's header, perhaps behind
 * "UTF8" SP "(". */
static gboolean
read_message (PcImapCursor *args,
              Append       *append)
{
  gboolean synchronising;

  if (pc_imap_peek_char (args, '(') &&
      (!pc_imap_read_marks (args, &append->marks) ||
       !pc_imap_read_char (args, ' ')))
    return FALSE;
  append->has_date = pc_imap_read_date_time (args, &append->date);
  if (append->has_date && !pc_imap_read_char (args, ' '))
    return FALSE;
  append->utf8 = pc_imap_read_word (args, "UTF8");
  if (append->utf8 &&
      (!pc_imap_read_char (args, ' ') || !pc_imap_read_char (args, '(') ||
       !pc_imap_peek_char (args, '~')))
    return FALSE;
  if (!pc_imap_read_literal_header (args, &append->size, &synchronising))
    return FALSE;

  append->start = args->pos;
  return TRUE;
}

/* SP mailbox 1*(SP message), as far as it has come: up to the end, or up to
 * the header of a message that is still to come (RFC 3502). */
static gboolean
read_appends (PcImapCursor *args,
              Appends      *self)
{
  *self = (Appends){ .messages = g_array_new (FALSE, FALSE, sizeof (Append)) };
  g_array_set_clear_func (self->messages, append_clear);
  if (!pc_imap_read_char (args, ' ') ||
      !pc_imap_read_mailbox (args, &self->mailbox))
    return FALSE;

  while (pc_imap_read_char (args, ' ')) {
    Append   append = { 0 };
    gboolean read = self->messages->len < PC_LIMIT_IMAP_APPENDS &&
                    read_message (args, &append);

    g_array_append_val (self->messages, append);
    if (!read)
      return FALSE;
    self->size += append.size;
    if (append.size > args->len - args->pos)
      return pc_imap_at_end (args);
    args->pos += (gsize) append.size;
    if (append.utf8 && !pc_imap_read_char (args, ')'))
      return FALSE;
    self->whole = pc_imap_at_end (args);
  }

  return self->messages->len > 0 && self->whole;
}

gboolean
pc_imap_reads_message (PcImapCursor args,
                       guint64     *size)
{
  g_auto (Appends) appends = { 0 };
  gboolean         read = read_appends (&args, &appends);

  *size = appends.size;
  return read;
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

/* Room for @n messages of @size octets in @mailbox, and for @more octets in
 * the account: what moves needs none there.  FALSE when there is none, which
 * is answered. */
static gboolean
has_room (PcImapServer        *self,
          const PcImapCommand *command,
          PcMailbox           *mailbox,
          guint                n,
          guint64              size,
          guint64              more)
{
  if (!pc_mailbox_has_room (mailbox, n, size)) {
    refuse_full (self, command);
    return FALSE;
  }
  if (more > 0 && !pc_account_has_room (self->account, more)) {
    pc_imap_server_no (self, command, "[OVERQUOTA]",
                       "The account has no room left for that");
    return FALSE;
  }

  return TRUE;
}

gboolean
pc_imap_server_may_append (PcImapServer        *self,
                           const PcImapCommand *command)
{
  PcImapCursor     args = command->args;
  g_auto (Appends) appends = { 0 };
  PcMailbox       *mailbox;

  /* The literal is the mailbox's name, or nothing that will do. */
  if (!read_appends (&args, &appends))
    return TRUE;

  mailbox = find_target (self, command, appends.mailbox);
  return mailbox != NULL &&
         has_room (self, command, mailbox, appends.messages->len,
                   appends.size, appends.size);
}

/* All of them, or none: with CR before every LF they may be longer than
 * announced, and not fit after all.  @uids out. */
static gboolean
store (PcImapServer        *self,
       const PcImapCommand *command,
       const Appends       *appends,
       PcMailbox           *mailbox,
       GArray              *uids)
{
  for (guint i = 0; i < appends->messages->len; i++) {
    const Append *append = &g_array_index (appends->messages, Append, i);
    g_autoptr (GBytes) content = g_bytes_new (
        command->args.data + append->start, (gsize) append->size);
    guint64 keywords;
    guint32 uid;

    pc_imap_marks_make (&append->marks, mailbox, &keywords);
    if (pc_mailbox_add (mailbox, content, append->marks.flags, keywords,
                        append->has_date ? append->date : self->active,
                        self->session, &uid) != PC_STORE_OK) {
      for (guint k = 0; k < uids->len; k++)
        pc_mailbox_expunge (mailbox, g_array_index (uids, guint32, k),
                            self->session);
      return FALSE;
    }
    g_array_append_val (uids, uid);
  }

  return TRUE;
}

static void
append_messages (PcImapServer        *self,
                 const PcImapCommand *command,
                 const Appends       *appends)
{
  PcMailbox          *mailbox = find_target (self, command, appends->mailbox);
  g_autoptr (GArray)  uids = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_autoptr (GString) text = NULL;

  if (mailbox == NULL ||
      !has_room (self, command, mailbox, appends->messages->len,
                 appends->size, appends->size))
    return;

  if (!store (self, command, appends, mailbox, uids)) {
    refuse_full (self, command);
    return;
  }
  text = g_string_new (NULL);
  g_string_append_printf (text, "[APPENDUID %u ",
                          pc_mailbox_get_uid_validity (mailbox));
  pc_imap_write_set (text, uids);
  g_string_append (text, "] Appended");
  pc_imap_server_ok (self, command, text->str);
}

/* What a client that does not know RFC 6855 could not read (section 4). */
static gboolean
has_8bit_header (const guint8 *data,
                 gsize         len)
{
  gsize header = pc_message_header_length (data, len);

  for (gsize i = 0; i < header; i++)
    if (data[i] > 0x7f)
      return TRUE;

  return FALSE;
}

/* append = "APPEND" SP mailbox 1*(SP [flag-list SP] [date-time SP] literal) */
void
pc_imap_run_append (PcImapServer  *self,
                    PcImapCommand *command)
{
  PcImapCursor     args = command->args;
  g_auto (Appends) appends = { 0 };
  gboolean         whole = read_appends (&args, &appends) && appends.whole;
  gboolean         zeros = FALSE;
  gboolean         empty = FALSE;
  gboolean         utf8 = FALSE;
  gboolean         hidden = FALSE;

  for (guint i = 0; whole && i < appends.messages->len; i++) {
    const Append *append = &g_array_index (appends.messages, Append, i);

    empty = empty || append->size == 0;
    zeros = zeros || memchr (args.data + append->start, '\0',
                             (gsize) append->size) != NULL;
    utf8 = utf8 || append->utf8;
    hidden = hidden || (!append->utf8 &&
                        has_8bit_header (args.data + append->start,
                                         (gsize) append->size));
  }

  if (!whole || (utf8 && !pc_imap_server_is_utf8 (self)))
    pc_imap_server_bad (self, command,
                        "APPEND takes a mailbox, flags, a date and messages");
  else if (zeros)
    pc_imap_server_no (self, command, "[UNKNOWN-CTE]",
                       "No zero octets can be kept here");
  else if (hidden && !pc_imap_server_is_utf8 (self))
    pc_imap_server_no (self, command, "[CANNOT]",
                       "A header in UTF-8 needs ENABLE UTF8=ACCEPT");
  else if (empty)
    pc_imap_server_no (self, command, NULL, "That message is empty");
  else
    append_messages (self, command, &appends);
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
    guint64          keywords = pc_mailbox_translate_keywords (
        target, pc_imap_view_get_mailbox (self->view), message->keywords);
    PcStoreStatus status;

    status = pc_mailbox_add (target, message->content, message->flags,
                             keywords, message->internal_date, self->session,
                             &uid);
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
  if (!has_room (self, command, target, messages->len, size,
                 moves ? 0 : size))
    return;
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
