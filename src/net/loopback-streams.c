/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Connections over real sockets on 127.0.0.1, and who listens for them.
 *
 * Non-blocking GSockets.  What is written waits in pieces, each with the time
 * at which it may leave: that is how a stream has a rate and a delay.  One
 * that has neither writes to its socket at once, and keeps what did not fit.
 */

#include "net/loopback-private.h"

#include <gio/gio.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#define BACKLOG 64
#define PACE_US 10000 /* a shaped stream sends this often */

typedef struct
{
  PcListener base;
  GSocket   *socket;
  GSource   *source;
} LoopbackListener;

/* A piece of what was written, and when it may leave. */
typedef struct
{
  gint64  due;
  GBytes *bytes;
} Piece;

typedef struct
{
  PcStream base;
  GSocket *socket;
  GSource *in;
  GSource *out;
  PcTimer *pace;
  GQueue   queue; /* Piece* */
  gsize    pending;
  gint64   busy;
  gboolean opened;
  gboolean finish; /* shut down once the queue is empty */
  gboolean finished;
  gboolean broken; /* the peer has cut the connection */
} LoopbackStream;

static GSocketAddress *
make_address (guint port)
{
  struct sockaddr_in address;

  pc_loopback_make_address (&address, port);
  return g_socket_address_new_from_native (&address, sizeof address);
}

static guint
address_port (GSocketAddress *address)
{
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

static guint
local_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket,
                                                                   NULL);

  return address != NULL ? address_port (address) : 0;
}

static guint
remote_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_remote_address (socket,
                                                                    NULL);

  return address != NULL ? address_port (address) : 0;
}

static gboolean
is_again (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING);
}

static GSource *
watch (PcLoopback       *net,
       GSocket          *socket,
       GIOCondition      condition,
       GSocketSourceFunc func,
       gpointer          user_data)
{
  GSource *source = g_socket_create_source (socket, condition, NULL);

  g_source_set_callback (source, G_SOURCE_FUNC (func), user_data, NULL);
  /* Nobody turns the loop in a callback.  Said so, GLib need not take the
   * socket out of its poll() for the time of each, at three system calls. */
  g_source_set_can_recurse (source, TRUE);
  pc_loopback_attach (net, source);
  return source;
}

static GSocket *
make_socket (guint    port,
             gboolean listens,
             GError **error)
{
  g_autoptr (GSocketAddress) address = make_address (port);
  g_autoptr (GSocket) socket = NULL;

  socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_DEFAULT, error);
  if (socket == NULL)
    return NULL;

  g_socket_set_blocking (socket, FALSE);
  g_socket_set_listen_backlog (socket, BACKLOG);
  /* A TIME-WAIT of an earlier run must not keep a port from us. */
  if (!g_socket_bind (socket, address, TRUE, error) ||
      (listens && !g_socket_listen (socket, error)))
    return NULL;

  return g_steal_pointer (&socket);
}

/* -- streams -------------------------------------------------------------- */

static gboolean stream_out_cb (GSocket     *socket,
                               GIOCondition condition,
                               gpointer     user_data);
static void     pace_cb (gpointer user_data);

static void
piece_free (gpointer data)
{
  Piece *piece = data;

  g_bytes_unref (piece->bytes);
  g_free (piece);
}

static void
stop_stream (LoopbackStream *self)
{
  pc_loopback_drop_source (&self->in);
  pc_loopback_drop_source (&self->out);
  g_clear_pointer (&self->pace, pc_timer_free);
}

static void
end_stream (LoopbackStream *self,
            PcStreamEnd     end)
{
  pc_loopback_drop_source (&self->in);
  if (end != PC_END_EOF)
    stop_stream (self);
  self->base.handler->ended (&self->base, end, self->base.user_data);
}

static gboolean
stream_in_cb (GSocket     *socket,
              GIOCondition condition,
              gpointer     user_data)
{
  LoopbackStream *self = user_data;
  PcLoopback     *net = (PcLoopback *) self->base.net;
  g_autoptr (GError) error = NULL;
  gssize          n;

  if (!pc_loopback_may_act (net, self->in))
    return G_SOURCE_CONTINUE;

  n = g_socket_receive (socket, (char *) net->buffer, sizeof net->buffer, NULL,
                        &error);

  if (n > 0)
    self->base.handler->received (&self->base, net->buffer, (gsize) n,
                                  self->base.user_data);
  else if (n == 0)
    end_stream (self, self->broken ? PC_END_RESET : PC_END_EOF);
  else if (!is_again (error))
    end_stream (self, PC_END_RESET);

  /* A callback that freed the stream has destroyed this source already. */
  return G_SOURCE_CONTINUE;
}

static void
start_reading (LoopbackStream *self)
{
  self->opened = TRUE;
  self->in = watch ((PcLoopback *) self->base.net, self->socket,
                    G_IO_IN | G_IO_HUP | G_IO_ERR, stream_in_cb, self);
}

static gboolean
stream_connect_cb (GSocket     *socket,
                   GIOCondition condition,
                   gpointer     user_data)
{
  LoopbackStream *self = user_data;

  pc_loopback_drop_source (&self->out);
  if (!g_socket_check_connect_result (socket, NULL)) {
    end_stream (self, PC_END_REFUSED);
    return G_SOURCE_REMOVE;
  }

  start_reading (self);
  /* What was written before leaves in a turn of its own. */
  if (self->pending > 0 || self->finish)
    self->out = watch ((PcLoopback *) self->base.net, socket, G_IO_OUT,
                       stream_out_cb, self);
  self->base.handler->opened (&self->base, self->base.user_data);
  return G_SOURCE_REMOVE;
}

/* Sends what may leave now. FALSE when the rest must wait; whatever it waits
 * for is set up then. */
static gboolean
send_piece (LoopbackStream *self,
            Piece          *piece)
{
  g_autoptr (GError) error = NULL;
  gint64      now = pc_net_now (self->base.net);
  gsize       len;
  const char *data = g_bytes_get_data (piece->bytes, &len);
  gssize      n;

  if (piece->due > now) {
    self->pace = pc_net_add_timer (self->base.net, piece->due, pace_cb,
                                   self);
    return FALSE;
  }

  n = g_socket_send (self->socket, data, len, NULL, &error);
  if (n < 0 && is_again (error)) {
    self->out = watch ((PcLoopback *) self->base.net, self->socket, G_IO_OUT,
                       stream_out_cb, self);
    return FALSE;
  }
  if (n < 0) {
    /* The reading side will say so, but the system tells it only once. */
    self->broken = TRUE;
    n = (gssize) len;
  }

  self->pending -= (gsize) n;
  if ((gsize) n < len) {
    GBytes *rest = g_bytes_new_from_bytes (piece->bytes, (gsize) n,
                                           len - (gsize) n);

    g_bytes_unref (piece->bytes);
    piece->bytes = rest;
    return TRUE;
  }

  piece_free (g_queue_pop_head (&self->queue));
  return TRUE;
}

static void
flush_stream (LoopbackStream *self)
{
  Piece *piece;

  if (!self->opened || self->out != NULL || self->pace != NULL)
    return;

  while ((piece = g_queue_peek_head (&self->queue)) != NULL)
    if (!send_piece (self, piece))
      return;

  if (self->finish && !self->finished) {
    self->finished = TRUE;
    g_socket_shutdown (self->socket, FALSE, TRUE, NULL);
  }
}

/* The only place that tells of it: whoever is just writing sees for himself. */
static void
flush_in_turn (LoopbackStream *self)
{
  gboolean had = self->pending > 0;

  flush_stream (self);
  if (had && self->pending == 0 && self->base.handler->drained != NULL)
    self->base.handler->drained (&self->base, self->base.user_data);
}

static gboolean
stream_out_cb (GSocket     *socket,
               GIOCondition condition,
               gpointer     user_data)
{
  LoopbackStream *self = user_data;

  if (!pc_loopback_may_act ((PcLoopback *) self->base.net, self->out))
    return G_SOURCE_CONTINUE;

  pc_loopback_drop_source (&self->out);
  flush_in_turn (self);
  return G_SOURCE_REMOVE;
}

static void
pace_cb (gpointer user_data)
{
  LoopbackStream *self = user_data;

  g_clear_pointer (&self->pace, pc_timer_free);
  flush_in_turn (self);
}

static void
queue_piece (LoopbackStream *self,
             const guint8   *data,
             gsize           len,
             gint64          due)
{
  Piece *piece = g_new0 (Piece, 1);

  piece->due = due;
  piece->bytes = g_bytes_new (data, len);
  self->pending += len;
  g_queue_push_tail (&self->queue, piece);
}

static void
queue_shaped (LoopbackStream *self,
              const guint8   *data,
              gsize           len)
{
  gint64 now = pc_net_now (self->base.net);
  gsize  portion = len;

  if (self->base.rate > 0)
    portion = MAX ((gsize) self->base.rate * PACE_US / G_USEC_PER_SEC, 1);
  self->busy = MAX (self->busy, now);

  for (gsize i = 0; i < len; i += portion) {
    gsize n = MIN (portion, len - i);

    if (self->base.rate > 0)
      self->busy += (gint64) (n * G_USEC_PER_SEC / self->base.rate);
    queue_piece (self, data + i, n, self->busy + self->base.delay);
  }
}

/* What fits goes to the socket at once: no copy in the common case. */
static void
loopback_stream_write (PcStream     *stream,
                       gconstpointer data,
                       gsize         len)
{
  LoopbackStream *self = (LoopbackStream *) stream;
  const guint8   *octets = data;
  gssize          n = 0;

  if (self->finish)
    return;

  if (stream->rate > 0 || stream->delay > 0) {
    queue_shaped (self, octets, len);
    flush_stream (self);
    return;
  }

  if (self->opened && self->pending == 0 && self->out == NULL)
    n = g_socket_send (self->socket, (const char *) octets, len, NULL, NULL);
  if (n < 0)
    n = 0;
  if ((gsize) n < len) {
    queue_piece (self, octets + n, len - (gsize) n, 0);
    flush_stream (self);
  }
}

static gsize
loopback_stream_pending (PcStream *stream)
{
  return ((LoopbackStream *) stream)->pending;
}

static void
loopback_stream_finish (PcStream *stream)
{
  LoopbackStream *self = (LoopbackStream *) stream;

  self->finish = TRUE;
  flush_stream (self);
}

static void
loopback_stream_abort (PcStream *stream)
{
  LoopbackStream *self = (LoopbackStream *) stream;
  struct linger   linger = { 1, 0 };

  stop_stream (self);
  if (!g_socket_is_closed (self->socket)) {
    /* Linger of 0: the system sends RST instead of FIN (RFC 9293 3.9.1.5). */
    (void) setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER,
                       &linger, sizeof linger);
    g_socket_close (self->socket, NULL);
  }
}

static void
loopback_stream_free (PcStream *stream)
{
  LoopbackStream *self = (LoopbackStream *) stream;

  stop_stream (self);
  g_queue_clear_full (&self->queue, piece_free);
  g_clear_object (&self->socket);
  g_free (self);
}

static const PcStreamClass loopback_stream_class = {
  .write = loopback_stream_write,
  .pending = loopback_stream_pending,
  .finish = loopback_stream_finish,
  .abort = loopback_stream_abort,
  .free = loopback_stream_free,
};

static LoopbackStream *
stream_new (PcNet   *net,
            GSocket *socket)
{
  LoopbackStream *self = g_new0 (LoopbackStream, 1);
  int             on = 1;

  self->base.klass = &loopback_stream_class;
  self->base.net = net;
  self->socket = socket;
  self->base.local_port = local_port (socket);
  /* A reply must not wait for the ACK of the one before (Nagle). */
  (void) setsockopt (g_socket_get_fd (socket), IPPROTO_TCP, TCP_NODELAY,
                     &on, sizeof on);
  return self;
}

PcStream *
pc_loopback_connect (PcNet   *net,
                     guint    port,
                     GError **error)
{
  g_autoptr (GSocketAddress) address = make_address (port);
  g_autoptr (GSocket) socket = make_socket (0, FALSE, error);
  g_autoptr (GError) problem = NULL;
  LoopbackStream *self;

  if (socket == NULL)
    return NULL;

  /* A refusal that is known at once is told by the socket's source too. */
  g_socket_connect (socket, address, NULL, &problem);
  self = stream_new (net, g_steal_pointer (&socket));
  self->base.peer_port = port;
  self->out = watch ((PcLoopback *) net, self->socket,
                     G_IO_OUT | G_IO_HUP | G_IO_ERR, stream_connect_cb, self);
  return &self->base;
}

/* -- listeners ------------------------------------------------------------ */

static gboolean
listener_cb (GSocket     *socket,
             GIOCondition condition,
             gpointer     user_data)
{
  LoopbackListener *self = user_data;
  GSocket          *accepted;
  LoopbackStream   *stream;

  if (!pc_loopback_may_act ((PcLoopback *) self->base.net, self->source))
    return G_SOURCE_CONTINUE;

  accepted = g_socket_accept (socket, NULL, NULL);
  if (accepted == NULL)
    return G_SOURCE_CONTINUE;

  g_socket_set_blocking (accepted, FALSE);
  stream = stream_new (self->base.net, accepted);
  stream->base.peer_port = remote_port (accepted);
  start_reading (stream);
  self->base.accepted (&self->base, &stream->base, self->base.user_data);
  return G_SOURCE_CONTINUE;
}

PcListener *
pc_loopback_listen (PcNet       *net,
                    guint        port,
                    PcAcceptFunc accepted,
                    gpointer     user_data,
                    GError     **error)
{
  GSocket          *socket = make_socket (port, accepted != NULL, error);
  LoopbackListener *self;

  if (socket == NULL)
    return NULL;

  self = g_new0 (LoopbackListener, 1);
  self->base = (PcListener){ net, local_port (socket), accepted, user_data };
  self->socket = socket;
  if (accepted != NULL)
    self->source = watch ((PcLoopback *) net, socket, G_IO_IN, listener_cb,
                          self);
  return &self->base;
}

void
pc_loopback_listener_free (PcListener *listener)
{
  LoopbackListener *self = (LoopbackListener *) listener;

  pc_loopback_drop_source (&self->source);
  g_clear_object (&self->socket);
  g_free (self);
}
