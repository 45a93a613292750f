/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* "What comes next?": a question about a step of a timeline, put before the
 * step is shown.  The answer is what really happened; the other options are
 * what the protocol allows there, from its own tables. */

typedef enum {
  PC_PREDICT_REPLY,   /* how does the server answer */
  PC_PREDICT_COMMAND, /* what does the client send */
  PC_PREDICT_STATE,   /* in which state is the server after its answer */
  PC_PREDICT_PACKET,  /* which datagram, from whom */
} PcPredictAsk;

#define PC_PREDICT_OPTIONS 4 /* at most; three at least */

/* This many steps at least from one question to the next. */
#define PC_PREDICT_SPACING 3

typedef struct
{
  char *word;    /* "250", "FETCH", "ACK 2", or a state, translated */
  char *meaning; /* a few words besides, translated; "" for none */
} PcPredictOption;

typedef struct
{
  guint           index;  /* of the step asked about */
  guint           number; /* that it has */
  PcPredictAsk    ask;
  char           *question; /* translated; passwords are dots */
  PcPredictOption options[PC_PREDICT_OPTIONS];
  guint           n_options;
  guint           right; /* index of the one right option */
} PcPrediction;

/* The question about step @index; NULL when there is none to be asked.  The
 * same @seed asks in the same words and order.  Transfer full. */
PcPrediction *pc_prediction_new (PcTimeline *timeline,
                                 guint       index,
                                 guint32     seed);
void          pc_prediction_free (PcPrediction *self);

/* The indices (guint) of the steps worth asking about, ascending and at least
 * PC_PREDICT_SPACING apart: those with an author's mark first, then others
 * whose like was not asked yet.  Transfer full. */
GArray       *pc_predict_plan (PcTimeline *timeline,
                               guint32     seed);

/* The word of the question banks: "next-reply" … */
const char   *pc_predict_ask_to_string (PcPredictAsk ask);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPrediction, pc_prediction_free)

G_END_DECLS
