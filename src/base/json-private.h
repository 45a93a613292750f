/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* One value: offsets into the text, and where its children are listed. */
typedef struct
{
  guint32 value;
  guint32 key;         /* PC_JSON_NO_KEY for elements and the root */
  guint32 first_child; /* index into the list of children */
  guint32 n_children;
} PcJsonPlace;

#define PC_JSON_NO_KEY G_MAXUINT32

struct _PcJson
{
  char     *name;
  char     *text;        /* without byte order mark; NUL-terminated */
  gsize     len;
  GArray   *line_starts; /* guint32 offsets; the first is 0 */
  GArray   *char_counts; /* guint32: characters before each 512th octet */
  GArray   *places;      /* PcJsonPlace, in the order of the text */
  GArray   *children;    /* guint32: indexes in @places, by parent */
  JsonNode *root;        /* the whole tree, once asked for */
};

/* -- json.c ---------------------------------------------------------------- */

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

/* -- json-scan.c ----------------------------------------------------------- */

/* Fills in places and children from the text.  FALSE when anything was
 * reported that makes the file unusable. */
gboolean   pc_json_scan (PcJson     *self,
                         PcProblems *problems);

/* -- json-build.c ---------------------------------------------------------- */

/* Undoes the escapes of a string that the scan has passed; @p is at its
 * opening quote. */
void       pc_json_decode_string (const char *p,
                                  GString    *out);
/* The tree of a place; the member @without, if not NULL, is left empty.
 * Transfer full. */
JsonNode  *pc_json_build (const PcJson *self,
                          guint         place,
                          const char   *without);

G_END_DECLS
