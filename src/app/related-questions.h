/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Adds a button to @box for each of the first few questions about @step of
 * @timeline.  @content may be NULL.  Returns: how many there are. */
guint pc_related_questions_add (GtkBox     *box,
                                PcContent  *content,
                                PcTimeline *timeline,
                                PcStep     *step);

G_END_DECLS
