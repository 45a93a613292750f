/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The default world is what scenarios and readers rely on. */

#include "mail/message.h"
#include "mail/world.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

static PcMailbox *
get_inbox (PcMailStore *store,
           const char  *user)
{
  PcAccount *account = pc_mail_store_login (store, user, "portcall");

  g_assert_nonnull (account);
  return pc_account_find_mailbox (account, "INBOX");
}

static void
check_message (const PcMessage *message)
{
  static const char *const fields[] = { "Date", "From", "To", "Subject",
                                        "Message-ID" };
  gsize       len;
  const char *data = g_bytes_get_data (message->content, &len);
  gsize       header = pc_message_header_length (data, len);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++) {
    g_autofree char *value = pc_message_get_field (data, len, fields[i]);

    g_assert_nonnull (value);
    g_assert_cmpuint (strlen (value), >, 0);
  }
  g_assert_cmpuint (header, <, len);
  g_assert_cmpmem (data + len - 2, 2, "\r\n", 2);
  g_assert_cmpint (message->internal_date, <, NOW);

  /* The header is ASCII; lines are at most 78 characters (RFC 5322 2.1.1). */
  for (gsize i = 0, start = 0; i < len; i++) {
    g_assert_true (i >= header || (guchar) data[i] < 0x80);
    if (data[i] == '\n') {
      g_assert_cmpuint (i - start, <=, 79);
      start = i + 1;
    }
  }
}

static void
test_letters (void)
{
  g_autoptr (PcMailStore) store = pc_world_new_default (NOW);
  static const char *const users[] = { "alex", "robin" };

  for (gsize u = 0; u < G_N_ELEMENTS (users); u++) {
    PcAccount *account = pc_mail_store_login (store, users[u], "portcall");

    g_assert_cmpuint (pc_account_get_n_mailboxes (account), ==, 4);
    for (guint m = 0; m < 4; m++) {
      PcMailbox *mailbox = pc_account_get_mailbox (account, m);
      gint64     last = 0;

      for (guint i = 0; i < pc_mailbox_get_n_messages (mailbox); i++) {
        PcMessage *message = pc_mailbox_get_message (mailbox, i);

        check_message (message);
        g_assert_cmpint (message->internal_date, >=, last);
        last = message->internal_date;
      }
    }
  }
}

static void
test_promises (void)
{
  g_autoptr (PcMailStore) store = pc_world_new_default (NOW);
  PcMailbox       *inbox = get_inbox (store, "alex");
  g_autofree char *subject = NULL;
  PcMessage       *message;
  gsize            len;
  const char      *data;

  g_assert_cmpstr (pc_mail_store_get_domain (store), ==, "example.test");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (inbox), ==, 1700000000);
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 5);
  g_assert_cmpuint (
      pc_mailbox_get_n_messages (get_inbox (store, "robin")), ==, 2);

  message = pc_mailbox_find_uid (inbox, 1);
  g_assert_cmpuint (g_bytes_get_size (message->content), >, 1900);

  message = pc_mailbox_find_uid (inbox, 3);
  data = g_bytes_get_data (message->content, &len);
  subject = pc_message_get_field_text (data, len, "Subject");
  g_assert_cmpstr (subject, ==,
                   "Your table at the Caf\303\251 Z\303\274rich is booked");
  g_assert_cmpuint (message->flags, ==, 0);

  message = pc_mailbox_find_uid (inbox, 4);
  data = g_bytes_get_data (message->content, &len);
  g_assert_nonnull (g_strstr_len (data, (gssize) len, "\r\n.bashrc\r\n"));
  g_assert_nonnull (g_strstr_len (data, (gssize) len, "\r\n.\r\n"));

  message = pc_mailbox_find_uid (inbox, 5);
  g_assert_cmpuint (message->flags, ==, PC_FLAG_FLAGGED);
}

static void
test_same_now_same_world (void)
{
  g_autoptr (PcMailStore) a = pc_world_new_default (NOW);
  g_autoptr (PcMailStore) b = pc_world_new_default (NOW);
  PcMailbox *left = get_inbox (a, "alex");
  PcMailbox *right = get_inbox (b, "alex");

  for (guint i = 0; i < pc_mailbox_get_n_messages (left); i++)
    g_assert_true (
        g_bytes_equal (pc_mailbox_get_message (left, i)->content,
                       pc_mailbox_get_message (right, i)->content));
}

static void
test_any_now (void)
{
  static const gint64 times[] = { G_MININT64 / 2, -1, 0, 1, G_MAXINT64 };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++) {
    g_autoptr (PcMailStore) store = pc_world_new_default (times[i]);

    g_assert_cmpuint (pc_mailbox_get_uid_validity (get_inbox (store, "alex")),
                      >=, 1);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/world/letters", test_letters);
  g_test_add_func ("/mail/world/promises", test_promises);
  g_test_add_func ("/mail/world/same-now-same-world", test_same_now_same_world);
  g_test_add_func ("/mail/world/any-now", test_any_now);

  return g_test_run ();
}
