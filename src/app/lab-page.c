/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The frame of the lab: the list of its pages, the page, the inspector.  The
 * keys and buttons of a player are the same as elsewhere: whose place is seen,
 * its commands are the window's. */

#include "app/lab-page.h"

#include "app/fold.h"
#include "app/inspector.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

struct _PcLabPage
{
  GtkWidget parent_instance;

  PcFold       *fold;
  GtkListBox   *list;
  GtkStack     *pages;
  PcLabAccount *account;
  PcLabConsole *console;
  PcLabClient  *client;
  PcLabFaults  *faults;
  PcInspector  *inspector;

  GActionMap         *map; /* of the window, which outlives it */
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PcLabPage, pc_lab_page, GTK_TYPE_WIDGET)

/* -- answers -------------------------------------------------------------- */

/* FALSE when there is something that no form has. */
static gboolean
read_answer (GVariant      *answer,
             PcAccountForm *form,
             guint         *sides)
{
  GVariantIter iter;
  const char *id, *value;

  g_variant_iter_init (&iter, answer);
  while (g_variant_iter_next (&iter, "{&s&s}", &id, &value)) {
    const char *const *choices;
    PcAccountField field;

    if (!pc_account_field_from_id (id, &field))
      return FALSE;
    choices = pc_account_field_get_choices (field);
    if (choices != NULL && !g_strv_contains (choices, value))
      return FALSE;
    pc_account_form_set (form, field, value);
    if (field <= PC_ACCOUNT_IN_SECURITY)
      *sides |= PC_ACCOUNT_RECEIVE;
    else if (field >= PC_ACCOUNT_OUT_HOST)
      *sides |= PC_ACCOUNT_SEND;
  }
  return TRUE;
}

gboolean
pc_lab_page_try_answer (PcLabPage *self,
                        GVariant  *answer,
                        GVariant  *right)
{
  g_autoptr (PcAccountForm) form = pc_account_form_new ();
  g_autoptr (PcAccountForm) best = pc_account_form_new ();
  gboolean two;
  guint sides = 0;

  g_return_val_if_fail (PC_IS_LAB_PAGE (self), FALSE);
  g_return_val_if_fail (
      g_variant_is_of_type (answer, G_VARIANT_TYPE (PC_LAB_ANSWER_TYPE)),
      FALSE);
  g_return_val_if_fail (
      g_variant_is_of_type (right, G_VARIANT_TYPE (PC_LAB_ANSWER_TYPE)),
      FALSE);

  two = g_variant_n_children (right) > 0;
  if (!read_answer (answer, form, &sides) ||
      !read_answer (right, best, &sides))
    return FALSE;
  if (two)
    pc_account_form_complete_pair (form, best);
  else
    pc_account_form_complete (form);
  gtk_stack_set_visible_child_name (self->pages, "account");
  pc_lab_account_try (self->account, form, two ? best : NULL,
                      sides != 0 ? sides : PC_ACCOUNT_BOTH);
  return TRUE;
}

GVariant *
pc_lab_answer_for_port (const char *protocol,
                        guint       port,
                        const char *security)
{
  gboolean out = g_strcmp0 (protocol, "smtp") == 0;
  g_autofree char *number = g_strdup_printf ("%u", port);
  GVariantBuilder builder;

  if (!g_strv_contains (pc_account_field_get_choices (PC_ACCOUNT_IN_PROTO),
                        protocol != NULL ? protocol : ""))
    return NULL;
  g_variant_builder_init (&builder, G_VARIANT_TYPE (PC_LAB_ANSWER_TYPE));
  if (!out)
    g_variant_builder_add (&builder, "{ss}", "in-proto", protocol);
  g_variant_builder_add (&builder, "{ss}", out ? "out-port" : "in-port",
                         number);
  if (security != NULL)
    g_variant_builder_add (&builder, "{ss}", out ? "out-sec" : "in-sec",
                           security);
  return g_variant_builder_end (&builder);
}

/* All of the sides that it is about, and of no other. */
static GVariant *
write_form (const PcAccountForm *form,
            guint                sides)
{
  GVariantBuilder builder;

  g_variant_builder_init (&builder, G_VARIANT_TYPE (PC_LAB_ANSWER_TYPE));
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    guint of = i < PC_ACCOUNT_USER       ? PC_ACCOUNT_RECEIVE
               : i < PC_ACCOUNT_OUT_HOST ? PC_ACCOUNT_BOTH
                                         : PC_ACCOUNT_SEND;

    if ((sides & of) != 0)
      g_variant_builder_add (&builder, "{ss}", pc_account_field_to_id (i),
                             pc_account_form_get (form, i));
  }
  return g_variant_builder_end (&builder);
}

GVariant *
pc_lab_answer_for_attempt (const PcAttempt *attempt)
{
  GVariant *both[2];

  g_return_val_if_fail (attempt != NULL, NULL);

  both[0] = write_form (attempt->answer, attempt->sides);
  both[1] = write_form (attempt->right, attempt->sides);
  return g_variant_new_tuple (both, G_N_ELEMENTS (both));
}

void
pc_lab_page_set_question_waits (PcLabPage *self,
                                gboolean   waits)
{
  g_return_if_fail (PC_IS_LAB_PAGE (self));

  pc_lab_account_set_question_waits (self->account, waits);
}

/* -- commands ------------------------------------------------------------- */

/* By the name of its row. */
static void
page_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcLabPage *self = data;
  const char *name = g_variant_get_string (parameter, NULL);

  if (gtk_stack_get_child_by_name (self->pages, name) != NULL)
    gtk_stack_set_visible_child_name (self->pages, name);
}

/* Most of them scroll where the window is too low for them. */
static GtkWidget *
get_page (PcLabPage *self)
{
  GtkWidget *page = gtk_stack_get_visible_child (self->pages);

  if (GTK_IS_SCROLLED_WINDOW (page))
    page = gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (page));
  return GTK_IS_VIEWPORT (page) ? gtk_viewport_get_child (GTK_VIEWPORT (page))
                                : page;
}

static void
run_again_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcLabPage *self = data;
  GtkWidget *page = get_page (self);

  if (page == (GtkWidget *) self->faults)
    pc_lab_faults_run (self->faults);
  else if (page == (GtkWidget *) self->console)
    pc_lab_console_begin (self->console);
  else
    pc_lab_account_connect (self->account);
}

static void
arm_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  pc_lab_faults_arm (PC_LAB_PAGE (data)->faults);
}

static PcLabStage *
get_stage (PcLabPage *self)
{
  GtkWidget *page = get_page (self);

  if (page == (GtkWidget *) self->faults)
    return pc_lab_faults_get_stage (self->faults);
  if (page == (GtkWidget *) self->client)
    return pc_lab_client_get_stage (self->client);
  if (page == (GtkWidget *) self->console)
    return pc_lab_console_get_stage (self->console);
  return pc_lab_account_get_stage (self->account);
}

static void
add_all (GActionMap         *map,
         GSimpleActionGroup *group)
{
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (group));

  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        map, g_action_map_lookup_action (G_ACTION_MAP (group), names[i]));
}

void
pc_lab_page_add_actions (PcLabPage  *self,
                         GActionMap *map)
{
  g_return_if_fail (PC_IS_LAB_PAGE (self));
  g_return_if_fail (G_IS_ACTION_MAP (map));

  self->map = map;
  add_all (map, self->actions);
  add_all (map, pc_lab_console_get_actions (self->console));
  add_all (map, pc_lab_stage_get_actions (get_stage (self)));
}

/* The row of that page has its name. */
static void
select_row (PcLabPage  *self,
            const char *name)
{
  GtkListBoxRow *row;

  for (int i = 0;
       (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    if (g_str_equal (gtk_widget_get_name (GTK_WIDGET (row)), name))
      gtk_list_box_select_row (self->list, row);
}

static void
page_changed_cb (PcLabPage *self)
{
  GtkWidget *page = get_page (self);

  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (g_action_map_lookup_action (
          G_ACTION_MAP (self->actions), "run-again")),
      page != (GtkWidget *) self->client);
  select_row (self, gtk_stack_get_visible_child_name (self->pages));
  if (self->map != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    pc_lab_page_add_actions (self, self->map);
}

void
pc_lab_page_set_content (PcLabPage *self,
                         PcContent *content)
{
  g_return_if_fail (PC_IS_LAB_PAGE (self));

  pc_inspector_set_content (self->inspector, content);
  pc_lab_faults_set_content (self->faults, content);
}

PcLabClient *
pc_lab_page_get_client (PcLabPage *self)
{
  g_return_val_if_fail (PC_IS_LAB_PAGE (self), NULL);

  return self->client;
}

PcLabFaults *
pc_lab_page_get_faults (PcLabPage *self)
{
  g_return_val_if_fail (PC_IS_LAB_PAGE (self), NULL);

  return self->faults;
}

PcLabConsole *
pc_lab_page_get_console (PcLabPage *self)
{
  g_return_val_if_fail (PC_IS_LAB_PAGE (self), NULL);

  return self->console;
}

PcLabAccount *
pc_lab_page_get_account (PcLabPage *self)
{
  g_return_val_if_fail (PC_IS_LAB_PAGE (self), NULL);

  return self->account;
}

/* -- life ----------------------------------------------------------------- */

static void
row_activated_cb (PcLabPage     *self,
                  GtkListBoxRow *row)
{
  gtk_stack_set_visible_child_name (
      self->pages, gtk_widget_get_name (GTK_WIDGET (row)));
  if (pc_fold_get_start_folded (self->fold))
    pc_fold_set_show_start (self->fold, FALSE);
  gtk_widget_grab_focus (get_page (self));
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcLabPage *self = PC_LAB_PAGE (widget);

  return gtk_widget_grab_focus (get_page (self));
}

static void
dispose (GObject *object)
{
  PcLabPage *self = PC_LAB_PAGE (object);

  if (self->account != NULL) {
    pc_lab_stage_set_inspector (pc_lab_account_get_stage (self->account),
                                NULL);
    pc_lab_stage_set_inspector (pc_lab_client_get_stage (self->client), NULL);
    pc_lab_stage_set_inspector (pc_lab_faults_get_stage (self->faults), NULL);
    pc_lab_console_set_inspector (self->console, NULL);
    g_signal_handlers_disconnect_by_data (self->pages, self);
  }
  self->account = NULL;
  if (self->fold != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->fold));
  self->fold = NULL;
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_lab_page_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabPage, name)

static void
pc_lab_page_class_init (PcLabPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FOLD);
  g_type_ensure (PC_TYPE_INSPECTOR);
  g_type_ensure (PC_TYPE_LAB_ACCOUNT);
  g_type_ensure (PC_TYPE_LAB_CLIENT);
  g_type_ensure (PC_TYPE_LAB_FAULTS);
  g_type_ensure (PC_TYPE_LAB_CONSOLE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-page.ui");
  BIND (fold);
  BIND (list);
  BIND (pages);
  BIND (account);
  BIND (client);
  BIND (faults);
  BIND (console);
  BIND (inspector);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

#undef BIND

static void
pc_lab_page_init (PcLabPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "lab-page", .parameter_type = "s", .activate = page_cb },
    { .name = "lab-arm", .activate = arm_cb },
    { .name = "run-again", .activate = run_again_cb },
  };
  g_autoptr (GPropertyAction) sidebar = NULL;
  g_autoptr (GPropertyAction) inspector = NULL;
  g_autoptr (GPropertyAction) reveal = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  /* The phone and the wire need the room; it is a key away. */
  pc_fold_set_show_end (self->fold, FALSE);
  pc_lab_stage_set_inspector (pc_lab_account_get_stage (self->account),
                              self->inspector);
  pc_lab_stage_set_inspector (pc_lab_client_get_stage (self->client),
                              self->inspector);
  pc_lab_stage_set_inspector (pc_lab_faults_get_stage (self->faults),
                              self->inspector);
  pc_lab_faults_set_client (self->faults, self->client);
  pc_lab_console_set_inspector (self->console, self->inspector);
  gtk_list_box_select_row (self->list,
                           gtk_list_box_get_row_at_index (self->list, 0));
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  sidebar = g_property_action_new ("sidebar", self->fold, "show-start");
  inspector = g_property_action_new ("inspector", self->fold, "show-end");
  reveal = g_property_action_new ("reveal", self->inspector, "reveal");
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (sidebar));
  g_action_map_add_action (G_ACTION_MAP (self->actions),
                           G_ACTION (inspector));
  g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (reveal));
  g_signal_connect_swapped (self->pages, "notify::visible-child",
                            G_CALLBACK (page_changed_cb), self);
}

GtkWidget *
pc_lab_page_new (void)
{
  return g_object_new (PC_TYPE_LAB_PAGE, NULL);
}
