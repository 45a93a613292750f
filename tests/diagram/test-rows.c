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
        case PC_DIAGRAM_ROW_GROUP:
          g_string_append_printf (out, "%u-%u ", row->group.first + 1,
                                  row->group.last + 1);
          break;
        case PC_DIAGRAM_ROW_TUNNEL:
          g_string_append (out, "lock ");
          break;
        }
      for (guint k = 0; k < row->n_tunnels; k++)
        {
          out->str[out->len - 1] = '=';
          g_string_append_c (out, ' ');
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

/* Timers and other waits before their steps, what came late in a row of its
 * own after the last step before it came. */
static void
test_trouble (void)
{
  g_autoptr (PcTimeline)    timeline = sample_trouble ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autofree char          *text = NULL;

  pc_diagram_rows_set_timeline (rows, timeline);
  text = describe (rows);
  g_assert_cmpstr (text, ==,
                   "1:0>1 [reading|sending] 2:1>0' 3:0>1 4:1>0' "
                   "wait250 5:1>0' 6:2>0 7:0>2 wait250 8:1>0' 9:0>1 "
                   "arrives5+6 10:0>1 11:0>1 wait9000 12:1>0' [|done] "
                   "13:0>1 [done|] 14:0>1 [connecting|ready] 15:1>1 16:1>0' "
                   "[ready|] wait2000 17:0>1 18:0>1 ");
}

static PcDiagramRow *
get_step_row (PcDiagramRows *rows,
              guint          number)
{
  return g_list_model_get_item (G_LIST_MODEL (rows),
                                pc_diagram_rows_find_step (rows, number - 1));
}

/* Port 69 and the one that answers instead; a stranger's. */
static void
test_ports (void)
{
  static const struct
  {
    guint    number;
    gboolean is_new[2];
  } wanted[] = {
    { 1, { TRUE, TRUE } },   { 2, { TRUE, FALSE } },
    { 3, { FALSE, FALSE } }, { 6, { TRUE, FALSE } },
    { 7, { FALSE, FALSE } }, { 8, { FALSE, FALSE } },
  };
  g_autoptr (PcTimeline)    timeline = sample_trouble ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();

  pc_diagram_rows_set_timeline (rows, timeline);
  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    {
      g_autoptr (PcDiagramRow) row = get_step_row (rows, wanted[i].number);

      g_test_message ("step %u", wanted[i].number);
      g_assert_cmpint (row->new_port[0], ==, wanted[i].is_new[0]);
      g_assert_cmpint (row->new_port[1], ==, wanted[i].is_new[1]);
    }
}

/* Every row between knows of the arrow, and where it is in it. */
static void
test_spans (void)
{
  g_autoptr (PcTimeline)    timeline = sample_trouble ();
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  guint                     first;
  guint                     n;

  pc_diagram_rows_set_timeline (rows, timeline);
  n = g_list_model_get_n_items (G_LIST_MODEL (rows));
  first = pc_diagram_rows_find_step (rows, 4);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PcDiagramRow) row = g_list_model_get_item (
          G_LIST_MODEL (rows), i);
      gboolean inside = i >= first && i <= first + 6;

      g_test_message ("row %u", i);
      g_assert_cmpuint (row->n_spans, ==, inside ? 1 : 0);
      if (!inside)
        continue;
      g_assert_cmpuint (row->spans[0].above, ==, i - first);
      g_assert_cmpuint (row->spans[0].below, ==, first + 6 - i);
      g_assert_cmpuint (row->spans[0].index, ==, 4);
      g_assert_cmpuint (row->spans[0].until, ==, 8);
      g_assert_false (row->spans[0].from_client);
      g_assert_cmpint (pc_diagram_row_get_own_span (row) != NULL, ==,
                       i == first || i == first + 6);
    }
}

static PcStep *
datagram (guint64     t,
          gint64      end,
          const char *from,
          const char *to)
{
  PcUnit *unit = pc_unit_new (PC_SIDE_CLIENT, PC_UNIT_DATAGRAM, "x", "x", 1);
  PcStep *step = pc_step_new_unit (1, from, to, PC_LAYER_UDP, (gint64) t,
                                   unit, NULL);

  if (end != 0)
    pc_step_set_arrival (step, end, PC_FATE_DELIVERED);
  return step;
}

/* A later one of the same end was there first; one of the other end does not
 * count, and neither does a window that all arrives in order. */
static void
test_overtaken (void)
{
  g_autoptr (PcTimeline)    timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autofree char          *text = NULL;

  pc_timeline_add_actor (timeline, "a", "A", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "B", PC_ROLE_SERVER, NULL);
  pc_timeline_take_step (timeline, datagram (0, 5, "a", "b"));
  pc_timeline_take_step (timeline, datagram (10, 40, "b", "a"));
  pc_timeline_take_step (timeline, datagram (10, 30, "b", "a"));
  pc_timeline_take_step (timeline, datagram (10, 40, "b", "a"));
  pc_timeline_take_step (timeline, datagram (11, 12, "a", "b"));
  pc_timeline_take_step (timeline, datagram (50, 60, "a", "b"));
  pc_diagram_rows_set_timeline (rows, timeline);
  text = describe (rows);
  g_assert_cmpstr (text, ==, "1:0>1 2:1>0' 3:1>0' 4:1>0' 5:0>1 arrives2+4 "
                             "6:0>1 ");
}

/* Its arrival is known only when it has come. */
static void
test_overtaken_live (void)
{
  g_autoptr (PcTimeline)    timeline = pc_timeline_new ("id", "Title");
  g_autoptr (PcDiagramRows) rows = pc_diagram_rows_new ();
  g_autofree char          *before = NULL;
  g_autofree char          *after = NULL;
  PcStep                   *held;

  pc_timeline_add_actor (timeline, "a", "A", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "B", PC_ROLE_SERVER, NULL);
  pc_diagram_rows_set_timeline (rows, timeline);
  held = datagram (0, 0, "a", "b");
  pc_timeline_take_step (timeline, held);
  pc_timeline_take_step (timeline, datagram (10, 20, "a", "b"));
  pc_timeline_take_step (timeline, datagram (25, 30, "b", "a"));
  before = describe (rows);
  g_assert_cmpstr (before, ==, "1:0>1 2:0>1 3:1>0' ");

  pc_step_set_arrival (held, 40, PC_FATE_LATE);
  pc_timeline_set_outcome (timeline, PC_OUTCOME_OK, NULL);
  after = describe (rows);
  g_assert_cmpstr (after, ==, "1:0>1 2:0>1 3:1>0' arrives1+3 ");
}

static void
check_grows (PcTimeline *whole)
{
  g_autoptr (PcTimeline)    growing = pc_timeline_new ("id", "Title");
  g_autoptr (PcDiagramRows) a = pc_diagram_rows_new ();
  g_autoptr (PcDiagramRows) b = pc_diagram_rows_new ();
  g_autofree char          *all = NULL;
  g_autofree char          *grown = NULL;
  guint                     n = pc_timeline_get_n_steps (whole);

  for (guint i = 0; i < pc_timeline_get_n_actors (whole); i++)
    {
      const PcActor *actor = pc_timeline_get_actor (whole, i);

      pc_timeline_add_actor (growing, actor->id, actor->name, actor->role,
                             NULL);
    }
  pc_diagram_rows_set_timeline (a, whole);
  pc_diagram_rows_set_timeline (b, growing);
  for (guint i = 0; i < n; i++)
    pc_timeline_take_step (growing,
                           g_object_ref (pc_timeline_get_step (whole, i)));
  pc_timeline_set_outcome (growing, PC_OUTCOME_OK, NULL);

  all = describe (a);
  grown = describe (b);
  g_assert_cmpstr (all, ==, grown);
}

static void
test_grows (void)
{
  g_autoptr (PcTimeline) mail = sample_mail ();
  g_autoptr (PcTimeline) trouble = sample_trouble ();

  check_grows (mail);
  check_grows (trouble);
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

/* A handshake is one row, unless it holds the current step or somebody wants
 * to see it; a command and its answers only when somebody does not. */
static void
test_folding (void)
{
  static const struct
  {
    guint       current;
    guint       toggle; /* G_MAXUINT: none */
    const char *rows;
  } rows[] = {
    { G_MAXUINT, G_MAXUINT,
      "1:0>1 [a|a] 2-5 [b|c] lock= 6:0>1= 7:1>0'= 8:1>0'= 9:0>1= 10:1>0'= "
      "11:0>1= 12:0>1 " },
    { 2, G_MAXUINT,
      "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5:0>1 [b|] lock= 6:0>1= 7:1>0'= "
      "8:1>0'= 9:0>1= 10:1>0'= 11:0>1= 12:0>1 " },
    /* Folded although it is in it; then as before. */
    { 2, 4,
      "1:0>1 [a|a] 2-5 [b|c] lock= 6:0>1= 7:1>0'= 8:1>0'= 9:0>1= 10:1>0'= "
      "11:0>1= 12:0>1 " },
    { 3, G_MAXUINT,
      "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5:0>1 [b|] lock= 6:0>1= 7:1>0'= "
      "8:1>0'= 9:0>1= 10:1>0'= 11:0>1= 12:0>1 " },
    { 8, 6,
      "1:0>1 [a|a] 2-5 [b|c] lock= 6-8= 9:0>1= 10:1>0'= 11:0>1= 12:0>1 " },
    { 8, 1,
      "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5:0>1 [b|] lock= 6-8= 9:0>1= "
      "10:1>0'= 11:0>1= 12:0>1 " },
    { 7, G_MAXUINT,
      "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5:0>1 [b|] lock= 6:0>1= 7:1>0'= "
      "8:1>0'= 9:0>1= 10:1>0'= 11:0>1= 12:0>1 " },
  };
  g_autoptr (PcTimeline)    timeline = sample_secure ();
  g_autoptr (PcDiagramRows) model = pc_diagram_rows_new ();

  pc_diagram_rows_set_folding (model, TRUE);
  pc_diagram_rows_set_timeline (model, timeline);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = NULL;

      g_test_message ("row %u", i);
      pc_diagram_rows_set_current (model, rows[i].current);
      if (rows[i].toggle != G_MAXUINT)
        g_assert_true (pc_diagram_rows_toggle (model, rows[i].toggle));
      text = describe (model);
      g_assert_cmpstr (text, ==, rows[i].rows);
    }
  g_assert_false (pc_diagram_rows_toggle (model, 0));
  g_assert_false (pc_diagram_rows_toggle (model, 9));
}

/* What a list heard of a model, against the model. */
static void
heard_cb (GListModel *model,
          guint       position,
          guint       removed,
          guint       added,
          GPtrArray  *heard)
{
  g_assert_cmpuint (position + removed, <=, heard->len);
  if (removed > 0)
    g_ptr_array_remove_range (heard, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (heard, (int) (position + i),
                        g_list_model_get_item (model, position + i));
}

static void
check_heard (GListModel *model,
             GPtrArray  *heard)
{
  g_assert_cmpuint (heard->len, ==, g_list_model_get_n_items (model));
  for (guint i = 0; i < heard->len; i++)
    {
      g_autoptr (PcDiagramRow) row = g_list_model_get_item (model, i);
      PcDiagramRow            *old = g_ptr_array_index (heard, i);

      g_assert_cmpint (row->kind, ==, old->kind);
      g_assert_true (row->step == old->step);
      g_assert_cmpint (row->folded, ==, old->folded);
    }
}

/* One that grows tells all that changes, and ends with the same rows. */
/* The steps of sample_secure () that a filter leaves, as the rows are then.
 * The current step opens nothing. */
static void
test_filter (void)
{
  static const struct
  {
    const char *steps; /* their numbers, by spaces */
    guint       toggle;
    const char *rows;
  } rows[] = {
    { "1 2 3 4 5 6 7 8 9 10 11 12", G_MAXUINT,
      "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5:0>1 [b|] lock= 6:0>1= 7:1>0'= "
      "8:1>0'= 9:0>1= 10:1>0'= 11:0>1= 12:0>1 " },
    { "", G_MAXUINT, "1-12 " },
    { "1 12", G_MAXUINT, "1:0>1 [a|a] 2-11= 12:0>1 " },
    { "4", G_MAXUINT, "1-3 4:1>0' [|c] 5-12 " },
    { "4", 0, "1:0>1 [a|a] 2:0>1 3:1>0' 4:1>0' [|c] 5-12 " },
  };
  g_autoptr (PcTimeline)    timeline = sample_secure ();
  g_autoptr (PcDiagramRows) model = pc_diagram_rows_new ();
  g_autofree char          *before = NULL;
  g_autofree char          *after = NULL;

  pc_diagram_rows_set_folding (model, TRUE);
  pc_diagram_rows_set_timeline (model, timeline);
  before = describe (model);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_auto (GStrv)       numbers = g_strsplit (rows[i].steps, " ", -1);
      g_autoptr (GtkBitset) steps = gtk_bitset_new_empty ();
      g_autofree char     *text = NULL;

      g_test_message ("row %u", i);
      for (guint k = 0; numbers[k] != NULL; k++)
        gtk_bitset_add (steps, (guint) atoi (numbers[k]) - 1);
      pc_diagram_rows_set_filter (model, steps);
      for (guint k = 0; k < 12; k++)
        g_assert_false (pc_diagram_rows_set_current (model, k));
      if (rows[i].toggle != G_MAXUINT)
        g_assert_true (pc_diagram_rows_toggle (model, rows[i].toggle));
      text = describe (model);
      g_assert_cmpstr (text, ==, rows[i].rows);
    }
  pc_diagram_rows_set_current (model, G_MAXUINT);
  pc_diagram_rows_set_filter (model, NULL);
  after = describe (model);
  g_assert_cmpstr (after, ==, before);
}

/* Whatever is hidden: each step that is not has one row, in order, and a row
 * for every run of others. */
static void
test_filter_any (void)
{
  g_autoptr (PcTimeline)    timeline = sample_trouble ();
  g_autoptr (PcDiagramRows) model = pc_diagram_rows_new ();
  guint                     n = pc_timeline_get_n_steps (timeline);

  pc_diagram_rows_set_folding (model, TRUE);
  pc_diagram_rows_set_timeline (model, timeline);
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GtkBitset) steps = gtk_bitset_new_empty ();
      guint                 next = 0;

      for (guint k = 0; k < n; k++)
        if (g_random_boolean ())
          gtk_bitset_add (steps, k);
      pc_diagram_rows_set_filter (model, steps);
      for (guint at = 0; at < g_list_model_get_n_items (G_LIST_MODEL (model));
           at++)
        {
          g_autoptr (PcDiagramRow) row = g_list_model_get_item (
              G_LIST_MODEL (model), at);

          if (row->kind == PC_DIAGRAM_ROW_STEP)
            {
              g_assert_cmpuint (row->index, ==, next++);
              g_assert_true (gtk_bitset_contains (steps, row->index));
            }
          else if (row->kind == PC_DIAGRAM_ROW_GROUP)
            {
              g_assert_cmpuint (row->group.first, ==, next);
              next = row->group.last + 1;
              for (guint k = row->group.first; k < next; k++)
                g_assert_false (gtk_bitset_contains (steps, k));
            }
        }
      g_assert_cmpuint (next, ==, n);
    }
}

static void
test_folding_grows (void)
{
  g_autoptr (PcTimeline)    whole = sample_secure ();
  g_autoptr (PcTimeline)    timeline = pc_timeline_new ("a", "b");
  g_autoptr (PcDiagramRows) model = pc_diagram_rows_new ();
  g_autoptr (PcDiagramRows) other = pc_diagram_rows_new ();
  g_autoptr (GPtrArray)     heard =
      g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *grown = NULL;
  g_autofree char *once = NULL;

  pc_timeline_add_actor (timeline, "a", "A", PC_ROLE_CLIENT, NULL);
  pc_timeline_add_actor (timeline, "b", "B", PC_ROLE_SERVER, NULL);
  g_signal_connect (model, "items-changed", G_CALLBACK (heard_cb), heard);
  pc_diagram_rows_set_folding (model, TRUE);
  pc_diagram_rows_set_timeline (model, timeline);
  for (guint i = 0; i < pc_timeline_get_n_steps (whole); i++)
    {
      pc_timeline_take_step (timeline,
                             g_object_ref (pc_timeline_get_step (whole, i)));
      check_heard (G_LIST_MODEL (model), heard);
      /* Whoever follows what comes is in the middle of it. */
      pc_diagram_rows_set_current (model, i);
      check_heard (G_LIST_MODEL (model), heard);
    }
  pc_diagram_rows_set_current (model, G_MAXUINT);
  pc_diagram_rows_set_folding (other, TRUE);
  pc_diagram_rows_set_timeline (other, whole);
  grown = describe (model);
  once = describe (other);
  g_assert_cmpstr (grown, ==, once);

  for (guint i = pc_timeline_get_n_steps (whole); i-- > 0;)
    {
      pc_diagram_rows_toggle (model, i / 2);
      check_heard (G_LIST_MODEL (model), heard);
      pc_diagram_rows_toggle (model, i / 2);
      pc_diagram_rows_set_current (model, i);
      check_heard (G_LIST_MODEL (model), heard);
      g_assert_cmpuint (
          pc_diagram_rows_find_step (model, i), <, heard->len);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rows/file", test_file);
  g_test_add_func ("/rows/conns", test_conns);
  g_test_add_func ("/rows/trouble", test_trouble);
  g_test_add_func ("/rows/ports", test_ports);
  g_test_add_func ("/rows/spans", test_spans);
  g_test_add_func ("/rows/overtaken", test_overtaken);
  g_test_add_func ("/rows/overtaken-live", test_overtaken_live);
  g_test_add_func ("/rows/grows", test_grows);
  g_test_add_func ("/rows/reflow", test_reflow);
  g_test_add_func ("/rows/find", test_find);
  g_test_add_func ("/rows/folding", test_folding);
  g_test_add_func ("/rows/filter", test_filter);
  g_test_add_func ("/rows/filter-any", test_filter_any);
  g_test_add_func ("/rows/folding-grows", test_folding_grows);
  return g_test_run ();
}
