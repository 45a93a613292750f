/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packs the lines of a conversation, feeds them to an observer, and compares.
 *
 * Holds for every datagram that it becomes one unit whose fields cover it,
 * each with a meaning, and that the summary is one line.
 */

#include "watch.h"

#include "proto/tftp/packet.h"
#include "proto/tftp/verbs.h"

#include <stdlib.h>
#include <string.h>

static void
append_string (GByteArray *out,
               const char *text)
{
  g_byte_array_append (out, (const guint8 *)text, strlen (text) + 1);
}

static void
append_options (GByteArray *out,
                char      **words)
{
  for (; *words != NULL; words++) {
    g_auto (GStrv) pair = g_strsplit (*words, "=", 2);

    append_string (out, pair[0]);
    append_string (out, pair[1]);
  }
}

static void
pack_data (GByteArray *out,
           char      **words)
{
  gsize              len = strtoul (words[2], NULL, 10);
  g_autofree guint8 *data = g_malloc0 (len + 1);

  pc_tftp_pack_data (out, (guint16)strtoull (words[1], NULL, 10), data, len);
}

GByteArray *
watch_pack (const char *what)
{
  GByteArray    *out = g_byte_array_new ();
  g_auto (GStrv) words = g_strsplit (what, " ", -1);
  guint8         head[] = { 0, 0 };

  if (strcmp (words[0], "DATA") == 0) {
    pack_data (out, words);
  } else if (strcmp (words[0], "ACK") == 0) {
    pc_tftp_pack_ack (out, (guint16)strtoull (words[1], NULL, 10));
  } else if (strcmp (words[0], "ERROR") == 0) {
    pc_tftp_pack_error (out, (PcTftpErrorCode)atoi (words[1]), words[2]);
  } else if (strcmp (words[0], "OACK") == 0) {
    head[1] = PC_TFTP_OACK;
    g_byte_array_append (out, head, sizeof head);
    append_options (out, words + 1);
  } else {
    head[1] = strcmp (words[0], "RRQ") == 0 ? PC_TFTP_RRQ : PC_TFTP_WRQ;
    g_byte_array_append (out, head, sizeof head);
    append_string (out, words[1]);
    append_string (out, words[2]);
    append_options (out, words + 3);
  }
  return out;
}

static void
check_unit (PcUnit     *unit,
            GByteArray *packet)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (unit->bytes, &len);

  g_assert_cmpmem (data, len, packet->data, packet->len);
  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 0);
  g_assert_true (g_utf8_validate (pc_unit_get_summary (unit), -1, NULL));
  g_assert_null (strpbrk (pc_unit_get_summary (unit), "\r\n"));
  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_nonnull (field->meaning);
    g_assert_true (g_utf8_validate (field->value, -1, NULL));
  }
}

PcUnit *
watch_see (PcObserver *observer,
           const char *who,
           const char *what)
{
  static const char ends[] = "CSXY";
  static const guint ports[] = { 51000, 40321, 40322, 51001 };
  g_autoptr (GByteArray) packet = watch_pack (what);
  gsize   end = (gsize)(strchr (ends, who[0]) - ends);
  PcSide  from = who[0] == 'C' || who[0] == 'Y' ? PC_SIDE_CLIENT
                                                : PC_SIDE_SERVER;
  PcUnit *unit;

  if (who[1] != '\0')
    pc_observer_tell_timer (observer, from, who[1] == '!');
  pc_observer_feed (observer, from, ports[end], packet->data, packet->len);
  unit = pc_observer_next (observer);
  g_assert_nonnull (unit);
  g_assert_null (pc_observer_next (observer));
  check_unit (unit, packet);
  return unit;
}

static const char *
state_name (const char *state,
            PcSide      side)
{
  static const char *const clients[] = {
    [PC_TFTP_CLIENT_READY] = "READY",
    [PC_TFTP_CLIENT_READING] = "READING",
    [PC_TFTP_CLIENT_WRITING] = "WRITING",
    [PC_TFTP_CLIENT_RECEIVING] = "RECEIVING",
    [PC_TFTP_CLIENT_SENDING] = "SENDING",
    [PC_TFTP_CLIENT_DALLYING] = "DALLYING",
    [PC_TFTP_CLIENT_CLOSED] = "CLOSED",
  };
  static const char *const servers[] = {
    [PC_TFTP_SERVER_WAITING] = "WAITING",
    [PC_TFTP_SERVER_SENDING] = "SENDING",
    [PC_TFTP_SERVER_RECEIVING] = "RECEIVING",
    [PC_TFTP_SERVER_DALLYING] = "DALLYING",
    [PC_TFTP_SERVER_CLOSED] = "CLOSED",
  };
  guint i = 0;

  if (side == PC_SIDE_CLIENT) {
    while (pc_tftp_client_states[i] != state)
      i++;
    return clients[i];
  }
  while (pc_tftp_server_states[i] != state)
    i++;
  return servers[i];
}

void
watch_run (const WatchLine *lines,
           gsize            n)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
  const char *states = "READY/WAITING";

  for (gsize i = 0; i < n; i++) {
    g_autoptr (PcUnit) unit = watch_see (observer, lines[i].who,
                                         lines[i].what);
    g_autofree char *got = g_strdup_printf (
        "%s/%s", state_name (unit->client_state, PC_SIDE_CLIENT),
        state_name (unit->server_state, PC_SIDE_SERVER));

    g_test_message ("%u: %s %s → %s %s", (guint)i, lines[i].who,
                    lines[i].what, unit->rule, got);
    if (lines[i].states != NULL)
      states = lines[i].states;
    g_assert_cmpstr (unit->rule, ==, lines[i].rule);
    g_assert_cmpstr (got, ==, states);
  }
}

char *
watch_describe (const PcUnit *unit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_string_append_printf (text, "%u-%u %s: %s\n", field->start,
                            field->end, field->label, field->value);
  }
  return g_string_free (text, FALSE);
}
