/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A JSON tree with a history, and the text that is made of one. */

#include "base/json-edit.h"
#include "base/json.h"
#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>

static JsonNode *
parse (const char *text)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse (
      "t.json", (const guint8 *) text, strlen (text), problems);

  g_assert_nonnull (json);
  return json_node_ref (pc_json_get_root (json));
}

static PcJsonEdit *
edit (const char *text)
{
  return pc_json_edit_new (parse (text));
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static void
assert_is (PcJsonEdit *self,
           const char *expected)
{
  g_autoptr (JsonNode) node = parse (expected);
  g_autofree char *is = pc_json_write (pc_json_edit_get_root (self));
  g_autofree char *want = pc_json_write (node);

  g_assert_cmpstr (is, ==, want);
}

/* -- text ----------------------------------------------------------------- */

static void
test_text (void)
{
  static const char *const rows[][2] = {
    { "{}", "{}\n" },
    { "[]", "[]\n" },
    { "{\"b\":1,\"a\":[]}", "{\n  \"b\": 1,\n  \"a\": []\n}\n" },
    { "{\"l\":[1,2.5,-3,1e3,0.1,true,null,\"x\"]}",
      "{\n  \"l\": [1, 2.5, -3, 1000.0, 0.1, true, null, \"x\"]\n}\n" },
    { "{\"s\":[{\"a\":1,\"b\":{\"c\":[]}},{\"a\":2}]}",
      "{\n  \"s\": [\n    { \"a\": 1, \"b\": { \"c\": [] } },\n"
      "    { \"a\": 2 }\n  ]\n}\n" },
    { "{\"q\":\"a\\\"\\\\\\n\\u0001\\u202e\\u00e9\"}",
      "{\n  \"q\": \"a\\\"\\\\\\n\\u0001\\u202E\303\251\"\n}\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonNode) node = parse (rows[i][0]);
    g_autofree char *text = pc_json_write (node);
    g_autoptr (JsonNode) again = parse (text);

    g_test_message ("%s", rows[i][0]);
    g_assert_cmpstr (text, ==, rows[i][1]);
    g_assert_true (json_node_equal (node, again));
  }
}

/* No line is longer than a screen's, where it can be broken. */
static void
test_width (void)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  GString *json = g_string_new ("{\"script\":[{");

  for (guint i = 0; i < 20; i++)
    g_string_append_printf (json, "%s\"member%u\":{\"x\":\"%0*u\"}",
                            i > 0 ? "," : "", i, (int) i * 3, i);
  g_string_append (json, "}]}");
  node = parse (json->str);
  g_string_free (json, TRUE);
  text = pc_json_write (node);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 20);
  for (guint i = 0; lines[i] != NULL; i++)
    g_assert_cmpuint (strlen (lines[i]), <=, 100);
}

/* -- changes -------------------------------------------------------------- */

static void
test_set (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{\"a\":{\"b\":[1,{\"c/d\":2}]},\"z\":1}");
  g_autoptr (JsonNode) before = json_node_ref (pc_json_edit_get_root (self));
  g_autofree char *was = pc_json_write (before);
  g_autofree char *is = NULL;

  g_assert_true (pc_json_edit_set (self, "/a/b/1/c~1d", string_node ("x")));
  assert_is (self, "{\"a\":{\"b\":[1,{\"c/d\":\"x\"}]},\"z\":1}");
  g_assert_true (pc_json_edit_set (self, "/a/n", string_node ("y")));
  assert_is (self,
             "{\"a\":{\"b\":[1,{\"c/d\":\"x\"}],\"n\":\"y\"},\"z\":1}");
  g_assert_true (pc_json_edit_set (self, "/a/b/0", NULL));
  g_assert_true (pc_json_edit_set (self, "/a/n", NULL));
  assert_is (self, "{\"a\":{\"b\":[{\"c/d\":\"x\"}]},\"z\":1}");
  g_assert_cmpstr (pc_json_edit_get_string (self, "/a/b/0", "c/d"), ==, "x");
  g_assert_null (pc_json_edit_get_string (self, "/a/b", "c/d"));
  g_assert_cmpuint (pc_json_edit_get_length (self, "/a/b"), ==, 1);
  /* Whoever has the tree of before has it as it was. */
  is = pc_json_write (before);
  g_assert_cmpstr (is, ==, was);
}

static void
test_no_place (void)
{
  static const char *const places[] = { "/x/y",  "/a/1/y", "/a/7", "/a/-1",
                                        "/a/+0", "x",      "/s/0", "/a/q" };
  g_autoptr (PcJsonEdit) self = edit ("{\"a\":[{}],\"s\":\"text\"}");

  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_test_message ("%s", places[i]);
    g_assert_false (pc_json_edit_set (self, places[i], string_node ("v")));
    g_assert_null (pc_json_edit_get (self, places[i]));
  }
  g_assert_false (pc_json_edit_set (self, "/gone", NULL));
  g_assert_false (pc_json_edit_insert (self, "/s", 0, string_node ("v")));
  g_assert_false (pc_json_edit_move (self, "/a", 0, 1));
  g_assert_false (pc_json_edit_can_undo (self));
  g_assert_false (pc_json_edit_is_changed (self));
}

/* Objects on the way come with what is in them, and go with it. */
static void
test_put (void)
{
  static const char *const rows[][3] = {
    /* before, where, after */
    { "{}", "/a/b/c", "{\"a\":{\"b\":{\"c\":\"v\"}}}" },
    { "{\"a\":[{}]}", "/a/0/b/c", "{\"a\":[{\"b\":{\"c\":\"v\"}}]}" },
    { "{\"a\":[0]}", "/a/0", "{\"a\":[\"v\"]}" },
    { "{\"a\":[0]}", "/a/1", NULL },
    { "{\"a\":[0]}", "/a/1/b", NULL },
    { "{\"a\":[0]}", "/a/0/b", NULL },
    { "{\"a\":\"s\"}", "/a/b/c", NULL },
    { "{}", "a", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcJsonEdit) self = edit (rows[i][0]);

    g_test_message ("%s %s", rows[i][0], rows[i][1]);
    g_assert_true (pc_json_edit_put (self, rows[i][1], string_node ("v")) ==
                   (rows[i][2] != NULL));
    assert_is (self, rows[i][2] != NULL ? rows[i][2] : rows[i][0]);
    g_assert_true (pc_json_edit_can_undo (self) == (rows[i][2] != NULL));
    pc_json_edit_undo (self);
    assert_is (self, rows[i][0]);
  }
}

static void
test_take_away (void)
{
  static const char *const rows[][3] = {
    { "{\"a\":{\"b\":{\"c\":1}}}", "/a/b/c", "{}" },
    { "{\"z\":1,\"a\":{\"b\":{\"c\":1}}}", "/a/b/c", "{\"z\":1}" },
    { "{\"a\":{\"b\":{\"c\":1},\"d\":{}}}", "/a/b/c",
      "{\"a\":{\"d\":{}}}" },
    { "{\"a\":[{\"b\":{\"c\":1}}]}", "/a/0/b/c", "{\"a\":[{}]}" },
    { "{\"a\":{\"b\":[]}}", "/a/b", "{}" },
    { "{\"a\":[1]}", "/a/0", NULL },
    { "{\"a\":{}}", "/a/b", NULL },
    { "{\"a\":{}}", "/b/c", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcJsonEdit) self = edit (rows[i][0]);

    g_test_message ("%s %s", rows[i][0], rows[i][1]);
    g_assert_true (pc_json_edit_put (self, rows[i][1], NULL) ==
                   (rows[i][2] != NULL));
    assert_is (self, rows[i][2] != NULL ? rows[i][2] : rows[i][0]);
    pc_json_edit_undo (self);
    assert_is (self, rows[i][0]);
  }
}

/* A new member stands where it usually does, and an old one where it was. */
static void
test_order (void)
{
  static const char *const names[] = { "a", "b", "c", "d", NULL };
  g_autoptr (PcJsonEdit) self = edit ("{\"d\":1,\"y\":1,\"b\":1}");

  pc_json_edit_set_order (self, names);
  g_assert_true (pc_json_edit_set (self, "/c", string_node ("v")));
  assert_is (self, "{\"c\":\"v\",\"d\":1,\"y\":1,\"b\":1}");
  g_assert_true (pc_json_edit_set (self, "/d", NULL));
  g_assert_true (pc_json_edit_set (self, "/a", string_node ("v")));
  g_assert_true (pc_json_edit_set (self, "/x", string_node ("v")));
  g_assert_true (pc_json_edit_set (self, "/b", string_node ("v")));
  g_assert_true (pc_json_edit_put (self, "/d/b", string_node ("v")));
  g_assert_true (pc_json_edit_put (self, "/d/a", string_node ("v")));
  assert_is (self, "{\"a\":\"v\",\"c\":\"v\",\"y\":1,\"b\":\"v\","
                   "\"x\":\"v\",\"d\":{\"a\":\"v\",\"b\":\"v\"}}");
  while (pc_json_edit_can_undo (self))
    pc_json_edit_undo (self);
  assert_is (self, "{\"d\":1,\"y\":1,\"b\":1}");
}

static void
test_lists (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{\"a\":[0,1,2]}");

  g_assert_true (pc_json_edit_insert (self, "/a", 1, string_node ("x")));
  assert_is (self, "{\"a\":[0,\"x\",1,2]}");
  g_assert_true (pc_json_edit_insert (self, "/a", 99, string_node ("y")));
  assert_is (self, "{\"a\":[0,\"x\",1,2,\"y\"]}");
  g_assert_true (pc_json_edit_move (self, "/a", 0, 4));
  assert_is (self, "{\"a\":[\"x\",1,2,\"y\",0]}");
  g_assert_true (pc_json_edit_move (self, "/a", 3, 1));
  assert_is (self, "{\"a\":[\"x\",\"y\",1,2,0]}");
  g_assert_true (pc_json_edit_remove (self, "/a", 1));
  g_assert_true (pc_json_edit_remove (self, "/a", 3));
  assert_is (self, "{\"a\":[\"x\",1,2]}");
  g_assert_false (pc_json_edit_remove (self, "/a", 3));
  g_assert_false (pc_json_edit_remove (self, "/a/0", 0));
  g_assert_false (pc_json_edit_remove (self, "/b", 0));
}

static void
test_history (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{\"a\":\"\"}");

  for (guint i = 1; i <= 3; i++) {
    g_autofree char *typed = g_strndup ("abc", i);

    pc_json_edit_begin (self, "/a");
    pc_json_edit_set (self, "/a", string_node (typed));
    pc_json_edit_end (self);
  }
  pc_json_edit_begin (self, NULL);
  pc_json_edit_set (self, "/b", string_node ("1"));
  pc_json_edit_set (self, "/c", string_node ("2"));
  pc_json_edit_end (self);
  assert_is (self, "{\"a\":\"abc\",\"b\":\"1\",\"c\":\"2\"}");
  g_assert_true (pc_json_edit_is_changed (self));

  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"abc\"}");
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"\"}");
  g_assert_false (pc_json_edit_is_changed (self));
  g_assert_false (pc_json_edit_can_undo (self));
  pc_json_edit_undo (self);
  pc_json_edit_redo (self);
  pc_json_edit_redo (self);
  pc_json_edit_redo (self);
  assert_is (self, "{\"a\":\"abc\",\"b\":\"1\",\"c\":\"2\"}");

  /* What follows an undo has its own step, and nothing is left to redo. */
  pc_json_edit_undo (self);
  pc_json_edit_set_saved (self, TRUE);
  pc_json_edit_begin (self, "/a");
  pc_json_edit_set (self, "/a", string_node ("z"));
  pc_json_edit_end (self);
  g_assert_false (pc_json_edit_can_redo (self));
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"abc\"}");
  g_assert_false (pc_json_edit_is_changed (self));
  pc_json_edit_set_saved (self, FALSE);
  g_assert_true (pc_json_edit_is_changed (self));
}

static void
type (PcJsonEdit *self,
      const char *pointer,
      const char *text)
{
  pc_json_edit_begin (self, pointer);
  pc_json_edit_set (self, pointer, string_node (text));
  pc_json_edit_end (self);
}

/* What is typed is one step until something else happens. */
static void
test_typing (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{}");

  type (self, "/a", "1");
  type (self, "/a", "12");
  pc_json_edit_end_step (self);
  type (self, "/a", "123");
  pc_json_edit_set (self, "/b", string_node ("x"));
  /* Nothing is changed here, so that nothing is joined. */
  pc_json_edit_begin (self, "/a");
  g_assert_false (pc_json_edit_set (self, "/n/n", string_node ("x")));
  pc_json_edit_end (self);
  type (self, "/a", "1234");
  type (self, "/a", "12345");
  assert_is (self, "{\"a\":\"12345\",\"b\":\"x\"}");
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"123\",\"b\":\"x\"}");
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"123\"}");
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"12\"}");
  type (self, "/a", "0");
  pc_json_edit_undo (self);
  assert_is (self, "{\"a\":\"12\"}");
  pc_json_edit_undo (self);
  assert_is (self, "{}");
}

/* Where a step changed something, and what the tree of each is called. */
static void
test_places (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{\"l\":[1,2]}");
  guint64 stamps[3];

  g_assert_null (pc_json_edit_undo (self));
  g_assert_null (pc_json_edit_redo (self));
  stamps[0] = pc_json_edit_get_stamp (self);
  pc_json_edit_begin (self, NULL);
  pc_json_edit_insert (self, "/l", 0, string_node ("x"));
  pc_json_edit_put (self, "/a/b", string_node ("x"));
  g_assert_null (pc_json_edit_undo (self));
  pc_json_edit_end (self);
  stamps[1] = pc_json_edit_get_stamp (self);
  pc_json_edit_remove (self, "/l", 1);
  stamps[2] = pc_json_edit_get_stamp (self);

  for (guint i = 0; i < 3; i++) {
    g_assert_cmpstr (pc_json_edit_undo (self), ==, "/l");
    g_assert_cmpuint (pc_json_edit_get_stamp (self), ==, stamps[1]);
    g_assert_cmpstr (pc_json_edit_undo (self), ==, "/l");
    g_assert_cmpuint (pc_json_edit_get_stamp (self), ==, stamps[0]);
    g_assert_cmpstr (pc_json_edit_redo (self), ==, "/a/b");
    g_assert_cmpuint (pc_json_edit_get_stamp (self), ==, stamps[1]);
    g_assert_cmpstr (pc_json_edit_redo (self), ==, "/l");
    g_assert_cmpuint (pc_json_edit_get_stamp (self), ==, stamps[2]);
  }

  /* Another tree is never called as one that was. */
  pc_json_edit_undo (self);
  pc_json_edit_move (self, "/l", 0, 1);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (pc_json_edit_get_stamp (self), !=, stamps[i]);
}

/* The oldest steps are forgotten, and the rest still leads back. */
static void
test_many (void)
{
  g_autoptr (PcJsonEdit) self = edit ("{\"n\":\"start\"}");
  guint n = 0;

  for (guint i = 0; i < PC_LIMIT_UNDO + 7; i++) {
    g_autofree char *text = g_strdup_printf ("%u", i);

    g_assert_true (pc_json_edit_set (self, "/n", string_node (text)));
  }
  for (; pc_json_edit_can_undo (self); n++)
    g_assert_cmpstr (pc_json_edit_undo (self), ==, "/n");
  g_assert_cmpuint (n, ==, PC_LIMIT_UNDO);
  assert_is (self, "{\"n\":\"6\"}");
}

/* -- files ---------------------------------------------------------------- */

static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("portcall-edit-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "a.json", NULL);
  g_autofree char *first = NULL, *second = NULL, *text = NULL;
  g_autofree char *same = pc_json_text_digest ("{}\n");

  g_assert_null (pc_json_file_digest (path));
  g_assert_true (pc_json_file_save (path, "{}\n", NULL, &first, &error));
  g_assert_cmpstr (first, ==, same);
  g_assert_true (
      pc_json_file_save (path, "[]\n", first, &second, &error));
  g_assert_cmpstr (first, !=, second);

  /* Somebody else was here. */
  g_assert_true (g_file_set_contents (path, "null\n", -1, &error));
  g_assert_false (pc_json_file_save (path, "{}\n", second, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &text, NULL, &error));
  g_assert_cmpstr (text, ==, "null\n");
  g_assert_true (pc_json_file_save (path, "{}\n", NULL, NULL, &error));

  g_remove (path);
  g_rmdir (dir);
  g_assert_false (pc_json_file_save (path, "{}\n", NULL, NULL, &error));
  g_assert_nonnull (error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-edit/text", test_text);
  g_test_add_func ("/json-edit/width", test_width);
  g_test_add_func ("/json-edit/set", test_set);
  g_test_add_func ("/json-edit/no-place", test_no_place);
  g_test_add_func ("/json-edit/put", test_put);
  g_test_add_func ("/json-edit/take-away", test_take_away);
  g_test_add_func ("/json-edit/order", test_order);
  g_test_add_func ("/json-edit/lists", test_lists);
  g_test_add_func ("/json-edit/history", test_history);
  g_test_add_func ("/json-edit/typing", test_typing);
  g_test_add_func ("/json-edit/places", test_places);
  g_test_add_func ("/json-edit/many", test_many);
  g_test_add_func ("/json-edit/save", test_save);
  return g_test_run ();
}
