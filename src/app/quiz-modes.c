/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The ways to begin: practice and drills become a session, exams and the
 * placement test go to the page of exams. */

#include "app/quiz-page.h"

#include "app/quiz-page-private.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>

#define N_PRACTICE 20 /* questions at a time */

/* What is due and new, in one bank or all; or the pairs that were mixed up. */
static GArray *
choose_picks (PcQuizPage *self,
              const char *mode,
              const char *scope,
              guint64     seed)
{
  g_autoptr (PcCatalogue) one = NULL;
  PcCatalogue *catalogue = pc_learning_get_catalogue (self->learning);
  PcMemories *memory = pc_learning_get_memory (self->learning);
  PcPlanOptions options = {
    .today = pc_learning_get_today (self->learning),
    .n_new = PC_PLAN_NEW_A_DAY,
    .seed = seed,
  };
  PcBank *bank = pc_content_find_bank (self->content, scope);
  GArray *picks;

  if (g_str_equal (mode, "drill"))
    return pc_choose_drill (catalogue,
                            pc_learning_get_confusions (self->learning),
                            N_PRACTICE, seed);
  if (bank != NULL) {
    one = pc_catalogue_new ();
    pc_catalogue_add_bank (one, bank);
    catalogue = one;
  }
  picks = pc_choose_practice (catalogue, memory, &options, N_PRACTICE);
  if (picks->len > 0)
    return picks;
  g_array_unref (picks);
  /* Done for today, and wants to go on. */
  options.ahead = TRUE;
  options.n_new = G_MAXUINT;
  return pc_choose_practice (catalogue, memory, &options, N_PRACTICE);
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
  g_autoptr (GArray) picks = choose_picks (self, mode, scope, options.seed);

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
  } else if (g_str_equal (mode, "exam")) {
    gtk_stack_set_visible_child_name (self->stack, "setup");
    gtk_widget_grab_focus (GTK_WIDGET (self->setup));
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (
            G_ACTION_MAP (self->actions), "quiz-leave")),
        TRUE);
  }
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
