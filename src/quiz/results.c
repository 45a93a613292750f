/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Rows of a result file: those of a record and those of a class that raised
 * its hands are alike.
 */

#include "quiz/results.h"

#include "quiz/csv.h"

static const char header[] =
    "sheet_id,seed,bank_id,bank_version,learner,started_utc,seconds,n,item_id,"
    "revision,objective,level,type,points,score,correct,certainty,chosen,key,"
    "ms,hint_used\r\n";

const char *
pc_results_get_certainty (guint certainty)
{
  static const char *const names[] = { "", "guess", "fairly", "sure" };

  g_return_val_if_fail (certainty < G_N_ELEMENTS (names), "");

  return names[certainty];
}

char *
pc_results_format_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (
      time_us / G_USEC_PER_SEC);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%dT%H:%M:%SZ")
                      : g_strdup ("");
}

static void
add_text (GString    *out,
          const char *text)
{
  pc_csv_append_text (out, text);
  g_string_append_c (out, ',');
}

static void
add_number (GString *out,
            double   number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (text, sizeof text, "%.6g", number);
  g_string_append_printf (out, "%s,", text);
}

void
pc_results_append_header (GString *out)
{
  g_return_if_fail (out != NULL);

  g_string_append (out, header);
}

void
pc_results_append_row (GString                *out,
                       const PcRecordAnswer   *answer,
                       const PcResultsSitting *sitting)
{
  g_autofree char *start = NULL;

  g_return_if_fail (out != NULL);
  g_return_if_fail (answer != NULL && sitting != NULL);

  start = pc_results_format_time (sitting->start_us);
  /* A sheet has its code; other sittings are told apart by their id. */
  add_text (out, *answer->sheet != '\0' ? answer->sheet : answer->session);
  g_string_append_printf (out, "%" G_GUINT64_FORMAT ",", answer->seed);
  add_text (out, answer->bank);
  add_text (out, answer->bank_version);
  add_text (out, sitting->learner);
  add_text (out, start);
  g_string_append_printf (out, "%" G_GINT64_FORMAT ",%u,",
                          (sitting->end_us - sitting->start_us) /
                              G_USEC_PER_SEC,
                          answer->number > 0 ? answer->number : sitting->n);
  add_text (out, answer->item);
  g_string_append_printf (out, "%u,", answer->revision);
  add_text (out, answer->objectives);
  add_text (out, answer->level);
  add_text (out, answer->type);
  add_number (out, answer->points);
  add_number (out, answer->fraction * answer->points);
  g_string_append_printf (out, "%d,", answer->correct ? 1 : 0);
  add_text (out, pc_results_get_certainty (answer->certainty));
  add_text (out, answer->choice);
  add_text (out, answer->key);
  g_string_append_printf (out, "%" G_GINT64_FORMAT ",%d\r\n",
                          answer->taken_us / 1000, answer->hinted ? 1 : 0);
}
