/* SPDX-License-Identifier: GPL-3.0-or-later */

/* "What comes next?", over every scenario that comes with the program and
 * every step of it: one option is what happened, by another reading than the
 * one that made it; all differ; no password is told; and the plan asks seldom,
 * the author's marks first. */

#include "quiz/predict.h"

#include "base/paths.h"
#include "proto/registry.h"
#include "run/run.h"
#include "scenario/library.h"

#include <string.h>

#define SEEDS 3

typedef void (*Check) (PcTimeline *timeline);

static void
for_each (Check check)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);

  g_assert_cmpuint (pc_library_get_n (library), >=, 80);
  for (guint i = 0; i < pc_library_get_n (library); i++) {
    PcScenario *scenario = pc_library_get (library, i);
    g_autoptr (GError) error = NULL;
    g_autoptr (PcTimeline) timeline =
        pc_run_scenario (scenario, PC_LINK_MEMORY, &error);

    g_assert_no_error (error);
    g_test_message ("%s", pc_scenario_get_id (scenario));
    check (timeline);
  }
}

/* -- what happened, read once more ----------------------------------------- */

/* The summary's words, the tag of IMAP left out. */
static gboolean
command_is (PcStep     *step,
            const char *word)
{
  const char *text = pc_step_get_summary (step);
  gsize n = strlen (word);

  if (g_str_has_prefix (pc_step_get_rule (step), "imap."))
    text = strchr (text, ' ') + 1;
  if (g_ascii_strncasecmp (text, word, n) != 0)
    return FALSE;
  return text[n] == '\0' || text[n] == ' ';
}

static gboolean
reply_is (PcStep     *step,
          const char *word)
{
  g_auto (GStrv) words = g_strsplit (pc_step_get_summary (step), " ", 4);
  gboolean lines = FALSE;
  gsize len;
  const char *octets = g_bytes_get_data (pc_step_get_bytes (step), &len);
  g_autofree char *said = NULL;

  if (g_str_has_prefix (pc_step_get_rule (step), "smtp."))
    return strncmp (octets, word, 3) == 0 && word[3] == '\0';
  if (g_str_has_prefix (pc_step_get_rule (step), "pop3.")) {
    lines = g_strstr_len (octets, (gssize) len - 1, "\n") != NULL;
    said = lines ? g_strdup_printf ("%s \342\200\246", words[0])
                 : g_strdup (words[0]);
    return g_str_equal (said, word);
  }
  if (g_str_equal (words[0], "+"))
    return g_str_equal (word, "+");
  if (!g_str_equal (words[0], "*"))
    return g_str_equal (words[1], word);
  if (g_ascii_isdigit (*words[1]))
    said = g_strdup_printf ("* %s", words[2]);
  else
    said = g_strdup_printf ("* %s", words[1]);
  return g_str_equal (said, word);
}

static gboolean
packet_is (PcTimeline            *timeline,
           PcStep                *step,
           const PcPredictOption *option)
{
  const char *summary = pc_step_get_summary (step);
  gsize n = strlen (option->word);
  int at = pc_timeline_find_actor (timeline, pc_step_get_from (step));
  g_autofree char *sender = g_strdup_printf (
      "from %s", pc_timeline_get_actor (timeline, (guint) at)->name);

  return strncmp (summary, option->word, n) == 0 &&
         !g_ascii_isalnum (summary[n]) &&
         g_str_equal (option->meaning, sender);
}

static gboolean
is_true (PcTimeline            *timeline,
         const PcPrediction    *prediction,
         const PcPredictOption *option)
{
  PcStep *step = pc_timeline_get_step (timeline, prediction->index);

  switch (prediction->ask) {
  case PC_PREDICT_REPLY:
    return reply_is (step, option->word);
  case PC_PREDICT_COMMAND:
    return command_is (step, option->word);
  case PC_PREDICT_STATE:
    return g_strcmp0 (pc_step_get_server_state (step), option->word) == 0;
  case PC_PREDICT_PACKET:
    return packet_is (timeline, step, option);
  }
  g_return_val_if_reached (FALSE);
}

/* -- every question -------------------------------------------------------- */

static void
check_legible (const char *text)
{
  g_assert_nonnull (text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (text, -1), <=, 160);
  for (const char *c = text; *c != '\0'; c = g_utf8_next_char (c))
    g_assert_true (g_unichar_isprint (g_utf8_get_char (c)));
}

static void
check_prediction (PcTimeline         *timeline,
                  const PcPrediction *self)
{
  guint n_true = 0;

  g_test_message ("  %u %s: %s (%s)", self->number,
                  pc_predict_ask_to_string (self->ask), self->question,
                  self->options[self->right].word);
  check_legible (self->question);
  g_assert_true (g_str_has_suffix (self->question, "?"));
  g_assert_null (strstr (self->question, "portcall"));
  g_assert_cmpuint (self->n_options, >=, 3);
  g_assert_cmpuint (self->right, <, self->n_options);
  for (guint i = 0; i < self->n_options; i++) {
    const PcPredictOption *option = &self->options[i];

    check_legible (option->word);
    g_assert_cmpstr (option->word, !=, "");
    check_legible (option->meaning);
    if (is_true (timeline, self, option)) {
      g_assert_cmpuint (i, ==, self->right);
      n_true++;
    }
    for (guint k = 0; k < i; k++)
      g_assert_true (strcmp (option->word, self->options[k].word) != 0 ||
                     (self->ask == PC_PREDICT_PACKET &&
                      strcmp (option->meaning, self->options[k].meaning)));
  }
  g_assert_cmpuint (n_true, ==, 1);
}

static guint n_asked[PC_PREDICT_PACKET + 1];

static void
check_all (PcTimeline *timeline)
{
  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++)
    for (guint32 seed = 0; seed < SEEDS; seed++) {
      g_autoptr (PcPrediction) self = pc_prediction_new (timeline, i, seed);

      if (self == NULL)
        continue;
      g_assert_cmpuint (self->index, ==, i);
      check_prediction (timeline, self);
      n_asked[self->ask]++;
    }
}

static void
test_all (void)
{
  for_each (check_all);
  for (guint i = 0; i < G_N_ELEMENTS (n_asked); i++)
    g_assert_cmpuint (n_asked[i], >, 40);
}

/* -- the plan -------------------------------------------------------------- */

static guint n_planned, n_marked;

static void
check_plan (PcTimeline *timeline)
{
  g_autoptr (GArray) plan = pc_predict_plan (timeline, 7);
  g_autoptr (GArray) again = pc_predict_plan (timeline, 7);

  g_assert_cmpmem (plan->data, plan->len * sizeof (guint), again->data,
                   again->len * sizeof (guint));
  for (guint i = 0; i < plan->len; i++) {
    guint index = g_array_index (plan, guint, i);
    g_autoptr (PcPrediction) self = pc_prediction_new (timeline, index, 7);

    g_assert_nonnull (self);
    if (i > 0)
      g_assert_cmpuint (index, >=,
                        g_array_index (plan, guint, i - 1) +
                            PC_PREDICT_SPACING);
    n_planned++;
    if (pc_step_get_mark (pc_timeline_get_step (timeline, index)) != NULL)
      n_marked++;
  }
}

static void
test_plan (void)
{
  for_each (check_plan);
  g_test_message ("%u planned, %u of them at marks", n_planned, n_marked);
  g_assert_cmpuint (n_planned, >, 150);
  g_assert_cmpuint (n_marked * 2, >, n_planned);
}

/* -- single ones ----------------------------------------------------------- */

static PcTimeline *
run (const char *id)
{
  g_autofree char *dir = pc_paths_get_data ("scenarios");
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcLibrary) library = pc_library_new (dir, problems);
  g_autoptr (GError) error = NULL;
  PcScenario *scenario = pc_library_find (library, id);
  PcTimeline *timeline;

  g_assert_nonnull (scenario);
  timeline = pc_run_scenario (scenario, PC_LINK_MEMORY, &error);
  g_assert_no_error (error);
  return timeline;
}

static void
test_known (void)
{
  static const struct
  {
    const char  *scenario;
    const char  *mark;
    const char  *ask; /* NULL: nothing is asked */
    const char  *word;
    const char  *meaning;
  } rows[] = {
    { "smtp-submit-587", "go-ahead", "next-reply", "354",
      "go on: send the message" },
    { "smtp-submit-587", "queued", "next-reply", "250", "done" },
    { "smtp-submit-587", "greeting", "next-reply", "220", "ready: begin" },
    { "smtp-submit-587", "data", "next-command", "DATA", "" },
    { "smtp-submit-587", "content", NULL, NULL, NULL },
    { "smtp-relay-refused", "refused", "next-reply", "550",
      "refused: no such mailbox, or not allowed" },
    { "imap-read-phone", "select", "next-command", "SELECT",
      "SELECT mailbox [(CONDSTORE)]" },
    { "imap-wrong-password", "refused", "next-reply", "NO",
      "with the command’s tag: it could not be done" },
    { "pop3-download-delete", "retr-reply", "next-reply", "+OK …",
      "done, and lines follow, up to a single dot" },
    { "tftp-lost-block", "resent", "next-packet", "DATA 2", "from TFTP server" },
    { "tftp-get-config", "rrq", NULL, NULL, NULL },
    { "tftp-get-config", "ack-1", "next-packet", "ACK 1", "from Router" },
    { "tftp-not-found", "error", "next-packet", "ERROR", "from TFTP server" },
    { "tftp-put-config", "ack-0", "next-packet", "ACK 0", "from TFTP server" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (PcTimeline) timeline = run (rows[i].scenario);
    int at = pc_timeline_find_mark (timeline, rows[i].mark);
    g_autoptr (PcPrediction) self = NULL;

    g_test_message ("%s %s", rows[i].scenario, rows[i].mark);
    g_assert_cmpint (at, >=, 0);
    self = pc_prediction_new (timeline, (guint) at, 5);
    g_assert_cmpint (self != NULL, ==, rows[i].ask != NULL);
    if (self == NULL)
      continue;
    g_assert_cmpstr (pc_predict_ask_to_string (self->ask), ==, rows[i].ask);
    g_assert_cmpstr (self->options[self->right].word, ==, rows[i].word);
    g_assert_cmpstr (self->options[self->right].meaning, ==, rows[i].meaning);
  }
}

/* An empty timeline, and places outside of one. */
static void
test_nowhere (void)
{
  g_autoptr (PcTimeline) empty = pc_timeline_new ("id", "Title");
  g_autoptr (PcTimeline) timeline = run ("tftp-get-config");
  g_autoptr (GArray) plan = pc_predict_plan (empty, 0);

  g_assert_cmpuint (plan->len, ==, 0);
  g_assert_null (pc_prediction_new (empty, 0, 0));
  g_assert_null (pc_prediction_new (timeline, 1000, 0));
  g_assert_null (pc_prediction_new (timeline, G_MAXUINT, 0));
}

/* Every word that a row names has a meaning, every key is a verb of ours. */
static void
test_tables (void)
{
  for (guint i = 0; i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);
    const PcAnswers *answers = protocol->answers;

    g_assert_nonnull (answers);
    for (const PcAnswerRow *row = answers->rows;
         row != NULL && row->to != NULL; row++) {
      g_auto (GStrv) words = g_strsplit (row->words, "|", -1);
      gboolean known = !g_ascii_isupper (row->to[0]);

      g_test_message ("%s %s", protocol->id, row->to);
      for (const PcVerbInfo *verb = protocol->verbs; verb->name != NULL;
           verb++)
        known = known || g_str_equal (verb->name, row->to);
      g_assert_true (known);
      g_assert_cmpuint (g_strv_length (words), >=, 3);
      for (guint k = 0; words[k] != NULL; k++) {
        const PcAnswerWord *word = answers->words;

        while (word->word != NULL && !g_str_equal (word->word, words[k]))
          word++;
        g_assert_cmpstr (word->word, ==, words[k]);
      }
    }
  }
}

/* What is not of the protocol has no word. */
static void
test_foreign (void)
{
  static const char *const foreign[] = { "", "\n", "G", "GET", "2", "25x\r\n",
                                         "\0\0\0\0", "\xff\xff\xff\xff\n" };

  for (guint i = 0; i < PC_N_PROTOCOLS; i++)
    for (guint k = 0; k < G_N_ELEMENTS (foreign); k++) {
      g_autofree char *word = pc_registry_get (i)->answers->read (
          (const guint8 *) foreign[k], strlen (foreign[k]));

      g_assert_null (word);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/predict/all", test_all);
  g_test_add_func ("/predict/plan", test_plan);
  g_test_add_func ("/predict/known", test_known);
  g_test_add_func ("/predict/nowhere", test_nowhere);
  g_test_add_func ("/predict/tables", test_tables);
  g_test_add_func ("/predict/foreign", test_foreign);
  return g_test_run ();
}
