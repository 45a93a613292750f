/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A protocol for tests of the timeline: only its observer and its narrations
 * are there, since the recorder needs no more. */

#include "fake.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  PcObserver  base;
  gboolean    stream;
  GByteArray *waiting[2];
} FakeObserver;

static const PcNarration narrations[] = {
  { "fake.command",
    "A command",
    "The client asks for something.",
    { { 1, "2" }, { 3, NULL } } },
  { "fake.datagram", "A datagram", "It may get lost.", { { 768, NULL } } },
  { "fake.reply", "A reply", "The server *answers* | so.", { { 1, "4.5" } } },
};

static void
fake_free (PcObserver *base)
{
  FakeObserver *self = (FakeObserver *) base;

  g_byte_array_unref (self->waiting[0]);
  g_byte_array_unref (self->waiting[1]);
  pc_observer_deinit (base);
  g_free (self);
}

static void
emit (PcObserver   *base,
      PcSide        from,
      PcUnitKind    kind,
      const char   *rule,
      const guint8 *data,
      gsize         len)
{
  PcUnit *unit = pc_unit_new (from, kind, rule, data, len);

  if (from == PC_SIDE_SERVER && len > 0 && data[0] == '-')
    unit->status = PC_STATUS_ERROR;
  if (from == PC_SIDE_CLIENT && len > 7 && memcmp (data, "PASS ", 5) == 0)
    {
      pc_unit_add_field (unit, 5, N_ ("Verb"), N_ ("What is asked."));
      pc_unit_add_secret (unit, len - 7, N_ ("Password"), NULL);
      base->client_state = base->server_state = "open";
    }
  pc_observer_emit (base, unit);
}

static void
fake_feed (PcObserver   *base,
           PcSide        from,
           guint         port,
           const guint8 *data,
           gsize         len)
{
  FakeObserver *self = (FakeObserver *) base;
  GByteArray   *waiting = self->waiting[from];

  if (!self->stream)
    {
      emit (base, from, PC_UNIT_DATAGRAM, "fake.datagram", data, len);
      return;
    }

  for (gsize i = 0; i < len; i++)
    {
      g_byte_array_append (waiting, data + i, 1);
      if (data[i] != '\n')
        continue;
      emit (base, from,
            from == PC_SIDE_CLIENT ? PC_UNIT_COMMAND : PC_UNIT_REPLY,
            from == PC_SIDE_CLIENT ? "fake.command" : "fake.reply",
            waiting->data, waiting->len);
      g_byte_array_set_size (waiting, 0);
    }
}

static void
fake_finish (PcObserver *base,
             PcSide      from)
{
  GByteArray *waiting = ((FakeObserver *) base)->waiting[from];

  if (waiting->len > 0)
    emit (base, from, PC_UNIT_DATA, "fake.untold", waiting->data,
          waiting->len);
  g_byte_array_set_size (waiting, 0);
  if (((FakeObserver *) base)->stream)
    return;

  if (from == PC_SIDE_CLIENT)
    base->client_state = "gone";
  else
    base->server_state = "gone";
}

static const PcObserverClass fake_class = {
  .free = fake_free,
  .feed = fake_feed,
  .finish = fake_finish,
};

static PcObserver *
new_observer (gboolean stream)
{
  FakeObserver *self = g_new0 (FakeObserver, 1);

  pc_observer_init (&self->base, &fake_class, "shut", "shut");
  self->stream = stream;
  self->waiting[0] = g_byte_array_new ();
  self->waiting[1] = g_byte_array_new ();
  return &self->base;
}

static PcObserver *
stream_observer_new (void)
{
  return new_observer (TRUE);
}

static PcObserver *
datagram_observer_new (void)
{
  return new_observer (FALSE);
}

const PcProtocol fake_stream = {
  .id = "fake",
  .name = "Fake",
  .stream = TRUE,
  .observer_new = stream_observer_new,
  .narrations = narrations,
  .n_narrations = G_N_ELEMENTS (narrations),
};

const PcProtocol fake_datagrams = {
  .id = "fake",
  .name = "Fake",
  .observer_new = datagram_observer_new,
  .narrations = narrations,
  .n_narrations = G_N_ELEMENTS (narrations),
};
