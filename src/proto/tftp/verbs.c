/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The const tables of TFTP.
 *
 * A state changes with what an end sends, and with what ends its part (a last
 * ACK, an ERROR): so that it can be told from the wire alone, and a lost
 * packet does not make the observer believe what only the sender believes.
 *
 * RFC 1350 sections 4 to 7.
 */

#include "proto/tftp/verbs.h"

#include <glib/gi18n-lib.h>

#define IN(state) (1u << PC_TFTP_SERVER_##state)

const char *const pc_tftp_server_states[] = {
  [PC_TFTP_SERVER_WAITING] = N_ ("Waiting for a request"),
  [PC_TFTP_SERVER_SENDING] = N_ ("Sending the file"),
  [PC_TFTP_SERVER_RECEIVING] = N_ ("Receiving the file"),
  [PC_TFTP_SERVER_DALLYING] = N_ ("Dallying"),
  [PC_TFTP_SERVER_CLOSED] = N_ ("Closed"),
  NULL,
};

const char *const pc_tftp_client_states[] = {
  [PC_TFTP_CLIENT_READY] = N_ ("Ready"),
  [PC_TFTP_CLIENT_READING] = N_ ("Read requested"),
  [PC_TFTP_CLIENT_WRITING] = N_ ("Write requested"),
  [PC_TFTP_CLIENT_RECEIVING] = N_ ("Receiving the file"),
  [PC_TFTP_CLIENT_SENDING] = N_ ("Sending the file"),
  [PC_TFTP_CLIENT_DALLYING] = N_ ("Dallying"),
  [PC_TFTP_CLIENT_CLOSED] = N_ ("Closed"),
  NULL,
};

const PcVerbInfo pc_tftp_verbs[] = {
  { "RRQ", "RRQ file mode [option value]…", IN (WAITING) },
  { "WRQ", "WRQ file mode [option value]…", IN (WAITING) },
  { "DATA", "DATA block octets", IN (RECEIVING) | IN (DALLYING) },
  { "ACK", "ACK block", IN (SENDING) },
  { "ERROR", "ERROR code message",
    IN (SENDING) | IN (RECEIVING) | IN (DALLYING) },
  { "OACK", "OACK [option value]…", 0 }, /* only a server sends it */
  { NULL },
};

const PcActionSpec pc_tftp_actions[] = {
  { "get", "file", "mode blksize timeout tsize windowsize",
    N_ ("Read a file from the server, in mode octet or netascii") },
  { "put", "file", "mode blksize timeout tsize windowsize",
    N_ ("Write a file to the server, in mode octet or netascii") },
  { NULL },
};
