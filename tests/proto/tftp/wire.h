/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/protocol.h"

/* A client and its servers over a line that loses, doubles and overtakes, as a
 * seed has it, with a clock of its own.  Unlike the pump it has no observer:
 * it is for many blocks. */

#define WIRE_CLIENT_PORT 51000
#define WIRE_SERVER_PORT 40000 /* of the first server; then one more each */

typedef struct _Wire Wire;

typedef enum {
  WIRE_PASS,
  WIRE_LOSE,
  WIRE_DOUBLE,
} WireFate;

/* What becomes of @packet, that @from sends as its @n-th (from 1). */
typedef WireFate (*WireFunc) (Wire         *self,
                              PcSide        from,
                              guint         n,
                              const guint8 *packet,
                              gsize         len);

struct _Wire
{
  /* Set before the action. */
  PcServerConfig server_config;
  guint          loss;    /* of 100 datagrams */
  guint          doubled; /* of 100 */
  guint          late;    /* of 100 are overtaken by others */
  gint64         latency; /* µs */
  WireFunc       fate;    /* in place of these rates */
  GBytes        *file;    /* what a get finds; not owned */
  gboolean       in_pieces; /* and is given by READ */

  /* Found after it. */
  GBytes  *got;      /* what a get brought */
  GBytes  *stored;   /* what a put left */
  GString *outcome;  /* "done", "refused …", "failed …" */
  GString *log;      /* what servers failed of */
  guint    n_sent[2];
  guint    n_data;
  guint    n_acks;
  guint64  octets_sent[2];
  gsize    held;     /* octets of file given, and not yet sent, at most */
  gint64   now;

  /* private */
  PcEngine  *client;
  GPtrArray *servers;
  GQueue     flights;
  GRand     *rand;
};

Wire    *wire_new (guint32       seed,
                   gint64        timeout,
                   gboolean      old_acks);
void     wire_free (Wire *self);
/* Begins @action, "get" or "put", with the file "a" and the @options
 * "name=value name=value", then runs until nobody has anything left to do. */
void     wire_run (Wire       *self,
                   const char *action,
                   const char *options,
                   GBytes     *data);
gboolean wire_is_done (const Wire *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wire, wire_free)
