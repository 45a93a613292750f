/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card below the wire of the fault lab: what came of it, and what it has
 * cost. */

#include "app/lab-fault-result.h"

#include "timeline/duration.h"

#include <glib/gi18n-lib.h>

struct _PcLabFaultResult
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *verdict;
  GtkImage  *verdict_icon;
  GtkLabel  *verdict_title;
  GtkLabel  *told;
};

G_DEFINE_FINAL_TYPE (PcLabFaultResult, pc_lab_fault_result, GTK_TYPE_WIDGET)

static guint
count_again (PcTimeline *timeline)
{
  guint n = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    n += pc_step_get_repeats (pc_timeline_get_step (timeline, i)) > 0;
  return n;
}

static char *
get_length (PcTimeline *timeline)
{
  guint n = pc_timeline_get_n_steps (timeline);
  PcStep *last = n > 0 ? pc_timeline_get_step (timeline, n - 1) : NULL;

  return pc_duration_to_text (
      last != NULL ? MAX (pc_step_get_time (last),
                          pc_step_get_end_time (last))
                   : 0);
}

static void
append_counts (GString    *text,
               PcTimeline *healthy,
               PcTimeline *struck)
{
  guint n = pc_timeline_get_n_steps (struck);
  guint usual_n = pc_timeline_get_n_steps (healthy);
  guint again = count_again (struck);
  g_autofree char *lasted = get_length (struck);
  g_autofree char *usual = get_length (healthy);

  g_string_append_c (text, '\n');
  g_string_append_printf (
      /* Translators: %s: a time, such as "2.5 s". */
      text, ngettext ("With the fault: %u step, in %s.",
                      "With the fault: %u steps, in %s.", n),
      n, lasted);
  if (again > 0) {
    g_string_append_c (text, ' ');
    g_string_append_printf (text,
                            ngettext ("%u of them was sent again.",
                                      "%u of them were sent again.", again),
                            again);
  }
  g_string_append_c (text, '\n');
  g_string_append_printf (text,
                          ngettext ("Without it: %u step, in %s.",
                                    "Without it: %u steps, in %s.", usual_n),
                          usual_n, usual);
}

void
pc_lab_fault_result_show (PcLabFaultResult *self,
                          PcTimeline       *healthy,
                          PcTimeline       *struck,
                          int               hit)
{
  PcOutcome outcome = pc_timeline_get_outcome (struck);
  const char *reason = pc_timeline_get_reason (struck);
  gboolean failed = outcome == PC_OUTCOME_FAILED;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_if_fail (PC_IS_LAB_FAULT_RESULT (self));

  gtk_label_set_label (
      self->verdict_title,
      failed                  ? _ ("The exchange did not get over it")
      : outcome == PC_OUTCOME_OK ? _ ("The exchange got over it")
                              : _ ("It ended as it does without the fault"));
  gtk_image_set_from_icon_name (self->verdict_icon,
                                failed ? "dialog-error-symbolic"
                                       : "object-select-symbolic");
  gtk_widget_remove_css_class (self->verdict, failed ? "right" : "wrong");
  gtk_widget_add_css_class (self->verdict, failed ? "wrong" : "right");
  if (failed && reason != NULL)
    g_string_append_printf (text, "%s\n", reason);
  if (hit < 0)
    g_string_append (text, _ ("The fault did not strike: nothing like that "
                              "was said any more."));
  else
    g_string_append_printf (
        text, _ ("The fault struck at step %u."),
        pc_step_get_number (pc_timeline_get_step (struck, (guint) hit)));
  append_counts (text, healthy, struck);
  gtk_label_set_label (self->told, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_LAB_FAULT_RESULT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_fault_result_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabFaultResult, name)

static void
pc_lab_fault_result_class_init (PcLabFaultResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-fault-result.ui");
  BIND (box);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_title);
  BIND (told);
}

#undef BIND

static void
pc_lab_fault_result_init (PcLabFaultResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
