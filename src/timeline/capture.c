/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packets out of a timeline.
 *
 * Everything is seen where it leaves its sender: a datagram that is lost on
 * the way is there, once; one that the network doubles is there twice; one
 * that is late stands where it was sent.  Steps that crossed no wire are told
 * with the packet that follows them.
 *
 * A datagram is a packet.  What streams are cut into is capture-stream.c's.
 */

#include "timeline/capture.h"

#include "timeline/capture-private.h"

static void
packet_free (gpointer data)
{
  PcPacket *self = data;

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self);
}

void
pc_packet_tell (PcPacket *packet,
                PcStep   *step)
{
  if (packet->steps == NULL)
    packet->steps = g_ptr_array_new ();
  g_ptr_array_add (packet->steps, step);
}

PcPacket *
pc_capture_add (PcCapture         *self,
                const PcFramePath *path,
                gint64             time,
                PcStep            *step)
{
  PcPacket *packet = g_new0 (PcPacket, 1);

  packet->time = time;
  packet->path = *path;
  packet->serial = self->packets->len;
  g_ptr_array_add (self->packets, packet);
  if (step != NULL)
    packet->step = pc_step_get_number (step);
  return packet;
}

/* The lifeline is the host; who has none gets the next address. */
static guint
find_host (PcTimeline *timeline,
           const char *actor)
{
  int index = pc_timeline_find_actor (timeline, actor);

  return index >= 0 ? (guint) index : pc_timeline_get_n_actors (timeline);
}

static void
add_datagram (PcCapture *self,
              PcStep    *step)
{
  PcFramePath path = {
    .from = find_host (self->timeline, pc_step_get_from (step)),
    .to = find_host (self->timeline, pc_step_get_to (step)),
    .from_port = pc_step_get_from_port (step),
    .to_port = pc_step_get_to_port (step),
  };
  PcPacket *packet = pc_capture_add (self, &path, pc_step_get_time (step),
                                     step);

  packet->data = g_bytes_get_data (pc_step_get_bytes (step), &packet->len);
  pc_packet_tell (packet, step);
}

/* -- streams -------------------------------------------------------------- */

typedef struct
{
  const char      *client; /* actor: who opens it */
  PcCaptureStream *stream;
} Flow;

static void
flow_free (gpointer data)
{
  Flow *flow = data;

  pc_capture_stream_free (flow->stream);
  g_free (flow);
}

static Flow *
find_flow (PcCapture  *self,
           GHashTable *flows,
           PcStep     *step)
{
  guint       conn = pc_step_get_conn (step);
  Flow       *flow = g_hash_table_lookup (flows, GUINT_TO_POINTER (conn));
  PcFramePath path = { 0 };

  if (flow != NULL)
    return flow;

  pc_timeline_get_ports (self->timeline, conn, &path.from_port,
                         &path.to_port);
  path.from = find_host (self->timeline, pc_step_get_from (step));
  path.to = find_host (self->timeline, pc_step_get_to (step));
  flow = g_new0 (Flow, 1);
  flow->client = pc_step_get_from (step);
  flow->stream = pc_capture_stream_new (conn, &path);
  g_hash_table_insert (flows, GUINT_TO_POINTER (conn), flow);
  return flow;
}

static void
add_step (PcCapture  *self,
          GHashTable *flows,
          GPtrArray  *notes,
          PcStep     *step)
{
  Flow *flow;

  if (pc_step_get_layer (step) == PC_LAYER_NOTE ||
      pc_step_get_conn (step) == 0) {
    g_ptr_array_add (notes, step);
    return;
  }
  if (pc_step_get_layer (step) == PC_LAYER_UDP) {
    add_datagram (self, step);
    return;
  }

  flow = find_flow (self, flows, step);
  pc_capture_stream_add (flow->stream, step,
                         pc_timeline_get_pieces (self->timeline, step),
                         g_str_equal (pc_step_get_from (step), flow->client)
                             ? PC_SIDE_CLIENT
                             : PC_SIDE_SERVER);
}

static int
compare_conns (gconstpointer a,
               gconstpointer b)
{
  guint one = GPOINTER_TO_UINT (a);
  guint other = GPOINTER_TO_UINT (b);

  return (one > other) - (one < other);
}

static void
send_flows (PcCapture  *self,
            GHashTable *flows)
{
  gboolean over = pc_timeline_get_outcome (self->timeline) !=
                  PC_OUTCOME_RUNNING;
  g_autoptr (GList) conns = g_list_sort (g_hash_table_get_keys (flows),
                                         compare_conns);

  for (GList *l = conns; l != NULL; l = l->next) {
    Flow *flow = g_hash_table_lookup (flows, l->data);

    pc_capture_stream_send (flow->stream, self, over);
  }
}

/* -- the whole ------------------------------------------------------------ */

static int
compare_packets (gconstpointer a,
                 gconstpointer b)
{
  const PcPacket *one = *(PcPacket *const *) a;
  const PcPacket *other = *(PcPacket *const *) b;

  if (one->time != other->time)
    return one->time < other->time ? -1 : 1;
  return (one->serial > other->serial) - (one->serial < other->serial);
}

/* Each to the first packet of a later step at its time or after; or else to
 * the last there is. */
static void
tell_notes (PcCapture *self,
            GPtrArray *notes)
{
  GPtrArray *packets = self->packets;
  guint      at = 0;

  for (guint i = 0; i < notes->len && packets->len > 0; i++) {
    PcStep *note = notes->pdata[i];
    guint   found;

    while (at < packets->len && ((PcPacket *) packets->pdata[at])->time <
                                    pc_step_get_time (note))
      at++;
    found = at;
    while (found + 1 < packets->len &&
           ((PcPacket *) packets->pdata[found])->step <
               pc_step_get_number (note) &&
           ((PcPacket *) packets->pdata[found + 1])->time <=
               pc_step_get_time (note))
      found++;
    pc_packet_tell (packets->pdata[MIN (found, packets->len - 1)], note);
  }
}

/* Each sender counts its packets (RFC 791 section 3.1, Identification). */
static void
number_packets (GPtrArray *packets)
{
  g_autoptr (GHashTable) counts = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < packets->len; i++) {
    PcPacket *packet = packets->pdata[i];
    gpointer  host = GUINT_TO_POINTER (packet->path.from);
    guint     n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, host)) + 1;

    g_hash_table_insert (counts, host, GUINT_TO_POINTER (n));
    packet->path.id = n;
  }
}

GPtrArray *
pc_capture_make (PcTimeline *timeline)
{
  g_autoptr (GHashTable) flows = g_hash_table_new_full (NULL, NULL, NULL,
                                                        flow_free);
  g_autoptr (GPtrArray) notes = g_ptr_array_new ();
  PcCapture capture = { timeline,
                        g_ptr_array_new_with_free_func (packet_free) };

  g_return_val_if_fail (PC_IS_TIMELINE (timeline), NULL);

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    add_step (&capture, flows, notes, pc_timeline_get_step (timeline, i));
  send_flows (&capture, flows);
  g_ptr_array_sort (capture.packets, compare_packets);
  number_packets (capture.packets);
  tell_notes (&capture, notes);
  return capture.packets;
}

void
pc_packet_append_frame (const PcPacket *self,
                        GByteArray     *frame)
{
  g_return_if_fail (self != NULL && frame != NULL);

  if (self->stream)
    pc_frame_append_tcp (frame, &self->path, self->flags, self->seq,
                         self->ack, self->data, self->len);
  else
    pc_frame_append_udp (frame, &self->path, self->data, self->len);
}
