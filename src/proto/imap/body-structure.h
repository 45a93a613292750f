/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mail/message.h"

G_BEGIN_DECLS

/* What FETCH tells of a message without sending it. */

/* "(date subject from ... message-id)" of @message, or of its header alone. */
void pc_imap_write_envelope (GString *out,
                             GBytes  *message);
/* The tree of parts.  @structure: of @content.  @extended for BODYSTRUCTURE,
 * else BODY. */
void pc_imap_write_structure (GString      *out,
                              const PcPart *structure,
                              GBytes       *content,
                              gboolean      extended);

G_END_DECLS
