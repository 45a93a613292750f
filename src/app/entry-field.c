/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A field of a scenario's entry.  What is entered tells at each letter, but
 * for names: others refer to them, so they tell when they are whole. */

#include "app/entry-field.h"

#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

#define SEARCHED 12 /* choices; in so many one looks for a word */

struct _PcEntryField
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *label;
  GtkWidget *holder;
  GtkLabel  *hint;

  GtkWidget     *control;
  PcSketchField *field;
  gboolean       silent;
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcEntryField, pc_entry_field, GTK_TYPE_WIDGET)

static void
changed_cb (PcEntryField *self)
{
  if (!self->silent)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* -- value ---------------------------------------------------------------- */

static char *
dup_buffer (GtkWidget *view)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, TRUE);
}

char *
pc_entry_field_dup_value (PcEntryField *self)
{
  guint chosen;

  g_return_val_if_fail (PC_IS_ENTRY_FIELD (self), NULL);

  if (GTK_IS_EDITABLE (self->control))
    return g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->control)));
  if (GTK_IS_TEXT_VIEW (self->control))
    return dup_buffer (self->control);
  if (GTK_IS_CHECK_BUTTON (self->control))
    return g_strdup (gtk_check_button_get_active (
                         GTK_CHECK_BUTTON (self->control))
                         ? "yes"
                         : "");
  chosen = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->control));
  return g_strdup (chosen < g_strv_length (self->field->choices)
                       ? self->field->choices[chosen]
                       : "");
}

void
pc_entry_field_set_value (PcEntryField *self,
                          const char   *value)
{
  g_autofree char *is = NULL;

  g_return_if_fail (PC_IS_ENTRY_FIELD (self));
  g_return_if_fail (value != NULL);

  is = pc_entry_field_dup_value (self);
  if (g_str_equal (is, value) && !GTK_IS_DROP_DOWN (self->control))
    return;
  self->silent = TRUE;
  if (GTK_IS_EDITABLE (self->control))
    gtk_editable_set_text (GTK_EDITABLE (self->control), value);
  else if (GTK_IS_TEXT_VIEW (self->control))
    gtk_text_buffer_set_text (
        gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->control)), value, -1);
  else if (GTK_IS_CHECK_BUTTON (self->control))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (self->control),
                                 *value != '\0');
  else {
    guint chosen = GTK_INVALID_LIST_POSITION;

    for (guint i = 0; self->field->choices[i] != NULL; i++)
      if (g_str_equal (self->field->choices[i], value))
        chosen = i;
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->control), chosen);
  }
  self->silent = FALSE;
}

const PcSketchField *
pc_entry_field_get_field (PcEntryField *self)
{
  g_return_val_if_fail (PC_IS_ENTRY_FIELD (self), NULL);

  return self->field;
}

/* -- what it is entered with ---------------------------------------------- */

static GtkWidget *
make_choice (PcEntryField *self)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  GtkWidget *list;

  for (guint i = 0; self->field->choices[i] != NULL; i++)
    g_ptr_array_add (names, *self->field->choices[i] != '\0'
                                ? self->field->choices[i]
                                : (char *) "—");
  g_ptr_array_add (names, NULL);
  list = gtk_drop_down_new_from_strings ((const char *const *) names->pdata);
  if (names->len > SEARCHED) {
    g_autoptr (GtkExpression) expression = gtk_property_expression_new (
        GTK_TYPE_STRING_OBJECT, NULL, "string");

    gtk_drop_down_set_expression (GTK_DROP_DOWN (list), expression);
    gtk_drop_down_set_enable_search (GTK_DROP_DOWN (list), TRUE);
  }
  g_signal_connect_swapped (list, "notify::selected",
                            G_CALLBACK (changed_cb), self);
  return list;
}

static GtkWidget *
make_text (PcEntryField *self)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gboolean lines = self->field->input == PC_SKETCH_LINES;

  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (view), lines);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              72);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              240);
  gtk_scrolled_window_set_propagate_natural_height (
      GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  gtk_widget_add_css_class (scroller, "text");
  gtk_widget_set_hexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->holder), scroller);
  g_signal_connect_swapped (gtk_text_view_get_buffer (GTK_TEXT_VIEW (view)),
                            "changed", G_CALLBACK (changed_cb), self);
  return view;
}

static GtkWidget *
make_entry (PcEntryField *self)
{
  GtkWidget *entry = gtk_entry_new ();

  if (self->field->input == PC_SKETCH_NUMBER)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry),
                                 GTK_INPUT_PURPOSE_NUMBER);
  /* Else it asks for more than a narrow window has. */
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  if (self->field->input == PC_SKETCH_NAME) {
    GtkEventController *focus = gtk_event_controller_focus_new ();

    g_signal_connect_swapped (focus, "leave", G_CALLBACK (changed_cb), self);
    gtk_widget_add_controller (entry, focus);
    g_signal_connect_swapped (entry, "activate", G_CALLBACK (changed_cb),
                              self);
  } else
    g_signal_connect_swapped (entry, "changed", G_CALLBACK (changed_cb),
                              self);
  return entry;
}

/* Its label is beside it. */
static GtkWidget *
make_check (PcEntryField *self)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (self->field->label);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_widget_hide (GTK_WIDGET (self->label));
  return check;
}

static GtkWidget *
make_control (PcEntryField *self)
{
  GtkWidget *control;

  switch (self->field->input) {
  case PC_SKETCH_PARAGRAPH:
  case PC_SKETCH_LINES: return make_text (self);
  case PC_SKETCH_SWITCH:
  case PC_SKETCH_SWITCHED:
    control = make_check (self);
    g_signal_connect_swapped (control, "toggled", G_CALLBACK (changed_cb),
                              self);
    break;
  case PC_SKETCH_CONTENT:
  case PC_SKETCH_CHOICE: control = make_choice (self); break;
  case PC_SKETCH_TEXT:
  case PC_SKETCH_NAME:
  case PC_SKETCH_NUMBER:
  case PC_SKETCH_WORDS:
  default: control = make_entry (self); break;
  }
  gtk_widget_set_hexpand (control, TRUE);
  gtk_box_append (GTK_BOX (self->holder), control);
  return control;
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (PC_ENTRY_FIELD (widget)->control,
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcEntryField *self = PC_ENTRY_FIELD (object);

  self->silent = TRUE;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->field, pc_sketch_field_free);
  G_OBJECT_CLASS (pc_entry_field_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcEntryField, name)

static void
pc_entry_field_class_init (PcEntryFieldClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] = g_signal_new ("changed", PC_TYPE_ENTRY_FIELD,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "entryfield");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/entry-field.ui");
  BIND (box);
  BIND (label);
  BIND (holder);
  BIND (hint);
}

#undef BIND

static void
pc_entry_field_init (PcEntryField *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* What must be said has a star. */
static char *
dup_label (const PcSketchField *field)
{
  gboolean starred = field->required && field->choices == NULL;

  /* Translators: the label of a field that must be filled in. */
  return starred ? g_strdup_printf (_ ("%s *"), field->label)
                 : g_strdup (field->label);
}

static void
name (PcEntryField *self,
      GtkWidget    *part)
{
  const char *hint = self->field->hint;

  gtk_accessible_update_property (
      GTK_ACCESSIBLE (part), GTK_ACCESSIBLE_PROPERTY_LABEL,
      self->field->label, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      hint != NULL ? hint : "", -1);
}

GtkWidget *
pc_entry_field_new (PcSketchField *field)
{
  PcEntryField *self = g_object_new (PC_TYPE_ENTRY_FIELD, NULL);
  g_autofree char *label = dup_label (field);

  self->field = field;
  gtk_label_set_label (self->label, label);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), field->hint != NULL);
  gtk_label_set_label (self->hint, field->hint != NULL ? field->hint : "");
  self->control = make_control (self);
  name (self, self->control);
  /* GTK names neither of these. */
  if (GTK_IS_DROP_DOWN (self->control))
    name (self, gtk_widget_get_first_child (self->control));
  if (GTK_IS_TEXT_VIEW (self->control))
    name (self, gtk_widget_get_parent (self->control));
  return GTK_WIDGET (self);
}
