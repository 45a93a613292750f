/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a client waits for its server, and what it says when that is gone:
 * above all, whether the mail is.
 *
 * Between the end of a message and its 250 nobody can know: the server may have
 * taken the mail and its answer been lost.  Until the end mark has left, the
 * server must forget the mail.  Left out: sending again.
 *
 * RFC 1047; RFC 5321 sections 3.8, 4.1.1.4, 4.1.1.10, 4.5.3.2 and 4.5.4.1.
 */

#include "proto/smtp/client-private.h"

#include "base/limits.h"
#include "proto/common/lost.h"

#include <glib/gi18n-lib.h>

/* -- waiting -------------------------------------------------------------- */

/* RFC 5321 section 4.5.3.2 */
static gint64
find_patience (const PcSmtpClient *self,
               PcSmtpVerb          verb)
{
  if (self->patience > 0)
    return self->patience;
  if (verb == PC_SMTP_VERB_DATA)
    return PC_LIMIT_WAIT_SMTP_DATA;
  if (verb == PC_SMTP_VERB_CONTENT)
    return PC_LIMIT_WAIT_SMTP_CONTENT;

  return PC_LIMIT_WAIT_SMTP;
}

static gsize
count_unsent (PcSmtpClient *self)
{
  return pc_bytes_get_size (pc_engine_get_output (&self->base));
}

void
pc_smtp_client_be_patient (PcSmtpClient *self,
                           PcSmtpVerb    verb)
{
  self->deadline = self->now + find_patience (self, verb);
  self->unsent = count_unsent (self);
}

/* A long message on a slow line: as long as some of it leaves, the server
 * cannot have answered yet (section 4.5.3.2.5). */
static gboolean
is_sending (PcSmtpClient *self)
{
  gsize unsent = count_unsent (self);
  gsize before = self->unsent;

  self->unsent = unsent;
  return unsent > 0 && unsent < before;
}

gboolean
pc_smtp_client_waits_on (PcSmtpClient *self,
                         gint64        now)
{
  if (now < self->deadline)
    return TRUE;
  if (self->waiting != PC_SMTP_VERB_CONTENT || !is_sending (self))
    return FALSE;

  self->deadline = now + (self->patience > 0 ? self->patience
                                             : PC_LIMIT_WAIT_SMTP_BLOCK);
  return TRUE;
}

/* -- the server is gone --------------------------------------------------- */

static gboolean
has_mail (const PcSmtpClient *self)
{
  return self->mail.whole || self->track.state == PC_SMTP_MAIL ||
         self->track.state == PC_SMTP_RCPT ||
         self->track.state == PC_SMTP_DATA ||
         self->track.state == PC_SMTP_CHUNKS;
}

/* The end mark has left, or the last octet of the last piece. */
static gboolean
is_all_sent (PcSmtpClient *self)
{
  gboolean nobody = self->mail.whole && self->mail.n_accepted == 0;

  return self->base.busy && self->waiting == PC_SMTP_VERB_CONTENT && !nobody &&
         count_unsent (self) == 0;
}

static const char *
find_meaning (PcSmtpClient *self)
{
  if (is_all_sent (self))
    return _ ("The message had been sent to its end, so nobody knows whether "
              "the server has it. Sending it again may make a second copy.");
  if (has_mail (self))
    return _ ("The mail was not sent: a server forgets a mail that did not "
              "come to its end.");
  if (self->base.busy && self->waiting == PC_SMTP_VERB_QUIT)
    return _ ("Only the goodbye is missing: what the server had taken on, it "
              "keeps.");

  return NULL;
}

void
pc_smtp_client_lose (PcSmtpClient *self,
                     PcLostHow     how)
{
  gsize            len;
  const guint8    *part = pc_bytes_peek (&self->in, &len);
  PcLostWhat       what = PC_LOST_NOTHING;
  g_autofree char *text = NULL;

  if (self->base.busy)
    what = self->waiting == PC_SMTP_VERB_CONNECT ? PC_LOST_GREETING
                                                 : PC_LOST_ANSWER;
  text = pc_lost_describe (how, what, part, len, find_meaning (self));
  self->track.state = PC_SMTP_CLOSED;
  pc_engine_fail (&self->base, text);
}
