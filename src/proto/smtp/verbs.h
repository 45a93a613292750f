/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/action.h"
#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* What server, client and observer share: the verbs, the states, and which
 * reply leads to which state. */

typedef enum
{
  PC_SMTP_VERB_EHLO,
  PC_SMTP_VERB_HELO,
  PC_SMTP_VERB_AUTH,
  PC_SMTP_VERB_MAIL,
  PC_SMTP_VERB_RCPT,
  PC_SMTP_VERB_DATA,
  PC_SMTP_VERB_RSET,
  PC_SMTP_VERB_NOOP,
  PC_SMTP_VERB_VRFY,
  PC_SMTP_VERB_HELP,
  PC_SMTP_VERB_QUIT,
  PC_SMTP_VERB_BDAT,
  PC_SMTP_VERB_EXPN, /* known, not done by our server */
  PC_SMTP_VERB_STARTTLS,
  PC_SMTP_N_VERBS,

  /* What a reply can answer besides a command: */
  PC_SMTP_VERB_UNKNOWN = PC_SMTP_N_VERBS,
  PC_SMTP_VERB_CONNECT, /* the connection: a greeting */
  PC_SMTP_VERB_SASL,    /* a line of a login */
  PC_SMTP_VERB_CONTENT, /* a message */
  PC_SMTP_VERB_NONE,    /* nothing: the server speaks unasked */
} PcSmtpVerb;

typedef enum
{
  PC_SMTP_CONNECT, /* no greeting yet */
  PC_SMTP_GREETED,
  PC_SMTP_READY,
  PC_SMTP_LOGGED_IN, /* ready as well */
  PC_SMTP_AUTH,
  PC_SMTP_MAIL,
  PC_SMTP_RCPT,
  PC_SMTP_DATA,
  PC_SMTP_CHUNKS, /* pieces of a message were taken */
  PC_SMTP_CLOSED,
  PC_SMTP_N_STATES,
} PcSmtpState;

/* Names of the states, N_(), NULL-terminated, in order. */
extern const char *const pc_smtp_states[];
/* In the order of PcSmtpVerb; ends with a NULL name. */
extern const PcVerbInfo   pc_smtp_verbs[];
/* Of both ends; ends with one that leads nowhere. */
extern const PcStateChange pc_smtp_changes[];
extern const PcActionSpec pc_smtp_actions[];

/* The verb a line begins with; PC_SMTP_VERB_UNKNOWN when it is none of ours.
 * @word: octets of the first word, whatever it is. */
PcSmtpVerb pc_smtp_verb_find (const guint8 *line,
                              gsize         len,
                              gsize        *word);
/* "GET", "POST" and their like: a web browser has the wrong port. */
gboolean pc_smtp_is_http (const guint8 *word,
                          gsize         len);

/* The conversation as both ends must see it.  Zeroed it is new. */
typedef struct
{
  PcSmtpState state;
  gboolean    hello; /* EHLO or HELO was accepted */
  gboolean    logged_in;
} PcSmtpTrack;

/* Where a session is between two mails. */
PcSmtpState pc_smtp_track_base (const PcSmtpTrack *self);
/* The server answered @verb with @code. */
void pc_smtp_track_reply (PcSmtpTrack *self,
                          PcSmtpVerb   verb,
                          guint        code);

G_END_DECLS
