/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blueprints: what they say is read, and what they should not say has a place
 * in the file.
 */

#include "quiz/blueprint.h"

#include "quiz/item.h"

#include <string.h>

#define HEAD "{\"format\": \"portcall-blueprint\", \"format_version\": 1"

static PcBlueprint *
read_text (const char *text,
           gsize       length,
           PcProblems *problems)
{
  g_autoptr (PcJson) json = pc_json_parse ("b.json", (const guint8 *) text,
                                           length, problems);

  return json != NULL ? pc_blueprint_new_from_json (json, problems) : NULL;
}

static const char whole[] =
    HEAD ", \"x-note\": 1,\n"
         "\"title\": \"Week 3\", \"banks\": [\"imap\", \"pop3\"],\n"
         "\"items\": 12, \"objectives\": {\"o1\": 4, \"o2\": 3},\n"
         "\"types\": [\"single\", \"fault\"], \"difficulty\": [2, 4],\n"
         "\"minutes\": 20, \"pass\": 60, \"same_items\": false}";

static void
test_whole (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBlueprint) self = read_text (whole, strlen (whole), problems);

  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
  g_assert_nonnull (self);
  g_assert_cmpstr (self->title, ==, "Week 3");
  g_assert_cmpuint (self->banks->len, ==, 2);
  g_assert_cmpstr (self->banks->pdata[1], ==, "pop3");
  g_assert_cmpuint (pc_blueprint_count (self), ==, 12);
  g_assert_cmpuint (self->objectives->len, ==, 2);
  g_assert_cmpstr (self->objectives->pdata[0], ==, "o1");
  g_assert_cmpuint (g_array_index (self->counts, guint, 1), ==, 3);
  g_assert_cmpuint (self->types, ==,
                    1u << PC_ITEM_SINGLE | 1u << PC_ITEM_FAULT);
  g_assert_cmpuint (self->min_difficulty, ==, 2);
  g_assert_cmpuint (self->max_difficulty, ==, 4);
  g_assert_cmpuint (self->minutes, ==, 20);
  g_assert_cmpuint (self->pass, ==, 60);
  g_assert_false (self->same_items);
}

static void
test_defaults (void)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBlueprint) bare = read_text (HEAD "}", strlen (HEAD "}"),
                                            problems);
  static const char sum[] = HEAD ",\"objectives\":{\"a\":2,\"b\":5}}";
  g_autoptr (PcBlueprint) summed = read_text (sum, strlen (sum), problems);

  g_assert_cmpuint (pc_blueprint_count (bare), ==, 20);
  g_assert_true (bare->same_items);
  g_assert_cmpuint (pc_blueprint_count (summed), ==, 7);
  g_assert_cmpuint (pc_problems_get_n (problems), ==, 0);
}

/* Each has one mistake on its second line, at the column named. */
static const struct
{
  const char *rest;
  const char *code;
  guint       column;
} bad[] = {
  { "\"items\": 0}", "Q024", 10 },
  { "\"items\": 501}", "Q024", 10 },
  { "\"items\": \"5\"}", "Q022", 10 },
  { "\"items\": 2, \"objectives\": {\"a\": 3}}", "Q024", 10 },
  { "\"objectives\": {\"a\": 0}}", "Q024", 21 },
  { "\"objectives\": {\"A b\": 1}}", "Q024", 23 },
  { "\"objectives\": {\"a\": 300, \"b\": 300}}", "Q024", 15 },
  { "\"objectives\": [\"a\"]}", "Q022", 15 },
  { "\"types\": [\"sinlge\"]}", "Q024", 10 },
  { "\"banks\": [\"No\"]}", "Q024", 11 },
  { "\"difficulty\": [4, 2]}", "Q024", 15 },
  { "\"difficulty\": [\"1\", {}]}", "Q024", 15 },
  { "\"difficulty\": [1, 2, 3]}", "Q024", 15 },
  { "\"pass\": 101}", "Q024", 9 },
  { "\"same_items\": 1}", "Q022", 15 },
  { "\"objektives\": {}}", "Q021", 1 },
  { "\"format\": 3}", "Q0", 0 },
  { "\"items\": 2", "Q0", 0 },
};

static void
test_bad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autofree char *text = g_strconcat (HEAD ",\n", bad[i].rest, NULL);
    g_autoptr (PcBlueprint) self = read_text (text, strlen (text), problems);
    const PcProblem *problem;

    g_test_message ("%s", bad[i].rest);
    g_assert_null (self);
    g_assert_cmpuint (pc_problems_get_n (problems), ==, 1);
    problem = pc_problems_get (problems, 0);
    g_test_message ("%s %u:%u %s", problem->code, problem->line,
                    problem->column, problem->message);
    g_assert_true (g_str_has_prefix (problem->code, bad[i].code));
    g_assert_cmpuint (problem->line, ==, 2);
    if (bad[i].column > 0)
      g_assert_cmpuint (problem->column, ==, bad[i].column);
  }
}

static void
test_heads (void)
{
  static const char *const heads[] = {
    "[]",
    "7",
    "{}",
    "{\"format\": \"portcall-scenario\", \"format_version\": 1}",
    "{\"format\": \"portcall-blueprint\"}",
    "{\"format\": \"portcall-blueprint\", \"format_version\": 2}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBlueprint) self =
        read_text (heads[i], strlen (heads[i]), problems);

    g_test_message ("%s", heads[i]);
    g_assert_null (self);
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
    g_assert_cmpuint (pc_problems_get (problems, 0)->line, ==, 1);
  }
}

/* Cut off anywhere: a problem with a place, and no blueprint. */
static void
test_cut (void)
{
  for (gsize n = 0; n < strlen (whole); n++) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBlueprint) self = read_text (whole, n, problems);

    g_assert_null (self);
    g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
    g_assert_cmpuint (pc_problems_get (problems, 0)->line, >, 0);
  }
}

/* Any octet changed: a blueprint that keeps to the limits, or problems. */
static void
test_mutated (void)
{
  g_autoptr (GRand) chance = g_rand_new_with_seed (1);
  guint taken = 0, refused = 0;

  for (guint i = 0; i < 20000; i++) {
    g_autofree char *text = g_strdup (whole);
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBlueprint) self = NULL;
    static const char others[] = "0123456789{}[]\",:-e \\x\n\xff";

    for (int j = g_rand_int_range (chance, 1, 4); j > 0; j--)
      text[g_rand_int_range (chance, 0, (int) strlen (whole))] =
          others[g_rand_int_range (chance, 0, (int) sizeof others - 1)];
    self = read_text (text, strlen (whole), problems);
    if (self == NULL) {
      g_assert_cmpuint (pc_problems_count (problems, PC_SEVERITY_ERROR), >, 0);
      refused++;
    } else {
      g_assert_cmpuint (pc_blueprint_count (self), >, 0);
      g_assert_cmpuint (pc_blueprint_count (self), <=, 500);
      g_assert_cmpuint (self->objectives->len, ==, self->counts->len);
      taken++;
    }
  }
  g_assert_cmpuint (taken, >, 100);
  g_assert_cmpuint (refused, >, 100);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/blueprint/whole", test_whole);
  g_test_add_func ("/blueprint/defaults", test_defaults);
  g_test_add_func ("/blueprint/bad", test_bad);
  g_test_add_func ("/blueprint/heads", test_heads);
  g_test_add_func ("/blueprint/cut", test_cut);
  g_test_add_func ("/blueprint/mutated", test_mutated);
  return g_test_run ();
}
