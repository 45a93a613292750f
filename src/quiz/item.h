/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

#include "quiz/services.h"
#include "quiz/stimulus.h"

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

typedef enum {
  PC_ITEM_SINGLE,    /* one option */
  PC_ITEM_MULTIPLE,  /* some options */
  PC_ITEM_NUMBER,    /* typed */
  PC_ITEM_MATCH,     /* a right element for every left one */
  PC_ITEM_ORDER,     /* steps into their order */
  PC_ITEM_FAULT,     /* the wrong lines of a transcript, perhaps a reason */
  PC_ITEM_PREDICT,   /* what comes after a step: typed, or an option */
  PC_ITEM_CONFIGURE, /* the fields of an account */
} PcItemType;

/* The lists of things to choose from that an item may have. */
typedef enum {
  PC_ITEM_OPTIONS, /* single, multiple; fault: reasons; predict: answers */
  PC_ITEM_LEFT,    /* match */
  PC_ITEM_RIGHT,   /* match; with decoys, which nothing is paired with */
  PC_ITEM_STEPS,   /* order: the steps in their order, then the decoys */
} PcItemList;

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

/* What a predict item asks for. */
typedef enum {
  PC_ITEM_ASK_REPLY,   /* the next unit of the server */
  PC_ITEM_ASK_COMMAND, /* the next unit of the client */
  PC_ITEM_ASK_STATE,   /* the server's state after its next reply */
  PC_ITEM_ASK_PACKET,  /* the next unit of either end */
} PcItemAsk;

/* How an accepted prediction is held against a reply or a typed text. */
typedef enum {
  PC_ITEM_MATCH_CODE,   /* its first word */
  PC_ITEM_MATCH_STATUS, /* OK, NO, BAD; +OK, -ERR; 2yz */
  PC_ITEM_MATCH_PREFIX, /* its first line begins so */
  PC_ITEM_MATCH_EXACT,  /* its first line */
  PC_ITEM_MATCH_STATE,  /* the name of the state */
} PcItemMatch;

typedef struct
{
  PcItemMatch match;
  const char *value;
} PcItemPrediction;

typedef enum {
  PC_ITEM_FIELD_PORT,   /* 0 to 65535 */
  PC_ITEM_FIELD_HOST,
  PC_ITEM_FIELD_CHOICE, /* the id of one of its choices */
  PC_ITEM_FIELD_TEXT,
  PC_ITEM_FIELD_FLAG,   /* "yes" or "no" */
} PcItemFieldKind;

/* What a rule says about the settings that it fits. */
typedef enum {
  PC_ITEM_RULE_WRONG,     /* does not work */
  PC_ITEM_RULE_UNSAFE,    /* works, and should not be used */
  PC_ITEM_RULE_WORKS_BUT, /* works, but is not what was asked for */
} PcItemSeverity;

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
/* Its place in the file's "items", 0 and up, those set aside counted. */
guint              pc_item_get_index (PcItem *self);
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

/* The lists, in file order; the session shuffles.  An empty one has 0. */
guint              pc_item_get_n_choices (PcItem    *self,
                                          PcItemList list);
const char        *pc_item_get_choice_id (PcItem    *self,
                                          PcItemList list,
                                          guint      index);
/* Index of the one with @id, or -1. */
int                pc_item_find_choice (PcItem     *self,
                                        PcItemList  list,
                                        const char *id);
const char        *pc_item_get_choice_text (PcItem     *self,
                                            PcItemList  list,
                                            guint       index,
                                            const char *language);
/* NULL when not given. */
const char        *pc_item_get_choice_feedback (PcItem     *self,
                                                PcItemList  list,
                                                guint       index,
                                                const char *language);
const char        *pc_item_get_choice_right_when (PcItem     *self,
                                                  PcItemList  list,
                                                  guint       index,
                                                  const char *language);
/* The list that is shuffled when the item is shown; FALSE: none is. */
gboolean           pc_item_get_shuffled_list (PcItem     *self,
                                              PcItemList *list);

/* The same of the options. */
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

/* The right element that belongs to a left one. */
guint              pc_item_get_pair (PcItem *self,
                                     guint   left);
/* NULL when not given. */
const char        *pc_item_get_pair_feedback (PcItem     *self,
                                              guint       left,
                                              const char *language);

/* The elements of PC_ITEM_STEPS that belong to the order; those behind are
 * decoys. */
guint              pc_item_get_n_steps (PcItem *self);
/* Steps of one group may change places: those with the same number, which is
 * the index of the group's first step. */
guint              pc_item_get_step_group (PcItem *self,
                                           guint   step);

/* What is shown beside the stem; NULL for nothing.  Fault items always have
 * one, with at most PC_LIMIT_FAULT_LINES lines.  Owned by the item. */
const PcStimulus  *pc_item_get_stimulus (PcItem *self);
/* NULL when not given. */
const char        *pc_item_get_stimulus_title (PcItem     *self,
                                               const char *language);
/* Only notes are translated; what crosses a wire is not. */
const char        *pc_item_get_stimulus_text (PcItem     *self,
                                              guint       line,
                                              const char *language);
/* Whether line @line is one to mark. */
gboolean           pc_item_get_line_wrong (PcItem *self,
                                           guint   line);
guint              pc_item_get_n_wrong_lines (PcItem *self);
/* What should stand in a wrong line; NULL for the others. */
const char        *pc_item_get_line_correction (PcItem *self,
                                                guint   line);

PcItemAsk          pc_item_get_ask (PcItem *self);
/* Any one of these is right. */
guint              pc_item_get_n_predictions (PcItem *self);
const PcItemPrediction *pc_item_get_prediction (PcItem *self,
                                                guint   index);

/* The fields of an account, in file order. */
guint              pc_item_get_n_fields (PcItem *self);
/* "in-port", "out-sec", ... */
const char        *pc_item_get_field_id (PcItem *self,
                                         guint   field);
int                pc_item_find_field (PcItem     *self,
                                       const char *id);
PcItemFieldKind    pc_item_get_field_kind (PcItem *self,
                                           guint   field);
const char        *pc_item_get_field_label (PcItem     *self,
                                            guint       field,
                                            const char *language);
/* What stands in the field at first; NULL for nothing. */
const char        *pc_item_get_field_preset (PcItem *self,
                                             guint   field);
guint              pc_item_get_n_field_choices (PcItem *self,
                                                guint   field);
const char        *pc_item_get_field_choice_id (PcItem *self,
                                                guint   field,
                                                guint   choice);
const char        *pc_item_get_field_choice_text (PcItem     *self,
                                                  guint       field,
                                                  guint       choice,
                                                  const char *language);
/* A value as people read it: the text of a choice, else @value itself. */
const char        *pc_item_get_field_value_text (PcItem     *self,
                                                 guint       field,
                                                 const char *value,
                                                 const char *language);
/* Settings that are right as a whole: the value of @field in the
 * @setting-th, or NULL where any will do. */
guint              pc_item_get_n_settings (PcItem *self);
const char        *pc_item_get_setting (PcItem *self,
                                        guint   setting,
                                        guint   field);
guint              pc_item_get_n_rules (PcItem *self);
PcItemSeverity     pc_item_get_rule_severity (PcItem *self,
                                              guint   rule);
const char        *pc_item_get_rule_feedback (PcItem     *self,
                                              guint       rule,
                                              const char *language);
/* What @field must be for the rule to fit, or NULL where any will do. */
const char        *pc_item_get_rule_when (PcItem *self,
                                          guint   rule,
                                          guint   field);

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
/* Whether the section lists what the options say of themselves. */
gboolean           pc_item_get_section_from_options (PcItem *self,
                                                     guint   index);
/* What such a section says of an option: when it would be right, or else, of a
 * wrong one, why it is wrong; NULL for nothing. */
const char        *pc_item_get_option_comparison (PcItem     *self,
                                                  guint       option,
                                                  const char *language);
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
