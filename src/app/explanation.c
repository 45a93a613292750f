/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Turns the typed sections of an explanation into labels.  A step of the
 * "what happens" section gets a button that plays it.  A reference is a link:
 * the browser follows it, nothing here reaches out to a network. */

#include "app/explanation.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

GtkWidget *
pc_explanation_label_new (const char *text,
                          const char *css_class)
{
  g_autofree char *markup = pc_markup_to_pango (text);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
add_text (GtkBox     *box,
          const char *text,
          const char *css_class)
{
  if (text != NULL)
    gtk_box_append (box, pc_explanation_label_new (text, css_class));
}

static GtkWidget *
new_play_button (PcItem     *item,
                 const char *step,
                 const char *term)
{
  GtkWidget *button =
      gtk_button_new_from_icon_name ("media-playback-start-symbolic");
  g_autofree char *name = NULL;

  /* Translators: %s is a step, such as "Authenticate". */
  name = g_strdup_printf (_ ("Watch: %s"), term != NULL ? term : step);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)",
                                    pc_item_get_scenario (item), step);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.watch");
  return button;
}

static void
add_entry (GtkBox     *box,
           PcItem     *item,
           guint       section,
           guint       entry,
           const char *language)
{
  const char *term = pc_item_get_entry_term (item, section, entry, language);
  const char *text = pc_item_get_entry_text (item, section, entry, language);
  const char *step = pc_item_get_entry_step (item, section, entry);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (term != NULL)
    add_text (GTK_BOX (words), term, "term");
  add_text (GTK_BOX (words), text, NULL);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), words);
  if (step != NULL && pc_item_get_scenario (item) != NULL)
    gtk_box_append (GTK_BOX (row), new_play_button (item, step, term));
  gtk_box_append (box, row);
}

static void
add_section (GtkBox     *box,
             PcItem     *item,
             guint       section,
             const char *language)
{
  if (pc_item_get_section_from_options (item, section))
    return;
  add_text (box, pc_item_get_section_heading (item, section, language),
            "heading");
  add_text (box, pc_item_get_section_text (item, section, language), NULL);
  for (guint i = 0; i < pc_item_get_n_entries (item, section); i++)
    add_entry (box, item, section, i, language);
}

/* A link that the system's browser opens; a text where there is nowhere to
 * go. */
static GtkWidget *
new_reference (const PcItemReference *reference)
{
  g_autofree char *text = pc_item_reference_format (reference);
  g_autofree char *url = pc_item_reference_dup_url (reference);
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *link;

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "reference");
  if (url == NULL)
    return label;
  link = gtk_link_button_new (url);
  gtk_button_set_child (GTK_BUTTON (link), label);
  gtk_widget_set_halign (link, GTK_ALIGN_START);
  gtk_widget_add_css_class (link, "reference-link");
  gtk_accessible_update_property (GTK_ACCESSIBLE (link),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  return link;
}

static void
add_references (GtkBox *box,
                PcItem *item)
{
  guint n = pc_item_get_n_references (item);

  if (n > 0)
    add_text (box, _ ("Where it is written"), "heading");
  for (guint i = 0; i < n; i++)
    gtk_box_append (box, new_reference (pc_item_get_reference (item, i)));
}

void
pc_explanation_fill (GtkBox     *box,
                     PcItem     *item,
                     const char *language)
{
  const char *note = pc_item_get_exam_note (item, language);

  g_return_if_fail (GTK_IS_BOX (box));
  g_return_if_fail (PC_IS_ITEM (item));

  for (guint i = 0; i < pc_item_get_n_sections (item); i++)
    add_section (box, item, i, language);
  if (note != NULL) {
    add_text (box, _ ("In the exam"), "heading");
    add_text (box, note, NULL);
  }
  add_references (box, item);
}
