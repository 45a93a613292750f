/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @text without regard to case.  Transfer full. */
char      *pc_fold_case (const char *text);
/* The same, with runs of space as one, none at the ends, and look-alikes of
 * one character made one (NFKC): what two texts have in common that read the
 * same.  Transfer full. */
char      *pc_fold_reading (const char *text);
/* The words of a folded text, which is cut up in place: pointers into it.
 * "don't" is "don" and "t".  Transfer container. */
GPtrArray *pc_fold_split (char *folded);

G_END_DECLS
