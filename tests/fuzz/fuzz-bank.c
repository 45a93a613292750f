/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any octets as a question bank: what loads can be asked in full, in a
 * session, and graded; what does not has a reason.
 */

#include "../quiz/any-answer.h"

#include "quiz/markup.h"
#include "quiz/session.h"

#include <stdint.h>
#include <string.h>

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const char services_text[] =
    "{\"format\":\"portcall-services\",\"format_version\":1,"
    "\"license\":{\"spdx\":\"CC0-1.0\"},\"services\":["
    "{\"id\":\"imap\",\"name\":\"N\",\"family\":\"mail\",\"roles\":[\"r\"],"
    "\"endpoints\":[{\"port\":143,\"transport\":\"tcp\","
    "\"mode\":\"starttls\"}],\"rfcs\":[9051]}]}";

static PcServices *
get_services (void)
{
  static PcServices *services = NULL;

  if (services == NULL) {
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcJson) json = pc_json_parse (
        "services", (const guint8 *) services_text, strlen (services_text),
        problems);

    services = pc_services_new_from_json (json, problems);
  }
  return services;
}

static gboolean
has_step (const char *scenario,
          const char *step,
          gpointer    user_data)
{
  return step == NULL || strlen (step) % 11 != 0;
}

static void
read_item (PcItem     *item,
           const char *language)
{
  g_autofree char *stem = pc_markup_to_pango (pc_item_get_stem (item,
                                                                language));

  for (PcItemList list = PC_ITEM_OPTIONS; list <= PC_ITEM_STEPS; list++) {
    for (guint i = 0; i < pc_item_get_n_choices (item, list); i++) {
      pc_item_get_choice_text (item, list, i, language);
      pc_item_get_choice_feedback (item, list, i, language);
      pc_item_get_choice_right_when (item, list, i, language);
    }
  }
  for (guint i = 0; pc_item_get_stimulus (item) != NULL &&
                    i < pc_item_get_stimulus (item)->n_lines;
       i++) {
    pc_item_get_stimulus_text (item, i, language);
    pc_item_get_line_correction (item, i);
  }
  for (guint i = 0; i < pc_item_get_n_fields (item); i++)
    pc_item_get_field_label (item, i, language);
  for (guint i = 0; i < pc_item_get_n_values (item); i++)
    pc_item_get_value_feedback (item, i, language);
  for (guint i = 0; i < pc_item_get_n_sections (item); i++) {
    pc_item_get_section_heading (item, i, language);
    pc_item_get_section_text (item, i, language);
    for (guint j = 0; j < pc_item_get_n_entries (item, i); j++)
      pc_item_get_entry_text (item, i, j, language);
  }
  for (guint i = 0; i < pc_item_get_n_references (item); i++)
    g_free (pc_item_reference_format (pc_item_get_reference (item, i)));
}

static void
ask_all (PcBank *bank)
{
  const PcSessionOptions options = { .mode = PC_SESSION_PRACTICE, .seed = 1 };
  g_autoptr (PcSession) session = pc_session_new (bank, &options);
  PcSessionSummary summary;

  for (; !pc_session_is_finished (session); pc_session_next (session)) {
    PcItem *item = pc_session_get_item (session);
    g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
    g_auto (PcAnswer) again = { .kind = PC_ANSWER_BLANK };
    g_autofree char *text = NULL;
    g_autoptr (GArray) feedback = NULL;

    read_item (item, NULL);
    read_item (item, "de_AT");
    any_answer (item, pc_session_get_position (session), &answer);
    pc_session_answer (session, &answer, PC_CERTAINTY_SURE, 1);
    feedback = pc_grade_list_feedback (item, &answer, "de_AT");
    text = pc_answer_to_string (&answer, item);
    if (!pc_answer_from_string (text, item, &again))
      g_error ("\"%s\" cannot be read back", text);
  }
  pc_session_summarize (session, &summary);
  if (summary.n_correct > summary.n_items ||
      summary.points > summary.points_max)
    g_error ("the summary does not add up");
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcJson) json = pc_json_parse ("fuzz", data, size, problems);
  g_autoptr (PcBank) bank = NULL;

  if (json == NULL)
    return 0;
  bank = pc_bank_new_from_json (json, get_services (), problems, has_step,
                                NULL);
  if (bank != NULL)
    ask_all (bank);
  else if (pc_problems_count (problems, PC_SEVERITY_ERROR) == 0)
    g_error ("refused without a reason");
  return 0;
}
