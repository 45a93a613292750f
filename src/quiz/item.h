/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "quiz/services.h"

G_BEGIN_DECLS

/* One question.  Immutable once loaded, so it may be read from any thread;
 * made only by the bank loader.  Strings belong to the item.
 *
 * Every function with @language takes a BCP 47 tag or a locale name ("de",
 * "de-AT", "de_AT.UTF-8"; NULL for the language of the bank) and gives the
 * nearest translation, else the original.  Texts carry the inline marks of
 * markup.h. */
#define PC_TYPE_ITEM (pc_item_get_type ())
G_DECLARE_FINAL_TYPE (PcItem, pc_item, PC, ITEM, GObject)

/* Only the first three are loaded so far; see PcBankSetAside. */
typedef enum {
  PC_ITEM_SINGLE,
  PC_ITEM_MULTIPLE,
  PC_ITEM_NUMBER,
  PC_ITEM_MATCH,
  PC_ITEM_ORDER,
  PC_ITEM_FAULT,
  PC_ITEM_PREDICT,
  PC_ITEM_CONFIGURE,
} PcItemType;

typedef enum {
  PC_ITEM_STATUS_DRAFT,
  PC_ITEM_STATUS_REVIEWED,
  PC_ITEM_STATUS_RETIRED, /* kept for old records, never asked */
} PcItemStatus;

typedef enum {
  PC_ITEM_LEVEL_UNSET,
  PC_ITEM_LEVEL_REMEMBER,
  PC_ITEM_LEVEL_UNDERSTAND,
  PC_ITEM_LEVEL_APPLY,
  PC_ITEM_LEVEL_ANALYSE,
  PC_ITEM_LEVEL_EVALUATE,
} PcItemLevel;

typedef enum {
  PC_ITEM_UNIT_PORT,
  PC_ITEM_UNIT_COUNT,
  PC_ITEM_UNIT_BYTES,
  PC_ITEM_UNIT_CODE,
  PC_ITEM_UNIT_BLOCK,
} PcItemUnit;

typedef enum {
  PC_ITEM_SECTION_CONCEPT,
  PC_ITEM_SECTION_FEATURES,
  PC_ITEM_SECTION_WHY,
  PC_ITEM_SECTION_COMPARISON,
  PC_ITEM_SECTION_CONTEXT,
  PC_ITEM_SECTION_STEPS,
  PC_ITEM_SECTION_SECURITY,
  PC_ITEM_SECTION_PITFALL,
  PC_ITEM_SECTION_CONCLUSION,
  PC_ITEM_SECTION_NOTE,
} PcItemSectionKind;

typedef enum {
  PC_ITEM_REFERENCE_RFC,
  PC_ITEM_REFERENCE_IANA,
  PC_ITEM_REFERENCE_OBJECTIVES,
  PC_ITEM_REFERENCE_BOOK,
  PC_ITEM_REFERENCE_WEB,
} PcItemReferenceKind;

typedef struct
{
  PcItemReferenceKind kind;
  guint               number;  /* of the RFC; 0 for other kinds */
  const char         *section; /* "3.2", or NULL */
  const char         *title;   /* NULL only for an RFC */
  const char         *url;     /* http(s), or NULL */
} PcItemReference;

/* -- what it is ----------------------------------------------------------- */

const char        *pc_item_get_id (PcItem *self);
PcItemType         pc_item_get_item_type (PcItem *self);
/* "single", "multiple", ...; as in the file. */
const char        *pc_item_type_to_string (PcItemType type);
PcItemStatus       pc_item_get_status (PcItem *self);
guint              pc_item_get_revision (PcItem *self);
/* The fact that the item trains: "svc:imap/port".  The id when not given. */
const char        *pc_item_get_memory_key (PcItem *self);
/* 1 to 5; 0 when not given. */
guint              pc_item_get_difficulty (PcItem *self);
PcItemLevel        pc_item_get_level (PcItem *self);
/* "remember", "understand", ...; NULL when unset.  Not translated. */
const char        *pc_item_level_to_string (PcItemLevel level);
/* Expected time to answer in seconds; 60 when not given. */
guint              pc_item_get_seconds (PcItem *self);
guint              pc_item_get_points (PcItem *self);
/* Whether a partly right answer earns a part of the points. */
gboolean           pc_item_get_partial (PcItem *self);
/* Ids of the bank's objectives; NULL-terminated, may be empty. */
const char *const *pc_item_get_objectives (PcItem *self);
const char *const *pc_item_get_tags (PcItem *self);
/* Where the item begins in its file, 1-based. */
guint              pc_item_get_line (PcItem *self);
/* Language tags the item is translated to, sorted; NULL-terminated. */
const char *const *pc_item_get_languages (PcItem *self);

/* -- the question --------------------------------------------------------- */

/* A short name for lists; NULL when not given. */
const char        *pc_item_get_title (PcItem     *self,
                                      const char *language);
const char        *pc_item_get_stem (PcItem     *self,
                                     const char *language);
guint              pc_item_get_n_hints (PcItem *self);
const char        *pc_item_get_hint (PcItem     *self,
                                     guint       index,
                                     const char *language);

/* Options of single and multiple, in file order; the session shuffles. */
guint              pc_item_get_n_options (PcItem *self);
/* How many of them are correct. */
guint              pc_item_get_n_correct (PcItem *self);
gboolean           pc_item_get_shuffle (PcItem *self);
const char        *pc_item_get_option_id (PcItem *self,
                                          guint   index);
/* Index of the option with @id, or -1. */
int                pc_item_find_option (PcItem     *self,
                                        const char *id);
const char        *pc_item_get_option_text (PcItem     *self,
                                            guint       index,
                                            const char *language);
gboolean           pc_item_get_option_correct (PcItem *self,
                                               guint   index);
/* NULL when not given, here and below. */
const char        *pc_item_get_option_feedback (PcItem     *self,
                                                guint       index,
                                                const char *language);
const char        *pc_item_get_option_right_when (PcItem     *self,
                                                  guint       index,
                                                  const char *language);
/* Id of the wrong idea behind the option. */
const char        *pc_item_get_option_misconception (PcItem *self,
                                                     guint   index);
/* Id of a row of the service table. */
const char        *pc_item_get_option_service (PcItem *self,
                                               guint   index);

/* Values of a number item: the accepted ones first, then the expected errors,
 * so an index below pc_item_get_n_accepted() is a right answer. */
PcItemUnit         pc_item_get_unit (PcItem *self);
PcServiceTransport pc_item_get_transport (PcItem *self);
/* Whether the transport is part of the answer. */
gboolean           pc_item_get_ask_transport (PcItem *self);
guint              pc_item_get_n_accepted (PcItem *self);
guint              pc_item_get_n_values (PcItem *self);
gint64             pc_item_get_value (PcItem *self,
                                      guint   index);
/* 0 to 1; 0 for an expected error. */
double             pc_item_get_value_credit (PcItem *self,
                                             guint   index);
const char        *pc_item_get_value_feedback (PcItem     *self,
                                               guint       index,
                                               const char *language);
const char        *pc_item_get_value_right_when (PcItem     *self,
                                                 guint       index,
                                                 const char *language);

/* -- after the answer ----------------------------------------------------- */

/* "143: the registered port ..."; NULL when not given. */
const char        *pc_item_get_answer_line (PcItem     *self,
                                            const char *language);
const char        *pc_item_get_exam_note (PcItem     *self,
                                          const char *language);

guint              pc_item_get_n_sections (PcItem *self);
PcItemSectionKind  pc_item_get_section_kind (PcItem *self,
                                             guint   index);
/* The heading of the file, else a translated name of the kind; never NULL. */
const char        *pc_item_get_section_heading (PcItem     *self,
                                                guint       index,
                                                const char *language);
/* NULL when the section has only entries or is made from the options. */
const char        *pc_item_get_section_text (PcItem     *self,
                                             guint       index,
                                             const char *language);
/* Whether the section lists every option's "right when". */
gboolean           pc_item_get_section_from_options (PcItem *self,
                                                     guint   index);
guint              pc_item_get_n_entries (PcItem *self,
                                          guint   section);
/* NULL when the entry has no term. */
const char        *pc_item_get_entry_term (PcItem     *self,
                                           guint       section,
                                           guint       index,
                                           const char *language);
const char        *pc_item_get_entry_text (PcItem     *self,
                                           guint       section,
                                           guint       index,
                                           const char *language);
/* Mark of a step of the item's scenario, so that the entry can be played;
 * NULL when not given. */
const char        *pc_item_get_entry_step (PcItem *self,
                                           guint   section,
                                           guint   index);

guint                  pc_item_get_n_references (PcItem *self);
const PcItemReference *pc_item_get_reference (PcItem *self,
                                              guint   index);
/* "RFC 9051 §2.1: IMAP4rev2: link level".  Transfer full. */
char                  *pc_item_reference_format (const PcItemReference *self);
/* Where to read it: the url, or the RFC's page; NULL when unknown.
 * Transfer full. */
char                  *pc_item_reference_dup_url (const PcItemReference *self);

/* Id of the scenario that shows the answer, or NULL. */
const char        *pc_item_get_scenario (PcItem *self);
/* Mark of the step to open it at, or NULL. */
const char        *pc_item_get_scenario_step (PcItem *self);
/* For the button; NULL when not given. */
const char        *pc_item_get_scenario_label (PcItem     *self,
                                               const char *language);
/* A parameter as text ("143", "none", "true"), or NULL. */
const char        *pc_item_get_scenario_param (PcItem     *self,
                                               const char *name);

G_END_DECLS
