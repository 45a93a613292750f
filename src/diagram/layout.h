/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where things stand: pure functions of a width, a font and a number of
 * actors.  All numbers are CSS pixels. */

#define PC_LAYOUT_ACTORS 8 /* lifelines told apart; more share the last one */

/* Heights, from the height of a line of text.  All rows are equally high, so
 * the place of each is known without asking it. */
typedef struct
{
  int line;    /* of the body font */
  int row;     /* of every row of the diagram */
  int text_y;  /* top of the text above an arrow */
  int arrow_y; /* of the arrow's shaft */
  int pill;    /* height of pills and capsules */
  int marker;  /* radius */
  double pen;  /* times the strokes of body text at its usual size */
} PcMetrics;

void   pc_metrics_init (PcMetrics *self,
                        int        line);

typedef struct
{
  double width;
  double gutter;     /* step numbers stand left of it */
  double left;       /* text stays between left and right */
  double right;
  double card_width; /* of an actor's header card */
  guint  n_actors;
  double x[PC_LAYOUT_ACTORS];    /* of the lifelines, rising */
  double card[PC_LAYOUT_ACTORS]; /* left edges of the cards */
} PcLayout;

/* @gutter: the width that step numbers need, without margins.  @card_width:
 * of the header cards where there is room. */
void   pc_layout_init (PcLayout *self,
                       double    width,
                       guint     n_actors,
                       double    gutter,
                       double    card_width);
/* The lifeline of actor @index; the last one past the end. */
double pc_layout_get_x (const PcLayout *self,
                        guint           index);
/* Left edge of a thing @width wide, centred at @x but kept inside. */
double pc_layout_place (const PcLayout *self,
                        double          x,
                        double          width);

/* Left edge of a thing @width wide that stands @gap beside @x: on the side of
 * @middle, or on the other one where there is more room for it. */
double pc_layout_place_beside (const PcLayout *self,
                               double          x,
                               double          gap,
                               double          middle,
                               double          width);
/* What there is room for on the better side. */
double pc_layout_beside_room (const PcLayout *self,
                              double          x,
                              double          gap);

/* The same for two things that must not overlap.  @x holds their centres,
 * @width their widths (together not more than there is room), @left takes
 * their left edges. */
void   pc_layout_place_pair (const PcLayout *self,
                             const double    x[2],
                             const double    width[2],
                             double          left[2]);

/* Two ends of an arrow from actor to actor, clear of the lifelines; a lost
 * one ends in mid-air. */
typedef struct
{
  double start;
  double end;
  double whole; /* where it would have ended */
} PcArrow;

PcArrow pc_layout_arrow (const PcLayout *self,
                         guint           from,
                         guint           to,
                         gboolean        lost);
/* A straight line, from the top down. */
typedef struct
{
  double x0, y0;
  double x1, y1;
} PcLine;

typedef struct
{
  double left, top;
  double right, bottom;
} PcHole;

#define PC_LAYOUT_HOLES 4

/* The parts of @line between the shares @from and @to of its way that lie in a
 * row @height high and outside of the @n holes (at most PC_LAYOUT_HOLES), which
 * are where texts stand.  Returns how many; never more than one more than
 * there are holes. */
guint   pc_layout_slice (const PcLine *line,
                         double        from,
                         double        to,
                         double        height,
                         const PcHole *holes,
                         guint         n,
                         PcLine        parts[PC_LAYOUT_HOLES + 1]);
/* What text above @arrow may take, at most @natural: the room between its
 * lifelines, or @readable and as much of the row where that is less. */
double  pc_layout_text_width (const PcLayout *self,
                              const PcArrow  *arrow,
                              double          natural,
                              double          readable);

G_END_DECLS
