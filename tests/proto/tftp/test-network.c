/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Many transfers over bad lines, each by its seed: what arrives is what was
 * sent, neither end holds more than it may, and no line makes the number of
 * packets run away. */

#include <string.h>

#include "wire.h"

#include "base/limits.h"

#define BLOCK 512

typedef struct
{
  guint n;
  guint n_done;
  guint n_packets;
} Tally;

static GBytes *
make_content (gsize   len,
              guint32 seed)
{
  guint8 *content = g_malloc (len + 1);
  GRand  *rand = g_rand_new_with_seed (seed);

  /* Line ends of both kinds are frequent: netascii has something to do. */
  for (gsize i = 0; i < len; i++) {
    guint32 octet = g_rand_int (rand);

    content[i] = octet % 8 == 0   ? '\n'
                 : octet % 8 == 1 ? '\r'
                                  : (guint8)(octet >> 8);
  }
  g_rand_free (rand);
  return g_bytes_new_take (content, len);
}

/* What a lossy line may do to a transfer, and nothing else. */
static void
check_failure (const Wire *wire,
               gboolean    put)
{
  static const char *const words[] = {
    "failed The server did not answer.",
    "failed The server sent no further block.",
    "failed The server stopped acknowledging blocks.",
    "failed The last block was never acknowledged; the server may have the "
    "whole file all the same.",
  };
  gboolean known = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    known = known || strcmp (wire->outcome->str, words[i]) == 0;
  if (!known)
    g_error ("outcome: %s", wire->outcome->str);
}

static void
run_one (Tally      *tally,
         guint32     seed,
         gboolean    put,
         const char *options,
         gsize       size,
         guint       loss,
         guint       doubled,
         guint       late)
{
  g_autoptr (Wire) wire = wire_new (seed, 0, FALSE);
  g_autoptr (GBytes) content = make_content (size, seed);

  g_test_message ("seed %u: %s %s, %u octets, %u %u %u", seed,
                  put ? "put" : "get", options, (guint)size, loss, doubled,
                  late);
  wire->loss = loss;
  wire->doubled = doubled;
  wire->late = late;
  wire->file = content;
  wire->in_pieces = seed % 2 == 0;
  wire_run (wire, put ? "put" : "get", options, put ? content : NULL);

  tally->n++;
  tally->n_packets += wire->n_sent[0] + wire->n_sent[1];
  if (wire_is_done (wire)) {
    tally->n_done++;
    g_assert_true (g_bytes_equal (put ? wire->stored : wire->got, content));
  } else {
    check_failure (wire, put);
  }
  /* Whatever the client believes: nothing but the file is ever put in place. */
  if (wire->stored != NULL)
    g_assert_true (g_bytes_equal (wire->stored, content));
}

static const gsize sizes[] = {
  0, 1, 511, 512, 513, 1023, 1024, 1025, 8 * 512, 8 * 512 + 1, 40 * 512,
  65 * 512 - 1,
};

static const char *const windows[] = {
  "", "windowsize=2", "windowsize=8", "windowsize=64",
};

static void
run_all (Tally *tally,
         guint  loss,
         guint  doubled,
         guint  late)
{
  static const char *const modes[] = { "octet", "netascii" };
  guint32 seed = 1000 * (loss + 1);

  for (guint w = 0; w < G_N_ELEMENTS (windows); w++)
    for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
      for (guint i = 0; i < 4; i++) {
        g_autofree char *options = g_strdup_printf ("mode=%s %s", modes[i / 2],
                                                    windows[w]);

        run_one (tally, seed++, i % 2 == 1, options, sizes[s], loss, doubled,
                 late);
      }
}

static void
test_line (gconstpointer data)
{
  guint loss = GPOINTER_TO_UINT (data);
  Tally tally = { 0 };

  run_all (&tally, loss, 0, 0);
  g_test_message ("%u of %u done, %u packets", tally.n_done, tally.n,
                  tally.n_packets);
  if (loss <= 10)
    g_assert_cmpuint (tally.n_done, ==, tally.n);
  else
    g_assert_cmpuint (tally.n_done * 100, >, tally.n * 90);
}

static void
test_disorder (gconstpointer data)
{
  guint rate = GPOINTER_TO_UINT (data);
  Tally clean = { 0 };
  Tally doubled = { 0 };
  Tally late = { 0 };
  Tally both = { 0 };

  run_all (&clean, 0, 0, 0);
  run_all (&doubled, 0, rate, 0);
  run_all (&late, 0, 0, rate);
  run_all (&both, rate / 3, rate, rate);
  g_test_message ("packets: %u, doubled %u, late %u, all %u",
                  clean.n_packets, doubled.n_packets, late.n_packets,
                  both.n_packets);
  g_assert_cmpuint (clean.n_done, ==, clean.n);
  g_assert_cmpuint (doubled.n_done, ==, doubled.n);
  g_assert_cmpuint (late.n_done, ==, late.n);
  g_assert_cmpuint (both.n_done * 100, >=, both.n * 98);
  /* An apprentice would double everything, for each mishap anew. */
  g_assert_cmpuint (doubled.n_packets, <, clean.n_packets * 3);
  g_assert_cmpuint (late.n_packets, <, clean.n_packets * 4);
}

/* 2,048 blocks in lock step, each of which must find its way. */
static void
test_mebibyte (gconstpointer data)
{
  guint loss = GPOINTER_TO_UINT (data);
  Tally tally = { 0 };

  for (guint32 seed = 1; seed <= 10; seed++)
    run_one (&tally, seed, seed > 5, "", 1024 * 1024, loss, 0, 0);
  g_test_message ("%u of %u done, %u packets", tally.n_done, tally.n,
                  tally.n_packets);
  /* A client that was never heard may give up after six tries. */
  g_assert_cmpuint (tally.n_done, >=, loss < 30 ? 10 : 9);
}

/* The server never holds more of the file than a piece, what is left of the one
 * before, and a window. */
static void
test_memory (void)
{
  g_autoptr (Wire) wire = wire_new (7, 0, FALSE);
  g_autoptr (GBytes) content = make_content (8 * 1024 * 1024 + 5, 7);

  wire->file = content;
  wire->in_pieces = TRUE;
  wire_run (wire, "get", "blksize=1428 windowsize=64", NULL);
  g_assert_true (wire_is_done (wire));
  g_assert_true (g_bytes_equal (wire->got, content));
  g_assert_cmpuint (wire->held, <=, PC_LIMIT_TFTP_READ + 65 * 1428);
  /* One ACK for each window, one for the OACK. */
  g_assert_cmpuint (wire->n_acks, ==,
                    1 + (wire->n_data + 63) / 64);
}

int
main (int    argc,
      char **argv)
{
  static const guint rates[] = { 0, 1, 10, 30 };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rates); i++) {
    g_autofree char *path = NULL;
    g_autofree char *whole = NULL;

    path = g_strdup_printf ("/tftp/network/loss/%u", rates[i]);
    g_test_add_data_func (path, GUINT_TO_POINTER (rates[i]), test_line);
    whole = g_strdup_printf ("/tftp/network/mebibyte/%u", rates[i]);
    g_test_add_data_func (whole, GUINT_TO_POINTER (rates[i]), test_mebibyte);
  }
  g_test_add_data_func ("/tftp/network/disorder/10", GUINT_TO_POINTER (10),
                        test_disorder);
  g_test_add_data_func ("/tftp/network/disorder/30", GUINT_TO_POINTER (30),
                        test_disorder);
  g_test_add_func ("/tftp/network/memory", test_memory);
  return g_test_run ();
}
