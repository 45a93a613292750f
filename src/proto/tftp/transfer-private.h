/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/tftp/transfer.h"

G_BEGIN_DECLS

/* Shared by the sender's and the receiver's half. */

/* The first wait of what leaves now. */
void pc_tftp_timer_start (PcTftpTransfer *self,
                          gint64          now);
/* As long as a sender with our own timer would go on trying. */
void pc_tftp_timer_start_patient (PcTftpTransfer *self,
                                  gint64          now);
/* After the last ACK: as long as a repetition may come. */
void pc_tftp_timer_start_dallying (PcTftpTransfer *self,
                                   gint64          now);
void pc_tftp_timer_stop (PcTftpTransfer *self);

/* Fresh packets left: the time to their ACK counts. */
void pc_tftp_timer_mark (PcTftpTransfer *self,
                         gint64          now);
/* What is in flight is acknowledged, @all of it or not. */
void pc_tftp_timer_measure (PcTftpTransfer *self,
                            gint64          now,
                            gboolean        all);
/* Its ACK came twice, so the first of them answered the first sending. */
void pc_tftp_timer_confirm (PcTftpTransfer *self);

/* All that is in flight leaves once more. */
void pc_tftp_send_again (PcTftpTransfer *self);

G_END_DECLS
