/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/smtp/narrate.h"
#include "proto/smtp/verbs.h"

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
/* A whole TLS record. */
void pc_smtp_label_record (PcUnit *unit);

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
