/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A question before something that cannot be undone, and one for a name. */

typedef void (*PcConfirmFunc) (gpointer owner);
typedef void (*PcNameFunc) (gpointer    owner,
                            const char *name);

/* Asks over the window of @owner, a widget.  @button: what is about to be
 * done, with a mnemonic.  @func is called when it is, as long as @owner
 * lives.  Returns the dialog, for tests. */
GtkWindow *pc_confirm (GtkWidget    *owner,
                       const char   *title,
                       const char   *text,
                       const char   *button,
                       PcConfirmFunc func);
/* @name: to begin with. */
GtkWindow *pc_ask_name (GtkWidget  *owner,
                        const char *title,
                        const char *name,
                        const char *button,
                        PcNameFunc  func);

G_END_DECLS
