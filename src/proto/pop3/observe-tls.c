/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches what is TLS, or should be.
 *
 * TLS, after STLS or by mistake, is cut into records and not looked into.
 * Clear text behind an STLS that was granted is nobody's word: it becomes
 * units of its own, and changes nothing.
 *
 * RFC 2595 section 4, RFC 8446 section 5.1.
 */

#include "proto/pop3/observe-private.h"

#include "proto/pop3/syntax.h"

#include "base/limits.h"
#include "proto/common/starttls.h"

#include <glib/gi18n-lib.h>

#define RULE(name) PC_POP3_RULE_##name

static PcUnit *
new_unit (PcSide        from,
          PcUnitKind    kind,
          PcPop3Rule    rule,
          const guint8 *data,
          gsize         len)
{
  return pc_unit_new (from, kind, pc_pop3_narrations[rule].rule, data, len);
}

/* FALSE when it is not whole, unless @last.  A server that expects POP3 may
 * answer to the first octet already. */
gboolean
pc_pop3_observer_take_record (PcPop3Observer  *self,
                              PcSide           from,
                              PcPop3Direction *direction,
                              gboolean         last)
{
  gsize         size, len;
  const guint8 *data = pc_bytes_peek (&direction->in, &size);
  PcUnit       *unit;

  if (!direction->records && from == PC_SIDE_CLIENT && !self->tls)
    pc_pop3_observer_push_pending (self, PC_POP3_VERB_UNKNOWN, FALSE);
  direction->records = TRUE;

  /* What looked like a record and is none is unreadable to its end. */
  len = pc_starttls_measure_record (data, size);
  if (len == 0)
    len = PC_LIMIT_UNIT;
  if (size < len && !last)
    return FALSE;

  len = MIN (len, size);
  unit = new_unit (from, PC_UNIT_DATA,
                   self->tls ? RULE (ENCRYPTED) : RULE (UNREADABLE), data,
                   len);
  unit->status = self->tls ? PC_STATUS_OK : PC_STATUS_ERROR;
  pc_starttls_label_record (unit);
  pc_observer_emit (&self->base, unit);
  pc_bytes_consume (&direction->in, len);

  return TRUE;
}

/* -- clear text ----------------------------------------------------------- */

static gsize
eol_length (const guint8 *data,
            gsize         len)
{
  if (len == 0 || data[len - 1] != '\n')
    return 0;

  return len > 1 && data[len - 2] == '\r' ? 2 : 1;
}

/* A line of a login may follow the command, and hold a password. */
static void
label_command (PcPop3Observer *self,
               PcUnit         *unit,
               const guint8   *line,
               gsize           len,
               gsize           eol)
{
  const char   *label = N_ ("Clear text");
  const char   *meaning = N_ ("It came too early, and nobody acts on it.");
  PcPop3Command command;

  pc_pop3_parse_command (line, len, &command);
  if (command.verb != PC_POP3_VERB_UNKNOWN)
    pc_pop3_label_command (unit, len, eol);
  else if (self->injected_login)
    pc_unit_add_secret (unit, len, label, meaning);
  else
    pc_unit_add_field (unit, len, label, meaning);
  if (command.verb == PC_POP3_VERB_AUTH)
    self->injected_login = TRUE;
}

static void
label_reply (PcUnit       *unit,
             const guint8 *line,
             gsize         len,
             gsize         eol)
{
  PcPop3Reply reply;

  pc_pop3_parse_reply (line, len, &reply);
  if (reply.status != PC_POP3_REPLY_BAD)
    pc_pop3_label_reply (unit, PC_POP3_VERB_UNKNOWN, FALSE, len, eol);
  else
    pc_unit_add_field (unit, len, N_ ("Clear text"),
                       N_ ("It came too early, and nobody acts on it."));
}

static void
emit_injected (PcPop3Observer  *self,
               PcSide           from,
               PcPop3Direction *direction,
               gsize            len)
{
  const guint8 *data = pc_bytes_peek (&direction->in, NULL);
  gsize         eol = eol_length (data, len);
  PcUnit       *unit = new_unit (from,
                                 from == PC_SIDE_CLIENT ? PC_UNIT_COMMAND
                                                        : PC_UNIT_REPLY,
                                 RULE (INJECTED), data, len);

  unit->status = PC_STATUS_WARNING;
  if (from == PC_SIDE_CLIENT)
    label_command (self, unit, data, len - eol, eol);
  else
    label_reply (unit, data, len - eol, eol);
  pc_observer_emit (&self->base, unit);
  pc_bytes_consume (&direction->in, len);
}

gboolean
pc_pop3_observer_take_tls (PcPop3Observer *self,
                           PcSide          from,
                           gboolean        last)
{
  PcPop3Direction *direction = from == PC_SIDE_CLIENT ? &self->client
                                                      : &self->server;
  gsize            size, len;
  const guint8    *data = pc_bytes_peek (&direction->in, &size);

  if (size == 0)
    return FALSE;
  if (direction->records || pc_starttls_is_record (data[0]))
    return pc_pop3_observer_take_record (self, from, direction, last);

  len = pc_starttls_find_clear (data, size, last);
  if (len == 0)
    return FALSE;
  emit_injected (self, from, direction, len);
  return TRUE;
}

void
pc_pop3_observer_reset_direction (PcPop3Direction *direction)
{
  pc_bytes_clear (&direction->in);
  direction->scanned = 0;
  direction->overlong = FALSE;
  direction->secret = FALSE;
  direction->records = FALSE;
}
