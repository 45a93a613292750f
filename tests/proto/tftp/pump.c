/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs engines against each other, holds the observer's states against
 * theirs, and writes down what crossed. */

#include "pump.h"

#include <string.h>

typedef struct
{
  guint   from;
  guint   to;
  GBytes *data;
} Flight;

static void
flight_free (Flight *self)
{
  g_bytes_unref (self->data);
  g_free (self);
}

/* What is sent from now on, a timer makes somebody send. */
static void
tell_timers (Pump    *self,
             gboolean rang)
{
  pc_observer_tell_timer (self->observer, PC_SIDE_CLIENT, rang);
  pc_observer_tell_timer (self->observer, PC_SIDE_SERVER, rang);
}

Pump *
pump_new (void)
{
  PcClientConfig config = { .server_port = 69 };
  Pump          *self = g_new0 (Pump, 1);

  self->client = pc_tftp_client_new (&config);
  self->servers = g_ptr_array_new_with_free_func (
      (GDestroyNotify)pc_engine_free);
  self->observer = pc_tftp_observer_new ();
  tell_timers (self, FALSE);
  self->upload_size = -1;
  self->config.host = "files.example.test";
  self->now = PUMP_START;
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify)g_bytes_unref);
  self->uploads = g_hash_table_new_full (NULL, NULL, NULL,
                                         (GDestroyNotify)g_byte_array_unref);
  g_queue_init (&self->in_flight);
  self->trace = g_string_new (NULL);
  self->outcome = g_string_new (NULL);
  self->log = g_string_new (NULL);
  pc_engine_start (self->client, self->now);
  return self;
}

void
pump_free (Pump *self)
{
  pc_engine_free (self->client);
  g_ptr_array_unref (self->servers);
  pc_observer_free (self->observer);
  g_hash_table_unref (self->files);
  g_clear_pointer (&self->writing, g_free);
  g_hash_table_unref (self->uploads);
  g_queue_clear_full (&self->in_flight, (GDestroyNotify)flight_free);
  g_string_free (self->trace, TRUE);
  g_string_free (self->outcome, TRUE);
  g_string_free (self->log, TRUE);
  g_clear_pointer (&self->item, g_bytes_unref);
  g_free (self);
}

void
pump_add_file (Pump         *self,
               const char   *name,
               gconstpointer data,
               gsize         len)
{
  g_hash_table_insert (self->files, g_strdup (name), g_bytes_new (data, len));
}

static void
observe (Pump       *self,
         guint       from,
         GBytes     *data,
         const char *mark)
{
  PcSide        side = from == PUMP_CLIENT_PORT ? PC_SIDE_CLIENT
                                                : PC_SIDE_SERVER;
  gsize         len;
  const guint8 *octets = g_bytes_get_data (data, &len);
  g_autoptr (PcUnit) unit = NULL;

  pc_observer_feed (self->observer, side, from, octets, len);
  unit = pc_observer_next (self->observer);
  g_assert_nonnull (unit);
  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 0);
  g_assert_true (g_bytes_equal (unit->bytes, data));
  g_assert_null (pc_observer_next (self->observer));

  g_string_append_printf (self->trace, "%s %s%s [%s]\n",
                          side == PC_SIDE_CLIENT ? "C" : "S",
                          pc_unit_get_summary (unit), mark, unit->rule);
}

static void
enqueue (Pump   *self,
         guint   from,
         guint   to,
         GBytes *data)
{
  PcSide  side = from == PUMP_CLIENT_PORT ? PC_SIDE_CLIENT : PC_SIDE_SERVER;
  Flight *flight;

  self->n_sent++;
  if (self->lose != NULL && self->lose (side, self->n_sent, data)) {
    observe (self, from, data, " (lost)");
    return;
  }

  observe (self, from, data, "");
  flight = g_new0 (Flight, 1);
  *flight = (Flight){ from, to, g_bytes_ref (data) };
  g_queue_push_tail (&self->in_flight, flight);
}

void
pump_inject (Pump         *self,
             guint         from,
             guint         to,
             gconstpointer data,
             gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);

  enqueue (self, from, to, bytes);
}

static PcFileStatus
answer_question (Pump          *self,
                 PcEngine      *server,
                 const PcEvent *event,
                 GBytes       **content)
{
  gsize         len;
  gconstpointer octets;
  gpointer      upload;

  switch (event->kind) {
  case PC_EVENT_OPEN_READ:
    *content = g_hash_table_lookup (self->files, event->text);
    return *content != NULL ? PC_FILE_OK : PC_FILE_NOT_FOUND;

  case PC_EVENT_OPEN_WRITE:
    g_assert_cmpint (event->number, ==, self->upload_size);
    if (g_hash_table_contains (self->files, event->text))
      return PC_FILE_EXISTS;
    g_free (self->writing);
    self->writing = g_strdup (event->text);
    g_hash_table_insert (self->uploads, server, g_byte_array_new ());
    return PC_FILE_OK;

  case PC_EVENT_WRITE:
    self->n_writes++;
    octets = g_bytes_get_data (event->data, &len);
    g_byte_array_append (g_hash_table_lookup (self->uploads, server), octets,
                         (guint)len);
    return self->write_status;

  case PC_EVENT_COMMIT:
    g_hash_table_steal_extended (self->uploads, server, NULL, &upload);
    g_hash_table_insert (self->files, g_steal_pointer (&self->writing),
                         g_byte_array_free_to_bytes (upload));
    return PC_FILE_OK;

  default:
    g_assert_not_reached ();
  }
}

static void
take_server_events (Pump     *self,
                    PcEngine *server)
{
  PcEvent *next;

  while ((next = pc_engine_next_event (server)) != NULL) {
    g_autoptr (PcEvent) event = next;
    GBytes      *content = NULL;
    PcFileStatus status;

    if (event->kind == PC_EVENT_ABORT) {
      self->n_aborts++;
      g_hash_table_remove (self->uploads, server);
      continue;
    }
    if (event->kind == PC_EVENT_FAILED) {
      g_string_append_printf (self->log, "%s\n", event->text);
      continue;
    }
    status = answer_question (self, server, event, &content);
    pc_engine_answer (server, self->now, status, content);
  }
}

static void
take_client_events (Pump *self)
{
  PcEvent *next;

  while ((next = pc_engine_next_event (self->client)) != NULL) {
    g_autoptr (PcEvent) event = next;

    switch (event->kind) {
    case PC_EVENT_ITEM:
      g_assert_null (self->item);
      self->item = g_bytes_ref (event->data);
      g_string_append_printf (self->outcome,
                              "item %s (%" G_GSIZE_FORMAT ")\n",
                              event->text,
                              g_bytes_get_size (event->data));
      break;
    case PC_EVENT_DONE:
      g_string_append (self->outcome, "done\n");
      break;
    case PC_EVENT_REFUSED:
      g_string_append_printf (self->outcome, "refused %s\n", event->text);
      break;
    case PC_EVENT_FAILED:
      g_string_append_printf (self->outcome, "failed %s\n", event->text);
      break;
    default:
      g_assert_not_reached ();
    }
  }
}

static void
take_datagrams (Pump     *self,
                PcEngine *engine,
                guint     port)
{
  PcDatagram *next;

  while ((next = pc_engine_next_datagram (engine)) != NULL) {
    g_autoptr (PcDatagram) datagram = next;

    enqueue (self, port, datagram->port, datagram->data);
  }
}

static void
drain (Pump *self)
{
  take_client_events (self);
  take_datagrams (self, self->client, PUMP_CLIENT_PORT);
  for (guint i = 0; i < self->servers->len; i++) {
    take_server_events (self, self->servers->pdata[i]);
    take_datagrams (self, self->servers->pdata[i], PUMP_SERVER_PORT + i);
  }

  if (pc_engine_get_status (self->client) != PC_ENGINE_RUNNING)
    pc_observer_finish (self->observer, PC_SIDE_CLIENT);
  if (self->servers->len == 1 &&
      pc_engine_get_status (self->servers->pdata[0]) != PC_ENGINE_RUNNING)
    pc_observer_finish (self->observer, PC_SIDE_SERVER);
}

void
pump_do (Pump           *self,
         const PcAction *action)
{
  g_autoptr (GError) error = NULL;

  pc_engine_act (self->client, self->now, action, &error);
  g_assert_no_error (error);
  drain (self);
}

void
pump_act (Pump       *self,
          const char *action,
          const char *file,
          const char *mode,
          GBytes     *data)
{
  g_autoptr (PcAction) act = pc_action_new (action);

  pc_action_set (act, "file", file);
  if (mode != NULL)
    pc_action_set (act, "mode", mode);
  if (data != NULL)
    pc_action_set_data (act, g_bytes_get_data (data, NULL),
                        g_bytes_get_size (data));
  pump_do (self, act);
}

static PcEngine *
find_server (Pump *self,
             guint port)
{
  PcEngine *server;

  if (port >= PUMP_SERVER_PORT &&
      port < PUMP_SERVER_PORT + self->servers->len)
    return self->servers->pdata[port - PUMP_SERVER_PORT];
  if (port != 69)
    return NULL;

  server = pc_tftp_server_new (&self->config);
  pc_engine_start (server, self->now);
  g_ptr_array_add (self->servers, server);
  return server;
}

static void
deliver (Pump *self)
{
  Flight       *flight = g_queue_pop_head (&self->in_flight);
  PcSide        side = PC_SIDE_SERVER;
  PcEngine     *engine = NULL;
  gsize         len;
  const guint8 *data = g_bytes_get_data (flight->data, &len);

  if (flight->to == PUMP_CLIENT_PORT) {
    side = PC_SIDE_CLIENT;
    engine = self->client;
  } else {
    engine = find_server (self, flight->to);
  }

  if (engine != NULL)
    pc_engine_feed (engine, self->now, flight->from, data, len);
  drain (self);

  /* Nothing was lost: then the observer knows each end's state. */
  if (engine != NULL && self->lose == NULL && self->servers->len == 1)
    g_assert_true (pc_observer_get_state (self->observer, side) ==
                   pc_engine_get_state (engine));
  flight_free (flight);
}

static gint64
next_deadline (const Pump *self)
{
  gint64 next = pc_engine_get_deadline (self->client);

  for (guint i = 0; i < self->servers->len; i++)
    next = MIN (next, pc_engine_get_deadline (self->servers->pdata[i]));
  return next;
}

gboolean
pump_turn (Pump *self)
{
  gint64 next;

  if (!g_queue_is_empty (&self->in_flight)) {
    deliver (self);
    return TRUE;
  }

  next = next_deadline (self);
  if (next == PC_ENGINE_NEVER)
    return FALSE;

  g_assert_cmpint (next, >, self->now);
  self->now = next;
  tell_timers (self, TRUE);
  pc_engine_wake (self->client, self->now);
  for (guint i = 0; i < self->servers->len; i++)
    pc_engine_wake (self->servers->pdata[i], self->now);
  drain (self);
  tell_timers (self, FALSE);
  return TRUE;
}

void
pump_run (Pump *self)
{
  while (pump_turn (self))
    continue;

  /* All timers are off: so nobody may be waiting any more. */
  g_assert_false (self->client->busy);
  for (guint i = 0; i < self->servers->len; i++)
    g_assert_cmpint (pc_engine_get_status (self->servers->pdata[i]), !=,
                     PC_ENGINE_RUNNING);
}
