/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* What server, client and observer share: the verbs, the states, and which
 * reply leads to which state. */

typedef enum {
  PC_POP3_VERB_CAPA,
  PC_POP3_VERB_USER,
  PC_POP3_VERB_PASS,
  PC_POP3_VERB_STAT,
  PC_POP3_VERB_LIST,
  PC_POP3_VERB_UIDL,
  PC_POP3_VERB_RETR,
  PC_POP3_VERB_TOP,
  PC_POP3_VERB_DELE,
  PC_POP3_VERB_RSET,
  PC_POP3_VERB_NOOP,
  PC_POP3_VERB_QUIT,
  PC_POP3_VERB_APOP,
  PC_POP3_VERB_AUTH,
  PC_POP3_VERB_STLS,
  PC_POP3_N_VERBS,

  /* What a reply can answer besides a command: */
  PC_POP3_VERB_UNKNOWN = PC_POP3_N_VERBS,
  PC_POP3_VERB_CONNECT, /* the connection: a greeting */
} PcPop3Verb;

typedef enum {
  PC_POP3_CONNECT, /* no greeting yet */
  PC_POP3_AUTHORIZATION,
  PC_POP3_USER, /* still AUTHORIZATION, and PASS may come */
  PC_POP3_TRANSACTION,
  PC_POP3_UPDATE,
  PC_POP3_CLOSED,
  PC_POP3_N_STATES,
} PcPop3State;

/* Names of the states, N_(), NULL-terminated, in order. */
extern const char *const  pc_pop3_states[];
/* In the order of PcPop3Verb; ends with a NULL name. */
extern const PcVerbInfo   pc_pop3_verbs[];
/* Of both ends; ends with one that leads nowhere. */
extern const PcStateChange pc_pop3_changes[];
extern const PcActionSpec pc_pop3_actions[];

/* TRUE when the positive reply has lines after the first one (RFC 1939
 * sections 5 and 7, RFC 2449 section 5; AUTH alone is an old custom). */
gboolean    pc_pop3_is_multi_line (PcPop3Verb verb,
                                   gboolean   has_args);
/* The state after @verb was answered with +OK or -ERR in @state. */
PcPop3State pc_pop3_next_state (PcPop3State state,
                                PcPop3Verb  verb,
                                gboolean    has_args,
                                gboolean    ok);

G_END_DECLS
