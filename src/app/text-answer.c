/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A prediction in one's own words: nothing to recognise, all to know. */

#include "app/answer-kinds.h"

#include <glib/gi18n-lib.h>

#define MAX_LENGTH 998 /* a line of mail, RFC 5322 2.1.1 */

struct _PcTextAnswer
{
  PcAnswerView parent_instance;

  GtkWidget *entry;
};

G_DEFINE_FINAL_TYPE (PcTextAnswer, pc_text_answer, PC_TYPE_ANSWER_VIEW)

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
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcTextAnswer *self = PC_TEXT_ANSWER (view);
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
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcTextAnswer *self = PC_TEXT_ANSWER (view);
  g_autofree char *text =
      g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));

  pc_answer_set_text (answer, g_strstrip (text));
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  gtk_widget_set_sensitive (PC_TEXT_ANSWER (view)->entry, FALSE);
}

static void
pc_text_answer_class_init (PcTextAnswerClass *klass)
{
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->reveal = reveal;
}

static void
pc_text_answer_init (PcTextAnswer *self)
{
}
