/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/item.h"

G_BEGIN_DECLS

/* Where the strings of all items of one bank live; counted by its users. */
typedef struct
{
  GStringChunk *strings;
} PcItemPool;

typedef struct
{
  const char *id;
  const char *text;
  const char *feedback;
  const char *right_when;
  const char *misconception;
  const char *service;
  gboolean    correct;
} PcItemOption;

typedef struct
{
  gint64      value;
  double      credit;
  const char *feedback;
  const char *right_when;
} PcItemValue;

typedef struct
{
  const char *id;
  const char *term;
  const char *text;
  const char *step;
} PcItemEntry;

typedef struct
{
  PcItemSectionKind kind;
  const char       *heading;
  const char       *text;
  gboolean          from_options;
  PcItemEntry      *entries;
  guint             n_entries;
} PcItemSection;

typedef struct
{
  const char *name;
  const char *value;
} PcItemParam;

struct _PcItem
{
  GObject     parent_instance;

  PcItemPool *pool;
  guint       line;

  const char  *id;
  PcItemType   type;
  PcItemStatus status;
  PcItemLevel  level;
  guint        revision;
  guint        difficulty;
  guint        seconds;
  guint        points;
  gboolean     partial;
  gboolean     shuffle;
  const char  *memory_key;
  const char **objectives;
  const char **tags;

  const char *title;
  const char *stem;
  const char *stimulus;
  const char *answer_line;
  const char *exam_note;
  const char *hints[3];
  guint       n_hints;

  PcItemOption *options;
  guint         n_options;
  guint         n_correct;

  PcItemUnit         unit;
  PcServiceTransport transport;
  gboolean           ask_transport;
  PcItemValue       *values;
  guint              n_values;
  guint              n_accepted;

  PcItemSection   *sections;
  guint            n_sections;
  PcItemReference *references;
  guint            n_references;

  const char  *scenario;
  const char  *scenario_step;
  const char  *scenario_label;
  PcItemParam *params;
  guint        n_params;

  gboolean     has_reviewer;
  const char **languages;    /* sorted */
  GHashTable  *translations; /* language to (path to text); NULL for none */
};

/* -- item.c ---------------------------------------------------------------- */

PcItemPool *pc_item_pool_new (void);
PcItemPool *pc_item_pool_ref (PcItemPool *self);
void        pc_item_pool_unref (PcItemPool *self);
/* NULL for NULL. */
const char *pc_item_pool_keep (PcItemPool *self,
                               const char *text);
/* @original, or its translation under the path made of the parts that follow
 * it, which end with NULL. */
const char *pc_item_translate (PcItem     *self,
                               const char *language,
                               const char *original,
                               ...) G_GNUC_NULL_TERMINATED;
/* Every text that can be translated: its path to itself. */
GHashTable *pc_item_list_texts (PcItem *self);

extern const char *const pc_item_types[];
extern const char *const pc_item_levels[];
extern const char *const pc_item_section_kinds[];

/* -- item-read.c ---------------------------------------------------------- */

/* Reads the members of an item; wrong ones are reported.  Never NULL, but
 * use it only when no error was reported.  Transfer full. */
PcItem *pc_item_read (const PcJsonReader *reader,
                      PcItemPool         *pool,
                      PcItemType          type);
/* The members "authors" (TRUE when one is a reviewer) and "license" (its
 * "spdx", owned by the file), which banks have too. */
gboolean    pc_item_read_people (const PcJsonReader *reader);
const char *pc_item_read_license (const PcJsonReader *reader);

/* -- item-check.c --------------------------------------------------------- */

/* What an item is held against. */
typedef struct
{
  PcServices  *services;   /* or NULL */
  GHashTable  *objectives; /* ids */
  GHashTable  *stimuli;    /* ids */
  gboolean   (*has_step) (const char *scenario,
                          const char *step,
                          gpointer    user_data); /* or NULL */
  gpointer     user_data;
  const char  *language;     /* of the bank */
  gboolean     has_reviewer; /* the bank as a whole */
} PcItemContext;

/* Whether the item makes sense: errors Q100 to Q109. */
void pc_item_check (PcItem              *self,
                    const PcJsonReader  *reader,
                    const PcItemContext *context);

/* -- item-lint.c ---------------------------------------------------------- */

/* Whether it is well written: warnings Q200 to Q211. */
void pc_item_lint (PcItem              *self,
                   const PcJsonReader  *reader,
                   const PcItemContext *context);

G_END_DECLS
