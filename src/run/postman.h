/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/queue.h"
#include "run/hub.h"

G_BEGIN_DECLS

/* Takes a server's queued mail to other servers: a client end of ours that
 * speaks SMTP, one conversation after the other.  Works by itself from when it
 * was added to a hub. */
typedef struct _PcPostman PcPostman;

typedef struct
{
  /* A conversation with the server of @route is about to begin: who records
   * it?  Optional; pc_conn_set_client () sets the recorder. */
  void (*begins) (PcPostman     *self,
                  PcConn        *conn,
                  const PcRoute *route,
                  gpointer       user_data);
} PcPostmanHandler;

/* @queue is kept by reference.  @actor: the server that it works for, whose
 * name among servers is the queue's.  @recorder may be NULL; it and @handler
 * (which may be NULL) must outlive the hub. */
PcPostman *pc_postman_new (PcMailQueue            *queue,
                           const char             *actor,
                           PcRecorder             *recorder,
                           const PcPostmanHandler *handler,
                           gpointer                user_data);
/* It is the hub's from now on. */
void       pc_hub_add_postman (PcHub     *self,
                               PcPostman *postman);
/* All postmen: no conversation is under way, and none will begin by itself
 * before @until. */
gboolean   pc_hub_is_post_quiet (PcHub *self,
                                 gint64 until);

G_END_DECLS
