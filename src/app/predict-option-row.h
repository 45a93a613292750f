/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/predict.h"

G_BEGIN_DECLS

/* One option of a prediction, a button. */

#define PC_TYPE_PREDICT_OPTION_ROW (pc_predict_option_row_get_type ())
G_DECLARE_FINAL_TYPE (PcPredictOptionRow, pc_predict_option_row, PC,
                      PREDICT_OPTION_ROW, GtkButton)

/* @key: the digit that leads to it. @code: it is what the wire would carry. */
GtkWidget *pc_predict_option_row_new (const PcPredictOption *option,
                                      guint                  key,
                                      gboolean               code);
/* Shows that it is right or wrong, and whether it was chosen. */
void       pc_predict_option_row_judge (PcPredictOptionRow *self,
                                        gboolean            right,
                                        gboolean            chosen);

G_END_DECLS
