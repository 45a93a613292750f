/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/common/engine.h"

G_BEGIN_DECLS

/* The lines of a message on their way out, as the client reads them.  Zeroed
 * it has nothing to send. */
typedef struct
{
  GBytes  *text; /* NULL when there is nothing to send */
  gsize    offset;
  gboolean ends_open; /* the text ends without CR LF */
} PcPop3Sender;

/* The first @len octets of @content, whose line ends are CR LF; kept by
 * reference. */
void     pc_pop3_sender_begin (PcPop3Sender *self,
                               GBytes       *content,
                               gsize         len);
/* Sends about @max octets more, whole lines, with stuffing and at last the end
 * mark.  TRUE when that is out. */
gboolean pc_pop3_sender_go_on (PcPop3Sender *self,
                               PcEngine     *engine,
                               gsize         max);
void     pc_pop3_sender_clear (PcPop3Sender *self);

G_END_DECLS
