/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"
#include "quiz/draft.h"

G_BEGIN_DECLS

/* The id of every generated bank; its items change with the seed. */
#define PC_GENERATE_BANK_ID "generated"

typedef struct
{
  guint64            seed;
  guint              n_items;  /* at most; 0: one for each row and template */
  const char *const *confused; /* ids of rows mixed up before, or NULL */
  gboolean           every; /* for a plan that chooses among them: nothing is
                               left out for what it would follow */
} PcGenerateOptions;

/* The draft as an item of a bank.  Transfer full. */
JsonNode *pc_draft_to_json (const PcDraft *self);

/* A bank file of questions from the table, no two of one template in a row,
 * at most one in four asking for a bare number or name, no fact both ways.
 * The same table and options give the same file.  Transfer full. */
char     *pc_generate_text (const PcServices        *services,
                            const PcGenerateOptions *options);
/* The same, read and checked as any bank.  NULL only where the table allows
 * no question; @problems says what was wrong with a single one.
 * Transfer full. */
PcBank   *pc_generate_bank (PcServices              *services,
                            const PcGenerateOptions *options,
                            PcProblems              *problems);

G_END_DECLS
