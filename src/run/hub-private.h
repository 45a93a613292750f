/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub.h"

G_BEGIN_DECLS

struct _PcListening
{
  PcHub          *hub;
  PcHubService       service;
  PcListener     *listener;
  PcDatagramPort *datagrams;
  guint           port;
};

/* A datagram that is on its way. */
typedef struct
{
  PcStep *step;
  GBytes *bytes;
} PcFlight;

void pc_flight_free (PcFlight *flight);

struct _PcConn
{
  PcHub            *hub;
  guint             number;
  guint             recorded; /* the recorder's number; 0 until it began */
  PcRecorder       *recorder;
  const PcProtocol *protocol;
  PcListening      *listening; /* NULL where nobody listens */
  char             *client;
  char             *server;
  guint             client_port;
  guint             registered; /* the server's, as people know it */
  gboolean          foreign[2]; /* by side: that end is not ours */
  gboolean          stream;
  gboolean          forgotten; /* our client's end will not be asked for */
  guint             live;      /* endpoints not gone */
  GQueue            flights[2]; /* PcFlight*, by sending side */
  gpointer          data;
  GDestroyNotify    destroy;
};

struct _PcEndpoint
{
  PcHub          *hub;
  PcConn         *conn;
  PcSide          side;
  PcEngine       *engine;
  PcStream       *stream;
  PcDatagramPort *datagrams;
  PcTimer        *timer;
  gint64          deadline;
  PcUpload       *upload;
  PcEndpointFunc  listener; /* or NULL */
  gpointer        listener_data;
  gboolean        open;
  gboolean        finished; /* we send no more */
  gboolean        eof;      /* the peer sends no more */
  gboolean        gone;
};

struct _PcHub
{
  PcNet              *net;
  PcMailStore        *store;
  guint64             serial;
  PcFiles            *files;
  const PcHubHandler *handler;
  gpointer            user_data;
  guint               rate;
  gint64              delay;
  gint64              timeout;
  GPtrArray          *listenings; /* PcListening* */
  GPtrArray          *reserved;   /* PcListener* */
  GPtrArray          *endpoints;  /* PcEndpoint*, those not gone */
  GPtrArray          *past;       /* PcEndpoint*, gone, not freed yet */
  GPtrArray          *conns;      /* PcConn* */
  GPtrArray          *postmen;    /* PcPostman* */
  guint               n_conns;    /* ever */
  guint               depth;      /* of calls into the hub */
};

/* Every call from the network is between these two: what is gone is freed,
 * and "settled" told, only when the outermost one has left. */
void        pc_hub_enter (PcHub *self);
void        pc_hub_leave (PcHub *self);

PcConn     *pc_conn_new (PcHub            *hub,
                         const PcProtocol *protocol,
                         PcListening      *listening,
                         gboolean          stream,
                         guint             client_port);
/* The conversation that a client of ours has begun from this port, or NULL. */
PcConn     *pc_hub_find_conn (PcHub   *self,
                              gboolean stream,
                              guint    client_port);
/* The recorder's "connection opened", once. */
void        pc_conn_begin (PcConn *self);

PcEndpoint *pc_endpoint_new (PcConn   *conn,
                             PcSide    side,
                             PcEngine *engine);
void        pc_endpoint_start (PcEndpoint *self);
/* Moves what the engine has produced, until there is nothing more. */
void        pc_endpoint_pump (PcEndpoint *self);
void        pc_endpoint_free (gpointer data);

/* The streams' and the datagram ports' callbacks; user data: the endpoint. */
extern const PcStreamHandler pc_endpoint_stream_handler;
void        pc_endpoint_received_datagram (PcDatagramPort *port,
                                           guint           from,
                                           const guint8   *data,
                                           gsize           len,
                                           gpointer        user_data);
/* A datagram has reached the other end: its step gets its end time.  One that
 * a foreign client sent becomes a step now. */
void        pc_conn_arrived (PcConn       *self,
                             PcSide        from,
                             guint         from_port,
                             guint         to_port,
                             const guint8 *data,
                             gsize         len);

G_END_DECLS
