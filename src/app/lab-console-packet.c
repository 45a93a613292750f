/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of a packet.  It lets through what is wrong, and says so: to send
 * it is the learner's choice.  The octets are cut and named by the same code
 * that reads them off the wire. */

#include "app/lab-console-packet.h"

#include "app/byte-view.h"
#include "app/choice-list.h"
#include "app/flow-layout.h"
#include "app/tab-stop.h"

#include "base/limits.h"
#include "timeline/step.h"

#include <string.h>

#include <glib/gi18n-lib.h>

struct _PcLabConsolePacket
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkBox     *form;
  PcByteView *bytes;
  GtkLabel   *field;
  GtkWidget  *add;

  PcPacket  *packet;
  GPtrArray *rows; /* Row, in the order of the form */
  gboolean   silent;
};

typedef struct
{
  PcLabConsolePacket *owner;
  char               *id;
  GtkWidget          *box;
  GtkWidget          *control; /* GtkEntry or a choice list */
  GtkLabel           *problem;
} Row;

enum { SEND,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabConsolePacket, pc_lab_console_packet,
                     GTK_TYPE_WIDGET)

static void update (PcLabConsolePacket *self);

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->id);
  g_free (row);
}

/* -- octets --------------------------------------------------------------- */

static void
show_octets (PcLabConsolePacket *self)
{
  g_autoptr (PcStep) step =
      pc_step_new_unit (1, "client", "server", PC_LAYER_UDP, 0,
                        pc_packet_label (self->packet), NULL);

  pc_byte_view_set_step (self->bytes, step);
}

/* What the octet under the cursor is for. */
static void
field_cb (PcLabConsolePacket *self)
{
  int index = pc_byte_view_get_field (self->bytes);
  g_autoptr (PcStep) step = NULL;
  g_autofree char *text = NULL;
  const PcField *field;

  if (index >= 0)
    step = pc_step_new_unit (1, "client", "server", PC_LAYER_UDP, 0,
                             pc_packet_label (self->packet), NULL);
  if (step != NULL && (guint) index < pc_step_get_n_fields (step)) {
    field = pc_step_get_field (step, (guint) index);
    /* Translators: a field of a packet and its value. */
    text = g_strdup_printf (_ ("%1$s: %2$s"), _ (field->label), field->value);
  }
  gtk_label_set_label (self->field,
                       text != NULL ? text
                                    : _ ("These octets will be on the wire."));
}

/* -- fields --------------------------------------------------------------- */

static void
set_field (Row        *row,
           const char *value)
{
  PcLabConsolePacket *self = row->owner;

  if (self->silent)
    return;
  pc_packet_set (self->packet, row->id, value);
  update (self);
}

static void
text_changed_cb (Row         *row,
                 GtkEditable *entry)
{
  set_field (row, gtk_editable_get_text (entry));
}

static void
chosen_cb (Row        *row,
           GParamSpec *pspec,
           GtkWidget  *list)
{
  const PcPacketChoice *choices =
      pc_packet_get_choices (row->owner->packet, row->id);
  guint index = gtk_drop_down_get_selected (GTK_DROP_DOWN (list));
  g_autofree char *number = NULL;

  if (choices == NULL || index == GTK_INVALID_LIST_POSITION)
    return;
  number = g_strdup_printf ("%u", choices[index].number);
  set_field (row, number);
}

static void
activate_cb (PcLabConsolePacket *self)
{
  g_signal_emit (self, signals[SEND], 0);
}

static GtkWidget *
make_list (PcLabConsolePacket  *self,
           const PcPacketField *field)
{
  const PcPacketChoice *choices =
      pc_packet_get_choices (self->packet, field->id);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; choices[i].name != NULL; i++)
    g_ptr_array_add (texts, choices[i].meaning != NULL
                                /* Translators: a number, what is meant by
                                 * it, and a few words more. */
                                ? g_strdup_printf (_ ("%1$u %2$s: %3$s"),
                                                   choices[i].number,
                                                   choices[i].name,
                                                   _ (choices[i].meaning))
                                : g_strdup_printf ("%u %s", choices[i].number,
                                                   choices[i].name));
  g_ptr_array_add (texts, NULL);
  return pc_choice_list_new (field->label,
                             (const char *const *) texts->pdata, FALSE);
}

static GtkWidget *
make_entry (const PcPacketField *field)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_widget_add_css_class (entry, "monospace");
  gtk_entry_set_max_length (GTK_ENTRY (entry), PC_LIMIT_CONSOLE_LINE);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 6);
  gtk_widget_set_tooltip_text (entry, field->meaning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, field->label,
                                  -1);
  return entry;
}

static void
remove_cb (GtkWidget *button,
           gpointer   data)
{
  PcLabConsolePacket *self = data;

  pc_packet_remove_option (
      self->packet,
      GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "option")));
  update (self);
  gtk_widget_grab_focus (self->add);
}

/* Beside the value of an option. */
static void
add_remove (PcLabConsolePacket *self,
            GtkWidget          *line,
            const char         *id)
{
  guint64 n;
  GtkWidget *button;
  g_autofree char *name = NULL;

  if (!g_str_has_prefix (id, "value-"))
    return;
  n = g_ascii_strtoull (id + strlen ("value-"), NULL, 10);
  button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  name = g_strdup_printf (_ ("Remove option %u"), (guint) n);
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data (G_OBJECT (button), "option", GUINT_TO_POINTER (n));
  g_signal_connect (button, "clicked", G_CALLBACK (remove_cb), self);
  gtk_box_append (GTK_BOX (line), button);
}

static Row *
make_row (PcLabConsolePacket  *self,
          const PcPacketField *field)
{
  Row *row = g_new0 (Row, 1);
  GtkWidget *label = gtk_label_new (field->label);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  row->owner = self;
  row->id = g_strdup (field->id);
  row->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  row->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_xalign (row->problem, 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap (row->problem, TRUE);
  gtk_widget_add_css_class (label, "form-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->problem), "problem");
  if (field->kind == PC_PACKET_CHOICE) {
    row->control = make_list (self, field);
    g_signal_connect_swapped (row->control, "notify::selected",
                              G_CALLBACK (chosen_cb), row);
  } else {
    row->control = make_entry (field);
    g_signal_connect_swapped (row->control, "changed",
                              G_CALLBACK (text_changed_cb), row);
    g_signal_connect_swapped (row->control, "activate",
                              G_CALLBACK (activate_cb), self);
  }
  gtk_widget_set_hexpand (row->control, TRUE);
  gtk_box_append (GTK_BOX (line), row->control);
  add_remove (self, line, field->id);
  gtk_box_append (GTK_BOX (row->box), label);
  gtk_box_append (GTK_BOX (row->box), line);
  gtk_box_append (GTK_BOX (row->box), GTK_WIDGET (row->problem));
  return row;
}

static void
choose (PcLabConsolePacket  *self,
        Row                 *row,
        const PcPacketField *field)
{
  const PcPacketChoice *choices =
      pc_packet_get_choices (self->packet, field->id);

  for (guint i = 0; choices[i].name != NULL; i++) {
    g_autofree char *number = g_strdup_printf ("%u", choices[i].number);

    if (g_str_equal (number, field->value) ||
        g_str_equal (choices[i].name, field->value))
      gtk_drop_down_set_selected (GTK_DROP_DOWN (row->control), i);
  }
}

static void
show_field (PcLabConsolePacket  *self,
            Row                 *row,
            const PcPacketField *field)
{
  const char *problem = field->problem;

  if (field->kind == PC_PACKET_CHOICE)
    choose (self, row, field);
  else if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (row->control)),
                         field->value))
    gtk_editable_set_text (GTK_EDITABLE (row->control), field->value);
  gtk_label_set_label (row->problem, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (row->problem), problem != NULL);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (row->control), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
      problem != NULL ? problem : field->meaning != NULL ? field->meaning : "",
      -1);
  gtk_accessible_update_state (
      GTK_ACCESSIBLE (row->control), GTK_ACCESSIBLE_STATE_INVALID,
      problem != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                      : GTK_ACCESSIBLE_INVALID_FALSE,
      -1);
}

static Row *
find_row (PcLabConsolePacket *self,
          const char         *id,
          guint              *index)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    if (g_str_equal (row->id, id)) {
      *index = i;
      return row;
    }
  }
  return NULL;
}

/* Not every kind of packet has them, and none has any number. */
static gboolean
can_have_more_options (const PcPacket *packet)
{
  g_autoptr (PcPacket) trial = pc_packet_copy (packet);

  return pc_packet_add_option (trial, "", "") &&
         pc_packet_get_n_fields (trial) > pc_packet_get_n_fields (packet);
}

/* Rows of fields that stay remain: somebody may be in one of them. */
static void
update (PcLabConsolePacket *self)
{
  guint n = pc_packet_get_n_fields (self->packet);
  GPtrArray *rows = g_ptr_array_new_with_free_func (row_free);
  GtkWidget *before = NULL;

  self->silent = TRUE;
  for (guint i = 0; i < n; i++) {
    const PcPacketField *field = pc_packet_get_field (self->packet, i);
    guint index;
    Row *row = find_row (self, field->id, &index);

    if (row != NULL) {
      g_ptr_array_steal_index (self->rows, index);
      gtk_box_reorder_child_after (self->form, row->box, before);
    } else {
      row = make_row (self, field);
      gtk_box_insert_child_after (self->form, row->box, before);
    }
    g_ptr_array_add (rows, row);
    show_field (self, row, field);
    before = row->box;
  }
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    g_signal_handlers_disconnect_by_data (row->control, row);
    gtk_box_remove (self->form, row->box);
  }
  g_ptr_array_unref (self->rows);
  self->rows = rows;
  self->silent = FALSE;
  gtk_widget_set_visible (self->add, can_have_more_options (self->packet));
  show_octets (self);
}

static void
add_cb (PcLabConsolePacket *self)
{
  const char *const *names = pc_packet_get_option_names ();
  guint n = pc_packet_get_n_options (self->packet);
  g_autofree char *id = g_strdup_printf ("value-%u", n + 1);
  GtkWidget *control;

  if (!pc_packet_add_option (self->packet,
                             names[MIN (n, g_strv_length ((char **) names) -
                                               1)],
                             ""))
    return;
  update (self);
  control = pc_lab_console_packet_find (self, id);
  if (control != NULL)
    gtk_widget_grab_focus (control);
}

GtkWidget *
pc_lab_console_packet_find (PcLabConsolePacket *self,
                            const char         *id)
{
  guint index;
  Row *row;

  g_return_val_if_fail (PC_IS_LAB_CONSOLE_PACKET (self), NULL);

  row = find_row (self, id, &index);
  return row != NULL ? row->control : NULL;
}

void
pc_lab_console_packet_set (PcLabConsolePacket *self,
                           const PcPacket     *packet)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_PACKET (self));
  g_return_if_fail (packet != NULL);

  if (packet != self->packet) {
    pc_packet_free (self->packet);
    self->packet = pc_packet_copy (packet);
  }
  update (self);
}

const PcPacket *
pc_lab_console_packet_get (PcLabConsolePacket *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE_PACKET (self), NULL);

  return self->packet;
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_child_focus (
      GTK_WIDGET (PC_LAB_CONSOLE_PACKET (widget)->form), GTK_DIR_TAB_FORWARD);
}

static void
dispose (GObject *object)
{
  PcLabConsolePacket *self = PC_LAB_CONSOLE_PACKET (object);

  self->silent = TRUE;
  if (self->box != NULL)
    g_signal_handlers_disconnect_by_data (self->bytes, self);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_console_packet_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcLabConsolePacket *self = PC_LAB_CONSOLE_PACKET (object);

  g_ptr_array_unref (self->rows);
  pc_packet_free (self->packet);
  G_OBJECT_CLASS (pc_lab_console_packet_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabConsolePacket, name)

static void
pc_lab_console_packet_class_init (PcLabConsolePacketClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_BYTE_VIEW);
  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[SEND] = g_signal_new ("send", PC_TYPE_LAB_CONSOLE_PACKET,
                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console-packet.ui");
  BIND (box);
  BIND (form);
  BIND (bytes);
  BIND (field);
  BIND (add);
  gtk_widget_class_bind_template_callback (widget_class, add_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

#undef BIND

static void
pc_lab_console_packet_init (PcLabConsolePacket *self)
{
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->packet = pc_packet_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->bytes, "notify::field",
                            G_CALLBACK (field_cb), self);
  update (self);
  field_cb (self);
}
