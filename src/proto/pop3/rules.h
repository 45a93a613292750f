/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/syntax.h"

#include "proto/common/narrate.h"
#include "proto/common/sasl-view.h"

G_BEGIN_DECLS

/* The rules of POP3.  The observer gives the rule of
 * pc_pop3_narrations[rule], so no rule can be without its narration; the order
 * is that of the rules' names. */

typedef enum {
  PC_POP3_RULE_APOP,
  PC_POP3_RULE_APOP_ERR,
  PC_POP3_RULE_APOP_OK,
  PC_POP3_RULE_AUTH,
  PC_POP3_RULE_AUTH_CANCEL,
  PC_POP3_RULE_AUTH_CHALLENGE,
  PC_POP3_RULE_AUTH_DIGEST,
  PC_POP3_RULE_AUTH_END,
  PC_POP3_RULE_AUTH_ERR,
  PC_POP3_RULE_AUTH_FIRST,
  PC_POP3_RULE_AUTH_LIST,
  PC_POP3_RULE_AUTH_OK,
  PC_POP3_RULE_AUTH_PROOF,
  PC_POP3_RULE_AUTH_RESPONSE,
  PC_POP3_RULE_AUTH_SALT,
  PC_POP3_RULE_AUTH_SIGNATURE,
  PC_POP3_RULE_AUTH_STAMP,
  PC_POP3_RULE_CAPA,
  PC_POP3_RULE_CAPA_ERR,
  PC_POP3_RULE_CAPA_REPLY,
  PC_POP3_RULE_DATA_PART,
  PC_POP3_RULE_DELE,
  PC_POP3_RULE_DELE_ERR,
  PC_POP3_RULE_DELE_OK,
  PC_POP3_RULE_ENCRYPTED,
  PC_POP3_RULE_GREETING,
  PC_POP3_RULE_GREETING_ERR,
  PC_POP3_RULE_INJECTED,
  PC_POP3_RULE_LIST,
  PC_POP3_RULE_LIST_ERR,
  PC_POP3_RULE_LIST_OK,
  PC_POP3_RULE_LIST_REPLY,
  PC_POP3_RULE_NOOP,
  PC_POP3_RULE_NOOP_ERR,
  PC_POP3_RULE_NOOP_OK,
  PC_POP3_RULE_PASS,
  PC_POP3_RULE_PASS_ERR,
  PC_POP3_RULE_PASS_IN_USE,
  PC_POP3_RULE_PASS_OK,
  PC_POP3_RULE_QUIT,
  PC_POP3_RULE_QUIT_BYE,
  PC_POP3_RULE_QUIT_ERR,
  PC_POP3_RULE_QUIT_UNCHANGED,
  PC_POP3_RULE_QUIT_UPDATE,
  PC_POP3_RULE_RETR,
  PC_POP3_RULE_RETR_ERR,
  PC_POP3_RULE_RETR_REPLY,
  PC_POP3_RULE_RSET,
  PC_POP3_RULE_RSET_ERR,
  PC_POP3_RULE_RSET_OK,
  PC_POP3_RULE_STARTTLS,
  PC_POP3_RULE_STARTTLS_OK,
  PC_POP3_RULE_STARTTLS_REFUSED,
  PC_POP3_RULE_STAT,
  PC_POP3_RULE_STAT_ERR,
  PC_POP3_RULE_STAT_REPLY,
  PC_POP3_RULE_STATE_ERR,
  PC_POP3_RULE_TLS_NEEDED,
  PC_POP3_RULE_TOP,
  PC_POP3_RULE_TOP_ERR,
  PC_POP3_RULE_TOP_REPLY,
  PC_POP3_RULE_UIDL,
  PC_POP3_RULE_UIDL_ERR,
  PC_POP3_RULE_UIDL_OK,
  PC_POP3_RULE_UIDL_REPLY,
  PC_POP3_RULE_UNASKED,
  PC_POP3_RULE_UNKNOWN,
  PC_POP3_RULE_UNKNOWN_ERR,
  PC_POP3_RULE_UNKNOWN_OK,
  PC_POP3_RULE_UNREADABLE,
  PC_POP3_RULE_USER,
  PC_POP3_RULE_USER_ERR,
  PC_POP3_RULE_USER_OK,
  PC_POP3_N_RULES,
} PcPop3Rule;

extern const PcNarration pc_pop3_narrations[PC_POP3_N_RULES];

PcPop3Rule pc_pop3_rule_for_command (PcPop3Verb verb);
/* A line of a login, or a challenge of the server's. */
PcPop3Rule pc_pop3_rule_for_sasl (PcSaslPart part);
/* @line (@len octets) is the first line of a reply to @verb, @reply how it was
 * cut (+OK or -ERR), @state what the session was in before. */
PcPop3Rule pc_pop3_rule_for_reply (PcPop3State        state,
                                   const guint8      *line,
                                   gsize              len,
                                   const PcPop3Reply *reply,
                                   PcPop3Verb         verb,
                                   gboolean           has_args);

G_END_DECLS
