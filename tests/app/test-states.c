/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Graphs of states: the layout of every table there is, at many widths. */

#include "app/state-layout.h"

#include "proto/registry.h"

#include <math.h>
#include <string.h>

typedef struct
{
  const char          *name;
  const char *const   *states;
  const PcStateChange *changes;
} Table;

static guint
get_tables (Table tables[2 * PC_N_PROTOCOLS])
{
  guint n = 0;

  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *it = pc_registry_get (i);

    tables[n++] = (Table){ it->id, it->server_states, it->server_changes };
    if (it->client_states != it->server_states)
      tables[n++] = (Table){ it->id, it->client_states, it->client_changes };
  }
  return n;
}

static PcStateLayout *
make (const Table *table,
      double       width,
      gboolean     rtl,
      double      *height)
{
  guint n = g_strv_length ((char **) table->states);
  PcStateLayout *layout = pc_state_layout_new (table->changes, n);
  double heights[32];

  /* Some names take two lines. */
  for (guint i = 0; i < n; i++)
    heights[i] = i % 3 == 2 ? 44 : 28;
  *height = pc_state_layout_place (layout, width, heights, rtl);
  return layout;
}

static gboolean
crosses (const graphene_rect_t *rect,
         graphene_point_t       a,
         graphene_point_t       b)
{
  /* All lines but those between layers are level or upright. */
  graphene_rect_t line = GRAPHENE_RECT_INIT (
      MIN (a.x, b.x), MIN (a.y, b.y), MAX (fabsf (a.x - b.x), 0.1f),
      MAX (fabsf (a.y - b.y), 0.1f));
  graphene_rect_t inner = *rect;

  graphene_rect_inset (&inner, 0.5f, 0.5f);
  return graphene_rect_intersection (&line, &inner, NULL);
}

static gboolean
touches (const graphene_rect_t *rect,
         graphene_point_t       point)
{
  graphene_rect_t outer = *rect, inner = *rect;

  graphene_rect_inset (&outer, -0.6f, -0.6f);
  graphene_rect_inset (&inner, 0.6f, 0.6f);
  return graphene_rect_contains_point (&outer, &point) &&
         !graphene_rect_contains_point (&inner, &point);
}

static void
check_edge (const PcStateLayout *layout,
            guint                index,
            double               width,
            double               height)
{
  const PcStateEdge *edge = pc_state_layout_get_edge (layout, index);
  graphene_rect_t from = pc_state_layout_get_rect (layout, edge->from);
  graphene_rect_t to = pc_state_layout_get_rect (layout, edge->to);
  graphene_point_t points[PC_STATE_MAX_POINTS];
  guint n = pc_state_layout_get_path (layout, index, points);

  g_test_message ("%u to %u, width %g", edge->from, edge->to, width);
  g_assert_cmpuint (n, >=, 2);
  g_assert_true (touches (&from, points[0]));
  g_assert_true (touches (&to, points[n - 1]));
  for (guint i = 0; i < n; i++) {
    g_assert_cmpfloat (points[i].x, >=, 0);
    g_assert_cmpfloat (points[i].x, <=, width);
    g_assert_cmpfloat (points[i].y, >=, 0);
    g_assert_cmpfloat (points[i].y, <=, height);
  }
  for (guint i = 0; i + 1 < n; i++)
    for (guint s = 0; s < pc_state_layout_get_n_states (layout); s++) {
      graphene_rect_t rect = pc_state_layout_get_rect (layout, s);

      g_assert_false (crosses (&rect, points[i], points[i + 1]));
    }
}

static void
check_states (const PcStateLayout *layout,
              double               width,
              double               height)
{
  guint n = pc_state_layout_get_n_states (layout);
  graphene_rect_t all =
      GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);

  for (guint i = 0; i < n; i++) {
    graphene_rect_t rect = pc_state_layout_get_rect (layout, i);

    g_assert_true (graphene_rect_contains_rect (&all, &rect));
    g_assert_cmpfloat (rect.size.width, >=, 60);
    for (guint j = 0; j < i; j++) {
      graphene_rect_t other = pc_state_layout_get_rect (layout, j);

      g_assert_false (graphene_rect_intersection (&rect, &other, NULL));
    }
  }
}

static void
test_layout (void)
{
  Table tables[2 * PC_N_PROTOCOLS];
  guint n = get_tables (tables);

  g_assert_cmpuint (n, ==, 5);
  for (guint t = 0; t < n; t++)
    for (double width = 220; width < 900; width *= 1.3)
      for (guint rtl = 0; rtl < 2; rtl++) {
        double height;
        g_autoptr (PcStateLayout) layout =
            make (&tables[t], width, rtl, &height);

        g_test_message ("%s", tables[t].name);
        g_assert_cmpfloat (pc_state_layout_get_minimum (layout, 60), <=,
                           width);
        check_states (layout, width, height);
        for (guint i = 0; i < pc_state_layout_get_n_edges (layout); i++)
          check_edge (layout, i, width, height);
      }
}

/* Every change of the table is an edge, and no other; twice the same. */
static void
test_edges (void)
{
  Table tables[2 * PC_N_PROTOCOLS];
  guint n = get_tables (tables);

  for (guint t = 0; t < n; t++) {
    double height, again;
    g_autoptr (PcStateLayout) one = make (&tables[t], 300, FALSE, &height);
    g_autoptr (PcStateLayout) two = make (&tables[t], 300, FALSE, &again);
    guint n_states = pc_state_layout_get_n_states (one);

    g_assert_cmpfloat (height, ==, again);
    for (guint from = 0; from < n_states; from++)
      for (guint to = 0; to < n_states; to++) {
        gboolean there = FALSE;

        for (guint i = 0; tables[t].changes[i].to != 0; i++)
          there |= from != to && tables[t].changes[i].from & (1u << from) &&
                   tables[t].changes[i].to & (1u << to);
        g_assert_cmpint (pc_state_layout_find_edge (one, from, to) >= 0, ==,
                         there);
        g_assert_cmpint (pc_state_layout_find_edge (one, from, to), ==,
                         pc_state_layout_find_edge (two, from, to));
      }
  }
}

/* IMAP: one below the other, as in the RFC's own picture. */
static void
test_imap (void)
{
  const PcProtocol *imap = pc_registry_find ("imap");
  g_autoptr (PcStateLayout) layout =
      pc_state_layout_new (imap->server_changes, 5);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (pc_state_layout_get_layer (layout, i), ==, i);
  g_assert_cmpint (
      pc_state_layout_get_edge (
          layout, (guint) pc_state_layout_find_edge (layout, 3, 2))
          ->kind,
      ==, PC_STATE_EDGE_BACK);
  g_assert_cmpint (
      pc_state_layout_get_edge (
          layout, (guint) pc_state_layout_find_edge (layout, 1, 4))
          ->kind,
      ==, PC_STATE_EDGE_SKIP);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app/states/layout", test_layout);
  g_test_add_func ("/app/states/edges", test_edges);
  g_test_add_func ("/app/states/imap", test_imap);
  return g_test_run ();
}
