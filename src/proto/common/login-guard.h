/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What makes guessing passwords slow: the refusal of a login is held back,
 * each time for longer, and after some of them the server hangs up.  While a
 * refusal is held back the server reads no command.
 *
 * One for each conversation, embedded; zeroed it is new.  It outlives TLS: who
 * says STARTTLS does not get new guesses. */
typedef struct
{
  guint    n_failures;
  gboolean holding;
  gint64   until; /* µs since 1970 UTC, while it is holding */
} PcLoginGuard;

/* A login went wrong: its refusal waits. */
void     pc_login_guard_fail (PcLoginGuard *self,
                              gint64        now);
/* A refusal is waiting. */
gboolean pc_login_guard_is_holding (const PcLoginGuard *self);
/* TRUE once, when it has waited long enough: send it, and read on. */
gboolean pc_login_guard_release (PcLoginGuard *self,
                                 gint64        now);
/* That was one too many: say so and hang up. */
gboolean pc_login_guard_is_over (const PcLoginGuard *self);
/* The engine's deadline: @deadline, or the end of the wait when it is
 * earlier. */
gint64   pc_login_guard_get_deadline (const PcLoginGuard *self,
                                      gint64              deadline);

G_END_DECLS
