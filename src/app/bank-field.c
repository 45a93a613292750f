/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a form that hold one value.  Whatever is typed stands in the
 * bank as it is: a word where a number should be is a word, and the checker
 * says so. */

#include "app/bank-form.h"

#include "app/bank-form-private.h"
#include "app/choice-list.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_TEXT_HEIGHT 220
#define MIN_TEXT_HEIGHT 56
#define SPACING 12

#define POINTER "pc-pointer"
#define KIND "pc-kind"

/* -- values and texts ----------------------------------------------------- */

static JsonNode *
new_string (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* Digits and what else makes a number; NULL for other texts. */
static JsonNode *
read_number (const char *text)
{
  gint64 whole;
  char  *end;
  double value;

  if (g_ascii_string_to_signed (text, 10, G_MININT64, G_MAXINT64, &whole,
                                NULL))
    return json_node_init_int (json_node_alloc (), whole);
  if (strspn (text, "0123456789.") != strlen (text))
    return NULL;
  value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0'
             ? json_node_init_double (json_node_alloc (), value)
             : NULL;
}

/* "a, b": whatever stands between separators and is not empty. */
static JsonArray *
read_words (const char *text,
            const char *separators)
{
  g_auto (GStrv) parts = g_strsplit_set (text, separators, -1);
  JsonArray *array = json_array_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      json_array_add_string_element (array, parts[i]);
  return array;
}

static JsonNode *
read_groups (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  JsonArray *groups = json_array_new ();
  JsonNode *node;

  for (guint i = 0; lines[i] != NULL; i++)
    if (*g_strstrip (lines[i]) != '\0')
      json_array_add_array_element (groups, read_words (lines[i], ", \t"));
  if (json_array_get_length (groups) == 0) {
    json_array_unref (groups);
    return NULL;
  }
  node = json_node_init_array (json_node_alloc (), groups);
  json_array_unref (groups);
  return node;
}

/* What must be there stays, though it is empty: so its field is where the
 * mistake is. */
static gboolean
is_needed (const char *pointer)
{
  static const char *const names[] = { "stem", "text", "id", "label", "title",
                                       "name", "spdx", "value", NULL };
  const char *name = strrchr (pointer, '/') + 1;

  return g_ascii_isdigit (*name) || g_strv_contains (names, name);
}

static JsonNode *
read_value (const char *pointer,
            PcFormKind  kind,
            const char *text)
{
  JsonNode *node = NULL;
  JsonArray *words;

  if (*text == '\0' && kind != PC_FORM_WORDS && kind != PC_FORM_GROUPS)
    return is_needed (pointer) ? new_string ("") : NULL;
  switch (kind) {
  case PC_FORM_NUMBER:
  case PC_FORM_VALUE:
    node = read_number (text);
    return node != NULL ? node : new_string (text);
  case PC_FORM_WORDS:
    words = read_words (text, ",");
    if (json_array_get_length (words) > 0)
      node = json_node_init_array (json_node_alloc (), words);
    json_array_unref (words);
    return node;
  case PC_FORM_GROUPS: return read_groups (text);
  case PC_FORM_LINE:
  case PC_FORM_TEXT:
  default: return new_string (text);
  }
}

static void
write_words (GString   *out,
             JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *word = json_array_get_element (array, i);
    g_autofree char *text =
        JSON_NODE_HOLDS_VALUE (word) &&
                json_node_get_value_type (word) == G_TYPE_STRING
            ? json_node_dup_string (word)
            : json_to_string (word, FALSE);

    g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", text);
  }
}

/* As it is to be edited. */
static char *
dup_value (JsonNode  *node,
           PcFormKind kind)
{
  GString *out = g_string_new (NULL);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return g_string_free (out, FALSE);
  if (JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_STRING) {
    g_string_append (out, json_node_get_string (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node) && kind == PC_FORM_WORDS) {
    write_words (out, json_node_get_array (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node) && kind == PC_FORM_GROUPS) {
    JsonArray *groups = json_node_get_array (node);

    for (guint i = 0; i < json_array_get_length (groups); i++) {
      JsonNode *group = json_array_get_element (groups, i);

      if (i > 0)
        g_string_append_c (out, '\n');
      if (JSON_NODE_HOLDS_ARRAY (group))
        write_words (out, json_node_get_array (group));
    }
  } else {
    g_autofree char *text = json_to_string (node, FALSE);

    g_string_append (out, text);
  }
  return g_string_free (out, FALSE);
}

/* -- texts ---------------------------------------------------------------- */

static void
take_text (PcBankForm *self,
           GObject    *source,
           const char *text)
{
  const char *pointer = g_object_get_data (source, POINTER);
  PcFormKind kind = GPOINTER_TO_UINT (g_object_get_data (source, KIND));

  if (!self->silent && self->edit != NULL)
    pc_bank_edit_set (self->edit, pointer, read_value (pointer, kind, text));
}

static void
entry_changed_cb (PcBankForm  *self,
                  GtkEditable *entry)
{
  take_text (self, G_OBJECT (entry), gtk_editable_get_text (entry));
}

static void
buffer_changed_cb (PcBankForm    *self,
                   GtkTextBuffer *buffer)
{
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  take_text (self, G_OBJECT (buffer), text);
}

/* What is typed in the next field is another step back. */
static void
leave_cb (PcBankForm *self)
{
  if (self->edit != NULL)
    pc_bank_edit_end_step (self->edit);
}

static void
watch_focus (PcBankForm *self,
             GtkWidget  *widget)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "leave", G_CALLBACK (leave_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, focus);
}

static void
set_name (GtkWidget  *widget,
          const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static void
tell_place (GObject    *source,
            const char *pointer,
            PcFormKind  kind)
{
  g_object_set_data_full (source, POINTER, g_strdup (pointer), g_free);
  g_object_set_data (source, KIND, GUINT_TO_POINTER (kind));
}

GtkWidget *
pc_bank_form_new_entry (PcBankForm *self,
                        const char *pointer,
                        PcFormKind  kind,
                        const char *name)
{
  GtkWidget *entry = gtk_entry_new ();
  g_autofree char *text =
      dup_value (pc_bank_edit_get (self->edit, pointer), kind);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  /* The bank knows how to take it back. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 8);
  if (kind == PC_FORM_NUMBER)
    gtk_entry_set_input_purpose (GTK_ENTRY (entry), GTK_INPUT_PURPOSE_NUMBER);
  set_name (entry, name);
  tell_place (G_OBJECT (entry), pointer, kind);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb),
                           self, G_CONNECT_SWAPPED);
  watch_focus (self, entry);
  pc_bank_form_place (self, pointer, entry);
  return entry;
}

GtkWidget *
pc_bank_form_new_text (PcBankForm *self,
                       const char *pointer,
                       PcFormKind  kind,
                       const char *name)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view = gtk_text_view_new ();
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  g_autofree char *text =
      dup_value (pc_bank_edit_get (self->edit, pointer), kind);

  gtk_text_buffer_set_text (buffer, text, -1);
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  set_name (view, name);
  set_name (scrolled, name);
  gtk_widget_add_css_class (scrolled, "text-field");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (
      GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              MIN_TEXT_HEIGHT);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled),
                                              MAX_TEXT_HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  tell_place (G_OBJECT (buffer), pointer, kind);
  g_signal_connect_object (buffer, "changed", G_CALLBACK (buffer_changed_cb),
                           self, G_CONNECT_SWAPPED);
  watch_focus (self, view);
  pc_bank_form_place (self, pointer, view);
  return scrolled;
}

/* -- flags ---------------------------------------------------------------- */

static void
toggled_cb (PcBankForm     *self,
            GtkCheckButton *check)
{
  const char *pointer = g_object_get_data (G_OBJECT (check), POINTER);
  gboolean fallback = g_object_get_data (G_OBJECT (check), KIND) != NULL;
  gboolean active = gtk_check_button_get_active (check);

  if (self->silent)
    return;
  pc_bank_edit_set (self->edit, pointer,
                    active != fallback
                        ? json_node_init_boolean (json_node_alloc (), active)
                        : NULL);
}

static GtkWidget *
new_check (PcBankForm        *self,
           const PcFormField *field,
           const char        *pointer,
           const char        *name)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (_ (field->label));
  JsonNode *node = pc_bank_edit_get (self->edit, pointer);
  gboolean active = field->on;

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
      json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    active = json_node_get_boolean (node);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  set_name (check, name);
  tell_place (G_OBJECT (check), pointer, field->on);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self,
                           G_CONNECT_SWAPPED);
  pc_bank_form_place (self, pointer, check);
  return check;
}

/* -- choices -------------------------------------------------------------- */

static void
selected_cb (PcBankForm *self,
             GParamSpec *spec,
             GtkWidget  *list)
{
  const char *const *ids = g_object_get_data (G_OBJECT (list), "pc-ids");
  const char *pointer = g_object_get_data (G_OBJECT (list), POINTER);
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (list));

  if (self->silent || index >= g_strv_length ((char **) ids))
    return;
  pc_bank_edit_set (self->edit, pointer,
                    index > 0 ? new_string (ids[index]) : NULL);
  pc_bank_edit_end_step (self->edit);
}

GtkWidget *
pc_bank_form_new_choice (PcBankForm        *self,
                         const char        *pointer,
                         const char *const *ids,
                         const char *const *labels,
                         const char        *name)
{
  g_autoptr (GStrvBuilder) all_ids = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) all_labels = g_strv_builder_new ();
  g_autofree char *value =
      dup_value (pc_bank_edit_get (self->edit, pointer), PC_FORM_LINE);
  g_auto (GStrv) texts = NULL;
  GtkWidget *list;
  guint selected = 0;

  g_strv_builder_add (all_ids, "");
  g_strv_builder_add (all_labels, _ ("Nothing chosen"));
  for (guint i = 0; ids[i] != NULL; i++) {
    g_strv_builder_add (all_ids, ids[i]);
    g_strv_builder_add (all_labels, labels[i]);
    if (g_str_equal (ids[i], value))
      selected = i + 1;
  }
  if (selected == 0 && *value != '\0') {
    /* Translators: %s is an id that stands for nothing. */
    g_autofree char *text = g_strdup_printf (_ ("%s: not there"), value);

    g_strv_builder_add (all_ids, value);
    g_strv_builder_add (all_labels, text);
    selected = g_strv_length ((char **) ids) + 1;
  }
  texts = g_strv_builder_end (all_labels);
  list = pc_choice_list_new (name, (const char *const *) texts, FALSE);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (list), selected);
  g_object_set_data_full (G_OBJECT (list), "pc-ids",
                          g_strv_builder_end (all_ids),
                          (GDestroyNotify) g_strfreev);
  tell_place (G_OBJECT (list), pointer, PC_FORM_CHOICE);
  g_signal_connect_object (list, "notify::selected",
                           G_CALLBACK (selected_cb), self, G_CONNECT_SWAPPED);
  pc_bank_form_place (self, pointer, list);
  return list;
}

static GtkWidget *
new_words (PcBankForm        *self,
           const PcFormField *field,
           const char        *pointer,
           const char        *name)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  for (guint i = 0; field->words[i] != NULL; i += 2) {
    g_ptr_array_add (ids, (gpointer) field->words[i]);
    g_ptr_array_add (labels, (gpointer) _ (field->words[i + 1]));
  }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (labels, NULL);
  return pc_bank_form_new_choice (self, pointer,
                                  (const char *const *) ids->pdata,
                                  (const char *const *) labels->pdata, name);
}

static void
fill_pick (PcBankForm        *self,
           GtkBox            *box,
           const PcFormField *field,
           const char        *pointer,
           const char        *name)
{
  g_auto (GStrv) labels = NULL;
  g_auto (GStrv) ids =
      pc_bank_form_list (self, pointer, field->source, &labels);
  GtkWidget *list = pc_bank_form_new_choice (
      self, pointer, (const char *const *) ids, (const char *const *) labels,
      name);

  gtk_widget_set_hexpand (list, TRUE);
  gtk_box_append (box, list);
}

/* -- rows ----------------------------------------------------------------- */

void
pc_bank_form_add_row (GtkBox     *box,
                      const char *label,
                      GtkWidget  *child)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (label);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (text, "field-label");
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), child);
  gtk_box_append (box, row);
}

static void
fill_object (PcBankForm        *self,
             GtkBox            *box,
             const PcFormField *field,
             const char        *pointer,
             const char        *name)
{
  pc_bank_form_add_fields (self, box, field->inner, pointer, name);
}

static GtkWidget *
new_group (PcBankForm        *self,
           PcFormFill         fill,
           const PcFormField *field,
           const char        *pointer,
           const char        *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);

  fill (self, GTK_BOX (box), field, pointer, name);
  return box;
}

static GtkWidget *
new_control (PcBankForm        *self,
             const PcFormField *field,
             const char        *pointer,
             const char        *name)
{
  switch (field->kind) {
  case PC_FORM_TEXT:
  case PC_FORM_GROUPS:
    return pc_bank_form_new_text (self, pointer, field->kind, name);
  case PC_FORM_CHOICE: return new_words (self, field, pointer, name);
  case PC_FORM_PICK:
    return pc_bank_form_new_follower (self, fill_pick, field, pointer, name);
  case PC_FORM_CHECKS:
    return pc_bank_form_new_follower (self, pc_bank_form_fill_checks, field,
                                      pointer, name);
  case PC_FORM_MAP:
    return pc_bank_form_new_follower (self, pc_bank_form_fill_map, field,
                                      pointer, name);
  case PC_FORM_LINKED:
    return pc_bank_form_new_follower (self, pc_bank_form_fill_linked, field,
                                      pointer, name);
  case PC_FORM_LIST:
  case PC_FORM_TEXTS:
    return new_group (self, pc_bank_form_fill_list, field, pointer, name);
  case PC_FORM_OBJECT:
    return new_group (self, fill_object, field, pointer, name);
  case PC_FORM_LINE:
  case PC_FORM_NUMBER:
  case PC_FORM_VALUE:
  case PC_FORM_WORDS:
  case PC_FORM_FLAG:
  default: return pc_bank_form_new_entry (self, pointer, field->kind, name);
  }
}

static void
add_field (PcBankForm        *self,
           GtkBox            *box,
           const PcFormField *field,
           const char        *object,
           const char        *name)
{
  g_autofree char *pointer = g_strconcat (object, "/", field->name, NULL);
  g_autofree char *full = pc_bank_form_dup_name (name, _ (field->label));

  if (field->kind == PC_FORM_FLAG)
    gtk_box_append (box, new_check (self, field, pointer, full));
  else
    pc_bank_form_add_row (box, _ (field->label),
                          new_control (self, field, pointer,
                                       field->kind == PC_FORM_LIST ||
                                               field->kind == PC_FORM_TEXTS
                                           ? name
                                           : full));
}

static void
fill_rare (PcBankForm        *self,
           GtkBox            *box,
           const PcFormField *fields,
           const char        *pointer,
           const char        *name)
{
  for (; fields->name != NULL; fields++)
    if (fields->rare)
      add_field (self, box, fields, pointer, name);
}

void
pc_bank_form_add_fields (PcBankForm        *self,
                         GtkBox            *box,
                         const PcFormField *fields,
                         const char        *pointer,
                         const char        *name)
{
  g_autofree char *key = g_strconcat (pointer, "#more", NULL);
  g_autofree char *title = pc_bank_form_dup_name (name, _ ("More"));
  gboolean rare = FALSE;

  for (const PcFormField *field = fields; field->name != NULL; field++) {
    rare = rare || field->rare;
    if (!field->rare)
      add_field (self, box, field, pointer, name);
  }
  if (rare)
    gtk_box_append (box, pc_bank_form_new_fold (self, title, key, FALSE,
                                                fill_rare, fields, pointer,
                                                name));
}
