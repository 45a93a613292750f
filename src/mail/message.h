/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Structure of an RFC 5322 message.  The only file that knows GMime is
 * message.c. */

/* Length of the header with the empty line that ends it (RFC 5322 2.1). */
gsize       pc_message_header_length (gconstpointer data,
                                      gsize         len);

typedef struct
{
  char *name;    /* decoded is not: raw, as in the header; or NULL */
  char *mailbox; /* local part; for a group start: the group's name */
  char *host;    /* NULL for group start and group end */
} PcAddress;

/* RFC 9051 section 7.5.2: the ten fields of ENVELOPE; NULL stands for NIL,
 * Sender and Reply-To already fall back to From. */
typedef struct
{
  char      *date;
  char      *subject;
  GPtrArray *from; /* PcAddress; NULL when the field is absent or empty */
  GPtrArray *sender;
  GPtrArray *reply_to;
  GPtrArray *to;
  GPtrArray *cc;
  GPtrArray *bcc;
  char      *in_reply_to;
  char      *message_id;
} PcEnvelope;

PcEnvelope *pc_envelope_new (GBytes *message);
void        pc_envelope_free (PcEnvelope *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcEnvelope, pc_envelope_free)

G_END_DECLS
