/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of what there is to do.  They are made once; what they say of today
 * changes with each answer. */

#include "app/quiz-start.h"

#include "app/clamp-layout.h"
#include "app/flow-layout.h"
#include "app/learner-menu.h"
#include "app/mode-row.h"
#include "app/tab-stop.h"

#include "quiz/generate.h"

#include <glib/gi18n-lib.h>

struct _PcQuizStart
{
  GtkWidget parent_instance;

  GtkWidget     *scrolled;
  GtkListBox    *practice;
  GtkListBox    *tests;
  GtkListBox    *files;
  GtkWidget     *left_exam;
  GtkLabel      *left_text;
  PcLearnerMenu *learner;

  PcLearning *learning;
  PcModeRow  *drill;
  PcModeRow  *ports;
  PcModeRow  *placement;
};

G_DEFINE_FINAL_TYPE (PcQuizStart, pc_quiz_start, GTK_TYPE_WIDGET)

static PcModeRow *
add_row (GtkListBox *list,
         const char *title,
         const char *description,
         const char *action,
         const char *target)
{
  GtkWidget *row = pc_mode_row_new (title, description, action, target);

  gtk_list_box_append (list, row);
  return PC_MODE_ROW (row);
}

static void
add_mock_exams (PcQuizStart *self)
{
  for (guint i = 0; i < PC_N_MOCK_EXAMS; i++) {
    const PcMockExam *mock = pc_choose_get_mock_exam (i);
    /* The bank may be smaller. */
    guint n = MIN (mock->n_items,
                   pc_catalogue_get_n (
                       pc_learning_get_catalogue (self->learning)));
    g_autofree char *text = g_strdup_printf (
        ngettext ("%u question in %u minutes, the same for everyone; %u %% "
                  "is a pass.",
                  "%u questions in %u minutes, the same for everyone; %u %% "
                  "is a pass.",
                  n),
        n, mock->minutes, mock->pass);

    add_row (self->tests, _ (mock->title), text, "win.exam-mock", mock->id);
  }
}

static void
clear_rows (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

void
pc_quiz_start_set_learning (PcQuizStart *self,
                            PcLearning  *learning)
{
  PcCatalogue *catalogue;

  g_return_if_fail (PC_IS_QUIZ_START (self));
  g_return_if_fail (PC_IS_LEARNING (learning));

  if (self->learning == NULL)
    pc_learner_menu_set_learning (self->learner, learning);
  g_set_object (&self->learning, learning);
  clear_rows (self->practice);
  clear_rows (self->tests);
  clear_rows (self->files);
  catalogue = pc_learning_get_catalogue (learning);
  add_row (self->practice, _ ("All questions"),
           _ ("What you are about to forget comes first, then something "
              "new."),
           "win.quiz-start", "");
  self->drill = add_row (self->practice, _ ("My mix-ups"), NULL,
                         "win.quiz-mode", "drill");
  for (guint i = 0; i < pc_catalogue_get_n_banks (catalogue); i++) {
    PcBank *bank = pc_catalogue_get_bank (catalogue, i);

    add_row (self->practice, pc_bank_get_title (bank), NULL, "win.quiz-start",
             pc_bank_get_id (bank));
  }
  self->ports = add_row (
      self->practice, _ ("Ports: endless"),
      _ ("Made from the table of services: other questions every time, first "
         "on what you are about to forget."),
      "win.quiz-start", PC_GENERATE_BANK_ID);
  self->placement = add_row (
      self->tests, _ ("Placement test"),
      _ ("Twenty questions find out what you know already, so that practice "
         "begins there."),
      "win.quiz-mode", "placement");
  add_row (self->tests, _ ("An exam of your own"),
           _ ("You choose how many questions, how much time, and from which "
              "banks."),
           "win.quiz-mode", "exam");
  add_mock_exams (self);
  add_row (self->tests, _ ("Class vote"),
           _ ("Questions on the projector: count raised hands, vote again, "
              "then play the exchange that proves the answer."),
           "win.quiz-mode", "vote");
  add_row (self->files, _ ("Edit questions"),
           _ ("Write questions of your own, or copy a bank and change it."),
           "win.edit-questions", NULL);
  add_row (self->files, _ ("Import questions"),
           _ ("From GIFT, Aiken or a CSV table."), "win.import-questions",
           NULL);
  add_row (self->files, _ ("Export questions"),
           _ ("For Moodle, Anki and others."), "win.export-questions", NULL);
  add_row (self->files, _ ("Print sheets"),
           _ ("A test on paper, in variants, each with its key."),
           "win.print-sheets", NULL);
  add_row (self->files, _ ("Item statistics"),
           _ ("How questions did in a class, from collected results (CSV)."),
           "win.item-statistics", NULL);
  pc_quiz_start_update (self);
}

/* -- how it stands -------------------------------------------------------- */

static char *
dup_today (guint n_due,
           guint n_new)
{
  g_autofree char *due =
      g_strdup_printf (ngettext ("%u due", "%u due", n_due), n_due);
  g_autofree char *fresh =
      g_strdup_printf (ngettext ("%u new", "%u new", n_new), n_new);

  if (n_due == 0 && n_new == 0)
    return g_strdup (_ ("Done for today. You may practise ahead."));
  /* Translators: "12 due, 10 new": how many questions for today. */
  return g_strdup_printf (_ ("%s, %s"), due, fresh);
}

static void
update_practice (PcQuizStart *self)
{
  PcCatalogue *catalogue = pc_learning_get_catalogue (self->learning);
  GtkListBoxRow *row;

  for (int i = 0;
       (row = gtk_list_box_get_row_at_index (self->practice, i)) != NULL;
       i++) {
    PcBank *bank = NULL;
    g_autofree char *text = NULL;
    guint n_due, n_new;

    if (row == GTK_LIST_BOX_ROW (self->drill) ||
        row == GTK_LIST_BOX_ROW (self->ports))
      continue;
    /* After the row for all of them and the drill. */
    if (i > 1)
      bank = pc_catalogue_get_bank (catalogue, (guint) i - 2);
    if (!pc_learning_is_loaded (self->learning)) {
      pc_mode_row_set_state (PC_MODE_ROW (row), NULL);
      continue;
    }
    pc_learning_count (self->learning, bank, &n_due, &n_new);
    text = dup_today (n_due, n_new);
    pc_mode_row_set_state (PC_MODE_ROW (row), text);
  }
}

static void
update_drill (PcQuizStart *self)
{
  GArray *confusions = pc_learning_get_confusions (self->learning);
  g_autofree char *text = g_strdup_printf (
      ngettext ("You mix up %u pair.", "You mix up %u pairs.",
                confusions->len),
      confusions->len);
  gboolean any = confusions->len > 0;

  pc_mode_row_set_description (
      self->drill,
      any ? _ ("Questions on what you have taken for something else, by "
               "turns.")
          : _ ("When you take one service for another, the pair is drilled "
               "here."));
  pc_mode_row_set_state (self->drill, any ? text : _ ("Nothing so far"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->drill), any);
}

void
pc_quiz_start_update (PcQuizStart *self)
{
  g_autofree char *left = NULL;
  gboolean offered;

  g_return_if_fail (PC_IS_QUIZ_START (self));

  if (self->learning == NULL)
    return;
  left = pc_learning_describe_exam (self->learning);
  offered = left != NULL && !gtk_widget_get_visible (self->left_exam);
  gtk_widget_set_visible (self->left_exam, left != NULL);
  gtk_label_set_label (self->left_text, left != NULL ? left : "");
  update_practice (self);
  update_drill (self);
  /* It is known only now, and comes first. */
  if (offered && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  PcQuizStart *self = PC_QUIZ_START (widget);

  if (gtk_widget_get_visible (self->left_exam))
    return gtk_widget_child_focus (self->left_exam, GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (GTK_WIDGET (self->practice),
                                 GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcQuizStart *self = PC_QUIZ_START (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->learning);
  G_OBJECT_CLASS (pc_quiz_start_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcQuizStart, name)

static void
pc_quiz_start_class_init (PcQuizStartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LEARNER_MENU);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/quiz-start.ui");
  BIND (scrolled);
  BIND (practice);
  BIND (tests);
  BIND (files);
  BIND (left_exam);
  BIND (left_text);
  BIND (learner);
}

#undef BIND

static void
pc_quiz_start_init (PcQuizStart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
