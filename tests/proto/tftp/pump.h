/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/protocol.h"

/* A client, as many servers as requests reach port 69, an observer, files in
 * memory, a clock that only goes when nothing else can happen. */

#define PUMP_CLIENT_PORT 51000
#define PUMP_SERVER_PORT 40321 /* of the first server; then one more each */
#define PUMP_START G_GINT64_CONSTANT (1700000000000000)

typedef struct _Pump Pump;

/* TRUE loses datagram @n (from 1) that @from sends. */
typedef gboolean (*PumpLose) (PcSide  from,
                              guint   n,
                              GBytes *packet);

struct _Pump
{
  PcEngine   *client;
  PcServerConfig config; /* of servers to come */
  GPtrArray  *servers;
  PcObserver *observer;
  gint64      now;
  PumpLose    lose;
  guint       n_sent;

  GHashTable  *files;   /* char* → GBytes* */
  char        *writing; /* name of the upload under way */
  GHashTable  *uploads; /* PcEngine* → GByteArray*: one of each server */
  gint64       upload_size;  /* that the server must have been told; or -1 */
  PcFileStatus write_status; /* given to every WRITE */
  guint        n_writes;
  guint        n_aborts;

  GQueue   in_flight;
  GString *trace;     /* "C RRQ "a" octet [tftp.rrq]\n" */
  GString *outcome;   /* the client's events: "item a (3)\ndone\n" */
  GString *log;       /* the servers' FAILED */
  GBytes  *item;
};

Pump      *pump_new (void);
void       pump_free (Pump *self);
void       pump_add_file (Pump         *self,
                          const char   *name,
                          gconstpointer data,
                          gsize         len);
void       pump_act (Pump       *self,
                     const char *action,
                     const char *file,
                     const char *mode,
                     GBytes     *data);
/* The same with parameters of all kinds. */
void       pump_do (Pump           *self,
                    const PcAction *action);
/* A datagram from elsewhere to @to (PUMP_CLIENT_PORT or a server's). */
void       pump_inject (Pump         *self,
                        guint         from,
                        guint         to,
                        gconstpointer data,
                        gsize         len);
/* One datagram delivered, or one deadline reached.  FALSE when all is over. */
gboolean   pump_turn (Pump *self);
void       pump_run (Pump *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pump, pump_free)
