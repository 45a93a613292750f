/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What all engines share: output, events, status.
 *
 * The verbs here guard the classes: nothing is fed to an engine that is
 * closing, an action begins only when idle, and output has a bound.
 */

#include "proto/common/engine.h"

#include "proto/common/injection.h"

#include "base/limits.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_QUARK (pc - engine - error - quark, pc_engine_error)

void
pc_engine_init (PcEngine            *self,
                const PcEngineClass *klass)
{
  self->klass = klass;
  pc_bytes_init (&self->out, PC_LIMIT_OUTPUT);
  g_queue_init (&self->datagrams);
  g_queue_init (&self->events);
}

void
pc_engine_deinit (PcEngine *self)
{
  pc_bytes_clear (&self->out);
  pc_engine_drop_answers (self);
  g_queue_clear_full (&self->datagrams, (GDestroyNotify) pc_datagram_free);
  g_queue_clear_full (&self->events, (GDestroyNotify) pc_event_free);
}

void
pc_engine_free (PcEngine *self)
{
  if (self != NULL)
    self->klass->free (self);
}

void
pc_engine_start (PcEngine *self,
                 gint64    now)
{
  g_return_if_fail (self != NULL);

  if (self->klass->start != NULL)
    self->klass->start (self, now);
}

void
pc_engine_feed (PcEngine     *self,
                gint64        now,
                guint         port,
                const guint8 *data,
                gsize         len)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (data != NULL || len == 0);

  if (self->status == PC_ENGINE_RUNNING &&
      self->security != PC_SECURITY_WANTED)
    self->klass->feed (self, now, port, data, len);
}

PcSecurity
pc_engine_get_security (const PcEngine *self)
{
  g_return_val_if_fail (self != NULL, PC_SECURITY_CLEAR);

  return self->security;
}

void
pc_engine_want_tls (PcEngine *self)
{
  g_return_if_fail (self != NULL && self->security == PC_SECURITY_CLEAR);

  self->security = PC_SECURITY_WANTED;
}

void
pc_engine_secured (PcEngine *self,
                   gint64    now)
{
  g_return_if_fail (self != NULL && self->security == PC_SECURITY_WANTED);

  self->security = PC_SECURITY_ON;
  if (self->klass->secured != NULL && self->status == PC_ENGINE_RUNNING)
    self->klass->secured (self, now);
}

void
pc_engine_eof (PcEngine *self,
               gint64    now)
{
  g_return_if_fail (self != NULL);

  if (self->status == PC_ENGINE_RUNNING)
    self->klass->eof (self, now);
}

void
pc_engine_wake (PcEngine *self,
                gint64    now)
{
  g_return_if_fail (self != NULL);

  if (self->status == PC_ENGINE_RUNNING && self->klass->wake != NULL)
    self->klass->wake (self, now);
}

gint64
pc_engine_get_deadline (const PcEngine *self)
{
  g_return_val_if_fail (self != NULL, PC_ENGINE_NEVER);

  if (self->status != PC_ENGINE_RUNNING || self->klass->deadline == NULL)
    return PC_ENGINE_NEVER;
  return self->klass->deadline (self);
}

void
pc_engine_set_patience (PcEngine *self,
                        gint64    patience)
{
  self->patience = patience;
}

gint64
pc_engine_extend (const PcEngine *self,
                  gint64          deadline)
{
  return deadline == PC_ENGINE_NEVER ? deadline : deadline + self->patience;
}

const char *
pc_engine_get_state (const PcEngine *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->klass->state (self);
}

PcEngineStatus
pc_engine_get_status (const PcEngine *self)
{
  return self->status;
}

gboolean
pc_engine_is_idle (const PcEngine *self)
{
  return self->status == PC_ENGINE_RUNNING && !self->busy;
}

void
pc_engine_set_security (PcEngine *self,
                        gboolean  secure,
                        gboolean  needs_tls)
{
  g_return_if_fail (self != NULL);

  self->security = secure ? PC_SECURITY_ON : PC_SECURITY_CLEAR;
  self->needs_tls = needs_tls;
}

gboolean
pc_engine_act (PcEngine       *self,
               gint64          now,
               const PcAction *action,
               GError        **error)
{
  g_return_val_if_fail (self != NULL && self->klass->act != NULL, FALSE);
  g_return_val_if_fail (action != NULL, FALSE);

  if (!pc_engine_is_idle (self)) {
    g_set_error (error, PC_ENGINE_ERROR, PC_ENGINE_ERROR_BUSY,
                 _ ("“%s” cannot begin: the client is not idle."),
                 action->name);
    return FALSE;
  }

  return self->klass->act (self, now, action, error);
}

void
pc_engine_answer (PcEngine    *self,
                  gint64       now,
                  PcFileStatus status,
                  GBytes      *content)
{
  g_return_if_fail (self != NULL && self->klass->answer != NULL);

  if (self->status == PC_ENGINE_RUNNING)
    self->klass->answer (self, now, status, content);
}

void
pc_engine_tell_size (PcEngine *self,
                     gint64    size)
{
  g_return_if_fail (self != NULL && size >= -1);

  if (self->status == PC_ENGINE_RUNNING && self->klass->tell_size != NULL)
    self->klass->tell_size (self, size);
}

PcBytes *
pc_engine_get_output (PcEngine *self)
{
  return &self->out;
}

PcDatagram *
pc_engine_next_datagram (PcEngine *self)
{
  return g_queue_pop_head (&self->datagrams);
}

void
pc_datagram_free (PcDatagram *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

PcEvent *
pc_engine_next_event (PcEngine *self)
{
  return g_queue_pop_head (&self->events);
}

void
pc_event_free (PcEvent *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

void
pc_engine_push_event (PcEngine   *self,
                      PcEventKind kind,
                      const char *text,
                      GBytes     *data,
                      gint64      number)
{
  PcEvent *event = g_new0 (PcEvent, 1);

  event->kind = kind;
  event->text = g_strdup (text);
  event->data = data != NULL ? g_bytes_ref (data) : NULL;
  event->number = number;
  g_queue_push_tail (&self->events, event);
}

void
pc_engine_push_datagram (PcEngine     *self,
                         guint         port,
                         gconstpointer data,
                         gsize         len)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, len);

  pc_engine_push_datagram_bytes (self, port, bytes);
}

void
pc_engine_push_datagram_bytes (PcEngine *self,
                               guint     port,
                               GBytes   *data)
{
  PcDatagram *datagram = g_new0 (PcDatagram, 1);

  datagram->port = port;
  datagram->data = g_bytes_ref (data);
  g_queue_push_tail (&self->datagrams, datagram);
}

void
pc_engine_finish_action (PcEngine   *self,
                         PcEventKind kind,
                         const char *text)
{
  self->busy = FALSE;
  pc_engine_push_event (self, kind, text, NULL, 0);
}

void
pc_engine_fail (PcEngine   *self,
                const char *text)
{
  self->busy = FALSE;
  self->status = PC_ENGINE_FAILED;
  pc_engine_push_event (self, PC_EVENT_FAILED, text, NULL, 0);
}

void
pc_engine_send (PcEngine     *self,
                gconstpointer data,
                gsize         len)
{
  if (self->status == PC_ENGINE_FAILED)
    return;

  if (!pc_bytes_append (&self->out, data, len))
    pc_engine_fail (self, _ ("The other end takes nothing more; too much "
                             "is waiting to be sent."));
}

void
pc_engine_send_printf (PcEngine   *self,
                       const char *format,
                       ...)
{
  g_autofree char *text = NULL;
  va_list          args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);

  pc_engine_send (self, text, strlen (text));
}
