/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/tls.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Octets between two ends, without any knowledge of protocols.  A PcNet is
 * either the loopback interface of this machine (pc_loopback_new) or a network
 * in memory with a clock of its own (pc_memory_new).  Both call back from
 * their turn only, never from inside a call; delivery is not instant.
 *
 * Every address is 127.0.0.1; ports tell the ends apart.  No function here
 * takes another address, and that is on purpose.
 *
 * Times are µs since 1970. */

typedef struct _PcNet          PcNet;
typedef struct _PcListener     PcListener;
typedef struct _PcStream       PcStream;
typedef struct _PcDatagramPort PcDatagramPort;
typedef struct _PcTimer        PcTimer;

typedef enum {
  PC_END_EOF,     /* the peer sends no more, in order */
  PC_END_RESET,   /* the connection was cut */
  PC_END_REFUSED, /* nobody listens there */
  PC_END_INSECURE, /* TLS failed: see pc_stream_get_tls (); we have said so,
                      and how the peer ends is told after */
} PcStreamEnd;

/* Any of them may free the stream it is called for. */
typedef struct
{
  void (*opened) (PcStream *stream,
                  gpointer  user_data);
  void (*received) (PcStream     *stream,
                    const guint8 *data,
                    gsize         len,
                    gpointer      user_data);
  /* Once; after EOF writing is still possible. */
  void (*ended) (PcStream   *stream,
                 PcStreamEnd end,
                 gpointer    user_data);
  /* A record crossed the wire, in the order in which they do; streams with
   * TLS only.  For outgoing ones it is called from inside the call that sends
   * them, and may not free the stream then.  Optional. */
  void (*record) (PcStream          *stream,
                  const PcTlsRecord *record,
                  gpointer           user_data);
  /* All that was written has left.  Optional. */
  void (*drained) (PcStream *stream,
                   gpointer  user_data);
} PcStreamHandler;

/* @stream is the callee's; it must set a handler at once. */
typedef void (*PcAcceptFunc) (PcListener *listener,
                              PcStream   *stream,
                              gpointer    user_data);
typedef void (*PcReceiveFunc) (PcDatagramPort *port,
                               guint           from,
                               const guint8   *data,
                               gsize           len,
                               gpointer        user_data);
typedef void (*PcTimerFunc) (gpointer user_data);

void   pc_net_free (PcNet *self);
gint64 pc_net_now (PcNet *self);
/* One turn: waits for the next thing to happen and lets it.  FALSE when
 * nothing can ever happen (memory only). */
gboolean pc_net_turn (PcNet *self);

/* Ends by pc_listener_free ().  @port 0 takes a free one.  A port in use is
 * G_IO_ERROR_ADDRESS_IN_USE. */
PcListener *pc_net_listen (PcNet       *self,
                           guint        port,
                           PcAcceptFunc accepted,
                           gpointer     user_data,
                           GError     **error);
/* Holds a port on which nobody listens: connecting there is refused. */
PcListener *pc_net_reserve (PcNet   *self,
                            GError **error);
guint       pc_listener_get_port (PcListener *self);
void        pc_listener_free (PcListener *self);

/* Begins to connect; opened or ended is called later. */
PcStream   *pc_net_connect (PcNet                 *self,
                            guint                  port,
                            const PcStreamHandler *handler,
                            gpointer               user_data,
                            GError               **error);
void        pc_stream_set_handler (PcStream              *self,
                                   const PcStreamHandler *handler,
                                   gpointer               user_data);
/* Slows down what this end sends: @rate octets per second (0: no bound), each
 * arriving @delay µs later.  Before anything was written. */
void        pc_stream_set_shape (PcStream *self,
                                 guint     rate,
                                 gint64    delay);
guint       pc_stream_get_local_port (PcStream *self);
guint       pc_stream_get_peer_port (PcStream *self);
/* Queues all of it. */
void        pc_stream_write (PcStream     *self,
                             gconstpointer data,
                             gsize         len);
/* Octets written that have not left yet. */
gsize       pc_stream_get_pending (PcStream *self);
/* Sends what is queued, then no more. */
void        pc_stream_finish (PcStream *self);
/* Cuts the connection: the peer sees RESET.  No further callbacks. */
void        pc_stream_abort (PcStream *self);
/* Closes in order what is still open; queued octets are lost. */
void        pc_stream_free (PcStream *self);

/* TLS over @base, which must have no data of its own to send any more and is
 * the new stream's from now on, as is @tls.  @opened: @base is there already,
 * so that the handshake begins at once; else it begins when @base opens.
 * Either way the handler's opened tells when it is done. */
PcStream   *pc_stream_secure (PcStream              *base,
                              PcTls                 *tls,
                              gboolean               opened,
                              const PcStreamHandler *handler,
                              gpointer               user_data);
/* What TLS says of itself; NULL for streams without. Borrowed. */
PcTls      *pc_stream_get_tls (PcStream *self);

/* Ends by pc_datagram_port_free (). */
PcDatagramPort *pc_net_bind (PcNet        *self,
                             guint         port,
                             PcReceiveFunc received,
                             gpointer      user_data,
                             GError      **error);
guint       pc_datagram_port_get_number (PcDatagramPort *self);
void        pc_datagram_port_send (PcDatagramPort *self,
                                   guint           to,
                                   gconstpointer   data,
                                   gsize           len);
void        pc_datagram_port_free (PcDatagramPort *self);

/* Calls @func once at @at, or as soon as possible after. */
PcTimer    *pc_net_add_timer (PcNet      *self,
                              gint64      at,
                              PcTimerFunc func,
                              gpointer    user_data);
/* Also from inside its own call. */
void        pc_timer_free (PcTimer *self);

/* Real sockets on 127.0.0.1, on the thread-default main context. */
PcNet      *pc_loopback_new (void);
/* Before anything listens or is connected: others need the main context as
 * well, such as a window.  They come first, and what happens on @self takes
 * a few ms at a time, however many connections have something to say. */
void        pc_net_share (PcNet *self);
/* In memory; the clock begins at @start and goes only as events do, so that
 * every run is the same. @latency: µs that every delivery takes at least. */
PcNet      *pc_memory_new (gint64 start,
                           gint64 latency);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcNet, pc_net_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcListener, pc_listener_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcStream, pc_stream_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcDatagramPort, pc_datagram_port_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcTimer, pc_timer_free)

G_END_DECLS
