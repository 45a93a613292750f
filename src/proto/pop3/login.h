/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/store.h"
#include "proto/common/sasl-server.h"

G_BEGIN_DECLS

/* Who is it?  The server's part of USER and PASS, APOP and AUTH, without the
 * words of its replies. */

typedef struct
{
  PcMailStore  *store; /* not owned */
  const char   *host;  /* not owned */
  guint         session;
  guint         count; /* exchanges begun */
  char         *stamp; /* of the greeting */
  char         *user;  /* from USER, until PASS */
  PcSaslServer *sasl;  /* under way, or NULL */
} PcPop3Login;

/* Makes the stamp (RFC 1939 section 7).  Store and host must outlive @self. */
void          pc_pop3_login_init (PcPop3Login *self,
                                  PcMailStore *store,
                                  const char  *host,
                                  guint        session,
                                  gint64       now);
void          pc_pop3_login_clear (PcPop3Login *self);
void          pc_pop3_login_set_user (PcPop3Login  *self,
                                      const guint8 *name,
                                      gsize         len);
/* NULL when name or password is wrong; the name is forgotten. */
PcAccount    *pc_pop3_login_pass (PcPop3Login  *self,
                                  const guint8 *password,
                                  gsize         len);
/* @args: "name digest". */
PcAccount    *pc_pop3_login_apop (PcPop3Login  *self,
                                  const guint8 *args,
                                  gsize         len);
/* @args: "mechanism [response]".  FALSE when @names has no such mechanism. */
gboolean      pc_pop3_login_begin (PcPop3Login  *self,
                                   gint64        now,
                                   const char   *names,
                                   const guint8 *args,
                                   gsize         len,
                                   PcSaslStatus *status,
                                   char        **challenge);
/* The next line of AUTH. */
PcSaslStatus  pc_pop3_login_answer (PcPop3Login  *self,
                                    const guint8 *line,
                                    gsize         len,
                                    char        **challenge);
/* AUTH is over: who it was, if it is DONE. */
PcAccount    *pc_pop3_login_end (PcPop3Login *self,
                                 PcSaslStatus status);

G_END_DECLS
