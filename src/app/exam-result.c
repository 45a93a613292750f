/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Numbers are the exam's; here they become sentences.  A percentage of few
 * questions would say more than is known, so it is left out. */

#include "app/exam-result.h"

#include "app/clamp-layout.h"
#include "app/flow-layout.h"
#include "app/learning.h"
#include "app/mode-row.h"
#include "app/tab-stop.h"

#include "quiz/choose.h"
#include "quiz/progress.h"

#include <glib/gi18n-lib.h>

#define TITLE_LENGTH 100 /* characters of a question without a title */

struct _PcExamResult
{
  GtkWidget parent_instance;

  GtkWidget   *scrolled;
  GtkLabel    *title;
  GtkLabel    *verdict;
  GtkImage    *icon;
  GtkWidget   *verdict_box;
  GtkLabel    *score;
  GtkLabel    *course;
  GtkExpander *parts_title;
  GtkWidget   *parts;
  GtkListBox  *list;
  GtkWidget   *leave;
};

G_DEFINE_FINAL_TYPE (PcExamResult, pc_exam_result, GTK_TYPE_WIDGET)

char *
pc_exam_result_dup_title (PcItem *item,
                          guint   index)
{
  const char *language = g_get_language_names ()[0];
  const char *title = pc_item_get_title (item, language);
  g_autofree char *plain = NULL;

  if (title == NULL)
    title = pc_item_get_stem (item, language);
  if (g_utf8_strlen (title, -1) > TITLE_LENGTH) {
    g_autofree char *start = g_utf8_substring (title, 0, TITLE_LENGTH);

    plain = g_strconcat (start, "…", NULL);
  } else {
    plain = g_strdup (title);
  }
  /* Translators: number of a question and its title. */
  return g_strdup_printf (_ ("%u. %s"), index + 1, plain);
}

static void
add_part (PcExamResult *self,
          const char   *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (self->parts), label);
}

static const char *
get_objective_title (PcExam     *exam,
                     const char *id)
{
  for (guint i = 0; i < pc_exam_get_n_items (exam); i++) {
    const PcBankObjective *objective = pc_bank_lookup_objective (
        pc_exam_get_pick (exam, i)->bank, id);

    if (objective != NULL)
      return objective->title;
  }
  return id;
}

static void
fill_objectives (PcExamResult *self,
                 PcExam       *exam)
{
  g_autoptr (GArray) objectives = pc_exam_summarize_objectives (exam);

  gtk_expander_set_label (self->parts_title, _ ("By objective"));
  gtk_expander_set_expanded (self->parts_title, FALSE);
  for (guint i = 0; i < objectives->len; i++) {
    const PcSessionObjective *objective =
        &g_array_index (objectives, PcSessionObjective, i);
    const char *title = get_objective_title (exam, objective->objective);
    g_autofree char *text = NULL;

    if (objective->n_answered >= PC_PROGRESS_PERCENT_FROM)
      text = g_strdup_printf (
          /* Translators: objective, right answers, questions, per cent. */
          _ ("%s: %u of %u (%u %%)"), title, objective->n_correct,
          objective->n_answered,
          objective->n_correct * 100 / objective->n_answered);
    else
      /* Translators: objective, right answers, questions. */
      text = g_strdup_printf (_ ("%s: %u of %u"), title,
                              objective->n_correct, objective->n_answered);
    add_part (self, text);
  }
}

static void
fill_levels (PcExamResult *self,
             PcExam       *exam)
{
  static const char *const protocols[PC_PLACEMENT_PROTOCOLS][2] = {
    { "imap", "IMAP" },
    { "pop3", "POP3" },
    { "smtp", "SMTP" },
    { "tftp", "TFTP" },
  };
  guint n = pc_exam_get_n_items (exam);
  g_autofree PcPlacementAnswer *answers = g_new0 (PcPlacementAnswer, n);

  pc_learning_list_placement (exam, answers);
  gtk_expander_set_label (self->parts_title, _ ("Where you stand"));
  gtk_expander_set_expanded (self->parts_title, TRUE);
  for (guint i = 0; i < PC_PLACEMENT_PROTOCOLS; i++) {
    guint level = pc_choose_get_level (answers, n, protocols[i][0]);
    g_autofree char *text =
        level == 0
            /* Translators: %s is a protocol, such as IMAP. */
            ? g_strdup_printf (_ ("%s: begin at the beginning"),
                               protocols[i][1])
            /* Translators: protocol, and a level from 1 to 5. */
            : g_strdup_printf (_ ("%s: level %u of 5"), protocols[i][1],
                               level);

    add_part (self, text);
  }
  add_part (self, _ ("What you showed to know will be asked later and less "
                     "often."));
}

static void
fill_list (PcExamResult *self,
           PcExam       *exam)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < pc_exam_get_n_items (exam); i++) {
    PcGrade grade = pc_exam_get_grade (exam, i);
    g_autofree char *title =
        pc_exam_result_dup_title (pc_exam_get_pick (exam, i)->item, i);
    g_autofree char *target = g_strdup_printf ("%u", i);
    GtkWidget *made = pc_mode_row_new (title, NULL, "win.exam-go", target);

    pc_mode_row_set_state (PC_MODE_ROW (made),
                           !grade.answered        ? _ ("Not answered")
                           : grade.correct        ? _ ("✓ Right")
                           : grade.fraction > 0.0 ? _ ("Partly right")
                                                  : _ ("✗ Not right"));
    gtk_widget_add_css_class (made, grade.correct ? "right" : "wrong");
    gtk_list_box_append (self->list, made);
  }
}

static void
fill_verdict (PcExamResult *self,
              PcExam       *exam,
              gboolean      placement)
{
  const PcExamOptions *options = pc_exam_get_options (exam);
  gboolean passed = pc_exam_has_passed (exam);
  gboolean judged = !placement && options->pass > 0;
  PcSessionSummary summary;
  g_autofree char *score = NULL;

  pc_exam_summarize (exam, &summary);
  if (judged)
    score = g_strdup_printf (
        /* Translators: per cent reached, per cent to pass. */
        _ ("%d %% of the points; %u %% were needed."),
        (int) pc_exam_get_score (exam), options->pass);
  else
    score = g_strdup_printf (ngettext ("%u of %u question right",
                                       "%u of %u questions right",
                                       summary.n_items),
                             summary.n_correct, summary.n_items);
  gtk_widget_set_visible (GTK_WIDGET (self->icon), judged);
  gtk_image_set_from_icon_name (self->icon, passed ? "pc-right-symbolic"
                                                   : "pc-wrong-symbolic");
  gtk_label_set_label (self->verdict, !judged  ? _ ("Done")
                                      : passed ? _ ("Passed")
                                               : _ ("Not passed"));
  gtk_widget_remove_css_class (self->verdict_box, "right");
  gtk_widget_remove_css_class (self->verdict_box, "wrong");
  if (judged)
    gtk_widget_add_css_class (self->verdict_box, passed ? "right" : "wrong");
  gtk_label_set_label (self->score, score);
}

/* How it went, in whole sentences. */
static void
fill_course (PcExamResult *self,
             PcExam       *exam)
{
  PcSessionSummary summary;
  guint minutes = (guint) ((pc_exam_get_used (exam) + G_TIME_SPAN_MINUTE - 1) /
                           G_TIME_SPAN_MINUTE);
  guint n_resumed = pc_exam_get_n_resumed (exam);
  g_autoptr (GString) text = g_string_new (NULL);

  pc_exam_summarize (exam, &summary);
  g_string_append_printf (text,
                          ngettext ("%u of %u question right",
                                    "%u of %u questions right",
                                    summary.n_items),
                          summary.n_correct, summary.n_items);
  g_string_append_c (text, '\n');
  g_string_append_printf (
      text, ngettext ("It took %u minute.", "It took %u minutes.", minutes),
      minutes);
  if (pc_exam_ran_out (exam))
    g_string_append_printf (
        text, "\n%s",
        _ ("The time ran out, so it was handed in as it was."));
  if (n_resumed > 0) {
    g_string_append_c (text, '\n');
    g_string_append_printf (
        text,
        ngettext ("It was interrupted %u time.",
                  "It was interrupted %u times.", n_resumed),
        n_resumed);
  }
  gtk_label_set_label (self->course, text->str);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PC_EXAM_RESULT (widget)->leave);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_EXAM_RESULT (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_exam_result_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcExamResult, name)

static void
pc_exam_result_class_init (PcExamResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/exam-result.ui");
  BIND (scrolled);
  BIND (title);
  BIND (verdict);
  BIND (icon);
  BIND (verdict_box);
  BIND (score);
  BIND (course);
  BIND (parts_title);
  BIND (parts);
  BIND (list);
  BIND (leave);
}

#undef BIND

static void
pc_exam_result_init (PcExamResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_exam_result_show (PcExamResult *self,
                     PcExam       *exam,
                     const char   *mode)
{
  gboolean placement = g_strcmp0 (mode, "placement") == 0;
  const char *title;
  GtkWidget *child;

  g_return_if_fail (PC_IS_EXAM_RESULT (self));
  g_return_if_fail (exam != NULL && pc_exam_is_over (exam));

  title = pc_exam_get_options (exam)->title;
  gtk_label_set_label (self->title, title != NULL ? title : _ ("Exam"));
  while ((child = gtk_widget_get_first_child (self->parts)) != NULL)
    gtk_box_remove (GTK_BOX (self->parts), child);
  fill_verdict (self, exam, placement);
  fill_course (self, exam);
  if (placement)
    fill_levels (self, exam);
  else
    fill_objectives (self, exam);
  fill_list (self, exam);
}
