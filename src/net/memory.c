/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A network in memory, with a clock of its own.
 *
 * A discrete simulation: everything that will happen is an event with a time
 * in one ordered queue; a turn takes the first one and moves the clock to it.
 * So a run takes no real time, and every run is the same, octet for octet and
 * microsecond for microsecond.  Streams cut what is written into segments as
 * TCP would on Ethernet, so that slow links show it.
 *
 * Not simulated: loss and congestion of streams, windows, fragments.
 */

#include "net/net-private.h"

/* What Ethernet leaves of 1500 octets (RFC 9293 section 3.7.1). */
#define SEGMENT 1448
#define FIRST_EPHEMERAL 49152 /* RFC 6335 section 6 */

typedef struct _Memory Memory;

typedef enum
{
  EVENT_OPENED,
  EVENT_ACCEPT,
  EVENT_DATA,
  EVENT_END,
  EVENT_DATAGRAM,
  EVENT_TIMER,
} EventKind;

typedef struct
{
  PcStream  base;
  int       refs;
  gboolean  dead;     /* freed or aborted: no more callbacks */
  gboolean  ended;    /* ended was called */
  gboolean  finished; /* we send no more */
  gint64    busy;     /* when the last octet written so far has left */
  gsize     pending;
  PcStream *peer; /* a reference */
} MemoryStream;

typedef struct
{
  PcTimer  base;
  gboolean dead;  /* the owner has freed it */
  gboolean fired; /* its event is gone */
} MemoryTimer;

typedef struct
{
  EventKind     kind;
  gint64        at;
  guint64       order;    /* of creation: the tie-break */
  MemoryStream *stream;   /* a reference, or NULL */
  PcListener   *listener; /* ACCEPT, until it was */
  guint         to;       /* datagrams */
  guint         from;
  GBytes       *data;
  PcStreamEnd   end;
  MemoryTimer  *timer;
} Event;

struct _Memory
{
  PcNet       base;
  gint64      clock;
  gint64      latency;
  guint64     orders;
  guint       next_port;
  GSequence  *events;
  GHashTable *listeners; /* port → PcListener */
  GHashTable *ports;     /* number → PcDatagramPort */
};

static MemoryStream *
stream_ref (MemoryStream *self)
{
  self->refs++;
  return self;
}

static void
stream_unref (MemoryStream *self)
{
  if (--self->refs > 0)
    return;

  g_free (self);
}

static void
event_free (gpointer data)
{
  Event *event = data;

  /* Never accepted: the reference meant for whoever would have is ours. */
  if (event->listener != NULL) {
    stream_unref ((MemoryStream *) event->stream->peer);
    stream_unref (event->stream);
  }
  g_clear_pointer (&event->stream, stream_unref);
  g_clear_pointer (&event->data, g_bytes_unref);
  if (event->timer != NULL && event->timer->dead)
    g_free (event->timer);
  else if (event->timer != NULL)
    event->timer->fired = TRUE;
  g_free (event);
}

static int
compare_events (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const Event *x = a, *y = b;

  if (x->at != y->at)
    return x->at < y->at ? -1 : 1;
  return x->order < y->order ? -1 : x->order > y->order;
}

static Event *
add_event (Memory   *self,
           EventKind kind,
           gint64    at,
           PcStream *stream)
{
  Event *event = g_new0 (Event, 1);

  event->kind = kind;
  event->at = MAX (at, self->clock);
  event->order = self->orders++;
  if (stream != NULL)
    event->stream = stream_ref ((MemoryStream *) stream);
  g_sequence_insert_sorted (self->events, event, compare_events, NULL);
  return event;
}

static guint
take_port (Memory *self)
{
  g_assert (self->next_port <= G_MAXUINT16);

  return self->next_port++;
}

/* -- streams -------------------------------------------------------------- */

/* When @len more octets, written now, have left this end. */
static gint64
departure (MemoryStream *self,
           gint64        now,
           gsize         len)
{
  gint64 begin = MAX (now, self->busy);

  if (self->base.rate > 0)
    begin += (gint64) (len * G_USEC_PER_SEC / self->base.rate);
  self->busy = begin;
  return begin;
}

static void
memory_stream_write (PcStream     *stream,
                     gconstpointer data,
                     gsize         len)
{
  MemoryStream *self = (MemoryStream *) stream;
  Memory       *net = (Memory *) stream->net;
  const guint8 *octets = data;

  if (self->peer == NULL || self->finished || self->dead)
    return;

  for (gsize i = 0; i < len; i += SEGMENT) {
    gsize  n = MIN (SEGMENT, len - i);
    gint64 left = departure (self, net->clock, n);
    Event *event = add_event (net, EVENT_DATA,
                              left + stream->delay + net->latency,
                              self->peer);

    event->data = g_bytes_new (octets + i, n);
    self->pending += n;
  }
}

static gsize
memory_stream_pending (PcStream *stream)
{
  return ((MemoryStream *) stream)->pending;
}

static void
queue_end (MemoryStream *self,
           PcStreamEnd   end)
{
  Memory *net = (Memory *) self->base.net;
  Event  *event;

  if (self->peer == NULL || self->finished)
    return;

  self->finished = TRUE;
  event = add_event (net, EVENT_END,
                     departure (self, net->clock, 0) + self->base.delay +
                         net->latency,
                     self->peer);
  event->end = end;
}

static void
memory_stream_finish (PcStream *stream)
{
  queue_end ((MemoryStream *) stream, PC_END_EOF);
}

static void
memory_stream_abort (PcStream *stream)
{
  MemoryStream *self = (MemoryStream *) stream;

  self->finished = FALSE;
  queue_end (self, PC_END_RESET);
  self->dead = TRUE;
}

static void
memory_stream_free (PcStream *stream)
{
  MemoryStream *self = (MemoryStream *) stream;
  MemoryStream *peer = (MemoryStream *) self->peer;

  if (!self->dead)
    queue_end (self, PC_END_EOF);
  self->dead = TRUE;
  self->peer = NULL;
  if (peer != NULL)
    stream_unref (peer);
  stream_unref (self);
}

static const PcStreamClass memory_stream_class = {
  .write = memory_stream_write,
  .pending = memory_stream_pending,
  .finish = memory_stream_finish,
  .abort = memory_stream_abort,
  .free = memory_stream_free,
};

static PcStream *
stream_new (Memory *self,
            guint   local_port,
            guint   peer_port)
{
  MemoryStream *stream = g_new0 (MemoryStream, 1);

  stream->refs = 1;
  stream->base.klass = &memory_stream_class;
  stream->base.net = &self->base;
  stream->base.local_port = local_port;
  stream->base.peer_port = peer_port;
  return &stream->base;
}

static PcStream *
memory_connect (PcNet   *net,
                guint    port,
                GError **error)
{
  Memory     *self = (Memory *) net;
  PcListener *listener = g_hash_table_lookup (self->listeners,
                                              GUINT_TO_POINTER (port));
  PcStream   *stream = stream_new (self, take_port (self), port);
  gint64      at = self->clock + self->latency;

  if (listener != NULL && listener->accepted != NULL) {
    PcStream *peer = stream_new (self, port, stream->local_port);
    Event    *accept = add_event (self, EVENT_ACCEPT, at, peer);

    accept->listener = listener;
    ((MemoryStream *) stream)->peer = peer;
    ((MemoryStream *) peer)->peer = stream;
    stream_ref ((MemoryStream *) peer);
    stream_ref ((MemoryStream *) stream);
    add_event (self, EVENT_OPENED, at + self->latency, stream);
  } else {
    Event *end = add_event (self, EVENT_END, at + self->latency, stream);

    end->end = PC_END_REFUSED;
  }

  return stream;
}

/* -- listeners, datagrams, timers ----------------------------------------- */

static PcListener *
memory_listen (PcNet       *net,
               guint        port,
               PcAcceptFunc accepted,
               gpointer     user_data,
               GError     **error)
{
  Memory     *self = (Memory *) net;
  PcListener *listener;

  if (port == 0)
    port = take_port (self);
  if (g_hash_table_contains (self->listeners, GUINT_TO_POINTER (port))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                 "port %u is in use", port);
    return NULL;
  }

  listener = g_new0 (PcListener, 1);
  *listener = (PcListener){ net, port, accepted, user_data };
  g_hash_table_insert (self->listeners, GUINT_TO_POINTER (port), listener);
  return listener;
}

static void
memory_listener_free (PcListener *listener)
{
  Memory *self = (Memory *) listener->net;

  g_hash_table_remove (self->listeners, GUINT_TO_POINTER (listener->port));
  g_free (listener);
}

static PcDatagramPort *
memory_bind (PcNet        *net,
             guint         number,
             PcReceiveFunc received,
             gpointer      user_data,
             GError      **error)
{
  Memory         *self = (Memory *) net;
  PcDatagramPort *port;

  if (number == 0)
    number = take_port (self);
  if (g_hash_table_contains (self->ports, GUINT_TO_POINTER (number))) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE,
                 "port %u is in use", number);
    return NULL;
  }

  port = g_new0 (PcDatagramPort, 1);
  *port = (PcDatagramPort){ net, number, received, user_data };
  g_hash_table_insert (self->ports, GUINT_TO_POINTER (number), port);
  return port;
}

static void
memory_port_send (PcDatagramPort *port,
                  guint           to,
                  gconstpointer   data,
                  gsize           len)
{
  Memory *self = (Memory *) port->net;
  Event  *event = add_event (self, EVENT_DATAGRAM,
                             self->clock + self->latency, NULL);

  event->to = to;
  event->from = port->number;
  event->data = g_bytes_new (data, len);
}

static void
memory_port_free (PcDatagramPort *port)
{
  Memory *self = (Memory *) port->net;

  g_hash_table_remove (self->ports, GUINT_TO_POINTER (port->number));
  g_free (port);
}

static PcTimer *
memory_timer_new (PcNet      *net,
                  gint64      at,
                  PcTimerFunc func,
                  gpointer    user_data)
{
  MemoryTimer *timer = g_new0 (MemoryTimer, 1);
  Event       *event = add_event ((Memory *) net, EVENT_TIMER, at, NULL);

  timer->base = (PcTimer){ net, func, user_data };
  event->timer = timer;
  return &timer->base;
}

/* Whichever is later, the owner's farewell or the event's end, frees it; a
 * dead one is passed over when its turn comes. */
static void
memory_timer_free (PcTimer *timer)
{
  MemoryTimer *self = (MemoryTimer *) timer;

  if (self->fired)
    g_free (self);
  else
    self->dead = TRUE;
}

/* -- turns ---------------------------------------------------------------- */

static gint64
memory_now (PcNet *net)
{
  return ((Memory *) net)->clock;
}

static void
dispatch_data (MemoryStream *stream,
               GBytes       *bytes)
{
  /* The receiver may let go of it meanwhile. */
  MemoryStream *sender = stream->peer != NULL
                             ? stream_ref ((MemoryStream *) stream->peer)
                             : NULL;
  gsize         len;
  const guint8 *data = g_bytes_get_data (bytes, &len);

  if (sender != NULL)
    sender->pending -= MIN (sender->pending, len);
  if (!stream->dead && !stream->ended && stream->base.handler != NULL)
    stream->base.handler->received (&stream->base, data, len,
                                    stream->base.user_data);
  if (sender == NULL)
    return;

  if (!sender->dead && sender->pending == 0 && sender->base.handler != NULL &&
      sender->base.handler->drained != NULL)
    sender->base.handler->drained (&sender->base, sender->base.user_data);
  stream_unref (sender);
}

static void
dispatch_accept (Memory *self,
                 Event  *event)
{
  PcListener   *listener = g_steal_pointer (&event->listener);
  MemoryStream *stream = event->stream;

  /* The stream's first reference goes to whoever accepts it. */
  if (g_hash_table_lookup (self->listeners,
                           GUINT_TO_POINTER (stream->base.local_port)) ==
      listener)
    listener->accepted (listener, &stream->base, listener->user_data);
  else
    memory_stream_free (&stream->base);
}

static void
dispatch_datagram (Memory *self,
                   Event  *event)
{
  PcDatagramPort *port = g_hash_table_lookup (self->ports,
                                              GUINT_TO_POINTER (event->to));
  gsize           len;
  const guint8   *data = g_bytes_get_data (event->data, &len);

  if (port != NULL)
    port->received (port, event->from, data, len, port->user_data);
}

static void
dispatch (Memory *self,
          Event  *event)
{
  MemoryStream *stream = event->stream;
  gboolean      alive = stream != NULL && !stream->dead && !stream->ended;

  switch (event->kind) {
  case EVENT_OPENED:
    if (alive)
      stream->base.handler->opened (&stream->base, stream->base.user_data);
    break;
  case EVENT_ACCEPT:
    dispatch_accept (self, event);
    break;
  case EVENT_DATA:
    dispatch_data (stream, event->data);
    break;
  case EVENT_END:
    if (alive) {
      stream->ended = TRUE;
      stream->base.handler->ended (&stream->base, event->end,
                                   stream->base.user_data);
    }
    break;
  case EVENT_DATAGRAM:
    dispatch_datagram (self, event);
    break;
  case EVENT_TIMER:
    if (!event->timer->dead)
      event->timer->base.func (event->timer->base.user_data);
    break;
  default:
    g_assert_not_reached ();
  }
}

static gboolean
memory_turn (PcNet *net)
{
  Memory        *self = (Memory *) net;
  GSequenceIter *first = g_sequence_get_begin_iter (self->events);
  Event         *event;
  gboolean       idle;

  /* A dead timer must not move the clock. */
  do {
    if (g_sequence_iter_is_end (first))
      return FALSE;
    event = g_sequence_get (first);
    idle = event->kind == EVENT_TIMER && event->timer->dead;
    if (idle) {
      g_sequence_remove (first);
      first = g_sequence_get_begin_iter (self->events);
    }
  } while (idle);

  self->clock = event->at;
  dispatch (self, event);
  g_sequence_remove (first);
  return TRUE;
}

static void
memory_free (PcNet *net)
{
  Memory *self = (Memory *) net;

  g_clear_pointer (&self->events, g_sequence_free);
  g_clear_pointer (&self->listeners, g_hash_table_unref);
  g_clear_pointer (&self->ports, g_hash_table_unref);
  g_free (self);
}

static const PcNetClass memory_class = {
  .free = memory_free,
  .now = memory_now,
  .turn = memory_turn,
  .listen = memory_listen,
  .listener_free = memory_listener_free,
  .connect = memory_connect,
  .bind = memory_bind,
  .port_send = memory_port_send,
  .port_free = memory_port_free,
  .timer_new = memory_timer_new,
  .timer_free = memory_timer_free,
};

PcNet *
pc_memory_new (gint64 start,
               gint64 latency)
{
  Memory *self = g_new0 (Memory, 1);

  self->base.klass = &memory_class;
  self->clock = start;
  self->latency = latency;
  self->next_port = FIRST_EPHEMERAL;
  self->events = g_sequence_new (event_free);
  self->listeners = g_hash_table_new (NULL, NULL);
  self->ports = g_hash_table_new (NULL, NULL);
  return &self->base;
}
