/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of a conversation in which somebody plays the server: it
 * says what it is told, and understands nothing.
 *
 * What it hears is read by the recorder's observer, as always.
 */

#include "run/console-private.h"

typedef struct
{
  PcEngine base;
  guint    peer; /* of datagrams; 0: nobody has sent one */
} Puppet;

static void
puppet_free (PcEngine *engine)
{
  pc_engine_deinit (engine);
  g_free (engine);
}

static void
puppet_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  ((Puppet *) engine)->peer = port;
}

/* Who was left alone has nothing more to say. */
static void
puppet_eof (PcEngine *engine,
            gint64    now)
{
  engine->status = PC_ENGINE_CLOSING;
}

static void
puppet_secured (PcEngine *engine,
                gint64    now)
{
}

static gint64
puppet_deadline (const PcEngine *engine)
{
  return PC_ENGINE_NEVER;
}

static const char *
puppet_state (const PcEngine *engine)
{
  return NULL;
}

static const PcEngineClass puppet_class = {
  .name = "puppet",
  .free = puppet_free,
  .feed = puppet_feed,
  .eof = puppet_eof,
  .secured = puppet_secured,
  .deadline = puppet_deadline,
  .state = puppet_state,
};

PcEngine *
pc_puppet_new (const PcServerConfig *config)
{
  Puppet *self = g_new0 (Puppet, 1);

  pc_engine_init (&self->base, &puppet_class);
  pc_engine_set_security (&self->base, config->secure, FALSE);
  return &self->base;
}

void
pc_puppet_say (PcEngine   *engine,
               const char *data,
               gsize       len)
{
  guint peer = ((Puppet *) engine)->peer;

  if (peer != 0)
    pc_engine_push_datagram (engine, peer, data, len);
  else
    pc_engine_send (engine, data, len);
}

guint
pc_puppet_get_peer (PcEngine *engine)
{
  return ((Puppet *) engine)->peer;
}
