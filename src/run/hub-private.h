/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub.h"

G_BEGIN_DECLS

struct _PcListening
{
  PcHub          *hub;
  PcHubService    service;
  PcIdentity     *identity; /* made when it is first needed */
  PcListener     *listener;
  PcDatagramPort *datagrams;
  guint           port;
};

/* A datagram that is on its way. */
typedef struct
{
  PcStep *step;
  GBytes *bytes;
  PcFate  fate; /* once it arrives */
} PcFlight;

void pc_flight_free (PcFlight *flight);

/* fault-watch.c, fault-lane.c */
typedef struct _PcFaultWatch PcFaultWatch;
typedef struct _PcFaultLane  PcFaultLane;

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
  guint             nobody;     /* really that port, where it is closed; or 0 */
  gboolean          foreign[2]; /* by side: that end is not ours */
  gboolean          stream;
  gboolean          secure;      /* TLS from the first octet, as the client
                                    sees it */
  char             *server_name; /* the client wants to see it certified */
  PcTrust          *trust;       /* the client's; NULL for the usual */
  gboolean          forgotten; /* our client's end will not be asked for */
  guint             live;      /* endpoints not gone */
  GQueue            flights[2]; /* PcFlight*, by sending side */
  gboolean          begun;
  PcFaultWatch     *watch;     /* NULL where nothing goes wrong on purpose */
  PcFaultLane      *lanes[2];  /* by who says it; NULL: nothing did yet */
  GQueue            held;      /* late datagrams, see fault-datagram.c */
  GPtrArray        *strangers; /* the same; NULL: none */
  guint             ports[2];  /* of datagrams, by side; 0: not seen yet */
  gint64            missed;    /* a foreign client's request was lost, and is
                                  waited for until then; or 0 */
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
  gint64          wanted;   /* the engine's deadline, and since when */
  gint64          since;
  PcFile         *file; /* that the engine reads; or NULL */
  PcUpload       *upload;
  PcTimer        *patience; /* for a handshake */
  PcEndpoint     *partner;  /* what this end hears, that one says; or NULL */
  PcEndpointFunc  listener; /* or NULL */
  gpointer        listener_data;
  gboolean        open;
  gboolean        finished; /* we send no more */
  gboolean        ended;    /* and have said so */
  guint64         n_out;    /* octets or datagrams that the engine has said */
  GQueue          orders;   /* see endpoint-fault.c */
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
  guint               max_resends;
  gint64              patience;
  PcTrust            *trust;      /* in our own authority */
  GPtrArray          *listenings; /* PcListening* */
  GPtrArray          *reserved;   /* PcListener* */
  GPtrArray          *endpoints;  /* PcEndpoint*, those not gone */
  GPtrArray          *past;       /* PcEndpoint*, gone, not freed yet */
  GPtrArray          *conns;      /* PcConn* */
  GPtrArray          *postmen;    /* PcPostman* */
  GPtrArray          *faults;     /* PcFaults*, armed */
  GPtrArray          *disarmed;   /* likewise, no more; lines may know them */
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
/* Also what the owner has set as its data. */
void        pc_conn_free (gpointer data);
/* The conversation that a client of ours has begun from this port, or NULL. */
PcConn     *pc_hub_find_conn (PcHub   *self,
                              gboolean stream,
                              guint    client_port);
/* What a server at @listening shows in TLS. Borrowed. */
PcIdentity *pc_listening_get_identity (PcListening *self,
                                       GError     **error);
/* Whom the client of @self believes.  Borrowed. */
PcTrust    *pc_conn_get_trust (PcConn  *self,
                               GError **error);
/* The recorder's "connection opened", once. */
void        pc_conn_begin (PcConn *self);

PcEndpoint *pc_endpoint_new (PcConn   *conn,
                             PcSide    side,
                             PcEngine *engine);
void        pc_endpoint_start (PcEndpoint *self);
/* Puts TLS between the engine and its stream; @opened: the stream is there. */
void        pc_endpoint_secure (PcEndpoint *self,
                                gboolean    opened);
/* The link goes; engine and struct stay until the hub has settled. */
void        pc_endpoint_vanish (PcEndpoint *self);
gboolean    pc_endpoint_drain_events (PcEndpoint *self);
/* Moves what the engine has produced, until there is nothing more. */
void        pc_endpoint_pump (PcEndpoint *self);
void        pc_endpoint_free (gpointer data);
/* All that it had to say has left. */
void        pc_endpoint_finish (PcEndpoint *self);
/* The peer, which may be foreign, says no more. */
void        pc_endpoint_take_end (PcEndpoint *self,
                                  PcStreamEnd end);
/* Where its datagram goes and what it is becomes a step; may be NULL. */
PcStep     *pc_endpoint_record_datagram (PcEndpoint   *self,
                                         guint         to,
                                         const guint8 *data,
                                         gsize         len);
/* hub.c: a request has reached the well-known port of @conn's service. */
void        pc_hub_begin_transfer (PcConn       *conn,
                                   guint         from,
                                   const guint8 *data,
                                   gsize         len);

/* endpoint-fault.c */

/* The engine's words leave, past the recorder; the link's reach the engine. */
void        pc_endpoint_write (PcEndpoint   *self,
                               const guint8 *data,
                               gsize         len);
void        pc_endpoint_take (PcEndpoint   *self,
                              const guint8 *data,
                              gsize         len);
void        pc_endpoint_take_datagram (PcEndpoint   *self,
                                       guint         from_port,
                                       const guint8 *data,
                                       gsize         len);
/* The line is cut, and its engine's owner hears of it. */
void        pc_endpoint_break (PcEndpoint *self);
/* Answers that a server gives on orders become notes, each just before it:
 * takes what the engine tells of them; notes those whose turn it is, and
 * returns how many of the next @len octets come before another one. */
void        pc_endpoint_take_orders (PcEndpoint *self);
guint64     pc_endpoint_note_orders (PcEndpoint *self,
                                     guint64     len);
void        pc_endpoint_drop_orders (PcEndpoint *self);
/* Gives a new server its orders. */
void        pc_conn_order (PcConn   *self,
                           PcEngine *engine);
/* endpoint-files.c: FALSE when the event is no question about a file. */
gboolean    pc_endpoint_serve_file (PcEndpoint    *self,
                                    const PcEvent *event);
/* middle.c: a client of ours has called somebody who only hands on. Takes
 * @stream. */
void        pc_middle_accept (PcConn   *conn,
                              PcStream *stream);
/* Opens @conn from our side with @engine, which is taken, at the real @port. */
PcEndpoint *pc_conn_open (PcConn          *self,
                          PcEngine        *engine,
                          PcRecorder      *recorder,
                          const PcHubCall *call,
                          guint            port,
                          GError         **error);
/* secure.c: a record crossed the wire; the handshake is done; TLS failed. */
void        pc_endpoint_record_cb (PcStream          *stream,
                                   const PcTlsRecord *record,
                                   gpointer           user_data);
void        pc_endpoint_secured (PcEndpoint *self);
void        pc_endpoint_insecure (PcEndpoint *self);

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
/* There is another end on the same side: a request that came twice has made
 * two servers' ends. */
gboolean    pc_conn_has_twin (const PcEndpoint *end);

G_END_DECLS
