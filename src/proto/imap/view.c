/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one session knows of its mailbox, and what it must still be told.
 *
 * Nothing is told while no command is in progress, although RFC 3501 section
 * 5.3 would allow it for everything but EXPUNGE: hardly a server does, and
 * that clients must ask, or say IDLE, is worth seeing.
 *
 * A client that has said it knows mod-sequences gets one with every change of
 * flags; one of IMAP4rev2 hears no more of \Recent.
 *
 * RFC 3501 sections 2.3.1.2, 2.3.2, 5.2, 5.5, 7.3 and 7.4; RFC 9051 sections
 * 5.2 and 7.5.1; RFC 7162 sections 3.1 and 3.2.4.
 */

#include "proto/imap/view.h"

#include "base/limits.h"
#include "mail/keywords.h"

#include <string.h>

#define FLAGS "\\Answered \\Flagged \\Deleted \\Seen \\Draft"

struct _PcImapView
{
  PcMailbox  *mailbox;
  guint       session;
  gboolean    read_only;
  guint       enabled; /* PcImapEnabled */
  GHashTable *told;    /* keywords in lower case: the client knows them */
  GArray     *uids;    /* guint32, ascending: what the client knows */
  GHashTable *recent;  /* UIDs */
  guint64     serial;  /* of the first change not looked at */
  GArray     *gone;    /* guint32: removed, the client not told yet */
  GHashTable *flagged; /* UIDs whose flags others changed */
  gboolean    grown;   /* EXISTS is due */
};

static const struct {
  PcFlags     flag;
  const char *name;
} flag_names[] = {
  { PC_FLAG_ANSWERED, "\\Answered" }, { PC_FLAG_FLAGGED, "\\Flagged" },
  { PC_FLAG_DELETED, "\\Deleted" },   { PC_FLAG_SEEN, "\\Seen" },
  { PC_FLAG_DRAFT, "\\Draft" },
};

/* -- what is known -------------------------------------------------------- */

static void
add_message (PcImapView *self,
             PcMessage  *message)
{
  g_array_append_val (self->uids, message->uid);
  if (!message->recent)
    return;

  g_hash_table_add (self->recent, GUINT_TO_POINTER (message->uid));
  if (!self->read_only)
    message->recent = FALSE;
}

PcImapView *
pc_imap_view_new (PcMailbox *mailbox,
                  guint      session,
                  gboolean   read_only)
{
  PcImapView *self = g_new0 (PcImapView, 1);
  guint       n = pc_mailbox_get_n_messages (mailbox);

  self->mailbox = pc_mailbox_ref (mailbox);
  self->session = session;
  self->read_only = read_only;
  self->uids = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->recent = g_hash_table_new (NULL, NULL);
  self->gone = g_array_new (FALSE, FALSE, sizeof (guint32));
  self->flagged = g_hash_table_new (NULL, NULL);
  self->serial = pc_mailbox_get_serial (mailbox);

  for (guint i = 0; i < n; i++)
    add_message (self, pc_mailbox_get_message (mailbox, i));

  return self;
}

void
pc_imap_view_free (PcImapView *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->mailbox, pc_mailbox_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->uids, g_array_unref);
  g_clear_pointer (&self->recent, g_hash_table_unref);
  g_clear_pointer (&self->gone, g_array_unref);
  g_clear_pointer (&self->flagged, g_hash_table_unref);
  g_free (self);
}

void
pc_imap_view_set_enabled (PcImapView *self,
                          guint       enabled)
{
  self->enabled = enabled;
}

PcMailbox *
pc_imap_view_get_mailbox (const PcImapView *self)
{
  return self->mailbox;
}

gboolean
pc_imap_view_is_read_only (const PcImapView *self)
{
  return self->read_only;
}

guint
pc_imap_view_get_n_messages (const PcImapView *self)
{
  return self->uids->len;
}

guint
pc_imap_view_get_n_recent (const PcImapView *self)
{
  return g_hash_table_size (self->recent);
}

guint32
pc_imap_view_get_uid (const PcImapView *self,
                      guint             index)
{
  g_return_val_if_fail (index < self->uids->len, 0);

  return g_array_index (self->uids, guint32, index);
}

guint
pc_imap_view_lower_bound (const PcImapView *self,
                          guint32           uid)
{
  guint low = 0;
  guint high = self->uids->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (g_array_index (self->uids, guint32, middle) < uid)
      low = middle + 1;
    else
      high = middle;
  }

  return low;
}

gboolean
pc_imap_view_is_recent (const PcImapView *self,
                        guint32           uid)
{
  return g_hash_table_contains (self->recent, GUINT_TO_POINTER (uid));
}

PcMessage *
pc_imap_view_get_message (const PcImapView *self,
                          guint             index)
{
  return pc_mailbox_find_uid (self->mailbox,
                              pc_imap_view_get_uid (self, index));
}

guint
pc_imap_view_get_first_unseen (const PcImapView *self)
{
  for (guint i = 0; i < self->uids->len; i++) {
    PcMessage *message = pc_imap_view_get_message (self, i);

    if (message != NULL && (message->flags & PC_FLAG_SEEN) == 0)
      return i + 1;
  }

  return 0;
}

/* By hand: a mailbox may be listed whole, and printf would be half the cost.
 * @start: where the first word began. */
static void
write_word (GString    *out,
            gsize       start,
            const char *word)
{
  if (out->len > start)
    g_string_append_c (out, ' ');
  g_string_append (out, word);
}

void
pc_imap_view_write_flags (const PcImapView *self,
                          const PcMessage  *message,
                          GString          *out)
{
  gsize start;

  g_string_append_c (out, '(');
  start = out->len;
  for (guint i = 0; i < G_N_ELEMENTS (flag_names); i++)
    if (message->flags & flag_names[i].flag)
      write_word (out, start, flag_names[i].name);
  for (guint64 i = 0, rest = message->keywords; rest != 0; i++, rest >>= 1)
    if ((rest & 1) != 0)
      write_word (out, start,
                  pc_mailbox_get_keyword (self->mailbox, (guint) i));
  if ((self->enabled & PC_IMAP_ENABLED_REV2) == 0 &&
      pc_imap_view_is_recent (self, message->uid))
    write_word (out, start, "\\Recent");
  g_string_append_c (out, ')');
}

void
pc_imap_view_write_begin (guint    index,
                          GString *out)
{
  char  digits[10]; /* of 2^32 */
  gsize n = 0;

  for (guint rest = index + 1; rest > 0; rest /= 10)
    digits[n++] = (char) ('0' + rest % 10);

  g_string_append (out, "* ");
  while (n > 0)
    g_string_append_c (out, digits[--n]);
  g_string_append (out, " FETCH (");
}

void
pc_imap_view_write_change (const PcImapView *self,
                           guint             index,
                           const PcMessage  *message,
                           gboolean          uid,
                           gboolean          flags,
                           GString          *out)
{
  gboolean modseq = (self->enabled & PC_IMAP_ENABLED_CONDSTORE) != 0;

  pc_imap_view_write_begin (index, out);
  if (uid || modseq)
    g_string_append_printf (out, "UID %u%s", message->uid, flags ? " " : "");
  if (flags) {
    g_string_append (out, "FLAGS ");
    pc_imap_view_write_flags (self, message, out);
  }
  if (modseq)
    g_string_append_printf (out, " MODSEQ (%" G_GUINT64_FORMAT ")",
                            message->modseq);
  g_string_append (out, ")\r\n");
}

/* -- keywords ------------------------------------------------------------- */

static void
write_keywords (const PcImapView *self,
                GString          *out)
{
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++) {
    const char *name = pc_mailbox_get_keyword (self->mailbox, i);

    if (name != NULL)
      g_string_append_printf (out, " %s", name);
  }
}

void
pc_imap_view_write_applicable (PcImapView *self,
                               GString    *out)
{
  g_hash_table_remove_all (self->told);
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++) {
    const char *name = pc_mailbox_get_keyword (self->mailbox, i);

    if (name != NULL)
      g_hash_table_add (self->told, g_ascii_strdown (name, -1));
  }

  g_string_append (out, "* FLAGS (" FLAGS);
  write_keywords (self, out);
  g_string_append (out, ")\r\n");
}

/* "\*" says that new ones can be made, which is true until there is no bit
 * left for them (RFC 3501 section 7.1). */
void
pc_imap_view_write_permanent (const PcImapView *self,
                              GString          *out)
{
  gboolean full = pc_mailbox_get_keywords (self->mailbox) == G_MAXUINT64;

  if (self->read_only) {
    g_string_append (out, "* OK [PERMANENTFLAGS ()] Nothing can be changed"
                          "\r\n");
    return;
  }
  g_string_append (out, "* OK [PERMANENTFLAGS (" FLAGS);
  write_keywords (self, out);
  g_string_append_printf (out, "%s)] These can be changed\r\n",
                          full ? "" : " \\*");
}

void
pc_imap_view_tell_keywords (PcImapView *self,
                            GString    *out)
{
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++) {
    const char      *name = pc_mailbox_get_keyword (self->mailbox, i);
    g_autofree char *lower = NULL;

    if (name == NULL)
      continue;
    lower = g_ascii_strdown (name, -1);
    if (g_hash_table_contains (self->told, lower))
      continue;
    pc_imap_view_write_applicable (self, out);
    pc_imap_view_write_permanent (self, out);
    return;
  }
}

/* -- what is new ---------------------------------------------------------- */

static gboolean
knows (const PcImapView *self,
       guint32           uid)
{
  guint i = pc_imap_view_lower_bound (self, uid);

  return i < self->uids->len &&
         g_array_index (self->uids, guint32, i) == uid;
}

static void
note_change (PcImapView     *self,
             const PcChange *change)
{
  guint32    uid = change->uid;
  PcMessage *message = pc_mailbox_find_uid (self->mailbox, uid);

  switch (change->kind) {
  case PC_CHANGE_ADDED:
    /* Added and removed again before anybody was told: nothing happened. */
    if (message == NULL || knows (self, uid))
      break;
    add_message (self, message);
    self->grown = TRUE;
    break;
  case PC_CHANGE_FLAGS:
    /* What this session does itself, its command answers. */
    if (change->origin != self->session && knows (self, uid))
      g_hash_table_add (self->flagged, GUINT_TO_POINTER (uid));
    break;
  case PC_CHANGE_EXPUNGED:
    if (knows (self, uid))
      g_array_append_val (self->gone, uid);
    break;
  default:
    g_assert_not_reached ();
  }
}

/* The log begins later than we have read: compare instead.  Every flag may
 * have changed. */
static void
compare_all (PcImapView *self)
{
  guint32 last = self->uids->len > 0
                     ? g_array_index (self->uids, guint32,
                                      self->uids->len - 1)
                     : 0;

  g_array_set_size (self->gone, 0);
  for (guint i = 0; i < self->uids->len; i++) {
    guint32 uid = g_array_index (self->uids, guint32, i);

    if (pc_mailbox_find_uid (self->mailbox, uid) != NULL)
      g_hash_table_add (self->flagged, GUINT_TO_POINTER (uid));
    else
      g_array_append_val (self->gone, uid);
  }
  for (guint i = pc_mailbox_count_below (self->mailbox, last + 1);
       i < pc_mailbox_get_n_messages (self->mailbox); i++) {
    add_message (self, pc_mailbox_get_message (self->mailbox, i));
    self->grown = TRUE;
  }
}

static void
read_log (PcImapView *self)
{
  guint64 end = pc_mailbox_get_serial (self->mailbox);

  if (self->serial < end &&
      pc_mailbox_get_change (self->mailbox, self->serial) == NULL) {
    compare_all (self);
    self->serial = end;
  }
  for (; self->serial < end; self->serial++)
    note_change (self, pc_mailbox_get_change (self->mailbox, self->serial));
}

static int
compare_uids (gconstpointer a,
              gconstpointer b)
{
  guint32 left = *(const guint32 *) a;
  guint32 right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

/* Each EXPUNGE counts from what the ones before have left: in ascending order
 * the number falls by one for each (RFC 3501 section 7.4.1). */
static void
tell_gone (PcImapView *self,
           GString    *out)
{
  guint next = 0;
  guint kept = 0;

  g_array_sort (self->gone, compare_uids);
  for (guint i = 0; i < self->uids->len; i++) {
    guint32 uid = g_array_index (self->uids, guint32, i);

    if (next < self->gone->len &&
        g_array_index (self->gone, guint32, next) == uid) {
      g_string_append_printf (out, "* %u EXPUNGE\r\n", kept + 1);
      g_hash_table_remove (self->recent, GUINT_TO_POINTER (uid));
      g_hash_table_remove (self->flagged, GUINT_TO_POINTER (uid));
      next++;
    } else {
      g_array_index (self->uids, guint32, kept++) = uid;
    }
  }
  g_array_set_size (self->uids, kept);
  g_array_set_size (self->gone, 0);
}

static void
tell_flags (PcImapView *self,
            GString    *out)
{
  for (guint i = 0; i < self->uids->len; i++) {
    guint32    uid = g_array_index (self->uids, guint32, i);
    PcMessage *message;

    if (!g_hash_table_contains (self->flagged, GUINT_TO_POINTER (uid)))
      continue;
    message = pc_mailbox_find_uid (self->mailbox, uid);
    if (message == NULL)
      continue;
    pc_imap_view_write_change (self, i, message, TRUE, TRUE, out);
  }
  g_hash_table_remove_all (self->flagged);
}

void
pc_imap_view_tell (PcImapView *self,
                   gboolean    may_expunge,
                   GString    *out)
{
  read_log (self);

  if (may_expunge && self->gone->len > 0)
    tell_gone (self, out);
  if (self->grown)
    g_string_append_printf (out, "* %u EXISTS\r\n", self->uids->len);
  if (self->grown && (self->enabled & PC_IMAP_ENABLED_REV2) == 0)
    g_string_append_printf (out, "* %u RECENT\r\n",
                            g_hash_table_size (self->recent));
  self->grown = FALSE;
  pc_imap_view_tell_keywords (self, out);
  if (g_hash_table_size (self->flagged) > 0)
    tell_flags (self, out);
}
