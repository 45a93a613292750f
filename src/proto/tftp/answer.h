/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/packet.h"
#include "proto/tftp/verbs.h"

#include "proto/common/injection.h"

G_BEGIN_DECLS

/* Answers that were injected into a server: "3 No room left" for an ERROR. */

const char     *pc_tftp_check_answer (const char *verb,
                                      const char *reply,
                                      char      **wire,
                                      GError    **error);
/* A packet of @opcode came from the client: counts it.  NULL: it is answered
 * as ever. */
const PcAnswer *pc_tftp_take_answer (PcEngine *engine,
                                     guint     opcode);
PcTftpErrorCode pc_tftp_answer_get_code (const PcAnswer *answer);
/* NULL: the words of RFC 1350 for the code. */
const char     *pc_tftp_answer_get_message (const PcAnswer *answer);

G_END_DECLS
