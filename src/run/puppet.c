/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server's end of a conversation in which somebody plays the server, or
 * where a scenario says what a server says: it understands nothing.
 *
 * What it hears is read by the recorder's observer, as always.  Here only line
 * feeds and datagrams are counted, so that each reply has its place however
 * the octets arrive; a datagram that is sent again is no new one.
 */

#include "run/puppet.h"

typedef struct
{
  PcEngine                base;
  guint                   session;
  guint                   peer; /* of datagrams; 0: nobody has sent one */
  GBytes                 *last; /* datagram that was heard; or NULL */
  const PcScenarioSaying *says;
  guint                   n_says;
  guint                   next;    /* of these */
  guint                   n_heard; /* since the last thing that was said */
  gint64                  since;   /* that, or the last that was heard */
  gint64                  due;     /* when the next one is said */
} Puppet;

static void
puppet_free (PcEngine *engine)
{
  Puppet *self = (Puppet *) engine;

  g_clear_pointer (&self->last, g_bytes_unref);
  pc_engine_deinit (engine);
  g_free (engine);
}

/* -- speaking ------------------------------------------------------------- */

static void
utter (Puppet     *self,
       const char *data,
       gsize       len)
{
  if (self->peer != 0)
    pc_engine_push_datagram (&self->base, self->peer, data, len);
  else
    pc_engine_send (&self->base, data, len);
}

/* Something is said, or done in place of it: what comes now answers that. */
static void
begin_anew (Puppet *self,
            gint64  now)
{
  self->n_heard = 0;
  self->since = now;
}

static void
do_then (Puppet        *self,
         PcScenarioThen then)
{
  switch (then) {
  case PC_THEN_STARTTLS:
    if (self->base.security == PC_SECURITY_CLEAR)
      pc_engine_want_tls (&self->base);
    break;
  case PC_THEN_CLOSE: self->base.status = PC_ENGINE_CLOSING; break;
  case PC_THEN_CUT:
    pc_engine_push_event (&self->base, PC_EVENT_CUT, NULL, NULL, 0);
    self->base.status = PC_ENGINE_CLOSING;
    break;
  case PC_THEN_GO_ON:
  default: break;
  }
}

static const PcScenarioSaying *
find_next (Puppet *self)
{
  while (self->next < self->n_says && self->says[self->next].conn != 0 &&
         self->says[self->next].conn != self->session)
    self->next++;

  return self->next < self->n_says ? &self->says[self->next] : NULL;
}

/* Says what is due, and finds out when the next one is. */
static void
go_on (Puppet *self,
       gint64  now)
{
  const PcScenarioSaying *saying;

  self->due = PC_ENGINE_NEVER;
  while (self->base.status == PC_ENGINE_RUNNING &&
         self->base.security != PC_SECURITY_WANTED &&
         (saying = find_next (self)) != NULL &&
         self->n_heard >= saying->hears) {
    guint more = self->n_heard - saying->hears;

    if (self->since + saying->after > now) {
      self->due = self->since + saying->after;
      break;
    }
    self->next++;
    if (saying->octets != NULL) {
      gsize       len;
      const char *data = g_bytes_get_data (saying->octets, &len);

      utter (self, data, len);
    }
    begin_anew (self, now);
    self->n_heard = more;
    do_then (self, saying->then);
  }
  /* Of datagrams, nobody waits for who has no more to say. */
  self->base.busy = self->due != PC_ENGINE_NEVER;
}

/* -- the engine ----------------------------------------------------------- */

static void
puppet_start (PcEngine *engine,
              gint64    now)
{
  begin_anew ((Puppet *) engine, now);
  go_on ((Puppet *) engine, now);
}

static guint
count_lines (const guint8 *data,
             gsize         len)
{
  guint n = 0;

  for (gsize i = 0; i < len; i++)
    n += data[i] == '\n';

  return n;
}

static gboolean
is_new (Puppet       *self,
        const guint8 *data,
        gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);
  gboolean again = self->last != NULL && g_bytes_equal (self->last, bytes);

  g_clear_pointer (&self->last, g_bytes_unref);
  self->last = g_steal_pointer (&bytes);
  return !again;
}

static void
puppet_feed (PcEngine     *engine,
             gint64        now,
             guint         port,
             const guint8 *data,
             gsize         len)
{
  Puppet *self = (Puppet *) engine;
  guint   n = port != 0 ? (guint) is_new (self, data, len)
                        : count_lines (data, len);

  self->peer = port;
  if (n == 0)
    return;

  self->n_heard += n;
  /* What is due already is not put off by what comes meanwhile. */
  if (self->due == PC_ENGINE_NEVER)
    self->since = now;
  go_on (self, now);
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
  ((Puppet *) engine)->since = now;
  go_on ((Puppet *) engine, now);
}

static void
puppet_wake (PcEngine *engine,
             gint64    now)
{
  go_on ((Puppet *) engine, now);
}

static gint64
puppet_deadline (const PcEngine *engine)
{
  return ((const Puppet *) engine)->due;
}

static const char *
puppet_state (const PcEngine *engine)
{
  return NULL;
}

static const PcEngineClass puppet_class = {
  .name = "puppet",
  .free = puppet_free,
  .start = puppet_start,
  .feed = puppet_feed,
  .eof = puppet_eof,
  .secured = puppet_secured,
  .wake = puppet_wake,
  .deadline = puppet_deadline,
  .state = puppet_state,
};

PcEngine *
pc_puppet_new (const PcServerConfig   *config,
               const PcScenarioSaying *says,
               guint                   n_says)
{
  Puppet *self = g_new0 (Puppet, 1);

  pc_engine_init (&self->base, &puppet_class);
  pc_engine_set_security (&self->base, config->secure, FALSE);
  self->session = config->session;
  self->says = says;
  self->n_says = n_says;
  self->due = PC_ENGINE_NEVER;
  return &self->base;
}

void
pc_puppet_say (PcEngine   *engine,
               gint64      now,
               const char *data,
               gsize       len)
{
  utter ((Puppet *) engine, data, len);
  begin_anew ((Puppet *) engine, now);
}

guint
pc_puppet_get_peer (PcEngine *engine)
{
  return ((Puppet *) engine)->peer;
}

void
pc_puppet_measure (PcEngine *engine,
                   gint64    now,
                   guint    *hears,
                   gint64   *after)
{
  const Puppet *self = (const Puppet *) engine;

  *hears = self->n_heard;
  *after = now - self->since;
}
