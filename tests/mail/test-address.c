/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Address lists, also the ones that nobody should write. */

#include "mail/message.h"

#include "base/limits.h"

#include <string.h>

/* "name|mailbox|host" each, "-" for NULL, blank-separated; a route stands
 * before the name. */
static char *
describe (GPtrArray *list)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < list->len; i++) {
    const PcAddress *address = g_ptr_array_index (list, i);

    g_string_append_printf (out, "%s%s%s|%s|%s", i > 0 ? " " : "",
                            address->route ? address->route : "",
                            address->name ? address->name : "-",
                            address->mailbox ? address->mailbox : "-",
                            address->host ? address->host : "-");
  }

  return g_string_free (out, FALSE);
}

static void
test_lists (void)
{
  static const struct
  {
    const char *value;
    const char *expected;
  } rows[] = {
    { "", "" },
    { "a@b.test", "-|a|b.test" },
    { "<a@b.test>", "-|a|b.test" },
    { "Ann Lee <a@b.test>", "Ann Lee|a|b.test" },
    { "Ann  Q. Lee<a@b.test>", "Ann Q. Lee|a|b.test" },
    { "\"Lee, \\\"Ann\\\"\" <a@b.test>", "Lee, \"Ann\"|a|b.test" },
    { "a@b.test (Ann Lee)", "Ann Lee|a|b.test" },
    { "a@b.test (Ann (old) \\) Lee)", "Ann (old) ) Lee|a|b.test" },
    { "Ann (the boss) <a@b.test>", "Ann|a|b.test" },
    { "a@b.test, c.d@e.test", "-|a|b.test -|c.d|e.test" },
    { ",,a@b.test,,", "-|a|b.test" },
    { "<@x.test,@y.test:a@b.test>", "@x.test,@y.test-|a|b.test" },
    { "Ann <@x.test:a@b.test>, c@d.test", "@x.testAnn|a|b.test -|c|d.test" },
    { "<@x.test a@b.test>", "-||x.testab.test" },
    { "<@x.test:Friends: a@b.test;", "-||- -|a|b.test -|-|-" },
    { "\"a b\"@c.test", "-|a b|c.test" },
    { "a@[192.0.2.1]", "-|a|[192.0.2.1]" },
    { "a @ b . test", "-|a|b.test" },
    { "root", "-|root|" },
    { "Friends: a@b.test, Bo <c@d.test>;",
      "-|Friends|- -|a|b.test Bo|c|d.test -|-|-" },
    { "undisclosed recipients:;", "-|undisclosed recipients|- -|-|-" },
    { "Open: a@b.test", "-|Open|- -|a|b.test -|-|-" },
    { "<>", "" },
    { "\"open", "-|open|" },
    { "(open", "" },
    { "a@[open", "-|a|[open" },
    { "a@b@c.test", "-|a|bc.test" },
    { ";", "" },
    { ")", "-|)|" },
    { "\\", "-|\\|" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) list = pc_address_parse_list (rows[i].value);
    g_autofree char *found = describe (list);

    g_test_message ("row %" G_GSIZE_FORMAT ": %s", i, rows[i].value);
    g_assert_cmpstr (found, ==, rows[i].expected);
    g_assert_true ((list == NULL) == (*rows[i].expected == '\0'));
  }
}

/* A hundred thousand addresses cost no more than the limit keeps. */
static void
test_limit (void)
{
  g_autoptr (GString) value = g_string_new (NULL);
  g_autoptr (GPtrArray) list = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (value, "a@b.test,");

  list = pc_address_parse_list (value->str);
  g_assert_cmpuint (list->len, ==, PC_LIMIT_ADDRESSES);
}

/* Every prefix of a hard one is read to its end. */
static void
test_prefixes (void)
{
  static const char hard[] =
      "G: \"x\\\"y\" (c (d\\)) e) <@r.test:a.b@[1.2]>, \\q@w (n);, z";

  for (gsize i = 0; i < sizeof hard; i++) {
    g_autofree char *prefix = g_strndup (hard, i);
    g_autoptr (GPtrArray) list = pc_address_parse_list (prefix);

    g_assert_true (list == NULL || list->len > 0);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mail/address/lists", test_lists);
  g_test_add_func ("/mail/address/limit", test_limit);
  g_test_add_func ("/mail/address/prefixes", test_prefixes);

  return g_test_run ();
}
