/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/client-commands.h"
#include "proto/imap/client-known.h"

#include "proto/common/engine.h"
#include "proto/common/lost.h"

G_BEGIN_DECLS

/* Between client.c, which reads responses and keeps the state,
 * client-results.c, which passes on what was asked for, and client-tls.c,
 * which knows when TLS must come first. */

typedef struct
{
  PcEngine       base;
  PcBytes        in;
  gsize          rest; /* octets behind the response in hand */
  PcImapFramer   framer;
  char          *host;
  PcImapState    state;   /* changed by set_state () only */
  PcImapRequest *request; /* under way, or an open raw one */
  PcImapKnown    known;
  guint          n_tags;
  gboolean       idling; /* the request is an IDLE, and the server agreed */
  gsize          literal; /* octets of it that raw lines still have to bring */
  char          *mailbox; /* selected */
  char          *bye;     /* what the server said when it took leave */
  gint64         deadline;
  gint64         patience; /* how long an answer may take */
} PcImapClient;

/* What a server said, safe to show.  Transfer full. */
char *pc_imap_client_quote (const guint8 *data,
                            gsize         len);
/* Says whose greeting it is, for it is not IMAP's; the engine fails. */
void  pc_imap_client_fail_greeting (PcImapClient *self,
                                    const guint8 *data,
                                    gsize         len);
/* Untagged data that somebody may have asked for: parts of messages, what was
 * found, names, counts.  The cursor stands behind "* ". */
void  pc_imap_client_pass_on (PcImapClient *self,
                              PcImapCursor  at);
/* "[ALERT]" behind "OK" and the like: only what came through TLS is passed
 * on, for otherwise anybody could have written it. */
void  pc_imap_client_pass_alert (PcImapClient *self,
                                 PcImapCursor  at);

/* The server is gone: fails, and says what that means. */
void  pc_imap_client_lose (PcImapClient *self,
                           PcLostHow     how);

/* client-raw.c */

/* The raw @line was sent.  TRUE when no answer can come yet: it is part of a
 * literal, or octets of one follow at once. */
gboolean pc_imap_client_follow_raw (PcImapClient *self,
                                    const char   *line);
/* @request goes on with the command that is open, if one is. */
void     pc_imap_client_continue (PcImapClient  *self,
                                  PcImapRequest *request);

/* client-tls.c.  PREAUTH: TLS cannot begin any more, which may be the end. */
void     pc_imap_client_take_preauth (PcImapClient *self);
/* The server's answer to STARTTLS.  Busy until TLS is there, if it will be. */
void     pc_imap_client_take_tls (PcImapClient *self,
                                  gboolean      ok,
                                  const char   *said);
/* What was learnt in clear is forgotten. */
void     pc_imap_client_forget (PcImapClient *self);
/* FALSE for STARTTLS inside TLS. */
gboolean pc_imap_client_check_tls (const PcImapClient *self,
                                   const PcAction     *action,
                                   GError            **error);
/* TRUE when the action is over before it began: refused, nothing sent. */
gboolean pc_imap_client_refuse_early (PcImapClient   *self,
                                      const PcAction *action);

G_END_DECLS
