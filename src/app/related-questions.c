/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the banks ask about a step that is shown. */

#include "app/related-questions.h"

#define MAX_QUESTIONS 3

static void
add_question (GtkBox *box,
              PcBank *bank,
              PcItem *item)
{
  const char *language = g_get_language_names ()[0];
  const char *text = pc_item_get_title (item, language);
  GtkWidget *button, *label;

  if (text == NULL)
    text = pc_item_get_stem (item, language);
  label = gtk_label_new (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_widget_add_css_class (button, "question-link");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)",
                                    pc_bank_get_id (bank),
                                    pc_item_get_id (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.ask");
  gtk_box_append (box, button);
}

/* Those for this very step, and with the first step those for the whole. */
static gboolean
is_related (PcTimeline *timeline,
            PcStep     *step,
            PcItem     *item)
{
  const char *scenario = pc_item_get_scenario (item);
  const char *mark = pc_item_get_scenario_step (item);

  if (g_strcmp0 (scenario, pc_timeline_get_id (timeline)) != 0)
    return FALSE;
  if (mark == NULL)
    return pc_step_get_number (step) == 1;
  return g_strcmp0 (mark, pc_step_get_mark (step)) == 0;
}

guint
pc_related_questions_add (GtkBox     *box,
                          PcContent  *content,
                          PcTimeline *timeline,
                          PcStep     *step)
{
  GListModel *banks = content != NULL ? pc_content_get_banks (content) : NULL;
  guint n_banks = banks != NULL ? g_list_model_get_n_items (banks) : 0;
  guint found = 0;

  g_return_val_if_fail (GTK_IS_BOX (box), 0);
  g_return_val_if_fail (PC_IS_TIMELINE (timeline) && PC_IS_STEP (step), 0);

  for (guint i = 0; i < n_banks && found < MAX_QUESTIONS; i++) {
    g_autoptr (PcBank) bank = g_list_model_get_item (banks, i);
    guint n = pc_bank_get_n_items (bank);

    for (guint j = 0; j < n && found < MAX_QUESTIONS; j++) {
      PcItem *item = pc_bank_get_item (bank, j);

      if (pc_item_get_status (item) == PC_ITEM_STATUS_RETIRED ||
          !is_related (timeline, step, item))
        continue;
      add_question (box, bank, item);
      found++;
    }
  }
  return found;
}
