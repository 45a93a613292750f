/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A timeline's rows: pills where a state changed, notes, waits, and the same
 * rows whether the timeline was there at once or grew. */

#include "diagram/rows.h"

#include "sample.h"

static guint
three_parts (const char *note,
             gpointer    user_data)
{
  return *(guint *) user_data;
}

static char *
describe (PcDiagramRows *rows)
{
  GString *out = g_string_new (NULL);
  guint    n = g_list_model_get_n_items (G_LIST_MODEL (rows));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PcDiagramRow) row = g_list_model_get_item (
          G_LIST_MODEL (rows), i);
      const PcDiagramSpan *span;

      switch (row->kind)
        {
        case PC_DIAGRAM_ROW_STEP:
          g_string_append_printf (out, "%u:%u>%u%s ", row->index + 1,
                                  row->from, row->to,
                                  row->from_client ? "" : "'");
          break;
        case PC_DIAGRAM_ROW_PILLS:
          g_string_append_printf (out, "[%s|%s] ",
                                  row->client_state != NULL
                                      ? row->client_state
                                      : "",
                                  row->server_state != NULL
                                      ? row->server_state
                                      : "");
          break;
        case PC_DIAGRAM_ROW_NOTE:
          g_string_append_printf (out, "note%u/%u ", row->part + 1,
                                  row->parts);
          break;
        case PC_DIAGRAM_ROW_GAP:
          g_string_append_printf (out, "wait%" G_GINT64_FORMAT " ",
                                  row->gap / 1000);
          break;
        case PC_DIAGRAM_ROW_ARRIVAL:
          span = pc_diagram_row_get_own_span (row);
          g_string_append_printf (out, "arrives%u+%u ", span->index + 1,
                                  span->above);
          break;
        }
    }
  return g_string_free (out, FALSE);
}

static void
test_file (void)
{
  g_autoptr (PcTimeline)    timeline = sample_file ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autofree char          *text = NULL;

  pc_diagram_rows_set_timeline (rows, timeline);
  text = describe (rows);
  g_assert_cmpstr (text, ==,
                   "1:0>1 [reading|sending] 2:1>0' 3:0>1 4:1>0' note1/1 "
                   "wait1000 5:1>0' 6:0>1 [done|done] ");
}

static void
test_conns (void)
{
  g_autoptr (PcTimeline)    timeline = sample_four ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autofree char          *text = NULL;

  pc_diagram_rows_set_timeline (rows, timeline);
  text = describe (rows);
  g_assert_cmpstr (text, ==,
                   "1:0>1 [connecting|not authenticated] "
                   "2:2>1 [connecting|not authenticated] "
                   "3:0>1 [selected|selected] 4:1>2' [selected|selected] "
                   "5:2>1 6:1>2' 7:0>3 8:2>1 ");
}

static void
test_grows (void)
{
  g_autoptr (PcTimeline)    whole = sample_mail ();
  g_autoptr (PcTimeline)    growing = pc_timeline_new ("id", "Title");
  g_autoptr (PcDiagramRows) a = pc_diagram_rows_new ();
  g_autoptr (PcDiagramRows) b = pc_diagram_rows_new ();
  g_autofree char          *all = NULL;
  g_autofree char          *grown = NULL;
  guint                     n = pc_timeline_get_n_steps (whole);

  pc_timeline_add_actor (growing, "phone", "Phone", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (growing, "mail", "Mail", PC_ROLE_SERVER, NULL);
  pc_diagram_rows_set_timeline (a, whole);
  pc_diagram_rows_set_timeline (b, growing);
  for (guint i = 0; i < n; i++)
    pc_timeline_take_step (growing,
                           g_object_ref (pc_timeline_get_step (whole, i)));

  all = describe (a);
  grown = describe (b);
  g_assert_cmpstr (all, ==, grown);
}

static void
test_reflow (void)
{
  g_autoptr (PcTimeline)    timeline = sample_file ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  guint                     parts = 1;
  guint                     n;

  pc_diagram_rows_set_note_func (rows, three_parts, &parts);
  pc_diagram_rows_set_timeline (rows, timeline);
  n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  g_assert_false (pc_diagram_rows_reflow (rows));
  parts = 3;
  g_assert_true (pc_diagram_rows_reflow (rows));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (rows)), ==,
                    n + 2);
}

static void
test_find (void)
{
  g_autoptr (PcTimeline)    timeline = sample_file ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  guint                     n = pc_timeline_get_n_steps (timeline);

  g_assert_cmpuint (pc_diagram_rows_find_step (rows, 0), ==, 0);
  pc_diagram_rows_set_timeline (rows, timeline);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PcDiagramRow) row = g_list_model_get_item (
          G_LIST_MODEL (rows), pc_diagram_rows_find_step (rows, i));

      g_assert_cmpint (row->kind, ==, PC_DIAGRAM_ROW_STEP);
      g_assert_cmpuint (row->index, ==, i);
    }
  g_assert_cmpuint (pc_diagram_rows_find_step (rows, n), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/file", test_file);
  g_test_add_func ("/rows/conns", test_conns);
  g_test_add_func ("/rows/grows", test_grows);
  g_test_add_func ("/rows/reflow", test_reflow);
  g_test_add_func ("/rows/find", test_find);
  return g_test_run ();
}
