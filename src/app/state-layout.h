/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <graphene.h>

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* Where the states of one end are drawn, and how lines go between them: a pure
 * function of the protocol's table, the width and how high the states are.
 *
 * Layers lie below each other, a state below all that lead on to it.  A line
 * to the next layer is straight; all that skip layers, or lead back, to one
 * state share a lane beside the states: at the end side down, at the start
 * side up. */

typedef struct _PcStateLayout PcStateLayout;

typedef enum {
  PC_STATE_EDGE_NEXT,   /* straight into the next layer */
  PC_STATE_EDGE_BESIDE, /* straight to the neighbour */
  PC_STATE_EDGE_BACK,   /* by a lane at the start side */
  PC_STATE_EDGE_SKIP,   /* by a lane at the end side */
} PcStateEdgeKind;

typedef struct
{
  guint           from;
  guint           to;
  PcStateEdgeKind kind;
  guint           lane; /* of BACK and SKIP; 0 is next to the states */
} PcStateEdge;

/* As many points as a line can have. */
#define PC_STATE_MAX_POINTS 8

/* @changes of an end that has @n_states; at most 32. */
PcStateLayout     *pc_state_layout_new (const PcStateChange *changes,
                                        guint                n_states);
void               pc_state_layout_free (PcStateLayout *self);
guint              pc_state_layout_get_n_states (const PcStateLayout *self);
/* 0 is on top. */
guint              pc_state_layout_get_layer (const PcStateLayout *self,
                                              guint                state);
guint              pc_state_layout_get_n_edges (const PcStateLayout *self);
const PcStateEdge *pc_state_layout_get_edge (const PcStateLayout *self,
                                             guint                index);
/* The edge's index; -1 when there is none. */
int                pc_state_layout_find_edge (const PcStateLayout *self,
                                              guint                from,
                                              guint                to);
/* How wide @state may be in @width, pixels. */
double             pc_state_layout_get_width (const PcStateLayout *self,
                                              guint                state,
                                              double               width);
/* Least width that leaves each state @state_width. */
double             pc_state_layout_get_minimum (const PcStateLayout *self,
                                                double state_width);
/* @heights by state.  What is asked for below then holds until the next call.
 * Returns: the height of all, pixels. */
double             pc_state_layout_place (PcStateLayout *self,
                                          double         width,
                                          const double  *heights,
                                          gboolean       rtl);
graphene_rect_t    pc_state_layout_get_rect (const PcStateLayout *self,
                                             guint                state);
/* The corners of an edge's line; the last is at the border of its target.
 * Returns: how many. */
guint              pc_state_layout_get_path (const PcStateLayout *self,
                                             guint                index,
                                             graphene_point_t    *points);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcStateLayout, pc_state_layout_free)

G_END_DECLS
