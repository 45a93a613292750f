/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "quiz/item.h"

G_BEGIN_DECLS

/* A question bank (format 1): a GListModel of PcItem, immutable once loaded.
 * Loading may run in a thread of its own. */
#define PC_TYPE_BANK (pc_bank_get_type ())
G_DECLARE_FINAL_TYPE (PcBank, pc_bank, PC, BANK, GObject)

/* Whether @scenario exists and, when @step is not NULL, has that mark. */
typedef gboolean (*PcBankHasStep) (const char *scenario,
                                   const char *step,
                                   gpointer    user_data);

/* An item of the file that was not loaded. */
typedef struct
{
  const char *id;     /* NULL when it has none that can be used */
  const char *type;   /* as written, or NULL */
  guint       index;  /* in the file's "items" */
  guint       line;
  guint       column;
  PcSeverity  severity; /* ERROR */
  const char *reason;   /* a sentence, translated */
} PcBankSetAside;

typedef struct
{
  const char *id;
  const char *scheme; /* "CompTIA A+ 220-1201", or NULL */
  const char *code;   /* "2.1", or NULL */
  const char *title;
} PcBankObjective;

/* Reads @path.  Everything wrong goes to @problems: a bad item is set aside
 * and the others load; only an error in the syntax or the head of the file
 * rejects it.  @services and @has_step may be NULL: then what they would
 * prove is not checked.
 * Returns: (transfer full) (nullable). */
PcBank                *pc_bank_load (const char    *path,
                                     PcServices    *services,
                                     PcProblems    *problems,
                                     PcBankHasStep  has_step,
                                     gpointer       user_data);
PcBank                *pc_bank_new_from_json (PcJson        *json,
                                              PcServices    *services,
                                              PcProblems    *problems,
                                              PcBankHasStep  has_step,
                                              gpointer       user_data);

const char            *pc_bank_get_id (PcBank *self);
const char            *pc_bank_get_version (PcBank *self);
const char            *pc_bank_get_language (PcBank *self);
const char            *pc_bank_get_title (PcBank *self);
/* NULL when not given. */
const char            *pc_bank_get_description (PcBank *self);
/* SPDX expression of the bank's licence. */
const char            *pc_bank_get_license (PcBank *self);

guint                  pc_bank_get_n_items (PcBank *self);
/* Transfer none. */
PcItem                *pc_bank_get_item (PcBank *self,
                                         guint   index);
/* By id; transfer none; NULL when there is none. */
PcItem                *pc_bank_lookup (PcBank     *self,
                                       const char *id);

guint                  pc_bank_get_n_set_aside (PcBank *self);
const PcBankSetAside  *pc_bank_get_set_aside (PcBank *self,
                                              guint   index);

guint                  pc_bank_get_n_objectives (PcBank *self);
const PcBankObjective *pc_bank_get_objective (PcBank *self,
                                              guint   index);
const PcBankObjective *pc_bank_lookup_objective (PcBank     *self,
                                                 const char *id);
/* Its title with the exam it is of: two exams may say the same of what one
 * should know.  Transfer full. */
char *pc_bank_objective_dup_name (const PcBankObjective *objective);

G_END_DECLS
