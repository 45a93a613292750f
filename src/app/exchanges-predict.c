/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins the card that asks what comes next with the rest of the page: diagram,
 * scrubber and inspector hide what is to come, the head shows the score. */

#include "app/exchanges-page-private.h"

static void
score_cb (PcExchangesPage *self)
{
  pc_stage_head_set_score (self->head,
                           pc_predict_card_get_score (self->predict));
}

void
pc_exchanges_page_update_predict (PcExchangesPage *self)
{
  gboolean active = pc_predict_card_get_active (self->predict);

  if (self->diagram != NULL)
    pc_diagram_set_hide_future (self->diagram, active);
  pc_inspector_set_hide_future (self->inspector, active);
  pc_transport_set_hide_future (self->transport, active);
}

void
pc_exchanges_page_init_predict (PcExchangesPage *self)
{
  g_signal_connect_swapped (self->predict, "notify::score",
                            G_CALLBACK (score_cb), self);
  g_signal_connect_swapped (self->predict, "notify::active",
                            G_CALLBACK (pc_exchanges_page_update_predict),
                            self);
  pc_predict_card_set_player (self->predict, self->player);
}

void
pc_exchanges_page_bind_settings (PcExchangesPage *self,
                                 GSettings       *settings)
{
  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_settings_bind (settings, "predict", self->predict, "active",
                   G_SETTINGS_BIND_DEFAULT);
}
