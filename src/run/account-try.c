/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Tries the settings of an account: a phone that does what its form says.
 *
 * First the incoming side, then the outgoing one, each in a conversation of
 * its own and both in one timeline.  What is refused ends a side; the phone
 * says goodbye where it still can.  What it all means is account-see.c's, and
 * ways out are account-fix.c's.
 */

#include "run/account.h"

#include "run/account-private.h"

#include "mail/world.h"
#include "proto/registry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MEMORY_START (G_GINT64_CONSTANT (1772442000) * G_USEC_PER_SEC)
#define MEMORY_LATENCY 150 /* µs: about what loopback takes */
#define PHONE_HOST "phone.example.test"
#define TFTP_FILE "INBOX"
#define TFTP_RESENDS 2

typedef enum
{
  PHASE_NEXT,   /* a side may begin */
  PHASE_WAIT,   /* for somebody who does not answer */
  PHASE_TALK,   /* the phone does one action after the other */
  PHASE_ENDING, /* until both ends are gone */
  PHASE_FIXES,  /* for what went wrong */
  PHASE_OVER,
} Phase;

/* What is known of the side that is being tried. */
typedef struct
{
  PcAccountSight sight;
  PcEndpoint    *endpoint;
  GPtrArray     *actions; /* PcAction* */
  guint          next;
  gboolean       ready;   /* the one before is answered */
  gboolean       leaving; /* says goodbye */
  char          *refused; /* the action that was */
  char          *words;
} Visit;

typedef struct
{
  PcAccountTrial      *trial;
  PcAccountOptions     options;
  PcMailStore         *store;
  PcMailQueue         *queue;
  PcHub               *hub;
  PcRecorder          *recorder;
  guint                listening; /* machines that do: a set */
  guint                side;      /* past the last one when all are done */
  Phase                phase;
  Visit                visit;
  PcAccountFixSearch  *search;
  GError              *error; /* the world's */
  gboolean             advancing;
  PcTimer             *timer;
  PcTimer             *limit;
  GTask               *task;
  GCancellable        *cancellable;
  gulong               cancel_id;
} Try;

static void advance (Try *self);

/* -- what the phone does -------------------------------------------------- */

static PcAction *
plan (Try        *self,
      const char *name)
{
  PcAction *action = pc_action_new (name);

  g_ptr_array_add (self->visit.actions, action);
  return action;
}

static void
plan_login (Try        *self,
            const char *name)
{
  const PcAccountForm *form = self->trial->form;
  PcAction            *action = plan (self, name);

  pc_action_set (action, "user", pc_account_form_get (form, PC_ACCOUNT_USER));
  pc_action_set (action, "password",
                 pc_account_form_get (form, PC_ACCOUNT_PASSWORD));
}

static void
plan_mail (Try *self)
{
  g_autofree char *from = pc_account_world_make_sender (
      pc_account_form_get (self->trial->form, PC_ACCOUNT_USER));
  g_autofree char *message = pc_account_world_make_message (
      from, pc_net_now (pc_hub_get_net (self->hub)));

  pc_action_set (plan (self, "mail"), "from", from);
  pc_action_set (plan (self, "rcpt"), "to",
                 pc_account_world_get_recipient ());
  pc_action_set_data (plan (self, "data"), message, strlen (message));
}

static void
plan_smtp (Try     *self,
           gboolean starttls)
{
  const char *login = pc_account_form_get (self->trial->form,
                                           PC_ACCOUNT_OUT_LOGIN);

  plan (self, "ehlo");
  if (starttls) {
    plan (self, "starttls");
    plan (self, "ehlo");
  }
  if (self->side == PC_ACCOUNT_INCOMING)
    return;
  if (strcmp (login, "yes") == 0)
    plan_login (self, "auth");
  plan_mail (self);
}

static void
plan_visit (Try        *self,
            const char *protocol)
{
  gboolean starttls = pc_account_form_get_security (
                          self->trial->form, self->side) ==
                      PC_ACCOUNT_STARTTLS;

  self->visit.actions = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_action_free);
  if (strcmp (protocol, "smtp") == 0) {
    plan_smtp (self, starttls);
  } else if (strcmp (protocol, "tftp") == 0) {
    pc_action_set (plan (self, "get"), "file", TFTP_FILE);
  } else {
    if (starttls && strcmp (protocol, "pop3") == 0)
      plan (self, "capa");
    if (starttls)
      plan (self, "starttls");
    plan_login (self, "login");
    plan (self, "list");
    if (strcmp (protocol, "imap") == 0)
      pc_action_set (plan (self, "select"), "mailbox", "INBOX");
  }
}

/* -- a side begins -------------------------------------------------------- */

static void
note (Try        *self,
      const char *rule,
      const char *summary)
{
  pc_recorder_note (self->recorder, PC_ACCOUNT_PHONE, rule, summary,
                    pc_net_now (pc_hub_get_net (self->hub)));
}

static void
end_visit (Try *self)
{
  Visit *visit = &self->visit;

  visit->sight.end = pc_timeline_get_n_steps (self->trial->timeline);
  visit->sight.refused = visit->refused;
  visit->sight.words = visit->words;
  pc_account_see (&visit->sight, &self->trial->halves[self->side]);
  g_clear_pointer (&visit->actions, g_ptr_array_unref);
  g_clear_pointer (&visit->refused, g_free);
  g_clear_pointer (&visit->words, g_free);
  self->side++;
  self->phase = PHASE_NEXT;
}

static void
silence_cb (gpointer user_data)
{
  Try             *self = user_data;
  guint            port = pc_account_form_get_port (self->trial->form,
                                                    self->side);
  g_autofree char *summary = g_strdup_printf (
      _ ("TCP port %u: no answer to the SYN"), port);

  g_clear_pointer (&self->timer, pc_timer_free);
  note (self, "tcp.unanswered", summary);
  end_visit (self);
  advance (self);
}

static void
show_address (Try        *self,
              const char *actor)
{
  PcTimeline      *timeline = self->trial->timeline;
  const Visit     *visit = &self->visit;
  g_autofree char *port = NULL;
  g_autofree char *both = NULL;
  const char      *before;
  guint registered = pc_account_form_get_port (self->trial->form, self->side);

  if (visit->sight.service != NULL)
    port = g_strdup_printf (_ ("%u (lab %u)"), registered,
                            visit->sight.service->port);
  else
    port = g_strdup_printf ("%u", registered);
  before = pc_timeline_get_actor (
               timeline,
               (guint) pc_timeline_find_actor (timeline, actor))
               ->address;
  if (before != NULL && strcmp (before, port) != 0)
    both = g_strconcat (before, ", ", port, NULL);
  pc_timeline_set_actor_address (timeline, actor,
                                 both != NULL ? both : port);
}

static void
show_own_address (Try *self)
{
  PcConn          *conn = pc_endpoint_get_conn (self->visit.endpoint);
  g_autofree char *address = g_strdup_printf ("127.0.0.1:%u",
                                              pc_conn_get_client_port (conn));

  pc_timeline_set_actor_address (self->trial->timeline, PC_ACCOUNT_PHONE,
                                 address);
}

static gboolean
make_listen (Try             *self,
             PcAccountMachine machine)
{
  if (machine == PC_ACCOUNT_SELF ||
      (self->listening & (1u << machine)) != 0)
    return TRUE;

  self->listening |= 1u << machine;
  return pc_account_world_listen (self->hub, self->queue, machine,
                                  self->options.link, &self->error);
}

static void
call (Try              *self,
      const PcProtocol *speaks)
{
  const PcAccountForm *form = self->trial->form;
  Visit               *visit = &self->visit;
  PcAccountSecurity security = pc_account_form_get_security (form,
                                                             self->side);
  const char *actor = pc_account_world_get_actor (visit->sight.machine);
  guint       port = pc_account_form_get_port (form, self->side);
  PcListening *listening = pc_hub_find_listening (self->hub, actor, port,
                                                  speaks->stream);
  PcHubCall    to = { .speaks = speaks,
                      .client = PC_ACCOUNT_PHONE,
                      .client_host = PHONE_HOST,
                      .server = actor,
                      .registered = port,
                      .secure = security == PC_ACCOUNT_TLS,
                      .needs_tls = security != PC_ACCOUNT_CLEAR,
                      .server_name = pc_account_form_get (
                          form, pc_account_side_host (self->side)) };

  visit->sight.other = pc_hub_find_listening (self->hub, actor, port,
                                              !speaks->stream) != NULL;
  plan_visit (self, speaks->id);
  pc_hub_set_link (self->hub, 0, 0,
                   speaks->stream ? self->options.patience
                                  : self->options.patience / 6);
  pc_hub_set_max_resends (self->hub, TFTP_RESENDS);
  visit->ready = !speaks->stream;
  self->phase = PHASE_TALK;
  visit->endpoint = pc_hub_connect (self->hub, self->recorder, &to, listening,
                                    &self->error);
  if (visit->endpoint == NULL)
    return;
  visit->sight.service = pc_conn_get_service (
      pc_endpoint_get_conn (visit->endpoint));
  show_address (self, actor);
  show_own_address (self);
}

static void
begin_visit (Try *self)
{
  const PcAccountForm *form = self->trial->form;
  const char *protocol = pc_account_form_get_protocol (form, self->side);
  const char *host = pc_account_form_get (form,
                                          pc_account_side_host (self->side));
  PcNet      *net = pc_hub_get_net (self->hub);
  Visit      *visit = &self->visit;

  *visit = (Visit){ .sight = {
                        .form = form,
                        .side = self->side,
                        .timeline = self->trial->timeline,
                        .first = pc_timeline_get_n_steps (
                            self->trial->timeline),
                        .machine = pc_account_world_find (host) } };
  visit->sight.filtered = pc_account_world_is_filtered (
      visit->sight.machine, pc_account_form_get_port (form, self->side));
  pc_account_world_add_actors (self->trial->timeline, visit->sight.machine);
  if (visit->sight.machine == PC_ACCOUNT_NOWHERE) {
    g_autofree char *summary = g_strdup_printf (_ ("No address for “%s”"),
                                                host);

    note (self, "dns.no-name", summary);
    end_visit (self);
  } else if (strcmp (protocol, "tftp") == 0 &&
             pc_account_form_get_security (form, self->side) !=
                 PC_ACCOUNT_CLEAR) {
    visit->sight.declined = TRUE;
    note (self, "client.declines", _ ("TFTP has no TLS: nothing is sent"));
    end_visit (self);
  } else if (visit->sight.filtered) {
    self->phase = PHASE_WAIT;
    self->timer = pc_net_add_timer (
        net, pc_net_now (net) + self->options.patience, silence_cb, self);
  } else if (make_listen (self, visit->sight.machine)) {
    call (self, pc_registry_find (protocol));
  }
}

/* -- a side goes on ------------------------------------------------------- */

static void
stop (Try        *self,
      const char *words)
{
  Visit *visit = &self->visit;

  visit->ready = TRUE;
  if (visit->leaving || visit->words != NULL)
    return;

  visit->words = g_strdup (words);
  if (visit->next > 0 && visit->next <= visit->actions->len)
    visit->refused = g_strdup (
        ((const PcAction *) visit->actions->pdata[visit->next - 1])->name);
}

static void
act (Try            *self,
     const PcAction *action)
{
  g_autoptr (GError) error = NULL;

  self->visit.ready = FALSE;
  if (!pc_endpoint_act (self->visit.endpoint, action, &error))
    stop (self, error->message);
}

static void
take_leave (Try *self)
{
  const char *protocol = pc_account_form_get_protocol (self->trial->form,
                                                       self->side);
  g_autoptr (PcAction) goodbye = pc_action_new (
      strcmp (protocol, "imap") == 0 ? "logout" : "quit");

  self->visit.leaving = TRUE;
  act (self, goodbye);
}

static gboolean
is_stream (Try *self)
{
  return pc_registry_find (pc_account_form_get_protocol (self->trial->form,
                                                         self->side))
      ->stream;
}

/* FALSE when it has to wait. */
static gboolean
talk (Try *self)
{
  Visit    *visit = &self->visit;
  PcEngine *engine = pc_endpoint_get_engine (visit->endpoint);
  gboolean  over = visit->next == visit->actions->len ||
                  visit->words != NULL;

  if (pc_endpoint_is_gone (visit->endpoint) ||
      pc_engine_get_status (engine) != PC_ENGINE_RUNNING) {
    visit->sight.done = over && visit->words == NULL;
    self->phase = PHASE_ENDING;
    return TRUE;
  }
  if (!visit->ready || !pc_engine_is_idle (engine))
    return FALSE;

  if (!over) {
    visit->next++;
    act (self, visit->actions->pdata[visit->next - 1]);
  } else if (!visit->leaving && is_stream (self)) {
    visit->sight.done = visit->words == NULL;
    take_leave (self);
  } else {
    visit->sight.done = visit->words == NULL;
    pc_endpoint_close (visit->endpoint);
    self->phase = PHASE_ENDING;
  }
  return TRUE;
}

static gboolean
end (Try *self)
{
  if (pc_conn_get_n_busy (pc_endpoint_get_conn (self->visit.endpoint)) > 0)
    return FALSE;

  end_visit (self);
  return TRUE;
}

/* -- the whole ------------------------------------------------------------ */

static void
finish (Try *self)
{
  gboolean         works = pc_account_trial_works (self->trial);
  g_autofree char *reason = works ? NULL
                                  : pc_account_trial_describe (self->trial);

  g_clear_pointer (&self->limit, pc_timer_free);
  g_clear_pointer (&self->timer, pc_timer_free);
  pc_timeline_set_outcome (self->trial->timeline,
                           works ? PC_OUTCOME_OK : PC_OUTCOME_FAILED, reason);
  self->search = self->options.no_fixes
                     ? NULL
                     : pc_account_fix_search_new (self->trial,
                                                  self->options.goal);
  self->phase = self->search != NULL ? PHASE_FIXES : PHASE_OVER;
}

/* FALSE when it has to wait. */
static gboolean
begin_next (Try *self)
{
  PcAccountHalf *half;

  if (self->side == PC_ACCOUNT_N_SIDES) {
    finish (self);
    return TRUE;
  }

  half = &self->trial->halves[self->side];
  if ((self->options.sides & (1u << self->side)) == 0) {
    self->side++;
    return TRUE;
  }
  if (pc_account_form_check_all (self->trial->form, 1u << self->side) != 0) {
    half->sentence = g_strdup (_ ("Nothing was tried: a field cannot be used "
                                  "as it is."));
    half->fields = pc_account_form_check_all (self->trial->form,
                                              1u << self->side);
    half->bites = (guint) g_bit_nth_lsf (half->fields, -1);
    self->side++;
    return TRUE;
  }

  begin_visit (self);
  return self->phase != PHASE_WAIT;
}

static void return_task (Try *self);

static void
advance (Try *self)
{
  gboolean moved = TRUE;

  if (self->advancing)
    return;

  self->advancing = TRUE;
  while (moved && self->error == NULL && self->phase < PHASE_FIXES) {
    switch (self->phase) {
    case PHASE_NEXT:
      moved = begin_next (self);
      break;
    case PHASE_TALK:
      moved = talk (self);
      break;
    case PHASE_ENDING:
      moved = end (self);
      break;
    case PHASE_WAIT:
    case PHASE_FIXES:
    case PHASE_OVER:
    default:
      moved = FALSE;
      break;
    }
  }
  self->advancing = FALSE;
  if (self->error != NULL)
    self->phase = PHASE_OVER;
  if (self->phase >= PHASE_FIXES && self->task != NULL)
    return_task (self);
}

static void
event_cb (PcEndpoint    *endpoint,
          const PcEvent *event,
          gpointer       user_data)
{
  Try *self = user_data;

  if (self->phase != PHASE_TALK || self->visit.actions == NULL)
    return;

  if (event->kind == PC_EVENT_REFUSED || event->kind == PC_EVENT_FAILED)
    stop (self, event->text);
  else if (event->kind == PC_EVENT_DONE)
    self->visit.ready = TRUE;
}

static void
settled_cb (PcHub   *hub,
            gpointer user_data)
{
  Try *self = user_data;

  /* Not before the call that makes the endpoint has come back. */
  if (self->hub != NULL &&
      (self->visit.endpoint != NULL || self->phase != PHASE_TALK))
    advance (self);
}

static const PcHubHandler hub_handler = {
  .event = event_cb,
  .settled = settled_cb,
};

/* What else would bound it has failed. */
static void
limit_cb (gpointer user_data)
{
  Try *self = user_data;

  g_clear_pointer (&self->limit, pc_timer_free);
  if (self->phase >= PHASE_FIXES)
    return;

  if (self->visit.words == NULL)
    self->visit.words = pc_hub_describe_limit (self->hub);
  end_visit (self);
  self->side = PC_ACCOUNT_N_SIDES;
  advance (self);
}

static void
try_free (Try *self)
{
  if (self->cancel_id != 0)
    g_cancellable_disconnect (self->cancellable, self->cancel_id);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->search, pc_account_fix_search_free);
  g_clear_pointer (&self->timer, pc_timer_free);
  g_clear_pointer (&self->limit, pc_timer_free);
  g_clear_pointer (&self->hub, pc_hub_free);
  g_clear_pointer (&self->recorder, pc_recorder_free);
  g_clear_pointer (&self->queue, pc_mail_queue_unref);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  g_clear_pointer (&self->visit.actions, g_ptr_array_unref);
  g_clear_pointer (&self->visit.refused, g_free);
  g_clear_pointer (&self->visit.words, g_free);
  g_clear_pointer (&self->trial, pc_account_trial_free);
  g_clear_error (&self->error);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Try, try_free)

static Try *
try_new (const PcAccountForm    *form,
         const PcAccountOptions *options)
{
  Try   *self = g_new0 (Try, 1);
  PcNet *net;

  self->options = options != NULL
                      ? *options
                      : (PcAccountOptions){ .link = PC_LINK_MEMORY };
  if (self->options.sides == 0)
    self->options.sides = PC_ACCOUNT_BOTH;
  if (self->options.patience <= 0)
    self->options.patience = PC_LIMIT_ACCOUNT_WAIT;
  net = self->options.link == PC_LINK_MEMORY
            ? pc_memory_new (MEMORY_START, MEMORY_LATENCY)
            : pc_loopback_new ();
  self->trial = pc_account_trial_new (form);
  self->recorder = pc_recorder_new (self->trial->timeline);
  self->store = pc_world_new_default (pc_net_now (net));
  self->queue = pc_mail_queue_new (self->store, PC_ACCOUNT_HOST);
  self->hub = pc_hub_new (net, self->store, pc_files_new_memory (),
                          &hub_handler, self);
  self->limit = pc_net_add_timer (net, pc_net_now (net) + PC_LIMIT_RUN,
                                  limit_cb, self);
  return self;
}

static PcAccountTrial *
take_trial (Try     *self,
            GError **error)
{
  if (self->error != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->error));
    return NULL;
  }

  return g_steal_pointer (&self->trial);
}

PcAccountTrial *
pc_account_try (const PcAccountForm    *form,
                const PcAccountOptions *options,
                GError                **error)
{
  g_autoptr (GMainContext) context = g_main_context_new ();
  PcAccountTrial *trial;
  Try            *self;

  g_return_val_if_fail (form != NULL, NULL);

  g_main_context_push_thread_default (context);
  self = try_new (form, options);
  advance (self);
  while (self->phase < PHASE_FIXES && pc_net_turn (pc_hub_get_net (self->hub)))
    continue;
  /* Nothing can happen any more: as good as the limit. */
  if (self->phase < PHASE_FIXES)
    limit_cb (self);
  while (self->search != NULL && pc_account_fix_search_step (self->search))
    continue;
  trial = take_trial (self, error);
  try_free (self);
  g_main_context_pop_thread_default (context);
  return trial;
}

/* -- beside a main loop --------------------------------------------------- */

static gboolean
step_cb (gpointer user_data)
{
  GTask  *task = user_data;
  Try    *self = g_task_get_task_data (task);
  GError *error = NULL;
  PcAccountTrial *trial;

  if (self->search != NULL &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (task)) &&
      pc_account_fix_search_step (self->search))
    return G_SOURCE_CONTINUE;

  trial = take_trial (self, &error);
  if (g_task_return_error_if_cancelled (task)) {
    g_clear_pointer (&trial, pc_account_trial_free);
    g_clear_error (&error);
  } else if (trial != NULL) {
    g_task_return_pointer (task, trial,
                           (GDestroyNotify) pc_account_trial_free);
  } else {
    g_task_return_error (task, error);
  }
  return G_SOURCE_REMOVE;
}

/* Not from inside the network's turn: it still needs itself.  Ways out are
 * looked for one at a time, so that a window does not stand still. */
static void
return_task (Try *self)
{
  g_autoptr (GSource) idle = g_idle_source_new ();
  GTask              *task = g_steal_pointer (&self->task);

  g_source_set_callback (idle, step_cb, task, g_object_unref);
  g_source_attach (idle, g_task_get_context (task));
}

static void
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  Try *self = user_data;

  if (self->phase >= PHASE_FIXES)
    return;
  self->phase = PHASE_OVER;
  advance (self);
}

void
pc_account_try_async (const PcAccountForm    *form,
                      const PcAccountOptions *options,
                      GCancellable           *cancellable,
                      GAsyncReadyCallback     callback,
                      gpointer                user_data)
{
  Try *self;

  g_return_if_fail (form != NULL);

  self = try_new (form, options);
  self->task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_task_data (self->task, self, (GDestroyNotify) try_free);
  if (cancellable != NULL) {
    self->cancellable = g_object_ref (cancellable);
    self->cancel_id = g_cancellable_connect (
        cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  }
  advance (self);
  /* In memory all of it takes no time worth waiting for. */
  while (self->options.link == PC_LINK_MEMORY && self->phase < PHASE_FIXES)
    if (!pc_net_turn (pc_hub_get_net (self->hub)))
      limit_cb (self);
}

PcAccountTrial *
pc_account_try_finish (GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
