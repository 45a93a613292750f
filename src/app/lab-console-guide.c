/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The map beside the console: the graph of states with where both ends are,
 * and what comes next, legal or not.  A row puts its line into the console and
 * sends nothing. */

#include "app/lab-console-guide.h"

#include "app/columns-layout.h"
#include "app/state-pair.h"
#include "app/tab-stop.h"
#include "app/verb-row.h"

#include <glib/gi18n-lib.h>

struct _PcLabConsoleGuide
{
  GtkWidget parent_instance;

  GtkWidget   *scrolled;
  PcStatePair *states;
  GtkLabel    *legal_title;
  GtkListBox  *legal;
  GtkWidget   *none;
  GtkWidget   *illegal_box;
  GtkListBox  *illegal;

  GPtrArray *shown; /* lines and reasons that the lists have */
};

enum { CHOSEN,
       N_SIGNALS };

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (PcLabConsoleGuide, pc_lab_console_guide, GTK_TYPE_WIDGET)

static void
clear_list (GtkListBox *list)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (list, 0)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
}

/* Somebody may be among them with the keys: what is the same stays. */
static gboolean
is_shown (PcLabConsoleGuide *self,
          GPtrArray         *choices)
{
  if (self->shown == NULL || self->shown->len != choices->len)
    return FALSE;
  for (guint i = 0; i < choices->len; i++) {
    const PcConsoleChoice *old = self->shown->pdata[i];
    const PcConsoleChoice *new = choices->pdata[i];

    if (g_strcmp0 (old->syntax, new->syntax) != 0 ||
        g_strcmp0 (old->line, new->line) != 0 ||
        g_strcmp0 (old->reason, new->reason) != 0)
      return FALSE;
  }
  return TRUE;
}

static void
fill_choices (PcLabConsoleGuide *self,
              PcConsole         *console)
{
  GPtrArray *choices = pc_console_list_choices (console, TRUE);
  guint n[2] = { 0 };

  if (is_shown (self, choices)) {
    g_ptr_array_unref (choices);
    return;
  }
  clear_list (self->legal);
  clear_list (self->illegal);
  for (guint i = 0; i < choices->len; i++) {
    const PcConsoleChoice *choice = choices->pdata[i];
    gboolean legal = choice->reason == NULL;

    gtk_list_box_append (legal ? self->legal : self->illegal,
                         pc_verb_row_new_choice (choice));
    n[legal]++;
  }
  gtk_widget_set_visible (GTK_WIDGET (self->legal), n[TRUE] > 0);
  gtk_widget_set_visible (self->none, n[TRUE] == 0);
  gtk_widget_set_visible (self->illegal_box, n[FALSE] > 0);
  g_clear_pointer (&self->shown, g_ptr_array_unref);
  self->shown = choices;
}

void
pc_lab_console_guide_show (PcLabConsoleGuide *self,
                           PcConsole         *console)
{
  const char *names[2] = { [PC_ROLE_CLIENT] = _ ("Client"),
                           [PC_ROLE_SERVER] = _ ("Server") };
  gboolean client;
  PcStandpoint at = { 0 };

  g_return_if_fail (PC_IS_LAB_CONSOLE_GUIDE (self));
  g_return_if_fail (console != NULL);

  client = pc_console_get_setup (console)->role == PC_CONSOLE_CLIENT;
  names[client ? PC_ROLE_CLIENT : PC_ROLE_SERVER] = _ ("You");
  pc_console_get_standpoint (console, &at);
  gtk_widget_set_visible (GTK_WIDGET (self->states), at.protocol != NULL);
  if (at.protocol != NULL)
    pc_state_pair_show (self->states, &at, names);
  gtk_label_set_label (self->legal_title,
                       client ? _ ("You may now send")
                              : _ ("You may now answer"));
  fill_choices (self, console);
}

static void
row_activated_cb (PcLabConsoleGuide *self,
                  GtkListBoxRow     *row)
{
  g_signal_emit (self, signals[CHOSEN], 0,
                 pc_verb_row_get_line (PC_VERB_ROW (row)));
}

/* -- life ----------------------------------------------------------------- */

static void
dispose (GObject *object)
{
  PcLabConsoleGuide *self = PC_LAB_CONSOLE_GUIDE (object);

  g_clear_pointer (&self->shown, g_ptr_array_unref);
  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  G_OBJECT_CLASS (pc_lab_console_guide_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabConsoleGuide, name)

static void
pc_lab_console_guide_class_init (PcLabConsoleGuideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_COLUMNS_LAYOUT);
  g_type_ensure (PC_TYPE_STATE_PAIR);
  g_type_ensure (PC_TYPE_TAB_STOP);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  signals[CHOSEN] = g_signal_new ("chosen", PC_TYPE_LAB_CONSOLE_GUIDE,
                                  G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-console-guide.ui");
  BIND (scrolled);
  BIND (states);
  BIND (legal_title);
  BIND (legal);
  BIND (none);
  BIND (illegal_box);
  BIND (illegal);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

#undef BIND

static void
pc_lab_console_guide_init (PcLabConsoleGuide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
