/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Raw lines that are only a part of a command.
 *
 * A command with a literal comes in several lines: the count, the octets, which
 * may have line ends in them, and the rest.  The server answers the count (not
 * where a plus sign says that the octets come at once) and the end, and nothing
 * in between.  So a client has to count, or it would wait for nothing.
 *
 * RFC 9051 section 4.3, RFC 3501 section 4.3, RFC 7888.
 */

#include "proto/imap/client.h"

#include "proto/imap/client-private.h"

#include <string.h>

gboolean
pc_imap_client_read_count (const char *line,
                           gsize      *octets,
                           gboolean   *at_once)
{
  g_autofree char *whole = g_strconcat (line, "\r\n", NULL);
  guint64          size;
  gboolean         waits;

  if (!pc_imap_ends_in_literal ((const guint8 *) whole, strlen (whole), &size,
                                &waits))
    return FALSE;

  *octets = (gsize) MIN (size, G_MAXUINT32);
  *at_once = !waits;
  return TRUE;
}

gboolean
pc_imap_client_follow_raw (PcImapClient *self,
                           const char   *line)
{
  PcImapRequest *request = self->request;
  gsize          len = strlen (line);

  if (self->literal >= len + 2) {
    self->literal -= len + 2;
    return TRUE;
  }

  line += MIN (self->literal, len);
  self->literal = 0;
  if (!pc_imap_client_read_count (line, &request->announced,
                                  &request->at_once) ||
      !request->at_once)
    return FALSE;
  self->literal = request->announced;
  return TRUE;
}

/* After "+" a raw line, or DONE, goes on with the command before it: the reply
 * will carry that one's tag. */
void
pc_imap_client_continue (PcImapClient  *self,
                         PcImapRequest *request)
{
  PcImapRequest *before = self->request;

  if (before == NULL || (!request->raw && !request->done))
    return;

  request->verb = before->verb;
  g_free (request->tag);
  request->tag = g_steal_pointer (&before->tag);
  g_free (request->mailbox);
  request->mailbox = g_steal_pointer (&before->mailbox);
}
