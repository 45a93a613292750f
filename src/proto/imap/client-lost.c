/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a client says when its server is gone, and what that means for the
 * command under way.
 *
 * A literal that did not come whole is no message, and nothing of it is kept.
 * Behind its last octet nobody can know: the command may have been carried out
 * and its answer been lost.
 *
 * RFC 9051 sections 4.3, 6.3.12 and 7.1.5; RFC 3501 section 7.1.5.
 */

#include "proto/imap/client-private.h"

#include "base/text.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static gboolean
is_change (PcImapVerb verb)
{
  switch (verb) {
  case PC_IMAP_VERB_CREATE:
  case PC_IMAP_VERB_DELETE:
  case PC_IMAP_VERB_RENAME:
  case PC_IMAP_VERB_SUBSCRIBE:
  case PC_IMAP_VERB_UNSUBSCRIBE:
  case PC_IMAP_VERB_CLOSE:
  case PC_IMAP_VERB_EXPUNGE:
  case PC_IMAP_VERB_STORE:
  case PC_IMAP_VERB_COPY:
  case PC_IMAP_VERB_MOVE:
  case PC_IMAP_VERB_UID_STORE:
  case PC_IMAP_VERB_UID_COPY:
  case PC_IMAP_VERB_UID_MOVE:
  case PC_IMAP_VERB_UID_EXPUNGE:
    return TRUE;
  default:
    return FALSE;
  }
}

/* The command has left to its last octet. */
static gboolean
is_all_sent (PcImapClient *self)
{
  return g_queue_is_empty (&self->request->segments) &&
         pc_bytes_get_size (pc_engine_get_output (&self->base)) == 0;
}

static const char *
find_meaning (PcImapClient *self)
{
  PcImapVerb verb;

  if (!self->base.busy || self->request == NULL)
    return NULL;

  verb = self->request->verb;
  if (verb == PC_IMAP_VERB_APPEND && !is_all_sent (self))
    return _ ("The message was not sent to its end, so the server stores "
              "nothing of it.");
  if (verb == PC_IMAP_VERB_APPEND && !self->request->raw)
    return _ ("The message had been sent to its end, so nobody knows whether "
              "the server has it. Sending it again may make a second copy.");
  if (is_change (verb) && is_all_sent (self))
    return _ ("The command had been sent, so nobody knows whether the server "
              "has carried it out. The next login will show.");
  if (verb == PC_IMAP_VERB_LOGOUT)
    return _ ("Only the goodbye is missing: what the server has carried out, "
              "stays so.");

  return NULL;
}

/* What came could become a greeting of IMAP's. */
static gboolean
is_greeting (const guint8 *data,
             gsize         len)
{
  static const char *const begins[] = { "* OK ", "* PREAUTH ", "* BYE " };

  for (guint i = 0; i < G_N_ELEMENTS (begins); i++) {
    gsize n = MIN (len, strlen (begins[i]));

    if (g_ascii_strncasecmp ((const char *) data, begins[i], n) == 0)
      return TRUE;
  }

  return FALSE;
}

static void
fail_unbegun (PcImapClient *self,
              PcLostHow     how)
{
  gsize            len;
  const guint8    *data = pc_bytes_peek (&self->in, &len);
  g_autofree char *text = NULL;

  if (len > 0 && !is_greeting (data, len)) {
    pc_imap_client_fail_greeting (self, data, len);
    return;
  }

  if (how == PC_LOST_SILENT && len == 0)
    text = g_strdup (_ ("The server says nothing. An IMAP server greets at "
                        "once; perhaps this port wants TLS first, or belongs "
                        "to a protocol in which the client begins."));
  else
    text = pc_lost_describe (how, PC_LOST_GREETING, data, len, NULL);
  pc_engine_fail (&self->base, text);
}

void
pc_imap_client_lose (PcImapClient *self,
                     PcLostHow     how)
{
  gsize            len;
  const guint8    *data = pc_bytes_peek (&self->in, &len);
  g_autofree char *text = NULL;
  g_autofree char *leave = NULL;

  if (self->state == PC_IMAP_GREETING) {
    fail_unbegun (self, how);
    return;
  }

  if (self->bye != NULL) {
    leave = g_strdup_printf (_ ("The server took leave: “%s”."), self->bye);
    text = g_strjoin (" ", leave, find_meaning (self), NULL);
  } else {
    text = pc_lost_describe (how,
                             self->base.busy ? PC_LOST_ANSWER
                                             : PC_LOST_NOTHING,
                             data, len, find_meaning (self));
  }
  pc_engine_fail (&self->base, text);
}
