/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/smtp/data-reader.h"
#include "proto/smtp/narrate.h"
#include "proto/smtp/syntax.h"
#include "proto/smtp/verbs.h"

#include "base/bytes.h"
#include "proto/common/observer.h"
#include "proto/common/sasl-view.h"
#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Labelling: cuts units whose kind is known into fields. */

/* Where in a message the next octet is. */
typedef struct
{
  gboolean in_header;
  gboolean mid_line; /* the last part was cut inside a line */
} PcSmtpPlace;

/* What the client's next octets are. */
typedef enum
{
  PC_SMTP_MODE_COMMAND,
  PC_SMTP_MODE_WAIT, /* that depends on an answer which has not come */
  PC_SMTP_MODE_SASL,
  PC_SMTP_MODE_CONTENT,
  PC_SMTP_MODE_CHUNK,
  PC_SMTP_MODE_TLS,
} PcSmtpMode;

typedef struct
{
  PcObserver        base;
  PcBytes           in[2];
  gsize             scanned[2]; /* of the unit under way */
  gboolean          done[2];    /* that side sends no more */
  gboolean          tls;        /* agreed upon, and not there */
  gboolean          injected_login; /* what was injected began a login */
  PcSmtpMode        mode;
  PcSmtpTrack       track;
  GQueue            pending; /* PcSmtpVerb, unanswered */
  PcSmtpReplyReader reply;
  PcSaslView        login;
  PcSmtpDataReader  data;
  PcSmtpPlace       place;
  guint64           chunk; /* octets of BDAT to come */
} PcSmtpObserver;

/* The next @total octets of @from as a unit, which is to be emitted. */
PcUnit *pc_smtp_observer_take_unit (PcSmtpObserver *self,
                                    PcSide          from,
                                    PcUnitKind      kind,
                                    PcSmtpRule      rule,
                                    gsize           total);
/* DONE: a TLS record was emitted.  MORE: it is not whole.  BAD: none. */
PcSmtpReplyResult pc_smtp_observer_step_record (PcSmtpObserver *self,
                                                PcSide          side);
/* TLS was agreed upon: emits a record, or octets of clear text that should not
 * be there.  FALSE when there is nothing, or when more must come; never the
 * second with @last. */
gboolean pc_smtp_observer_step_tls (PcSmtpObserver *self,
                                    PcSide          side,
                                    gboolean        last);
/* Forgets what was under way and what was learnt. */
void pc_smtp_observer_reset (PcSmtpObserver *self);

/* @word: octets of the verb; @text: of the line, without its end. */
void pc_smtp_label_command (PcUnit    *unit,
                            PcSmtpVerb verb,
                            gsize      word,
                            gsize      text);
/* The answer to a 334; secret unless it is known to hold no password. */
void pc_smtp_label_sasl (PcUnit           *unit,
                         const PcSaslView *login,
                         gsize             text);
void pc_smtp_label_reply (PcUnit    *unit,
                          PcSmtpVerb verb,
                          guint      code);
/* A message, or the next part of it; @end: its last three octets are the
 * line that ends it.  @place moves on. Sets the summary. */
void pc_smtp_label_content (PcUnit      *unit,
                            PcSmtpPlace *place,
                            gboolean     end);

/* A line of a login, or a challenge of the server's. */
PcSmtpRule pc_smtp_rule_for_sasl (PcSaslPart part);
/* What a parameter of MAIL or RCPT is for; a word in the answer to EHLO.
 * Static, N_(); never NULL. */
const char *pc_smtp_find_param_meaning (const guint8 *word,
                                        gsize         len);
const char *pc_smtp_find_extension_meaning (const guint8 *word,
                                            gsize         len);
/* What the reply @code (with the enhanced code in @text) to @verb is. */
PcSmtpRule pc_smtp_rule_for_reply (PcSmtpVerb    verb,
                                   guint         code,
                                   const guint8 *text,
                                   gsize         len);
PcSmtpRule pc_smtp_rule_for_command (PcSmtpVerb    verb,
                                     const guint8 *line,
                                     gsize         len);

G_END_DECLS
