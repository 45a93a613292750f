/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Turns what crossed the links into steps: hands each direction's octets to
 * the protocol's observer and puts the units it cuts into a timeline.  All
 * times are µs since 1970 and are made relative to the first one. */

/* NULL stands for a recorder that records nothing. */
typedef struct _PcRecorder PcRecorder;

PcRecorder *pc_recorder_new (PcTimeline *timeline);
void        pc_recorder_free (PcRecorder *self);
/* From now on, what happens is kept and becomes steps later, so
 * that a peer need not wait for them: @wanted is called whenever there is more
 * to do for pc_recorder_catch_up ().  More than PC_LIMIT_BACKLOG is not kept.
 * Times and order stay what they are. */
void        pc_recorder_put_off (PcRecorder *self,
                                 void       (*wanted) (gpointer user_data),
                                 gpointer    user_data);
/* Makes a few of the steps that were put off.  Returns: whether more are
 * left. */
gboolean    pc_recorder_catch_up (PcRecorder *self);
/* Octets that wait for it. */
gsize       pc_recorder_get_backlog (PcRecorder *self);

/* A stream connection is there (or a first datagram is about to be sent).
 * @client, @server: actor ids; @protocol: what the server's port speaks.
 * Emits a "tcp.open" step for streams.  Returns the connection's number. */
guint       pc_recorder_open (PcRecorder       *self,
                              const PcProtocol *protocol,
                              const char       *client,
                              const char       *server,
                              gint64            now);
/* Nothing listened: one "tcp.refused" step. @port: registered number. */
guint       pc_recorder_refused (PcRecorder *self,
                                 const char *client,
                                 const char *server,
                                 guint       port,
                                 gint64      now);
/* Of a connection that was opened or refused: the client's own port, and the
 * server's as people know it.  Captures tell them. */
void        pc_recorder_set_ports (PcRecorder *self,
                                   guint       conn,
                                   guint       client_port,
                                   guint       server_port);
/* What is needed to read what was recorded under TLS: lines of a key log. */
void        pc_recorder_add_key_log (PcRecorder *self,
                                     const char *lines);
/* @from wrote @len octets of a stream. */
void        pc_recorder_sent (PcRecorder   *self,
                              guint         conn,
                              PcSide        from,
                              gint64        now,
                              const guint8 *data,
                              gsize         len);
/* The other end has read @len octets more of what @from wrote: gives steps
 * their end times.  Where only one end is ours, call it at once. */
void        pc_recorder_arrived (PcRecorder *self,
                                 guint       conn,
                                 PcSide      from,
                                 gint64      now,
                                 gsize       len);
/* @from sent a TLS record.  @content and @detail: what is inside, known since
 * one of the ends is ours (net/tls.h); @detail G_MAXUINT where it is not.
 * @plain: the data in it, or NULL.  Octets that arrive are counted as they
 * are on the wire. */
void        pc_recorder_record (PcRecorder *self,
                                guint       conn,
                                PcSide      from,
                                gint64      now,
                                GBytes     *wire,
                                guint       content,
                                guint       detail,
                                GBytes     *plain);
/* The handshake is done: what the ends learnt in clear is forgotten.  Both
 * ends may say so. */
void        pc_recorder_secured (PcRecorder *self,
                                 guint       conn);
/* @from sends a datagram.  Returns its step, borrowed, in the timeline already
 * with fate delivered and no end time; NULL past PC_LIMIT_STEPS. The caller
 * says later what became of it: pc_step_set_arrival (), with a time from
 * pc_recorder_to_relative (). */
PcStep     *pc_recorder_datagram (PcRecorder   *self,
                                  guint         conn,
                                  PcSide        from,
                                  guint         from_port,
                                  guint         to_port,
                                  gint64        now,
                                  const guint8 *data,
                                  gsize         len);
/* The timer of @from ran out after @wait_us and made it send what it sends
 * next: the next datagram of @from is marked with it.  0: what comes now is
 * sent for another reason.  Whoever runs an end says so at its beginning, too,
 * so that the observer need not guess. */
void        pc_recorder_waited (PcRecorder *self,
                                guint       conn,
                                PcSide      from,
                                gint64      wait_us);
/* @from has closed its port: no datagram says so, but its state is known. */
void        pc_recorder_left (PcRecorder *self,
                              guint       conn,
                              PcSide      from);
/* What will become of the next datagram of @from, where that is known: so
 * nobody sees its step without it. */
void        pc_recorder_foretell (PcRecorder *self,
                                  guint       conn,
                                  PcSide      from,
                                  PcFate      fate);
/* The network carries the datagram of @original a second time.  Returns the
 * copy's step as pc_recorder_datagram () does, with fate duplicate; nobody's
 * state changes. */
PcStep     *pc_recorder_duplicate (PcRecorder *self,
                                   PcStep     *original,
                                   gint64      now);
/* Somebody who has no part in the conversation sends a datagram to @to_side,
 * in the direction of the other end.  Returns its step as
 * pc_recorder_datagram () does.  What @to_side sends to @from_port from now on
 * goes to @actor. */
PcStep     *pc_recorder_stranger (PcRecorder   *self,
                                  guint         conn,
                                  const char   *actor,
                                  PcSide        to_side,
                                  guint         from_port,
                                  guint         to_port,
                                  gint64        now,
                                  const guint8 *data,
                                  gsize         len);
/* The same for a datagram between an end of ours and one of which we know
 * nothing else: it is sent and arrives at the same moment.  May be put off.
 * @owner: whose octets @data are, to be kept in place of a copy; or NULL. */
void        pc_recorder_passed (PcRecorder   *self,
                                guint         conn,
                                PcSide        from,
                                guint         from_port,
                                guint         to_port,
                                gint64        now,
                                const guint8 *data,
                                gsize         len,
                                GBytes       *owner);
/* µs since 1970 to µs since the timeline began. */
gint64      pc_recorder_to_relative (PcRecorder *self,
                                     gint64      now);
/* Something happened at @actor that crossed no wire: a step on no connection,
 * with a rule of pc_common_narrations. */
void        pc_recorder_note (PcRecorder *self,
                              const char *actor,
                              const char *rule,
                              const char *summary,
                              gint64      now);
/* @from closed its direction in order ("tcp.close"), or the connection was
 * cut (@cut: "tcp.reset").  The second close of a connection makes no step
 * when nothing was said in between. */
void        pc_recorder_closed (PcRecorder *self,
                                guint       conn,
                                PcSide      from,
                                gboolean    cut,
                                gint64      now);
/* The observer's view, for tests that hold it against the engines'. */
const char *pc_recorder_get_state (PcRecorder *self,
                                   guint       conn,
                                   PcSide      side);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcRecorder, pc_recorder_free)

G_END_DECLS
