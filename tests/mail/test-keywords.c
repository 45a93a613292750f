/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Keywords of a mailbox, the numbers of its changes, and the room of its
 * account. */

#include "mail/keywords.h"

#include "base/limits.h"
#include "mail/account.h"

#include <string.h>

static PcMailbox *
inbox_new (PcMailStore *store)
{
  PcAccount *account = pc_mail_store_add_account (store, "alex", "x", 1);

  return pc_account_find_mailbox (account, "INBOX");
}

static guint32
add (PcMailbox  *mailbox,
     const char *text,
     guint64     keywords)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  guint32            uid;

  g_assert_cmpint (pc_mailbox_add (mailbox, content, 0, keywords, 0, 0, &uid),
                   ==, PC_STORE_OK);
  return uid;
}

static guint64
make (PcMailbox  *mailbox,
      const char *names)
{
  g_auto (GStrv) words = g_strsplit (names, " ", -1);
  guint64        keywords;

  g_assert_cmpint (pc_mailbox_make_keywords (
                       mailbox, (const char *const *) words, &keywords),
                   ==, PC_STORE_OK);
  return keywords;
}

static char *
names (const PcMailbox *mailbox,
       guint64          keywords)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < PC_LIMIT_MAILBOX_KEYWORDS; i++)
    if ((keywords >> i & 1) != 0)
      g_string_append_printf (out, "%s ",
                              pc_mailbox_get_keyword (mailbox, i));
  return g_string_free (out, FALSE);
}

/* A name lives as long as a message has it, and keeps its first spelling. */
static void
test_names (void)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcMailbox              *inbox = inbox_new (store);
  guint32                 one, two;
  g_autofree char        *both = NULL;
  g_autofree char        *left = NULL;

  make (inbox, "unused");
  g_assert_cmpuint (pc_mailbox_get_keywords (inbox), ==, 0);
  g_assert_null (pc_mailbox_get_keyword (inbox, 0));

  one = add (inbox, "a", make (inbox, "Work later"));
  two = add (inbox, "b", make (inbox, "WORK work"));
  both = names (inbox, pc_mailbox_get_keywords (inbox));
  g_assert_cmpstr (both, ==, "Work later ");

  pc_mailbox_set_flags (inbox, one, PC_FLAG_SEEN, 0);
  g_assert_cmpuint (pc_mailbox_find_uid (inbox, one)->keywords, !=, 0);
  pc_mailbox_expunge (inbox, one, 0);
  left = names (inbox, pc_mailbox_get_keywords (inbox));
  g_assert_cmpstr (left, ==, "Work ");
  pc_mailbox_set_marks (inbox, two, 0, 0, 0);
  g_assert_cmpuint (pc_mailbox_get_keywords (inbox), ==, 0);
}

static void
test_limits (void)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcMailbox              *inbox = inbox_new (store);
  g_autofree char        *longest = g_strnfill (PC_LIMIT_KEYWORD, 'x');
  g_autofree char        *longer = g_strnfill (PC_LIMIT_KEYWORD + 1, 'x');
  const char             *too_long[] = { longer, NULL };
  const char             *one_more[] = { "one-more", NULL };
  const char             *known[] = { "K7", NULL };
  g_autoptr (GString)     all = g_string_new ("k0");
  guint64                 keywords;

  add (inbox, "a", make (inbox, longest));
  g_assert_cmpint (pc_mailbox_make_keywords (inbox, too_long, &keywords), ==,
                   PC_STORE_FULL);
  pc_mailbox_expunge (inbox, 1, 0);

  for (guint i = 1; i < PC_LIMIT_MAILBOX_KEYWORDS; i++)
    g_string_append_printf (all, " k%u", i);
  keywords = make (inbox, all->str);
  g_assert_cmpuint (keywords, ==, G_MAXUINT64);
  add (inbox, "b", keywords);
  g_assert_cmpint (pc_mailbox_make_keywords (inbox, one_more, &keywords), ==,
                   PC_STORE_FULL);
  g_assert_cmpint (pc_mailbox_make_keywords (inbox, known, &keywords), ==,
                   PC_STORE_OK);
  g_assert_cmpuint (keywords, ==, pc_mailbox_find_keywords (inbox, known));

  /* Room again when one is gone. */
  pc_mailbox_set_marks (inbox, 2, 0, G_MAXUINT64 & ~keywords, 0);
  g_assert_cmpuint (pc_mailbox_find_keywords (inbox, known), ==, 0);
  g_assert_cmpuint (make (inbox, "one-more"), ==, keywords);
}

/* The same names have other bits elsewhere. */
static void
test_translate (void)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcMailbox              *inbox = inbox_new (store);
  PcAccount              *alex = pc_mail_store_find_user (store, "alex");
  PcMailbox              *sent = pc_account_add_mailbox (alex, "Sent", NULL);
  PcMailbox              *moved;
  guint64                 keywords;
  g_autofree char        *there = NULL;
  g_autofree char        *after = NULL;

  add (sent, "a", make (sent, "zzz later"));
  add (inbox, "b", make (inbox, "work later"));
  keywords = pc_mailbox_translate_keywords (
      sent, inbox, pc_mailbox_get_keywords (inbox));
  add (sent, "c", keywords);
  there = names (sent, pc_mailbox_find_uid (sent, 2)->keywords);
  g_assert_cmpstr (there, ==, "later work ");

  g_assert_cmpint (pc_account_rename_mailbox (alex, "INBOX", "Old", 0), ==,
                   PC_STORE_OK);
  moved = pc_account_find_mailbox (alex, "Old");
  after = names (moved, pc_mailbox_get_message (moved, 0)->keywords);
  g_assert_cmpstr (after, ==, "work later ");

  g_assert_cmpint (pc_account_restore_mailbox (alex, "Old", 1), ==,
                   PC_STORE_OK);
  moved = pc_account_find_mailbox (alex, "Old");
  g_assert_cmpuint (pc_mailbox_get_message (moved, 0)->keywords, !=, 0);
}

static void
test_modseq (void)
{
  g_autoptr (PcMailStore) store = pc_mail_store_new ("example.test");
  PcMailbox              *inbox = inbox_new (store);
  PcMessage              *one, *two;

  g_assert_cmpuint (pc_mailbox_get_highest_modseq (inbox), ==, 1);
  one = pc_mailbox_find_uid (inbox, add (inbox, "a", 0));
  two = pc_mailbox_find_uid (inbox, add (inbox, "b", 0));
  g_assert_cmpuint (one->modseq, ==, 2);
  g_assert_cmpuint (two->modseq, ==, 3);

  pc_mailbox_set_flags (inbox, 1, PC_FLAG_SEEN, 0);
  g_assert_cmpuint (one->modseq, ==, 4);
  pc_mailbox_set_flags (inbox, 1, PC_FLAG_SEEN, 0);
  g_assert_cmpuint (one->modseq, ==, 4);
  pc_mailbox_set_marks (inbox, 2, 0, make (inbox, "work"), 0);
  g_assert_cmpuint (two->modseq, ==, 5);
  pc_mailbox_expunge (inbox, 1, 0);
  g_assert_cmpuint (pc_mailbox_get_highest_modseq (inbox), ==, 6);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/keywords/names", test_names);
  g_test_add_func ("/mail/keywords/limits", test_limits);
  g_test_add_func ("/mail/keywords/translate", test_translate);
  g_test_add_func ("/mail/keywords/modseq", test_modseq);
  return g_test_run ();
}
