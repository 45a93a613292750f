/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A file of 1 MiB by TFTP while every tenth datagram, or every third, gets
 * lost on both ways: it arrives whole, with just as many resends as one
 * computes from the seed, without any of our code.
 */

#include "run/run.h"

#include <math.h>
#include <string.h>

#define SIZE (1024 * 1024)
#define BLOCK 512
#define N_BLOCKS (SIZE / BLOCK + 1) /* the last one is empty */
#define PATTERN "0123456789abcdefghijklmnopqrstuvwxyz\n"
#define NEVER 100 /* sendings of one block; a transfer gives up before */

static const char scenario_text[] =
    "{ \"format\": \"portcall-scenario\", \"format_version\": 1,"
    "  \"id\": \"losses\", \"title\": \"T\", \"summary\": \"S\","
    "  \"subtitle\": \"s\", \"protocol\": \"tftp\","
    "  \"actors\": ["
    "    { \"id\": \"router\", \"name\": \"R\", \"role\": \"client\","
    "      \"speaks\": \"tftp\" },"
    "    { \"id\": \"server\", \"name\": \"S\", \"role\": \"server\","
    "      \"listens\": [ { \"protocol\": \"tftp\", \"port\": 69 } ] } ],"
    "  \"link\": { \"timeout_ms\": %u },"
    "  \"world\": { \"files\": [ { \"name\": \"f\", \"bytes\": 1048576,"
    "    \"pattern\": \"0123456789abcdefghijklmnopqrstuvwxyz\\n\" } ] },"
    "  \"script\": ["
    "    { \"actor\": \"router\", \"do\": \"connect\", \"port\": 69 },"
    "    { \"actor\": \"router\", \"do\": \"get\", \"file\": \"f\" } ],"
    "  \"faults\": [ { \"fault\": \"drop\", \"rule\": \"tftp.*\","
    "    \"after\": \"tftp.data.first\", \"rate\": %s, \"seed\": %" G_GUINT64_FORMAT
    " } ] }";

/* -- the same by hand ------------------------------------------------------ */

/* splitmix64 as its authors give it. */
static guint64 state;

static guint64
next (void)
{
  guint64 z = (state += 0x9E3779B97F4A7C15u);

  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
  return z ^ (z >> 31);
}

static gboolean
is_lost (double rate)
{
  return ldexp ((double) (next () >> 11), -53) < rate;
}

/* Lock step: a block is sent until it and its ACK are through.  The first
 * block is there before chance begins.  After the last one a client that has
 * got a block twice stays to answer repetitions (RFC 1350 section 6). */
static guint
simulate (guint64 seed,
          double  rate)
{
  guint resends = 0;

  state = seed;
  for (guint block = 1; block <= N_BLOCKS; block++)
    for (guint tries = 0;; tries++) {
      gboolean first = block == 1 && tries == 0;

      g_assert_cmpuint (tries, <, NEVER);
      resends += tries > 0;
      if (!first && is_lost (rate))
        continue;
      if (!is_lost (rate))
        break;
    }

  return resends;
}

/* The numbers that the authors' own program prints for the seed 1234567. */
static void
test_generator (void)
{
  static const guint64 expected[] = {
    G_GUINT64_CONSTANT (6457827717110365317),
    G_GUINT64_CONSTANT (3203168211198807973),
    G_GUINT64_CONSTANT (9817491932198370423),
    G_GUINT64_CONSTANT (4593380528125082431),
    G_GUINT64_CONSTANT (16408922859458223821),
  };
  guint64 ours = 1234567;

  state = 1234567;
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_assert_cmpuint (next (), ==, expected[i]);
    g_assert_cmpuint (pc_fault_draw (&ours), ==, expected[i]);
  }
  g_assert_false (pc_fault_is_struck (0, 0));
  g_assert_true (pc_fault_is_struck (G_MAXUINT64, 1));
  g_assert_false (pc_fault_is_struck (G_GUINT64_CONSTANT (1) << 63, 0.5));
  g_assert_true (
      pc_fault_is_struck ((G_GUINT64_CONSTANT (1) << 63) - 1, 0.5));
}

/* -- the transfer ---------------------------------------------------------- */

static PcTimeline *
transfer (guint       timeout,
          const char *rate,
          guint64     seed,
          PcLinkKind  link)
{
  g_autofree char *text = g_strdup_printf (scenario_text, timeout, rate, seed);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcScenario) scenario = pc_scenario_parse (
      "losses.json", (const guint8 *) text, strlen (text), problems);
  g_autoptr (GError) error = NULL;
  PcTimeline *timeline;

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  timeline = pc_run_scenario (scenario, link, &error);
  g_assert_no_error (error);
  g_test_message ("%s", pc_timeline_get_reason (timeline));
  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
  return timeline;
}

static gboolean
is_data (PcStep *step)
{
  return g_str_has_prefix (pc_step_get_rule (step), "tftp.data");
}

/* The octets of the blocks that arrived, each once, in order. */
static void
check_octets (PcTimeline *timeline)
{
  g_autoptr (GByteArray) got = g_byte_array_new ();
  guint expected = 1;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep       *step = pc_timeline_get_step (timeline, i);
    gsize         len;
    const guint8 *data = g_bytes_get_data (pc_step_get_bytes (step), &len);

    if (!is_data (step) || pc_step_get_fate (step) == PC_FATE_LOST ||
        (guint) (data[2] << 8 | data[3]) != expected)
      continue;
    expected++;
    g_byte_array_append (got, data + 4, (guint) len - 4);
  }

  g_assert_cmpuint (expected, ==, N_BLOCKS + 1);
  g_assert_cmpuint (got->len, ==, SIZE);
  for (guint i = 0; i < SIZE; i++)
    g_assert_cmpint (got->data[i], ==, PATTERN[i % strlen (PATTERN)]);
}

static guint
count_resends (PcTimeline *timeline)
{
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    n += is_data (pc_timeline_get_step (timeline, i));

  g_assert_cmpuint (n, >=, N_BLOCKS);
  return n - N_BLOCKS;
}

static void
check_losses (guint       timeout,
              const char *rate,
              guint64     seed,
              PcLinkKind  link)
{
  g_autoptr (PcTimeline) timeline = transfer (timeout, rate, seed, link);
  guint expected = simulate (seed, g_ascii_strtod (rate, NULL));

  g_test_message ("%s lost, seed %" G_GUINT64_FORMAT ": %u resends", rate,
                  seed, expected);
  check_octets (timeline);
  g_assert_cmpuint (count_resends (timeline), ==, expected);
}

static void
test_memory (void)
{
  static const char *const rates[] = { "0", "0.01", "0.1", "0.3" };

  for (guint i = 0; i < G_N_ELEMENTS (rates); i++)
    for (guint64 seed = 1; seed <= 5; seed++)
      check_losses (10, rates[i], seed, PC_LINK_MEMORY);
}

/* A busy machine must not be taken for a lossy network. */
static void
test_sockets (void)
{
  check_losses (150, "0.01", 1, PC_LINK_SOCKETS);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/losses/generator", test_generator);
  g_test_add_func ("/run/losses/memory", test_memory);
  g_test_add_func ("/run/losses/sockets", test_sockets);

  return g_test_run ();
}
