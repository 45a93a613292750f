/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Labels only: the session says in which order. */

#include "app/vote-body.h"

#include "app/feedback-list.h"
#include "app/transcript.h"

#include "quiz/markup.h"

#include <glib/gi18n-lib.h>

static void
add_text (GtkBox     *box,
          const char *text,
          const char *style)
{
  g_autofree char *markup = pc_markup_to_pango (text);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (box, label);
}

/* "1  …" or "a  …", as one would say it. */
static void
add_list (GtkBox     *box,
          PcSession  *session,
          PcItemList  list,
          gboolean    letters,
          const char *language)
{
  PcItem *item = pc_session_get_item (session);
  guint n = 0;
  const guint *order = pc_session_get_order (session, list, &n);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  if (n == 0)
    return;
  gtk_widget_set_hexpand (column, TRUE);
  gtk_widget_add_css_class (column, "vote-list");
  for (guint i = 0; i < n; i++) {
    const char *text = pc_item_get_choice_text (item, list, order[i],
                                                language);
    g_autofree char *line =
        letters ? g_strdup_printf ("%c  %s", (char) ('A' + i), text)
                : g_strdup_printf ("%u  %s", i + 1, text);

    add_text (GTK_BOX (column), line, "vote-text");
  }
  gtk_box_append (box, column);
}

static void
add_fields (GtkBox     *box,
            PcItem     *item,
            const char *language)
{
  for (guint i = 0; i < pc_item_get_n_fields (item); i++) {
    g_autoptr (GString) line =
        g_string_new (pc_item_get_field_label (item, i, language));
    guint n = pc_item_get_n_field_choices (item, i);

    for (guint j = 0; j < n; j++)
      g_string_append_printf (
          line, "%s%s", j == 0 ? ": " : " / ",
          pc_item_get_field_choice_text (item, i, j, language));
    add_text (box, line->str, "vote-text");
  }
}

static void
add_lines (GtkBox     *box,
           PcItem     *item,
           const char *language)
{
  GtkWidget *list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  guint n = pc_item_get_stimulus (item)->n_lines;

  gtk_widget_add_css_class (list, "transcript");
  for (guint i = 0; i < n; i++)
    gtk_box_append (GTK_BOX (list),
                    pc_transcript_line_new (item, i, TRUE, language));
  gtk_box_append (box, list);
}

void
pc_vote_body_fill (GtkBox     *box,
                   PcSession  *session,
                   const char *language)
{
  PcItem *item;
  GtkWidget *columns;

  g_return_if_fail (GTK_IS_BOX (box) && session != NULL);

  item = pc_session_get_item (session);
  switch (pc_item_get_item_type (item)) {
  case PC_ITEM_FAULT:
    add_lines (box, item, language);
    add_list (box, session, PC_ITEM_OPTIONS, TRUE, language);
    return;
  case PC_ITEM_MATCH:
    columns = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
    gtk_box_set_homogeneous (GTK_BOX (columns), TRUE);
    add_list (GTK_BOX (columns), session, PC_ITEM_LEFT, FALSE, language);
    add_list (GTK_BOX (columns), session, PC_ITEM_RIGHT, TRUE, language);
    gtk_box_append (box, columns);
    break;
  case PC_ITEM_ORDER:
    add_list (box, session, PC_ITEM_STEPS, TRUE, language);
    break;
  case PC_ITEM_CONFIGURE: add_fields (box, item, language); break;
  case PC_ITEM_SINGLE:
  case PC_ITEM_MULTIPLE:
  case PC_ITEM_NUMBER:
  case PC_ITEM_PREDICT:
  default: break;
  }
  if (pc_item_get_stimulus (item) != NULL)
    gtk_box_prepend (box, pc_transcript_new (item, language));
}

void
pc_vote_body_reveal (GtkBox     *box,
                     PcSession  *session,
                     gboolean    listed,
                     const char *language)
{
  const PcAnswer blank = { .kind = PC_ANSWER_BLANK };
  PcItem *item;
  const char *line;

  g_return_if_fail (GTK_IS_BOX (box) && session != NULL);

  item = pc_session_get_item (session);
  line = pc_item_get_answer_line (item, language);
  if (line != NULL)
    add_text (box, line, "vote-answer");
  if (!listed)
    pc_feedback_list_fill (box, item, &blank, FALSE, language);
}
