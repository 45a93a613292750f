/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "timeline/step.h"

G_BEGIN_DECLS

/* What happened, in order: a GListModel of PcStep, with the actors between
 * whom it happened and the connections it happened on.  Grows at the end
 * only; emits items-changed for what was added. */

#define PC_TYPE_TIMELINE (pc_timeline_get_type ())
G_DECLARE_FINAL_TYPE (PcTimeline, pc_timeline, PC, TIMELINE, GObject)

typedef enum {
  PC_ROLE_CLIENT,
  PC_ROLE_SERVER,
} PcRole;

typedef struct
{
  char  *id;      /* "phone" */
  char  *name;    /* "Phone" */
  PcRole role;
  char  *icon;    /* symbolic icon name, or NULL for the role's own */
  char  *address; /* "127.0.0.1:49812", "143 (lab 10143)"; may be NULL */
} PcActor;

typedef enum {
  PC_OUTCOME_RUNNING,
  PC_OUTCOME_OK,
  PC_OUTCOME_FAILED_AS_INTENDED,
  PC_OUTCOME_FAILED,
} PcOutcome;

PcTimeline    *pc_timeline_new (const char *id,
                                const char *title);
const char    *pc_timeline_get_id (PcTimeline *self);
const char    *pc_timeline_get_title (PcTimeline *self);

/* Copies; the index of the actor's lifeline, 0 and up, left to right. */
guint          pc_timeline_add_actor (PcTimeline *self,
                                      const char *id,
                                      const char *name,
                                      PcRole      role,
                                      const char *icon);
/* Notifies "actors". */
void           pc_timeline_set_actor_address (PcTimeline *self,
                                              const char *id,
                                              const char *address);
guint          pc_timeline_get_n_actors (PcTimeline *self);
const PcActor *pc_timeline_get_actor (PcTimeline *self,
                                      guint       index);
/* -1 when there is none; @id may be NULL. */
int            pc_timeline_find_actor (PcTimeline *self,
                                       const char *id);

/* Takes @step, gives it its number unless it has one.  FALSE, and @step is
 * gone, past PC_LIMIT_STEPS. */
gboolean       pc_timeline_take_step (PcTimeline *self,
                                      PcStep     *step);
/* Many at once, one items-changed.  Takes the steps, not the array; drops
 * what goes past PC_LIMIT_STEPS. */
void           pc_timeline_splice (PcTimeline *self,
                                   PcStep    **steps,
                                   guint       n);
guint          pc_timeline_get_n_steps (PcTimeline *self);
/* Borrowed; @index from 0. NULL past the end. */
PcStep        *pc_timeline_get_step (PcTimeline *self,
                                     guint       index);
/* The index of the step with this mark, or -1. */
int            pc_timeline_find_mark (PcTimeline *self,
                                      const char *mark);

/* The index of the step with this number, or of the last one before it. */
guint          pc_timeline_find_number (PcTimeline *self,
                                        guint       number);

/* Less than this between two steps is not told. */
#define PC_TIMELINE_SILENCE (G_GINT64_CONSTANT (400000))

/* µs that went by before step @index and are worth telling: how long the
 * sender's timer ran, or else how long nobody began anything; 0 for none. */
gint64         pc_timeline_get_gap (PcTimeline *self,
                                    guint       index);
/* TRUE when it never came to its receiver: lost on the way, or octets of a
 * connection that nobody had read when all was over. */
gboolean       pc_timeline_is_lost (PcTimeline *self,
                                    PcStep     *step);

/* What somebody on the way sees: the same conversations with the records of
 * the wire in place of what TLS hid.  Of what there is now; steps without TLS
 * are shared, and numbers are those of @self.  Transfer full. */
PcTimeline    *pc_timeline_new_wire_view (PcTimeline *self);
/* TRUE when that is not the same as @self. */
gboolean       pc_timeline_has_secure_steps (PcTimeline *self);

/* What a script has to do with it. */

/* The next action of the script begins: steps that come are due to it. */
void           pc_timeline_begin_action (PcTimeline *self);
/* Which action the step at @index is due to, 1 and up; 0: none. */
guint          pc_timeline_find_action (PcTimeline *self,
                                        guint       index);
/* Where the steps that are due to action @number begin; those of a later one
 * where it has none.  FALSE when there are none, or it never began. */
gboolean       pc_timeline_get_action (PcTimeline *self,
                                       guint       number,
                                       guint      *index);

/* What a packet capture tells beside the steps. */

/* µs since 1970 at which the steps' times begin; 0 until somebody knows. */
void           pc_timeline_set_start (PcTimeline *self,
                                      gint64      start);
gint64         pc_timeline_get_start (PcTimeline *self);
/* Of connection @conn, 1 and up: the client's own port, and the server's as
 * people know it. */
void           pc_timeline_set_ports (PcTimeline *self,
                                      guint       conn,
                                      guint       client_port,
                                      guint       server_port);
/* 0 for what nobody told. */
void           pc_timeline_get_ports (PcTimeline *self,
                                      guint       conn,
                                      guint      *client_port,
                                      guint      *server_port);
/* A step's octets that did not leave at once: PcMoment (timeline/moments.h),
 * counted from the step's place.  Takes @pieces. */
void           pc_timeline_take_pieces (PcTimeline *self,
                                        PcStep     *step,
                                        GArray     *pieces);
/* NULL: they left at once, or nobody knows.  Borrowed. */
const GArray  *pc_timeline_get_pieces (PcTimeline *self,
                                       PcStep     *step);
/* Lines of a TLS key log (net/tls.h).  A capture has them, and no other
 * export: whoever has the timeline has what was said as well. */
void           pc_timeline_add_key_log (PcTimeline *self,
                                        const char *lines);
/* NULL where there was no TLS, and in the eavesdropper's view. */
const char    *pc_timeline_get_key_log (PcTimeline *self);

PcOutcome      pc_timeline_get_outcome (PcTimeline *self);
/* Why it failed, translated; or NULL. */
const char    *pc_timeline_get_reason (PcTimeline *self);
/* Notifies "outcome". */
void           pc_timeline_set_outcome (PcTimeline *self,
                                        PcOutcome   outcome,
                                        const char *reason);
/* "ok", "failed-as-intended", "failed", "running". */
const char    *pc_outcome_to_string (PcOutcome outcome);

G_END_DECLS
