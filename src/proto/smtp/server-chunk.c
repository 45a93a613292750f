/* SPDX-License-Identifier: GPL-3.0-or-later */

/* BDAT: the message in counted pieces.
 *
 * The octets of a piece are read whatever becomes of the command, and the
 * reply comes behind them; else they would be taken for commands.  A piece
 * that was refused spoils the mail.  Left out: BINARYMIME.
 * RFC 3030 section 2.
 */

#include "proto/smtp/server-private.h"

#include "base/limits.h"
#include "base/text.h"

#include <string.h>

/* The piece is read: judge it. */
static void
finish (PcSmtpServer *self)
{
  PcSmtpChunk *chunk = &self->chunk;
  g_autoptr (GBytes) content = NULL;

  chunk->pending = FALSE;
  self->answering = chunk->last ? PC_SMTP_VERB_CONTENT : PC_SMTP_VERB_BDAT;
  if (chunk->answer == NULL && chunk->last)
    chunk->answer = pc_engine_take_answer (&self->base,
                                           PC_SMTP_ANSWER_CONTENT, NULL);
  if (chunk->answer != NULL) {
    self->mail.spoilt = TRUE;
    pc_smtp_server_give (self, chunk->answer);
  } else if (chunk->refusal != NULL) {
    self->mail.spoilt = TRUE;
    pc_smtp_server_reply (self, chunk->code, chunk->enhanced, "%s",
                          chunk->refusal);
  } else if (!chunk->last) {
    pc_smtp_server_reply (self, 250, "2.0.0", "Piece taken");
  } else {
    if (self->mail.content != NULL)
      content = g_byte_array_free_to_bytes (
          g_steal_pointer (&self->mail.content));
    pc_smtp_server_deliver (self, self->now, content, self->mail.faults);
  }
  if (chunk->last)
    pc_smtp_server_reset (self);
}

static void
keep (PcSmtpServer *self,
      const guint8 *data,
      gsize         len)
{
  if (self->chunk.refusal != NULL || self->chunk.answer != NULL ||
      self->mail.content == NULL)
    return;

  if (len > self->max_size - self->mail.content->len) {
    self->mail.faults |= PC_SMTP_DATA_TOO_BIG;
    g_clear_pointer (&self->mail.content, g_byte_array_unref);
    return;
  }
  g_byte_array_append (self->mail.content, data, (guint) len);
}

gboolean
pc_smtp_server_read_chunk (PcSmtpServer *self)
{
  gsize         len;
  const guint8 *data = pc_bytes_peek (&self->in, &len);

  len = (gsize) MIN (self->chunk.left, len);
  if (len == 0 && self->chunk.left > 0)
    return FALSE;

  keep (self, data, len);
  pc_bytes_consume (&self->in, len);
  self->chunk.left -= len;
  if (self->chunk.left == 0)
    finish (self);

  return TRUE;
}

static void
refuse (PcSmtpServer *self,
        guint         code,
        const char   *enhanced,
        const char   *why)
{
  self->chunk.code = code;
  self->chunk.enhanced = enhanced;
  self->chunk.refusal = why;
}

static void
check (PcSmtpServer *self,
       gboolean      right)
{
  PcSmtpState state = self->track.state;

  if (!right)
    refuse (self, 501, "5.5.4", "Write BDAT and a number, and perhaps LAST");
  else if (!self->extended)
    refuse (self, 503, "5.5.1", "BDAT needs EHLO, not HELO");
  else if (state != PC_SMTP_RCPT && state != PC_SMTP_CHUNKS)
    refuse (self, 503, "5.5.1", "MAIL and RCPT come before BDAT");
  else if (self->mail.spoilt)
    refuse (self, 503, "5.5.1", "A piece was refused; RSET gives the mail up");
}

/* "BDAT" SP chunk-size [SP "LAST"] */
void
pc_smtp_server_bdat (PcSmtpServer *self,
                     const guint8 *args,
                     gsize         len)
{
  const guint8 *blank = len == 0 ? NULL : memchr (args, ' ', len);
  gsize         digits = blank == NULL ? len : (gsize) (blank - args);
  gboolean      last = blank != NULL &&
                  pc_text_equal_ascii (blank + 1, len - digits - 1, "LAST");
  guint64 left;

  if (!pc_text_parse_number (args, digits, G_MAXINT64, &left)) {
    pc_smtp_server_reply (self, 501, "5.5.4",
                          "BDAT needs a number of octets");
    return;
  }

  self->chunk = (PcSmtpChunk){ .pending = TRUE, .left = left, .last = last };
  self->chunk.answer = pc_engine_take_answer (
      &self->base, pc_smtp_verbs[PC_SMTP_VERB_BDAT].name, NULL);
  check (self, blank == NULL || last);
  if (self->mail.content == NULL && self->mail.faults == 0)
    self->mail.content = g_byte_array_new ();
  if (left == 0)
    finish (self);
}
