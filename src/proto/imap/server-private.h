/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/verbs.h"
#include "proto/imap/view.h"

#include "mail/store.h"
#include "proto/common/engine.h"
#include "proto/common/injection.h"
#include "proto/common/login-guard.h"
#include "proto/common/sasl-server.h"

G_BEGIN_DECLS

/* Between server.c, which reads commands and keeps the state, and the files
 * that carry them out. */

typedef struct
{
  PcEngine     base;
  char        *host;
  PcMailStore *store;
  guint        session;
  gboolean     starttls;     /* offers TLS while in clear */
  gboolean     needs_tls;    /* takes no password in clear */
  char        *mechanisms;   /* offered, by blanks; may be "" */
  char        *capabilities; /* as they were last told */
  PcBytes      in;
  PcImapFramer framer;
  PcImapState  state;   /* changed by set_state () only */
  PcAccount   *account; /* not owned; since login */
  PcImapView  *view;    /* while a mailbox is selected */
  guint        enabled; /* PcImapEnabled */
  char        *auth_tag; /* AUTHENTICATE waits for the client's response */
  PcSaslServer *sasl;    /* to that */
  guint        n_logins; /* exchanges begun */
  gboolean     message; /* the command being read brings a message */
  gboolean     counted; /* it was, for answers that were injected */
  char        *idle_tag; /* IDLE is under way */
  PcLoginGuard guard;
  char        *refused_tag; /* of the login whose refusal is held back */
  GArray      *saved;    /* "$": UIDs, guint32, ascending (RFC 5182) */
  guint        n_bad;
  gint64       begun;   /* when the connection was made */
  gint64       now;     /* of the call under way */
  gint64       active;  /* when the last command came */
} PcImapServer;

typedef struct
{
  const char  *tag;
  PcImapVerb   verb;
  gboolean     uid;  /* UID FETCH and the like */
  PcImapCursor args; /* behind the verb */
} PcImapCommand;

/* One row per verb, in the order of PcImapVerb. */
typedef struct
{
  void   (*run) (PcImapServer  *self,
                 PcImapCommand *command);
  gboolean numbers; /* answers with message numbers: no EXPUNGE meanwhile */
} PcImapHandler;

extern const PcImapHandler pc_imap_handlers[];

/* Replies.  Each ends the command, after the untagged data that is due. */
void pc_imap_server_ok (PcImapServer        *self,
                        const PcImapCommand *command,
                        const char          *text);
/* @code: "[AUTHENTICATIONFAILED]" or NULL. */
void pc_imap_server_no (PcImapServer        *self,
                        const PcImapCommand *command,
                        const char          *code,
                        const char          *text);
void pc_imap_server_bad (PcImapServer        *self,
                         const PcImapCommand *command,
                         const char          *text);
/* What is new in the mailbox, all of it. */
void pc_imap_server_tell (PcImapServer *self);
/* A program of another protocol is let go after a while.  BAD counts by
 * itself. */
void pc_imap_server_count_failure (PcImapServer *self);
/* Name or password is wrong, whatever the way to log in: answers @command
 * with NO, after a while. */
void pc_imap_server_refuse_login (PcImapServer        *self,
                                  const PcImapCommand *command);
/* The capabilities in this state: "[CAPABILITY IMAP4rev1 ...]" without the
 * brackets.  Valid until the next call. */
const char *pc_imap_server_get_capabilities (PcImapServer *self);
/* Before the login: " STARTTLS LOGINDISABLED", " AUTH=PLAIN ...", what
 * fits. */
void pc_imap_server_write_logins (const PcImapServer *self,
                                  GString            *out);
/* FALSE when a password would come in clear and may not, which is
 * answered. */
gboolean pc_imap_server_takes_login (PcImapServer        *self,
                                     const PcImapCommand *command);
/* TLS is there: all that came in clear is forgotten, but for the logins that
 * went wrong. */
void pc_imap_server_forget (PcImapServer *self);
void pc_imap_run_starttls (PcImapServer  *self,
                           PcImapCommand *command);

/* Answers that were injected, and what they answer besides commands.  TRUE:
 * this was answered, and there is nothing more to do. */
#define PC_IMAP_ANSWER_CONNECT "CONNECT"
#define PC_IMAP_ANSWER_DONE "DONE"
#define PC_IMAP_ANSWER_MESSAGE "MESSAGE"
#define PC_IMAP_ANSWER_RESPONSE "RESPONSE"
#define PC_IMAP_ANSWER_UID "UID"
const char *pc_imap_server_check_answer (const char *verb,
                                         const char *reply,
                                         char      **wire,
                                         GError    **error);
/* Once for each command, however many literals it has. */
gboolean    pc_imap_server_answers (PcImapServer *self,
                                    const char   *tag,
                                    PcImapVerb    verb);
gboolean    pc_imap_server_answers_moment (PcImapServer *self,
                                           const char   *tag,
                                           const char   *moment);

/* The one place that changes the state; takes @view, NULL for none. */
void pc_imap_server_log_in (PcImapServer *self,
                            PcAccount    *account);
void pc_imap_server_select (PcImapServer *self,
                            PcImapView   *view);
void pc_imap_server_close (PcImapServer *self);

/* Carries out what waited for a SASL response: @line without its end. */
void pc_imap_server_sasl (PcImapServer *self,
                          const guint8 *line,
                          gsize         len);

/* Whether @uid is among @uids: guint32, ascending. */
gboolean pc_imap_has_uid (const GArray *uids,
                          guint32       uid);
/* SP sequence-set, or SP "$".  NULL when that was an error, which is
 * answered.  Transfer full: guint indices into the view, ascending. */
GArray  *pc_imap_server_read_messages (PcImapServer  *self,
                                       PcImapCommand *command);
/* Whether the arguments of an APPEND end in the header of a literal that is
 * the message. */
gboolean pc_imap_reads_message (PcImapCursor args,
                                guint64     *size);
/* Before the message comes: FALSE when it need not, which is answered. */
gboolean pc_imap_server_may_append (PcImapServer        *self,
                                    const PcImapCommand *command);

/* As it goes on the wire: @name is UTF-8, and stays so when @utf8. */
void     pc_imap_write_mailbox (GString    *out,
                                const char *name,
                                gboolean    utf8);

/* "(MESSAGES UNSEEN)", and what they come to, "MESSAGES 3 UNSEEN 1".
 * @modseq out, may be NULL: HIGHESTMODSEQ is among them. */
gboolean pc_imap_read_status_items (PcImapCursor *args,
                                    PcMailbox    *mailbox,
                                    GString      *out,
                                    gboolean     *modseq);

/* The client knows @enabled, PcImapEnabled, from now on. */
void     pc_imap_server_enable (PcImapServer *self,
                                guint         enabled);
gboolean pc_imap_server_is_rev2 (const PcImapServer *self);
/* Names of mailboxes are UTF-8 on the wire. */
gboolean pc_imap_server_is_utf8 (const PcImapServer *self);

/* The line that ends an IDLE, or should: @line without its end. */
void pc_imap_server_idle (PcImapServer *self,
                          const guint8 *line,
                          gsize         len);

/* The verbs. */
void pc_imap_run_capability (PcImapServer  *self,
                             PcImapCommand *command);
void pc_imap_run_noop (PcImapServer  *self,
                       PcImapCommand *command);
void pc_imap_run_logout (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_id (PcImapServer  *self,
                     PcImapCommand *command);
void pc_imap_run_enable (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_quota (PcImapServer  *self,
                        PcImapCommand *command);
void pc_imap_run_idle (PcImapServer  *self,
                       PcImapCommand *command);
void pc_imap_run_login (PcImapServer  *self,
                        PcImapCommand *command);
void pc_imap_run_authenticate (PcImapServer  *self,
                               PcImapCommand *command);
void pc_imap_run_list (PcImapServer  *self,
                       PcImapCommand *command);
void pc_imap_run_name (PcImapServer  *self,
                       PcImapCommand *command);
void pc_imap_run_rename (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_namespace (PcImapServer  *self,
                            PcImapCommand *command);
void pc_imap_run_select (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_status (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_close (PcImapServer  *self,
                        PcImapCommand *command);
void pc_imap_run_append (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_copy (PcImapServer  *self,
                       PcImapCommand *command);
void pc_imap_run_expunge (PcImapServer  *self,
                          PcImapCommand *command);
void pc_imap_run_search (PcImapServer  *self,
                         PcImapCommand *command);
void pc_imap_run_fetch (PcImapServer  *self,
                        PcImapCommand *command);
void pc_imap_run_store (PcImapServer  *self,
                        PcImapCommand *command);

G_END_DECLS
