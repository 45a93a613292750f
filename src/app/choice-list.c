/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GtkDropDown's own rows neither wrap nor have names of their own. */

#include "app/choice-list.h"

#define MAX_WIDTH 36 /* characters of a row */
#define LAST_DIGIT 9
#define SPACING 10

static GtkWidget *
new_label (void)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_WIDTH);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  return label;
}

static const char *
get_text (GtkListItem *row)
{
  return gtk_string_object_get_string (gtk_list_item_get_item (row));
}

/* -- what is chosen ------------------------------------------------------- */

static void
setup_chosen_cb (GtkListItemFactory *factory,
                 GtkListItem        *row)
{
  GtkWidget *label = gtk_label_new (NULL);

  /* The button has the height of one line, whatever its width. */
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_list_item_set_child (row, label);
}

static void
bind_chosen_cb (GtkListItemFactory *factory,
                GtkListItem        *row)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (row)),
                       get_text (row));
}

/* -- what can be chosen --------------------------------------------------- */

static void
setup_row_cb (GtkListItemFactory *factory,
              GtkListItem        *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *digit = gtk_label_new (NULL);

  gtk_widget_add_css_class (digit, "dim-label");
  gtk_widget_add_css_class (digit, "numeric");
  gtk_widget_set_valign (digit, GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (box), digit);
  gtk_box_append (GTK_BOX (box), new_label ());
  gtk_list_item_set_child (row, box);
}

static void
bind_row_cb (GtkListItemFactory *factory,
             GtkListItem        *row,
             gpointer            numbered)
{
  GtkWidget *box = gtk_list_item_get_child (row);
  GtkWidget *digit = gtk_widget_get_first_child (box);
  guint position = gtk_list_item_get_position (row);
  g_autofree char *key = g_strdup_printf ("%u", position);

  gtk_label_set_label (GTK_LABEL (digit), key);
  gtk_widget_set_visible (digit, GPOINTER_TO_INT (numbered) &&
                                     position > 0 && position <= LAST_DIGIT);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)),
                       get_text (row));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_parent (box)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, get_text (row), -1);
}

/* The button within has the focus, so the name has to be there. */
static void
selected_cb (GtkWidget *list)
{
  GtkStringObject *chosen =
      gtk_drop_down_get_selected_item (GTK_DROP_DOWN (list));
  const char *name = g_object_get_data (G_OBJECT (list), "pc-name");
  g_autofree char *text = NULL;

  if (chosen == NULL)
    return;
  gtk_widget_set_tooltip_text (list, gtk_string_object_get_string (chosen));
  text = g_strdup_printf ("%s: %s", name,
                          gtk_string_object_get_string (chosen));
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (gtk_widget_get_first_child (list)),
      GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

GtkWidget *
pc_choice_list_new (const char        *name,
                    const char *const *texts,
                    gboolean           numbered)
{
  GtkWidget *list = gtk_drop_down_new (
      G_LIST_MODEL (gtk_string_list_new (texts)), NULL);
  g_autoptr (GtkListItemFactory) chosen = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkListItemFactory) rows = gtk_signal_list_item_factory_new ();

  g_signal_connect (chosen, "setup", G_CALLBACK (setup_chosen_cb), NULL);
  g_signal_connect (chosen, "bind", G_CALLBACK (bind_chosen_cb), NULL);
  g_signal_connect (rows, "setup", G_CALLBACK (setup_row_cb), NULL);
  g_signal_connect (rows, "bind", G_CALLBACK (bind_row_cb),
                    GINT_TO_POINTER (numbered));
  gtk_drop_down_set_factory (GTK_DROP_DOWN (list), chosen);
  gtk_drop_down_set_list_factory (GTK_DROP_DOWN (list), rows);
  gtk_widget_add_css_class (list, "choice");
  g_object_set_data_full (G_OBJECT (list), "pc-name", g_strdup (name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (list, "notify::selected", G_CALLBACK (selected_cb), NULL);
  selected_cb (list);
  return list;
}

GtkWidget *
pc_choice_list_append (GtkBox            *box,
                       const char        *name,
                       const char *const *texts)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (name);
  GtkWidget *list = pc_choice_list_new (name, texts, FALSE);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), list);
  gtk_box_append (box, row);
  return list;
}
