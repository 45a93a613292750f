/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/limits.h"
#include "quiz/bank.h"
#include "quiz/blueprint.h"

G_BEGIN_DECLS

/* Questions on paper: what a teacher hands out, and the key that goes with
 * it.  The same banks, blueprint, seed and variant give the same sheet on
 * every machine. */

#define PC_SHEET_VARIANTS 8 /* A to H */

/* One question of a sheet. */
typedef struct
{
  PcBank *bank;
  PcItem *item;
  guint   n_order;
  guint   order[PC_LIMIT_ORDER]; /* of its shuffled list, as it is printed */
} PcSheetItem;

/* Holds its banks and its blueprint. */
typedef struct _PcSheet PcSheet;

/* @banks: PcBank*.  @variant: 0 (A) to 7 (H).  Fewer items than asked for,
 * where the banks have no more, is told in @problems.  Transfer full; NULL
 * when nothing fits. */
PcSheet           *pc_sheet_new (GPtrArray   *banks,
                                 PcBlueprint *blueprint,
                                 guint32      seed,
                                 guint        variant,
                                 PcProblems  *problems);
void               pc_sheet_free (PcSheet *self);
guint              pc_sheet_get_n_items (const PcSheet *self);
const PcSheetItem *pc_sheet_get_item (const PcSheet *self,
                                      guint          index);
guint              pc_sheet_get_variant (const PcSheet *self);
guint              pc_sheet_get_points (const PcSheet *self);
/* "sheet 1F0A4C52-20-B7D1 · seed 520760402 · variant B · imap 1.1.0": for the
 * foot of each page.  Transfer full. */
char              *pc_sheet_dup_footer (const PcSheet *self);

/* -- the code ------------------------------------------------------------- */

/* "1F0A4C52-20-B7D1": the seed, how many items were asked for, and four
 * digits that depend on the banks, their versions and items, and on the
 * blueprint, but not on the variant. */
typedef struct
{
  guint32 seed;
  guint   n_items;
  guint   check;
} PcSheetCode;

/* Transfer full. */
char        *pc_sheet_dup_code (const PcSheet *self);
/* FALSE when it is none. */
gboolean     pc_sheet_code_parse (const char  *text,
                                  PcSheetCode *code);
/* Whether the sheet is the one that @code was printed on: else the banks or
 * the blueprint are not those. */
gboolean     pc_sheet_has_code (const PcSheet     *self,
                                const PcSheetCode *code);
/* What @code was printed with: one of @blueprints (PcBlueprint*), or as many
 * items as it says from all of @banks or from one of them.  Transfer full;
 * NULL when nothing of that fits. */
PcBlueprint *pc_sheet_code_find (const PcSheetCode *code,
                                 GPtrArray         *banks,
                                 GPtrArray         *blueprints);

/* -- on paper ------------------------------------------------------------- */

/* What stands on the paper, from top to bottom, whatever draws it. */
typedef enum {
  PC_SHEET_TITLE,
  PC_SHEET_NAME,     /* lines for name and date; @mark: its label, @text */
  PC_SHEET_FACTS,    /* how many questions and points, how much time */
  PC_SHEET_QUESTION, /* begins a group: @mark number; @right what it's worth */
  PC_SHEET_LISTING,  /* @mark: number of the line; @text as it is */
  PC_SHEET_CHOICE,   /* @mark: letter */
  PC_SHEET_PAIR,     /* @mark and @text; @right_mark and @right */
  PC_SHEET_FIELD,    /* of a form: label @text; @choices, or a line;
                      * @right: what stands in it at first */
  PC_SHEET_BLANK,    /* @text: label of @n places to write on */
  PC_SHEET_ROW,      /* of the key's table: @mark number, @text answer */
  PC_SHEET_ANSWER,   /* begins a group: @mark number, @text answer */
  PC_SHEET_REASON,
  PC_SHEET_FEEDBACK, /* @mark: letter */
} PcSheetBlockKind;

typedef struct
{
  PcSheetBlockKind kind;
  char            *mark;       /* or NULL */
  char            *text;       /* or NULL */
  char            *right_mark; /* or NULL */
  char            *right;      /* or NULL */
  char           **choices;    /* or NULL */
  guint            n;
  gboolean         plain; /* @text is as it is, else it has inline marks */
} PcSheetBlock;

/* PcSheetBlock*.  @language as in item.h.  Transfer full. */
GPtrArray *pc_sheet_list_questions (const PcSheet *self,
                                    const char    *language);
/* Right answers with a short reason, and a table of them. */
GPtrArray *pc_sheet_list_key (const PcSheet *self,
                              const char    *language);
/* "b", "a, c", "995", "1b 2a 3d": the answer as it is written on paper;
 * plain.  Transfer full. */
char      *pc_sheet_dup_answer (const PcSheetItem *item,
                                const char        *language);
/* Blocks as Markdown, @footer below.  Transfer full. */
char      *pc_sheet_write_markdown (GPtrArray  *blocks,
                                    const char *footer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcSheet, pc_sheet_free)

G_END_DECLS
