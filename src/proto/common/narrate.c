/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Finding a rule's narration, and the rules below the protocols.
 *
 * What a protocol's own rules mean stands in its narrate.c.
 *
 * RFC 9293 (TCP) sections 3.5 and 3.6, RFC 768 (UDP).
 */

#include "proto/common/narrate.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

const PcNarration pc_common_narrations[] = {
  { "client.declines",
    N_ ("The client holds back"),
    N_ ("This crosses no wire: the client was asked to do something and did "
        "not, because on this connection it would give away too much. What "
        "was never sent, nobody can read or change."),
    { { 8314, "5.2" }, { 8314, "4" } } },
  { "dns.no-name",
    N_ ("No machine has this name"),
    N_ ("Before anything can be sent, the name of the server must become an "
        "address, and no address belongs to this one. So no connection was "
        "even begun. Most often a letter of the name is wrong. Here the "
        "answer comes from a list of this lab; nobody on the network was "
        "asked."),
    { { 1123, "6.1.1" } } },
  { "fault.answer",
    N_ ("The server answers on orders"),
    N_ ("This crosses no wire: the server was told beforehand to give this "
        "answer, whatever it would have said itself. It does nothing else for "
        "the command, so nothing is stored, deleted or remembered. What "
        "counts now is how the client takes it."),
    { { 5321, "4.2.1" }, { 9051, "7.1" }, { 1939, "3" } } },
  { "fault.change",
    N_ ("An octet is changed on the way"),
    N_ ("The network delivers something else than was sent. The checksums of "
        "TCP and UDP catch most of that, but not what happens inside a router "
        "with bad memory, or a fault that the sum happens to miss. Programs "
        "that must be sure compare a checksum of their own."),
    { { 9293, "3.1" }, { 768, NULL } } },
  { "fault.cut",
    N_ ("The line is cut"),
    N_ ("From here on the connection is gone: a mobile phone lost its "
        "network, a router forgot the connection, a program crashed. Whoever "
        "had something on the way cannot know how much of it has arrived."),
    { { 9293, "3.5.2" } } },
  { "fault.freeze",
    N_ ("The line is frozen"),
    N_ ("The connection exists, and nothing comes: the other end hangs, or a "
        "firewall drops everything without a word. TCP itself would wait for "
        "a very long time. Only a timer of the program ends it."),
    { { 9293, "3.8.3" }, { 5321, "4.5.3.2" } } },
  { "fault.inject",
    N_ ("Somebody else sends a datagram"),
    N_ ("UDP has no connection: anybody who knows a port can send to it. The "
        "receiver must look at the port that a datagram comes from. TFTP "
        "calls it the transfer's identifier and refuses all others."),
    { { 1350, "4" }, { 768, NULL } } },
  { "fault.join",
    N_ ("Two pieces arrive as one"),
    N_ ("TCP carries a stream of bytes without borders. What was sent in two "
        "steps may arrive in one, for example since the sender collects "
        "small pieces (Nagle). A receiver that takes one read for one command "
        "overlooks the second."),
    { { 9293, "3.7.4" }, { 9293, "2.2" } } },
  { "fault.slow",
    N_ ("The line becomes slow"),
    N_ ("From here on only so many bytes pass in a second, as on an "
        "overloaded line or at the edge of a mobile network. Long answers "
        "come in many pieces, and timers that were set too short run out."),
    { { 9293, "3.8.6" } } },
  { "fault.split",
    N_ ("This arrives in pieces"),
    N_ ("TCP may cut the stream anywhere, also in the middle of a line. The "
        "receiver has to put the pieces together before it reads them: a "
        "line is whole when its end has come, not when a read ends."),
    { { 9293, "3.7" }, { 9293, "2.2" } } },
  { "tcp.close",
    N_ ("Connection closed"),
    N_ ("This end says that it will send no more (FIN). When both ends have "
        "said so, the connection is over and its ports are free again."),
    { { 9293, "3.6" } } },
  { "tcp.open",
    N_ ("TCP connection opened"),
    N_ ("Three segments open the connection: SYN, SYN-ACK, ACK. Only now can "
        "either end send a first byte. The client's port was picked by its "
        "system; the server's port is the one the client asked for."),
    { { 9293, "3.5" } } },
  { "tcp.refused",
    N_ ("Connection refused"),
    N_ ("Nothing listens on this TCP port, so the server's system answers "
        "SYN with RST at once. The client learns quickly that no service is "
        "there; a firewall that stays silent would have let it wait."),
    { { 9293, "3.5.2" } } },
  { "tcp.reset",
    N_ ("Connection cut"),
    N_ ("The connection ended without the goodbye of the protocol: the line "
        "was lost or one end gave up. What the protocol had promised only "
        "for an orderly end does not happen."),
    { { 9293, "3.5.2" }, { 9293, "3.6" } } },
  { "tcp.silence",
    N_ ("Nobody speaks"),
    N_ ("The connection is open, but no byte comes. Each end waits for the "
        "other to begin; the client gives up when its timer runs out."),
    { { 9293, "3.8" } } },
  { "tcp.unanswered",
    N_ ("No answer at all"),
    N_ ("The client asks for a connection (SYN), and nothing comes back, not "
        "even a refusal: a firewall on the way drops the request without a "
        "word. Systems ask a few more times, and programs give up after half "
        "a minute or more. A closed port would have been refused at once. "
        "There is no firewall on this machine, so the lab only lets the time "
        "pass."),
    { { 9293, "3.8.1" }, { 9293, "3.5" } } },
  { "tcp.unfinished",
    N_ ("Cut off before its end"),
    N_ ("The connection ended in the middle of this. TCP hands over what has "
        "come, but nobody may act on it: a command without its CR LF, a "
        "message without its end mark or a literal with too few octets is "
        "thrown away."),
    { { 5321, "4.1.1.4" }, { 9051, "4.3" }, { 1939, "3" } } },
  { "udp.duplicate",
    N_ ("The network's copy"),
    N_ ("Nobody sent this a second time: a datagram that the network carried "
        "twice. UDP promises neither that a datagram arrives nor that it "
        "arrives only once, so the receiver must notice copies by itself. "
        "TFTP does so by the block number."),
    { { 768, NULL }, { 1350, "2" } } },
  { "world.restore",
    N_ ("Mailbox put back from a backup"),
    N_ ("This crosses no wire: the people who run the server had to bring the "
        "mailbox back. Its messages are counted from 1 again, so an old UID "
        "may now belong to another message. That is why the mailbox gets a "
        "new UIDVALIDITY, which clients compare at their next SELECT."),
    { { 9051, "2.3.1.1" } } },
};

const gsize pc_common_n_narrations = G_N_ELEMENTS (pc_common_narrations);

static int
compare_rule (const void *key,
              const void *row)
{
  return strcmp (key, ((const PcNarration *) row)->rule);
}

const PcNarration *
pc_narration_find (const PcNarration *table,
                   gsize              n,
                   const char        *rule)
{
  return bsearch (rule, table, n, sizeof *table, compare_rule);
}
