/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"

G_BEGIN_DECLS

/* A mailbox as one session knows it.  Message numbers are a promise to that
 * one client: number 3 stays the same message until the client was told of an
 * EXPUNGE (RFC 3501 sections 2.3.1.2 and 7.4.1).  So each session has its own
 * map from numbers to UIDs, and what others change waits here until it may be
 * said. */
typedef struct _PcImapView PcImapView;

/* What the client has said it understands (RFC 5161, RFC 7162 section 3.1). */
typedef enum {
  PC_IMAP_ENABLED_REV2 = 1 << 0,      /* IMAP4rev2: nothing is \Recent */
  PC_IMAP_ENABLED_CONDSTORE = 1 << 1, /* wants MODSEQ with flags */
  PC_IMAP_ENABLED_UTF8 = 1 << 2,      /* RFC 6855 */
} PcImapEnabled;

/* @session: as the origin of changes.  The messages nobody was told of become
 * this session's recent ones; for good unless @read_only.  The store must
 * outlive the view. */
PcImapView *pc_imap_view_new (PcMailbox *mailbox,
                              guint      session,
                              gboolean   read_only);
void        pc_imap_view_free (PcImapView *self);

/* @enabled: PcImapEnabled; none at first. */
void        pc_imap_view_set_enabled (PcImapView *self,
                                      guint       enabled);
PcMailbox  *pc_imap_view_get_mailbox (const PcImapView *self);
gboolean    pc_imap_view_is_read_only (const PcImapView *self);
guint       pc_imap_view_get_n_messages (const PcImapView *self);
guint       pc_imap_view_get_n_recent (const PcImapView *self);
/* @index is the message number less 1. */
guint32     pc_imap_view_get_uid (const PcImapView *self,
                                  guint             index);
/* The index of the first message with this UID or a higher one. */
guint       pc_imap_view_lower_bound (const PcImapView *self,
                                      guint32           uid);
gboolean    pc_imap_view_is_recent (const PcImapView *self,
                                    guint32           uid);
/* NULL when another session has removed it. */
PcMessage  *pc_imap_view_get_message (const PcImapView *self,
                                      guint             index);
/* The number, from 1, of the first message without \Seen; 0 for none. */
guint       pc_imap_view_get_first_unseen (const PcImapView *self);

/* "(\Seen work \Recent)" */
void        pc_imap_view_write_flags (const PcImapView *self,
                                      const PcMessage  *message,
                                      GString          *out);
/* "* 12 FETCH (" for the message at @index, which is 11 */
void        pc_imap_view_write_begin (guint    index,
                                      GString *out);
/* A FETCH response that tells of changed flags: "FLAGS (\Seen)", and what
 * else this client must have with them (RFC 7162 section 3.2.4). */
void        pc_imap_view_write_change (const PcImapView *self,
                                       guint             index,
                                       const PcMessage  *message,
                                       gboolean          uid,
                                       gboolean          flags,
                                       GString          *out);
/* "* FLAGS (...)": the client then knows all keywords there are. */
void        pc_imap_view_write_applicable (PcImapView *self,
                                           GString    *out);
/* "* OK [PERMANENTFLAGS (...)]" */
void        pc_imap_view_write_permanent (const PcImapView *self,
                                          GString          *out);
/* Both, when messages have keywords of which the client was not told. */
void        pc_imap_view_tell_keywords (PcImapView *self,
                                        GString    *out);
/* Reads the change log and writes what is new as untagged responses; EXPUNGE
 * only when @may_expunge, else it keeps waiting. */
void        pc_imap_view_tell (PcImapView *self,
                               gboolean    may_expunge,
                               GString    *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcImapView, pc_imap_view_free)

G_END_DECLS
