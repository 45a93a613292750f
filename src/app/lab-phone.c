/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The phone: ten fields and a button.  It tries nothing itself, and it never
 * changes what somebody has typed. */

#include "app/lab-phone.h"

#include "app/tab-stop.h"

#include <glib/gi18n-lib.h>

#define INCOMING_FIELDS                                               \
  (PC_ACCOUNT_BIT (PC_ACCOUNT_IN_PROTO) |                             \
   PC_ACCOUNT_BIT (PC_ACCOUNT_IN_HOST) |                              \
   PC_ACCOUNT_BIT (PC_ACCOUNT_IN_PORT) |                              \
   PC_ACCOUNT_BIT (PC_ACCOUNT_IN_SECURITY))
#define LOGIN_FIELDS                \
  (PC_ACCOUNT_BIT (PC_ACCOUNT_USER) | \
   PC_ACCOUNT_BIT (PC_ACCOUNT_PASSWORD))
#define OUTGOING_FIELDS                     \
  (PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_HOST) |     \
   PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_PORT) |     \
   PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_SECURITY) | \
   PC_ACCOUNT_BIT (PC_ACCOUNT_OUT_LOGIN))

struct _PcLabPhone
{
  GtkWidget parent_instance;

  GtkWidget         *box;
  GtkScrolledWindow *scroller;
  GtkWidget         *receive;
  GtkWidget         *incoming;
  GtkWidget         *send;
  GtkWidget         *outgoing;
  GtkButton         *connect;
  GtkLabel          *connect_label;
  GtkSpinner        *spinner;

  PcLabField *fields[PC_ACCOUNT_N_FIELDS];
  guint       sides;
};

enum { CONNECT,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabPhone, pc_lab_phone, GTK_TYPE_WIDGET)

/* -- the form ------------------------------------------------------------- */

static void
clear_marks (PcLabPhone *self,
             guint       fields)
{
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if ((fields & PC_ACCOUNT_BIT (i)) != 0)
      pc_lab_field_set_mark (self->fields[i], PC_LAB_MARK_NONE, NULL);
}

/* What was said is about what was tried; the other side still stands. */
static void
field_changed_cb (PcLabPhone *self,
                  PcLabField *field)
{
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    guint bit = PC_ACCOUNT_BIT (i);

    if (self->fields[i] != field)
      continue;
    if ((bit & (INCOMING_FIELDS | LOGIN_FIELDS)) != 0)
      clear_marks (self, INCOMING_FIELDS | LOGIN_FIELDS);
    if ((bit & (OUTGOING_FIELDS | LOGIN_FIELDS)) != 0)
      clear_marks (self, OUTGOING_FIELDS | LOGIN_FIELDS);
  }
}

static void
connect_cb (PcLabPhone *self)
{
  g_signal_emit (self, signals[CONNECT], 0);
}

PcAccountForm *
pc_lab_phone_get_form (PcLabPhone *self)
{
  PcAccountForm *form = pc_account_form_new ();

  g_return_val_if_fail (PC_IS_LAB_PHONE (self), form);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    pc_account_form_set (form, i, pc_lab_field_get_value (self->fields[i]));
  return form;
}

void
pc_lab_phone_set_form (PcLabPhone          *self,
                       const PcAccountForm *form,
                       guint                fields)
{
  g_return_if_fail (PC_IS_LAB_PHONE (self));
  g_return_if_fail (form != NULL);

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if ((fields & PC_ACCOUNT_BIT (i)) != 0)
      pc_lab_field_set_value (self->fields[i], pc_account_form_get (form, i));
}

void
pc_lab_phone_set_sides (PcLabPhone *self,
                        guint       sides)
{
  gboolean receives = (sides & PC_ACCOUNT_RECEIVE) != 0;

  g_return_if_fail (PC_IS_LAB_PHONE (self));

  self->sides = sides;
  gtk_widget_set_visible (self->receive, receives);
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++)
    if ((INCOMING_FIELDS & PC_ACCOUNT_BIT (i)) != 0)
      gtk_widget_set_visible (GTK_WIDGET (self->fields[i]), receives);
  gtk_widget_set_visible (self->send, (sides & PC_ACCOUNT_SEND) != 0);
  gtk_widget_set_visible (self->outgoing, (sides & PC_ACCOUNT_SEND) != 0);
}

/* -- marks ---------------------------------------------------------------- */

/* The form is higher than a low window: what is told must be seen. */
static gboolean
scroll_cb (gpointer data)
{
  GtkWidget *field = data;
  GtkWidget *scroller =
      gtk_widget_get_ancestor (field, GTK_TYPE_SCROLLED_WINDOW);
  graphene_rect_t bounds;
  GtkAdjustment *adjustment;

  if (scroller == NULL ||
      !gtk_widget_compute_bounds (
          field, gtk_widget_get_first_child (scroller), &bounds))
    return G_SOURCE_REMOVE;
  adjustment =
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller));
  gtk_adjustment_clamp_page (
      adjustment, gtk_adjustment_get_value (adjustment) + bounds.origin.y,
      gtk_adjustment_get_value (adjustment) + bounds.origin.y +
          bounds.size.height);
  return G_SOURCE_REMOVE;
}

static void
show_field (PcLabField *field)
{
  g_timeout_add_full (G_PRIORITY_DEFAULT_IDLE, 50, scroll_cb,
                      g_object_ref (field), g_object_unref);
}

gboolean
pc_lab_phone_check (PcLabPhone *self)
{
  g_autoptr (PcAccountForm) form = pc_lab_phone_get_form (self);
  guint bad = pc_account_form_check_all (form, self->sides);
  gboolean first = TRUE;

  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    g_autofree char *sentence = NULL;

    if ((bad & PC_ACCOUNT_BIT (i)) == 0)
      continue;
    sentence = pc_account_form_check (form, i);
    pc_lab_field_set_mark (self->fields[i], PC_LAB_MARK_WRONG, sentence);
    if (first)
      gtk_widget_grab_focus (GTK_WIDGET (self->fields[i]));
    first = FALSE;
  }
  return bad == 0;
}

static void
show_half (PcLabPhone           *self,
           const PcAccountTrial *trial,
           PcAccountSide         side)
{
  const PcAccountHalf *half = &trial->halves[side];
  guint all = side == PC_ACCOUNT_INCOMING ? INCOMING_FIELDS : OUTGOING_FIELDS;
  guint security = PC_ACCOUNT_BIT (side == PC_ACCOUNT_INCOMING
                                       ? PC_ACCOUNT_IN_SECURITY
                                       : PC_ACCOUNT_OUT_SECURITY);
  gboolean works = half->outcome == PC_ACCOUNT_WORKS;
  gboolean unsafe = half->facts.password_in_clear ||
                    half->facts.mail_in_clear;

  if (half->outcome == PC_ACCOUNT_NOT_TRIED)
    return;
  if (half->facts.logged_in)
    all |= LOGIN_FIELDS;
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    guint bit = PC_ACCOUNT_BIT (i);
    gboolean bites = !works && i == half->bites;

    if (bites || (!works && (half->fields & bit) != 0))
      pc_lab_field_set_mark (self->fields[i], PC_LAB_MARK_WRONG,
                             bites ? half->sentence : NULL);
    else if (works && (all & bit) != 0 &&
             pc_lab_field_get_mark (self->fields[i]) != PC_LAB_MARK_WRONG)
      pc_lab_field_set_mark (self->fields[i],
                             unsafe && bit == security ? PC_LAB_MARK_UNSAFE
                                                       : PC_LAB_MARK_RIGHT,
                             NULL);
  }
  if (!works)
    show_field (self->fields[half->bites]);
}

void
pc_lab_phone_show_trial (PcLabPhone           *self,
                         const PcAccountTrial *trial)
{
  g_return_if_fail (PC_IS_LAB_PHONE (self));

  clear_marks (self, G_MAXUINT);
  /* The incoming side last: where both fail, it is the one that is seen. */
  for (int side = PC_ACCOUNT_N_SIDES - 1; trial != NULL && side >= 0; side--)
    show_half (self, trial, (PcAccountSide) side);
}

void
pc_lab_phone_set_busy (PcLabPhone *self,
                       gboolean    busy)
{
  g_return_if_fail (PC_IS_LAB_PHONE (self));

  gtk_widget_set_visible (GTK_WIDGET (self->spinner), busy);
  gtk_spinner_set_spinning (self->spinner, busy);
  gtk_label_set_label (self->connect_label,
                       busy ? _ ("Connecting…") : _ ("Connect"));
}

PcLabField *
pc_lab_phone_get_field (PcLabPhone    *self,
                        PcAccountField field)
{
  g_return_val_if_fail (PC_IS_LAB_PHONE (self), NULL);
  g_return_val_if_fail (field < PC_ACCOUNT_N_FIELDS, NULL);

  return self->fields[field];
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  PcLabPhone *self = PC_LAB_PHONE (widget);
  PcAccountField first = (self->sides & PC_ACCOUNT_RECEIVE) != 0
                             ? PC_ACCOUNT_IN_PORT
                             : PC_ACCOUNT_OUT_PORT;

  return gtk_widget_grab_focus (GTK_WIDGET (self->fields[first]));
}

static void
dispose (GObject *object)
{
  PcLabPhone *self = PC_LAB_PHONE (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_phone_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabPhone, name)

static void
pc_lab_phone_class_init (PcLabPhoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CONNECT] = g_signal_new ("connect", PC_TYPE_LAB_PHONE,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-phone.ui");
  BIND (box);
  BIND (scroller);
  BIND (receive);
  BIND (incoming);
  BIND (send);
  BIND (outgoing);
  BIND (connect);
  BIND (connect_label);
  BIND (spinner);
  gtk_widget_class_bind_template_callback (widget_class, connect_cb);
}

#undef BIND

static void
pc_lab_phone_init (PcLabPhone *self)
{
  g_autoptr (PcAccountForm) form = pc_account_form_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->sides = PC_ACCOUNT_BOTH;
  for (guint i = 0; i < PC_ACCOUNT_N_FIELDS; i++) {
    gboolean out = (OUTGOING_FIELDS & PC_ACCOUNT_BIT (i)) != 0;
    GtkWidget *field = pc_lab_field_new (i);

    self->fields[i] = PC_LAB_FIELD (field);
    g_signal_connect_swapped (field, "changed",
                              G_CALLBACK (field_changed_cb), self);
    g_signal_connect_swapped (field, "activate", G_CALLBACK (connect_cb),
                              self);
    gtk_box_append (GTK_BOX (out ? self->outgoing : self->incoming), field);
  }
  pc_account_form_complete (form);
  pc_lab_phone_set_form (self, form, G_MAXUINT);
  pc_lab_phone_set_busy (self, FALSE);
}
