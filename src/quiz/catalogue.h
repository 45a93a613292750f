/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

/* An item and the bank it is from. */
typedef struct
{
  PcBank *bank;
  PcItem *item;
} PcPick;

/* Several banks as one: what can be asked.  Holds the banks. */
typedef struct _PcCatalogue PcCatalogue;

PcCatalogue  *pc_catalogue_new (void);
void          pc_catalogue_free (PcCatalogue *self);
/* All items but retired ones. */
void          pc_catalogue_add_bank (PcCatalogue *self,
                                     PcBank      *bank);
guint         pc_catalogue_get_n_banks (PcCatalogue *self);
PcBank       *pc_catalogue_get_bank (PcCatalogue *self,
                                     guint        index);
guint         pc_catalogue_get_n (PcCatalogue *self);
/* Valid until the next bank is added. */
const PcPick *pc_catalogue_get (PcCatalogue *self,
                                guint        index);
/* By ids; NULL when there is none. */
const PcPick *pc_catalogue_lookup (PcCatalogue *self,
                                   const char  *bank,
                                   const char  *item);
/* "imap", "pop3", "smtp", "tftp": by the id of the bank, else by the item's
 * tags; NULL for others. */
const char   *pc_pick_get_protocol (const PcPick *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcCatalogue, pc_catalogue_free)

G_END_DECLS
