/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"
#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* The three mail servers behind one face, with a clock of their own. */

#define SERVERS_NOW (G_GINT64_CONSTANT (1795420800) * G_USEC_PER_SEC)

typedef struct
{
  const char *id;        /* of the protocol */
  const char *login;     /* of alex */
  const char *noop;      /* may be said before login */
  const char *noop_says; /* its answer, or how it begins */
  const char *unknown;   /* a command that is none */
  const char *bye;       /* what precedes the words of a server that leaves */
  const char *auth;      /* format of the command for a mechanism */
  const char *challenge; /* what precedes a challenge */
} ServerKind;

/* IMAP, POP3, SMTP for submission. */
#define N_SERVERS 3
extern const ServerKind server_kinds[N_SERVERS];

typedef struct
{
  const ServerKind *kind;
  PcMailStore      *store;
  PcEngine         *engine;
  gint64            now;
} Server;

/* Greeted, and the greeting was taken. */
void     server_init (Server           *self,
                      const ServerKind *kind);
void     server_clear (Server *self);
/* One more message in alex's INBOX. */
void     server_fill (Server     *self,
                      const char *message,
                      gsize       len);
void     server_feed (Server     *self,
                      const char *text);
/* What it has to say now.  Transfer full. */
char    *server_take (Server *self);
/* Feeds, and waits for what is held back.  Transfer full. */
char    *server_ask (Server     *self,
                     const char *text);
/* Time passes until its deadline, @most at most.  FALSE when it is later. */
gboolean server_wait (Server *self,
                      gint64  most);
gboolean server_is_running (Server *self);
/* Octets that it keeps of what it was sent. */
gsize    server_get_kept (Server *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Server, server_clear)

G_END_DECLS
