/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Fills the inspector from a step.  The words are the narration's, the cut is
 * the observer's, what is legal comes from the protocol's table: this file
 * only sets them. */

#include "app/inspector.h"

#include "app/byte-view.h"
#include "app/field-chip.h"
#include "app/field-row.h"
#include "app/flow-layout.h"
#include "app/octets.h"
#include "app/reference-button.h"
#include "app/related-questions.h"
#include "app/state-page.h"
#include "app/step-facts.h"
#include "app/window.h"

#include "run/standpoint.h"

#include <glib/gi18n-lib.h>

#define MAX_FIELDS 40   /* chips and rows; the octets show all of them */

struct _PcInspector
{
  GtkWidget parent_instance;

  GtkWidget  *box;
  GtkStack   *stack;
  GtkWidget  *nothing; /* in place of the sheet where there is no step */
  GtkWidget  *sheet;
  GtkWidget  *scrolled;
  GtkLabel   *route;
  GtkLabel   *title;
  GtkWidget  *verdict;
  GtkImage   *verdict_icon;
  GtkLabel   *verdict_label;
  PcStepFacts *facts;
  GtkLabel   *explanation;
  GtkWidget  *note_box;
  GtkLabel   *note;
  GtkWidget  *chips;
  GtkWidget  *rows;
  GtkLabel   *more;
  GtkWidget  *states;
  GtkLabel   *client_name;
  GtkLabel   *client_state;
  GtkLabel   *server_name;
  GtkLabel   *server_state;
  GtkWidget  *legal_box;
  GtkLabel   *legal;
  GtkWidget  *references_box;
  GtkWidget  *references;
  GtkWidget  *questions_box;
  GtkWidget  *questions;
  GtkLabel   *count;
  GtkWidget  *reveal_switch;
  GtkWidget  *reveal_row;
  GtkWidget  *copy;
  PcByteView *bytes;
  PcStatePage *state_page;
  GtkWidget  *field_box;
  GtkLabel   *field_name;
  GtkLabel   *field_meaning;

  PcTimeline *timeline;
  PcStep     *step;
  PcContent  *content;
  int         field;
  gboolean    reveal;
};

enum { PROP_0,
       PROP_FIELD,
       PROP_REVEAL,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcInspector, pc_inspector, GTK_TYPE_WIDGET)

static void
clear_children (GtkWidget *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (box)) != NULL)
    gtk_box_remove (GTK_BOX (box), child);
}

static const char *
get_actor_name (PcInspector *self,
                const char  *id)
{
  int index = pc_timeline_find_actor (self->timeline, id);

  if (index < 0)
    return id;
  return pc_timeline_get_actor (self->timeline, (guint) index)->name;
}

static void
fill_head (PcInspector *self)
{
  const char *from = get_actor_name (self, pc_step_get_from (self->step));
  const char *to = pc_step_get_to (self->step);
  const char *note = pc_step_get_note (self->step);
  guint number = pc_step_get_number (self->step);
  g_autofree char *route = NULL;

  if (to != NULL)
    /* Translators: sender, receiver, number of the step. */
    route = g_strdup_printf (_ ("%s → %s · step %u"), from,
                             get_actor_name (self, to), number);
  else
    /* Translators: who did it, number of the step. */
    route = g_strdup_printf (_ ("%s · step %u"), from, number);
  gtk_label_set_label (self->route, route);
  gtk_label_set_label (self->title, pc_step_get_title (self->step));
  gtk_label_set_label (self->explanation,
                       pc_step_get_explanation (self->step));
  gtk_widget_set_visible (self->note_box, note != NULL);
  gtk_label_set_label (self->note, note != NULL ? note : "");
}

static void
fill_verdict (PcInspector *self)
{
  const char *icon = NULL, *text = NULL, *class = NULL;

  if (pc_timeline_is_lost (self->timeline, self->step)) {
    icon = "dialog-warning-symbolic";
    text = _ ("Lost on the way: it never arrived.");
    class = "warning";
  } else if (pc_step_get_fate (self->step) == PC_FATE_DUPLICATE) {
    icon = "dialog-warning-symbolic";
    text = _ ("Nobody sent this: the network made it of an earlier one.");
    class = "warning";
  } else if (pc_step_get_status (self->step) == PC_STATUS_ERROR) {
    icon = "dialog-error-symbolic";
    text = _ ("Refused, or against the protocol.");
    class = "error";
  } else if (pc_step_get_status (self->step) == PC_STATUS_WARNING) {
    icon = "dialog-warning-symbolic";
    text = _ ("Legal, but not what the other end hoped for.");
    class = "warning";
  }
  gtk_widget_set_visible (self->verdict, text != NULL);
  gtk_widget_remove_css_class (self->verdict, "error");
  gtk_widget_remove_css_class (self->verdict, "warning");
  if (text == NULL)
    return;
  gtk_image_set_from_icon_name (self->verdict_icon, icon);
  gtk_label_set_label (self->verdict_label, text);
  gtk_widget_add_css_class (self->verdict, class);
}

static void
fill_fields (PcInspector *self)
{
  guint n = pc_step_get_n_fields (self->step);
  guint shown = MIN (n, MAX_FIELDS);

  clear_children (self->chips);
  clear_children (self->rows);
  for (guint i = 0; i < shown; i++) {
    gtk_box_append (GTK_BOX (self->chips),
                    pc_field_chip_new (self->step, i, self->reveal));
    if (pc_step_get_field (self->step, i)->meaning != NULL ||
        !pc_field_chip_is_minor (self->step,
                                 pc_step_get_field (self->step, i)))
      gtk_box_append (GTK_BOX (self->rows),
                      pc_field_row_new (self->step, i, self->reveal));
  }
  gtk_widget_set_visible (self->chips, n > 0);
  gtk_widget_set_visible (self->rows, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->more), n > shown);
  if (n > shown) {
    g_autofree char *text = g_strdup_printf (
        ngettext ("And %u more field: see Bytes.",
                  "And %u more fields: see Bytes.", n - shown),
        n - shown);

    gtk_label_set_label (self->more, text);
  }
}

/* -- states --------------------------------------------------------------- */

/* The verbs that a client may use now. Transfer full; NULL for none. */
static char *
dup_legal_verbs (PcInspector *self)
{
  GString *text = g_string_new (NULL);
  PcStandpoint at;

  pc_standpoint_init (&at, self->timeline, self->step);
  for (guint i = 0;
       at.protocol != NULL && at.protocol->verbs[i].name != NULL; i++) {
    g_autofree char *reason =
        pc_standpoint_dup_reason (&at, &at.protocol->verbs[i]);

    if (reason == NULL)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "  " : "",
                              at.protocol->verbs[i].name);
  }
  return g_string_free (text, text->len == 0);
}

static void
set_state (GtkLabel   *name,
           GtkLabel   *label,
           const char *actor,
           const char *state)
{
  gtk_label_set_label (name, actor != NULL ? actor : "");
  gtk_label_set_label (label, state != NULL ? _ (state) : "");
  gtk_widget_set_visible (GTK_WIDGET (name), state != NULL);
  gtk_widget_set_visible (GTK_WIDGET (label), state != NULL);
}

/* The conversation's first step is between its two ends; a later one may be
 * between one of them and a stranger. */
static PcStep *
find_first (PcInspector *self)
{
  guint n = pc_timeline_get_n_steps (self->timeline);

  for (guint i = 0; i < n; i++) {
    PcStep *step = pc_timeline_get_step (self->timeline, i);

    if (pc_step_get_conn (step) == pc_step_get_conn (self->step))
      return step;
  }

  return self->step;
}

static void
fill_states (PcInspector *self)
{
  const char *client = pc_step_get_client_state (self->step);
  const char *server = pc_step_get_server_state (self->step);
  PcStep     *first = find_first (self);
  const char *ends[] = { pc_step_get_from (first), pc_step_get_to (first) };
  const char *names[2] = { NULL, NULL }; /* by PcRole */
  g_autofree char *legal = dup_legal_verbs (self);

  for (guint i = 0; i < G_N_ELEMENTS (ends); i++) {
    int index = pc_timeline_find_actor (self->timeline, ends[i]);

    if (index >= 0) {
      const PcActor *actor =
          pc_timeline_get_actor (self->timeline, (guint) index);

      names[actor->role] = actor->name;
    }
  }
  set_state (self->client_name, self->client_state,
             names[PC_ROLE_CLIENT] != NULL ? names[PC_ROLE_CLIENT]
                                           : _ ("Client"),
             client);
  set_state (self->server_name, self->server_state,
             names[PC_ROLE_SERVER] != NULL ? names[PC_ROLE_SERVER]
                                           : _ ("Server"),
             server);
  gtk_widget_set_visible (self->states, client != NULL || server != NULL);
  gtk_widget_set_visible (self->legal_box, legal != NULL);
  gtk_label_set_label (self->legal, legal != NULL ? legal : "");
}

static void
fill_references (PcInspector *self)
{
  const PcNarration *narration = pc_step_get_narration (self->step);
  guint n = 0;

  clear_children (self->references);
  while (narration != NULL && n < G_N_ELEMENTS (narration->references) &&
         narration->references[n].rfc != 0)
    gtk_box_append (GTK_BOX (self->references),
                    pc_reference_button_new (&narration->references[n++]));
  gtk_widget_set_visible (self->references_box, n > 0);
}

static void
fill_questions (PcInspector *self)
{
  clear_children (self->questions);
  gtk_widget_set_visible (
      self->questions_box,
      pc_related_questions_add (GTK_BOX (self->questions), self->content,
                                self->timeline, self->step) > 0);
}

/* -- octets --------------------------------------------------------------- */

static void
fill_bytes (PcInspector *self)
{
  guint n = (guint) g_bytes_get_size (pc_step_get_bytes (self->step));
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u octet", "%u octets", n), n);
  gboolean secret = FALSE;

  for (guint i = 0; i < pc_step_get_n_fields (self->step); i++)
    secret |= pc_step_get_field (self->step, i)->secret;
  gtk_label_set_label (self->count, n > 0
                                        ? text
                                        : _ ("No octets of a protocol crossed "
                                             "in this step."));
  gtk_widget_set_visible (self->reveal_row, secret);
  gtk_widget_set_visible (self->copy, n > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bytes), n > 0);
  pc_byte_view_set_step (self->bytes, self->step);
}

static void
show_field (PcInspector *self)
{
  int hover = pc_byte_view_get_hover (self->bytes);
  int index = hover >= 0 ? hover : self->field;
  const PcField *field = NULL;

  if (self->step != NULL && index >= 0 &&
      (guint) index < pc_step_get_n_fields (self->step))
    field = pc_step_get_field (self->step, (guint) index);
  for (GtkWidget *row = gtk_widget_get_first_child (self->rows); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    pc_field_row_set_lit (
        PC_FIELD_ROW (row),
        (int) pc_field_row_get_index (PC_FIELD_ROW (row)) == self->field);
  pc_byte_view_set_field (self->bytes, self->field);
  gtk_widget_set_visible (self->field_box, field != NULL);
  if (field == NULL)
    return;
  gtk_label_set_label (self->field_name, _ (field->label));
  gtk_label_set_label (self->field_meaning,
                       field->meaning != NULL ? _ (field->meaning) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->field_meaning),
                          field->meaning != NULL);
}

static void
byte_field_cb (PcInspector *self)
{
  pc_inspector_set_field (self, pc_byte_view_get_field (self->bytes));
}

static void
copy_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  PcInspector *self = PC_INSPECTOR (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;
  g_autofree char *message = NULL;
  PcOctetsFormat format;
  gsize len;
  const guint8 *data;

  if (self->step == NULL ||
      !pc_octets_format_parse (g_variant_get_string (parameter, NULL),
                               &format))
    return;
  bytes = pc_octets_of_step (self->step, self->field, self->reveal);
  data = g_bytes_get_data (bytes, &len);
  text = pc_octets_to_string (data, len, format);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text);
  message = g_strdup_printf (ngettext ("%u octet was copied.",
                                       "%u octets were copied.", (guint) len),
                             (guint) len);
  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root), message);
}

/* From a field to its octets, and back. */
static void
octets_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  PcInspector *self = PC_INSPECTOR (widget);

  pc_inspector_set_field (self, g_variant_get_int32 (parameter));
  pc_inspector_set_page (self, "bytes");
  gtk_widget_grab_focus (GTK_WIDGET (self->bytes));
}

static void
meaning_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  PcInspector *self = PC_INSPECTOR (widget);
  GtkWidget *chip = gtk_widget_get_first_child (self->chips);

  pc_inspector_set_page (self, "meaning");
  for (int i = 0; i < self->field && chip != NULL; i++)
    chip = gtk_widget_get_next_sibling (chip);
  if (chip != NULL)
    gtk_widget_grab_focus (chip);
}

static void
refill (PcInspector *self)
{
  /* Not: a GtkStack, which makes its child as wide as it would have to be to
   * fit into the height (GTK 4.8), and cuts off both sides. */
  gtk_widget_set_visible (self->nothing, self->step == NULL);
  gtk_widget_set_visible (self->sheet, self->step != NULL);
  pc_state_page_set_step (self->state_page, self->timeline, self->step);
  if (self->step == NULL) {
    pc_byte_view_set_step (self->bytes, NULL);
    gtk_widget_set_visible (GTK_WIDGET (self->bytes), FALSE);
    gtk_widget_set_visible (self->reveal_row, FALSE);
    gtk_widget_set_visible (self->copy, FALSE);
    gtk_label_set_label (self->count,
                         _ ("Choose a step to see its octets."));
    show_field (self);
    return;
  }
  fill_head (self);
  fill_verdict (self);
  pc_step_facts_set_step (self->facts, self->timeline, self->step);
  fill_fields (self);
  fill_states (self);
  fill_references (self);
  fill_questions (self);
  fill_bytes (self);
  show_field (self);
}

/* -- life ----------------------------------------------------------------- */

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  PcInspector *self = PC_INSPECTOR (object);

  switch (id) {
  case PROP_FIELD: g_value_set_int (value, self->field); break;
  case PROP_REVEAL: g_value_set_boolean (value, self->reveal); break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
set_property (GObject      *object,
              guint         id,
              const GValue *value,
              GParamSpec   *pspec)
{
  PcInspector *self = PC_INSPECTOR (object);

  switch (id) {
  case PROP_FIELD:
    pc_inspector_set_field (self, g_value_get_int (value));
    break;
  case PROP_REVEAL:
    pc_inspector_set_reveal (self, g_value_get_boolean (value));
    break;
  default: G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
dispose (GObject *object)
{
  PcInspector *self = PC_INSPECTOR (object);

  g_clear_object (&self->timeline);
  g_clear_object (&self->step);
  g_clear_object (&self->content);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_inspector_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcInspector, name)

static void
bind_children (GtkWidgetClass *widget_class)
{
  BIND (box);
  BIND (stack);
  BIND (nothing);
  BIND (sheet);
  BIND (scrolled);
  BIND (route);
  BIND (title);
  BIND (verdict);
  BIND (verdict_icon);
  BIND (verdict_label);
  BIND (facts);
  BIND (explanation);
  BIND (note_box);
  BIND (note);
  BIND (chips);
  BIND (rows);
  BIND (more);
  BIND (states);
  BIND (client_name);
  BIND (client_state);
  BIND (server_name);
  BIND (server_state);
  BIND (legal_box);
  BIND (legal);
  BIND (references_box);
  BIND (references);
  BIND (questions_box);
  BIND (questions);
  BIND (count);
  BIND (reveal_switch);
  BIND (reveal_row);
  BIND (copy);
  BIND (bytes);
  BIND (state_page);
  BIND (field_box);
  BIND (field_name);
  BIND (field_meaning);
}

#undef BIND

static void
pc_inspector_class_init (PcInspectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_BYTE_VIEW);
  g_type_ensure (PC_TYPE_STATE_PAGE);
  g_type_ensure (PC_TYPE_STEP_FACTS);
  object_class->get_property = get_property;
  object_class->set_property = set_property;
  object_class->dispose = dispose;
  props[PROP_FIELD] = g_param_spec_int (
      "field", NULL, NULL, -1, G_MAXINT, -1,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_REVEAL] = g_param_spec_boolean (
      "reveal", NULL, NULL, FALSE,
      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_install_property_action (widget_class, "inspector.field",
                                            "field");
  gtk_widget_class_install_action (widget_class, "inspector.copy", "s",
                                   copy_cb);
  gtk_widget_class_install_action (widget_class, "inspector.octets", "i",
                                   octets_cb);
  gtk_widget_class_install_action (widget_class, "inspector.meaning", NULL,
                                   meaning_cb);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "inspector");
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/inspector.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, byte_field_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_field);
}

static void
pc_inspector_init (PcInspector *self)
{
  self->field = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  /* In the order of the wire. */
  gtk_widget_set_direction (self->chips, GTK_TEXT_DIR_LTR);
  g_object_bind_property (self, "reveal", self->reveal_switch, "active",
                          G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE);
  g_object_bind_property (self, "reveal", self->bytes, "reveal",
                          G_BINDING_SYNC_CREATE);
  refill (self);
}

void
pc_inspector_set_step (PcInspector *self,
                       PcTimeline  *timeline,
                       PcStep      *step)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));
  g_return_if_fail (step == NULL || PC_IS_STEP (step));
  g_return_if_fail (step == NULL || PC_IS_TIMELINE (timeline));

  if (self->step == step && self->timeline == timeline)
    return;
  g_set_object (&self->timeline, timeline);
  g_set_object (&self->step, step);
  self->field = -1;
  refill (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (
                                GTK_SCROLLED_WINDOW (self->scrolled)),
                            0);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIELD]);
}

void
pc_inspector_set_content (PcInspector *self,
                          PcContent   *content)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));
  g_return_if_fail (content == NULL || PC_IS_CONTENT (content));

  if (g_set_object (&self->content, content) && self->step != NULL)
    fill_questions (self);
}

int
pc_inspector_get_field (PcInspector *self)
{
  g_return_val_if_fail (PC_IS_INSPECTOR (self), -1);

  return self->field;
}

void
pc_inspector_set_field (PcInspector *self,
                        int          field)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));

  if (self->field == field)
    return;
  self->field = field;
  show_field (self);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FIELD]);
}

gboolean
pc_inspector_get_reveal (PcInspector *self)
{
  g_return_val_if_fail (PC_IS_INSPECTOR (self), FALSE);

  return self->reveal;
}

void
pc_inspector_set_reveal (PcInspector *self,
                         gboolean     reveal)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));

  if (self->reveal == !!reveal)
    return;
  self->reveal = !!reveal;
  if (self->step != NULL) {
    fill_fields (self);
    show_field (self);
  }
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_REVEAL]);
}

const char *
pc_inspector_get_page (PcInspector *self)
{
  g_return_val_if_fail (PC_IS_INSPECTOR (self), NULL);

  return gtk_stack_get_visible_child_name (self->stack);
}

void
pc_inspector_set_page (PcInspector *self,
                       const char  *page)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));

  gtk_stack_set_visible_child_name (self->stack, page);
}

void
pc_inspector_set_hide_future (PcInspector *self,
                              gboolean     hide_future)
{
  g_return_if_fail (PC_IS_INSPECTOR (self));

  pc_step_facts_set_hide_future (self->facts, hide_future);
  if (self->step != NULL)
    pc_step_facts_set_step (self->facts, self->timeline, self->step);
}
