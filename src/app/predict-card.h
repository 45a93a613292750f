/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/player.h"

G_BEGIN_DECLS

/* The card that asks what comes next, and what it needs to know: it pauses the
 * player before the steps of quiz/predict's plan, while it is active.  To play
 * on, to step or to seek puts a question away uncounted. */

#define PC_TYPE_PREDICT_CARD (pc_predict_card_get_type ())
G_DECLARE_FINAL_TYPE (PcPredictCard, pc_predict_card, PC, PREDICT_CARD,
                      GtkWidget)

/* What the card is about. */
typedef enum {
  PC_PREDICT_IDLE,
  PC_PREDICT_ASKING,
  PC_PREDICT_ANSWERED,
  PC_PREDICT_SUMMARY,
} PcPredictStage;

/* Properties "active" (boolean): whether anything is asked; "score" (string):
 * "3 of 4 predicted", or NULL while there is none.  Once. */
void           pc_predict_card_set_player (PcPredictCard *self,
                                           PcPlayer      *player);
/* While paused nothing is asked, although it is active. */
void           pc_predict_card_set_paused (PcPredictCard *self,
                                           gboolean       paused);
gboolean       pc_predict_card_get_active (PcPredictCard *self);
const char    *pc_predict_card_get_score (PcPredictCard *self);
PcPredictStage pc_predict_card_get_stage (PcPredictCard *self);
/* A digit leads to an option.  TRUE when @key did something. */
gboolean       pc_predict_card_take_key (PcPredictCard *self,
                                         guint          key);

G_END_DECLS
