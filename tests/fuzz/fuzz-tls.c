/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Feeds octets to the observer of TLS as both sides, with hints, and to the
 * eavesdropper's view.
 *
 * The first octet chooses the size of the portions; in one portion or in many,
 * the same octets must give the same units.  Then come pieces: one octet (bit
 * 0: the side; bit 1: a hint before it, of which the upper bits are the
 * detail), two octets of length, the octets. */

#include "proto/tls/narrate.h"
#include "proto/tls/observe.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
describe (PcUnit  *unit,
          GString *units)
{
  guint end = 0;

  g_assert (pc_unit_get_rest (unit) == 0);
  g_assert (g_utf8_validate (unit->summary, -1, NULL));
  g_assert_nonnull (pc_narration_find (pc_tls_narrations,
                                       pc_tls_n_narrations, unit->rule));
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert (field->start == end && g_utf8_validate (field->value, -1, NULL));
    end = field->end;
  }
  g_string_append_printf (units, "%s %d %d %s %u %s %s\n", unit->rule,
                          unit->from, unit->status, unit->summary,
                          pc_unit_get_n_fields (unit), unit->client_state,
                          unit->server_state);
  pc_unit_free (unit);
}

static char *
run_observer (const guint8 *data,
              gsize         size,
              gsize         step)
{
  g_autoptr (PcObserver) observer = pc_tls_observer_new ();
  GString *units[2] = { g_string_new (NULL), g_string_new (NULL) };
  PcUnit  *unit;
  char    *all;

  while (size >= 3) {
    PcSide from = data[0] & 1 ? PC_SIDE_SERVER : PC_SIDE_CLIENT;
    gsize  len = MIN (size - 3, (gsize) data[1] << 8 | data[2]);

    if (data[0] & 2)
      pc_tls_observer_hint (observer, from, 21 + (data[0] >> 2) % 3,
                            data[0] >> 3);
    data += 3;
    size -= 3;
    for (gsize n; len > 0; len -= n, data += n, size -= n) {
      g_autofree guint8 *copy = NULL;

      n = MIN (step, len);
      copy = g_memdup2 (data, n);
      pc_observer_feed (observer, from, 0, copy, n);
    }
  }
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);

  while ((unit = pc_observer_next (observer)) != NULL)
    describe (unit, units[unit->from]);
  all = g_strconcat (units[0]->str, units[1]->str, NULL);
  g_string_free (units[0], TRUE);
  g_string_free (units[1], TRUE);
  return all;
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PcUnit) view = NULL;
  g_autofree char *units = NULL, *again = NULL;
  gsize            step;

  if (size < 1)
    return 0;
  step = 1 + data[0] % 16;
  data++;
  size--;

  units = run_observer (data, size, G_MAXSIZE);
  again = run_observer (data, size, step);
  g_assert_cmpstr (units, ==, again);
  view = pc_tls_view_data (PC_SIDE_CLIENT, data, size);
  g_assert (pc_unit_get_rest (view) == 0);

  return 0;
}
