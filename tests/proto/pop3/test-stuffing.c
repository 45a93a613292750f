/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whatever is in a message, on the wire its lines end in CR LF, its dots are
 * stuffed and it has one end; and the client gets back what was stored. */

#include "fixture.h"

#include <string.h>

static GBytes *
make_random (GRand *rand)
{
  static const char letters[] = "\r\n..\r\n.a \r\n";
  GByteArray *out = g_byte_array_new ();
  gint        n = g_rand_int_range (rand, 1, 40);

  for (gint i = 0; i < n; i++)
    g_byte_array_append (
        out, (const guint8 *) &letters[g_rand_int_range (rand, 0, 11)], 1);

  return g_byte_array_free_to_bytes (out);
}

/* The lines of a reply with an end mark. */
static void
check_wire (const char *data)
{
  gsize len = strlen (data);

  g_assert_cmpuint (len, >=, 3);
  for (gsize i = 0; i < len; i++) {
    gboolean start = i == 0 || data[i - 1] == '\n';

    if (data[i] == '\n')
      g_assert_true (i > 0 && data[i - 1] == '\r');
    if (data[i] == '\r')
      g_assert_cmpint (data[i + 1], ==, '\n');
    if (data[i] == '.' && start && i + 3 != len)
      g_assert_cmpint (data[i + 1], ==, '.');
  }
  g_assert_cmpstr (data + len - 3, ==, ".\r\n");
  g_assert_true (len == 3 || data[len - 4] == '\n');
}

/* RETR 1, or TOP with all lines, @step octets at a time. */
static void
check_fetch (PcMailStore *store,
             gboolean     top,
             gsize        step)
{
  g_autoptr (PcEngine) server = fixture_server (store);
  g_autoptr (PcEngine) client = fixture_client ();
  g_autoptr (PcAction) action = NULL;
  g_autofree char *reply = NULL;
  g_autofree char *command = NULL;
  GBytes          *stored =
      pc_mailbox_get_message (fixture_inbox (store), 3)->content;
  PcEvent *event;
  gsize    got = 0;

  fixture_feed (server, "USER alex\r\nPASS portcall\r\n");
  g_free (fixture_take (server));
  fixture_feed (client, "+OK hello\r\n");
  action = top ? fixture_action ("top", "number", "4", "lines", "999", NULL)
               : fixture_action ("retr", "number", "4", NULL);
  g_assert_true (pc_engine_act (client, NOW, action, NULL));
  command = fixture_take (client);
  fixture_feed (server, command);
  reply = fixture_take (server);
  g_assert_true (g_str_has_prefix (reply, "+OK "));
  check_wire (strchr (reply, '\n') + 1);

  for (gsize at = 0; reply[at] != '\0'; at += MIN (step, strlen (reply + at)))
    pc_engine_feed (client, NOW, 0, (const guint8 *) reply + at,
                    MIN (step, strlen (reply + at)));
  g_assert_true (pc_engine_is_idle (client));
  while ((event = pc_engine_next_event (client)) != NULL) {
    if (event->kind == PC_EVENT_ITEM) {
      gsize       len, expected;
      const char *data = g_bytes_get_data (event->data, &len);
      const char *want = g_bytes_get_data (stored, &expected);

      got = len;
      /* A message that ends open gets the line end that the wire needs. */
      g_assert_cmpuint (len, >=, expected);
      g_assert_cmpmem (data, expected, want, expected);
      g_assert_true (len == expected ||
                     (len == expected + 2 && memcmp (data + expected, "\r\n",
                                                     2) == 0));
    }
    pc_event_free (event);
  }
  g_assert_cmpuint (got, >, 0);
}

static void
test_random (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < 1500; i++) {
    g_autoptr (PcMailStore) store = fixture_store ();
    g_autoptr (GBytes) message = make_random (rand);
    g_autofree char   *shown = NULL;
    g_autofree char   *text = NULL;

    text = g_strndup (g_bytes_get_data (message, NULL),
                      g_bytes_get_size (message));
    shown = g_strescape (text, NULL);
    if (g_test_verbose ())
      g_test_message ("message %u: %s", i, shown);
    g_assert_cmpint (pc_mailbox_append (fixture_inbox (store), message, 0,
                                        NOW, 0, NULL),
                     ==, PC_STORE_OK);
    check_fetch (store, FALSE, 1 + i % 7);
    check_fetch (store, TRUE, 10000);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pop3/stuffing/random", test_random);

  return g_test_run ();
}
