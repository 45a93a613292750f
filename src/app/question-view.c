/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Asks and explains one question.  How it is graded, and what comes next, is
 * the session's; the buttons carry the window's quiz actions.  Emits
 * "changed" when the answer or the certainty did. */

#include "app/question-view.h"

#include "app/clamp-layout.h"
#include "app/columns-layout.h"
#include "app/explanation.h"
#include "app/flow-layout.h"
#include "app/option-row.h"

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
  GtkLabel        *how_many;
  GtkWidget       *options;
  GtkWidget       *number_box;
  GtkEditable     *number;
  GtkToggleButton *tcp;
  GtkToggleButton *udp;
  GtkWidget       *transports;
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
  GtkStack        *side;
  GtkWidget       *hints;
  GtkWidget       *hint_button;
  GtkLabel        *objective;
  GtkLabel        *answer_line;
  GtkWidget       *explanation;
  GtkWidget       *watch;
  GtkLabel        *watch_label;

  PcItem     *item;
  const char *language;
  guint       n_hints_shown;
  gboolean    revealed;
  gboolean    filling;
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
  if (!self->filling && !self->revealed)
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
fill_options (PcQuestionView *self,
              PcSession      *session)
{
  gboolean single = pc_item_get_item_type (self->item) == PC_ITEM_SINGLE;
  GtkToggleButton *group = NULL;
  guint n = 0;
  const guint *order = pc_session_get_option_order (session, &n);

  clear_children (self->options);
  for (guint i = 0; i < n; i++) {
    GtkWidget *row =
        pc_option_row_new (self->item, order[i], i + 1, self->language);

    if (single)
      gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (row), group);
    group = GTK_TOGGLE_BUTTON (row);
    g_signal_connect_object (row, "toggled", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->options), row);
  }
  gtk_widget_set_visible (self->options, n > 0);
}

static void
fill_number (PcQuestionView *self)
{
  gboolean number = pc_item_get_item_type (self->item) == PC_ITEM_NUMBER;

  gtk_widget_set_visible (self->number_box, number);
  gtk_widget_set_visible (self->transports,
                          number && pc_item_get_ask_transport (self->item));
  gtk_editable_set_text (self->number, "");
  gtk_toggle_button_set_active (self->tcp, FALSE);
  gtk_toggle_button_set_active (self->udp, FALSE);
  gtk_widget_set_sensitive (self->number_box, TRUE);
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
  guint n = pc_item_get_n_hints (self->item);

  gtk_widget_set_visible (self->hint_button, n > 0);
  gtk_widget_set_sensitive (self->hint_button, self->n_hints_shown < n);
}

static void
fill_how_many (PcQuestionView *self)
{
  guint n = pc_item_get_n_correct (self->item);
  gboolean multiple = pc_item_get_item_type (self->item) == PC_ITEM_MULTIPLE;
  g_autofree char *text = g_strdup_printf (
      ngettext ("Choose %u option.", "Choose %u options.", n), n);

  gtk_widget_set_visible (GTK_WIDGET (self->how_many), multiple);
  gtk_label_set_label (self->how_many, text);
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

static void
fill_verdict (PcQuestionView        *self,
              const PcSessionAnswer *answer)
{
  gboolean correct = answer->grade.correct;
  const char *feedback =
      pc_grade_get_feedback (self->item, &answer->answer, self->language);
  const char *comment = get_certainty_comment (answer);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  /* The chosen option's row says its own. */
  if (feedback != NULL &&
      pc_item_get_item_type (self->item) == PC_ITEM_NUMBER)
    g_string_append (text, feedback);
  if (comment != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", comment);
  markup = pc_markup_to_pango (text->str);
  gtk_image_set_from_icon_name (self->verdict_icon,
                                correct ? "pc-right-symbolic"
                                        : "pc-wrong-symbolic");
  gtk_label_set_label (self->verdict_title, get_verdict (answer));
  gtk_label_set_markup (self->verdict_text, markup);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict_text), text->len > 0);
  gtk_widget_remove_css_class (self->verdict, "right");
  gtk_widget_remove_css_class (self->verdict, "wrong");
  gtk_widget_add_css_class (self->verdict, correct ? "right" : "wrong");
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

static void
reveal_options (PcQuestionView        *self,
                const PcSessionAnswer *answer)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->options);
       row != NULL; row = gtk_widget_get_next_sibling (row)) {
    guint index = pc_option_row_get_index (PC_OPTION_ROW (row));

    pc_option_row_reveal (PC_OPTION_ROW (row),
                          answer->answer.kind == PC_ANSWER_OPTIONS &&
                              (answer->answer.options & (1u << index)) != 0);
  }
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcQuestionView *self = PC_QUESTION_VIEW (object);

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
  BIND (how_many);
  BIND (options);
  BIND (number_box);
  BIND (number);
  BIND (tcp);
  BIND (udp);
  BIND (transports);
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
  BIND (side);
  BIND (hints);
  BIND (hint_button);
  BIND (objective);
  BIND (answer_line);
  BIND (explanation);
  BIND (watch);
  BIND (watch_label);
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

void
pc_question_view_ask (PcQuestionView *self,
                      PcSession      *session)
{
  g_autofree char *stem = NULL;

  g_return_if_fail (PC_IS_QUESTION_VIEW (self));
  g_return_if_fail (pc_session_get_item (session) != NULL);

  self->filling = TRUE;
  self->revealed = FALSE;
  self->n_hints_shown = 0;
  g_set_object (&self->item, pc_session_get_item (session));
  stem = pc_markup_to_pango (pc_item_get_stem (self->item, self->language));
  gtk_label_set_markup (self->stem, stem);
  fill_head (self, session);
  fill_how_many (self);
  fill_options (self, session);
  fill_number (self);
  fill_objective (self, session);
  clear_children (self->hints);
  clear_children (self->explanation);
  update_hint_button (self);
  pc_question_view_set_certainty (self, PC_CERTAINTY_UNASKED);
  gtk_widget_set_sensitive (self->certainty_box, TRUE);
  gtk_widget_remove_css_class (self->certainty_box, "missing");
  gtk_widget_set_visible (self->submit, TRUE);
  gtk_widget_set_visible (self->next, FALSE);
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_stack_set_visible_child_name (self->side, "before");
  self->filling = FALSE;
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
  GtkWidget *row;

  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), FALSE);

  row = gtk_widget_get_first_child (self->options);
  for (guint i = 1; row != NULL && i < key; i++)
    row = gtk_widget_get_next_sibling (row);
  if (key == 0 || row == NULL || self->revealed)
    return FALSE;
  gtk_toggle_button_set_active (
      GTK_TOGGLE_BUTTON (row),
      pc_item_get_item_type (self->item) == PC_ITEM_SINGLE ||
          !gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)));
  gtk_widget_grab_focus (row);
  return TRUE;
}

gboolean
pc_question_view_get_answer (PcQuestionView *self,
                             PcAnswer       *answer)
{
  g_return_val_if_fail (PC_IS_QUESTION_VIEW (self), FALSE);
  g_return_val_if_fail (answer != NULL, FALSE);

  *answer = (PcAnswer){ .kind = PC_ANSWER_BLANK };
  if (self->item == NULL)
    return FALSE;
  if (pc_item_get_item_type (self->item) == PC_ITEM_NUMBER) {
    if (!pc_answer_parse_number (gtk_editable_get_text (self->number),
                                 answer))
      return FALSE;
    if (gtk_toggle_button_get_active (self->tcp))
      answer->transport = PC_SERVICE_TRANSPORT_TCP;
    else if (gtk_toggle_button_get_active (self->udp))
      answer->transport = PC_SERVICE_TRANSPORT_UDP;
    return pc_answer_is_complete (answer, self->item);
  }
  answer->kind = PC_ANSWER_OPTIONS;
  for (GtkWidget *row = gtk_widget_get_first_child (self->options);
       row != NULL; row = gtk_widget_get_next_sibling (row))
    if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (row)))
      answer->options |= 1u << pc_option_row_get_index (PC_OPTION_ROW (row));
  return pc_answer_is_complete (answer, self->item);
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
  PcAnswer answer;

  g_return_if_fail (PC_IS_QUESTION_VIEW (self));

  if (self->item == NULL || self->revealed)
    return;
  if (pc_question_view_get_answer (self, &answer)) {
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

  if (gtk_widget_get_visible (self->number_box))
    gtk_widget_grab_focus (GTK_WIDGET (self->number));
  else
    gtk_widget_child_focus (self->options, GTK_DIR_TAB_FORWARD);
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
  reveal_options (self, answer);
  gtk_widget_set_sensitive (self->number_box, FALSE);
  gtk_widget_set_sensitive (self->certainty_box, FALSE);
  gtk_widget_remove_css_class (self->certainty_box, "missing");
  fill_verdict (self, answer);
  fill_answer_line (self);
  fill_watch (self);
  clear_children (self->explanation);
  pc_explanation_fill (GTK_BOX (self->explanation), self->item,
                       self->language);
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
