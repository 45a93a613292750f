/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins the card that asks what comes next with the rest of the page.  While
 * predictions are on, the page tells nothing of what is to come: diagram,
 * scrubber, inspector and search end with what has been shown, how it failed
 * is told when it has, and what would carry the whole exchange away is
 * refused.  A comparison shows all and asks nothing; a presentation hides the
 * same, and asks nothing, since its class would not see the question. */

#include "app/exchanges-page-private.h"
#include "app/window.h"

#include <glib/gi18n-lib.h>

static void
score_cb (PcExchangesPage *self)
{
  pc_stage_head_set_score (self->head,
                           pc_predict_card_get_score (self->predict));
}

/* TRUE while there is something to come that nobody may be told. */
static gboolean
has_secret_future (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);

  return timeline != NULL && pc_exchanges_page_get_hide_future (self) &&
         pc_player_get_position (self->player) <
             pc_timeline_get_n_steps (timeline);
}

static void
position_cb (PcExchangesPage *self)
{
  pc_stage_head_set_hide_outcome (self->head, has_secret_future (self));
}

void
pc_exchanges_page_update_predict (PcExchangesPage *self)
{
  gboolean hide = pc_exchanges_page_get_hide_future (self);
  GSimpleAction *action = pc_exchanges_page_get_action (self, "predict");

  g_simple_action_set_state (
      action, g_variant_new_boolean (
                  pc_predict_card_get_active (self->predict)));
  g_simple_action_set_enabled (action, self->comparison == NULL);
  pc_predict_card_set_paused (self->predict, self->comparison != NULL ||
                                                 self->presenting);
  if (self->diagram != NULL)
    pc_diagram_set_hide_future (self->diagram, hide);
  if (self->find != NULL)
    pc_find_bar_set_hide_future (self->find, hide);
  pc_inspector_set_hide_future (self->inspector, hide);
  pc_transport_set_hide_future (self->transport, hide);
  position_cb (self);
}

gboolean
pc_exchanges_page_get_hide_future (PcExchangesPage *self)
{
  g_return_val_if_fail (PC_IS_EXCHANGES_PAGE (self), FALSE);

  return self->comparison == NULL &&
         pc_predict_card_get_active (self->predict);
}

gboolean
pc_exchanges_page_refuse_to_tell (PcExchangesPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (!has_secret_future (self))
    return FALSE;
  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root),
                     _ ("This would tell what comes next. Play to the end, "
                        "or switch predictions off."));
  return TRUE;
}

void
pc_exchanges_page_set_presenting (PcExchangesPage *self,
                                  gboolean         presenting)
{
  g_return_if_fail (PC_IS_EXCHANGES_PAGE (self));

  self->presenting = presenting;
  if (self->player != NULL)
    pc_exchanges_page_update_predict (self);
}

static void
predict_cb (GSimpleAction *action,
            GVariant      *state,
            gpointer       data)
{
  PcExchangesPage *self = data;

  g_object_set (self->predict, "active", g_variant_get_boolean (state), NULL);
}

void
pc_exchanges_page_init_predict (PcExchangesPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "predict", .state = "false", .change_state = predict_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  g_signal_connect_swapped (self->predict, "notify::score",
                            G_CALLBACK (score_cb), self);
  g_signal_connect_swapped (self->predict, "notify::active",
                            G_CALLBACK (pc_exchanges_page_update_predict),
                            self);
  g_signal_connect_swapped (self->player, "notify::position",
                            G_CALLBACK (position_cb), self);
  g_signal_connect_swapped (self->player, "notify::timeline",
                            G_CALLBACK (position_cb), self);
  pc_predict_card_set_player (self->predict, self->player);
}
