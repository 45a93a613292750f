/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/content.h"

#include "quiz/exchange.h"

G_BEGIN_DECLS

/* Takes questions to other programs, or from them.  What does not fit is
 * listed before anything is saved; saved is all or nothing. */

#define PC_TYPE_EXCHANGE_WINDOW (pc_exchange_window_get_type ())
G_DECLARE_FINAL_TYPE (PcExchangeWindow, pc_exchange_window, PC,
                      EXCHANGE_WINDOW, GtkWindow)

/* Which bank, which format, what is lost; then where to. */
GtkWidget  *pc_exchange_window_new_export (GtkWindow *parent,
                                           PcContent *content);
/* Reads @path, which has @format; what is taken becomes a bank of one's
 * own. */
GtkWidget  *pc_exchange_window_new_import (GtkWindow  *parent,
                                           PcContent  *content,
                                           const char *path,
                                           PcExchange  format);
/* By the end of its name; FALSE when it tells nothing. */
gboolean    pc_exchange_window_guess (const char *path,
                                      PcExchange *format);
/* For tests: whether it has been read or written, and can be saved. */
gboolean    pc_exchange_window_is_ready (PcExchangeWindow *self);
gboolean    pc_exchange_window_can_save (PcExchangeWindow *self);
/* Without asking where. */
void        pc_exchange_window_save_to (PcExchangeWindow *self,
                                        const char       *path);
void        pc_exchange_window_choose (PcExchangeWindow *self,
                                       guint             bank,
                                       PcExchange        format);

G_END_DECLS
