/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Line ends there and back, at every place where blocks can meet. */

#include "proto/tftp/netascii.h"

#include <string.h>

#define TEXT(literal) (literal), sizeof (literal) - 1

typedef struct
{
  const char *local;
  gsize       local_len;
  const char *wire;
  gsize       wire_len;
} Case;

static const Case cases[] = {
  { TEXT (""), TEXT ("") },
  { TEXT ("abc"), TEXT ("abc") },
  { TEXT ("\n"), TEXT ("\r\n") },
  { TEXT ("\r"), TEXT ("\r\0") },
  { TEXT ("a\nb\n"), TEXT ("a\r\nb\r\n") },
  { TEXT ("a\r\nb"), TEXT ("a\r\0\r\nb") },
  { TEXT ("\r\r\n\n"), TEXT ("\r\0\r\0\r\n\r\n") },
  { TEXT ("\0"), TEXT ("\0") },
  { TEXT ("\r\0"), TEXT ("\r\0\0") },
  { TEXT ("\377\200"), TEXT ("\377\200") },
};

/* In blocks of @size octets, as a sender makes them. */
static GByteArray *
encode (const char *local,
        gsize       len,
        gsize       size)
{
  PcTftpEncoder encoder = { 0 };
  GByteArray   *out = g_byte_array_new ();
  guint8        block[512];
  gsize         offset = 0;
  gsize         made;

  do {
    gsize used;

    made = pc_tftp_encode (&encoder, (const guint8 *)local + offset,
                           len - offset, &used, block, size);
    offset += used;
    g_byte_array_append (out, block, (guint)made);
  } while (made == size);

  g_assert_cmpuint (offset, ==, len);
  g_assert_false (encoder.owes);
  return out;
}

static GByteArray *
decode (const char *wire,
        gsize       len,
        gsize       size)
{
  PcTftpDecoder decoder = { 0 };
  GByteArray   *out = g_byte_array_new ();

  for (gsize i = 0; i < len; i += size)
    pc_tftp_decode (&decoder, (const guint8 *)wire + i, MIN (size, len - i),
                    out);
  pc_tftp_decode_end (&decoder, out);
  return out;
}

static void
test_encode (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 1; size < 12; size++) {
      const Case *c = &cases[i];
      g_autoptr (GByteArray) out = encode (c->local, c->local_len, size);

      g_test_message ("row %u, blocks of %u", i, (guint)size);
      g_assert_cmpmem (out->data, out->len, c->wire, c->wire_len);
    }
}

static void
test_decode (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize size = 1; size < 12; size++) {
      const Case *c = &cases[i];
      g_autoptr (GByteArray) out = decode (c->wire, c->wire_len, size);

      g_test_message ("row %u, blocks of %u", i, (guint)size);
      g_assert_cmpmem (out->data, out->len, c->local, c->local_len);
    }
}

/* A CR before anything else is against the rules, and stays. */
static void
test_decode_foreign (void)
{
  static const Case foreign[] = {
    { TEXT ("a\rb"), TEXT ("a\rb") },
    { TEXT ("a\r"), TEXT ("a\r") },
    { TEXT ("\r\n"), TEXT ("\r\r\n") },
    { TEXT ("\r\n"), TEXT ("\r\0\n") },
    { TEXT ("\n"), TEXT ("\n") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (foreign); i++)
    for (gsize size = 1; size < 5; size++) {
      const Case *c = &foreign[i];
      g_autoptr (GByteArray) out = decode (c->wire, c->wire_len, size);

      g_test_message ("row %u, blocks of %u", i, (guint)size);
      g_assert_cmpmem (out->data, out->len, c->local, c->local_len);
    }
}

static void
test_random (void)
{
  static const char alphabet[] = "\r\n\0a";

  for (guint round = 0; round < 500; round++) {
    char  local[64];
    gsize len = (gsize)g_test_rand_int_range (0, 64);
    gsize size = (gsize)g_test_rand_int_range (1, 20);
    g_autoptr (GByteArray) wire = NULL;
    g_autoptr (GByteArray) back = NULL;

    for (gsize i = 0; i < len; i++)
      local[i] = alphabet[g_test_rand_int_range (0, 4)];
    wire = encode (local, len, size);
    back = decode ((const char *)wire->data, wire->len, size);
    g_assert_cmpmem (back->data, back->len, local, len);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/netascii/encode", test_encode);
  g_test_add_func ("/tftp/netascii/decode", test_decode);
  g_test_add_func ("/tftp/netascii/decode-foreign", test_decode_foreign);
  g_test_add_func ("/tftp/netascii/random", test_random);
  return g_test_run ();
}
