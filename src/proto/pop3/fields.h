/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/pop3/syntax.h"

#include "proto/common/sasl-view.h"
#include "proto/common/unit.h"

G_BEGIN_DECLS

/* Labels for the octets of a unit, each from where the last label ended. */

/* A command: @len octets of line and @eol octets of line end. */
void pc_pop3_label_command (PcUnit *unit,
                            gsize   len,
                            gsize   eol);
/* A line of a login that is no command. */
void pc_pop3_label_response (PcUnit           *unit,
                             const PcSaslView *login,
                             gsize             len,
                             gsize             eol);
/* The first line of a reply to @verb. */
void pc_pop3_label_reply (PcUnit    *unit,
                          PcPop3Verb verb,
                          gboolean   has_args,
                          gsize      len,
                          gsize      eol);

/* Where in a multi-line reply we are, when it is shown in several parts. */
typedef struct
{
  PcPop3Verb verb;
  gboolean   in_body;  /* of a message: behind the empty line */
  gboolean   mid_line; /* the last part ended inside a line */
} PcPop3TextLabels;

/* All that is not labelled yet; @ends: the last three octets are the end
 * mark. */
void pc_pop3_label_text (PcUnit           *unit,
                         PcPop3TextLabels *labels,
                         gboolean          ends);

G_END_DECLS
