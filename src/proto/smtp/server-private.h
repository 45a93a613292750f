/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/smtp/data-reader.h"
#include "proto/smtp/server.h"
#include "proto/smtp/syntax.h"
#include "proto/smtp/verbs.h"

#include "base/bytes.h"
#include "mail/greylist.h"
#include "mail/queue.h"
#include "mail/store.h"
#include "proto/common/injection.h"
#include "proto/common/login-guard.h"
#include "proto/common/sasl-server.h"

G_BEGIN_DECLS

/* Somebody the mail goes to. */
typedef struct
{
  char      *address;
  PcAccount *account; /* the store's; NULL for one of another server's */
  PcNotify   notify;
  char      *original; /* ORCPT, in xtext; or NULL */
} PcSmtpRecipient;

/* One mail transaction; cleared whole when it is over. */
typedef struct
{
  char            *sender;     /* "" for the null sender */
  GPtrArray       *recipients; /* PcSmtpRecipient*, each once */
  guint64          size;       /* as announced; 0 when it was not */
  PcReturn         ret;
  char            *envid;      /* in xtext; or NULL */
  guint            n_accepted; /* RCPT commands, doubles counted */
  guint            n_refused;
  gboolean         utf8;    /* MAIL had SMTPUTF8 */
  gboolean         spoilt;  /* a piece was refused */
  GByteArray      *content; /* from BDAT; NULL before, and when too big */
  PcSmtpDataFaults faults;  /* of it */
} PcSmtpTransaction;

/* The piece that BDAT announced. */
typedef struct
{
  gboolean    pending; /* the rest of it is awaited */
  gboolean    last;
  guint64     left;    /* octets */
  const char *refusal; /* NULL when it is welcome */
  const char *enhanced;
  guint       code;
  const PcAnswer *answer; /* injected: not welcome, whatever it says; NULL */
} PcSmtpChunk;

/* Parameters that one command has had. */
typedef enum
{
  PC_SMTP_PARAM_RET = 1 << 0,
  PC_SMTP_PARAM_ENVID = 1 << 1,
  PC_SMTP_PARAM_NOTIFY = 1 << 2,
  PC_SMTP_PARAM_ORCPT = 1 << 3,
  PC_SMTP_PARAM_UTF8 = 1 << 4,
} PcSmtpParamFlags;

/* What one RCPT has asked for; cleared whole before the next. */
typedef struct
{
  PcNotify notify;
  char    *original;
} PcSmtpWish;

typedef struct
{
  PcEngine          base;
  char             *host;
  char             *peer_address;
  PcMailStore      *store;
  PcMailQueue      *queue;    /* or NULL */
  PcGreylist       *greylist; /* or NULL */
  guint             max_recipients;
  gsize             max_size;
  gboolean          closed;
  gboolean          in_step;
  PcServerRole      role;
  gboolean          fixes; /* completes the headers of its users' mail */
  guint             session;
  gboolean          starttls;   /* offers TLS while in clear */
  gboolean          needs_tls;  /* takes no password in clear */
  char             *mechanisms; /* offered, by blanks; may be "" */
  PcBytes           in;
  gsize             scanned;  /* of the line under way */
  gboolean          skipping; /* the rest of a line that was too long */
  PcSmtpTrack       track;
  PcSmtpVerb        answering; /* what the next reply answers */
  char             *peer_name; /* from EHLO or HELO */
  gboolean          extended;  /* it was EHLO */
  PcSaslServer     *login;     /* under way, or NULL */
  guint             n_logins;  /* begun */
  PcLoginGuard      guard;
  PcSmtpTransaction mail;
  PcSmtpDataReader  data;
  PcSmtpChunk       chunk;
  PcSmtpParamFlags  params;
  PcSmtpWish        wish;
  char             *user;    /* who has logged in, without the domain */
  guint             n_mails; /* taken in this session */
  guint             n_bad;   /* commands refused since the last mail */
  guint             n_junk;  /* that did not help one along; since then */
  gint64            now;
  gint64            deadline;
} PcSmtpServer;

/* Sends one line and moves to the state that this reply leads to.  @enhanced
 * is "5.1.1", or NULL for a reply that has none (RFC 2034 section 4). */
void pc_smtp_server_reply (PcSmtpServer *self,
                           guint         code,
                           const char   *enhanced,
                           const char   *format,
                           ...) G_GNUC_PRINTF (4, 5);
/* The mail under way is forgotten. */
void     pc_smtp_server_reset (PcSmtpServer *self);
/* Says why with 421, and closes. */
void     pc_smtp_server_hang_up (PcSmtpServer *self,
                                 const char   *enhanced,
                                 const char   *why);
gboolean pc_smtp_server_offers_login (const PcSmtpServer *self);
/* Whether a login must wait for TLS. */
gboolean pc_smtp_server_lacks_tls (const PcSmtpServer *self);
/* Whether STARTTLS may come as things are. */
gboolean pc_smtp_server_offers_tls (const PcSmtpServer *self);
void pc_smtp_server_starttls (PcSmtpServer *self,
                              const guint8 *args,
                              gsize         len);
/* TLS is there: all that came in clear is forgotten. */
void pc_smtp_server_forget (PcSmtpServer *self);
/* "ESMTPSA": how the mail came, for the trace. Static. */
const char *pc_smtp_server_get_transport (const PcSmtpServer *self);

/* Answers that were injected, and what they answer besides commands. */
#define PC_SMTP_ANSWER_CONNECT "CONNECT"
#define PC_SMTP_ANSWER_CONTENT "."
#define PC_SMTP_ANSWER_RESPONSE "RESPONSE"
const char *pc_smtp_server_check_answer (const char *verb,
                                         const char *reply,
                                         char      **wire,
                                         GError    **error);
/* As the reply to what is being answered. */
void        pc_smtp_server_give (PcSmtpServer   *self,
                                 const PcAnswer *answer);
/* Counts one @verb.  TRUE: it was answered, and there is nothing more to do. */
gboolean    pc_smtp_server_answers (PcSmtpServer *self,
                                    const char   *verb);

/* Command handlers: @args is what follows the verb and one blank. */
void pc_smtp_server_auth (PcSmtpServer *self,
                          const guint8 *args,
                          gsize         len);
/* A line of a login, and one that was too long for it. */
void pc_smtp_server_sasl (PcSmtpServer *self,
                          const guint8 *line,
                          gsize         len);
void pc_smtp_server_mail (PcSmtpServer *self,
                          const guint8 *args,
                          gsize         len);
void pc_smtp_server_rcpt (PcSmtpServer *self,
                          const guint8 *args,
                          gsize         len);
void pc_smtp_server_data (PcSmtpServer *self,
                          const guint8 *args,
                          gsize         len);
/* The whole message was read: @content is NULL when it was too big. */
void pc_smtp_server_deliver (PcSmtpServer    *self,
                             gint64           now,
                             GBytes          *content,
                             PcSmtpDataFaults faults);
void pc_smtp_server_bdat (PcSmtpServer *self,
                          const guint8 *args,
                          gsize         len);
/* Octets of a piece.  FALSE: more must come. */
gboolean pc_smtp_server_read_chunk (PcSmtpServer *self);
/* The path behind @prefix ("TO:"), with which @args then begins.  Its enhanced
 * codes are x.1.7 for senders, x.1.3 for recipients (RFC 3463 section 3.2).  On
 * FALSE the refusal was sent. */
gboolean pc_smtp_server_take_path (PcSmtpServer  *self,
                                   const char    *prefix,
                                   const guint8 **args,
                                   gsize         *len,
                                   PcSmtpPath    *path);
/* RFC 6531 section 3.5.  On FALSE the refusal was sent. */
gboolean pc_smtp_server_check_ascii (PcSmtpServer *self,
                                     const char   *address);
/* As it may stand in a reply, which is ASCII (RFC 6531 section 3.7.4.1). */
const char *pc_smtp_server_shown (const char *address);
/* For one more message of @size octets.  On FALSE the refusal was sent. */
gboolean pc_smtp_server_check_room (PcSmtpServer          *self,
                                    const PcSmtpRecipient *recipient,
                                    guint64                size);
void     pc_smtp_recipient_free (gpointer data);
void     pc_smtp_server_forget_wish (PcSmtpServer *self);
/* What stands behind an address.  On FALSE the refusal was sent. */
gboolean pc_smtp_server_check_params (PcSmtpServer *self,
                                      const guint8 *data,
                                      gsize         len);
/* The refusal of a login has been held back for long enough. */
void pc_smtp_server_refuse_login (PcSmtpServer *self);
/* A login under way is forgotten. */
void pc_smtp_server_end_login (PcSmtpServer *self);

G_END_DECLS
