/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "Try your answer": which questions offer it, and why others do not, for
 * every item of the banks that come with the program and for each kind of made
 * question; that what is right works when it is run, and what is wrong does
 * not.
 */

#include "quiz/attempt.h"

#include "quiz/bank.h"
#include "quiz/generate.h"

#include "base/paths.h"

#include <string.h>

static PcServices *services;

static PcBank *
load (const char *id)
{
  g_autofree char *name = g_strconcat ("questions/", id, ".json", NULL);
  g_autofree char *path = pc_paths_get_data (name);
  g_autoptr (PcProblems) problems = pc_problems_new ();
  PcBank *bank = pc_bank_load (path, services, problems, NULL, NULL);

  g_assert_nonnull (bank);
  return bank;
}

/* -- the table ------------------------------------------------------------ */

static const char *const banks[] = { "imap", "pop3", "smtp", "tftp",
                                     "setup", "ports" };

/* Those that are not of another type, and not about something else than a
 * port. */
static const struct
{
  const char     *item;
  PcAttemptReason reason;
} rows[] = {
  { "imap-143", PC_ATTEMPT_POSSIBLE },
  { "imap-993-rule", PC_ATTEMPT_POSSIBLE },
  { "imap-two-ports", PC_ATTEMPT_POSSIBLE },
  { "imap-configure-phone", PC_ATTEMPT_POSSIBLE },
  { "imap-configure-143-hangs", PC_ATTEMPT_POSSIBLE },
  { "pop3-110", PC_ATTEMPT_POSSIBLE },
  { "pop3-995-type", PC_ATTEMPT_POSSIBLE },
  { "pop3-two-ports", PC_ATTEMPT_POSSIBLE },
  { "pop3-configure-desk", PC_ATTEMPT_POSSIBLE },
  { "smtp-587", PC_ATTEMPT_POSSIBLE },
  { "smtp-465-type", PC_ATTEMPT_POSSIBLE },
  { "smtp-tls-settings", PC_ATTEMPT_POSSIBLE },
  { "smtp-25-blocked", PC_ATTEMPT_POSSIBLE },
  { "smtp-n10-smtps", PC_ATTEMPT_POSSIBLE },
  { "smtp-configure-home", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-phone", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-starttls", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-workshop", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-one-box", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-printer", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-kiosk", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-hotel", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-from-memory", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-two-names", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-old-server", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-capital", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-camera", PC_ATTEMPT_POSSIBLE },
  { "setup-conf-second-device", PC_ATTEMPT_POSSIBLE },
  { "ports-guest-network", PC_ATTEMPT_POSSIBLE },
  /* SFTP, FTP. */
  { "ports-sftp-partner", PC_ATTEMPT_FOREIGN },
  { "ports-auth-tls", PC_ATTEMPT_FOREIGN },
};

static PcAttemptReason
get_expected (PcItem *item)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (g_str_equal (rows[i].item, pc_item_get_id (item)))
      return rows[i].reason;
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER: return PC_ATTEMPT_NO_PORT;
  case PC_ITEM_MATCH:
  case PC_ITEM_ORDER:
  case PC_ITEM_FAULT:
  case PC_ITEM_PREDICT:
  case PC_ITEM_CONFIGURE:
  default: return PC_ATTEMPT_OTHER_TYPE;
  }
}

static void
test_table (void)
{
  guint n = 0, n_rows = 0;

  for (guint i = 0; i < G_N_ELEMENTS (banks); i++) {
    g_autoptr (PcBank) bank = load (banks[i]);

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      PcItem *item = pc_bank_get_item (bank, j);
      PcAttemptReason reason = pc_attempt_check (item);

      if (reason != get_expected (item))
        g_test_message ("%s: %s", pc_item_get_id (item),
                        pc_attempt_reason_to_string (reason));
      g_assert_cmpint (reason, ==, get_expected (item));
      n++;
      for (guint k = 0; k < G_N_ELEMENTS (rows); k++)
        n_rows += g_str_equal (rows[k].item, pc_item_get_id (item));
    }
  }
  g_assert_cmpuint (n, ==, 300);
  g_assert_cmpuint (n_rows, ==, G_N_ELEMENTS (rows));
}

/* -- what comes of it ----------------------------------------------------- */

static PcAccountTrial *
run (const PcAccountForm *form,
     guint                sides)
{
  const PcAccountOptions options = { .link = PC_LINK_MEMORY,
                                     .sides = sides,
                                     .no_fixes = TRUE };
  g_autoptr (GError) error = NULL;
  PcAccountTrial *trial = pc_account_try (form, &options, &error);

  g_assert_no_error (error);
  return trial;
}

/* That a TFTP server answers is all there is to see of it. */
static gboolean
answers (const PcAttempt     *attempt,
         const PcAccountForm *form)
{
  g_autoptr (PcAccountTrial) trial = run (form, attempt->sides);
  g_autofree char *text = pc_account_trial_describe (trial);
  gboolean tftp = g_str_equal (
      pc_account_form_get (attempt->right, PC_ACCOUNT_IN_PROTO), "tftp");

  g_test_message ("%s", text);
  return pc_account_trial_works (trial) ||
         (tftp && trial->halves[PC_ACCOUNT_INCOMING].outcome ==
                      PC_ACCOUNT_NO_MAILBOX);
}

/* The answer, if it can be tried, works or not as @works says; the right one
 * does.  Whether it could be tried. */
static gboolean
try_answer (PcItem         *item,
            const PcAnswer *answer,
            gboolean        works)
{
  g_autofree char *text = pc_answer_to_string (answer, item);
  g_autoptr (PcAttempt) attempt = pc_attempt_new (item, answer);

  g_test_message ("%s %s", pc_item_get_id (item), text);
  if (attempt == NULL)
    return FALSE;
  g_assert_true (answers (attempt, attempt->right));
  g_assert_cmpint (
      pc_account_form_equal (attempt->answer, attempt->right), ==, works);
  g_assert_cmpint (answers (attempt, attempt->answer), ==, works);
  return TRUE;
}

/* Every wrong option with the right ones but one; every expected error. */
static guint
try_all (PcItem *item)
{
  PcAnswer answer = { .kind = PC_ANSWER_BLANK };
  guint n = 0, right = 0;

  if (pc_attempt_check (item) != PC_ATTEMPT_POSSIBLE ||
      pc_item_get_item_type (item) == PC_ITEM_CONFIGURE)
    return 0;
  g_assert_true (try_answer (item, &answer, TRUE));
  for (guint i = 0; i < pc_item_get_n_values (item); i++) {
    answer = (PcAnswer){ .kind = PC_ANSWER_NUMBER,
                         .number = pc_item_get_value (item, i),
                         .transport = pc_item_get_transport (item) };
    n += try_answer (item, &answer, i < pc_item_get_n_accepted (item));
  }
  for (guint i = 0; i < pc_item_get_n_options (item); i++)
    if (pc_item_get_option_correct (item, i))
      right |= 1u << i;
  for (guint i = 0; i < pc_item_get_n_options (item); i++) {
    answer = (PcAnswer){ .kind = PC_ANSWER_OPTIONS, .options = right };
    if (!pc_item_get_option_correct (item, i))
      answer.options = (right & (right - 1)) | 1u << i;
    n += try_answer (item, &answer, pc_item_get_option_correct (item, i));
  }
  return n;
}

static void
test_authored (void)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (banks); i++) {
    g_autoptr (PcBank) bank = load (banks[i]);

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++)
      n += try_all (pc_bank_get_item (bank, j));
  }
  /* All of them: 7 with four options each, 3 with numbers. */
  g_assert_cmpuint (n, ==, 8 * 4 + 5 + 4 + 5);
}

/* The first accepted settings work; with nothing answered they are run. */
static void
test_configure (void)
{
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (banks); i++) {
    g_autoptr (PcBank) bank = load (banks[i]);

    for (guint j = 0; j < pc_bank_get_n_items (bank); j++) {
      PcItem *item = pc_bank_get_item (bank, j);
      g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };

      if (pc_item_get_item_type (item) != PC_ITEM_CONFIGURE)
        continue;
      g_assert_true (try_answer (item, &answer, TRUE));
      n++;
    }
  }
  g_assert_cmpuint (n, ==, 18);
}

/* What stands in the form at first is what a learner may leave there. */
static void
test_fields (void)
{
  g_autoptr (PcBank) bank = load ("imap");
  PcItem *item = pc_bank_lookup (bank, "imap-configure-143-hangs");
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  g_autoptr (PcAttempt) attempt = NULL;

  g_assert_true (pc_answer_from_string ("in-port=143&in-sec=tls", item,
                                        &answer));
  attempt = pc_attempt_new (item, &answer);
  g_assert_nonnull (attempt);
  g_assert_cmpuint (attempt->sides, ==, PC_ACCOUNT_RECEIVE);
  g_assert_cmpstr (
      pc_account_form_get (attempt->answer, PC_ACCOUNT_IN_SECURITY), ==,
      "tls");
  g_assert_cmpstr (
      pc_account_form_get (attempt->right, PC_ACCOUNT_IN_SECURITY), ==,
      "starttls");
  g_assert_cmpstr (pc_account_form_get (attempt->answer, PC_ACCOUNT_IN_PROTO),
                   ==,
                   pc_account_form_get (attempt->right, PC_ACCOUNT_IN_PROTO));
  g_assert_false (answers (attempt, attempt->answer));
  g_assert_true (answers (attempt, attempt->right));
}

/* The mission: the phone goes to 110, and to 143. */
static void
test_phone (void)
{
  g_autoptr (PcBank) bank = load ("imap");
  PcItem *item = pc_bank_lookup (bank, "imap-143");
  PcAnswer answer = { .kind = PC_ANSWER_OPTIONS };
  g_autoptr (PcAttempt) attempt = NULL;
  g_autoptr (PcAccountTrial) trial = NULL;

  answer.options = 1u << pc_item_find_option (item, "o110");
  attempt = pc_attempt_new (item, &answer);
  g_assert_nonnull (attempt);
  g_assert_cmpuint (attempt->sides, ==, PC_ACCOUNT_RECEIVE);
  g_assert_cmpstr (pc_account_form_get (attempt->answer, PC_ACCOUNT_IN_PROTO),
                   ==, "imap");
  g_assert_cmpstr (pc_account_form_get (attempt->answer, PC_ACCOUNT_IN_PORT),
                   ==, "110");
  g_assert_cmpstr (pc_account_form_get (attempt->right, PC_ACCOUNT_IN_PORT),
                   ==, "143");
  trial = run (attempt->answer, attempt->sides);
  g_assert_cmpint (trial->halves[PC_ACCOUNT_INCOMING].outcome, ==,
                   PC_ACCOUNT_OTHER_PROTOCOL);
  g_assert_nonnull (
      strstr (trial->halves[PC_ACCOUNT_INCOMING].sentence, "+OK"));
}

/* Each template that makes questions for ports, with each of our services. */
static void
test_generated (void)
{
  static const char *const with[] = { "type-port", "name-port", "task",
                                      "twin", "firewall", "symptom", "srv",
                                      "confusion" };
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint seed = 1; seed <= 3; seed++) {
    const PcGenerateOptions options = { .seed = seed };
    g_autoptr (PcProblems) problems = pc_problems_new ();
    g_autoptr (PcBank) bank = pc_generate_bank (services, &options, problems);

    for (guint i = 0; i < pc_bank_get_n_items (bank); i++) {
      PcItem *item = pc_bank_get_item (bank, i);
      guint tried = try_all (item);

      n += tried > 0;
      if (tried > 0)
        g_hash_table_add (
            seen, (gpointer) g_intern_string (pc_item_get_tags (item)[1]));
    }
  }
  g_test_message ("%u tried", n);
  g_assert_cmpuint (n, >, 60);
  for (guint i = 0; i < G_N_ELEMENTS (with); i++) {
    g_test_message ("%s", with[i]);
    g_assert_true (g_hash_table_contains (seen, with[i]));
  }
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *path = NULL;
  g_autoptr (PcProblems) problems = pc_problems_new ();
  int result;

  g_test_init (&argc, &argv, NULL);
  path = pc_paths_get_data ("services.json");
  services = pc_services_load (path, problems);
  g_assert_nonnull (services);
  g_test_add_func ("/attempt/table", test_table);
  g_test_add_func ("/attempt/phone", test_phone);
  g_test_add_func ("/attempt/fields", test_fields);
  g_test_add_func ("/attempt/authored", test_authored);
  g_test_add_func ("/attempt/configure", test_configure);
  g_test_add_func ("/attempt/generated", test_generated);
  result = g_test_run ();
  g_clear_pointer (&services, pc_services_unref);
  return result;
}
