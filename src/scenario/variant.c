/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the variants of a scenario that differ in TLS: services change their
 * port and what lies between them and the wire, and clients learn to say
 * STARTTLS, or unlearn it.  RFC 8314 section 3 has the ports, RFC 3207, RFC
 * 2595 and RFC 9051 section 6.2.1 the words.
 *
 * Not for scenarios that are about security themselves, nor where a fault
 * waits for the n-th of something: that would be something else.
 */

#include "scenario/variant.h"

#include "scenario/scenario-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  guint clear; /* also that of STARTTLS */
  guint secure;
} ports[] = {
  { 110, 995 },
  { 143, 993 },
  { 587, 465 },
};

static const char *const summaries[] = {
  [PC_VARIANT_CLEAR] =
      N_ ("The same exchange in clear: anybody on the way can read all of it, "
          "passwords too."),
  [PC_VARIANT_STARTTLS] =
      N_ ("The same exchange with STARTTLS: it begins in clear and goes on "
          "under TLS, on the same port."),
  [PC_VARIANT_IMPLICIT] =
      N_ ("The same exchange under TLS from the first byte, on a port of its "
          "own."),
};

/* 0 when it has no such twin. */
static guint
get_port (guint     port,
          PcVariant variant)
{
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    if (ports[i].clear == port || ports[i].secure == port)
      return variant == PC_VARIANT_IMPLICIT ? ports[i].secure
                                            : ports[i].clear;
  return port == 25 && variant != PC_VARIANT_IMPLICIT ? port : 0;
}

static const PcScenarioService *
find_service (const PcScenario       *self,
              const PcScenarioAction *connect)
{
  for (guint i = 0; i < self->services->len; i++) {
    const PcScenarioService *service =
        &g_array_index (self->services, PcScenarioService, i);

    if (service->port == connect->port &&
        g_strcmp0 (service->actor, connect->server) == 0)
      return service;
  }
  return NULL;
}

/* A client connects to it; others are between servers. */
static gboolean
is_used (const PcScenario        *self,
         const PcScenarioService *service)
{
  for (guint i = 0; i < self->actions->len; i++) {
    const PcScenarioAction *action =
        &g_array_index (self->actions, PcScenarioAction, i);

    if (action->verb == PC_DO_CONNECT &&
        find_service (self, action) == service)
      return TRUE;
  }
  return FALSE;
}

static PcVariant
get_variant (const PcScenarioService *service)
{
  if (service->secure)
    return PC_VARIANT_IMPLICIT;
  return service->starttls ? PC_VARIANT_STARTTLS : PC_VARIANT_CLEAR;
}

static gboolean
does (const PcScenarioAction *action,
      const char             *name)
{
  return action->verb == PC_DO_ACT &&
         g_str_equal (action->action->name, name);
}

PcVariant
pc_scenario_get_variant (const PcScenario *self)
{
  PcVariant found = PC_N_VARIANTS;

  g_return_val_if_fail (self != NULL, PC_N_VARIANTS);

  for (guint i = 0; i < self->services->len; i++) {
    const PcScenarioService *service =
        &g_array_index (self->services, PcScenarioService, i);

    if (!is_used (self, service))
      continue;
    if (found != PC_N_VARIANTS && found != get_variant (service))
      return PC_N_VARIANTS;
    found = get_variant (service);
  }
  return found;
}

/* -- whether there is one ------------------------------------------------- */

static gboolean
has_datagrams (const PcScenario *self)
{
  for (guint i = 0; i < self->services->len; i++)
    if (!g_array_index (self->services, PcScenarioService, i)
             .protocol->stream)
      return TRUE;
  return self->protocol != NULL && !self->protocol->stream;
}

/* It shows what comes of its own security, or types what cannot be changed. */
static gboolean
is_about_security (const PcScenario *self)
{
  for (guint i = 0; i < self->services->len; i++) {
    const PcScenarioService *service =
        &g_array_index (self->services, PcScenarioService, i);

    if (service->certificate != NULL || service->relays_to != NULL ||
        service->strip != NULL)
      return TRUE;
  }
  for (guint i = 0; i < self->actions->len; i++) {
    const PcScenarioAction *action =
        &g_array_index (self->actions, PcScenarioAction, i);
    const PcScenarioService *service =
        action->verb == PC_DO_CONNECT ? find_service (self, action) : NULL;

    if (action->verb == PC_DO_CONNECT &&
        (service == NULL || service->secure != action->secure))
      return TRUE;
    if (does (action, "raw"))
      return TRUE;
  }
  return pc_scenario_get_variant (self) == PC_N_VARIANTS;
}

const char *
pc_scenario_check_variant (const PcScenario *self,
                           PcVariant         variant)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (variant < PC_N_VARIANTS, NULL);

  if (has_datagrams (self))
    return N_ ("TFTP has no TLS.");
  for (guint i = 0; i < self->services->len; i++)
    if (g_array_index (self->services, PcScenarioService, i).played)
      return N_ ("Here a server says what was written down for it, and would "
                 "not understand other words.");
  if (pc_faults_get_n (self->faults) > 0)
    return N_ ("Here something goes wrong on purpose, at a place that other "
               "words would move.");
  if (is_about_security (self))
    return N_ ("What is shown here needs the security that it has.");
  for (guint i = 0; i < self->services->len; i++) {
    const PcScenarioService *service =
        &g_array_index (self->services, PcScenarioService, i);

    if (is_used (self, service) && get_port (service->port, variant) == 0)
      return N_ ("Port 25 has no twin with TLS from the first byte.");
  }
  return NULL;
}

/* -- making it ------------------------------------------------------------ */

static void
clear_action (gpointer data)
{
  PcScenarioAction *action = data;

  g_clear_pointer (&action->pointer, g_free);
  if (action->action != NULL)
    pc_action_free ((PcAction *) action->action);
}

static PcAction *
copy_action (const PcAction *other)
{
  PcAction      *self = pc_action_new (other->name);
  GHashTableIter iter;
  gpointer       name, value;

  g_hash_table_iter_init (&iter, other->params);
  while (g_hash_table_iter_next (&iter, &name, &value))
    pc_action_set (self, name, value);
  if (other->data != NULL)
    self->data = g_bytes_ref (other->data);
  return self;
}

static void
add_action (PcScenario             *self,
            const PcScenarioAction *other)
{
  PcScenarioAction action = *other;

  action.pointer = g_strdup (other->pointer);
  if (other->action != NULL)
    action.action = copy_action (other->action);
  g_array_append_val (self->actions, action);
}

/* @name, done by who did @beside. */
static void
add_act (PcScenario             *self,
         const PcScenarioAction *beside,
         const char             *name)
{
  PcScenarioAction action = { .verb = PC_DO_ACT,
                              .actor = beside->actor,
                              .action = pc_action_new (name),
                              .pointer = g_strdup (beside->pointer) };

  g_array_append_val (self->actions, action);
}

static void
add_connect (PcScenario             *self,
             const PcScenarioAction *other,
             PcVariant               variant)
{
  PcScenarioAction *action;

  add_action (self, other);
  action = &g_array_index (self->actions, PcScenarioAction,
                           self->actions->len - 1);
  action->port = get_port (other->port, variant);
  action->secure = variant == PC_VARIANT_IMPLICIT;
  action->needs_tls = variant != PC_VARIANT_CLEAR;
}

/* The act that @actor does next after action @index; NULL when it goes. */
static const PcScenarioAction *
find_next (const PcScenario *self,
           guint             index)
{
  const PcScenarioAction *now =
      &g_array_index (self->actions, PcScenarioAction, index);

  for (guint i = index + 1; i < self->actions->len; i++) {
    const PcScenarioAction *action =
        &g_array_index (self->actions, PcScenarioAction, i);

    if (g_strcmp0 (action->actor, now->actor) == 0)
      return action->verb == PC_DO_ACT ? action : NULL;
  }
  return NULL;
}

/* What a client asks a second time because TLS has come in between. */
static gboolean
asks_again (const PcScenario *self,
            guint             index)
{
  static const char *const questions[] = { "capability", "capa", "ehlo" };
  const PcScenarioAction *now =
      &g_array_index (self->actions, PcScenarioAction, index);

  for (guint i = index; i > 0; i--) {
    const PcScenarioAction *before =
        &g_array_index (self->actions, PcScenarioAction, i - 1);

    if (g_strcmp0 (before->actor, now->actor) != 0)
      continue;
    for (guint j = 0; j < G_N_ELEMENTS (questions); j++)
      if (does (before, "starttls") && does (now, questions[j]))
        return TRUE;
    return FALSE;
  }
  return FALSE;
}

/* In SMTP one must have said hello, and must say it again. */
static void
add_starttls (PcScenario             *self,
              const PcScenario       *other,
              guint                   index)
{
  const PcScenarioAction *now =
      &g_array_index (other->actions, PcScenarioAction, index);
  const PcScenarioAction *before = NULL;

  for (guint i = index; i > 0 && before == NULL; i--) {
    const PcScenarioAction *it =
        &g_array_index (other->actions, PcScenarioAction, i - 1);

    if (g_strcmp0 (it->actor, now->actor) == 0)
      before = it;
  }
  if (now->verb == PC_DO_CONNECT) {
    const PcScenarioAction *next = find_next (other, index);

    if (next != NULL && !does (next, "ehlo"))
      add_act (self, now, "starttls");
  } else if (does (now, "ehlo") && before != NULL &&
             before->verb == PC_DO_CONNECT) {
    add_act (self, now, "starttls");
    add_action (self, now);
  }
}

static void
add_actions (PcScenario       *self,
             const PcScenario *other,
             PcVariant         variant)
{
  PcVariant was = pc_scenario_get_variant (other);

  for (guint i = 0; i < other->actions->len; i++) {
    const PcScenarioAction *action =
        &g_array_index (other->actions, PcScenarioAction, i);

    if (was == PC_VARIANT_STARTTLS &&
        (does (action, "starttls") || asks_again (other, i)))
      continue;
    if (action->verb == PC_DO_CONNECT)
      add_connect (self, action, variant);
    else
      add_action (self, action);
    if (variant == PC_VARIANT_STARTTLS)
      add_starttls (self, other, i);
  }
}

static void
add_services (PcScenario       *self,
              const PcScenario *other,
              PcVariant         variant)
{
  for (guint i = 0; i < other->services->len; i++) {
    const PcScenarioService *old =
        &g_array_index (other->services, PcScenarioService, i);
    PcScenarioService service = *old;

    if (is_used (other, old)) {
      service.port = get_port (old->port, variant);
      service.secure = variant == PC_VARIANT_IMPLICIT;
      service.starttls = variant == PC_VARIANT_STARTTLS;
      service.needs_tls = variant == PC_VARIANT_STARTTLS;
    }
    g_array_append_val (self->services, service);
  }
}

PcScenario *
pc_scenario_new_variant (PcScenario *self,
                         PcVariant   variant)
{
  PcScenario *copy;

  g_return_val_if_fail (self != NULL && variant < PC_N_VARIANTS, NULL);
  g_return_val_if_fail (pc_scenario_check_variant (self, variant) == NULL,
                        NULL);

  if (pc_scenario_get_variant (self) == variant)
    return pc_scenario_ref (self);
  copy = g_new0 (PcScenario, 1);
  *copy = *self;
  g_atomic_ref_count_init (&copy->refs);
  copy->original = pc_scenario_ref (self);
  copy->file = g_strdup (self->file);
  copy->presenter = NULL;
  copy->summary = _ (summaries[variant]);
  copy->actors = g_array_ref (self->actors);
  copy->services = g_array_new (FALSE, TRUE, sizeof (PcScenarioService));
  copy->actions = g_array_new (FALSE, TRUE, sizeof (PcScenarioAction));
  g_array_set_clear_func (copy->actions, clear_action);
  copy->marks = g_array_new (FALSE, TRUE, sizeof (PcScenarioMark));
  for (guint i = 0; i < self->marks->len; i++) {
    PcScenarioMark mark = g_array_index (self->marks, PcScenarioMark, i);

    mark.note = mark.presenter = NULL;
    g_array_append_val (copy->marks, mark);
  }
  add_services (copy, self, variant);
  add_actions (copy, self, variant);
  return copy;
}
