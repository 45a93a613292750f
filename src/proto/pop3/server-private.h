/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/login.h"
#include "proto/pop3/maildrop.h"
#include "proto/pop3/sender.h"
#include "proto/pop3/verbs.h"

#include "base/bytes.h"
#include "proto/common/engine.h"
#include "proto/common/injection.h"
#include "proto/common/login-guard.h"

G_BEGIN_DECLS

typedef struct
{
  PcEngine       base;
  char          *host;
  PcMailStore   *store;
  guint          session;
  gboolean       starttls;   /* offers TLS while in clear */
  gboolean       needs_tls;  /* takes no password in clear */
  char          *mechanisms; /* offered, by blanks; may be "" */
  PcBytes        in;
  gsize          scanned;   /* of the line under way */
  gboolean       skipping;  /* the rest of a line that was too long */
  gboolean       peer_done; /* it sends no more */
  gboolean       held;      /* there is more to do once the client has read */
  PcPop3State    state;
  PcPop3Login    login;
  PcPop3Maildrop maildrop;
  PcPop3Sender   sender;
  PcLoginGuard   guard;
  PcPop3Verb     refused; /* the login whose refusal is held back */
  guint          n_bad;
  gint64         begun;   /* when the connection was made */
  gint64         now;
  gint64         deadline;
} PcPop3Server;

/* The command in hand, its arguments checked. */
typedef struct
{
  PcPop3Verb    verb;
  const guint8 *text;
  gsize         text_len;
  guint32       numbers[2];
  guint         n_numbers;
} PcPop3Request;

/* single-line = status [SP text] CRLF (RFC 2449 section 3).  The state
 * follows from the reply; QUIT's handler does its work before. */
void pc_pop3_server_reply (PcPop3Server *self,
                           PcPop3Verb    verb,
                           gboolean      ok,
                           const char   *format,
                           ...) G_GNUC_PRINTF (4, 5);
/* What crosses the wire is English in any locale, so not ngettext. */
const char *pc_pop3_server_plural (guint n);

/* A command that no client should have sent: -ERR, and it is counted. */
void pc_pop3_server_refuse (PcPop3Server *self,
                            PcPop3Verb    verb,
                            const char   *why);
/* The one place that changes the state. */
void pc_pop3_server_move (PcPop3Server *self,
                          PcPop3State   state);

/* Answers that were injected, and what they answer besides commands.  TRUE:
 * this one was answered, and there is nothing more to do. */
#define PC_POP3_ANSWER_CONNECT "CONNECT"
#define PC_POP3_ANSWER_RESPONSE "RESPONSE"
const char *pc_pop3_server_check_answer (const char *verb,
                                         const char *reply,
                                         char      **wire,
                                         GError    **error);
gboolean    pc_pop3_server_answers (PcPop3Server *self,
                                    PcPop3Verb    verb,
                                    gboolean      has_args);
gboolean    pc_pop3_server_answers_response (PcPop3Server *self);
gboolean    pc_pop3_server_answers_connect (PcPop3Server *self);

/* Whether one may log in as things are. */
gboolean pc_pop3_server_takes_login (const PcPop3Server *self);
/* Whether STLS may come as things are. */
gboolean pc_pop3_server_offers_tls (const PcPop3Server *self);
void pc_pop3_server_stls (PcPop3Server        *self,
                          const PcPop3Request *request);
/* TLS is there: all that came in clear is forgotten. */
void pc_pop3_server_forget (PcPop3Server *self);

/* Commands of the TRANSACTION state. */
void pc_pop3_server_stat (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_list (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_retr (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_top (PcPop3Server        *self,
                         const PcPop3Request *request);
void pc_pop3_server_dele (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_rset (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_noop (PcPop3Server        *self,
                          const PcPop3Request *request);
void pc_pop3_server_quit (PcPop3Server        *self,
                          const PcPop3Request *request);

G_END_DECLS
