/* SPDX-License-Identifier: GPL-3.0-or-later */

/* TFTP's row for the registry. */

#include "proto/tftp/protocol.h"

#include "proto/tftp/answers.h"
#include "proto/tftp/rules.h"
#include "proto/tftp/verbs.h"

const PcProtocol pc_tftp_protocol = {
  .id = "tftp",
  .name = "TFTP",
  .stream = FALSE,
  .server_new = pc_tftp_server_new,
  .client_new = pc_tftp_client_new,
  .observer_new = pc_tftp_observer_new,
  .actions = pc_tftp_actions,
  .narrations = pc_tftp_narrations,
  .n_narrations = PC_TFTP_N_RULES,
  .server_states = pc_tftp_server_states,
  .client_states = pc_tftp_client_states,
  .verbs = pc_tftp_verbs,
  .answers = &pc_tftp_answers,
  .server_changes = pc_tftp_server_changes,
  .client_changes = pc_tftp_client_changes,
};
