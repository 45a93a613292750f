/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sets the stage for a scenario, before anything happens.
 *
 * The servers listen, and the timeline knows who takes part and at which
 * ports.  What each mail server has of its own is sites.c's; what the clients
 * do is run.c's.
 */

#include "run/stage.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static PcFlaw
find_flaw (const char *certificate)
{
  if (g_strcmp0 (certificate, "other-name") == 0)
    return PC_FLAW_NAME;
  if (g_strcmp0 (certificate, "expired") == 0)
    return PC_FLAW_EXPIRED;
  return certificate != NULL ? PC_FLAW_AUTHORITY : PC_FLAW_NONE;
}

gboolean
pc_stage_listen (const PcScenario *scenario,
                 PcSites          *sites,
                 PcHub            *hub,
                 GError          **error)
{
  for (guint i = 0; i < pc_scenario_get_n_services (scenario); i++) {
    const PcScenarioService *given = pc_scenario_get_service (scenario, i);
    PcHubService             service = { .protocol = given->protocol,
                                         .role = given->role,
                                         .fixes = given->fixes,
                                         .registered = given->port,
                                         .actor = given->actor,
                                         .secure = given->secure,
                                         .starttls = given->starttls,
                                         .needs_tls = given->needs_tls,
                                         .mechanisms = given->mechanisms,
                                         .relays_to = given->relays_to,
                                         .strip = given->strip,
                                         .policy = given->policy,
                                         .played = given->played,
                                         .says = given->says,
                                         .n_says = given->n_says };

    service.flaw = find_flaw (given->certificate);
    pc_sites_equip (sites, given, &service);
    if (pc_hub_listen (hub, &service, error) == 0)
      return FALSE;
  }

  return TRUE;
}

static void
set_server_address (const PcScenario *scenario,
                    PcHub            *hub,
                    PcTimeline       *timeline,
                    const char       *actor)
{
  g_autoptr (GString) address = g_string_new (NULL);

  for (guint i = 0; i < pc_scenario_get_n_services (scenario); i++) {
    const PcScenarioService *service = pc_scenario_get_service (scenario, i);
    PcListening             *listening;

    if (strcmp (service->actor, actor) != 0)
      continue;
    listening = pc_hub_find_listening (hub, actor, service->port,
                                       service->protocol->stream);
    if (address->len > 0)
      g_string_append (address, ", ");
    g_string_append_printf (address, _ ("%u (lab %u)"), service->port,
                            pc_listening_get_port (listening));
  }

  pc_timeline_set_actor_address (timeline, actor, address->str);
}

void
pc_stage_add_actors (const PcScenario *scenario,
                     PcHub            *hub,
                     PcTimeline       *timeline)
{
  for (guint i = 0; i < pc_scenario_get_n_actors (scenario); i++) {
    const PcScenarioActor *actor = pc_scenario_get_actor (scenario, i);

    pc_timeline_add_actor (timeline, actor->id, actor->name,
                           actor->server ? PC_ROLE_SERVER : PC_ROLE_CLIENT,
                           actor->icon);
    if (actor->server)
      set_server_address (scenario, hub, timeline, actor->id);
  }
}

void
pc_stage_add_stranger (const PcFaults   *faults,
                       const PcProtocol *protocol,
                       PcTimeline       *timeline)
{
  for (guint i = 0; faults != NULL && i < pc_faults_get_n (faults); i++) {
    const PcFault *fault = pc_faults_get (faults, i);

    if (fault->kind == PC_FAULT_INJECT &&
        (protocol == NULL || !protocol->stream) &&
        pc_timeline_find_actor (timeline, fault->actor) < 0)
      pc_timeline_add_actor (timeline, fault->actor, _ ("Stranger"),
                             PC_ROLE_CLIENT, NULL);
  }
}
