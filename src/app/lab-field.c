/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field of the phone.  The protocol and the login are few short words, so
 * they are buttons; the security is a list; the rest is typed.  What is right
 * or wrong is told by an icon and by words, and by colour besides. */

#include "app/lab-field.h"

#include "app/choice-list.h"
#include "app/flow-layout.h"
#include "app/tab-stop.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>

struct _PcLabField
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *label;
  GtkImage  *icon;
  GtkWidget *holder;
  GtkWidget *fault;
  GtkLabel  *fault_label;

  PcAccountField     field;
  const char *const *choices; /* NULL: typed */
  GtkWidget         *control; /* GtkEditable, GtkDropDown, box of toggles */
  PcLabMark          mark;
};

enum { CHANGED,
       ACTIVATE,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabField, pc_lab_field, GTK_TYPE_WIDGET)

/* As a phone says it, where it is clear which server is meant. */
static const char *
get_short_label (PcAccountField field)
{
  switch (field) {
  case PC_ACCOUNT_IN_HOST:
  case PC_ACCOUNT_OUT_HOST: return _ ("Server");
  case PC_ACCOUNT_IN_PORT:
  case PC_ACCOUNT_OUT_PORT: return _ ("Port");
  case PC_ACCOUNT_IN_SECURITY:
  case PC_ACCOUNT_OUT_SECURITY: return _ ("Security");
  default: return pc_account_field_get_label (field);
  }
}

/* -- what was chosen ------------------------------------------------------ */

static void
changed_cb (PcLabField *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
toggled_cb (PcLabField      *self,
            GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button))
    changed_cb (self);
}

static void
activate_cb (PcLabField *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

const char *
pc_lab_field_get_value (PcLabField *self)
{
  GtkWidget *button;

  g_return_val_if_fail (PC_IS_LAB_FIELD (self), "");

  if (GTK_IS_EDITABLE (self->control))
    return gtk_editable_get_text (GTK_EDITABLE (self->control));
  if (GTK_IS_DROP_DOWN (self->control))
    return self->choices[gtk_drop_down_get_selected (
        GTK_DROP_DOWN (self->control))];
  button = gtk_widget_get_first_child (self->control);
  for (guint i = 0; button != NULL; i++) {
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
      return self->choices[i];
    button = gtk_widget_get_next_sibling (button);
  }
  return "";
}

static void
choose (PcLabField *self,
        guint       index)
{
  GtkWidget *button;

  if (GTK_IS_DROP_DOWN (self->control)) {
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), index);
    return;
  }
  button = gtk_widget_get_first_child (self->control);
  for (guint i = 0; i < index; i++)
    button = gtk_widget_get_next_sibling (button);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
}

void
pc_lab_field_set_value (PcLabField *self,
                        const char *value)
{
  g_return_if_fail (PC_IS_LAB_FIELD (self));
  g_return_if_fail (value != NULL);

  if (g_str_equal (pc_lab_field_get_value (self), value))
    return;
  if (self->choices == NULL) {
    gtk_editable_set_text (GTK_EDITABLE (self->control), value);
    return;
  }
  for (guint i = 0; self->choices[i] != NULL; i++)
    if (g_str_equal (self->choices[i], value))
      choose (self, i);
}

/* -- what the wire said --------------------------------------------------- */

static void
set_class (PcLabField *self,
           const char *name,
           gboolean    there)
{
  if (there)
    gtk_widget_add_css_class (GTK_WIDGET (self), name);
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), name);
}

static const struct
{
  const char *icon;
  const char *css;
  const char *name; /* N_() */
} marks[] = {
  [PC_LAB_MARK_NONE] = { NULL, NULL, NULL },
  [PC_LAB_MARK_RIGHT] = { "pc-right-symbolic", "right", N_ ("It works.") },
  [PC_LAB_MARK_UNSAFE] = { "dialog-warning-symbolic", "unsafe",
                           N_ ("It works, but anybody on the way can read "
                               "along.") },
  [PC_LAB_MARK_WRONG] = { "pc-wrong-symbolic", "wrong",
                          N_ ("It does not work so.") },
};

void
pc_lab_field_set_mark (PcLabField *self,
                       PcLabMark   mark,
                       const char *sentence)
{
  const char *told;

  g_return_if_fail (PC_IS_LAB_FIELD (self));
  g_return_if_fail (mark < G_N_ELEMENTS (marks));

  self->mark = mark;
  for (guint i = PC_LAB_MARK_RIGHT; i < G_N_ELEMENTS (marks); i++)
    set_class (self, marks[i].css, i == mark);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), mark != PC_LAB_MARK_NONE);
  gtk_image_set_from_icon_name (self->icon, marks[mark].icon);
  gtk_widget_set_visible (self->fault, sentence != NULL);
  gtk_label_set_label (self->fault_label, sentence != NULL ? sentence : "");
  told = sentence != NULL      ? sentence
         : marks[mark].name != NULL ? _ (marks[mark].name)
                                    : "";
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, told,
                                  -1);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (self->control), GTK_ACCESSIBLE_STATE_INVALID,
      mark == PC_LAB_MARK_WRONG ? GTK_ACCESSIBLE_INVALID_TRUE
                                : GTK_ACCESSIBLE_INVALID_FALSE,
      -1);
}

PcLabMark
pc_lab_field_get_mark (PcLabField *self)
{
  g_return_val_if_fail (PC_IS_LAB_FIELD (self), PC_LAB_MARK_NONE);

  return self->mark;
}

const char *
pc_lab_field_get_sentence (PcLabField *self)
{
  g_return_val_if_fail (PC_IS_LAB_FIELD (self), NULL);

  return gtk_widget_get_visible (self->fault)
             ? gtk_label_get_label (self->fault_label)
             : NULL;
}

/* -- life ----------------------------------------------------------------- */

static GtkWidget *
make_toggles (PcLabField *self)
{
  /* Their wish to expand is for this row only. */
  GtkWidget *box = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                 GTK_ACCESSIBLE_ROLE_GROUP, "hexpand", FALSE,
                                 "hexpand-set", TRUE, NULL);
  GtkWidget *first = NULL;

  gtk_widget_set_layout_manager (
      box, g_object_new (PC_TYPE_FLOW_LAYOUT, NULL));
  gtk_widget_add_css_class (box, "choices");
  for (guint i = 0; self->choices[i] != NULL; i++) {
    GtkWidget *button = gtk_toggle_button_new_with_label (
        pc_account_choice_get_label (self->field, self->choices[i]));

    if (first == NULL)
      first = button;
    else
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                   GTK_TOGGLE_BUTTON (first));
    g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb),
                              self);
    gtk_widget_set_hexpand (button, TRUE);
    gtk_box_append (GTK_BOX (box), button);
  }
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (first), TRUE);
  return box;
}

static GtkWidget *
make_list (PcLabField *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GtkWidget *list;

  for (guint i = 0; self->choices[i] != NULL; i++)
    g_ptr_array_add (names, (gpointer) pc_account_choice_get_label (
                                self->field, self->choices[i]));
  g_ptr_array_add (names, NULL);
  list = pc_choice_list_new (pc_account_field_get_label (self->field),
                             (const char *const *) names->pdata, FALSE);
  g_signal_connect_swapped (list, "notify::selected",
                            G_CALLBACK (changed_cb), self);
  return list;
}

static GtkWidget *
make_entry (PcLabField *self)
{
  GtkWidget *entry;

  if (self->field == PC_ACCOUNT_PASSWORD) {
    entry = gtk_password_entry_new ();
    gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (entry), TRUE);
  } else {
    entry = gtk_entry_new ();
    gtk_entry_set_max_length (GTK_ENTRY (entry), PC_LIMIT_ACCOUNT_TEXT);
    gtk_widget_add_css_class (entry, "monospace");
  }
  if (self->field == PC_ACCOUNT_IN_PORT || self->field == PC_ACCOUNT_OUT_PORT)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry),
                                 GTK_INPUT_PURPOSE_DIGITS);
  /* Else it asks for more than a narrow window has. */
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 30);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (entry, "activate", G_CALLBACK (activate_cb),
                            self);
  return entry;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (PC_LAB_FIELD (widget)->control,
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcLabField *self = PC_LAB_FIELD (object);

  if (self->control != NULL)
    g_signal_handlers_disconnect_by_data (self->control, self);
  self->control = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_field_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabField, name)

static void
pc_lab_field_class_init (PcLabFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] = g_signal_new ("changed", PC_TYPE_LAB_FIELD,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", PC_TYPE_LAB_FIELD,
                                    G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "labfield");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-field.ui");
  BIND (box);
  BIND (label);
  BIND (icon);
  BIND (holder);
  BIND (fault);
  BIND (fault_label);
}

#undef BIND

static void
pc_lab_field_init (PcLabField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_lab_field_new (PcAccountField field)
{
  PcLabField *self = g_object_new (PC_TYPE_LAB_FIELD, NULL);

  self->field = field;
  self->choices = pc_account_field_get_choices (field);
  gtk_label_set_label (self->label, get_short_label (field));
  if (self->choices == NULL)
    self->control = make_entry (self);
  else if (field == PC_ACCOUNT_IN_PROTO || field == PC_ACCOUNT_OUT_LOGIN)
    self->control = make_toggles (self);
  else
    self->control = make_list (self);
  gtk_widget_set_hexpand (self->control, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  pc_account_field_get_label (field), -1);
  gtk_box_append (GTK_BOX (self->holder), self->control);
  return GTK_WIDGET (self);
}
