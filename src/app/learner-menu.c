/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Its commands are its own ("learner."), since there is one such button on
 * every page that shows somebody's answers. */

#include "app/learner-menu.h"

#include "app/confirm.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

struct _PcLearnerMenu
{
  GtkWidget parent_instance;

  GtkMenuButton *button;

  PcLearning         *learning;
  GMenu              *people;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PcLearnerMenu, pc_learner_menu, GTK_TYPE_WIDGET)

/* -- commands ------------------------------------------------------------- */

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (PcLearnerMenu) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *said =
      pc_learning_do_finish (PC_LEARNING (source), result, &error);

  if (said == NULL)
    /* Translators: %s is the reason, a part of a sentence. */
    said = g_strdup_printf (_ ("That did not work: %s."), error->message);
  pc_toasts_tell (GTK_WIDGET (self), said);
}

static void
ask_for (PcLearnerMenu *self,
         PcLearningTask task,
         const char    *text)
{
  pc_learning_do_async (self->learning, task,
                        pc_learning_get_learner (self->learning), text,
                        told_cb, g_object_ref (self));
}

static void
add (gpointer    owner,
     const char *name)
{
  ask_for (owner, PC_LEARNING_ADD, name);
}

static void
add_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  pc_ask_name (data, _ ("Who else learns on this computer?"), "", _ ("_Add"),
               add);
}

static void
rename_learner (gpointer    owner,
                const char *name)
{
  ask_for (owner, PC_LEARNING_RENAME, name);
}

static void
rename_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcLearnerMenu *self = data;
  GPtrArray *learners = pc_learning_get_learners (self->learning);
  const char *name = "";

  for (guint i = 0; learners != NULL && i < learners->len; i++) {
    const PcRecordLearner *learner = learners->pdata[i];

    if (learner->id == pc_learning_get_learner (self->learning))
      name = learner->name;
  }
  pc_ask_name (data, _ ("What is your name?"), name, _ ("_Rename"),
               rename_learner);
}

static void
remove_learner (gpointer owner)
{
  ask_for (owner, PC_LEARNING_REMOVE, NULL);
}

static void
remove_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcLearnerMenu *self = data;
  g_autofree char *name = pc_learning_dup_name (
      self->learning, pc_learning_get_learner (self->learning));
  /* Translators: %s is a person's name. */
  g_autofree char *title = g_strdup_printf (_ ("Remove “%s”?"), name);

  pc_confirm (data, title,
              _ ("All answers of this learner are deleted. This cannot be "
                 "undone."),
              _ ("_Remove"), remove_learner);
}

static void
choose_cb (GSimpleAction *action,
           GVariant      *state,
           gpointer       data)
{
  PcLearnerMenu *self = data;

  pc_learning_set_learner (self->learning, g_variant_get_int64 (state));
}

static const GActionEntry entries[] = {
  { .name = "choose",
    .parameter_type = "x",
    .state = "int64 0",
    .change_state = choose_cb },
  { .name = "add", .activate = add_cb },
  { .name = "rename", .activate = rename_cb },
  { .name = "remove", .activate = remove_cb },
};

/* -- what it shows -------------------------------------------------------- */

static void
set_enabled (PcLearnerMenu *self,
             const char    *name,
             gboolean       enabled)
{
  GAction *action =
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update (PcLearnerMenu *self)
{
  GPtrArray *learners = pc_learning_get_learners (self->learning);
  gint64 id = pc_learning_get_learner (self->learning);
  GAction *choose =
      g_action_map_lookup_action (G_ACTION_MAP (self->actions), "choose");
  g_autofree char *name = pc_learning_dup_name (self->learning, id);
  /* Translators: %s is a person's name. */
  g_autofree char *label = g_strdup_printf (_ ("Learner: %s"), name);

  g_menu_remove_all (self->people);
  for (guint i = 0; learners != NULL && i < learners->len; i++) {
    const PcRecordLearner *learner = learners->pdata[i];
    g_autofree char *shown =
        pc_learning_dup_name (self->learning, learner->id);
    g_autoptr (GMenuItem) item = g_menu_item_new (NULL, NULL);

    /* Not g_menu_item_new (shown, …): no mnemonics in a name. */
    g_menu_item_set_attribute (item, G_MENU_ATTRIBUTE_LABEL, "s", shown);
    g_menu_item_set_action_and_target (item, "learner.choose", "x",
                                       learner->id);
    g_menu_append_item (self->people, item);
  }
  g_simple_action_set_state (G_SIMPLE_ACTION (choose),
                             g_variant_new_int64 (id));
  gtk_menu_button_set_label (self->button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  set_enabled (self, "rename", pc_learning_is_loaded (self->learning));
  set_enabled (self, "remove", pc_learning_is_loaded (self->learning) &&
                                   learners != NULL && learners->len > 1);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcLearnerMenu *self = PC_LEARNER_MENU (object);
  GtkWidget *button = GTK_WIDGET (self->button);

  g_clear_pointer (&button, gtk_widget_unparent);
  self->button = NULL;
  g_clear_object (&self->learning);
  g_clear_object (&self->people);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_learner_menu_parent_class)->dispose (object);
}

static void
pc_learner_menu_class_init (PcLearnerMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/learner-menu.ui");
  gtk_widget_class_bind_template_child (widget_class, PcLearnerMenu, button);
  gtk_widget_class_bind_template_child (widget_class, PcLearnerMenu, people);
}

static void
pc_learner_menu_init (PcLearnerMenu *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "learner",
                                  G_ACTION_GROUP (self->actions));
  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_ref (self->people);
}

void
pc_learner_menu_set_learning (PcLearnerMenu *self,
                              PcLearning    *learning)
{
  g_return_if_fail (PC_IS_LEARNER_MENU (self));
  g_return_if_fail (PC_IS_LEARNING (learning) && self->learning == NULL);

  self->learning = g_object_ref (learning);
  g_signal_connect_object (learning, "loaded", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}
