/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/fields.h"
#include "proto/pop3/rules.h"

#include "base/bytes.h"
#include "proto/common/observer.h"

G_BEGIN_DECLS

/* Between observe.c, which cuts lines and pairs them, and observe-tls.c. */

typedef struct
{
  PcBytes  in;
  gsize    scanned;
  gboolean overlong; /* in a line that was cut */
  gboolean secret;   /* and it may hold a password */
  gboolean records;  /* TLS from here on */
} PcPop3Direction;

/* A multi-line reply under way; zeroed whole when it is over. */
typedef struct
{
  gboolean         under_way;
  gboolean         continued; /* a part of it is out */
  PcPop3Rule       rule;
  PcPop3Verb       verb;
  gboolean         has_args;
  gsize            first_len; /* of the first line */
  gsize            first_eol;
  gsize            seen; /* octets in the queue that the unstuffer has read */
  PcPop3Unstuffer  unstuffer;
  PcPop3TextLabels labels;
} PcPop3Text;

typedef struct
{
  PcObserver  base;
  PcPop3Direction client;
  PcPop3Direction server;
  GQueue      pending; /* commands without reply, packed */
  PcSaslView  login;   /* of the last AUTH */
  PcPop3State state;
  gboolean    hold;     /* the client's octets, until STLS is answered */
  gboolean    done;     /* the client sends no more, yet some is held */
  gboolean    tls;      /* STLS was granted, and TLS is not there */
  gboolean    injected_login; /* what was injected began a login */
  guint       n_marked; /* by DELE, as far as we saw */
  PcPop3Text  text;
} PcPop3Observer;

/* One more command waits for its reply. */
void     pc_pop3_observer_push_pending (PcPop3Observer *self,
                                        PcPop3Verb      verb,
                                        gboolean        has_args);
/* A TLS record at the head of @direction.  FALSE when it is not whole, unless
 * @last. */
gboolean pc_pop3_observer_take_record (PcPop3Observer  *self,
                                       PcSide           from,
                                       PcPop3Direction *direction,
                                       gboolean         last);
/* STLS was granted: a record, or octets of clear text that should not be
 * there.  FALSE when there is nothing, or when more must come; never the
 * second with @last. */
gboolean pc_pop3_observer_take_tls (PcPop3Observer *self,
                                    PcSide          from,
                                    gboolean        last);
/* Forgets what was under way. */
void     pc_pop3_observer_reset_direction (PcPop3Direction *direction);

G_END_DECLS
