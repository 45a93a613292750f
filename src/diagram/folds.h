/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/groups.h"

G_BEGIN_DECLS

/* Which of a list of entries are to be seen: those of a folded group are not,
 * but for its first, which stands for all of them, and one with the states
 * that it led to. */

typedef struct
{
  PcGroup  group;
  guint    begin;  /* its entries */
  guint    end;    /* exclusive */
  guint    pills;  /* the entry of the states; G_MAXUINT for none */
  guint    wanted : 1;  /* to be folded, while nothing keeps it open */
  guint    folded : 1;
  guint    hidden : 30; /* entries that the folded ones before it hide */
} PcFold;

typedef struct _PcFolds PcFolds;

PcFolds      *pc_folds_new (void);
void          pc_folds_free (PcFolds *self);
void          pc_folds_clear (PcFolds *self);
/* The next group: behind all before it.  Folded when @wanted. */
void          pc_folds_add (PcFolds       *self,
                            const PcGroup *group,
                            guint          begin,
                            guint          end,
                            guint          pills,
                            gboolean       wanted);
guint         pc_folds_get_n (PcFolds *self);
/* The place of the group that has step @index; G_MAXUINT for none. */
guint         pc_folds_find_step (PcFolds *self,
                                  guint    index);
/* The same of entry @entry. */
guint         pc_folds_find_entry (PcFolds *self,
                                   guint    entry);
/* Valid until the next call of add or clear. */
const PcFold *pc_folds_get (PcFolds *self,
                            guint    i);
void          pc_folds_set_wanted (PcFolds *self,
                                   guint    i,
                                   gboolean wanted);
void          pc_folds_set_folded (PcFolds *self,
                                   guint    i,
                                   gboolean folded);
/* How many of @n entries are seen. */
guint         pc_folds_get_n_seen (PcFolds *self,
                                   guint    n);
/* How many entries of group @i are. */
guint         pc_folds_get_height (PcFolds *self,
                                   guint    i);
/* The entry that is seen at place @seen. */
guint         pc_folds_to_entry (PcFolds *self,
                                 guint    seen);
/* Where @entry is seen, or what stands for it. */
guint         pc_folds_to_seen (PcFolds *self,
                                guint    entry);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcFolds, pc_folds_free)

G_END_DECLS
