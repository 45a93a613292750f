/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/registry.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Where a conversation stands after one of its steps: the states of both ends
 * and TLS, and what is legal there. */

typedef enum {
  PC_COVER_NEVER,     /* the protocol has none */
  PC_COVER_NONE,      /* in clear */
  PC_COVER_HANDSHAKE, /* about to begin: only TLS is legal */
  PC_COVER_TLS,
} PcCover;

typedef struct
{
  const PcProtocol *protocol;  /* NULL where no step tells which */
  const char       *before[2]; /* by PcRole; N_(), static; NULL for none */
  const char       *now[2];
  PcCover           cover;
} PcStandpoint;

/* The index of @state, -1 when it is none of @states; NULL is none. */
int   pc_state_find (const char *const *states,
                     const char        *state);
void  pc_standpoint_init (PcStandpoint *self,
                          PcTimeline   *timeline,
                          PcStep       *step);
/* Why a client may not send @verb now, translated; NULL when it may.  Transfer
 * full. */
char *pc_standpoint_dup_reason (const PcStandpoint *self,
                                const PcVerbInfo   *verb);
/* What leads from one state to another: "SELECT, EXAMINE".  Translated;
 * transfer full. */
char *pc_standpoint_dup_causes (const PcStateChange *changes,
                                guint                from,
                                guint                to);

G_END_DECLS
