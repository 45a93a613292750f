/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The form of an entry.  It is made anew when other fields belong to it, which
 * may be because of what was chosen in it: then the same field has the focus
 * again. */

#include "app/entry-form.h"

#include "app/entry-field.h"
#include "app/tab-stop.h"

#include <string.h>

struct _PcEntryForm
{
  GtkWidget parent_instance;

  GtkWidget *box;

  PcSketch *sketch; /* not owned */
};

enum { CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcEntryForm, pc_entry_form, GTK_TYPE_WIDGET)

static void
changed_cb (PcEntryForm  *self,
            PcEntryField *field)
{
  g_autofree char *value = pc_entry_field_dup_value (field);

  if (self->sketch != NULL &&
      pc_sketch_set_field (self->sketch, pc_entry_field_get_field (field),
                           value))
    g_signal_emit (self, signals[CHANGED], 0);
}

/* -- showing -------------------------------------------------------------- */

static gboolean
is_same (const PcSketchField *a,
         const PcSketchField *b)
{
  if (!g_str_equal (a->pointer, b->pointer) ||
      !g_str_equal (a->label, b->label) || a->input != b->input ||
      a->hint != b->hint || (a->choices == NULL) != (b->choices == NULL))
    return FALSE;
  return a->choices == NULL ||
         g_strv_equal ((const char *const *) a->choices,
                       (const char *const *) b->choices);
}

static gboolean
has_fields (PcEntryForm *self,
            GPtrArray   *fields)
{
  GtkWidget *child = gtk_widget_get_first_child (self->box);

  for (guint i = 0; i < fields->len; i++) {
    if (child == NULL ||
        !is_same (pc_entry_field_get_field (PC_ENTRY_FIELD (child)),
                  fields->pdata[i]))
      return FALSE;
    child = gtk_widget_get_next_sibling (child);
  }
  return child == NULL;
}

/* The field with the focus; its pointer is transfer full. */
static char *
dup_focused (PcEntryForm *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *field =
      focus != NULL ? gtk_widget_get_ancestor (focus, PC_TYPE_ENTRY_FIELD)
                    : NULL;

  return field != NULL && gtk_widget_is_ancestor (field, self->box)
             ? g_strdup (pc_entry_field_get_field (PC_ENTRY_FIELD (field))
                             ->pointer)
             : NULL;
}

static void
build (PcEntryForm *self,
       GPtrArray   *fields)
{
  g_autofree char *focused = dup_focused (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < fields->len; i++) {
    GtkWidget *field = pc_entry_field_new (fields->pdata[i]);

    g_signal_connect_object (field, "changed", G_CALLBACK (changed_cb), self,
                             G_CONNECT_SWAPPED);
    gtk_box_append (GTK_BOX (self->box), field);
  }
  g_ptr_array_set_free_func (fields, NULL);
  if (focused != NULL)
    pc_entry_form_focus (self, focused);
}

void
pc_entry_form_show (PcEntryForm *self,
                    PcSketch    *sketch,
                    const char  *pointer)
{
  g_autoptr (GPtrArray) fields = NULL;

  g_return_if_fail (PC_IS_ENTRY_FORM (self));

  self->sketch = sketch;
  fields = sketch != NULL && pointer != NULL
               ? pc_sketch_list_fields (sketch, pointer)
               : g_ptr_array_new ();
  if (!has_fields (self, fields))
    build (self, fields);
  for (GtkWidget *child = gtk_widget_get_first_child (self->box);
       child != NULL; child = gtk_widget_get_next_sibling (child)) {
    g_autofree char *value = pc_sketch_get_field (
        sketch, pc_entry_field_get_field (PC_ENTRY_FIELD (child)));

    pc_entry_field_set_value (PC_ENTRY_FIELD (child), value);
  }
}

void
pc_entry_form_focus (PcEntryForm *self,
                     const char  *pointer)
{
  GtkWidget *found = NULL;

  g_return_if_fail (PC_IS_ENTRY_FORM (self));

  for (GtkWidget *child = gtk_widget_get_first_child (self->box);
       child != NULL; child = gtk_widget_get_next_sibling (child)) {
    const PcSketchField *field =
        pc_entry_field_get_field (PC_ENTRY_FIELD (child));

    if (found == NULL ||
        (pointer != NULL && g_str_has_prefix (pointer, field->pointer)))
      found = child;
  }
  if (found != NULL)
    gtk_widget_grab_focus (found);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  pc_entry_form_focus (PC_ENTRY_FORM (widget), NULL);
  return TRUE;
}

static void
dispose (GObject *object)
{
  PcEntryForm *self = PC_ENTRY_FORM (object);

  self->sketch = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_entry_form_parent_class)->dispose (object);
}

static void
pc_entry_form_class_init (PcEntryFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[CHANGED] = g_signal_new ("changed", PC_TYPE_ENTRY_FORM,
                                   G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/entry-form.ui");
  gtk_widget_class_bind_template_child (widget_class, PcEntryForm, box);
}

static void
pc_entry_form_init (PcEntryForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
