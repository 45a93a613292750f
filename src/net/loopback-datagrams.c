/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams over real sockets on 127.0.0.1.
 *
 * Plain system calls: in lock step (TFTP) every microsecond between a datagram
 * and its answer counts, and GSocket spends several on address objects.  To
 * fall asleep and be woken takes longer than all the rest: a port that alone
 * has something to do looks for the next datagram a little longer, as long as
 * that is not in vain.  A port that nobody talks to sleeps.
 *
 * Sockets are never connected: who a datagram is from is the engines' matter
 * (RFC 1350 section 4 wants strangers to be answered).
 */

#include "net/loopback-private.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define LOOK_US 100 /* for the next datagram: two times what waking takes */
/* Not after a longer one: to read it takes the peer as long as to be woken, and
 * it does so faster on the processor that wrote it. */
#define LOOK_OCTETS 16384
#define MAX_SKIPS 1023 /* so that looking in vain costs next to nothing */
#define TURN_US 200 /* then others have theirs */
#define TURN_DATAGRAMS 16
/* A window of the longest blocks, as far as the system allows. */
#define ROOM (4 * 1024 * 1024)

typedef struct
{
  PcDatagramPort base;
  int            fd;
  GSource       *source;
  gboolean      *freed; /* of the turn under way; or NULL */
  guint          skips; /* turns without looking, after one was in vain */
  guint          n_skipped;
  gsize          n_sent; /* octets of the last datagram */
} Port;

/* FALSE when there is none. */
static gboolean
receive (Port *self)
{
  PcLoopback        *net = (PcLoopback *) self->base.net;
  struct sockaddr_in from, home;
  socklen_t          from_len = sizeof from;
  gssize             n;

  n = recvfrom (self->fd, net->buffer, sizeof net->buffer, MSG_DONTWAIT,
                (struct sockaddr *) &from, &from_len);
  if (n < 0)
    return FALSE;

  /* The rest of 127/8 is this machine as well, but ports tell our ends
   * apart, and an answer would go to 127.0.0.1. */
  pc_loopback_make_address (&home, 0);
  if (from_len == sizeof from &&
      from.sin_addr.s_addr == home.sin_addr.s_addr)
    self->base.received (&self->base, ntohs (from.sin_port), net->buffer,
                         (gsize) n, self->base.user_data);
  return TRUE;
}

/* How often somebody else had our processor though we wanted it. */
static glong
count_switches (void)
{
  struct rusage usage = { 0 };

  (void) getrusage (RUSAGE_THREAD, &usage);
  return usage.ru_nivcsw;
}

static gboolean
may_look (Port *self)
{
  PcLoopback *net = (PcLoopback *) self->base.net;
  gboolean    alone = net->heard == self;

  net->heard = self;
  return alone && self->n_sent <= LOOK_OCTETS &&
         self->n_skipped++ >= self->skips;
}

/* In vain when the peer is slow, or when there are not processors enough: then
 * we would only take from it what it needs. */
static void
have_looked (Port    *self,
             gboolean in_vain)
{
  self->skips = in_vain ? MIN (2 * self->skips + 1, MAX_SKIPS) : 0;
  self->n_skipped = 0;
  /* The next turn begins without falling asleep. */
  if (!in_vain)
    g_source_set_ready_time (self->source, 0);
}

static gboolean
port_cb (int          fd,
         GIOCondition condition,
         gpointer     user_data)
{
  Port    *self = user_data;
  gboolean looks;
  gboolean in_vain = FALSE;
  gboolean freed = FALSE;
  glong    switches;
  gint64   begin = g_get_monotonic_time ();
  gint64   now = begin;
  gint64   last = begin;

  if (!pc_loopback_may_act ((PcLoopback *) self->base.net, self->source))
    return G_SOURCE_CONTINUE;

  looks = may_look (self);
  switches = looks ? count_switches () : 0;
  g_source_set_ready_time (self->source, -1);
  self->freed = &freed;
  for (guint n = 0; n < TURN_DATAGRAMS && now - begin < TURN_US;) {
    if (receive (self)) {
      /* Its source is destroyed already. */
      if (freed)
        return G_SOURCE_CONTINUE;
      n++;
      in_vain = in_vain || now - last > LOOK_US;
      last = now = g_get_monotonic_time ();
      continue;
    }
    in_vain = in_vain || now - last > LOOK_US;
    if (!looks || in_vain)
      break;
    /* Not: sched_yield (), which may give away a whole slice of time. */
    now = g_get_monotonic_time ();
  }
  self->freed = NULL;
  if (looks)
    have_looked (self, in_vain || count_switches () > switches);
  return G_SOURCE_CONTINUE;
}

static int
make_socket (guint    number,
             guint   *taken,
             GError **error)
{
  struct sockaddr_in address;
  socklen_t          len = sizeof address;
  int                room = ROOM;
  int                fd = socket (AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

  /* Not: SO_REUSEADDR, with which two programs could share a port. */
  pc_loopback_make_address (&address, number);
  if (fd < 0 || bind (fd, (struct sockaddr *) &address, sizeof address) != 0 ||
      getsockname (fd, (struct sockaddr *) &address, &len) != 0) {
    int problem = errno;

    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (problem),
                 _ ("UDP port %u cannot be used: %s"), number,
                 g_strerror (problem));
    if (fd >= 0)
      close (fd);
    return -1;
  }

  (void) setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  (void) setsockopt (fd, SOL_SOCKET, SO_SNDBUF, &room, sizeof room);
  *taken = ntohs (address.sin_port);
  return fd;
}

PcDatagramPort *
pc_loopback_bind (PcNet        *net,
                  guint         number,
                  PcReceiveFunc received,
                  gpointer      user_data,
                  GError      **error)
{
  guint taken;
  int   fd = make_socket (number, &taken, error);
  Port *self;

  if (fd < 0)
    return NULL;

  self = g_new0 (Port, 1);
  self->base = (PcDatagramPort){ net, taken, received, user_data };
  self->fd = fd;
  self->source = g_unix_fd_source_new (fd, G_IO_IN);
  g_source_set_callback (self->source, G_SOURCE_FUNC (port_cb), self, NULL);
  /* As for streams: no system call around each callback. */
  g_source_set_can_recurse (self->source, TRUE);
  pc_loopback_attach ((PcLoopback *) net, self->source);
  return &self->base;
}

/* A datagram that the system does not take is a lost one: that is what UDP
 * promises, and the protocols' timers are there for it. */
void
pc_loopback_port_send (PcDatagramPort *port,
                       guint           to,
                       gconstpointer   data,
                       gsize           len)
{
  Port              *self = (Port *) port;
  struct sockaddr_in address;

  self->n_sent = len;
  pc_loopback_make_address (&address, to);
  (void) sendto (self->fd, data, len, MSG_DONTWAIT | MSG_NOSIGNAL,
                 (struct sockaddr *) &address, sizeof address);
}

void
pc_loopback_port_free (PcDatagramPort *port)
{
  Port *self = (Port *) port;

  if (self->freed != NULL)
    *self->freed = TRUE;
  g_source_destroy (self->source);
  g_source_unref (self->source);
  close (self->fd);
  g_free (self);
}
