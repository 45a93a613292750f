/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Try your answer" in a terminal: the settings that were answered and those
 * that are right, run in memory one after the other.
 */

#include "cli/quiz-private.h"

#include <glib/gi18n-lib.h>

static void
try_form (const char          *title,
          const PcAccountForm *form,
          guint                sides)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .sides = sides,
                                     .no_fixes = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (PcAccountTrial) trial = pc_account_try (form, &options, &error);

  if (trial == NULL) {
    pc_command_error ("%s", error->message);
    return;
  }
  g_print ("\n%s\n", title);
  pc_command_print_trial (trial);
}

void
pc_quiz_try (const PcAttempt *attempt)
{
  if (!pc_account_form_equal (attempt->answer, attempt->right))
    try_form (_ ("Your answer:"), attempt->answer, attempt->sides);
  try_form (_ ("What is right:"), attempt->right, attempt->sides);
}
