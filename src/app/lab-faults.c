/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is armed is a --fault of the command line, read by the same reader, so
 * what cannot be is said before anything runs, in the same words.  Runs are in
 * memory, where waits take no time, unless somebody wants real sockets. */

#include "app/lab-faults.h"

#include "app/compare-picker.h"
#include "app/flow-layout.h"
#include "app/lab-fault-file.h"
#include "app/lab-fault-result.h"
#include "app/lab-layout.h"
#include "app/tab-stop.h"
#include "app/window.h"

#include "run/run.h"

#include <glib/gi18n-lib.h>

#define FIRST "tftp-get-config" /* small, and loses well */

struct _PcLabFaults
{
  GtkWidget parent_instance;

  GtkWidget      *box;
  GtkLabel       *step;
  GtkWidget      *bench;
  GtkWidget      *fault_tab;
  GtkWidget      *wire_tab;
  GtkWidget      *result_tab;
  GtkWidget      *exchange;
  GtkLabel       *exchange_name;
  PcLabFaultForm *form;
  GtkWidget      *beside;
  GtkWidget      *sockets;
  GtkButton      *run;
  PcLabStage     *stage;
  PcLabFaultResult *result;

  GSimpleActionGroup *actions;
  PcContent          *content;
  PcLabClient        *client; /* not owned */
  PcScenario         *scenario;
  PcTimeline         *healthy;
  PcTimeline         *struck;
  GCancellable       *cancellable; /* of the run under way */
  PcFaultAim          aim;
  char               *armed; /* property */
  gboolean            choosing; /* the stage shows what is healthy */
};

enum { ARMED = 1,
       N_PROPS };

static GParamSpec *props[N_PROPS];

G_DEFINE_FINAL_TYPE (PcLabFaults, pc_lab_faults, GTK_TYPE_WIDGET)

static void
toast (PcLabFaults *self,
       const char  *text)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  if (PC_IS_WINDOW (root))
    pc_window_toast (PC_WINDOW (root), text);
}

static void
set_enabled (PcLabFaults *self,
             const char  *name,
             gboolean     enabled)
{
  g_simple_action_set_enabled (
      G_SIMPLE_ACTION (
          g_action_map_lookup_action (G_ACTION_MAP (self->actions), name)),
      enabled);
}

/* -- what would be armed --------------------------------------------------- */

static void
update_buttons (PcLabFaults *self)
{
  gboolean busy = self->cancellable != NULL;
  gboolean can = pc_lab_fault_form_get_spec (self->form) != NULL;

  set_enabled (self, "run", can || busy);
  set_enabled (self, "arm", can && !busy);
  set_enabled (self, "copy", can);
  set_enabled (self, "save", can && !busy);
  set_enabled (self, "choose", !busy && self->content != NULL);
  set_enabled (self, "again", !busy && !self->choosing &&
                                  self->healthy != NULL);
  gtk_button_set_label (self->run, busy ? _ ("_Stop") : _ ("_Run"));
}

static void
show_step (PcLabFaults *self)
{
  PcStep *step = NULL;
  g_autofree char *text = NULL;

  if (self->aim.rule != NULL)
    step = pc_timeline_get_step (
        self->healthy,
        pc_timeline_find_number (self->healthy, self->aim.number));
  if (step == NULL) {
    gtk_label_set_label (self->step, _ ("No step is chosen yet."));
    return;
  }
  /* Translators: %s: what is said in it. */
  text = g_strdup_printf (_ ("Step %u: %s"), self->aim.number,
                          pc_step_get_summary (step));
  gtk_label_set_label (self->step, text);
}

/* The step that is lit is the one, as long as all is as it should be. */
static void
current_cb (PcLabFaults *self)
{
  PcPlayer *player = pc_lab_stage_get_player (self->stage);

  if (!self->choosing || self->healthy == NULL ||
      pc_player_get_timeline (player) == NULL)
    return;
  pc_fault_aim_take (&self->aim, self->healthy,
                     pc_player_get_current (player));
  show_step (self);
  pc_lab_fault_form_set_aim (self->form, self->scenario, &self->aim);
}

/* -- what is armed -------------------------------------------------------- */

static void
update_armed (PcLabFaults *self)
{
  const char *live = self->client != NULL
                         ? pc_lab_client_get_armed (self->client)
                         : NULL;
  g_autofree char *armed = NULL;

  if (live != NULL)
    /* Translators: %s: a sentence that says what will happen. */
    armed = g_strdup_printf (_ ("Armed for your own client. %s"), live);
  else if (self->cancellable != NULL)
    armed = g_strdup_printf (_ ("Armed in the fault lab. %s"),
                             pc_lab_fault_form_get_sentence (self->form));
  if (g_strcmp0 (armed, self->armed) == 0)
    return;
  g_free (self->armed);
  self->armed = g_steal_pointer (&armed);
  g_object_notify_by_pspec (G_OBJECT (self), props[ARMED]);
}

static void
stop (PcLabFaults *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* -- the exchange --------------------------------------------------------- */

/* What a server says, if there is such a step. */
static guint
find_first (PcTimeline *timeline)
{
  g_auto (PcFaultAim) aim = { 0 };
  guint first = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (timeline); i++) {
    if (!pc_fault_aim_take (&aim, timeline, i))
      continue;
    if (aim.side == PC_SIDE_SERVER)
      return aim.number;
    if (first == 0)
      first = aim.number;
  }
  return first;
}

static void
show_healthy (PcLabFaults *self)
{
  guint number = self->aim.rule != NULL ? self->aim.number
                                        : find_first (self->healthy);

  gtk_widget_set_visible (GTK_WIDGET (self->result), FALSE);
  pc_lab_stage_show (self->stage, self->healthy, number);
  self->choosing = TRUE;
  current_cb (self);
}

static void
show_title (PcLabFaults *self)
{
  const char *title = pc_scenario_get_title (self->scenario);
  /* Translators: %s: its title. */
  g_autofree char *name = g_strdup_printf (_ ("Exchange: %s"), title);

  gtk_label_set_label (self->exchange_name, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->exchange),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

gboolean
pc_lab_faults_open (PcLabFaults *self,
                    const char  *id)
{
  PcScenario *scenario;
  g_autoptr (PcTimeline) timeline = NULL;
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), FALSE);

  scenario = self->content != NULL
                 ? pc_library_find (pc_content_get_library (self->content),
                                    id)
                 : NULL;
  if (scenario == NULL)
    return FALSE;
  stop (self);
  update_armed (self);
  timeline = pc_run_scenario (scenario, PC_LINK_MEMORY, &error);
  if (timeline == NULL) {
    pc_lab_stage_show_text (self->stage, error->message);
    return FALSE;
  }
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  self->scenario = pc_scenario_ref (scenario);
  g_set_object (&self->healthy, timeline);
  g_clear_object (&self->struck);
  pc_fault_aim_clear (&self->aim);
  show_title (self);
  show_healthy (self);
  return TRUE;
}

/* Not before somebody looks. */
static void
open_first (PcLabFaults *self)
{
  PcLibrary *library;

  if (self->scenario != NULL || self->content == NULL ||
      !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  library = pc_content_get_library (self->content);
  if (!pc_lab_faults_open (self, FIRST) && pc_library_get_n (library) > 0)
    pc_lab_faults_open (self, pc_scenario_get_id (pc_library_get (library,
                                                                  0)));
}

void
pc_lab_faults_set_content (PcLabFaults *self,
                           PcContent   *content)
{
  g_return_if_fail (PC_IS_LAB_FAULTS (self));

  g_set_object (&self->content, content);
  update_buttons (self);
  open_first (self);
}

/* -- arming -------------------------------------------------------------- */

void
pc_lab_faults_set_client (PcLabFaults *self,
                          PcLabClient *client)
{
  g_return_if_fail (PC_IS_LAB_FAULTS (self));
  g_return_if_fail (self->client == NULL);

  self->client = client;
  g_signal_connect_object (client, "notify::armed", G_CALLBACK (update_armed),
                           self, G_CONNECT_SWAPPED);
}

void
pc_lab_faults_disarm (PcLabFaults *self)
{
  g_return_if_fail (PC_IS_LAB_FAULTS (self));

  if (self->cancellable != NULL) {
    stop (self);
    show_healthy (self);
    update_buttons (self);
  }
  if (self->client != NULL)
    pc_lab_client_disarm (self->client);
  update_armed (self);
}

const char *
pc_lab_faults_get_armed (PcLabFaults *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), NULL);

  return self->armed;
}

/* -- what came of it ------------------------------------------------------ */

static void
show_struck (PcLabFaults *self)
{
  PcFaultKind kind = pc_lab_fault_form_get_kind (self->form);
  int hit = pc_fault_aim_find_hit (&self->aim, kind, self->struck);
  PcStep *step = hit >= 0 ? pc_timeline_get_step (self->struck, (guint) hit)
                          : NULL;

  /* In place of what an author says of it when all goes well. */
  if (step != NULL)
    pc_step_set_note (step, _ ("Here the fault strikes."));
  if (gtk_check_button_get_active (GTK_CHECK_BUTTON (self->beside))) {
    pc_lab_stage_show_two (self->stage, _ ("As it was meant"), self->healthy,
                           _ ("With the fault"), self->struck, 0);
    if (hit >= 0)
      pc_lab_stage_show_right (self->stage, (guint) hit);
  } else {
    pc_lab_stage_show (self->stage, self->struck,
                       step != NULL ? pc_step_get_number (step) : 0);
  }
  pc_lab_fault_result_show (self->result, self->healthy, self->struck, hit);
}

/* -- running -------------------------------------------------------------- */

typedef struct
{
  PcLabFaults  *page;
  GCancellable *cancellable;
} Run;

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autofree Run *run = data;
  g_autoptr (PcLabFaults) self = run->page;
  g_autoptr (GCancellable) cancellable = run->cancellable;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcTimeline) timeline = pc_run_scenario_finish (result, &error);

  if (self->cancellable != cancellable)
    return;
  g_clear_object (&self->cancellable);
  if (timeline == NULL) {
    pc_lab_stage_show_text (self->stage, error->message);
  } else {
    g_set_object (&self->struck, timeline);
    show_struck (self);
  }
  update_buttons (self);
  update_armed (self);
}

void
pc_lab_faults_run (PcLabFaults *self)
{
  g_autoptr (PcFaults) faults = NULL;
  const char *spec;
  gboolean real;
  Run *run;

  g_return_if_fail (PC_IS_LAB_FAULTS (self));

  spec = pc_lab_fault_form_get_spec (self->form);
  if (self->cancellable != NULL) {
    pc_lab_faults_disarm (self);
    return;
  }
  if (spec == NULL)
    return;
  faults = pc_faults_new_spec (spec, self->scenario, NULL);
  g_return_if_fail (faults != NULL);
  real = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->sockets));
  self->cancellable = g_cancellable_new ();
  self->choosing = FALSE;
  gtk_widget_set_visible (GTK_WIDGET (self->result), FALSE);
  pc_lab_stage_show_text (self->stage, _ ("It runs, with its fault…"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->wire_tab), TRUE);
  update_armed (self);
  update_buttons (self);
  run = g_new (Run, 1);
  run->page = g_object_ref (self);
  run->cancellable = g_object_ref (self->cancellable);
  pc_run_scenario_armed_async (self->scenario,
                               real ? PC_LINK_SOCKETS : PC_LINK_MEMORY,
                               faults, self->cancellable, run_cb, run);
}

/* -- commands ------------------------------------------------------------- */

static void
run_action_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       data)
{
  pc_lab_faults_run (data);
}

static void
again_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  show_healthy (data);
  update_buttons (data);
}

void
pc_lab_faults_arm (PcLabFaults *self)
{
  g_autofree char *spec = NULL;
  g_autoptr (GError) error = NULL;

  g_return_if_fail (PC_IS_LAB_FAULTS (self));

  spec = pc_lab_fault_form_write (self->form, TRUE);
  if (self->client == NULL || spec == NULL)
    return;
  if (!pc_lab_client_arm (self->client, spec, &error))
    toast (self, error->message);
  else
    toast (self, _ ("Whoever comes to the servers now meets the fault."));
}

static void
arm_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       data)
{
  pc_lab_faults_arm (data);
}

static void
copy_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcLabFaults *self = data;
  g_autofree char *quoted = g_shell_quote (
      pc_lab_fault_form_get_spec (self->form));
  gboolean real =
      gtk_check_button_get_active (GTK_CHECK_BUTTON (self->sockets));
  g_autofree char *line = g_strdup_printf (
      "portcall-cli run %s%s --fault %s",
      pc_scenario_get_id (self->scenario), real ? "" : " --link memory",
      quoted);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), line);
  toast (self, _ ("The command is in the clipboard."));
}

static void
choose_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       data)
{
  PcLabFaults *self = data;

  gtk_window_present (GTK_WINDOW (pc_compare_picker_new_any (
      GTK_WIDGET (self), pc_content_get_library (self->content),
      _ ("In which exchange is something to go wrong?"), "faults.open")));
}

static void
open_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  pc_lab_faults_open (data, g_variant_get_string (parameter, NULL));
}

static void
save_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       data)
{
  PcLabFaults *self = data;

  pc_lab_fault_file_ask (GTK_WIDGET (self), self->scenario,
                         pc_lab_fault_form_get_spec (self->form));
}

/* -- what others ask ------------------------------------------------------ */

PcLabStage *
pc_lab_faults_get_stage (PcLabFaults *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), NULL);

  return self->stage;
}

PcLabFaultForm *
pc_lab_faults_get_form (PcLabFaults *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), NULL);

  return self->form;
}

gboolean
pc_lab_faults_is_idle (PcLabFaults *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), TRUE);

  return self->cancellable == NULL;
}

void
pc_lab_faults_save (PcLabFaults *self,
                    GFile       *file)
{
  const char *spec;

  g_return_if_fail (PC_IS_LAB_FAULTS (self));
  g_return_if_fail (G_IS_FILE (file));

  spec = pc_lab_fault_form_get_spec (self->form);
  if (spec != NULL)
    pc_lab_fault_file_save (GTK_WIDGET (self), self->scenario, spec, file);
}

PcTimeline *
pc_lab_faults_get_struck (PcLabFaults *self)
{
  g_return_val_if_fail (PC_IS_LAB_FAULTS (self), NULL);

  return self->struck;
}

static void
tab_toggled_cb (PcLabFaults     *self,
                GtkToggleButton *tab)
{
  if (gtk_toggle_button_get_active (tab))
    pc_lab_layout_set_chosen (
        PC_LAB_LAYOUT (gtk_widget_get_layout_manager (self->bench)),
        tab == (gpointer) self->fault_tab  ? 0
        : tab == (gpointer) self->wire_tab ? 1
                                           : 2);
}

/* -- life ----------------------------------------------------------------- */

static gboolean
grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (PC_LAB_FAULTS (widget)->exchange);
}

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_lab_faults_parent_class)->map (widget);
  open_first (PC_LAB_FAULTS (widget));
}

static void
get_property (GObject    *object,
              guint       id,
              GValue     *value,
              GParamSpec *pspec)
{
  if (id == ARMED)
    g_value_set_string (value, PC_LAB_FAULTS (object)->armed);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
dispose (GObject *object)
{
  PcLabFaults *self = PC_LAB_FAULTS (object);

  stop (self);
  self->client = NULL;
  if (self->stage != NULL)
    g_signal_handlers_disconnect_by_data (
        pc_lab_stage_get_player (self->stage), self);
  self->stage = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_object (&self->healthy);
  g_clear_object (&self->struck);
  g_clear_object (&self->content);
  g_clear_object (&self->actions);
  G_OBJECT_CLASS (pc_lab_faults_parent_class)->dispose (object);
}

static void
finalize (GObject *object)
{
  PcLabFaults *self = PC_LAB_FAULTS (object);

  pc_fault_aim_clear (&self->aim);
  g_free (self->armed);
  G_OBJECT_CLASS (pc_lab_faults_parent_class)->finalize (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcLabFaults, name)

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/lab-faults.ui");
  BIND (box);
  BIND (step);
  BIND (bench);
  BIND (fault_tab);
  BIND (wire_tab);
  BIND (result_tab);
  BIND (exchange);
  BIND (exchange_name);
  BIND (form);
  BIND (beside);
  BIND (sockets);
  BIND (run);
  BIND (stage);
  BIND (result);
  gtk_widget_class_bind_template_callback (widget_class, tab_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, update_buttons);
}

#undef BIND

static void
pc_lab_faults_class_init (PcLabFaultsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (PC_TYPE_FLOW_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_FAULT_FORM);
  g_type_ensure (PC_TYPE_LAB_FAULT_RESULT);
  g_type_ensure (PC_TYPE_LAB_LAYOUT);
  g_type_ensure (PC_TYPE_LAB_STAGE);
  G_OBJECT_CLASS (klass)->dispose = dispose;
  G_OBJECT_CLASS (klass)->finalize = finalize;
  G_OBJECT_CLASS (klass)->get_property = get_property;
  widget_class->grab_focus = grab_focus;
  widget_class->focus = pc_tab_stop_focus_child;
  widget_class->map = map;
  props[ARMED] = g_param_spec_string (
      "armed", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, props);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_template (widget_class);
}

static void
pc_lab_faults_init (PcLabFaults *self)
{
  static const GActionEntry entries[] = {
    { .name = "run", .activate = run_action_cb },
    { .name = "again", .activate = again_cb },
    { .name = "arm", .activate = arm_cb },
    { .name = "copy", .activate = copy_cb },
    { .name = "save", .activate = save_cb },
    { .name = "choose", .activate = choose_cb },
    { .name = "open", .parameter_type = "s", .activate = open_cb },
  };

  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries,
                                   G_N_ELEMENTS (entries), self);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "faults",
                                  G_ACTION_GROUP (self->actions));
  g_signal_connect_swapped (pc_lab_stage_get_player (self->stage),
                            "notify::current", G_CALLBACK (current_cb), self);
  show_step (self);
  update_buttons (self);
}
