/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Real sockets on 127.0.0.1: the network itself, its clock and its place in
 * the main loop.
 *
 * Non-blocking, with one GSource each on the thread-default main context.
 * Connections are loopback-streams.c's, datagrams loopback-datagrams.c's.
 * The address is made in one function and nowhere else, so that nothing can
 * listen on, or talk to, anything but this machine.
 *
 * The clock is the wall clock when the network came up plus the monotonic
 * time since: it never goes back.
 */

#include "net/loopback-private.h"

/* After what a window has to do (GDK redraws at 120), and not for long. */
#define SHARED_PRIORITY 130
#define SHARED_TURN_US 4000

typedef PcLoopback Loopback;

typedef struct
{
  PcTimer  base;
  GSource *source;
} LoopbackTimer;

/* The only place where an address is made. */
void
pc_loopback_make_address (struct sockaddr_in *address,
                          guint               port)
{
  *address = (struct sockaddr_in){
    .sin_family = AF_INET,
    .sin_port = htons ((guint16) port),
    .sin_addr.s_addr = htonl (INADDR_LOOPBACK),
  };
}

void
pc_loopback_drop_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* -- a loop that others share --------------------------------------------- */

static gboolean
begin_turn (GSource *source,
            int     *timeout)
{
  PcLoopback **self = (PcLoopback **) (source + 1);

  (*self)->begin = -1;
  *timeout = -1;
  return FALSE;
}

static gboolean
never (GSource    *source,
       GSourceFunc func,
       gpointer    user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
loopback_share (PcNet *net)
{
  static GSourceFuncs funcs = { .prepare = begin_turn, .dispatch = never };
  Loopback           *self = (Loopback *) net;

  if (self->turns != NULL)
    return;

  self->begin = -1;
  self->turns = g_source_new (&funcs, sizeof (GSource) + sizeof (gpointer));
  *(PcLoopback **) (self->turns + 1) = self;
  /* Asked in each turn, whatever else is due. */
  g_source_set_priority (self->turns, G_PRIORITY_HIGH);
  g_source_attach (self->turns, self->context);
}

void
pc_loopback_attach (PcLoopback *self,
                    GSource    *source)
{
  if (self->turns != NULL)
    g_source_set_priority (source, SHARED_PRIORITY);
  g_source_attach (source, self->context);
}

/* GLib serves all that is due at once: 200 handshakes would be one turn. */
gboolean
pc_loopback_may_act (PcLoopback *self,
                     GSource    *source)
{
  gint64 now;

  if (self->turns == NULL)
    return TRUE;

  now = g_get_monotonic_time ();
  if (self->begin < 0)
    self->begin = now;
  if (now - self->begin < SHARED_TURN_US) {
    if (g_source_get_priority (source) != SHARED_PRIORITY)
      g_source_set_priority (source, SHARED_PRIORITY);
    return TRUE;
  }

  g_source_set_priority (source, SHARED_PRIORITY - 1);
  return FALSE;
}

/* -- time ----------------------------------------------------------------- */

static gint64
loopback_now (PcNet *net)
{
  Loopback *self = (Loopback *) net;

  return self->wall + g_get_monotonic_time () - self->monotonic;
}

static gboolean
timer_cb (gpointer user_data)
{
  LoopbackTimer *self = user_data;

  self->base.func (self->base.user_data);
  return G_SOURCE_REMOVE;
}

static PcTimer *
loopback_timer_new (PcNet      *net,
                    gint64      at,
                    PcTimerFunc func,
                    gpointer    user_data)
{
  Loopback      *self = (Loopback *) net;
  LoopbackTimer *timer = g_new0 (LoopbackTimer, 1);

  timer->base = (PcTimer){ net, func, user_data };
  timer->source = g_timeout_source_new (0);
  g_source_set_ready_time (timer->source, at - self->wall + self->monotonic);
  g_source_set_callback (timer->source, timer_cb, timer, NULL);
  g_source_attach (timer->source, self->context);
  return &timer->base;
}

static void
loopback_timer_free (PcTimer *timer)
{
  pc_loopback_drop_source (&((LoopbackTimer *) timer)->source);
  g_free (timer);
}

static gboolean
loopback_turn (PcNet *net)
{
  g_main_context_iteration (((Loopback *) net)->context, TRUE);
  return TRUE;
}

static void
loopback_free (PcNet *net)
{
  pc_loopback_drop_source (&((Loopback *) net)->turns);
  g_clear_pointer (&((Loopback *) net)->context, g_main_context_unref);
  g_free (net);
}

static const PcNetClass loopback_class = {
  .free = loopback_free,
  .now = loopback_now,
  .turn = loopback_turn,
  .share = loopback_share,
  .listen = pc_loopback_listen,
  .listener_free = pc_loopback_listener_free,
  .connect = pc_loopback_connect,
  .bind = pc_loopback_bind,
  .port_send = pc_loopback_port_send,
  .port_free = pc_loopback_port_free,
  .timer_new = loopback_timer_new,
  .timer_free = loopback_timer_free,
};

PcNet *
pc_loopback_new (void)
{
  Loopback *self = g_new0 (Loopback, 1);

  self->base.klass = &loopback_class;
  self->wall = g_get_real_time ();
  self->monotonic = g_get_monotonic_time ();
  self->context = g_main_context_ref_thread_default ();
  return &self->base;
}
