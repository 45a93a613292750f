/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches what is TLS, or should be.
 *
 * TLS after STARTTLS is cut into records and not looked into.  Clear text
 * behind a STARTTLS that was granted is nobody's word: it becomes units of
 * its own, line by line, and changes nothing.
 *
 * RFC 9051 section 6.2.1, RFC 8446 section 5.1.
 */

#include "proto/imap/observe-label.h"
#include "proto/imap/observe-private.h"

#include "base/limits.h"
#include "base/text.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
drop (PcImapStream *stream,
      gsize         len)
{
  pc_bytes_consume (&stream->in, len);
  stream->shown = 0;
  memset (&stream->framer, 0, sizeof stream->framer);
}

/* -- records -------------------------------------------------------------- */

static void
emit_record (PcImapObserver *self,
             PcSide          side,
             gsize           len)
{
  const guint8 *data = pc_bytes_peek (&self->streams[side].in, NULL);
  PcUnit       *unit = pc_unit_new (side, PC_UNIT_DATA,
                                    pc_imap_rule (PC_IMAP_RULE_TLS_RECORD),
                                    data, len);

  pc_starttls_label_record (unit);
  pc_observer_emit (&self->base, unit);
  drop (&self->streams[side], len);
}

/* -- clear text ----------------------------------------------------------- */

static void
label_plain (PcUnit  *unit,
             gsize    len,
             gboolean secret)
{
  const char *label = N_ ("Clear text");
  const char *meaning = N_ ("It came too early, and nobody acts on it.");

  if (secret)
    pc_unit_add_secret (unit, len, label, meaning);
  else
    pc_unit_add_field (unit, len, label, meaning);
}

/* A line of a login may follow the command, and hold a password. */
static void
label_command (PcImapObserver *self,
               PcUnit         *unit,
               const guint8   *line,
               gsize           len,
               gsize           text)
{
  PcImapCursor     at = { line, len, 0 };
  g_autofree char *tag = NULL;
  PcImapVerb       verb = PC_IMAP_N_VERBS;

  if (pc_imap_read_tag (&at, &tag) && pc_imap_read_char (&at, ' '))
    verb = pc_imap_read_verb (&at);
  if (verb < PC_IMAP_N_VERBS)
    pc_imap_label_command (unit);
  else
    label_plain (unit, text, self->injected_login);
  if (verb == PC_IMAP_VERB_LOGIN || verb == PC_IMAP_VERB_AUTHENTICATE)
    self->injected_login = TRUE;
}

static gboolean
is_response (const guint8 *line,
             gsize         len)
{
  PcImapCursor     at = { line, len, 0 };
  g_autofree char *tag = NULL;

  if (len > 1 && (line[0] == '*' || line[0] == '+') && line[1] == ' ')
    return TRUE;

  return pc_imap_read_tag (&at, &tag) && pc_imap_read_char (&at, ' ') &&
         (pc_imap_read_word (&at, "OK") || pc_imap_read_word (&at, "NO") ||
          pc_imap_read_word (&at, "BAD"));
}

static void
emit_injected (PcImapObserver *self,
               PcSide          side,
               gsize           len)
{
  PcImapStream *stream = &self->streams[side];
  const guint8 *data = pc_bytes_peek (&stream->in, NULL);
  gsize         text = len;
  PcUnit       *unit;

  unit = pc_unit_new (side,
                      side == PC_SIDE_CLIENT ? PC_UNIT_COMMAND
                                             : PC_UNIT_REPLY,
                      pc_imap_rule (PC_IMAP_RULE_INJECTED), data, len);
  if (data[len - 1] == '\n')
    text -= len > 1 && data[len - 2] == '\r' ? 2 : 1;
  if (side == PC_SIDE_CLIENT)
    label_command (self, unit, data, len, text);
  else if (is_response (data, len))
    pc_imap_label_response (unit);
  else
    label_plain (unit, text, FALSE);
  pc_imap_observer_emit (self, unit, PC_STATUS_WARNING);
  drop (stream, len);
}

gboolean
pc_imap_observer_step_tls (PcImapObserver *self,
                           PcSide          side,
                           gboolean        last)
{
  PcImapStream *stream = &self->streams[side];
  gsize         size;
  const guint8 *data;
  gsize         len;

  if (stream->shown > 0)
    drop (stream, stream->shown);
  data = pc_bytes_peek (&stream->in, &size);
  len = pc_starttls_measure_record (data, size);
  if (len > 0 && len <= size) {
    emit_record (self, side, len);
    return TRUE;
  }
  if (size == 0 || (len > 0 && !last))
    return FALSE;

  len = pc_starttls_find_clear (data, size, last);
  if (len == 0)
    return FALSE;
  emit_injected (self, side, len);
  return TRUE;
}

void
pc_imap_observer_reset (PcImapObserver *self)
{
  for (guint side = 0; side < G_N_ELEMENTS (self->streams); side++) {
    pc_bytes_clear (&self->streams[side].in);
    self->streams[side] = (PcImapStream){ .in = self->streams[side].in };
  }
  pc_imap_observer_clear_pending (self);
  g_clear_pointer (&self->open_tag, g_free);
  g_clear_pointer (&self->auth_tag, g_free);
  g_clear_pointer (&self->hold_tag, g_free);
  self->go_ahead = self->go_on = FALSE;
  self->done = self->tls = self->injected_login = FALSE;
  if (self->state != PC_IMAP_LOGOUT)
    pc_imap_observer_set_state (self, PC_IMAP_NOT_AUTHENTICATED);
}
