/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two sessions in one mailbox: who is told what, and when. */

#include "pump.h"

#include "base/limits.h"
#include "proto/imap/protocol.h"
#include "proto/imap/view.h"

#include <string.h>

static PcEngine *
session (PcMailStore *store,
         guint        number)
{
  PcEngine *server = server_new (store, number);

  pc_engine_start (server, NOW);
  g_free (say (server, "l LOGIN alex portcall\r\ns SELECT INBOX\r\n"));
  return server;
}

static void
check (PcEngine   *server,
       const char *said,
       const char *answer)
{
  g_autofree char *got = say (server, said);

  g_assert_cmpstr (got, ==, answer);
}

static void
test_flags (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    phone = session (store, 1);
  g_autoptr (PcEngine)    laptop = session (store, 2);

  check (phone, "a STORE 2 +FLAGS.SILENT \\Seen\r\n", "a OK Stored\r\n");
  /* Not while no command is in progress. */
  pc_engine_wake (laptop, NOW + 1);
  check (laptop, "", "");
  check (laptop, "b NOOP\r\n",
         "* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n"
         "b OK Nothing done, as asked\r\n");
  check (laptop, "b NOOP\r\n", "b OK Nothing done, as asked\r\n");
  /* What one does oneself is not news. */
  check (phone, "a NOOP\r\n", "a OK Nothing done, as asked\r\n");
}

/* RFC 3501 section 7.4.1: no EXPUNGE during FETCH and STORE, but during their
 * UID forms. */
static void
test_expunge (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    phone = session (store, 1);
  g_autoptr (PcEngine)    laptop = session (store, 2);

  g_free (say (phone, "a STORE 1:2 +FLAGS.SILENT \\Deleted\r\n"
                      "b EXPUNGE\r\n"));
  check (laptop, "c FETCH 3 UID\r\n",
         "* 3 FETCH (UID 3)\r\nc OK Fetched\r\n");
  check (laptop, "c FETCH 1:3 UID\r\n",
         "* 3 FETCH (UID 3)\r\n"
         "c NO [EXPUNGEISSUED] Some of these messages have been removed\r\n");
  check (laptop, "c STORE 2:3 +FLAGS \\Draft\r\n",
         "* 3 FETCH (FLAGS (\\Draft))\r\n"
         "c NO [EXPUNGEISSUED] Some of these messages have been removed\r\n");
  check (laptop, "c UID FETCH 3 FLAGS\r\n",
         "* 3 FETCH (UID 3 FLAGS (\\Draft))\r\n"
         "* 1 EXPUNGE\r\n* 1 EXPUNGE\r\nc OK Fetched\r\n");
  check (laptop, "c FETCH 1 UID\r\n",
         "* 1 FETCH (UID 3)\r\nc OK Fetched\r\n");
  check (laptop, "c FETCH 2 UID\r\n",
         "c BAD There is no message with that number\r\n");
}

static void
test_new_mail (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  g_autoptr (PcEngine)    phone = session (store, 1);
  g_autoptr (PcEngine)    laptop = session (store, 2);
  g_autoptr (GBytes)      mail = g_bytes_new_static ("S: x\r\n\r\n", 8);
  PcMailbox              *inbox = world_inbox (store);

  pc_mailbox_append (inbox, mail, 0, NOW, 0, NULL);
  check (phone, "a FETCH 1 UID\r\n",
         "* 1 FETCH (UID 1)\r\n* 4 EXISTS\r\n* 4 RECENT\r\na OK Fetched\r\n");
  /* Recent in one session only. */
  check (laptop, "a CHECK\r\n",
         "* 4 EXISTS\r\n* 0 RECENT\r\na OK Checked\r\n");
  /* Came and went between two commands: nothing happened. */
  pc_mailbox_append (inbox, mail, 0, NOW, 0, NULL);
  pc_mailbox_expunge (inbox, 5, 0);
  check (laptop, "a NOOP\r\n", "a OK Nothing done, as asked\r\n");
  /* Gone and new at once. */
  pc_mailbox_expunge (inbox, 1, 0);
  pc_mailbox_append (inbox, mail, 0, NOW, 0, NULL);
  check (laptop, "a FETCH 2 UID\r\n",
         "* 2 FETCH (UID 2)\r\n* 5 EXISTS\r\n* 1 RECENT\r\na OK Fetched\r\n");
  check (laptop, "a NOOP\r\n",
         "* 1 EXPUNGE\r\na OK Nothing done, as asked\r\n");
}

/* An EXAMINE looks at \Recent and leaves it for others. */
static void
test_recent (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  PcMailbox              *inbox = world_inbox (store);
  g_autoptr (PcImapView)  look = pc_imap_view_new (inbox, 1, TRUE);
  g_autoptr (PcImapView)  take = pc_imap_view_new (inbox, 2, FALSE);
  g_autoptr (PcImapView)  late = pc_imap_view_new (inbox, 3, FALSE);

  g_assert_cmpuint (pc_imap_view_get_n_recent (look), ==, 3);
  g_assert_cmpuint (pc_imap_view_get_n_recent (take), ==, 3);
  g_assert_cmpuint (pc_imap_view_get_n_recent (late), ==, 0);
}

/* When the log has forgotten what we have not read, comparing tells. */
static void
test_log_forgets (void)
{
  g_autoptr (PcMailStore) store = world_new ();
  PcMailbox              *inbox = world_inbox (store);
  g_autoptr (PcImapView)  view = pc_imap_view_new (inbox, 1, FALSE);
  g_autoptr (GBytes)      mail = g_bytes_new_static ("S: x\r\n\r\n", 8);
  g_autoptr (GString)     out = g_string_new (NULL);
  guint64                 serial = pc_mailbox_get_serial (inbox);

  pc_mailbox_expunge (inbox, 2, 0);
  pc_mailbox_append (inbox, mail, 0, NOW, 0, NULL);
  for (guint i = 0; pc_mailbox_get_change (inbox, serial) != NULL; i++)
    pc_mailbox_set_flags (inbox, 3, i % 2, 0);
  pc_mailbox_set_flags (inbox, 3, PC_FLAG_DRAFT, 0);
  pc_imap_view_tell (view, TRUE, out);
  g_assert_cmpstr (out->str, ==,
                   "* 2 EXPUNGE\r\n* 3 EXISTS\r\n* 3 RECENT\r\n"
                   "* 1 FETCH (UID 1 FLAGS (\\Seen \\Recent))\r\n"
                   "* 2 FETCH (UID 3 FLAGS (\\Draft \\Recent))\r\n");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/imap/view/flags", test_flags);
  g_test_add_func ("/imap/view/expunge", test_expunge);
  g_test_add_func ("/imap/view/new-mail", test_new_mail);
  g_test_add_func ("/imap/view/recent", test_recent);
  g_test_add_func ("/imap/view/log-forgets", test_log_forgets);
  return g_test_run ();
}
