/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/routes.h"
#include "run/hub.h"
#include "timeline/export.h"

G_BEGIN_DECLS

/* Servers for any client on this machine.  Each conversation is recorded in a
 * timeline of its own, which the owner is told of. */
typedef struct _PcServe PcServe;

typedef struct
{
  /* @timeline will grow by what the conversation does. Optional. */
  void (*begins) (PcTimeline *timeline,
                  PcConn     *conn,
                  gpointer    user_data);
  /* All of it is in @timeline now. Optional. */
  void (*ends) (PcTimeline *timeline,
                gpointer    user_data);
} PcServeHandler;

/* A service that can be started by name. */
typedef struct
{
  const char  *name; /* "imap", "submission" */
  const char  *protocol;
  guint        registered;
  PcServerRole role;
  gboolean     secure; /* TLS from the first octet on; else STARTTLS */
} PcServeKind;

/* Ends with a NULL name. */
extern const PcServeKind pc_serve_kinds[];
/* What `serve` listens on when no other port was asked for: the registered
 * one plus this. */
#define PC_SERVE_LAB_OFFSET 10000

/* @store and @files are as for pc_hub_new ().  Without a @handler nothing is
 * recorded. */
PcServe    *pc_serve_new (PcMailStore          *store,
                          PcFiles              *files,
                          const char           *host,
                          const PcServeHandler *handler,
                          gpointer              user_data);
void        pc_serve_free (PcServe *self);
/* Mail of users who have logged in goes on by these routes, to this machine
 * only; without, it comes back to them.  Kept by reference. */
void        pc_serve_set_routes (PcServe  *self,
                                 PcRoutes *routes);
/* Before it listens: see pc_net_share (). */
void        pc_serve_share (PcServe *self);
/* In conversations that begin later, these go wrong, and no others.  Kept by
 * reference. */
void        pc_serve_arm (PcServe  *self,
                          PcFaults *faults);
/* Nothing goes wrong any more: not in those that go on either, but for what
 * their lines have suffered already. */
void        pc_serve_disarm (PcServe *self);
/* @port 0 takes a free one. Returns the port, or 0 with @error: the message of
 * a port in use offers the next free one. */
guint       pc_serve_listen (PcServe           *self,
                             const PcServeKind *kind,
                             guint              port,
                             GError           **error);
/* Conversations that go on, or that @ends was not called for yet. */
guint       pc_serve_get_n_conns (PcServe *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcServe, pc_serve_free)

G_END_DECLS
