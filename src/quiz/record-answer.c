/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From an answer in a session to a row of the record: all that a later reader
 * needs, so that progress, drills and result files work from the record alone,
 * even when the bank has changed or gone.
 */

#include "quiz/record-answer.h"

#include <string.h>

char *
pc_record_dup_key (PcItem *item)
{
  g_auto (PcAnswer) right = { .kind = PC_ANSWER_BLANK };

  g_return_val_if_fail (PC_IS_ITEM (item), NULL);

  pc_answer_fill_right (&right, item);
  return pc_answer_to_string (&right, item);
}

static int
find_correct (PcItem *item)
{
  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    if (pc_item_get_option_correct (item, i))
      return i;
  }
  return -1;
}

/* The first wrong option among those chosen, or -1. */
static int
find_wrong (PcItem     *item,
            const char *choice)
{
  g_auto (GStrv) ids = g_strsplit (choice, ",", -1);

  for (guint i = 0; ids[i] != NULL; i++) {
    int option = pc_item_find_option (item, ids[i]);

    if (option >= 0 && !pc_item_get_option_correct (item, option))
      return option;
  }
  return -1;
}

/* What was taken for what. */
static void
fill_confusion (PcRecordAnswer *row,
                PcItem         *item)
{
  int correct = find_correct (item);
  int wrong = row->correct ? -1 : find_wrong (item, row->choice);

  if (correct >= 0)
    row->right_service = pc_item_get_option_service (item, correct);
  if (wrong < 0)
    return;
  row->chosen_service = pc_item_get_option_service (item, wrong);
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
pc_record_answer_new_given (const PcRecordGiven   *given,
                            const PcRecordSitting *sitting)
{
  g_autofree char *key = NULL;
  g_autofree char *objectives = NULL;
  PcRecordAnswer   row = { 0 };

  g_return_val_if_fail (given != NULL && sitting != NULL, NULL);
  g_return_val_if_fail (PC_IS_BANK (given->pick.bank), NULL);
  g_return_val_if_fail (given->choice != NULL, NULL);

  key = pc_record_dup_key (given->pick.item);
  objectives = g_strjoinv (
      " ", (char **) pc_item_get_objectives (given->pick.item));
  row.time_us = sitting->time_us;
  row.session = sitting->session;
  row.mode = sitting->mode;
  row.sheet = sitting->sheet;
  row.seed = sitting->seed;
  row.number = sitting->number;
  row.bank = pc_bank_get_id (given->pick.bank);
  row.bank_version = pc_bank_get_version (given->pick.bank);
  row.option_order = given->option_order;
  row.choice = given->choice;
  row.key = key;
  row.objectives = objectives;
  row.fraction = given->grade.fraction;
  row.correct = given->grade.correct;
  row.certainty = given->certainty;
  row.grade = given->memory;
  row.taken_us = given->taken_us;
  row.hinted = given->hinted;
  row.retry = given->retry;
  fill_item (&row, given->pick.item);
  fill_confusion (&row, given->pick.item);
  return pc_record_answer_copy (&row);
}

PcRecordAnswer *
pc_record_answer_new (const PcSessionAnswer *given,
                      PcBank                *bank,
                      const char            *option_order,
                      const PcRecordSitting *sitting)
{
  g_autofree char *choice = NULL;
  PcRecordGiven    row = { 0 };

  g_return_val_if_fail (given != NULL, NULL);

  choice = pc_answer_to_string (&given->answer, given->item);
  row.pick = (PcPick){ bank, given->item };
  row.choice = choice;
  row.option_order = option_order;
  row.grade = given->grade;
  row.certainty = given->certainty;
  row.taken_us = given->time_us;
  row.hinted = given->hinted;
  row.retry = given->retry;
  row.memory = pc_grade_memory (&given->grade, given->item, given->certainty,
                                given->hinted || given->retry);
  return pc_record_answer_new_given (&row, sitting);
}
