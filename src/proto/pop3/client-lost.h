/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/verbs.h"

#include "proto/common/lost.h"

G_BEGIN_DECLS

/* Where a client was when its server went away. */
typedef struct
{
  PcLostHow     how;
  PcPop3State   state;
  PcPop3Verb    verb;     /* waits for its answer, when busy */
  gboolean      busy;
  gboolean      unsent;   /* some of the command has not left */
  guint         n_marked; /* messages, by DELE */
  const char   *words;    /* a reply in many lines has begun with these; or
                           * NULL */
  const guint8 *part;     /* of a reply's first line */
  gsize         part_len;
} PcPop3Loss;

/* What happened and what it means, in whole sentences.  Transfer full. */
char *pc_pop3_describe_loss (const PcPop3Loss *loss);

G_END_DECLS
