/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A number is typed, so that it has to be known; where asked, the transport
 * is chosen beside it or typed behind it ("69/udp"). */

#include "app/answer-kinds.h"

struct _PcNumberAnswer
{
  PcAnswerView parent_instance;

  GtkWidget       *box;
  GtkEditable     *number;
  GtkWidget       *transports;
  GtkToggleButton *tcp;
  GtkToggleButton *udp;
};

G_DEFINE_FINAL_TYPE (PcNumberAnswer, pc_number_answer, PC_TYPE_ANSWER_VIEW)

static void
fill (PcAnswerView *view,
      PcSession    *session)
{
  PcNumberAnswer *self = PC_NUMBER_ANSWER (view);

  gtk_widget_set_visible (
      self->transports,
      pc_item_get_ask_transport (pc_answer_view_get_item (view)));
}

static void
get_answer (PcAnswerView *view,
            PcAnswer     *answer)
{
  PcNumberAnswer *self = PC_NUMBER_ANSWER (view);

  if (!pc_answer_parse_number (gtk_editable_get_text (self->number), answer))
    return;
  if (gtk_toggle_button_get_active (self->tcp))
    answer->transport = PC_SERVICE_TRANSPORT_TCP;
  else if (gtk_toggle_button_get_active (self->udp))
    answer->transport = PC_SERVICE_TRANSPORT_UDP;
}

static void
set_answer (PcAnswerView   *view,
            const PcAnswer *answer)
{
  PcNumberAnswer *self = PC_NUMBER_ANSWER (view);
  gboolean given = answer->kind == PC_ANSWER_NUMBER;
  g_autofree char *text =
      given ? g_strdup_printf ("%" G_GINT64_FORMAT, answer->number)
            : g_strdup ("");

  gtk_editable_set_text (self->number, text);
  gtk_toggle_button_set_active (
      self->tcp, given && answer->transport == PC_SERVICE_TRANSPORT_TCP);
  gtk_toggle_button_set_active (
      self->udp, given && answer->transport == PC_SERVICE_TRANSPORT_UDP);
}

static void
reveal (PcAnswerView   *view,
        const PcAnswer *answer)
{
  gtk_widget_set_sensitive (PC_NUMBER_ANSWER (view)->box, FALSE);
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcNumberAnswer *self = PC_NUMBER_ANSWER (widget);
  PcAnswer answer = { .kind = PC_ANSWER_BLANK };

  if (gtk_widget_get_visible (self->transports) &&
      pc_answer_parse_number (gtk_editable_get_text (self->number), &answer))
    return gtk_widget_grab_focus (GTK_WIDGET (self->tcp));
  return gtk_widget_grab_focus (GTK_WIDGET (self->number));
}

static void
changed_cb (PcNumberAnswer *self)
{
  pc_answer_view_changed (PC_ANSWER_VIEW (self));
}

static void
dispose (GObject *object)
{
  g_clear_pointer (&PC_NUMBER_ANSWER (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_number_answer_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcNumberAnswer, name)

static void
pc_number_answer_class_init (PcNumberAnswerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PcAnswerViewClass *view_class = PC_ANSWER_VIEW_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  view_class->fill = fill;
  view_class->get_answer = get_answer;
  view_class->set_answer = set_answer;
  view_class->reveal = reveal;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/number-answer.ui");
  BIND (box);
  BIND (number);
  BIND (transports);
  BIND (tcp);
  BIND (udp);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

#undef BIND

static void
pc_number_answer_init (PcNumberAnswer *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
