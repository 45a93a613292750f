/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer on packets of other software, and its rules. */

#include <string.h>

#include "proto/tftp/packet.h"
#include "proto/tftp/protocol.h"
#include "proto/tftp/rules.h"
#include "proto/tftp/verbs.h"

#define CLIENT_PORT 51000
#define SERVER_PORT 40321

static PcUnit *
see (PcObserver   *observer,
     PcSide        from,
     guint         port,
     gconstpointer data,
     gsize         len)
{
  g_autofree guint8 *copy = g_memdup2 (data, len); /* for ASan */
  PcUnit            *unit;

  pc_observer_feed (observer, from, port, copy != NULL ? copy : data, len);
  unit = pc_observer_next (observer);
  g_assert_nonnull (unit);
  g_assert_null (pc_observer_next (observer));
  g_assert_cmpuint (pc_unit_get_rest (unit), ==, 0);
  g_assert_cmpuint (g_bytes_get_size (unit->bytes), ==, len);
  g_assert_nonnull (pc_unit_get_summary (unit));
  g_assert_nonnull (unit->client_state);
  g_assert_nonnull (unit->server_state);
  return unit;
}

#define SEE(observer, from, literal)                       \
  see ((observer), PC_SIDE_##from, from##_PORT, (literal), \
       sizeof (literal) - 1)

static void
expect (PcUnit     *taken,
        const char *rule,
        PcStatus    status,
        const char *client,
        const char *server)
{
  g_autoptr (PcUnit) unit = taken;

  g_assert_cmpstr (unit->rule, ==, rule);
  g_assert_cmpint (unit->status, ==, status);
  g_assert_cmpint (unit->kind, ==, PC_UNIT_DATAGRAM);
  g_assert_cmpstr (unit->client_state, ==, client);
  g_assert_cmpstr (unit->server_state, ==, server);
}

static char *
describe (const PcUnit *unit)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pc_unit_get_n_fields (unit); i++) {
    const PcField *field = pc_unit_get_field (unit, i);

    g_assert_nonnull (field->meaning);
    g_string_append_printf (text, "%u-%u %s: %s\n", field->start,
                            field->end, field->label, field->value);
  }
  return g_string_free (text, FALSE);
}

static void
test_fields (void)
{
  static const struct
  {
    const char *data;
    gsize       len;
    const char *fields;
    const char *summary;
  } rows[] = {
#define ROW(literal) (literal), sizeof (literal) - 1
    { ROW ("\0\1boot.cfg\0octet\0blksize\0"
           "1428\0"),
      "0-2 Opcode: 1 (RRQ)\n"
      "2-10 File name: boot.cfg\n"
      "10-11 End mark: 0\n"
      "11-16 Mode: octet\n"
      "16-17 End mark: 0\n"
      "17-24 Option: blksize\n"
      "24-25 End mark: 0\n"
      "25-29 Option value: 1428 bytes per block\n"
      "29-30 End mark: 0\n",
      "RRQ \"boot.cfg\" octet blksize=1428" },
    { ROW ("\0\2a\0octet\0junk"),
      "0-2 Opcode: 2 (WRQ)\n"
      "2-3 File name: a\n"
      "3-4 End mark: 0\n"
      "4-9 Mode: octet\n"
      "9-10 End mark: 0\n"
      "10-14 Extra bytes: junk\n",
      "WRQ \"a\" octet" },
    { ROW ("\0\3\1\2hi\r\n"),
      "0-2 Opcode: 3 (DATA)\n"
      "2-4 Block number: 258\n"
      "4-8 Data: hi\342\220\215\342\220\212\n",
      "DATA 258 (4 bytes)" },
    { ROW ("\0\4\0\1\r\n"),
      "0-2 Opcode: 4 (ACK)\n"
      "2-4 Block number: 1\n"
      "4-6 Extra bytes: \342\220\215\342\220\212\n",
      "ACK 1" },
    { ROW ("\0\5\0\1No such file\0"),
      "0-2 Opcode: 5 (ERROR)\n"
      "2-4 Error code: 1 (file not found)\n"
      "4-16 Error message: No such file\n"
      "16-17 End mark: 0\n",
      "ERROR 1 \"No such file\"" },
    { ROW ("\0\5\0\2"),
      "0-2 Opcode: 5 (ERROR)\n"
      "2-4 Error code: 2 (access violation)\n",
      "ERROR 2 \"Access violation\"" },
    { ROW ("\0\6tsize\0"
           "3000\0"),
      "0-2 Opcode: 6 (OACK)\n"
      "2-7 Option: tsize\n"
      "7-8 End mark: 0\n"
      "8-12 Option value: the whole file has 3000 bytes\n"
      "12-13 End mark: 0\n",
      "OACK tsize=3000" },
    { ROW ("\0\1ab"),
      "0-2 Opcode: 1 (RRQ)\n"
      "2-4 Unreadable bytes: ab\n",
      "\342\220\200\342\220\201ab" },
    { ROW ("\0\11ab"),
      "0-2 Opcode: 9\n"
      "2-4 Unreadable bytes: ab\n",
      "\342\220\200\342\220\211ab" },
    { ROW ("\0"), "0-1 Unreadable bytes: \342\220\200\n", "\342\220\200" },
    { ROW (""), "", "" },
#undef ROW
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    g_autoptr (PcUnit) unit = NULL;
    g_autofree char *fields = NULL;

    g_test_message ("row %u", i);
    unit = see (observer, PC_SIDE_CLIENT, CLIENT_PORT, rows[i].data,
                rows[i].len);
    fields = describe (unit);
    g_assert_cmpstr (fields, ==, rows[i].fields);
    g_assert_cmpstr (pc_unit_get_summary (unit), ==, rows[i].summary);
  }
}

/* tftp-hpa's client against a server with options, blksize 8. */
static void
test_options (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();

  expect (SEE (observer, CLIENT, "\0\1a\0octet\0blksize\0"
                                 "8\0"),
          "tftp.rrq.options", PC_STATUS_OK, "Read requested",
          "Waiting for a request");
  expect (SEE (observer, SERVER, "\0\6BLKSIZE\0"
                                 "8\0"),
          "tftp.oack",
          PC_STATUS_OK, "Read requested", "Sending the file");
  expect (SEE (observer, CLIENT, "\0\4\0\0"), "tftp.ack.options",
          PC_STATUS_OK, "Read requested", "Sending the file");
  expect (SEE (observer, SERVER, "\0\3\0\1"
                                 "12345678"),
          "tftp.data",
          PC_STATUS_OK, "Read requested", "Sending the file");
  expect (SEE (observer, CLIENT, "\0\4\0\1"), "tftp.ack", PC_STATUS_OK,
          "Receiving the file", "Sending the file");
  expect (SEE (observer, SERVER, "\0\3\0\2"
                                 "1234567"),
          "tftp.data.last",
          PC_STATUS_OK, "Receiving the file", "Sending the file");
  expect (SEE (observer, CLIENT, "\0\4\0\2"), "tftp.ack.last", PC_STATUS_OK,
          "Dallying", "Closed");
}

static void
test_options_write (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();

  expect (SEE (observer, CLIENT, "\0\2a\0octet\0blksize\0"
                                 "8\0"),
          "tftp.wrq.options", PC_STATUS_OK, "Write requested",
          "Waiting for a request");
  expect (SEE (observer, SERVER, "\0\6blksize\0"
                                 "8\0"),
          "tftp.oack",
          PC_STATUS_OK, "Write requested", "Receiving the file");
  expect (SEE (observer, CLIENT, "\0\3\0\1"
                                 "12345678"),
          "tftp.data",
          PC_STATUS_OK, "Sending the file", "Receiving the file");
  expect (SEE (observer, SERVER, "\0\4\0\1"), "tftp.ack", PC_STATUS_OK,
          "Sending the file", "Receiving the file");
}

/* A server that answers a repeated ACK with DATA: the packets are seen for
 * what they are. */
static void
test_sorcerers_apprentice (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
  guint8 data[516] = { 0, 3, 0, 1 };

  pc_unit_free (SEE (observer, CLIENT, "\0\1a\0octet\0"));
  pc_unit_free (see (observer, PC_SIDE_SERVER, SERVER_PORT, data, sizeof data));
  pc_unit_free (SEE (observer, CLIENT, "\0\4\0\1"));
  data[3] = 2;
  expect (see (observer, PC_SIDE_SERVER, SERVER_PORT, data, sizeof data),
          "tftp.data", PC_STATUS_OK, "Receiving the file",
          "Sending the file");
  expect (SEE (observer, CLIENT, "\0\4\0\1"), "tftp.ack.again",
          PC_STATUS_WARNING, "Receiving the file", "Sending the file");
  expect (see (observer, PC_SIDE_SERVER, SERVER_PORT, data, sizeof data),
          "tftp.data.again.apprentice", PC_STATUS_WARNING, "Receiving the file",
          "Sending the file");
  data[3] = 9;
  expect (see (observer, PC_SIDE_SERVER, SERVER_PORT, data, sizeof data),
          "tftp.data.unexpected", PC_STATUS_WARNING, "Receiving the file",
          "Sending the file");
  expect (SEE (observer, CLIENT, "\0\4\0\7"), "tftp.ack.unexpected",
          PC_STATUS_WARNING, "Receiving the file", "Sending the file");
}

static void
test_errors (void)
{
  static const char *const rules[] = {
    "tftp.error.other",
    "tftp.error.not-found",
    "tftp.error.access",
    "tftp.error.full",
    "tftp.error.illegal",
    "tftp.error.tid",
    "tftp.error.exists",
    "tftp.error.user",
    "tftp.error.option",
    "tftp.error.other",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    const guint8 packet[] = { 0, 5, 0, (guint8)i, 0 };

    pc_unit_free (SEE (observer, CLIENT, "\0\1a\0octet\0"));
    expect (see (observer, PC_SIDE_SERVER, SERVER_PORT, packet,
                 sizeof packet),
            rules[i], PC_STATUS_ERROR, "Closed", "Closed");
    /* curl answers an ERROR with four octets of ERROR. */
    expect (SEE (observer, CLIENT, "\0\5\0\1"), "tftp.error.late",
            PC_STATUS_WARNING, "Closed", "Closed");
  }
}

static void
test_misplaced (void)
{
  static const struct
  {
    PcSide      from;
    const char *data;
    gsize       len;
  } rows[] = {
#define ROW(literal) (literal), sizeof (literal) - 1
    { PC_SIDE_CLIENT, ROW ("\0\3\0\1x") },
    { PC_SIDE_SERVER, ROW ("\0\4\0\1") },
    { PC_SIDE_SERVER, ROW ("\0\1a\0octet\0") },
    { PC_SIDE_CLIENT, ROW ("\0\6a\0b\0") },
    { PC_SIDE_SERVER, ROW ("\0\6a\0b\0") },
    { PC_SIDE_CLIENT, ROW ("\0\1b\0octet\0") },
#undef ROW
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcObserver) observer = pc_tftp_observer_new ();
    guint8 data[516] = { 0, 3, 0, 1 };

    g_test_message ("row %u", i);
    pc_unit_free (SEE (observer, CLIENT, "\0\1a\0octet\0"));
    pc_unit_free (see (observer, PC_SIDE_SERVER, SERVER_PORT, data,
                       sizeof data));
    pc_unit_free (SEE (observer, CLIENT, "\0\4\0\1"));
    expect (see (observer, rows[i].from,
                 rows[i].from == PC_SIDE_CLIENT ? CLIENT_PORT : SERVER_PORT,
                 rows[i].data, rows[i].len),
            "tftp.misplaced", PC_STATUS_ERROR, "Receiving the file",
            "Sending the file");
  }
}

static void
test_before_any_request (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();

  expect (SEE (observer, SERVER, "\0\3\0\1x"), "tftp.misplaced",
          PC_STATUS_ERROR, "Ready", "Waiting for a request");
  expect (SEE (observer, CLIENT, "\0\4\0\1"), "tftp.misplaced",
          PC_STATUS_ERROR, "Ready", "Waiting for a request");
  expect (SEE (observer, CLIENT, "\26\3\1\2\0"), "tftp.unreadable",
          PC_STATUS_ERROR, "Ready", "Waiting for a request");
}

static void
test_second_transfer (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();

  pc_unit_free (SEE (observer, CLIENT, "\0\1a\0octet\0"));
  pc_unit_free (SEE (observer, SERVER, "\0\3\0\1x"));
  pc_unit_free (SEE (observer, CLIENT, "\0\4\0\1"));
  expect (see (observer, PC_SIDE_CLIENT, CLIENT_PORT + 1, "\0\2b\0octet\0", 10),
          "tftp.wrq", PC_STATUS_OK, "Write requested",
          "Waiting for a request");
  expect (see (observer, PC_SIDE_SERVER, SERVER_PORT + 1, "\0\4\0\0", 4),
          "tftp.ack.zero", PC_STATUS_OK, "Write requested",
          "Receiving the file");
  pc_observer_finish (observer, PC_SIDE_CLIENT);
  pc_observer_finish (observer, PC_SIDE_SERVER);
  g_assert_cmpstr (pc_observer_get_state (observer, PC_SIDE_CLIENT), ==,
                   "Closed");
  g_assert_cmpstr (pc_observer_get_state (observer, PC_SIDE_SERVER), ==,
                   "Closed");
}

static void
test_noise (void)
{
  g_autoptr (PcObserver) observer = pc_tftp_observer_new ();

  for (guint i = 0; i < 20000; i++) {
    guint8 data[24];
    gsize  len = (gsize)g_test_rand_int_range (0, sizeof data);

    for (gsize j = 0; j < len; j++)
      data[j] = (guint8)g_test_rand_int_range (0, j < 4 ? 7 : 256);
    if (len > 2)
      data[0] = data[2] = 0;
    pc_unit_free (see (observer,
                       i % 3 == 0 ? PC_SIDE_SERVER : PC_SIDE_CLIENT,
                       (guint)g_test_rand_int_range (1, 4), data, len));
  }
}

static void
test_narration (void)
{
  g_assert_cmpuint (pc_tftp_protocol.n_narrations, ==, PC_TFTP_N_RULES);
  for (guint i = 0; i < PC_TFTP_N_RULES; i++) {
    const PcNarration *row = &pc_tftp_narrations[i];

    g_test_message ("rule %u, after %s", i,
                    i > 0 ? pc_tftp_narrations[i - 1].rule : "none");
    g_assert_nonnull (row->rule);
    g_assert_true (g_str_has_prefix (row->rule, "tftp."));
    g_assert_true (i == 0 || strcmp (row[-1].rule, row->rule) < 0);
    g_assert_cmpuint (strlen (row->title), >, 3);
    g_assert_cmpuint (strlen (row->explanation), >, 40);
    g_assert_true (g_str_has_suffix (row->explanation, "."));
    g_assert_cmpuint (row->references[0].rfc, !=, 0);
    g_assert_true (pc_narration_find (pc_tftp_narrations, PC_TFTP_N_RULES,
                                      row->rule) == row);
  }
}

static void
test_tables (void)
{
  guint n_states = g_strv_length ((char **)pc_tftp_server_states);

  g_assert_cmpuint (n_states, ==, PC_TFTP_SERVER_CLOSED + 1);
  g_assert_cmpuint (g_strv_length ((char **)pc_tftp_client_states), ==,
                    PC_TFTP_CLIENT_CLOSED + 1);
  for (guint i = 0; i < PC_TFTP_N_OPCODES; i++) {
    g_assert_nonnull (pc_tftp_verbs[i].name);
    g_assert_true (g_str_has_prefix (pc_tftp_verbs[i].syntax,
                                     pc_tftp_verbs[i].name));
    g_assert_cmpuint (pc_tftp_verbs[i].states >> n_states, ==, 0);
  }
  g_assert_null (pc_tftp_verbs[PC_TFTP_N_OPCODES].name);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/observe/fields", test_fields);
  g_test_add_func ("/tftp/observe/options", test_options);
  g_test_add_func ("/tftp/observe/options-write", test_options_write);
  g_test_add_func ("/tftp/observe/sorcerers-apprentice",
                   test_sorcerers_apprentice);
  g_test_add_func ("/tftp/observe/errors", test_errors);
  g_test_add_func ("/tftp/observe/misplaced", test_misplaced);
  g_test_add_func ("/tftp/observe/before-any-request",
                   test_before_any_request);
  g_test_add_func ("/tftp/observe/second-transfer", test_second_transfer);
  g_test_add_func ("/tftp/observe/noise", test_noise);
  g_test_add_func ("/tftp/narrate/complete", test_narration);
  g_test_add_func ("/tftp/verbs/tables", test_tables);
  return g_test_run ();
}
