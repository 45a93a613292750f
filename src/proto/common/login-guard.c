/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds back the refusals of logins, each twice as long as the one before.
 *
 * It counts what one conversation did.  Left out: remembering a peer that
 * comes back; here every peer is this computer.
 *
 * RFC 4954 section 9 allows to hang up after some refusals, three at least.
 */

#include "proto/common/login-guard.h"

#include "base/limits.h"

void
pc_login_guard_fail (PcLoginGuard *self,
                     gint64        now)
{
  gint64 delay = PC_LIMIT_LOGIN_DELAY;

  g_return_if_fail (self != NULL && !self->holding);

  for (guint i = 0; i < self->n_failures && delay < PC_LIMIT_LOGIN_DELAY_MAX;
       i++)
    delay *= 2;
  self->n_failures++;
  self->holding = TRUE;
  self->until = now + MIN (delay, PC_LIMIT_LOGIN_DELAY_MAX);
}

gboolean
pc_login_guard_is_holding (const PcLoginGuard *self)
{
  return self->holding;
}

gboolean
pc_login_guard_release (PcLoginGuard *self,
                        gint64        now)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!self->holding || now < self->until)
    return FALSE;

  self->holding = FALSE;
  return TRUE;
}

gboolean
pc_login_guard_is_over (const PcLoginGuard *self)
{
  return self->n_failures >= PC_LIMIT_LOGIN_FAILURES;
}

gint64
pc_login_guard_get_deadline (const PcLoginGuard *self,
                             gint64              deadline)
{
  return self->holding ? MIN (self->until, deadline) : deadline;
}
