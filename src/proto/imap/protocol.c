/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IMAP's row in the registry: where its parts are.
 *
 * RFC 3501, RFC 9051.
 */

#include "proto/imap/protocol.h"

#include "proto/imap/answers.h"
#include "proto/imap/client.h"
#include "proto/imap/narrate.h"
#include "proto/imap/observe.h"
#include "proto/imap/server.h"
#include "proto/imap/verbs.h"

const PcProtocol pc_imap_protocol = {
  .id = "imap",
  .name = "IMAP",
  .stream = TRUE,
  .server_new = pc_imap_server_new,
  .client_new = pc_imap_client_new,
  .observer_new = pc_imap_observer_new,
  .actions = pc_imap_actions,
  .narrations = pc_imap_narrations,
  .n_narrations = PC_IMAP_N_NARRATIONS,
  .server_states = pc_imap_states,
  .client_states = pc_imap_states,
  .crowded = "* BYE [UNAVAILABLE] Too many connections; try again later",
  .verbs = pc_imap_verbs,
  .answers = &pc_imap_answers,
  .server_changes = pc_imap_changes,
  .client_changes = pc_imap_changes,
};
