/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/verbs.h"

G_BEGIN_DECLS

/* An action put into words. */

typedef struct
{
  PcImapVerb verb;    /* PC_IMAP_N_VERBS for a raw line of another kind */
  char      *tag;     /* the reply will carry it; NULL when a raw line has
                       * none */
  char      *mailbox; /* of SELECT and EXAMINE */
  gboolean   raw;
  gboolean   done; /* ends an IDLE: has its tag */
  GQueue     segments; /* GBytes*: each but the first waits for a "+" */
} PcImapRequest;

/* @tag for the command.  NULL with PC_ENGINE_ERROR when the action or its
 * parameters are not usable.  Transfer full. */
PcImapRequest *pc_imap_request_new (const PcAction *action,
                                    const char     *tag,
                                    GError        **error);
void           pc_imap_request_free (PcImapRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcImapRequest, pc_imap_request_free)

G_END_DECLS
