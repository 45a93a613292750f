/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an endpoint does where something goes wrong on purpose: octets that a
 * lane lets pass, a line that breaks, an answer that the server was told to
 * give.  Where nothing is armed, none of this is called.
 */

#include "run/fault.h"

#include "base/text.h"
#include "proto/common/injection.h"

#include <glib/gi18n-lib.h>

#define SHOWN 80 /* characters of an answer in a note */

/* An injected answer, and what the engine says before it. */
typedef struct
{
  guint64 at; /* octets or datagrams, ever */
  char   *summary;
} Order;

static gint64
now (PcEndpoint *self)
{
  return pc_net_now (self->hub->net);
}

/* -- answers -------------------------------------------------------------- */

static void
order_free (gpointer data)
{
  Order *self = data;

  g_free (self->summary);
  g_free (self);
}

static char *
describe_order (const PcEvent *event)
{
  gsize            len;
  const guint8    *reply = g_bytes_get_data (event->data, &len);
  g_autofree char *line = pc_text_from_wire (
      reply, len, PC_TEXT_NO_EOL | PC_TEXT_ONE_LINE, SHOWN);

  return g_strdup_printf (_ ("%s is answered on orders: %s"), event->text,
                          line);
}

void
pc_endpoint_take_orders (PcEndpoint *self)
{
  GQueue *events = &self->engine->events;
  GList  *next;

  if (self->engine->answers == NULL)
    return;

  for (GList *l = events->head; l != NULL; l = next) {
    PcEvent *event = l->data;
    Order   *order;

    next = l->next;
    if (event->kind != PC_EVENT_ANSWERED)
      continue;
    order = g_new (Order, 1);
    order->at = self->n_out + (guint64) event->number;
    order->summary = describe_order (event);
    g_queue_push_tail (&self->orders, order);
    g_queue_delete_link (events, l);
    pc_event_free (event);
  }
}

guint64
pc_endpoint_note_orders (PcEndpoint *self,
                         guint64     len)
{
  Order *order;

  while ((order = g_queue_peek_head (&self->orders)) != NULL &&
         order->at <= self->n_out) {
    pc_recorder_note (self->conn->recorder, self->conn->server,
                      "fault.answer", order->summary, now (self));
    order_free (g_queue_pop_head (&self->orders));
  }
  return order != NULL ? MIN (len, order->at - self->n_out) : len;
}

void
pc_endpoint_drop_orders (PcEndpoint *self)
{
  g_queue_clear_full (&self->orders, order_free);
}

static void
inject (PcEngine      *engine,
        const PcFault *fault)
{
  g_autofree char *reply = pc_fault_dup_answer (fault);

  if (fault->every)
    pc_engine_inject_answers (engine, fault->verb, fault->nth, reply, NULL);
  else
    pc_engine_inject_answer (engine, fault->verb, fault->nth, reply, NULL);
}

void
pc_conn_order (PcConn   *self,
               PcEngine *engine)
{
  for (guint i = 0; i < self->hub->faults->len; i++) {
    const PcFaults *faults = self->hub->faults->pdata[i];

    for (guint k = 0; k < pc_faults_get_n (faults); k++) {
      const PcFault *fault = pc_faults_get (faults, k);

      if (fault->kind == PC_FAULT_ANSWER &&
          (fault->conn == 0 || fault->conn == self->number) &&
          fault->protocol == self->protocol &&
          (fault->from == NULL || g_strcmp0 (fault->from, self->server) == 0))
        inject (engine, fault);
    }
  }
}

/* -- streams -------------------------------------------------------------- */

/* A foreign reader cannot tell us when it has read. */
static void
tell_left (PcEndpoint *self,
           gsize       len)
{
  if (self->conn->foreign[PC_SIDE_OTHER (self->side)])
    pc_recorder_arrived (self->conn->recorder, self->conn->recorded,
                         self->side, now (self), len);
}

void
pc_endpoint_write (PcEndpoint   *self,
                   const guint8 *data,
                   gsize         len)
{
  /* What goes through TLS is recorded record by record. */
  if (pc_stream_get_tls (self->stream) == NULL) {
    pc_recorder_sent (self->conn->recorder, self->conn->recorded, self->side,
                      now (self), data, len);
    tell_left (self, len);
  }
  pc_stream_write (self->stream, data, len);
}

void
pc_endpoint_take (PcEndpoint   *self,
                  const guint8 *data,
                  gsize         len)
{
  PcConn *conn = self->conn;
  PcSide  from = PC_SIDE_OTHER (self->side);

  if (pc_stream_get_tls (self->stream) == NULL) {
    if (conn->foreign[from])
      pc_recorder_sent (conn->recorder, conn->recorded, from, now (self),
                        data, len);
    pc_recorder_arrived (conn->recorder, conn->recorded, from, now (self),
                         len);
  }
  pc_engine_feed (self->engine, now (self), 0, data, len);
  pc_endpoint_pump (self);
}

void
pc_endpoint_break (PcEndpoint *self)
{
  if (self->gone)
    return;

  pc_recorder_closed (self->conn->recorder, self->conn->recorded, self->side,
                      TRUE, now (self));
  pc_stream_abort (self->stream);
  pc_engine_eof (self->engine, now (self));
  pc_endpoint_drain_events (self);
  pc_endpoint_vanish (self);
  /* There may be somebody who hands on. */
  pc_endpoint_pump (self);
}

/* -- datagrams ------------------------------------------------------------ */

void
pc_endpoint_take_datagram (PcEndpoint   *self,
                           guint         from_port,
                           const guint8 *data,
                           gsize         len)
{
  pc_engine_feed (self->engine, now (self), from_port, data, len);
  pc_endpoint_pump (self);
}
