/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After the answer the list gives way to what was chosen, and a mark. */

#include "app/match-row.h"

#include "app/choice-list.h"
#include "app/part-mark.h"
#include "app/tab-stop.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

/* Characters that fit the list in any window; longer ones are shown below. */
#define MAX_SHORT 16

struct _PcMatchRow
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkLabel   *text;
  GtkWidget  *place;
  GtkLabel   *chosen;
  PcPartMark *mark;
  GtkWidget  *list;
  char       *name;
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcMatchRow, pc_match_row, GTK_TYPE_WIDGET)

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (PC_MATCH_ROW (widget)->place,
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_MATCH_ROW (object)->box, gtk_widget_unparent);
  g_clear_pointer (&PC_MATCH_ROW (object)->name, g_free);
  G_OBJECT_CLASS (pc_match_row_parent_class)->dispose (object);
}

static void
pc_match_row_class_init (PcMatchRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (PC_TYPE_PART_MARK);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "matchrow");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/match-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcMatchRow, box);
  gtk_widget_class_bind_template_child (widget_class, PcMatchRow, text);
  gtk_widget_class_bind_template_child (widget_class, PcMatchRow, place);
  gtk_widget_class_bind_template_child (widget_class, PcMatchRow, chosen);
  gtk_widget_class_bind_template_child (widget_class, PcMatchRow, mark);
}

static void
pc_match_row_init (PcMatchRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static const char *
get_chosen (PcMatchRow *self)
{
  return gtk_string_object_get_string (
      gtk_drop_down_get_selected_item (GTK_DROP_DOWN (self->list)));
}

static void
selected_cb (PcMatchRow *self)
{
  const char *chosen = get_chosen (self);

  gtk_label_set_label (self->chosen, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen),
                          g_utf8_strlen (chosen, -1) > MAX_SHORT);
  g_signal_emit (self, signals[CHANGED], 0);
}

GtkWidget *
pc_match_row_new (const char        *text,
                  const char *const *partners)
{
  PcMatchRow *self = g_object_new (PC_TYPE_MATCH_ROW, NULL);
  g_autoptr (GPtrArray) texts = g_ptr_array_new ();
  g_autofree char *markup = pc_markup_to_pango (text);

  g_ptr_array_add (texts, (gpointer) _ ("Choose"));
  for (guint i = 0; partners[i] != NULL; i++)
    g_ptr_array_add (texts, (gpointer) partners[i]);
  g_ptr_array_add (texts, NULL);
  self->name = pc_markup_to_plain (text);
  gtk_label_set_markup (self->text, markup);
  self->list = pc_choice_list_new (
      self->name, (const char *const *) texts->pdata, TRUE);
  gtk_widget_set_hexpand (self->list, TRUE);
  gtk_box_append (GTK_BOX (self->place), self->list);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  g_signal_connect_object (self->list, "notify::selected",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

int
pc_match_row_get_partner (PcMatchRow *self)
{
  g_return_val_if_fail (PC_IS_MATCH_ROW (self), -1);

  return (int) gtk_drop_down_get_selected (GTK_DROP_DOWN (self->list)) - 1;
}

void
pc_match_row_set_partner (PcMatchRow *self,
                          int         partner)
{
  g_return_if_fail (PC_IS_MATCH_ROW (self));

  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->list),
                              (guint) (partner + 1));
}

void
pc_match_row_reveal (PcMatchRow *self,
                     gboolean    right,
                     const char *words)
{
  g_autofree char *chosen = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PC_IS_MATCH_ROW (self));

  chosen = g_strdup_printf ("→ %s", get_chosen (self));
  gtk_label_set_label (self->chosen, chosen);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen), TRUE);
  gtk_widget_set_visible (self->place, FALSE);
  pc_part_mark_set (self->mark, right, words);
  gtk_widget_add_css_class (GTK_WIDGET (self), right ? "right" : "wrong");
  name = g_strdup_printf ("%s: %s; %s", self->name, get_chosen (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
