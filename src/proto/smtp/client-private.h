/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/smtp/client.h"
#include "proto/smtp/syntax.h"
#include "proto/smtp/verbs.h"

#include "base/bytes.h"
#include "proto/common/lost.h"
#include "proto/common/sasl-client.h"

G_BEGIN_DECLS

/* What the server said it can do, from its EHLO reply. */
typedef struct
{
  gboolean        known; /* EHLO was answered */
  gboolean        starttls;
  gboolean        size;
  gboolean        eight_bit;
  gboolean        pipelining;
  gboolean        utf8;
  gboolean        reports;   /* DSN */
  gboolean        plain;     /* of the mechanisms, this one */
  PcSaslMechanism strongest; /* of those we know */
} PcSmtpOffer;

/* What was said about one recipient. */
typedef struct
{
  gboolean accepted; /* by RCPT; the last word comes with the message */
  gboolean ours;
  guint    code;     /* of the last word; 0 before */
  char    *text;
} PcSmtpWord;

/* The mail under way; cleared whole when it is over. */
typedef struct
{
  gboolean    whole; /* "send": goes on by itself */
  char       *from;
  char      **to;
  guint       next; /* of @to */
  guint       n_accepted;
  gboolean    refused;  /* MAIL was */
  char       *ret;      /* the wishes of DSN, or NULL */
  char       *envid;
  char      **notify;   /* by recipient, "-" for none; or NULL */
  char      **orcpt;
  GByteArray *content;  /* canonical */
  GString    *refusals; /* the server's words, one line each */
} PcSmtpOutgoing;

typedef struct
{
  PcEngine          base;
  char             *host;
  PcBytes           in;
  PcSmtpReplyReader reader;
  PcSmtpTrack       track;
  PcSmtpVerb        waiting; /* for the reply to this */
  gboolean          raw;
  struct
  {
    gsize    left; /* octets that a raw BDAT has announced */
    gboolean last;
  } piece;
  PcSmtpOffer       offer;
  PcSaslClient     *login;    /* under way, or NULL */
  guint             n_logins; /* for nonces */
  PcSmtpOutgoing    mail;
  GArray           *words;    /* PcSmtpWord: of the last mail */
  PcSmtpWord        farewell;
  gint64            now;
  gint64            deadline;
  gint64            patience; /* for each reply; 0: as RFC 5321 has it */
  gsize             unsent;   /* output when it was last looked at */
  GQueue            ahead; /* PcSmtpVerb: sent, and not the next answered */
} PcSmtpClient;

/* An action begins or goes on: from now on a reply to @verb is awaited. */
void pc_smtp_client_begin (PcSmtpClient *self,
                           PcSmtpVerb    verb);
/* One line; @args may be NULL. */
void pc_smtp_client_send (PcSmtpClient *self,
                          PcSmtpVerb    verb,
                          const char   *args);
/* @name NULL: our own. */
void pc_smtp_client_send_hello (PcSmtpClient *self,
                                PcSmtpVerb    verb,
                                const char   *name);
/* The first command of a whole mail; or the action ends as refused. */
void pc_smtp_client_send_mail (PcSmtpClient *self);
/* The next recipient of a whole mail. */
void pc_smtp_client_send_next (PcSmtpClient *self,
                               guint         index);
void pc_smtp_client_send_content (PcSmtpClient *self);
/* What was said about the mail under way: nothing yet, to @n recipients; about
 * one; about all; about those that RCPT had accepted. */
void pc_smtp_client_begin_words (PcSmtpClient *self,
                                 guint         n);
void pc_smtp_client_note (PcSmtpClient *self,
                          guint         index,
                          guint         code,
                          const char   *text);
void pc_smtp_client_note_all (PcSmtpClient *self,
                              guint         code,
                              const char   *text,
                              gboolean      ours);
void pc_smtp_client_note_accepted (PcSmtpClient *self,
                                   guint         code,
                                   const char   *text,
                                   gboolean      ours);
/* The wait for the reply to @verb begins. */
void pc_smtp_client_be_patient (PcSmtpClient *self,
                                PcSmtpVerb    verb);
/* FALSE: it is over. */
gboolean pc_smtp_client_waits_on (PcSmtpClient *self,
                                  gint64        now);
/* The server is gone: fails, and says what that means. */
void pc_smtp_client_lose (PcSmtpClient *self,
                          PcLostHow     how);
/* What belongs to one action is forgotten. */
void pc_smtp_client_reset (PcSmtpClient *self);
/* Why the content cannot go to this server, translated; NULL when it can. */
const char *pc_smtp_client_check_content (PcSmtpClient *self);
/* STARTTLS was answered; TRUE: there is no more to say to that answer. */
gboolean    pc_smtp_client_take_tls (PcSmtpClient *self,
                                     guint         code,
                                     const char   *words);
/* TLS is there. */
void        pc_smtp_client_secured (PcEngine *engine,
                                    gint64    now);
/* Whether the action may give a password or a mail away: in clear, a client
 * that needs TLS does not begin it. */
gboolean    pc_smtp_client_is_private (const PcSmtpClient *self,
                                       const PcAction     *action);
gboolean    pc_smtp_client_starttls (PcSmtpClient   *self,
                                     gint64          now,
                                     const PcAction *action,
                                     GError        **error);
gboolean    pc_smtp_client_act (PcEngine       *engine,
                                gint64          now,
                                const PcAction *action,
                                GError        **error);

G_END_DECLS
