/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole conversations, engine to engine, with and without losses: what
 * crossed, what it was taken for, and what came of it. */

#include <string.h>

#include "pump.h"

#include "base/limits.h"

static void
expect_trace (Pump       *pump,
              const char *trace,
              const char *outcome)
{
  pump_run (pump);
  g_assert_cmpstr (pump->trace->str, ==, trace);
  g_assert_cmpstr (pump->outcome->str, ==, outcome);
}

static char *
make_content (gsize len)
{
  char *content = g_malloc (len + 1);

  for (gsize i = 0; i < len; i++)
    content[i] = (char)(i * 7 + i / 251);
  return content;
}

static void
test_get (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autofree char *content = make_content (600);

  pump_add_file (pump, "motd.txt", content, 600);
  pump_act (pump, "get", "motd.txt", NULL, NULL);
  expect_trace (pump,
                "C RRQ \"motd.txt\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 [tftp.ack]\n"
                "S DATA 2 (88 bytes) [tftp.data.last]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item motd.txt (600)\ndone\n");
}

static void
test_get_small (void)
{
  g_autoptr (Pump) pump = pump_new ();

  pump_add_file (pump, "a", "x", 1);
  pump_act (pump, "get", "a", "netascii", NULL);
  expect_trace (pump,
                "C RRQ \"a\" netascii [tftp.rrq]\n"
                "S DATA 1 (1 byte) [tftp.data.only]\n"
                "C ACK 1 [tftp.ack.last]\n",
                "item a (1)\ndone\n");
}

static void
test_get_even (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autofree char *content = make_content (512);

  pump_add_file (pump, "even", content, 512);
  pump_act (pump, "get", "even", NULL, NULL);
  expect_trace (pump,
                "C RRQ \"even\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 [tftp.ack]\n"
                "S DATA 2 (0 bytes) [tftp.data.empty]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item even (512)\ndone\n");
}

static void
test_put (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autofree char *content = make_content (600);
  g_autoptr (GBytes) data = g_bytes_new (content, 600);

  pump_act (pump, "put", "up.bin", NULL, data);
  expect_trace (pump,
                "C WRQ \"up.bin\" octet [tftp.wrq]\n"
                "S ACK 0 [tftp.ack.zero]\n"
                "C DATA 1 (512 bytes) [tftp.data]\n"
                "S ACK 1 [tftp.ack]\n"
                "C DATA 2 (88 bytes) [tftp.data.last]\n"
                "S ACK 2 [tftp.ack.last]\n",
                "done\n");
  g_assert_true (g_bytes_equal (g_hash_table_lookup (pump->files, "up.bin"),
                                data));
  g_assert_cmpuint (pump->n_writes, ==, 2);
  g_assert_cmpuint (pump->n_aborts, ==, 0);
}

static void
test_not_found (void)
{
  g_autoptr (Pump) pump = pump_new ();

  pump_act (pump, "get", "nothing", NULL, NULL);
  expect_trace (pump,
                "C RRQ \"nothing\" octet [tftp.rrq]\n"
                "S ERROR 1 \"File not found\" [tftp.error.not-found]\n",
                "refused File not found\n");
}

static void
test_disk_full (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autoptr (GBytes) data = g_bytes_new ("x", 1);

  pump->write_status = PC_FILE_FULL;
  pump_act (pump, "put", "up.bin", NULL, data);
  expect_trace (pump,
                "C WRQ \"up.bin\" octet [tftp.wrq]\n"
                "S ACK 0 [tftp.ack.zero]\n"
                "C DATA 1 (1 byte) [tftp.data.last]\n"
                "S ERROR 3 \"Disk full or allocation exceeded\" "
                "[tftp.error.full]\n",
                "refused Disk full or allocation exceeded\n");
  g_assert_cmpuint (pump->n_aborts, ==, 1);
  g_assert_null (g_hash_table_lookup (pump->files, "up.bin"));
}

/* -- losses -------------------------------------------------------------- */

static gboolean
lose_fourth (PcSide  from,
             guint   n,
             GBytes *packet)
{
  return n == 4;
}

static gboolean
lose_third (PcSide  from,
            guint   n,
            GBytes *packet)
{
  return n == 3;
}

static gboolean
lose_first (PcSide  from,
            guint   n,
            GBytes *packet)
{
  return n == 1;
}

static gboolean
lose_second (PcSide  from,
             guint   n,
             GBytes *packet)
{
  return n == 2;
}

static gboolean
lose_all_from_server (PcSide  from,
                      guint   n,
                      GBytes *packet)
{
  return from == PC_SIDE_SERVER;
}

static Pump *
new_losing (PumpLose lose)
{
  Pump            *pump = pump_new ();
  g_autofree char *content = make_content (600);

  pump->lose = lose;
  pump_add_file (pump, "a", content, 600);
  pump_act (pump, "get", "a", NULL, NULL);
  return pump;
}

static void
test_data_lost (void)
{
  g_autoptr (Pump) pump = new_losing (lose_fourth);

  expect_trace (pump,
                "C RRQ \"a\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 [tftp.ack]\n"
                "S DATA 2 (88 bytes) (lost) [tftp.data.last]\n"
                "S DATA 2 (88 bytes) [tftp.data.again]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item a (600)\ndone\n");
}

static void
test_ack_lost (void)
{
  g_autoptr (Pump) pump = new_losing (lose_third);

  expect_trace (pump,
                "C RRQ \"a\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 (lost) [tftp.ack]\n"
                "S DATA 1 (512 bytes) [tftp.data.again]\n"
                "C ACK 1 [tftp.ack.again]\n"
                "S DATA 2 (88 bytes) [tftp.data.last]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item a (600)\ndone\n");
}

static void
test_request_lost (void)
{
  g_autoptr (Pump) pump = new_losing (lose_first);

  expect_trace (pump,
                "C RRQ \"a\" octet (lost) [tftp.rrq]\n"
                "C RRQ \"a\" octet [tftp.rrq.again]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 [tftp.ack]\n"
                "S DATA 2 (88 bytes) [tftp.data.last]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item a (600)\ndone\n");
}

/* Both timers ring at once: the repeated request makes a second server, whose
 * answer the client turns away. */
static void
test_first_data_lost (void)
{
  g_autoptr (Pump) pump = new_losing (lose_second);

  expect_trace (pump,
                "C RRQ \"a\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) (lost) [tftp.data.first]\n"
                "C RRQ \"a\" octet [tftp.rrq.again]\n"
                "S DATA 1 (512 bytes) [tftp.data.again]\n"
                "S From a stranger: DATA 1 (512 bytes) "
                "[tftp.stranger.second-server]\n"
                "C ACK 1 [tftp.ack]\n"
                "C ERROR 5 \"Unknown transfer ID\" [tftp.error.tid]\n"
                "S DATA 2 (88 bytes) [tftp.data.last]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item a (600)\ndone\n");
  g_assert_cmpuint (pump->servers->len, ==, 2);
}

static gboolean
lose_fifth (PcSide  from,
            guint   n,
            GBytes *packet)
{
  return n == 5;
}

static void
test_last_ack_lost (void)
{
  g_autoptr (Pump) pump = new_losing (lose_fifth);

  /* Client and server wait equally long, but the client dallies longer. */
  pump_run (pump);
  g_assert_cmpstr (pump->outcome->str, ==, "item a (600)\ndone\n");
  g_assert_nonnull (strstr (pump->trace->str, "[tftp.data.again.late]"));
  g_assert_nonnull (strstr (pump->trace->str, "[tftp.ack.again.dallying]"));
  g_assert_cmpuint (pump->n_sent, ==, 7);
}

static void
test_server_silent (void)
{
  g_autoptr (Pump) pump = new_losing (lose_all_from_server);

  pump_run (pump);
  g_assert_cmpstr (pump->outcome->str, ==,
                   "failed The server did not answer.\n");
  /* Six requests, and six servers that each sent no more than six packets. */
  g_assert_cmpuint (pump->servers->len, ==, PC_LIMIT_TFTP_RESENDS + 1);
  g_assert_cmpuint (pump->n_sent, ==, 6 + 6 * 6);
}

static GRand *loss;

static gboolean
lose_some (PcSide  from,
           guint   n,
           GBytes *packet)
{
  return g_rand_int_range (loss, 0, 100) < 15;
}

/* Over a bad line a transfer ends with an equal file or with a word of
 * failure, and never with more packets than the losses explain. */
static void
test_bad_line (void)
{
  guint n_whole = 0;

  for (guint32 seed = 0; seed < 200; seed++) {
    g_autoptr (Pump) pump = pump_new ();
    g_autofree char *content = make_content (5000);
    g_autoptr (GBytes) data = g_bytes_new (content, 5000);
    gboolean    put = seed % 2 == 1;
    const char *mode = seed % 4 < 2 ? "octet" : "netascii";

    g_test_message ("seed %u", seed);
    loss = g_rand_new_with_seed (seed);
    pump->lose = lose_some;
    pump_add_file (pump, "a", content, 5000);
    pump_act (pump, put ? "put" : "get", put ? "b" : "a", mode,
              put ? data : NULL);
    pump_run (pump);
    g_rand_free (loss);

    if (g_str_has_suffix (pump->outcome->str, "done\n")) {
      GBytes *got = put ? g_hash_table_lookup (pump->files, "b")
                        : pump->item;

      g_assert_true (g_bytes_equal (got, data));
      n_whole++;
    } else {
      g_assert_true (g_str_has_prefix (pump->outcome->str, "failed ") ||
                     g_str_has_prefix (pump->outcome->str, "refused "));
    }
    g_assert_cmpuint (pump->n_sent, <, 150);
  }

  g_assert_cmpuint (n_whole, >, 180);
}

/* -- strangers ----------------------------------------------------------- */

static void
test_strangers (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autofree char *content = make_content (600);

  pump_add_file (pump, "a", content, 600);
  pump_act (pump, "get", "a", NULL, NULL);
  g_assert_true (pump_turn (pump));
  g_assert_true (pump_turn (pump));
  pump_inject (pump, 4711, PUMP_CLIENT_PORT, "\0\3\0\2evil", 8);
  pump_inject (pump, 4711, PUMP_CLIENT_PORT, "\0\5\0\0stop\0", 9);
  expect_trace (pump,
                "C RRQ \"a\" octet [tftp.rrq]\n"
                "S DATA 1 (512 bytes) [tftp.data.first]\n"
                "C ACK 1 [tftp.ack]\n"
                "S From a stranger: DATA 2 (4 bytes) [tftp.stranger]\n"
                "S From a stranger: ERROR 0 \"stop\" [tftp.stranger]\n"
                "S DATA 2 (88 bytes) [tftp.data.last]\n"
                "C ERROR 5 \"Unknown transfer ID\" [tftp.error.tid]\n"
                "C ACK 2 [tftp.ack.last]\n",
                "item a (600)\ndone\n");
}

/* -- sizes --------------------------------------------------------------- */

static void
test_sizes (void)
{
  static const gsize sizes[] = { 0, 1, 511, 512, 513, 1023, 1024, 1025, 4096 };
  static const char *modes[] = { "octet", "netascii" };

  for (guint i = 0; i < G_N_ELEMENTS (sizes) * 2; i++) {
    g_autoptr (Pump) get = pump_new ();
    g_autoptr (Pump) put = pump_new ();
    g_autofree char *content = make_content (sizes[i / 2]);
    g_autoptr (GBytes) data = g_bytes_new (content, sizes[i / 2]);

    g_test_message ("%u octets, %s", (guint)sizes[i / 2], modes[i % 2]);
    pump_add_file (get, "a", content, sizes[i / 2]);
    pump_act (get, "get", "a", modes[i % 2], NULL);
    pump_run (get);
    g_assert_true (g_bytes_equal (get->item, data));

    pump_act (put, "put", "a", modes[i % 2], data);
    pump_run (put);
    g_assert_cmpstr (put->outcome->str, ==, "done\n");
    g_assert_true (g_bytes_equal (g_hash_table_lookup (put->files, "a"),
                                  data));
  }
}

/* Past block 65535 the numbers begin again at 0. */
static void
test_wrap (void)
{
  const gsize size = 65537 * 512 + 100;
  g_autoptr (Pump) get = pump_new ();
  g_autoptr (Pump) put = pump_new ();
  g_autofree char *content = make_content (size);
  g_autoptr (GBytes) data = g_bytes_new (content, size);

  pump_add_file (get, "big", content, size);
  pump_act (get, "get", "big", NULL, NULL);
  pump_run (get);
  g_assert_true (g_bytes_equal (get->item, data));
  g_assert_nonnull (strstr (get->trace->str,
                            "S DATA 65535 (512 bytes) [tftp.data]\n"
                            "C ACK 65535 [tftp.ack]\n"
                            "S DATA 0 (512 bytes) [tftp.data.wrap]\n"
                            "C ACK 0 [tftp.ack.wrap]\n"
                            "S DATA 1 (512 bytes) [tftp.data]\n"
                            "C ACK 1 [tftp.ack]\n"
                            "S DATA 2 (100 bytes) [tftp.data.last]\n"
                            "C ACK 2 [tftp.ack.last]\n"));

  pump_act (put, "put", "big", NULL, data);
  pump_run (put);
  g_assert_true (g_bytes_equal (g_hash_table_lookup (put->files, "big"),
                                data));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/conversation/get", test_get);
  g_test_add_func ("/tftp/conversation/get-small", test_get_small);
  g_test_add_func ("/tftp/conversation/get-even", test_get_even);
  g_test_add_func ("/tftp/conversation/put", test_put);
  g_test_add_func ("/tftp/conversation/not-found", test_not_found);
  g_test_add_func ("/tftp/conversation/disk-full", test_disk_full);
  g_test_add_func ("/tftp/conversation/data-lost", test_data_lost);
  g_test_add_func ("/tftp/conversation/ack-lost", test_ack_lost);
  g_test_add_func ("/tftp/conversation/request-lost", test_request_lost);
  g_test_add_func ("/tftp/conversation/first-data-lost",
                   test_first_data_lost);
  g_test_add_func ("/tftp/conversation/last-ack-lost", test_last_ack_lost);
  g_test_add_func ("/tftp/conversation/server-silent", test_server_silent);
  g_test_add_func ("/tftp/conversation/bad-line", test_bad_line);
  g_test_add_func ("/tftp/conversation/strangers", test_strangers);
  g_test_add_func ("/tftp/conversation/sizes", test_sizes);
  g_test_add_func ("/tftp/conversation/wrap", test_wrap);
  return g_test_run ();
}
