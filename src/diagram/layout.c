/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where lifelines, arrows and texts stand.
 *
 * Wide: cards stand over their lifelines, the outer cards at the edges.
 * Narrow: the lifelines move out to the edges, since the room between them is
 * what the protocol's text needs; the cards stay where there is room.
 * Very wide: all of it in the middle, since nobody follows an arrow that is a
 * metre long.
 */

#include "diagram/layout.h"

#include <math.h>

#define MARGIN 8.0        /* at the right edge, and around numbers */
#define CARD_GAP 8.0
#define INSET_MIN 14.0    /* of an outer lifeline in a narrow row */
#define NARROW 320.0
#define WIDE 640.0
#define APART 5.0         /* cards' widths between two lifelines, at most */
#define CLEARANCE 7.0     /* between lifeline and arrow */
#define TEXT_CLEARANCE 10.0
#define PAIR_GAP 4.0
#define LOST_PART 0.6     /* of the way that a lost datagram goes */
#define PEN_LINE 18.0     /* strokes grow with text that is larger than this */

void
pc_metrics_init (PcMetrics *self,
                 int        line)
{
  line = MAX (line, 8);
  self->line = line;
  self->row = (int) round (line * 2.8);
  self->text_y = (int) round (line * 0.12);
  self->arrow_y = (int) round (line * 1.65);
  self->pill = (int) round (line * 1.45);
  self->marker = (int) round (line * 0.42);
  self->pen = line > 1.3 * PEN_LINE ? line / PEN_LINE : 1;
}

/* Each card over its lifeline, or as near as its neighbours and the edges
 * let it. */
static void
place_cards (PcLayout *self)
{
  double step = self->card_width + CARD_GAP;
  double limit = MIN (self->right, self->width - MARGIN) - self->card_width;
  double low = MAX (self->width - self->right, MARGIN);

  for (guint i = 0; i < self->n_actors; i++)
    {
      self->card[i] = MAX (round (self->x[i] - self->card_width / 2), low);
      low = self->card[i] + step;
    }
  for (guint i = self->n_actors; i-- > 0;)
    {
      self->card[i] = MIN (self->card[i], limit);
      limit = self->card[i] - step;
    }
}

void
pc_layout_init (PcLayout *self,
                double    width,
                guint     n_actors,
                double    gutter,
                double    card_width)
{
  double room;
  double share;
  double inset;
  double spare;
  guint  n = MIN (n_actors, PC_LAYOUT_ACTORS);

  self->width = width;
  self->gutter = gutter + MARGIN;
  self->left = self->gutter + MARGIN;
  self->right = MAX (width - MARGIN, self->left + 1);
  self->n_actors = n;
  if (n == 0)
    return;

  /* How far from narrow (0) to wide (1). */
  share = CLAMP ((width - NARROW) / (WIDE - NARROW), 0, 1);
  self->card_width = MIN (card_width, (width - MARGIN * 2 -
                                       CARD_GAP * (n - 1)) / n);
  self->card_width = MAX (floor (self->card_width), 1);
  inset = INSET_MIN + share * MAX (self->card_width / 2 - INSET_MIN, 0);
  room = self->right - self->left - 2 * inset;
  spare = floor ((room - APART * self->card_width * MAX (n - 1, 1)) / 2);
  if (spare > 0)
    {
      self->gutter += spare;
      self->left += spare;
      self->right -= spare;
      room -= 2 * spare;
    }
  for (guint i = 0; i < n; i++)
    self->x[i] = round (n == 1 ? (self->left + self->right) / 2
                               : self->left + inset + room * i / (n - 1));
  place_cards (self);
}

double
pc_layout_get_x (const PcLayout *self,
                 guint           index)
{
  if (self->n_actors == 0)
    return self->width / 2;
  return self->x[MIN (index, self->n_actors - 1)];
}

double
pc_layout_place (const PcLayout *self,
                 double          x,
                 double          width)
{
  double left = MIN (x - width / 2, self->right - width);

  return round (MAX (left, self->left));
}

double
pc_layout_place_beside (const PcLayout *self,
                        double          x,
                        double          gap,
                        double          middle,
                        double          width)
{
  double   before = x - gap - self->left;
  double   after = self->right - x - gap;
  gboolean left = x > middle;

  if ((left ? before : after) < width)
    left = before > after;
  return round (left ? x - gap - width : x + gap);
}

double
pc_layout_beside_room (const PcLayout *self,
                       double          x,
                       double          gap)
{
  return MAX (MAX (x - gap - self->left, self->right - x - gap), 1);
}

void
pc_layout_place_pair (const PcLayout *self,
                      const double    x[2],
                      const double    width[2],
                      double          left[2])
{
  guint  a = x[0] <= x[1] ? 0 : 1; /* stands left */
  guint  b = 1 - a;
  double overlap;

  for (guint i = 0; i < 2; i++)
    left[i] = pc_layout_place (self, x[i], width[i]);

  overlap = left[a] + width[a] + PAIR_GAP - left[b];
  if (overlap <= 0)
    return;

  left[a] = MAX (left[a] - floor (overlap / 2), self->left);
  left[b] = left[a] + width[a] + PAIR_GAP;
  if (left[b] + width[b] > self->right)
    {
      left[b] = self->right - width[b];
      left[a] = MAX (left[b] - PAIR_GAP - width[a], self->left);
    }
}

PcArrow
pc_layout_arrow (const PcLayout *self,
                 guint           from,
                 guint           to,
                 gboolean        lost)
{
  double  a = pc_layout_get_x (self, from);
  double  b = pc_layout_get_x (self, to);
  double  clearance = a <= b ? CLEARANCE : -CLEARANCE;
  PcArrow arrow = { .start = a + clearance, .whole = b - clearance };

  arrow.end = lost ? round (arrow.start +
                            (arrow.whole - arrow.start) * LOST_PART)
                   : arrow.whole;
  return arrow;
}

double
pc_layout_text_width (const PcLayout *self,
                      const PcArrow  *arrow,
                      double          natural,
                      double          readable)
{
  double room = fabs (arrow->whole - arrow->start) - 2 * TEXT_CLEARANCE;

  room = MAX (room, MIN (readable, self->right - self->left));
  return MAX (MIN (natural, room), 1);
}

/* The shares of the way at which @line is between @low and @high in one
 * direction.  FALSE when it never is. */
static gboolean
cross (double  at,
       double  length,
       double  low,
       double  high,
       double *from,
       double *to)
{
  double a;
  double b;

  if (length == 0)
    return at >= low && at <= high;

  a = (low - at) / length;
  b = (high - at) / length;
  *from = MAX (*from, MIN (a, b));
  *to = MIN (*to, MAX (a, b));
  return *from < *to;
}

static void
add_part (const PcLine *line,
          double        from,
          double        to,
          PcLine       *part)
{
  double width = line->x1 - line->x0;
  double height = line->y1 - line->y0;

  *part = (PcLine){ line->x0 + width * from, line->y0 + height * from,
                    line->x0 + width * to, line->y0 + height * to };
}

/* How much of the rest of a line a hole takes away. */
typedef struct
{
  double from;
  double to;
} Cut;

static guint
find_cuts (const PcLine *line,
           const PcHole *holes,
           guint         n,
           Cut           cuts[PC_LAYOUT_HOLES])
{
  guint n_cuts = 0;

  for (guint i = 0; i < n; i++)
    {
      Cut   cut = { 0, 1 };
      guint at = n_cuts;

      if (!cross (line->x0, line->x1 - line->x0, holes[i].left,
                  holes[i].right, &cut.from, &cut.to) ||
          !cross (line->y0, line->y1 - line->y0, holes[i].top,
                  holes[i].bottom, &cut.from, &cut.to))
        continue;
      for (; at > 0 && cuts[at - 1].from > cut.from; at--)
        cuts[at] = cuts[at - 1];
      cuts[at] = cut;
      n_cuts++;
    }

  return n_cuts;
}

guint
pc_layout_slice (const PcLine *line,
                 double        from,
                 double        to,
                 double        height,
                 const PcHole *holes,
                 guint         n,
                 PcLine        parts[PC_LAYOUT_HOLES + 1])
{
  Cut   cuts[PC_LAYOUT_HOLES];
  guint n_cuts = find_cuts (line, holes, MIN (n, PC_LAYOUT_HOLES), cuts);
  guint n_parts = 0;

  if (from >= to ||
      !cross (line->y0, line->y1 - line->y0, 0, height, &from, &to))
    return 0;

  for (guint i = 0; i < n_cuts; i++)
    {
      if (MIN (cuts[i].from, to) > from)
        add_part (line, from, MIN (cuts[i].from, to), &parts[n_parts++]);
      from = MAX (from, cuts[i].to);
    }
  if (to > from)
    add_part (line, from, to, &parts[n_parts++]);
  return n_parts;
}
