/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/session.h"

G_BEGIN_DECLS

/* The parts of a question, to be read from the last row; nothing in them can
 * be answered. */

/* What stands beside the stem, and the lists of questions that hands cannot
 * answer: elements to match, steps to order, lines with a mistake, fields of
 * an account. */
void pc_vote_body_fill (GtkBox     *box,
                        PcSession  *session,
                        const char *language);
/* What is right: the answer in a line, and of those lists what belongs
 * where.  @listed: the options say for themselves which is right. */
void pc_vote_body_reveal (GtkBox     *box,
                          PcSession  *session,
                          gboolean    listed,
                          const char *language);

G_END_DECLS
