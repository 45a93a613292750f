/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lays out a graph of states.  The tables list states in the order in which a
 * good conversation comes to them, so that a line to an earlier one leads back.
 * Not for graphs in general: lines between inner states of crowded layers
 * would cross. */

#include "app/state-layout.h"

#include <string.h>

#define MAX_STATES 32
#define LANE 9.0     /* from one lane to the next, pixels */
#define ROOM 24.0    /* between layers: arrow heads and lines to lanes */
#define BESIDE 26.0  /* between neighbours */
#define MARGIN 3.0

typedef struct
{
  guint           layer;
  guint           column;
  graphene_rect_t rect;
} Place;

struct _PcStateLayout
{
  guint   n_states;
  guint   n_layers;
  guint   n_columns[MAX_STATES]; /* by layer */
  guint   n_lanes[2];            /* start, end */
  Place   places[MAX_STATES];
  GArray *edges;                 /* PcStateEdge */
  double  width;
  gboolean rtl;
};

static gboolean
leads (const PcStateChange *changes,
       guint                from,
       guint                to)
{
  for (guint i = 0; changes[i].to != 0; i++)
    if (changes[i].from & (1u << from) && changes[i].to & (1u << to))
      return from != to;
  return FALSE;
}

/* The longest way on from the first state. */
static void
find_layers (PcStateLayout       *self,
             const PcStateChange *changes)
{
  for (guint to = 0; to < self->n_states; to++) {
    Place *place = &self->places[to];

    for (guint from = 0; from < to; from++)
      if (leads (changes, from, to))
        place->layer = MAX (place->layer, self->places[from].layer + 1);
    place->column = self->n_columns[place->layer]++;
    self->n_layers = MAX (self->n_layers, place->layer + 1);
  }
}

static PcStateEdgeKind
get_kind (const PcStateLayout *self,
          guint                from,
          guint                to)
{
  const Place *a = &self->places[from];
  const Place *b = &self->places[to];

  if (b->layer == a->layer + 1)
    return PC_STATE_EDGE_NEXT;
  if (b->layer > a->layer)
    return PC_STATE_EDGE_SKIP;
  if (b->layer == a->layer &&
      (b->column + 1 == a->column || a->column + 1 == b->column))
    return PC_STATE_EDGE_BESIDE;
  return PC_STATE_EDGE_BACK;
}

static void
add_edges (PcStateLayout       *self,
           const PcStateChange *changes)
{
  for (guint from = 0; from < self->n_states; from++)
    for (guint to = 0; to < self->n_states; to++)
      if (leads (changes, from, to)) {
        PcStateEdge edge = { from, to, get_kind (self, from, to), 0 };

        g_array_append_val (self->edges, edge);
      }
}

/* How many layers the lane of @kind to @to goes past; 0: there is none. */
static guint
get_span (const PcStateLayout *self,
          PcStateEdgeKind      kind,
          guint                to)
{
  guint span = 0;

  for (guint i = 0; i < self->edges->len; i++) {
    const PcStateEdge *edge = pc_state_layout_get_edge (self, i);
    int layers = (int) self->places[edge->from].layer -
                 (int) self->places[to].layer;

    if (edge->kind == kind && edge->to == to)
      span = MAX (span, (guint) ABS (layers) + 1);
  }
  return span;
}

static void
set_lane (PcStateLayout  *self,
          PcStateEdgeKind kind,
          guint           to,
          guint           lane)
{
  for (guint i = 0; i < self->edges->len; i++) {
    PcStateEdge *edge = &g_array_index (self->edges, PcStateEdge, i);

    if (edge->kind == kind && edge->to == to)
      edge->lane = lane;
  }
}

/* Short ones next to the states, long ones around them. */
static void
find_lanes (PcStateLayout  *self,
            PcStateEdgeKind kind)
{
  guint *n = &self->n_lanes[kind == PC_STATE_EDGE_SKIP];

  for (guint span = 1; span <= self->n_layers; span++)
    for (guint to = 0; to < self->n_states; to++)
      if (get_span (self, kind, to) == span)
        set_lane (self, kind, to, (*n)++);
}

/* -- where they go -------------------------------------------------------- */

/* The room that lanes take on one side. */
static double
get_side (const PcStateLayout *self,
          guint                side)
{
  return MARGIN + (self->n_lanes[side] > 0
                       ? (self->n_lanes[side] + 0.5) * LANE
                       : 0);
}

double
pc_state_layout_get_width (const PcStateLayout *self,
                           guint                state,
                           double               width)
{
  guint n;

  g_return_val_if_fail (self != NULL && state < self->n_states, 0);

  n = self->n_columns[self->places[state].layer];
  return (width - get_side (self, 0) - get_side (self, 1) -
          (n - 1) * BESIDE) / n;
}

double
pc_state_layout_get_minimum (const PcStateLayout *self,
                             double               state_width)
{
  double most = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; i < self->n_layers; i++)
    most = MAX (most, self->n_columns[i] * state_width +
                          (self->n_columns[i] - 1) * BESIDE);
  return most + get_side (self, 0) + get_side (self, 1);
}

double
pc_state_layout_place (PcStateLayout *self,
                       double         width,
                       const double  *heights,
                       gboolean       rtl)
{
  double y = MARGIN;

  g_return_val_if_fail (self != NULL && heights != NULL, 0);

  self->width = width;
  self->rtl = rtl;
  for (guint layer = 0; layer < self->n_layers; layer++) {
    double height = 0;

    for (guint i = 0; i < self->n_states; i++)
      if (self->places[i].layer == layer)
        height = MAX (height, heights[i]);
    for (guint i = 0; i < self->n_states; i++) {
      Place *place = &self->places[i];
      double w = pc_state_layout_get_width (self, i, width);

      if (place->layer == layer)
        place->rect = GRAPHENE_RECT_INIT (
            (float) (get_side (self, 0) + place->column * (w + BESIDE)),
            (float) y, (float) w, (float) height);
    }
    y += height + ROOM;
  }
  return y - ROOM + MARGIN;
}

static void
add_point (graphene_point_t *points,
           guint            *n,
           double            x,
           double            y)
{
  g_assert (*n < PC_STATE_MAX_POINTS);
  graphene_point_init (&points[(*n)++], (float) x, (float) y);
}

static double
get_lane_x (const PcStateLayout *self,
            const PcStateEdge   *edge)
{
  guint  side = edge->kind == PC_STATE_EDGE_SKIP;
  double x = get_side (self, side) - (edge->lane + 1) * LANE;

  return side == 0 ? x : self->width - x;
}

/* No other state lies between it and the lanes. */
static gboolean
is_outer (const PcStateLayout *self,
          const PcStateEdge   *edge,
          guint                state)
{
  const Place *place = &self->places[state];

  return edge->kind == PC_STATE_EDGE_SKIP
             ? place->column + 1 == self->n_columns[place->layer]
             : place->column == 0;
}

/* Lines that meet a state at the same side come at heights of their own:
 * lanes lead in at the middle, and out below it. */
static double
get_port_y (const PcStateLayout *self,
            const PcStateEdge   *edge,
            gboolean             in)
{
  const graphene_rect_t *rect =
      &self->places[in ? edge->to : edge->from].rect;
  guint  n = self->n_lanes[edge->kind == PC_STATE_EDGE_SKIP];
  double part = in ? 0.25 : 0.5 + 0.4 * (edge->lane + 0.5) / n;

  return rect->origin.y + rect->size.height * part;
}

static guint
get_lane_path (const PcStateLayout *self,
               const PcStateEdge   *edge,
               graphene_point_t    *points)
{
  const graphene_rect_t *a = &self->places[edge->from].rect;
  const graphene_rect_t *b = &self->places[edge->to].rect;
  gboolean end = edge->kind == PC_STATE_EDGE_SKIP;
  double   lane = get_lane_x (self, edge);
  guint    n = 0;

  if (is_outer (self, edge, edge->from)) {
    double y = get_port_y (self, edge, FALSE);

    add_point (points, &n, a->origin.x + (end ? a->size.width : 0), y);
    add_point (points, &n, lane, y);
  } else {
    /* By the room below, past its neighbours. */
    double x = a->origin.x + a->size.width * (end ? 0.8 : 0.2);
    double y = a->origin.y + a->size.height + 4 + 3 * (edge->lane % 3);

    add_point (points, &n, x, a->origin.y + a->size.height);
    add_point (points, &n, x, y);
    add_point (points, &n, lane, y);
  }
  if (is_outer (self, edge, edge->to)) {
    double y = get_port_y (self, edge, TRUE);

    add_point (points, &n, lane, y);
    add_point (points, &n, b->origin.x + (end ? b->size.width : 0), y);
  } else {
    double x = b->origin.x + b->size.width * (end ? 0.8 : 0.2);
    double y = b->origin.y - 10;

    add_point (points, &n, lane, y);
    add_point (points, &n, x, y);
    add_point (points, &n, x, b->origin.y);
  }
  return n;
}

static guint
get_straight_path (const PcStateLayout *self,
                   const PcStateEdge   *edge,
                   graphene_point_t    *points)
{
  const graphene_rect_t *a = &self->places[edge->from].rect;
  const graphene_rect_t *b = &self->places[edge->to].rect;
  guint n = 0;

  if (edge->kind == PC_STATE_EDGE_NEXT) {
    add_point (points, &n, a->origin.x + a->size.width / 2,
               a->origin.y + a->size.height);
    add_point (points, &n, b->origin.x + b->size.width / 2, b->origin.y);
  } else {
    gboolean on = b->origin.x > a->origin.x;
    /* There and back are two lines. */
    double   y = a->origin.y + a->size.height * (on ? 0.35 : 0.65);

    add_point (points, &n, a->origin.x + (on ? a->size.width : 0), y);
    add_point (points, &n, b->origin.x + (on ? 0 : b->size.width), y);
  }
  return n;
}

/* -- life ----------------------------------------------------------------- */

PcStateLayout *
pc_state_layout_new (const PcStateChange *changes,
                     guint                n_states)
{
  PcStateLayout *self;

  g_return_val_if_fail (changes != NULL, NULL);
  g_return_val_if_fail (n_states > 0 && n_states <= MAX_STATES, NULL);

  self = g_new0 (PcStateLayout, 1);
  self->n_states = n_states;
  self->edges = g_array_new (FALSE, FALSE, sizeof (PcStateEdge));
  find_layers (self, changes);
  add_edges (self, changes);
  find_lanes (self, PC_STATE_EDGE_BACK);
  find_lanes (self, PC_STATE_EDGE_SKIP);
  return self;
}

void
pc_state_layout_free (PcStateLayout *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->edges, g_array_unref);
  g_free (self);
}

guint
pc_state_layout_get_n_states (const PcStateLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->n_states;
}

guint
pc_state_layout_get_layer (const PcStateLayout *self,
                           guint                state)
{
  g_return_val_if_fail (self != NULL && state < self->n_states, 0);

  return self->places[state].layer;
}

guint
pc_state_layout_get_n_edges (const PcStateLayout *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->edges->len;
}

const PcStateEdge *
pc_state_layout_get_edge (const PcStateLayout *self,
                          guint                index)
{
  g_return_val_if_fail (self != NULL && index < self->edges->len, NULL);

  return &g_array_index (self->edges, PcStateEdge, index);
}

int
pc_state_layout_find_edge (const PcStateLayout *self,
                           guint                from,
                           guint                to)
{
  g_return_val_if_fail (self != NULL, -1);

  for (guint i = 0; i < self->edges->len; i++) {
    const PcStateEdge *edge = pc_state_layout_get_edge (self, i);

    if (edge->from == from && edge->to == to)
      return (int) i;
  }
  return -1;
}

graphene_rect_t
pc_state_layout_get_rect (const PcStateLayout *self,
                          guint                state)
{
  graphene_rect_t rect;

  g_return_val_if_fail (self != NULL && state < self->n_states,
                        *graphene_rect_zero ());

  rect = self->places[state].rect;
  if (self->rtl)
    rect.origin.x = (float) self->width - rect.origin.x - rect.size.width;
  return rect;
}

guint
pc_state_layout_get_path (const PcStateLayout *self,
                          guint                index,
                          graphene_point_t    *points)
{
  const PcStateEdge *edge;
  guint n;

  g_return_val_if_fail (self != NULL && points != NULL, 0);
  g_return_val_if_fail (index < self->edges->len, 0);

  edge = pc_state_layout_get_edge (self, index);
  n = edge->kind == PC_STATE_EDGE_NEXT || edge->kind == PC_STATE_EDGE_BESIDE
          ? get_straight_path (self, edge, points)
          : get_lane_path (self, edge, points);
  for (guint i = 0; i < n && self->rtl; i++)
    points[i].x = (float) self->width - points[i].x;
  return n;
}
