/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "app/content.h"

#include "quiz/bank-edit.h"

G_BEGIN_DECLS

/* Checks a bank while it is written, as portcall-cli check would check its
 * file: first what loading finds, then whether the keys hold in runs of their
 * scenarios.  All of it in a thread.
 *
 * Signal "checked": there are other problems now. */

#define PC_TYPE_BANK_CHECK (pc_bank_check_get_type ())
G_DECLARE_FINAL_TYPE (PcBankCheck, pc_bank_check, PC, BANK_CHECK, GObject)

PcBankCheck *pc_bank_check_new (PcContent *content);
/* Soon, and again after each change; NULL: no more. */
void         pc_bank_check_set_edit (PcBankCheck *self,
                                     PcBankEdit  *edit);
/* Of the last text that was checked; NULL before. */
PcProblems  *pc_bank_check_get_problems (PcBankCheck *self);
/* What could be loaded of it; NULL when nothing could. */
PcBank      *pc_bank_check_get_bank (PcBankCheck *self);
/* FALSE while something is checked, or will be. */
gboolean     pc_bank_check_is_idle (PcBankCheck *self);
/* Whether the keys were proven, too. */
gboolean     pc_bank_check_is_proven (PcBankCheck *self);

G_END_DECLS
