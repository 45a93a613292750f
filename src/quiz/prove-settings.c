/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trying the settings of configure items: what is accepted must work, what a
 * rule calls wrong must not, and what it calls unsafe or beside the point must
 * work all the same.
 */

#include "quiz/prove-private.h"

#include "base/limits.h"
#include "run/account.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *ids[PC_LIMIT_FORM];
  const char *values[PC_LIMIT_FORM];
  guint       n;
} Settings;

/* The values of @rule (-1: none), and of the @setting-th accepted answer where
 * it says nothing. */
static void
fill (PcItem   *item,
      guint     setting,
      int       rule,
      Settings *settings)
{
  settings->n = 0;
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    const char *value = rule >= 0 ? pc_item_get_rule_when (item, rule, i)
                                  : NULL;

    if (value == NULL)
      value = pc_item_get_setting (item, setting, i);
    if (value == NULL)
      continue;
    settings->ids[settings->n] = pc_item_get_field_id (item, i);
    settings->values[settings->n++] = value;
  }
}

/* FALSE when they could not be tried, which is reported. */
static gboolean
judge (PcProof            *self,
       const Settings     *settings,
       const char         *tail,
       PcAccountJudgement *judgement,
       char              **sentence)
{
  g_autoptr (GError) error = NULL;

  if (pc_account_judge (settings->ids, settings->values, settings->n,
                        judgement, sentence, &error))
    return TRUE;
  pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                   _ ("these settings cannot be tried: %s"), error->message);
  return FALSE;
}

static void
prove_setting (PcProof *self,
               guint    index)
{
  g_autofree char   *tail = g_strdup_printf ("/accept/%u", index);
  g_autofree char   *sentence = NULL;
  PcAccountJudgement judgement;
  Settings           settings;

  fill (self->item, index, -1, &settings);
  if (judge (self, &settings, tail, &judgement, &sentence) &&
      judgement == PC_ACCOUNT_JUDGED_FAILS)
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                     _ ("tried, this accepted answer does not work: %s"),
                     sentence);
}

static void
prove_rule (PcProof *self,
            guint    index)
{
  g_autofree char   *tail = g_strdup_printf ("/rules/%u/when", index);
  g_autofree char   *sentence = NULL;
  PcAccountJudgement judgement;
  Settings           settings;
  gboolean           wrong;

  wrong = pc_item_get_rule_severity (self->item, index) == PC_ITEM_RULE_WRONG;
  fill (self->item, 0, index, &settings);
  if (!judge (self, &settings, tail, &judgement, &sentence))
    return;
  if (wrong && judgement != PC_ACCOUNT_JUDGED_FAILS)
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                     _ ("tried, what this rule calls wrong works: %s"),
                     sentence);
  else if (!wrong && judgement == PC_ACCOUNT_JUDGED_FAILS)
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", tail,
                     _ ("tried, what this rule says to work does not: %s"),
                     sentence);
}

void
pc_proof_configure (PcProof *self)
{
  for (guint i = 0; i < pc_item_get_n_settings (self->item); i++)
    prove_setting (self, i);
  for (guint i = 0; i < pc_item_get_n_rules (self->item); i++)
    prove_rule (self, i);
}
