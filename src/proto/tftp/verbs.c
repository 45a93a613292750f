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
  { "RRQ", "RRQ file mode [option value]…", IN (WAITING),
    N_ ("Read a file from the server, in mode octet or netascii") },
  { "WRQ", "WRQ file mode [option value]…", IN (WAITING),
    N_ ("Write a file to the server, in mode octet or netascii") },
  { "DATA", "DATA block octets", IN (RECEIVING) | IN (DALLYING),
    N_ ("Send one block of the file; a short one is the last") },
  { "ACK", "ACK block", IN (SENDING),
    N_ ("Say which block has arrived, so that the next one comes") },
  { "ERROR", "ERROR code message",
    IN (SENDING) | IN (RECEIVING) | IN (DALLYING),
    N_ ("Give the transfer up and say why; nobody answers it") },
  { "OACK", "OACK [option value]…", 0,
    N_ ("Agree to options that were asked for; only a server sends it") },
  { NULL },
};

#define AT(state) (1u << PC_TFTP_CLIENT_##state)

/* A packet changes both ends, whoever sends it. */
const PcStateChange pc_tftp_server_changes[] = {
  { "DATA", NULL, IN (WAITING), IN (SENDING) },
  { "OACK", NULL, IN (WAITING), IN (SENDING) | IN (RECEIVING) },
  { "ACK", NULL, IN (WAITING), IN (RECEIVING) },
  { "ACK", NULL, IN (SENDING), IN (CLOSED) },
  { "ACK", NULL, IN (RECEIVING), IN (DALLYING) },
  { "ERROR", NULL,
    IN (WAITING) | IN (SENDING) | IN (RECEIVING) | IN (DALLYING),
    IN (CLOSED) },
  { NULL, N_ ("its time is up"),
    IN (WAITING) | IN (SENDING) | IN (RECEIVING) | IN (DALLYING),
    IN (CLOSED) },
  { NULL },
};

const PcStateChange pc_tftp_client_changes[] = {
  { "RRQ", NULL, AT (READY), AT (READING) },
  { "WRQ", NULL, AT (READY), AT (WRITING) },
  { "ACK", NULL, AT (READING), AT (RECEIVING) | AT (DALLYING) },
  { "ACK", NULL, AT (RECEIVING), AT (DALLYING) },
  { "DATA", NULL, AT (WRITING), AT (SENDING) },
  { "ACK", NULL, AT (SENDING), AT (CLOSED) },
  { "ERROR", NULL,
    AT (READING) | AT (WRITING) | AT (RECEIVING) | AT (SENDING) |
        AT (DALLYING),
    AT (CLOSED) },
  { NULL, N_ ("its time is up"),
    AT (READING) | AT (WRITING) | AT (RECEIVING) | AT (SENDING) |
        AT (DALLYING),
    AT (CLOSED) },
  { NULL },
};

const PcActionSpec pc_tftp_actions[] = {
  { "get", "file", "mode blksize timeout tsize windowsize",
    N_ ("Read a file from the server, in mode octet or netascii") },
  { "put", "file", "mode blksize timeout tsize windowsize",
    N_ ("Write a file to the server, in mode octet or netascii") },
  { "packet", "octets", "",
    N_ ("Send one packet as it is, its octets in hexadecimal") },
  { NULL },
};
