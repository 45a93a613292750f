/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Joins the phone with the wire.  The settings are tried by run/account, with
 * real sockets, exactly as they stand; a new try cancels the one before. */

#include "app/lab-account.h"

#include "app/flow-layout.h"
#include "app/lab-layout.h"
#include "app/lab-phone.h"
#include "app/lab-result.h"
#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

struct _PcLabAccount
{
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkLabel      *task;
  GtkMenuButton *tasks;
  GtkListBox    *task_list;
  GtkWidget     *bench;
  GtkWidget     *phone_tab;
  GtkWidget     *wire_tab;
  GtkWidget     *result_tab;
  PcLabPhone    *phone;
  PcLabStage    *stage;
  PcLabResult   *result;

  const PcAccountGoal *goal;
  guint                sides;
  GCancellable        *cancellable; /* of the try under way */
  PcAccountTrial      *trial;       /* that is shown */
  PcAccountTrial      *left;        /* likewise, where there are two */
  PcAccountTrial      *right;
};

/* Two tries, one after the other. */
typedef struct
{
  PcLabAccount   *page;
  PcAccountForm  *answer;
  PcAccountForm  *form; /* the right one */
  guint           sides;
  PcAccountTrial *left;
  GCancellable   *cancellable;
} Pair;

static void
pair_free (Pair *self)
{
  g_clear_pointer (&self->answer, pc_account_form_free);
  g_clear_pointer (&self->form, pc_account_form_free);
  g_clear_pointer (&self->left, pc_account_trial_free);
  g_clear_object (&self->cancellable);
  g_object_unref (self->page);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Pair, pair_free)

G_DEFINE_FINAL_TYPE (PcLabAccount, pc_lab_account, GTK_TYPE_WIDGET)

/* -- trying --------------------------------------------------------------- */

static void
choose_tab (PcLabAccount *self,
            GtkWidget    *tab)
{
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), TRUE);
}

static void
forget (PcLabAccount *self)
{
  pc_lab_result_clear (self->result);
  g_clear_pointer (&self->trial, pc_account_trial_free);
  g_clear_pointer (&self->left, pc_account_trial_free);
  g_clear_pointer (&self->right, pc_account_trial_free);
}

static GCancellable *
begin (PcLabAccount *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  forget (self);
  pc_lab_phone_show_trial (self->phone, NULL);
  pc_lab_phone_set_busy (self->phone, TRUE);
  pc_lab_stage_show_text (self->stage, _ ("The phone connects…"));
  return self->cancellable;
}

/* NULL when the try of @cancellable was not the last one, or came to nothing
 * at all; transfer full. */
static PcAccountTrial *
finish (PcLabAccount *self,
        GCancellable *cancellable,
        GAsyncResult *result)
{
  g_autoptr (GError) error = NULL;
  PcAccountTrial *trial = pc_account_try_finish (result, &error);

  if (self->cancellable != cancellable) {
    g_clear_pointer (&trial, pc_account_trial_free);
    return NULL;
  }
  if (trial == NULL) {
    g_clear_object (&self->cancellable);
    pc_lab_phone_set_busy (self->phone, FALSE);
    pc_lab_stage_show_text (self->stage, error->message);
  }
  return trial;
}

static void
end (PcLabAccount *self)
{
  g_clear_object (&self->cancellable);
  pc_lab_phone_set_busy (self->phone, FALSE);
}

/* The step that tells what is wrong; the first one where nothing is. */
static guint
get_telling_step (const PcAccountTrial *trial)
{
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++) {
    const PcAccountHalf *half = &trial->halves[side];

    if (half->outcome != PC_ACCOUNT_WORKS &&
        half->outcome != PC_ACCOUNT_NOT_TRIED && half->step > 0)
      return half->step;
  }
  return 0;
}

typedef struct
{
  PcLabAccount *page;
  GCancellable *cancellable;
} Single;

static void
tried_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autofree Single *single = data;
  g_autoptr (PcLabAccount) self = single->page;
  g_autoptr (GCancellable) cancellable = single->cancellable;
  PcAccountTrial *trial = finish (self, cancellable, result);

  if (trial == NULL)
    return;
  end (self);
  self->trial = trial;
  pc_lab_stage_show (self->stage, trial->timeline, get_telling_step (trial));
  pc_lab_phone_show_trial (self->phone, trial);
  pc_lab_result_show (self->result, trial, self->goal);
}

static void
run (PcLabAccount *self)
{
  g_autoptr (PcAccountForm) form = pc_lab_phone_get_form (self->phone);
  PcAccountOptions options = { .link = PC_LINK_SOCKETS,
                               .sides = self->sides,
                               .goal = self->goal };
  Single *single = g_new0 (Single, 1);

  single->page = g_object_ref (self);
  single->cancellable = g_object_ref (begin (self));
  choose_tab (self, self->wire_tab);
  pc_lab_stage_follow (self->stage,
                       pc_account_try_async (form, &options, self->cancellable,
                                             tried_cb, single));
}

void
pc_lab_account_connect (PcLabAccount *self)
{
  g_return_if_fail (PC_IS_LAB_ACCOUNT (self));

  if (pc_lab_phone_check (self->phone)) {
    run (self);
    return;
  }
  forget (self);
  pc_lab_stage_show_text (self->stage,
                          _ ("Nothing was sent: a setting cannot be used as "
                             "it is."));
  choose_tab (self, self->phone_tab);
}

/* -- two at once ---------------------------------------------------------- */

/* What @form has and @other has not: "Incoming port: 110".  Transfer full. */
static char *
describe_difference (const PcAccountForm *form,
                     const PcAccountForm *other)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    const char *value = pc_account_form_get (form, i);

    if (g_str_equal (value, pc_account_form_get (other, i)))
      continue;
    if (text->len > 0)
      /* Translators: between two settings. */
      g_string_append (text, _ (", "));
    /* Translators: a setting and its value, as in "Incoming port: 993". */
    g_string_append_printf (text, _ ("%s: %s"),
                            pc_account_field_get_label (i),
                            i == PC_ACCOUNT_PASSWORD
                                ? "…"
                                : pc_account_choice_get_label (i, value));
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_pair (Pair           *pair,
           PcAccountTrial *right)
{
  PcLabAccount *self = pair->page;
  g_autofree char *his = describe_difference (pair->answer, pair->form);
  g_autofree char *best = describe_difference (pair->form, pair->answer);
  /* Translators: %s are settings, as in "Incoming port: 110". */
  g_autofree char *left_title = g_strdup_printf (_ ("Your answer: %s"), his);
  g_autofree char *right_title = g_strdup_printf (_ ("Right: %s"), best);

  self->left = g_steal_pointer (&pair->left);
  self->right = right;
  pc_lab_stage_show_two (self->stage, left_title, self->left->timeline,
                         right_title, self->right->timeline);
  pc_lab_phone_show_trial (self->phone, self->left);
  pc_lab_result_show_two (self->result, left_title, self->left, right_title,
                          self->right);
}

static void
try_one (Pair                *pair,
         const PcAccountForm *form,
         GAsyncReadyCallback  callback)
{
  PcAccountOptions options = { .link = PC_LINK_SOCKETS,
                               .sides = pair->sides,
                               .no_fixes = TRUE };
  PcTimeline *timeline = pc_account_try_async (form, &options,
                                               pair->cancellable, callback,
                                               pair);

  pc_lab_stage_follow (pair->page->stage, timeline);
}

static void
right_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Pair) pair = data;
  PcAccountTrial *trial = finish (pair->page, pair->cancellable, result);

  if (trial == NULL)
    return;
  end (pair->page);
  show_pair (pair, trial);
}

static void
left_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      data)
{
  g_autoptr (Pair) pair = data;

  pair->left = finish (pair->page, pair->cancellable, result);
  if (pair->left == NULL)
    return;
  try_one (pair, pair->form, right_cb);
  g_steal_pointer (&pair);
}

static void
set_sides (PcLabAccount *self,
           guint         sides)
{
  self->sides = sides;
  pc_lab_phone_set_sides (self->phone, sides);
}

void
pc_lab_account_try (PcLabAccount        *self,
                    const PcAccountForm *answer,
                    const PcAccountForm *right,
                    guint                sides)
{
  Pair *pair;

  g_return_if_fail (PC_IS_LAB_ACCOUNT (self));
  g_return_if_fail (answer != NULL);
  g_return_if_fail (sides != 0);

  self->goal = NULL;
  gtk_label_set_label (self->task,
                       _ ("Your answer to a question, as it happens."));
  set_sides (self, sides);
  pc_lab_phone_set_form (self->phone, answer, G_MAXUINT);
  if (right == NULL || pc_account_form_equal (answer, right)) {
    pc_lab_account_connect (self);
    return;
  }
  if (!pc_lab_phone_check (self->phone))
    return;
  pair = g_new0 (Pair, 1);
  pair->page = g_object_ref (self);
  pair->answer = pc_account_form_copy (answer);
  pair->form = pc_account_form_copy (right);
  pair->sides = sides;
  pair->cancellable = g_object_ref (begin (self));
  choose_tab (self, self->wire_tab);
  try_one (pair, pair->answer, left_cb);
}

/* -- tasks ---------------------------------------------------------------- */

static void
set_goal (PcLabAccount        *self,
          const PcAccountGoal *goal)
{
  self->goal = goal;
  set_sides (self, goal != NULL ? pc_account_goal_get_sides (goal)
                                : PC_ACCOUNT_BOTH);
  if (goal != NULL) {
    /* Translators: what is to be done. */
    g_autofree char *text = g_strdup_printf (_ ("Task: %s"), _ (goal->task));

    gtk_label_set_label (self->task, text);
  } else {
    gtk_label_set_label (self->task,
                         _ ("No task: try any settings, and see what the "
                            "wire answers."));
  }
}

static const PcAccountGoal *
find_goal (const char *id)
{
  for (const PcAccountGoal *goal = pc_account_goals; goal->id != NULL; goal++)
    if (g_str_equal (goal->id, id))
      return goal;
  return NULL;
}

static void
task_activated_cb (PcLabAccount  *self,
                   GtkListBoxRow *row)
{
  guint index = (guint) gtk_list_box_row_get_index (row);

  gtk_menu_button_popdown (self->tasks);
  set_goal (self, pc_account_goals[index].id != NULL ? &pc_account_goals[index]
                                                     : NULL);
  forget (self);
  pc_lab_phone_show_trial (self->phone, NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->phone));
}

static void
fill_tasks (PcLabAccount *self)
{
  gboolean more = TRUE;

  for (guint i = 0; more; i++) {
    GtkWidget *label;

    more = pc_account_goals[i].id != NULL;
    label = gtk_label_new (more ? _ (pc_account_goals[i].task)
                                : _ ("No task"));
    gtk_label_set_wrap (GTK_LABEL (label), TRUE);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
    gtk_list_box_append (self->task_list, label);
  }
}

/* -- commands ------------------------------------------------------------- */

/* "IMAP, and which port?": the colleague's phone, as far as it is known. */
static void
question_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       data)
{
  PcLabAccount *self = data;
  g_autoptr (PcAccountForm) form = pc_account_form_new ();

  pc_account_form_set (form, PC_ACCOUNT_IN_PROTO, "imap");
  pc_account_form_set (form, PC_ACCOUNT_IN_PORT,
                       g_variant_get_string (parameter, NULL));
  pc_account_form_set (form, PC_ACCOUNT_IN_SECURITY, "none");
  pc_account_form_complete (form);
  set_goal (self, find_goal ("phone-imap"));
  pc_lab_phone_set_form (self->phone, form, G_MAXUINT);
  pc_lab_account_connect (self);
}

static void
use_cb (PcLabAccount       *self,
        const PcAccountFix *fix)
{
  pc_lab_phone_set_form (self->phone, fix->form, fix->fields);
  choose_tab (self, self->phone_tab);
  gtk_widget_grab_focus (GTK_WIDGET (self->phone));
}

static void
tab_toggled_cb (PcLabAccount    *self,
                GtkToggleButton *tab)
{
  if (gtk_toggle_button_get_active (tab))
    pc_lab_layout_set_chosen (
        PC_LAB_LAYOUT (gtk_widget_get_layout_manager (self->bench)),
        tab == (gpointer) self->phone_tab  ? 0
        : tab == (gpointer) self->wire_tab ? 1
                                           : 2);
}

gboolean
pc_lab_account_is_idle (PcLabAccount *self)
{
  g_return_val_if_fail (PC_IS_LAB_ACCOUNT (self), TRUE);

  return self->cancellable == NULL;
}

const PcAccountTrial *
pc_lab_account_get_trial (PcLabAccount *self)
{
  g_return_val_if_fail (PC_IS_LAB_ACCOUNT (self), NULL);

  return self->trial;
}

PcLabStage *
pc_lab_account_get_stage (PcLabAccount *self)
{
  g_return_val_if_fail (PC_IS_LAB_ACCOUNT (self), NULL);

  return self->stage;
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PC_LAB_ACCOUNT (widget)->phone));
}

static void
dispose (GObject *object)
{
  PcLabAccount *self = PC_LAB_ACCOUNT (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->trial, pc_account_trial_free);
  g_clear_pointer (&self->left, pc_account_trial_free);
  g_clear_pointer (&self->right, pc_account_trial_free);
  G_OBJECT_CLASS (pc_lab_account_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabAccount, name)

static void
pc_lab_account_class_init (PcLabAccountClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_PHONE);
  g_type_ensure (PC_TYPE_LAB_RESULT);
  g_type_ensure (PC_TYPE_LAB_STAGE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-account.ui");
  BIND (box);
  BIND (task);
  BIND (tasks);
  BIND (task_list);
  BIND (bench);
  BIND (phone_tab);
  BIND (wire_tab);
  BIND (result_tab);
  BIND (phone);
  BIND (stage);
  BIND (result);
  gtk_widget_class_bind_template_callback (widget_class, task_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, tab_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, use_cb);
  gtk_widget_class_bind_template_callback (widget_class,
                                           pc_lab_account_connect);
}

#undef BIND

static void
pc_lab_account_init (PcLabAccount *self)
{
  static const GActionEntry entries[] = {
    { .name = "question", .parameter_type = "s", .activate = question_cb },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "lab",
                                  G_ACTION_GROUP (group));
  fill_tasks (self);
  set_goal (self, &pc_account_goals[0]);
  pc_lab_stage_show_text (
      self->stage, _ ("Press Connect: the phone then does exactly what its "
                      "form says, and what crosses the wire is shown here."));
}
