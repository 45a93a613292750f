/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Worlds in files of their own: what they hold, and what is wrong with bad
 * ones. */

#include "scenario/world.h"

#include <glib/gstdio.h>
#include <string.h>

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
  static const char *const names[] = { "one.eml", "old.mbox", "world.json" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (self->dir, names[i], NULL);

    g_unlink (path);
  }
  g_rmdir (self->dir);
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
  g_autoptr (PcWorld) none = pc_world_new ();
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
#define MESSAGE(name) \
  BOX ("\"messages\": [ { \"from_file\": \"" name "\" } ]")

static void
test_bad (Fixture      *self,
          gconstpointer data)
{
  static const struct
  {
    const char *text;
    const char *code;
  } table[] = {
    { "[]", "Q022" },
    { "{ \"format\": \"portcall-scenario\", \"format_version\": 1 }", "S001" },
    { "{ \"format\": \"portcall-world\" }", NULL },
    { HEAD "\"acounts\": [] }", "Q021" },
    { MESSAGE ("none.eml"), "S124" },
    { MESSAGE ("../one.eml"), "S124" },
    { MESSAGE ("./../../etc/passwd"), "S124" },
    { MESSAGE ("/etc/passwd"), "S124" },
    { MESSAGE ("."), "S124" },
    { MESSAGE (""), "S124" },
    { BOX ("\"mbox\": \"none.mbox\""), "S124" },
    { BOX ("\"mbox\": 3"), "Q022" },
    { HEAD "\"mx\": { \"a.test\": \"127.0.0.1:0\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": \"127.0.0.1:65536\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": \"127.0.0.2:25\" } }", "S140" },
    { HEAD "\"mx\": { \"a.test\": \"mail.a.test\" } }", "S140" },
    { HEAD "\"mx\": [] }", "Q022" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcWorld) world = NULL;

    g_test_message ("%s", table[i].text);
    write_file (self, "world.json", table[i].text);
    world = pc_world_load (self->path, problems);
    if (table[i].code == NULL)
      continue;
    g_assert_null (world);
    g_assert_cmpuint (pc_problems_get_n (problems), >, 0);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, table[i].code);
    g_assert_cmpuint (pc_problems_get (problems, 0)->line, ==, 1);
  }
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
  return g_test_run ();
}
