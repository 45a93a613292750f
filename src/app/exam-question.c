/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The view of a question keeps what was answered as long as it is there.  For
 * an exam that was taken up again, options are chosen anew; other answers are
 * told, and stay unless they are given again. */

#include "app/exam-question.h"

#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

struct _PcExamQuestion
{
  GtkWidget parent_instance;

  GtkWidget      *box;
  GtkLabel       *earlier;
  PcQuestionView *view;

  PcExam  *exam;
  guint    index;
  gboolean filling;
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcExamQuestion, pc_exam_question, GTK_TYPE_WIDGET)

static void
changed_cb (PcExamQuestion *self)
{
  if (self->exam != NULL && !self->filling && !pc_exam_is_over (self->exam))
    g_signal_emit (self, signals[CHANGED], 0);
}

static PcItem *
get_item (PcExamQuestion *self)
{
  return pc_exam_get_pick (self->exam, self->index)->item;
}

static void
choose_options (PcExamQuestion *self,
                const PcAnswer *answer)
{
  guint n = 0;
  const guint *order = pc_session_get_option_order (
      pc_exam_get_session (self->exam, self->index), &n);

  for (guint i = 0; i < n; i++)
    if ((answer->options & (1u << order[i])) != 0)
      pc_question_view_choose (self->view, i + 1);
}

/* What was answered, in the words of the question.  Transfer full. */
static char *
dup_answer (PcExamQuestion *self,
            const PcAnswer *answer)
{
  g_autoptr (GArray) said = pc_grade_list_feedback (
      get_item (self), answer, g_get_language_names ()[0]);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < said->len; i++) {
    const PcFeedback *feedback = &g_array_index (said, PcFeedback, i);

    if (feedback->role == PC_FEEDBACK_CHOSEN && feedback->subject != NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              feedback->subject);
  }
  if (text->len == 0)
    g_string_append (text, pc_exam_get_choice (self->exam, self->index));
  return g_strdup (text->str);
}

static void
restore (PcExamQuestion *self)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  g_autofree char *given = NULL;
  g_autofree char *text = NULL;

  if (!pc_exam_is_answered (self->exam, self->index) ||
      !pc_answer_from_string (pc_exam_get_choice (self->exam, self->index),
                              get_item (self), &answer))
    return;
  pc_question_view_set_certainty (
      self->view, pc_exam_get_certainty (self->exam, self->index));
  if (answer.kind == PC_ANSWER_OPTIONS) {
    choose_options (self, &answer);
    return;
  }
  given = dup_answer (self, &answer);
  text = g_strdup_printf (
      /* Translators: %s is the answer given before the program ended. */
      _ ("Your answer so far: %s. It stands unless you give another one."),
      given);
  gtk_label_set_label (self->earlier, text);
  gtk_widget_set_visible (GTK_WIDGET (self->earlier), TRUE);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcExamQuestion *self = PC_EXAM_QUESTION (widget);

  if (pc_exam_is_over (self->exam))
    return gtk_widget_child_focus (GTK_WIDGET (self->view),
                                   GTK_DIR_TAB_FORWARD);
  pc_question_view_focus_answer (self->view);
  return TRUE;
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_EXAM_QUESTION (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_exam_question_parent_class)->dispose (object);
}

static void
pc_exam_question_class_init (PcExamQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_QUESTION_VIEW);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exam-question.ui");
  gtk_widget_class_bind_template_child (widget_class, PcExamQuestion, box);
  gtk_widget_class_bind_template_child (widget_class, PcExamQuestion, earlier);
  gtk_widget_class_bind_template_child (widget_class, PcExamQuestion, view);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
pc_exam_question_init (PcExamQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pc_exam_question_new (PcExam *exam,
                      guint   index)
{
  PcExamQuestion *self = g_object_new (PC_TYPE_EXAM_QUESTION, NULL);

  self->exam = exam;
  self->index = index;
  self->filling = TRUE;
  pc_question_view_ask (self->view, pc_exam_get_session (exam, index));
  pc_question_view_strip (self->view,
                          pc_exam_get_options (exam)->certainty);
  restore (self);
  self->filling = FALSE;
  return GTK_WIDGET (self);
}

PcQuestionView *
pc_exam_question_get_view (PcExamQuestion *self)
{
  g_return_val_if_fail (PC_IS_EXAM_QUESTION (self), NULL);

  return self->view;
}

void
pc_exam_question_take (PcExamQuestion *self,
                       gint64          taken_us)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  gboolean complete;

  g_return_if_fail (PC_IS_EXAM_QUESTION (self));

  complete = pc_question_view_get_answer (self->view, &answer);
  if (!complete) {
    pc_answer_clear (&answer);
    answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  }
  if (gtk_widget_get_visible (GTK_WIDGET (self->earlier))) {
    if (complete)
      gtk_widget_set_visible (GTK_WIDGET (self->earlier), FALSE);
    else
      pc_answer_from_string (pc_exam_get_choice (self->exam, self->index),
                             get_item (self), &answer);
  }
  pc_exam_answer (self->exam, self->index, &answer,
                  pc_question_view_get_certainty (self->view), taken_us);
}

void
pc_exam_question_reveal (PcExamQuestion *self)
{
  const PcPick *pick;
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  PcSessionAnswer given = { .answer = { .kind = PC_ANSWER_BLANK } };

  g_return_if_fail (PC_IS_EXAM_QUESTION (self));
  g_return_if_fail (pc_exam_is_over (self->exam));

  pick = pc_exam_get_pick (self->exam, self->index);
  pc_answer_from_string (pc_exam_get_choice (self->exam, self->index),
                         pick->item, &answer);
  given.item = pick->item;
  given.bank = pick->bank;
  given.answer = answer; /* ours still */
  given.certainty = pc_exam_get_certainty (self->exam, self->index);
  given.grade = pc_exam_get_grade (self->exam, self->index);
  pc_question_view_reveal (self->view, &given);
  pc_question_view_strip (self->view, FALSE);
}
