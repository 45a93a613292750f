/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

/* Questions on paper: what a teacher hands out, and the key that goes with
 * it.  The same banks, blueprint, seed and variant give the same sheet on
 * every machine. */

#define PC_SHEET_VARIANTS 8 /* A to H */

/* What a sheet is to hold.  Made by pc_blueprint_load(), or zeroed: then all
 * items of all banks may be drawn. */
typedef struct
{
  char      *title;          /* or NULL */
  guint      n_items;        /* 0: the sum of the objectives, else 20 */
  GPtrArray *objectives;     /* char*: ids; or NULL for any */
  GArray    *counts;         /* guint: items for each objective */
  guint      types;          /* bit by PcItemType; 0: all */
  guint      min_difficulty; /* 0: any */
  guint      max_difficulty; /* 0: any */
  guint      minutes;        /* 0: not said */
  guint      pass;           /* per cent; 0: not said */
  gboolean   same_items;     /* all variants hold the same, in another order */
} PcBlueprint;

/* Reads a file of the format "portcall-blueprint", version 1:
 * {"format", "format_version", "title", "items", "objectives": {id: count},
 * "types": [..], "difficulty": [1, 5], "minutes", "pass", "same_items"}.
 * NULL when it cannot be used; all that is wrong is in @problems.
 * Transfer full. */
PcBlueprint *pc_blueprint_load (const char *path,
                                PcProblems *problems);
PcBlueprint *pc_blueprint_new_from_json (PcJson     *json,
                                         PcProblems *problems);
PcBlueprint *pc_blueprint_new (void);
void         pc_blueprint_free (PcBlueprint *self);

/* One question of a sheet. */
typedef struct
{
  PcBank *bank;
  PcItem *item;
  guint   n_order;
  guint   order[32]; /* of the item's shuffled list, as it is printed */
} PcSheetItem;

typedef struct _PcSheet PcSheet;

/* @banks: PcBank*.  @seed: 32 bits.  @variant: 0 (A) to 7 (H).  Fewer items
 * than asked for, where the banks have no more, is told in @problems.
 * Transfer full; NULL when nothing fits. */
PcSheet           *pc_sheet_new (GPtrArray         *banks,
                                 const PcBlueprint *blueprint,
                                 guint32            seed,
                                 guint              variant,
                                 PcProblems        *problems);
void               pc_sheet_free (PcSheet *self);
guint              pc_sheet_get_n_items (const PcSheet *self);
const PcSheetItem *pc_sheet_get_item (const PcSheet *self,
                                      guint          index);
guint              pc_sheet_get_variant (const PcSheet *self);
guint              pc_sheet_get_points (const PcSheet *self);
/* "sheet 1F0A4C52-B7 · seed 520760402 · variant B · imap 1.1.0, ports 1.0.0":
 * for the foot of each page.  Transfer full. */
char              *pc_sheet_dup_footer (const PcSheet *self);
/* "1F0A4C52-B7": the seed and two digits that depend on banks, versions and
 * blueprint, but not on the variant.  Transfer full. */
char              *pc_sheet_dup_code (const PcSheet *self);
/* The seed of a code; FALSE when it is none. */
gboolean           pc_sheet_parse_code (const char *code,
                                        guint32    *seed,
                                        guint      *check);
/* Whether @check of a code is this sheet's: else banks or blueprint are not
 * those that the code was printed with. */
gboolean           pc_sheet_is_check (const PcSheet *self,
                                      guint          check);

/* Markdown; @language as in item.h.  Transfer full. */
char              *pc_sheet_write_questions (const PcSheet *self,
                                             const char    *language);
/* The key: right answers with their reason, and a grid of letters. */
char              *pc_sheet_write_key (const PcSheet *self,
                                       const char    *language);
/* "b", "a, c", "995", "1b 2a 3d": the answer as it is written on paper.
 * Transfer full. */
char              *pc_sheet_dup_answer (const PcSheetItem *item);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcBlueprint, pc_blueprint_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSheet, pc_sheet_free)

G_END_DECLS
