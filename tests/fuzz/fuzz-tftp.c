/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams from nowhere, into everything of TFTP.
 *
 * The input is a row of datagrams: one octet that says to whom and from where,
 * two octets of length, then the datagram.  Server, client, observer and
 * decoder get them; what must hold whatever comes is asserted.  The last octet
 * says which options and rules the two have.  Then they speak with each other,
 * and the input says of each datagram what becomes of it: what arrives whole
 * is what was sent.
 */

#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "proto/tftp/netascii.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/protocol.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define PEER 40000
#define CLIENT 50000
#define UPLOAD 1100 /* two full blocks and a part */
#define FILE_SIZE (PC_LIMIT_TFTP_READ + 3000)
#define MAX_TURNS 100000

/* Bits of the last octet. */
enum {
  IN_PIECES = 1,
  OLD_ACKS = 2,
  LOWERED = 4,
  NO_OPTIONS = 8,
  BLKSIZE = 16,
  WINDOWSIZE = 32,
  TSIZE = 64,
  TIMEOUT = 128,
};

typedef struct
{
  PcEngine   *server;
  PcEngine   *client;
  PcObserver *observer;
  GBytes     *file;
  gsize       given; /* of it, in pieces */
  gint64      now;
  guint8      setting;
} World;

/* A conversation over a line that the input makes bad. */
typedef struct
{
  guint   to; /* a port */
  GBytes *data;
} Flight;

typedef struct
{
  World       world;
  GQueue      flights;
  GByteArray *upload;
  GBytes     *stored;
  GBytes     *got;
  gboolean    done;
  const guint8 *fates;
  gsize       n_fates;
} Line;

static void
check_unit (PcUnit *unit)
{
  g_assert (unit != NULL);
  g_assert (pc_unit_get_rest (unit) == 0);
  g_assert (unit->rule != NULL && pc_unit_get_summary (unit) != NULL);
  g_assert (g_utf8_validate (pc_unit_get_summary (unit), -1, NULL));
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++)
    g_assert (g_utf8_validate (pc_unit_get_field (unit, i)->value, -1, NULL));
  pc_unit_free (unit);
}

static void
observe (World        *world,
         PcSide        from,
         guint         port,
         const guint8 *data,
         gsize         len)
{
  pc_observer_feed (world->observer, from, port, data, len);
  check_unit (pc_observer_next (world->observer));
  g_assert (pc_observer_next (world->observer) == NULL);
}

static void
answer (World         *world,
        PcEngine      *engine,
        const PcEvent *event)
{
  g_autoptr (GBytes) content = NULL;
  gsize size = g_bytes_get_size (world->file);

  switch (event->kind) {
  case PC_EVENT_OPEN_READ:
    world->given = 0;
    if ((world->setting & IN_PIECES) == 0)
      content = g_bytes_ref (world->file);
    else
      pc_engine_tell_size (engine, (gint64)size);
    break;
  case PC_EVENT_READ:
    g_assert ((world->setting & IN_PIECES) != 0);
    g_assert (event->number > 0 && event->number <= PC_LIMIT_TFTP_READ);
    content = g_bytes_new_from_bytes (world->file, world->given,
                                      MIN ((gsize)event->number,
                                           size - world->given));
    world->given += g_bytes_get_size (content);
    break;
  case PC_EVENT_OPEN_WRITE:
    g_assert (event->number >= -1);
    break;
  case PC_EVENT_WRITE:
  case PC_EVENT_COMMIT:
    break;
  default:
    return;
  }

  pc_engine_answer (engine, world->now, PC_FILE_OK, content);
}

/* An engine writes well formed packets only, and never answers an ERROR. */
static void
drain (World    *world,
       PcEngine *engine,
       PcSide    side,
       gboolean  may_speak)
{
  PcDatagram *datagram;
  PcEvent    *event;

  while ((event = pc_engine_next_event (engine)) != NULL) {
    answer (world, engine, event);
    pc_event_free (event);
  }
  while ((datagram = pc_engine_next_datagram (engine)) != NULL) {
    gsize         len;
    const guint8 *data = g_bytes_get_data (datagram->data, &len);
    PcTftpPacket  packet;

    g_assert (may_speak);
    g_assert (pc_tftp_packet_parse (&packet, data, len) == PC_TFTP_PARSED);
    g_assert (len <= PC_LIMIT_TFTP_PACKET);
    observe (world, side, side == PC_SIDE_CLIENT ? PEER : 69, data, len);
    pc_datagram_free (datagram);
  }
}

static void
feed (World        *world,
      guint8        where,
      const guint8 *data,
      gsize         len)
{
  PcEngine *engine = (where & 1) != 0 ? world->client : world->server;
  PcSide    to = (where & 1) != 0 ? PC_SIDE_CLIENT : PC_SIDE_SERVER;
  guint     port = PEER + ((where >> 1) & 1);
  gboolean  error = len >= 2 && data[0] == 0 && data[1] == PC_TFTP_ERROR;

  observe (world, PC_SIDE_OTHER (to), port, data, len);
  pc_engine_feed (engine, world->now, port, data, len);
  drain (world, engine, to, !error);

  if ((where & 4) != 0) {
    world->now += G_USEC_PER_SEC * (1 + (where >> 3));
    pc_engine_wake (engine, world->now);
    drain (world, engine, to, TRUE);
  }
}

static void
decode (const guint8 *data,
        gsize         len)
{
  g_autoptr (GByteArray) whole = g_byte_array_new ();
  g_autoptr (GByteArray) pieces = g_byte_array_new ();
  PcTftpDecoder first = { 0 };
  PcTftpDecoder second = { 0 };

  pc_tftp_decode (&first, data, len, whole);
  pc_tftp_decode_end (&first, whole);
  for (gsize i = 0; i < len; i++)
    pc_tftp_decode (&second, data + i, 1, pieces);
  pc_tftp_decode_end (&second, pieces);
  g_assert (whole->len == pieces->len);
  g_assert (whole->len == 0 ||
            memcmp (whole->data, pieces->data, whole->len) == 0);
}

static void
begin_action (World   *world,
              gboolean put)
{
  g_autoptr (PcAction) action = pc_action_new (put ? "put" : "get");

  pc_action_set (action, "file", "a");
  pc_action_set (action, "mode", put ? "netascii" : "octet");
  if ((world->setting & BLKSIZE) != 0)
    pc_action_set (action, "blksize", put ? "100" : "1428");
  if ((world->setting & WINDOWSIZE) != 0)
    pc_action_set (action, "windowsize", "5");
  if ((world->setting & TSIZE) != 0)
    pc_action_set (action, "tsize", put ? "no" : "yes");
  if ((world->setting & TIMEOUT) != 0)
    pc_action_set (action, "timeout", "2");
  pc_action_set_data (action, g_bytes_get_data (world->file, NULL), UPLOAD);
  g_assert (pc_engine_act (world->client, world->now, action, NULL));
}

/* The first @size octets of what is always the same. */
static GBytes *
make_file (gsize size)
{
  static GBytes *all;

  if (all == NULL) {
    guint8 *content = g_malloc (FILE_SIZE);

    for (gsize i = 0; i < FILE_SIZE; i++)
      content[i] = i % 5 == 0 ? '\n' : i % 7 == 0 ? '\r' : (guint8)(i >> 3);
    all = g_bytes_new_take (content, FILE_SIZE);
  }
  return g_bytes_new_from_bytes (all, 0, size);
}

static void
world_init (World *world,
            guint8 setting,
            gsize  file_size)
{
  gboolean       old = (setting & OLD_ACKS) != 0;
  PcServerConfig server_config = {
    .policy.old_acks = old,
    .policy.no_options = (setting & NO_OPTIONS) != 0,
    .policy.max_block_size = (setting & LOWERED) != 0 ? 90 : 0,
  };
  PcClientConfig client_config = { .server_port = 69, .old_acks = old };

  *world = (World){ 0 };
  world->setting = setting;
  world->server = pc_tftp_server_new (&server_config);
  world->client = pc_tftp_client_new (&client_config);
  world->observer = pc_tftp_observer_new ();
  world->file = make_file (file_size);
}

static void
world_clear (World *world)
{
  pc_engine_free (world->server);
  pc_engine_free (world->client);
  pc_observer_free (world->observer);
  g_bytes_unref (world->file);
}

/* -- both ends, and a line ------------------------------------------------ */

static void
fly (Line   *line,
     guint   to,
     GBytes *data)
{
  Flight *flight = g_new0 (Flight, 1);
  guint8  fate = 0;

  if (line->n_fates > 0) {
    fate = *line->fates++;
    line->n_fates--;
  }

  /* One in sixteen each: lost, doubled, ahead of the others. */
  *flight = (Flight){ to, g_bytes_ref (data) };
  if (fate % 16 == 1) {
    g_bytes_unref (flight->data);
    g_free (flight);
  } else if (fate % 16 == 3) {
    g_queue_push_head (&line->flights, flight);
  } else {
    g_queue_push_tail (&line->flights, flight);
    if (fate % 16 == 2) {
      flight = g_memdup2 (flight, sizeof *flight);
      g_bytes_ref (data);
      g_queue_push_tail (&line->flights, flight);
    }
  }
}

static void
take_server_event (Line          *line,
                   const PcEvent *event)
{
  gsize         len;
  gconstpointer data;

  if (event->kind == PC_EVENT_OPEN_WRITE) {
    line->upload = g_byte_array_new ();
  } else if (event->kind == PC_EVENT_WRITE) {
    data = g_bytes_get_data (event->data, &len);
    g_byte_array_append (line->upload, data, (guint)len);
  } else if (event->kind == PC_EVENT_COMMIT) {
    line->stored = g_byte_array_free_to_bytes (
        g_steal_pointer (&line->upload));
  }
  answer (&line->world, line->world.server, event);
}

static void
drain_line (Line *line)
{
  PcEvent    *event;
  PcDatagram *datagram;

  while ((event = pc_engine_next_event (line->world.server)) != NULL) {
    take_server_event (line, event);
    pc_event_free (event);
  }
  while ((event = pc_engine_next_event (line->world.client)) != NULL) {
    if (event->kind == PC_EVENT_ITEM)
      line->got = g_bytes_ref (event->data);
    line->done = line->done || event->kind == PC_EVENT_DONE;
    pc_event_free (event);
  }
  while ((datagram = pc_engine_next_datagram (line->world.server)) != NULL) {
    fly (line, datagram->port, datagram->data);
    pc_datagram_free (datagram);
  }
  while ((datagram = pc_engine_next_datagram (line->world.client)) != NULL) {
    fly (line, datagram->port, datagram->data);
    pc_datagram_free (datagram);
  }
}

/* A second server would only be turned away: there is one. */
static gboolean
turn (Line *line)
{
  World  *world = &line->world;
  Flight *flight = g_queue_pop_head (&line->flights);
  gint64  next = MIN (pc_engine_get_deadline (world->server),
                      pc_engine_get_deadline (world->client));

  if (flight != NULL) {
    gboolean      up = flight->to != CLIENT;
    gsize         len;
    const guint8 *data = g_bytes_get_data (flight->data, &len);

    world->now += 100;
    pc_engine_feed (up ? world->server : world->client, world->now,
                    up ? CLIENT : PEER, data, len);
    g_bytes_unref (flight->data);
    g_free (flight);
  } else if (next != PC_ENGINE_NEVER) {
    world->now = MAX (world->now, next);
    pc_engine_wake (world->server, world->now);
    pc_engine_wake (world->client, world->now);
  } else {
    return FALSE;
  }

  drain_line (line);
  return TRUE;
}

static void
converse (const guint8 *data,
          gsize         size)
{
  gboolean put = (data[0] & 1) != 0;
  Line     line = { .fates = data, .n_fates = size };
  guint    n = 0;

  world_init (&line.world, data[size - 1], UPLOAD);
  begin_action (&line.world, put);
  drain_line (&line);
  while (turn (&line))
    g_assert (++n < MAX_TURNS);

  g_assert (!line.world.client->busy);
  if (line.done)
    g_assert (g_bytes_equal (put ? line.stored : line.got, line.world.file));
  if (line.stored != NULL)
    g_assert (g_bytes_equal (line.stored, line.world.file));

  g_clear_pointer (&line.upload, g_byte_array_unref);
  g_clear_pointer (&line.stored, g_bytes_unref);
  g_clear_pointer (&line.got, g_bytes_unref);
  world_clear (&line.world);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  World world;

  decode (data, size);
  if (size == 0)
    return 0;

  converse (data, size);
  world_init (&world, data[size - 1], FILE_SIZE);
  begin_action (&world, (data[0] & 1) != 0);
  drain (&world, world.client, PC_SIDE_CLIENT, TRUE);

  while (size >= 3) {
    gsize len = MIN ((gsize)(data[1] << 8 | data[2]), size - 3);
    /* A copy of its own, so that a step beyond it is seen. */
    g_autofree guint8 *copy = g_malloc (MAX (len, 1));

    memcpy (copy, data + 3, len);
    feed (&world, data[0], copy, len);
    data += 3 + len;
    size -= 3 + len;
  }

  world_clear (&world);
  return 0;
}
