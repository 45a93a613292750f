/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "app/lab-stage.h"

G_BEGIN_DECLS

/* "Your own client": servers for any program on this machine, what to type
 * into it, and what it then says, live. */

#define PC_TYPE_LAB_CLIENT (pc_lab_client_get_type ())
G_DECLARE_FINAL_TYPE (PcLabClient, pc_lab_client, PC, LAB_CLIENT, GtkWidget)

PcLabStage *pc_lab_client_get_stage (PcLabClient *self);
/* Starts the servers, or ends them with all their conversations. */
void        pc_lab_client_set_running (PcLabClient *self,
                                       gboolean     running);
gboolean    pc_lab_client_get_running (PcLabClient *self);
/* Where the service with this name of pc_serve_kinds listens; 0 for nowhere. */
guint       pc_lab_client_get_port (PcLabClient *self,
                                    const char  *name);
/* What goes wrong on purpose in all conversations that begin from now on, in
 * place of what did; starts the servers.  FALSE with @error when @spec
 * (scenario/fault.h) is none, or they cannot listen.  Stopping the servers
 * disarms them, too. */
gboolean    pc_lab_client_arm (PcLabClient *self,
                               const char  *spec,
                               GError     **error);
void        pc_lab_client_disarm (PcLabClient *self);
/* Property "armed": what will happen, a sentence; NULL: nothing. */
const char *pc_lab_client_get_armed (PcLabClient *self);
/* Conversations in the list. */
guint       pc_lab_client_get_n (PcLabClient *self);
/* What is known of one of them, oldest first; borrowed; NULL past the end. */
PcTimeline *pc_lab_client_get_timeline (PcLabClient *self,
                                        guint        index);
/* As somebody would who chooses it in the list. */
void        pc_lab_client_show (PcLabClient *self,
                                guint        index);

G_END_DECLS
