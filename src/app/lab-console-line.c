/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line of a console.  It sends nothing itself.  No key is caught: after a
 * completion, or where there is none, Tab leaves as it does elsewhere. */

#include "app/lab-console-line.h"

#include "app/tab-stop.h"

#include <string.h>

#include <glib/gi18n-lib.h>

struct _PcLabConsoleLine
{
  GtkWidget parent_instance;

  GtkWidget     *box;
  GtkTextView   *view;
  GtkMenuButton *more;
  GtkListBox    *list;
  GtkWidget     *send;

  PcConsole *console;
  guint      back;  /* lines back in the history; 0 for the one that is new */
  char      *draft; /* what was typed before going back */
  gboolean   completed; /* what is there came from the key Tab */
  gboolean   silent;
};

enum { SEND,
       TYPED,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabConsoleLine, pc_lab_console_line, GTK_TYPE_WIDGET)

/* -- text ----------------------------------------------------------------- */

char *
pc_lab_console_line_get_text (PcLabConsoleLine *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (PC_IS_LAB_CONSOLE_LINE (self), NULL);

  buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* Keeps where it is in the history. */
static void
put (PcLabConsoleLine *self,
     const char       *text)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);

  self->silent = TRUE;
  gtk_text_buffer_set_text (buffer, text, -1);
  self->silent = FALSE;
  gtk_text_view_scroll_mark_onscreen (self->view,
                                      gtk_text_buffer_get_insert (buffer));
  g_signal_emit (self, signals[TYPED], 0);
}

void
pc_lab_console_line_set_text (PcLabConsoleLine *self,
                              const char       *text)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_LINE (self));
  g_return_if_fail (text != NULL);

  self->back = 0;
  self->completed = FALSE;
  g_clear_pointer (&self->draft, g_free);
  put (self, text);
}

static void
changed_cb (PcLabConsoleLine *self)
{
  if (self->silent)
    return;
  self->completed = FALSE;
  self->back = 0;
  g_clear_pointer (&self->draft, g_free);
  g_signal_emit (self, signals[TYPED], 0);
}

void
pc_lab_console_line_tell (PcLabConsoleLine *self,
                          const char       *news)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_LINE (self));

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  news != NULL ? news : "", -1);
}

static gboolean
is_server (PcLabConsoleLine *self)
{
  return self->console != NULL && pc_console_get_setup (self->console)->role ==
                                      PC_CONSOLE_SERVER;
}

static void
send_cb (PcLabConsoleLine *self)
{
  g_autofree char *text = pc_lab_console_line_get_text (self);

  g_signal_emit (self, signals[SEND], 0, text);
}

/* -- history -------------------------------------------------------------- */

static gboolean
is_on_edge (PcLabConsoleLine *self,
            gboolean          first)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->view);
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (buffer, &at,
                                    gtk_text_buffer_get_insert (buffer));
  return first ? gtk_text_iter_get_line (&at) == 0
               : gtk_text_iter_get_line (&at) ==
                     gtk_text_buffer_get_line_count (buffer) - 1;
}

/* FALSE: the key moves the cursor, as it does elsewhere. */
static gboolean
go_back (PcLabConsoleLine *self)
{
  const char *line;

  if (self->console == NULL || !is_on_edge (self, TRUE))
    return FALSE;
  line = pc_console_get_history (self->console, self->back);
  if (line == NULL)
    return TRUE;
  if (self->back == 0)
    self->draft = pc_lab_console_line_get_text (self);
  self->back++;
  put (self, line);
  return TRUE;
}

static gboolean
go_forward (PcLabConsoleLine *self)
{
  if (self->back == 0 || !is_on_edge (self, FALSE))
    return FALSE;
  self->back--;
  if (self->back > 0) {
    put (self, pc_console_get_history (self->console, self->back - 1));
  } else {
    g_autofree char *draft = g_steal_pointer (&self->draft);

    put (self, draft != NULL ? draft : "");
  }
  return TRUE;
}

/* -- completion ----------------------------------------------------------- */

/* Without a console: none. */
static GPtrArray *
list_completions (PcLabConsoleLine *self)
{
  g_autofree char *text = pc_lab_console_line_get_text (self);

  return self->console != NULL ? pc_console_complete (self->console, text)
                               : g_ptr_array_new ();
}

gboolean
pc_lab_console_line_complete (PcLabConsoleLine *self)
{
  g_autoptr (GPtrArray) lines = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (PC_IS_LAB_CONSOLE_LINE (self), FALSE);

  text = pc_lab_console_line_get_text (self);
  if (self->completed || *text == '\0')
    return FALSE;
  lines = list_completions (self);
  for (guint i = 0; i < lines->len; i++)
    if (!g_str_equal (lines->pdata[i], text)) {
      put (self, lines->pdata[i]);
      self->completed = TRUE;
      return TRUE;
    }
  return FALSE;
}

static void
row_activated_cb (PcLabConsoleLine *self,
                  GtkListBoxRow    *row)
{
  GtkWidget *label = gtk_list_box_row_get_child (row);
  g_autofree char *text =
      g_strdup (gtk_label_get_text (GTK_LABEL (label)));

  gtk_menu_button_popdown (self->more);
  pc_lab_console_line_set_text (self, text);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* What fits is looked up when somebody looks. */
static void
fill_cb (GtkMenuButton *button,
         gpointer       data)
{
  PcLabConsoleLine *self = data;
  g_autoptr (GPtrArray) lines = list_completions (self);
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < lines->len; i++) {
    GtkWidget *label = gtk_label_new (lines->pdata[i]);

    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (label, "monospace");
    gtk_list_box_append (self->list, label);
  }
}

/* -- keys ----------------------------------------------------------------- */

static gboolean
key_pressed_cb (PcLabConsoleLine *self,
                guint             key,
                guint             code,
                GdkModifierType   state)
{
  gboolean control = (state & GDK_CONTROL_MASK) != 0;
  gboolean shift = (state & GDK_SHIFT_MASK) != 0;

  if (state & (GDK_ALT_MASK | GDK_SUPER_MASK))
    return FALSE;
  if (control) {
    if (key != GDK_KEY_space)
      return FALSE;
    gtk_menu_button_popup (self->more);
    return TRUE;
  }
  switch (key) {
  case GDK_KEY_Return:
  case GDK_KEY_KP_Enter:
    if (shift && is_server (self))
      return FALSE;
    send_cb (self);
    return TRUE;
  case GDK_KEY_Tab: return !shift && pc_lab_console_line_complete (self);
  case GDK_KEY_Up:
  case GDK_KEY_KP_Up: return !shift && go_back (self);
  case GDK_KEY_Down:
  case GDK_KEY_KP_Down: return !shift && go_forward (self);
  default: return FALSE;
  }
}

void
pc_lab_console_line_set_console (PcLabConsoleLine *self,
                                 PcConsole        *console)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_LINE (self));

  self->console = console;
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
      is_server (self) ? _ ("Your reply") : _ ("Your line"), -1);
  pc_lab_console_line_tell (self, NULL);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (
      GTK_WIDGET (PC_LAB_CONSOLE_LINE (widget)->view));
}

static void
dispose (GObject *object)
{
  PcLabConsoleLine *self = PC_LAB_CONSOLE_LINE (object);

  self->console = NULL;
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (
        gtk_text_view_get_buffer (self->view), self);
  self->view = NULL;
  g_clear_pointer (&self->draft, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_console_line_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabConsoleLine, name)

static void
pc_lab_console_line_class_init (PcLabConsoleLineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  signals[SEND] = g_signal_new ("send", PC_TYPE_LAB_CONSOLE_LINE,
                                G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[TYPED] = g_signal_new ("typed", PC_TYPE_LAB_CONSOLE_LINE,
                                 G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console-line.ui");
  BIND (box);
  BIND (view);
  BIND (more);
  BIND (list);
  BIND (send);
  gtk_widget_class_bind_template_callback (widget_class, send_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

#undef BIND

static void
pc_lab_console_line_init (PcLabConsoleLine *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->view), "changed",
                            G_CALLBACK (changed_cb), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (key_pressed_cb),
                            self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
  /* Before it takes the focus, so that there is a row to give it to. */
  gtk_menu_button_set_create_popup_func (self->more, fill_cb, self, NULL);
  pc_lab_console_line_set_console (self, NULL);
}
