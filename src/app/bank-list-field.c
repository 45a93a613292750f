/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fields of a form that hold several values: lists whose elements come, go
 * and move, ids to tick, values for ids, and the transcript that a question
 * names. */

#include "app/bank-form.h"

#include "app/bank-form-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SPACING 12
#define POINTER "pc-pointer"
#define INDEX "pc-index"

/* -- elements ------------------------------------------------------------- */

static guint
get_index (GtkWidget *button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), INDEX));
}

static const char *
get_list (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), POINTER);
}

/* @callback is called with the form and @widget, which keeps @pointer. */
static void
watch (PcBankForm *self,
       GtkWidget  *widget,
       const char *signal,
       GCallback   callback,
       const char *pointer)
{
  g_object_set_data_full (G_OBJECT (widget), POINTER, g_strdup (pointer),
                          g_free);
  g_signal_connect_object (widget, signal, callback, self, G_CONNECT_SWAPPED);
}

/* The focus follows the element. */
static void
want (PcBankForm *self,
      const char *list,
      guint       index,
      const char *what)
{
  g_free (self->wanted);
  self->wanted = g_strdup_printf ("%s/%u%s", list, index, what);
}

/* Nothing happens to the first and the last one, that way. */
static void
move (PcBankForm *self,
      GtkWidget  *button,
      int         step,
      const char *what)
{
  const char *list = get_list (button);
  guint from = get_index (button);
  guint to = from + (guint) step;

  if (to >= pc_bank_edit_get_length (self->edit, list))
    return;
  want (self, list, to, what);
  pc_bank_edit_move (self->edit, list, from, to);
}

static void
up_cb (PcBankForm *self,
       GtkWidget  *button)
{
  move (self, button, -1, "#up");
}

static void
down_cb (PcBankForm *self,
         GtkWidget  *button)
{
  move (self, button, 1, "#down");
}

static void
remove_cb (PcBankForm *self,
           GtkWidget  *button)
{
  guint index = get_index (button);
  guint n = pc_bank_edit_get_length (self->edit, get_list (button));

  if (index >= n)
    return;
  if (n > 1) {
    want (self, get_list (button), MIN (index, n - 2), "#remove");
  } else {
    g_free (self->wanted);
    self->wanted = g_strconcat (get_list (button), "#add", NULL);
  }
  pc_bank_edit_remove (self->edit, get_list (button), index);
}

static void
add_cb (PcBankForm *self,
        GtkWidget  *button)
{
  const char *list = get_list (button);
  gboolean texts = g_object_get_data (G_OBJECT (button), INDEX) != NULL;
  guint n = pc_bank_edit_get_length (self->edit, list);

  want (self, list, n, "");
  pc_bank_edit_insert (self->edit, list, n,
                       texts ? json_node_init_string (json_node_alloc (), "")
                             : pc_bank_edit_make_element (self->edit, list));
}

static GtkWidget *
new_button (PcBankForm *self,
            const char *icon,
            const char *name,
            const char *list,
            guint       index,
            const char *what,
            GCallback   clicked)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);
  g_autofree char *place = g_strdup_printf ("%s/%u%s", list, index, what);

  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), INDEX, GUINT_TO_POINTER (index));
  watch (self, button, "clicked", clicked, list);
  pc_bank_form_place (self, place, button);
  return button;
}

/* Its name, and what can be done with it. */
static GtkWidget *
new_head (PcBankForm *self,
          const char *title,
          const char *list,
          guint       index,
          guint       n)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *label = gtk_label_new (title);
  /* Translators: %s is "Option 2" and the like. */
  g_autofree char *up = g_strdup_printf (_ ("Move up: %s"), title);
  g_autofree char *down = g_strdup_printf (_ ("Move down: %s"), title);
  g_autofree char *gone = g_strdup_printf (_ ("Remove: %s"), title);
  GtkWidget *button;

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (box), label);
  button = new_button (self, "go-up-symbolic", up, list, index, "#up",
                       G_CALLBACK (up_cb));
  gtk_widget_set_sensitive (button, index > 0);
  gtk_box_append (GTK_BOX (box), button);
  button = new_button (self, "go-down-symbolic", down, list, index, "#down",
                       G_CALLBACK (down_cb));
  gtk_widget_set_sensitive (button, index + 1 < n);
  gtk_box_append (GTK_BOX (box), button);
  gtk_box_append (GTK_BOX (box),
                  new_button (self, "list-remove-symbolic", gone, list, index,
                              "#remove", G_CALLBACK (remove_cb)));
  return box;
}

static GtkWidget *
new_element (PcBankForm        *self,
             const PcFormField *field,
             const char        *list,
             guint              index,
             guint              n,
             const char        *name)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  g_autofree char *pointer = g_strdup_printf ("%s/%u", list, index);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_autofree char *number = g_strdup_printf (_ (field->element), index + 1);
#pragma GCC diagnostic pop
  g_autofree char *title = pc_bank_form_dup_name (name, number);

  gtk_widget_add_css_class (card, "element");
  gtk_box_append (GTK_BOX (card), new_head (self, title, list, index, n));
  if (field->kind == PC_FORM_TEXTS)
    gtk_box_append (GTK_BOX (card),
                    pc_bank_form_new_text (self, pointer, PC_FORM_TEXT,
                                           title));
  else if (field->inner == NULL)
    gtk_box_append (GTK_BOX (card),
                    pc_bank_form_new_follower (self, pc_bank_form_fill_map,
                                               field, pointer, title));
  else
    pc_bank_form_add_fields (self, GTK_BOX (card), field->inner, pointer,
                             title);
  return card;
}

void
pc_bank_form_fill_list (PcBankForm        *self,
                        GtkBox            *box,
                        const PcFormField *field,
                        const char        *pointer,
                        const char        *name)
{
  guint n = pc_bank_edit_get_length (self->edit, pointer);
  GtkWidget *button = gtk_button_new_with_label (_ (field->add));
  g_autofree char *full = pc_bank_form_dup_name (name, _ (field->add));
  g_autofree char *place = g_strconcat (pointer, "#add", NULL);

  for (guint i = 0; i < n; i++)
    gtk_box_append (box, new_element (self, field, pointer, i, n, name));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pill");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  if (field->kind == PC_FORM_TEXTS)
    g_object_set_data (G_OBJECT (button), INDEX, GUINT_TO_POINTER (1));
  watch (self, button, "clicked", G_CALLBACK (add_cb), pointer);
  pc_bank_form_place (self, place, button);
  gtk_box_append (box, button);
}

/* -- ids to tick ---------------------------------------------------------- */

static gboolean
has_id (JsonNode   *node,
        const char *id)
{
  JsonArray *array;

  if (node == NULL || !JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  array = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (array); i++) {
    JsonNode *element = json_array_get_element (array, i);

    if (JSON_NODE_HOLDS_VALUE (element) &&
        json_node_get_value_type (element) == G_TYPE_STRING &&
        g_str_equal (json_node_get_string (element), id))
      return TRUE;
  }
  return FALSE;
}

static void
ticked_cb (PcBankForm *self,
           GtkWidget  *check)
{
  const char *pointer = get_list (check);
  JsonArray *array = json_array_new ();
  JsonNode *node = NULL;

  for (GtkWidget *other =
           gtk_widget_get_first_child (gtk_widget_get_parent (check));
       other != NULL; other = gtk_widget_get_next_sibling (other))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (other)))
      json_array_add_string_element (
          array, g_object_get_data (G_OBJECT (other), "pc-id"));
  if (json_array_get_length (array) > 0)
    node = json_node_init_array (json_node_alloc (), array);
  json_array_unref (array);
  if (!self->silent)
    pc_bank_edit_set (self->edit, pointer, node);
  else
    g_clear_pointer (&node, json_node_unref);
}

static void
add_check (PcBankForm *self,
           GtkBox     *box,
           const char *pointer,
           const char *id,
           const char *text,
           const char *name,
           gboolean    active)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);
  g_autofree char *full = pc_bank_form_dup_name (name, text);
  g_autofree char *place = g_strdup_printf ("%s#%s", pointer, id);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), active);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, full, -1);
  g_object_set_data_full (G_OBJECT (check), "pc-id", g_strdup (id), g_free);
  watch (self, check, "toggled", G_CALLBACK (ticked_cb), pointer);
  pc_bank_form_place (self, place, check);
  gtk_box_append (box, check);
}

/* Those that can be, and those that are but cannot be. */
void
pc_bank_form_fill_checks (PcBankForm        *self,
                          GtkBox            *box,
                          const PcFormField *field,
                          const char        *pointer,
                          const char        *name)
{
  g_auto (GStrv) labels = NULL;
  g_auto (GStrv) ids =
      pc_bank_form_list (self, pointer, field->source, &labels);
  JsonNode *node = pc_bank_edit_get (self->edit, pointer);
  guint n = pc_bank_edit_get_length (self->edit, pointer);

  for (guint i = 0; ids[i] != NULL; i++)
    add_check (self, box, pointer, ids[i], labels[i], name,
               has_id (node, ids[i]));
  for (guint i = 0; i < n; i++) {
    g_autofree char *place = g_strdup_printf ("%s/%u", pointer, i);
    const char *id = pc_bank_edit_get_text (self->edit, place);

    if (id != NULL && !g_strv_contains ((const char *const *) ids, id)) {
      g_autofree char *text = g_strdup_printf (_ ("%s: not there"), id);

      add_check (self, box, pointer, id, text, name, TRUE);
    }
  }
  if (gtk_widget_get_first_child (GTK_WIDGET (box)) != NULL) {
    pc_bank_form_place (self, pointer,
                        gtk_widget_get_first_child (GTK_WIDGET (box)));
  } else {
    GtkWidget *label = gtk_label_new (_ ("There is nothing to choose yet."));

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_widget_add_css_class (label, "dim-label");
    gtk_box_append (box, label);
  }
}

/* -- values for ids ------------------------------------------------------- */

/* What a setting is, its field says. */
static GtkWidget *
new_setting (PcBankForm *self,
             const char *pointer,
             guint       index,
             const char *place,
             const char *name)
{
  static const char *const yes_no[] = { "yes", "no", NULL };
  const char *const words[] = { _ ("Yes"), _ ("No"), NULL };
  guint item = 0;
  g_autofree char *field = NULL;
  g_autofree char *kind = NULL;
  g_autofree char *choices = NULL;
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();
  g_auto (GStrv) all = NULL;
  const char *what;
  guint n;

  pc_bank_edit_split_pointer (pointer, &item, NULL);
  field = g_strdup_printf ("/items/%u/fields/%u", item, index);
  kind = g_strconcat (field, "/kind", NULL);
  choices = g_strconcat (field, "/choices", NULL);
  what = pc_bank_edit_get_text (self->edit, kind);
  if (g_strcmp0 (what, "flag") == 0)
    return pc_bank_form_new_choice (self, place, yes_no, words, name);
  if (g_strcmp0 (what, "choice") != 0)
    return pc_bank_form_new_entry (self, place, PC_FORM_VALUE, name);
  n = pc_bank_edit_get_length (self->edit, choices);
  for (guint i = 0; i < n; i++) {
    g_autofree char *id = g_strdup_printf ("%s/%u/id", choices, i);
    const char *text = pc_bank_edit_get_text (self->edit, id);

    if (text != NULL)
      g_strv_builder_add (ids, text);
  }
  all = g_strv_builder_end (ids);
  return pc_bank_form_new_choice (self, place, (const char *const *) all,
                                  (const char *const *) all, name);
}

void
pc_bank_form_fill_map (PcBankForm        *self,
                       GtkBox            *box,
                       const PcFormField *field,
                       const char        *pointer,
                       const char        *name)
{
  g_auto (GStrv) labels = NULL;
  g_auto (GStrv) ids =
      pc_bank_form_list (self, pointer, field->source, &labels);
  JsonNode *node = pc_bank_edit_get (self->edit, pointer);
  g_autoptr (GList) members =
      node != NULL && JSON_NODE_HOLDS_OBJECT (node)
          ? json_object_get_members (json_node_get_object (node))
          : NULL;

  for (guint i = 0; ids[i] != NULL; i++) {
    g_autofree char *place = pc_json_pointer_member (pointer, ids[i]);
    g_autofree char *full = pc_bank_form_dup_name (name, labels[i]);

    pc_bank_form_add_row (
        box, labels[i],
        field->source == PC_SOURCE_FIELDS
            ? new_setting (self, pointer, i, place, full)
            : pc_bank_form_new_entry (self, place, PC_FORM_LINE, full));
  }
  for (GList *l = members; l != NULL; l = l->next) {
    g_autofree char *place = pc_json_pointer_member (pointer, l->data);
    g_autofree char *text = g_strdup_printf (_ ("%s: not there"),
                                             (const char *) l->data);
    g_autofree char *full = pc_bank_form_dup_name (name, text);

    if (!g_strv_contains ((const char *const *) ids, l->data))
      pc_bank_form_add_row (box, text,
                            pc_bank_form_new_entry (self, place,
                                                    PC_FORM_VALUE, full));
  }
}

/* -- the transcript ------------------------------------------------------- */

static void
new_stimulus_cb (PcBankForm *self,
                 GtkWidget  *button)
{
  JsonNode *node = pc_bank_edit_make_element (self->edit, "/stimuli");
  const char *id =
      json_object_get_string_member (json_node_get_object (node), "id");

  pc_bank_edit_begin (self->edit);
  pc_bank_edit_set_text (self->edit, get_list (button), id);
  pc_bank_edit_insert (self->edit, "/stimuli", G_MAXUINT, node);
  pc_bank_edit_end (self->edit);
}

void
pc_bank_form_fill_linked (PcBankForm        *self,
                          GtkBox            *box,
                          const PcFormField *field,
                          const char        *pointer,
                          const char        *name)
{
  g_autofree char *stimulus = pc_form_find_stimulus (self->edit, pointer);
  GtkWidget *button;

  if (stimulus != NULL) {
    pc_bank_form_add_fields (self, box, field->inner, stimulus, NULL);
    return;
  }
  button = gtk_button_new_with_label (_ ("New transcript"));
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "pill");
  watch (self, button, "clicked", G_CALLBACK (new_stimulus_cb), pointer);
  gtk_box_append (box, button);
}
