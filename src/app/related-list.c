/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A few questions only: a way on, not a list of the bank. */

#include "app/related-list.h"

#include "app/explanation.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

#define MAX_LINKS 3
#define SAME_KEY 100 /* outweighs any number of objectives */
#define N_CHARS 90   /* of a question without a title */

/* How much two items have in common. */
static guint
get_kinship (PcItem *a,
             PcItem *b)
{
  const char *const *theirs = pc_item_get_objectives (b);
  guint n = 0;

  if (a == b || pc_item_get_status (b) == PC_ITEM_STATUS_RETIRED)
    return 0;
  if (g_str_equal (pc_item_get_memory_key (a), pc_item_get_memory_key (b)))
    n = SAME_KEY;
  for (guint i = 0; theirs[i] != NULL; i++)
    n += g_strv_contains (pc_item_get_objectives (a), theirs[i]);
  return n;
}

/* The next best after the one at @index, which has @kinship in common: as
 * much and later in the bank, or less.  Both are set to those of the found. */
static PcItem *
find_next (PcBank *bank,
           PcItem *item,
           guint  *kinship,
           guint  *index)
{
  PcItem *best = NULL;
  guint best_kinship = 0;
  guint best_index = 0;

  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem *other = pc_bank_get_item (bank, i);
    guint kin = get_kinship (item, other);

    if (kin > *kinship || (kin == *kinship && i <= *index) ||
        kin <= best_kinship)
      continue;
    best = other;
    best_kinship = kin;
    best_index = i;
  }
  *kinship = best_kinship;
  *index = best_index;
  return best;
}

static char *
dup_title (PcItem     *item,
           const char *language)
{
  const char *title = pc_item_get_title (item, language);
  g_autofree char *stem = NULL;
  g_autofree char *start = NULL;

  if (title != NULL)
    return pc_markup_to_plain (title);
  stem = pc_markup_to_plain (pc_item_get_stem (item, language));
  if (g_utf8_strlen (stem, -1) <= N_CHARS)
    return g_steal_pointer (&stem);
  start = g_utf8_substring (stem, 0, N_CHARS);
  return g_strconcat (start, "…", NULL);
}

static GtkWidget *
new_link (PcItem     *item,
          const char *language)
{
  g_autofree char *title = dup_title (item, language);
  /* Translators: %s is the name of a question, or how it begins. */
  g_autofree char *name = g_strdup_printf (_ ("Ask me this: %s"), title);
  GtkWidget *label = gtk_label_new (title);
  GtkWidget *button = gtk_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "question-link");
  gtk_widget_set_tooltip_text (button, _ ("Ask me this"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s",
                                    pc_item_get_id (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button),
                                  "win.quiz-related");
  return button;
}

void
pc_related_list_fill (GtkBox     *box,
                      PcBank     *bank,
                      PcItem     *item,
                      const char *language)
{
  guint kinship = G_MAXUINT;
  guint index = 0;
  PcItem *other;

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (PC_IS_BANK (bank));
  g_return_if_fail (PC_IS_ITEM (item));

  for (guint i = 0; i < MAX_LINKS; i++) {
    other = find_next (bank, item, &kinship, &index);
    if (other == NULL)
      return;
    if (i == 0)
      gtk_box_append (box, pc_explanation_label_new (_ ("Questions about this"),
                                                     "heading"));
    gtk_box_append (box, new_link (other, language));
  }
}
