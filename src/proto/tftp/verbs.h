/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* The tables of TFTP: states of both ends, what a server takes in which of
 * them, what a client can be asked to do.  The engines and the observer share
 * the names of the states by address. */

typedef enum {
  PC_TFTP_SERVER_WAITING,   /* nothing sent yet */
  PC_TFTP_SERVER_SENDING,
  PC_TFTP_SERVER_RECEIVING,
  PC_TFTP_SERVER_DALLYING,  /* the final ACK is out */
  PC_TFTP_SERVER_CLOSED,
} PcTftpServerState;

typedef enum {
  PC_TFTP_CLIENT_READY,
  PC_TFTP_CLIENT_READING,   /* RRQ is out, no block was acknowledged yet */
  PC_TFTP_CLIENT_WRITING,   /* WRQ is out, no block was sent yet */
  PC_TFTP_CLIENT_RECEIVING,
  PC_TFTP_CLIENT_SENDING,
  PC_TFTP_CLIENT_DALLYING,
  PC_TFTP_CLIENT_CLOSED,
} PcTftpClientState;

/* NULL-terminated, N_(), by the enums above. */
extern const char *const  pc_tftp_server_states[];
extern const char *const  pc_tftp_client_states[];
/* By opcode: the row of opcode n is pc_tftp_verbs[n - 1]. */
extern const PcVerbInfo   pc_tftp_verbs[];
/* End with one that leads nowhere. */
extern const PcStateChange pc_tftp_server_changes[];
extern const PcStateChange pc_tftp_client_changes[];
extern const PcActionSpec pc_tftp_actions[];

G_END_DECLS
