/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table has what each kind of fault needs to be told; the rows of the form
 * are made of it.  What is written is a --fault of the command line, so this
 * page and that one cannot mean different things. */

#include "app/lab-fault-form.h"

#include "app/choice-list.h"
#include "app/tab-stop.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_MS 60000
#define MAX_OCTETS 1000000
#define MAX_ROWS 2 /* of one kind */

struct _PcLabFaultForm
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *kind_holder;
  GtkWidget *which_part;
  GtkWidget *which_holder;
  GtkWidget *rows;
  GtkWidget *chance_rows;
  GtkLabel  *sentence;
  GtkLabel  *problem;

  GtkWidget *kinds;
  GtkWidget *which;
  GtkWidget *controls[MAX_ROWS]; /* of the rows that there are now */
  GtkWidget *chance[MAX_ROWS];
  char      *reply;              /* what the entry was given */
  char      *spec;
  PcScenario       *scenario;    /* not owned, like the next */
  const PcFaultAim *aim;
  guint      silent;
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabFaultForm, pc_lab_fault_form, GTK_TYPE_WIDGET)

/* In the order of the list. */
static const struct
{
  PcFaultKind kind;
  const char *name; /* N_(); the word is that of the command line */
} kinds[] = {
  { PC_FAULT_DROP, N_ ("Lost on the way (drop)") },
  { PC_FAULT_DUPLICATE, N_ ("Arrives twice (duplicate)") },
  { PC_FAULT_DELAY, N_ ("Arrives late (delay)") },
  { PC_FAULT_REORDER, N_ ("Overtaken (reorder)") },
  { PC_FAULT_INJECT, N_ ("A stranger sends something (inject)") },
  { PC_FAULT_CHANGE, N_ ("An octet is changed (change)") },
  { PC_FAULT_CUT, N_ ("The connection is cut (cut)") },
  { PC_FAULT_FREEZE, N_ ("The line is frozen (freeze)") },
  { PC_FAULT_SLOW, N_ ("The line is slow (slow)") },
  { PC_FAULT_SPLIT, N_ ("Arrives in pieces (split)") },
  { PC_FAULT_JOIN, N_ ("Arrives with the next (join)") },
  { PC_FAULT_ANSWER, N_ ("The server answers something else (answer)") },
};

typedef struct
{
  PcFaultKind kind;
  const char *key;   /* of the spec; NULL: a server's reply */
  const char *label; /* N_() */
  guint       min;
  guint       max;
  guint       usual;
  gboolean    optional; /* 0 is not written */
} Row;

static const Row rows[] = {
  { PC_FAULT_DUPLICATE, "after_ms", N_ ("Milliseconds until the copy"), 0,
    MAX_MS, 0, TRUE },
  { PC_FAULT_DELAY, "ms", N_ ("Milliseconds late"), 0, MAX_MS, 1500 },
  { PC_FAULT_REORDER, "past", N_ ("Datagrams that go first"), 1, 64, 1 },
  { PC_FAULT_INJECT, "opcode",
    N_ ("Packet: 3 is DATA, 4 is ACK, 5 is ERROR"), 3, 5, 5 },
  { PC_FAULT_INJECT, "block", N_ ("Number of its block, or error code"), 0,
    G_MAXUINT16, 0 },
  { PC_FAULT_CHANGE, "octet", N_ ("Octet, counted from 0"), 0, MAX_OCTETS,
    0 },
  { PC_FAULT_CHANGE, "xor", N_ ("Bits that turn over, as a number"), 1, 255,
    1 },
  { PC_FAULT_CUT, "octet", N_ ("Octets of it that still leave"), 0,
    MAX_OCTETS, 0, TRUE },
  { PC_FAULT_FREEZE, "ms", N_ ("Milliseconds; 0 is for ever"), 0, MAX_MS, 0,
    TRUE },
  { PC_FAULT_SLOW, "rate", N_ ("Octets per second"), 1, MAX_OCTETS, 100 },
  { PC_FAULT_SPLIT, "octets", N_ ("Octets in a piece"), 1, MAX_OCTETS, 8 },
  { PC_FAULT_SPLIT, "ms", N_ ("Milliseconds between two pieces"), 0, MAX_MS,
    40, TRUE },
  { PC_FAULT_ANSWER, NULL, N_ ("What the server says"), 0, 0, 0 },
};

/* By chance. */
static const Row chance[MAX_ROWS] = {
  { PC_FAULT_DROP, "rate", N_ ("In 100 times, so often"), 0, 100, 20 },
  { PC_FAULT_DROP, "seed", N_ ("Seed: the same one, the same chance"), 0,
    G_MAXUINT16, 1 },
};

/* -- what is there -------------------------------------------------------- */

PcFaultKind
pc_lab_fault_form_get_kind (PcLabFaultForm *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULT_FORM (self), PC_FAULT_DROP);

  return kinds[gtk_drop_down_get_selected (GTK_DROP_DOWN (self->kinds))].kind;
}

static PcFaultWhich
get_which (PcLabFaultForm *self)
{
  return gtk_widget_get_visible (self->which_part)
             ? gtk_drop_down_get_selected (GTK_DROP_DOWN (self->which))
             : PC_FAULT_ONCE;
}

/* The @n-th row of the form as it is now; NULL past the end. */
static const Row *
get_row (PcLabFaultForm *self,
         guint           n)
{
  PcFaultKind kind = pc_lab_fault_form_get_kind (self);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].kind == kind && n-- == 0)
      return &rows[i];
  return NULL;
}

/* Transfer none; NULL: it can strike. */
static void
show_problem (PcLabFaultForm *self,
              const char     *problem)
{
  gtk_widget_set_visible (GTK_WIDGET (self->sentence), problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
  gtk_label_set_label (self->problem, problem != NULL ? problem : "");
}

/* Reads what the form says, and says it in a sentence. */
static void
read_form (PcLabFaultForm *self)
{
  g_autofree char *spec = NULL;
  g_autoptr (PcFaults) faults = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  g_clear_pointer (&self->spec, g_free);
  if (self->aim == NULL || self->aim->rule == NULL) {
    show_problem (self, _ ("A fault falls on what one end says. Choose such a "
                           "step on the wire."));
    return;
  }
  spec = pc_lab_fault_form_write (self, FALSE);
  if (spec == NULL) {
    show_problem (self, _ ("No command of a client is answered here."));
    return;
  }
  faults = pc_faults_new_spec (spec, self->scenario, &error);
  if (faults == NULL) {
    show_problem (self, error->message);
    return;
  }
  words = pc_fault_describe (pc_faults_get (faults, 0), self->scenario);
  gtk_label_set_label (self->sentence, words);
  show_problem (self, NULL);
  self->spec = g_steal_pointer (&spec);
}

static void
changed (PcLabFaultForm *self)
{
  if (self->silent > 0)
    return;
  read_form (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* -- rows ----------------------------------------------------------------- */

static GtkWidget *
make_control (PcLabFaultForm *self,
              const Row      *row)
{
  GtkWidget *control;

  if (row->key == NULL) {
    control = gtk_entry_new ();
    gtk_editable_set_text (GTK_EDITABLE (control),
                           self->reply != NULL ? self->reply : "");
    g_signal_connect_object (control, "changed", G_CALLBACK (changed), self,
                             G_CONNECT_SWAPPED);
  } else {
    control = gtk_spin_button_new_with_range (row->min, row->max, 1);
    gtk_spin_button_set_value (GTK_SPIN_BUTTON (control), row->usual);
    g_signal_connect_object (control, "value-changed", G_CALLBACK (changed),
                             self, G_CONNECT_SWAPPED);
  }
  gtk_widget_set_hexpand (control, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (control),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (row->label), -1);
  return control;
}

static GtkWidget *
add_row (PcLabFaultForm *self,
         GtkWidget      *holder,
         const Row      *row)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (_ (row->label));
  GtkWidget *control = make_control (self, row);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), control);
  gtk_box_append (GTK_BOX (holder), box);
  return control;
}

static void
make_rows (PcLabFaultForm *self)
{
  GtkWidget *child;
  const Row *row;

  while ((child = gtk_widget_get_first_child (self->rows)) != NULL)
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; i < MAX_ROWS && (row = get_row (self, i)) != NULL; i++)
    self->controls[i] = add_row (self, self->rows, row);
  gtk_widget_set_visible (self->rows,
                          gtk_widget_get_first_child (self->rows) != NULL);
}

static void
which_cb (PcLabFaultForm *self)
{
  gtk_widget_set_visible (self->chance_rows,
                          get_which (self) == PC_FAULT_ANY);
  changed (self);
}

/* A slow line is slow for all; what a server says is not left to chance. */
static void
kind_cb (PcLabFaultForm *self)
{
  PcFaultKind kind = pc_lab_fault_form_get_kind (self);

  self->silent++;
  gtk_widget_set_visible (self->which_part, kind != PC_FAULT_SLOW);
  if (kind == PC_FAULT_ANSWER && get_which (self) == PC_FAULT_ANY)
    gtk_drop_down_set_selected (GTK_DROP_DOWN (self->which), PC_FAULT_ONCE);
  make_rows (self);
  self->silent--;
  which_cb (self);
}

void
pc_lab_fault_form_set_kind (PcLabFaultForm *self,
                            PcFaultKind     kind)
{
  g_return_if_fail (PC_IS_LAB_FAULT_FORM (self));

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].kind == kind)
      gtk_drop_down_set_selected (GTK_DROP_DOWN (self->kinds), i);
}

void
pc_lab_fault_form_set_aim (PcLabFaultForm   *self,
                           PcScenario       *scenario,
                           const PcFaultAim *aim)
{
  g_autofree char *reply = pc_fault_aim_dup_reply (aim);
  gboolean own = FALSE;

  g_return_if_fail (PC_IS_LAB_FAULT_FORM (self));

  self->silent++;
  if (pc_lab_fault_form_get_kind (self) == PC_FAULT_ANSWER) {
    GtkEditable *entry = GTK_EDITABLE (self->controls[0]);

    own = g_strcmp0 (gtk_editable_get_text (entry), self->reply) != 0;
    if (!own)
      gtk_editable_set_text (entry, reply);
  }
  self->silent--;
  if (!own) {
    g_free (self->reply);
    self->reply = g_steal_pointer (&reply);
  }
  self->scenario = scenario;
  self->aim = aim;
  changed (self);
}

const char *
pc_lab_fault_form_get_spec (PcLabFaultForm *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULT_FORM (self), NULL);

  return self->spec;
}

const char *
pc_lab_fault_form_get_sentence (PcLabFaultForm *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULT_FORM (self), NULL);

  return gtk_label_get_label (self->sentence);
}

const char *
pc_lab_fault_form_get_problem (PcLabFaultForm *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULT_FORM (self), NULL);

  return self->spec == NULL ? gtk_label_get_label (self->problem) : NULL;
}

/* -- the spec ------------------------------------------------------------- */

static guint
get_value (GtkWidget *control)
{
  return (guint) gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (control));
}

static void
append_row (PcLabFaultForm   *self,
            GString          *spec,
            const PcFaultAim *aim,
            guint             n)
{
  const Row *row = get_row (self, n);
  guint value;

  if (row->key == NULL) {
    g_autofree char *words = pc_fault_aim_write_reply (
        aim, gtk_editable_get_text (GTK_EDITABLE (self->controls[n])));

    g_string_append_printf (spec, ",%s", words);
    return;
  }
  value = get_value (self->controls[n]);
  if (value > 0 || !row->optional)
    g_string_append_printf (spec, ",%s=%u", row->key, value);
}

static void
append_chance (PcLabFaultForm *self,
               GString        *spec)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (number, sizeof number, "%g",
                   get_value (self->chance[0]) / 100.0);
  g_string_append_printf (spec, ",rate=%s,seed=%u", number,
                          get_value (self->chance[1]));
}

/* What a stranger sends goes to whom the step was for. */
static void
append_stranger (PcLabFaultForm   *self,
                 GString          *spec,
                 const PcFaultAim *aim)
{
  guint opcode = get_value (self->controls[0]);
  guint number = get_value (self->controls[1]);

  g_string_append_printf (spec, ",to=%s,opcode=%u,%s=%u",
                          aim->side == PC_SIDE_CLIENT ? "server" : "client",
                          opcode, opcode == 5 ? "code" : "block", number);
}

char *
pc_lab_fault_form_write (PcLabFaultForm *self,
                         gboolean        live)
{
  const PcFaultAim *aim = self->aim;
  PcFaultKind kind;
  g_autofree char *begin = NULL;
  g_autoptr (GString) spec = NULL;

  g_return_val_if_fail (PC_IS_LAB_FAULT_FORM (self), NULL);

  if (aim == NULL)
    return NULL;
  kind = pc_lab_fault_form_get_kind (self);
  begin = pc_fault_aim_write (aim, kind, get_which (self), live);
  if (begin == NULL)
    return NULL;
  spec = g_string_new (begin);
  if (kind == PC_FAULT_INJECT)
    append_stranger (self, spec, aim);
  else
    for (guint i = 0; i < MAX_ROWS && get_row (self, i) != NULL; i++)
      append_row (self, spec, aim, i);
  if (get_which (self) == PC_FAULT_ANY)
    append_chance (self, spec);
  return g_string_free (g_steal_pointer (&spec), FALSE);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PC_LAB_FAULT_FORM (widget)->kinds);
}

static void
dispose (GObject *object)
{
  PcLabFaultForm *self = PC_LAB_FAULT_FORM (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_fault_form_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  g_free (PC_LAB_FAULT_FORM (object)->reply);
  g_free (PC_LAB_FAULT_FORM (object)->spec);
  G_OBJECT_CLASS (pc_lab_fault_form_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabFaultForm, name)

static void
pc_lab_fault_form_class_init (PcLabFaultFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] = g_signal_new ("changed", PC_TYPE_LAB_FAULT_FORM,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-fault-form.ui");
  BIND (box);
  BIND (kind_holder);
  BIND (which_part);
  BIND (which_holder);
  BIND (rows);
  BIND (chance_rows);
  BIND (sentence);
  BIND (problem);
}

#undef BIND

static GtkWidget *
add_list (PcLabFaultForm    *self,
          GtkWidget         *holder,
          const char        *name,
          const char *const *texts)
{
  GtkWidget *list = pc_choice_list_new (name, texts, FALSE);

  gtk_widget_set_hexpand (list, TRUE);
  gtk_box_append (GTK_BOX (holder), list);
  return list;
}

static void
pc_lab_fault_form_init (PcLabFaultForm *self)
{
  const char *names[G_N_ELEMENTS (kinds) + 1] = { NULL };
  const char *which[] = { _ ("This one only"), _ ("This one and all after it"),
                          _ ("Some, by chance"), NULL };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    names[i] = _ (kinds[i].name);
  self->silent++;
  self->which = add_list (self, self->which_holder, _ ("How often"), which);
  self->kinds = add_list (self, self->kind_holder, _ ("What goes wrong"),
                          names);
  for (guint i = 0; i < MAX_ROWS; i++)
    self->chance[i] = add_row (self, self->chance_rows, &chance[i]);
  g_signal_connect_object (self->kinds, "notify::selected",
                           G_CALLBACK (kind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->which, "notify::selected",
                           G_CALLBACK (which_cb), self, G_CONNECT_SWAPPED);
  self->silent--;
  kind_cb (self);
}
