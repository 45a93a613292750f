/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What each rule of TFTP means.
 *
 * RFC 1350, RFC 1123 section 4.2.3 (repetitions), RFC 2347 to 2349 (options),
 * RFC 7440 (windows).  RFC 2347 to 2349 number no sections, so they are named
 * whole.
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
  ROW (ACK_AGAIN_DALLYING) =
      { "tftp.ack.again.dallying",
        N_ ("Last acknowledgement repeated"),
        N_ ("The last block came once more, so the last ACK was lost or "
            "late. That is what dallying is for: the receiver has its file "
            "already, but has kept its port open a while to answer once "
            "more. Without this the sender would report a failure although "
            "the file is whole."),
        { { 1350, "6" } } },
  ROW (ACK_AGAIN_OPTIONS) =
      { "tftp.ack.again.options",
        N_ ("Options accepted once more"),
        N_ ("The server sent its OACK again, or the first block did not "
            "follow: the client's ACK 0 may have been lost. It repeats that "
            "it takes the options; no block of the file has come yet."),
        { { 2347, NULL }, { 1350, "2" } } },
  ROW (ACK_AGAIN_TIMER) =
      { "tftp.ack.again.timer",
        N_ ("Acknowledgement sent again"),
        N_ ("No block was repeated before this: the receiver's own timer "
            "ran out and it says again what it has, or the network carried "
            "its ACK twice. A sender with the fix for the Sorcerer's "
            "Apprentice does nothing about it unless its own timer runs "
            "out."),
        { { 1350, "2" }, { 1123, "4.2.3.1" } } },
  ROW (ACK_GAP) =
      { "tftp.ack.gap",
        N_ ("A block is missing"),
        N_ ("A block did not come, but later ones of the window did. The "
            "receiver throws those away and names the last block that came "
            "in order. The sender has to begin a new window right after "
            "that block."),
        { { 7440, "4" } } },
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
  ROW (ACK_WINDOW) =
      { "tftp.ack.window",
        N_ ("Whole window acknowledged"),
        N_ ("All blocks of the window arrived in order, and one ACK with "
            "the number of the last one confirms them all. The sender may "
            "send the next window: it waits once for many blocks, and that "
            "is why windows are faster."),
        { { 7440, "3" }, { 7440, "4" } } },
  ROW (ACK_WITHOUT_OPTIONS) =
      { "tftp.ack.without-options",
        N_ ("Granted, without the options"),
        N_ ("The client asked for options, but the answer is a plain ACK 0 "
            "and no OACK: the server knows no options, or wants none of "
            "these. So none of them holds. The transfer runs with blocks of "
            "512 bytes, to the new port that this packet came from."),
        { { 2347, NULL }, { 1350, "4" } } },
  ROW (ACK_WRAP) =
      { "tftp.ack.wrap",
        N_ ("Acknowledgements begin again"),
        N_ ("A block number has 16 bits, so after 65535 comes 0, in ACK "
            "packets as in DATA packets. This small number is the newest "
            "one of all: a sender that compared numbers simply would take "
            "it for an old ACK and stop."),
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
            "timer and keeps the packet until an ACK confirms it; nobody "
            "else could send it again."),
        { { 1350, "2" }, { 1350, "5" } } },
  ROW (DATA_AGAIN) =
      { "tftp.data.again",
        N_ ("Block sent again"),
        N_ ("The sender's timer ran out: the block or its ACK was lost, and "
            "the sender cannot know which. It sends the same packet again "
            "and waits longer than before. The number tells the receiver "
            "whether it has the block already."),
        { { 1350, "2" }, { 1123, "4.2.3.2" } } },
  ROW (DATA_AGAIN_APPRENTICE) =
      { "tftp.data.again.apprentice",
        N_ ("Sorcerer's Apprentice"),
        N_ ("No timer ran out: the sender got an ACK a second time and "
            "answered it with the same block again, as the first rule for "
            "TFTP said. Each doubled block brings a doubled ACK, and each "
            "doubled ACK a doubled block, so everything is sent twice to "
            "the end of the file. The fix: a repeated ACK must never be "
            "answered with DATA."),
        { { 1123, "4.2.3.1" } } },
  ROW (DATA_AGAIN_LATE) =
      { "tftp.data.again.late",
        N_ ("Last block sent again"),
        N_ ("The receiver has the whole file and has said so, but that last "
            "ACK has not reached the sender. So it sends the last block "
            "again. The receiver should still be there, dallying, to repeat "
            "its ACK."),
        { { 1350, "6" }, { 1123, "4.2.3.2" } } },
  ROW (DATA_AGAIN_RESTART) =
      { "tftp.data.again.restart",
        N_ ("Window begins again after a gap"),
        N_ ("The ACK named the last block that came in order, so the sender "
            "goes back to the one after it. From here on it sends a new "
            "window, though some of its blocks were sent before: the "
            "receiver has thrown them away."),
        { { 7440, "4" } } },
  ROW (DATA_AGAIN_TIMEOUT) =
      { "tftp.data.again.timeout",
        N_ ("Window begins again after a wait"),
        N_ ("No ACK came in time. The sender cannot know whether blocks "
            "were lost or the ACK; it begins again with the block after the "
            "last ACK that it got."),
        { { 7440, "4" }, { 1123, "4.2.3.2" } } },
  ROW (DATA_AGAIN_WINDOW) =
      { "tftp.data.again.window",
        N_ ("Sent again with its window"),
        N_ ("The window began again before this block, so this one follows "
            "once more as well, in its order. It is the price of a window: "
            "one lost block makes the sender repeat what came after it."),
        { { 7440, "4" } } },
  ROW (DATA_EMPTY) =
      { "tftp.data.empty",
        N_ ("Empty last block"),
        N_ ("Only a block that is not full ends a transfer. When the file "
            "ends exactly with a full block, an empty one has to follow; "
            "without it the receiver would wait for more."),
        { { 1350, "6" } } },
  ROW (DATA_EMPTY_FILE) =
      { "tftp.data.empty.file",
        N_ ("An empty file"),
        N_ ("The file has no bytes at all. Still one block has to be sent, "
            "without data: it is shorter than the block size, so it is the "
            "first and the last."),
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
  ROW (DATA_GAP) =
      { "tftp.data.gap",
        N_ ("A block before it is missing"),
        N_ ("The number jumps: a block of this window was lost on the way, "
            "or overtaken. The receiver keeps nothing beyond the gap. It "
            "answers with an ACK of the last block that came in order, to "
            "get the rest again."),
        { { 7440, "4" } } },
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
  ROW (DATA_TOO_LONG) =
      { "tftp.data.too-long",
        N_ ("Block longer than agreed"),
        N_ ("The packet carries more bytes than the block size that holds: "
            "512, or what the OACK says. The receiver must not take it, "
            "least of all into a buffer that is too small. It answers with "
            "an ERROR and gives up."),
        { { 2348, NULL }, { 1350, "5" } } },
  ROW (DATA_UNEXPECTED) =
      { "tftp.data.unexpected",
        N_ ("Block out of order"),
        N_ ("The number is neither the one after the last block nor one "
            "that was sent before. The receiver keeps nothing of it: TFTP "
            "puts nothing into order, it waits for the right block."),
        { { 1350, "5" } } },
  ROW (DATA_WITHOUT_OPTIONS) =
      { "tftp.data.without-options",
        N_ ("First block, without the options"),
        N_ ("The client asked for options, but the answer is block 1 and no "
            "OACK: the server knows no options, or wants none of these. So "
            "none of them holds, and the client goes on with blocks of 512 "
            "bytes. The packet comes from the new port that the server "
            "chose for this transfer."),
        { { 2347, NULL }, { 1350, "4" } } },
  ROW (DATA_WRAP) =
      { "tftp.data.wrap",
        N_ ("Block numbers begin again"),
        N_ ("A block number has 16 bits, so 65535 is the largest. The RFC "
            "does not say what comes after it; most programs go on with 0, "
            "a few with 1, and the oldest stop. Files beyond 32 MiB in "
            "blocks of 512 bytes depend on it; larger blocks avoid it."),
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
        N_ ("The disk is full, or the file is larger than it may be. Where "
            "the option tsize told the size, this can be said before the "
            "first block; else it happens in the middle of a transfer, and "
            "a careful receiver then drops the unfinished file."),
        { { 1350, "7" }, { 1350, "I" }, { 2349, NULL } } },
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
  ROW (ERROR_OACK) =
      { "tftp.error.oack",
        N_ ("Confirmed options refused"),
        N_ ("The client does not accept what the OACK says: an option that "
            "it never asked for, or a value that it cannot use. With code 8 "
            "it ends the transfer before it began; it may ask again with "
            "other options, or with none."),
        { { 2347, NULL } } },
  ROW (ERROR_OPTION) =
      { "tftp.error.option",
        N_ ("Option refused"),
        N_ ("One end will not work with an option or its value. A server "
            "should leave out what it does not know; this one refuses "
            "instead. The transfer is over; the client may try again "
            "without options."),
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
        N_ ("The server takes all options that the client asked for, and "
            "lists them with the values that hold from now on. Like any "
            "first answer it comes from the server's new port, its transfer "
            "identifier (TID). Before a read the client answers with ACK 0, "
            "before a write with block 1."),
        { { 2347, NULL }, { 2348, NULL }, { 1350, "4" } } },
  ROW (OACK_AGAIN) =
      { "tftp.oack.again",
        N_ ("Options confirmed again"),
        N_ ("Nothing came in answer to the OACK, so the server sends it "
            "again: the OACK or the answer to it was lost. Like a block, an "
            "OACK is kept until it is answered."),
        { { 2347, NULL }, { 1350, "2" } } },
  ROW (OACK_LOWERED) =
      { "tftp.oack.lowered",
        N_ ("Options confirmed, with a lower value"),
        N_ ("The server takes less than the client asked for: a smaller "
            "block size or window, as large as it will go. It may lower "
            "such a value but never raise it. The client either uses the "
            "lower value or ends the transfer with error code 8. The packet "
            "comes from the server's new port."),
        { { 2348, NULL }, { 7440, "3" }, { 2347, NULL } } },
  ROW (OACK_PARTIAL) =
      { "tftp.oack.partial",
        N_ ("Some options confirmed"),
        N_ ("Not every option that was asked for is in this answer. What is "
            "left out does not hold, as if nobody had asked; the rest holds "
            "with the values given here. To leave one out is no error. The "
            "packet comes from the server's new port."),
        { { 2347, NULL } } },
  ROW (OACK_WRONG) =
      { "tftp.oack.wrong",
        N_ ("Options confirmed wrongly"),
        N_ ("The server confirms what it may not: an option that nobody "
            "asked for, a value above the one asked for, or one that is not "
            "allowed at all. The client should refuse with an ERROR of code "
            "8; one that goes on may find that the two ends count "
            "differently."),
        { { 2347, NULL }, { 2348, NULL }, { 2349, NULL } } },
  ROW (REQUEST_TOO_LONG) =
      { "tftp.request.too-long",
        N_ ("Request longer than allowed"),
        N_ ("A request may have 512 bytes at most, file name and options "
            "together. A server need not read a longer one; it may refuse "
            "it with an ERROR."),
        { { 2347, NULL } } },
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
  ROW (STRANGER_SECOND_SERVER) =
      { "tftp.stranger.second-server",
        N_ ("A second transfer answers"),
        N_ ("The request reached the server twice, and for each one the "
            "server began a transfer from a port of its own. The client "
            "works with the port that it heard first. To this one it sends "
            "an ERROR with code 5, so that the second transfer ends; the "
            "first goes on."),
        { { 1350, "4" } } },
  ROW (UNREADABLE) =
      { "tftp.unreadable",
        N_ ("Not a TFTP packet"),
        N_ ("These bytes do not have the form of any TFTP packet: the opcode "
            "is unknown, or a part is missing. Another protocol may be "
            "talking here."),
        { { 1350, "5" } } },
  ROW (UNREADABLE_OPCODE) =
      { "tftp.unreadable.opcode",
        N_ ("Unknown opcode"),
        N_ ("The first two bytes should say what kind of packet this is, "
            "and TFTP knows 1 to 6 only. The receiver cannot tell what to "
            "do with it, answers with an ERROR of code 4, and gives up; or, "
            "from a stranger, with code 5."),
        { { 1350, "5" }, { 2347, NULL } } },
  ROW (UNREADABLE_SHORT) =
      { "tftp.unreadable.short",
        N_ ("Too short for TFTP"),
        N_ ("Every TFTP packet has at least four bytes: an opcode and a "
            "number, or more. This one is dropped without an answer, for "
            "nothing in it says what it was meant to be."),
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
