/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Three buttons of which one is down.  They ask the window; what becomes of it
 * is told by pc_security_switch_show (). */

#include "app/security-switch.h"

#include "app/flow-layout.h"

#include <glib/gi18n-lib.h>

struct _PcSecuritySwitch
{
  GtkWidget parent_instance;

  GtkWidget       *box;
  GtkToggleButton *clear;
  GtkToggleButton *starttls;
  GtkToggleButton *implicit;
  GtkLabel        *reason;
  gboolean         showing; /* the buttons are not pressed by a person */
};

G_DEFINE_FINAL_TYPE (PcSecuritySwitch, pc_security_switch, GTK_TYPE_WIDGET)

static const char *const words[] = {
  [PC_VARIANT_CLEAR] = "clear",
  [PC_VARIANT_STARTTLS] = "starttls",
  [PC_VARIANT_IMPLICIT] = "implicit",
};

const char *
pc_variant_to_word (PcVariant variant)
{
  return variant < PC_N_VARIANTS ? words[variant] : "";
}

gboolean
pc_variant_from_word (const char *word,
                      PcVariant  *variant)
{
  g_return_val_if_fail (word != NULL && variant != NULL, FALSE);

  for (guint i = 0; i < PC_N_VARIANTS; i++)
    if (g_str_equal (words[i], word)) {
      *variant = (PcVariant) i;
      return TRUE;
    }
  return FALSE;
}

static GtkToggleButton *
get_button (PcSecuritySwitch *self,
            PcVariant         variant)
{
  GtkToggleButton *const buttons[] = { self->clear, self->starttls,
                                       self->implicit };

  return buttons[variant];
}

static void
toggled_cb (PcSecuritySwitch *self,
            GtkToggleButton  *button)
{
  if (self->showing || !gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < PC_N_VARIANTS; i++)
    if (get_button (self, i) == button)
      gtk_widget_activate_action (GTK_WIDGET (self), "win.security", "s",
                                  words[i]);
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_SECURITY_SWITCH (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_security_switch_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcSecuritySwitch, name)

static void
pc_security_switch_class_init (PcSecuritySwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "securityswitch");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/security-switch.ui");
  BIND (box);
  BIND (clear);
  BIND (starttls);
  BIND (implicit);
  BIND (reason);
  gtk_widget_class_bind_template_callback (widget_class, toggled_cb);
}

#undef BIND

static void
pc_security_switch_init (PcSecuritySwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pc_security_switch_show (PcSecuritySwitch *self,
                         PcScenario       *scenario)
{
  PcVariant variant;
  const char *reason = NULL;

  g_return_if_fail (PC_IS_SECURITY_SWITCH (self));
  g_return_if_fail (scenario != NULL);

  variant = pc_scenario_get_variant (scenario);
  self->showing = TRUE;
  for (guint i = 0; i < PC_N_VARIANTS; i++) {
    const char *why = pc_scenario_check_variant (scenario, i);
    GtkToggleButton *button = get_button (self, i);

    if (i != variant && why != NULL)
      reason = why;
    gtk_widget_set_sensitive (GTK_WIDGET (button),
                              i == variant || why == NULL);
    gtk_toggle_button_set_active (button, i == variant);
  }
  self->showing = FALSE;
  gtk_label_set_label (self->reason, reason != NULL ? _ (reason) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->reason), reason != NULL);
}
