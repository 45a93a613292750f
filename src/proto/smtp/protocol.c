/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SMTP's row in the registry: where its parts are.
 *
 * No logic.  RFC 5321, with RFC 1870, 2034, 2920, 4954 and 6152.
 */

#include "proto/smtp/protocol.h"

#include "proto/smtp/answers.h"
#include "proto/smtp/client.h"
#include "proto/smtp/narrate.h"
#include "proto/smtp/observe.h"
#include "proto/smtp/server.h"
#include "proto/smtp/verbs.h"

const PcProtocol pc_smtp_protocol = {
  .id = "smtp",
  .name = "SMTP",
  .stream = TRUE,
  .server_new = pc_smtp_server_new,
  .client_new = pc_smtp_client_new,
  .observer_new = pc_smtp_observer_new,
  .actions = pc_smtp_actions,
  .narrations = pc_smtp_narrations,
  .n_narrations = PC_SMTP_N_RULES,
  .server_states = pc_smtp_states,
  .client_states = pc_smtp_states,
  .verbs = pc_smtp_verbs,
  .answers = &pc_smtp_answers,
  .server_changes = pc_smtp_changes,
  .client_changes = pc_smtp_changes,
  .crowded = "421 4.3.2 Too many connections; try again later",
};
