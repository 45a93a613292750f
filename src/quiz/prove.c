/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs scenarios and holds items against them: which items, in which run, and
 * where to report.  What is held against what is in prove-run.c and
 * prove-settings.c.
 */

#include "quiz/prove.h"

#include "quiz/prove-private.h"

#include "run/run.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

struct _PcProver
{
  const PcLibrary *library;
  GHashTable      *runs; /* scenario id to PcTimeline */
};

static void
unref_run (gpointer data)
{
  PcTimeline *run = data;

  g_clear_object (&run);
}

PcProver *
pc_prover_new (const PcLibrary *library)
{
  PcProver *self;

  g_return_val_if_fail (library != NULL, NULL);

  self = g_new0 (PcProver, 1);
  self->library = library;
  self->runs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      unref_run);
  return self;
}

void
pc_prover_free (PcProver *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->runs, g_hash_table_unref);
  g_free (self);
}

/* -- reports -------------------------------------------------------------- */

/* Whether the author waived warnings of @code for the item, with a reason. */
static gboolean
is_waived (PcProof    *self,
           const char *code)
{
  g_autofree char *pointer = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (self->json == NULL)
    return FALSE;
  pointer = g_strdup_printf ("/items/%u/x-waive",
                             pc_item_get_index (self->item));
  node = pc_json_dup_node (self->json, pointer, NULL);
  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) &&
         json_object_has_member (json_node_get_object (node), code);
}

void
pc_proof_report (PcProof    *self,
                 PcSeverity  severity,
                 const char *code,
                 const char *tail,
                 const char *format,
                 ...)
{
  g_autofree char *pointer = NULL;
  g_autofree char *message = NULL;
  PcProblem       *problem;
  va_list          args;

  if (severity == PC_SEVERITY_WARNING && is_waived (self, code))
    return;
  if (g_str_has_prefix (tail, "/stimuli"))
    pointer = g_strdup (tail);
  else
    pointer = g_strdup_printf ("/items/%u%s", pc_item_get_index (self->item),
                               tail);
  va_start (args, format);
  message = g_strdup_vprintf (format, args);
  va_end (args);
  if (self->json != NULL) {
    pc_json_report (self->json, self->problems, severity, code, pointer, "%s",
                    message);
    return;
  }
  problem = pc_problem_new (severity, code, NULL,
                            pc_item_get_line (self->item), 1, "%s", message);
  problem->pointer = g_steal_pointer (&pointer);
  pc_problems_take (self->problems, problem);
}

/* -- runs ----------------------------------------------------------------- */

/* What a transcript shows must not depend on the language of whoever checks
 * it, so the run speaks as banks are written. */
static PcTimeline *
run_untranslated (PcScenario *scenario,
                  GError    **error)
{
  locale_t    plain = newlocale (LC_MESSAGES_MASK, "C",
                                 duplocale (uselocale ((locale_t) 0)));
  locale_t    before;
  PcTimeline *run;

  if (plain == (locale_t) 0)
    return pc_run_scenario (scenario, PC_LINK_MEMORY, error);
  before = uselocale (plain);
  run = pc_run_scenario (scenario, PC_LINK_MEMORY, error);
  uselocale (before);
  freelocale (plain);
  return run;
}

/* NULL when it cannot be had, which is reported once. */
static PcTimeline *
get_run (PcProof *self)
{
  const char *id = pc_item_get_scenario (self->item);
  PcScenario *scenario;
  PcTimeline *run;
  gpointer    known;
  g_autoptr (GError) error = NULL;

  if (g_hash_table_lookup_extended (self->prover->runs, id, NULL, &known))
    return known;
  scenario = pc_library_find (self->prover->library, id);
  if (scenario == NULL) {
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q101", "/simulation/scenario",
                     _ ("there is no scenario \"%s\""), id);
    return NULL;
  }
  run = run_untranslated (scenario, &error);
  g_hash_table_insert (self->prover->runs, g_strdup (id), run);
  if (run == NULL)
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q108", "/simulation/scenario",
                     _ ("the scenario \"%s\" cannot be run: %s"), id,
                     error->message);
  return run;
}

/* -- items ---------------------------------------------------------------- */

static void
prove_step (PcProof    *self,
            const char *step,
            const char *tail)
{
  if (step != NULL && pc_timeline_find_mark (self->run, step) < 0)
    pc_proof_report (self, PC_SEVERITY_ERROR, "Q101", tail,
                     _ ("a run of \"%s\" never comes to the step \"%s\""),
                     pc_item_get_scenario (self->item), step);
}

static void
prove_steps (PcProof *self)
{
  PcItem *item = self->item;

  prove_step (self, pc_item_get_scenario_step (item), "/simulation/step");
  for (guint i = 0; i < pc_item_get_n_sections (item); i++) {
    for (guint j = 0; j < pc_item_get_n_entries (item, i); j++) {
      g_autofree char *tail = g_strdup_printf (
          "/explanation/%u/entries/%u/step", i, j);

      prove_step (self, pc_item_get_entry_step (item, i, j), tail);
    }
  }
}

gboolean
pc_prover_can_prove (PcItem *item)
{
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);

  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_FAULT:
  case PC_ITEM_PREDICT: return pc_item_get_scenario (item) != NULL;
  case PC_ITEM_CONFIGURE: return TRUE;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER:
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  default: return FALSE;
  }
}

static void
prove_key (PcProof *self)
{
  switch (pc_item_get_item_type (self->item)) {
  case PC_ITEM_FAULT:
    if (self->run != NULL)
      pc_proof_fault (self);
    break;
  case PC_ITEM_PREDICT:
    if (self->run != NULL)
      pc_proof_predict (self);
    break;
  case PC_ITEM_CONFIGURE: pc_proof_configure (self); break;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER:
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  default: break;
  }
}

gboolean
pc_prover_prove (PcProver   *self,
                 PcItem     *item,
                 PcJson     *json,
                 PcProblems *problems)
{
  g_autoptr (PcProblems) own = pc_problems_new ();
  PcProof  proof = { self, item, json, own, NULL };
  gboolean holds;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (PC_IS_ITEM (item), FALSE);
  g_return_val_if_fail (problems != NULL, FALSE);

  if (pc_item_get_scenario (item) != NULL)
    proof.run = get_run (&proof);
  if (proof.run != NULL)
    prove_steps (&proof);
  prove_key (&proof);
  holds = pc_problems_count (own, PC_SEVERITY_ERROR) == 0;
  pc_problems_take_all (problems, own);
  return holds;
}

guint
pc_bank_prove (PcBank       *bank,
               PcJson       *json,
               PcProver     *prover,
               GCancellable *cancellable,
               PcProblems   *problems)
{
  guint n = 0;

  g_return_val_if_fail (PC_IS_BANK (bank), 0);
  g_return_val_if_fail (prover != NULL, 0);
  g_return_val_if_fail (problems != NULL, 0);

  for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
    PcItem *item = pc_bank_get_item (bank, i);

    if (g_cancellable_is_cancelled (cancellable))
      break;
    if (pc_prover_prove (prover, item, json, problems) &&
        pc_prover_can_prove (item))
      n++;
  }
  return n;
}
