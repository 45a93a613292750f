/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes a scenario happen.
 *
 * The script is one sequence over all clients: an action begins when the one
 * before has ended, whoever did it.  So a reader can follow, and a run in
 * memory is always the same.  When nothing is left to do, the clients close,
 * and the run ends once both ends of every conversation are done.
 */

#include "run/run.h"

#include "run/run-private.h"

#include "base/limits.h"
#include "net/net.h"
#include "run/files.h"
#include "run/hub.h"
#include "run/postman.h"
#include "run/sites.h"
#include "run/stage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMORY_LATENCY 150 /* µs: about what loopback takes */

typedef struct
{
  const PcScenarioActor *actor;
  PcEndpoint            *endpoint; /* the newest; or NULL */
} Client;

typedef enum
{
  PHASE_SCRIPT,  /* the next action may begin */
  PHASE_ACTION,  /* one is under way */
  PHASE_CLOSING, /* the script is over */
  PHASE_OVER,
} Phase;

typedef struct
{
  PcScenario   *scenario;
  PcSites      *sites;
  PcHub        *hub;
  PcTimeline   *timeline;
  PcRecorder   *recorder;
  GArray       *clients; /* Client */
  GPtrArray    *left;    /* PcEndpoint*, streams of clients with newer ones */
  Phase         phase;
  guint         next;        /* action */
  guint         n_before;    /* steps when it began */
  gboolean      answered;    /* the action under way has its result */
  gboolean      agreed;      /* … which should have been a refusal */
  gboolean      failed_once; /* something was refused, as it should */
  gboolean      advancing;
  PcTimer      *timer;
  PcTimer      *limit;
  gint64        end; /* when that is */
  PcRunWatch    watch;
  gpointer      watch_data;
  GTask        *task;
  GCancellable *cancellable;
  gulong        cancel_id;
} Run;

static void settled_cb (PcHub   *hub,
                        gpointer user_data);

/* -- outcome -------------------------------------------------------------- */

static void
set_mark (Run                  *self,
          const PcScenarioMark *mark)
{
  guint seen = 0;

  for (guint i = 0; i < pc_timeline_get_n_steps (self->timeline); i++) {
    PcStep *step = pc_timeline_get_step (self->timeline, i);

    if (strcmp (pc_step_get_rule (step), mark->rule) != 0 ||
        (mark->from != NULL &&
         strcmp (pc_step_get_from (step), mark->from) != 0) ||
        (mark->conn != 0 && pc_step_get_conn (step) != mark->conn) ||
        ++seen < mark->nth)
      continue;
    pc_step_set_mark (step, mark->id);
    pc_step_set_note (step, mark->note);
    return;
  }
}

static void
finish (Run        *self,
        PcOutcome   outcome,
        const char *reason)
{
  if (self->phase == PHASE_OVER)
    return;

  self->phase = PHASE_OVER;
  for (guint i = 0; i < pc_scenario_get_n_marks (self->scenario); i++)
    set_mark (self, pc_scenario_get_mark (self->scenario, i));
  pc_timeline_set_outcome (self->timeline, outcome, reason);
}

static void
fail (Run        *self,
      const char *reason)
{
  finish (self, PC_OUTCOME_FAILED, reason);
}

static void
succeed (Run *self)
{
  gboolean expected = pc_scenario_expects_failure (self->scenario);

  if (expected && !self->failed_once)
    fail (self, _ ("This was expected to fail, and did not."));
  else
    finish (self, expected ? PC_OUTCOME_FAILED_AS_INTENDED : PC_OUTCOME_OK,
            NULL);
}

/* -- the script ----------------------------------------------------------- */

static Client *
find_client (Run        *self,
             const char *actor)
{
  for (guint i = 0; i < self->clients->len; i++)
    if (strcmp (g_array_index (self->clients, Client, i).actor->id, actor) ==
        0)
      return &g_array_index (self->clients, Client, i);

  return NULL;
}

static const PcScenarioAction *
current_action (Run *self)
{
  return pc_scenario_get_action (self->scenario, self->next);
}

static void
set_client_address (Run    *self,
                    Client *client)
{
  guint port = pc_conn_get_client_port (
      pc_endpoint_get_conn (client->endpoint));
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u", port);

  pc_timeline_set_actor_address (self->timeline, client->actor->id, address);
}

static void
begin_connect (Run                    *self,
               Client                 *client,
               const PcScenarioAction *action)
{
  const PcProtocol *speaks = pc_registry_find (client->actor->speaks);
  PcListening      *listening = pc_hub_find_listening (
           self->hub, action->server, action->port, speaks->stream);
  PcHubCall         call = { .speaks = speaks,
                             .client = client->actor->id,
                             .client_host = client->actor->host,
                             .server = action->server,
                             .registered = action->port,
                             .secure = action->secure,
                             .needs_tls = action->needs_tls,
                             .old_acks = client->actor->old_acks,
                             .server_name = action->name };
  g_autoptr (GError) error = NULL;

  if (client->endpoint != NULL && speaks->stream)
    g_ptr_array_add (self->left, client->endpoint);
  client->endpoint = pc_hub_connect (self->hub, self->recorder, &call,
                                     listening, &error);
  if (client->endpoint == NULL) {
    fail (self, error->message);
    return;
  }

  set_client_address (self, client);
  /* Datagrams have no greeting to wait for. */
  self->answered = !speaks->stream;
}

static void
wait_cb (gpointer user_data)
{
  Run *self = user_data;

  g_clear_pointer (&self->timer, pc_timer_free);
  self->answered = TRUE;
  settled_cb (self->hub, self);
}

static void
begin_act (Run                    *self,
           Client                 *client,
           const PcScenarioAction *action)
{
  g_autoptr (GError) error = NULL;

  self->n_before = pc_timeline_get_n_steps (self->timeline);
  if (pc_endpoint_act (client->endpoint, action->action, &error))
    return;

  fail (self, error->message);
}

static void
begin_restore (Run                    *self,
               const PcScenarioAction *action)
{
  g_autofree char *summary = g_strdup_printf (
      _ ("%s of %s restored from a backup"), action->mailbox, action->user);
  PcNet           *net = pc_hub_get_net (self->hub);

  if (pc_hub_restore_mailbox (self->hub, action->user, action->mailbox,
                              action->keep) != PC_STORE_OK) {
    g_autofree char *reason = g_strdup_printf (
        _ ("There is no mailbox “%s” of “%s” to restore."), action->mailbox,
        action->user);

    fail (self, reason);
    return;
  }

  pc_recorder_note (self->recorder, action->actor, "world.restore", summary,
                    pc_net_now (net));
  self->answered = TRUE;
}

static void
begin_action (Run *self)
{
  const PcScenarioAction *action = current_action (self);
  Client                 *client = find_client (self, action->actor);
  PcNet                  *net = pc_hub_get_net (self->hub);

  self->phase = PHASE_ACTION;
  self->answered = self->agreed = FALSE;
  pc_timeline_begin_action (self->timeline);

  if (action->verb == PC_DO_WAIT) {
    self->timer = pc_net_add_timer (net, pc_net_now (net) + action->delay,
                                    wait_cb, self);
    return;
  }
  if (action->verb == PC_DO_RESTORE) {
    begin_restore (self, action);
    return;
  }
  if (action->verb == PC_DO_CONNECT) {
    begin_connect (self, client, action);
    return;
  }
  if (client->endpoint == NULL || !pc_endpoint_is_open (client->endpoint)) {
    g_autofree char *reason = g_strdup_printf (
        _ ("“%s” has no connection when it should act."),
        client->actor->name);

    fail (self, reason);
    return;
  }

  self->answered = action->verb != PC_DO_ACT;
  if (action->verb == PC_DO_CLOSE)
    pc_endpoint_close (client->endpoint);
  else if (action->verb == PC_DO_CUT)
    pc_endpoint_cut (client->endpoint);
  else
    begin_act (self, client, action);
}

/* Whoever says goodbye is waited for: what comes after must not run into it. */
static gboolean
is_action_over (Run *self)
{
  const PcScenarioAction *action = current_action (self);
  Client                 *client = find_client (self, action->actor);
  PcEndpoint             *endpoint = client != NULL ? client->endpoint : NULL;

  if (!self->answered)
    return FALSE;
  if (action->verb == PC_DO_WAIT || endpoint == NULL)
    return TRUE;
  if (pc_endpoint_is_open (endpoint) && action->verb != PC_DO_CLOSE &&
      pc_engine_get_status (pc_endpoint_get_engine (endpoint)) ==
          PC_ENGINE_RUNNING)
    return pc_engine_is_idle (pc_endpoint_get_engine (endpoint));

  return pc_conn_get_n_busy (pc_endpoint_get_conn (endpoint)) == 0;
}

static void
close_clients (Run *self)
{
  self->phase = PHASE_CLOSING;
  for (guint i = 0; i < self->clients->len; i++) {
    Client *client = &g_array_index (self->clients, Client, i);

    if (client->endpoint != NULL &&
        pc_registry_find (client->actor->speaks)->stream)
      pc_endpoint_close (client->endpoint);
  }
  for (guint i = 0; i < self->left->len; i++)
    pc_endpoint_close (self->left->pdata[i]);
}

/* Mail between servers goes its way before anybody comes anew, and before all
 * is over. */
static gboolean
is_post_awaited (Run *self)
{
  gboolean over = self->next >= pc_scenario_get_n_actions (self->scenario);

  return (over || current_action (self)->verb == PC_DO_CONNECT) &&
         !pc_hub_is_post_quiet (self->hub, self->end);
}

static void
advance (Run *self)
{
  if (self->advancing)
    return;

  self->advancing = TRUE;
  while (self->phase != PHASE_OVER) {
    if (self->phase == PHASE_ACTION) {
      if (!is_action_over (self))
        break;
      if (self->agreed) {
        fail (self, _ ("The server was expected to refuse this, and did "
                       "not."));
        break;
      }
      self->phase = PHASE_SCRIPT;
      self->next++;
      if (self->watch != NULL)
        self->watch (self->hub, self->watch_data);
    } else if (self->phase == PHASE_CLOSING) {
      if (!pc_hub_is_quiet (self->hub))
        break;
      succeed (self);
    } else if (is_post_awaited (self))
      break;
    else if (self->next < pc_scenario_get_n_actions (self->scenario))
      begin_action (self);
    else
      close_clients (self);
  }
  self->advancing = FALSE;
}

/* -- what the hub tells --------------------------------------------------- */

static void
refused (Run        *self,
         const char *words)
{
  const PcScenarioAction *action = current_action (self);

  if (!action->refused) {
    fail (self, words);
    return;
  }

  /* Without a word to the server: there is nothing else to see. */
  if (action->verb == PC_DO_ACT &&
      pc_timeline_get_n_steps (self->timeline) == self->n_before)
    pc_recorder_note (self->recorder, action->actor, "client.declines", words,
                      pc_net_now (pc_hub_get_net (self->hub)));
  self->failed_once = TRUE;
  self->agreed = FALSE;
  self->answered = TRUE;
}

static void
event_cb (PcEndpoint    *endpoint,
          const PcEvent *event,
          gpointer       user_data)
{
  Run *self = user_data;

  /* Whoever closes without a goodbye may find that the other end minds. */
  if (self->phase != PHASE_ACTION ||
      current_action (self)->verb == PC_DO_CLOSE ||
      current_action (self)->verb == PC_DO_RESTORE ||
      find_client (self, current_action (self)->actor)->endpoint != endpoint)
    return;

  if (event->kind == PC_EVENT_REFUSED || event->kind == PC_EVENT_FAILED)
    refused (self, event->text);
  else if (event->kind == PC_EVENT_DONE) {
    /* What comes behind a yes, at once, may still be too much. */
    self->agreed = current_action (self)->refused;
    self->answered = TRUE;
  }
}

static gboolean return_task (gpointer user_data);

/* A TCP connection that was refused ends its action without an event. */
static void
settled_cb (PcHub   *hub,
            gpointer user_data)
{
  Run    *self = user_data;
  Client *client;

  if (self->phase == PHASE_ACTION && !self->answered &&
      current_action (self)->verb == PC_DO_CONNECT) {
    client = find_client (self, current_action (self)->actor);
    if (client->endpoint != NULL && pc_endpoint_is_gone (client->endpoint))
      refused (self, _ ("The connection was refused: nothing listens on "
                        "this port."));
  }

  advance (self);
  if (self->phase == PHASE_OVER && self->task != NULL) {
    /* Not from inside the network's turn: it still needs itself. */
    g_autoptr (GSource) idle = g_idle_source_new ();
    GTask *task = g_steal_pointer (&self->task);

    g_task_set_task_data (task, self, NULL);
    g_source_set_priority (idle, G_PRIORITY_DEFAULT);
    g_source_set_callback (idle, return_task, task, NULL);
    g_source_attach (idle, g_task_get_context (task));
  }
}

static const PcHubHandler hub_handler = {
  .event = event_cb,
  .settled = settled_cb,
};

/* -- the whole ------------------------------------------------------------ */

static void
run_free (Run *self)
{
  if (self == NULL)
    return;

  if (self->cancel_id != 0)
    g_cancellable_disconnect (self->cancellable, self->cancel_id);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->limit, pc_timer_free);
  g_clear_pointer (&self->hub, pc_hub_free);
  g_clear_pointer (&self->sites, pc_sites_free);
  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_clear_object (&self->timeline);
  g_clear_pointer (&self->clients, g_array_unref);
  g_clear_pointer (&self->left, g_ptr_array_unref);
  g_clear_pointer (&self->scenario, pc_scenario_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
limit_cb (gpointer user_data)
{
  Run             *self = user_data;
  g_autofree char *reason = NULL;

  g_clear_pointer (&self->limit, pc_timer_free);
  reason = pc_hub_describe_limit (self->hub);
  fail (self, reason);
  settled_cb (self->hub, self);
}

static void
add_clients (Run *self)
{
  for (guint i = 0; i < pc_scenario_get_n_actors (self->scenario); i++) {
    Client client = { .actor = pc_scenario_get_actor (self->scenario, i) };

    if (!client.actor->server)
      g_array_append_val (self->clients, client);
  }
}

PcFiles *
pc_run_make_files (const PcWorld *world)
{
  PcFiles *files = pc_files_new_memory ();

  for (guint i = 0; i < pc_world_get_n_files (world); i++) {
    const PcScenarioFile *file = pc_world_get_file (world, i);

    pc_files_add (files, file->name, file->content);
  }

  return files;
}

static Run *
run_new (PcScenario *scenario,
         PcLinkKind  kind,
         PcFaults   *faults,
         GError    **error)
{
  const PcScenarioLink *link = pc_scenario_get_link (scenario);
  g_autoptr (Run) self = g_new0 (Run, 1);
  const PcWorld *world = pc_scenario_get_world (scenario);
  PcNet         *net;

  self->scenario = pc_scenario_ref (scenario);
  self->clients = g_array_new (FALSE, TRUE, sizeof (Client));
  self->left = g_ptr_array_new ();
  self->timeline = pc_timeline_new (pc_scenario_get_id (scenario),
                                    pc_scenario_get_title (scenario));
  self->recorder = pc_recorder_new (self->timeline);

  net = kind == PC_LINK_MEMORY ? pc_memory_new (link->start, MEMORY_LATENCY)
                               : pc_loopback_new ();
  self->sites = pc_sites_new (scenario, pc_net_now (net));
  self->hub = pc_hub_new (net, pc_sites_get_store (self->sites),
                          pc_run_make_files (world), &hub_handler, self);
  pc_hub_set_link (self->hub, link->rate, link->delay, link->timeout);
  pc_hub_set_max_resends (self->hub, link->max_resends);
  pc_hub_arm (self->hub, pc_scenario_get_faults (scenario));
  if (faults != NULL)
    pc_hub_arm (self->hub, faults);
  if (!pc_stage_listen (scenario, self->sites, self->hub, error))
    return NULL;

  pc_stage_add_actors (scenario, self->hub, self->timeline);
  pc_stage_add_stranger (pc_scenario_get_faults (scenario), NULL,
                         self->timeline);
  pc_stage_add_stranger (faults, NULL, self->timeline);
  add_clients (self);
  pc_sites_send_postmen (self->sites, self->hub, self->recorder);
  self->end = pc_net_now (net) + PC_LIMIT_RUN;
  self->limit = pc_net_add_timer (net, self->end, limit_cb, self);
  return g_steal_pointer (&self);
}

PcTimeline *
pc_run_scenario_watched (PcScenario *scenario,
                         PcLinkKind  kind,
                         PcFaults   *faults,
                         PcRunWatch  watch,
                         gpointer    user_data,
                         GError    **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (Run) self = NULL;
  PcTimeline *timeline = NULL;

  g_return_val_if_fail (scenario != NULL, NULL);

  g_main_context_push_thread_default (context);
  self = run_new (scenario, kind, faults, error);
  if (self != NULL) {
    self->watch = watch;
    self->watch_data = user_data;
    advance (self);
    while (self->phase != PHASE_OVER &&
           pc_net_turn (pc_hub_get_net (self->hub)))
      ;
    fail (self, _ ("Nothing more can happen, and the script is not over."));
    if (watch != NULL)
      watch (self->hub, user_data);
    timeline = g_object_ref (self->timeline);
  }
  g_clear_pointer (&self, run_free);
  g_main_context_pop_thread_default (context);

  return timeline;
}

PcTimeline *
pc_run_scenario (PcScenario *scenario,
                 PcLinkKind  kind,
                 GError    **error)
{
  return pc_run_scenario_watched (scenario, kind, NULL, NULL, NULL, error);
}

PcTimeline *
pc_run_scenario_armed (PcScenario *scenario,
                       PcLinkKind  kind,
                       PcFaults   *faults,
                       GError    **error)
{
  return pc_run_scenario_watched (scenario, kind, faults, NULL, NULL, error);
}

static gboolean
return_task (gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run        *self = g_task_get_task_data (task);
  PcTimeline *timeline = g_object_ref (self->timeline);

  run_free (self);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, timeline, g_object_unref);
  else
    g_object_unref (timeline);
  return G_SOURCE_REMOVE;
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Run *self = user_data;

  fail (self, NULL);
  settled_cb (self->hub, self);
}

static void
start_task (Run   *self,
            GTask *task)
{
  self->task = task;
  if (g_task_get_cancellable (task) != NULL) {
    self->cancellable = g_object_ref (g_task_get_cancellable (task));
    self->cancel_id = g_cancellable_connect (
        self->cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  }
  if (self->phase != PHASE_OVER)
    settled_cb (self->hub, self);
}

void
pc_run_scenario_armed_async (PcScenario         *scenario,
                             PcLinkKind          kind,
                             PcFaults           *faults,
                             GCancellable       *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GTask      *task = g_task_new (NULL, cancellable, callback, user_data);
  GError     *error = NULL;
  PcTimeline *timeline;
  Run        *self;

  g_return_if_fail (scenario != NULL);

  if (kind == PC_LINK_MEMORY) {
    /* Takes no time worth waiting for. */
    timeline = pc_run_scenario_armed (scenario, kind, faults, &error);
    if (timeline != NULL)
      g_task_return_pointer (task, timeline, g_object_unref);
    else
      g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }

  self = run_new (scenario, kind, faults, &error);
  if (self == NULL) {
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  start_task (self, task);
}

void
pc_run_scenario_async (PcScenario         *scenario,
                       PcLinkKind          kind,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  pc_run_scenario_armed_async (scenario, kind, NULL, cancellable, callback,
                               user_data);
}

PcTimeline *
pc_run_scenario_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
