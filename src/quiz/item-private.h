/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"
#include "base/limits.h"
#include "quiz/item.h"

G_BEGIN_DECLS

/* Where the strings and stimuli of all items of one bank live; counted by its
 * users. */
typedef struct
{
  GStringChunk *strings;
  GPtrArray    *stimuli; /* PcStimulus */
} PcItemPool;

typedef struct
{
  const char *id;
  const char *text;
  const char *feedback;
  const char *right_when;
  const char *misconception;
  const char *service;
  const char *value; /* "x-value": what the option of a prediction means */
  const char *settings; /* "x-settings": what of an account it stands for */
  gboolean    correct;
} PcItemOption;

/* As in the file; by the checks, which put those of the left elements into
 * PcItem::pair_of. */
typedef struct
{
  const char *left;
  const char *right;
  const char *feedback;
} PcItemPair;

/* A member of one of the groups of "free". */
typedef struct
{
  guint       group;
  const char *id;
} PcItemFree;

typedef struct
{
  const char     *id;
  const char     *label;
  PcItemFieldKind kind;
  PcItemOption   *choices;
  guint           n_choices;
  const char     *preset;
} PcItemField;

/* Values by field; NULL: any.  Rules have the rest too. */
typedef struct
{
  const char    *values[PC_LIMIT_FORM];
  PcItemSeverity severity;
  const char    *feedback;
} PcItemSetting;

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

typedef struct
{
  const char *service;
  guint       port;
} PcItemPort;

struct _PcItem
{
  GObject     parent_instance;

  PcItemPool *pool;
  guint       line;
  guint       index;

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

  PcItemOption *left;
  guint         n_left;
  PcItemOption *right;
  guint         n_right;
  PcItemPair   *pairs;
  guint         n_pairs;
  struct
  {
    guint8 pair;  /* index in @pairs */
    guint8 right;
  } pair_of[PC_LIMIT_LEFT];

  PcItemOption *steps; /* with the decoys behind */
  guint         n_steps;
  guint         n_decoys;
  PcItemFree   *frees;
  guint         n_frees;
  guint8        group_of[PC_LIMIT_ORDER];

  const PcStimulus *shown;
  const char      **fault_lines;
  PcItemParam      *corrections;
  guint             n_corrections;
  guint64           wrong_lines;

  PcItemAsk         ask;
  PcItemPrediction *predictions;
  guint             n_predictions;

  PcItemField   *fields;
  guint          n_fields;
  PcItemSetting *settings;
  guint          n_settings;
  PcItemSetting *rules;
  guint          n_rules;

  PcItemSection   *sections;
  guint            n_sections;
  PcItemReference *references;
  guint            n_references;

  PcItemPort *ports; /* of "facts" */
  guint       n_ports;

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
/* Adds a text that can be translated under "path" or "path.id.member", unless
 * it is NULL. */
void        pc_item_list_text (GHashTable *texts,
                               const char *original,
                               const char *path,
                               const char *id,
                               const char *member);
/* Every text that can be translated: its path to itself. */
GHashTable *pc_item_list_texts (PcItem *self);

/* -- item-parts.c --------------------------------------------------------- */

/* Those of lists and of what match to configure have of their own. */
void pc_item_list_part_texts (PcItem     *self,
                              GHashTable *texts);
void pc_item_clear_parts (PcItem *self);
/* The elements of a list; NULL when it is empty. */
const PcItemOption *pc_item_get_list (PcItem    *self,
                                      PcItemList list,
                                      guint     *n);
/* The name of a list's member in the file: "left"; "steps" or "decoys". */
const char         *pc_item_get_list_name (PcItem    *self,
                                           PcItemList list,
                                           guint      index);

extern const char *const pc_item_types[];
extern const char *const pc_item_levels[];
extern const char *const pc_item_section_kinds[];

/* -- item-read-parts.c ---------------------------------------------------- */

/* The members that match, order, fault, predict and configure have beside the
 * common ones. */
void pc_item_read_parts (PcItem             *self,
                         const PcJsonReader *reader);

/* -- item-read.c ---------------------------------------------------------- */

/* A list of options, @n of them; free the array. */
PcItemOption *pc_item_read_options (PcItem             *self,
                                    const PcJsonReader *reader,
                                    const char         *member,
                                    gboolean            required,
                                    guint               min,
                                    guint               max,
                                    guint              *n);
void          pc_item_report_missing (const PcJsonReader *reader,
                                      const char         *member);
/* A text, number or flag as text; NULL for anything else.  Transfer full. */
char         *pc_item_value_to_text (JsonNode *node);

/* Reads the members of an item; wrong ones are reported.  Never NULL, but
 * use it only when no error was reported.  @stimuli: id to PcStimulus.
 * Transfer full. */
PcItem *pc_item_read (const PcJsonReader *reader,
                      PcItemPool         *pool,
                      PcItemType          type,
                      GHashTable         *stimuli);
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
  GHashTable  *stimuli;    /* id to PcStimulus */
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

/* Reports an error at the item's pointer with @tail added. */
PcProblem *pc_item_complain (const PcJsonReader *reader,
                             const char         *code,
                             const char         *tail,
                             const char         *format,
                             ...) G_GNUC_PRINTF (4, 5);

/* "/options/2/service": where an element of a list stands, with @end added.
 * Transfer full. */
char      *pc_item_choice_tail (PcItem     *self,
                                PcItemList  list,
                                guint       index,
                                const char *end);

/* -- item-check-parts.c --------------------------------------------------- */

/* The same for what match, order, fault, predict and configure have; ids are
 * resolved on the way. */
void pc_item_check_parts (PcItem              *self,
                          const PcJsonReader  *reader,
                          const PcItemContext *context);

/* -- prediction.c --------------------------------------------------------- */

/* Whether @typed, by a person, says what @self accepts: case and spaces do
 * not matter, and more words may follow a code. */
gboolean pc_prediction_fits_typed (const PcItemPrediction *self,
                                   const char             *typed);
/* Whether an option stands for what @self accepts: by its "x-value", or else
 * by how its text begins. */
gboolean pc_prediction_fits_option (const PcItemPrediction *self,
                                    const PcItemOption     *option);

/* -- item-lint.c ---------------------------------------------------------- */

/* Whether it is well written: warnings Q200 to Q211, Q213, Q214. */
void pc_item_lint (PcItem              *self,
                   const PcJsonReader  *reader,
                   const PcItemContext *context);

G_END_DECLS
