/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"
#include "proto/common/unit.h"

G_BEGIN_DECLS

/* What clients and observers of IMAP, POP3 and SMTP share of STARTTLS: when a
 * client must keep silent, and what is clear text where TLS should begin. */

/* Clients.  TRUE when the action in hand, which is private, may not go out as
 * things are: then it is over, refused, and nothing was sent. */
gboolean pc_starttls_keeps_silent (PcEngine *self);
/* The server does not offer TLS, though it has told what it can do: the
 * action is over, refused. */
void     pc_starttls_missing (PcEngine *self);
/* The server said no: the action is over, refused.  @words: the server's. */
void     pc_starttls_refused (PcEngine   *self,
                              const char *words);
/* The server said yes.  @rest: octets that came behind that line; nobody may
 * send any (RFC 3207 section 4, RFC 9051 section 6.2.1), so with some the
 * client fails, else it wants TLS and stays busy. */
void     pc_starttls_agreed (PcEngine *self,
                             gsize     rest);
/* TLS is there: the action is over, done. */
void     pc_starttls_done (PcEngine *self);

/* Observers: octets of clear text at the head of @data, where TLS should
 * begin: up to and with a LF, or before what may be a TLS record; at most
 * PC_LIMIT_UNIT.  @data must not begin with a record.  0: more must come,
 * unless this is the @last of it. */
gsize    pc_starttls_find_clear (const guint8 *data,
                                 gsize         len,
                                 gboolean      last);
/* Whether a TLS record may begin with it (RFC 8446 appendix B.1). */
gboolean pc_starttls_is_record (guint8 octet);
/* The octets of the record at the head of @data, of which @len are there: of
 * its header only, where that is not whole.  0 when there is no record. */
gsize    pc_starttls_measure_record (const guint8 *data,
                                     gsize         len);
/* Fields and summary for a unit that is a record, or what there is of one, and
 * that nobody looks into. */
void     pc_starttls_label_record (PcUnit *unit);

/* Whether the words of a refusal speak of TLS, in any case: then it is the
 * lack of that which is the matter. */
gboolean pc_starttls_is_named (const guint8 *text,
                               gsize         len);

/* Titles and explanations that the protocols share: for PcNarration rows. */
#define PC_STARTTLS_WORDS_INJECTED \
  N_ ("Sent where TLS should begin"), \
      N_ ("These octets came in clear text behind the agreement on TLS, in " \
          "the same breath. Nobody has encrypted or signed them, so anybody " \
          "on the way may have slipped them in. A server throws away what a " \
          "client sends so; a client that gets such octets from its server " \
          "gives up. Programs that kept them took an attacker's words for " \
          "words of the other end.")

G_END_DECLS
