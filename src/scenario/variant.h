/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/scenario.h"

G_BEGIN_DECLS

/* The same exchange under another security: what the clients want is as
 * written, what lies below and the ports are not. */

typedef enum {
  PC_VARIANT_CLEAR,
  PC_VARIANT_STARTTLS, /* begins in clear, on the same port */
  PC_VARIANT_IMPLICIT, /* TLS from the first octet on, on another port */
  PC_N_VARIANTS,
} PcVariant;

/* What @self has as it is written; PC_N_VARIANTS where that is not one. */
PcVariant   pc_scenario_get_variant (const PcScenario *self);
/* Why there is no such variant, N_(); NULL when there is. */
const char *pc_scenario_check_variant (const PcScenario *self,
                                       PcVariant         variant);
/* Only where there is one; @self itself when that is what it has.  The title
 * stays; the summary is another, and marks have no notes: those are about
 * @self.  Transfer full. */
PcScenario *pc_scenario_new_variant (PcScenario *self,
                                     PcVariant   variant);

G_END_DECLS
