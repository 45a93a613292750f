/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/item.h"
#include "quiz/services.h"

G_BEGIN_DECLS

/* Questions made from the service table.  A template and a row make a draft,
 * if exactly one answer is right over the whole table; the draft is written
 * as an item of a question bank, which then is read and checked as any other.
 * Texts are English, as the table is. */

typedef enum {
  PC_TEMPLATE_TYPE_PORT,   /* service to port, typed */
  PC_TEMPLATE_NAME_PORT,   /* port to service */
  PC_TEMPLATE_NAME_ROLE,   /* what it does to service */
  PC_TEMPLATE_TASK,        /* somebody needs something: which port */
  PC_TEMPLATE_TWIN,        /* the same in TLS from the first byte */
  PC_TEMPLATE_TRANSPORT,   /* over what it runs */
  PC_TEMPLATE_FIREWALL,    /* finish the rule */
  PC_TEMPLATE_LISTENERS,   /* what a host with these listeners can do */
  PC_TEMPLATE_EVIDENCE,    /* two lines from the wire: which service */
  PC_TEMPLATE_SYMPTOM,     /* what fails: which port is shut */
  PC_TEMPLATE_MATCH,       /* four services, four ports */
  PC_TEMPLATE_HOPS,        /* the hops of a mail */
  PC_TEMPLATE_SRV,         /* the name of an SRV record to port */
  PC_TEMPLATE_EXAM_NAME,   /* what an exam list calls it */
  PC_TEMPLATE_CONFUSION,   /* two ports that are mixed up, typed */
  PC_TEMPLATE_ONE_OF_FOUR, /* the only one with a named property */
  PC_N_TEMPLATES,
} PcTemplate;

/* An option, a value or one end of a pair. */
typedef struct
{
  char            *text;
  char            *feedback;   /* NULL where there is none */
  char            *right_when; /* NULL where there is none */
  const PcService *row;        /* what it stands for; NULL for a transport */
  guint            port;       /* 0 where it stands for the row */
  gboolean         correct;
} PcDraftOption;

typedef struct
{
  PcTemplate               kind;
  PcItemType               type; /* SINGLE, NUMBER or MATCH */
  guint64                  seed;
  const PcService         *row;
  const PcServiceEndpoint *endpoint; /* what of the row is asked for */
  char                    *stem;
  char                    *answer_line;
  char                    *exam_note; /* or NULL */
  GPtrArray               *options; /* PcDraftOption*; of a match, the left */
  GPtrArray               *rights;  /* of a match; decoys have no row */
} PcDraft;

/* What the learner has met: both may be NULL. */
typedef struct
{
  const char *const *confused; /* ids of rows that were mixed up before */
  GHashTable        *used;     /* ids of rows that were distractors today */
} PcDraftHints;

/* "type-port"; as in ids and tags. */
const char  *pc_template_to_string (PcTemplate kind);
PcItemLevel  pc_template_get_level (PcTemplate kind);
/* Whether it asks for nothing but a port, a name or a transport. */
gboolean     pc_template_is_recall (PcTemplate kind);

/* The same arguments give the same draft on every machine.  NULL where the
 * template does not fit the row, or no question with one right answer can be
 * made.  Rows must outlive the draft.  Transfer full. */
PcDraft     *pc_draft_new (const PcServices   *services,
                           PcTemplate          kind,
                           const PcService    *row,
                           guint64             seed,
                           const PcDraftHints *hints);
void         pc_draft_free (PcDraft *self);
/* "gen-task-imap-5f3a": the same for the same template, row and seed.
 * Transfer full. */
char        *pc_draft_dup_id (const PcDraft *self);
/* What it trains: "svc:imap/port".  Transfer full. */
char        *pc_draft_dup_memory_key (const PcDraft *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcDraft, pc_draft_free)

G_END_DECLS
