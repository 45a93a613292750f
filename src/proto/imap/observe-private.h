/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/rules.h"

#include "proto/common/observer.h"
#include "proto/common/sasl-view.h"

G_BEGIN_DECLS

/* Between observe.c, which cuts octets into frames, and observe-pair.c, which
 * makes units of them and follows what answers what. */

/* One direction. */
typedef struct
{
  PcBytes      in;
  PcImapFramer framer;
  gsize        shown;        /* octets of in that a unit has shown already */
  gboolean     is_long;      /* in the rest of a frame that is too long */
  guint64      literal_left; /* of it */
} PcImapStream;

typedef struct
{
  PcObserver   base;
  PcImapStream streams[2]; /* by PcSide */
  PcImapState  state;      /* of both ends; changed in observe-pair.c only */
  GQueue       pending;    /* of commands, oldest first; private there */
  char        *open_tag;   /* a command waits to send a literal */
  char        *auth_tag;   /* AUTHENTICATE is under way */
  PcSaslView   login;      /* of the last of these */
  gboolean     go_ahead;   /* "+" was seen for it */
  gboolean     go_on;      /* "+" was seen for another command, as IDLE's */
  char        *hold_tag;   /* STARTTLS: until its answer the client's octets
                            * are held back */
  gboolean     done;       /* the client sends no more, yet some is held */
  gboolean     tls;        /* STARTTLS was granted, and TLS is not there */
  gboolean     injected_login; /* what was injected began a login */
  gboolean     secret;     /* the command being read carries a password */
} PcImapObserver;

/* The state both ends are in. */
void pc_imap_observer_set_state (PcImapObserver *self,
                                 PcImapState     state);
/* Frees what waits for replies. */
void pc_imap_observer_clear_pending (PcImapObserver *self);
/* Labels the rest of @unit, summarises and queues it. */
void pc_imap_observer_emit (PcImapObserver *self,
                            PcUnit         *unit,
                            PcStatus        status);
/* A SASL response, or the first piece of a command, perhaps all of it. */
void pc_imap_observer_emit_command (PcImapObserver *self,
                                    const guint8   *data,
                                    gsize           len);
/* More of a command whose first @shown octets were shown. */
void pc_imap_observer_emit_continued (PcImapObserver *self,
                                      const guint8   *data,
                                      gsize           len,
                                      gsize           shown);
void pc_imap_observer_emit_response (PcImapObserver *self,
                                     const guint8   *data,
                                     gsize           len);
/* The server answers the command @tag instead of letting its literal come. */
void pc_imap_observer_drop_open (PcImapObserver *self,
                                 const char     *tag);

/* STARTTLS was granted: emits a TLS record, or octets of clear text that
 * should not be there.  FALSE when there is nothing, or when more must come;
 * never the second with @last. */
gboolean pc_imap_observer_step_tls (PcImapObserver *self,
                                    PcSide          side,
                                    gboolean        last);
/* Forgets what was under way and what was learnt. */
void pc_imap_observer_reset (PcImapObserver *self);

G_END_DECLS
