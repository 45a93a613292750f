/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each rule of TFTP means.
 *
 * RFC 1350, RFC 1123 section 4.2.3 (repetitions), RFC 2347 to 2349 (options).
 * RFC 2347 and 2348 number no sections, so they are named whole.
 */

#include "proto/tftp/rules.h"

#include <glib/gi18n-lib.h>

#define ROW(name) [PC_TFTP_RULE_##name]

const PcNarration pc_tftp_narrations[PC_TFTP_N_RULES] = {
  ROW (ACK) =
      { "tftp.ack",
        N_ ("Block acknowledged"),
        N_ ("The receiver has this block and names its number. Only now may "
            "the sender send the next one: one block at a time, in lock "
            "step. UDP confirms nothing, so TFTP does it by itself."),
        { { 1350, "2" }, { 1350, "5" } } },
  ROW (ACK_AGAIN) =
      { "tftp.ack.again",
        N_ ("Acknowledgement repeated"),
        N_ ("The receiver got a block that it already had, so its earlier "
            "ACK was lost or late. It acknowledges the block again but keeps "
            "it only once. The sender must not send DATA again because of "
            "a repeated ACK: otherwise every packet from here on would be "
            "sent twice, which is called the Sorcerer's Apprentice "
            "Syndrome."),
        { { 1123, "4.2.3.1" }, { 1350, "5" } } },
  ROW (ACK_LAST) =
      { "tftp.ack.last",
        N_ ("Last block acknowledged"),
        N_ ("The block was shorter than the block size, so the receiver "
            "knows that the file is whole. Nothing confirms this last ACK; "
            "the receiver waits a while longer, which is called dallying, "
            "to repeat it in case it was lost."),
        { { 1350, "6" } } },
  ROW (ACK_OPTIONS) =
      { "tftp.ack.options",
        N_ ("Options accepted"),
        N_ ("ACK with block number 0 says that the client takes the options "
            "as the server confirmed them. The first block of the file may "
            "follow now."),
        { { 2347, NULL } } },
  ROW (ACK_UNEXPECTED) =
      { "tftp.ack.unexpected",
        N_ ("Acknowledgement of a block not sent"),
        N_ ("No block with this number is on its way. The sender ignores the "
            "packet and goes on waiting for the right one."),
        { { 1350, "5" } } },
  ROW (ACK_ZERO) =
      { "tftp.ack.zero",
        N_ ("Write request granted"),
        N_ ("No block was sent yet, so the server grants the request with an "
            "ACK of block 0. It comes from a new port that the server chose "
            "for this transfer, its transfer identifier (TID). The client "
            "sends everything else there, not to port 69."),
        { { 1350, "4" } } },
  ROW (DATA) =
      { "tftp.data",
        N_ ("Block of the file"),
        N_ ("The block is full, so more will follow. The sender starts a "
            "timer and keeps the packet until the ACK with the same number "
            "comes."),
        { { 1350, "2" }, { 1350, "5" } } },
  ROW (DATA_AGAIN) =
      { "tftp.data.again",
        N_ ("Block sent again"),
        N_ ("The sender's timer ran out: the block or its ACK was lost, and "
            "the sender cannot know which. It sends the same packet again "
            "and waits longer than before. The number tells the receiver "
            "whether it has the block already."),
        { { 1350, "2" }, { 1123, "4.2.3.2" } } },
  ROW (DATA_EMPTY) =
      { "tftp.data.empty",
        N_ ("Empty last block"),
        N_ ("Only a block that is not full ends a transfer. When the file "
            "ends exactly with a full block, an empty one has to follow; "
            "without it the receiver would wait for more."),
        { { 1350, "6" } } },
  ROW (DATA_FIRST) =
      { "tftp.data.first",
        N_ ("First block, from a new port"),
        N_ ("The server grants the read request by sending block 1 at once. "
            "The packet comes from a new port that the server chose for this "
            "transfer, its transfer identifier (TID). From now on the client "
            "sends there, not to port 69; a firewall that lets only port 69 "
            "pass stops the transfer here."),
        { { 1350, "4" }, { 1350, "5" } } },
  ROW (DATA_LAST) =
      { "tftp.data.last",
        N_ ("Last block"),
        N_ ("The block is shorter than the block size, and that is the sign "
            "for the end: TFTP has no other. The sender keeps the packet "
            "until it is acknowledged."),
        { { 1350, "6" } } },
  ROW (DATA_ONLY) =
      { "tftp.data.only",
        N_ ("The whole file in one block"),
        N_ ("The server grants the read request by sending block 1, from a "
            "new port that it chose for this transfer, its transfer "
            "identifier (TID). The block is shorter than the block size, so "
            "it is also the last one. The client answers to the new port, "
            "not to port 69."),
        { { 1350, "4" }, { 1350, "6" } } },
  ROW (DATA_UNEXPECTED) =
      { "tftp.data.unexpected",
        N_ ("Block out of order"),
        N_ ("The number is not the one after the last block. The receiver "
            "keeps nothing of it: with one block at a time there is no "
            "order to restore, so it waits for the right one."),
        { { 1350, "5" } } },
  ROW (DATA_WRAP) =
      { "tftp.data.wrap",
        N_ ("Block numbers begin again"),
        N_ ("A block number has 16 bits, so 65535 is the largest. The RFC "
            "does not say what comes after it; most programs go on with 0. "
            "Files beyond 32 MiB in blocks of 512 bytes depend on it."),
        { { 1350, "5" } } },
  ROW (ERROR_ACCESS) =
      { "tftp.error.access",
        N_ ("Access violation"),
        N_ ("The file may not be read or written this way. TFTP has no login, "
            "so a careful server serves only one folder, and refuses names "
            "that lead out of it. An ERROR ends the transfer and is never "
            "acknowledged."),
        { { 1350, "7" }, { 1123, "4.2.3.4" } } },
  ROW (ERROR_EXISTS) =
      { "tftp.error.exists",
        N_ ("File already exists"),
        N_ ("The server does not replace a file that is there already. An "
            "ERROR ends the transfer and is never acknowledged."),
        { { 1350, "7" }, { 1350, "I" } } },
  ROW (ERROR_FULL) =
      { "tftp.error.full",
        N_ ("No room for the file"),
        N_ ("The disk is full, or the file is larger than it may be. This can "
            "happen in the middle of a transfer; a careful receiver then "
            "drops the unfinished file."),
        { { 1350, "7" }, { 1350, "I" } } },
  ROW (ERROR_ILLEGAL) =
      { "tftp.error.illegal",
        N_ ("Illegal operation"),
        N_ ("The packet that this answers has an unknown opcode, a bad form, "
            "or no place at this point of the transfer. An ERROR ends the "
            "transfer and is never acknowledged."),
        { { 1350, "2" }, { 1350, "7" } } },
  ROW (ERROR_LATE) =
      { "tftp.error.late",
        N_ ("An error after the end"),
        N_ ("The transfer had ended already. Some clients answer an ERROR "
            "with an ERROR of their own; it must stay without an answer, or "
            "two programs could throw errors at each other for ever."),
        { { 1350, "2" }, { 1350, "7" } } },
  ROW (ERROR_NOT_FOUND) =
      { "tftp.error.not-found",
        N_ ("File not found"),
        N_ ("The server has no file of that name; it cannot list its files "
            "either, so the client must know the exact name. The ERROR comes "
            "in place of the first block, and the transfer is over before "
            "it began. It is neither acknowledged nor sent again."),
        { { 1350, "7" }, { 1350, "I" } } },
  ROW (ERROR_OPTION) =
      { "tftp.error.option",
        N_ ("Option refused"),
        N_ ("One end will not work with an option or its value: for instance "
            "the server confirmed one that was not asked for. The transfer "
            "is over; it can be tried again without options."),
        { { 2347, NULL } } },
  ROW (ERROR_OTHER) =
      { "tftp.error.other",
        N_ ("Another error"),
        N_ ("The code is 0 or has no fixed meaning; the message in the packet "
            "is all there is to know. The transfer is over."),
        { { 1350, "7" }, { 1350, "I" } } },
  ROW (ERROR_TID) =
      { "tftp.error.tid",
        N_ ("Unknown transfer ID"),
        N_ ("A packet came from a port that is not part of this transfer. "
            "That port alone is told so. This is the one error that does not "
            "end the transfer: the two real ends go on undisturbed."),
        { { 1350, "4" }, { 1350, "2" } } },
  ROW (ERROR_USER) =
      { "tftp.error.user",
        N_ ("No such user"),
        N_ ("This code belongs to the old mail mode, in which a file was "
            "sent to a user. That mode is obsolete and should not be used "
            "any more."),
        { { 1350, "I" }, { 1350, "1" } } },
  ROW (MISPLACED) =
      { "tftp.misplaced",
        N_ ("Packet out of place"),
        N_ ("The packet is well formed, but this end has no reason to send it "
            "at this point, and neither delay nor duplication explains it. "
            "The other end answers with an ERROR and gives up."),
        { { 1350, "2" } } },
  ROW (OACK) =
      { "tftp.oack",
        N_ ("Options confirmed"),
        N_ ("The server lists the options that it takes over from the "
            "request, with the values that hold from now on. What is missing "
            "here does not hold. Like any first answer it comes from the "
            "server's new port, its transfer identifier (TID)."),
        { { 2347, NULL }, { 2348, NULL }, { 1350, "4" } } },
  ROW (RRQ) =
      { "tftp.rrq",
        N_ ("Read request"),
        N_ ("The client asks for a file by name and says how to send it: "
            "octet leaves every byte as it is, netascii translates the line "
            "ends. This is the only packet of the transfer that goes to port "
            "69. There is no login: whoever knows the name can ask."),
        { { 1350, "4" }, { 1350, "5" } } },
  ROW (RRQ_AGAIN) =
      { "tftp.rrq.again",
        N_ ("Read request sent again"),
        N_ ("No answer came in time, so the client sends the same request "
            "once more to port 69. If the first one had arrived after all, "
            "the server now begins a second transfer from another port, and "
            "the client has to turn one of the two away."),
        { { 1350, "4" }, { 1123, "4.2.3.2" } } },
  ROW (RRQ_OPTIONS) =
      { "tftp.rrq.options",
        N_ ("Read request with options"),
        N_ ("Behind the file name and the mode the client asks for options, "
            "such as larger blocks. A server that knows them answers with "
            "OACK; one that does not simply sends block 1, and the transfer "
            "runs with blocks of 512 bytes."),
        { { 2347, NULL }, { 1350, "5" } } },
  ROW (STRANGER) =
      { "tftp.stranger",
        N_ ("A packet from a stranger"),
        N_ ("The packet does not come from the port that this transfer was "
            "agreed with. It may be the second answer to a duplicated "
            "request, or forged. Its content is not used, and the transfer "
            "goes on."),
        { { 1350, "4" } } },
  ROW (UNREADABLE) =
      { "tftp.unreadable",
        N_ ("Not a TFTP packet"),
        N_ ("These bytes do not have the form of any TFTP packet: the opcode "
            "is unknown, or a part is missing. Another protocol may be "
            "talking here."),
        { { 1350, "5" } } },
  ROW (WRQ) =
      { "tftp.wrq",
        N_ ("Write request"),
        N_ ("The client wants to store a file under this name. It must wait "
            "for the server's ACK of block 0 before it sends the first "
            "block. This is the only packet of the transfer that goes to "
            "port 69. There is no login, so many servers refuse to write."),
        { { 1350, "4" }, { 1350, "5" } } },
  ROW (WRQ_AGAIN) =
      { "tftp.wrq.again",
        N_ ("Write request sent again"),
        N_ ("No answer came in time, so the client sends the same request "
            "once more to port 69. The server may now answer twice, from two "
            "ports; the client goes on with the first that it hears from."),
        { { 1350, "4" }, { 1123, "4.2.3.2" } } },
  ROW (WRQ_OPTIONS) =
      { "tftp.wrq.options",
        N_ ("Write request with options"),
        N_ ("Behind the file name and the mode the client asks for options, "
            "such as larger blocks. A server that knows them answers with "
            "OACK; one that does not sends ACK 0, and the transfer runs with "
            "blocks of 512 bytes."),
        { { 2347, NULL }, { 1350, "5" } } },
};
