/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer on whole conversations of our own engines, with options and
 * windows.  That its states are theirs, after each datagram, the pump holds.
 */

#include <string.h>

#include "pump.h"

static char *
make_content (gsize len)
{
  char *content = g_malloc (len + 1);

  for (gsize i = 0; i < len; i++)
    content[i] = (char)(i * 7 + i / 251);
  return content;
}

/* "blksize=8 windowsize=4" */
static void
begin (Pump       *pump,
       gboolean    put,
       const char *mode,
       const char *options,
       GBytes     *data)
{
  g_autoptr (PcAction) action = pc_action_new (put ? "put" : "get");
  g_auto (GStrv) words = g_strsplit (options, " ", -1);

  pc_action_set (action, "file", put ? "up" : "a");
  pc_action_set (action, "mode", mode);
  for (guint i = 0; words[i] != NULL; i++) {
    g_auto (GStrv) pair = g_strsplit (words[i], "=", 2);

    pc_action_set (action, pair[0], pair[1]);
  }
  if (put)
    pc_action_set_data (action, g_bytes_get_data (data, NULL),
                        g_bytes_get_size (data));
  else
    pump_add_file (pump, "a", g_bytes_get_data (data, NULL),
                   g_bytes_get_size (data));
  if (put && strstr (options, "tsize=yes") != NULL)
    pump->upload_size = (gint64)g_bytes_get_size (data);
  pump_do (pump, action);
}

static void
expect_whole (Pump    *pump,
              gboolean put,
              GBytes  *data)
{
  GBytes *got = put ? g_hash_table_lookup (pump->files, "up") : pump->item;

  g_assert_true (g_str_has_suffix (pump->outcome->str, "done\n"));
  g_assert_nonnull (got);
  g_assert_true (g_bytes_equal (got, data));
}

static void
expect_none (Pump       *pump,
             const char *words)
{
  g_auto (GStrv) rules = g_strsplit (words, " ", -1);

  for (guint i = 0; rules[i] != NULL; i++)
    if (strstr (pump->trace->str, rules[i]) != NULL)
      g_error ("%s in\n%s", rules[i], pump->trace->str);
}

/* What a network may explain none of. */
#define NEVER                                                                \
  "misplaced unreadable .unexpected .too-long .wrong .apprentice .illegal " \
  "error.late without-options"

static void
test_clean (void)
{
  static const gsize sizes[] = { 0, 1, 7, 8, 9, 31, 32, 33, 64, 100, 512, 5000 };
  static const char *const options[] = {
    "blksize=8",
    "windowsize=4",
    "blksize=8 windowsize=4",
    "blksize=8 windowsize=64 timeout=3 tsize=yes",
    "blksize=1428 tsize=yes",
    "blksize=65464 windowsize=2",
    "timeout=1",
  };

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    for (guint j = 0; j < G_N_ELEMENTS (sizes) * 2; j++) {
      g_autoptr (Pump) pump = pump_new ();
      g_autofree char *content = make_content (sizes[j / 2]);
      g_autoptr (GBytes) data = g_bytes_new (content, sizes[j / 2]);
      gboolean put = j % 2 == 1;

      g_test_message ("%s of %u octets, %s", put ? "put" : "get",
                      (guint)sizes[j / 2], options[i]);
      begin (pump, put, "octet", options[i], data);
      pump_run (pump);
      expect_whole (pump, put, data);
      expect_none (pump, NEVER " .again .gap stranger error");
    }
}

static void
test_trace_window (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autofree char *content = make_content (43);
  g_autoptr (GBytes) data = g_bytes_new (content, 43);

  pump->config.policy.max_block_size = 8;
  begin (pump, FALSE, "octet", "blksize=9 windowsize=4 tsize=yes", data);
  pump_run (pump);
  g_assert_cmpstr (pump->trace->str, ==,
                   "C RRQ \"a\" octet blksize=9 tsize=0 windowsize=4 "
                   "[tftp.rrq.options]\n"
                   "S OACK blksize=8 tsize=43 windowsize=4 "
                   "(blksize lowered from 9) [tftp.oack.lowered]\n"
                   "C ACK 0 [tftp.ack.options]\n"
                   "S DATA 1 (8 bytes) [tftp.data]\n"
                   "S DATA 2 (8 bytes) [tftp.data]\n"
                   "S DATA 3 (8 bytes) [tftp.data]\n"
                   "S DATA 4 (8 bytes) [tftp.data]\n"
                   "C ACK 4 [tftp.ack.window]\n"
                   "S DATA 5 (8 bytes) [tftp.data]\n"
                   "S DATA 6 (3 bytes) [tftp.data.last]\n"
                   "C ACK 6 [tftp.ack.last]\n");
}

static void
test_trace_no_options (void)
{
  g_autoptr (Pump) pump = pump_new ();
  g_autoptr (GBytes) data = g_bytes_new ("x", 1);

  pump->config.policy.no_options = TRUE;
  begin (pump, TRUE, "octet", "blksize=9", data);
  pump_run (pump);
  g_assert_cmpstr (pump->trace->str, ==,
                   "C WRQ \"up\" octet blksize=9 [tftp.wrq.options]\n"
                   "S ACK 0 [tftp.ack.without-options]\n"
                   "C DATA 1 (1 byte) [tftp.data.last]\n"
                   "S ACK 1 [tftp.ack.last]\n");
}

/* One ACK too many, and all is said twice; the new rule beside it. */
static void
test_apprentice (void)
{
  g_autofree char *content = make_content (1600);
  g_autoptr (GBytes) data = g_bytes_new (content, 1600);

  for (guint old = 0; old < 2; old++) {
    g_autoptr (Pump) pump = pump_new ();

    pump->config.policy.old_acks = old == 1;
    begin (pump, FALSE, "octet", "timeout=1", data);
    while (strstr (pump->trace->str, "C ACK 1 ") == NULL)
      g_assert_true (pump_turn (pump));
    pump_inject (pump, PUMP_CLIENT_PORT, PUMP_SERVER_PORT, "\0\4\0\1", 4);
    pump_run (pump);
    expect_whole (pump, FALSE, data);
    g_test_message ("%s", pump->trace->str);
    g_assert_cmpint (strstr (pump->trace->str, "S DATA 2 (512 bytes) "
                                               "[tftp.data.again.apprentice]\n"
                                               "C ACK 2 [tftp.ack]\n") != NULL,
                     ==, old == 1);
    g_assert_cmpint (strstr (pump->trace->str, "DATA 3 (512 bytes) "
                                               "[tftp.data.again.apprentice]"
                                               ) != NULL,
                     ==, old == 1);
  }
}

/* -- losses --------------------------------------------------------------- */

static GRand *loss;
static guint  percent;

static gboolean
lose_some (PcSide  from,
           guint   n,
           GBytes *packet)
{
  return (guint)g_rand_int_range (loss, 0, 100) < percent;
}

static void
test_losses (void)
{
  static const char *const options[] = {
    "blksize=512",
    "blksize=64 windowsize=4",
    "blksize=64 windowsize=16 timeout=2",
    "windowsize=3 tsize=yes",
  };
  guint n_whole = 0;

  for (guint32 seed = 0; seed < 400; seed++) {
    g_autoptr (Pump) pump = pump_new ();
    g_autofree char *content = make_content (5000);
    g_autoptr (GBytes) data = g_bytes_new (content, 5000);
    gboolean put = seed % 2 == 1;

    percent = seed % 3 == 0 ? 30 : 10;
    g_test_message ("seed %u, %s, %s", seed, put ? "put" : "get",
                    options[seed / 2 % 4]);
    loss = g_rand_new_with_seed (seed);
    pump->lose = lose_some;
    begin (pump, put, "octet", options[seed / 2 % 4], data);
    pump_run (pump);
    g_rand_free (loss);

    expect_none (pump, "unreadable .too-long .wrong .apprentice .gap-");
    if (g_str_has_suffix (pump->outcome->str, "done\n")) {
      expect_whole (pump, put, data);
      n_whole++;
      /* Strangers apart: after a failure an ERROR may cross anything. */
      if (pump->servers->len == 1)
        expect_none (pump, NEVER);
    }
  }

  g_test_message ("%u of 400 whole", n_whole);
  g_assert_cmpuint (n_whole, >, 350);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/observe-engines/clean", test_clean);
  g_test_add_func ("/tftp/observe-engines/trace-window", test_trace_window);
  g_test_add_func ("/tftp/observe-engines/trace-no-options",
                   test_trace_no_options);
  g_test_add_func ("/tftp/observe-engines/apprentice", test_apprentice);
  g_test_add_func ("/tftp/observe-engines/losses", test_losses);
  return g_test_run ();
}
