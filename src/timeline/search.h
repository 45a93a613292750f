/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "timeline/timeline.h"

G_BEGIN_DECLS

/* Finds the steps of a timeline that say something, a bit at a time: a long
 * timeline is not read at one go.  Of what there is when it comes by. */
typedef struct _PcSearch PcSearch;

/* @text is looked for whatever its case, in the summary, title, explanation,
 * note and fields; "" finds every step.  @actor: only steps from or to it, or
 * NULL; @conn: only steps of this connection, or 0.  With @secrets passwords
 * are looked into as well. */
typedef enum {
  PC_SEARCH_ANY,
  PC_SEARCH_COMMANDS,
  PC_SEARCH_REPLIES,    /* greetings among them */
  PC_SEARCH_CONTENT,    /* messages, files and their packets */
  PC_SEARCH_CONNECTION, /* how it opens, closes, and what TLS adds */
  PC_SEARCH_TROUBLE,    /* warnings, errors, and what was lost */
} PcSearchKind;

PcSearch *pc_search_new (PcTimeline *timeline,
                         const char *text,
                         const char *actor,
                         guint       conn,
                         gboolean    secrets);
/* Only steps of this kind.  Before the first advance. */
void      pc_search_set_kind (PcSearch    *self,
                              PcSearchKind kind);
void      pc_search_free (PcSearch *self);
/* From step @end on nothing is looked at; G_MAXUINT, as at first: all is.  What
 * was found stays. */
void      pc_search_set_end (PcSearch *self,
                             guint     end);
/* Looks at no more than @n steps. TRUE while there are more. */
gboolean  pc_search_advance (PcSearch *self,
                             guint     n);
/* What was found so far: indices of steps, rising. */
guint     pc_search_get_n (const PcSearch *self);
guint     pc_search_get (const PcSearch *self,
                         guint           match);
/* The number of the match that is step @index, from 0; -1 when it is none. */
int       pc_search_find (const PcSearch *self,
                          guint           index);
/* The next match after, or before, step @index, around the end; -1 when there
 * is none.  @index may be G_MAXUINT: before the first step. */
int       pc_search_next (const PcSearch *self,
                          guint           index,
                          gboolean        forward);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSearch, pc_search_free)

G_END_DECLS
