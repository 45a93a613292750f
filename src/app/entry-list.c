/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The list at the start of the scenario editor.  Rows are made anew with each
 * change: a scenario has some dozens of them. */

#include "app/entry-list.h"

#include "app/flow-layout.h"
#include "app/tab-stop.h"
#include "app/toasts.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define INDENT 18 /* px, of what lies in something else */

struct _PcEntryList
{
  GtkWidget parent_instance;

  GtkWidget      *box;
  GtkWidget      *sections;
  GtkWidget      *scroller;
  GtkListBox     *list;
  GtkMenuButton  *add;
  GtkWidget      *remove;
  GtkWidget      *up;
  GtkWidget      *down;
  GtkPopover     *popover;
  GtkSearchEntry *search;
  GtkListBox     *kinds;

  PcSketch       *sketch; /* not owned */
  PcSketchSection section;
  GPtrArray      *rows;     /* PcSketchRow, as they are in the list */
  char           *selected; /* pointer; or NULL */
  gboolean        filling;
  guint           scroll_id;
};

enum { SELECTED,
       CHANGED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

static const char *const section_names[] = {
  [PC_SKETCH_SCRIPT] = N_ ("Script"),
  [PC_SKETCH_ACTORS] = N_ ("Actors"),
  [PC_SKETCH_WORLD] = N_ ("World"),
  [PC_SKETCH_MARKS] = N_ ("Marks"),
  [PC_SKETCH_FAULTS] = N_ ("Faults"),
  [PC_SKETCH_ABOUT] = N_ ("About"),
};

G_DEFINE_FINAL_TYPE (PcEntryList, pc_entry_list, GTK_TYPE_WIDGET)

/* -- rows ----------------------------------------------------------------- */

static GtkWidget *
make_label (const char *text,
            const char *css)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (label), 2);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *
make_row (const PcSketchRow *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *name =
      *entry->subtitle != '\0'
          ? g_strdup_printf ("%s, %s", entry->title, entry->subtitle)
          : g_strdup (entry->title);

  gtk_widget_set_margin_start (box, (int) entry->depth * INDENT);
  gtk_box_append (GTK_BOX (box), make_label (entry->title, "row-title"));
  if (*entry->subtitle != '\0')
    gtk_box_append (GTK_BOX (box),
                    make_label (entry->subtitle, "row-subtitle"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static int
find_index (PcEntryList *self,
            const char  *pointer)
{
  for (guint i = 0; pointer != NULL && i < self->rows->len; i++)
    if (g_str_equal (((PcSketchRow *) self->rows->pdata[i])->pointer,
                     pointer))
      return (int) i;
  return -1;
}

static void
update_buttons (PcEntryList *self)
{
  gboolean there = self->selected != NULL &&
                   pc_sketch_can_remove (self->sketch, self->selected);

  gtk_widget_set_sensitive (GTK_WIDGET (self->add),
                            self->section != PC_SKETCH_ABOUT);
  gtk_widget_set_sensitive (self->remove, there);
  gtk_widget_set_sensitive (self->up, there);
  gtk_widget_set_sensitive (self->down, there);
}

static gboolean
has_focus (PcEntryList *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL &&
         gtk_widget_is_ancestor (focus, GTK_WIDGET (self->list));
}

/* Rows have their places only now. */
static gboolean
scroll_cb (gpointer data)
{
  PcEntryList *self = data;
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (
      GTK_SCROLLED_WINDOW (self->scroller));
  graphene_rect_t bounds;

  self->scroll_id = 0;
  if (row != NULL &&
      gtk_widget_compute_bounds (GTK_WIDGET (row), GTK_WIDGET (self->list),
                                 &bounds))
    gtk_adjustment_clamp_page (adjustment, bounds.origin.y,
                               bounds.origin.y + bounds.size.height);
  return G_SOURCE_REMOVE;
}

/* The list with @index selected, -1 for none; the focus stays in it. */
static void
fill (PcEntryList *self,
      int          index)
{
  gboolean focused = has_focus (self);
  GtkListBoxRow *row;

  self->filling = TRUE;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < self->rows->len; i++)
    gtk_list_box_append (self->list, make_row (self->rows->pdata[i]));
  row = index >= 0 ? gtk_list_box_get_row_at_index (self->list, index) : NULL;
  gtk_list_box_select_row (self->list, row);
  if (focused && row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  self->filling = FALSE;
  /* Behind the frame's own work. */
  if (self->scroll_id == 0)
    self->scroll_id = g_timeout_add (50, scroll_cb, self);
}

/* Tells when it is another one. */
static void
set_selected (PcEntryList *self,
              int          index)
{
  const char *pointer =
      index >= 0 && index < (int) self->rows->len
          ? ((PcSketchRow *) self->rows->pdata[index])->pointer
          : NULL;

  if (g_strcmp0 (pointer, self->selected) == 0) {
    update_buttons (self);
    return;
  }
  g_free (self->selected);
  self->selected = g_strdup (pointer);
  update_buttons (self);
  g_signal_emit (self, signals[SELECTED], 0);
}

static void
load (PcEntryList *self,
      const char  *pointer)
{
  int old = find_index (self, self->selected);
  int index;

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  self->rows = pc_sketch_list_rows (self->sketch, self->section);
  index = find_index (self, pointer);
  /* What was there has gone: its neighbour. */
  if (index < 0 && self->rows->len > 0)
    index = CLAMP (old, 0, (int) self->rows->len - 1);
  fill (self, index);
  set_selected (self, index);
}

static void
row_selected_cb (PcEntryList   *self,
                 GtkListBoxRow *row)
{
  if (!self->filling)
    set_selected (self, row != NULL ? gtk_list_box_row_get_index (row) : -1);
}

/* -- adding --------------------------------------------------------------- */

gboolean
pc_entry_list_add (PcEntryList *self,
                   const char  *what)
{
  g_autofree char *pointer = NULL;

  g_return_val_if_fail (PC_IS_ENTRY_LIST (self), FALSE);

  pointer = pc_sketch_add (self->sketch, self->section, self->selected, what);
  if (pointer == NULL) {
    pc_toasts_tell (GTK_WIDGET (self),
                    _ ("There is nothing that it could be put into."));
    return FALSE;
  }
  load (self, pointer);
  gtk_widget_grab_focus (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

static gboolean
filter_cb (GtkListBoxRow *row,
           gpointer       data)
{
  PcEntryList *self = data;
  g_autofree char *word = g_utf8_casefold (
      gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_autofree char *text =
      g_utf8_casefold (gtk_widget_get_tooltip_text (GTK_WIDGET (row)), -1);

  return strstr (text, word) != NULL;
}

static void
select_first_kind (PcEntryList *self)
{
  GtkListBoxRow *row;

  for (int i = 0;
       (row = gtk_list_box_get_row_at_index (self->kinds, i)) != NULL; i++)
    if (gtk_widget_get_child_visible (GTK_WIDGET (row))) {
      gtk_list_box_select_row (self->kinds, row);
      return;
    }
}

static void
search_changed_cb (PcEntryList *self)
{
  gtk_list_box_invalidate_filter (self->kinds);
  select_first_kind (self);
}

static void
kind_activated_cb (PcEntryList   *self,
                   GtkListBoxRow *row)
{
  g_autofree char *what = g_strdup (gtk_widget_get_name (GTK_WIDGET (row)));

  gtk_popover_popdown (self->popover);
  pc_entry_list_add (self, what);
}

static void
search_activate_cb (PcEntryList *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->kinds);

  if (row != NULL)
    kind_activated_cb (self, row);
}

static void
add_kind_row (PcEntryList        *self,
              const PcSketchKind *kind)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *text =
      *kind->summary != '\0'
          ? g_strdup_printf ("%s: %s", kind->title, kind->summary)
          : g_strdup (kind->title);

  gtk_box_append (GTK_BOX (box), make_label (kind->title, "row-title"));
  if (*kind->summary != '\0')
    gtk_box_append (GTK_BOX (box),
                    make_label (kind->summary, "row-subtitle"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_name (row, kind->what);
  gtk_widget_set_tooltip_text (row, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (self->kinds, row);
}

/* What is offered depends on what is chosen. */
static void
offer_cb (PcEntryList *self)
{
  g_autoptr (GPtrArray) kinds =
      pc_sketch_list_kinds (self->sketch, self->section, self->selected);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->kinds, 0)) != NULL)
    gtk_list_box_remove (self->kinds, GTK_WIDGET (row));
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  for (guint i = 0; i < kinds->len; i++)
    add_kind_row (self, kinds->pdata[i]);
  gtk_list_box_select_row (self->kinds,
                           gtk_list_box_get_row_at_index (self->kinds, 0));
}

void
pc_entry_list_offer (PcEntryList *self)
{
  g_return_if_fail (PC_IS_ENTRY_LIST (self));

  if (gtk_widget_get_sensitive (GTK_WIDGET (self->add)))
    gtk_menu_button_popup (self->add);
}

/* -- going, and changing places ------------------------------------------- */

void
pc_entry_list_remove (PcEntryList *self)
{
  g_return_if_fail (PC_IS_ENTRY_LIST (self));

  if (self->selected == NULL ||
      !pc_sketch_remove (self->sketch, self->selected))
    return;
  load (self, self->selected);
  /* Its neighbour has the same place now. */
  g_signal_emit (self, signals[SELECTED], 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
pc_entry_list_move (PcEntryList *self,
                    int          by)
{
  g_autofree char *pointer = NULL;

  g_return_if_fail (PC_IS_ENTRY_LIST (self));

  if (self->selected != NULL)
    pointer = pc_sketch_move (self->sketch, self->selected, by);
  if (pointer == NULL)
    return;
  load (self, pointer);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* -- sections ------------------------------------------------------------- */

static GtkWidget *
get_toggle (PcEntryList    *self,
            PcSketchSection section)
{
  GtkWidget *child = gtk_widget_get_first_child (self->sections);

  for (guint i = 0; i < section; i++)
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static void
section_toggled_cb (PcEntryList     *self,
                    GtkToggleButton *toggle)
{
  if (self->filling || !gtk_toggle_button_get_active (toggle))
    return;
  for (guint i = 0; i < PC_SKETCH_N_SECTIONS; i++)
    if (get_toggle (self, i) == GTK_WIDGET (toggle))
      pc_entry_list_select (self, i, NULL);
}

static void
add_sections (PcEntryList *self)
{
  for (guint i = 0; i < PC_SKETCH_N_SECTIONS; i++) {
    GtkWidget *toggle = gtk_toggle_button_new_with_label (
        _ (section_names[i]));

    gtk_widget_add_css_class (toggle, "pill");
    gtk_box_append (GTK_BOX (self->sections), toggle);
    if (i > 0)
      gtk_toggle_button_set_group (
          GTK_TOGGLE_BUTTON (toggle),
          GTK_TOGGLE_BUTTON (get_toggle (self, 0)));
    else
      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (toggle), TRUE);
    g_signal_connect_swapped (toggle, "toggled",
                              G_CALLBACK (section_toggled_cb), self);
  }
}

void
pc_entry_list_select (PcEntryList    *self,
                      PcSketchSection section,
                      const char     *pointer)
{
  g_return_if_fail (PC_IS_ENTRY_LIST (self));
  g_return_if_fail (section < PC_SKETCH_N_SECTIONS);

  if (section != self->section) {
    self->section = section;
    self->filling = TRUE;
    gtk_toggle_button_set_active (
        GTK_TOGGLE_BUTTON (get_toggle (self, section)), TRUE);
    self->filling = FALSE;
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _ (section_names[section]), -1);
    /* Not the neighbour of what was chosen elsewhere. */
    g_ptr_array_set_size (self->rows, 0);
    load (self, pointer);
  } else if (pointer != NULL && g_strcmp0 (pointer, self->selected) != 0)
    load (self, pointer);
}

PcSketchSection
pc_entry_list_get_section (PcEntryList *self)
{
  g_return_val_if_fail (PC_IS_ENTRY_LIST (self), PC_SKETCH_SCRIPT);

  return self->section;
}

const char *
pc_entry_list_get_selected (PcEntryList *self)
{
  g_return_val_if_fail (PC_IS_ENTRY_LIST (self), NULL);

  return self->selected;
}

void
pc_entry_list_refresh (PcEntryList *self)
{
  g_autofree char *pointer = NULL;

  g_return_if_fail (PC_IS_ENTRY_LIST (self));

  pointer = g_strdup (self->selected);
  load (self, pointer);
}

void
pc_entry_list_set_sketch (PcEntryList *self,
                          PcSketch    *sketch)
{
  g_return_if_fail (PC_IS_ENTRY_LIST (self));

  self->sketch = sketch;
  load (self, NULL);
}

/* -- life ----------------------------------------------------------------- */

static void
remove_cb (PcEntryList *self)
{
  pc_entry_list_remove (self);
}

static void
up_cb (PcEntryList *self)
{
  pc_entry_list_move (self, -1);
}

static void
down_cb (PcEntryList *self)
{
  pc_entry_list_move (self, 1);
}

static gboolean
key_pressed_cb (PcEntryList    *self,
                guint           key,
                guint           code,
                GdkModifierType state)
{
  gboolean alt = (state & gtk_accelerator_get_default_mod_mask ()) ==
                 GDK_ALT_MASK;

  if (alt && (key == GDK_KEY_Up || key == GDK_KEY_KP_Up))
    pc_entry_list_move (self, -1);
  else if (alt && (key == GDK_KEY_Down || key == GDK_KEY_KP_Down))
    pc_entry_list_move (self, 1);
  else if (key == GDK_KEY_Delete || key == GDK_KEY_KP_Delete)
    pc_entry_list_remove (self);
  else if (key == GDK_KEY_Insert || key == GDK_KEY_KP_Insert)
    pc_entry_list_offer (self);
  else
    return FALSE;
  return TRUE;
}

static gboolean
grab_focus (GtkWidget *widget)
{
  PcEntryList *self = PC_ENTRY_LIST (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  return row != NULL ? gtk_widget_grab_focus (GTK_WIDGET (row))
                     : gtk_widget_grab_focus (GTK_WIDGET (self->add));
}

static void
dispose (GObject *object)
{
  PcEntryList *self = PC_ENTRY_LIST (object);

  self->filling = TRUE;
  self->sketch = NULL;
  g_clear_handle_id (&self->scroll_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->selected, g_free);
  G_OBJECT_CLASS (pc_entry_list_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcEntryList, name)

static void
pc_entry_list_class_init (PcEntryListClass *klass)
{
  static const char *const names[] = { "selected", "changed" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], PC_TYPE_ENTRY_LIST,
                               G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/entry-list.ui");
  BIND (box);
  BIND (sections);
  BIND (scroller);
  BIND (list);
  BIND (add);
  BIND (remove);
  BIND (up);
  BIND (down);
  BIND (popover);
  BIND (search);
  BIND (kinds);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, remove_cb);
  gtk_widget_class_bind_template_callback (widget_class, up_cb);
  gtk_widget_class_bind_template_callback (widget_class, down_cb);
  gtk_widget_class_bind_template_callback (widget_class, offer_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, kind_activated_cb);
}

#undef BIND

static void
pc_entry_list_init (PcEntryList *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->rows = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_sketch_row_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  add_sections (self);
  gtk_list_box_set_filter_func (self->kinds, filter_cb, self, NULL);
  gtk_search_entry_set_key_capture_widget (self->search,
                                           GTK_WIDGET (self->kinds));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}
