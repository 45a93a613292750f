/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The same exchange under another security.  The variant is only shown: what
 * is chosen, remembered and compared is the scenario as it is written. */

#include "app/exchanges-page-private.h"
#include "app/security-switch.h"

/* The step that is shown, by name or number, is shown again where it is. */
static void
keep_place (PcExchangesPage *self)
{
  PcTimeline *timeline = pc_player_get_timeline (self->player);
  guint current = pc_player_get_current (self->player);
  PcStep *step = NULL;

  if (timeline != NULL && current < pc_timeline_get_n_steps (timeline))
    step = pc_timeline_get_step (timeline, current);
  g_clear_pointer (&self->mark, g_free);
  if (step == NULL)
    return;
  self->mark = g_strdup (pc_step_get_mark (step));
  self->keep = pc_step_get_number (step);
}

static void
set_state (PcExchangesPage *self)
{
  PcScenario *scenario = pc_exchanges_page_get_scenario (self);
  PcVariant variant = scenario != NULL ? pc_scenario_get_variant (scenario)
                                       : PC_N_VARIANTS;

  g_simple_action_set_state (
      pc_exchanges_page_get_action (self, "security"),
      g_variant_new_string (pc_variant_to_word (variant)));
}

static void
security_cb (GSimpleAction *action,
             GVariant      *state,
             gpointer       data)
{
  PcExchangesPage *self = data;
  PcScenario *copy;
  PcVariant variant;

  if (self->scenario == NULL ||
      !pc_variant_from_word (g_variant_get_string (state, NULL), &variant) ||
      variant == pc_scenario_get_variant (
                     pc_exchanges_page_get_scenario (self)) ||
      pc_scenario_check_variant (self->scenario, variant) != NULL)
    return;
  copy = pc_scenario_new_variant (self->scenario, variant);
  g_clear_pointer (&self->variant, pc_scenario_unref);
  if (copy == self->scenario)
    pc_scenario_unref (copy);
  else
    self->variant = copy;
  set_state (self);
  keep_place (self);
  pc_exchanges_page_run (self);
}

void
pc_exchanges_page_init_security (PcExchangesPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "security",
      .parameter_type = "s",
      .state = "''",
      .change_state = security_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}

void
pc_exchanges_page_reset_security (PcExchangesPage *self)
{
  g_clear_pointer (&self->variant, pc_scenario_unref);
  set_state (self);
}
