/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Somebody in the middle: the client believes to have called its server, and
 * everything is handed on, but for one word that the server says.
 *
 * Two conversations, each with an engine that understands nothing: what one
 * hears, the other says.  A word is overwritten and not cut out, so that
 * nothing else moves; some firewalls do it in just this way.  Left out: TLS
 * of its own, which its certificate would give away.
 */

#include "run/hub-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcEngine    base;
  PcEngine   *other; /* NULL when it is gone */
  const char *strip; /* of what this end hears; or NULL */
  GByteArray *held;  /* may be the beginning of the word */
} Half;

static void
half_free (PcEngine *engine)
{
  Half *self = (Half *) engine;

  if (self->other != NULL)
    ((Half *) self->other)->other = NULL;
  g_byte_array_unref (self->held);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
say (Half *self,
     gsize len)
{
  if (self->other != NULL)
    pc_engine_send (self->other, self->held->data, len);
  g_byte_array_remove_range (self->held, 0, (guint) len);
}

/* Octets at the end that may yet become the word. */
static gsize
count_open (const Half *self,
            gsize       len)
{
  gsize size = strlen (self->strip);

  for (gsize n = MIN (size - 1, len); n > 0; n--)
    if (memcmp (self->held->data + len - n, self->strip, n) == 0)
      return n;

  return 0;
}

static void
overwrite (Half *self)
{
  gsize   size = strlen (self->strip);
  guint8 *at = self->held->data;

  while ((at = memmem (at, self->held->data + self->held->len - at,
                       self->strip, size)) != NULL)
    memset (at, 'X', size);
}

static void
half_feed (PcEngine     *engine,
           gint64        now,
           guint         port,
           const guint8 *data,
           gsize         len)
{
  Half *self = (Half *) engine;
  gsize ready;

  g_byte_array_append (self->held, data, (guint) len);
  ready = self->held->len;
  if (self->strip != NULL) {
    overwrite (self);
    ready -= count_open (self, ready);
  }
  if (ready > 0)
    say (self, ready);
}

static void
half_eof (PcEngine *engine,
          gint64    now)
{
  Half *self = (Half *) engine;

  if (self->held->len > 0)
    say (self, self->held->len);
  if (self->other != NULL && self->other->status == PC_ENGINE_RUNNING)
    self->other->status = PC_ENGINE_CLOSING;
}

static const char *
half_state (const PcEngine *engine)
{
  return N_ ("Hands on");
}

static const PcEngineClass half_class = {
  .name = "middle",
  .free = half_free,
  .feed = half_feed,
  .eof = half_eof,
  .state = half_state,
};

static Half *
half_new (const char *strip)
{
  Half *self = g_new0 (Half, 1);

  pc_engine_init (&self->base, &half_class);
  self->strip = strip;
  self->held = g_byte_array_new ();
  return self;
}

/* The call to the real server; NULL when it cannot even begin. */
static PcEndpoint *
call_server (PcConn *conn,
             Half   *half)
{
  PcHub              *hub = conn->hub;
  const PcHubService *service = &conn->listening->service;
  PcListening        *server = pc_hub_find_listening (
             hub, service->relays_to, service->registered, TRUE);
  PcHubCall call = { .speaks = service->protocol,
                     .client = service->actor,
                     .client_host = service->host,
                     .server = service->relays_to,
                     .registered = service->registered };
  PcConn   *onward;

  if (server == NULL) {
    pc_engine_free (&half->base);
    return NULL;
  }

  onward = pc_conn_new (hub, service->protocol, server, TRUE, 0);
  return pc_conn_open (onward, &half->base, conn->recorder, &call,
                       pc_listening_get_port (server), NULL);
}

void
pc_middle_accept (PcConn   *conn,
                  PcStream *stream)
{
  const PcHubService *service = &conn->listening->service;
  Half               *near = half_new (NULL);
  Half               *far = half_new (service->strip);
  PcEndpoint         *endpoint;

  near->other = &far->base;
  far->other = &near->base;
  endpoint = pc_endpoint_new (conn, PC_SIDE_SERVER, &near->base);
  endpoint->stream = stream;
  pc_stream_set_handler (stream, &pc_endpoint_stream_handler, endpoint);
  endpoint->partner = call_server (conn, far);
  if (endpoint->partner != NULL)
    endpoint->partner->partner = endpoint;
  else
    near->base.status = PC_ENGINE_CLOSING;
  pc_endpoint_start (endpoint);
}
