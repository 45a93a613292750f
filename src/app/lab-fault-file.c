/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written has run before (run/fault-save.c): no file is saved that
 * does not do what was seen. */

#include "app/lab-fault-file.h"

#include "app/save-file.h"
#include "app/window.h"

#include "run/fault-aim.h"
#include "run/run.h"

#include <string.h>

#include <glib/gi18n-lib.h>

#define CHOOSER "pc-fault-chooser"

/* While somebody is asked. */
typedef struct
{
  GtkFileChooserNative *chooser;
  PcScenario           *scenario;
  char                 *spec;
} Ask;

static void
toast (GtkWidget  *owner,
       const char *text)
{
  GtkRoot *root = gtk_widget_get_root (owner);

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root), text);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (GtkWidget) owner = data;
  g_autoptr (GError) error = NULL;

  toast (owner, pc_save_file_finish (result, &error)
                    ? _ ("The scenario was saved. Open it among the "
                         "exchanges.")
                    : error->message);
}

void
pc_lab_fault_file_save (GtkWidget  *owner,
                        PcScenario *scenario,
                        const char *spec,
                        GFile      *file)
{
  g_autoptr (PcFaults) faults = NULL;
  g_autoptr (PcTimeline) timeline = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  faults = pc_faults_new_spec (spec, scenario, &error);
  if (faults != NULL)
    timeline = pc_run_scenario_armed (scenario, PC_LINK_MEMORY, faults,
                                      &error);
  if (timeline != NULL)
    bytes = pc_fault_save (scenario, spec, timeline, &error);
  if (bytes == NULL)
    toast (owner, error->message);
  else
    pc_save_file_async (file, bytes, NULL, saved_cb, g_object_ref (owner));
}

static void
response_cb (GtkWidget      *owner,
             int             response,
             GtkFileChooser *chooser)
{
  Ask *ask = g_object_get_data (G_OBJECT (owner), CHOOSER);
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (chooser);
  if (file != NULL)
    pc_lab_fault_file_save (owner, ask->scenario, ask->spec, file);
  g_object_set_data (G_OBJECT (owner), CHOOSER, NULL);
}

static void
ask_free (gpointer data)
{
  Ask *self = data;

  gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_object_unref (self->chooser);
  pc_scenario_unref (self->scenario);
  g_free (self->spec);
  g_free (self);
}

void
pc_lab_fault_file_ask (GtkWidget  *owner,
                       PcScenario *scenario,
                       const char *spec)
{
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *kind = g_strndup (spec, strcspn (spec, ","));
  g_autofree char *name = g_strdup_printf (
      "%s-%s.json", pc_scenario_get_id (scenario), kind);

  ask->scenario = pc_scenario_ref (scenario);
  ask->spec = g_strdup (spec);
  ask->chooser = gtk_file_chooser_native_new (
      _ ("Save Scenario"), GTK_WINDOW (gtk_widget_get_root (owner)),
      GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (ask->chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (ask->chooser), TRUE);
  g_signal_connect_object (ask->chooser, "response", G_CALLBACK (response_cb),
                           owner, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (owner), CHOOSER, ask, ask_free);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (ask->chooser));
}
