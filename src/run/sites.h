/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "run/hub.h"
#include "scenario/scenario.h"

G_BEGIN_DECLS

/* What the mail servers of one scenario have of their own: each has the
 * mailboxes of its domains and the mail that it has to send on.  Must outlive
 * the hub that uses it. */
typedef struct _PcSites PcSites;

PcSites     *pc_sites_new (const PcScenario *scenario,
                           gint64            now);
void         pc_sites_free (PcSites *self);
/* Of the world's own domain. */
PcMailStore *pc_sites_get_store (PcSites *self);
/* Fills in what belongs to the server of @given. */
void         pc_sites_equip (PcSites                 *self,
                             const PcScenarioService *given,
                             PcHubService            *service);
/* One for each server that takes mail. */
void         pc_sites_send_postmen (PcSites    *self,
                                    PcHub      *hub,
                                    PcRecorder *recorder);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSites, pc_sites_free)

G_END_DECLS
