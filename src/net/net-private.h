/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/net.h"

G_BEGIN_DECLS

/* What loopback.c, memory.c and secure.c fill in. */

/* Of one kind of stream. */
typedef struct
{
  void  (*write) (PcStream     *stream,
                  gconstpointer data,
                  gsize         len);
  gsize (*pending) (PcStream *stream);
  void  (*finish) (PcStream *stream);
  void  (*abort) (PcStream *stream);
  void  (*free) (PcStream *stream);
  PcTls *(*tls) (PcStream *stream); /* optional */
} PcStreamClass;

typedef struct
{
  void        (*free) (PcNet *self);
  gint64      (*now) (PcNet *self);
  gboolean    (*turn) (PcNet *self);
  void        (*share) (PcNet *self); /* optional */
  /* @accepted NULL: reserve. */
  PcListener *(*listen) (PcNet       *self,
                         guint        port,
                         PcAcceptFunc accepted,
                         gpointer     user_data,
                         GError     **error);
  void        (*listener_free) (PcListener *listener);
  PcStream   *(*connect) (PcNet   *self,
                          guint    port,
                          GError **error);
  PcDatagramPort *(*bind) (PcNet        *self,
                           guint         port,
                           PcReceiveFunc received,
                           gpointer      user_data,
                           GError      **error);
  void        (*port_send) (PcDatagramPort *port,
                            guint           to,
                            gconstpointer   data,
                            gsize           len);
  void        (*port_free) (PcDatagramPort *port);
  PcTimer    *(*timer_new) (PcNet      *self,
                            gint64      at,
                            PcTimerFunc func,
                            gpointer    user_data);
  void        (*timer_free) (PcTimer *timer);
} PcNetClass;

struct _PcNet
{
  const PcNetClass *klass;
};

struct _PcListener
{
  PcNet       *net;
  guint        port;
  PcAcceptFunc accepted;
  gpointer     user_data;
};

struct _PcStream
{
  const PcStreamClass   *klass;
  PcNet                 *net;
  const PcStreamHandler *handler;
  gpointer               user_data;
  guint                  local_port;
  guint                  peer_port;
  guint                  rate;
  gint64                 delay;
};

struct _PcDatagramPort
{
  PcNet        *net;
  guint         number;
  PcReceiveFunc received;
  gpointer      user_data;
};

struct _PcTimer
{
  PcNet      *net;
  PcTimerFunc func;
  gpointer    user_data;
};

G_END_DECLS
