/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "proto/common/narrate.h"
#include "proto/common/unit.h"

G_BEGIN_DECLS

/* One thing that happened between two actors: one arrow of the diagram.
 * Immutable once its timeline has it, but for the end time and the fate, which
 * the recorder learns later: property "fate" is notified for both. */

#define PC_TYPE_STEP (pc_step_get_type ())
G_DECLARE_FINAL_TYPE (PcStep, pc_step, PC, STEP, GObject)

typedef enum {
  PC_LAYER_TCP,
  PC_LAYER_UDP,
  PC_LAYER_TLS,
  PC_LAYER_APP,
  PC_LAYER_NOTE,
} PcLayer;

typedef enum {
  PC_FATE_DELIVERED,
  PC_FATE_LOST,
  PC_FATE_DUPLICATE,
  PC_FATE_LATE,
} PcFate;

/* A step that a protocol unit makes.  Takes @unit. */
PcStep        *pc_step_new_unit (guint       conn,
                                 const char *from,
                                 const char *to,
                                 PcLayer     layer,
                                 gint64      t_us,
                                 PcUnit     *unit,
                                 const PcNarration *narration);
/* A step without octets: the connection opens, closes, is refused.
 * @kind: "open", "close", "refused", "reset", "note"; @rule: of narrate.h. */
PcStep        *pc_step_new_event (guint       conn,
                                  const char *from,
                                  const char *to,
                                  PcLayer     layer,
                                  gint64      t_us,
                                  const char *kind,
                                  const char *summary,
                                  PcStatus    status,
                                  const char *client_state,
                                  const char *server_state,
                                  const PcNarration *narration);

guint          pc_step_get_number (PcStep *self); /* 1 and up; 0 before */
guint          pc_step_get_conn (PcStep *self);   /* 1 and up; 0: a note */
const char    *pc_step_get_from (PcStep *self);   /* actor id */
const char    *pc_step_get_to (PcStep *self);     /* actor id or NULL */
PcLayer        pc_step_get_layer (PcStep *self);
/* The word of the JSON contract: "command", "reply", "datagram", "open" … */
const char    *pc_step_get_kind (PcStep *self);
PcFate         pc_step_get_fate (PcStep *self);
PcStatus       pc_step_get_status (PcStep *self);
/* µs since the timeline began; the end is -1 while, or when never, arrived. */
gint64         pc_step_get_time (PcStep *self);
gint64         pc_step_get_end_time (PcStep *self);
/* One safe line, secrets as dots.  Borrowed. */
const char    *pc_step_get_summary (PcStep *self);
/* TRUE when its octets carry a password. */
gboolean       pc_step_has_secret (PcStep *self);
/* The same with what the wire really carried when @secrets.  Transfer full. */
char          *pc_step_dup_summary (PcStep  *self,
                                    gboolean secrets);
/* A field's readable value, the password in place of dots when @secrets.
 * Transfer full. */
char          *pc_step_dup_value (PcStep  *self,
                                  guint    index,
                                  gboolean secrets);
/* The unit's octets; an empty GBytes for events.  Owned by @self. */
GBytes        *pc_step_get_bytes (PcStep *self);
/* What the wire carried in their place, when they were under TLS: whole
 * records; else NULL.  Owned by @self. */
GBytes        *pc_step_get_wire (PcStep *self);
guint          pc_step_get_n_fields (PcStep *self);
const PcField *pc_step_get_field (PcStep *self,
                                  guint   index);
/* After this step; N_() texts, not translated; NULL where there is none. */
const char    *pc_step_get_client_state (PcStep *self);
const char    *pc_step_get_server_state (PcStep *self);
const char    *pc_step_get_rule (PcStep *self);
/* Translated.  A rule without a narration has the kind as its title and an
 * empty explanation. */
const char    *pc_step_get_title (PcStep *self);
const char    *pc_step_get_explanation (PcStep *self);
const PcNarration *pc_step_get_narration (PcStep *self);
/* What the scenario's author wrote beside this step, or NULL; and the id by
 * which questions and notes refer to it, or NULL. */
const char    *pc_step_get_note (PcStep *self);
const char    *pc_step_get_mark (PcStep *self);
void           pc_step_set_note (PcStep     *self,
                                 const char *note);
void           pc_step_set_mark (PcStep     *self,
                                 const char *mark);
/* The port labels of a datagram's two ends; 0 where there is none. */
guint          pc_step_get_from_port (PcStep *self);
guint          pc_step_get_to_port (PcStep *self);
void           pc_step_set_ports (PcStep *self,
                                  guint   from_port,
                                  guint   to_port);
/* The number of the earlier step of the same end whose very octets this one
 * has again; 0 when it is the first. */
guint          pc_step_get_repeats (PcStep *self);
void           pc_step_set_repeats (PcStep *self,
                                    guint   number);
/* µs that the sender's timer ran before it sent this; 0: it did not wait for
 * its timer. */
gint64         pc_step_get_wait (PcStep *self);
void           pc_step_set_wait (PcStep *self,
                                 gint64  wait_us);

/* For the recorder and the timeline. */
/* What the network made a second time: the octets, fields and ports of
 * @original, which has a unit; a rule and states of its own. */
PcStep        *pc_step_new_copy (PcStep     *original,
                                 gint64      t_us,
                                 const char *client_state,
                                 const char *server_state,
                                 const PcNarration *narration);
void           pc_step_set_number (PcStep *self,
                                   guint   number);
/* Takes @wire.  Its first @n_shown octets are the end of the wire of a step
 * before, since one record brought parts of both. */
void           pc_step_take_wire (PcStep *self,
                                  GBytes *wire,
                                  gsize   n_shown);
gsize          pc_step_get_n_wire_shown (PcStep *self);
/* Octets that its end had put on the wire of a stream before the first one
 * that this step is the first to show. */
void           pc_step_set_place (PcStep *self,
                                  guint64 place);
guint64        pc_step_get_place (PcStep *self);
void           pc_step_set_arrival (PcStep *self,
                                    gint64  t_end_us,
                                    PcFate  fate);

/* The words of the JSON contract. */
const char    *pc_layer_to_string (PcLayer layer);
const char    *pc_fate_to_string (PcFate fate);
const char    *pc_status_to_string (PcStatus status);

G_END_DECLS
