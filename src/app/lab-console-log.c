/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The log of a console.  What the learner said is shown as it was typed, at
 * once: the wire may make one step of many lines.  What others said is shown
 * as their steps have it. */

#include "app/lab-console-log.h"

#include "app/lab-console-row.h"
#include "app/tab-stop.h"

#include "base/text.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define MAX_CHARS 2000 /* of one reply; the inspector has all of it */
#define MAX_LINES 14
#define DOTS "••••••••"

struct _PcLabConsoleLog
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scrolled;
  GtkListBox        *list;

  PcConsole *console;
  GPtrArray *of_entries; /* PcLabConsoleRow, borrowed, by entry */
  GPtrArray *of_steps;   /* the same by step; NULL where it has none */
  guint      n;
  gboolean   reveal;
  guint      scroll_id;
};

enum { STEP_CHOSEN,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabConsoleLog, pc_lab_console_log, GTK_TYPE_WIDGET)

/* -- text ----------------------------------------------------------------- */

static PcRole
get_role (PcLabConsoleLog *self)
{
  return pc_console_get_setup (self->console)->role == PC_CONSOLE_CLIENT
             ? PC_ROLE_CLIENT
             : PC_ROLE_SERVER;
}

/* The actor that is the learner. */
static gboolean
is_own (PcLabConsoleLog *self,
        PcStep          *step)
{
  PcTimeline *timeline = pc_console_get_timeline (self->console);
  int index = pc_timeline_find_actor (timeline, pc_step_get_from (step));

  return index >= 0 && pc_timeline_get_actor (timeline, (guint) index)->role ==
                           get_role (self);
}

static gboolean
is_said (PcStep *step)
{
  PcLayer layer = pc_step_get_layer (step);

  return (layer == PC_LAYER_APP || layer == PC_LAYER_UDP) &&
         g_bytes_get_size (pc_step_get_bytes (step)) > 0;
}

/* The first lines of @text; the rest is counted.  Takes @text. */
static char *
cut_lines (char *text)
{
  g_autofree char *whole = NULL;
  g_autofree char *first = NULL;
  char *end = text;
  guint n = 0;

  for (guint i = 0; i < MAX_LINES && end != NULL; i++) {
    end = strchr (end, '\n');
    if (end != NULL)
      end++;
  }
  if (end == NULL)
    return text;
  for (const char *at = end; at != NULL; n++) {
    at = strchr (at, '\n');
    at = at != NULL ? at + 1 : NULL;
  }
  whole = text;
  first = g_strndup (text, (gsize) (end - text));
  /* Translators: %s are the first lines of a long reply. */
  return g_strdup_printf (ngettext ("%s… and %u more line: see the wire.",
                                    "%s… and %u more lines: see the wire.",
                                    n),
                          first, n);
}

/* As it was said, not as a summary.  Transfer full. */
static char *
dup_step_text (PcLabConsoleLog *self,
               PcStep          *step)
{
  GBytes *bytes = pc_step_get_bytes (step);

  if (pc_step_has_secret (step) || pc_step_get_layer (step) != PC_LAYER_APP ||
      g_bytes_get_size (bytes) == 0)
    return pc_step_dup_summary (step, self->reveal);
  return cut_lines (pc_text_from_wire (
      g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
      PC_TEXT_NO_EOL | PC_TEXT_KEEP_LINES, MAX_CHARS));
}

/* The learner's own step of this entry, if it made one. */
static PcStep *
get_own_step (PcLabConsoleLog      *self,
              const PcConsoleEntry *entry)
{
  PcTimeline *timeline = pc_console_get_timeline (self->console);
  guint n = pc_timeline_get_n_steps (timeline);

  for (guint i = entry->first; i < entry->first + entry->n_steps && i < n;
       i++) {
    PcStep *step = pc_timeline_get_step (timeline, i);

    if (is_own (self, step) && is_said (step))
      return step;
  }
  return NULL;
}

/* -- rows ----------------------------------------------------------------- */

static PcLabConsoleRow *
add_row (PcLabConsoleLog *self,
         PcConsoleVoice   voice,
         PcRole           role)
{
  const char *who = voice == PC_CONSOLE_VOICE_SELF ? _ ("You")
                    : role == PC_ROLE_CLIENT       ? _ ("Client")
                                                   : _ ("Server");
  GtkWidget *row = pc_lab_console_row_new (
      voice, voice == PC_CONSOLE_VOICE_NOTE ? _ ("Note") : who, role);

  gtk_list_box_append (self->list, row);
  self->n++;
  return PC_LAB_CONSOLE_ROW (row);
}

/* What is known of an entry now: it may have got its step since. */
static void
show_entry (PcLabConsoleLog *self,
            guint            index)
{
  const PcConsoleEntry *entry = pc_console_get_entry (self->console, index);
  PcLabConsoleRow *row = self->of_entries->pdata[index];
  PcStep *step = get_own_step (self, entry);
  g_autofree char *masked = NULL;

  if (entry->secret && !self->reveal)
    masked = step != NULL && pc_step_has_secret (step)
                 ? pc_step_dup_summary (step, FALSE)
                 : g_strdup (DOTS);
  pc_lab_console_row_set_text (row, masked != NULL ? masked : entry->text,
                               PC_STATUS_OK);
  pc_lab_console_row_set_step (row,
                               step != NULL ? pc_step_get_number (step) : 0);
  pc_lab_console_row_set_remark (row, 0, entry->before);
}

/* Beside what it is about: the last answer, or the line itself. */
static void
show_after (PcLabConsoleLog *self,
            guint            index)
{
  const PcConsoleEntry *entry = pc_console_get_entry (self->console, index);
  PcLabConsoleRow *row = self->of_entries->pdata[index];

  for (guint i = entry->first;
       i < entry->first + entry->n_steps && i < self->of_steps->len; i++) {
    PcLabConsoleRow *other = self->of_steps->pdata[i];

    if (other == NULL)
      continue;
    pc_lab_console_row_set_remark (row, 1, NULL);
    row = other;
  }
  pc_lab_console_row_set_remark (row, 1, entry->after);
}

static void
add_entry (PcLabConsoleLog *self)
{
  g_ptr_array_add (self->of_entries,
                   add_row (self, PC_CONSOLE_VOICE_SELF, get_role (self)));
}

static void
show_step (PcLabConsoleLog *self,
           guint            index)
{
  PcStep *step = pc_timeline_get_step (pc_console_get_timeline (self->console),
                                       index);
  g_autofree char *text = dup_step_text (self, step);

  pc_lab_console_row_set_text (self->of_steps->pdata[index], text,
                               pc_step_get_status (step));
}

/* Returns its row; NULL for what the learner said, which has one already. */
static PcLabConsoleRow *
add_step (PcLabConsoleLog *self)
{
  guint index = self->of_steps->len;
  PcStep *step = pc_timeline_get_step (pc_console_get_timeline (self->console),
                                       index);
  PcLabConsoleRow *row;

  if (is_said (step) && is_own (self, step)) {
    g_ptr_array_add (self->of_steps, NULL);
    return NULL;
  }
  row = add_row (self,
                 is_said (step) ? PC_CONSOLE_VOICE_OTHER
                                : PC_CONSOLE_VOICE_NOTE,
                 get_role (self) == PC_ROLE_CLIENT ? PC_ROLE_SERVER
                                                   : PC_ROLE_CLIENT);
  g_ptr_array_add (self->of_steps, row);
  pc_lab_console_row_set_step (row, pc_step_get_number (step));
  show_step (self, index);
  return row;
}

/* -- the end of the list -------------------------------------------------- */

static gboolean
scroll_cb (gpointer data)
{
  PcLabConsoleLog *self = data;
  GtkAdjustment *adjustment =
      gtk_scrolled_window_get_vadjustment (self->scrolled);

  self->scroll_id = 0;
  gtk_adjustment_set_value (adjustment,
                            gtk_adjustment_get_upper (adjustment));
  return G_SOURCE_REMOVE;
}

/* Once the rows have their place. */
static void
size_changed_cb (PcLabConsoleLog *self)
{
  if (self->scroll_id == 0)
    self->scroll_id = g_idle_add (scroll_cb, self);
}

/* In the order in which it was said.  Appends to @fresh, for whom a row is
 * news. */
static void
add_rows (PcLabConsoleLog *self,
          GPtrArray       *fresh)
{
  guint n_entries = pc_console_get_n_entries (self->console);
  guint n_steps =
      pc_timeline_get_n_steps (pc_console_get_timeline (self->console));

  while (self->of_entries->len < n_entries || self->of_steps->len < n_steps) {
    guint next = self->of_entries->len;
    PcLabConsoleRow *row;

    if (next < n_entries &&
        (self->of_steps->len >= n_steps ||
         pc_console_get_entry (self->console, next)->first <=
             self->of_steps->len)) {
      add_entry (self);
      continue;
    }
    row = add_step (self);
    if (row != NULL)
      g_ptr_array_add (fresh, row);
  }
}

char *
pc_lab_console_log_update (PcLabConsoleLog *self)
{
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  GString *news;
  guint old;

  g_return_val_if_fail (PC_IS_LAB_CONSOLE_LOG (self), NULL);

  if (self->console == NULL)
    return NULL;
  old = self->of_entries->len;
  add_rows (self, fresh);
  /* The last one may have been answered since. */
  for (guint i = old > 0 ? old - 1 : 0; i < self->of_entries->len; i++) {
    show_entry (self, i);
    show_after (self, i);
  }
  if (fresh->len == 0)
    return NULL;
  news = g_string_new (NULL);
  for (guint i = 0; i < fresh->len; i++)
    g_string_append_printf (news, "%s%s", i > 0 ? "\n" : "",
                            pc_lab_console_row_get_name (fresh->pdata[i]));
  return g_string_free (news, FALSE);
}

void
pc_lab_console_log_set_console (PcLabConsoleLog *self,
                                PcConsole       *console)
{
  GtkListBoxRow *row;

  g_return_if_fail (PC_IS_LAB_CONSOLE_LOG (self));

  self->console = console;
  g_ptr_array_set_size (self->of_entries, 0);
  g_ptr_array_set_size (self->of_steps, 0);
  self->n = 0;
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

void
pc_lab_console_log_set_reveal (PcLabConsoleLog *self,
                               gboolean         reveal)
{
  g_return_if_fail (PC_IS_LAB_CONSOLE_LOG (self));

  if (self->reveal == reveal)
    return;
  self->reveal = reveal;
  for (guint i = 0; i < self->of_entries->len; i++)
    show_entry (self, i);
  for (guint i = 0; i < self->of_steps->len; i++)
    if (self->of_steps->pdata[i] != NULL)
      show_step (self, i);
}

guint
pc_lab_console_log_get_n (PcLabConsoleLog *self)
{
  g_return_val_if_fail (PC_IS_LAB_CONSOLE_LOG (self), 0);

  return self->n;
}

/* -- life ----------------------------------------------------------------- */

static void
row_activated_cb (PcLabConsoleLog *self,
                  GtkListBoxRow   *row)
{
  guint number = pc_lab_console_row_get_step (PC_LAB_CONSOLE_ROW (row));

  if (number > 0)
    g_signal_emit (self, signals[STEP_CHOSEN], 0, number);
}

static void
dispose (GObject *object)
{
  PcLabConsoleLog *self = PC_LAB_CONSOLE_LOG (object);

  g_clear_handle_id (&self->scroll_id, g_source_remove);
  if (self->scrolled != NULL) {
    g_signal_handlers_disconnect_by_data (
        gtk_scrolled_window_get_vadjustment (self->scrolled), self);
    gtk_widget_unparent (GTK_WIDGET (self->scrolled));
  }
  self->scrolled = NULL;
  G_OBJECT_CLASS (pc_lab_console_log_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcLabConsoleLog *self = PC_LAB_CONSOLE_LOG (object);

  g_ptr_array_unref (self->of_entries);
  g_ptr_array_unref (self->of_steps);
  G_OBJECT_CLASS (pc_lab_console_log_parent_class)->finalize (object);
}

static void
pc_lab_console_log_class_init (PcLabConsoleLogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[STEP_CHOSEN] = g_signal_new (
      "step-chosen", PC_TYPE_LAB_CONSOLE_LOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
      NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console-log.ui");
  gtk_widget_class_bind_template_child (widget_class, PcLabConsoleLog,
                                        scrolled);
  gtk_widget_class_bind_template_child (widget_class, PcLabConsoleLog, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
pc_lab_console_log_init (PcLabConsoleLog *self)
{
  self->of_entries = g_ptr_array_new ();
  self->of_steps = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (
      gtk_scrolled_window_get_vadjustment (self->scrolled), "notify::upper",
      G_CALLBACK (size_changed_cb), self);
  g_signal_connect_swapped (
      gtk_scrolled_window_get_vadjustment (self->scrolled),
      "notify::page-size", G_CALLBACK (size_changed_cb), self);
}
