/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A session of one question, beginning anew whenever the question is shown
 * again.  The page of the quiz has the same commands, and a record. */

#include "app/bank-preview.h"

#include "app/question-view.h"

#include <glib/gi18n-lib.h>

struct _PcBankPreview
{
  GtkWidget parent_instance;

  GtkWidget          *stack;
  PcQuestionView     *question;
  PcSession          *session;
  PcBank             *bank;
  char               *item;
  GSimpleActionGroup *actions;
};

G_DEFINE_FINAL_TYPE (PcBankPreview, pc_bank_preview, GTK_TYPE_WIDGET)

static void
enable (PcBankPreview *self,
        const char    *name,
        gboolean       enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (
          g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
      enabled);
}

static gboolean
is_asking (PcBankPreview *self)
{
  return self->session != NULL &&
         pc_session_get_answer (self->session) == NULL;
}

static void
update (PcBankPreview *self)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  gboolean asking = is_asking (self);

  enable (self, "quiz-choose", asking);
  enable (self, "quiz-certainty", asking);
  enable (self, "quiz-hint", asking);
  enable (self, "quiz-submit",
          asking && pc_question_view_get_answer (self->question, &answer));
  enable (self, "quiz-next", self->session != NULL && !asking);
}

static void
begin (PcBankPreview *self)
{
  const char *items[] = { self->item, NULL };
  PcSessionOptions options = {
    .mode = PC_SESSION_PRACTICE,
    .seed = g_random_int (),
    .items = items,
  };

  g_clear_pointer (&self->session, pc_session_free);
  if (self->bank != NULL && self->item != NULL &&
      pc_bank_lookup (self->bank, self->item) != NULL)
    self->session = pc_session_new (self->bank, &options);
  if (self->session != NULL && pc_session_is_finished (self->session))
    g_clear_pointer (&self->session, pc_session_free); /* it is retired */
  gtk_stack_set_visible_child_name (
      GTK_STACK (self->stack), self->session != NULL ? "question" : "none");
  if (self->session != NULL)
    pc_question_view_ask (self->question, self->session);
  update (self);
}

/* -- commands ------------------------------------------------------------- */

static void
submit (PcBankPreview *self)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  PcCertainty certainty = pc_question_view_get_certainty (self->question);

  if (!pc_question_view_get_answer (self->question, &answer) ||
      certainty == PC_CERTAINTY_UNASKED) {
    pc_question_view_focus_missing (self->question);
    return;
  }
  pc_session_answer (self->session, &answer, certainty, 0);
  update (self);
  pc_question_view_reveal (self->question,
                           pc_session_get_answer (self->session));
}

static void
command_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       data)
{
  PcBankPreview *self = data;
  const char *name = g_action_get_name (G_ACTION (action));

  if (g_str_equal (name, "quiz-choose")) {
    pc_question_view_choose (self->question,
                             (guint) MAX (g_variant_get_int32 (parameter),
                                          0));
  } else if (g_str_equal (name, "quiz-certainty")) {
    const char *word = g_variant_get_string (parameter, NULL);

    pc_question_view_set_certainty (
        self->question, g_str_equal (word, "sure")     ? PC_CERTAINTY_SURE
                        : g_str_equal (word, "fairly") ? PC_CERTAINTY_FAIRLY
                                                       : PC_CERTAINTY_GUESS);
  } else if (g_str_equal (name, "quiz-hint")) {
    pc_session_use_hint (self->session);
    pc_question_view_show_hint (self->question);
  } else if (g_str_equal (name, "quiz-submit")) {
    submit (self);
  } else {
    begin (self);
  }
}

void
pc_bank_preview_add_actions (PcBankPreview *self,
                             GActionMap    *map)
{
  g_auto (GStrv) names = NULL;

  g_return_if_fail (PC_IS_BANK_PREVIEW (self));

  names = g_action_group_list_actions (G_ACTION_GROUP (self->actions));
  for (guint i = 0; names[i] != NULL; i++)
    g_action_map_add_action (
        map, g_action_map_lookup_action (G_ACTION_MAP (self->actions),
                                         names[i]));
}

void
pc_bank_preview_show (PcBankPreview *self,
                      PcBank        *bank,
                      const char    *item)
{
  g_return_if_fail (PC_IS_BANK_PREVIEW (self));

  g_set_object (&self->bank, bank);
  g_free (self->item);
  self->item = g_strdup (item);
  begin (self);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcBankPreview *self = PC_BANK_PREVIEW (object);

  g_clear_pointer (&self->stack, gtk_widget_unparent);
  g_clear_pointer (&self->session, pc_session_free);
  g_clear_pointer (&self->item, g_free);
  g_clear_object (&self->bank);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_bank_preview_parent_class)->dispose (object);
}

static void
pc_bank_preview_class_init (PcBankPreviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
pc_bank_preview_init (PcBankPreview *self)
{
  static const GActionEntry entries[] = {
    { .name = "quiz-choose", .activate = command_cb, .parameter_type = "i" },
    { .name = "quiz-certainty",
      .activate = command_cb,
      .parameter_type = "s" },
    { .name = "quiz-hint", .activate = command_cb },
    { .name = "quiz-submit", .activate = command_cb },
    { .name = "quiz-next", .activate = command_cb },
  };
  GtkWidget *none = gtk_label_new (
      _ ("This question cannot be asked yet: it has mistakes, or it is "
         "retired."));

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_label_set_wrap (GTK_LABEL (none), TRUE);
  gtk_label_set_justify (GTK_LABEL (none), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (none, "placeholder");
  self->question = g_object_new (PC_TYPE_QUESTION_VIEW, NULL);
  g_signal_connect_object (self->question, "changed", G_CALLBACK (update),
                           self, G_CONNECT_SWAPPED);
  self->stack = gtk_stack_new ();
  gtk_stack_add_named (GTK_STACK (self->stack), none, "none");
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->question),
                       "question");
  gtk_widget_set_parent (self->stack, GTK_WIDGET (self));
  update (self);
}
