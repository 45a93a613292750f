/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/random.h"
#include "quiz/draft.h"

G_BEGIN_DECLS

/* A draft in the making. */
typedef struct
{
  const PcServices   *services;
  const PcDraftHints *hints; /* or NULL */
  PcDraft            *draft;
  guint64             chance;
} PcDraftMaker;

/* Whether a wrong option may stand for @row (and @endpoint, where ports are
 * asked for): only if the question is false of it under every reading. */
typedef gboolean (*PcDraftIsWrong) (const PcDraftMaker      *self,
                                    const PcService         *row,
                                    const PcServiceEndpoint *endpoint);

/* -- draft.c: rows and options -------------------------------------------- */

/* The shortest name that is not another row's too. */
const char *pc_draft_label (const PcService *row);
/* Whether any name of one is also a name of the other. */
gboolean    pc_draft_share_name (const PcService *a,
                                 const PcService *b);
/* The same protocol with TLS from the first byte; NULL for none. */
const PcService *pc_draft_twin (const PcServices *services,
                                const PcService  *row);
/* Whether they are one protocol. */
gboolean    pc_draft_same_protocol (const PcServices *services,
                                    const PcService  *a,
                                    const PcService  *b);
gboolean    pc_draft_is_implicit (const PcService *row);
/* Whether all endpoints of @row are on one port. */
gboolean    pc_draft_has_one_port (const PcService *row);

/* Takes one of @variants (NULL-terminated) and puts values in place of
 * "{name}"; pairs of name and value follow, then NULL.  Transfer full. */
char       *pc_draft_fill (PcDraftMaker      *self,
                           const char *const *variants,
                           ...) G_GNUC_NULL_TERMINATED;

/* An option that stands for @port of @row, or for @row where it is 0. */
PcDraftOption *pc_draft_add_option (PcDraftMaker            *self,
                                    const PcService         *row,
                                    const PcServiceEndpoint *endpoint,
                                    gboolean                 of_port,
                                    gboolean                 correct);
/* Adds the key and @n wrong options, shuffled; FALSE when there are not
 * enough of them. */
gboolean    pc_draft_add_choices (PcDraftMaker  *self,
                                  gboolean       of_port,
                                  guint          n,
                                  PcDraftIsWrong is_wrong);

/* -- draft-templates.c ---------------------------------------------------- */

/* "TCP" or "UDP". */
const char *pc_draft_transport_name (PcServiceTransport transport);
/* Makes it a choice among four names. */
gboolean    pc_draft_choose_names (PcDraftMaker  *self,
                                   PcDraftIsWrong is_wrong);

/* Fills the draft; FALSE when the template does not fit its row. */
gboolean    pc_draft_make (PcDraftMaker *self);

/* -- draft-sets.c --------------------------------------------------------- */

gboolean    pc_draft_make_listeners (PcDraftMaker *self);
gboolean    pc_draft_make_one_of_four (PcDraftMaker *self);
gboolean    pc_draft_make_match (PcDraftMaker *self);
gboolean    pc_draft_make_hops (PcDraftMaker *self);

G_END_DECLS
