/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an answer in a session to a row of the record: all that a later reader
 * needs, so that progress, drills and result files work from the record alone,
 * even when the bank has changed or gone.
 */

#include "quiz/record-answer.h"

#include <inttypes.h>
#include <string.h>

static char *
dup_correct_options (PcItem *item)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    if (!pc_item_get_option_correct (item, i))
      continue;
    if (out->len > 0)
      g_string_append_c (out, ',');
    g_string_append (out, pc_item_get_option_id (item, i));
  }
  return g_string_free (out, FALSE);
}

char *
pc_record_dup_key (PcItem *item)
{
  g_return_val_if_fail (PC_IS_ITEM (item), NULL);

  if (pc_item_get_item_type (item) == PC_ITEM_NUMBER &&
      pc_item_get_n_accepted (item) > 0) {
    const char *transport = pc_service_transport_to_string (
        pc_item_get_transport (item));
    gint64 value = pc_item_get_value (item, 0);

    if (pc_item_get_ask_transport (item))
      return g_strdup_printf ("%" PRId64 "/%s", value, transport);
    return g_strdup_printf ("%" PRId64, value);
  }
  return dup_correct_options (item);
}

/* Index of the first option that is correct, or of the first wrong one that
 * was chosen; -1 for none. */
static int
find_option (PcItem  *item,
             gboolean correct,
             guint    among)
{
  for (guint i = 0; i < pc_item_get_n_options (item) && i < 32; i++) {
    if ((among & (1u << i)) != 0 &&
        !pc_item_get_option_correct (item, i) == !correct)
      return i;
  }
  return -1;
}

static const char *
get_service (PcItem *item,
             int     option)
{
  return option >= 0 ? pc_item_get_option_service (item, option) : NULL;
}

/* What was taken for what. */
static void
fill_confusion (PcRecordAnswer        *row,
                const PcSessionAnswer *given)
{
  PcItem *item = given->item;
  int     wrong = -1;

  row->right_service = get_service (item, find_option (item, TRUE, G_MAXUINT));
  if (given->answer.kind == PC_ANSWER_OPTIONS && !given->grade.correct)
    wrong = find_option (item, FALSE, given->answer.options);
  if (wrong < 0)
    return;
  row->chosen_service = get_service (item, wrong);
  row->misconception = pc_item_get_option_misconception (item, wrong);
}

static void
fill_item (PcRecordAnswer *row,
           PcItem         *item)
{
  row->item = pc_item_get_id (item);
  row->revision = pc_item_get_revision (item);
  row->memory_key = pc_item_get_memory_key (item);
  row->type = pc_item_type_to_string (pc_item_get_item_type (item));
  row->level = pc_item_level_to_string (pc_item_get_level (item));
  row->points = pc_item_get_points (item);
}

PcRecordAnswer *
pc_record_answer_new (const PcSessionAnswer *given,
                      PcBank                *bank,
                      const char            *option_order,
                      const PcRecordSitting *sitting)
{
  g_autofree char *choice = NULL;
  g_autofree char *key = NULL;
  g_autofree char *objectives = NULL;
  PcRecordAnswer   row = { 0 };

  g_return_val_if_fail (given != NULL && sitting != NULL, NULL);
  g_return_val_if_fail (PC_IS_BANK (bank), NULL);

  choice = pc_answer_to_string (&given->answer, given->item);
  key = pc_record_dup_key (given->item);
  objectives = g_strjoinv (
      " ", (char **) pc_item_get_objectives (given->item));
  fill_item (&row, given->item);
  fill_confusion (&row, given);
  row.time_us = sitting->time_us;
  row.session = sitting->session;
  row.mode = sitting->mode;
  row.sheet = sitting->sheet;
  row.seed = sitting->seed;
  row.number = sitting->number;
  row.bank = pc_bank_get_id (bank);
  row.bank_version = pc_bank_get_version (bank);
  row.option_order = option_order;
  row.choice = choice;
  row.key = key;
  row.objectives = objectives;
  row.fraction = given->grade.fraction;
  row.correct = given->grade.correct;
  row.certainty = given->certainty;
  row.grade = pc_grade_memory (&given->grade, given->item, given->certainty,
                               given->hinted || given->retry);
  row.taken_us = given->time_us;
  row.hinted = given->hinted;
  row.retry = given->retry;
  return pc_record_answer_copy (&row);
}
