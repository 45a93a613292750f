/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/verbs.h"

G_BEGIN_DECLS

/* Every rule the observer can give a unit; narrate.c has a row for each. */

typedef enum {
  PC_IMAP_RULE_GREETING,
  PC_IMAP_RULE_GREETING_PREAUTH,
  PC_IMAP_RULE_GREETING_BYE,
  PC_IMAP_RULE_OTHER_COMMAND,
  PC_IMAP_RULE_OTHER_OK,
  PC_IMAP_RULE_NO,
  PC_IMAP_RULE_BAD,
  PC_IMAP_RULE_TAG_UNKNOWN,
  PC_IMAP_RULE_BYE,
  PC_IMAP_RULE_CAPABILITY_DATA,
  PC_IMAP_RULE_LIST_DATA,
  PC_IMAP_RULE_STATUS_DATA,
  PC_IMAP_RULE_FLAGS,
  PC_IMAP_RULE_EXISTS,
  PC_IMAP_RULE_EXISTS_UNTAGGED,
  PC_IMAP_RULE_RECENT,
  PC_IMAP_RULE_FETCH_DATA,
  PC_IMAP_RULE_STORE_DATA,
  PC_IMAP_RULE_FETCH_UNTAGGED,
  PC_IMAP_RULE_EXPUNGE_DATA,
  PC_IMAP_RULE_EXPUNGE_UNTAGGED,
  PC_IMAP_RULE_UNSEEN,
  PC_IMAP_RULE_UIDVALIDITY,
  PC_IMAP_RULE_UIDNEXT,
  PC_IMAP_RULE_PERMANENTFLAGS,
  PC_IMAP_RULE_OK_UNTAGGED,
  PC_IMAP_RULE_NO_UNTAGGED,
  PC_IMAP_RULE_BAD_UNTAGGED,
  PC_IMAP_RULE_OTHER_DATA,
  PC_IMAP_RULE_CONTINUE,
  PC_IMAP_RULE_CONTINUE_SASL,
  PC_IMAP_RULE_LITERAL,
  PC_IMAP_RULE_SASL,
  PC_IMAP_RULE_SASL_CANCEL,
  PC_IMAP_RULE_DATA_PART,
  PC_IMAP_RULE_UNREADABLE,
  PC_IMAP_N_RULES,
} PcImapRule;

/* Static.  NULL past the end. */
const char *pc_imap_rule (PcImapRule rule);
/* What a command and its tagged replies are called.  @verb may be
 * PC_IMAP_N_VERBS.  Static. */
const char *pc_imap_rule_command (PcImapVerb verb);
const char *pc_imap_rule_ok (PcImapVerb verb);
const char *pc_imap_rule_no (PcImapVerb verb);

G_END_DECLS
