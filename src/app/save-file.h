/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Puts @bytes into @file, in a thread: all of them, or what was there before
 * stays as it was. */
void     pc_save_file_async (GFile              *file,
                             GBytes             *bytes,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data);
gboolean pc_save_file_finish (GAsyncResult *result,
                              GError      **error);
/* The same in words, translated: that it is saved, or why not.  Transfer
 * full. */
char    *pc_save_file_finish_text (GFile        *file,
                                   GAsyncResult *result);

G_END_DECLS
