/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Which file, or files, to open or to write: the dialog of the desktop, one
 * at a time for each owner. */

/* A @file was chosen, the first if there are several: the others are to be
 * had from @chooser, which is gone afterwards.  @data: pc_file_dialog_ask's. */
typedef void (*PcFileChosen) (gpointer        owner,
                              GFile          *file,
                              GtkFileChooser *chooser,
                              gpointer        data);

/* Over the window that @parent is or is in.  @owner, a GObject, keeps the
 * dialog until it is answered, @owner or the window is gone, or @owner has
 * made another.  @accept: what the button does, with a mnemonic.  Borrowed:
 * add filters, a name, a folder before you ask. */
GtkFileChooser *pc_file_dialog_new (gpointer             owner,
                                    GtkWidget           *parent,
                                    GtkFileChooserAction action,
                                    const char          *title,
                                    const char          *accept);

/* Files whose name ends in @suffix, without the dot and in any case; NULL:
 * all.  @name is shown.  The first one added is the one that holds, at first.
 * Borrowed, from @chooser. */
GtkFileFilter *pc_file_dialog_add_filter (GtkFileChooser *chooser,
                                          const char     *name,
                                          const char     *suffix);

/* Shows @chooser.  @chosen is called at most once, and not when nothing was
 * chosen.  @free_data, or NULL, is called in each case.  FALSE: without a
 * window nobody is asked, and @chooser is gone. */
gboolean pc_file_dialog_ask (GtkFileChooser *chooser,
                             PcFileChosen    chosen,
                             gpointer        data,
                             GDestroyNotify  free_data);

G_END_DECLS
