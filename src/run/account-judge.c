/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For questions about accounts: what is asked is tried, and the run decides.
 * And the table of all that our clients can meet. */

#include "run/account.h"

#include "run/account-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const judgements[] = {
  [PC_ACCOUNT_JUDGED_WORKS] = "works",
  [PC_ACCOUNT_JUDGED_UNSAFE] = "unsafe",
  [PC_ACCOUNT_JUDGED_FAILS] = "fails",
};

const char *
pc_account_judgement_to_string (PcAccountJudgement judgement)
{
  g_return_val_if_fail (judgement < G_N_ELEMENTS (judgements), NULL);

  return judgements[judgement];
}

static gboolean
take_pair (PcAccountForm *form,
           const char    *id,
           const char    *value,
           GError       **error)
{
  g_autofree char *why = NULL;
  PcAccountField   field;

  if (!pc_account_field_from_id (id, &field)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("An account has no field “%s”."), id);
    return FALSE;
  }

  pc_account_form_set (form, field, value);
  why = pc_account_form_check (form, field);
  if (why == NULL)
    return TRUE;

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s: %s", id,
               why);
  return FALSE;
}

gboolean
pc_account_judge (const char *const  *ids,
                  const char *const  *values,
                  guint               n,
                  PcAccountJudgement *judgement,
                  char              **sentence,
                  GError            **error)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .no_fixes = TRUE };
  g_autoptr (PcAccountForm) form = pc_account_form_new ();
  g_autoptr (PcAccountTrial) trial = NULL;

  g_return_val_if_fail (judgement != NULL, FALSE);

  for (guint i = 0; i < n; i++)
    if (!take_pair (form, ids[i], values[i], error))
      return FALSE;

  pc_account_form_complete (form);
  trial = pc_account_try (form, &options, error);
  if (trial == NULL)
    return FALSE;

  if (!pc_account_trial_works (trial))
    *judgement = PC_ACCOUNT_JUDGED_FAILS;
  else if (pc_account_trial_is_unsafe (trial))
    *judgement = PC_ACCOUNT_JUDGED_UNSAFE;
  else
    *judgement = PC_ACCOUNT_JUDGED_WORKS;
  if (sentence != NULL)
    *sentence = pc_account_trial_describe (trial);
  return TRUE;
}

/* -- the table ------------------------------------------------------------ */

static void
row_free (gpointer data)
{
  PcAccountRow *row = data;

  g_free (row->sentence);
  g_free (row);
}

static PcAccountRow *
make_row (const char             *protocol,
          guint                   port,
          const char             *security,
          const PcAccountOptions *given,
          GError                **error)
{
  PcAccountSide    side = strcmp (protocol, "smtp") == 0 ? PC_ACCOUNT_OUTGOING
                                                         : PC_ACCOUNT_INCOMING;
  PcAccountOptions options = *given;
  g_autofree char *number = g_strdup_printf ("%u", port);
  g_autoptr (PcAccountForm) form = pc_account_form_new ();
  g_autoptr (PcAccountTrial) trial = NULL;
  PcAccountRow *row;

  if (side == PC_ACCOUNT_INCOMING)
    pc_account_form_set (form, PC_ACCOUNT_IN_PROTO, protocol);
  pc_account_form_set (form, pc_account_side_port (side), number);
  pc_account_form_set (form, pc_account_side_security (side), security);
  pc_account_form_complete (form);
  options.sides = 1u << side;
  trial = pc_account_try (form, &options, error);
  if (trial == NULL)
    return NULL;

  row = g_new0 (PcAccountRow, 1);
  row->protocol = protocol;
  row->port = port;
  row->security = security;
  row->outcome = trial->halves[side].outcome;
  row->sentence = g_strdup (trial->halves[side].sentence);
  return row;
}

GPtrArray *
pc_account_make_table (PcLinkKind link,
                       gint64     patience,
                       GError   **error)
{
  static const char *const protocols[] = { "imap", "pop3", "smtp", "tftp" };
  static const char *const securities[] = { "none", "starttls", "tls" };
  static const guint ports[] = { 25, 69, 110, 143, 465, 587, 993, 995 };
  const PcAccountOptions options = { .link = link,
                                     .patience = patience,
                                     .no_fixes = TRUE };
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (row_free);

  for (guint i = 0; i < G_N_ELEMENTS (protocols); i++)
    for (guint j = 0; j < G_N_ELEMENTS (ports); j++)
      for (guint k = 0; k < G_N_ELEMENTS (securities); k++) {
        PcAccountRow *row = make_row (protocols[i], ports[j], securities[k],
                                      &options, error);

        if (row == NULL)
          return NULL;
        g_ptr_array_add (rows, row);
      }

  return g_steal_pointer (&rows);
}
