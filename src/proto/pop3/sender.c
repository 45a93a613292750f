/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sends a message as the lines of a multi-line reply.
 *
 * Only a part at a time, so that a large message for a slow client is not
 * copied whole into the output.  A line that begins with a dot gets one more;
 * a text without a line end at its end gets one, for the end mark is a line
 * of its own.
 *
 * RFC 1939 section 3.
 */

#include "proto/pop3/sender.h"

#include <string.h>

void
pc_pop3_sender_begin (PcPop3Sender *self,
                      GBytes       *content,
                      gsize         len)
{
  const char *data = g_bytes_get_data (content, NULL);

  g_return_if_fail (self->text == NULL);

  self->text = g_bytes_new_from_bytes (content, 0, len);
  self->offset = 0;
  self->ends_open = len > 0 && data[len - 1] != '\n';
}

void
pc_pop3_sender_clear (PcPop3Sender *self)
{
  g_clear_pointer (&self->text, g_bytes_unref);
  *self = (PcPop3Sender){ 0 };
}

static void
send_line (PcPop3Sender *self,
           PcEngine     *engine)
{
  gsize         len;
  const guint8 *data = g_bytes_get_data (self->text, &len);
  const guint8 *line = data + self->offset;
  const guint8 *lf = memchr (line, '\n', len - self->offset);
  gsize         n = lf != NULL ? (gsize) (lf - line) + 1 : len - self->offset;

  if (line[0] == '.')
    pc_engine_send (engine, ".", 1);
  pc_engine_send (engine, line, n);
  self->offset += n;
}

gboolean
pc_pop3_sender_go_on (PcPop3Sender *self,
                      PcEngine     *engine,
                      gsize         max)
{
  gsize len, end;

  g_return_val_if_fail (self->text != NULL, TRUE);

  len = g_bytes_get_size (self->text);
  end = max < len - self->offset ? self->offset + max : len;
  while (self->offset < end)
    send_line (self, engine);
  if (self->offset < len)
    return FALSE;

  pc_engine_send_printf (engine, "%s.\r\n", self->ends_open ? "\r\n" : "");
  pc_pop3_sender_clear (self);

  return TRUE;
}
