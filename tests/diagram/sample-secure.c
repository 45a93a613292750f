/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A conversation under TLS, as a recorder would tell it. */

#include "sample.h"

#include <string.h>

typedef struct
{
  const char *rule;
  const char *text;
  gboolean    from_server;
  PcLayer     layer;
  PcUnitKind  kind;
  const char *client;
  const char *server;
} Row;

#define TLS PC_LAYER_TLS, PC_UNIT_HANDSHAKE
#define COMMAND PC_LAYER_APP, PC_UNIT_COMMAND
#define REPLY PC_LAYER_APP, PC_UNIT_REPLY

PcTimeline *
sample_secure (void)
{
  static const Row rows[] = {
    { "tls.client-hello", "ClientHello", FALSE, TLS, "a", "a" },
    { "tls.server-hello", "TLS 1.3 (0x0304)", TRUE, TLS, "a", "a" },
    { "tls.finished", "Finished", TRUE, TLS, "a", "c" },
    { "tls.finished", "Finished", FALSE, TLS, "b", "c" },
    { "imap.select", "a1 SELECT INBOX\r\n", FALSE, COMMAND, "b", "c" },
    { "imap.exists", "* 3 EXISTS\r\n", TRUE, REPLY, "b", "c" },
    { "imap.select.ok", "a1 OK done\r\n", TRUE, REPLY, "b", "c" },
    { "imap.noop", "a2 NOOP\r\n", FALSE, COMMAND, "b", "c" },
    { "imap.noop.ok", "a2 OK done\r\n", TRUE, REPLY, "b", "c" },
    { "tls.alert.close-notify", "close_notify", FALSE, PC_LAYER_TLS,
      PC_UNIT_ALERT, "b", "c" },
  };
  static const char *const states[] = { "a", "b", "c" };
  static PcNarration       narrations[G_N_ELEMENTS (rows)];
  PcTimeline              *timeline = pc_timeline_new ("secure", "Secure");

  pc_timeline_add_actor (timeline, "a", "A", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "B", PC_ROLE_SERVER, NULL);
  pc_timeline_take_step (
      timeline, pc_step_new_event (1, "a", "b", PC_LAYER_TCP, 0, "open",
                                   "opened", PC_STATUS_OK, states[0],
                                   states[0], NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      const Row *row = &rows[i];
      PcUnit    *unit = pc_unit_new (row->from_server ? PC_SIDE_SERVER
                                                      : PC_SIDE_CLIENT,
                                     row->kind, row->rule, row->text,
                                     strlen (row->text));
      PcStep    *step;

      narrations[i] = (PcNarration){ row->rule, "A step", "It happens.",
                                     { { 8446, "4" } } };
      pc_unit_finish (unit, i == 1 ? "Chosen version" : "Text", NULL);
      unit->client_state = row->client;
      unit->server_state = row->server;
      step = pc_step_new_unit (1, row->from_server ? "b" : "a",
                               row->from_server ? "a" : "b", row->layer, i,
                               unit, &narrations[i]);
      pc_step_set_arrival (step, i + 1, PC_FATE_DELIVERED);
      pc_timeline_take_step (timeline, step);
    }
  pc_timeline_take_step (
      timeline, pc_step_new_event (1, "a", "b", PC_LAYER_TCP, 20, "close",
                                   "closed", PC_STATUS_OK, states[1],
                                   states[2], NULL));
  return timeline;
}
