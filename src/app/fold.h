/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Three columns: a sidebar, the content, an inspector.  Where the width is
 * too small for a column it folds away, and comes back over the content when
 * asked for.  The widths at which that happens grow with the text.
 *
 * Properties "start", "content", "end": the widgets; "show-start",
 * "show-end": whether a side is to be seen; "start-folded", "end-folded":
 * whether it lies over the content when it is; "short": whether there are so
 * few lines that what can be read elsewhere should make way. */

#define PC_TYPE_FOLD (pc_fold_get_type ())
G_DECLARE_FINAL_TYPE (PcFold, pc_fold, PC, FOLD, GtkWidget)

gboolean pc_fold_get_show_start (PcFold *self);
void     pc_fold_set_show_start (PcFold  *self,
                                 gboolean show);
gboolean pc_fold_get_show_end (PcFold *self);
void     pc_fold_set_show_end (PcFold  *self,
                               gboolean show);
gboolean pc_fold_get_start_folded (PcFold *self);
gboolean pc_fold_get_end_folded (PcFold *self);
/* Whether somebody closed it where there was room for it; a side that only
 * folded is not hidden. */
gboolean pc_fold_get_start_hidden (PcFold *self);
gboolean pc_fold_get_end_hidden (PcFold *self);

G_END_DECLS
