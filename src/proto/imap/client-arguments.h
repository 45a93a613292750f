/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/client-commands.h"

G_BEGIN_DECLS

/* Between client-commands.c, which makes commands, and client-arguments.c,
 * which knows what stands behind each of them. */

typedef struct
{
  PcImapRequest  *request;
  GString        *out; /* the segment being written */
  const PcAction *action;
  const PcImapRequestMaker *maker;
  GError        **error;
} PcImapWriter;

typedef struct
{
  const char *action;
  gboolean  (*write) (PcImapWriter *self); /* NULL for no arguments */
} PcImapArguments;

/* By PcImapVerb; those that are no action of their own have no name. */
extern const PcImapArguments pc_imap_arguments[];

/* Always FALSE, with PC_ENGINE_ERROR_ARGUMENT. */
gboolean    pc_imap_refuse (GError    **error,
                            const char *format,
                            ...) G_GNUC_PRINTF (2, 3);
/* What is written so far goes out; the rest waits for the server's leave. */
void        pc_imap_end_segment (PcImapWriter *self);
const char *pc_imap_param (const PcImapWriter *self,
                           const char         *param,
                           const char         *fallback);
/* "yes", "true" or "1". */
gboolean    pc_imap_is_set (const PcImapWriter *self,
                            const char         *param);

G_END_DECLS
