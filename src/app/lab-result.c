/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card below the wire.  Ways out are offered, never taken: each has a
 * button of its own. */

#include "app/lab-result.h"

#include "app/flow-layout.h"

#include <glib/gi18n-lib.h>

struct _PcLabResult
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *verdict;
  GtkImage  *verdict_icon;
  GtkLabel  *verdict_title;
  GtkWidget *wishes;
  GtkWidget *halves;
  GtkWidget *ways;
  GtkWidget *ways_list;
};

enum { USE,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabResult, pc_lab_result, GTK_TYPE_WIDGET)

static void
empty (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static GtkWidget *
make_label (const char *text,
            const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

/* A sign and words: the sign has a colour, the words say the same. */
static GtkWidget *
make_line (const char *icon,
           const char *css,
           GtkWidget  *words)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  GtkWidget *image = g_object_new (
      GTK_TYPE_IMAGE, "icon-name", icon, "valign", GTK_ALIGN_START,
      "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_box_append (GTK_BOX (line), image);
  gtk_box_append (GTK_BOX (line), words);
  gtk_widget_add_css_class (line, "sign");
  gtk_widget_add_css_class (line, css);
  return line;
}

/* -- the task ------------------------------------------------------------- */

static void
add_wish (PcLabResult          *self,
          const PcAccountGoal  *goal,
          PcAccountGoalFlags    wish,
          const PcAccountTrial *trial)
{
  gboolean met = (pc_account_goal_check (goal, trial) & wish) != 0;
  g_autofree char *text = pc_account_goal_describe (goal, wish, trial);

  gtk_box_append (GTK_BOX (self->wishes),
                  make_line (met ? "pc-right-symbolic" : "pc-wrong-symbolic",
                             met ? "right" : "wrong",
                             make_label (text, NULL)));
}

static void
show_verdict (PcLabResult          *self,
              const PcAccountTrial *trial,
              const PcAccountGoal  *goal)
{
  gboolean solved;

  empty (self->wishes);
  gtk_widget_set_visible (self->verdict, goal != NULL);
  if (goal == NULL)
    return;
  solved = pc_account_goal_check (goal, trial) == goal->wants;
  gtk_image_set_from_icon_name (self->verdict_icon,
                                solved ? "pc-right-symbolic"
                                       : "pc-wrong-symbolic");
  gtk_widget_remove_css_class (self->verdict, solved ? "wrong" : "right");
  gtk_widget_add_css_class (self->verdict, solved ? "right" : "wrong");
  gtk_label_set_label (self->verdict_title,
                       solved ? _ ("Task solved") : _ ("Not solved yet"));
  /* Where something failed, that comes first, and the ways out of it. */
  gtk_widget_set_visible (self->wishes, pc_account_trial_works (trial));
  for (guint wish = 1; wish <= goal->wants; wish <<= 1)
    if ((goal->wants & wish) != 0)
      add_wish (self, goal, wish, trial);
}

/* -- what happened -------------------------------------------------------- */

static GtkWidget *
make_flow (void)
{
  return g_object_new (
      GTK_TYPE_BOX, "layout-manager",
      g_object_new (PC_TYPE_FLOW_LAYOUT, "spacing", 8, NULL), NULL);
}

static void
add_step_button (GtkWidget           *head,
                 const char          *title,
                 const PcAccountHalf *half)
{
  GtkWidget *button;
  /* Translators: %s is "Receiving" or "Sending". */
  g_autofree char *name = g_strdup_printf (_ ("%s: show on the wire"), title);

  if (half->step == 0)
    return;
  button = gtk_button_new_with_label (_ ("Show on the wire"));
  gtk_widget_add_css_class (button, "step-link");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", half->step);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.show-step");
  gtk_box_append (GTK_BOX (head), button);
}

static void
add_half (PcLabResult         *self,
          const char          *title,
          const PcAccountHalf *half,
          gboolean             link)
{
  GtkWidget *words, *head;
  const char *icon = "pc-right-symbolic";
  const char *css = "right";

  if (half->outcome == PC_ACCOUNT_NOT_TRIED)
    return;
  if (half->outcome != PC_ACCOUNT_WORKS) {
    icon = "pc-wrong-symbolic";
    css = "wrong";
  } else if (half->facts.password_in_clear || half->facts.mail_in_clear) {
    icon = "dialog-warning-symbolic";
    css = "unsafe";
  }
  words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  gtk_widget_set_hexpand (words, TRUE);
  head = make_flow ();
  gtk_box_append (GTK_BOX (head), make_label (title, "heading"));
  if (link && half->outcome != PC_ACCOUNT_WORKS)
    add_step_button (head, title, half);
  gtk_box_append (GTK_BOX (words), head);
  gtk_box_append (GTK_BOX (words), make_label (half->sentence, NULL));
  gtk_box_append (GTK_BOX (self->halves), make_line (icon, css, words));
}

/* -- ways out ------------------------------------------------------------- */

static void
use_cb (PcLabResult *self,
        GtkWidget   *button)
{
  g_signal_emit (self, signals[USE], 0,
                 g_object_get_data (G_OBJECT (button), "fix"));
}

static void
add_way (PcLabResult       *self,
         const PcAccountFix *fix)
{
  g_autofree char *name = g_strdup_printf (_ ("Use this: %s"), fix->title);
  g_autofree char *detail =
      fix->fits ? g_strdup (fix->detail)
                /* Translators: %s is a sentence about a way out. */
                : g_strdup_printf (_ ("%s It does not solve the task."),
                                   fix->detail);
  GtkWidget *row = make_flow ();
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new_with_label (_ ("Use this"));

  gtk_box_append (GTK_BOX (words), make_label (fix->title, "heading"));
  gtk_box_append (GTK_BOX (words), make_label (detail, "row-subtitle"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row),
                  fix->unsafe ? make_line ("dialog-warning-symbolic", "unsafe",
                                           words)
                              : words);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (
      button, _ ("Put this into the form; nothing is tried before you "
                 "connect"));
  g_object_set_data (G_OBJECT (button), "fix", (gpointer) fix);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (use_cb), self);
  gtk_box_append (GTK_BOX (row), button);
  gtk_widget_add_css_class (row, "way");
  if (fix->fits && !fix->unsafe)
    gtk_widget_add_css_class (row, "fits");
  gtk_box_append (GTK_BOX (self->ways_list), row);
}

/* -- showing -------------------------------------------------------------- */

void
pc_lab_result_show (PcLabResult          *self,
                    const PcAccountTrial *trial,
                    const PcAccountGoal  *goal)
{
  const char *const titles[] = { _ ("Receiving"), _ ("Sending") };

  g_return_if_fail (PC_IS_LAB_RESULT (self));
  g_return_if_fail (trial != NULL);

  pc_lab_result_clear (self);
  show_verdict (self, trial, goal);
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++) {
    const PcAccountHalf *half = &trial->halves[side];

    add_half (self, titles[side], half, TRUE);
    for (guint i = 0; half->fixes != NULL && i < half->fixes->len; i++)
      add_way (self, half->fixes->pdata[i]);
  }
  gtk_widget_set_visible (
      self->ways, gtk_widget_get_first_child (self->ways_list) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
pc_lab_result_show_two (PcLabResult          *self,
                        const char           *left_name,
                        const PcAccountTrial *left,
                        const char           *right_name,
                        const PcAccountTrial *right)
{
  g_return_if_fail (PC_IS_LAB_RESULT (self));
  g_return_if_fail (left != NULL && right != NULL);

  pc_lab_result_clear (self);
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++)
    add_half (self, left_name, &left->halves[side], FALSE);
  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++)
    add_half (self, right_name, &right->halves[side], FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
pc_lab_result_clear (PcLabResult *self)
{
  g_return_if_fail (PC_IS_LAB_RESULT (self));

  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  gtk_widget_set_visible (self->verdict, FALSE);
  gtk_widget_set_visible (self->ways, FALSE);
  empty (self->wishes);
  empty (self->halves);
  empty (self->ways_list);
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_LAB_RESULT (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_result_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabResult, name)

static void
pc_lab_result_class_init (PcLabResultClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  signals[USE] = g_signal_new ("use", PC_TYPE_LAB_RESULT, G_SIGNAL_RUN_LAST,
                               0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                               G_TYPE_POINTER);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-result.ui");
  BIND (box);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_title);
  BIND (wishes);
  BIND (halves);
  BIND (ways);
  BIND (ways_list);
}

#undef BIND

static void
pc_lab_result_init (PcLabResult *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
