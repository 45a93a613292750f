/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "timeline/step.h"

G_BEGIN_DECLS

/* One field of a unit as a button: its octets, and below them its name.
 * Pressing it activates "inspector.field" with its index. */

#define PC_TYPE_FIELD_CHIP (pc_field_chip_get_type ())
G_DECLARE_FINAL_TYPE (PcFieldChip, pc_field_chip, PC, FIELD_CHIP,
                      GtkToggleButton)

/* @index: of the field in @step; @reveal: whether a secret is shown. */
GtkWidget *pc_field_chip_new (PcStep  *step,
                              guint    index,
                              gboolean reveal);
/* The octets of a field as a learner sees them, at most @max_chars.
 * Transfer full. */
char      *pc_field_chip_dup_text (PcStep        *step,
                                   const PcField *field,
                                   gboolean       reveal,
                                   gsize          max_chars);
/* @text with the pictures of control characters (U+2400 and up), which few
 * fonts have, spelled out: "CR LF".  Transfer full. */
char      *pc_field_chip_spell_controls (const char *text);
/* Nothing but blanks. */
gboolean   pc_field_chip_is_minor (PcStep        *step,
                                   const PcField *field);

G_END_DECLS
