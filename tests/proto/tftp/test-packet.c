/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The packets: what is read, what is written, and that they agree. */

#include "proto/tftp/packet.h"

#include "base/limits.h"

#include <string.h>

#define WIRE(literal) (const guint8 *)(literal), sizeof (literal) - 1

typedef struct
{
  const guint8 *data;
  gsize         len;
  PcTftpParsed  parsed;
  guint         opcode;
  const char   *name;
  const char   *mode;
  guint         n_options;
  guint         number;
} Case;

static const Case cases[] = {
  { WIRE (""), PC_TFTP_SHORT },
  { WIRE ("\0"), PC_TFTP_SHORT },
  { WIRE ("\0\3\0"), PC_TFTP_SHORT },
  { WIRE ("\0\1a\0octet\0"), PC_TFTP_PARSED, 1, "a", "octet" },
  { WIRE ("\0\2dir/b\0NetASCII\0"), PC_TFTP_PARSED, 2, "dir/b", "NetASCII" },
  { WIRE ("\0\1\0octet\0"), PC_TFTP_PARSED, 1, "", "octet" },
  { WIRE ("\0\1\0\0"), PC_TFTP_PARSED, 1, "", "" },
  { WIRE ("\0\1ab"), PC_TFTP_MALFORMED, 1 },
  { WIRE ("\0\1a\0"), PC_TFTP_MALFORMED, 1 },
  { WIRE ("\0\1a\0octet"), PC_TFTP_MALFORMED, 1 },
  { WIRE ("\0\1a\0octet\0blksize\0"
          "1428\0"),
    PC_TFTP_PARSED, 1, "a",
    "octet", 1 },
  { WIRE ("\0\1a\0octet\0tsize\0"
          "0\0blksize\0"
          "9\0timeout\0"
          "6\0"),
    PC_TFTP_PARSED, 1, "a", "octet", 3 },
  /* What is wrong behind the mode does not concern a server without options */
  { WIRE ("\0\1a\0octet\0blksize"), PC_TFTP_PARSED, 1, "a", "octet", 0 },
  { WIRE ("\0\1a\0octet\0blksize\0"
          "14"),
    PC_TFTP_PARSED, 1, "a", "octet" },
  { WIRE ("\0\1a\0octet\0tsize\0"
          "0\0blksize\0"),
    PC_TFTP_PARSED, 1, "a",
    "octet", 1 },
  { WIRE ("\0\3\0\1"), PC_TFTP_PARSED, 3, .number = 1 },
  { WIRE ("\0\3\377\377abc"), PC_TFTP_PARSED, 3, .number = 65535 },
  { WIRE ("\0\4\1\2"), PC_TFTP_PARSED, 4, .number = 258 },
  { WIRE ("\0\4\1\2more"), PC_TFTP_PARSED, 4, .number = 258 },
  { WIRE ("\0\5\0\1File not found\0"), PC_TFTP_PARSED, 5, .number = 1 },
  { WIRE ("\0\5\0\1"), PC_TFTP_PARSED, 5, .number = 1 }, /* as curl does */
  { WIRE ("\0\6blksize\0"
          "512\0"),
    PC_TFTP_PARSED, 6, .n_options = 1 },
  { WIRE ("\0\6blksize\0"), PC_TFTP_MALFORMED, 6 },
  { WIRE ("\0\6\0\0"), PC_TFTP_PARSED, 6, .n_options = 1 },
  { WIRE ("\0\0a\0"), PC_TFTP_UNKNOWN, 0 },
  { WIRE ("\0\7a\0"), PC_TFTP_UNKNOWN, 7 },
  { WIRE ("GET / HTTP/1.1\r\n"), PC_TFTP_UNKNOWN, 'G' << 8 | 'E' },
};

static void
assert_string (const PcTftpString *string,
               const char         *expected)
{
  g_autofree char *text = NULL;

  if (expected == NULL)
    return;
  text = g_strndup ((const char *)string->data, string->len);
  g_assert_cmpstr (text, ==, expected);
  g_assert_true (string->terminated);
}

static void
test_parse (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case        *c = &cases[i];
    g_autofree guint8 *copy = g_memdup2 (c->data, c->len); /* for ASan */
    PcTftpPacket       packet;

    g_test_message ("row %u", i);
    g_assert_cmpint (pc_tftp_packet_parse (&packet, copy, c->len), ==,
                     c->parsed);
    g_assert_cmpuint (packet.opcode, ==, c->opcode);
    g_assert_cmpuint (packet.n_options, ==, c->n_options);
    g_assert_cmpuint (packet.number, ==, c->number);
    assert_string (&packet.name, c->name);
    assert_string (&packet.mode, c->mode);
  }
}

/* Every piece of every packet is read without a step beyond it. */
static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize len = 0; len <= cases[i].len; len++) {
      g_autofree guint8 *copy = g_memdup2 (cases[i].data, len);
      PcTftpPacket       packet;
      PcTftpParsed       parsed = pc_tftp_packet_parse (&packet, copy, len);

      g_assert_true (len >= PC_TFTP_HEADER || parsed == PC_TFTP_SHORT);
      g_assert_cmpuint (packet.len, <=, len);
    }
}

static void
test_many_options (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  PcTftpPacket packet;

  pc_tftp_pack_request (out, PC_TFTP_RRQ, "a", PC_TFTP_MODE_OCTET);
  for (guint i = 0; i < 1000; i++)
    g_byte_array_append (out, WIRE ("x\0y\0"));

  g_assert_cmpint (pc_tftp_packet_parse (&packet, out->data, out->len), ==,
                   PC_TFTP_PARSED);
  g_assert_cmpuint (packet.n_options, ==, PC_TFTP_MAX_OPTIONS);
}

static void
assert_wire (const GByteArray *out,
             const guint8     *data,
             gsize             len)
{
  g_assert_cmpmem (out->data, out->len, data, len);
}

static void
test_pack (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();

  pc_tftp_pack_request (out, PC_TFTP_RRQ, "motd.txt", PC_TFTP_MODE_OCTET);
  assert_wire (out, WIRE ("\0\1motd.txt\0octet\0"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_request (out, PC_TFTP_WRQ, "x", PC_TFTP_MODE_NETASCII);
  assert_wire (out, WIRE ("\0\2x\0netascii\0"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_data (out, 258, (const guint8 *)"abc", 3);
  assert_wire (out, WIRE ("\0\3\1\2abc"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_data (out, 65535, NULL, 0);
  assert_wire (out, WIRE ("\0\3\377\377"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_ack (out, 0);
  assert_wire (out, WIRE ("\0\4\0\0"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_error (out, PC_TFTP_ERROR_NOT_FOUND, NULL);
  assert_wire (out, WIRE ("\0\5\0\1File not found\0"));
  g_byte_array_set_size (out, 0);
  pc_tftp_pack_error (out, PC_TFTP_ERROR_UNDEFINED, "no");
  assert_wire (out, WIRE ("\0\5\0\0no\0"));
}

static void
test_round_trip (void)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  PcTftpPacket packet;

  for (guint block = 0; block <= 65535; block += 257) {
    guint8 octets[PC_TFTP_BLOCK_SIZE];
    gsize  len = block % (sizeof octets + 1);

    memset (octets, (int)block, sizeof octets);
    g_byte_array_set_size (out, 0);
    pc_tftp_pack_data (out, (guint16)block, octets, len);
    g_assert_cmpint (pc_tftp_packet_parse (&packet, out->data, out->len),
                     ==, PC_TFTP_PARSED);
    g_assert_cmpuint (packet.number, ==, block);
    g_assert_cmpmem (packet.data, packet.len, octets, len);
  }
}

static void
test_mode (void)
{
  static const struct
  {
    const char *name;
    PcTftpMode  mode;
  } modes[] = {
    { "octet", PC_TFTP_MODE_OCTET },
    { "OcTeT", PC_TFTP_MODE_OCTET },
    { "netascii", PC_TFTP_MODE_NETASCII },
    { "NETASCII", PC_TFTP_MODE_NETASCII },
    { "mail", PC_TFTP_MODE_MAIL },
    { "", PC_TFTP_MODE_OTHER },
    { "octe", PC_TFTP_MODE_OTHER },
    { "octets", PC_TFTP_MODE_OTHER },
    { "binary", PC_TFTP_MODE_OTHER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (modes); i++) {
    g_test_message ("%s", modes[i].name);
    g_assert_cmpint (
        pc_tftp_mode_from_name (modes[i].name, strlen (modes[i].name)), ==,
        modes[i].mode);
  }
}

static void
test_name (void)
{
  static const struct
  {
    const char *name;
    gsize       len;
    gboolean    usable;
  } names[] = {
    { "a", 1, TRUE },
    { "boot/x.cfg", 10, TRUE },
    { "Entw\303\274rfe", 9, TRUE },
    { "", 0, FALSE },
    { "a\nb", 3, FALSE },
    { "a\rb", 3, FALSE },
    { "a\0b", 3, FALSE },
    { "a\033[31m", 6, FALSE },
    { "a\177", 2, FALSE },
    { "a\302\205", 3, FALSE }, /* NEL, a C1 control */
    { "a\377", 2, FALSE },
    { "a\303", 2, FALSE },
  };
  g_autofree char *longest = g_strnfill (PC_LIMIT_TFTP_NAME + 1, 'x');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (pc_tftp_name_is_usable (names[i].name, names[i].len),
                     ==, names[i].usable);
  }

  g_assert_true (pc_tftp_name_is_usable (longest, PC_LIMIT_TFTP_NAME));
  g_assert_false (pc_tftp_name_is_usable (longest, PC_LIMIT_TFTP_NAME + 1));
}

static void
test_error_text (void)
{
  static const struct
  {
    const guint8 *data;
    gsize         len;
    const char   *text;
  } errors[] = {
    { WIRE ("\0\5\0\1no such thing\0"), "no such thing" },
    { WIRE ("\0\5\0\1no end"), "no end" },
    { WIRE ("\0\5\0\1\0"), "File not found" },
    { WIRE ("\0\5\0\10"), "Option not acceptable" },
    { WIRE ("\0\5\1\0"), "Error 256" },
    { WIRE ("\0\5\0\0a\033[1m\0"), "a\342\220\233[1m" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (errors); i++) {
    g_autofree char *text = NULL;
    PcTftpPacket     packet;

    pc_tftp_packet_parse (&packet, errors[i].data, errors[i].len);
    text = pc_tftp_packet_get_error_text (&packet);
    g_assert_cmpstr (text, ==, errors[i].text);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/tftp/packet/parse", test_parse);
  g_test_add_func ("/tftp/packet/cut", test_cut);
  g_test_add_func ("/tftp/packet/many-options", test_many_options);
  g_test_add_func ("/tftp/packet/pack", test_pack);
  g_test_add_func ("/tftp/packet/round-trip", test_round_trip);
  g_test_add_func ("/tftp/packet/mode", test_mode);
  g_test_add_func ("/tftp/packet/name", test_name);
  g_test_add_func ("/tftp/packet/error-text", test_error_text);
  return g_test_run ();
}
