/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Quotas, UIDs that are given, and mailboxes that come back from a backup. */

#include "mail/account.h"

#include <string.h>

static PcMailStore *
make_store (PcAccount **account)
{
  PcMailStore *store = pc_mail_store_new ("example.test");

  *account = pc_mail_store_add_account (store, "kim", "p", 5);
  return store;
}

static void
append (PcMailbox  *mailbox,
        const char *text,
        PcFlags     flags)
{
  g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));

  g_assert_cmpint (
      pc_mailbox_append (mailbox, content, flags, 7, 0, NULL), ==,
      PC_STORE_OK);
}

static void
test_quota (void)
{
  PcAccount *account;
  g_autoptr (PcMailStore) store = make_store (&account);
  PcMailbox *inbox = pc_account_find_mailbox (account, "INBOX");
  PcMailbox *other = pc_account_add_mailbox (account, "Other", NULL);

  g_assert_cmpuint (pc_account_get_quota (account), ==, 0);
  g_assert_cmpuint (pc_account_get_used (account), ==, 0);
  g_assert_true (pc_account_has_room (account, G_MAXUINT64));

  append (inbox, "1234\r\n", 0);
  append (other, "12\r\n", 0);
  g_assert_cmpuint (pc_account_get_used (account), ==, 10);
  pc_account_set_quota (account, 15);
  g_assert_true (pc_account_has_room (account, 5));
  g_assert_false (pc_account_has_room (account, 6));
  g_assert_false (pc_account_has_room (account, G_MAXUINT64));
  /* Lowered below what is there: nothing more fits. */
  pc_account_set_quota (account, 9);
  g_assert_false (pc_account_has_room (account, 0));
}

static void
test_uids (void)
{
  PcAccount *account;
  g_autoptr (PcMailStore) store = make_store (&account);
  PcMailbox *inbox = pc_account_find_mailbox (account, "INBOX");
  PcMailbox *made;

  pc_account_set_uid_validity (account, inbox, 80);
  pc_mailbox_raise_uid_next (inbox, 12);
  pc_mailbox_raise_uid_next (inbox, 3);
  g_assert_cmpuint (pc_mailbox_get_uid_next (inbox), ==, 12);
  append (inbox, "a\r\n", 0);
  g_assert_nonnull (pc_mailbox_find_uid (inbox, 12));

  /* What is made later has a validity that nobody has had. */
  g_assert_cmpint (pc_account_create_mailbox (account, "New"), ==,
                   PC_STORE_OK);
  made = pc_account_find_mailbox (account, "New");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (made), >, 80);
}

static void
test_restore (void)
{
  PcAccount *account;
  g_autoptr (PcMailStore) store = make_store (&account);
  PcMailbox *box = pc_account_add_mailbox (account, "Box", "\\Archive");
  PcMailbox *restored;
  guint64    serial;

  append (box, "a\r\n", PC_FLAG_SEEN);
  append (box, "b\r\n", 0);
  append (box, "c\r\n", PC_FLAG_FLAGGED);
  append (box, "d\r\n", 0);
  pc_mailbox_expunge (box, 1, 0);
  pc_mailbox_ref (box);
  serial = pc_mail_store_get_serial (store);

  g_assert_cmpint (pc_account_restore_mailbox (account, "Nothing", 3), ==,
                   PC_STORE_NOT_FOUND);
  g_assert_cmpint (pc_account_restore_mailbox (account, "Box", 2), ==,
                   PC_STORE_OK);
  g_assert_cmpuint (pc_mail_store_get_serial (store), >, serial);

  /* Who has it open sees it empty, message by message. */
  g_assert_cmpuint (pc_mailbox_get_n_messages (box), ==, 0);
  g_assert_cmpint (
      pc_mailbox_get_change (box, pc_mailbox_get_serial (box) - 1)->kind, ==,
      PC_CHANGE_EXPUNGED);

  restored = pc_account_find_mailbox (account, "Box");
  g_assert_true (restored != box);
  g_assert_cmpuint (pc_account_get_n_mailboxes (account), ==, 2);
  g_assert_cmpstr (pc_mailbox_get_special_use (restored), ==, "\\Archive");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (restored), >,
                    pc_mailbox_get_uid_validity (box));
  g_assert_cmpuint (pc_mailbox_get_n_messages (restored), ==, 2);
  g_assert_cmpuint (pc_mailbox_get_uid_next (restored), ==, 3);
  g_assert_cmpmem (
      g_bytes_get_data (pc_mailbox_find_uid (restored, 1)->content, NULL), 3,
      "b\r\n", 3);
  g_assert_cmpint (pc_mailbox_find_uid (restored, 2)->flags, ==,
                   PC_FLAG_FLAGGED);
  g_assert_cmpint (pc_mailbox_find_uid (restored, 2)->internal_date, ==, 7);
  pc_mailbox_unref (box);

  /* More than there is, and INBOX in any case. */
  g_assert_cmpint (pc_account_restore_mailbox (account, "Box", G_MAXUINT),
                   ==, PC_STORE_OK);
  g_assert_cmpint (pc_account_restore_mailbox (account, "inbox", 0), ==,
                   PC_STORE_OK);
}

static void
test_names (void)
{
  g_assert_true (pc_account_is_usable_name ("Entw\303\274rfe 2026/a b"));
  g_assert_false (pc_account_is_usable_name (""));
  g_assert_false (pc_account_is_usable_name ("a/../b"));
  g_assert_false (pc_account_is_usable_name ("a/"));
  g_assert_false (pc_account_is_usable_name ("a%"));
  g_assert_false (pc_account_is_usable_name ("\377"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/account-setup/quota", test_quota);
  g_test_add_func ("/mail/account-setup/uids", test_uids);
  g_test_add_func ("/mail/account-setup/restore", test_restore);
  g_test_add_func ("/mail/account-setup/names", test_names);

  return g_test_run ();
}
