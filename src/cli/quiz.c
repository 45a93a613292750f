/* SPDX-License-Identifier: GPL-3.0-or-later */

/* portcall-cli quiz: questions in a terminal.
 *
 * What is due comes first, as in the application, and answers go to the same
 * record.  For an exam, with a seed of one's own or without a record each bank
 * has a session of its own, and they take turns, so that subjects mix.
 */

#include "base/paths.h"
#include "cli/quiz-private.h"
#include "quiz/choose.h"
#include "quiz/day.h"
#include "quiz/generate.h"
#include "quiz/record-answer.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NO_SEED G_MININT64 /* none was given */

typedef struct
{
  gint     n_items;
  gint64   seed;
  char    *mode;
  char   **types;
  char   **objectives;
  char   **tags;
  gboolean no_record;
  gboolean seeded;
  gboolean generated;
} Options;

typedef struct
{
  PcLibrary  *library;
  PcServices *services;
  GPtrArray  *banks;    /* PcBank */
  GPtrArray  *sessions; /* PcSession, one per bank, or one for all */
  PcRecord   *record;   /* or NULL */
  const char *language;
  char       *sitting;
  gboolean    exam;
  guint       n_items;
  guint       n_asked;
  guint       n_answered; /* with those that came back */
} Quiz;

static void
options_clear (Options *self)
{
  g_clear_pointer (&self->mode, g_free);
  g_clear_pointer (&self->types, g_strfreev);
  g_clear_pointer (&self->objectives, g_strfreev);
  g_clear_pointer (&self->tags, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Options, options_clear)

static void
quiz_clear (Quiz *self)
{
  g_clear_pointer (&self->sessions, g_ptr_array_unref);
  g_clear_pointer (&self->banks, g_ptr_array_unref);
  g_clear_pointer (&self->record, pc_record_close);
  g_clear_pointer (&self->services, pc_services_unref);
  g_clear_pointer (&self->library, pc_library_free);
  g_clear_pointer (&self->sitting, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Quiz, quiz_clear)

/* -- banks ---------------------------------------------------------------- */

static gboolean
has_step_cb (const char *scenario,
             const char *step,
             gpointer    user_data)
{
  PcScenario *found = pc_library_find (user_data, scenario);

  return found != NULL && (step == NULL || pc_scenario_has_mark (found, step));
}

/* Problems of a bank that was named are told; those of others are the matter
 * of "check". */
static gboolean
load_bank (Quiz       *self,
           const char *path,
           const char *id,
           gboolean    named)
{
  g_autoptr (PcProblems) problems = pc_problems_new ();
  g_autoptr (PcBank) bank = pc_bank_load (path, self->services, problems,
                                          has_step_cb, self->library);

  if (named)
    pc_command_print_problems (problems);
  if (bank == NULL || (id != NULL && strcmp (pc_bank_get_id (bank), id) != 0))
    return FALSE;
  g_ptr_array_add (self->banks, g_steal_pointer (&bank));
  return TRUE;
}

/* Every bank of @folder, or the one with @id. */
static gboolean
load_folder (Quiz       *self,
             const char *folder,
             const char *id)
{
  g_auto (GStrv) files = pc_paths_list (folder, ".json");
  gboolean found = FALSE;

  for (guint i = 0; files[i] != NULL; i++)
    found = load_bank (self, files[i], id, FALSE) || found;
  return found;
}

static gboolean
load_known (Quiz       *self,
            const char *id)
{
  g_autofree char *installed = pc_paths_get_data ("questions");
  g_autofree char *own = pc_paths_get_user_data ("questions");
  gboolean         found = load_folder (self, installed, id);

  return load_folder (self, own, id) || found;
}

/* Of the service table, by the seed.  FALSE after having said what is
 * wrong. */
static gboolean
load_generated (Quiz          *self,
                const Options *options)
{
  const PcGenerateOptions make = {
    .seed = (guint64) options->seed,
    .every = TRUE,
  };
  g_autoptr (PcProblems)  problems = pc_problems_new ();
  PcBank                 *bank = NULL;

  if (self->services != NULL)
    bank = pc_generate_bank (self->services, &make, problems);
  /* What a made question could do better is no matter of who answers. */
  if (bank != NULL)
    g_ptr_array_add (self->banks, bank);
  else
    pc_command_error (_ ("There is no service table to make questions of."));
  return bank != NULL;
}

/* FALSE after having said what is wrong. */
static gboolean
load_banks (Quiz          *self,
            const Options *options,
            char         **names)
{
  if (options->generated && !load_generated (self, options))
    return FALSE;
  if (*names == NULL && !options->generated && !load_known (self, NULL)) {
    pc_command_error (_ ("There are no question banks."));
    return FALSE;
  }
  for (; *names != NULL; names++) {
    gboolean file = strchr (*names, '/') != NULL ||
                    g_str_has_suffix (*names, ".json");

    if (file ? load_bank (self, *names, NULL, TRUE)
             : load_known (self, *names))
      continue;
    pc_command_error (_ ("There is no question bank “%s”."), *names);
    return FALSE;
  }
  return TRUE;
}

/* -- sessions ------------------------------------------------------------- */

/* FALSE after having said what is wrong. */
static gboolean
parse_types (char **names,
             guint *types)
{
  *types = 0;
  for (; names != NULL && *names != NULL; names++) {
    PcItemType type = PC_ITEM_SINGLE;

    while (type <= PC_ITEM_CONFIGURE &&
           strcmp (pc_item_type_to_string (type), *names) != 0)
      type++;
    if (type > PC_ITEM_CONFIGURE) {
      pc_command_error (_ ("“%s” is no type of question: take single, "
                           "multiple, number, match, order, fault, predict "
                           "or configure."),
                        *names);
      return FALSE;
    }
    *types |= 1u << type;
  }
  return TRUE;
}

/* One for each bank.  FALSE when nothing fits. */
static gboolean
make_by_seed (Quiz                   *self,
              const PcSessionOptions *options)
{
  gboolean any = FALSE;

  for (guint i = 0; i < self->banks->len; i++) {
    PcSession *session = pc_session_new (g_ptr_array_index (self->banks, i),
                                         options);

    g_ptr_array_add (self->sessions, session);
    any = any || !pc_session_is_finished (session);
  }
  return any;
}

static gboolean
fits_cb (const PcPick *pick,
         gpointer      data)
{
  return g_hash_table_contains (data, pick->item);
}

/* The items that were asked for: what sessions of them would ask. */
static GHashTable *
find_wanted (Quiz                   *self,
             const PcSessionOptions *options)
{
  PcSessionOptions all = *options;
  GHashTable      *wanted = g_hash_table_new (NULL, NULL);

  all.n_items = 0;
  for (guint i = 0; i < self->banks->len; i++) {
    g_autoptr (PcSession) session =
        pc_session_new (g_ptr_array_index (self->banks, i), &all);

    for (; !pc_session_is_finished (session); pc_session_next (session))
      g_hash_table_add (wanted, pc_session_get_item (session));
  }
  return wanted;
}

/* What is due, then new, of all banks.  FALSE when nothing fits. */
static gboolean
make_by_memory (Quiz                   *self,
                const PcSessionOptions *options)
{
  const PcMemoriesOptions memories = { .exam = PC_DAY_NONE };
  g_autoptr (PcMemories)  memory = pc_memories_new (&memories);
  g_autoptr (PcCatalogue) catalogue = pc_catalogue_new ();
  g_autoptr (GHashTable)  wanted = find_wanted (self, options);
  g_autoptr (GArray)      picks = NULL;
  g_autoptr (GError)      error = NULL;

  if (!pc_record_replay (self->record, memory, &error)) {
    pc_command_error (_ ("What you know cannot be read: %s"), error->message);
    return make_by_seed (self, options);
  }
  for (guint i = 0; i < self->banks->len; i++)
    pc_catalogue_add_bank (catalogue, g_ptr_array_index (self->banks, i));
  picks = pc_choose_today (catalogue, memory,
                           pc_day_from_time (g_get_real_time (), NULL),
                           self->n_items, options->seed, fits_cb, wanted);
  g_ptr_array_add (self->sessions,
                   pc_session_new_from_picks (
                       (const PcPick *) (gpointer) picks->data, picks->len,
                       options));
  return picks->len > 0;
}

/* FALSE after having said what is wrong. */
static gboolean
make_sessions (Quiz          *self,
               const Options *options)
{
  PcSessionOptions make = {
    .mode = self->exam ? PC_SESSION_EXAM : PC_SESSION_PRACTICE,
    .seed = (guint64) options->seed,
    .n_items = self->n_items,
    .objectives = (const char *const *) options->objectives,
    .tags = (const char *const *) options->tags,
  };
  gboolean any;

  if (!parse_types (options->types, &make.types))
    return FALSE;
  any = self->exam || options->seeded || self->record == NULL
            ? make_by_seed (self, &make)
            : make_by_memory (self, &make);
  if (!any)
    pc_command_error (_ ("No question fits what you asked for."));
  return any;
}

/* The session whose turn it is; NULL when all is asked.  Beyond the number
 * that was asked for only wrong ones come back. */
static PcSession *
next_session (Quiz *self,
              guint turn)
{
  for (guint i = 0; i < self->sessions->len; i++) {
    PcSession *session = g_ptr_array_index (
        self->sessions, (turn + i) % self->sessions->len);

    while (self->n_items > 0 && self->n_asked >= self->n_items &&
           !pc_session_is_finished (session) &&
           !pc_session_get_retry (session))
      pc_session_next (session);
    if (!pc_session_is_finished (session))
      return session;
  }
  return NULL;
}

/* -- record --------------------------------------------------------------- */

static void
open_record (Quiz *self)
{
  g_autofree char *path = pc_record_dup_default_path ();
  g_autoptr (GError) error = NULL;

  self->record = pc_record_open (path, &error);
  if (self->record == NULL)
    pc_command_error (_ ("Answers cannot be kept: %s"), error->message);
  else if (pc_record_get_set_aside (self->record) != NULL)
    pc_command_error (_ ("The record of answers was damaged and is now “%s”."),
                      pc_record_get_set_aside (self->record));
}

static void
save (Quiz                  *self,
      PcSession             *session,
      const PcSessionAnswer *answer)
{
  g_autofree char      *order = pc_session_dup_option_order (session);
  g_autoptr (GError)    error = NULL;
  const PcRecordSitting sitting = {
    .session = self->sitting,
    .mode = self->exam ? "exam" : "practice",
    .seed = pc_session_get_seed (session),
    .number = self->n_answered + 1,
    .time_us = g_get_real_time (),
  };
  PcRecordAnswer *row;

  if (self->record == NULL)
    return;
  row = pc_record_answer_new (answer, pc_session_get_bank (session), order,
                              &sitting);
  if (pc_record_add (self->record, row, &error) == 0)
    pc_command_error (_ ("This answer was not kept: %s"), error->message);
  pc_record_answer_free (row);
}

/* -- course --------------------------------------------------------------- */

static void
print_head (Quiz      *self,
            PcSession *session)
{
  const char *title = pc_bank_get_title (pc_session_get_bank (session));

  g_print ("\n");
  if (pc_session_get_retry (session))
    g_print (_ ("Once more · %s"), title);
  else
    g_print (_ ("Question %u · %s"), self->n_asked + 1, title);
  g_print ("\n");
}

/* FALSE to end. */
static gboolean
ask_one (Quiz      *self,
         PcSession *session)
{
  PcQuizAsk       ask = { session, pc_session_get_item (session),
                          self->library, self->language };
  gint64          start = g_get_monotonic_time ();
  gboolean        retry = pc_session_get_retry (session);
  PcCertainty     certainty = PC_CERTAINTY_UNASKED;
  g_auto (PcAnswer) answer = { .kind = PC_ANSWER_BLANK };
  const PcSessionAnswer *row;
  gboolean        more = TRUE;

  print_head (self, session);
  if (pc_quiz_ask (&ask, &answer) == PC_QUIZ_QUIT)
    return FALSE;
  if (!self->exam && answer.kind != PC_ANSWER_BLANK)
    more = pc_quiz_ask_certainty (&certainty);
  row = pc_session_answer (session, &answer, certainty,
                           g_get_monotonic_time () - start);
  save (self, session, row);
  self->n_answered++;
  if (!retry)
    self->n_asked++;
  if (!self->exam) {
    pc_quiz_tell (&ask, row);
    more = more && pc_quiz_offer_more (&ask, row);
  }
  pc_session_next (session);
  return more;
}

/* After an exam: what was not right, and why. */
static void
review (Quiz *self)
{
  for (guint i = 0; i < self->sessions->len; i++) {
    PcSession *session = g_ptr_array_index (self->sessions, i);

    for (guint j = 0; j < pc_session_get_n_answers (session); j++) {
      const PcSessionAnswer *row = pc_session_get_nth_answer (session, j);
      const PcQuizAsk ask = { session, row->item, self->library,
                              self->language };

      /* Those that nobody was shown were passed over. */
      if (row->grade.correct || row->time_us == 0)
        continue;
      g_print ("\n");
      pc_quiz_print_text (pc_item_get_stem (row->item, self->language));
      pc_quiz_tell (&ask, row);
    }
  }
}

static void
print_result (Quiz *self)
{
  guint n = 0, n_correct = 0, n_sure = 0, n_sure_correct = 0;

  for (guint i = 0; i < self->sessions->len; i++) {
    PcSession *session = g_ptr_array_index (self->sessions, i);

    for (guint j = 0; j < pc_session_get_n_answers (session); j++) {
      const PcSessionAnswer *row = pc_session_get_nth_answer (session, j);

      if (row->retry || row->time_us == 0)
        continue;
      n++;
      n_correct += row->grade.correct ? 1 : 0;
      if (row->certainty == PC_CERTAINTY_SURE) {
        n_sure++;
        n_sure_correct += row->grade.correct ? 1 : 0;
      }
    }
  }
  g_print ("\n");
  g_print (_ ("%u of %u right."), n_correct, n);
  g_print ("\n");
  if (n_sure > 0) {
    g_print (_ ("Of those you were sure of: %u of %u."), n_sure_correct,
             n_sure);
    g_print ("\n");
  }
}

static void
run (Quiz *self)
{
  PcSession *session;
  guint      turn = 0;

  while ((session = next_session (self, turn++)) != NULL) {
    if (!ask_one (self, session))
      break;
  }
  if (self->exam)
    review (self);
  print_result (self);
}

/* FALSE after having said what is wrong. */
static gboolean
check_options (Options *options)
{
  if (options->mode != NULL && strcmp (options->mode, "practice") != 0 &&
      strcmp (options->mode, "exam") != 0) {
    pc_command_error (_ ("“%s” is no way to ask: take practice or exam."),
                      options->mode);
    return FALSE;
  }
  if (options->n_items < 0) {
    pc_command_error (_ ("The number of questions cannot be negative."));
    return FALSE;
  }
  return TRUE;
}

int
pc_command_quiz (int    argc,
                 char **argv)
{
  g_auto (Options) options = { .n_items = 10, .seed = NO_SEED };
  GOptionEntry entries[] = {
    { "items", 'n', 0, G_OPTION_ARG_INT, &options.n_items,
      N_ ("How many questions; 0 for all"), "N" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options.seed,
      N_ ("The same number gives the same questions in the same order"), "S" },
    { "mode", 0, 0, G_OPTION_ARG_STRING, &options.mode,
      N_ ("practice: a verdict after each answer, and wrong ones come back; "
          "exam: all verdicts at the end"),
      "practice|exam" },
    { "type", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.types,
      N_ ("Only questions of this type; may be given again"), "TYPE" },
    { "objective", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.objectives,
      N_ ("Only questions for this objective; may be given again"), "ID" },
    { "tag", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.tags,
      N_ ("Only questions with this tag; may be given again"), "TAG" },
    { "generated", 0, 0, G_OPTION_ARG_NONE, &options.generated,
      N_ ("Questions on ports, made from the service table: others for every "
          "seed"),
      NULL },
    { "no-record", 0, 0, G_OPTION_ARG_NONE, &options.no_record,
      N_ ("Do not keep the answers"), NULL },
    { NULL },
  };
  g_auto (Quiz) self = { 0 };
  g_autoptr (PcProblems) ignored = pc_problems_new ();
  g_autofree char *table = pc_paths_get_data ("services.json");
  g_autofree char *seed = NULL;

  if (!pc_command_parse (&argc, &argv, entries, "[BANK…]",
                         _ ("Asks questions, first those on what you are about "
                            "to forget. BANK is an id or a file; without one, "
                            "all banks are asked. With a seed, in an exam or "
                            "without a record the seed decides, and banks take "
                            "turns. “-” gives up a question, “h” shows a hint, "
                            "“q” ends.")) ||
      !check_options (&options))
    return PC_EXIT_USAGE;
  self.library = pc_command_load_library ();
  self.services = pc_services_load (table, ignored);
  self.banks = g_ptr_array_new_with_free_func (g_object_unref);
  self.sessions = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_session_free);
  self.language = g_get_language_names ()[0];
  self.sitting = g_uuid_string_random ();
  self.exam = g_strcmp0 (options.mode, "exam") == 0;
  self.n_items = (guint) options.n_items;
  options.seeded = options.seed != NO_SEED;
  if (!options.seeded)
    options.seed = (gint64) g_random_int ();
  if (!load_banks (&self, &options, argv + 1))
    return PC_EXIT_USAGE;
  if (!options.no_record)
    open_record (&self);
  if (!make_sessions (&self, &options))
    return PC_EXIT_USAGE;
  seed = g_strdup_printf ("%" G_GINT64_FORMAT, options.seed);
  g_print (_ ("Seed %s"), seed);
  g_print ("\n");
  run (&self);
  return PC_EXIT_OK;
}
