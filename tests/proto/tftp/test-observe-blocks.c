/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The observer's count: repetitions and their reasons, windows with gaps and
 * restarts, block numbers that go round, strangers. */

#include "watch.h"

#include "proto/tftp/observe-blocks.h"

/* RFC 1123 section 4.2.3.1, the figure, as far as block 3: in order of sending,
 * with a link that is slow in both directions. */
static void
test_apprentice_told (void)
{
  static const WatchLine lines[] = {
    { "C.", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    { "S.", "DATA 1 512", "tftp.data.first", "READING/SENDING" },
    { "C.", "ACK 1", "tftp.ack", "RECEIVING/SENDING" }, /* is late */
    { "S!", "DATA 1 512", "tftp.data.again", NULL },
    { "C.", "ACK 1", "tftp.ack.again", NULL },
    { "S.", "DATA 2 512", "tftp.data", NULL },
    { "S.", "DATA 2 512", "tftp.data.again.apprentice", NULL },
    { "C.", "ACK 2", "tftp.ack", NULL },
    { "C.", "ACK 2", "tftp.ack.again", NULL },
    { "S.", "DATA 3 9", "tftp.data.last", NULL },
    { "S.", "DATA 3 9", "tftp.data.again.apprentice", NULL },
    { "C.", "ACK 3", "tftp.ack.last", "DALLYING/CLOSED" },
    { "C.", "ACK 3", "tftp.ack.again.dallying", NULL },
  };

  WATCH (lines);
}

/* The last block is no exception, however late its sender is; and a request
 * that comes again is granted anew. */
static void
test_known_timer_at_end (void)
{
  static const WatchLine apprentice[] = {
    { "C.", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    { "S.", "DATA 1 9", "tftp.data.only", "READING/SENDING" },
    { "C.", "ACK 1", "tftp.ack.last", "DALLYING/CLOSED" },
    { "S.", "DATA 1 9", "tftp.data.again.apprentice", "DALLYING/SENDING" },
    { "S!", "DATA 1 9", "tftp.data.again.late", NULL },
  };
  static const WatchLine granted[] = {
    { "C.", "WRQ a octet", "tftp.wrq", "WRITING/WAITING" },
    { "S.", "ACK 0", "tftp.ack.zero", "WRITING/RECEIVING" },
    { "C!", "WRQ a octet", "tftp.wrq.again", NULL },
    { "S.", "ACK 0", "tftp.ack.zero", NULL },
    { "S.", "ACK 0", "tftp.ack.again", NULL },
  };

  WATCH (apprentice);
  WATCH (granted);
}

/* The same between two programs of others: told by the order alone. */
static void
test_apprentice_guessed (void)
{
  static const WatchLine lines[] = {
    { "C", "WRQ a octet", "tftp.wrq", "WRITING/WAITING" },
    { "S", "ACK 0", "tftp.ack.zero", "WRITING/RECEIVING" },
    { "C", "DATA 1 512", "tftp.data", "SENDING/RECEIVING" },
    { "S", "ACK 1", "tftp.ack", NULL },
    { "C", "DATA 1 512", "tftp.data.again", NULL },
    { "S", "ACK 1", "tftp.ack.again", NULL },
    { "C", "DATA 2 512", "tftp.data", NULL },
    { "S", "ACK 1", "tftp.ack.again", NULL },
    { "C", "DATA 2 512", "tftp.data.again.apprentice", NULL },
    { "C", "DATA 2 512", "tftp.data.again.apprentice", NULL },
    /* More often than ACK 1 came: a timer again. */
    { "C", "DATA 2 512", "tftp.data.again", NULL },
    { "S", "ACK 2", "tftp.ack", NULL },
    { "S", "ACK 2", "tftp.ack.again.timer", NULL },
    { "C", "DATA 3 0", "tftp.data.empty", NULL },
    { "S", "ACK 3", "tftp.ack.last", "CLOSED/DALLYING" },
    { "C", "DATA 3 0", "tftp.data.again.late", "SENDING/DALLYING" },
    { "S", "ACK 3", "tftp.ack.again.dallying", "CLOSED/DALLYING" },
  };

  WATCH (lines);
}

/* What atftpd 0.8 sends without --prevent-sas, once an ACK came twice. */
static void
test_apprentice_atftpd (void)
{
  static const WatchLine lines[] = {
    { "C", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    { "S", "DATA 1 512", "tftp.data.first", "READING/SENDING" },
    { "C", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "C", "ACK 1", "tftp.ack.again.timer", NULL },
    { "S", "DATA 2 512", "tftp.data", NULL },
    { "S", "DATA 2 512", "tftp.data.again.apprentice", NULL },
    { "C", "ACK 2", "tftp.ack", NULL },
    { "C", "ACK 2", "tftp.ack.again.timer", NULL },
    { "S", "DATA 3 512", "tftp.data", NULL },
    { "C", "ACK 3", "tftp.ack", NULL },
    { "S", "DATA 3 512", "tftp.data.again.apprentice", NULL },
    { "C", "ACK 3", "tftp.ack.again", NULL },
    { "S", "DATA 4 512", "tftp.data", NULL },
    { "C", "ACK 4", "tftp.ack", NULL },
    { "S", "DATA 4 512", "tftp.data.again.apprentice", NULL },
    { "S", "DATA 5 512", "tftp.data", NULL },
    { "C", "ACK 4", "tftp.ack.again", NULL },
    { "C", "ERROR 0 bye", "tftp.error.other", "CLOSED/CLOSED" },
  };

  WATCH (lines);
}

/* Both ACKs were lost, both blocks go again by timer: no apprentice. */
static void
test_losses (void)
{
  static const WatchLine lines[] = {
    { "C.", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    { "C!", "RRQ a octet", "tftp.rrq.again", NULL },
    { "S.", "DATA 1 512", "tftp.data.first", "READING/SENDING" },
    { "C.", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "S!", "DATA 1 512", "tftp.data.again", NULL },
    { "C.", "ACK 1", "tftp.ack.again", NULL },
    { "C!", "ACK 1", "tftp.ack.again.timer", NULL },
    { "S.", "DATA 2 512", "tftp.data", NULL },
    { "S!", "DATA 2 512", "tftp.data.again", NULL },
    { "C.", "ACK 2", "tftp.ack", NULL },
    { "S.", "DATA 3 511", "tftp.data.last", NULL },
    { "S!", "DATA 3 511", "tftp.data.again", NULL },
    { "C.", "ACK 3", "tftp.ack.last", "DALLYING/CLOSED" },
    { "S!", "DATA 3 511", "tftp.data.again.late", "DALLYING/SENDING" },
    { "C.", "ACK 3", "tftp.ack.again.dallying", "DALLYING/CLOSED" },
  };

  WATCH (lines);
}

/* The figure of RFC 7440 section 4, windows of four, as the sender sees it. */
static void
test_window_gaps (void)
{
  static const WatchLine lines[] = {
    { "C", "RRQ a octet blksize=8 windowsize=4", "tftp.rrq.options",
      "READING/WAITING" },
    { "S", "OACK blksize=8 windowsize=4", "tftp.oack", "READING/SENDING" },
    { "C", "ACK 0", "tftp.ack.options", NULL },
    { "S", "DATA 1 8", "tftp.data", NULL },
    { "S", "DATA 2 8", "tftp.data", NULL },
    { "S", "DATA 3 8", "tftp.data", NULL },
    { "S", "DATA 4 8", "tftp.data", NULL },
    { "C", "ACK 4", "tftp.ack.window", "RECEIVING/SENDING" },
    { "S", "DATA 5 8", "tftp.data", NULL },
    { "S", "DATA 6 8", "tftp.data", NULL }, /* is lost */
    { "S", "DATA 7 8", "tftp.data", NULL },
    { "C", "ACK 5", "tftp.ack.gap", NULL },
    { "S", "DATA 6 8", "tftp.data.again.restart", NULL },
    { "S", "DATA 7 8", "tftp.data.again.window", NULL },
    { "S", "DATA 8 8", "tftp.data", NULL },
    { "S", "DATA 9 8", "tftp.data", NULL },
    { "C", "ACK 9", "tftp.ack.window", NULL },
    { "S", "DATA 10 8", "tftp.data", NULL },
    { "S", "DATA 11 8", "tftp.data", NULL }, /* is lost */
    { "S", "DATA 12 8", "tftp.data", NULL },
    { "C", "ACK 10", "tftp.ack.gap", NULL }, /* is lost */
    { "S", "DATA 13 8", "tftp.data", NULL },
    /* Its timer; and it knows of ACK 9 only. */
    { "S", "DATA 10 8", "tftp.data.again.timeout", NULL },
    { "S", "DATA 11 8", "tftp.data.again.window", NULL },
    { "S", "DATA 12 8", "tftp.data.again.window", NULL },
    { "S", "DATA 13 8", "tftp.data.again.window", NULL },
    { "C", "ACK 13", "tftp.ack.window", NULL },
    /* The last window is shorter. */
    { "S", "DATA 14 8", "tftp.data", NULL },
    { "S", "DATA 15 3", "tftp.data.last", NULL },
    { "C", "ACK 15", "tftp.ack.last", "DALLYING/CLOSED" },
    { "S", "DATA 14 8", "tftp.data.again.late", "DALLYING/SENDING" },
    { "S", "DATA 15 3", "tftp.data.again.late", NULL },
    { "C", "ACK 15", "tftp.ack.again.dallying", "DALLYING/CLOSED" },
  };

  WATCH (lines);
}

/* The first block of a window is lost, so the number in the ACK is an old
 * one; told by the timers what is what. */
static void
test_window_first (void)
{
  static const WatchLine lines[] = {
    { "C.", "WRQ a octet windowsize=3 blksize=8", "tftp.wrq.options",
      "WRITING/WAITING" },
    { "S.", "OACK blksize=8 windowsize=3", "tftp.oack", "WRITING/RECEIVING" },
    { "C.", "DATA 1 8", "tftp.data", "SENDING/RECEIVING" }, /* is lost */
    { "C.", "DATA 2 8", "tftp.data", NULL },
    { "S.", "ACK 0", "tftp.ack.gap", NULL },
    { "C.", "DATA 3 8", "tftp.data", NULL },
    { "C.", "DATA 1 8", "tftp.data.again.restart", NULL },
    { "C.", "DATA 2 8", "tftp.data.again.window", NULL },
    { "C.", "DATA 3 8", "tftp.data.again.window", NULL },
    { "S.", "ACK 3", "tftp.ack.window", NULL }, /* is lost */
    { "C!", "DATA 1 8", "tftp.data.again.timeout", NULL },
    { "C!", "DATA 2 8", "tftp.data.again.window", NULL },
    { "C!", "DATA 3 8", "tftp.data.again.window", NULL },
    { "S.", "ACK 3", "tftp.ack.again", NULL },
    { "C.", "DATA 4 7", "tftp.data.last", NULL },
    { "S.", "ACK 4", "tftp.ack.last", "CLOSED/DALLYING" },
  };

  WATCH (lines);
}

/* Where only what arrives is seen: lost blocks are missing. */
static void
test_window_arrived (void)
{
  static const WatchLine lines[] = {
    { "C.", "RRQ a octet blksize=8 windowsize=4", "tftp.rrq.options",
      "READING/WAITING" },
    { "S", "OACK blksize=8 windowsize=4", "tftp.oack", "READING/SENDING" },
    { "C.", "ACK 0", "tftp.ack.options", NULL },
    { "S", "DATA 1 8", "tftp.data", NULL },
    { "S", "DATA 3 8", "tftp.data.gap", NULL },
    { "C.", "ACK 1", "tftp.ack.gap", "RECEIVING/SENDING" },
    { "S", "DATA 4 8", "tftp.data.gap", NULL },
    { "S", "DATA 2 8", "tftp.data.again.restart", NULL },
    { "S", "DATA 3 8", "tftp.data", NULL },
    { "S", "DATA 9 8", "tftp.data.unexpected", NULL },
    { "C.", "ACK 8", "tftp.ack.unexpected", NULL },
  };

  WATCH (lines);
}

/* -- numbers that go round ------------------------------------------------ */

/* All of it up to block @n, in windows; returns the observer. */
static PcObserver *
advance (guint   window,
         guint64 n)
{
  PcObserver      *observer = pc_tftp_observer_new ();
  g_autofree char *request = g_strdup_printf ("RRQ a octet blksize=8 "
                                              "windowsize=%u",
                                              window);
  g_autofree char *oack = g_strdup_printf ("OACK blksize=8 windowsize=%u",
                                           window);

  pc_unit_free (watch_see (observer, "C.", request));
  pc_unit_free (watch_see (observer, "S.", oack));
  pc_unit_free (watch_see (observer, "C.", "ACK 0"));
  for (guint64 i = 1; i <= n; i++) {
    g_autofree char *data = g_strdup_printf ("DATA %u 8", (guint16)i);
    g_autofree char *ack = g_strdup_printf ("ACK %u", (guint16)i);

    pc_unit_free (watch_see (observer, "S.", data));
    if (i % window == 0)
      pc_unit_free (watch_see (observer, "C.", ack));
  }
  return observer;
}

static void
expect (PcObserver *observer,
        const char *who,
        const char *what,
        const char *rule,
        const char *block)
{
  g_autoptr (PcUnit) unit = watch_see (observer, who, what);

  g_test_message ("%s %s: %s", who, what, unit->rule);
  g_assert_cmpstr (unit->rule, ==, rule);
  g_assert_cmpstr (pc_unit_get_field (unit, 1)->label, ==, "Block number");
  g_assert_cmpstr (pc_unit_get_field (unit, 1)->value, ==, block);
}

static void
test_wrap (void)
{
  g_autoptr (PcObserver) observer = advance (1, 65535);

  expect (observer, "S.", "DATA 0 8", "tftp.data.wrap",
          "0 (block 65536 of the file)");
  expect (observer, "S!", "DATA 0 8", "tftp.data.again",
          "0 (block 65536 of the file)");
  expect (observer, "C.", "ACK 65535", "tftp.ack.again", "65535");
  expect (observer, "C.", "ACK 0", "tftp.ack.wrap",
          "0 (block 65536 of the file)");
  expect (observer, "C.", "ACK 0", "tftp.ack.again",
          "0 (block 65536 of the file)");
  expect (observer, "S.", "DATA 1 8", "tftp.data",
          "1 (block 65537 of the file)");
  expect (observer, "C.", "ACK 9", "tftp.ack.unexpected", "9");
  expect (observer, "C.", "ACK 1", "tftp.ack", "1 (block 65537 of the file)");
  expect (observer, "S.", "DATA 9 8", "tftp.data.unexpected", "9");
}

/* 6 does not divide 65536: the window goes round in its middle. */
static void
test_wrap_window (void)
{
  g_autoptr (PcObserver) observer = advance (6, 65535);

  expect (observer, "S.", "DATA 0 8", "tftp.data.wrap",
          "0 (block 65536 of the file)");
  expect (observer, "S.", "DATA 1 8", "tftp.data",
          "1 (block 65537 of the file)");
  expect (observer, "C.", "ACK 65535", "tftp.ack.gap", "65535");
  expect (observer, "S.", "DATA 0 8", "tftp.data.again.restart",
          "0 (block 65536 of the file)");
  expect (observer, "S.", "DATA 1 8", "tftp.data.again.window",
          "1 (block 65537 of the file)");
  for (guint i = 2; i <= 5; i++) {
    g_autofree char *data = g_strdup_printf ("DATA %u 8", i);

    pc_unit_free (watch_see (observer, "S.", data));
  }
  expect (observer, "C.", "ACK 5", "tftp.ack.wrap",
          "5 (block 65541 of the file)");
  expect (observer, "S.", "DATA 6 0", "tftp.data.empty",
          "6 (block 65542 of the file)");
  expect (observer, "C.", "ACK 6", "tftp.ack.last",
          "6 (block 65542 of the file)");
}

/* Every window, every place of loss: the count is never wrong, and each lost
 * block is asked for. */
static void
test_count (void)
{
  static const guint windows[] = { 1, 2, 3, 8, 64, 4096, 32768, 65535 };

  for (guint w = 0; w < G_N_ELEMENTS (windows); w++) {
    PcTftpBlocks blocks;
    PcTftpPacket packet = { .opcode = PC_TFTP_DATA, .len = 512 };
    guint64      base = 1;
    guint64      block;

    g_test_message ("window %u", windows[w]);
    pc_tftp_blocks_init (&blocks);
    blocks.window = windows[w];
    while (base < 200000) {
      guint64 n_good = windows[w];

      for (guint i = 0; i < windows[w]; i++) {
        packet.number = (guint16)(base + i);
        pc_tftp_blocks_see_data (&blocks, &packet, PC_OBSERVER_TIMER_QUIET,
                                 &block);
        g_assert_cmpuint (block, ==, base + i);
      }
      if (g_test_rand_bit ())
        n_good = (guint64)g_test_rand_int_range (0, (gint32)windows[w] + 1);
      pc_tftp_blocks_see_ack (&blocks, (guint16)(base + n_good - 1),
                              PC_OBSERVER_TIMER_QUIET, &block);
      g_assert_cmpuint (block, ==, base + n_good - 1);
      base += n_good;
    }
  }
}

/* -- ports ---------------------------------------------------------------- */

/* RFC 1350 section 4: the request came twice. */
static void
test_second_server (void)
{
  static const WatchLine lines[] = {
    { "C", "WRQ a octet", "tftp.wrq", "WRITING/WAITING" },
    { "S", "ACK 0", "tftp.ack.zero", "WRITING/RECEIVING" },
    { "X", "ACK 0", "tftp.stranger.second-server", NULL },
    { "C", "DATA 1 512", "tftp.data", "SENDING/RECEIVING" },
    { "C", "ERROR 5 no", "tftp.error.tid", NULL },
    { "S", "ACK 1", "tftp.ack", NULL },
    /* Nobody was met since: this one is meant. */
    { "C", "ERROR 5 no", "tftp.error.tid", "CLOSED/CLOSED" },
  };
  static const WatchLine again[] = {
    { "C", "RRQ a octet blksize=8", "tftp.rrq.options", "READING/WAITING" },
    { "C", "RRQ a octet blksize=8", "tftp.rrq.again", NULL },
    { "S", "OACK blksize=8", "tftp.oack", "READING/SENDING" },
    { "C", "ACK 0", "tftp.ack.options", NULL },
    { "X", "OACK blksize=8", "tftp.stranger.second-server", NULL },
    { "S", "DATA 1 8", "tftp.data", NULL },
    { "C", "ERROR 5 no", "tftp.error.tid", NULL },
    { "C", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "X", "ERROR 0 bye", "tftp.stranger", NULL },
  };

  WATCH (lines);
  WATCH (again);
}

static void
test_strangers (void)
{
  static const WatchLine lines[] = {
    { "C", "RRQ a octet", "tftp.rrq", "READING/WAITING" },
    /* No answer to this request: of a transfer long over. */
    { "X", "ACK 7", "tftp.stranger", NULL },
    { "C", "ERROR 5 no", "tftp.error.tid", NULL },
    { "S", "DATA 1 512", "tftp.data.first", "READING/SENDING" },
    { "C", "ACK 1", "tftp.ack", "RECEIVING/SENDING" },
    { "X", "DATA 2 3", "tftp.stranger", NULL },
    { "Y", "ACK 1", "tftp.stranger", NULL },
    { "S", "ERROR 5 no", "tftp.error.tid", NULL },
    { "C", "ERROR 5 no", "tftp.error.tid", NULL },
    { "Y", "RRQ b octet", "tftp.stranger", NULL },
    { "S", "DATA 2 3", "tftp.data.last", NULL },
    { "C", "ACK 2", "tftp.ack.last", "DALLYING/CLOSED" },
  };

  WATCH (lines);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/observe-blocks/apprentice-told",
                   test_apprentice_told);
  g_test_add_func ("/tftp/observe-blocks/apprentice-guessed",
                   test_apprentice_guessed);
  g_test_add_func ("/tftp/observe-blocks/known-timer-at-end",
                   test_known_timer_at_end);
  g_test_add_func ("/tftp/observe-blocks/apprentice-atftpd",
                   test_apprentice_atftpd);
  g_test_add_func ("/tftp/observe-blocks/losses", test_losses);
  g_test_add_func ("/tftp/observe-blocks/window-gaps", test_window_gaps);
  g_test_add_func ("/tftp/observe-blocks/window-first", test_window_first);
  g_test_add_func ("/tftp/observe-blocks/window-arrived",
                   test_window_arrived);
  g_test_add_func ("/tftp/observe-blocks/wrap", test_wrap);
  g_test_add_func ("/tftp/observe-blocks/wrap-window", test_wrap_window);
  g_test_add_func ("/tftp/observe-blocks/count", test_count);
  g_test_add_func ("/tftp/observe-blocks/second-server", test_second_server);
  g_test_add_func ("/tftp/observe-blocks/strangers", test_strangers);
  return g_test_run ();
}
