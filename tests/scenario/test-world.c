/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Worlds in files of their own: what they hold, and what is wrong with bad
 * ones. */

#include "scenario/world.h"

#include "base/limits.h"
#include "mail/account.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#define HEAD "{ \"format\": \"portcall-world\", \"format_version\": 1, "

typedef struct
{
  char *dir;
  char *path;
} Fixture;

static void
write_file (Fixture    *self,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
set_up (Fixture      *self,
        gconstpointer data)
{
  self->dir = g_dir_make_tmp ("portcall-world-XXXXXX", NULL);
  self->path = g_build_filename (self->dir, "world.json", NULL);
  write_file (self, "one.eml", "Subject: one\r\n\r\nfirst\r\n");
  write_file (self, "old.mbox",
              "From a Mon\nSubject: two\n\nsecond\n\n"
              "From b Tue\nSubject: three\n\nthird\n");
}

static void
tear_down (Fixture      *self,
           gconstpointer data)
{
  remove_tree (self->dir);
  g_free (self->dir);
  g_free (self->path);
}

static void
assert_content (PcMailbox  *mailbox,
                guint       index,
                const char *text)
{
  GBytes *content = pc_mailbox_get_message (mailbox, index)->content;

  g_assert_cmpmem (g_bytes_get_data (content, NULL),
                   g_bytes_get_size (content), text, strlen (text));
}

static void
test_good (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  PcAccount *account;
  PcMailbox *box;

  write_file (self, "world.json",
              HEAD "\"domain\": \"school.test\", \"accounts\": [ {"
                   " \"user\": \"kim\", \"password\": \"pass\","
                   " \"mailboxes\": [ { \"name\": \"INBOX\", \"messages\": ["
                   " { \"from_file\": \"one.eml\", \"flags\": [\"seen\"] } ] },"
                   " { \"name\": \"Old\", \"mbox\": \"old.mbox\" } ] } ],"
                   " \"files\": [ { \"name\": \"a.cfg\","
                   " \"lines\": [\"x\"] } ] }");
  world = pc_world_load (self->path, problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_nonnull (world);
  g_assert_cmpuint (pc_world_get_n_files (world), ==, 1);
  g_assert_cmpstr (pc_world_get_file (world, 0)->name, ==, "a.cfg");

  store = pc_world_make_store (world, 0);
  g_assert_cmpstr (pc_mail_store_get_domain (store), ==, "school.test");
  g_assert_null (pc_mail_store_login (store, "alex", "portcall"));
  account = pc_mail_store_login (store, "kim", "pass");
  g_assert_nonnull (account);
  box = pc_account_find_mailbox (account, "INBOX");
  g_assert_cmpuint (pc_mailbox_get_n_messages (box), ==, 1);
  assert_content (box, 0, "Subject: one\r\n\r\nfirst\r\n");
  g_assert_cmpint (pc_mailbox_get_message (box, 0)->flags, ==, PC_FLAG_SEEN);
  box = pc_account_find_mailbox (account, "Old");
  g_assert_cmpuint (pc_mailbox_get_n_messages (box), ==, 2);
  assert_content (box, 0, "Subject: two\r\n\r\nsecond\r\n");
  assert_content (box, 1, "Subject: three\r\n\r\nthird\r\n");
}

/* A world without accounts has the default ones. */
static void
test_default (Fixture      *self,
              gconstpointer data)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  g_autoptr (PcWorld) none = pc_world_new (PC_WORLD_LESSON);
  g_autoptr (PcMailStore) same = pc_world_make_store (none, 0);

  write_file (self, "world.json", HEAD "\"files\": [] }");
  world = pc_world_load (self->path, problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  store = pc_world_make_store (world, 0);
  g_assert_nonnull (pc_mail_store_login (store, "alex", "portcall"));
  g_assert_nonnull (pc_mail_store_login (same, "robin", "portcall"));
}

#define BOX(content)                                                    \
  HEAD "\"accounts\": [ { \"user\": \"kim\", \"password\": \"p\", "     \
       "\"mailboxes\": [ { \"name\": \"INBOX\", " content " } ] } ] }"
#define MESSAGES(content) BOX ("\"messages\": [ " content " ]")
#define FROM_FILE(name) MESSAGES ("{ \"from_file\": \"" name "\" }")
#define ACCOUNT(content) \
  HEAD "\"accounts\": [ { \"user\": \"kim\", \"password\": \"p\", " content \
       " } ] }"

/* What makes a world unusable; '@' stands where it is told. */
static void
test_bad (Fixture      *self,
          gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *code;
  } table[] = {
    { "@[]", "Q022" },
    { "{ \"format\": @\"portcall-scenario\", \"format_version\": 1 }",
      "S001" },
    { HEAD "@\"acounts\": [] }", "Q021" },
    { HEAD "\"base\": @\"whole\" }", "S128" },
    { HEAD "\"base\": @3 }", "Q022" },
    { HEAD "\"base\": \"full\", \"domain\": @\"school.test\" }", "S129" },
    { HEAD "\"domain\": @\"school.test\" }", "S129" },
    { HEAD "\"base\": \"full\", \"accounts\": [ { \"user\": \"Alex\", "
           "@\"password\": \"x\" } ] }",
      "Q021" },
    { HEAD "\"accounts\": [ @{ \"user\": \"kim\" } ] }", "Q023" },
    { ACCOUNT ("\"quota\": @-1"), "Q024" },
    { ACCOUNT ("\"uid_validity\": @0"), "Q024" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": @\"\" } ]"), "S123" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": @\"a//b\" } ]"), "S123" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": @\"../b\" } ]"), "S123" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": @\"a*\" } ]"), "S123" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": @\"a\\nb\" } ]"), "S123" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": \"a\" }, { \"name\": @\"a\" } ]"),
      "S106" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": \"INBOX\" }, "
               "{ \"name\": @\"inbox\" } ]"),
      "S106" },
    { ACCOUNT ("\"mailboxes\": [ { \"name\": \"a\", "
               "\"special_use\": @\"\\\\Stuff\" } ]"),
      "S127" },
    { BOX ("\"subscribed\": @1"), "Q022" },
    { BOX ("\"uid_validity\": @4294967296"), "Q024" },
    { BOX ("\"uid_next\": @4294967295"), "Q024" },
    { BOX ("@\"uidnext\": 5"), "Q021" },
    { BOX ("\"messages\": @5"), "Q022" },
    { HEAD "\"mx\": { \"a.test\": @\"127.0.0.1:0\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": @\"127.0.0.1:65536\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": @\"127.0.0.2:25\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": @\"mail.a.test\" } }", "S140" },
    { HEAD "\"mx\": @[] }", "Q022" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcWorld) world = NULL;
    g_auto (GStrv)   halves = g_strsplit (table[i].text, "@", 2);
    g_autofree char *text = g_strjoinv ("", halves);
    const PcProblem *problem;

    g_test_message ("%s", table[i].text);
    write_file (self, "world.json", text);
    world = pc_world_load (self->path, problems);
    g_assert_null (world);
    g_assert_cmpuint (pc_problems_get_n (problems), >, 0);
    problem = pc_problems_get (problems, 0);
    g_assert_cmpstr (problem->code, ==, table[i].code);
    g_assert_cmpint (problem->severity, ==, PC_SEVERITY_ERROR);
    g_assert_cmpstr (problem->file, ==, self->path);
    g_assert_cmpuint (problem->line, ==, 1);
    g_assert_cmpuint (problem->column, ==, strlen (halves[0]) + 1);
  }
}

/* What is set aside, while what stands beside it is served. */
static void
test_set_aside (Fixture      *self,
                gconstpointer data)
{
  static const char good[] = ", { \"lines\": [ \"A: b\", \"\", \"c\" ] }";
  static const struct
  {
    const char *message;
    const char *code;
  } table[] = {
    { "{ \"from_file\": @\"none.eml\" }", "S124" },
    { "{ \"from_file\": @\"../one.eml\" }", "S124" },
    { "{ \"from_file\": @\"sub/../one.eml\" }", "S124" },
    { "{ \"from_file\": @\"./../../etc/passwd\" }", "S124" },
    { "{ \"from_file\": @\"/etc/passwd\" }", "S124" },
    { "{ \"from_file\": @\".\" }", "S124" },
    { "{ \"from_file\": @\"\" }", "S124" },
    { "{ \"from_file\": @\"sub\" }", "S124" },
    { "{ \"from_file\": @\"out.eml\" }", "S124" },
    { "{ \"from_file\": @\"away/passwd\" }", "S124" },
    { "{ \"from_file\": @\"pipe\" }", "S124" },
    { "@{ \"from_file\": \"zero.eml\" }", "S125" },
    { "@{ \"from_file\": \"no.eml\" }", "S125" },
    { "@{ \"from_file\": \"empty.eml\" }", "S125" },
    { "@{ \"lines\": [ \"A: \\u0001\", \"\", \"x\\u0000y\" ] }", "Q" },
    { "@{ \"bytes\": 33554433, \"pattern\": \"A: b\\r\\n\" }", "S125" },
    { "@{ \"age_hours\": 3 }", "S121" },
    { "{ \"lines\": [ @7 ] }", "Q022" },
    { "{ \"lines\": [], @\"flag\": [] }", "Q021" },
    { "{ \"lines\": [], \"flags\": [ \"\\\\Seen\", @\"\\\\Read\" ] }",
      "S120" },
    { "{ \"lines\": [], \"uid\": @0 }", "Q024" },
    { "{ \"lines\": [], \"uid\": @4000000001 }", "Q024" },
    { "@7", "Q022" },
  };
  g_autofree char *out = g_build_filename (self->dir, "out.eml", NULL);
  g_autofree char *away = g_build_filename (self->dir, "away", NULL);
  g_autofree char *sub = g_build_filename (self->dir, "sub", NULL);
  g_autofree char *pipe = g_build_filename (self->dir, "pipe", NULL);
  g_autofree char *zero = g_build_filename (self->dir, "zero.eml", NULL);

  g_assert_cmpint (symlink ("/etc/passwd", out), ==, 0);
  g_assert_cmpint (symlink ("/etc", away), ==, 0);
  g_assert_cmpint (g_mkdir (sub, 0700), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_true (g_file_set_contents (zero, "A: b\r\n\r\nx\0y\r\n", 14,
                                      NULL));
  write_file (self, "no.eml", "hello\r\n\r\nno header\r\n");
  write_file (self, "empty.eml", "");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcWorld) world = NULL;
    g_autoptr (PcMailStore) store = NULL;
    g_autofree char *at = g_strdup_printf (MESSAGES ("%s%s"),
                                           table[i].message, good);
    g_auto (GStrv)   halves = g_strsplit (at, "@", 2);
    g_autofree char *text = g_strjoinv ("", halves);
    const PcProblem *problem;
    PcMailbox       *inbox;

    g_test_message ("%s", table[i].message);
    write_file (self, "world.json", text);
    world = pc_world_load (self->path, problems);
    g_assert_cmpuint (pc_problems_get_n (problems), >, 0);
    problem = pc_problems_get (problems, 0);
    g_assert_true (g_str_has_prefix (problem->code, table[i].code));
    g_assert_cmpuint (problem->line, ==, 1);
    if (world == NULL) {
      /* Not a message at all, or no JSON. */
      g_assert_cmpint (problem->severity, ==, PC_SEVERITY_ERROR);
      g_assert_cmpint (table[i].code[0], ==, 'Q');
      continue;
    }

    g_assert_cmpint (problem->severity, ==, PC_SEVERITY_WARNING);
    g_assert_cmpuint (problem->column, ==, strlen (halves[0]) + 1);
    store = pc_world_make_store (world, 0);
    inbox = pc_account_find_mailbox (pc_mail_store_find_user (store, "kim"),
                                     "INBOX");
    g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 1);
    assert_content (inbox, 0, "A: b\r\n\r\nc\r\n");
  }
}

/* A link that stays inside is as good as the file. */
static void
test_link_inside (Fixture      *self,
                  gconstpointer data)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  g_autofree char *path = g_build_filename (self->dir, "link.eml", NULL);

  g_assert_cmpint (symlink ("one.eml", path), ==, 0);
  write_file (self, "world.json", FROM_FILE ("link.eml"));
  world = pc_world_load (self->path, problems);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  store = pc_world_make_store (world, 0);
  assert_content (pc_account_find_mailbox (
                      pc_mail_store_find_user (store, "kim"), "INBOX"),
                  0, "Subject: one\r\n\r\nfirst\r\n");
}

static void
test_maildir (Fixture      *self,
              gconstpointer data)
{
  static const char *const folders[] = { "box", "box/cur", "box/new",
                                         "box/tmp" };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  PcMailbox       *inbox;
  g_autofree char *away = g_build_filename (self->dir, "box/new/9.out", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (self->dir, folders[i], NULL);

    g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  }
  write_file (self, "box/cur/200.a:2,FS", "Subject: b\n\nb\n");
  write_file (self, "box/new/100.a", "Subject: a\n\na\n");
  write_file (self, "box/cur/300.a:2,", "no header\n");
  write_file (self, "box/tmp/400.a", "Subject: half\n\n");
  g_assert_cmpint (symlink ("/etc/passwd", away), ==, 0);
  write_file (self, "world.json", BOX ("\"maildir\": \"box\""));

  world = pc_world_load (self->path, problems);
  g_assert_nonnull (world);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_WARNING), ==, 2);
  store = pc_world_make_store (world, 0);
  inbox = pc_account_find_mailbox (pc_mail_store_find_user (store, "kim"),
                                   "INBOX");
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 2);
  assert_content (inbox, 0, "Subject: a\r\n\r\na\r\n");
  assert_content (inbox, 1, "Subject: b\r\n\r\nb\r\n");
  g_assert_cmpint (pc_mailbox_get_message (inbox, 0)->flags, ==, 0);
  g_assert_cmpint (pc_mailbox_get_message (inbox, 1)->flags, ==,
                   PC_FLAG_FLAGGED | PC_FLAG_SEEN);
}

/* No Maildir, no mbox: told, and the account is served without it. */
static void
test_no_maildir (Fixture      *self,
                 gconstpointer data)
{
  static const char *const boxes[] = {
    BOX ("\"maildir\": \"none\""),    BOX ("\"maildir\": \"one.eml\""),
    BOX ("\"maildir\": \"..\""),      BOX ("\"mbox\": \"none.mbox\""),
    BOX ("\"mbox\": \"one.eml\""),    BOX ("\"mbox\": \"../x.mbox\""),
    BOX ("\"mbox\": \"/etc/passwd\""),
  };

  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcWorld) world = NULL;

    write_file (self, "world.json", boxes[i]);
    world = pc_world_load (self->path, problems);
    g_assert_nonnull (world);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "S124");
  }
}

static void
test_uids (Fixture      *self,
           gconstpointer data)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcWorld) world = NULL;
  g_autoptr (PcMailStore) store = NULL;
  PcAccount *account;
  PcMailbox *inbox, *next;

  write_file (self, "world.json",
              ACCOUNT ("\"uid_validity\": 70, \"quota\": 50, "
                       "\"mailboxes\": [ { \"name\": \"INBOX\", "
                       "\"uid_validity\": 90, \"uid_next\": 40, "
                       "\"subscribed\": false, \"messages\": [ "
                       "{ \"lines\": [], \"uid\": 4 }, { \"lines\": [] }, "
                       "{ \"lines\": [], \"uid\": 5 }, "
                       "{ \"lines\": [\"\"], \"uid\": 4000000000 } ] }, "
                       "{ \"name\": \"Next\" } ]"));
  world = pc_world_load (self->path, problems);
  g_assert_nonnull (world);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "S126");

  store = pc_world_make_store (world, 0);
  account = pc_mail_store_find_user (store, "kim");
  g_assert_cmpuint (pc_account_get_quota (account), ==, 50);
  inbox = pc_account_find_mailbox (account, "INBOX");
  next = pc_account_find_mailbox (account, "Next");
  g_assert_cmpuint (pc_mailbox_get_uid_validity (inbox), ==, 90);
  g_assert_cmpuint (pc_mailbox_get_uid_validity (next), ==, 70);
  g_assert_cmpuint (pc_mailbox_get_uid_next (inbox), ==, 4000000001);
  g_assert_cmpuint (pc_mailbox_get_uid_next (next), ==, 1);
  g_assert_cmpuint (pc_mailbox_get_n_messages (inbox), ==, 3);
  g_assert_nonnull (pc_mailbox_find_uid (inbox, 4));
  g_assert_nonnull (pc_mailbox_find_uid (inbox, 5));
  g_assert_nonnull (pc_mailbox_find_uid (inbox, 4000000000));
  g_assert_cmpuint (pc_account_get_n_subscriptions (account), ==, 1);
}

/* Accounts of the base grow; others stand beside them. */
static void
test_base (Fixture      *self,
           gconstpointer data)
{
  static const char *const bases[] = { "lesson", "full" };

  for (guint i = 0; i < G_N_ELEMENTS (bases); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcWorld) world = NULL;
    g_autoptr (PcMailStore) store = NULL;
    g_autofree char *text = g_strdup_printf (
        HEAD "\"base\": \"%s\", \"accounts\": [ { \"user\": \"Alex\", "
             "\"mailboxes\": [ { \"name\": \"INBOX\", \"messages\": [ "
             "{ \"lines\": [ \"Subject: new\" ] } ] } ] }, "
             "{ \"user\": \"kim\", \"password\": \"p\" } ] }",
        bases[i]);
    PcAccount *account;
    PcMailbox *inbox;
    guint      n;

    write_file (self, "world.json", text);
    world = pc_world_load (self->path, problems);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
    store = pc_world_make_store (world, 0);
    g_assert_nonnull (pc_mail_store_login (store, "kim", "p"));
    g_assert_nonnull (pc_mail_store_login (store, "robin", "portcall"));
    account = pc_mail_store_login (store, "alex", "portcall");
    g_assert_nonnull (account);
    g_assert_cmpint (pc_account_find_mailbox (account, "Junk") != NULL, ==,
                     i == 1);
    inbox = pc_account_find_mailbox (account, "INBOX");
    n = pc_mailbox_get_n_messages (inbox);
    g_assert_cmpuint (n, >=, 6);
    assert_content (inbox, n - 1, "Subject: new\r\n");
  }
}

static void
test_limits (Fixture      *self,
             gconstpointer data)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (GString) text = g_string_new (HEAD "\"accounts\": [ ");
  g_autoptr (PcWorld) world = NULL;

  for (guint i = 0; i <= PC_LIMIT_ACCOUNTS; i++)
    g_string_append_printf (text, "%s{ \"user\": \"u%u\", "
                            "\"password\": \"p\" }", i > 0 ? ",\n" : "", i);
  g_string_append (text, " ] }");
  write_file (self, "world.json", text->str);
  world = pc_world_load (self->path, problems);
  g_assert_null (world);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "S112");
  g_assert_cmpuint (pc_problems_get (problems, 0)->line, ==,
                    PC_LIMIT_ACCOUNTS + 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/world/good", Fixture, NULL, set_up, test_good, tear_down);
  g_test_add ("/world/default", Fixture, NULL, set_up, test_default,
              tear_down);
  g_test_add ("/world/bad", Fixture, NULL, set_up, test_bad, tear_down);
  g_test_add ("/world/set-aside", Fixture, NULL, set_up, test_set_aside,
              tear_down);
  g_test_add ("/world/link-inside", Fixture, NULL, set_up, test_link_inside,
              tear_down);
  g_test_add ("/world/maildir", Fixture, NULL, set_up, test_maildir,
              tear_down);
  g_test_add ("/world/no-maildir", Fixture, NULL, set_up, test_no_maildir,
              tear_down);
  g_test_add ("/world/uids", Fixture, NULL, set_up, test_uids, tear_down);
  g_test_add ("/world/base", Fixture, NULL, set_up, test_base, tear_down);
  g_test_add ("/world/limits", Fixture, NULL, set_up, test_limits,
              tear_down);
  return g_test_run ();
}
