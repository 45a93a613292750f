/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* Where a value and its key begin, as offsets into the text. */
typedef struct
{
  guint32 value;
  guint32 key; /* PC_JSON_NO_KEY for elements and the root */
} PcJsonPlace;

#define PC_JSON_NO_KEY G_MAXUINT32

struct _PcJson
{
  char       *name;
  char       *text;        /* without byte order mark; NUL-terminated */
  gsize       len;
  GArray     *line_starts; /* guint32 offsets; the first is 0 */
  GArray     *char_counts; /* guint32: characters before each 4096th octet */
  JsonNode   *root;
  GArray     *places;      /* PcJsonPlace */
  GHashTable *place_of;    /* JsonNode* to index in @places */
};

/* Line and column, both 1-based, of an offset of the text. */
void       pc_json_place_offset (const PcJson *self,
                                 gsize         offset,
                                 guint        *line,
                                 guint        *column);
/* Reports @message at an offset of the text.  Returns as pc_json_report(). */
PcProblem *pc_json_report_at (const PcJson *self,
                              PcProblems   *problems,
                              PcSeverity    severity,
                              const char   *code,
                              gsize         offset,
                              const char   *message);
/* The same at a pointer, or at its key. */
PcProblem *pc_json_report_place (const PcJson *self,
                                 PcProblems   *problems,
                                 PcSeverity    severity,
                                 const char   *code,
                                 const char   *pointer,
                                 gboolean      of_key,
                                 const char   *message);
/* Fills in root and places from text.  FALSE when anything was reported that
 * makes the tree unusable. */
gboolean   pc_json_scan (PcJson     *self,
                         PcProblems *problems);

G_END_DECLS
