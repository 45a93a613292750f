/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/json.h"

G_BEGIN_DECLS

/* The kinds of text in the files of this folder; see data/schema. */
typedef enum {
  PC_TEXT_ID,         /* ^[a-z0-9][a-z0-9._-]{0,63}$ */
  PC_TEXT_LINE,       /* 1 to 300 characters without a line break */
  PC_TEXT_LONG,       /* 1 to 4000 characters */
  PC_TEXT_LANGUAGE,   /* ^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$ */
  PC_TEXT_VERSION,    /* ^[0-9]+\.[0-9]+\.[0-9]+$ */
  PC_TEXT_MEMORY_KEY, /* ^[a-z0-9][a-z0-9._:/-]{0,95}$ */
  PC_TEXT_PATH,       /* ^[a-z_]+(\.[a-z0-9_-]+)*$ */
  PC_TEXT_URL,        /* ^https?:// */
} PcTextKind;

gboolean    pc_reader_text_is (const char *text,
                               PcTextKind  kind);
/* What a text of @kind must look like: the end of "... is expected here".
 * Translated. */
const char *pc_reader_text_rule (PcTextKind kind);

/* NULL when absent (reported when @required) or wrong (reported). */
const char *pc_reader_text (const PcJsonReader *self,
                            const char         *member,
                            PcTextKind          kind,
                            gboolean            required);
/* Index in @words (NULL-terminated); @fallback as above. */
int         pc_reader_word (const PcJsonReader *self,
                            const char         *member,
                            const char *const  *words,
                            gboolean            required,
                            int                 fallback);
/* A list of texts, never NULL; wrong and repeated elements are reported and
 * left out.  Transfer container; the texts belong to the file. */
GPtrArray  *pc_reader_texts (const PcJsonReader *self,
                             const char         *member,
                             PcTextKind          kind,
                             guint               max);

/* Called for every object of a list, with a reader for it. */
typedef void (*PcReaderFunc) (const PcJsonReader *element,
                              guint               index,
                              gpointer            user_data);

/* Walks the list @member; elements that are no objects are reported.  A list
 * outside @min to @max is reported too.  Returns the number of elements. */
guint       pc_reader_objects (const PcJsonReader *self,
                               const char         *member,
                               gboolean            required,
                               guint               min,
                               guint               max,
                               PcReaderFunc        func,
                               gpointer            user_data);

/* Reports an error at a member of the object. */
PcProblem  *pc_reader_error (const PcJsonReader *self,
                             const char         *member,
                             const char         *code,
                             const char         *format,
                             ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS
