/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Nothing goes wrong unseen: what a fault does to a stream is a note in the
 * timeline, just before what it falls on.
 *
 * Lost, late and repeated datagrams need none: their steps' fates tell it.
 */

#include "run/fault-private.h"

#include <glib/gi18n-lib.h>

void
pc_fault_note (PcConn        *conn,
               PcSide         from,
               const PcFault *fault,
               const char    *summary)
{
  g_autofree char *rule = g_strdup_printf (
      "fault.%s", pc_fault_kind_to_string (fault->kind));
  const char *actor = fault->kind == PC_FAULT_INJECT ? fault->actor
                      : from == PC_SIDE_CLIENT       ? conn->client
                                                     : conn->server;

  pc_recorder_note (conn->recorder, actor, rule, summary,
                    pc_net_now (conn->hub->net));
}

guint8
pc_fault_change (const PcFault *fault,
                 guint8         was)
{
  return fault->to >= 0 ? (guint8) fault->to : (guint8) (was ^ fault->mask);
}

void
pc_fault_note_change (PcConn        *conn,
                      PcSide         from,
                      const PcFault *fault,
                      guint8         was,
                      guint8         is)
{
  g_autofree char *summary = g_strdup_printf (
      _ ("Octet %u is changed on the way: %02X becomes %02X"), fault->octet,
      was, is);

  pc_fault_note (conn, from, fault, summary);
}

static char *
describe_cut (const PcFaultHit *hit)
{
  guint octet = hit->fault->octet;

  if (octet == 0)
    return g_strdup (_ ("The connection is cut here"));
  return g_strdup_printf (ngettext ("The connection is cut after %u octet",
                                    "The connection is cut after %u octets",
                                    octet),
                          octet);
}

static char *
describe_freeze (const PcFaultHit *hit)
{
  if (hit->fault->wait < 0)
    return g_strdup (_ ("The line is frozen: nothing more passes"));
  return g_strdup_printf (_ ("The line is frozen: nothing passes for %.3g s"),
                          (double) hit->fault->wait / G_USEC_PER_SEC);
}

void
pc_fault_note_hit (PcConn           *conn,
                   PcSide            from,
                   const PcFaultHit *hit)
{
  const PcFault   *fault = hit->fault;
  g_autofree char *summary = NULL;

  switch (fault->kind) {
  case PC_FAULT_SPLIT:
    summary = g_strdup_printf (
        ngettext ("This arrives in pieces of %u octet",
                  "This arrives in pieces of %u octets", fault->octets),
        fault->octets);
    break;
  case PC_FAULT_JOIN:
    summary = g_strdup (_ ("This is held back, and arrives together with the "
                           "next"));
    break;
  case PC_FAULT_SLOW:
    summary = g_strdup_printf (
        ngettext ("From here on the line carries %u octet per second",
                  "From here on the line carries %u octets per second",
                  fault->octets),
        fault->octets);
    break;
  case PC_FAULT_CUT:
    summary = describe_cut (hit);
    break;
  case PC_FAULT_FREEZE:
    summary = describe_freeze (hit);
    break;
  case PC_FAULT_DROP:
  case PC_FAULT_DUPLICATE:
  case PC_FAULT_DELAY:
  case PC_FAULT_REORDER:
  case PC_FAULT_INJECT:
  case PC_FAULT_CHANGE:
  case PC_FAULT_ANSWER:
  default:
    return;
  }
  pc_fault_note (conn, from, fault, summary);
}
