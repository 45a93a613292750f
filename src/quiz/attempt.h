/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/grade.h"
#include "run/account.h"

G_BEGIN_DECLS

/* "Try your answer": the settings of a mail account that an answer stands for,
 * and those that are right, so that both can be run. */

typedef enum {
  PC_ATTEMPT_POSSIBLE,
  PC_ATTEMPT_OTHER_TYPE, /* match, order, fault, predict: no settings */
  PC_ATTEMPT_NO_PORT,    /* it asks for something else than a port */
  PC_ATTEMPT_FOREIGN,    /* what is right, none of our clients speaks */
  PC_ATTEMPT_RELAY,      /* port 25: between servers, without an account */
  PC_ATTEMPT_NO_READING, /* what speaks on a port where mail is only sent */
} PcAttemptReason;

typedef struct
{
  PcAccountForm *answer; /* complete, as are those of @right */
  PcAccountForm *right;
  guint          sides; /* that the question is about; a set */
} PcAttempt;

/* "possible", "other-type", …; not translated. */
const char     *pc_attempt_reason_to_string (PcAttemptReason reason);
/* Whether answers to @item can be tried; else why not.  Read off the ports of
 * its facts, the services of its options and "x-settings", and the fields of
 * an account; where the question says only that a session begins in clear
 * text, STARTTLS follows.  (A TFTP server answers, but has no mailbox.) */
PcAttemptReason pc_attempt_check (PcItem *item);
/* NULL where the answer, unlike others to @item, stands for nothing that a
 * form has: a service that none of our clients speaks, or no port at all.  Of
 * several chosen options it is the first wrong one, beside the first that is
 * missing.  Where nothing was answered, or nothing wrong, both are the right
 * ones. */
PcAttempt      *pc_attempt_new (PcItem         *item,
                                const PcAnswer *answer);
void            pc_attempt_free (PcAttempt *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcAttempt, pc_attempt_free)

G_END_DECLS
