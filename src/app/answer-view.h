/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "quiz/session.h"

G_BEGIN_DECLS

/* Where one answers a question: one kind of widget for each kind of answer.
 * All of them can be worked with the keyboard alone.  Emits "changed" when
 * the answer did, until it is revealed. */

#define PC_TYPE_ANSWER_VIEW (pc_answer_view_get_type ())
G_DECLARE_DERIVABLE_TYPE (PcAnswerView, pc_answer_view, PC, ANSWER_VIEW,
                          GtkWidget)

struct _PcAnswerViewClass
{
  GtkWidgetClass parent_class;

  /* What is to be said of an answer is said beside its parts, and need not be
   * listed. */
  gboolean explains_itself;
  /* Each part says whether it was right. */
  gboolean marks_parts;

  /* Once, after the item is set. */
  void (*fill) (PcAnswerView *self,
                PcSession    *session);
  /* Fills the blank @answer with what there is so far. */
  void (*get_answer) (PcAnswerView *self,
                      PcAnswer     *answer);
  /* Shows an answer that was given before, as far as it can be. */
  void (*set_answer) (PcAnswerView   *self,
                      const PcAnswer *answer);
  /* Shows of every part whether it was right; nothing can be changed then. */
  void (*reveal) (PcAnswerView   *self,
                  const PcAnswer *answer);
  /* A digit was pressed.  NULL where digits mean nothing. */
  gboolean (*choose) (PcAnswerView *self,
                      guint         key);
};

/* For the session's current item. */
GtkWidget  *pc_answer_view_new (PcSession  *session,
                                const char *language);
/* @answer is overwritten; clear it.  FALSE when it is not complete. */
gboolean    pc_answer_view_get_answer (PcAnswerView *self,
                                       PcAnswer     *answer);
/* Shows an answer that was given before, as if it were given now; tells
 * nothing of it.  What a record leaves out, such as a password, is empty. */
void        pc_answer_view_set_answer (PcAnswerView   *self,
                                       const PcAnswer *answer);
/* @key: 1 and up.  FALSE when there is nothing of that number. */
gboolean    pc_answer_view_choose (PcAnswerView *self,
                                   guint         key);
void        pc_answer_view_reveal (PcAnswerView   *self,
                                   const PcAnswer *answer);
gboolean    pc_answer_view_explains_itself (PcAnswerView *self);
gboolean    pc_answer_view_marks_parts (PcAnswerView *self);

/* -- for the kinds -------------------------------------------------------- */

PcItem     *pc_answer_view_get_item (PcAnswerView *self);
const char *pc_answer_view_get_language (PcAnswerView *self);
/* Where a kind without a template puts its widgets. */
GtkBox     *pc_answer_view_get_box (PcAnswerView *self);
void        pc_answer_view_changed (PcAnswerView *self);
/* Where that is a matter of the item; in fill(). */
void        pc_answer_view_set_explains_itself (PcAnswerView *self,
                                                gboolean      explains);
/* Whether @part or something in it has the focus. */
gboolean    pc_answer_view_is_focused (GtkWidget *part);

G_END_DECLS
