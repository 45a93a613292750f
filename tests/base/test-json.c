/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The strict JSON reader: what it refuses and where, what it builds, and how
 * places are found again.
 */

#include "base/json.h"
#include "base/limits.h"

#include <glib/gstdio.h>
#include <string.h>

static PcJson *
parse (const char *text,
       PcProblems *problems)
{
  return pc_json_parse ("t.json", (const guint8 *) text, strlen (text),
                        problems);
}

/* -- what is refused, and where -------------------------------------------- */

typedef struct
{
  const char *text;
  const char *code;
  guint       line;
  guint       column;
  const char *hint; /* part of it, or NULL */
} BadRow;

static const BadRow bad_rows[] = {
  { "", "Q010", 1, 1, NULL },
  { " \n\t\r\n ", "Q010", 3, 2, NULL },
  { "{", "Q001", 1, 2, "ends here" },
  { "[1, 2", "Q001", 1, 6, "ends here" },
  { "{\"a\": 1\n \"b\": 2}", "Q001", 2, 2, NULL },
  { "[1 2]", "Q001", 1, 4, NULL },
  { "[1,\n]", "Q001", 1, 3, "remove" },
  { "{\"a\": 1,\n}", "Q001", 1, 8, "remove" },
  { "[,1]", "Q001", 1, 2, NULL },
  { "{a: 1}", "Q001", 1, 2, NULL },
  { "{'a': 1}", "Q001", 1, 2, "double quotes" },
  { "['a']", "Q001", 1, 2, "double quotes" },
  { "{\"a\" 1}", "Q001", 1, 6, NULL },
  { "{\"a\":}", "Q001", 1, 6, NULL },
  { "// hi\n1", "Q001", 1, 1, "no comments" },
  { "[1 /* hi */]", "Q001", 1, 4, "no comments" },
  { "{} {}", "Q001", 1, 4, NULL },
  { "1\n]", "Q001", 2, 1, NULL },
  { "var x = {};", "Q001", 1, 1, "bare words" },
  { "[True]", "Q001", 1, 2, "bare words" },
  { "[nul]", "Q001", 1, 2, NULL },
  { "[truex]", "Q001", 1, 2, NULL },
  { "[NaN]", "Q001", 1, 2, NULL },
  { "[010]", "Q001", 1, 2, "leading zeros" },
  { "[0x10]", "Q001", 1, 2, "decimal" },
  { "[.5]", "Q001", 1, 2, "begins with" },
  { "[+1]", "Q001", 1, 2, "begins with" },
  { "[1.]", "Q001", 1, 2, NULL },
  { "[-]", "Q001", 1, 2, NULL },
  { "[1e]", "Q001", 1, 2, NULL },
  { "[1e+]", "Q001", 1, 2, NULL },
  { "[1.5.2]", "Q001", 1, 2, NULL },
  { "[--1]", "Q001", 1, 2, NULL },
  { "[1e999]", "Q007", 1, 2, NULL },
  { "[99999999999999999999]", "Q007", 1, 2, NULL },
  { "[9223372036854775808]", "Q007", 1, 2, NULL },
  { "[-9223372036854775809]", "Q007", 1, 2, NULL },
  { "[\"abc]", "Q001", 1, 2, "close it" },
  { "[\"abc\n\"]", "Q001", 1, 2, "close it" },
  { "[\"a\tb\"]", "Q001", 1, 4, "\\t" },
  { "[\"a\001b\"]", "Q001", 1, 4, NULL },
  { "[\"\\x41\"]", "Q001", 1, 3, "backslash" },
  { "[\"\\", "Q001", 1, 3, NULL },
  { "[\"\\u12G4\"]", "Q001", 1, 3, NULL },
  { "[\"\\u12", "Q001", 1, 3, NULL },
  { "[\"a\\u0000\"]", "Q008", 1, 4, NULL },
  { "[\"\\ud800\"]", "Q009", 1, 3, NULL },
  { "[\"\\ud800\\u0041\"]", "Q009", 1, 3, NULL },
  { "[\"\\ud800\\n\"]", "Q009", 1, 3, NULL },
  { "[\"\\udc00\"]", "Q009", 1, 3, NULL },
  { "[\"\xff\"]", "Q002", 1, 3, NULL },
  { "[\"\xc0\xaf\"]", "Q002", 1, 3, NULL },
  { "[\"\xed\xa0\x80\"]", "Q002", 1, 3, NULL },
  { "[\"caf\xc3\"]", "Q002", 1, 6, NULL },
  { "[\"\xc3\xa9\xc3\xa9\", x]", "Q001", 1, 8, NULL },
  { "{\"a\": 1, \"b\": 2,\n \"a\": 3}", "Q006", 2, 2, NULL },
  { "{\"a\": 1, \"\\u0061\": 3}", "Q006", 1, 10, NULL },
  { "{\"k\": {\"a\": 1,\r\n\t\"a\": 3}}", "Q006", 2, 2, NULL },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_rows); i++) {
    const BadRow    *row = &bad_rows[i];
    g_autofree char *shown = g_strescape (row->text, NULL);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = NULL;
    const PcProblem *problem;

    g_test_message ("row %u: %s", i, shown);
    json = parse (row->text, problems);
    g_assert_null (json);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
    problem = pc_problems_get (problems, 0);
    g_test_message ("  %s %u:%u %s", problem->code, problem->line,
                    problem->column, problem->message);
    g_assert_cmpstr (problem->code, ==, row->code);
    g_assert_cmpuint (problem->line, ==, row->line);
    g_assert_cmpuint (problem->column, ==, row->column);
    g_assert_nonnull (problem->excerpt);
    if (row->hint != NULL) {
      g_assert_nonnull (problem->hint);
      g_assert_nonnull (strstr (problem->hint, row->hint));
    }
  }
}

static void
test_zero_octet (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_assert_null (pc_json_parse ("t", (const guint8 *) "[1\0]", 4, problems));
  g_assert_cmpuint (pc_problems_get (problems, 0)->column, ==, 3);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q001");
}

static void
test_utf16 (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  g_assert_null (pc_json_parse ("t", (const guint8 *) "\xff\xfe{\0}\0", 6,
                                problems));
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q002");
}

/* A mark is taken, with a warning, and does not shift places. */
static void
test_byte_order_mark (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = parse ("\xEF\xBB\xBF{\"a\": 1}", problems);
  guint line, column;

  g_assert_nonnull (json);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_WARNING), ==, 1);
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q003");
  g_assert_true (pc_json_locate (json, "/a", TRUE, &line, &column));
  g_assert_cmpuint (column, ==, 2);
}

static void
test_all_repeated_keys (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json =
      parse ("{\"a\":1,\"b\":{\"c\":1,\"c\":2},\"a\":3,\"a\":4}", problems);

  g_assert_null (json);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpstr (pc_problems_get (problems, i)->code, ==, "Q006");
}

/* -- limits ---------------------------------------------------------------- */

static char *
nest (guint depth)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < depth; i++)
    g_string_append_c (text, ']');
  return g_string_free (text, FALSE);
}

static void
assert_limit (const char *text,
              gsize       len,
              const char *code)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("t", (const guint8 *) text, len,
                                           problems);

  if (code == NULL) {
    g_assert_nonnull (json);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  } else {
    g_assert_null (json);
    g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, code);
  }
}

static char *
many_members (guint n)
{
  GString *text = g_string_new ("{");

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s\"k%u\":1", i > 0 ? "," : "", i);
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_limits (void)
{
  g_autofree char *deep = nest (PC_LIMIT_JSON_DEPTH);
  g_autofree char *deeper = nest (PC_LIMIT_JSON_DEPTH + 1);
  g_autofree char *deepest = nest (100000);
  g_autofree char *wide = many_members (PC_LIMIT_JSON_MEMBERS);
  g_autofree char *wider = many_members (PC_LIMIT_JSON_MEMBERS + 1);
  g_autofree char *large = g_malloc (PC_LIMIT_JSON_SIZE + 1);
  GString         *many = g_string_new ("[0");

  assert_limit (deep, strlen (deep), NULL);
  assert_limit (deeper, strlen (deeper), "Q005");
  assert_limit (deepest, strlen (deepest), "Q005");
  assert_limit (wide, strlen (wide), NULL);
  assert_limit (wider, strlen (wider), "Q011");
  memset (large, ' ', PC_LIMIT_JSON_SIZE + 1);
  large[0] = '1';
  assert_limit (large, PC_LIMIT_JSON_SIZE, NULL);
  assert_limit (large, PC_LIMIT_JSON_SIZE + 1, "Q004");
  for (guint i = 0; i < PC_LIMIT_JSON_VALUES; i++)
    g_string_append (many, ",0");
  g_string_append_c (many, ']');
  assert_limit (many->str, many->len, "Q011");
  g_string_free (many, TRUE);
}

/* Ten thousand repeated keys are reported, but not each of them. */
static void
test_many_repeated (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  GString *text = g_string_new ("{\"a\":0");

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, ",\"a\":0");
  g_string_append_c (text, '}');
  g_assert_null (parse (text->str, problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, PC_LIMIT_PROBLEMS);
  g_string_free (text, TRUE);
}

/* -- what is built --------------------------------------------------------- */

typedef struct
{
  const char *text;
  const char *same; /* what json-glib writes of the tree */
} GoodRow;

static const GoodRow good_rows[] = {
  { "{}", "{}" },
  { " [ ] ", "[]" },
  { "null", "null" },
  { "\r\n\t true", "true" },
  { "-0", "0" },
  { "9223372036854775807", "9223372036854775807" },
  { "-9223372036854775808", "-9223372036854775808" },
  { "[0, -1, 0.5, 1e2, -12.5E-1]", "[0,-1,0.5,100.0,-1.25]" },
  { "\"\"", "\"\"" },
  { "\"a\\\"\\\\\\/\\b\\f\\n\\r\\tz\"", "\"a\\\"\\\\/\\b\\f\\n\\r\\tz\"" },
  { "\"\\u00e9\\u20AC\"", "\"é€\"" },
  { "\"\\ud83d\\ude00\"", "\"😀\"" },
  { "{\"b\": {\"\\u0061\\n\": [1, {\"c\": null}]}, \"a\": false}",
    "{\"b\":{\"a\\n\":[1,{\"c\":null}]},\"a\":false}" },
};

static void
test_good (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good_rows); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = NULL;
    g_autofree char *shown = g_strescape (good_rows[i].text, NULL);
    g_autofree char *written = NULL;

    g_test_message ("row %u: %s", i, shown);
    json = parse (good_rows[i].text, problems);
    g_assert_nonnull (json);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
    written = json_to_string (pc_json_get_root (json), FALSE);
    g_assert_cmpstr (written, ==, good_rows[i].same);
  }
}

/* Every beginning of a good text is refused, and none crashes. */
static void
test_truncated (void)
{
  static const char text[] =
      "{\"a\": [1, -2.5e+3, true, null, \"\\u20ac\\ud83d\\ude00é\"], \"b\": {}}";

  for (gsize len = 0; len < sizeof text - 1; len++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autofree guint8 *copy = g_memdup2 (text, len);

    g_test_message ("%" G_GSIZE_FORMAT " octets", len);
    g_assert_null (pc_json_parse ("t", copy, len, problems));
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
  }
}

static void
test_dup_node (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json =
      parse ("{\"x\": [1, 2, 3], \"items\": [{\"a\": 1}, {\"a\": 2}]}",
             problems);
  g_autoptr (JsonNode) second = pc_json_dup_node (json, "/items/1", NULL);
  g_autoptr (JsonNode) head = pc_json_dup_node (json, "", "items");
  g_autofree char *second_text = json_to_string (second, FALSE);
  g_autofree char *head_text = json_to_string (head, FALSE);
  guint            n;

  g_assert_cmpstr (second_text, ==, "{\"a\":2}");
  g_assert_cmpstr (head_text, ==, "{\"x\":[1,2,3],\"items\":[]}");
  g_assert_null (pc_json_dup_node (json, "/items/2", NULL));
  g_assert_null (pc_json_dup_node (json, "/x/0/y", NULL));
  g_assert_true (pc_json_get_length (json, "/items", &n));
  g_assert_cmpuint (n, ==, 2);
  g_assert_false (pc_json_get_length (json, "", &n));
  g_assert_false (pc_json_get_length (json, "/nothing", &n));
}

/* -- places ---------------------------------------------------------------- */

typedef struct
{
  const char *pointer;
  gboolean    of_key;
  guint       line; /* 0: no such place */
  guint       column;
} PlaceRow;

static const char place_text[] =
    "{\n"
    "\t\"é\": \"ü\", \"a/b\": 1,\r\n"
    "  \"m~n\": [10, [20, 30],\n"
    "    {\"\\u0078\": true}],\n"
    "  \"\": 0, \"0\": 5\n"
    "}\n";

static const PlaceRow place_rows[] = {
  { "", FALSE, 1, 1 },
  { "", TRUE, 1, 1 },
  { "/é", FALSE, 2, 7 },
  { "/é", TRUE, 2, 2 },
  { "/a~1b", FALSE, 2, 19 },
  { "/a/b", FALSE, 0, 0 },
  { "/m~0n", TRUE, 3, 3 },
  { "/m~0n/0", FALSE, 3, 11 },
  { "/m~0n/1/1", FALSE, 3, 20 },
  { "/m~0n/1/2", FALSE, 0, 0 },
  { "/m~0n/01", FALSE, 0, 0 },
  { "/m~0n/-1", FALSE, 0, 0 },
  { "/m~0n/2/x", FALSE, 4, 16 },
  { "/m~0n/2/x", TRUE, 4, 6 },
  { "/", FALSE, 5, 7 },
  { "/0", FALSE, 5, 15 },
  { "/nothing", FALSE, 0, 0 },
  { "nothing", FALSE, 0, 0 },
};

static void
test_places (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = parse (place_text, problems);

  g_assert_nonnull (json);
  for (guint i = 0; i < G_N_ELEMENTS (place_rows); i++) {
    const PlaceRow *row = &place_rows[i];
    guint           line = 0, column = 0;
    gboolean        found;

    g_test_message ("row %u: %s", i, row->pointer);
    found = pc_json_locate (json, row->pointer, row->of_key, &line, &column);
    g_assert_cmpint (found, ==, row->line > 0);
    g_assert_cmpuint (line, ==, row->line);
    g_assert_cmpuint (column, ==, row->column);
  }
}

/* Columns on one very long line, past several counted blocks. */
static void
test_long_line (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  GString   *text = g_string_new ("[");
  PcProblem *problem;
  guint      line, column;

  for (guint i = 0; i < 20000; i++)
    g_string_append (text, "\"é\",");
  g_string_append (text, "7]");
  json = parse (text->str, problems);
  g_string_free (text, TRUE);
  g_assert_true (pc_json_locate (json, "/20000", FALSE, &line, &column));
  g_assert_cmpuint (line, ==, 1);
  g_assert_cmpuint (column, ==, 2 + 20000 * 4);

  problem = pc_json_report (json, problems, PC_SEVERITY_NOTE, "T", "/20000",
                            "here");
  g_assert_true (g_str_has_prefix (problem->excerpt, "…"));
  g_assert_true (g_str_has_suffix (problem->excerpt, "\"é\",7]"));
  g_assert_cmpuint (g_utf8_strlen (problem->excerpt, -1), <=,
                    PC_LIMIT_EXCERPT + 2);
  g_assert_cmpint (
      *g_utf8_offset_to_pointer (problem->excerpt, problem->caret), ==, '7');
}

static void
test_pointers (void)
{
  g_autofree char *member = pc_json_pointer_member ("/a", "m~/n");
  g_autofree char *index = pc_json_pointer_index ("/a", 4294967295u);

  g_assert_cmpstr (member, ==, "/a/m~0~1n");
  g_assert_cmpstr (index, ==, "/a/4294967295");
}

/* -- typed members --------------------------------------------------------- */

static const char typed_text[] =
    "{\"s\": \"x\", \"i\": 7, \"r\": 3.0, \"f\": 2.5, \"b\": true,\n"
    " \"a\": [], \"o\": {}, \"z\": null, \"x-own\": 1, \"corect\": 2,\n"
    " \"strange\": 3}";

static void
assert_one (PcProblems *problems,
            guint      *seen,
            const char *code,
            const char *pointer)
{
  const PcProblem *problem;

  g_assert_cmpuint (pc_problems_get_n (problems), ==, *seen + 1);
  problem = pc_problems_get (problems, (*seen)++);
  g_assert_cmpstr (problem->code, ==, code);
  g_assert_cmpstr (problem->pointer, ==, pointer);
  g_assert_cmpint (problem->severity, ==, PC_SEVERITY_ERROR);
  g_assert_cmpuint (problem->line, >, 0);
}

static void
test_typed (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = parse (typed_text, problems);
  PcJsonReader reader = { json, problems, NULL, "" };
  guint        seen = 0;

  reader.object = json_node_get_object (pc_json_get_root (json));
  g_assert_cmpstr (pc_json_read_string (&reader, "s", TRUE), ==, "x");
  g_assert_cmpint (pc_json_read_int (&reader, "i", 0, 7, -1), ==, 7);
  g_assert_cmpint (pc_json_read_int (&reader, "r", 0, 7, -1), ==, 3);
  g_assert_cmpint (pc_json_read_int (&reader, "none", 0, 7, -1), ==, -1);
  g_assert_true (pc_json_read_bool (&reader, "b", FALSE));
  g_assert_true (pc_json_read_bool (&reader, "none", TRUE));
  g_assert_nonnull (pc_json_read_array (&reader, "a", TRUE));
  g_assert_nonnull (pc_json_read_object (&reader, "o", TRUE));
  g_assert_null (pc_json_read_string (&reader, "none", FALSE));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);

  g_assert_null (pc_json_read_string (&reader, "i", FALSE));
  assert_one (problems, &seen, "Q022", "/i");
  g_assert_null (pc_json_read_string (&reader, "z", FALSE));
  assert_one (problems, &seen, "Q022", "/z");
  g_assert_cmpint (pc_json_read_int (&reader, "f", 0, 7, -1), ==, -1);
  assert_one (problems, &seen, "Q022", "/f");
  g_assert_cmpint (pc_json_read_int (&reader, "i", 0, 6, -1), ==, -1);
  assert_one (problems, &seen, "Q024", "/i");
  g_assert_false (pc_json_read_bool (&reader, "i", FALSE));
  assert_one (problems, &seen, "Q022", "/i");
  g_assert_null (pc_json_read_array (&reader, "o", FALSE));
  assert_one (problems, &seen, "Q022", "/o");
  g_assert_null (pc_json_read_object (&reader, "a", FALSE));
  assert_one (problems, &seen, "Q022", "/a");
  g_assert_null (pc_json_read_object (&reader, "none", TRUE));
  assert_one (problems, &seen, "Q023", "");
}

static void
test_unknown_members (void)
{
  static const char *const known[] = { "s", "i", "r", "f", "b", "a", "o",
                                       "z", "correct", NULL };
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = parse (typed_text, problems);
  PcJsonReader     reader = { json, problems, NULL, "" };
  const PcProblem *problem;

  reader.object = json_node_get_object (pc_json_get_root (json));
  pc_json_check_members (&reader, known);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 2);
  problem = pc_problems_get (problems, 0);
  g_assert_cmpstr (problem->code, ==, "Q021");
  g_assert_cmpstr (problem->pointer, ==, "/corect");
  g_assert_cmpuint (problem->line, ==, 2);
  g_assert_cmpuint (problem->column, ==, 43);
  g_assert_cmpstr (problem->hint, ==, "did you mean \"correct\"?");
  g_assert_null (pc_problems_get (problems, 1)->hint);
}

/* -- files ----------------------------------------------------------------- */

static void
test_load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = NULL;
  g_autofree char *dir = g_dir_make_tmp ("portcall-XXXXXX", &error);
  g_autofree char *path = g_build_filename (dir, "a.json", NULL);

  g_assert_no_error (error);
  g_assert_null (pc_json_load (path, problems));
  g_assert_null (pc_json_load (dir, problems));
  g_assert_null (pc_json_load ("/dev/zero", problems));
  g_assert_cmpstr (pc_problems_get (problems, 0)->code, ==, "Q012");
  g_assert_cmpstr (pc_problems_get (problems, 1)->code, ==, "Q012");
  g_assert_cmpstr (pc_problems_get (problems, 2)->code, ==, "Q004");
  g_assert_cmpstr (pc_problems_get (problems, 0)->file, ==, path);

  g_assert_true (g_file_set_contents (path, "[1]", -1, &error));
  json = pc_json_load (path, problems);
  g_assert_nonnull (json);
  g_assert_cmpstr (pc_json_get_name (json), ==, path);
  g_unlink (path);
  g_rmdir (dir);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/zero-octet", test_zero_octet);
  g_test_add_func ("/json/utf16", test_utf16);
  g_test_add_func ("/json/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/json/all-repeated-keys", test_all_repeated_keys);
  g_test_add_func ("/json/limits", test_limits);
  g_test_add_func ("/json/many-repeated", test_many_repeated);
  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/truncated", test_truncated);
  g_test_add_func ("/json/dup-node", test_dup_node);
  g_test_add_func ("/json/places", test_places);
  g_test_add_func ("/json/long-line", test_long_line);
  g_test_add_func ("/json/pointers", test_pointers);
  g_test_add_func ("/json/typed", test_typed);
  g_test_add_func ("/json/unknown-members", test_unknown_members);
  g_test_add_func ("/json/load", test_load);
  return g_test_run ();
}
