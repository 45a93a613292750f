/* SPDX-License-Identifier: GPL-3.0-or-later */

/* POP3's row for the registry. */

#include "proto/pop3/protocol.h"

#include "proto/pop3/answers.h"
#include "proto/pop3/rules.h"
#include "proto/pop3/verbs.h"

const PcProtocol pc_pop3_protocol = {
  .id = "pop3",
  .name = "POP3",
  .stream = TRUE,
  .server_new = pc_pop3_server_new,
  .client_new = pc_pop3_client_new,
  .observer_new = pc_pop3_observer_new,
  .actions = pc_pop3_actions,
  .narrations = pc_pop3_narrations,
  .n_narrations = PC_POP3_N_RULES,
  .server_states = pc_pop3_states,
  .client_states = pc_pop3_states,
  .crowded = "-ERR [SYS/TEMP] Too many connections; try again later",
  .verbs = pc_pop3_verbs,
  .answers = &pc_pop3_answers,
  .server_changes = pc_pop3_changes,
  .client_changes = pc_pop3_changes,
};
