/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks and explains one question.  How it is graded, and what comes next, is
 * the session's; the buttons carry the window's quiz actions.  Emits
 * "changed" when the answer or the certainty did. */

#include "app/question-view.h"

#include "app/answer-view.h"
#include "app/clamp-layout.h"
#include "app/columns-layout.h"
#include "app/explanation.h"
#include "app/feedback-list.h"
#include "app/flow-layout.h"
#include "app/related-list.h"
#include "app/transcript.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

#define N_CERTAINTIES 3

struct _PcQuestionView
{
  GtkWidget parent_instance;

  GtkWidget       *scrolled;
  GtkLabel        *title;
  GtkLabel        *subtitle;
  GtkProgressBar  *progress;
  GtkLabel        *stem;
  GtkLabel        *task;
  GtkWidget       *stimulus;
  GtkWidget       *watch_up_to;
  GtkWidget       *answer_place;
  GtkWidget       *certainty_box;
  GtkLabel        *certainty_label;
  GtkToggleButton *guess;
  GtkToggleButton *fairly;
  GtkToggleButton *sure;
  GtkWidget       *submit;
  GtkWidget       *next;
  GtkWidget       *verdict;
  GtkImage        *verdict_icon;
  GtkLabel        *verdict_title;
  GtkLabel        *verdict_text;
  GtkWidget       *feedback;
  GtkStack        *side;
  GtkWidget       *hints;
  GtkWidget       *hint_button;
  GtkLabel        *objective;
  GtkLabel        *answer_line;
  GtkWidget       *explanation;
  GtkWidget       *watch;
  GtkLabel        *watch_label;
  GtkWidget       *related;

  PcAnswerView *answer; /* NULL before the first question */

  PcBank     *bank;
  PcItem     *item;
  const char *language;
  guint       n_hints_shown;
  gboolean    revealed;
  gboolean    exam; /* no certainty, no hints, nothing to watch */
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcQuestionView, pc_question_view, GTK_TYPE_WIDGET)

static void
clear_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static void
changed_cb (PcQuestionView *self)
{
  if (!self->revealed)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* -- asking --------------------------------------------------------------- */

static void
fill_head (PcQuestionView *self,
           PcSession      *session)
{
  PcBank *bank = pc_session_get_bank (session);
  guint position = pc_session_get_position (session);
  guint n = pc_session_get_n_total (session);
  g_autofree char *text = NULL;

  if (pc_session_get_retry (session))
    text = g_strdup_printf (_ ("Practice · question %u of %u · once more"),
                            position, n);
  else if (pc_session_get_mode (session) == PC_SESSION_EXAM)
    text = g_strdup_printf (_ ("Exam · question %u of %u"), position, n);
  else
    text = g_strdup_printf (_ ("Practice · question %u of %u"), position, n);
  gtk_label_set_label (self->title, pc_bank_get_title (bank));
  gtk_label_set_label (self->subtitle, text);
  gtk_progress_bar_set_fraction (self->progress,
                                 n > 0 ? (position - 1) / (double) n : 0);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  -1);
}

static void
fill_answer (PcQuestionView *self,
             PcSession      *session)
{
  GtkWidget *answer = pc_answer_view_new (session, self->language);

  clear_children (self->answer_place);
  self->answer = PC_ANSWER_VIEW (answer);
  gtk_widget_set_hexpand (answer, TRUE);
  g_signal_connect_object (answer, "changed", G_CALLBACK (changed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self->answer_place), answer);
}

/* A fault's transcript is where it is answered. */
static void
fill_stimulus (PcQuestionView *self)
{
  gboolean shown = pc_item_get_stimulus (self->item) != NULL &&
                   pc_item_get_item_type (self->item) != PC_ITEM_FAULT;

  clear_children (self->stimulus);
  if (shown)
    gtk_box_append (GTK_BOX (self->stimulus),
                    pc_transcript_new (self->item, self->language));
  gtk_widget_set_visible (self->stimulus, shown);
  gtk_widget_set_visible (
      self->watch_up_to,
      !self->exam && pc_item_get_item_type (self->item) == PC_ITEM_PREDICT &&
          pc_item_get_scenario_step (self->item) != NULL);
}

/* Objectives that belong to a published scheme. */
static void
fill_objective (PcQuestionView *self,
                PcSession      *session)
{
  const char *const *ids = pc_item_get_objectives (self->item);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++) {
    const PcBankObjective *objective =
        pc_bank_lookup_objective (pc_session_get_bank (session), ids[i]);

    if (objective == NULL)
      continue;
    if (text->len > 0)
      g_string_append_c (text, '\n');
    if (objective->scheme != NULL)
      g_string_append_printf (text, "%s %s: ", objective->scheme,
                              objective->code != NULL ? objective->code : "");
    g_string_append (text, objective->title);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->objective), text->len > 0);
  gtk_label_set_label (self->objective, text->str);
}

static void
update_hint_button (PcQuestionView *self)
{
  guint n = self->exam ? 0 : pc_item_get_n_hints (self->item);

  gtk_widget_set_visible (self->hint_button, n > 0);
  gtk_widget_set_sensitive (self->hint_button, self->n_hints_shown < n);
}

/* What to do, where the question alone may not tell.  Transfer full. */
static char *
dup_task (PcItem *item)
{
  gboolean decoys;
  guint n;

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_MULTIPLE:
    n = pc_item_get_n_correct (item);
    return g_strdup_printf (
        ngettext ("Choose %u option.", "Choose %u options.", n), n);
  case PC_ITEM_MATCH:
    return g_strdup (
        _ ("Choose a partner for each; a digit chooses it, too."));
  case PC_ITEM_ORDER:
    decoys = pc_item_get_n_choices (item, PC_ITEM_STEPS) >
             pc_item_get_n_steps (item);
    return g_strdup (
        decoys ? _ ("Move the steps with the buttons, or with Alt+Up and "
                    "Alt+Down. Leave out what does not belong.")
               : _ ("Move the steps with the buttons, or with Alt+Up and "
                    "Alt+Down."));
  case PC_ITEM_FAULT:
    n = pc_item_get_n_wrong_lines (item);
    return g_strdup_printf (
        ngettext ("Mark %u line.", "Mark %u lines.", n), n);
  case PC_ITEM_CONFIGURE: return g_strdup (_ ("Fill in the form."));
  case PC_ITEM_SINGLE:
  case PC_ITEM_NUMBER:
  case PC_ITEM_PREDICT:
  default: return NULL;
  }
}

static void
fill_task (PcQuestionView *self)
{
  g_autofree char *text = dup_task (self->item);

  gtk_widget_set_visible (GTK_WIDGET (self->task), text != NULL);
  gtk_label_set_label (self->task, text != NULL ? text : "");
}

/* -- explaining ----------------------------------------------------------- */

static const char *
get_verdict (const PcSessionAnswer *answer)
{
  if (answer->grade.correct)
    return _ ("Right");
  if (answer->grade.fraction > 0)
    return _ ("Partly right");
  return _ ("Not right");
}

/* What certainty and verdict say together; NULL for nothing worth saying. */
static const char *
get_certainty_comment (const PcSessionAnswer *answer)
{
  if (answer->grade.correct && answer->certainty == PC_CERTAINTY_GUESS)
    return _ ("A lucky guess: read why, so that you know it next time.");
  if (!answer->grade.correct && answer->certainty == PC_CERTAINTY_SURE)
    return _ ("You were certain. It pays to read this one slowly.");
  return NULL;
}

/* On the button that has the focus after an answer, so that a screen reader
 * says it all at once. */
static void
describe_verdict (PcQuestionView        *self,
                  const PcSessionAnswer *answer)
{
  g_autofree char *said = pc_feedback_list_dup_first (
      self->item, &answer->answer, self->language);
  g_autofree char *text =
      g_strdup_printf ("%s\n%s", get_verdict (answer),
                       said != NULL ? said : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->next),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  g_strchomp (text), -1);
}

static void
fill_verdict (PcQuestionView        *self,
              const PcSessionAnswer *answer)
{
  gboolean correct = answer->grade.correct;
  const char *comment = get_certainty_comment (answer);

  gtk_image_set_from_icon_name (self->verdict_icon,
                                correct ? "pc-right-symbolic"
                                        : "pc-wrong-symbolic");
  gtk_label_set_label (self->verdict_title, get_verdict (answer));
  gtk_label_set_label (self->verdict_text, comment != NULL ? comment : "");
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_text), comment != NULL);
  gtk_widget_remove_css_class (self->verdict, correct ? "wrong" : "right");
  gtk_widget_add_css_class (self->verdict, correct ? "right" : "wrong");
  clear_children (self->feedback);
  if (!pc_answer_view_explains_itself (self->answer))
    pc_feedback_list_fill (GTK_BOX (self->feedback), self->item,
                           &answer->answer,
                           pc_answer_view_marks_parts (self->answer),
                           self->language);
  gtk_widget_set_visible (self->feedback,
                          gtk_widget_get_first_child (self->feedback) != NULL);
  describe_verdict (self, answer);
}

static void
fill_answer_line (PcQuestionView *self)
{
  const char *line = pc_item_get_answer_line (self->item, self->language);
  g_autofree char *number = NULL;
  g_autofree char *made = NULL;
  g_autofree char *markup = NULL;

  if (line == NULL && pc_item_get_n_accepted (self->item) > 0) {
    number = g_strdup_printf ("%" G_GINT64_FORMAT,
                              pc_item_get_value (self->item, 0));
    line = made = g_strdup_printf (_ ("The answer is %s."), number);
  }
  gtk_widget_set_visible (GTK_WIDGET (self->answer_line), line != NULL);
  if (line == NULL)
    return;
  markup = pc_markup_to_pango (line);
  gtk_label_set_markup (self->answer_line, markup);
}

static void
fill_watch (PcQuestionView *self)
{
  const char *scenario = pc_item_get_scenario (self->item);
  const char *label = pc_item_get_scenario_label (self->item, self->language);

  gtk_widget_set_visible (self->watch, scenario != NULL);
  gtk_label_set_label (self->watch_label,
                       label != NULL ? label : _ ("Watch it step by step"));
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcQuestionView *self = PC_QUESTION_VIEW (object);

  g_clear_object (&self->bank);
  g_clear_object (&self->item);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_question_view_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcQuestionView, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (scrolled);
  BIND (title);
  BIND (subtitle);
  BIND (progress);
  BIND (stem);
  BIND (task);
  BIND (stimulus);
  BIND (watch_up_to);
  BIND (answer_place);
  BIND (certainty_box);
  BIND (certainty_label);
  BIND (guess);
  BIND (fairly);
  BIND (sure);
  BIND (submit);
  BIND (next);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_title);
  BIND (verdict_text);
  BIND (feedback);
  BIND (side);
  BIND (hints);
  BIND (hint_button);
  BIND (objective);
  BIND (answer_line);
  BIND (explanation);
  BIND (watch);
  BIND (watch_label);
  BIND (related);
}

#undef BIND

static void
pc_question_view_class_init (PcQuestionViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  signals[CHANGED] =
      g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                    0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/question-view.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
pc_question_view_init (PcQuestionView *self)
{
  self->language = g_get_language_names ()[0];
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* As before any question: nothing said, nothing revealed. */
static void
reset (PcQuestionView *self)
{
  self->revealed = FALSE;
  self->n_hints_shown = 0;
  clear_children (self->hints);
  clear_children (self->feedback);
  clear_children (self->explanation);
  clear_children (self->related);
  pc_question_view_set_certainty (self, PC_CERTAINTY_UNASKED);
  gtk_widget_set_visible (self->certainty_box, !self->exam);
  gtk_widget_set_sensitive (self->certainty_box, TRUE);
  gtk_widget_remove_css_class (self->certainty_box, "missing");
  gtk_widget_set_visible (self->submit, TRUE);
  gtk_widget_set_visible (self->next, FALSE);
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_widget_set_visible (self->feedback, FALSE);
  gtk_stack_set_visible_child_name (self->side, "before");
}

void
pc_question_view_ask (PcQuestionView *self,
                      PcSession      *session)
{
  g_autofree char *stem = NULL;

  g_return_if_fail (PC_IS_QUESTION_VIEW (self));
  g_return_if_fail (pc_session_get_item (session) != NULL);

  g_set_object (&self->bank, pc_session_get_bank (session));
  g_set_object (&self->item, pc_session_get_item (session));
  self->exam = pc_session_get_mode (session) == PC_SESSION_EXAM;
  stem = pc_markup_to_pango (pc_item_get_stem (self->item, self->language));
  gtk_label_set_markup (self->stem, stem);
  reset (self);
  fill_head (self, session);
  fill_task (self);
  fill_stimulus (self);
  fill_answer (self, session);
  fill_objective (self, session);
  update_hint_button (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scrolled)),
                            0);
  pc_question_view_focus_answer (self);
  changed_cb (self);
}

gboolean
pc_question_view_choose (PcQuestionView *self,
                         guint           key)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), FALSE);

  return self->answer != NULL && pc_answer_view_choose (self->answer, key);
}

gboolean
pc_question_view_get_answer (PcQuestionView *self,
                             PcAnswer       *answer)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  *answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  return self->answer != NULL &&
         pc_answer_view_get_answer (self->answer, answer);
}

PcAnswerView *
pc_question_view_get_view (PcQuestionView *self)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), NULL);

  return self->answer;
}

/* By PcCertainty, which begins with UNASKED. */
static GtkToggleButton *
get_certainty_button (PcQuestionView *self,
                      guint           certainty)
{
  GtkToggleButton *buttons[] = { NULL, self->guess, self->fairly, self->sure };

  return buttons[certainty];
}

PcCertainty
pc_question_view_get_certainty (PcQuestionView *self)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), PC_CERTAINTY_UNASKED);

  for (guint i = 1; i <= N_CERTAINTIES; i++)
    if (gtk_toggle_button_get_active (get_certainty_button (self, i)))
      return (PcCertainty) i;
  return PC_CERTAINTY_UNASKED;
}

void
pc_question_view_set_certainty (PcQuestionView *self,
                                PcCertainty     certainty)
{
  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  for (guint i = 1; i <= N_CERTAINTIES; i++)
    gtk_toggle_button_set_active (get_certainty_button (self, i),
                                  i == (guint) certainty);
}

void
pc_question_view_focus_missing (PcQuestionView *self)
{
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };

  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  if (self->item == NULL || self->revealed)
    return;
  if (pc_question_view_get_answer (self, &answer) && !self->exam) {
    gtk_widget_add_css_class (self->certainty_box, "missing");
    gtk_widget_grab_focus (GTK_WIDGET (self->guess));
  } else {
    pc_question_view_focus_answer (self);
  }
}

void
pc_question_view_focus_answer (PcQuestionView *self)
{
  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  if (self->answer != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (self->answer));
}

gboolean
pc_question_view_take_focused_certainty (PcQuestionView *self)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), FALSE);

  for (guint i = 1; i <= N_CERTAINTIES; i++)
    if (gtk_widget_has_focus (GTK_WIDGET (get_certainty_button (self, i)))) {
      pc_question_view_set_certainty (self, (PcCertainty) i);
      return TRUE;
    }
  return FALSE;
}

void
pc_question_view_show_hint (PcQuestionView *self)
{
  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  if (self->item == NULL || self->revealed ||
      self->n_hints_shown >= pc_item_get_n_hints (self->item))
    return;
  gtk_box_append (GTK_BOX (self->hints),
                  pc_explanation_label_new (
                      pc_item_get_hint (self->item, self->n_hints_shown,
                                        self->language),
                      "hint"));
  self->n_hints_shown++;
  update_hint_button (self);
}

void
pc_question_view_reveal (PcQuestionView        *self,
                         const PcSessionAnswer *answer)
{
  g_return_if_fail (PC_IS_QUESTION_VIEW (self));
  g_return_if_fail (answer != NULL);

  self->revealed = TRUE;
  pc_answer_view_reveal (self->answer, &answer->answer);
  gtk_widget_set_sensitive (self->certainty_box, FALSE);
  gtk_widget_remove_css_class (self->certainty_box, "missing");
  fill_verdict (self, answer);
  fill_answer_line (self);
  fill_watch (self);
  clear_children (self->explanation);
  pc_explanation_fill (GTK_BOX (self->explanation), self->item,
                       self->language);
  pc_related_list_fill (GTK_BOX (self->related), self->bank, self->item,
                        self->language);
  gtk_widget_set_visible (self->watch_up_to, FALSE);
  gtk_widget_set_visible (self->verdict, TRUE);
  gtk_widget_set_visible (self->submit, FALSE);
  gtk_widget_set_visible (self->next, TRUE);
  gtk_stack_set_visible_child_name (self->side, "after");
  gtk_widget_grab_focus (self->next);
}

void
pc_question_view_strip (PcQuestionView *self,
                        gboolean        certainty)
{
  GtkWidget *head = gtk_widget_get_parent (GTK_WIDGET (self->title));

  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  gtk_widget_set_visible (gtk_widget_get_parent (head), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (self->certainty_box, certainty);
  gtk_widget_set_visible (self->submit, FALSE);
  gtk_widget_set_visible (self->next, FALSE);
  gtk_widget_set_visible (self->hint_button, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->side), self->revealed);
}
