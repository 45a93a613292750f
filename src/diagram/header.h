/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "diagram/scene.h"

G_BEGIN_DECLS

/* The cards of the actors, over their lifelines. */

#define PC_TYPE_ACTOR_HEADER (pc_actor_header_get_type ())
G_DECLARE_FINAL_TYPE (PcActorHeader, pc_actor_header, PC, ACTOR_HEADER,
                      GtkWidget)

GtkWidget *pc_actor_header_new (PcScene *scene);
/* Reads the actors of the scene's timeline again. */
void       pc_actor_header_update (PcActorHeader *self);
/* "143, 110" of "143 (lab 10143), 110 (lab 10110)": what people know, without
 * what stands in brackets; ":40053" of "127.0.0.1:40053".  Transfer full. */
char      *pc_actor_header_dup_brief (const char *address);

G_END_DECLS
