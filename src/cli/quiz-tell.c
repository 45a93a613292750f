/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a terminal says after an answer: the verdict, what there is to say about
 * the answer, and on demand the explanation and the exchange itself.
 */

#include "cli/quiz-private.h"

#include "quiz/markup.h"
#include "run/run.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Steps that are shown before and after the one that matters. */
#define WATCH_BEFORE 4
#define WATCH_AFTER 4

/* -- verdict -------------------------------------------------------------- */

static const char *
get_mark (PcFeedbackMark mark)
{
  switch (mark) {
  case PC_FEEDBACK_RIGHT: return _ ("right");
  case PC_FEEDBACK_UNSAFE: return _ ("unsafe");
  case PC_FEEDBACK_WORKS_BUT: return _ ("works, but");
  case PC_FEEDBACK_WRONG:
  default: return _ ("wrong");
  }
}

static void
tell_row (const PcFeedback *row)
{
  if (row->subject != NULL && row->role == PC_FEEDBACK_OTHER) {
    g_print ("  · ");
  } else {
    const char *mark = row->role == PC_FEEDBACK_MISSED ? _ ("missed")
                                                       : get_mark (row->mark);

    g_print ("  [%s] ", mark);
  }
  if (row->subject != NULL)
    pc_quiz_print_text (row->subject);
  if (row->text != NULL) {
    if (row->subject != NULL)
      g_print ("      ");
    pc_quiz_print_text (row->text);
  }
  if (row->expected != NULL) {
    g_autofree char *plain = pc_markup_to_plain (row->expected);

    g_print ("      ");
    g_print (_ ("Right is: %s"), plain);
    g_print ("\n");
  }
  if (row->right_when != NULL) {
    g_autofree char *plain = pc_markup_to_plain (row->right_when);

    g_print ("      ");
    g_print (_ ("Right when: %s"), plain);
    g_print ("\n");
  }
}

static const char *
get_verdict (const PcSessionAnswer *answer)
{
  if (answer->grade.correct)
    return _ ("Right.");
  if (answer->grade.fraction > 0)
    return _ ("Partly right.");
  if (!answer->grade.answered)
    return _ ("Not answered.");
  return _ ("Not right.");
}

void
pc_quiz_tell (const PcQuizAsk       *self,
              const PcSessionAnswer *answer)
{
  const char *line = pc_item_get_answer_line (self->item, self->language);
  g_autoptr (GArray) rows = pc_grade_list_feedback (self->item,
                                                    &answer->answer,
                                                    self->language);

  g_print ("\n%s\n", get_verdict (answer));
  for (guint i = 0; i < rows->len; i++)
    tell_row (&g_array_index (rows, PcFeedback, i));
  if (line != NULL)
    pc_quiz_print_text (line);
}

/* -- explanation ---------------------------------------------------------- */

static void
tell_section (const PcQuizAsk *self,
              guint            section)
{
  PcItem     *item = self->item;
  const char *text = pc_item_get_section_text (item, section, self->language);

  g_print ("\n");
  pc_quiz_print_text (pc_item_get_section_heading (item, section,
                                                   self->language));
  if (text != NULL)
    pc_quiz_print_text (text);
  for (guint i = 0; i < pc_item_get_n_entries (item, section); i++) {
    const char *term = pc_item_get_entry_term (item, section, i,
                                               self->language);

    g_print ("  · ");
    if (term != NULL) {
      g_autofree char *plain = pc_markup_to_plain (term);

      g_print ("%s: ", plain);
    }
    pc_quiz_print_text (pc_item_get_entry_text (item, section, i,
                                                self->language));
  }
  for (guint i = 0; pc_item_get_section_from_options (item, section) &&
                    i < pc_item_get_n_options (item);
       i++) {
    const char      *says = pc_item_get_option_comparison (item, i,
                                                           self->language);
    g_autofree char *plain = NULL;

    if (says == NULL)
      continue;
    plain = pc_markup_to_plain (pc_item_get_option_text (item, i,
                                                         self->language));
    g_print ("  · %s: ", plain);
    pc_quiz_print_text (says);
  }
}

static void
explain (const PcQuizAsk *self)
{
  const char *note = pc_item_get_exam_note (self->item, self->language);

  for (guint i = 0; i < pc_item_get_n_sections (self->item); i++)
    tell_section (self, i);
  if (note != NULL) {
    g_print ("\n");
    pc_quiz_print_text (note);
  }
  g_print ("\n");
  for (guint i = 0; i < pc_item_get_n_references (self->item); i++) {
    g_autofree char *text = pc_item_reference_format (
        pc_item_get_reference (self->item, i));

    pc_quiz_print_text (text);
  }
}

/* -- watching ------------------------------------------------------------- */

static void
print_steps (PcTimeline *run,
             int         mark)
{
  guint n = pc_timeline_get_n_steps (run);
  guint first = mark < 0 ? 0 : (guint) MAX (0, mark - WATCH_BEFORE);
  guint end = mark < 0 ? n : MIN (n, (guint) mark + WATCH_AFTER + 1);

  g_print ("\n%s\n", pc_timeline_get_title (run));
  for (guint i = first; i < end; i++) {
    PcStep     *step = pc_timeline_get_step (run, i);
    const char *to = pc_step_get_to (step);

    g_print ("%s %3u  %s → %s  %s\n", (int) i == mark ? ">" : " ",
             pc_step_get_number (step), pc_step_get_from (step),
             to != NULL ? to : "", pc_step_get_summary (step));
  }
}

static void
watch (const PcQuizAsk *self)
{
  const char *id = pc_item_get_scenario (self->item);
  const char *step = pc_item_get_scenario_step (self->item);
  PcScenario *scenario = id != NULL ? pc_library_find (self->library, id)
                                    : NULL;
  g_autoptr (PcTimeline) run = NULL;
  g_autoptr (GError) error = NULL;

  if (scenario == NULL) {
    g_print ("%s\n", _ ("There is no exchange to watch."));
    return;
  }
  run = pc_run_scenario (scenario, PC_LINK_MEMORY, &error);
  if (run == NULL) {
    pc_command_error ("%s", error->message);
    return;
  }
  print_steps (run, step != NULL ? pc_timeline_find_mark (run, step) : -1);
  g_print (_ ("All of it: portcall-cli run %s"), id);
  g_print ("\n");
}

gboolean
pc_quiz_offer_more (const PcQuizAsk       *self,
                    const PcSessionAnswer *answer)
{
  g_autoptr (PcAttempt) attempt = pc_attempt_new (self->item,
                                                  &answer->answer);

  for (;;) {
    g_autofree char *line = pc_quiz_read_line (
        attempt != NULL
            ? _ ("Enter: go on · e: explain · w: watch · t: try your answer · "
                 "q: quit: ")
            : _ ("Enter: go on · e: explain · w: watch · q: quit: "));

    if (line == NULL || pc_quiz_is_command (line, 'q'))
      return FALSE;
    if (pc_quiz_is_command (line, 'e'))
      explain (self);
    else if (pc_quiz_is_command (line, 'w') ||
             g_ascii_strcasecmp (line, "watch") == 0)
      watch (self);
    else if (attempt != NULL && pc_quiz_is_command (line, 't'))
      pc_quiz_try (attempt);
    else if (*line == '\0')
      return TRUE;
  }
}
