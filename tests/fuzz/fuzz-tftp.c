/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Datagrams from nowhere, into everything of TFTP.
 *
 * The input is a row of datagrams: one octet that says to whom and from where,
 * two octets of length, then the datagram.  Server, client, observer and
 * decoder get them; what must hold whatever comes is asserted.
 */

#include <stdint.h>
#include <string.h>

#include "proto/tftp/netascii.h"
#include "proto/tftp/packet.h"
#include "proto/tftp/protocol.h"

#include "base/limits.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

#define PEER 40000
#define FULL_BLOCKS 1100 /* two full blocks and a part */

typedef struct
{
  PcEngine   *server;
  PcEngine   *client;
  PcObserver *observer;
  GBytes     *file;
  gint64      now;
} World;

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
    if (event->kind == PC_EVENT_OPEN_READ)
      pc_engine_answer (engine, world->now, PC_FILE_OK, world->file);
    else if (event->kind >= PC_EVENT_OPEN_WRITE &&
             event->kind < PC_EVENT_ABORT)
      pc_engine_answer (engine, world->now, PC_FILE_OK, NULL);
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
  pc_action_set_data (action, g_bytes_get_data (world->file, NULL),
                      FULL_BLOCKS);
  pc_engine_act (world->client, world->now, action, NULL);
  drain (world, world->client, PC_SIDE_CLIENT, TRUE);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  PcServerConfig server_config = { 0 };
  PcClientConfig client_config = { .server_port = 69 };
  World          world = { 0 };

  world.server = pc_tftp_server_new (&server_config);
  world.client = pc_tftp_client_new (&client_config);
  world.observer = pc_tftp_observer_new ();
  world.file = g_bytes_new_take (g_malloc0 (FULL_BLOCKS), FULL_BLOCKS);

  decode (data, size);
  if (size > 0)
    begin_action (&world, (data[0] & 1) != 0);

  while (size >= 3) {
    gsize len = MIN ((gsize)(data[1] << 8 | data[2]), size - 3);
    /* A copy of its own, so that a step beyond it is seen. */
    g_autofree guint8 *copy = g_malloc (MAX (len, 1));

    memcpy (copy, data + 3, len);
    feed (&world, data[0], copy, len);
    data += 3 + len;
    size -= 3 + len;
  }

  pc_engine_free (world.server);
  pc_engine_free (world.client);
  pc_observer_free (world.observer);
  g_bytes_unref (world.file);
  return 0;
}
