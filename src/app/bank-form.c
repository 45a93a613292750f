/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Makes the widgets of a question from the tables of quiz/bank-form.h.  When
 * elements come or go all is made anew, and the focus put where it was; while
 * one types, only lists are, whose choices stand in what was typed. */

#include "app/bank-form.h"

#include "app/bank-form-private.h"
#include "app/clamp-layout.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SPACING 12
#define MARGIN 12
#define EMS 46

typedef struct
{
  PcFormFill         fill;
  const PcFormField *field;
  char              *pointer;
  char              *name;
  char              *key;       /* of a fold; else NULL */
  char              *signature; /* of a follower: what can be chosen */
  gboolean           filled;
} Part;

#define PART "pc-part"

G_DEFINE_FINAL_TYPE (PcBankForm, pc_bank_form, GTK_TYPE_WIDGET)

/* -- parts ---------------------------------------------------------------- */

static void
free_part (gpointer data)
{
  Part *part = data;

  g_free (part->pointer);
  g_free (part->name);
  g_free (part->key);
  g_free (part->signature);
  g_free (part);
}

static Part *
add_part (GtkWidget         *widget,
          PcFormFill         fill,
          const PcFormField *field,
          const char        *pointer,
          const char        *name)
{
  Part *part = g_new0 (Part, 1);

  part->fill = fill;
  part->field = field;
  part->pointer = g_strdup (pointer);
  part->name = g_strdup (name);
  g_object_set_data_full (G_OBJECT (widget), PART, part, free_part);
  return part;
}

static Part *
get_part (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), PART);
}

void
pc_bank_form_place (PcBankForm *self,
                    const char *pointer,
                    GtkWidget  *widget)
{
  g_hash_table_replace (self->places, g_strdup (pointer),
                        g_object_ref (widget));
}

char *
pc_bank_form_dup_name (const char *name,
                       const char *label)
{
  /* Translators: "Option 2: Text"; the second is a part of the first. */
  return name != NULL ? g_strdup_printf (_ ("%s: %s"), name, label)
                      : g_strdup (label);
}

char **
pc_bank_form_list (PcBankForm  *self,
                   const char  *pointer,
                   PcFormSource source,
                   char      ***labels)
{
  return pc_form_list_source (
      self->edit, pointer, source,
      self->content != NULL ? pc_content_get_library (self->content) : NULL,
      self->content != NULL ? pc_content_get_services (self->content) : NULL,
      labels);
}

/* -- folds ---------------------------------------------------------------- */

static void
fill_fold (PcBankForm *self,
           GtkWidget  *fold)
{
  Part *part = get_part (fold);
  GtkWidget *box;

  if (part->filled)
    return;
  part->filled = TRUE;
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_margin_top (box, SPACING);
  gtk_expander_set_child (GTK_EXPANDER (fold), box);
  part->fill (self, GTK_BOX (box), part->field, part->pointer, part->name);
}

static void
expanded_cb (PcBankForm *self,
             GParamSpec *spec,
             GtkWidget  *fold)
{
  gboolean open = gtk_expander_get_expanded (GTK_EXPANDER (fold));

  g_hash_table_replace (self->opened, g_strdup (get_part (fold)->key),
                        GINT_TO_POINTER (open));
  if (open)
    fill_fold (self, fold);
}

GtkWidget *
pc_bank_form_new_fold (PcBankForm        *self,
                       const char        *title,
                       const char        *key,
                       gboolean           open,
                       PcFormFill         fill,
                       const PcFormField *field,
                       const char        *pointer,
                       const char        *name)
{
  GtkWidget *fold = gtk_expander_new (title);
  gpointer was;

  add_part (fold, fill, field, pointer, name)->key = g_strdup (key);
  gtk_accessible_update_property (GTK_ACCESSIBLE (fold),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (g_hash_table_lookup_extended (self->opened, key, NULL, &was))
    open = GPOINTER_TO_INT (was);
  g_ptr_array_add (self->folds, g_object_ref_sink (fold));
  if (open) {
    gtk_expander_set_expanded (GTK_EXPANDER (fold), TRUE);
    fill_fold (self, fold);
  }
  g_signal_connect_object (fold, "notify::expanded",
                           G_CALLBACK (expanded_cb), self, G_CONNECT_SWAPPED);
  return fold;
}

/* -- followers ------------------------------------------------------------ */

/* All that decides what a follower is made of. */
static char *
dup_signature (PcBankForm *self,
               Part       *part)
{
  g_auto (GStrv) labels = NULL;
  g_auto (GStrv) ids = NULL;
  g_autofree char *all_ids = NULL;
  g_autofree char *all_labels = NULL;
  g_autofree char *fields = NULL;
  guint item;

  if (part->field->kind == PC_FORM_LINKED)
    return pc_form_find_stimulus (self->edit, part->pointer);
  ids = pc_bank_form_list (self, part->pointer, part->field->source, &labels);
  all_ids = g_strjoinv ("\n", ids);
  all_labels = g_strjoinv ("\n", labels);
  if (part->field->source == PC_SOURCE_FIELDS &&
      pc_bank_edit_split_pointer (part->pointer, &item, NULL)) {
    g_autofree char *pointer = g_strdup_printf ("/items/%u/fields", item);
    JsonNode *node = pc_bank_edit_get (self->edit, pointer);

    fields = node != NULL ? json_to_string (node, FALSE) : NULL;
  }
  return g_strconcat (all_ids, "\n\n", all_labels, fields, NULL);
}

GtkWidget *
pc_bank_form_new_follower (PcBankForm        *self,
                           PcFormFill         fill,
                           const PcFormField *field,
                           const char        *pointer,
                           const char        *name)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  Part *part = add_part (box, fill, field, pointer, name);

  part->signature = dup_signature (self, part);
  fill (self, GTK_BOX (box), field, pointer, name);
  g_ptr_array_add (self->followers, g_object_ref_sink (box));
  return box;
}

static char *
dup_focus (PcBankForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GHashTableIter iter;
  gpointer pointer, widget;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, self->box))
    return NULL;
  g_hash_table_iter_init (&iter, self->places);
  while (g_hash_table_iter_next (&iter, &pointer, &widget))
    if (widget == focus || gtk_widget_is_ancestor (focus, widget))
      return g_strdup (pointer);
  return NULL;
}

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static gboolean
is_focused (GtkWidget *box)
{
  GtkRoot *root = gtk_widget_get_root (box);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && gtk_widget_is_ancestor (focus, box);
}

/* Where the choices of a list are others now, it is made anew. */
static void
follow (PcBankForm *self)
{
  /* Filling one may add others. */
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *focus = NULL;

  for (guint i = 0; i < self->followers->len; i++)
    g_ptr_array_add (all, g_object_ref (self->followers->pdata[i]));
  for (guint i = 0; i < all->len; i++) {
    GtkWidget *box = all->pdata[i];
    Part *part = get_part (box);
    g_autofree char *signature = NULL;

    if (!gtk_widget_is_ancestor (box, self->box)) {
      g_ptr_array_remove (self->followers, box);
      continue;
    }
    signature = dup_signature (self, part);
    if (g_strcmp0 (signature, part->signature) == 0)
      continue;
    g_free (part->signature);
    part->signature = g_steal_pointer (&signature);
    /* Elsewhere it stays, and what is typed goes on. */
    if (focus == NULL && is_focused (box))
      focus = dup_focus (self);
    self->silent = TRUE;
    clear_box (box);
    part->fill (self, GTK_BOX (box), part->field, part->pointer, part->name);
    self->silent = FALSE;
  }
  if (focus != NULL)
    pc_bank_form_focus (self, focus);
}

/* -- making --------------------------------------------------------------- */

static void
fill_part (PcBankForm        *self,
           GtkBox            *box,
           const PcFormField *fields,
           const char        *pointer,
           const char        *name)
{
  pc_bank_form_add_fields (self, box, fields, pointer, name);
}

static int
find_type (const char *name)
{
  for (PcItemType type = 0; type <= PC_ITEM_CONFIGURE; type++)
    if (g_strcmp0 (pc_item_type_to_string (type), name) == 0)
      return (int) type;
  return -1;
}

static void
add_parts (PcBankForm *self,
           PcItemType  type)
{
  for (PcFormPart part = 0; part < PC_N_FORM_PARTS; part++) {
    g_autofree char *key = g_strdup_printf ("part %u", part);
    GtkWidget *fold = pc_bank_form_new_fold (
        self, _ (pc_form_part_get_title (part)), key,
        part == PC_FORM_QUESTION || part == PC_FORM_ANSWER, fill_part,
        pc_form_get_fields (type, part), self->pointer, NULL);

    gtk_widget_add_css_class (fold, "form-part");
    gtk_box_append (GTK_BOX (self->box), fold);
  }
}

static void
add_title (PcBankForm *self,
           const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "title-3");
  gtk_box_append (GTK_BOX (self->box), label);
}

static void
make (PcBankForm *self)
{
  g_autofree char *place = NULL;
  int type;

  clear_box (self->box);
  g_hash_table_remove_all (self->places);
  g_ptr_array_set_size (self->folds, 0);
  g_ptr_array_set_size (self->followers, 0);
  self->stale = FALSE;
  g_clear_pointer (&self->type, g_free);
  if (self->edit == NULL || self->pointer == NULL ||
      pc_bank_edit_get (self->edit, self->pointer) == NULL)
    return;
  if (*self->pointer == '\0') {
    add_title (self, _ ("About this bank"));
    pc_bank_form_add_fields (self, GTK_BOX (self->box),
                             pc_form_get_bank_fields (), "", NULL);
    return;
  }
  place = g_strconcat (self->pointer, "/type", NULL);
  self->type = g_strdup (pc_bank_edit_get_text (self->edit, place));
  type = find_type (self->type);
  if (type < 0) {
    add_title (self, _ ("No form fits this question: its “type” is missing "
                        "or unknown. Its JSON text is under “JSON”."));
    return;
  }
  add_title (self, _ (pc_form_get_type_label ((PcItemType) type)));
  add_parts (self, (PcItemType) type);
}

static void
make_again (PcBankForm *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scrolled));
  double value = gtk_adjustment_get_value (adjustment);
  g_autofree char *focus = g_steal_pointer (&self->wanted);

  if (focus == NULL)
    focus = dup_focus (self);
  self->silent = TRUE;
  make (self);
  self->silent = FALSE;
  gtk_adjustment_set_value (adjustment, value);
  if (focus != NULL)
    pc_bank_form_focus (self, focus);
}

static gboolean
idle_cb (gpointer data)
{
  PcBankForm *self = data;

  self->idle_id = 0;
  if (self->stale)
    make_again (self);
  else
    follow (self);
  return G_SOURCE_REMOVE;
}

/* Later, since the widget that changed it is still at it. */
static void
changed_cb (PcBankForm *self,
            const char *pointer,
            gboolean    shape)
{
  if (self->pointer == NULL)
    return;
  self->stale = self->stale || shape;
  if (self->idle_id == 0)
    self->idle_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, idle_cb, self,
                                     NULL);
}

/* -- public --------------------------------------------------------------- */

/* The fold that hides @pointer; those of rare fields last. */
static GtkWidget *
find_fold (PcBankForm *self,
           const char *pointer)
{
  GtkWidget *rare = NULL;

  for (guint i = 0; i < self->folds->len; i++) {
    GtkWidget *fold = self->folds->pdata[i];
    Part *part = get_part (fold);
    gsize len = strlen (part->pointer);
    gsize name = 0;

    if (!gtk_widget_is_ancestor (fold, self->box) ||
        gtk_expander_get_expanded (GTK_EXPANDER (fold)) ||
        !g_str_has_prefix (pointer, part->pointer) || pointer[len] != '/')
      continue;
    name = strcspn (pointer + len + 1, "/#");
    for (const PcFormField *f = part->field; f->name != NULL; f++) {
      if (strlen (f->name) != name ||
          strncmp (f->name, pointer + len + 1, name) != 0)
        continue;
      if (!g_str_has_suffix (part->key, "#more"))
        return fold;
      if (f->rare)
        rare = fold;
    }
  }
  return rare;
}

/* It, or what it is in. */
static GtkWidget *
find_place (PcBankForm *self,
            const char *pointer)
{
  g_autofree char *rest = g_strdup (pointer);

  while (*rest != '\0') {
    GtkWidget *widget = g_hash_table_lookup (self->places, rest);

    if (widget != NULL && gtk_widget_is_ancestor (widget, self->box))
      return widget;
    *strrchr (rest, '/') = '\0';
  }
  return NULL;
}

/* The first field of an object that has none of its own. */
static GtkWidget *
find_inside (PcBankForm *self,
             const char *pointer)
{
  static const char *const first[] = { "text",    "stem",  "value", "kind",
                                       "left",    "title", "from",  "match",
                                       "service", "scenario", "id", NULL };

  for (guint i = 0; first[i] != NULL; i++) {
    g_autofree char *place = g_strconcat (pointer, "/", first[i], NULL);
    GtkWidget *widget = g_hash_table_lookup (self->places, place);

    if (widget != NULL && gtk_widget_is_ancestor (widget, self->box))
      return widget;
  }
  return NULL;
}

void
pc_bank_form_focus (PcBankForm *self,
                    const char *pointer)
{
  GtkWidget *widget, *fold;

  g_return_if_fail (PC_IS_BANK_FORM (self));
  g_return_if_fail (pointer != NULL);

  if (self->stale) {
    g_free (self->wanted);
    self->wanted = g_strdup (pointer);
    return;
  }
  while (g_hash_table_lookup (self->places, pointer) == NULL &&
         (fold = find_fold (self, pointer)) != NULL)
    gtk_expander_set_expanded (GTK_EXPANDER (fold), TRUE);
  widget = g_hash_table_lookup (self->places, pointer);
  if (widget == NULL || !gtk_widget_is_ancestor (widget, self->box))
    widget = find_inside (self, pointer);
  if (widget == NULL)
    widget = find_place (self, pointer);
  if (widget != NULL && !gtk_widget_grab_focus (widget))
    gtk_widget_child_focus (widget, GTK_DIR_TAB_FORWARD);
}

void
pc_bank_form_set_content (PcBankForm *self,
                          PcContent  *content)
{
  g_return_if_fail (PC_IS_BANK_FORM (self));

  g_set_object (&self->content, content);
}

void
pc_bank_form_show (PcBankForm *self,
                   PcBankEdit *edit,
                   const char *pointer)
{
  g_return_if_fail (PC_IS_BANK_FORM (self));

  if (self->edit != NULL)
    g_signal_handlers_disconnect_by_data (self->edit, self);
  g_set_object (&self->edit, edit);
  if (edit != NULL)
    g_signal_connect_object (edit, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
  if (self->pointer != pointer) {
    g_free (self->pointer);
    self->pointer = g_strdup (pointer);
  }
  g_clear_pointer (&self->wanted, g_free);
  self->silent = TRUE;
  make (self);
  self->silent = FALSE;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scrolled)),
                            0);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (PC_BANK_FORM (widget)->box,
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcBankForm *self = PC_BANK_FORM (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->edit);
  g_clear_object (&self->content);
  g_clear_pointer (&self->places, g_hash_table_unref);
  g_clear_pointer (&self->folds, g_ptr_array_unref);
  g_clear_pointer (&self->followers, g_ptr_array_unref);
  g_clear_pointer (&self->opened, g_hash_table_unref);
  g_clear_pointer (&self->pointer, g_free);
  g_clear_pointer (&self->wanted, g_free);
  g_clear_pointer (&self->type, g_free);
  G_OBJECT_CLASS (pc_bank_form_parent_class)->dispose (object);
}

static void
pc_bank_form_class_init (PcBankFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
pc_bank_form_init (PcBankForm *self)
{
  GtkWidget *clamp = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->places = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        g_object_unref);
  self->folds = g_ptr_array_new_with_free_func (g_object_unref);
  self->followers = g_ptr_array_new_with_free_func (g_object_unref);
  self->opened =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_add_css_class (self->box, "bank-form");
  gtk_widget_set_layout_manager (
      clamp, g_object_new (PC_TYPE_CLAMP_LAYOUT, "ems", EMS, NULL));
  gtk_box_append (GTK_BOX (clamp), self->box);
  self->scrolled = gtk_scrolled_window_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scrolled),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Form"),
                                  -1);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled),
                                  GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}
