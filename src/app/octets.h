/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "timeline/step.h"

G_BEGIN_DECLS

/* Octets as texts that other programs take: what is copied. */

typedef enum {
  PC_OCTETS_HEX,  /* "61 34 0d 0a", 16 to a line */
  PC_OCTETS_TEXT, /* CR LF as a line end, what is no text as "\x00" */
  PC_OCTETS_C,    /* an array of C */
} PcOctetsFormat;

/* "hex", "text" or "c"; FALSE for anything else. */
gboolean pc_octets_format_parse (const char     *word,
                                 PcOctetsFormat *format);
/* Valid UTF-8. Transfer full. */
char    *pc_octets_to_string (const guint8  *data,
                              gsize          len,
                              PcOctetsFormat format);
/* Those of field @field of @step, of all when it is -1; asterisks in place of
 * secrets unless @secrets.  Transfer full. */
GBytes  *pc_octets_of_step (PcStep  *step,
                            int      field,
                            gboolean secrets);

G_END_DECLS
