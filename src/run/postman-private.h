/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/postman.h"

G_BEGIN_DECLS

/* Between hub.c and postman.c. */

void     pc_postman_free (gpointer data);
/* Does what can be done now; only where ends may be opened and may act. */
void     pc_postman_turn (PcPostman *self,
                          PcHub     *hub);
gboolean pc_postman_is_quiet (PcPostman *self,
                              gint64     until);

G_END_DECLS
