/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to begin: practice and drills become a session, exams and the
 * placement test go to the page of exams. */

#include "app/quiz-page.h"

#include "app/quiz-page-private.h"
#include "app/toasts.h"

#include "quiz/generate.h"

#include <glib/gi18n-lib.h>

#define N_PRACTICE 20 /* questions at a time */

/* Questions from the service table: others for every seed, those that were
 * mixed up in the first place.  NULL where the table allows none.  Transfer
 * full. */
static PcBank *
generate (PcQuizPage *self,
          guint64     seed)
{
  GArray *confusions = pc_learning_get_confusions (self->learning);
  g_autoptr (GPtrArray) confused = g_ptr_array_new ();

  for (guint i = 0; i < confusions->len; i++) {
    const PcConfusion *pair = &g_array_index (confusions, PcConfusion, i);

    if (pair->right != NULL)
      g_ptr_array_add (confused, (gpointer) pair->right);
    if (pair->chosen != NULL)
      g_ptr_array_add (confused, (gpointer) pair->chosen);
  }
  g_ptr_array_add (confused, NULL);
  return pc_content_generate (self->content, seed,
                              (const char *const *) confused->pdata);
}

/* The pairs that were mixed up: written questions first, then as many made
 * ones as are missing. */
static GArray *
choose_drill (PcQuizPage  *self,
              PcCatalogue *made,
              guint64      seed)
{
  GArray *confusions = pc_learning_get_confusions (self->learning);
  GArray *picks =
      pc_choose_drill (pc_learning_get_catalogue (self->learning), confusions,
                       N_PRACTICE, seed);
  g_autoptr (GArray) more = pc_choose_drill (
      made, confusions, N_PRACTICE - MIN (picks->len, N_PRACTICE), seed);

  g_array_append_vals (picks, more->data, more->len);
  return picks;
}

/* What is due and new, in one bank or all; or the pairs that were mixed up.
 * @made: one that is to live as long as the picks. */
static GArray *
choose_picks (PcQuizPage  *self,
              const char  *mode,
              const char  *scope,
              PcCatalogue *made,
              guint64      seed)
{
  gboolean drill = g_str_equal (mode, "drill");
  gboolean ports = g_str_equal (scope, PC_GENERATE_BANK_ID);
  PcCatalogue *catalogue = pc_learning_get_catalogue (self->learning);
  g_autoptr (PcBank) generated =
      drill || ports ? generate (self, seed) : NULL;
  PcBank *bank =
      ports ? generated : pc_content_find_bank (self->content, scope);

  if (drill && generated != NULL)
    pc_catalogue_add_bank (made, generated);
  if (drill)
    return choose_drill (self, made, seed);
  if (bank != NULL || ports)
    catalogue = made;
  if (bank != NULL)
    pc_catalogue_add_bank (made, bank);
  return pc_choose_today (catalogue, pc_learning_get_memory (self->learning),
                          pc_learning_get_today (self->learning), N_PRACTICE,
                          seed, NULL, NULL);
}

void
pc_quiz_page_start_mode (PcQuizPage *self,
                         const char *name,
                         const char *bank)
{
  /* They may be our own. */
  g_autofree char *mode = g_strdup (name);
  g_autofree char *scope = g_strdup (bank);
  PcSessionOptions options = {
    .mode = PC_SESSION_PRACTICE,
    .seed = ((guint64) g_random_int () << 32) | g_random_int (),
  };
  g_autoptr (PcCatalogue) made = pc_catalogue_new ();
  g_autoptr (GArray) picks =
      choose_picks (self, mode, scope, made, options.seed);

  if (picks->len == 0) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("There is nothing to ask here."));
    return;
  }
  g_clear_pointer (&self->session, pc_session_free);
  g_free (self->sitting);
  self->sitting = g_uuid_string_random ();
  self->session = pc_session_new_from_picks (
      (const PcPick *) (gpointer) picks->data, picks->len, &options);
  g_clear_pointer (&self->only, g_free);
  g_free (self->mode);
  self->mode = g_steal_pointer (&mode);
  g_free (self->scope);
  self->scope = g_steal_pointer (&scope);
  pc_quiz_page_show_current (self);
}

/* -- exams ---------------------------------------------------------------- */

/* Takes over @exam; NULL when there are no questions. */
static void
start_exam (PcQuizPage *self,
            PcExam     *exam,
            const char *mode)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *name = g_strdup_printf ("%s:%s", mode, uuid);

  if (exam == NULL) {
    pc_toasts_tell (GTK_WIDGET (self), _ ("There is nothing to ask here."));
    return;
  }
  g_clear_pointer (&self->session, pc_session_free);
  pc_quiz_page_update_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "exam");
  pc_exam_page_start (self->exam, exam, name, mode);
}

static void
resume_exam (PcQuizPage *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;
  g_autofree char *mode = NULL;
  PcExam *exam =
      pc_learning_resume_exam (self->learning, &name, &mode, &error);

  if (exam == NULL) {
    pc_toasts_tell (GTK_WIDGET (self), error->message);
    return;
  }
  gtk_stack_set_visible_child_name (self->stack, "exam");
  pc_exam_page_start (self->exam, exam, name, mode);
}

static void
exam_mock_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       data)
{
  PcQuizPage *self = data;

  if (self->content != NULL && !pc_exam_page_is_running (self->exam))
    start_exam (self,
                pc_exam_make_mock (self->learning,
                                   g_variant_get_string (parameter, NULL)),
                "exam");
}

static void
exam_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcQuizPage *self = data;
  const char *name = g_action_get_name (G_ACTION (action));
  g_autofree char *left = NULL;

  if (self->content == NULL || pc_exam_page_is_running (self->exam))
    return;
  if (g_str_equal (name, "exam-begin")) {
    start_exam (self, pc_exam_setup_make (self->setup), "exam");
    return;
  }
  left = pc_learning_describe_exam (self->learning);
  if (left == NULL)
    return;
  if (g_str_equal (name, "exam-resume")) {
    resume_exam (self);
  } else {
    pc_learning_drop_exam (self->learning, NULL);
    pc_quiz_start_update (self->start);
  }
}

static void
mode_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcQuizPage *self = data;
  const char *mode = g_variant_get_string (parameter, NULL);

  if (self->content == NULL || pc_exam_page_is_running (self->exam))
    return;
  if (g_str_equal (mode, "drill")) {
    pc_quiz_page_start_mode (self, "drill", "");
  } else if (g_str_equal (mode, "placement")) {
    start_exam (self, pc_exam_make_placement (self->learning), "placement");
  } else if (g_str_equal (mode, "exam") || g_str_equal (mode, "vote")) {
    gboolean exam = g_str_equal (mode, "exam");

    g_clear_pointer (&self->session, pc_session_free);
    gtk_stack_set_visible_child_name (self->stack, exam ? "setup" : "vote");
    pc_quiz_page_update_actions (self);
    gtk_widget_grab_focus (
        GTK_WIDGET (exam ? self->setup : self->vote_setup));
  }
}

void
pc_quiz_page_banks_changed (PcQuizPage *self)
{
  const char *view = gtk_stack_get_visible_child_name (self->stack);
  guint n;

  g_return_if_fail (PC_IS_QUIZ_PAGE (self) && self->content != NULL);

  n = g_list_model_get_n_items (pc_content_get_banks (self->content));
  pc_quiz_start_set_learning (self->start, self->learning);
  pc_exam_setup_set_learning (self->setup, self->learning);
  if (g_strcmp0 (view, "choose") == 0 || g_strcmp0 (view, "empty") == 0)
    gtk_stack_set_visible_child_name (self->stack,
                                      n > 0 ? "choose" : "empty");
}

void
pc_quiz_page_init_modes (PcQuizPage *self)
{
  static const GActionEntry entries[] = {
    { .name = "quiz-mode", .activate = mode_cb, .parameter_type = "s" },
    { .name = "exam-mock", .activate = exam_mock_cb, .parameter_type = "s" },
    { .name = "exam-begin", .activate = exam_cb },
    { .name = "exam-resume", .activate = exam_cb },
    { .name = "exam-discard", .activate = exam_cb },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
