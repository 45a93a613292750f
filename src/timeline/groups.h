/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Steps that belong together, so that a picture may show them as one: a TLS
 * handshake; a command with all that it is answered by, where that is more
 * than one step.  Only steps that follow one another make a group: where
 * another conversation comes between, there is none.  Groups never overlap. */

typedef enum {
  PC_GROUP_HANDSHAKE,
  PC_GROUP_COMMAND,
  PC_GROUP_HIDDEN, /* by a filter: of the diagram's own making */
} PcGroupKind;

typedef struct
{
  PcGroupKind kind;
  guint       first; /* indices of steps */
  guint       last;
} PcGroup;

typedef struct _PcGroups PcGroups;

/* @timeline: borrowed, for as long as this lives. */
PcGroups *pc_groups_new (PcTimeline *timeline);
void      pc_groups_free (PcGroups *self);
/* Looks at step @index, once for each and in order.  TRUE when a group is whole
 * with it; @group takes that. */
gboolean  pc_groups_add (PcGroups *self,
                         guint     index,
                         PcGroup  *group);
/* "TLS handshake · TLS 1.3 · mail.example.test", "a2 SELECT INBOX · 9 steps",
 * "9 steps hidden".
 * Transfer full. */
char     *pc_group_dup_title (PcTimeline    *timeline,
                              const PcGroup *group,
                              gboolean       secrets);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcGroups, pc_groups_free)

G_END_DECLS
