/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scenarios as a form sees them: nothing of a file is lost, what is added
 * works, what others refer to keeps its references.
 */

#include "scenario/sketch.h"

#include "base/paths.h"

#include "scratch.h"

#include <glib/gstdio.h>
#include <string.h>

static const char *const protocols[] = { "imap", "pop3", "smtp", "tftp" };

static void
print_problems (const PcScenarioSource *source)
{
  for (guint i = 0; i < pc_problems_get_n (source->problems); i++) {
    g_autofree char *text =
        pc_problem_format (pc_problems_get (source->problems, i));

    g_test_message ("%s", text);
  }
}

static PcScenarioSource *
check (PcSketch *sketch)
{
  g_autofree char *text = pc_sketch_dup_text (sketch);
  PcScenarioSource *source =
      pc_sketch_check (pc_sketch_get_path (sketch), text);

  print_problems (source);
  return source;
}

static void
assert_whole (PcSketch *sketch)
{
  g_autoptr (PcScenarioSource) source = check (sketch);

  g_assert_cmpint (source->state, ==, PC_SOURCE_WHOLE);
}

static PcSketch *
load (const char *path)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcSketch *sketch = pc_sketch_load (path, problems);

  g_assert_nonnull (sketch);
  return sketch;
}

/* -- files ---------------------------------------------------------------- */

/* All members in their order, all values. */
static void
test_round_trip (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");

  g_assert_cmpuint (g_strv_length (paths), >=, 90);
  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) before = pc_json_load (paths[i], problems);
    g_autofree char *text = pc_json_write (pc_json_get_root (before));
    g_autoptr (PcJson) after = pc_json_parse (
        "after", (const guint8 *) text, strlen (text), problems);
    g_autofree char *again = pc_json_write (pc_json_get_root (after));
    /* With the order of members, which json_node_equal () does not see. */
    g_autofree char *one = json_to_string (pc_json_get_root (before), FALSE);
    g_autofree char *two = json_to_string (pc_json_get_root (after), FALSE);

    g_test_message ("%s", paths[i]);
    g_assert_cmpstr (one, ==, two);
    g_assert_cmpstr (text, ==, again);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  }
}

/* A shipped one is never written to. */
static void
test_copies (void)
{
  g_autofree char *path = pc_paths_get_data ("scenarios/imap-read-phone.json");
  g_autofree char *own = pc_paths_get_user_data ("scenarios");
  g_autofree char *title = NULL;
  g_autoptr (PcSketch) sketch = load (path);

  g_assert_true (g_str_has_prefix (pc_sketch_get_path (sketch), own));
  g_assert_true (g_str_has_suffix (pc_sketch_get_path (sketch),
                                   "/imap-read-phone-copy.json"));
  g_assert_cmpstr (
      pc_json_edit_get_string (pc_sketch_get_edit (sketch), "", "id"), ==,
      "imap-read-phone-copy");
  title = pc_sketch_dup_title (sketch);
  g_assert_true (g_str_has_suffix (title, " (copy)"));
  g_assert_false (pc_sketch_is_changed (sketch));
  g_assert_false (pc_sketch_is_saved (sketch));
  assert_whole (sketch);
}

static void
test_save (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");
  g_autoptr (PcSketch) again = NULL;
  g_autofree char *text = NULL, *there = NULL;
  const char *path = pc_sketch_get_path (sketch);

  g_assert_true (pc_sketch_save (sketch, FALSE, &error));
  g_assert_true (pc_sketch_is_saved (sketch));
  text = pc_sketch_dup_text (sketch);
  g_assert_true (g_file_get_contents (path, &there, NULL, &error));
  g_assert_cmpstr (text, ==, there);
  again = load (path);
  g_assert_cmpstr (pc_sketch_get_path (again), ==, path);

  /* Somebody else wrote meanwhile. */
  g_assert_true (g_file_set_contents (path, "{}\n", -1, &error));
  g_assert_false (pc_sketch_save (sketch, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_true (pc_sketch_save (sketch, TRUE, &error));
  g_clear_pointer (&there, g_free);
  g_assert_true (g_file_get_contents (path, &there, NULL, &error));
  g_assert_cmpstr (text, ==, there);

  /* The next one gets a place of its own. */
  g_clear_pointer (&again, pc_sketch_free);
  again = pc_sketch_new ("imap");
  g_assert_cmpstr (pc_sketch_get_path (again), !=, path);
  /* One that was never saved takes no other's place. */
  pc_sketch_set_path (again, path);
  g_assert_false (pc_sketch_save (again, FALSE, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
test_templates (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    g_autoptr (PcSketch) sketch = pc_sketch_new (protocols[i]);

    g_test_message ("%s", protocols[i]);
    assert_whole (sketch);
    g_assert_false (pc_sketch_is_changed (sketch));
  }
  g_assert_null (pc_sketch_make_template ("gopher"));
}

/* -- entries -------------------------------------------------------------- */

/* Whatever a list offers can be added, is found again, and goes again; in the
 * script it is right at once. */
static void
add_all (PcSketch       *sketch,
         PcSketchSection section,
         gboolean       whole)
{
  g_autoptr (GPtrArray) before = pc_sketch_list_rows (sketch, section);
  const PcSketchRow *last =
      before->len > 0 ? before->pdata[before->len - 1] : NULL;
  const char *after = last != NULL ? last->pointer : NULL;
  g_autoptr (GPtrArray) kinds = pc_sketch_list_kinds (sketch, section, after);

  for (guint i = 0; i < kinds->len; i++) {
    const PcSketchKind *kind = kinds->pdata[i];
    g_autofree char *was = pc_sketch_dup_text (sketch);
    g_autofree char *pointer = pc_sketch_add (sketch, section, after,
                                             kind->what);
    g_autofree char *row = NULL, *now = NULL;
    g_autoptr (GPtrArray) fields = NULL;
    PcSketchSection in;

    g_test_message ("%u %s", section, kind->what);
    if (pointer == NULL)
      continue;
    row = pc_sketch_find_row (sketch, pointer, &in);
    g_assert_cmpstr (row, ==, pointer);
    g_assert_cmpint (in, ==, section);
    fields = pc_sketch_list_fields (sketch, pointer);
    g_assert_cmpuint (fields->len, >, 0);
    if (whole && (section == PC_SKETCH_SCRIPT || section == PC_SKETCH_MARKS))
      assert_whole (sketch);
    pc_json_edit_undo (pc_sketch_get_edit (sketch));
    now = pc_sketch_dup_text (sketch);
    g_assert_cmpstr (now, ==, was);
  }
}

static void
test_add (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    g_autoptr (PcSketch) sketch = pc_sketch_new (protocols[i]);

    for (guint section = 0; section < PC_SKETCH_N_SECTIONS; section++)
      add_all (sketch, section, TRUE);
  }
}

/* Faults are right for the protocol that can have them. */
static void
test_faults (void)
{
  static const struct
  {
    const char *protocol;
    const char *faults;
  } rows[] = {
    { "tftp", "drop duplicate delay reorder inject change answer" },
    { "imap", "split join slow cut freeze change answer" },
    { "pop3", "answer" },
    { "smtp", "answer" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) faults = g_strsplit (rows[i].faults, " ", -1);

    for (guint j = 0; faults[j] != NULL; j++) {
      g_autoptr (PcSketch) sketch = pc_sketch_new (rows[i].protocol);
      g_autofree char *pointer =
          pc_sketch_add (sketch, PC_SKETCH_FAULTS, NULL, faults[j]);

      g_test_message ("%s %s", rows[i].protocol, faults[j]);
      g_assert_cmpstr (pointer, ==, "/faults/0");
      assert_whole (sketch);
    }
  }
}

static void
test_move (void)
{
  g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");
  PcJsonEdit *edit = pc_sketch_get_edit (sketch);
  g_autofree char *added =
      pc_sketch_add (sketch, PC_SKETCH_SCRIPT, "/script/1", "noop");
  g_autofree char *moved = NULL;

  g_assert_cmpstr (added, ==, "/script/2");
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/2", "do"), ==,
                   "noop");
  moved = pc_sketch_move (sketch, added, 1);
  g_assert_cmpstr (moved, ==, "/script/3");
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/2", "do"), ==,
                   "select");
  g_assert_null (pc_sketch_move (sketch, "/script/0", -1));
  g_assert_null (pc_sketch_move (sketch, "/title", 1));
  g_assert_true (pc_sketch_remove (sketch, moved));
  g_assert_false (pc_sketch_remove (sketch, "/title"));
  g_assert_false (pc_sketch_remove (sketch, ""));
  assert_whole (sketch);
}

static void
test_find_row (void)
{
  static const struct
  {
    const char    *pointer;
    const char    *row;
    PcSketchSection section;
  } rows[] = {
    { "/script/2/user", "/script/2", PC_SKETCH_SCRIPT },
    { "/script/2/message/lines/0", "/script/2", PC_SKETCH_SCRIPT },
    { "/script", "", PC_SKETCH_ABOUT },
    { "/actors/1/listens/0/port", "/actors/1/listens/0", PC_SKETCH_ACTORS },
    { "/actors/1/listens/0/says/3/lines/1", "/actors/1/listens/0/says/3",
      PC_SKETCH_ACTORS },
    { "/actors/1/listens", "/actors/1", PC_SKETCH_ACTORS },
    { "/world/accounts/0/mailboxes/1/messages/2/uid",
      "/world/accounts/0/mailboxes/1/messages/2", PC_SKETCH_WORLD },
    { "/world/files/0", "/world/files/0", PC_SKETCH_WORLD },
    { "/marks/7/rule", "/marks/7", PC_SKETCH_MARKS },
    { "/faults/0", "/faults/0", PC_SKETCH_FAULTS },
    { "/presenter/marks/greeting", "/presenter", PC_SKETCH_ABOUT },
    { "/title", "", PC_SKETCH_ABOUT },
    { "", "", PC_SKETCH_ABOUT },
  };
  g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcSketchSection section;
    g_autofree char *row = pc_sketch_find_row (sketch, rows[i].pointer,
                                              &section);

    g_test_message ("%s", rows[i].pointer);
    g_assert_cmpstr (row, ==, rows[i].row);
    g_assert_cmpint (section, ==, rows[i].section);
  }
}

/* -- fields --------------------------------------------------------------- */

static PcSketchField *
find_field (GPtrArray  *fields,
            const char *end)
{
  for (guint i = 0; i < fields->len; i++) {
    PcSketchField *field = fields->pdata[i];

    if (g_str_has_suffix (field->pointer, end))
      return field;
  }
  g_error ("no field %s", end);
}

static void
set (PcSketch    *sketch,
     const char *entry,
     const char *end,
     const char *value)
{
  g_autoptr (GPtrArray) fields = pc_sketch_list_fields (sketch, entry);

  pc_sketch_set_field (sketch, find_field (fields, end), value);
}

static void
assert_json (PcSketch    *sketch,
             const char *pointer,
             const char *expected)
{
  JsonNode *node = pc_json_edit_get (pc_sketch_get_edit (sketch), pointer);
  g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

  g_assert_cmpstr (text, ==, expected);
}

static void
test_fields (void)
{
  g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");

  set (sketch, "/script/0", "/port", "993");
  assert_json (sketch, "/script/0/port", "993");
  set (sketch, "/script/0", "/port", "many");
  assert_json (sketch, "/script/0/port", "\"many\"");
  set (sketch, "/script/0", "/port", "143");
  set (sketch, "/script/0", "/refused", "yes");
  assert_json (sketch, "/script/0/refused", "true");
  set (sketch, "/script/0", "/refused", "");
  assert_json (sketch, "/script/0/refused", NULL);
  set (sketch, "/script/1", "/do", "authenticate");
  assert_json (sketch, "/script/1/do", "\"authenticate\"");
  set (sketch, "/script/1", "/mechanism", "plain");
  set (sketch, "/actors/1/listens/0", "/tls", "starttls");
  set (sketch, "/actors/1/listens/0", "/certificate", "expired");
  set (sketch, "/link", "/rate", "1000");
  assert_json (sketch, "/link", "{\"rate\":1000}");
  set (sketch, "/link", "/rate", "");
  assert_json (sketch, "/link", NULL);
  set (sketch, "/world/accounts/0/mailboxes/0/messages/0", "/flags",
       "\\Seen \\Flagged");
  assert_json (sketch, "/world/accounts/0/mailboxes/0/messages/0/flags",
               "[\"\\\\Seen\",\"\\\\Flagged\"]");
  set (sketch, "/world/accounts/0/mailboxes/0/messages/0", "/lines",
       "One\n\nThree");
  assert_json (sketch,
               "/world/accounts/0/mailboxes/0/messages/0/message/lines",
               "[\"One\",\"\",\"Three\"]");
  set (sketch, "/world/accounts/0/mailboxes/0", "/subscribed", "");
  assert_json (sketch, "/world/accounts/0/mailboxes/0/subscribed", "false");
  set (sketch, "/world/accounts/0/mailboxes/0", "/subscribed", "yes");
  assert_json (sketch, "/world/accounts/0/mailboxes/0/subscribed", NULL);
  set (sketch, "/marks/0", "/presenter/marks/greeting", "Ask them.");
  assert_json (sketch, "/presenter",
               "{\"marks\":{\"greeting\":\"Ask them.\"}}");
  assert_whole (sketch);
  /* How a content is given, and back. */
  set (sketch, "/world/accounts/0/mailboxes/0/messages/0", "/", "bytes");
  assert_json (sketch, "/world/accounts/0/mailboxes/0/messages/0/message",
               NULL);
  assert_json (sketch, "/world/accounts/0/mailboxes/0/messages/0/bytes",
               "600");
  set (sketch, "/world/accounts/0/mailboxes/0/messages/0", "/", "message");
  assert_json (sketch, "/world/accounts/0/mailboxes/0/messages/0/pattern",
               NULL);
  assert_whole (sketch);
}

/* A server that says what is written down for it. */
static void
test_sayings (void)
{
  static const char at[] = "/actors/1/listens/0/says/1";

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++) {
    g_autoptr (PcSketch) sketch = pc_sketch_new (protocols[i]);
    g_autofree char *first = pc_sketch_add (sketch, PC_SKETCH_ACTORS, NULL,
                                            "saying");
    g_autofree char *second = pc_sketch_add (sketch, PC_SKETCH_ACTORS, first,
                                             "saying");
    g_autofree char *row = NULL;
    g_autoptr (GPtrArray) rows = NULL;

    g_assert_cmpstr (first, ==, "/actors/1/listens/0/says/0");
    g_assert_cmpstr (second, ==, at);
    assert_whole (sketch);
    set (sketch, at, "/octets", "");
    set (sketch, at, "/lines", "+OK\nx");
    set (sketch, at, "/hears", "2");
    set (sketch, at, "/after_ms", "40");
    set (sketch, at, "/then", "cut");
    assert_json (sketch, "/actors/1/listens/0/says/1/lines",
                 "[\"+OK\",\"x\"]");
    assert_whole (sketch);
    rows = pc_sketch_list_rows (sketch, PC_SKETCH_ACTORS);
    g_assert_cmpstr (((PcSketchRow *) rows->pdata[rows->len - 1])->title, ==,
                     "+OK · cut");
    g_assert_cmpuint (((PcSketchRow *) rows->pdata[rows->len - 1])->depth, ==,
                      2);
    set (sketch, at, "/lines", "");
    assert_json (sketch, "/actors/1/listens/0/says/1/lines", NULL);
    assert_whole (sketch);
    row = pc_sketch_move (sketch, second, -1);
    g_assert_cmpstr (row, ==, first);
    g_assert_true (pc_sketch_remove (sketch, first));
  }
}

/* What is read from a field and put back is the same. */
static void
test_same (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_auto (GStrv) paths = pc_paths_list (dir, ".json");
  guint n = 0;

  for (guint i = 0; paths[i] != NULL; i++) {
    g_autoptr (PcSketch) sketch = load (paths[i]);
    g_autofree char *before = pc_sketch_dup_text (sketch);
    g_autofree char *after = NULL;

    for (guint section = 0; section < PC_SKETCH_N_SECTIONS; section++) {
      g_autoptr (GPtrArray) rows = pc_sketch_list_rows (sketch, section);

      for (guint j = 0; j < rows->len; j++) {
        const PcSketchRow *row = rows->pdata[j];
        g_autoptr (GPtrArray) fields =
            pc_sketch_list_fields (sketch, row->pointer);

        g_assert_cmpuint (fields->len, >, 0);
        for (guint k = 0; k < fields->len; k++, n++) {
          g_autofree char *value = pc_sketch_get_field (sketch,
                                                       fields->pdata[k]);

          g_assert_false (pc_sketch_set_field (sketch, fields->pdata[k],
                                              value));
        }
      }
    }
    after = pc_sketch_dup_text (sketch);
    g_assert_cmpstr (before, ==, after);
  }
  g_assert_cmpuint (n, >, 5000);
}

static void
test_names (void)
{
  g_autoptr (PcSketch) sketch = pc_sketch_new ("smtp");
  PcJsonEdit *edit = pc_sketch_get_edit (sketch);

  set (sketch, "/script/0", "/to", "server");
  set (sketch, "/script/3", "/from", "client");
  set (sketch, "/actors/0", "/id", "phone");
  set (sketch, "/actors/1", "/id", "provider");
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/4", "actor"), ==,
                   "phone");
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/0", "to"), ==,
                   "provider");
  /* A sender's address is no actor. */
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/3", "from"), ==,
                   "client");
  assert_whole (sketch);

  /* One that is taken takes nothing over. */
  set (sketch, "/actors/0", "/id", "provider");
  g_assert_cmpstr (pc_json_edit_get_string (edit, "/script/4", "actor"), ==,
                   "phone");

  set (sketch, "/marks/0", "/presenter/marks/greeting", "Look.");
  set (sketch, "/marks/0", "/id", "hello");
  assert_json (sketch, "/presenter/marks", "{\"hello\":\"Look.\"}");
}

static void
test_marks (void)
{
  g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");
  g_autofree char *one = pc_sketch_add_mark (sketch, "imap.fetch", NULL, 1, 0);
  g_autofree char *two = pc_sketch_add_mark (sketch, "imap.fetch", "client", 2,
                                            1);

  assert_json (sketch, one, "{\"id\":\"fetch\",\"rule\":\"imap.fetch\"}");
  assert_json (sketch, two,
               "{\"id\":\"fetch-2\",\"rule\":\"imap.fetch\",\"from\":"
               "\"client\",\"nth\":2,\"conn\":1}");
  assert_whole (sketch);
}

/* -- mistakes ------------------------------------------------------------- */

static void
test_mistakes (void)
{
  g_autoptr (PcSketch) sketch = pc_sketch_new ("pop3");
  g_autoptr (PcScenarioSource) source = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autofree char *row = NULL;
  const PcProblem *problem;
  PcSketchSection section;

  set (sketch, "/script/3", "/number", "");
  source = check (sketch);
  g_assert_cmpint (source->state, ==, PC_SOURCE_WHOLE);
  g_clear_pointer (&source, pc_scenario_source_free);
  set (sketch, "/script/3", "/do", "fetch");
  source = check (sketch);
  g_assert_cmpint (source->state, ==, PC_SOURCE_PART);
  g_assert_cmpuint (pc_scenario_get_n_actions (source->scenario), ==, 3);
  problem = pc_problems_get (source->problems, 0);
  g_assert_cmpuint (problem->line, >, 1);
  row = pc_sketch_find_row (sketch, problem->pointer, &section);
  g_assert_cmpstr (row, ==, "/script/3");

  g_assert_false (pc_sketch_set_text (sketch, "{ \"a\": ", problems));
  g_assert_false (pc_sketch_set_text (sketch, "[]", problems));
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 2);
  g_assert_true (pc_sketch_set_text (sketch, "{ \"title\": \"Mine\" }",
                                    problems));
  pc_json_edit_undo (pc_sketch_get_edit (sketch));
  g_assert_cmpstr (pc_json_edit_get_string (pc_sketch_get_edit (sketch),
                                            "/script/3", "do"),
                   ==, "fetch");
}

/* Forms for a file in which nothing is what it should be. */
static void
test_odd (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"script\":{},\"actors\":3,\"world\":[],\"marks\":null}",
    "{\"script\":[1,[],{\"actor\":{},\"do\":[]}],\"actors\":[{\"id\":5,"
    "\"listens\":[{}]},{}],\"marks\":[{\"id\":\"\"}],\"faults\":[{}],"
    "\"world\":{\"accounts\":[{\"mailboxes\":{}},{\"mailboxes\":[{"
    "\"messages\":[{}]}]}],\"files\":[{\"lines\":[1]}]},\"link\":[],"
    "\"presenter\":\"x\",\"translations\":{\"de\":[]}}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (PcSketch) sketch = pc_sketch_new ("imap");
    g_autoptr (PcProblems) problems = pc_problems_new ();

    g_assert_true (pc_sketch_set_text (sketch, texts[i], problems));
    for (guint section = 0; section < PC_SKETCH_N_SECTIONS; section++) {
      g_autoptr (GPtrArray) rows = pc_sketch_list_rows (sketch, section);

      for (guint j = 0; j < rows->len; j++) {
        const PcSketchRow *row = rows->pdata[j];
        g_autoptr (GPtrArray) fields =
            pc_sketch_list_fields (sketch, row->pointer);

        for (guint k = 0; k < fields->len; k++)
          pc_sketch_set_field (sketch, fields->pdata[k], "3");
      }
      add_all (sketch, section, FALSE);
    }
  }
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *home = NULL;
  int status;

  home = g_dir_make_tmp ("portcall-sketch-XXXXXX", NULL);
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sketch/round-trip", test_round_trip);
  g_test_add_func ("/sketch/copies", test_copies);
  g_test_add_func ("/sketch/save", test_save);
  g_test_add_func ("/sketch/templates", test_templates);
  g_test_add_func ("/sketch/add", test_add);
  g_test_add_func ("/sketch/faults", test_faults);
  g_test_add_func ("/sketch/move", test_move);
  g_test_add_func ("/sketch/find-row", test_find_row);
  g_test_add_func ("/sketch/fields", test_fields);
  g_test_add_func ("/sketch/sayings", test_sayings);
  g_test_add_func ("/sketch/same", test_same);
  g_test_add_func ("/sketch/names", test_names);
  g_test_add_func ("/sketch/marks", test_marks);
  g_test_add_func ("/sketch/mistakes", test_mistakes);
  g_test_add_func ("/sketch/odd", test_odd);
  status = g_test_run ();
  remove_tree (home);
  return status;
}
