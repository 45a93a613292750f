/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can come after what in a protocol: tables from its RFCs, one set for
 * each protocol, by which a learner can be asked what comes next. */

/* What a server may answer first. */
typedef struct
{
  /* A verb of the verb table; "greeting": to who has just connected; or the
   * rule of a unit of data, or what it begins with.  "": all else. */
  const char *to;
  const char *words; /* of PcAnswerWord, "|" between them; usual ones first */
} PcAnswerRow;

typedef struct
{
  const char *word;    /* "250", "+OK", "* FLAGS" */
  const char *meaning; /* N_(), a few words */
} PcAnswerWord;

typedef struct
{
  const PcAnswerRow  *rows;   /* ends with a NULL to; NULL for datagrams */
  const PcAnswerWord *words;  /* ends with a NULL word; NULL as above */
  gboolean            tagged; /* commands begin with a tag, then the verb */
  /* Rules of units that belong to no conversation of the two ends: nobody can
   * know when they come.  NULL-terminated. */
  const char *const  *aside;
  /* The word of a reply with these octets, or of a datagram: "DATA 2".  NULL
   * when there is none.  Transfer full. */
  char *(*read) (const guint8 *octets,
                 gsize         len);
} PcAnswers;

G_END_DECLS
