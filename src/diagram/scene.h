/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/layout.h"
#include "diagram/palette.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* What all parts of one diagram share: the style, the layout at the present
 * width, and the moment that is shown.  Counted, since a row may outlive its
 * diagram by a frame. */
typedef struct
{
  PcTimeline *timeline; /* or NULL */
  double      position; /* of the player */
  gboolean    secrets;   /* passwords are shown */
  gboolean    hides;     /* what is still to come is not shown */
  gboolean    spotlight; /* all but the current step is dimmed */
  double      gutter;   /* width of step numbers, with the sign */
  double      sign;     /* width of the sign of groups; 0: there is none */
  gboolean    folding;  /* there may be */
  int         digit;    /* width of a digit */
  int         scale;    /* device pixels per CSS pixel */
  PcMetrics   metrics;
  PcLayout    layout;
  PcPalette   palette;
  GHashTable *heads;    /* see paint.h */
} PcScene;

PcScene *pc_scene_new (void);
PcScene *pc_scene_ref (PcScene *self);
void     pc_scene_unref (PcScene *self);

/* Keeps a reference. */
void     pc_scene_set_timeline (PcScene    *self,
                                PcTimeline *timeline);
/* Reads fonts and colours of @widget. */
void     pc_scene_set_style (PcScene   *self,
                             GtkWidget *widget);
/* The fonts of @context on paper: light, and no device's pixels. */
void     pc_scene_set_paper_style (PcScene      *self,
                                   PangoContext *context);
/* Lays out anew when anything it depends on is different. */
void     pc_scene_set_width (PcScene *self,
                             double   width);
/* The name of the actor at @index, or "". */
const char *pc_scene_get_actor_name (PcScene *self,
                                     guint    index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcScene, pc_scene_unref)

G_END_DECLS
