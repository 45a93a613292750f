/* SPDX-License-Identifier: GPL-3.0-or-later */
/* After the answer the control gives way to what was entered, and a mark.  A
 * password is shown as dots until somebody wants to see it. */

#include "app/form-row.h"

#include "app/choice-list.h"
#include "app/part-mark.h"
#include "app/tab-stop.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 255 /* of a host's name, RFC 1035 2.3.4 */
#define MAX_DIGITS 5

struct _PcFormRow
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkLabel   *label;
  GtkWidget  *place;
  GtkLabel   *entered;
  PcPartMark *mark;
  GtkWidget  *control;

  PcItem         *item;
  guint           field;
  PcItemFieldKind kind;
  gboolean        secret;
  const char     *language;
  char           *name;
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcFormRow, pc_form_row, GTK_TYPE_WIDGET)

static gboolean
grab_focus (GtkWidget *widget)
{
  PcFormRow *self = PC_FORM_ROW (widget);

  if (GTK_IS_DROP_DOWN (self->control))
    return gtk_widget_child_focus (self->control, GTK_DIR_TAB_FORWARD);
  return gtk_widget_grab_focus (self->control);
}

static void
dispose (GObject *object)
{
  PcFormRow *self = PC_FORM_ROW (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->name, g_free);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (pc_form_row_parent_class)->dispose (object);
}

static void
pc_form_row_class_init (PcFormRowClass *klass)
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
  gtk_widget_class_set_css_name (widget_class, "formrow");
  gtk_widget_class_set_accessible_role (widget_class,
                                        GTK_ACCESSIBLE_ROLE_GROUP);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/form-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PcFormRow, box);
  gtk_widget_class_bind_template_child (widget_class, PcFormRow, label);
  gtk_widget_class_bind_template_child (widget_class, PcFormRow, place);
  gtk_widget_class_bind_template_child (widget_class, PcFormRow, entered);
  gtk_widget_class_bind_template_child (widget_class, PcFormRow, mark);
}

static void
pc_form_row_init (PcFormRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
changed_cb (PcFormRow *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* -- controls ------------------------------------------------------------- */

static GtkWidget *
new_choice (PcFormRow *self)
{
  guint n = pc_item_get_n_field_choices (self->item, self->field);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (texts, g_strdup (_ ("Choose")));
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (texts,
                     pc_markup_to_plain (pc_item_get_field_choice_text (
                         self->item, self->field, i, self->language)));
  g_ptr_array_add (texts, NULL);
  return pc_choice_list_new (self->name, (const char *const *) texts->pdata,
                             FALSE);
}

static GtkWidget *
new_entry (PcFormRow *self)
{
  GtkWidget *entry;

  if (self->secret) {
    entry = gtk_password_entry_new ();
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
    return entry;
  }
  entry = gtk_entry_new ();
  gtk_entry_set_input_hints (GTK_ENTRY (entry),
                             GTK_INPUT_HINT_NO_SPELLCHECK |
                                 GTK_INPUT_HINT_NO_EMOJI);
  if (self->kind == PC_ITEM_FIELD_PORT) {
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_DIGITS);
    gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_DIGITS);
    gtk_widget_add_css_class (entry, "numeric");
  } else {
    gtk_entry_set_max_length (GTK_ENTRY (entry), MAX_LENGTH);
  }
  return entry;
}

static void
add_control (PcFormRow *self)
{
  const char *notify = "notify::text";

  switch (self->kind) {
  case PC_ITEM_FIELD_CHOICE:
    self->control = new_choice (self);
    notify = "notify::selected";
    break;
  case PC_ITEM_FIELD_FLAG:
    self->control = gtk_switch_new ();
    gtk_widget_set_halign (self->control, GTK_ALIGN_START);
    notify = "notify::active";
    break;
  case PC_ITEM_FIELD_PORT:
  case PC_ITEM_FIELD_HOST:
  case PC_ITEM_FIELD_TEXT:
  default: self->control = new_entry (self); break;
  }
  if (self->kind != PC_ITEM_FIELD_FLAG)
    gtk_widget_set_hexpand (self->control, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  gtk_box_prepend (GTK_BOX (self->place), self->control);
  pc_form_row_set_value (self, pc_item_get_field_preset (self->item,
                                                         self->field));
  g_signal_connect_object (self->control, notify, G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
}

GtkWidget *
pc_form_row_new (PcItem     *item,
                 guint       field,
                 const char *language)
{
  PcFormRow *self = g_object_new (PC_TYPE_FORM_ROW, NULL);

  self->item = g_object_ref (item);
  self->field = field;
  self->kind = pc_item_get_field_kind (item, field);
  self->secret = g_str_equal (pc_item_get_field_id (item, field), "password");
  self->language = g_intern_string (language);
  self->name = pc_markup_to_plain (
      pc_item_get_field_label (item, field, language));
  gtk_label_set_label (self->label, self->name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, self->name,
                                  -1);
  add_control (self);
  return GTK_WIDGET (self);
}

/* -- value ---------------------------------------------------------------- */

const char *
pc_form_row_get_value (PcFormRow *self)
{
  guint chosen;

  g_return_val_if_fail (PC_IS_FORM_ROW (self), NULL);

  switch (self->kind) {
  case PC_ITEM_FIELD_CHOICE:
    chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));
    return chosen > 0 ? pc_item_get_field_choice_id (self->item, self->field,
                                                     chosen - 1)
                      : NULL;
  case PC_ITEM_FIELD_FLAG:
    return gtk_switch_get_active (GTK_SWITCH (self->control)) ? "yes" : "no";
  case PC_ITEM_FIELD_PORT:
  case PC_ITEM_FIELD_HOST:
  case PC_ITEM_FIELD_TEXT:
  default: return gtk_editable_get_text (GTK_EDITABLE (self->control));
  }
}

static gboolean
choose (PcFormRow  *self,
        const char *id)
{
  guint n = pc_item_get_n_field_choices (self->item, self->field);

  for (guint i = 0; i < n; i++) {
    if (g_strcmp0 (pc_item_get_field_choice_id (self->item, self->field, i),
                   id) != 0)
      continue;
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), i + 1);
    return TRUE;
  }
  return FALSE;
}

gboolean
pc_form_row_set_value (PcFormRow  *self,
                       const char *value)
{
  g_return_val_if_fail (PC_IS_FORM_ROW (self), FALSE);

  switch (self->kind) {
  case PC_ITEM_FIELD_CHOICE: return choose (self, value);
  case PC_ITEM_FIELD_FLAG:
    gtk_switch_set_active (GTK_SWITCH (self->control),
                           g_strcmp0 (value, "yes") == 0);
    return TRUE;
  case PC_ITEM_FIELD_PORT:
  case PC_ITEM_FIELD_HOST:
  case PC_ITEM_FIELD_TEXT:
  default:
    gtk_editable_set_text (GTK_EDITABLE (self->control),
                           value != NULL ? value : "");
    return TRUE;
  }
}

/* As people read it.  Transfer full. */
static char *
dup_entered (PcFormRow *self)
{
  const char *value = pc_form_row_get_value (self);

  if (self->secret)
    return g_strdup (*value != '\0' ? "••••••" : "");
  if (self->kind == PC_ITEM_FIELD_FLAG)
    return g_strdup (g_str_equal (value, "yes") ? _ ("On") : _ ("Off"));
  return pc_markup_to_plain (pc_item_get_field_value_text (
      self->item, self->field, value != NULL ? value : "", self->language));
}

void
pc_form_row_reveal (PcFormRow  *self,
                    gboolean    right,
                    const char *words)
{
  g_autofree char *entered = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (PC_IS_FORM_ROW (self));

  entered = dup_entered (self);
  gtk_label_set_label (self->entered, entered);
  gtk_widget_set_visible (GTK_WIDGET (self->entered), TRUE);
  gtk_widget_set_visible (self->control, FALSE);
  pc_part_mark_set (self->mark, right, words);
  name = g_strdup_printf ("%s: %s; %s", self->name, entered, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}
