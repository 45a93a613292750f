/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Our client and our server talk, our observer watches: the states agree, each
 * octet has a label, and portions do not matter. */

#include "pump.h"

#include "proto/imap/protocol.h"

#include <string.h>

static void
act (Pump       *pump,
     PcEventKind kind,
     const char *name,
     const char *param,
     const char *value,
     const char *param2,
     const char *value2)
{
  g_autoptr (PcEvent) event = pump_act (pump, name, param, value, param2,
                                        value2, NULL);

  g_assert_cmpint (event->kind, ==, kind);
}

static void
greet (Pump *pump)
{
  g_autoptr (PcEvent) event = NULL;

  pump_run (pump);
  event = pc_engine_next_event (pump->client);
  g_assert_cmpint (event->kind, ==, PC_EVENT_DONE);
  g_assert_true (pc_engine_is_idle (pump->client));
}

static Pump *
converse (PcMailStore *store,
          gsize        portion)
{
  Pump *pump = pump_new (store, 1, portion);

  greet (pump);
  act (pump, PC_EVENT_DONE, "capability", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_REFUSED, "login", "user", "alex", "password", "wrong");
  act (pump, PC_EVENT_DONE, "authenticate", "user", "alex", "password",
       "portcall");
  act (pump, PC_EVENT_REFUSED, "raw", "line", "x1 LOGIN a b", NULL, NULL);
  act (pump, PC_EVENT_DONE, "list", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "status", "mailbox", "INBOX", NULL, NULL);
  act (pump, PC_EVENT_REFUSED, "select", "mailbox", "B\303\274ro", NULL,
       NULL);
  act (pump, PC_EVENT_DONE, "select", "mailbox", "inbox", NULL, NULL);
  act (pump, PC_EVENT_DONE, "fetch", "set", "1:*", "items",
       "UID FLAGS ENVELOPE BODY.PEEK[HEADER.FIELDS (FROM SUBJECT)]");
  act (pump, PC_EVENT_DONE, "fetch", "set", "2", "items", "BODY[]");
  act (pump, PC_EVENT_DONE, "fetch", "set", "1:2", "items",
       "BODYSTRUCTURE BODY BODY.PEEK[1] BODY.PEEK[1.MIME] BODY.PEEK[2]");
  act (pump, PC_EVENT_DONE, "search", "criteria", "UNSEEN", NULL, NULL);
  act (pump, PC_EVENT_DONE, "search", "criteria",
       "OR (SEEN FROM \"robin\") NOT 2:3 SUBJECT", "text", "B\303\274");
  act (pump, PC_EVENT_REFUSED, "search", "criteria", "CHARSET X ALL", "uid",
       "yes");
  act (pump, PC_EVENT_DONE, "create", "mailbox", "Arbeit/B\303\274ro", NULL,
       NULL);
  act (pump, PC_EVENT_REFUSED, "create", "mailbox", "INBOX", NULL, NULL);
  act (pump, PC_EVENT_DONE, "rename", "mailbox", "Arbeit", "to", "Work");
  act (pump, PC_EVENT_DONE, "subscribe", "mailbox", "Work/B\303\274ro", NULL,
       NULL);
  act (pump, PC_EVENT_DONE, "lsub", "pattern", "%", NULL, NULL);
  act (pump, PC_EVENT_DONE, "list", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "namespace", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "unsubscribe", "mailbox", "Work/B\303\274ro",
       NULL, NULL);
  act (pump, PC_EVENT_DONE, "delete", "mailbox", "Work/B\303\274ro", NULL,
       NULL);
  act (pump, PC_EVENT_REFUSED, "delete", "mailbox", "INBOX", NULL, NULL);
  act (pump, PC_EVENT_DONE, "append", "mailbox", "Sent", "flags", "\\Seen");
  act (pump, PC_EVENT_REFUSED, "append", "mailbox", "Nowhere", NULL, NULL);
  act (pump, PC_EVENT_DONE, "copy", "set", "1:2", "mailbox", "Trash");
  act (pump, PC_EVENT_REFUSED, "copy", "set", "1", "mailbox", "Nowhere");
  act (pump, PC_EVENT_DONE, "move", "set", "1", "mailbox", "Sent");
  act (pump, PC_EVENT_DONE, "search", "criteria", "ALL", "return",
       "SAVE MIN COUNT ALL");
  act (pump, PC_EVENT_DONE, "fetch", "set", "$", "items",
       "(UID BINARY.SIZE[1] BINARY.PEEK[1] BINARY[])");
  act (pump, PC_EVENT_DONE, "search", "criteria", "$", "return", "MIN MAX");
  act (pump, PC_EVENT_DONE, "create", "mailbox", "Old", "use", "\\Archive");
  act (pump, PC_EVENT_REFUSED, "create", "mailbox", "All", "use", "\\All");
  act (pump, PC_EVENT_DONE, "list", "patterns", "INBOX W%", "return",
       "SUBSCRIBED CHILDREN SPECIAL-USE STATUS (MESSAGES UNSEEN)");
  act (pump, PC_EVENT_DONE, "list", "select", "SUBSCRIBED RECURSIVEMATCH",
       "pattern", "%");
  act (pump, PC_EVENT_DONE, "unselect", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "select", "mailbox", "Trash", NULL, NULL);
  act (pump, PC_EVENT_DONE, "move", "set", "1", "mailbox", "INBOX");
  act (pump, PC_EVENT_DONE, "select", "mailbox", "INBOX", NULL, NULL);
  act (pump, PC_EVENT_DONE, "id", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "idle", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "done", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "store", "set", "3", "flags", "\\Deleted");
  act (pump, PC_EVENT_DONE, "expunge", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "raw", "line", "r1 LIST {0}", NULL, NULL);
  act (pump, PC_EVENT_DONE, "raw", "line", " {1}", NULL, NULL);
  act (pump, PC_EVENT_DONE, "raw", "line", "*", NULL, NULL);
  act (pump, PC_EVENT_DONE, "check", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "close", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "examine", "mailbox", "Sent", NULL, NULL);
  act (pump, PC_EVENT_REFUSED, "select", "mailbox", "Nowhere", NULL, NULL);
  act (pump, PC_EVENT_REFUSED, "expunge", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "noop", NULL, NULL, NULL, NULL);
  act (pump, PC_EVENT_DONE, "logout", NULL, NULL, NULL, NULL);
  g_assert_cmpint (pc_engine_get_status (pump->client), ==,
                   PC_ENGINE_CLOSING);
  g_assert_cmpint (pc_engine_get_status (pump->server), ==,
                   PC_ENGINE_CLOSING);
  return pump;
}

static char *
describe (const Pump *pump)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pump->units->len; i++) {
    const PcUnit *unit = g_ptr_array_index (pump->units, i);

    g_string_append_printf (out, "%c %-22s %d %s\n",
                            unit->from == PC_SIDE_CLIENT ? 'C' : 'S',
                            unit->rule, unit->status, unit->summary);
    for (guint k = 0; k < pc_unit_get_n_fields (unit); k++)
      g_string_append_printf (out, "    [%s] %s\n",
                              pc_unit_get_field (unit, k)->label,
                              pc_unit_get_field (unit, k)->value);
  }

  return g_string_free (out, FALSE);
}

static void
test_whole (void)
{
  static const gsize portions[] = { 0, 1, 2, 3, 7, 64 };
  g_autofree char   *first = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (portions); i++) {
    g_autoptr (PcMailStore) store = world_new ();
    g_autoptr (Pump)        pump = converse (store, portions[i]);
    g_autofree char        *text = describe (pump);

    g_test_message ("portions of %" G_GSIZE_FORMAT, portions[i]);
    if (first == NULL)
      first = g_strdup (text);
    g_assert_cmpstr (text, ==, first);
    g_assert_null (strstr (text, "unreadable"));
    g_assert_null (strstr (text, "imap.other"));
    g_assert_null (strstr (text, "[Rest]"));
    g_assert_null (strstr (text, "portcall"));
  }

  if (g_getenv ("PORTCALL_SHOW") != NULL)
    g_printerr ("%s", first);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/conversation/whole", test_whole);
  return g_test_run ();
}
