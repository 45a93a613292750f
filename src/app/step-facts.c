/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the network and the timers had to do with a step, in words.  The
 * buttons ask the window for the step that they name. */

#include "app/step-facts.h"

#include "timeline/duration.h"

#include <glib/gi18n-lib.h>

struct _PcStepFacts
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkButton *earlier;
  GtkLabel  *earlier_label;
  GtkButton *later;
  GtkLabel  *later_label;
  GtkLabel  *wait;
  GtkLabel  *travel;
  GtkLabel  *ports;
  gboolean   hide_future;
};

G_DEFINE_FINAL_TYPE (PcStepFacts, pc_step_facts, GTK_TYPE_WIDGET)

/* Takes @text; NULL hides the label. Returns: whether it is shown. */
static gboolean
set_text (GtkLabel *label,
          char     *text)
{
  g_autofree char *own = text;

  gtk_label_set_label (label, own != NULL ? own : "");
  gtk_widget_set_visible (GTK_WIDGET (label), own != NULL);
  return own != NULL;
}

/* The same for a button that shows step @number. */
static gboolean
set_link (GtkButton *button,
          GtkLabel  *label,
          guint      number,
          char      *text)
{
  gtk_widget_set_visible (GTK_WIDGET (button), text != NULL);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", number);
  return set_text (label, text);
}

static char *
dup_earlier (PcStep *step)
{
  guint number = pc_step_get_repeats (step);

  if (number == 0)
    return NULL;
  if (pc_step_get_fate (step) == PC_FATE_DUPLICATE)
    return g_strdup_printf (_ ("The network's copy of step %u"), number);
  return g_strdup_printf (_ ("Again, as in step %u"), number);
}

/* The first step that its sender sent for the same octets; 0 for none. */
static guint
find_later (PcTimeline *timeline,
            PcStep     *step)
{
  guint number = pc_step_get_number (step);
  guint n = pc_timeline_get_n_steps (timeline);

  if (pc_step_get_layer (step) != PC_LAYER_UDP)
    return 0;
  for (guint i = pc_timeline_find_number (timeline, number) + 1; i < n; i++) {
    PcStep *other = pc_timeline_get_step (timeline, i);

    if (pc_step_get_repeats (other) == number)
      return pc_step_get_number (other);
  }
  return 0;
}

static char *
dup_wait (PcTimeline *timeline,
          PcStep     *step)
{
  int             actor = pc_timeline_find_actor (timeline,
                                                  pc_step_get_from (step));
  g_autofree char *time = NULL;

  if (pc_step_get_wait (step) == 0)
    return NULL;
  time = pc_duration_to_text (pc_step_get_wait (step));
  /* Translators: "Router", "250 ms". */
  return g_strdup_printf (
      _ ("%1$s had waited %2$s for an answer; then its timer ran out."),
      actor >= 0 ? pc_timeline_get_actor (timeline, (guint) actor)->name
                 : pc_step_get_from (step),
      time);
}

static char *
dup_travel (PcStep *step)
{
  gint64 travel = pc_step_get_end_time (step) - pc_step_get_time (step);
  g_autofree char *time = NULL;

  if (pc_step_get_end_time (step) < 0 ||
      (travel < PC_TIMELINE_SILENCE &&
       pc_step_get_fate (step) != PC_FATE_LATE))
    return NULL;
  time = pc_duration_to_text (travel);
  return g_strdup_printf (_ ("It was on its way for %s."), time);
}

static char *
dup_ports (PcStep *step)
{
  if (pc_step_get_from_port (step) == 0)
    return NULL;
  return g_strdup_printf (_ ("From port %u to port %u."),
                          pc_step_get_from_port (step),
                          pc_step_get_to_port (step));
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_STEP_FACTS (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_step_facts_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcStepFacts, name)

static void
pc_step_facts_class_init (PcStepFactsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "stepfacts");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/step-facts.ui");
  BIND (box);
  BIND (earlier);
  BIND (earlier_label);
  BIND (later);
  BIND (later_label);
  BIND (wait);
  BIND (travel);
  BIND (ports);
}

#undef BIND

static void
pc_step_facts_init (PcStepFacts *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_step_facts_set_step (PcStepFacts *self,
                        PcTimeline  *timeline,
                        PcStep      *step)
{
  guint    later;
  gboolean any;

  g_return_if_fail (PC_IS_STEP_FACTS (self));
  g_return_if_fail (PC_IS_TIMELINE (timeline) && PC_IS_STEP (step));

  later = self->hide_future ? 0 : find_later (timeline, step);
  any = set_link (self->earlier, self->earlier_label,
                  pc_step_get_repeats (step), dup_earlier (step));
  any |= set_link (self->later, self->later_label, later,
                   later != 0 ? g_strdup_printf (_ ("Again in step %u"),
                                                 later)
                              : NULL);
  any |= set_text (self->wait, dup_wait (timeline, step));
  any |= set_text (self->travel, dup_travel (step));
  any |= set_text (self->ports, dup_ports (step));
  gtk_widget_set_visible (GTK_WIDGET (self), any);
}

void
pc_step_facts_set_hide_future (PcStepFacts *self,
                               gboolean     hide_future)
{
  g_return_if_fail (PC_IS_STEP_FACTS (self));

  self->hide_future = hide_future;
}
