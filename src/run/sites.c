/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail servers of one scenario.
 *
 * Servers without domains of their own share the mailboxes of the world's
 * domain, as the machines of one provider do; each has a queue of its own.
 */

#include "run/sites.h"

#include "run/postman.h"

#include "mail/greylist.h"

#include <string.h>

typedef struct
{
  const PcScenarioActor *actor;
  PcMailStore           *store;
  PcMailQueue           *queue;
  gboolean               takes_mail;
} Site;

struct _PcSites
{
  const PcScenario *scenario;
  PcMailStore      *store; /* of the world's own domain */
  GArray           *sites; /* Site */
  GPtrArray        *greylists; /* PcGreylist* */
};

static void
clear_site (gpointer data)
{
  Site *site = data;

  g_clear_pointer (&site->store, pc_mail_store_unref);
  g_clear_pointer (&site->queue, pc_mail_queue_unref);
}

static void
add_site (PcSites               *self,
          const PcScenarioActor *actor,
          gint64                 now)
{
  const PcWorld         *world = pc_scenario_get_world (self->scenario);
  const PcScenarioRetry *retry = pc_scenario_get_retry (self->scenario);
  Site                   site = { .actor = actor };

  site.store = actor->domains == NULL
                   ? pc_mail_store_ref (self->store)
                   : pc_world_make_store_for (world, actor->domains, now);
  site.queue = pc_mail_queue_new (site.store, actor->host);
  pc_mail_queue_set_routes (site.queue, pc_world_get_routes (world));
  if (retry->wait > 0)
    pc_mail_queue_set_waits (site.queue, retry->wait, retry->warn,
                             retry->give_up);
  g_array_append_val (self->sites, site);
}

PcSites *
pc_sites_new (const PcScenario *scenario,
              gint64            now)
{
  PcSites *self = g_new0 (PcSites, 1);

  self->scenario = scenario;
  self->store = pc_world_make_store (pc_scenario_get_world (scenario), now);
  self->sites = g_array_new (FALSE, TRUE, sizeof (Site));
  g_array_set_clear_func (self->sites, clear_site);
  self->greylists = g_ptr_array_new_with_free_func (
      (GDestroyNotify) pc_greylist_unref);
  for (guint i = 0; i < pc_scenario_get_n_actors (scenario); i++) {
    const PcScenarioActor *actor = pc_scenario_get_actor (scenario, i);

    if (actor->server)
      add_site (self, actor, now);
  }

  return self;
}

void
pc_sites_free (PcSites *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sites, g_array_unref);
  g_clear_pointer (&self->greylists, g_ptr_array_unref);
  g_clear_pointer (&self->store, pc_mail_store_unref);
  g_free (self);
}

PcMailStore *
pc_sites_get_store (PcSites *self)
{
  return self->store;
}

static Site *
find_site (PcSites    *self,
           const char *actor)
{
  for (guint i = 0; i < self->sites->len; i++) {
    Site *site = &g_array_index (self->sites, Site, i);

    if (strcmp (site->actor->id, actor) == 0)
      return site;
  }

  return NULL;
}

void
pc_sites_equip (PcSites                 *self,
                const PcScenarioService *given,
                PcHubService            *service)
{
  Site *site = find_site (self, given->actor);

  service->host = site->actor->host;
  service->store = site->store;
  service->max_connections = given->max_connections;
  if (strcmp (given->protocol->id, "smtp") != 0 || given->played)
    return;

  site->takes_mail = TRUE;
  service->queue = site->queue;
  if (given->greylist > 0) {
    service->greylist = pc_greylist_new (given->greylist);
    g_ptr_array_add (self->greylists, service->greylist);
  }
}

void
pc_sites_send_postmen (PcSites    *self,
                       PcHub      *hub,
                       PcRecorder *recorder)
{
  for (guint i = 0; i < self->sites->len; i++) {
    const Site *site = &g_array_index (self->sites, Site, i);

    if (site->takes_mail)
      pc_hub_add_postman (hub, pc_postman_new (site->queue, site->actor->id,
                                               recorder, NULL, NULL));
  }
}
