/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One engine alone: datagrams in, and what must come out. */

#include "proto/tftp/protocol.h"

#define NOW G_GINT64_CONSTANT (1700000000000000)
#define SECOND G_GINT64_CONSTANT (1000000)

#define FEED(engine, now, port, literal)                              \
  pc_engine_feed ((engine), (now), (port), (const guint8 *)(literal), \
                  sizeof (literal) - 1)
#define EXPECT(engine, port, literal) \
  expect_datagram ((engine), (port), (literal), sizeof (literal) - 1)

static inline void
expect_datagram (PcEngine     *engine,
                 guint         port,
                 gconstpointer data,
                 gsize         len)
{
  g_autoptr (PcDatagram) datagram = pc_engine_next_datagram (engine);
  gsize         size;
  gconstpointer octets;

  g_assert_nonnull (datagram);
  octets = g_bytes_get_data (datagram->data, &size);
  g_assert_cmpmem (octets, size, data, len);
  g_assert_cmpuint (datagram->port, ==, port);
}

static inline void
expect_silence (PcEngine *engine)
{
  g_assert_null (pc_engine_next_datagram (engine));
}

static inline void
expect_event (PcEngine   *engine,
              PcEventKind kind,
              const char *text,
              const char *data)
{
  g_autoptr (PcEvent) event = pc_engine_next_event (engine);

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, kind);
  if (text != NULL)
    g_assert_cmpstr (event->text, ==, text);
  if (data != NULL) {
    gsize         len;
    gconstpointer octets = g_bytes_get_data (event->data, &len);

    g_assert_cmpmem (octets, len, data, strlen (data));
  }
}

static inline void
expect_no_event (PcEngine *engine)
{
  g_assert_null (pc_engine_next_event (engine));
}

static inline void
expect_status (PcEngine      *engine,
               PcEngineStatus status,
               const char    *state)
{
  g_assert_cmpint (pc_engine_get_status (engine), ==, status);
  g_assert_cmpstr (pc_engine_get_state (engine), ==, state);
}
