/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Editing a bank: nothing is lost, everything can be taken back, what is new
 * passes the checker once it is filled in, and a file is never half written.
 */

#include "base/paths.h"
#include "quiz/bank-edit.h"
#include "quiz/bank-form.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static PcBankEdit *
load (const char *path)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcBankEdit *edit = pc_bank_edit_load (path, problems);

  g_assert_nonnull (edit);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  return edit;
}

static PcBankEdit *
parse (const char *text)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();

  return pc_bank_edit_parse ("t.json", (const guint8 *) text, strlen (text),
                             problems);
}

/* Of the text as it would be saved; NULL when it cannot be loaded. */
static PcBank *
check (PcBankEdit *edit,
       PcProblems *problems)
{
  g_autofree char *text = pc_bank_edit_dup_text (edit);
  g_autoptr (PcJson) json = pc_json_parse (
      "t.json", (const guint8 *) text, strlen (text), problems);

  g_assert_nonnull (json);
  return pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
}

static char **
list_banks (void)
{
  g_autofree char *dir = pc_paths_get_data ("questions");

  return pc_paths_list (dir, ".json");
}

static JsonNode *
text (const char *value)
{
  return json_node_init_string (json_node_alloc (), value);
}

static JsonNode *
number (gint64 value)
{
  return json_node_init_int (json_node_alloc (), value);
}

/* -- texts ---------------------------------------------------------------- */

/* The same values in the same order; and written once, it stays as it is. */
static void
test_round_trip (void)
{
  g_auto (GStrv) files = list_banks ();

  g_assert_cmpuint (g_strv_length (files), >=, 6);
  for (guint i = 0; files[i] != NULL; i++) {
    g_autoptr (PcBankEdit) edit = load (files[i]);
    g_autofree char *written = pc_bank_edit_dup_text (edit);
    g_autoptr (PcBankEdit) again = parse (written);
    g_autofree char *twice = NULL;
    g_autofree char *flat = NULL;
    g_autofree char *flat_again = NULL;

    g_test_message ("%s", files[i]);
    g_assert_nonnull (again);
    /* json-glib's own text keeps the order of the members. */
    flat = json_to_string (pc_bank_edit_get (edit, ""), FALSE);
    flat_again = json_to_string (pc_bank_edit_get (again, ""), FALSE);
    g_assert_cmpstr (flat, ==, flat_again);
    twice = pc_bank_edit_dup_text (again);
    g_assert_cmpstr (written, ==, twice);
    g_assert_true (pc_bank_edit_is_saved (edit));
  }
}

static void
test_unknown_is_kept (void)
{
  g_autoptr (PcBankEdit) edit =
      parse ("{\"x-b\": [1, 0.1, 1e300, -5, null, true], \"items\": "
             "[{\"zz\": {\"deep\": \"\\u0001\\\"\\\\\"}, \"id\": \"q\"}], "
             "\"a/b~c\": {}}");
  g_autofree char *written = NULL;

  pc_bank_edit_set_text (edit, "/items/0/stem", "Why?");
  pc_bank_edit_set_text (edit, "/a~1b~0c/x", "y");
  written = pc_bank_edit_dup_text (edit);
  g_assert_cmpstr (
      written, ==,
      "{\n"
      "  \"x-b\": [1, 0.1, 1e+300, -5, null, true],\n"
      "  \"items\": [\n"
      "    { \"zz\": { \"deep\": \"\\u0001\\\"\\\\\" }, \"id\": \"q\", "
      "\"stem\": \"Why?\" }\n"
      "  ],\n"
      "  \"a/b~c\": {\n    \"x\": \"y\"\n  }\n"
      "}\n");
}

static void
test_refused (void)
{
  static const char *const rows[] = { "", "[]", "3", "{\"a\": 1", "null",
                                      "{\"a\": 1, \"a\": 2}", NULL };

  for (guint i = 0; rows[i] != NULL; i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBankEdit) edit =
        pc_bank_edit_parse ("t.json", (const guint8 *) rows[i],
                            strlen (rows[i]), problems);

    g_test_message ("%s", rows[i]);
    g_assert_null (edit);
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
  }
}

/* -- steps ---------------------------------------------------------------- */

static void
random_change (PcBankEdit *edit,
               GRand      *rand)
{
  guint n = pc_bank_edit_get_n_items (edit);
  g_autofree char *item =
      g_strdup_printf ("/items/%d", g_rand_int_range (rand, 0, (int) n));
  g_autofree char *stem = g_strconcat (item, "/stem", NULL);
  g_autofree char *options = g_strconcat (item, "/options", NULL);
  g_autofree char *step = g_strconcat (item, "/simulation/step", NULL);
  guint n_options = pc_bank_edit_get_length (edit, options);

  switch (g_rand_int_range (rand, 0, 9)) {
  case 0: pc_bank_edit_set_text (edit, stem, "Another question?"); break;
  case 1: pc_bank_edit_set_text (edit, stem, NULL); break;
  case 2:
    pc_bank_edit_add_item (edit, g_rand_int_range (rand, 0, 8),
                           g_rand_int_range (rand, 0, (int) n));
    break;
  case 3:
    pc_bank_edit_duplicate_item (edit, g_rand_int_range (rand, 0, (int) n));
    break;
  case 4:
    pc_bank_edit_move (edit, "/items", g_rand_int_range (rand, 0, (int) n),
                       g_rand_int_range (rand, 0, (int) n));
    break;
  case 5:
    if (n > 2)
      pc_bank_edit_remove (edit, "/items",
                           g_rand_int_range (rand, 0, (int) n));
    break;
  case 6:
    pc_bank_edit_insert (edit, options, g_rand_int_range (rand, 0, 4),
                         pc_bank_edit_make_element (edit, options));
    break;
  case 7:
    if (n_options > 0)
      pc_bank_edit_remove (edit, options,
                           g_rand_int_range (rand, 0, (int) n_options));
    break;
  default: pc_bank_edit_set_text (edit, step, "greeting"); break;
  }
}

/* Back to the very first text, and forwards to each one in between. */
static void
test_undo (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 20; round++) {
    g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
    g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

    g_ptr_array_add (texts, pc_bank_edit_dup_text (edit));
    for (guint i = 0; i < 60; i++) {
      guint64 stamp = pc_bank_edit_get_stamp (edit);

      random_change (edit, rand);
      pc_bank_edit_end_step (edit);
      if (stamp != pc_bank_edit_get_stamp (edit))
        g_ptr_array_add (texts, pc_bank_edit_dup_text (edit));
    }
    for (guint i = texts->len - 1; i > 0; i--) {
      g_autofree char *pointer = pc_bank_edit_undo (edit);
      g_autofree char *now = pc_bank_edit_dup_text (edit);

      g_assert_nonnull (pointer);
      g_assert_cmpstr (now, ==, texts->pdata[i - 1]);
    }
    g_assert_false (pc_bank_edit_can_undo (edit));
    g_assert_true (pc_bank_edit_is_saved (edit));
    for (guint i = 1; i < texts->len; i++) {
      g_autofree char *pointer = pc_bank_edit_redo (edit);
      g_autofree char *now = pc_bank_edit_dup_text (edit);

      g_assert_nonnull (pointer);
      g_assert_cmpstr (now, ==, texts->pdata[i]);
    }
    g_assert_false (pc_bank_edit_can_redo (edit));
  }
}

/* A word is one step, however many keys it took. */
static void
test_typing (void)
{
  g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
  const char *stem = "/items/0/stem";
  g_autofree char *was = g_strdup (pc_bank_edit_get_text (edit, stem));
  g_autofree char *undone = NULL;
  g_autofree char *rest = NULL;

  pc_bank_edit_set_text (edit, stem, "W");
  pc_bank_edit_set_text (edit, stem, "Wh");
  pc_bank_edit_set_text (edit, stem, "Why");
  pc_bank_edit_end_step (edit);
  pc_bank_edit_set_text (edit, stem, "Why?");
  g_assert_false (pc_bank_edit_is_saved (edit));
  undone = pc_bank_edit_undo (edit);
  g_assert_cmpstr (undone, ==, stem);
  g_assert_cmpstr (pc_bank_edit_get_text (edit, stem), ==, "Why");
  rest = pc_bank_edit_undo (edit);
  g_assert_cmpstr (pc_bank_edit_get_text (edit, stem), ==, was);
  g_assert_true (pc_bank_edit_is_saved (edit));
  /* What is typed now replaces what could be redone. */
  pc_bank_edit_set_text (edit, stem, "How?");
  g_assert_false (pc_bank_edit_can_redo (edit));
}

/* What took the place of an undone step is not what was saved. */
static void
test_saved (void)
{
  g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
  g_autofree char *path = g_strdup (pc_bank_edit_get_path (edit));
  g_autofree char *undone = NULL;
  guint64 stamp;

  pc_bank_edit_set_text (edit, "/title", "Saved");
  stamp = pc_bank_edit_get_stamp (edit);
  pc_bank_edit_set_saved (edit, path, "the text of then", stamp);
  g_assert_true (pc_bank_edit_is_saved (edit));
  undone = pc_bank_edit_undo (edit);
  g_assert_false (pc_bank_edit_is_saved (edit));
  pc_bank_edit_set_text (edit, "/title", "Another");
  g_assert_false (pc_bank_edit_is_saved (edit));
}

static void
test_empty_goes (void)
{
  g_autoptr (PcBankEdit) edit =
      parse ("{\"items\": [{\"simulation\": {\"scenario\": \"s\"}, "
             "\"hints\": [\"h\"]}]}");
  g_autofree char *undone = NULL;

  pc_bank_edit_set_text (edit, "/items/0/simulation/scenario", "");
  g_assert_null (pc_bank_edit_get (edit, "/items/0/simulation"));
  undone = pc_bank_edit_undo (edit);
  g_assert_cmpstr (
      pc_bank_edit_get_text (edit, "/items/0/simulation/scenario"), ==, "s");
  pc_bank_edit_remove (edit, "/items/0/hints", 0);
  g_assert_null (pc_bank_edit_get (edit, "/items/0/hints"));
  pc_bank_edit_remove (edit, "/items", 0);
  g_assert_nonnull (pc_bank_edit_get (edit, "/items"));
}

/* -- new questions -------------------------------------------------------- */

typedef struct
{
  PcItemType  type;
  const char *pointer;
  const char *value; /* digits are a number */
} Fill;

static const Fill fills[] = {
  { PC_ITEM_SINGLE, "options/0/text", "143" },
  { PC_ITEM_SINGLE, "options/1/text", "110" },
  { PC_ITEM_SINGLE, "options/2/text", "25" },
  { PC_ITEM_MULTIPLE, "options/0/text", "RETR" },
  { PC_ITEM_MULTIPLE, "options/1/text", "STAT" },
  { PC_ITEM_MULTIPLE, "options/2/text", "DELE" },
  { PC_ITEM_MATCH, "left/0/text", "IMAP" },
  { PC_ITEM_MATCH, "left/1/text", "POP3" },
  { PC_ITEM_MATCH, "right/0/text", "143" },
  { PC_ITEM_MATCH, "right/1/text", "110" },
  { PC_ITEM_ORDER, "steps/0/text", "Greeting" },
  { PC_ITEM_ORDER, "steps/1/text", "Login" },
  { PC_ITEM_ORDER, "steps/2/text", "Goodbye" },
  { PC_ITEM_NUMBER, "accept/0/value", "=995" },
  { PC_ITEM_FAULT, "/stimuli/0/lines/0/text", "DELE 1" },
  { PC_ITEM_FAULT, "/stimuli/0/lines/1/text", "+OK 1 octets" },
  { PC_ITEM_PREDICT, "accept/0/value", "354" },
  { PC_ITEM_PREDICT, "simulation/scenario", "smtp-submit-587" },
  { PC_ITEM_PREDICT, "simulation/step", "data" },
  { PC_ITEM_CONFIGURE, "accept/0/in-port", "=993" },
  { PC_ITEM_CONFIGURE, "simulation/scenario", "imap-read-phone" },
};

static void
test_new_items (void)
{
  g_autoptr (PcBankEdit) edit = pc_bank_edit_new ("mine", "My questions");
  g_autoptr (PcProblems) empty = pc_problems_new ();
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;
  g_autoptr (PcBank) nothing = NULL;

  g_assert_false (pc_bank_edit_is_saved (edit));
  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++)
    g_assert_cmpuint (pc_bank_edit_add_item (edit, type, G_MAXUINT), ==,
                      type);
  /* Not yet. */
  nothing = check (edit, empty);
  g_assert_cmpuint (pc_bank_get_n_items (nothing), ==, 0);
  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++) {
    g_autofree char *stem = g_strdup_printf ("/items/%u/stem", type);

    pc_bank_edit_set_text (edit, stem, "What is right here?");
  }
  for (guint i = 0; i < G_N_ELEMENTS (fills); i++) {
    const Fill *fill = &fills[i];
    g_autofree char *place =
        *fill->pointer == '/'
            ? g_strdup (fill->pointer)
            : g_strdup_printf ("/items/%u/%s", fill->type, fill->pointer);

    pc_bank_edit_set (edit, place,
                      *fill->value == '='
                          ? number (g_ascii_strtoll (fill->value + 1, NULL,
                                                     10))
                          : text (fill->value));
  }
  bank = check (edit, problems);
  for (guint i = 0; i < pc_problems_get_n (problems); i++)
    if (pc_problems_get (problems, i)->severity == PC_SEVERITY_ERROR)
      g_test_message ("%s %s", pc_problems_get (problems, i)->pointer,
                      pc_problems_get (problems, i)->message);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 8);
}

static void
test_duplicate (void)
{
  g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = NULL;
  guint n = pc_bank_edit_get_n_items (edit);

  for (guint i = n; i > 0; i--)
    g_assert_cmpuint (pc_bank_edit_duplicate_item (edit, i - 1), ==, i);
  g_assert_cmpstr (pc_bank_edit_get_text (edit, "/items/1/id"), ==, "one-1");
  g_assert_cmpstr (pc_bank_edit_get_text (edit, "/items/1/stem"), ==,
                   pc_bank_edit_get_text (edit, "/items/0/stem"));
  /* They do not share what is in them. */
  pc_bank_edit_set_text (edit, "/items/1/options/0/text", "999");
  g_assert_cmpstr (pc_bank_edit_get_text (edit, "/items/0/options/0/text"),
                   ==, "143");
  g_assert_cmpstr (pc_bank_edit_get_text (edit, "/items/0/id"), ==, "one");
  bank = check (edit, problems);
  g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (pc_bank_get_n_items (bank), ==, 2 * n);
}

/* -- revisions ------------------------------------------------------------ */

typedef struct
{
  const char *pointer;
  const char *value; /* "=": digits; NULL: removes it */
  gboolean    key;
} Revision;

static const Revision revision_rows[] = {
  { "/items/0/stem", "Which port, please?", FALSE },
  { "/items/0/options/1/feedback", "Other words.", FALSE },
  { "/items/0/options/0/correct", NULL, TRUE },
  { "/items/0/memory_key", "other/key", TRUE },
  { "/items/2/accept/0/value", "=70", TRUE },
  { "/items/2/accept/0/feedback", "Other words.", FALSE },
  { "/items/2/expected_errors/0/value", "=22", FALSE },
  { "/items/3/pairs/0/right", "p110", TRUE },
  { "/items/3/pairs/0/feedback", "Other words.", FALSE },
  { "/items/4/steps/0/text", "Other words", FALSE },
  { "/items/4/free", NULL, TRUE },
  { "/items/5/corrections/l8", "-ERR no", TRUE },
  { "/items/7/accept/0/value", "250", TRUE },
  { "/items/7/ask", "next-state", TRUE },
  { "/items/13/accept/0/in-port", "=143", TRUE },
  { "/items/13/rules/0/feedback", "Other words.", FALSE },
};

static void
test_revisions (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (revision_rows); i++) {
    const Revision *row = &revision_rows[i];
    g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
    g_autofree char *revision = NULL;
    g_autofree char *resets = NULL;
    guint item = 0;

    g_test_message ("%s", row->pointer);
    g_assert_nonnull (pc_bank_edit_get (edit, "/items/13/fields"));
    g_assert_true (pc_bank_edit_split_pointer (row->pointer, &item, NULL));
    revision = g_strdup_printf ("/items/%u/revision", item);
    resets = g_strdup_printf ("/items/%u/x-resets-memory", item);
    pc_bank_edit_set (edit, row->pointer,
                      row->value == NULL ? NULL
                      : *row->value == '='
                          ? number (g_ascii_strtoll (row->value + 1, NULL, 10))
                          : text (row->value));
    g_assert_cmpuint (pc_bank_edit_apply_revisions (edit), ==,
                      row->key ? 1 : 0);
    g_assert_true ((pc_bank_edit_get (edit, revision) != NULL) == row->key);
    g_assert_true ((pc_bank_edit_get (edit, resets) != NULL) == row->key);
    /* Once, however often it is saved. */
    g_assert_cmpuint (pc_bank_edit_apply_revisions (edit), ==, 0);
    if (row->key) {
      g_autofree char *undone = pc_bank_edit_undo (edit);

      g_assert_null (pc_bank_edit_get (edit, revision));
      g_assert_null (pc_bank_edit_get (edit, resets));
    }
  }
}

/* Whatever stands where a question should be. */
static void
test_odd_items (void)
{
  g_autoptr (PcBankEdit) edit =
      parse ("{\"items\": [1, null, [], {\"id\": 5}, {\"id\": \"a\", "
             "\"type\": [], \"revision\": \"x\", \"options\": [1, "
             "{\"id\": [], \"correct\": {}}], \"accept\": 3, \"pairs\": {}, "
             "\"steps\": [null]}]}");

  pc_bank_edit_set_text (edit, "/items/4/type", "number");
  g_assert_cmpuint (pc_bank_edit_apply_revisions (edit), ==, 1);
  for (guint i = 5; i > 0; i--)
    pc_bank_edit_duplicate_item (edit, i - 1);
  g_assert_cmpuint (pc_bank_edit_get_n_items (edit), ==, 10);
  /* Places that are none change nothing. */
  pc_bank_edit_set (edit, "/items/99/stem", text ("x"));
  pc_bank_edit_set (edit, "/items/0/stem", text ("x"));
  g_assert_cmpuint (pc_bank_edit_get_n_items (edit), ==, 10);
}

/* -- files ---------------------------------------------------------------- */

static void
test_files (void)
{
  g_autofree char *home = g_dir_make_tmp ("portcall-edit-XXXXXX", NULL);
  g_autofree char *folder = g_build_filename (home, "new", NULL);
  g_autofree char *path = g_build_filename (folder, "b.json", NULL);
  g_autofree char *link = g_build_filename (home, "link.json", NULL);
  g_autoptr (PcBankEdit) edit = pc_bank_edit_new ("b", "B");
  g_autofree char *first = pc_bank_edit_dup_text (edit);
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (pc_bank_edit_write (path, first, NULL, &error));
  g_assert_no_error (error);
  pc_bank_edit_set_saved (edit, path, first, pc_bank_edit_get_stamp (edit));
  g_assert_true (pc_bank_edit_is_saved (edit));

  /* Somebody else wrote it: it stays. */
  g_assert_true (g_file_set_contents (path, "theirs", -1, NULL));
  g_assert_false (pc_bank_edit_write (path, "mine",
                                      pc_bank_edit_get_digest (edit),
                                      &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_clear_error (&error);
  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  g_assert_cmpstr (there, ==, "theirs");
  g_assert_true (pc_bank_edit_write (path, first, NULL, NULL));

  /* A link stays one. */
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_true (pc_bank_edit_write (link, "by the link", NULL, NULL));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_free (there);
  g_assert_true (g_file_get_contents (path, &there, NULL, NULL));
  g_assert_cmpstr (there, ==, "by the link");

  /* Gone counts as changed; and where nothing can be, nothing is. */
  g_remove (path);
  g_assert_false (pc_bank_edit_write (path, first,
                                      pc_bank_edit_get_digest (edit), NULL));
  g_assert_false (
      pc_bank_edit_write ("/proc/nowhere/b.json", first, NULL, &error));
  g_assert_nonnull (error);
  g_remove (link);
  g_rmdir (folder);
  g_rmdir (home);
}

static void
test_pointers (void)
{
  guint item = 99;
  const char *member = NULL;

  g_assert_true (
      pc_bank_edit_split_pointer ("/items/3/options/1", &item, &member));
  g_assert_cmpuint (item, ==, 3);
  g_assert_cmpstr (member, ==, "/options/1");
  g_assert_true (pc_bank_edit_split_pointer ("/items/12", &item, &member));
  g_assert_cmpuint (item, ==, 12);
  g_assert_cmpstr (member, ==, "");
  g_assert_false (pc_bank_edit_split_pointer ("/items", &item, &member));
  g_assert_false (pc_bank_edit_split_pointer ("/items/x", &item, &member));
  g_assert_false (pc_bank_edit_split_pointer ("/stimuli/0", &item, &member));
  g_assert_false (pc_bank_edit_split_pointer (NULL, &item, &member));
}

/* -- the form ------------------------------------------------------------- */

/* What the tables leave to the file; see bank-form.c. */
static const char *const not_in_form[] = {
  "type", "translations", "authors", "license", "params", "x-waive", "items",
  "format", "format_version", "$schema", NULL
};

static const PcFormField *
find_field (const PcFormField *fields,
            const char        *name)
{
  const PcFormField *found = NULL;

  /* The last, since a linked stimulus comes behind its name. */
  for (; fields->name != NULL; fields++)
    if (g_str_equal (fields->name, name))
      found = fields->kind != PC_FORM_LINKED ? fields : found;
  return found;
}

static void check_object (JsonObject        *object,
                          const PcFormField *fields,
                          const char        *where);

static void
check_member (JsonNode          *node,
              const PcFormField *field,
              const char        *where)
{
  if (field->kind == PC_FORM_OBJECT)
    check_object (json_node_get_object (node), field->inner, where);
  if (field->kind == PC_FORM_CHOICE) {
    gboolean found = FALSE;

    for (guint i = 0; field->words[i] != NULL; i += 2)
      found = found ||
              g_str_equal (field->words[i], json_node_get_string (node));
    g_assert_true (found);
  }
  if (field->kind == PC_FORM_LIST && field->inner != NULL) {
    JsonArray *list = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (list); i++)
      check_object (json_array_get_object_element (list, i), field->inner,
                    where);
  }
}

static void
check_object (JsonObject        *object,
              const PcFormField *fields,
              const char        *where)
{
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    const PcFormField *field = find_field (fields, name);

    if (g_strv_contains (not_in_form, name))
      continue;
    if (field == NULL)
      g_test_message ("%s: no field for “%s”", where, name);
    g_assert_nonnull (field);
    check_member (node, field, where);
  }
}

static PcItemType
get_type (JsonObject *item)
{
  const char *name = json_object_get_string_member (item, "type");

  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++)
    if (g_str_equal (pc_item_type_to_string (type), name))
      return type;
  g_assert_not_reached ();
}

/* Every member of every question that we ship has its place in one part. */
static void
check_item (JsonObject *item,
            const char *file)
{
  PcItemType type = get_type (item);
  JsonObjectIter iter;
  const char    *name;
  JsonNode      *node;

  json_object_iter_init_ordered (&iter, item);
  while (json_object_iter_next_ordered (&iter, &name, &node)) {
    guint n = 0;

    for (PcFormPart part = 0; part < PC_N_FORM_PARTS; part++) {
      const PcFormField *field =
          find_field (pc_form_get_fields (type, part), name);

      if (field == NULL)
        continue;
      n++;
      check_member (node, field, json_object_get_string_member (item, "id"));
    }
    if (g_strv_contains (not_in_form, name))
      continue;
    if (n != 1)
      g_test_message ("%s: “%s” is in %u parts", file, name, n);
    g_assert_cmpuint (n, ==, 1);
  }
}

static void
check_file (const char *path)
{
  g_autoptr (PcBankEdit) edit = load (path);
  guint n = pc_bank_edit_get_n_items (edit);

  check_object (json_node_get_object (pc_bank_edit_get (edit, "")),
                pc_form_get_bank_fields (), path);
  for (guint i = 0; i < n; i++) {
    g_autofree char *pointer = g_strdup_printf ("/items/%u", i);

    check_item (json_node_get_object (pc_bank_edit_get (edit, pointer)),
                path);
  }
}

static void
test_form (void)
{
  g_auto (GStrv) files = list_banks ();

  check_file (EIGHT_TYPES);
  for (guint i = 0; files[i] != NULL; i++)
    check_file (files[i]);
}

static void
test_sources (void)
{
  g_autoptr (PcBankEdit) edit = load (EIGHT_TYPES);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new_standard (problems);
  static const struct
  {
    const char  *pointer;
    PcFormSource source;
    const char  *ids;
  } rows[] = {
    { "/items/3/pairs/0/left", PC_SOURCE_LEFT, "imap pop3 smtp" },
    { "/items/3/pairs/0/right", PC_SOURCE_RIGHT, "p143 p110 p25 p69" },
    { "/items/6/fault_lines", PC_SOURCE_LINES, "p1 p2 p3 p4 p5 p6" },
    { "/items/6/corrections", PC_SOURCE_WRONG_LINES, "p3 p5" },
    { "/items/0/objectives", PC_SOURCE_OBJECTIVES, "mail files" },
    { "/items/0/stimulus", PC_SOURCE_STIMULI, "pop-log tftp-log" },
    { "/items/12/simulation/step", PC_SOURCE_MARKS,
      "rrq data-1 ack-1 data-last ack-last" },
    { "/items/13/accept/0", PC_SOURCE_FIELDS,
      "in-proto in-port in-sec out-host out-port out-sec out-login" },
    { "/title", PC_SOURCE_LINES, "" },
    { "/items/0/fault_lines", PC_SOURCE_WRONG_LINES, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_auto (GStrv) labels = NULL;
    g_auto (GStrv) ids =
        pc_form_list_source (edit, rows[i].pointer, rows[i].source, library,
                             NULL, &labels);
    g_autofree char *joined = g_strjoinv (" ", ids);

    g_assert_cmpstr (joined, ==, rows[i].ids);
    g_assert_cmpuint (g_strv_length (ids), ==, g_strv_length (labels));
  }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/bank-edit/round-trip", test_round_trip);
  g_test_add_func ("/bank-edit/unknown-is-kept", test_unknown_is_kept);
  g_test_add_func ("/bank-edit/refused", test_refused);
  g_test_add_func ("/bank-edit/undo", test_undo);
  g_test_add_func ("/bank-edit/typing", test_typing);
  g_test_add_func ("/bank-edit/saved", test_saved);
  g_test_add_func ("/bank-edit/empty-goes", test_empty_goes);
  g_test_add_func ("/bank-edit/new-items", test_new_items);
  g_test_add_func ("/bank-edit/duplicate", test_duplicate);
  g_test_add_func ("/bank-edit/revisions", test_revisions);
  g_test_add_func ("/bank-edit/odd-items", test_odd_items);
  g_test_add_func ("/bank-edit/files", test_files);
  g_test_add_func ("/bank-edit/pointers", test_pointers);
  g_test_add_func ("/bank-edit/form", test_form);
  g_test_add_func ("/bank-edit/sources", test_sources);
  return g_test_run ();
}
