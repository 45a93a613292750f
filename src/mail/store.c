/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail that servers serve, in memory.
 *
 * A mailbox keeps its messages in a balanced tree in order of UID, so that a
 * message is found by number, found by UID and taken out in O(log n); taking
 * ten thousand out of an array would be quadratic.  UIDs only grow (RFC 9051
 * section 2.3.1.1), so a new message is always the last one.
 *
 * Every change gives the message a new modification sequence, the mailbox's
 * highest, so that a client can ask for what is newer (RFC 7162 section 3.1).
 *
 * Leaves out: folders on disk, several threads.
 */

#include "mail/store.h"

#include "mail/store-private.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

struct _PcMailStore
{
  guint      ref_count;
  char      *domain;
  GPtrArray *others; /* char*: more domains */
  guint64    serial;
  GPtrArray *accounts; /* PcAccount* */
};

static gboolean
equal_ascii (const char *a,
             const char *b)
{
  return pc_text_equal_ascii (a, strlen (a), b);
}

/* The octets of @given are looked at all, and only them, whatever @expected
 * is; its NUL stands for what it has not. */
static gboolean
equal_in_constant_time (const char *given,
                        const char *expected)
{
  gsize given_len = strlen (given);
  gsize len = strlen (expected);
  gsize differences = given_len ^ len;

  for (gsize i = 0; i < given_len; i++)
    differences |= (guchar) given[i] ^ (guchar) expected[MIN (i, len)];

  return differences == 0;
}

/* -- mailbox -------------------------------------------------------------- */

static void
message_free (gpointer data)
{
  PcMessage *self = data;

  g_bytes_unref (self->content);
  g_free (self);
}

PcMailbox *
pc_mailbox_ref (PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
pc_mailbox_unref (PcMailbox *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_sequence_free (self->messages);
  g_array_unref (self->changes);
  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++)
    g_free (self->keywords[i]);
  g_free (self->special_use);
  g_free (self->name);
  g_free (self);
}

PcMailbox *
pc_mailbox_new (PcAccount  *account,
                const char *name,
                const char *special_use)
{
  PcMailbox *self = g_new0 (PcMailbox, 1);

  self->ref_count = 1;
  self->store = account->store;
  self->name = g_strdup (name);
  self->special_use = g_strdup (special_use);
  self->uid_validity = account->uid_validity;
  self->uid_next = 1;
  self->modseq = 1;
  self->messages = g_sequence_new (message_free);
  self->changes = g_array_new (FALSE, FALSE, sizeof (PcChange));

  return self;
}

/* Old entries go in one block, so that each costs O(1). */
static void
log_change (PcMailbox   *self,
            PcChangeKind kind,
            guint32      uid,
            guint        origin)
{
  PcChange change = { .kind = kind, .uid = uid, .origin = origin };

  if (self->changes->len >= 2 * PC_LIMIT_MAILBOX_CHANGES) {
    g_array_remove_range (self->changes, 0, PC_LIMIT_MAILBOX_CHANGES);
    self->first_change += PC_LIMIT_MAILBOX_CHANGES;
  }

  g_array_append_val (self->changes, change);
  self->modseq++;
  self->store->serial++;
}

static int
compare_uid (gconstpointer a,
             gconstpointer b,
             gpointer      data)
{
  const PcMessage *left = a, *right = b;

  return (left->uid > right->uid) - (left->uid < right->uid);
}

static gboolean
is_at (GSequenceIter *iter,
       guint32        uid)
{
  const PcMessage *message;

  if (g_sequence_iter_is_end (iter))
    return FALSE;

  message = g_sequence_get (iter);
  return message->uid == uid;
}

/* Messages are mostly asked for one after the other: then each is found in
 * O(1). */
static GSequenceIter *
lookup_uid (const PcMailbox *self,
            guint32          uid)
{
  PcMailbox     *cached = (PcMailbox *) self; /* no mailbox is ever const */
  PcMessage      key = { .uid = uid };
  GSequenceIter *iter = self->found;

  if (iter != NULL && !is_at (iter, uid))
    iter = g_sequence_iter_next (iter);
  if (iter == NULL || !is_at (iter, uid))
    iter = g_sequence_lookup (self->messages, &key, compare_uid, NULL);
  if (iter != NULL)
    cached->found = iter;
  return iter;
}

const char *
pc_mailbox_get_name (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *
pc_mailbox_get_special_use (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->special_use;
}

void
pc_mailbox_set_special_use (PcMailbox  *self,
                            const char *special_use)
{
  g_return_if_fail (self != NULL);

  g_free (self->special_use);
  self->special_use = g_strdup (special_use);
}

guint32
pc_mailbox_get_uid_validity (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->uid_validity;
}

guint32
pc_mailbox_get_uid_next (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->uid_next;
}

guint
pc_mailbox_get_n_messages (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return (guint) g_sequence_get_length (self->messages);
}

PcMessage *
pc_mailbox_get_message (const PcMailbox *self,
                        guint            index)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (index >= pc_mailbox_get_n_messages (self))
    return NULL;

  return g_sequence_get (
      g_sequence_get_iter_at_pos (self->messages, (int) index));
}

PcMessage *
pc_mailbox_find_uid (const PcMailbox *self,
                     guint32          uid)
{
  GSequenceIter *iter;

  g_return_val_if_fail (self != NULL, NULL);

  iter = lookup_uid (self, uid);

  return iter != NULL ? g_sequence_get (iter) : NULL;
}

guint
pc_mailbox_count_below (const PcMailbox *self,
                        guint32          uid)
{
  PcMessage      key = { .uid = uid };
  GSequenceIter *iter;

  g_return_val_if_fail (self != NULL, 0);

  iter = g_sequence_lookup (self->messages, &key, compare_uid, NULL);
  if (iter == NULL)
    iter = g_sequence_search (self->messages, &key, compare_uid, NULL);

  return (guint) g_sequence_iter_get_position (iter);
}

guint64
pc_mailbox_get_total_size (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->total_size;
}

guint64
pc_mailbox_get_highest_modseq (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->modseq;
}

/* Where the next half of a line end is, a lone CR or a lone LF, from @at on;
 * @len when there is none.  Line by line, because what comes in is nearly
 * always right already, and may be long. */
static gsize
find_lone (const guint8 *data,
           gsize         len,
           gsize         at)
{
  while (at < len) {
    const guint8 *lf = memchr (data + at, '\n', len - at);
    gsize         end = lf != NULL ? (gsize) (lf - data) : len;
    const guint8 *cr = memchr (data + at, '\r', end - at);

    if (cr != NULL && (lf == NULL || cr + 1 != lf))
      return (gsize) (cr - data);
    if (lf != NULL && cr == NULL)
      return end;
    at = end + 1;
  }

  return len;
}

static GBytes *
normalise (GBytes *content)
{
  gsize         len, start = 0;
  const guint8 *data = g_bytes_get_data (content, &len);
  gsize         lone = find_lone (data, len, 0);

  g_autoptr (GByteArray) out = NULL;

  if (lone == len)
    return g_bytes_ref (content);

  out = g_byte_array_sized_new ((guint) (len + len / 32));
  for (; lone < len; lone = find_lone (data, len, start)) {
    g_byte_array_append (out, data + start, (guint) (lone - start));
    g_byte_array_append (out, (const guint8 *) "\r\n", 2);
    start = lone + 1;
  }
  g_byte_array_append (out, data + start, (guint) (len - start));

  return g_byte_array_free_to_bytes (g_steal_pointer (&out));
}

gboolean
pc_mailbox_has_room (const PcMailbox *self,
                     guint            n,
                     guint64          size)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return n <= PC_LIMIT_MAILBOX_MESSAGES && size <= PC_LIMIT_MAILBOX_SIZE &&
         self->total_size + size <= PC_LIMIT_MAILBOX_SIZE &&
         pc_mailbox_get_n_messages (self) + n <= PC_LIMIT_MAILBOX_MESSAGES &&
         self->uid_next <= G_MAXUINT32 - n;
}

PcStoreStatus
pc_mailbox_append (PcMailbox *self,
                   GBytes    *content,
                   PcFlags    flags,
                   gint64     internal_date,
                   guint      origin,
                   guint32   *uid)
{
  return pc_mailbox_add (self, content, flags, 0, internal_date, origin, uid);
}

PcStoreStatus
pc_mailbox_add (PcMailbox *self,
                GBytes    *content,
                PcFlags    flags,
                guint64    keywords,
                gint64     internal_date,
                guint      origin,
                guint32   *uid)
{
  g_autoptr (GBytes) normal = NULL;
  PcMessage         *message;

  g_return_val_if_fail (self != NULL && content != NULL, PC_STORE_NOT_FOUND);

  if (g_bytes_get_size (content) > PC_LIMIT_MESSAGE)
    return PC_STORE_FULL;

  normal = normalise (content);
  if (g_bytes_get_size (normal) > PC_LIMIT_MESSAGE ||
      !pc_mailbox_has_room (self, 1, g_bytes_get_size (normal)))
    return PC_STORE_FULL;

  message = g_new0 (PcMessage, 1);
  message->uid = self->uid_next++;
  message->flags = flags;
  message->keywords = keywords;
  message->internal_date = internal_date;
  message->content = g_steal_pointer (&normal);
  message->recent = TRUE;

  self->total_size += g_bytes_get_size (message->content);
  g_sequence_append (self->messages, message);
  pc_mailbox_count_keywords (self, 0, keywords);
  log_change (self, PC_CHANGE_ADDED, message->uid, origin);
  message->modseq = self->modseq;

  if (uid != NULL)
    *uid = message->uid;

  return PC_STORE_OK;
}

PcStoreStatus
pc_mailbox_set_flags (PcMailbox *self,
                      guint32    uid,
                      PcFlags    flags,
                      guint      origin)
{
  PcMessage *message = pc_mailbox_find_uid (self, uid);

  return pc_mailbox_set_marks (self, uid, flags,
                               message != NULL ? message->keywords : 0,
                               origin);
}

PcStoreStatus
pc_mailbox_set_marks (PcMailbox *self,
                      guint32    uid,
                      PcFlags    flags,
                      guint64    keywords,
                      guint      origin)
{
  PcMessage *message;

  g_return_val_if_fail (self != NULL, PC_STORE_NOT_FOUND);

  message = pc_mailbox_find_uid (self, uid);
  if (message == NULL)
    return PC_STORE_NOT_FOUND;

  if (message->flags != flags || message->keywords != keywords) {
    pc_mailbox_count_keywords (self, message->keywords, keywords);
    message->flags = flags;
    message->keywords = keywords;
    log_change (self, PC_CHANGE_FLAGS, uid, origin);
    message->modseq = self->modseq;
  }

  return PC_STORE_OK;
}

PcStoreStatus
pc_mailbox_expunge (PcMailbox *self,
                    guint32    uid,
                    guint      origin)
{
  GSequenceIter *iter;
  PcMessage     *message;

  g_return_val_if_fail (self != NULL, PC_STORE_NOT_FOUND);

  iter = lookup_uid (self, uid);
  if (iter == NULL)
    return PC_STORE_NOT_FOUND;

  message = g_sequence_get (iter);
  self->total_size -= g_bytes_get_size (message->content);
  pc_mailbox_count_keywords (self, message->keywords, 0);
  self->found = NULL;
  g_sequence_remove (iter);
  log_change (self, PC_CHANGE_EXPUNGED, uid, origin);

  return PC_STORE_OK;
}

guint64
pc_mailbox_get_serial (const PcMailbox *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->first_change + self->changes->len;
}

const PcChange *
pc_mailbox_get_change (const PcMailbox *self,
                       guint64          serial)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (serial < self->first_change || serial >= pc_mailbox_get_serial (self))
    return NULL;

  return &g_array_index (self->changes, PcChange, serial - self->first_change);
}

/* -- store ---------------------------------------------------------------- */

PcMailStore *
pc_mail_store_new (const char *domain)
{
  PcMailStore *self;

  g_return_val_if_fail (domain != NULL, NULL);

  self = g_new0 (PcMailStore, 1);
  self->ref_count = 1;
  self->domain = g_strdup (domain);
  self->others = g_ptr_array_new_with_free_func (g_free);
  self->accounts = g_ptr_array_new_with_free_func (pc_account_free);

  return self;
}

PcMailStore *
pc_mail_store_ref (PcMailStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;
  return self;
}

void
pc_mail_store_unref (PcMailStore *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  g_ptr_array_unref (self->accounts);
  g_ptr_array_unref (self->others);
  g_free (self->domain);
  g_free (self);
}

const char *
pc_mail_store_get_domain (const PcMailStore *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->domain;
}

void
pc_mail_store_add_domain (PcMailStore *self,
                          const char  *domain)
{
  g_return_if_fail (self != NULL && domain != NULL);

  g_ptr_array_add (self->others, g_strdup (domain));
}

/* The domain is behind the last at sign: a quoted local part may have more
 * of them (RFC 5321 section 4.1.2). */
gboolean
pc_mail_store_is_local (const PcMailStore *self,
                        const char        *address)
{
  const char *at;

  g_return_val_if_fail (self != NULL && address != NULL, FALSE);

  at = strrchr (address, '@');
  if (at == NULL)
    return FALSE;
  for (guint i = 0; i < self->others->len; i++)
    if (equal_ascii (at + 1, self->others->pdata[i]))
      return TRUE;

  return equal_ascii (at + 1, self->domain);
}

PcAccount *
pc_mail_store_add_account (PcMailStore *self,
                           const char  *user,
                           const char  *password,
                           guint32      uid_validity)
{
  PcAccount *account;

  g_return_val_if_fail (self != NULL && user != NULL, NULL);
  g_return_val_if_fail (password != NULL && uid_validity > 0, NULL);

  account = g_new0 (PcAccount, 1);
  account->store = self;
  account->user = g_strdup (user);
  account->password = g_strdup (password);
  account->uid_validity = uid_validity;
  account->mailboxes = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_mailbox_unref);
  account->subscriptions = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (self->accounts, account);
  pc_account_add_mailbox (account, "INBOX", NULL);

  return account;
}

/* "Alex@Example.TEST" is "alex"; of another domain's it stays whole, and so
 * matches nobody. */
static char *
local_user (const PcMailStore *self,
            const char        *user)
{
  if (!pc_mail_store_is_local (self, user))
    return g_ascii_strdown (user, -1);

  return g_ascii_strdown (user, strrchr (user, '@') - user);
}

PcAccount *
pc_mail_store_login (PcMailStore *self,
                     const char  *user,
                     const char  *password)
{
  g_autofree char *name = NULL;
  PcAccount       *found = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (user != NULL && password != NULL, NULL);

  name = local_user (self, user);
  for (guint i = 0; i < self->accounts->len; i++) {
    PcAccount       *account = g_ptr_array_index (self->accounts, i);
    g_autofree char *expected = g_ascii_strdown (account->user, -1);
    gboolean         same_user = equal_in_constant_time (name, expected);
    gboolean         same_password =
        equal_in_constant_time (password, account->password);

    /* Not: &&, which would skip work for an unknown user. */
    if (same_user & same_password)
      found = account;
  }

  return found;
}

PcAccount *
pc_mail_store_find_user (PcMailStore *self,
                         const char  *user)
{
  g_autofree char *name = NULL;
  PcAccount       *found = NULL;

  g_return_val_if_fail (self != NULL && user != NULL, NULL);

  name = local_user (self, user);
  for (guint i = 0; i < self->accounts->len; i++) {
    PcAccount       *account = g_ptr_array_index (self->accounts, i);
    g_autofree char *expected = g_ascii_strdown (account->user, -1);

    if (equal_in_constant_time (name, expected))
      found = account;
  }

  return found;
}

const char *
pc_mail_store_peek_password (PcMailStore *self,
                             const char  *user)
{
  PcAccount *account = pc_mail_store_find_user (self, user);

  return account != NULL ? account->password : NULL;
}

PcAccount *
pc_mail_store_find_address (PcMailStore *self,
                            const char  *address)
{
  g_autofree char *name = NULL;

  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  name = local_user (self, address);
  if (!pc_mail_store_is_local (self, address) && strcmp (name, "postmaster"))
    return NULL;

  for (guint i = 0; i < self->accounts->len; i++) {
    PcAccount *account = g_ptr_array_index (self->accounts, i);

    if (equal_ascii (name, account->user))
      return account;
  }

  if (strcmp (name, "postmaster") == 0 && self->accounts->len > 0)
    return g_ptr_array_index (self->accounts, 0);

  return NULL;
}

void
pc_mail_store_touch (PcMailStore *self)
{
  self->serial++;
}

guint64
pc_mail_store_get_serial (const PcMailStore *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->serial;
}
