/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a trial of an account has come to, as a whole. */

#include "run/account.h"

#include "run/account-private.h"

#include <glib/gi18n-lib.h>

static const char *const outcomes[] = {
  [PC_ACCOUNT_NOT_TRIED] = "not-tried",
  [PC_ACCOUNT_WORKS] = "works",
  [PC_ACCOUNT_NO_NAME] = "no-name",
  [PC_ACCOUNT_REFUSED] = "refused",
  [PC_ACCOUNT_UDP_ONLY] = "udp-only",
  [PC_ACCOUNT_FILTERED] = "filtered",
  [PC_ACCOUNT_UNANSWERED] = "unanswered",
  [PC_ACCOUNT_OTHER_PROTOCOL] = "other-protocol",
  [PC_ACCOUNT_TLS_TO_CLEAR] = "tls-to-clear",
  [PC_ACCOUNT_CLEAR_TO_TLS] = "clear-to-tls",
  [PC_ACCOUNT_NO_STARTTLS] = "no-starttls",
  [PC_ACCOUNT_NO_TLS_EVER] = "no-tls-ever",
  [PC_ACCOUNT_OTHER_NAME] = "other-name",
  [PC_ACCOUNT_WRONG_LOGIN] = "wrong-login",
  [PC_ACCOUNT_LOGIN_NEEDS_TLS] = "login-needs-tls",
  [PC_ACCOUNT_NO_LOGIN_HERE] = "no-login-here",
  [PC_ACCOUNT_LOGIN_MISSING] = "login-missing",
  [PC_ACCOUNT_NO_RELAY] = "no-relay",
  [PC_ACCOUNT_NO_MAILBOX] = "no-mailbox",
  [PC_ACCOUNT_FAILED] = "failed",
};

const char *
pc_account_outcome_to_string (PcAccountOutcome outcome)
{
  g_return_val_if_fail (outcome < G_N_ELEMENTS (outcomes), NULL);

  return outcomes[outcome];
}

PcAccountTrial *
pc_account_trial_new (const PcAccountForm *form)
{
  PcAccountTrial *self = g_new0 (PcAccountTrial, 1);

  self->form = pc_account_form_copy (form);
  self->timeline = pc_timeline_new ("account", _ ("A phone's mail account"));
  pc_timeline_add_actor (self->timeline, PC_ACCOUNT_PHONE, _ ("Phone"),
                         PC_ROLE_CLIENT, "phone-symbolic");
  pc_account_world_add_actors (self->timeline, PC_ACCOUNT_MAIL);
  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++)
    self->halves[i].fixes = g_ptr_array_new_with_free_func (
        pc_account_fix_free);
  return self;
}

void
pc_account_trial_free (PcAccountTrial *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++) {
    g_clear_pointer (&self->halves[i].sentence, g_free);
    g_clear_pointer (&self->halves[i].fixes, g_ptr_array_unref);
  }
  g_clear_pointer (&self->form, pc_account_form_free);
  g_clear_object (&self->timeline);
  g_free (self);
}

/* A side that nobody asked for has no sentence. */
static gboolean
was_asked (const PcAccountHalf *half)
{
  return half->sentence != NULL;
}

gboolean
pc_account_trial_works (const PcAccountTrial *self)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++) {
    const PcAccountHalf *half = &self->halves[i];

    if (!was_asked (half))
      continue;
    if (half->outcome != PC_ACCOUNT_WORKS)
      return FALSE;
    n++;
  }

  return n > 0;
}

gboolean
pc_account_trial_is_unsafe (const PcAccountTrial *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (!pc_account_trial_works (self))
    return FALSE;

  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++)
    if (self->halves[i].facts.password_in_clear ||
        self->halves[i].facts.mail_in_clear)
      return TRUE;
  return FALSE;
}

/* What went wrong first is what one looks at first. */
char *
pc_account_trial_describe (const PcAccountTrial *self)
{
  GString *all = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, g_string_free (all, FALSE));

  for (guint i = 0; i < PC_ACCOUNT_N_SIDES; i++) {
    const PcAccountHalf *half = &self->halves[i];

    if (!was_asked (half) || (half->outcome == PC_ACCOUNT_WORKS &&
                              !pc_account_trial_works (self)))
      continue;
    if (all->len > 0)
      g_string_append_c (all, ' ');
    g_string_append (all, half->sentence);
  }

  return g_string_free (all, FALSE);
}

guint
pc_account_trial_get_telling_step (const PcAccountTrial *self)
{
  g_return_val_if_fail (self != NULL, 0);

  for (guint side = 0; side < PC_ACCOUNT_N_SIDES; side++) {
    const PcAccountHalf *half = &self->halves[side];

    if (half->outcome != PC_ACCOUNT_WORKS &&
        half->outcome != PC_ACCOUNT_NOT_TRIED && half->step > 0)
      return half->step;
  }
  return 0;
}
