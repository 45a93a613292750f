/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window: which question is shown, and how; commands and keys.  Files are
 * the matter of bank-editor-files.c, mistakes that of
 * bank-editor-mistakes.c. */

#include "app/bank-editor.h"

#include "app/bank-editor-private.h"
#include "app/clamp-layout.h"
#include "app/confirm.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (PcBankEditor, pc_bank_editor, GTK_TYPE_APPLICATION_WINDOW)

static void
set_enabled (PcBankEditor *self,
             const char   *name,
             gboolean      enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

void
pc_bank_editor_tell (PcBankEditor *self,
                     const char   *text)
{
  pc_toasts_add (self->toasts, text);
}

/* -- what is shown -------------------------------------------------------- */

static int
get_chosen (PcBankEditor *self)
{
  return self->edit != NULL ? pc_bank_items_get_chosen (self->items)
                            : PC_BANK_ITEMS_HEAD;
}

static char *
dup_pointer (PcBankEditor *self)
{
  int item = get_chosen (self);

  return item >= 0 ? g_strdup_printf ("/items/%d", item) : g_strdup ("");
}

static void
show_json (PcBankEditor *self)
{
  g_autofree char *pointer = dup_pointer (self);
  JsonNode *node = pc_bank_edit_get (self->edit, pointer);
  g_autofree char *text = NULL;

  if (*pointer == '\0') {
    /* All but the questions, which have texts of their own. */
    g_autoptr (JsonNode) head = json_node_copy (node);
    JsonObject *object = json_object_new ();
    JsonObjectIter iter;
    const char *name;
    JsonNode *member;

    json_object_iter_init_ordered (&iter, json_node_get_object (node));
    while (json_object_iter_next_ordered (&iter, &name, &member))
      if (!g_str_equal (name, "items"))
        json_object_set_member (object, name, json_node_ref (member));
    json_node_take_object (head, object);
    text = pc_json_write (head);
  } else {
    text = node != NULL ? pc_json_write (node) : g_strdup ("");
  }
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->json), text, -1);
}

static void
show_view (PcBankEditor *self)
{
  const char *view = gtk_stack_get_visible_child_name (self->views);
  g_autofree char *pointer = NULL;
  g_autofree char *id = NULL;

  if (self->edit == NULL)
    return;
  if (g_strcmp0 (view, "json") == 0)
    show_json (self);
  if (g_strcmp0 (view, "preview") != 0)
    return;
  pointer = dup_pointer (self);
  id = g_strconcat (pointer, "/id", NULL);
  pc_bank_preview_show (self->preview, pc_bank_check_get_bank (self->check),
                        *pointer != '\0'
                            ? pc_bank_edit_get_text (self->edit, id)
                            : NULL);
}

static void
chosen_cb (PcBankEditor *self)
{
  g_autofree char *pointer = dup_pointer (self);

  if (self->edit != NULL)
    pc_bank_form_show (self->form, self->edit, pointer);
  show_view (self);
  pc_bank_editor_update (self);
}

static void
show_title (PcBankEditor *self)
{
  const char *title = pc_bank_edit_get_text (self->edit, "/title");
  g_autofree char *shown = pc_problem_clean_text (
      title != NULL && *title != '\0' ? title : _ ("Untitled bank"));
  g_autofree char *text = NULL;

  if (!pc_bank_edit_is_saved (self->edit))
    /* Translators: a bank that has changes which are not saved. */
    text = g_strdup_printf (_ ("%s (not saved)"), shown);
  gtk_window_set_title (GTK_WINDOW (self), text != NULL ? text : shown);
  gtk_label_set_label (self->title, text != NULL ? text : shown);
}

void
pc_bank_editor_update (PcBankEditor *self)
{
  gboolean editing = self->edit != NULL;
  int item = get_chosen (self);
  guint n = editing ? pc_bank_edit_get_n_items (self->edit) : 0;

  set_enabled (self, "save",
               editing && !self->saving &&
                   !pc_bank_edit_is_saved (self->edit));
  set_enabled (self, "save-as", editing && !self->saving);
  set_enabled (self, "undo", editing && pc_bank_edit_can_undo (self->edit));
  set_enabled (self, "redo", editing && pc_bank_edit_can_redo (self->edit));
  set_enabled (self, "add-item", editing);
  set_enabled (self, "new-item", editing);
  set_enabled (self, "banks", editing);
  set_enabled (self, "find", editing);
  set_enabled (self, "view", editing);
  set_enabled (self, "duplicate", item >= 0);
  set_enabled (self, "remove-item", item >= 0);
  set_enabled (self, "move-item", item >= 0 && n > 1);
  gtk_widget_set_visible (self->tools, editing);
  if (editing) {
    show_title (self);
  } else {
    gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Questions"));
    gtk_label_set_label (self->title, _ ("Edit Questions"));
  }
}

static void
changed_cb (PcBankEditor *self)
{
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views), "json") == 0)
    show_json (self);
}

static void
checked_cb (PcBankEditor *self)
{
  pc_bank_editor_show_mistakes (self);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->views),
                 "preview") == 0)
    show_view (self);
}

void
pc_bank_editor_show (PcBankEditor *self,
                     PcBankEdit   *edit)
{
  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_set_object (&self->edit, edit);
  if (edit != NULL) {
    g_signal_connect_object (edit, "notify::state",
                             G_CALLBACK (pc_bank_editor_update), self,
                             G_CONNECT_SWAPPED);
    g_signal_connect_object (edit, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  }
  pc_bank_check_set_edit (self->check, edit);
  pc_bank_items_set_edit (self->items, edit);
  pc_bank_form_show (self->form, edit, edit != NULL ? "" : NULL);
  gtk_stack_set_visible_child_name (self->views, "form");
  gtk_stack_set_visible_child_name (self->pages,
                                    edit != NULL ? "edit" : "choose");
  if (edit == NULL)
    pc_bank_editor_list_banks (self);
  pc_bank_editor_watch_file (self);
  pc_bank_editor_update (self);
  if (edit != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->pages), GTK_DIR_TAB_FORWARD);
}

/* -- commands ------------------------------------------------------------- */

static void
step_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcBankEditor *self = data;
  gboolean undo = g_str_equal (g_action_get_name (G_ACTION (action)), "undo");
  g_autofree char *pointer = undo ? pc_bank_edit_undo (self->edit)
                                  : pc_bank_edit_redo (self->edit);
  guint item;
  int chosen = get_chosen (self);

  if (pointer == NULL)
    return;
  /* To where something changed. */
  if (pc_bank_edit_split_pointer (pointer, &item, NULL) &&
      (int) item != chosen && item < pc_bank_edit_get_n_items (self->edit))
    pc_bank_items_choose (self->items, (int) item);
  else
    chosen_cb (self);
  pc_bank_form_focus (self->form, pointer);
}

static void
add_item_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  PcBankEditor *self = data;
  const char *name = g_variant_get_string (parameter, NULL);
  int chosen = get_chosen (self);

  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++) {
    guint index;

    if (!g_str_equal (pc_item_type_to_string (type), name))
      continue;
    index = pc_bank_edit_add_item (self->edit, type,
                                   chosen >= 0 ? (guint) chosen : G_MAXUINT);
    gtk_stack_set_visible_child_name (self->views, "form");
    pc_bank_items_choose (self->items, (int) index);
    gtk_widget_grab_focus (GTK_WIDGET (self->form));
    {
      g_autofree char *stem = g_strdup_printf ("/items/%u/stem", index);

      pc_bank_form_focus (self->form, stem);
    }
    return;
  }
}

static void
new_item_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  gtk_menu_button_popup (PC_BANK_EDITOR (data)->add_button);
}

static void
item_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcBankEditor *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  int item = get_chosen (self);
  int n = (int) pc_bank_edit_get_n_items (self->edit);

  if (item < 0)
    return;
  if (g_str_equal (name, "duplicate")) {
    item = (int) pc_bank_edit_duplicate_item (self->edit, (guint) item);
  } else if (g_str_equal (name, "remove-item")) {
    pc_bank_edit_remove (self->edit, "/items", (guint) item);
    pc_bank_editor_tell (self, _ ("The question was removed. Ctrl+Z brings "
                                  "it back."));
    item = MIN (item, n - 2);
  } else {
    int to = CLAMP (item + g_variant_get_int32 (parameter), 0, n - 1);

    pc_bank_edit_move (self->edit, "/items", (guint) item, (guint) to);
    item = to;
  }
  pc_bank_items_choose (self->items, item);
}

static void
view_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcBankEditor *self = data;
  const char *view = g_variant_get_string (parameter, NULL);

  if (gtk_stack_get_child_by_name (self->views, view) != NULL)
    gtk_stack_set_visible_child_name (self->views, view);
}

static void
find_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcBankEditor *self = data;

  pc_fold_set_show_start (self->fold, TRUE);
  pc_bank_items_focus_search (self->items);
}

static void
mistakes_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  PcBankEditor *self = data;
  GtkToggleButton *button = GTK_TOGGLE_BUTTON (self->mistakes_button);

  if (!gtk_widget_get_sensitive (self->mistakes_button))
    return;
  gtk_toggle_button_set_active (button, TRUE);
  gtk_widget_child_focus (self->mistakes_part, GTK_DIR_TAB_FORWARD);
}

static void
show_banks (gpointer owner)
{
  pc_bank_editor_show (owner, NULL);
}

static gboolean
is_unsaved (PcBankEditor *self)
{
  return self->edit != NULL && !pc_bank_edit_is_saved (self->edit) &&
         (pc_bank_edit_can_undo (self->edit) ||
          pc_bank_edit_get_path (self->edit) != NULL);
}

static void
banks_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  PcBankEditor *self = data;

  if (is_unsaved (self))
    pc_confirm (GTK_WIDGET (self), _ ("Leave without saving?"),
                _ ("What you changed in this bank would be lost."),
                _ ("_Leave"), show_banks);
  else
    show_banks (self);
}

/* -- life ----------------------------------------------------------------- */

static void
close_anyway (gpointer owner)
{
  PcBankEditor *self = owner;

  self->closes_anyway = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
close_request (GtkWindow *window)
{
  PcBankEditor *self = PC_BANK_EDITOR (window);

  if (!self->closes_anyway && is_unsaved (self)) {
    pc_confirm (GTK_WIDGET (self), _ ("Close without saving?"),
                _ ("What you changed in this bank would be lost."),
                _ ("_Close Anyway"), close_anyway);
    return TRUE;
  }
  return GTK_WINDOW_CLASS (pc_bank_editor_parent_class)->close_request (window);
}

static void
dispose (GObject *object)
{
  PcBankEditor *self = PC_BANK_EDITOR (object);

  g_clear_handle_id (&self->quiet_id, g_source_remove);
  if (self->check != NULL) {
    g_signal_handlers_disconnect_by_data (self->check, self);
    pc_bank_check_set_edit (self->check, NULL);
  }
  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  g_clear_object (&self->monitor);
  g_clear_object (&self->check);
  g_clear_object (&self->edit);
  g_clear_object (&self->content);
  G_OBJECT_CLASS (pc_bank_editor_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcBankEditor, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (title);
  BIND (pages);
  BIND (toasts);
  BIND (own);
  BIND (ours);
  BIND (begin);
  BIND (own_part);
  BIND (fold);
  BIND (items);
  BIND (views);
  BIND (form);
  BIND (preview);
  BIND (json);
  BIND (tools);
  BIND (add_button);
  BIND (mistakes_button);
  BIND (mistakes_label);
  BIND (mistakes_icon);
  BIND (mistakes_part);
  BIND (mistakes);
}

#undef BIND

static void
add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s,
                                       GDK_CONTROL_MASK, "win.save", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_s, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
      "win.save-as", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n,
                                       GDK_CONTROL_MASK, "win.new-item",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F8, 0,
                                       "win.mistakes", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK,
                                       "win.move-item", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down,
                                       GDK_ALT_MASK, "win.move-item", "i", 1);
}

static void
pc_bank_editor_class_init (PcBankEditorClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_BANK_FORM);
  g_type_ensure (PC_TYPE_BANK_ITEMS);
  g_type_ensure (PC_TYPE_BANK_PREVIEW);
  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FOLD);
  g_type_ensure (PC_TYPE_TAB_STOP);
  g_type_ensure (PC_TYPE_TOASTS);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  GTK_WINDOW_CLASS (klass)->close_request = close_request;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/bank-editor.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_view);
  gtk_widget_class_bind_template_callback (widget_class,
                                           pc_bank_editor_go_to_mistake);
  add_keys (widget_class);
}

/* Before the fields, which would take back what was typed in them alone. */
static void
add_undo_keys (PcBankEditor *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (
          gtk_keyval_trigger_new (GDK_KEY_z, GDK_CONTROL_MASK),
          gtk_named_action_new ("win.undo")));
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (
          gtk_keyval_trigger_new (GDK_KEY_z,
                                  GDK_CONTROL_MASK | GDK_SHIFT_MASK),
          gtk_named_action_new ("win.redo")));
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
pc_bank_editor_init (PcBankEditor *self)
{
  static const GActionEntry entries[] = {
    { .name = "undo", .activate = step_cb },
    { .name = "redo", .activate = step_cb },
    { .name = "add-item", .activate = add_item_cb, .parameter_type = "s" },
    { .name = "new-item", .activate = new_item_cb },
    { .name = "duplicate", .activate = item_cb },
    { .name = "remove-item", .activate = item_cb },
    { .name = "move-item", .activate = item_cb, .parameter_type = "i" },
    { .name = "view", .activate = view_cb, .parameter_type = "s" },
    { .name = "find", .activate = find_cb },
    { .name = "mistakes", .activate = mistakes_cb },
    { .name = "banks", .activate = banks_cb },
  };
  GAction *sidebar;

  g_action_map_add_action_entries (G_ACTION_MAP (self), entries,
                                   G_N_ELEMENTS (entries), self);
  pc_bank_editor_init_files (self);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_undo_keys (self);
  pc_bank_preview_add_actions (self->preview, G_ACTION_MAP (self));
  sidebar = G_ACTION (
      g_property_action_new ("sidebar", self->fold, "show-start"));
  g_action_map_add_action (G_ACTION_MAP (self), sidebar);
  g_object_unref (sidebar);
}

GtkWidget *
pc_bank_editor_new (GtkApplication *app,
                    PcContent      *content)
{
  PcBankEditor *self;

  g_return_val_if_fail (PC_IS_CONTENT (content), NULL);

  self = g_object_new (PC_TYPE_BANK_EDITOR, "application", app, NULL);
  self->content = g_object_ref (content);
  self->check = pc_bank_check_new (content);
  g_signal_connect_object (self->check, "checked", G_CALLBACK (checked_cb),
                           self, G_CONNECT_SWAPPED);
  pc_bank_form_set_content (self->form, content);
  pc_bank_editor_show (self, NULL);
  return GTK_WIDGET (self);
}

PcBankEdit *
pc_bank_editor_get_edit (PcBankEditor *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDITOR (self), NULL);

  return self->edit;
}

gboolean
pc_bank_editor_is_checked (PcBankEditor *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDITOR (self), FALSE);

  return pc_bank_check_is_idle (self->check) &&
         pc_bank_check_is_proven (self->check);
}

PcProblems *
pc_bank_editor_get_problems (PcBankEditor *self)
{
  g_return_val_if_fail (PC_IS_BANK_EDITOR (self), NULL);

  return pc_bank_check_get_problems (self->check);
}
