/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Options: the one, or those, that are right. */

#include "app/answer-kinds.h"

#include "app/option-list.h"

#include <glib/gi18n-lib.h>

struct _PcOptionsAnswer
{
  PcAnswerView parent_instance;

  GtkWidget *list;
};

G_DEFINE_FINAL_TYPE (PcOptionsAnswer, pc_options_answer, PC_TYPE_ANSWER_VIEW)

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcOptionsAnswer *self = PC_OPTIONS_ANSWER (view);

  self->list = pc_option_list_new (view, session, _ ("Options"));
  gtk_box_append (pc_answer_view_get_box (view), self->list);
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  answer->kind = PC_ANSWER_OPTIONS;
  answer->options = pc_option_list_get_chosen (PC_OPTIONS_ANSWER (view)->list);
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  pc_option_list_set_chosen (PC_OPTIONS_ANSWER (view)->list, answer->options);
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  pc_option_list_reveal (PC_OPTIONS_ANSWER (view)->list, answer->options);
}

static gboolean
choose (PcAnswerView *view,
        guint         key)
{
  return pc_option_list_choose (PC_OPTIONS_ANSWER (view)->list, key);
}

static void
pc_options_answer_class_init (PcOptionsAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  view_class->explains_itself = TRUE;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  view_class->choose = choose;
}

static void
pc_options_answer_init (PcOptionsAnswer *self)
{
}
