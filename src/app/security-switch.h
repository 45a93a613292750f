/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scenario/variant.h"

G_BEGIN_DECLS

/* In clear, STARTTLS, TLS from the first byte: the same exchange under each,
 * by the action "win.security" with "clear", "starttls" or "implicit".  What
 * cannot be is insensitive, and a line says why. */

#define PC_TYPE_SECURITY_SWITCH (pc_security_switch_get_type ())
G_DECLARE_FINAL_TYPE (PcSecuritySwitch, pc_security_switch, PC,
                      SECURITY_SWITCH, GtkWidget)

/* The word of the action; FALSE for another word. */
const char *pc_variant_to_word (PcVariant variant);
gboolean    pc_variant_from_word (const char *word,
                                  PcVariant  *variant);
/* @scenario as it is written or as a variant. */
void        pc_security_switch_show (PcSecuritySwitch *self,
                                     PcScenario       *scenario);

G_END_DECLS
