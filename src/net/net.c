/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The network's public face: guards the arguments and hands on to loopback.c
 * or memory.c.
 */

#include "net/net.h"

#include "net/net-private.h"

void
pc_net_free (PcNet *self)
{
  if (self != NULL)
    self->klass->free (self);
}

gint64
pc_net_now (PcNet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->klass->now (self);
}

gboolean
pc_net_turn (PcNet *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->klass->turn (self);
}

void
pc_net_share (PcNet *self)
{
  g_return_if_fail (self != NULL);

  if (self->klass->share != NULL)
    self->klass->share (self);
}

PcListener *
pc_net_listen (PcNet       *self,
               guint        port,
               PcAcceptFunc accepted,
               gpointer     user_data,
               GError     **error)
{
  g_return_val_if_fail (self != NULL && accepted != NULL, NULL);
  g_return_val_if_fail (port <= G_MAXUINT16, NULL);

  return self->klass->listen (self, port, accepted, user_data, error);
}

PcListener *
pc_net_reserve (PcNet   *self,
                GError **error)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->listen (self, 0, NULL, NULL, error);
}

guint
pc_listener_get_port (PcListener *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->port;
}

void
pc_listener_free (PcListener *self)
{
  if (self != NULL)
    self->net->klass->listener_free (self);
}

PcStream *
pc_net_connect (PcNet                 *self,
                guint                  port,
                const PcStreamHandler *handler,
                gpointer               user_data,
                GError               **error)
{
  PcStream *stream;

  g_return_val_if_fail (self != NULL && handler != NULL, NULL);
  g_return_val_if_fail (port > 0 && port <= G_MAXUINT16, NULL);

  stream = self->klass->connect (self, port, error);
  if (stream != NULL)
    pc_stream_set_handler (stream, handler, user_data);
  return stream;
}

void
pc_stream_set_handler (PcStream              *self,
                       const PcStreamHandler *handler,
                       gpointer               user_data)
{
  g_return_if_fail (self != NULL && handler != NULL);

  self->handler = handler;
  self->user_data = user_data;
}

void
pc_stream_set_shape (PcStream *self,
                     guint     rate,
                     gint64    delay)
{
  g_return_if_fail (self != NULL && delay >= 0);

  self->rate = rate;
  self->delay = delay;
}

guint
pc_stream_get_local_port (PcStream *self)
{
  return self->local_port;
}

guint
pc_stream_get_peer_port (PcStream *self)
{
  return self->peer_port;
}

void
pc_stream_write (PcStream     *self,
                 gconstpointer data,
                 gsize         len)
{
  g_return_if_fail (self != NULL);

  if (len > 0)
    self->klass->write (self, data, len);
}

gsize
pc_stream_get_pending (PcStream *self)
{
  return self->klass->pending (self);
}

void
pc_stream_finish (PcStream *self)
{
  g_return_if_fail (self != NULL);

  self->klass->finish (self);
}

void
pc_stream_abort (PcStream *self)
{
  g_return_if_fail (self != NULL);

  self->klass->abort (self);
}

void
pc_stream_free (PcStream *self)
{
  if (self != NULL)
    self->klass->free (self);
}

PcTls *
pc_stream_get_tls (PcStream *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->tls != NULL ? self->klass->tls (self) : NULL;
}

PcDatagramPort *
pc_net_bind (PcNet        *self,
             guint         port,
             PcReceiveFunc received,
             gpointer      user_data,
             GError      **error)
{
  g_return_val_if_fail (self != NULL && received != NULL, NULL);
  g_return_val_if_fail (port <= G_MAXUINT16, NULL);

  return self->klass->bind (self, port, received, user_data, error);
}

guint
pc_datagram_port_get_number (PcDatagramPort *self)
{
  return self->number;
}

void
pc_datagram_port_send (PcDatagramPort *self,
                       guint           to,
                       gconstpointer   data,
                       gsize           len)
{
  g_return_if_fail (self != NULL);

  if (to > 0 && to <= G_MAXUINT16)
    self->net->klass->port_send (self, to, data, len);
}

void
pc_datagram_port_free (PcDatagramPort *self)
{
  if (self != NULL)
    self->net->klass->port_free (self);
}

PcTimer *
pc_net_add_timer (PcNet      *self,
                  gint64      at,
                  PcTimerFunc func,
                  gpointer    user_data)
{
  g_return_val_if_fail (self != NULL && func != NULL, NULL);

  return self->klass->timer_new (self, at, func, user_data);
}

void
pc_timer_free (PcTimer *self)
{
  if (self != NULL)
    self->net->klass->timer_free (self);
}
