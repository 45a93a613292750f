/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/packet.h"
#include "proto/tftp/rules.h"

G_BEGIN_DECLS

/* What the options of a request and of an OACK say, for the observer: the
 * engines judge by themselves. */

typedef enum {
  PC_TFTP_ASKED_OTHER, /* an option that has no RFC here */
  PC_TFTP_ASKED_BLKSIZE,
  PC_TFTP_ASKED_TIMEOUT,
  PC_TFTP_ASKED_TSIZE,
  PC_TFTP_ASKED_WINDOWSIZE,
} PcTftpAsked;

typedef enum {
  PC_TFTP_ANSWER_SAME,    /* as it was asked for */
  PC_TFTP_ANSWER_LOWERED, /* less; the option allows that */
  PC_TFTP_ANSWER_TOLD,    /* the size that a read request asked for */
  PC_TFTP_ANSWER_OTHER,   /* a value that may not be confirmed */
  PC_TFTP_ANSWER_INVALID, /* not allowed by itself */
  PC_TFTP_ANSWER_UNASKED,
} PcTftpAnswer;

PcTftpAsked         pc_tftp_option_get_kind (const PcTftpOption *self);
/* TRUE when the value is one that the option allows; @value is set to it.
 * Never for OTHER. */
gboolean            pc_tftp_option_get_value (const PcTftpOption *self,
                                              guint64            *value);
/* The option of that name; or NULL. @request may be NULL. */
const PcTftpOption *pc_tftp_option_find (const PcTftpPacket *request,
                                         const PcTftpString *name);
/* How @self, from an OACK, answers @request; NULL: none was seen. */
PcTftpAnswer        pc_tftp_option_compare (const PcTftpOption *self,
                                            const PcTftpPacket *request);
/* OACK, OACK_LOWERED, OACK_PARTIAL or OACK_WRONG. */
PcTftpRule          pc_tftp_oack_get_rule (const PcTftpPacket *oack,
                                           const PcTftpPacket *request);

G_END_DECLS
