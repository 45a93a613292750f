/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a message ends: with every mixture of CR, LF and dots, in any
 * portions, and in whatever becomes of the message, there is one end, and
 * nothing before it is a command.  And what leaves our client has one end. */

#include "smtp-test.h"

#include "proto/smtp/data-reader.h"
#include "proto/smtp/syntax.h"

#include <string.h>

#define HEAD \
  "EHLO pc.example.test\r\nMAIL FROM:<robin@example.test>\r\n" \
  "RCPT TO:<alex@example.test>\r\n"
#define FORGED \
  "MAIL FROM:<boss@example.test>\r\nRCPT TO:<robin@example.test>\r\n" \
  "DATA\r\nSubject: forged\r\n\r\nx\r\n"

typedef struct
{
  const char *text;
  gsize       len;
} Piece;

#define PIECE(text) { text, sizeof (text) - 1 }

/* What stands before and behind the dot. */
static const Piece breaks[] = {
  PIECE (""),         PIECE ("\r"),       PIECE ("\n"),
  PIECE ("\r\n"),     PIECE ("\n\r"),     PIECE ("\r\r\n"),
  PIECE ("\r\n\r"),   PIECE ("\r\n\n"),   PIECE ("\n\r\n"),
  PIECE ("\n\n"),     PIECE ("\r\r"),     PIECE ("\r\n\r\n"),
  PIECE ("\0\r\n"),   PIECE ("\r\0\n"),   PIECE ("\r\n\0"),
  PIECE ("\n\0"),     PIECE ("\t\r\n"),   PIECE ("\r\n "),
  PIECE ("\v"),       PIECE ("\f"),       PIECE ("\302\205"),
};

static const Piece dots[] = {
  PIECE ("."), PIECE (".."), PIECE ("..."), PIECE (". "), PIECE (" ."),
  PIECE (".\0"), PIECE (".\302\240"), PIECE ("\357\274\216"),
};

/* Where in the message: as the first octets, in a header, behind a folded
 * line, in the body, behind lines that Unix wrote. */
static const char *const places[] = {
  "", "Subject: a", "Subject: a\r\n b", "Subject: a\r\n\r\ntext",
  "Subject: a\r\n\r\n..stuffed", "Subject: a\n\ntext", "Subject: a\r\n\r\n",
};

static GByteArray *
make_text (const char  *place,
           const Piece *before,
           const Piece *dot,
           const Piece *behind)
{
  GByteArray *out = g_byte_array_new ();

  g_byte_array_append (out, (const guint8 *) place, (guint) strlen (place));
  g_byte_array_append (out, (const guint8 *) before->text,
                       (guint) before->len);
  g_byte_array_append (out, (const guint8 *) dot->text, (guint) dot->len);
  g_byte_array_append (out, (const guint8 *) behind->text,
                       (guint) behind->len);
  return out;
}

/* Octets up to and with the end: RFC 5321 section 4.1.1.4, by the letter;
 * -1 when there is none. */
static gssize
find_end (const guint8 *data,
          gsize         len)
{
  if (len >= 3 && memcmp (data, ".\r\n", 3) == 0)
    return 3;
  for (gsize i = 0; i + 5 <= len; i++)
    if (memcmp (data + i, "\r\n.\r\n", 5) == 0)
      return (gssize) i + 5;

  return -1;
}

static gssize
read_end (const GByteArray *text,
          gsize             limit,
          gsize             step)
{
  PcSmtpDataReader reader;
  gboolean         end = FALSE;
  gsize            total = 0;

  pc_smtp_data_reader_init (&reader, limit);
  while (!end && total < text->len) {
    gsize              n = MIN (step, text->len - total);
    g_autofree guint8 *copy = g_memdup2 (text->data + total, n);
    gsize              used;

    end = pc_smtp_data_reader_feed (&reader, copy, n, &used);
    g_assert_true (end || used == n);
    total += used;
  }
  pc_smtp_data_reader_clear (&reader);

  return end ? (gssize) total : -1;
}

/* The whole dialogue in portions of @step octets, or cut in two at @cut. */
static char *
talk (const char       *head,
      const GByteArray *text,
      const char       *tail,
      gsize             step,
      PcMailStore      *store)
{
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autoptr (GString) all = g_string_new (head);

  g_string_append_len (all, (const char *) text->data, text->len);
  g_string_append (all, tail);
  smtp_test_feed (server, all->str, (gssize) all->len, step);
  g_assert_cmpint (pc_engine_get_status (server), ==, PC_ENGINE_RUNNING);

  return smtp_test_output (server);
}

/* Replies after the 354 (or after RCPT, for BDAT). */
static guint
count_replies (const char *output)
{
  guint n = 0;

  for (const char *p = output; *p != '\0'; p = strchr (p, '\n') + 1)
    n += p[3] == ' ';

  return n;
}

static void
check_data (const GByteArray *text,
            gboolean          ends)
{
  for (gsize step = 0; step <= 5; step++) {
    g_autoptr (PcMailStore) store = smtp_test_store ();
    g_autofree char *output = talk (HEAD "DATA\r\n", text,
                                    ends ? "NOOP\r\n"
                                         : FORGED ".\r\nNOOP\r\n",
                                    step, store);
    guint alex = smtp_test_count (store, "alex@example.test");

    g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==, 0);
    /* EHLO, MAIL, RCPT, DATA, the message, NOOP */
    g_assert_cmpuint (count_replies (output), ==, 6);
    g_assert_true (g_str_has_suffix (output, "\r\n250 2.0.0 Still here\r\n"));
    g_assert_cmpuint (alex, ==,
                      strstr (output, "250 2.0.0 Queued") != NULL ? 1 : 0);
    g_assert_true (alex == 1 || strstr (output, "\r\n550 5.5.2 ") != NULL);
  }
}

/* Pieces are counted: whatever is in them, they end where they end. */
static void
check_bdat (const GByteArray *text)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autofree char *head = g_strdup_printf (
      HEAD "BDAT %u LAST\r\n", text->len + (guint) strlen (FORGED ".\r\n"));
  g_autofree char *output = talk (head, text, FORGED ".\r\nNOOP\r\n", 3,
                                  store);

  g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==, 0);
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), <=, 1);
  g_assert_cmpuint (count_replies (output), ==, 5);
  g_assert_true (g_str_has_suffix (output, "\r\n250 2.0.0 Still here\r\n"));
}

/* Nor when no message is wanted: the piece is refused and read over. */
static void
check_refused (const GByteArray *text)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autofree char *head = g_strdup_printf (
      "EHLO pc\r\nBDAT %u\r\n", text->len + (guint) strlen (FORGED));
  g_autofree char *output = talk (head, text, FORGED "NOOP\r\n", 2, store);

  g_assert_cmpuint (smtp_test_count (store, "robin@example.test"), ==, 0);
  g_assert_cmpuint (count_replies (output), ==, 3);
}

static void
check_text (const GByteArray *text)
{
  gssize end = find_end (text->data, text->len);
  gsize  step;

  /* Too big, or not: the end is where it is. */
  for (step = 1; step <= text->len; step++) {
    g_assert_cmpint (read_end (text, 1000000, step), ==, end);
    g_assert_cmpint (read_end (text, 3, step), ==, end);
    g_assert_cmpint (read_end (text, 0, step), ==, end);
  }
  if (end >= 0 && end < (gssize) text->len)
    return; /* the rest would be commands, and rightly so */

  check_data (text, end >= 0);
  check_bdat (text);
  check_refused (text);
}

static void
test_inbound (void)
{
  for (guint p = 0; p < G_N_ELEMENTS (places); p++)
    for (guint d = 0; d < G_N_ELEMENTS (dots); d++)
      for (guint b = 0; b < G_N_ELEMENTS (breaks); b++)
        for (guint e = 0; e < G_N_ELEMENTS (breaks); e++) {
          g_autoptr (GByteArray) text = make_text (places[p], &breaks[b],
                                                   &dots[d], &breaks[e]);

          if (g_test_verbose ())
            g_test_message ("place %u, break %u, dot %u, break %u", p, b, d,
                            e);
          check_text (text);
        }
}

/* -- outbound -------------------------------------------------------------- */

static void
check_wire (const guint8 *data,
            gsize         len,
            gboolean      stuffed)
{
  for (gsize i = 0; i < len; i++) {
    gboolean start = i == 0 || data[i - 1] == '\n';

    if (data[i] == '\n')
      g_assert_true (i > 0 && data[i - 1] == '\r');
    if (data[i] == '\r')
      g_assert_true (i + 1 < len && data[i + 1] == '\n');
    if (stuffed && data[i] == '.' && start && i + 3 != len)
      g_assert_cmpint (data[i + 1], ==, '.');
  }
  if (stuffed) {
    g_assert_cmpint (find_end (data, len), ==, (gssize) len);
  }
}

static GString *
make_random (GRand *rand)
{
  static const char letters[] = "\r\n..\r\n.a \r\n";
  GString *out = g_string_new (NULL);
  gint     n = g_rand_int_range (rand, 1, 40);

  for (gint i = 0; i < n; i++)
    g_string_append_c (out, letters[g_rand_int_range (rand, 0, 11)]);

  return out;
}

/* What @client says until it is idle again; behind @mark only. */
static GByteArray *
send (PcEngine   *client,
      PcEngine   *server,
      const char *mark)
{
  g_autoptr (GString) all = g_string_new (NULL);
  GByteArray         *out = g_byte_array_new ();
  const char         *from;

  for (;;) {
    g_autoptr (GBytes) bytes = NULL;
    g_autofree char *reply = NULL;
    PcBytes         *queue = pc_engine_get_output (client);
    gsize            len = pc_bytes_get_size (queue);

    if (len == 0)
      break;
    bytes = pc_bytes_take (queue, len);
    g_string_append_len (all, g_bytes_get_data (bytes, NULL), (gssize) len);
    smtp_test_feed (server, g_bytes_get_data (bytes, NULL), (gssize) len, 0);
    reply = smtp_test_output (server);
    smtp_test_feed (client, reply, -1, 0);
  }
  g_assert_true (pc_engine_is_idle (client));
  from = strstr (all->str, mark);
  g_assert_nonnull (from);
  from = strchr (from, '\n') + 1;
  g_byte_array_append (out, (const guint8 *) from,
                       (guint) (all->str + all->len - from));
  return out;
}

static void
check_sent (const GString *text,
            gboolean       pieces)
{
  g_autoptr (PcMailStore) store = smtp_test_store ();
  g_autoptr (PcEngine) server = smtp_test_server (store, PC_SERVER_DEFAULT);
  g_autoptr (PcEngine) client = smtp_test_client ();
  g_autoptr (GByteArray) canonical = NULL;
  g_autoptr (GByteArray) wire = NULL;
  g_autofree char *stored = NULL;
  const char      *steps[] = { "ehlo", "mail|from=robin@example.test",
                               "rcpt|to=alex@example.test", NULL };

  canonical = pc_smtp_canonicalise (text->str, text->len);
  smtp_test_feed (client, "220 mail.example.test ESMTP\r\n", -1, 0);
  for (guint i = 0; steps[i] != NULL; i++) {
    g_autoptr (GByteArray) said = NULL;

    g_assert_true (smtp_test_act (client, steps[i], NULL, NULL));
    said = send (client, server, "");
  }
  g_assert_true (smtp_test_act (client, pieces ? "bdat" : "data", text->str,
                                NULL));
  wire = send (client, server, pieces ? "BDAT " : "DATA\r\n");
  check_wire (wire->data, wire->len, !pieces);
  g_assert_cmpuint (smtp_test_count (store, "alex@example.test"), ==, 1);
  stored = smtp_test_newest (store, "alex@example.test");
  g_byte_array_append (canonical, (const guint8 *) "", 1);
  g_assert_true (g_str_has_suffix (stored, (const char *) canonical->data));
  /* RSET would be needed if the server took it for more than one. */
  g_assert_cmpstr (pc_engine_get_state (server), ==, "Ready");
}

static void
test_outbound (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 3000; i++) {
    g_autoptr (GString) text = make_random (rand);
    g_autofree char    *shown = g_strescape (text->str, NULL);

    if (g_test_verbose ())
      g_test_message ("text %u: %s", i, shown);
    check_sent (text, FALSE);
    check_sent (text, TRUE);
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/smtp/smuggling/inbound", test_inbound);
  g_test_add_func ("/smtp/smuggling/outbound", test_outbound);

  return g_test_run ();
}
