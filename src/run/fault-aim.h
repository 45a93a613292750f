/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scenario/fault.h"
#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Faults for who has seen an exchange and points at one of its steps. */

typedef struct
{
  const PcProtocol *protocol;
  guint             number; /* of the step */
  char             *rule;
  char             *from;   /* actor */
  PcSide            side;   /* that it is in its conversation */
  guint             nth;    /* among those with this rule of this end */
  guint             conn;   /* 0: there is no other conversation */
  /* answer: the command, and which of its kind; NULL where there is none */
  char             *verb;
  guint             verb_nth;
} PcFaultAim;

/* FALSE where a fault cannot fall on step @index: it is no unit that an end
 * has said.  What was in @aim is gone. */
gboolean    pc_fault_aim_take (PcFaultAim *aim,
                               PcTimeline *timeline,
                               guint       index);
void        pc_fault_aim_clear (PcFaultAim *aim);
typedef enum {
  PC_FAULT_ONCE,  /* on this unit */
  PC_FAULT_EVERY, /* and on all of its kind after it */
  PC_FAULT_ANY,   /* on some of its kind, by chance: the owner says how many */
} PcFaultWhich;

/* The beginning of a spec (pc_faults_add_spec ()) for a fault that falls on
 * it: "drop,rule=tftp.data,from=server,nth=2".  @live: on the servers of any
 * client, where ends are "client" and "server".  Transfer full; NULL where
 * @kind is PC_FAULT_ANSWER and there is no command. */
char       *pc_fault_aim_write (const PcFaultAim *aim,
                                PcFaultKind       kind,
                                PcFaultWhich      which,
                                gboolean          live);
/* A reply by which a server refuses the command; of TFTP's, "0 Try again
 * later" with the code of an ERROR packet.  Transfer full. */
char       *pc_fault_aim_dup_reply (const PcFaultAim *aim);
/* Such a reply as a spec has it: "reply=…" or "code=…,text=…".  Transfer
 * full. */
char       *pc_fault_aim_write_reply (const PcFaultAim *aim,
                                      const char       *reply);
/* What an armed @fault will do, a sentence.  @scenario has the names of its
 * actors; or NULL.  Transfer full. */
char       *pc_fault_describe (const PcFault    *fault,
                               const PcScenario *scenario);
/* The first step of @timeline that the fault which was aimed has struck, or
 * the note on it; -1 where it did not strike. */
int         pc_fault_aim_find_hit (const PcFaultAim *aim,
                                   PcFaultKind       kind,
                                   PcTimeline       *timeline);

/* @scenario as a file of its own, with the fault of @spec in it: runs, and
 * ends as it has ended in @timeline, where both ran together.  Takes some runs
 * in memory.  Transfer full; NULL with @error. */
GBytes     *pc_fault_save (PcScenario *scenario,
                           const char *spec,
                           PcTimeline *timeline,
                           GError    **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PcFaultAim, pc_fault_aim_clear)

G_END_DECLS
