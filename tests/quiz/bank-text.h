/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

#include <string.h>

/* Banks for tests, written in place. */

#define BANK_TEXT(rest) \
  "{\"format\":\"portcall-question-bank\",\"format_version\":1," \
  "\"id\":\"t\",\"version\":\"1.0.0\",\"language\":\"en\",\"title\":\"T\"," \
  "\"license\":{\"spdx\":\"CC0-1.0\"}," rest "}"

/* Not NULL; the test ends when anything is an error. */
static inline PcBank *
bank_from_text (const char *text)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("bank", (const guint8 *) text,
                                           strlen (text), problems);
  PcBank *bank = NULL;

  if (json != NULL)
    bank = pc_bank_new_from_json (json, NULL, problems, NULL, NULL);
  for (guint i = 0; i < pc_problems_get_n (problems); i++) {
    const PcProblem *problem = pc_problems_get (problems, i);

    if (problem->severity == PC_SEVERITY_ERROR)
      g_error ("%s %s: %s", problem->code, problem->pointer, problem->message);
  }
  g_assert_nonnull (bank);
  return bank;
}
