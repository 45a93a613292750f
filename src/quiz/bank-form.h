/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "quiz/bank-edit.h"
#include "quiz/services.h"
#include "scenario/library.h"

G_BEGIN_DECLS

/* What a question bank consists of, as a form: which members there are, what
 * a person calls them, and what may stand in each.  A test holds it against
 * all banks that we ship, and so against the checker. */

typedef enum {
  PC_FORM_LINE,   /* a text of one line */
  PC_FORM_TEXT,   /* a text of several lines */
  PC_FORM_NUMBER, /* digits; or a share from 0 to 1 */
  PC_FORM_VALUE,  /* digits are a number, all else is a text */
  PC_FORM_FLAG,
  PC_FORM_CHOICE, /* one of @words */
  PC_FORM_PICK,   /* one of the ids that @source names */
  PC_FORM_CHECKS, /* a list of such ids */
  PC_FORM_WORDS,  /* a list of short texts */
  PC_FORM_TEXTS,  /* a list of long texts */
  PC_FORM_GROUPS, /* a list of lists of ids */
  PC_FORM_MAP,    /* an object: a value for ids that @source names */
  PC_FORM_OBJECT, /* has the members @inner */
  PC_FORM_LIST,   /* of objects with the members @inner */
  PC_FORM_LINKED, /* the stimulus that this member names: @inner */
} PcFormKind;

/* Where the ids stand that can be chosen. */
typedef enum {
  PC_SOURCE_NONE,
  PC_SOURCE_SCENARIOS,
  PC_SOURCE_MARKS, /* of the question's scenario */
  PC_SOURCE_SERVICES,
  PC_SOURCE_OBJECTIVES,
  PC_SOURCE_STIMULI,
  PC_SOURCE_LINES, /* of the question's stimulus */
  PC_SOURCE_WRONG_LINES, /* those of them that are wrong */
  PC_SOURCE_LEFT,
  PC_SOURCE_RIGHT,
  PC_SOURCE_FIELDS,
} PcFormSource;

typedef struct _PcFormField PcFormField;

struct _PcFormField
{
  const char        *name;  /* the member */
  const char        *label; /* N_() */
  PcFormKind         kind;
  const char *const *words; /* of a choice: name, N_() label, ..., NULL */
  PcFormSource       source;
  const PcFormField *inner; /* ends with a name that is NULL */
  const char        *element; /* of a list: N_() "Option %u" */
  const char        *add;     /* of a list: N_() "_Add Option" */
  gboolean           rare;    /* behind "More" */
  gboolean           on;      /* a flag that is set where it is absent */
};

/* Parts of the form of a question, of one type: first what is asked, then the
 * key, then the rest. */
typedef enum {
  PC_FORM_QUESTION,
  PC_FORM_ANSWER,
  PC_FORM_EXPLANATION,
  PC_FORM_PROOF, /* facts, references, the exchange */
  PC_FORM_ABOUT, /* id, level, objectives... */
  PC_N_FORM_PARTS,
} PcFormPart;

/* N_() */
const char        *pc_form_part_get_title (PcFormPart part);
/* The fields of a part; they end with a name that is NULL. */
const PcFormField *pc_form_get_fields (PcItemType type,
                                       PcFormPart part);
/* The head of a bank. */
const PcFormField *pc_form_get_bank_fields (void);
/* A type as a person calls it: N_() "Choose one". */
const char        *pc_form_get_type_label (PcItemType type);

/* Ids that can be chosen and, in @labels, what each is called; both are
 * NULL-terminated and transfer full.  @pointer: a value of the question that
 * it is for. */
char             **pc_form_list_source (PcBankEdit      *edit,
                                        const char      *pointer,
                                        PcFormSource     source,
                                        const PcLibrary *library,
                                        PcServices      *services,
                                        char          ***labels);
/* Where the stimulus stands that the question at @pointer names.  Transfer
 * full; NULL when there is none. */
char              *pc_form_find_stimulus (PcBankEdit *edit,
                                          const char *pointer);

G_END_DECLS
