/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "proto/imap/client-known.h"
#include "proto/imap/verbs.h"

#include "proto/common/sasl-client.h"

G_BEGIN_DECLS

/* An action put into words. */

typedef struct _PcImapRequest PcImapRequest;

struct _PcImapRequest
{
  PcImapVerb verb;    /* PC_IMAP_N_VERBS for a raw line of another kind */
  char      *tag;     /* the reply will carry it; NULL when a raw line has
                       * none */
  char      *mailbox; /* of SELECT and EXAMINE */
  guint32    validity; /* that the mailbox is to have; 0 for any */
  gboolean   raw;
  gsize      announced; /* raw: octets of a literal that a "+" may ask for */
  gboolean   at_once;   /* raw: they come without being asked for */
  gboolean   done; /* ends an IDLE: has its tag */
  gboolean   until_news; /* an IDLE that ends by itself */
  gboolean   again;      /* an IDLE that has to begin anew */
  gboolean   quiet;      /* nobody is told when it begins */
  char      *said;       /* what to report at the end; NULL: the reply */
  PcSaslClient  *sasl; /* of AUTHENTICATE */
  GQueue         segments; /* GBytes*: each but the first waits for a "+" */
  PcImapRequest *next; /* what to do when this is OK; or NULL */
};

/* What a request is made from. */
typedef struct
{
  const PcImapKnown *known;
  const char        *host; /* ours */
  gint64             now;
  guint             *n_tags; /* counts up */
} PcImapRequestMaker;

/* NULL with PC_ENGINE_ERROR when the action or its parameters are not usable.
 * Transfer full. */
PcImapRequest *pc_imap_request_new (const PcImapRequestMaker *maker,
                                    const PcAction           *action,
                                    GError                  **error);
/* A command without arguments.  Transfer full. */
PcImapRequest *pc_imap_request_new_plain (PcImapVerb verb,
                                          guint     *n_tags);
void           pc_imap_request_free (PcImapRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcImapRequest, pc_imap_request_free)

G_END_DECLS
