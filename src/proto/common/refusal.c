/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server's end that has no time: one line, then goodbye.
 *
 * The line is the protocol's own, so a client knows that it may come again
 * later: 421 (RFC 5321 section 3.8), BYE (RFC 9051 section 7.1.5), -ERR with
 * SYS/TEMP (RFC 3206 section 4).
 */

#include "proto/common/refusal.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  PcEngine base;
  char    *line;
} Refusal;

static void
refusal_free (PcEngine *engine)
{
  Refusal *self = (Refusal *) engine;

  g_clear_pointer (&self->line, g_free);
  pc_engine_deinit (engine);
  g_free (self);
}

static void
refusal_start (PcEngine *engine,
               gint64    now)
{
  pc_engine_send_printf (engine, "%s\r\n", ((Refusal *) engine)->line);
  engine->status = PC_ENGINE_CLOSING;
}

static void
refusal_feed (PcEngine     *engine,
              gint64        now,
              guint         port,
              const guint8 *data,
              gsize         len)
{
}

static void
refusal_eof (PcEngine *engine,
             gint64    now)
{
  engine->status = PC_ENGINE_CLOSING;
}

static const char *
refusal_state (const PcEngine *engine)
{
  return N_ ("Closed");
}

static const PcEngineClass refusal_class = {
  .name = "refusal",
  .free = refusal_free,
  .start = refusal_start,
  .feed = refusal_feed,
  .eof = refusal_eof,
  .state = refusal_state,
};

PcEngine *
pc_refusal_new (const char *line)
{
  Refusal *self;

  g_return_val_if_fail (line != NULL, NULL);

  self = g_new0 (Refusal, 1);
  pc_engine_init (&self->base, &refusal_class);
  self->line = g_strdup (line);
  return &self->base;
}
