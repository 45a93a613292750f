/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads kept handshakes, and writes units as lines that tests compare. */

#include "fixture.h"

#include "proto/tls/narrate.h"

static void
free_piece (gpointer data)
{
  FixturePiece *piece = data;

  g_clear_pointer (&piece->bytes, g_bytes_unref);
  g_free (piece);
}

GBytes *
fixture_octets (const char *hex)
{
  GByteArray *octets = g_byte_array_new ();
  int         high = -1;

  for (; *hex != '\0'; hex++) {
    int digit = g_ascii_xdigit_value (*hex);

    if (digit < 0)
      continue;
    if (high < 0) {
      high = digit;
    } else {
      guint8 octet = (guint8) (high << 4 | digit);

      g_byte_array_append (octets, &octet, 1);
      high = -1;
    }
  }

  g_assert_cmpint (high, <, 0);
  return g_byte_array_free_to_bytes (octets);
}

static void
add_piece (GPtrArray *pieces,
           PcSide     from,
           GString   *hex)
{
  FixturePiece *piece;

  if (hex->len == 0)
    return;

  piece = g_new0 (FixturePiece, 1);
  piece->from = from;
  piece->bytes = fixture_octets (hex->str);
  g_ptr_array_add (pieces, piece);
  g_string_set_size (hex, 0);
}

GPtrArray *
fixture_load (const char *name)
{
  GPtrArray       *pieces = g_ptr_array_new_with_free_func (free_piece);
  g_autofree char *file = g_strconcat (name, ".hex", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", file,
                                                 NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  PcSide from = PC_SIDE_CLIENT;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] == '\0') {
      add_piece (pieces, from, hex);
      continue;
    }
    from = lines[i][0] == '>' ? PC_SIDE_CLIENT : PC_SIDE_SERVER;
    g_string_append (hex, lines[i] + 1);
  }
  add_piece (pieces, from, hex);

  g_assert_cmpuint (pieces->len, >, 0);
  return pieces;
}

void
fixture_feed (PcObserver *observer,
              GPtrArray  *pieces,
              gsize       step)
{
  for (guint i = 0; i < pieces->len; i++) {
    const FixturePiece *piece = pieces->pdata[i];
    gsize               size;
    const guint8       *data = g_bytes_get_data (piece->bytes, &size);

    for (gsize at = 0; at < size; at += MIN (step, size - at)) {
      gsize              n = MIN (step, size - at);
      g_autofree guint8 *copy = g_memdup2 (data + at, n); /* for ASan */

      pc_observer_feed (observer, piece->from, 0, copy, n);
    }
  }
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);
}

char *
fixture_describe_fields (const PcUnit *unit)
{
  GString *text = g_string_new (NULL);
  guint    end = 0;

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_cmpuint (field->start, ==, end);
    g_assert_cmpstr (field->label, !=, "Rest");
    g_assert_nonnull (field->meaning);
    g_assert_nonnull (field->value);
    g_assert_true (g_utf8_validate (field->value, -1, NULL));
    g_string_append_printf (text, "%u-%u %s: %s\n", field->start, field->end,
                            field->label, field->value);
    end = field->end;
  }
  g_assert_cmpuint (end, ==, g_bytes_get_size (unit->bytes));
  return g_string_free (text, FALSE);
}

char *
fixture_describe (PcObserver *observer)
{
  static const char *const marks[] = { "", " (warning)", " (error)" };
  GString *text = g_string_new (NULL);
  PcUnit  *next;

  while ((next = pc_observer_next (observer)) != NULL) {
    g_autoptr (PcUnit) unit = next;
    g_autofree char *fields = fixture_describe_fields (unit);

    g_assert_nonnull (pc_narration_find (pc_tls_narrations,
                                         pc_tls_n_narrations, unit->rule));
    g_string_append_printf (text, "%c %s: %s [%s, %s]%s\n",
                            unit->from == PC_SIDE_CLIENT ? '>' : '<',
                            unit->rule, unit->summary, unit->client_state,
                            unit->server_state, marks[unit->status]);
  }
  return g_string_free (text, FALSE);
}
