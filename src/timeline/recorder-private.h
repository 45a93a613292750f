/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/backlog.h"
#include "timeline/moments.h"
#include "timeline/recorder.h"
#include "timeline/repeats.h"

G_BEGIN_DECLS

/* Between recorder.c, recorder-datagram.c, recorder-late.c and
 * recorder-secure.c. */

typedef struct
{
  GArray  *sent;        /* moments: of octets no unit covers yet */
  GArray  *arrived;     /* moments: the same */
  GQueue   pending;     /* Pending*, see recorder.c */
  guint64  n_sent;
  guint64  n_arrived;
  guint64  n_cut;       /* octets that are in units */
  guint64  n_clear_cut; /* the same, of those before any TLS */
  guint64  n_tls_held;  /* octets of which the observer of TLS made no unit */
  GQueue   chunks;      /* Chunk*, see recorder-secure.c */
  guint64  n_plain;     /* octets said under TLS */
  guint64  n_plain_cut; /* those that are in units */
  PcRepeats *repeats;   /* of datagrams; NULL before the first */
  gint64   wait_us;     /* of the next datagram */
  gboolean timed;       /* its owner tells when its timer ran out; */
  gboolean rang;        /* what is sent now is sent for that reason */
  PcFate   fate;        /* the same */
  gboolean closed;
} PcRecorderDirection;

typedef struct
{
  guint               number;
  const PcProtocol   *protocol; /* NULL where nothing listened */
  PcObserver         *observer;
  PcObserver         *tls;      /* of the records; NULL before the first */
  char               *ends[2];  /* actor ids, by PcSide */
  PcRecorderDirection directions[2]; /* by the sending PcSide */
  gboolean            secure;   /* what comes now came out of TLS */
  gboolean            quiet;    /* nothing was said since the first close */
  gint64              begun;    /* when it opened */
  GPtrArray          *strangers; /* see recorder-datagram.c; NULL: none */
} PcRecorderConn;

struct _PcRecorder
{
  PcTimeline *timeline;
  GPtrArray  *conns; /* PcRecorderConn, number 1 first */
  gint64      start; /* µs since 1970; -1 before the first time */
  PcBacklog  *backlog; /* NULL: everything becomes steps at once */
  gboolean    catching_up;
  void      (*wanted) (gpointer user_data);
  gpointer    user_data;
};

/* recorder.c */

/* Borrowed; NULL where nothing is recorded. */
PcRecorderConn *pc_recorder_find (PcRecorder *self,
                                  guint       number);
/* NULL for a rule nobody tells of. */
const PcNarration *pc_recorder_find_narration (const PcRecorderConn *conn,
                                               const char           *rule);
/* Steps for what the protocol's observer has cut by now. */
void            pc_recorder_drain (PcRecorder     *self,
                                   PcRecorderConn *conn);
/* A unit, which is taken, of which the last octet crosses the wire before
 * offset @end, and the first one it is the first to show stands at @place.
 * Returns its step, borrowed, or NULL. */
PcStep         *pc_recorder_add_placed (PcRecorder     *self,
                                        PcRecorderConn *conn,
                                        PcLayer         layer,
                                        guint64         place,
                                        guint64         begin,
                                        guint64         end,
                                        PcUnit         *unit);

/* recorder-late.c */

/* Whether @deed waits now; what it points to is kept then. */
gboolean        pc_recorder_defer (PcRecorder   *self,
                                   const PcDeed *deed);
/* For what cannot wait: it comes after all that went before. */
void            pc_recorder_catch_up_wholly (PcRecorder *self);

/* recorder-secure.c */

/* The records that bring the next @size octets of what is said; they are
 * forgotten when nothing of them is left.  @begin, @end: the places on the
 * wire where the first one and the last one end; @n_shown: octets of a record
 * that an earlier unit has had a part of; @place: where on the wire the others
 * begin.  Where there are none, all four stay.  Transfer full. */
GBytes         *pc_recorder_take_wire (PcRecorderDirection *direction,
                                       gsize                size,
                                       guint64             *begin,
                                       guint64             *end,
                                       guint64             *place,
                                       gsize               *n_shown);
/* At the end of a direction's life. */
void            pc_recorder_drop_chunks (PcRecorderDirection *direction);

G_END_DECLS
