/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Counts are the session's; here they become sentences. */

#include "app/summary-view.h"

#include "app/clamp-layout.h"
#include "app/explanation.h"
#include "app/flow-layout.h"

#include <glib/gi18n-lib.h>

struct _PcSummaryView
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkLabel  *title;
  GtkLabel  *score;
  GtkLabel  *corrected;
  GtkLabel  *calibration;
  GtkWidget *wrong_box;
  GtkWidget *wrong_list;
  GtkWidget *again;
};

G_DEFINE_FINAL_TYPE (PcSummaryView, pc_summary_view, GTK_TYPE_WIDGET)

/* One sentence for each certainty that was used. */
static char *
dup_calibration (const PcSessionSummary *summary)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = PC_CERTAINTY_SURE; i >= PC_CERTAINTY_GUESS; i--) {
    guint n = summary->n_certain[i];
    guint right = summary->n_certain_correct[i];
    g_autofree char *line = NULL;

    if (n == 0)
      continue;
    if (i == PC_CERTAINTY_SURE)
      line = g_strdup_printf (
          ngettext ("When you were certain, %u of %u was right.",
                    "When you were certain, %u of %u were right.", n),
          right, n);
    else if (i == PC_CERTAINTY_FAIRLY)
      line = g_strdup_printf (
          ngettext ("When you were fairly sure, %u of %u was right.",
                    "When you were fairly sure, %u of %u were right.", n),
          right, n);
    else
      line = g_strdup_printf (
          ngettext ("When you guessed, %u of %u was right.",
                    "When you guessed, %u of %u were right.", n),
          right, n);
    g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_wrong (PcSummaryView *self,
           PcItem        *item)
{
  const char *language = g_get_language_names ()[0];
  const char *title = pc_item_get_title (item, language);
  const char *line = pc_item_get_answer_line (item, language);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *row = gtk_list_box_row_new ();

  if (title == NULL)
    title = pc_item_get_stem (item, language);
  gtk_box_append (GTK_BOX (box), pc_explanation_label_new (title, "term"));
  if (line != NULL)
    gtk_box_append (GTK_BOX (box), pc_explanation_label_new (line, NULL));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->wrong_list), row);
}

static guint
fill_wrong (PcSummaryView *self,
            PcSession     *session)
{
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (self->wrong_list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->wrong_list), child);
  for (guint i = 0; i < pc_session_get_n_answers (session); i++) {
    const PcSessionAnswer *answer = pc_session_get_nth_answer (session, i);

    if (answer->retry || answer->grade.correct)
      continue;
    add_wrong (self, answer->item);
    n++;
  }
  return n;
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_SUMMARY_VIEW (object)->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_summary_view_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcSummaryView, name)

static void
pc_summary_view_class_init (PcSummaryViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_CLAMP_LAYOUT);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/summary-view.ui");
  BIND (scrolled);
  BIND (title);
  BIND (score);
  BIND (corrected);
  BIND (calibration);
  BIND (wrong_box);
  BIND (wrong_list);
  BIND (again);
}

#undef BIND

static void
pc_summary_view_init (PcSummaryView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_summary_view_show (PcSummaryView *self,
                      PcSession     *session)
{
  PcSessionSummary summary;
  g_autofree char *score = NULL;
  g_autofree char *corrected = NULL;
  g_autofree char *calibration = NULL;

  g_return_if_fail (PC_IS_SUMMARY_VIEW (self));
  g_return_if_fail (session != NULL);

  pc_session_summarize (session, &summary);
  score = g_strdup_printf (ngettext ("%u of %u question right",
                                     "%u of %u questions right",
                                     summary.n_items),
                           summary.n_correct, summary.n_items);
  corrected = g_strdup_printf (
      ngettext ("%u more was right when it came back.",
                "%u more were right when they came back.",
                summary.n_corrected),
      summary.n_corrected);
  calibration = dup_calibration (&summary);
  gtk_label_set_label (self->title,
                       pc_bank_get_title (pc_session_get_bank (session)));
  gtk_label_set_label (self->score, score);
  gtk_label_set_label (self->corrected, corrected);
  gtk_widget_set_visible (GTK_WIDGET (self->corrected),
                          summary.n_corrected > 0);
  gtk_label_set_label (self->calibration, calibration);
  gtk_widget_set_visible (GTK_WIDGET (self->calibration),
                          *calibration != '\0');
  gtk_widget_set_visible (self->wrong_box, fill_wrong (self, session) > 0);
  gtk_widget_grab_focus (self->again);
}
