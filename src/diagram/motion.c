/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a row looks at a position of the player.
 *
 * The marker starts a little after the step is lit and arrives a little
 * before the next one, so the eye can read first and rest afterwards.  The
 * last frame of a step is exact: no marker, all of the arrow.
 */

#include "diagram/motion.h"

#include <math.h>

#define DIMMED 0.42
#define LEAVES 0.06  /* of the step's time */
#define ARRIVES 0.88
#define FOLLOWED 0.3 /* scrolling is over by then */

static double
ease (double t)
{
  t = CLAMP (t, 0, 1);
  return t * t * (3 - 2 * t);
}

static double
part (double t,
      double from,
      double to)
{
  return CLAMP ((t - from) / (to - from), 0, 1);
}

/* Back and forth, @legs times over the way, easing on each leg. */
static double
zigzag (double t,
        guint  legs)
{
  double at = t * legs;
  guint  leg = MIN ((guint) at, legs - 1);
  double x = ease (at - leg);

  return leg % 2 == 0 ? x : 1 - x;
}

static double
marker_travel (double t,
               PcWay  way)
{
  switch (way)
    {
    case PC_WAY_ACROSS:
    case PC_WAY_LOST: return ease (t);
    case PC_WAY_HANDSHAKE: return zigzag (t, 3);
    case PC_WAY_RETURN: return zigzag (t, 2);
    }

  g_return_val_if_reached (1);
}

PcMotion
pc_motion_at (double position,
              guint  index,
              PcWay  way,
              double wait)
{
  PcMotion motion = { .travel = 1 };
  double   t;

  motion.progress = part (position - index, wait, 1);
  if (position <= index + wait)
    {
      motion.emphasis = PC_EMPHASIS_AHEAD;
      motion.progress = 0;
      return motion;
    }
  motion.emphasis = position - index <= 1 ? PC_EMPHASIS_LIT
                                          : PC_EMPHASIS_DONE;
  if (motion.progress >= 1)
    return motion;

  t = part (motion.progress, LEAVES, ARRIVES);
  motion.travel = marker_travel (t, way);
  motion.marker_alpha = 1 - part (motion.progress, ARRIVES, 1);
  if (way == PC_WAY_LOST)
    motion.marker_alpha = 1 - part (t, 0.75, 1);
  return motion;
}

PcMotion
pc_motion_wait (double position,
                guint  index,
                double wait)
{
  double   over = position - index;
  PcMotion motion = { .travel = 1 };

  motion.progress = wait > 0 ? part (over, 0, wait) : over > 0;
  motion.emphasis = over <= 0      ? PC_EMPHASIS_AHEAD
                    : over <= wait ? PC_EMPHASIS_LIT
                                   : PC_EMPHASIS_DONE;
  return motion;
}

PcMotion
pc_motion_span (double position,
                guint  first,
                guint  last,
                double wait)
{
  double   begin = first + wait + (1 - wait) * LEAVES;
  double   end = last + ARRIVES;
  PcMotion motion = { .travel = part (position, begin, end) };

  motion.progress = part (position, first + wait, last + 1.0);
  motion.emphasis = position <= first + wait ? PC_EMPHASIS_AHEAD
                    : position < last + 1.0  ? PC_EMPHASIS_LIT
                                             : PC_EMPHASIS_DONE;
  if (motion.emphasis == PC_EMPHASIS_LIT)
    motion.marker_alpha = 1 - part (position, end, last + 1.0);
  return motion;
}

double
pc_motion_alpha (double position,
                 double begin)
{
  return position > begin ? 1 : DIMMED;
}

double
pc_motion_result_alpha (double position,
                        guint  index,
                        double wait)
{
  double progress = part (position - index, wait, 1);

  return DIMMED + (1 - DIMMED) * ease (part (progress, ARRIVES, 1));
}

double
pc_motion_follow (double position)
{
  double whole = ceil (position);
  double progress = position - (whole - 1);

  return position <= 0 ? 0 : ease (part (progress, 0, FOLLOWED));
}
