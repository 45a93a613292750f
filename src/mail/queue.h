/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/routes.h"
#include "mail/store.h"

G_BEGIN_DECLS

/* Mail that a server has taken and must send on: the envelopes, what was said
 * about each recipient, and when to try again.  Whoever sends takes a mail
 * out, settles its recipients and puts it back; the queue then forgets it,
 * keeps it for later, or reports to the sender.  Times are µs since 1970. */
typedef struct _PcMailQueue PcMailQueue;

/* When the sender wants to hear about a recipient (RFC 3461 section 4.1); 0
 * when nothing was said about it. */
typedef enum {
  PC_NOTIFY_NEVER = 1 << 0,
  PC_NOTIFY_SUCCESS = 1 << 1,
  PC_NOTIFY_FAILURE = 1 << 2,
  PC_NOTIFY_DELAY = 1 << 3,
} PcNotify;

/* What comes back with a report (RFC 3461 section 4.3). */
typedef enum {
  PC_RETURN_UNSAID,
  PC_RETURN_FULL,
  PC_RETURN_HEADERS,
} PcReturn;

typedef enum {
  PC_MAIL_WAITING,
  PC_MAIL_SENT,     /* the next server answers for it */
  PC_MAIL_RELAYED,  /* the same, but it will send no report of success */
  PC_MAIL_STORED,   /* it lies in a mailbox of ours */
  PC_MAIL_GIVEN_UP,
} PcMailFate;

typedef struct
{
  char      *address;
  PcNotify   notify;
  char      *original; /* ORCPT as it came, in xtext; or NULL */
  PcMailFate fate;
  char      *host;     /* who spoke last; NULL: we did */
  char      *said;     /* "550 5.1.1 Nobody here"; or NULL */
  gboolean   reported; /* its end was */
  gboolean   delayed;  /* its delay was reported */
} PcQueuedRecipient;

typedef struct
{
  char      *id;
  char      *sender;     /* "" for the null sender */
  GPtrArray *recipients; /* PcQueuedRecipient* */
  char      *envid;      /* in xtext; or NULL */
  PcReturn   ret;
  gboolean   utf8;       /* MAIL had SMTPUTF8 */
  GBytes    *content;
  gint64     arrived;
  gint64     next;       /* when it is due */
  guint      attempts;
  gboolean   taken;
} PcQueuedMail;

PcQueuedMail      *pc_queued_mail_new (const char *id,
                                       const char *sender,
                                       GBytes     *content,
                                       gint64      now);
void               pc_queued_mail_free (PcQueuedMail *self);
PcQueuedRecipient *pc_queued_mail_add (PcQueuedMail *self,
                                       const char   *address,
                                       PcNotify      notify,
                                       const char   *original);
/* @said: what was answered, by @host or (NULL) by ourselves. */
void               pc_queued_recipient_settle (PcQueuedRecipient *self,
                                               PcMailFate         fate,
                                               const char        *host,
                                               const char        *said);

/* @host: the server's own name.  Reports go into @store when the sender is at
 * home there. */
PcMailQueue  *pc_mail_queue_new (PcMailStore *store,
                                 const char  *host);
PcMailQueue  *pc_mail_queue_ref (PcMailQueue *self);
void          pc_mail_queue_unref (PcMailQueue *self);
/* Waits: before the second attempt (each later one is twice as long), before
 * the sender is told of a delay, and before it is given up.  RFC 5321 section
 * 4.5.4.1 asks for 30 minutes and 4 days, which is what there is without. */
void          pc_mail_queue_set_waits (PcMailQueue *self,
                                       gint64       retry,
                                       gint64       warn,
                                       gint64       give_up);
/* Kept by reference; without, there are none. */
void          pc_mail_queue_set_routes (PcMailQueue *self,
                                        PcRoutes    *routes);
PcRoutes     *pc_mail_queue_get_routes (PcMailQueue *self);
const char   *pc_mail_queue_get_host (const PcMailQueue *self);
/* For a mail of @size octets more. */
gboolean      pc_mail_queue_has_room (const PcMailQueue *self,
                                      gsize              size);
/* The queue's from now on. */
void          pc_mail_queue_add (PcMailQueue  *self,
                                 PcQueuedMail *mail);
guint         pc_mail_queue_get_n (const PcMailQueue *self);
PcQueuedMail *pc_mail_queue_get (const PcMailQueue *self,
                                 guint              index);
/* When the next one is due that nobody has taken; G_MAXINT64 for never. */
gint64        pc_mail_queue_get_due (const PcMailQueue *self);
/* One that is due by @now, or NULL.  The queue keeps it; it must be put
 * back. */
PcQueuedMail *pc_mail_queue_take (PcMailQueue *self,
                                  gint64       now);
/* An attempt is over; @mail may be gone afterwards. */
void          pc_mail_queue_put_back (PcMailQueue  *self,
                                      gint64        now,
                                      PcQueuedMail *mail);
/* Reports what is to be reported of @mail, which need not be in the queue. */
void          pc_mail_queue_report (PcMailQueue  *self,
                                    gint64        now,
                                    PcQueuedMail *mail);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcMailQueue, pc_mail_queue_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcQueuedMail, pc_queued_mail_free)

G_END_DECLS
