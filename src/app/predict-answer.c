/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prediction: chosen among options, or in one's own words, where there is
 * nothing to recognise and all to know.  Where there are options, either is
 * put in place of the other at will. */

#include "app/answer-kinds.h"

#include "app/option-list.h"

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 998 /* a line of mail, RFC 5322 2.1.1 */

struct _PcPredictAnswer
{
  PcAnswerView parent_instance;

  GtkWidget *list; /* or NULL */
  GtkWidget *entry;
  GtkWidget *other; /* the button for the other way; or NULL */
  gboolean   typing;
};

G_DEFINE_FINAL_TYPE (PcPredictAnswer, pc_predict_answer, PC_TYPE_ANSWER_VIEW)

static const char *
get_placeholder (PcItemAsk ask)
{
  switch (ask) {
  case PC_ITEM_ASK_COMMAND: return _ ("Type the client's next command");
  case PC_ITEM_ASK_STATE: return _ ("Type the name of the server's state");
  case PC_ITEM_ASK_PACKET: return _ ("Type the name of the next packet");
  case PC_ITEM_ASK_REPLY:
  default: return _ ("Type how the server's reply begins");
  }
}

static void
set_typing (PcPredictAnswer *self,
            gboolean         typing)
{
  self->typing = typing;
  gtk_widget_set_visible (self->entry, typing);
  if (self->list == NULL)
    return;
  gtk_widget_set_visible (self->list, !typing);
  gtk_button_set_label (GTK_BUTTON (self->other),
                        typing ? _ ("_Choose Instead")
                               : _ ("_Type It Instead"));
}

static void
other_cb (PcPredictAnswer *self)
{
  set_typing (self, !self->typing);
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  pc_answer_view_changed (PC_ANSWER_VIEW (self));
}

static void
add_entry (PcPredictAnswer *self)
{
  PcAnswerView *view = PC_ANSWER_VIEW (self);
  const char *what =
      get_placeholder (pc_item_get_ask (pc_answer_view_get_item (view)));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), what);
  gtk_entry_set_max_length (GTK_ENTRY (self->entry), MAX_LENGTH);
  /* What people type goes on a wire, not into a letter. */
  gtk_entry_set_input_hints (GTK_ENTRY (self->entry),
                             GTK_INPUT_HINT_NO_SPELLCHECK |
                                 GTK_INPUT_HINT_NO_EMOJI);
  gtk_widget_add_css_class (self->entry, "number");
  gtk_widget_add_css_class (self->entry, "monospace");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, what, -1);
  g_signal_connect_object (self->entry, "changed",
                           G_CALLBACK (pc_answer_view_changed), view,
                           G_CONNECT_SWAPPED);
  gtk_box_append (pc_answer_view_get_box (view), self->entry);
}

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcPredictAnswer *self = PC_PREDICT_ANSWER (view);
  gboolean options =
      pc_item_get_n_options (pc_answer_view_get_item (view)) > 0;

  if (options) {
    self->list = pc_option_list_new (view, session, _ ("Options"));
    gtk_box_append (pc_answer_view_get_box (view), self->list);
  }
  add_entry (self);
  if (options) {
    self->other = gtk_button_new ();
    gtk_button_set_use_underline (GTK_BUTTON (self->other), TRUE);
    gtk_widget_set_halign (self->other, GTK_ALIGN_START);
    gtk_widget_add_css_class (self->other, "pill");
    g_signal_connect_swapped (self->other, "clicked", G_CALLBACK (other_cb),
                              self);
    gtk_box_append (pc_answer_view_get_box (view), self->other);
  }
  pc_answer_view_set_explains_itself (view, options);
  set_typing (self, !options);
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcPredictAnswer *self = PC_PREDICT_ANSWER (view);
  g_autofree char *text = NULL;

  if (!self->typing) {
    answer->kind = PC_ANSWER_OPTIONS;
    answer->options = pc_option_list_get_chosen (self->list);
    return;
  }
  text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  pc_answer_set_text (answer, g_strstrip (text));
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcPredictAnswer *self = PC_PREDICT_ANSWER (view);
  gboolean typed = answer->kind == PC_ANSWER_TEXT;

  set_typing (self, typed || self->list == NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->entry),
                         typed && answer->text != NULL ? answer->text : "");
  if (self->list != NULL)
    pc_option_list_set_chosen (self->list, typed ? 0 : answer->options);
}

/* What was typed stays beside the options, which tell what is right. */
static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  PcPredictAnswer *self = PC_PREDICT_ANSWER (view);

  gtk_widget_set_sensitive (self->entry, FALSE);
  if (self->list == NULL)
    return;
  gtk_widget_set_visible (self->other, FALSE);
  gtk_widget_set_visible (self->list, TRUE);
  pc_option_list_reveal (self->list, answer->kind == PC_ANSWER_OPTIONS
                                         ? answer->options
                                         : 0);
}

static gboolean
choose (PcAnswerView *view,
        guint         key)
{
  PcPredictAnswer *self = PC_PREDICT_ANSWER (view);

  return !self->typing && pc_option_list_choose (self->list, key);
}

static void
pc_predict_answer_class_init (PcPredictAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  view_class->choose = choose;
}

static void
pc_predict_answer_init (PcPredictAnswer *self)
{
}
