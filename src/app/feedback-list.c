/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the parts of an answer have marks of their own, rows without a
 * sentence are left out. */

#include "app/feedback-list.h"

#include "app/explanation.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

#define SPACING 8

static const char *
get_icon (PcFeedbackMark mark)
{
  switch (mark) {
  case PC_FEEDBACK_RIGHT: return "pc-right-symbolic";
  case PC_FEEDBACK_WRONG: return "pc-wrong-symbolic";
  case PC_FEEDBACK_UNSAFE:
  case PC_FEEDBACK_WORKS_BUT:
  default: return "dialog-warning-symbolic";
  }
}

static const char *
get_css_class (PcFeedbackMark mark)
{
  switch (mark) {
  case PC_FEEDBACK_RIGHT: return "right";
  case PC_FEEDBACK_WRONG: return "wrong";
  case PC_FEEDBACK_UNSAFE:
  case PC_FEEDBACK_WORKS_BUT:
  default: return "careful";
  }
}

/* What the row is about, with marks.  Transfer full. */
static char *
dup_title (const PcFeedback *row)
{
  if (row->mark == PC_FEEDBACK_UNSAFE)
    return g_strdup (_ ("It works, but it is not safe"));
  if (row->mark == PC_FEEDBACK_WORKS_BUT)
    return g_strdup (_ ("It works, but is not what was asked for"));
  if (row->subject == NULL)
    return g_strdup (_ ("It does not work"));
  return g_strdup (row->subject);
}

static void
add_row (GtkBox           *box,
         const PcFeedback *row,
         gboolean          only_said)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon =
      g_object_new (GTK_TYPE_IMAGE, "icon-name", get_icon (row->mark),
                    "valign", GTK_ALIGN_START, "accessible-role",
                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  g_autofree char *title = dup_title (row);

  /* Of the others nobody said anything right or wrong. */
  gtk_widget_set_visible (icon, row->role != PC_FEEDBACK_OTHER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (line, get_css_class (row->mark));
  gtk_widget_add_css_class (line, "said");
  gtk_box_append (GTK_BOX (words), pc_explanation_label_new (title, "term"));
  if (!only_said && row->expected != NULL) {
    /* Translators: %s is the answer, such as "354". */
    g_autofree char *right = g_strdup_printf (_ ("Right is %s."),
                                              row->expected);

    gtk_box_append (GTK_BOX (words), pc_explanation_label_new (right, NULL));
  }
  if (row->text != NULL)
    gtk_box_append (GTK_BOX (words),
                    pc_explanation_label_new (row->text, NULL));
  if (row->right_when != NULL) {
    /* Translators: %s is a sentence that says when this option is right. */
    g_autofree char *when =
        g_strdup_printf (_ ("Right when: %s"), row->right_when);

    gtk_box_append (GTK_BOX (words), pc_explanation_label_new (when, NULL));
  }
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), words);
  gtk_box_append (box, line);
}

void
pc_feedback_list_fill (GtkBox         *box,
                       PcItem         *item,
                       const PcAnswer *answer,
                       gboolean        only_said,
                       const char     *language)
{
  g_autoptr (GArray) rows = pc_grade_list_feedback (item, answer, language);

  g_return_if_fail (GTK_IS_BOX (box));

  for (guint i = 0; i < rows->len; i++) {
    const PcFeedback *row = &g_array_index (rows, PcFeedback, i);

    if (!only_said || row->text != NULL || row->right_when != NULL)
      add_row (box, row, only_said);
  }
}

char *
pc_feedback_list_dup_first (PcItem         *item,
                            const PcAnswer *answer,
                            const char     *language)
{
  g_autoptr (GArray) rows = pc_grade_list_feedback (item, answer, language);

  for (guint i = 0; i < rows->len; i++) {
    const PcFeedback *row = &g_array_index (rows, PcFeedback, i);

    if (row->text != NULL && row->role != PC_FEEDBACK_OTHER)
      return pc_markup_to_plain (row->text);
  }
  return NULL;
}
