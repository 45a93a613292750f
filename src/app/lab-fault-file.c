/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is written has run before (run/fault-save.c): no file is saved that
 * does not do what was seen. */

#include "app/lab-fault-file.h"

#include "app/file-dialog.h"
#include "app/save-file.h"
#include "app/window.h"

#include "run/fault-aim.h"
#include "run/run.h"

#include <string.h>

#include <glib/gi18n-lib.h>

/* While somebody is asked. */
typedef struct
{
  PcScenario *scenario;
  char       *spec;
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
chosen_cb (gpointer        owner,
           GFile          *file,
           GtkFileChooser *chooser,
           gpointer        data)
{
  const Ask *ask = data;

  pc_lab_fault_file_save (owner, ask->scenario, ask->spec, file);
}

static void
ask_free (gpointer data)
{
  Ask *self = data;

  pc_scenario_unref (self->scenario);
  g_free (self->spec);
  g_free (self);
}

void
pc_lab_fault_file_ask (GtkWidget  *owner,
                       PcScenario *scenario,
                       const char *spec)
{
  GtkFileChooser *chooser =
      pc_file_dialog_new (owner, owner, GTK_FILE_CHOOSER_ACTION_SAVE,
                          _ ("Save Scenario"), _ ("_Save"));
  Ask *ask = g_new0 (Ask, 1);
  g_autofree char *kind = g_strndup (spec, strcspn (spec, ","));
  g_autofree char *name = g_strdup_printf (
      "%s-%s.json", pc_scenario_get_id (scenario), kind);

  ask->scenario = pc_scenario_ref (scenario);
  ask->spec = g_strdup (spec);
  gtk_file_chooser_set_current_name (chooser, name);
  pc_file_dialog_ask (chooser, chosen_cb, ask, ask_free);
}
