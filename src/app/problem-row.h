/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "base/problem.h"

G_BEGIN_DECLS

/* A row of a list box: where the mistake is, what it is, the line of the file
 * and what to do.  Copies.  The place names the file when @with_file. */
GtkWidget *pc_problem_row_new (const PcProblem *problem,
                               gboolean         with_file);

G_END_DECLS
