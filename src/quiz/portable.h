/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank.h"

G_BEGIN_DECLS

/* What the formats of other programs have in common: a question is a choice,
 * pairs, a number or a short text.  Texts carry the marks of markup.h. */

typedef enum {
  PC_PORTABLE_CHOICE,   /* exactly one answer has weight 100 */
  PC_PORTABLE_MULTIPLE, /* weights of the right ones sum up to 100 */
  PC_PORTABLE_MATCH,    /* each answer has its match; extra ones have none */
  PC_PORTABLE_NUMBER,   /* each answer is a number; weight 0 is an error */
  PC_PORTABLE_SHORT,    /* any of the answers */
} PcPortableKind;

typedef struct
{
  char   *text;     /* NULL for a match that belongs to nothing */
  char   *match;    /* of pairs; else NULL */
  char   *feedback; /* or NULL */
  double  weight;   /* -100 to 100 */
} PcPortableAnswer;

typedef struct
{
  PcPortableKind kind;
  char          *id;
  char          *title; /* or NULL */
  char          *stem;
  char          *listing; /* lines shown as they are; or NULL */
  GPtrArray     *answers; /* PcPortableAnswer* */
  char          *general; /* what is said after every answer; or NULL */
  GPtrArray     *hints;   /* char* */
  GPtrArray     *tags;    /* char* */
  guint          points;
  gboolean       shuffle;
  guint          line;    /* where it begins in its file; 0: not known */
} PcPortable;

PcPortable       *pc_portable_new (PcPortableKind kind);
void              pc_portable_free (PcPortable *self);
/* Texts are copied and may be NULL. */
PcPortableAnswer *pc_portable_add_answer (PcPortable *self,
                                          const char *text,
                                          const char *match,
                                          const char *feedback,
                                          double      weight);

/* The nearest that can be said elsewhere; what is lost is told in @left_out,
 * placed at the item.  NULL when nothing can.  Transfer full. */
PcPortable       *pc_portable_from_item (PcItem     *item,
                                         const char *language,
                                         const char *bank,
                                         PcProblems *left_out);
/* An item of a bank.  NULL, with an error in @problems, when the question has
 * no right answer, or none that we can ask for.  Transfer full. */
JsonNode         *pc_portable_to_json (const PcPortable *self,
                                       const char       *file,
                                       PcProblems       *problems);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcPortable, pc_portable_free)

G_END_DECLS
