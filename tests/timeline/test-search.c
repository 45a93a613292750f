/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which steps a search finds, and the way from one to the next. */

#include "timeline/search.h"

static PcStep *
make_step (guint       conn,
           const char *from,
           const char *to,
           const char *summary,
           const char *note)
{
  PcStep *step = pc_step_new_event (conn, from, to, PC_LAYER_TCP, 0, "open",
                                    summary, PC_STATUS_OK, NULL, NULL,
                                    &pc_common_narrations[0]);

  pc_step_set_note (step, note);
  return step;
}

static PcTimeline *
make_timeline (void)
{
  static const char password[] = "PASS portcall";
  PcTimeline *timeline = pc_timeline_new ("id", "Title");
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_COMMAND, "tcp.open",
                              password, 13);

  pc_timeline_take_step (timeline,
                         make_step (1, "phone", "server", "Größe eins", NULL));
  pc_timeline_take_step (timeline,
                         make_step (1, "server", "phone", "two", "beside"));
  pc_timeline_take_step (timeline,
                         make_step (2, "laptop", "server", "three", NULL));
  pc_unit_add_field (unit, 5, "Verb", "what to do");
  pc_unit_add_secret (unit, 8, "Password", NULL);
  unit->summary = g_strdup ("PASS ••••");
  pc_timeline_take_step (
      timeline, pc_step_new_unit (2, "laptop", "server", PC_LAYER_APP, 0, unit,
                                  &pc_common_narrations[0]));
  pc_timeline_take_step (timeline, make_step (0, "server", NULL, "a note", NULL));
  return timeline;
}

static void
test_find (void)
{
  static const struct
  {
    const char *text;
    const char *actor;
    guint       conn;
    gboolean    secrets;
    const char *found; /* the numbers of the steps */
  } rows[] = {
    { "", NULL, 0, FALSE, "12345" },
    { "  ", NULL, 0, FALSE, "12345" },
    { "two", NULL, 0, FALSE, "2" },
    { " TWO ", NULL, 0, FALSE, "2" },
    { "GRÖSSE", NULL, 0, FALSE, "1" },
    { "gro\xCC\x88sse", NULL, 0, FALSE, "1" },
    { "beside", NULL, 0, FALSE, "2" },
    { "what to do", NULL, 0, FALSE, "4" },
    { "verb", NULL, 0, FALSE, "4" },
    { "pass", NULL, 0, FALSE, "4" },
    { "portcall", NULL, 0, FALSE, "" },
    { "portcall", NULL, 0, TRUE, "4" },
    { "nothing like it", NULL, 0, FALSE, "" },
    { "", "phone", 0, FALSE, "12" },
    { "", "laptop", 0, FALSE, "34" },
    { "", "server", 0, FALSE, "12345" },
    { "", NULL, 2, FALSE, "34" },
    { "", "phone", 2, FALSE, "" },
    { "three", "laptop", 2, FALSE, "3" },
    { "three", "phone", 0, FALSE, "" },
  };
  g_autoptr (PcTimeline) timeline = make_timeline ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    for (guint at_once = 1; at_once < 8; at_once += 6) {
      g_autoptr (PcSearch) search = pc_search_new (
          timeline, rows[i].text, rows[i].actor, rows[i].conn,
          rows[i].secrets);
      g_autoptr (GString) found = g_string_new (NULL);

      while (pc_search_advance (search, at_once))
        ;
      for (guint j = 0; j < pc_search_get_n (search); j++)
        g_string_append_printf (found, "%u", pc_search_get (search, j) + 1);
      g_test_message ("row %u", i);
      g_assert_cmpstr (found->str, ==, rows[i].found);
    }
}

static void
test_next (void)
{
  static const struct
  {
    guint from;
    int   forward;
    int   back;
    int   number;
  } rows[] = {
    { G_MAXUINT, 2, 3, -1 }, { 0, 2, 3, -1 }, { 1, 2, 3, -1 },
    { 2, 3, 3, 0 },          { 3, 2, 2, 1 },  { 4, 2, 3, -1 },
  };
  g_autoptr (PcTimeline) timeline = make_timeline ();
  g_autoptr (PcSearch) search = pc_search_new (timeline, "", NULL, 2, FALSE);

  g_assert_cmpint (pc_search_next (search, 0, TRUE), ==, -1);
  g_assert_false (pc_search_advance (search, 100));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_test_message ("row %u", i);
    g_assert_cmpint (pc_search_next (search, rows[i].from, TRUE), ==,
                     rows[i].forward);
    g_assert_cmpint (pc_search_next (search, rows[i].from, FALSE), ==,
                     rows[i].back);
    g_assert_cmpint (pc_search_find (search, rows[i].from), ==,
                     rows[i].number);
  }
}

/* Nothing is found from there on, until it may be. */
static void
test_end (void)
{
  g_autoptr (PcTimeline) timeline = make_timeline ();
  g_autoptr (PcSearch) search = pc_search_new (timeline, "", NULL, 0, FALSE);

  pc_search_set_end (search, 0);
  g_assert_false (pc_search_advance (search, 100));
  g_assert_cmpuint (pc_search_get_n (search), ==, 0);
  pc_search_set_end (search, 2);
  g_assert_true (pc_search_advance (search, 1));
  g_assert_false (pc_search_advance (search, 100));
  g_assert_cmpuint (pc_search_get_n (search), ==, 2);
  /* What was found stays. */
  pc_search_set_end (search, 1);
  g_assert_false (pc_search_advance (search, 100));
  g_assert_cmpuint (pc_search_get_n (search), ==, 2);
  pc_search_set_end (search, G_MAXUINT);
  g_assert_false (pc_search_advance (search, 100));
  g_assert_cmpuint (pc_search_get_n (search), ==, 5);
}

static void
test_kinds (void)
{
  static const struct
  {
    PcSearchKind kind;
    const char  *found;
  } rows[] = {
    { PC_SEARCH_ANY, "123456" },    { PC_SEARCH_COMMANDS, "4" },
    { PC_SEARCH_REPLIES, "" },      { PC_SEARCH_CONTENT, "" },
    { PC_SEARCH_CONNECTION, "1235" }, { PC_SEARCH_TROUBLE, "6" },
  };
  g_autoptr (PcTimeline) timeline = make_timeline ();

  pc_timeline_take_step (
      timeline, pc_step_new_event (0, "server", NULL, PC_LAYER_NOTE, 0, "note",
                                   "trouble", PC_STATUS_ERROR, NULL, NULL,
                                   &pc_common_narrations[0]));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcSearch) search = pc_search_new (timeline, "", NULL, 0, FALSE);
    g_autoptr (GString) found = g_string_new (NULL);

    pc_search_set_kind (search, rows[i].kind);
    g_assert_false (pc_search_advance (search, 100));
    for (guint j = 0; j < pc_search_get_n (search); j++)
      g_string_append_printf (found, "%u", pc_search_get (search, j) + 1);
    g_test_message ("row %u", i);
    g_assert_cmpstr (found->str, ==, rows[i].found);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/timeline/search/find", test_find);
  g_test_add_func ("/timeline/search/kinds", test_kinds);
  g_test_add_func ("/timeline/search/next", test_next);
  g_test_add_func ("/timeline/search/end", test_end);
  return g_test_run ();
}
