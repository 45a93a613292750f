/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Accounts, mailboxes, UIDs, the change log and the limits. */

#include "mail/store.h"

#include "base/limits.h"

#include <string.h>

static PcMailStore *
make_store (void)
{
  PcMailStore *store = pc_mail_store_new ("example.test");

  pc_mail_store_add_account (store, "alex", "portcall", 7);
  pc_mail_store_add_account (store, "robin", "rob", 8);

  return store;
}

static PcMailbox *
get_inbox (PcMailStore *store)
{
  PcAccount *account = pc_mail_store_find_address (store, "alex@example.test");

  return pc_account_find_mailbox (account, "INBOX");
}

static guint32
append (PcMailbox  *mailbox,
        const char *text)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  guint32 uid = 0;

  g_assert_cmpint (pc_mailbox_append (mailbox, content, 0, 5, 3, &uid), ==,
                   PC_STORE_OK);

  return uid;
}

static void
test_login (void)
{
  static const struct
  {
    const char *user;
    const char *password;
    const char *account;
  } rows[] = {
    { "alex", "portcall", "alex" },
    { "alex@example.test", "portcall", "alex" },
    { "ALEX@Example.Test", "portcall", "alex" },
    { "robin", "rob", "robin" },
    { "robin", "portcall", NULL },
    { "alex", "Portcall", NULL },
    { "alex", "portcal", NULL },
    { "alex", "portcall1", NULL },
    { "alex", "", NULL },
    { "", "portcall", NULL },
    { "", "", NULL },
    { "alex@other.test", "portcall", NULL },
    { "alexander", "portcall", NULL },
    { "alex@example.test@example.test", "portcall", NULL },
  };
  g_autoptr (PcMailStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcAccount  *account = pc_mail_store_login (store, rows[i].user,
                                               rows[i].password);
    const char *user = account ? pc_account_get_user (account) : NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].user);
    g_assert_cmpstr (user, ==, rows[i].account);
  }
}

static void
test_users (void)
{
  static const struct
  {
    const char *user;
    const char *account;
    const char *password;
  } rows[] = {
    { "alex", "alex", "portcall" },
    { "Alex@Example.test", "alex", "portcall" },
    { "robin", "robin", "rob" },
    { "postmaster", NULL, NULL },
    { "alex@other.test", NULL, NULL },
    { "ale", NULL, NULL },
    { "", NULL, NULL },
  };
  g_autoptr (PcMailStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcAccount  *account = pc_mail_store_find_user (store, rows[i].user);
    const char *user = account ? pc_account_get_user (account) : NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].user);
    g_assert_cmpstr (user, ==, rows[i].account);
    g_assert_cmpstr (pc_mail_store_peek_password (store, rows[i].user), ==,
                     rows[i].password);
  }
}

static void
test_addresses (void)
{
  static const struct
  {
    const char *address;
    gboolean    local;
    const char *account;
  } rows[] = {
    { "alex@example.test", TRUE, "alex" },
    { "Robin@EXAMPLE.test", TRUE, "robin" },
    { "nobody@example.test", TRUE, NULL },
    { "alex@sub.example.test", FALSE, NULL },
    { "alex@test", FALSE, NULL },
    { "\"alex@example.test\"@other.test", FALSE, NULL },
    { "postmaster", FALSE, "alex" },
    { "Postmaster@example.test", TRUE, "alex" },
    { "postmaster@other.test", FALSE, NULL },
    { "alex", FALSE, NULL },
    { "", FALSE, NULL },
    { "@example.test", TRUE, NULL },
  };
  g_autoptr (PcMailStore) store = make_store ();

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcAccount  *account = pc_mail_store_find_address (store, rows[i].address);
    const char *user = account ? pc_account_get_user (account) : NULL;

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].address);
    g_assert_cmpstr (user, ==, rows[i].account);
    g_assert_cmpint (pc_mail_store_is_local (store, rows[i].address), ==,
                     rows[i].local);
  }
}

static void
test_mailboxes (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcAccount *account = pc_mail_store_login (store, "alex", "portcall");
  PcMailbox *inbox = pc_account_get_mailbox (account, 0);
  guint64    serial = pc_mail_store_get_serial (store);
  PcMailbox *sent;

  g_assert_cmpstr (pc_mailbox_get_name (inbox), ==, "INBOX");
  g_assert_true (pc_account_find_mailbox (account, "iNbOx") == inbox);
  g_assert_null (pc_account_add_mailbox (account, "Inbox", NULL));
  g_assert_null (pc_account_find_mailbox (account, "Sent"));

  sent = pc_account_add_mailbox (account, "Sent", "\\Sent");
  g_assert_nonnull (sent);
  g_assert_cmpuint (pc_mail_store_get_serial (store), >, serial);
  g_assert_cmpstr (pc_mailbox_get_special_use (sent), ==, "\\Sent");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (sent), ==, 7);
  g_assert_null (pc_account_add_mailbox (account, "Sent", NULL));
  /* Only INBOX is blind to case. */
  g_assert_null (pc_account_find_mailbox (account, "SENT"));
  g_assert_cmpuint (pc_account_get_n_mailboxes (account), ==, 2);
  g_assert_null (pc_account_get_mailbox (account, 2));
}

static void
test_mailbox_limit (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcAccount *account = pc_mail_store_login (store, "alex", "portcall");

  for (guint i = 1; i < PC_LIMIT_MAILBOXES; i++) {
    g_autofree char *name = g_strdup_printf ("box%u", i);

    g_assert_nonnull (pc_account_add_mailbox (account, name, NULL));
  }
  g_assert_null (pc_account_add_mailbox (account, "one too many", NULL));
}

static void
test_lock (void)
{
  static const char one[] = "one", two[] = "two";
  g_autoptr (PcMailStore) store = make_store ();
  PcAccount *account = pc_mail_store_login (store, "alex", "portcall");

  g_assert_cmpint (pc_account_lock (account, one), ==, PC_STORE_OK);
  g_assert_cmpint (pc_account_lock (account, one), ==, PC_STORE_OK);
  g_assert_cmpint (pc_account_lock (account, two), ==, PC_STORE_LOCKED);
  pc_account_unlock (account, two);
  g_assert_cmpint (pc_account_lock (account, two), ==, PC_STORE_LOCKED);
  pc_account_unlock (account, one);
  g_assert_cmpint (pc_account_lock (account, two), ==, PC_STORE_OK);
}

static void
test_uids (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcMailbox *inbox = get_inbox (store);

  g_assert_cmpuint (pc_mailbox_get_uid_next (inbox), ==, 1);
  for (guint32 i = 1; i <= 5; i++)
    g_assert_cmpuint (append (inbox, "x\r\n"), ==, i);

  g_assert_cmpint (pc_mailbox_expunge (inbox, 2, 0), ==, PC_STORE_OK);
  g_assert_cmpint (pc_mailbox_expunge (inbox, 5, 0), ==, PC_STORE_OK);
  g_assert_cmpint (pc_mailbox_expunge (inbox, 5, 0), ==, PC_STORE_NOT_FOUND);

  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 3);
  g_assert_cmpuint (pc_mailbox_get_message (inbox, 0)->uid, ==, 1);
  g_assert_cmpuint (pc_mailbox_get_message (inbox, 1)->uid, ==, 3);
  g_assert_cmpuint (pc_mailbox_get_message (inbox, 2)->uid, ==, 4);
  g_assert_null (pc_mailbox_get_message (inbox, 3));

  g_assert_null (pc_mailbox_find_uid (inbox, 0));
  g_assert_null (pc_mailbox_find_uid (inbox, 2));
  g_assert_null (pc_mailbox_find_uid (inbox, G_MAXUINT32));
  g_assert_cmpuint (pc_mailbox_find_uid (inbox, 4)->uid, ==, 4);

  g_assert_cmpuint (pc_mailbox_count_below (inbox, 1), ==, 0);
  g_assert_cmpuint (pc_mailbox_count_below (inbox, 2), ==, 1);
  g_assert_cmpuint (pc_mailbox_count_below (inbox, 3), ==, 1);
  g_assert_cmpuint (pc_mailbox_count_below (inbox, 4), ==, 2);
  g_assert_cmpuint (pc_mailbox_count_below (inbox, 99), ==, 3);

  /* The last one's UID is not given again. */
  g_assert_cmpuint (append (inbox, "x\r\n"), ==, 6);
  g_assert_cmpuint (pc_mailbox_get_total_size (inbox), ==, 4 * 3);
}

static void
test_line_ends (void)
{
  static const struct
  {
    const char *in;
    gsize       len;
    const char *out;
  } rows[] = {
    { "", 0, "" },
    { "a\r\nb\r\n", 6, "a\r\nb\r\n" },
    { "a\nb\n", 4, "a\r\nb\r\n" },
    { "a\rb", 3, "a\r\nb" },
    { "\n", 1, "\r\n" },
    { "\r", 1, "\r\n" },
    { "\r\r\n", 3, "\r\n\r\n" },
    { "\n\r", 2, "\r\n\r\n" },
    { "\r\n\n\r\n", 5, "\r\n\r\n\r\n" },
    { "no end", 6, "no end" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcMailStore) store = make_store ();
    PcMailbox         *inbox = get_inbox (store);
    g_autoptr (GBytes) content = g_bytes_new (rows[i].in, rows[i].len);
    GBytes            *kept;

    g_test_message ("row %" G_GSIZE_FORMAT, i);
    pc_mailbox_append (inbox, content, 0, 0, 0, NULL);
    kept = pc_mailbox_get_message (inbox, 0)->content;
    g_assert_cmpmem (g_bytes_get_data (kept, NULL), g_bytes_get_size (kept),
                     rows[i].out, strlen (rows[i].out));
    g_assert_cmpuint (pc_mailbox_get_total_size (inbox), ==,
                      strlen (rows[i].out));
  }
}

static void
assert_change (PcMailbox   *mailbox,
               guint64      serial,
               PcChangeKind kind,
               guint32      uid,
               guint        origin)
{
  const PcChange *change = pc_mailbox_get_change (mailbox, serial);

  g_assert_nonnull (change);
  g_assert_cmpint (change->kind, ==, kind);
  g_assert_cmpuint (change->uid, ==, uid);
  g_assert_cmpuint (change->origin, ==, origin);
}

static void
test_change_log (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcMailbox *inbox = get_inbox (store);
  guint64    start = pc_mail_store_get_serial (store);

  append (inbox, "x\r\n");
  pc_mailbox_set_flags (inbox, 1, PC_FLAG_SEEN, 9);
  pc_mailbox_set_flags (inbox, 1, PC_FLAG_SEEN, 9);
  g_assert_cmpint (pc_mailbox_set_flags (inbox, 2, 0, 9), ==,
                   PC_STORE_NOT_FOUND);
  g_assert_cmpuint (pc_mailbox_get_message (inbox, 0)->flags, ==,
                    PC_FLAG_SEEN);
  pc_mailbox_expunge (inbox, 1, 2);

  g_assert_cmpuint (pc_mailbox_get_serial (inbox), ==, 3);
  assert_change (inbox, 0, PC_CHANGE_ADDED, 1, 3);
  assert_change (inbox, 1, PC_CHANGE_FLAGS, 1, 9);
  assert_change (inbox, 2, PC_CHANGE_EXPUNGED, 1, 2);
  g_assert_null (pc_mailbox_get_change (inbox, 3));
  g_assert_cmpuint (pc_mail_store_get_serial (store), ==, start + 3);
}

/* The log is bounded, and what is promised to be there is there. */
static void
test_change_log_bound (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcMailbox *inbox = get_inbox (store);
  guint64    n = 5 * (guint64) PC_LIMIT_MAILBOX_CHANGES;

  append (inbox, "x\r\n");
  for (guint64 i = 1; i < n; i++)
    pc_mailbox_set_flags (inbox, 1, i % 2 ? PC_FLAG_SEEN : 0, i % 1000);

  g_assert_cmpuint (pc_mailbox_get_serial (inbox), ==, n);
  g_assert_null (pc_mailbox_get_change (inbox, 0));
  g_assert_null (
      pc_mailbox_get_change (inbox, n - 2 * PC_LIMIT_MAILBOX_CHANGES - 1));
  for (guint64 i = n - PC_LIMIT_MAILBOX_CHANGES; i < n; i++)
    assert_change (inbox, i, PC_CHANGE_FLAGS, 1, i % 1000);
}

static void
test_message_limits (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcMailbox         *inbox = get_inbox (store);
  char              *big = g_malloc0 (PC_LIMIT_MESSAGE + 1);
  g_autoptr (GBytes) too_big = g_bytes_new_take (big, PC_LIMIT_MESSAGE + 1);
  g_autoptr (GBytes) biggest = g_bytes_new_from_bytes (too_big, 0,
                                                       PC_LIMIT_MESSAGE);
  guint              n = PC_LIMIT_MAILBOX_SIZE / PC_LIMIT_MESSAGE;

  g_assert_cmpint (pc_mailbox_append (inbox, too_big, 0, 0, 0, NULL), ==,
                   PC_STORE_FULL);
  /* Kept by reference, so this costs no memory. */
  for (guint i = 0; i < n; i++)
    g_assert_cmpint (pc_mailbox_append (inbox, biggest, 0, 0, 0, NULL), ==,
                     PC_STORE_OK);
  g_assert_cmpint (pc_mailbox_append (inbox, biggest, 0, 0, 0, NULL), ==,
                   PC_STORE_FULL);
  pc_mailbox_expunge (inbox, 1, 0);
  g_assert_cmpint (pc_mailbox_append (inbox, biggest, 0, 0, 0, NULL), ==,
                   PC_STORE_OK);
}

/* A full mailbox, emptied from the front: the worst for an array. */
static void
test_many (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcMailbox         *inbox = get_inbox (store);
  g_autoptr (GBytes) content = g_bytes_new_static ("x\r\n", 3);
  gint64             begin = g_get_monotonic_time ();

  for (guint32 i = 0; i < PC_LIMIT_MAILBOX_MESSAGES; i++)
    pc_mailbox_append (inbox, content, 0, 0, 0, NULL);
  g_assert_cmpint (pc_mailbox_append (inbox, content, 0, 0, 0, NULL), ==,
                   PC_STORE_FULL);

  for (guint32 i = 0; i < PC_LIMIT_MAILBOX_MESSAGES; i++) {
    g_assert_cmpuint (pc_mailbox_get_message (inbox, i)->uid, ==, i + 1);
    g_assert_cmpuint (pc_mailbox_find_uid (inbox, i + 1)->uid, ==, i + 1);
  }
  for (guint32 i = 0; i < PC_LIMIT_MAILBOX_MESSAGES; i++)
    pc_mailbox_expunge (inbox, i + 1, 0);

  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 0);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 20 * G_USEC_PER_SEC);
}

/* What a person does with mailboxes: C makes, D removes, R renames "a>b", S
 * subscribes, U unsubscribes. */
static void
test_mailbox_names (void)
{
  static const struct
  {
    const char   *what;
    PcStoreStatus status;
  } rows[] = {
    { "Ca", PC_STORE_OK },
    { "Ca", PC_STORE_EXISTS },
    { "CINBOX/x", PC_STORE_OK },
    { "Cinbox", PC_STORE_EXISTS },
    { "Cb/c", PC_STORE_OK },
    { "C", PC_STORE_NAME },
    { "C/a", PC_STORE_NAME },
    { "Ca/", PC_STORE_NAME },
    { "Ca//b", PC_STORE_NAME },
    { "C../x", PC_STORE_NAME },
    { "Cx/.", PC_STORE_NAME },
    { "Ca%", PC_STORE_NAME },
    { "Ca\tb", PC_STORE_NAME },
    { "Ca\377", PC_STORE_NAME },
    { "Db", PC_STORE_NAME },
    { "Dx", PC_STORE_NOT_FOUND },
    { "Dinbox", PC_STORE_NAME },
    { "Ra>a/b", PC_STORE_NAME },
    { "Ra>INBOX", PC_STORE_EXISTS },
    { "Ra>b", PC_STORE_OK },
    { "Rb>d", PC_STORE_OK },
    { "Sd/c", PC_STORE_OK },
    { "Sd/c", PC_STORE_OK },
    { "Sb", PC_STORE_NOT_FOUND },
    { "Dd/c", PC_STORE_OK },
    { "Ud/c", PC_STORE_OK },
    { "Ud/c", PC_STORE_NOT_FOUND },
    { "Rinbox>old", PC_STORE_OK },
    { "Rinbox>old", PC_STORE_EXISTS },
  };
  g_autoptr (PcMailStore) store = make_store ();
  PcAccount              *alex = pc_mail_store_find_address (
      store, "alex@example.test");

  append (get_inbox (store), "x");
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) names = g_strsplit (rows[i].what + 1, ">", 2);
    const char    *name = names[0] != NULL ? names[0] : "";
    PcStoreStatus  status = PC_STORE_LOCKED;

    g_test_message ("%s", rows[i].what);
    if (rows[i].what[0] == 'C')
      status = pc_account_create_mailbox (alex, name);
    else if (rows[i].what[0] == 'D')
      status = pc_account_delete_mailbox (alex, name, 1);
    else if (rows[i].what[0] == 'R')
      status = pc_account_rename_mailbox (alex, name, names[1], 1);
    else if (rows[i].what[0] == 'S')
      status = pc_account_subscribe (alex, name);
    else
      status = pc_account_unsubscribe (alex, name);
    g_assert_cmpint (status, ==, rows[i].status);
  }

  g_assert_cmpuint (pc_mailbox_get_n_messages (get_inbox (store)), ==, 0);
  g_assert_cmpuint (pc_mailbox_get_n_messages (
                        pc_account_find_mailbox (alex, "old")),
                    ==, 1);
  g_assert_cmpuint (pc_mailbox_get_uid_validity (
                        pc_account_find_mailbox (alex, "d")),
                    >, 7);
}

/* A deleted mailbox lives as long as somebody holds it. */
static void
test_deleted_mailbox (void)
{
  g_autoptr (PcMailStore) store = make_store ();
  PcAccount              *alex = pc_mail_store_find_address (
      store, "alex@example.test");
  PcMailbox              *mailbox;

  pc_account_create_mailbox (alex, "a");
  mailbox = pc_mailbox_ref (pc_account_find_mailbox (alex, "a"));
  append (mailbox, "x");
  g_assert_cmpint (pc_account_delete_mailbox (alex, "a", 1), ==, PC_STORE_OK);
  g_assert_cmpuint (pc_mailbox_get_n_messages (mailbox), ==, 0);
  g_assert_cmpstr (pc_mailbox_get_name (mailbox), ==, "a");
  g_assert_null (pc_account_find_mailbox (alex, "a"));
  pc_mailbox_unref (mailbox);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/store/login", test_login);
  g_test_add_func ("/mail/store/users", test_users);
  g_test_add_func ("/mail/store/addresses", test_addresses);
  g_test_add_func ("/mail/store/mailboxes", test_mailboxes);
  g_test_add_func ("/mail/store/mailbox-limit", test_mailbox_limit);
  g_test_add_func ("/mail/store/lock", test_lock);
  g_test_add_func ("/mail/store/uids", test_uids);
  g_test_add_func ("/mail/store/line-ends", test_line_ends);
  g_test_add_func ("/mail/store/change-log", test_change_log);
  g_test_add_func ("/mail/store/change-log-bound", test_change_log_bound);
  g_test_add_func ("/mail/store/message-limits", test_message_limits);
  g_test_add_func ("/mail/store/many", test_many);

  g_test_add_func ("/mail/store/mailbox-names", test_mailbox_names);
  g_test_add_func ("/mail/store/deleted-mailbox", test_deleted_mailbox);
  return g_test_run ();
}
