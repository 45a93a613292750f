/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "net/net.h"

G_BEGIN_DECLS

/* What loopback.c and memory.c fill in. */

typedef struct
{
  void        (*free) (PcNet *self);
  gint64      (*now) (PcNet *self);
  gboolean    (*turn) (PcNet *self);
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
  void        (*stream_write) (PcStream     *stream,
                               gconstpointer data,
                               gsize         len);
  gsize       (*stream_pending) (PcStream *stream);
  void        (*stream_finish) (PcStream *stream);
  void        (*stream_abort) (PcStream *stream);
  void        (*stream_free) (PcStream *stream);
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
