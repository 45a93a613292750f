/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Captures, read back by a reader that trusts nothing: each octet of a stream
 * once and in its order, whatever order the steps are in; what is lost,
 * doubled, refused, cut. */

#include "timeline/export-pcapng.h"

#include "timeline/capture.h"
#include "timeline/moments.h"
#include "timeline/pcapng.h"
#include "timeline/recorder.h"

#include "capture-reader.h"
#include "fake.h"

#include <string.h>

#define BEGIN G_GINT64_CONSTANT (1700000000000000)

static void
export (PcTimeline *timeline,
        Reader     *reader)
{
  g_autoptr (GBytes) bytes = pc_timeline_export_pcapng (timeline,
                                                        PC_EXPORT_DEFAULT);

  reader_read (reader, bytes);
}

/* "S c SA s A c PA c3 …": flags, who, and octets.  Checks what every stream
 * must hold: numbers without a gap, nothing acknowledged that was not sent. */
static char *
describe (const Reader *reader,
          guint32       client)
{
  static const char letters[] = "FSRPA";
  GString *text = g_string_new (NULL);
  guint32  next[2] = { 0, 0 };
  gint64   last = 0;

  for (guint i = 0; i < reader->n_packets; i++) {
    const Packet *packet = &reader->packets[i];
    guint         side = packet->from != client;

    g_assert_cmpint (packet->time, >=, last);
    last = packet->time;
    if (!packet->stream)
      continue;
    if ((packet->flags & PC_TCP_SYN) == 0 && packet->seq != 0)
      g_assert_cmpuint (packet->seq, ==, next[side]);
    if ((packet->flags & PC_TCP_ACK) != 0)
      g_assert_cmpuint (next[1 - side] - packet->ack, <=, 1 << 20);
    next[side] = packet->seq + (guint32) packet->len +
                 ((packet->flags & (PC_TCP_SYN | PC_TCP_FIN)) != 0);
    for (guint bit = 0; letters[bit] != '\0'; bit++)
      if ((packet->flags & 1u << bit) != 0)
        g_string_append_c (text, letters[bit]);
    g_string_append_printf (text, "%c%" G_GSIZE_FORMAT " ", "cs"[side],
                            packet->len);
  }
  return g_string_free (text, FALSE);
}

/* What @client, or the other, said on the stream. */
static char *
join (const Reader *reader,
      guint32       address)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < reader->n_packets; i++)
    if (reader->packets[i].stream && reader->packets[i].from == address)
      g_string_append_len (text, (const char *) reader->packets[i].data,
                           (gssize) reader->packets[i].len);
  return g_string_free (text, FALSE);
}

/* -- the timeline --------------------------------------------------------- */

#define PHONE 0xc0000201
#define MAIL 0xc0000202

typedef struct
{
  PcTimeline *timeline;
  PcRecorder *recorder;
  guint       conn;
} Fixture;

static void
fixture_init (Fixture *self)
{
  self->timeline = pc_timeline_new ("fake-one", "Two talk");
  self->recorder = pc_recorder_new (self->timeline);
  pc_timeline_add_actor (self->timeline, "phone", "Phone", PC_ROLE_CLIENT,
                         NULL);
  pc_timeline_add_actor (self->timeline, "mail", "Mail server",
                         PC_ROLE_SERVER, NULL);
}

static void
fixture_open (Fixture          *self,
              const PcProtocol *protocol)
{
  self->conn = pc_recorder_open (self->recorder, protocol, "phone", "mail",
                                 BEGIN);
  pc_recorder_set_ports (self->recorder, self->conn, 49152, 143);
}

static void
fixture_clear (Fixture *self)
{
  pc_recorder_free (self->recorder);
  g_object_unref (self->timeline);
}

static void
say (Fixture    *self,
     PcSide      from,
     gint64      sent,
     gint64      arrived,
     const char *text)
{
  pc_recorder_sent (self->recorder, self->conn, from, BEGIN + sent,
                    (const guint8 *) text, strlen (text));
  if (arrived >= 0)
    pc_recorder_arrived (self->recorder, self->conn, from, BEGIN + arrived,
                         strlen (text));
}

static void
end (Fixture *self,
     PcSide   from,
     gboolean cut,
     gint64   time)
{
  pc_recorder_closed (self->recorder, self->conn, from, cut, BEGIN + time);
}

static void
finish (Fixture *self)
{
  pc_timeline_set_outcome (self->timeline, PC_OUTCOME_OK, NULL);
}

/* -- streams -------------------------------------------------------------- */

static void
test_stream (void)
{
  g_autofree char *text = NULL;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  say (&fixture, PC_SIDE_CLIENT, 100, 250, "PASS s3cret\r\n");
  say (&fixture, PC_SIDE_SERVER, 250, 400, "+ok\r\n");
  say (&fixture, PC_SIDE_CLIENT, 900000, 900150, "quit\r\n");
  end (&fixture, PC_SIDE_CLIENT, FALSE, 900200);
  end (&fixture, PC_SIDE_SERVER, FALSE, 900300);
  finish (&fixture);
  export (fixture.timeline, &reader);

  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==,
                   "Sc0 SAs0 Ac0 PAc13 PAs5 Ac0 PAc6 FAc0 FAs0 Ac0 ");
  g_assert_cmpuint (reader.packets[3].from_port, ==, 49152);
  g_assert_cmpuint (reader.packets[3].to_port, ==, 143);
  g_assert_cmpint (reader.packets[3].time, ==, BEGIN + 100);
  g_assert_cmpint (reader.packets[4].time, ==, BEGIN + 250);
  /* The bare acknowledgement is late, as RFC 9293 allows. */
  g_assert_cmpint (reader.packets[5].time, ==, BEGIN + 400 + 40000);
  g_assert_cmpmem (reader.packets[3].data, reader.packets[3].len,
                   "PASS s3cret\r\n", 13);
  g_assert_cmpstr (reader.names, ==,
                   "c0000201=Phone c0000202=Mail-server ");
  g_assert_null (reader.key_log);
  g_assert_true (g_str_has_prefix (reader.about, "Two talk\n"));
  reader_clear (&reader);
  fixture_clear (&fixture);
}

static void
test_comments (void)
{
  g_autoptr (GBytes) bytes = NULL;
  Fixture fixture;
  Reader  reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  pc_recorder_note (fixture.recorder, "phone", "tcp.silence", "Nothing",
                    BEGIN + 50);
  say (&fixture, PC_SIDE_CLIENT, 100, 250, "PASS s3cret\r\n");
  pc_step_set_note (pc_timeline_get_step (fixture.timeline, 2), "Look here.");
  finish (&fixture);
  export (fixture.timeline, &reader);
  g_assert_cmpuint (reader.n_packets, ==, 5);
  g_assert_true (g_str_has_prefix (reader.packets[0].comment,
                                   "1 · Phone → Mail server\n"));
  g_assert_null (reader.packets[1].comment);
  g_assert_null (reader.packets[2].comment);
  g_assert_true (g_str_has_prefix (
      reader.packets[3].comment,
      "3 · Phone → Mail server\nA command\nPASS " PC_SECRET_DOTS));
  g_assert_nonnull (strstr (reader.packets[3].comment,
                            "\nThe client asks for something.\nLook here.\n"
                            "RFC 1 § 2, RFC 3|2 · Phone\n"));
  g_assert_null (strstr (reader.packets[3].comment, "s3cret"));
  reader_clear (&reader);

  bytes = pc_timeline_export_pcapng (fixture.timeline,
                                     PC_EXPORT_SHOW_SECRETS);
  reader_read (&reader, bytes);
  g_assert_nonnull (strstr (reader.packets[3].comment, "\nPASS s3cret"));
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* A line of @n octets. */
static char *
make_line (gsize n)
{
  char *line = g_strnfill (n, 'x');

  line[n - 2] = '\r';
  line[n - 1] = '\n';
  return line;
}

static void
test_long (void)
{
  g_autofree char *line = make_line (3 * PC_FRAME_MSS + 1);
  g_autofree char *text = NULL;
  g_autofree char *said = NULL;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  say (&fixture, PC_SIDE_SERVER, 0, 4381, line);
  finish (&fixture);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==,
                   "Sc0 SAs0 Ac0 As1460 As1460 As1460 Ac0 PAs1 Ac0 ");
  said = join (&reader, MAIL);
  g_assert_cmpstr (said, ==, line);
  /* Spread over the time that it took: an octet each µs. */
  g_assert_cmpint (reader.packets[5].time, ==, BEGIN + 2920);
  g_assert_cmpint (reader.packets[7].time, ==, BEGIN + 4380);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* What left in pieces is in pieces, each at its own time. */
static void
test_pieces (void)
{
  g_autofree char *text = NULL;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  say (&fixture, PC_SIDE_CLIENT, 10, 110, "one\r\ntw");
  say (&fixture, PC_SIDE_CLIENT, 2010, 2110, "o\r");
  say (&fixture, PC_SIDE_CLIENT, 5010, 5110, "\nthree\r\n");
  finish (&fixture);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==,
                   "Sc0 SAs0 Ac0 PAc5 PAc2 PAc2 PAc1 PAc7 As0 ");
  g_assert_cmpint (reader.packets[4].time, ==, BEGIN + 10);
  g_assert_cmpint (reader.packets[5].time, ==, BEGIN + 2010);
  g_assert_cmpint (reader.packets[6].time, ==, BEGIN + 5010);
  g_assert_cmpint (reader.packets[7].time, ==, BEGIN + 5010);
  g_assert_null (reader.packets[5].comment);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* Both speak at once: each acknowledges what it has, and no more. */
static void
test_crossing (void)
{
  g_autofree char *text = NULL;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  say (&fixture, PC_SIDE_CLIENT, 100, 300, "aaa\r\n");
  say (&fixture, PC_SIDE_SERVER, 200, 400, "bbbbb\r\n");
  finish (&fixture);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==, "Sc0 SAs0 Ac0 PAc5 PAs7 As0 Ac0 ");
  g_assert_cmpuint (reader.packets[4].ack, ==, reader.packets[3].seq);
  g_assert_cmpuint (reader.packets[5].ack, ==, reader.packets[3].seq + 5);
  g_assert_cmpuint (reader.packets[6].ack, ==, reader.packets[4].seq + 7);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* The numbers have 32 bits: they go round. */
static void
test_wrap (void)
{
  static const guint64 place = 0x08000000 - 10;
  Fixture fixture;
  Reader  reader;

  fixture_init (&fixture);
  pc_timeline_set_ports (fixture.timeline, 15, 49152, 143);
  for (guint i = 0; i < 2; i++) {
    PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "fake.x",
                                (const guint8 *) "abcdefghijkl", 12);
    PcStep *step = pc_step_new_unit (15, "mail", "phone", PC_LAYER_APP, i,
                                     unit, NULL);

    pc_step_set_place (step, 0x08000000 + place + 12 * i);
    pc_step_set_arrival (step, i, PC_FATE_DELIVERED);
    pc_timeline_take_step (fixture.timeline, step);
  }
  finish (&fixture);
  export (fixture.timeline, &reader);
  g_assert_cmpuint (reader.n_packets, ==, 3);
  g_assert_cmpuint (reader.packets[0].seq, ==, 0xfffffff7);
  g_assert_cmpuint (reader.packets[1].seq, ==, 3);
  g_assert_cmpuint (reader.packets[2].ack, ==, 15);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

static const struct
{
  const char *name;
  /* "o" opens, "c" and "s": the client or server says a line that arrives,
   * "l": the server says one that does not, "C", "S": they close, "K": the
   * client cuts. */
  const char *script;
  const char *packets;
} ends[] = {
  { "second without a step", "ocC", "Sc0 SAs0 Ac0 PAc3 FAc0 FAs0 Ac0 " },
  { "at once", "oS", "Sc0 SAs0 Ac0 FAs0 FAc0 As0 " },
  { "half, and on", "oCsS", "Sc0 SAs0 Ac0 FAc0 As0 PAs3 FAs0 Ac0 " },
  { "half, for ever", "oCs", "Sc0 SAs0 Ac0 FAc0 As0 PAs3 Ac0 " },
  { "never", "oc", "Sc0 SAs0 Ac0 PAc3 As0 " },
  { "cut", "osK", "Sc0 SAs0 Ac0 PAs3 RAc0 " },
  { "cut, unread", "olK", "Sc0 SAs0 Ac0 PAs3 RAc0 " },
  { "unread", "olC", "Sc0 SAs0 Ac0 PAs3 FAc0 FAs0 " },
};

static void
test_ends (gconstpointer data)
{
  guint            index = GPOINTER_TO_UINT (data);
  g_autofree char *text = NULL;
  gint64           time = 0;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  for (const char *at = ends[index].script; *at != '\0'; at++) {
    time += 1000;
    if (*at == 'o')
      fixture_open (&fixture, &fake_stream);
    else if (*at == 'c' || *at == 's')
      say (&fixture, *at == 'c' ? PC_SIDE_CLIENT : PC_SIDE_SERVER, time,
           time + 100, "+\r\n");
    else if (*at == 'l')
      say (&fixture, PC_SIDE_SERVER, time, -1, "+\r\n");
    else
      end (&fixture, *at == 'S' ? PC_SIDE_SERVER : PC_SIDE_CLIENT, *at == 'K',
           time);
  }
  finish (&fixture);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==, ends[index].packets);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* What is still going on is not made to end. */
static void
test_running (void)
{
  g_autofree char *text = NULL;
  Fixture          fixture;
  Reader           reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  end (&fixture, PC_SIDE_CLIENT, FALSE, 10);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==, "Sc0 SAs0 Ac0 FAc0 As0 ");
  reader_clear (&reader);
  fixture_clear (&fixture);
}

static void
test_refused (void)
{
  g_autofree char *text = NULL;
  Fixture          fixture;
  Reader           reader;
  guint            conn;

  fixture_init (&fixture);
  conn = pc_recorder_refused (fixture.recorder, "phone", "mail", 69, BEGIN);
  pc_recorder_set_ports (fixture.recorder, conn, 49152, 69);
  finish (&fixture);
  export (fixture.timeline, &reader);
  text = describe (&reader, PHONE);
  g_assert_cmpstr (text, ==, "Sc0 RAs0 ");
  g_assert_cmpuint (reader.packets[1].seq, ==, 0);
  g_assert_cmpuint (reader.packets[1].ack, ==, reader.packets[0].seq + 1);
  g_assert_cmpuint (reader.packets[1].from_port, ==, 69);
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* -- under TLS ------------------------------------------------------------ */

static void
say_record (Fixture    *self,
            guint       content,
            const char *wire,
            const char *plain)
{
  g_autoptr (GByteArray) record = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) inside = NULL;
  guint8 head[] = { 23, 3, 3, 0, (guint8) strlen (wire) };

  g_byte_array_append (record, head, sizeof head);
  g_byte_array_append (record, (const guint8 *) wire, strlen (wire));
  bytes = g_bytes_new (record->data, record->len);
  if (plain != NULL)
    inside = g_bytes_new (plain, strlen (plain));
  pc_recorder_record (self->recorder, self->conn, PC_SIDE_CLIENT, BEGIN + 10,
                      bytes, content, plain != NULL ? G_MAXUINT : 4, inside);
  pc_recorder_arrived (self->recorder, self->conn, PC_SIDE_CLIENT, BEGIN + 20,
                       record->len);
}

/* Two units in one record, one unit in two, and a record of TLS's own in
 * between: the wire's octets come out as they went in. */
static void
test_records (void)
{
  static const char wire[] = "STARTTLS\r\n"
                             "\27\3\3\0\1A" "\27\3\3\0\2BB" "\27\3\3\0\3CCC"
                             "\27\3\3\0\4DDDD" "\27\3\3\0\1E";
  GByteArray *seen = g_byte_array_new ();
  g_autoptr (PcTimeline) view = NULL;
  Fixture fixture;
  Reader  reader;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_stream);
  say (&fixture, PC_SIDE_CLIENT, 0, 5, "STARTTLS\r\n");
  say_record (&fixture, 22, "A", NULL);
  say_record (&fixture, 23, "BB", "one\r\ntwo\r\nth");
  say_record (&fixture, 22, "CCC", NULL);
  say_record (&fixture, 23, "DDDD", "ree\r\nfou");
  say_record (&fixture, 21, "E", NULL);
  end (&fixture, PC_SIDE_CLIENT, FALSE, 30);
  pc_recorder_add_key_log (fixture.recorder, "CLIENT_RANDOM 00 11\n");
  finish (&fixture);

  view = pc_timeline_new_wire_view (fixture.timeline);
  for (guint i = 0; i < 2; i++) {
    g_byte_array_set_size (seen, 0);
    export (i == 0 ? fixture.timeline : view, &reader);
    for (guint k = 0; k < reader.n_packets; k++)
      if (reader.packets[k].from == PHONE)
        g_byte_array_append (seen, reader.packets[k].data,
                             reader.packets[k].len);
    g_assert_cmpmem (seen->data, seen->len, wire, sizeof wire - 1);
    g_assert_cmpstr (reader.key_log, ==,
                     i == 0 ? "CLIENT_RANDOM 00 11\n" : NULL);
    g_assert_cmpuint (reader.packets[3].to_port, ==, 143);
    g_assert_cmpint (reader.packets[3].time, ==, BEGIN);
    reader_clear (&reader);
  }
  g_byte_array_unref (seen);
  fixture_clear (&fixture);
}

/* -- datagrams ------------------------------------------------------------ */

static void
test_datagrams (void)
{
  Fixture fixture;
  Reader  reader;
  PcStep *step;

  fixture_init (&fixture);
  fixture_open (&fixture, &fake_datagrams);
  step = pc_recorder_datagram (fixture.recorder, fixture.conn, PC_SIDE_CLIENT,
                               49152, 69, BEGIN + 1, (const guint8 *) "abc",
                               3);
  pc_step_set_arrival (step, -1, PC_FATE_LOST);
  step = pc_recorder_datagram (fixture.recorder, fixture.conn, PC_SIDE_CLIENT,
                               49152, 69, BEGIN + 2, (const guint8 *) "abc",
                               3);
  pc_recorder_duplicate (fixture.recorder, step, BEGIN + 3);
  pc_recorder_datagram (fixture.recorder, fixture.conn, PC_SIDE_SERVER, 50000,
                        49152, BEGIN + 4, NULL, 0);
  finish (&fixture);
  export (fixture.timeline, &reader);
  g_assert_cmpuint (reader.n_packets, ==, 4);
  for (guint i = 0; i < 3; i++) {
    g_assert_cmpint (reader.packets[i].time, ==, BEGIN + 1 + i);
    g_assert_cmpuint (reader.packets[i].from, ==, PHONE);
    g_assert_cmpuint (reader.packets[i].from_port, ==, 49152);
    g_assert_cmpuint (reader.packets[i].to_port, ==, 69);
    g_assert_cmpmem (reader.packets[i].data, reader.packets[i].len, "abc", 3);
  }
  g_assert_cmpuint (reader.packets[3].from_port, ==, 50000);
  g_assert_cmpuint (reader.packets[3].len, ==, 0);
  g_assert_nonnull (strstr (reader.packets[0].comment,
                            "\nLost on the way: it was sent, and never "
                            "arrived.\n"));
  g_assert_nonnull (strstr (reader.packets[2].comment,
                            "\ntwice: the network's copy of 2\n"));
  reader_clear (&reader);
  fixture_clear (&fixture);
}

/* -- parts ---------------------------------------------------------------- */

/* By hand, after RFC 1071: with these octets the sum is 0xffff, and its
 * complement 0, which in UDP would mean that there is none. */
static void
test_checksum_zero (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  PcFramePath path = { .from = 0, .to = 1, .from_port = 1, .to_port = 2 };
  guint8      data[2] = { 0, 0 };
  guint       checksum;

  pc_frame_append_udp (frame, &path, data, sizeof data);
  checksum = reader_get_be (frame->data + 14 + 26, 2);
  data[0] = (guint8) (checksum >> 8);
  data[1] = (guint8) checksum;
  g_byte_array_set_size (frame, 0);
  pc_frame_append_udp (frame, &path, data, sizeof data);
  g_assert_cmpuint (reader_get_be (frame->data + 14 + 26, 2), ==, 0xffff);
}

static void
test_addresses (void)
{
  g_assert_cmpuint (pc_frame_get_address (0), ==, 0xc0000201);
  g_assert_cmpuint (pc_frame_get_address (253), ==, 0xc00002fe);
  g_assert_cmpuint (pc_frame_get_address (254), ==, 0xc6336401);
  g_assert_cmpuint (pc_frame_get_address (761), ==, 0xcb0071fe);
  g_assert_cmpuint (pc_frame_get_address (G_MAXUINT), ==, 0xcb0071fe);
}

/* Longer than an option can be, and not cut within a letter. */
static void
test_long_comment (void)
{
  g_autoptr (GByteArray) frame = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GString) text = g_string_new ("x");
  const char *comments[] = { "first", NULL };
  PcPcapng   *out = pc_pcapng_new ("Test", "");
  PcFramePath path = { .from = 0, .to = 1 };
  Reader      reader;

  while (text->len < 70000)
    g_string_append (text, "\303\244");
  comments[1] = text->str;
  pc_frame_append_udp (frame, &path, (const guint8 *) "x", 1);
  pc_pcapng_add_packet (out, 1, frame, comments, 2);
  pc_pcapng_add_packet (out, 2, frame, NULL, 0);
  bytes = pc_pcapng_free_to_bytes (out);
  reader_read (&reader, bytes);
  g_assert_null (reader.about);
  g_assert_cmpuint (reader.n_packets, ==, 2);
  g_assert_cmpuint (strlen (reader.packets[0].comment), ==,
                    strlen ("first|") + 65535);
  g_assert_null (reader.packets[1].comment);
  reader_clear (&reader);
}

static void
test_moments (void)
{
  g_autoptr (GArray) moments = pc_moments_new ();
  g_autoptr (GArray) copy = NULL;

  pc_moments_add (moments, 10, 1);
  pc_moments_add (moments, 20, 2);
  pc_moments_add (moments, 30, 3);
  g_assert_null (pc_moments_copy (moments, 0, 10));
  g_assert_null (pc_moments_copy (moments, 10, 20));
  g_assert_null (pc_moments_copy (moments, 5, 5));
  g_assert_null (pc_moments_copy (moments, 5, 31));
  copy = pc_moments_copy (moments, 5, 25);
  g_assert_cmpuint (copy->len, ==, 3);
  g_assert_cmpuint (g_array_index (copy, PcMoment, 0).end, ==, 5);
  g_assert_cmpuint (g_array_index (copy, PcMoment, 1).end, ==, 15);
  g_assert_cmpuint (g_array_index (copy, PcMoment, 2).end, ==, 20);
  g_assert_cmpint (g_array_index (copy, PcMoment, 2).time, ==, 3);
}

static void
test_empty (void)
{
  g_autoptr (PcTimeline) timeline = pc_timeline_new ("none", NULL);
  Reader reader;

  export (timeline, &reader);
  g_assert_cmpuint (reader.n_packets, ==, 0);
  g_assert_null (reader.names);
  reader_clear (&reader);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/capture/stream", test_stream);
  g_test_add_func ("/capture/comments", test_comments);
  g_test_add_func ("/capture/long", test_long);
  g_test_add_func ("/capture/pieces", test_pieces);
  g_test_add_func ("/capture/crossing", test_crossing);
  g_test_add_func ("/capture/wrap", test_wrap);
  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    g_autofree char *path = g_strdup_printf ("/capture/ends/%s",
                                             ends[i].name);

    g_test_add_data_func (path, GUINT_TO_POINTER (i), test_ends);
  }
  g_test_add_func ("/capture/running", test_running);
  g_test_add_func ("/capture/refused", test_refused);
  g_test_add_func ("/capture/records", test_records);
  g_test_add_func ("/capture/datagrams", test_datagrams);
  g_test_add_func ("/capture/checksum-zero", test_checksum_zero);
  g_test_add_func ("/capture/addresses", test_addresses);
  g_test_add_func ("/capture/long-comment", test_long_comment);
  g_test_add_func ("/capture/moments", test_moments);
  g_test_add_func ("/capture/empty", test_empty);

  return g_test_run ();
}
