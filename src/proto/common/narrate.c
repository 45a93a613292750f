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
