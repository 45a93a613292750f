/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/verbs.h"

#include "proto/common/sasl-view.h"
#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Labels the octets of a unit from its beginning; what is cut off or against
 * the grammar is left for pc_observer_emit () to label. */

/* Tag, verb and arguments, literals in their place. */
void pc_imap_label_command (PcUnit *unit);
/* A SASL response, or the "*" that cancels. */
void pc_imap_label_sasl (PcUnit           *unit,
                         const PcSaslView *login);
/* "+" and a SASL challenge. */
void pc_imap_label_challenge (PcUnit *unit);
/* A line that goes on with a command, without a tag of its own. */
void pc_imap_label_line (PcUnit *unit);
/* Any response: tagged, untagged, or "+". */
void pc_imap_label_response (PcUnit *unit);
/* A piece of something longer than a unit may be. */
void pc_imap_label_part (PcUnit  *unit,
                         gboolean secret);

G_END_DECLS
