/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What two ends said over a TCP connection, as segments.
 *
 * The octets are those that crossed the wire, each once and in their order,
 * under TLS the records; a segment has octets of one step only.  That order is
 * each step's place in its direction, since steps stand in the order in which
 * they became whole.  Times are those at which a step's octets left; where
 * they left at once and took long to arrive, they are spread over that time.
 *
 * Made up are the numbers where counting begins, and the acknowledgements that
 * go alone: for each second full segment, after the end of a direction, and
 * when nothing else has acknowledged for a while.
 *
 * RFC 9293 sections 3.4 (sequence numbers), 3.5, 3.6 (opening and closing) and
 * 3.8.6.3 (delayed acknowledgements).
 */

#include "timeline/capture-private.h"

#include "timeline/moments.h"

#define NEVER G_MAXINT64
#define ACK_DELAY (40 * 1000) /* µs; RFC 9293 asks less than 500 ms */
#define TLS_HEAD 5            /* of a record; its last two octets: the length */

/* A step, or the rest of it. */
typedef struct
{
  PcStep       *step;
  guint         order; /* in the timeline */
  PcTcpFlags    ends;  /* FIN or RST; 0 for octets */
  guint64       place;
  const guint8 *data;
  gsize         len;
  gsize         done;
  const GArray *pieces; /* PcMoment; or NULL */
  guint         piece;  /* the one that is leaving */
} Item;

typedef struct
{
  PcStep       *step;  /* or NULL */
  GPtrArray    *steps; /* all that begin with it */
  guint         order;
  PcTcpFlags    flags;
  gint64        time;
  gint64        arrival; /* or NEVER */
  guint64       place;
  const guint8 *data;
  gsize         len;
} Segment;

typedef struct
{
  GArray *items;    /* Item */
  GArray *segments; /* Segment */
  guint   n_sent;
  guint   n_arrived;
  guint64 acked;    /* octets, and the end, that the other side has */
  guint   n_full;   /* whole segments since it said so */
  gint64  ack_due;  /* when it will; or NEVER */
  gint64  last;     /* time of the last segment */
} Direction;

struct _PcCaptureStream
{
  guint       conn;
  PcFramePath paths[2]; /* by sending side */
  PcStep     *opening;  /* or NULL */
  gboolean    refused;
  gboolean    cut;
  gboolean    gone; /* the reset has been sent */
  guint       n_steps;
  Direction   directions[2];
};

static void
segment_clear (gpointer data)
{
  Segment *segment = data;

  g_clear_pointer (&segment->steps, g_ptr_array_unref);
}

PcCaptureStream *
pc_capture_stream_new (guint              conn,
                       const PcFramePath *path)
{
  PcCaptureStream *self = g_new0 (PcCaptureStream, 1);

  self->conn = conn;
  self->paths[PC_SIDE_CLIENT] = *path;
  self->paths[PC_SIDE_SERVER] = (PcFramePath){ path->to, path->from,
                                               path->to_port,
                                               path->from_port, 0 };
  for (guint side = 0; side < 2; side++) {
    Direction *direction = &self->directions[side];

    direction->items = g_array_new (FALSE, TRUE, sizeof (Item));
    direction->segments = g_array_new (FALSE, TRUE, sizeof (Segment));
    g_array_set_clear_func (direction->segments, segment_clear);
    direction->ack_due = NEVER;
  }
  return self;
}

void
pc_capture_stream_free (PcCaptureStream *self)
{
  if (self == NULL)
    return;

  for (guint side = 0; side < 2; side++) {
    g_array_unref (self->directions[side].items);
    g_array_unref (self->directions[side].segments);
  }
  g_free (self);
}

/* -- steps ---------------------------------------------------------------- */

static gboolean
is_kind (PcStep     *step,
         const char *kind)
{
  return g_str_equal (pc_step_get_kind (step), kind);
}

/* The octets that no step before has shown. */
static void
find_octets (PcStep *step,
             Item   *item)
{
  GBytes *wire = pc_step_get_wire (step);
  gsize   n_shown = wire != NULL ? pc_step_get_n_wire_shown (step) : 0;

  item->data = g_bytes_get_data (wire != NULL ? wire
                                              : pc_step_get_bytes (step),
                                 &item->len);
  n_shown = MIN (n_shown, item->len);
  if (n_shown > 0)
    item->data += n_shown;
  item->len -= n_shown;
  item->place = pc_step_get_place (step);
}

void
pc_capture_stream_add (PcCaptureStream *self,
                       PcStep          *step,
                       const GArray    *pieces,
                       PcSide           from)
{
  Item item = { .step = step, .order = self->n_steps++, .pieces = pieces };

  if (pc_step_get_layer (step) == PC_LAYER_TCP) {
    if (is_kind (step, "open") || is_kind (step, "refused")) {
      self->opening = step;
      self->refused = is_kind (step, "refused");
      return;
    }
    self->cut = self->cut || is_kind (step, "reset");
    item.ends = is_kind (step, "reset") ? PC_TCP_RST : PC_TCP_FIN;
    item.place = G_MAXUINT64;
  } else {
    find_octets (step, &item);
  }
  g_array_append_val (self->directions[from].items, item);
}

/* -- segments ------------------------------------------------------------- */

static int
compare_items (gconstpointer a,
               gconstpointer b)
{
  const Item *one = a;
  const Item *other = b;

  if (one->place != other->place)
    return one->place < other->place ? -1 : 1;
  return (one->order > other->order) - (one->order < other->order);
}

/* When so much of the step had left at once, or had arrived. */
static gint64
spread (const Item *item,
        gsize       done)
{
  gint64 begin = pc_step_get_time (item->step);
  gint64 end = pc_step_get_end_time (item->step);

  if (end <= begin || done == 0)
    return begin;
  return begin + (gint64) ((double) (end - begin) * (double) done /
                           (double) item->len);
}

/* The one that has the next octets. */
static const PcMoment *
find_piece (Item *item)
{
  for (; item->pieces != NULL && item->piece < item->pieces->len;
       item->piece++) {
    const PcMoment *piece = &g_array_index (item->pieces, PcMoment,
                                            item->piece);

    if (piece->end > item->done)
      return piece;
  }

  return NULL;
}

/* When the next octets leave. */
static gint64
find_time (Item *item)
{
  const PcMoment *piece = find_piece (item);

  return piece != NULL ? piece->time : spread (item, item->done);
}

/* When those before @item->done have arrived, the last of which left at
 * @time: each piece has been as long on its way as the last one. */
static gint64
find_arrival (const Item *item,
              gint64      time)
{
  const PcMoment *last;

  if (item->pieces == NULL)
    return spread (item, item->done);

  last = &g_array_index (item->pieces, PcMoment, item->pieces->len - 1);
  return time + pc_step_get_end_time (item->step) - last->time;
}

static Segment *
add_segment (Direction *direction,
             Item      *item)
{
  Segment segment = { .step = item->step,
                      .order = item->order,
                      .flags = PC_TCP_ACK,
                      .arrival = NEVER };

  segment.time = MAX (find_time (item), direction->last);
  direction->last = segment.time;
  g_array_append_val (direction->segments, segment);
  return &g_array_index (direction->segments, Segment,
                         direction->segments->len - 1);
}

static void
tell_step (Segment *segment,
           PcStep  *step)
{
  if (segment->steps == NULL)
    segment->steps = g_ptr_array_new ();
  g_ptr_array_add (segment->steps, step);
}

/* The next @len octets of @item, which stand at @place. */
static void
send_octets (Direction *direction,
             Item      *item,
             guint64    place,
             gsize      len)
{
  gboolean arrives = pc_step_get_end_time (item->step) >= 0;

  while (len > 0) {
    const PcMoment *piece = find_piece (item);
    gsize           n = MIN (len, PC_FRAME_MSS);
    Segment        *segment = add_segment (direction, item);

    if (piece != NULL)
      n = MIN (n, piece->end - item->done);

    if (item->done == 0)
      tell_step (segment, item->step);
    segment->place = place;
    segment->data = item->data + item->done;
    segment->len = n;
    item->done += n;
    place += n;
    len -= n;
    if (arrives)
      segment->arrival = MAX (find_arrival (item, segment->time),
                              segment->time);
    if (len == 0 || (piece != NULL && piece->end == item->done))
      segment->flags |= PC_TCP_PSH;
  }
}

/* A later unit of TLS may stand between two records of one that came out
 * whole only after it. */
static gsize
measure_record (const Item *item)
{
  gsize         rest = item->len - item->done;
  const guint8 *data = item->data + item->done;

  if (rest < TLS_HEAD)
    return rest;
  return MIN (rest, TLS_HEAD + ((gsize) data[3] << 8 | data[4]));
}

static guint64
send_until (Direction *direction,
            Item      *item,
            guint64    place,
            guint64    until)
{
  /* Nobody told where they stand: in the timeline's order, then. */
  if (item != NULL && item->done == 0 && until <= place)
    until = G_MAXUINT64;
  while (item != NULL && item->done < item->len && place < until) {
    gsize rest = item->len - item->done;
    gsize n = until - place >= rest ? rest : measure_record (item);

    send_octets (direction, item, place, n);
    place += n;
  }
  return place;
}

/* Without octets of its own: they came with those before. */
static void
tell_with_last (Direction *direction,
                Item      *item)
{
  GArray *segments = direction->segments;

  if (segments->len > 0)
    tell_step (&g_array_index (segments, Segment, segments->len - 1),
               item->step);
}

static void
make_segments (Direction *direction)
{
  Item   *open = NULL; /* there is more of it to come */
  guint64 place = 0;

  g_array_sort (direction->items, compare_items);
  for (guint i = 0; i < direction->items->len; i++) {
    Item *item = &g_array_index (direction->items, Item, i);

    place = send_until (direction, open, place, item->place);
    if (item->ends != 0) {
      Segment *segment = add_segment (direction, item);

      segment->place = place;
      segment->flags |= item->ends;
      tell_step (segment, item->step);
      open = NULL;
    } else if (item->len == 0) {
      tell_with_last (direction, item);
    } else if (open != NULL && open->done < open->len) {
      place = send_until (direction, item, place, G_MAXUINT64);
    } else {
      /* What nobody could tell of is a hole, and stays one. */
      place = MAX (place, item->place);
      open = item;
    }
  }
  send_until (direction, open, place, G_MAXUINT64);
}

/* Who has read an octet has read those before; the end comes after all. */
static void
settle_arrivals (Direction *direction)
{
  gint64 arrival = NEVER;

  for (guint i = direction->segments->len; i > 0; i--) {
    Segment *segment = &g_array_index (direction->segments, Segment, i - 1);

    if (segment->len == 0)
      continue;
    segment->arrival = MIN (segment->arrival, arrival);
    arrival = segment->arrival;
  }

  arrival = 0;
  for (guint i = 0; i < direction->segments->len; i++) {
    Segment *segment = &g_array_index (direction->segments, Segment, i);

    if (segment->len == 0)
      segment->arrival = arrival == NEVER ? NEVER : segment->time;
    if (segment->arrival != NEVER)
      segment->arrival = MAX (segment->arrival, MAX (arrival, segment->time));
    arrival = segment->arrival;
  }
}

/* -- packets -------------------------------------------------------------- */

/* Where each direction begins to count.  Always the same, so that the same
 * exchange is the same file. */
static guint32
get_first_number (const PcCaptureStream *self,
                  guint                  side)
{
  return (guint32) self->conn << 28 | (guint32) side << 27;
}

static PcPacket *
add_packet (PcCaptureStream *self,
            PcCapture       *capture,
            guint            side,
            gint64           time,
            PcStep          *step,
            PcTcpFlags       flags,
            guint64          place)
{
  Direction *back = &self->directions[1 - side];
  PcPacket  *packet = pc_capture_add (capture, &self->paths[side], time,
                                      step);

  packet->stream = TRUE;
  packet->flags = flags;
  packet->seq = get_first_number (self, side) + 1 + (guint32) place;
  if ((flags & PC_TCP_ACK) != 0) {
    packet->ack = get_first_number (self, 1 - side) + 1 +
                  (guint32) back->acked;
    back->ack_due = NEVER;
    back->n_full = 0;
  }
  return packet;
}

static void
open_stream (PcCaptureStream *self,
             PcCapture       *capture)
{
  gint64    time;
  PcPacket *packet;

  if (self->opening == NULL)
    return;

  time = pc_step_get_time (self->opening);
  packet = add_packet (self, capture, PC_SIDE_CLIENT, time, self->opening,
                       PC_TCP_SYN, 0);
  packet->seq--;
  pc_packet_tell (packet, self->opening);
  packet = add_packet (self, capture, PC_SIDE_SERVER, time, self->opening,
                       self->refused ? PC_TCP_RST | PC_TCP_ACK
                                     : PC_TCP_SYN | PC_TCP_ACK,
                       0);
  packet->seq--;
  if (self->refused)
    packet->seq = 0; /* RFC 9293 section 3.5.2, group 1 */
  else
    add_packet (self, capture, PC_SIDE_CLIENT, time, self->opening,
                PC_TCP_ACK, 0);
  for (guint side = 0; side < 2; side++)
    self->directions[side].last = time;
}

static guint64
get_end (const Direction *direction)
{
  const Segment *segment;

  if (direction->n_sent == 0)
    return 0;
  segment = &g_array_index (direction->segments, Segment,
                            direction->n_sent - 1);
  return segment->place + segment->len +
         ((segment->flags & PC_TCP_FIN) != 0 ? 1 : 0);
}

static void
send_segment (PcCaptureStream *self,
              PcCapture       *capture,
              guint            side)
{
  Direction     *direction = &self->directions[side];
  const Segment *segment = &g_array_index (direction->segments, Segment,
                                           direction->n_sent++);
  PcPacket      *packet = add_packet (self, capture, side, segment->time,
                                      segment->step, segment->flags,
                                      segment->place);

  packet->data = segment->data;
  packet->len = segment->len;
  self->gone = self->gone || (segment->flags & PC_TCP_RST) != 0;
  for (guint i = 0; segment->steps != NULL && i < segment->steps->len; i++)
    pc_packet_tell (packet, segment->steps->pdata[i]);
}

static void
receive_segment (PcCaptureStream *self,
                 guint            side)
{
  Direction     *direction = &self->directions[side];
  const Segment *segment = &g_array_index (direction->segments, Segment,
                                           direction->n_arrived++);
  gint64         due = segment->arrival + ACK_DELAY;

  if ((segment->flags & PC_TCP_FIN) != 0)
    due = segment->arrival;
  else if (segment->len == PC_FRAME_MSS && ++direction->n_full == 2)
    due = segment->arrival;

  direction->acked = segment->place + segment->len +
                     ((segment->flags & PC_TCP_FIN) != 0 ? 1 : 0);
  direction->ack_due = MIN (direction->ack_due, due);
}

static void
send_ack (PcCaptureStream *self,
          PcCapture       *capture,
          guint            side)
{
  Direction *direction = &self->directions[side];
  guint      other = 1 - side;

  add_packet (self, capture, other, direction->ack_due, NULL, PC_TCP_ACK,
              get_end (&self->directions[other]));
}

typedef enum
{
  EVENT_SEND,
  EVENT_RECEIVE,
  EVENT_ACK,
} Event;

typedef struct
{
  gint64 time;
  guint  order;
  Event  event;
  guint  side;
} Next;

static void
consider (Next         *best,
          gint64        time,
          guint         order,
          Event         event,
          guint         side)
{
  if (time == NEVER || time > best->time ||
      (time == best->time && order > best->order) ||
      (time == best->time && order == best->order && event >= best->event))
    return;

  *best = (Next){ time, order, event, side };
}

static Next
find_next (const PcCaptureStream *self)
{
  Next best = { NEVER, G_MAXUINT, EVENT_ACK, 0 };

  for (guint side = 0; side < 2; side++) {
    const Direction *direction = &self->directions[side];
    const Segment   *segments = (const Segment *) direction->segments->data;

    if (direction->n_sent < direction->segments->len) {
      const Segment *segment = &segments[direction->n_sent];

      consider (&best, segment->time, segment->order, EVENT_SEND, side);
    }
    if (self->gone)
      continue;
    if (direction->n_arrived < direction->n_sent) {
      const Segment *segment = &segments[direction->n_arrived];

      consider (&best, segment->arrival, segment->order, EVENT_RECEIVE, side);
    }
    consider (&best, direction->ack_due, G_MAXUINT, EVENT_ACK, side);
  }
  return best;
}

static void
exchange (PcCaptureStream *self,
          PcCapture       *capture)
{
  while (TRUE) {
    Next next = find_next (self);

    if (next.time == NEVER)
      return;
    if (next.event == EVENT_SEND)
      send_segment (self, capture, next.side);
    else if (next.event == EVENT_RECEIVE)
      receive_segment (self, next.side);
    else
      send_ack (self, capture, next.side);
  }
}

/* -- the end -------------------------------------------------------------- */

static gboolean
has_end (const Direction *direction)
{
  for (guint i = 0; i < direction->items->len; i++)
    if (g_array_index (direction->items, Item, i).ends != 0)
      return TRUE;

  return FALSE;
}

/* The second close makes no step when its end had nothing more to say: it
 * closes when it hears of the first one. */
static void
add_second_end (PcCaptureStream *self)
{
  for (guint side = 0; side < 2; side++) {
    Direction     *direction = &self->directions[side];
    Direction     *first = &self->directions[1 - side];
    Segment        segment = { .flags = PC_TCP_FIN | PC_TCP_ACK,
                               .order = G_MAXUINT };
    const Segment *end;
    const Segment *last;

    if (has_end (direction) || !has_end (first))
      continue;
    end = &g_array_index (first->segments, Segment, first->segments->len - 1);
    last = direction->segments->len > 0
               ? &g_array_index (direction->segments, Segment,
                                 direction->segments->len - 1)
               : NULL;
    if (end->arrival == NEVER || (last != NULL && last->order > end->order))
      continue;

    segment.time = MAX (end->arrival, direction->last);
    segment.arrival = last != NULL && last->arrival == NEVER ? NEVER
                                                             : segment.time;
    if (last != NULL)
      segment.place = last->place + last->len;
    g_array_append_val (direction->segments, segment);
  }
}

void
pc_capture_stream_send (PcCaptureStream *self,
                        PcCapture       *capture,
                        gboolean         over)
{
  open_stream (self, capture);
  for (guint side = 0; side < 2; side++) {
    make_segments (&self->directions[side]);
    settle_arrivals (&self->directions[side]);
  }
  if (over && !self->cut)
    add_second_end (self);
  exchange (self, capture);
}
