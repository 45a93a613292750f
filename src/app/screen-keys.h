/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the keys of those who stand before a class have in common: a vote's and
 * a presentation's, in the window of the projector and in that of the notes. */

/* An action and its keys; 0 after the last. */
typedef struct
{
  const char *action;
  guint       keys[7];
} PcScreenKey;

/* Of the digit, also on the keypad; -1 for another key. */
int         pc_screen_keys_get_digit (guint key);
/* The action among @rows; NULL: none.  @key: lower case. */
const char *pc_screen_keys_find (const PcScreenKey *rows,
                                 gsize              n_rows,
                                 guint              key);
/* Gives @window the @actions as "@prefix.…".  @pressed is a handler of
 * GtkEventControllerKey's "key-pressed" with @owner as its data, while that
 * lives: it comes before what has the focus. */
void        pc_screen_keys_adopt_window (GtkWidget    *window,
                                         GObject      *owner,
                                         GCallback     pressed,
                                         const char   *prefix,
                                         GActionGroup *actions);

G_END_DECLS
