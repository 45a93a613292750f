/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What mail servers serve: accounts, their mailboxes, the messages in them.
 * All in memory, one thread.  Several sessions may look at one mailbox; each
 * learns of the others' changes from the mailbox's change log.
 *
 * UIDs ascend and are never reused (RFC 9051 section 2.3.1.1). */

typedef struct _PcMailStore PcMailStore;
typedef struct _PcAccount   PcAccount;
typedef struct _PcMailbox   PcMailbox;

typedef enum {
  PC_FLAG_SEEN = 1 << 0,
  PC_FLAG_ANSWERED = 1 << 1,
  PC_FLAG_FLAGGED = 1 << 2,
  PC_FLAG_DELETED = 1 << 3,
  PC_FLAG_DRAFT = 1 << 4,
} PcFlags;

/* A message as it lies in a mailbox; owned by the mailbox, valid until it is
 * expunged there. */
typedef struct
{
  guint32 uid;
  PcFlags flags;
  guint64 keywords;      /* bits of its mailbox's keywords */
  guint64 modseq;        /* of its last change (RFC 7162 section 3.1) */
  gint64  internal_date; /* µs since 1970 UTC */
  GBytes *content;       /* RFC 5322 message, lines end in CR LF */
  gboolean recent;       /* no session was told of it yet */
} PcMessage;

typedef enum {
  PC_CHANGE_ADDED,
  PC_CHANGE_FLAGS,
  PC_CHANGE_EXPUNGED,
} PcChangeKind;

typedef struct
{
  PcChangeKind kind;
  guint32      uid;
  guint        origin; /* who did it: the session's number; 0 for delivery */
} PcChange;

typedef enum {
  PC_STORE_OK,
  PC_STORE_NOT_FOUND,
  PC_STORE_FULL,   /* a limit of base/limits.h */
  PC_STORE_LOCKED, /* another POP3 session holds the maildrop */
  PC_STORE_EXISTS, /* there is a mailbox of that name */
  PC_STORE_NAME,   /* no mailbox can have that name, or lose it */
} PcStoreStatus;

PcMailStore  *pc_mail_store_new (const char *domain);
PcMailStore  *pc_mail_store_ref (PcMailStore *self);
void          pc_mail_store_unref (PcMailStore *self);
/* "example.test": mail for it is ours. */
const char   *pc_mail_store_get_domain (const PcMailStore *self);
/* Mail for @domain is ours as well; the same users are at both. */
void          pc_mail_store_add_domain (PcMailStore *self,
                                        const char  *domain);
gboolean      pc_mail_store_is_local (const PcMailStore *self,
                                      const char        *address);
/* With an empty INBOX.  @uid_validity: of its mailboxes, 1 and more. */
PcAccount    *pc_mail_store_add_account (PcMailStore *self,
                                         const char  *user,
                                         const char  *password,
                                         guint32      uid_validity);
/* @user is "alex" or "alex@example.test", in any case.  NULL when user or
 * password is wrong; the time taken does not tell which, nor how much of it
 * was right. */
PcAccount    *pc_mail_store_login (PcMailStore *self,
                                   const char  *user,
                                   const char  *password);
/* The password of @user in clear, or NULL for a stranger: what a mechanism
 * with a challenge (APOP, CRAM-MD5, SCRAM) needs.  A server that teaches keeps
 * passwords as they are; others should not.  The time taken does not tell
 * whether @user exists.  Belongs to the store. */
const char   *pc_mail_store_peek_password (PcMailStore *self,
                                           const char  *user);
/* @user as for pc_mail_store_login ().  NULL when there is none. */
PcAccount    *pc_mail_store_find_user (PcMailStore *self,
                                       const char  *user);
/* The account that @address delivers to, or NULL.  "postmaster" is the first
 * account's (RFC 5321 section 4.5.1). */
PcAccount    *pc_mail_store_find_address (PcMailStore *self,
                                          const char  *address);
/* Grows with every change anywhere: an owner wakes its engines when it has. */
guint64       pc_mail_store_get_serial (const PcMailStore *self);

const char   *pc_account_get_user (const PcAccount *self);
/* For POP3, one session at a time (RFC 1939 section 4): OK or LOCKED.  @owner
 * is any address that only this session has; locking again is OK. */
PcStoreStatus pc_account_lock (PcAccount    *self,
                               gconstpointer owner);
/* Nothing happens unless @owner holds the lock. */
void          pc_account_unlock (PcAccount    *self,
                                 gconstpointer owner);
guint         pc_account_get_n_mailboxes (const PcAccount *self);
PcMailbox    *pc_account_get_mailbox (const PcAccount *self,
                                      guint            index);
/* INBOX is found in any case (RFC 9051 section 5.1). */
PcMailbox    *pc_account_find_mailbox (const PcAccount *self,
                                       const char      *name);
/* @special_use: "\\Sent" (RFC 6154), or NULL.  NULL when the name is taken,
 * or at a limit.  The mailbox lives until it is deleted.  The account is
 * subscribed to it. */
PcMailbox    *pc_account_add_mailbox (PcAccount  *self,
                                      const char *name,
                                      const char *special_use);

/* What a person does later.  OK, EXISTS, NAME or FULL. */
PcStoreStatus pc_account_create_mailbox (PcAccount  *self,
                                         const char *name);
/* With its messages, not with what is below it; a subscription stays.  OK,
 * NOT_FOUND, or NAME (INBOX, or a name that is only others' beginning). */
PcStoreStatus pc_account_delete_mailbox (PcAccount  *self,
                                         const char *name,
                                         guint       origin);
/* With everything below it; all of it or nothing.  UIDVALIDITY changes.  Of
 * INBOX the messages move and it stays.  OK, NOT_FOUND, EXISTS, NAME, FULL. */
PcStoreStatus pc_account_rename_mailbox (PcAccount  *self,
                                         const char *from,
                                         const char *to,
                                         guint       origin);
/* OK, NOT_FOUND or FULL; being so already is OK. */
PcStoreStatus pc_account_subscribe (PcAccount  *self,
                                    const char *name);
/* OK or NOT_FOUND. */
PcStoreStatus pc_account_unsubscribe (PcAccount  *self,
                                      const char *name);
guint         pc_account_get_n_subscriptions (const PcAccount *self);
const char   *pc_account_get_subscription (const PcAccount *self,
                                           guint            index);

/* Who keeps a mailbox over a return to the main loop holds a reference: it may
 * be deleted, and is then empty and in no account.  The store must outlive
 * it. */
PcMailbox    *pc_mailbox_ref (PcMailbox *self);
void          pc_mailbox_unref (PcMailbox *self);
const char   *pc_mailbox_get_name (const PcMailbox *self);
/* "\\Sent", or NULL. */
const char   *pc_mailbox_get_special_use (const PcMailbox *self);
void          pc_mailbox_set_special_use (PcMailbox  *self,
                                          const char *special_use);
guint32       pc_mailbox_get_uid_validity (const PcMailbox *self);
guint32       pc_mailbox_get_uid_next (const PcMailbox *self);
guint         pc_mailbox_get_n_messages (const PcMailbox *self);
/* In ascending order of UID; O(log n). */
PcMessage    *pc_mailbox_get_message (const PcMailbox *self,
                                      guint            index);
/* Binary search; NULL when there is none. */
PcMessage    *pc_mailbox_find_uid (const PcMailbox *self,
                                   guint32          uid);
/* How many messages have a UID below @uid: the index of the message with
 * @uid when there is one.  O(log n). */
guint         pc_mailbox_count_below (const PcMailbox *self,
                                      guint32          uid);
guint64       pc_mailbox_get_total_size (const PcMailbox *self);
/* Grows with every change of a message, a removal too; 1 at first (RFC 7162
 * section 3.1.2.1). */
guint64       pc_mailbox_get_highest_modseq (const PcMailbox *self);
/* Line ends are made CR LF: a lone LF and a lone CR as well.  No line end is
 * added at the end.  Keeps @content by reference when nothing has to change.
 * @uid out, may be NULL. */
PcStoreStatus pc_mailbox_append (PcMailbox *self,
                                 GBytes    *content,
                                 PcFlags    flags,
                                 gint64     internal_date,
                                 guint      origin,
                                 guint32   *uid);
/* The same, with keywords of this mailbox; see mail/keywords.h. */
PcStoreStatus pc_mailbox_add (PcMailbox *self,
                              GBytes    *content,
                              PcFlags    flags,
                              guint64    keywords,
                              gint64     internal_date,
                              guint      origin,
                              guint32   *uid);
/* Whether @n more messages of together @size octets would fit. */
gboolean      pc_mailbox_has_room (const PcMailbox *self,
                                   guint            n,
                                   guint64          size);
/* The new set of flags; no change, no log entry when it is the old one.
 * Keywords stay. */
PcStoreStatus pc_mailbox_set_flags (PcMailbox *self,
                                    guint32    uid,
                                    PcFlags    flags,
                                    guint      origin);
/* The same, with keywords of this mailbox; see mail/keywords.h. */
PcStoreStatus pc_mailbox_set_marks (PcMailbox *self,
                                    guint32    uid,
                                    PcFlags    flags,
                                    guint64    keywords,
                                    guint      origin);
PcStoreStatus pc_mailbox_expunge (PcMailbox *self,
                                  guint32    uid,
                                  guint      origin);
/* The change log: a session remembers the serial up to which it has looked,
 * and reads the entries from there up to pc_mailbox_get_serial () - 1. */
guint64         pc_mailbox_get_serial (const PcMailbox *self);
/* Valid until the next change.  NULL at or past the end; also when the entry
 * is so old that it was dropped (PC_LIMIT_MAILBOX_CHANGES newer ones are
 * always kept): the session then compares the mailbox with what it knew. */
const PcChange *pc_mailbox_get_change (const PcMailbox *self,
                                       guint64          serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcMailStore, pc_mail_store_unref)

G_END_DECLS
