/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Who has tried before: client, sender and recipient together (RFC 6647
 * section 2.4).  Whoever comes for the first time is asked to come again
 * later; programs that only ever try once never get in. */
typedef struct _PcGreylist PcGreylist;

/* @delay µs must pass before the second attempt counts. */
PcGreylist *pc_greylist_new (gint64 delay);
PcGreylist *pc_greylist_ref (PcGreylist *self);
void        pc_greylist_unref (PcGreylist *self);
/* 0: they may pass, now and from now on.  Else how many µs they still have to
 * wait. */
gint64      pc_greylist_check (PcGreylist *self,
                               gint64      now,
                               const char *client,
                               const char *sender,
                               const char *recipient);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcGreylist, pc_greylist_unref)

G_END_DECLS
