/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/item.h"

G_BEGIN_DECLS

/* Appends the explanation of @item to @box: sections, exam note, references.
 * What the options say of themselves is left to their rows. */
void       pc_explanation_fill (GtkBox     *box,
                                PcItem     *item,
                                const char *language);
/* A wrapped label of bank text with its inline marks. */
GtkWidget *pc_explanation_label_new (const char *text,
                                     const char *css_class);

G_END_DECLS
