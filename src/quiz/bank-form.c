/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The members of a question bank as tables.  What is in no table (parameters
 * of a simulation, licences of single questions, translations, "x-...") stays
 * in the file as it is.
 */

#include "quiz/bank-form.h"

#include <glib/gi18n-lib.h>

/* -- words ---------------------------------------------------------------- */

static const char *const statuses[] = {
  "draft", N_ ("Draft"), "reviewed", N_ ("Reviewed"), "retired",
  N_ ("Retired: no longer asked"), NULL
};
static const char *const levels[] = {
  "remember", N_ ("Remember"), "understand", N_ ("Understand"), "apply",
  N_ ("Apply"), "analyse", N_ ("Analyse"), "evaluate", N_ ("Evaluate"), NULL
};
static const char *const scorings[] = {
  "all", N_ ("Only the whole counts"), "partial", N_ ("Parts count"), NULL
};
static const char *const units[] = {
  "port", N_ ("A port"), "count", N_ ("How many"), "bytes", N_ ("Octets"),
  "code", N_ ("A reply code"), "block", N_ ("A block number"), NULL
};
static const char *const transports[] = { "tcp", N_ ("TCP"), "udp",
                                          N_ ("UDP"), NULL };
static const char *const asks[] = {
  "next-reply", N_ ("What the server answers next"),
  "next-command", N_ ("What the client sends next"),
  "next-packet", N_ ("Which packet comes next"),
  "next-state", N_ ("In which state the server is then"), NULL
};
static const char *const matches[] = {
  "code", N_ ("Code or first word"), "status", N_ ("OK, NO or BAD"),
  "prefix", N_ ("How the line begins"), "exact", N_ ("The whole line"),
  "state", N_ ("Name of the state"), NULL
};
static const char *const field_kinds[] = {
  "port", N_ ("Port"), "host", N_ ("Host name"), "choice", N_ ("Choice"),
  "text", N_ ("Text"), "flag", N_ ("Yes or no"), NULL
};
static const char *const severities[] = {
  "wrong", N_ ("Wrong"), "unsafe", N_ ("Works, but is unsafe"), "works-but",
  N_ ("Works, but is not what was asked"), NULL
};
static const char *const section_kinds[] = {
  "concept", N_ ("What it is"), "features", N_ ("What it offers"), "why",
  N_ ("Why this is right"), "comparison", N_ ("When others would be right"),
  "context", N_ ("Where one meets it"), "steps", N_ ("What happens"),
  "security", N_ ("Security"), "pitfall", N_ ("What is often mistaken"),
  "conclusion", N_ ("In short"), "note", N_ ("Note"), NULL
};
static const char *const froms[] = {
  "options", N_ ("What the options say of themselves"), NULL
};
static const char *const reference_kinds[] = {
  "rfc", N_ ("RFC"), "iana", N_ ("IANA registry"), "objectives",
  N_ ("Exam objectives"), "book", N_ ("Book"), "web", N_ ("Web page"), NULL
};
static const char *const fact_fields[] = {
  "port", N_ ("Port"), "transport", N_ ("Transport"), "security",
  N_ ("Security"), "role", N_ ("Role"), "rfc", N_ ("RFC"), NULL
};
static const char *const roles[] = {
  "author", N_ ("Author"), "reviewer", N_ ("Reviewer"), "translator",
  N_ ("Translator"), NULL
};
static const char *const stimulus_kinds[] = {
  "transcript", N_ ("Transcript"), "packets", N_ ("Packets"), "listing",
  N_ ("Listing"), "settings", N_ ("Settings"), NULL
};
static const char *const senders[] = { "C", N_ ("Client"), "S", N_ ("Server"),
                                       "N", N_ ("Note"), NULL };

/* -- what several have ---------------------------------------------------- */

#define END { .name = NULL }
#define ID_FIELD { "id", N_ ("Id"), PC_FORM_LINE, .rare = TRUE }
#define FEEDBACK_FIELD { "feedback", N_ ("Feedback"), PC_FORM_TEXT }
#define RIGHT_WHEN_FIELD { "right_when", N_ ("Right when"), PC_FORM_TEXT }
#define SERVICE_FIELD                                                       \
  { "service", N_ ("Service"), PC_FORM_PICK, .source = PC_SOURCE_SERVICES,  \
    .rare = TRUE }
#define MISCONCEPTION_FIELD                                                 \
  { "misconception", N_ ("Misconception"), PC_FORM_LINE, .rare = TRUE }

static const PcFormField option_fields[] = {
  { "text", N_ ("Text"), PC_FORM_LINE },
  { "correct", N_ ("This is right"), PC_FORM_FLAG },
  FEEDBACK_FIELD, RIGHT_WHEN_FIELD, ID_FIELD, SERVICE_FIELD,
  { "x-settings", N_ ("To be tried in the lab"), PC_FORM_LINE,
    .rare = TRUE },
  MISCONCEPTION_FIELD, END
};
static const PcFormField predict_option_fields[] = {
  { "text", N_ ("Text"), PC_FORM_LINE },
  { "correct", N_ ("This is right"), PC_FORM_FLAG },
  FEEDBACK_FIELD, RIGHT_WHEN_FIELD, ID_FIELD,
  { "x-value", N_ ("Stands for"), PC_FORM_LINE, .rare = TRUE },
  MISCONCEPTION_FIELD, END
};
static const PcFormField part_fields[] = {
  { "text", N_ ("Text"), PC_FORM_LINE },
  FEEDBACK_FIELD, RIGHT_WHEN_FIELD, ID_FIELD, SERVICE_FIELD,
  MISCONCEPTION_FIELD, END
};
static const PcFormField line_fields[] = {
  { "from", N_ ("From"), PC_FORM_CHOICE, senders },
  { "text", N_ ("Text"), PC_FORM_LINE },
  ID_FIELD,
  { "hex", N_ ("Octets, in hexadecimal"), PC_FORM_LINE, .rare = TRUE }, END
};
static const PcFormField stimulus_fields[] = {
  { "kind", N_ ("Kind"), PC_FORM_CHOICE, stimulus_kinds },
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "protocol", N_ ("Protocol"), PC_FORM_LINE, .rare = TRUE },
  { "lines", N_ ("Lines"), PC_FORM_LIST, .inner = line_fields,
    .element = N_ ("Line %u"), .add = N_ ("Add a line") },
  { "x-settings", N_ ("To be tried in the lab"), PC_FORM_LINE,
    .rare = TRUE },
  END
};

#define OPTIONS_FIELD(inner_fields)                                         \
  { "options", N_ ("Options"), PC_FORM_LIST, .inner = inner_fields,         \
    .element = N_ ("Option %u"), .add = N_ ("Add an option") }
#define SCORING_FIELD                                                       \
  { "scoring", N_ ("Scoring"), PC_FORM_CHOICE, scorings }

/* -- answers -------------------------------------------------------------- */

static const PcFormField choice_answer[] = {
  OPTIONS_FIELD (option_fields),
  { "shuffle", N_ ("Shuffle the options"), PC_FORM_FLAG, .on = TRUE }, END
};
static const PcFormField multiple_answer[] = {
  OPTIONS_FIELD (option_fields),
  { "shuffle", N_ ("Shuffle the options"), PC_FORM_FLAG, .on = TRUE },
  SCORING_FIELD, END
};
static const PcFormField pair_fields[] = {
  { "left", N_ ("This"), PC_FORM_PICK, .source = PC_SOURCE_LEFT },
  { "right", N_ ("Belongs to"), PC_FORM_PICK, .source = PC_SOURCE_RIGHT },
  FEEDBACK_FIELD, END
};
static const PcFormField match_answer[] = {
  { "left", N_ ("What needs a partner"), PC_FORM_LIST, .inner = part_fields,
    .element = N_ ("Left %u"), .add = N_ ("Add to the left") },
  { "right", N_ ("Partners, and some that are nobody’s"), PC_FORM_LIST,
    .inner = part_fields, .element = N_ ("Right %u"),
    .add = N_ ("Add to the right") },
  { "pairs", N_ ("Pairs"), PC_FORM_LIST, .inner = pair_fields,
    .element = N_ ("Pair %u"), .add = N_ ("Add a pair") },
  SCORING_FIELD, END
};
static const PcFormField order_answer[] = {
  { "steps", N_ ("Steps, in the right order"), PC_FORM_LIST,
    .inner = part_fields, .element = N_ ("Step %u"),
    .add = N_ ("Add a step") },
  { "decoys", N_ ("Steps that do not belong"), PC_FORM_LIST,
    .inner = part_fields, .element = N_ ("Decoy %u"),
    .add = N_ ("Add a decoy") },
  { "free", N_ ("Steps whose order is open: ids, a group on each line"),
    PC_FORM_GROUPS },
  SCORING_FIELD, END
};
static const PcFormField accept_fields[] = {
  { "value", N_ ("Number"), PC_FORM_NUMBER },
  FEEDBACK_FIELD, RIGHT_WHEN_FIELD,
  { "credit", N_ ("Credit, from 0 to 1"), PC_FORM_NUMBER, .rare = TRUE }, END
};
static const PcFormField error_fields[] = {
  { "value", N_ ("Number"), PC_FORM_NUMBER },
  FEEDBACK_FIELD, RIGHT_WHEN_FIELD, END
};
static const PcFormField number_answer[] = {
  { "unit", N_ ("What it is"), PC_FORM_CHOICE, units },
  { "accept", N_ ("Numbers that are right"), PC_FORM_LIST,
    .inner = accept_fields, .element = N_ ("Right number %u"),
    .add = N_ ("Add a right number") },
  { "expected_errors", N_ ("Mistakes to expect"), PC_FORM_LIST,
    .inner = error_fields, .element = N_ ("Mistake %u"),
    .add = N_ ("Add a mistake") },
  { "transport", N_ ("Transport"), PC_FORM_CHOICE, transports },
  { "ask_transport", N_ ("Ask for the transport, too"), PC_FORM_FLAG }, END
};
static const PcFormField fault_answer[] = {
  { "stimulus", N_ ("Transcript"), PC_FORM_PICK,
    .source = PC_SOURCE_STIMULI },
  { "stimulus", N_ ("Its lines"), PC_FORM_LINKED, .inner = stimulus_fields },
  { "fault_lines", N_ ("Lines that are wrong"), PC_FORM_CHECKS,
    .source = PC_SOURCE_LINES },
  { "corrections", N_ ("How they really are"), PC_FORM_MAP,
    .source = PC_SOURCE_WRONG_LINES },
  OPTIONS_FIELD (option_fields), SCORING_FIELD, END
};
static const PcFormField prediction_fields[] = {
  { "match", N_ ("What must be right"), PC_FORM_CHOICE, matches },
  { "value", N_ ("Text"), PC_FORM_LINE }, END
};
static const PcFormField predict_answer[] = {
  { "ask", N_ ("Asked for"), PC_FORM_CHOICE, asks },
  { "accept", N_ ("Answers that are right"), PC_FORM_LIST,
    .inner = prediction_fields, .element = N_ ("Answer %u"),
    .add = N_ ("Add an answer") },
  OPTIONS_FIELD (predict_option_fields), END
};
static const PcFormField choices_fields[] = {
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "text", N_ ("Text"), PC_FORM_LINE }, END
};
static const PcFormField setting_fields[] = {
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "label", N_ ("Label"), PC_FORM_LINE },
  { "kind", N_ ("Kind"), PC_FORM_CHOICE, field_kinds },
  { "choices", N_ ("Choices"), PC_FORM_LIST, .inner = choices_fields,
    .element = N_ ("Choice %u"), .add = N_ ("Add a choice") },
  { "preset", N_ ("Filled in at first"), PC_FORM_VALUE, .rare = TRUE }, END
};
static const PcFormField rule_fields[] = {
  { "when", N_ ("When the form says"), PC_FORM_MAP,
    .source = PC_SOURCE_FIELDS },
  { "severity", N_ ("That is"), PC_FORM_CHOICE, severities },
  FEEDBACK_FIELD, END
};
static const PcFormField configure_answer[] = {
  { "fields", N_ ("Fields of the form"), PC_FORM_LIST,
    .inner = setting_fields, .element = N_ ("Field %u"),
    .add = N_ ("Add a field") },
  { "accept", N_ ("Settings that are right"), PC_FORM_LIST,
    .source = PC_SOURCE_FIELDS, .element = N_ ("Right settings %u"),
    .add = N_ ("Add right settings") },
  { "rules", N_ ("What is said of other settings"), PC_FORM_LIST,
    .inner = rule_fields, .element = N_ ("Rule %u"),
    .add = N_ ("Add a rule") },
  SCORING_FIELD, END
};

static const PcFormField *const answers[] = {
  [PC_ITEM_SINGLE] = choice_answer,
  [PC_ITEM_MULTIPLE] = multiple_answer,
  [PC_ITEM_NUMBER] = number_answer,
  [PC_ITEM_MATCH] = match_answer,
  [PC_ITEM_ORDER] = order_answer,
  [PC_ITEM_FAULT] = fault_answer,
  [PC_ITEM_PREDICT] = predict_answer,
  [PC_ITEM_CONFIGURE] = configure_answer,
};

/* -- the other parts ------------------------------------------------------ */

static const PcFormField question_fields[] = {
  { "stem", N_ ("Question"), PC_FORM_TEXT },
  { "hints", N_ ("Hints"), PC_FORM_TEXTS, .element = N_ ("Hint %u"),
    .add = N_ ("Add a hint") },
  END
};
/* Where the type has no transcript of its own. */
static const PcFormField shown_question_fields[] = {
  { "stem", N_ ("Question"), PC_FORM_TEXT },
  { "stimulus", N_ ("Shown beside it"), PC_FORM_PICK,
    .source = PC_SOURCE_STIMULI },
  { "hints", N_ ("Hints"), PC_FORM_TEXTS, .element = N_ ("Hint %u"),
    .add = N_ ("Add a hint") },
  END
};
static const PcFormField entry_fields[] = {
  { "term", N_ ("Term"), PC_FORM_LINE },
  { "text", N_ ("Text"), PC_FORM_TEXT },
  { "step", N_ ("Step of the exchange"), PC_FORM_PICK,
    .source = PC_SOURCE_MARKS },
  ID_FIELD, END
};
static const PcFormField section_fields[] = {
  { "kind", N_ ("Kind"), PC_FORM_CHOICE, section_kinds },
  { "heading", N_ ("Heading"), PC_FORM_LINE },
  { "text", N_ ("Text"), PC_FORM_TEXT },
  { "entries", N_ ("Points"), PC_FORM_LIST, .inner = entry_fields,
    .element = N_ ("Point %u"), .add = N_ ("Add a point") },
  { "from", N_ ("Made of"), PC_FORM_CHOICE, froms, .rare = TRUE }, END
};
static const PcFormField explanation_fields[] = {
  { "answer_line", N_ ("Answer in one line"), PC_FORM_LINE },
  { "explanation", N_ ("Sections"), PC_FORM_LIST, .inner = section_fields,
    .element = N_ ("Section %u"), .add = N_ ("Add a section") },
  { "exam_note", N_ ("What exams make of it"), PC_FORM_TEXT }, END
};
static const PcFormField reference_fields[] = {
  { "kind", N_ ("Kind"), PC_FORM_CHOICE, reference_kinds },
  { "number", N_ ("Number of the RFC"), PC_FORM_NUMBER },
  { "section", N_ ("Section"), PC_FORM_LINE },
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "url", N_ ("Address"), PC_FORM_LINE, .rare = TRUE }, END
};
static const PcFormField fact_list_fields[] = {
  { "service", N_ ("Service"), PC_FORM_PICK, .source = PC_SOURCE_SERVICES },
  { "field", N_ ("What of it"), PC_FORM_CHOICE, fact_fields },
  { "value", N_ ("Value"), PC_FORM_VALUE }, END
};
static const PcFormField simulation_fields[] = {
  { "scenario", N_ ("Exchange"), PC_FORM_PICK,
    .source = PC_SOURCE_SCENARIOS },
  { "step", N_ ("Step"), PC_FORM_PICK, .source = PC_SOURCE_MARKS },
  { "label", N_ ("Text of the button"), PC_FORM_LINE }, END
};
static const PcFormField proof_fields[] = {
  { "simulation", N_ ("Exchange that shows it"), PC_FORM_OBJECT,
    .inner = simulation_fields },
  { "facts", N_ ("Facts"), PC_FORM_LIST, .inner = fact_list_fields,
    .element = N_ ("Fact %u"), .add = N_ ("Add a fact") },
  { "references", N_ ("References"), PC_FORM_LIST,
    .inner = reference_fields, .element = N_ ("Reference %u"),
    .add = N_ ("Add a reference") },
  END
};
static const PcFormField about_fields[] = {
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "status", N_ ("Status"), PC_FORM_CHOICE, statuses },
  { "level", N_ ("Level"), PC_FORM_CHOICE, levels },
  { "difficulty", N_ ("Difficulty, from 1 to 5"), PC_FORM_NUMBER },
  { "objectives", N_ ("Objectives"), PC_FORM_CHECKS,
    .source = PC_SOURCE_OBJECTIVES },
  { "tags", N_ ("Tags"), PC_FORM_WORDS },
  { "seconds", N_ ("Seconds"), PC_FORM_NUMBER },
  { "points", N_ ("Points"), PC_FORM_NUMBER },
  { "memory_key", N_ ("What is remembered, as a key"), PC_FORM_LINE },
  { "revision", N_ ("Revision"), PC_FORM_NUMBER },
  { "x-resets-memory", N_ ("What was learned of it counts no more"),
    PC_FORM_FLAG },
  END
};
static const PcFormField license_fields[] = {
  { "spdx", N_ ("Licence, as SPDX names it"), PC_FORM_LINE },
  { "attribution", N_ ("To be named"), PC_FORM_LINE },
  { "source", N_ ("Source"), PC_FORM_LINE }, END
};
static const PcFormField author_fields[] = {
  { "name", N_ ("Name"), PC_FORM_LINE },
  { "role", N_ ("Role"), PC_FORM_CHOICE, roles },
  { "contact", N_ ("Contact"), PC_FORM_LINE, .rare = TRUE }, END
};
static const PcFormField objective_fields[] = {
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "scheme", N_ ("Exam"), PC_FORM_LINE, .rare = TRUE },
  { "code", N_ ("Number in the exam’s list"), PC_FORM_LINE, .rare = TRUE },
  END
};
static const PcFormField bank_stimulus_fields[] = {
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "kind", N_ ("Kind"), PC_FORM_CHOICE, stimulus_kinds },
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "protocol", N_ ("Protocol"), PC_FORM_LINE, .rare = TRUE },
  { "lines", N_ ("Lines"), PC_FORM_LIST, .inner = line_fields,
    .element = N_ ("Line %u"), .add = N_ ("Add a line") },
  END
};
static const PcFormField bank_fields[] = {
  { "title", N_ ("Title"), PC_FORM_LINE },
  { "id", N_ ("Id"), PC_FORM_LINE },
  { "description", N_ ("Description"), PC_FORM_TEXT },
  { "language", N_ ("Language, as “en”"), PC_FORM_LINE },
  { "version", N_ ("Version, as “1.0.0”"), PC_FORM_LINE },
  { "license", N_ ("Licence"), PC_FORM_OBJECT, .inner = license_fields },
  { "authors", N_ ("People"), PC_FORM_LIST, .inner = author_fields,
    .element = N_ ("Person %u"), .add = N_ ("Add a person") },
  { "objectives", N_ ("Objectives"), PC_FORM_LIST,
    .inner = objective_fields, .element = N_ ("Objective %u"),
    .add = N_ ("Add an objective") },
  { "stimuli", N_ ("Transcripts and listings"), PC_FORM_LIST,
    .inner = bank_stimulus_fields, .element = N_ ("Transcript %u"),
    .add = N_ ("Add a transcript") },
  END
};

/* -- public --------------------------------------------------------------- */

const char *
pc_form_part_get_title (PcFormPart part)
{
  static const char *const titles[PC_N_FORM_PARTS] = {
    [PC_FORM_QUESTION] = N_ ("Question"),
    [PC_FORM_ANSWER] = N_ ("Answer"),
    [PC_FORM_EXPLANATION] = N_ ("Explanation"),
    [PC_FORM_PROOF] = N_ ("Exchange, facts and references"),
    [PC_FORM_ABOUT] = N_ ("About this question"),
  };

  g_return_val_if_fail (part < PC_N_FORM_PARTS, NULL);

  return titles[part];
}

const PcFormField *
pc_form_get_fields (PcItemType type,
                    PcFormPart part)
{
  g_return_val_if_fail (type < G_N_ELEMENTS (answers), NULL);

  switch (part) {
  case PC_FORM_QUESTION:
    return type == PC_ITEM_FAULT ? question_fields : shown_question_fields;
  case PC_FORM_ANSWER: return answers[type];
  case PC_FORM_EXPLANATION: return explanation_fields;
  case PC_FORM_PROOF: return proof_fields;
  case PC_FORM_ABOUT: return about_fields;
  case PC_N_FORM_PARTS:
  default: g_return_val_if_reached (NULL);
  }
}

const PcFormField *
pc_form_get_bank_fields (void)
{
  return bank_fields;
}

const char *
pc_form_get_type_label (PcItemType type)
{
  static const char *const labels[] = {
    [PC_ITEM_SINGLE] = N_ ("Choose one"),
    [PC_ITEM_MULTIPLE] = N_ ("Choose several"),
    [PC_ITEM_MATCH] = N_ ("Match pairs"),
    [PC_ITEM_ORDER] = N_ ("Put in order"),
    [PC_ITEM_NUMBER] = N_ ("Type a number"),
    [PC_ITEM_FAULT] = N_ ("Find the wrong line"),
    [PC_ITEM_PREDICT] = N_ ("Predict what comes next"),
    [PC_ITEM_CONFIGURE] = N_ ("Fill in settings"),
  };

  g_return_val_if_fail (type < G_N_ELEMENTS (labels), NULL);

  return labels[type];
}
