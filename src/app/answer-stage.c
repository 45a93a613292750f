/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card beside an explanation.  Settings are tried by run/account and
 * exchanges run by run/run, both in lock step with the main loop, as in the
 * lab; something else to show cancels what is under way. */

#include "app/answer-stage.h"

#include "app/clamp-layout.h"

#include "diagram/diagram.h"

#include "run/run.h"

#include <glib/gi18n-lib.h>

#define CANVAS_EMS 26
#define ROOM_EMS 72

struct _PcAnswerStage
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkLabel  *title;
  GtkLabel  *text;
  GtkWidget *canvas;
  GtkWidget *beside;
  GtkLabel  *beside_title;
  GtkLabel  *beside_text;

  PcPlayer      *player;
  PcAccountForm *answer; /* to be tried, or NULL */
  PcAccountForm *right;  /* NULL where it is the answer */
  guint          sides;
  PcScenario    *scenario; /* to be run, or NULL */
  char          *mark;
  gboolean       pending; /* not begun yet */
  GtkAdjustment *across;
  guint          room_id; /* to be shown, or hidden, soon */
  GCancellable  *cancellable;
};

G_DEFINE_FINAL_TYPE (PcAnswerStage, pc_answer_stage, GTK_TYPE_WIDGET)

/* What a run under way brings back; of another one, when that has begun. */
typedef struct
{
  PcAnswerStage *stage;
  GCancellable  *cancellable;
} Call;

static Call *
call_new (PcAnswerStage *self)
{
  Call *call = g_new0 (Call, 1);

  call->stage = g_object_ref (self);
  call->cancellable = g_object_ref (self->cancellable);
  return call;
}

static void
call_free (Call *self)
{
  g_object_unref (self->stage);
  g_object_unref (self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static gboolean
is_last (const Call *call)
{
  return call->stage->cancellable == call->cancellable;
}

static void
end (PcAnswerStage *self)
{
  g_clear_object (&self->cancellable);
}

/* -- showing -------------------------------------------------------------- */

static void
show_text (PcAnswerStage *self,
           const char    *text)
{
  gtk_label_set_label (self->text, text);
  gtk_widget_set_visible (GTK_WIDGET (self->text), *text != '\0');
}

/* At the step with index @step. */
static void
show_timeline (PcAnswerStage *self,
               PcTimeline    *timeline,
               guint          step)
{
  if (gtk_widget_get_first_child (self->canvas) == NULL) {
    GtkWidget *diagram = pc_diagram_new ();

    gtk_widget_set_hexpand (diagram, TRUE);
    gtk_widget_set_size_request (
        diagram, -1, (int) (CANVAS_EMS * pc_widget_get_em (self->canvas)));
    pc_diagram_set_player (PC_DIAGRAM (diagram), self->player);
    gtk_box_append (GTK_BOX (self->canvas), diagram);
  }
  pc_player_set_timeline (self->player, timeline);
  if (pc_timeline_get_n_steps (timeline) > 0)
    pc_player_show_step (self->player, step);
  gtk_widget_set_visible (self->canvas, TRUE);
}

static void
fail (PcAnswerStage *self,
      const char    *message)
{
  end (self);
  show_text (self, message);
}

/* -- settings ------------------------------------------------------------- */

static void
try_form (PcAnswerStage       *self,
          const PcAccountForm *form,
          GAsyncReadyCallback  callback)
{
  const PcAccountOptions options = { .link = PC_LINK_SOCKETS,
                                     .sides = self->sides,
                                     .no_fixes = TRUE };

  pc_account_try_async (form, &options, self->cancellable, callback,
                        call_new (self));
}

static void
right_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcAccountTrial) trial = pc_account_try_finish (result, &error);
  PcAnswerStage *self = call->stage;
  g_autofree char *what = NULL;
  g_autofree char *title = NULL;
  g_autofree char *text = NULL;

  if (!is_last (call))
    return;
  end (self);
  if (trial == NULL)
    return;
  what = pc_account_form_describe_difference (self->right, self->answer);
  title = g_strdup_printf (_ ("Right: %s"), what);
  text = pc_account_trial_describe (trial);
  gtk_label_set_label (self->beside_title, title);
  gtk_label_set_label (self->beside_text, text);
  gtk_widget_set_visible (self->beside, TRUE);
}

static void
answer_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcAccountTrial) trial = pc_account_try_finish (result, &error);
  PcAnswerStage *self = call->stage;
  g_autofree char *text = NULL;
  guint step;

  if (!is_last (call))
    return;
  if (trial == NULL) {
    fail (self, error->message);
    return;
  }
  text = pc_account_trial_describe (trial);
  show_text (self, text);
  step = pc_account_trial_get_telling_step (trial);
  show_timeline (self, trial->timeline,
                 step > 0 ? pc_timeline_find_number (trial->timeline, step)
                          : 0);
  if (self->right != NULL)
    try_form (self, self->right, right_cb);
  else
    end (self);
}

/* -- an exchange ---------------------------------------------------------- */

static void
run_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      data)
{
  g_autoptr (Call) call = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PcTimeline) timeline = pc_run_scenario_finish (result, &error);
  PcAnswerStage *self = call->stage;
  int step;

  if (!is_last (call))
    return;
  if (timeline == NULL) {
    fail (self, error->message);
    return;
  }
  end (self);
  show_text (self, pc_timeline_get_title (timeline));
  step = self->mark != NULL ? pc_timeline_find_mark (timeline, self->mark)
                            : -1;
  show_timeline (self, timeline, (guint) MAX (step, 0));
}

/* -- room ----------------------------------------------------------------- */

/* Not from within the layout. */
static gboolean
room_cb (gpointer data)
{
  PcAnswerStage *self = data;

  self->room_id = 0;
  gtk_widget_set_visible (
      GTK_WIDGET (self),
      (self->answer != NULL || self->scenario != NULL) &&
          gtk_adjustment_get_page_size (self->across) >=
              ROOM_EMS * pc_widget_get_em (GTK_WIDGET (self)));
  return G_SOURCE_REMOVE;
}

static void
queue_room (PcAnswerStage *self)
{
  if (self->across != NULL && self->room_id == 0)
    self->room_id = g_idle_add (room_cb, self);
}

void
pc_answer_stage_set_room (PcAnswerStage *self,
                          GtkAdjustment *across)
{
  g_return_if_fail (PC_IS_ANSWER_STAGE (self));
  g_return_if_fail (GTK_IS_ADJUSTMENT (across) && self->across == NULL);

  self->across = g_object_ref (across);
  g_signal_connect_object (across, "notify::page-size",
                           G_CALLBACK (queue_room), self, G_CONNECT_SWAPPED);
}

/* -- when it is seen ------------------------------------------------------ */

static void
begin (PcAnswerStage *self)
{
  if (!self->pending || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->pending = FALSE;
  self->cancellable = g_cancellable_new ();
  if (self->answer != NULL) {
    show_text (self, _ ("The phone connects…"));
    try_form (self, self->answer, answer_cb);
  } else {
    show_text (self, _ ("The exchange is happening…"));
    pc_run_scenario_async (self->scenario, PC_LINK_SOCKETS,
                           self->cancellable, run_cb, call_new (self));
  }
}

void
pc_answer_stage_clear (PcAnswerStage *self)
{
  g_return_if_fail (PC_IS_ANSWER_STAGE (self));

  g_cancellable_cancel (self->cancellable);
  end (self);
  self->pending = FALSE;
  g_clear_pointer (&self->answer, pc_account_form_free);
  g_clear_pointer (&self->right, pc_account_form_free);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_clear_pointer (&self->mark, g_free);
  pc_player_set_timeline (self->player, NULL);
  gtk_widget_set_visible (self->canvas, FALSE);
  gtk_widget_set_visible (self->beside, FALSE);
  show_text (self, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

void
pc_answer_stage_show_attempt (PcAnswerStage   *self,
                              const PcAttempt *attempt)
{
  g_return_if_fail (PC_IS_ANSWER_STAGE (self));
  g_return_if_fail (attempt != NULL);

  pc_answer_stage_clear (self);
  gtk_label_set_label (self->title, _ ("What your answer does"));
  self->answer = pc_account_form_copy (attempt->answer);
  if (!pc_account_form_equal (attempt->answer, attempt->right))
    self->right = pc_account_form_copy (attempt->right);
  self->sides = attempt->sides;
  self->pending = TRUE;
  queue_room (self);
}

void
pc_answer_stage_show_scenario (PcAnswerStage *self,
                               PcScenario    *scenario,
                               const char    *mark)
{
  g_return_if_fail (PC_IS_ANSWER_STAGE (self));
  g_return_if_fail (scenario != NULL);

  pc_answer_stage_clear (self);
  gtk_label_set_label (self->title, _ ("What really happens"));
  self->scenario = pc_scenario_ref (scenario);
  self->mark = g_strdup (mark);
  self->pending = TRUE;
  queue_room (self);
}

PcTimeline *
pc_answer_stage_get_timeline (PcAnswerStage *self)
{
  g_return_val_if_fail (PC_IS_ANSWER_STAGE (self), NULL);

  return pc_player_get_timeline (self->player);
}

gboolean
pc_answer_stage_is_idle (PcAnswerStage *self)
{
  g_return_val_if_fail (PC_IS_ANSWER_STAGE (self), TRUE);

  return !self->pending && self->cancellable == NULL;
}

/* -- life ----------------------------------------------------------------- */

static void
map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pc_answer_stage_parent_class)->map (widget);
  begin (PC_ANSWER_STAGE (widget));
}

static void
dispose (GObject *object)
{
  PcAnswerStage *self = PC_ANSWER_STAGE (object);

  g_clear_object (&self->across);
  if (self->box != NULL)
    pc_answer_stage_clear (self);
  g_clear_handle_id (&self->room_id, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->player);
  G_OBJECT_CLASS (pc_answer_stage_parent_class)->dispose (object);
}

#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, PcAnswerStage, name)

static void
pc_answer_stage_class_init (PcAnswerStageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = dispose;
  widget_class->map = map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (
      widget_class, "/io/github/portcall/Portcall/ui/answer-stage.ui");
  BIND (box);
  BIND (title);
  BIND (text);
  BIND (canvas);
  BIND (beside);
  BIND (beside_title);
  BIND (beside_text);
}

#undef BIND

static void
pc_answer_stage_init (PcAnswerStage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->player = pc_player_new ();
}
