/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "proto/common/protocol.h"

G_BEGIN_DECLS

/* What goes wrong on purpose: exactly there, and every time alike.  Read from
 * a scenario's "faults" and from the --fault of portcall-cli; what they mean
 * stands in data/schema/scenario-1.schema.json. */

typedef enum {
  /* of datagrams */
  PC_FAULT_DROP,
  PC_FAULT_DUPLICATE,
  PC_FAULT_DELAY,
  PC_FAULT_REORDER,
  PC_FAULT_INJECT,
  /* of both */
  PC_FAULT_CHANGE,
  /* of streams */
  PC_FAULT_SPLIT,
  PC_FAULT_JOIN,
  PC_FAULT_SLOW,
  PC_FAULT_CUT,
  PC_FAULT_FREEZE,
  /* of servers */
  PC_FAULT_ANSWER,
} PcFaultKind;

#define PC_FAULT_NO_ERROR_CODE (-1)
/* Who injects where nobody else is named. */
#define PC_FAULT_STRANGER "stranger"

/* Falls on units of a conversation.  Each conversation is counted anew. */
typedef struct
{
  PcFaultKind kind;
  const char *text;  /* as it was written for --fault; else NULL */
  const char *rule;  /* may end in "*"; NULL: any octet */
  const char *after; /* counting begins after a unit with this; or NULL */
  const char *from;  /* actor id; NULL: see @side */
  int         side;  /* PcSide, where @from is NULL; -1: either */
  guint       nth;
  gboolean    every;  /* each from the @nth on */
  guint       conn;   /* only this conversation, 1 and up; 0: all */
  gboolean    seeded; /* by chance, in place of @nth */
  double      rate;   /* 0 to 1 */
  guint64     seed;
  gint64      wait;   /* µs; -1: for ever, or what is usual */
  guint       past;   /* reorder: so many datagrams go first */
  guint       octet;  /* cut, change: of the unit, from 0 */
  int         to;     /* change: its new value; -1: see @mask */
  guint8      mask;   /* change: these bits are turned over */
  guint       octets; /* split: of one piece; slow: in a second */
  const char *actor;  /* inject: who sends it */
  PcSide      target; /* inject: to whom */
  GBytes     *data;   /* inject: the whole datagram */
  const PcProtocol *protocol; /* answer: whose servers */
  const char *verb;   /* answer: to which command */
  const char *reply;  /* answer: what, or the text of an ERROR packet */
  int         code;   /* answer: of an ERROR packet, or NO_ERROR_CODE */
} PcFault;

/* A list of them.  Immutable once somebody else has it. */
typedef struct _PcFaults   PcFaults;
typedef struct _PcScenario PcScenario;

PcFaults      *pc_faults_new (void);
PcFaults      *pc_faults_ref (PcFaults *self);
void           pc_faults_unref (PcFaults *self);
guint          pc_faults_get_n (const PcFaults *self);
const PcFault *pc_faults_get (const PcFaults *self,
                              guint           index);
/* Reads a "faults" object; actors are those of @scenario, or "client" and
 * "server" where it is NULL.  FALSE with problems. */
gboolean       pc_faults_load (PcFaults           *self,
                               const PcJsonReader *reader,
                               const PcScenario   *scenario);
/* The same from "drop,rule=tftp.data*,from=server,nth=3"; "\," is a comma in
 * a value.  @error names the key that is wrong and what is allowed. */
gboolean       pc_faults_add_spec (PcFaults         *self,
                                   const char       *spec,
                                   const PcScenario *scenario,
                                   GError          **error);
/* The same for a single one, or NULL: @error says what is wrong with it and
 * does not repeat @spec. */
PcFaults      *pc_faults_new_spec (const char       *spec,
                                   const PcScenario *scenario,
                                   GError          **error);
/* As it may stand for a value in a spec.  Transfer full. */
char          *pc_fault_escape (const char *value);
/* The file that @scenario is from, with the fault of @spec and an id and a
 * title that tell it apart.  @last: the pointer of the action that is refused
 * now, which is the last one; NULL: the script comes to its end.  @lost: ids
 * of marks that nothing has any more, NULL-terminated, or NULL.  Transfer
 * full; NULL with @error when that file cannot be read. */
GBytes        *pc_fault_write_scenario (const PcScenario  *scenario,
                                        const char        *spec,
                                        const char        *last,
                                        const char *const *lost,
                                        GError           **error);

/* "drop" */
const char    *pc_fault_kind_to_string (PcFaultKind kind);
/* As pc_engine_inject_answer () takes it.  Transfer full. */
char          *pc_fault_dup_answer (const PcFault *self);
gboolean       pc_fault_is_of_datagrams (const PcFault *self);
gboolean       pc_fault_is_of_streams (const PcFault *self);
/* Whether @rule is one that @pattern, which may end in "*", stands for. */
gboolean       pc_fault_match (const char *pattern,
                               const char *rule);
/* The PRNG of seeded faults: splitmix64 (Steele, Lea and Flood, "Fast
 * Splittable Pseudorandom Number Generators", OOPSLA 2014).  A fault begins in
 * each conversation with the state seed + conversation - 1 and draws once for
 * each unit that it matches, in the order in which they are said. */
guint64        pc_fault_draw (guint64 *state);
/* Such a draw strikes when its upper 53 bits, over 2^53, are below @rate. */
gboolean       pc_fault_is_struck (guint64 draw,
                                   double  rate);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcFaults, pc_faults_unref)

G_END_DECLS
