/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the files of bank-edit share. */

#include "quiz/bank-edit.h"

G_BEGIN_DECLS

/* The questions as they were read: id to text. */
GHashTable *pc_bank_edit_get_baseline (PcBankEdit *self);

G_END_DECLS
