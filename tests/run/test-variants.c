/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every variant of every scenario that is shipped runs and ends as the original
 * does; in clear nothing is secure, with TLS no password crosses in clear. */

#include "run/run.h"
#include "scenario/library.h"
#include "scenario/variant.h"

#include "base/paths.h"

static PcLibrary *
load_library (void)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();

  return pc_library_new (dir, problems);
}

/* How many steps there are with @secret in them, in clear and under TLS. */
static void
count_secrets (PcTimeline *timeline,
               guint       n[2])
{
  n[0] = n[1] = 0;
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (pc_step_has_secret (step))
      n[pc_step_get_wire (step) != NULL]++;
  }
}

static gboolean
has_rule (PcTimeline *timeline,
          const char *suffix)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    const char *rule =
        pc_step_get_rule (pc_timeline_get_step (timeline, i));

    if (rule != NULL && g_str_has_suffix (rule, suffix))
      return TRUE;
  }
  return FALSE;
}

static void
check_variant (PcScenario *scenario,
               PcVariant   variant)
{
  g_autoptr (PcScenario) copy = pc_scenario_new_variant (scenario, variant);
  g_autoptr (PcTimeline) timeline =
      pc_run_scenario (copy, PC_LINK_MEMORY, NULL);
  guint n[2];

  g_test_message ("%s, variant %u", pc_scenario_get_id (scenario), variant);
  g_assert_nonnull (timeline);
  g_test_message ("%s", pc_timeline_get_reason (timeline));
  g_assert_cmpint (pc_timeline_get_outcome (timeline), ==,
                   pc_scenario_expects_failure (scenario)
                       ? PC_OUTCOME_FAILED_AS_INTENDED
                       : PC_OUTCOME_OK);
  g_assert_cmpint (pc_scenario_get_variant (copy), ==, variant);
  g_assert_cmpint (pc_timeline_has_secure_steps (timeline), ==,
                   variant != PC_VARIANT_CLEAR);
  g_assert_cmpint (has_rule (timeline, ".starttls.ok"), ==,
                   variant == PC_VARIANT_STARTTLS);
  count_secrets (timeline, n);
  g_assert_cmpuint (n[variant == PC_VARIANT_CLEAR], ==, 0);
}

static void
test_all (void)
{
  g_autoptr (PcLibrary) library = load_library ();
  guint n[PC_N_VARIANTS] = { 0 };

  for (guint i = 0; i < pc_library_get_n (library); i++)
    for (guint variant = 0; variant < PC_N_VARIANTS; variant++) {
      PcScenario *scenario = pc_library_get (library, i);

      if (pc_scenario_check_variant (scenario, variant) != NULL)
        continue;
      check_variant (scenario, variant);
      n[variant]++;
    }
  g_assert_cmpuint (n[PC_VARIANT_CLEAR], >=, 30);
  g_assert_cmpuint (n[PC_VARIANT_STARTTLS], >=, 30);
  g_assert_cmpuint (n[PC_VARIANT_IMPLICIT], >=, 25);
}

/* There and back: the wire is what the original's is. */
static void
test_back (void)
{
  static const char *const ids[] = { "imap-starttls-143", "pop3-stls-110",
                                     "smtp-starttls-587" };
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    PcScenario *scenario = pc_library_find (library, ids[i]);
    g_autoptr (PcScenario) clear =
        pc_scenario_new_variant (scenario, PC_VARIANT_CLEAR);
    g_autoptr (PcScenario) back =
        pc_scenario_new_variant (clear, PC_VARIANT_STARTTLS);
    g_autoptr (PcTimeline) timeline =
        pc_run_scenario (back, PC_LINK_MEMORY, NULL);

    g_assert_cmpint (pc_timeline_get_outcome (timeline), ==, PC_OUTCOME_OK);
    g_assert_true (has_rule (timeline, ".starttls.ok"));
  }
}

static void
test_reasons (void)
{
  static const struct
  {
    const char *id;
    PcVariant   variant;
    gboolean    possible;
  } rows[] = {
    { "imap-read-phone", PC_VARIANT_IMPLICIT, TRUE },
    { "imap-implicit-993", PC_VARIANT_CLEAR, TRUE },
    { "smtp-relay-25", PC_VARIANT_STARTTLS, TRUE },
    { "smtp-relay-25", PC_VARIANT_IMPLICIT, FALSE },
    { "tftp-get-config", PC_VARIANT_STARTTLS, FALSE },
    { "imap-clear-to-993", PC_VARIANT_CLEAR, FALSE },
    { "imap-untrusted-certificate", PC_VARIANT_CLEAR, FALSE },
    { "smtp-starttls-stripped", PC_VARIANT_CLEAR, FALSE },
    { "imap-answer-no", PC_VARIANT_STARTTLS, FALSE },
    { "phone-four-ports", PC_VARIANT_STARTTLS, FALSE },
  };
  g_autoptr (PcLibrary) library = load_library ();

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    PcScenario *scenario = pc_library_find (library, rows[i].id);
    const char *reason =
        pc_scenario_check_variant (scenario, rows[i].variant);

    g_test_message ("%s, variant %u: %s", rows[i].id, rows[i].variant,
                    reason);
    g_assert_cmpint (reason == NULL, ==, rows[i].possible);
  }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/run/variants/all", test_all);
  g_test_add_func ("/run/variants/back", test_back);
  g_test_add_func ("/run/variants/reasons", test_reasons);
  return g_test_run ();
}
