/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an armed fault will do, in a sentence: nobody arms what they cannot
 * read.
 */

#include "run/fault-aim.h"

#include "proto/registry.h"
#include "scenario/scenario.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What people call the units of a rule. */
static const char *
get_title (const char *rule)
{
  for (guint i = 0; rule != NULL && i < PC_N_PROTOCOLS; i++) {
    const PcProtocol *protocol = pc_registry_get (i);

    for (gsize k = 0; k < protocol->n_narrations; k++)
      if (strcmp (protocol->narrations[k].rule, rule) == 0)
        return _ (protocol->narrations[k].title);
  }
  return rule != NULL ? rule : "";
}

static char *
name_sender (const PcFault    *fault,
             const PcScenario *scenario)
{
  const PcScenarioActor *actor =
      fault->from != NULL && scenario != NULL
          ? pc_scenario_find_actor (scenario, fault->from)
          : NULL;

  if (actor != NULL)
    /* Translators: behind what somebody says, as in “Data” from “Router”. */
    return g_strdup_printf (_ ("from “%s”"), actor->name);
  if (fault->side == PC_SIDE_CLIENT)
    return g_strdup (_ ("from the client"));
  if (fault->side == PC_SIDE_SERVER)
    return g_strdup (_ ("from the server"));
  return g_strdup (_ ("from either end"));
}

/* Which units, the beginning of a sentence. */
static char *
describe_unit (const PcFault    *fault,
               const PcScenario *scenario)
{
  const char      *title = get_title (fault->rule);
  g_autofree char *from = name_sender (fault, scenario);

  if (fault->rule == NULL)
    /* Translators: %s: "from the client". */
    return g_strdup_printf (_ ("Whatever comes %s"), from);
  if (fault->seeded)
    /* Translators: %s: what is said, and "from the client". */
    return g_strdup_printf (_ ("By chance, %d in 100 times, “%s” %s"),
                            (int) (fault->rate * 100 + 0.5), title, from);
  if (fault->every && fault->nth == 1)
    return g_strdup_printf (_ ("Every “%s” %s"), title, from);
  if (fault->every)
    return g_strdup_printf (_ ("Every “%s” %s, from number %u on,"), title,
                            from, fault->nth);
  switch (fault->nth) {
  case 1:
    return g_strdup_printf (_ ("The first “%s” %s"), title, from);
  case 2:
    return g_strdup_printf (_ ("The second “%s” %s"), title, from);
  case 3:
    return g_strdup_printf (_ ("The third “%s” %s"), title, from);
  default:
    return g_strdup_printf (_ ("“%s” %s, number %u of its kind,"), title, from,
                            fault->nth);
  }
}

static char *
describe_answer (const PcFault *fault)
{
  g_autofree char *reply = pc_fault_dup_answer (fault);

  if (strcmp (fault->verb, "CONNECT") == 0)
    return g_strdup_printf (_ ("The server greets with “%s”."), reply);
  if (fault->every && fault->nth == 1)
    return g_strdup_printf (_ ("The server answers every %s with “%s”, and "
                               "does nothing else for it."),
                            fault->verb, reply);
  if (fault->every)
    return g_strdup_printf (_ ("The server answers every %s, from number %u "
                               "on, with “%s”, and does nothing else for it."),
                            fault->verb, fault->nth, reply);
  if (fault->nth == 1)
    return g_strdup_printf (_ ("The server answers the first %s with “%s”, "
                               "and does nothing else for it."),
                            fault->verb, reply);
  return g_strdup_printf (_ ("The server answers %s number %u with “%s”, and "
                             "does nothing else for it."),
                          fault->verb, fault->nth, reply);
}

/* Translators: in all of these, %s is what is said, and by whom: "The second
 * “Data” from the server". */
static char *
describe_octets (const PcFault *fault,
                 const char    *unit)
{
  switch (fault->kind) {
  case PC_FAULT_SPLIT:
    return g_strdup_printf (ngettext ("%s arrives in pieces of %u octet.",
                                      "%s arrives in pieces of %u octets.",
                                      fault->octets),
                            unit, fault->octets);
  case PC_FAULT_SLOW:
    return g_strdup_printf (
        ngettext ("%s and all that follows crosses a line of %u octet per "
                  "second.",
                  "%s and all that follows crosses a line of %u octets per "
                  "second.",
                  fault->octets),
        unit, fault->octets);
  case PC_FAULT_CUT:
    if (fault->octet == 0)
      return g_strdup_printf (_ ("%s never leaves: the connection is cut "
                                 "before it."),
                              unit);
    return g_strdup_printf (ngettext ("%s breaks off after %u octet: the "
                                      "connection is cut.",
                                      "%s breaks off after %u octets: the "
                                      "connection is cut.",
                                      fault->octet),
                            unit, fault->octet);
  case PC_FAULT_CHANGE:
  default:
    return g_strdup_printf (_ ("%s arrives with another octet at place %u, "
                               "counted from 0."),
                            unit, fault->octet);
  }
}

static char *
describe_time (const PcFault *fault,
               const char    *unit)
{
  double seconds = (double) fault->wait / G_USEC_PER_SEC;

  switch (fault->kind) {
  case PC_FAULT_DUPLICATE:
    if (fault->wait <= 0)
      return g_strdup_printf (_ ("%s arrives twice."), unit);
    return g_strdup_printf (_ ("%s arrives twice, the second time %.3g s "
                               "later."),
                            unit, seconds);
  case PC_FAULT_FREEZE:
    if (fault->wait < 0)
      return g_strdup_printf (_ ("%s does not pass, nor does anything after "
                                 "it: the line is frozen for ever."),
                              unit);
    return g_strdup_printf (_ ("%s has to wait: the line is frozen for "
                               "%.3g s."),
                            unit, seconds);
  case PC_FAULT_DELAY:
  default:
    return g_strdup_printf (_ ("%s arrives %.3g s late."), unit, seconds);
  }
}

char *
pc_fault_describe (const PcFault    *fault,
                   const PcScenario *scenario)
{
  g_autofree char *unit = NULL;

  if (fault->kind == PC_FAULT_ANSWER)
    return describe_answer (fault);

  unit = describe_unit (fault, scenario);
  switch (fault->kind) {
  case PC_FAULT_DROP:
    return g_strdup_printf (_ ("%s is lost on the way."), unit);
  case PC_FAULT_REORDER:
    return g_strdup_printf (ngettext ("%s is overtaken by the next %u "
                                      "datagram of the same end.",
                                      "%s is overtaken by the next %u "
                                      "datagrams of the same end.",
                                      fault->past),
                            unit, fault->past);
  case PC_FAULT_JOIN:
    return g_strdup_printf (_ ("%s is held back, and arrives together with "
                               "the next."),
                            unit);
  case PC_FAULT_INJECT:
    return g_strdup_printf (fault->target == PC_SIDE_CLIENT
                                ? _ ("%s has a follower: a stranger sends a "
                                     "datagram of their own to the client.")
                                : _ ("%s has a follower: a stranger sends a "
                                     "datagram of their own to the server."),
                            unit);
  case PC_FAULT_DUPLICATE:
  case PC_FAULT_DELAY:
  case PC_FAULT_FREEZE:
    return describe_time (fault, unit);
  case PC_FAULT_SPLIT:
  case PC_FAULT_SLOW:
  case PC_FAULT_CUT:
  case PC_FAULT_CHANGE:
  case PC_FAULT_ANSWER:
  default:
    return describe_octets (fault, unit);
  }
}
