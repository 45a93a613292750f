/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Timelines with everything that a diagram draws. */

#include "sample.h"

#include <string.h>

static const PcNarration narration = {
  "sample.step", "A step", "What it means.", { { 9051, "6.4.5" } }
};

typedef struct
{
  const char *from;
  const char *to;
  const char *text;   /* "PASS ?": the rest is a secret */
  const char *client; /* states after it */
  const char *server;
  PcStatus    status;
  guint       conn;
  guint       from_port; /* datagrams */
  guint       to_port;
  gboolean    lost;
  gint64      t_us;
  const char *kind; /* events */
  const char *note;
  gint64      end_us; /* when it arrived; 0: 90 µs later, -1: never */
  PcFate      fate;
  guint       repeats;
  gint64      wait_us;
} Row;

static PcStep *
make_unit_step (const Row *row)
{
  gboolean    datagram = row->from_port != 0;
  const char *secret = strstr (row->text, "s3cret");
  PcUnit     *unit = pc_unit_new (PC_SIDE_CLIENT,
                                  datagram ? PC_UNIT_DATAGRAM
                                           : PC_UNIT_COMMAND,
                                  "sample.step", row->text,
                                  strlen (row->text));
  PcStep     *step;

  if (secret != NULL)
    {
      pc_unit_add_field (unit, (gsize) (secret - row->text), "Verb", NULL);
      pc_unit_add_secret (unit, strlen ("s3cret"), "Password", NULL);
    }
  pc_unit_finish (unit, "Line", NULL);
  unit->status = row->status;
  unit->client_state = row->client;
  unit->server_state = row->server;
  step = pc_step_new_unit (MAX (row->conn, 1), row->from, row->to,
                           datagram ? PC_LAYER_UDP : PC_LAYER_APP, row->t_us,
                           unit, &narration);
  pc_step_set_ports (step, row->from_port, row->to_port);
  pc_step_set_repeats (step, row->repeats);
  pc_step_set_wait (step, row->wait_us);
  if (row->lost)
    pc_step_set_arrival (step, -1, PC_FATE_LOST);
  else if (row->end_us != 0)
    pc_step_set_arrival (step, row->end_us, row->fate);
  else
    pc_step_set_arrival (step, row->t_us + 90, PC_FATE_DELIVERED);
  return step;
}

static void
add_rows (PcTimeline *timeline,
          const Row  *rows,
          guint       n)
{
  for (guint i = 0; i < n; i++)
    {
      const Row *row = &rows[i];
      PcStep    *step;

      if (row->kind == NULL)
        step = make_unit_step (row);
      else
        step = pc_step_new_event (MAX (row->conn, 1), row->from, row->to,
                                  PC_LAYER_TCP, row->t_us, row->kind,
                                  row->text, row->status, row->client,
                                  row->server, &narration);
      pc_step_set_note (step, row->note);
      pc_timeline_take_step (timeline, step);
    }
}

PcTimeline *
sample_mail (void)
{
  static const Row rows[] = {
    { "phone", "mail", "TCP connection opened · SYN  SYN-ACK  ACK",
      "connecting", "not authenticated", .kind = "open" },
    { "mail", "phone", "* OK [CAPABILITY IMAP4rev2 …] ready",
      "not authenticated", "not authenticated" },
    { "phone", "mail", "a1 LOGIN alex s3cret", "not authenticated",
      "not authenticated",
      .note = "The password crosses the network as it is. Anyone on the way "
              "can read it; that is why port 993 exists, and STARTTLS." },
    { "mail", "phone", "a1 OK logged in", "authenticated", "authenticated" },
    { "phone", "mail", "a2 SELECT INBOX", "authenticated", "authenticated" },
    { "mail", "phone", "* 3 EXISTS  * FLAGS (\\Answered \\Flagged \\Deleted "
                       "\\Seen \\Draft)  * OK [UIDVALIDITY 1]  + 4 lines",
      "selected", "selected" },
    { "phone", "mail", "a3 FETCH 2 (FLAGS BODY[HEADER])", "selected",
      "selected" },
    { "mail", "phone", "* 2 FETCH (FLAGS (\\Seen) BODY[HEADER] {312}",
      "selected", "selected" },
    { "phone", "mail", "a4 FETCH 9 (FLAGS)", "selected", "selected" },
    { "mail", "phone", "a4 BAD no such message <b>&amp;</b>", "selected",
      "selected", PC_STATUS_ERROR },
    { "phone", "mail", "a5 LOGOUT", "selected", "logout" },
    { "mail", "phone", "* BYE  a5 OK", "logout", "logout" },
    { "mail", "phone", "TCP connection closed · FIN", "logout", "logout",
      .kind = "close" },
  };
  PcTimeline *timeline = pc_timeline_new ("sample", "Read mail");

  pc_timeline_add_actor (timeline, "phone", "Phone", PC_ROLE_CLIENT,
                         "phone-symbolic");
  pc_timeline_add_actor (timeline, "mail", "Mail server", PC_ROLE_SERVER,
                         NULL);
  pc_timeline_set_actor_address (timeline, "phone", "127.0.0.1:49812");
  pc_timeline_set_actor_address (timeline, "mail", "143 (lab 10143)");
  add_rows (timeline, rows, G_N_ELEMENTS (rows));
  return timeline;
}

PcTimeline *
sample_file (void)
{
  static const Row rows[] = {
    { "router", "files", "RRQ “router.cfg” octet", "reading", "sending",
      .from_port = 49152, .to_port = 69 },
    { "files", "router", "DATA 1 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .t_us = 200 },
    { "router", "files", "ACK 1", "reading", "sending", .from_port = 49152,
      .to_port = 50001, .t_us = 300 },
    { "files", "router", "DATA 2 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .lost = TRUE, .t_us = 400,
      .note = "This one never arrives." },
    { "files", "router", "DATA 2 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .t_us = 1000400 },
    { "router", "files", "ACK 2", "done", "done", .from_port = 49152,
      .to_port = 50001, .t_us = 1000600 },
  };
  PcTimeline *timeline = pc_timeline_new ("sample", "A lost block");

  pc_timeline_add_actor (timeline, "router", "Router", PC_ROLE_CLIENT,
                         "network-wireless-symbolic");
  pc_timeline_add_actor (timeline, "files", "File server", PC_ROLE_SERVER,
                         NULL);
  pc_timeline_set_actor_address (timeline, "files", "69 (lab 10069)");
  add_rows (timeline, rows, G_N_ELEMENTS (rows));
  return timeline;
}

static const PcNarration fault = {
  "fault.freeze", "Frozen", "On purpose.", { { 768, NULL } }
};

/* A stream's answer that never came is the last but one. */
PcTimeline *
sample_trouble (void)
{
  static const Row rows[] = {
    { "router", "files", "RRQ “router.cfg” octet", "reading", "sending",
      .from_port = 49152, .to_port = 69 },
    { "files", "router", "DATA 1 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .t_us = 200 },
    { "router", "files", "ACK 1", "reading", "sending", .from_port = 49152,
      .to_port = 50001, .t_us = 300 },
    { "files", "router", "DATA 2 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .lost = TRUE, .t_us = 400 },
    { "files", "router", "DATA 2 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .t_us = 250400, .repeats = 4,
      .wait_us = 250000, .end_us = 700000, .fate = PC_FATE_LATE },
    { "stranger", "router", "DATA 2 · 4 octets", "reading", "sending",
      .from_port = 50666, .to_port = 49152, .t_us = 300000 },
    { "router", "stranger", "ERROR 5", "reading", "sending",
      PC_STATUS_ERROR, .from_port = 49152, .to_port = 50666,
      .t_us = 300200 },
    { "files", "router", "DATA 2 · 512 octets", "reading", "sending",
      .from_port = 50001, .to_port = 49152, .t_us = 500400, .repeats = 4,
      .wait_us = 250000 },
    { "router", "files", "ACK 2", "reading", "sending", .from_port = 49152,
      .to_port = 50001, .t_us = 500600 },
    { "router", "files", "ACK 2", "reading", "sending", .from_port = 49152,
      .to_port = 50001, .t_us = 700200, .repeats = 9 },
    { "router", "files", "ACK 2", "reading", "sending", .from_port = 49152,
      .to_port = 50001, .t_us = 700300, .repeats = 10,
      .end_us = 700400, .fate = PC_FATE_DUPLICATE },
    { "files", "router", "DATA 3 · 20 octets", "reading", "done",
      .from_port = 50001, .to_port = 49152, .t_us = 9700500,
      .wait_us = 9000000 },
    { "router", "files", "ACK 3", "done", "done", .from_port = 49152,
      .to_port = 50001, .t_us = 9700700 },
    { "router", "files", "TCP connection opened · SYN  SYN-ACK  ACK",
      "connecting", "ready", .conn = 2, .t_us = 9700800, .kind = "open" },
    { "files", "router", "220 ready", "ready", "ready", .conn = 2,
      .t_us = 9700900, .end_us = 11700900 },
    { "router", "files", "HELO router", "ready", "ready", .conn = 2,
      .t_us = 11701000, .end_us = -1 },
    { "router", "files", "TCP connection cut", "ready", "ready",
      PC_STATUS_ERROR, .conn = 2, .t_us = 11701100, .kind = "reset" },
  };
  PcTimeline *timeline = pc_timeline_new ("sample", "Trouble");
  PcStep     *step;

  pc_timeline_add_actor (timeline, "router", "Router", PC_ROLE_CLIENT,
                         "network-wireless-symbolic");
  pc_timeline_add_actor (timeline, "files", "File server", PC_ROLE_SERVER,
                         NULL);
  pc_timeline_add_actor (timeline, "stranger", "Stranger", PC_ROLE_CLIENT,
                         NULL);
  pc_timeline_set_actor_address (timeline, "files", "69 (lab 10069)");
  add_rows (timeline, rows, G_N_ELEMENTS (rows) - 3);
  step = pc_step_new_event (0, "files", NULL, PC_LAYER_NOTE, 9700850, "note",
                            "Fault: nothing passes for 2 s", PC_STATUS_OK,
                            NULL, NULL, &fault);
  pc_timeline_take_step (timeline, step);
  add_rows (timeline, rows + G_N_ELEMENTS (rows) - 3, 3);
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  return timeline;
}

PcTimeline *
sample_four (void)
{
  static const Row rows[] = {
    { "phone", "mail", "TCP connection opened · SYN  SYN-ACK  ACK",
      "connecting", "not authenticated", .kind = "open" },
    { "laptop", "mail", "TCP connection opened · SYN  SYN-ACK  ACK",
      "connecting", "not authenticated", .conn = 2, .kind = "open" },
    { "phone", "mail", "a1 UID STORE 4 +FLAGS (\\Deleted \\Seen)", "selected",
      "selected" },
    { "mail", "laptop", "* 2 FETCH (FLAGS (\\Deleted \\Seen))", "selected",
      "selected", .conn = 2 },
    { "laptop", "mail", "b2 LOGIN alex wrong", "selected", "selected",
      .conn = 2 },
    { "mail", "laptop", "b2 NO [AUTHENTICATIONFAILED] no", "selected",
      "selected", PC_STATUS_ERROR, .conn = 2 },
    { "phone", "relay", "TCP port 25 refused · SYN  RST", NULL, NULL,
      PC_STATUS_ERROR, .conn = 3, .kind = "refused" },
    { "laptop", "mail", "TCP connection cut", "selected", "selected",
      PC_STATUS_ERROR, .conn = 2, .kind = "reset" },
  };
  PcTimeline *timeline = pc_timeline_new ("sample", "Two devices");

  pc_timeline_add_actor (timeline, "phone", "Phone", PC_ROLE_CLIENT,
                         "phone-symbolic");
  pc_timeline_add_actor (timeline, "mail", "Mail server", PC_ROLE_SERVER,
                         NULL);
  pc_timeline_add_actor (timeline, "laptop", "Laptop", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "relay", "Relay", PC_ROLE_SERVER, NULL);
  pc_timeline_set_actor_address (timeline, "phone", "127.0.0.1:49812");
  pc_timeline_set_actor_address (timeline, "mail", "143 (lab 10143)");
  pc_timeline_set_actor_address (timeline, "relay", "25 (lab 10025)");
  add_rows (timeline, rows, G_N_ELEMENTS (rows));
  return timeline;
}

PcTimeline *
sample_long (guint n)
{
  static const Row rows[] = {
    { "phone", "mail", "a3 FETCH 2 (FLAGS BODY[HEADER])", "selected",
      "selected" },
    { "mail", "phone", "* 2 FETCH (FLAGS (\\Seen) BODY[HEADER] {312}",
      "selected", "selected" },
  };
  PcTimeline         *timeline = pc_timeline_new ("sample", "Long");
  g_autofree PcStep **steps = g_new (PcStep *, n);

  pc_timeline_add_actor (timeline, "phone", "Phone", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "mail", "Mail server", PC_ROLE_SERVER,
                         NULL);
  for (guint i = 0; i < n; i++)
    steps[i] = make_unit_step (&rows[i % 2]);
  pc_timeline_splice (timeline, steps, n);
  return timeline;
}
