/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A stream with TLS over another stream, which it owns.
 *
 * To its user it is a stream like any other: it opens when the handshake is
 * done, takes and gives what was never meant for the wire, and shows each
 * record beside it.  It has no time of its own: who waits for a handshake
 * that never ends puts a limit to it.
 */

#include "net/net-private.h"

typedef struct
{
  PcStream  base;
  PcStream *below;
  PcTls    *tls;
  gboolean  opened;  /* the user was told */
  gboolean  failed;  /* the user was told that TLS failed */
  gboolean  over;    /* the user was told of the end */
  gboolean *freed;   /* of a call that is under way, or NULL */
} Secure;

/* Tells the user; FALSE when that freed the stream. */
static gboolean
tell_end (Secure     *self,
          PcStreamEnd end)
{
  gboolean  freed = FALSE;
  gboolean *told = end == PC_END_INSECURE ? &self->failed : &self->over;

  if (*told)
    return TRUE;

  *told = TRUE;
  self->freed = &freed;
  self->base.handler->ended (&self->base, end, self->base.user_data);
  if (!freed)
    self->freed = NULL;
  return !freed;
}

static gboolean
tell_opened (Secure *self)
{
  gboolean freed = FALSE;

  if (self->opened)
    return TRUE;

  self->opened = TRUE;
  self->freed = &freed;
  self->base.handler->opened (&self->base, self->base.user_data);
  if (!freed)
    self->freed = NULL;
  return !freed;
}

static gboolean
tell_data (Secure *self,
           GBytes *plain)
{
  gboolean      freed = FALSE;
  gsize         len;
  const guint8 *data = g_bytes_get_data (plain, &len);

  self->freed = &freed;
  self->base.handler->received (&self->base, data, len, self->base.user_data);
  if (!freed)
    self->freed = NULL;
  return !freed;
}

static void
show (Secure            *self,
      const PcTlsRecord *record)
{
  if (self->base.handler->record != NULL)
    self->base.handler->record (&self->base, record, self->base.user_data);
}

static void
send_record (Secure            *self,
             const PcTlsRecord *record)
{
  gsize         len;
  gconstpointer data = g_bytes_get_data (record->wire, &len);

  show (self, record);
  pc_stream_write (self->below, data, len);
}

/* From inside the user's own call, which may come from inside settle (): only
 * what leaves. */
static void
flush (Secure *self)
{
  PcTlsRecord *record;

  while ((record = pc_tls_next_outgoing (self->tls)) != NULL) {
    send_record (self, record);
    pc_tls_record_free (record);
  }
}

/* All that TLS has to say since it was fed.  FALSE when @self was freed. */
static gboolean
settle (Secure *self)
{
  while (TRUE) {
    g_autoptr (PcTlsRecord) record = pc_tls_next_record (self->tls);

    if (record == NULL)
      break;
    if (record->outgoing) {
      send_record (self, record);
      continue;
    }
    show (self, record);
    /* The end of the handshake and data may have come together. */
    if (record->plain != NULL &&
        (!tell_opened (self) || !tell_data (self, record->plain)))
      return FALSE;
  }

  switch (pc_tls_get_status (self->tls)) {
  case PC_TLS_HANDSHAKE:
    return TRUE;
  case PC_TLS_OPEN:
    return tell_opened (self);
  case PC_TLS_ENDED:
    return tell_opened (self) && tell_end (self, PC_END_EOF);
  case PC_TLS_FAILED:
  default:
    pc_stream_finish (self->below);
    return tell_end (self, PC_END_INSECURE);
  }
}

/* -- the stream below ----------------------------------------------------- */

static void
opened_cb (PcStream *stream,
           gpointer  user_data)
{
  Secure *self = user_data;

  self->base.local_port = stream->local_port;
  pc_tls_start (self->tls);
  flush (self);
}

static void
received_cb (PcStream     *stream,
             const guint8 *data,
             gsize         len,
             gpointer      user_data)
{
  Secure *self = user_data;

  pc_tls_feed (self->tls, data, len);
  settle (self);
}

static void
ended_cb (PcStream   *stream,
          PcStreamEnd end,
          gpointer    user_data)
{
  Secure *self = user_data;

  if (end == PC_END_REFUSED || end == PC_END_RESET) {
    tell_end (self, end);
    return;
  }

  pc_tls_eof (self->tls);
  if (pc_tls_get_status (self->tls) != PC_TLS_FAILED || settle (self))
    tell_end (self, PC_END_EOF);
}

static void
drained_cb (PcStream *stream,
            gpointer  user_data)
{
  Secure *self = user_data;

  /* After the end, too: who has said goodbye waits until it has left. */
  if ((self->opened || self->failed) && self->base.handler->drained != NULL)
    self->base.handler->drained (&self->base, self->base.user_data);
}

static const PcStreamHandler below_handler = {
  .opened = opened_cb,
  .received = received_cb,
  .ended = ended_cb,
  .drained = drained_cb,
};

/* -- to the user ---------------------------------------------------------- */

static void
secure_write (PcStream     *stream,
              gconstpointer data,
              gsize         len)
{
  Secure *self = (Secure *) stream;

  pc_tls_write (self->tls, data, len);
  flush (self);
}

static gsize
secure_pending (PcStream *stream)
{
  return pc_stream_get_pending (((Secure *) stream)->below);
}

static void
secure_finish (PcStream *stream)
{
  Secure *self = (Secure *) stream;

  pc_tls_finish (self->tls);
  flush (self);
  pc_stream_finish (self->below);
}

static void
secure_abort (PcStream *stream)
{
  pc_stream_abort (((Secure *) stream)->below);
}

static void
secure_free (PcStream *stream)
{
  Secure *self = (Secure *) stream;

  if (self->freed != NULL)
    *self->freed = TRUE;
  pc_stream_free (self->below);
  pc_tls_free (self->tls);
  g_free (self);
}

static PcTls *
secure_tls (PcStream *stream)
{
  return ((Secure *) stream)->tls;
}

static const PcStreamClass secure_class = {
  .write = secure_write,
  .pending = secure_pending,
  .finish = secure_finish,
  .abort = secure_abort,
  .free = secure_free,
  .tls = secure_tls,
};

PcStream *
pc_stream_secure (PcStream              *below,
                  PcTls                 *tls,
                  gboolean               opened,
                  const PcStreamHandler *handler,
                  gpointer               user_data)
{
  Secure *self;

  g_return_val_if_fail (below != NULL && tls != NULL, NULL);
  g_return_val_if_fail (handler != NULL, NULL);

  self = g_new0 (Secure, 1);
  self->base.klass = &secure_class;
  self->base.net = below->net;
  self->base.local_port = below->local_port;
  self->base.peer_port = below->peer_port;
  self->below = below;
  self->tls = tls;
  pc_stream_set_handler (&self->base, handler, user_data);
  pc_stream_set_handler (below, &below_handler, self);
  if (opened)
    opened_cb (below, self);
  return &self->base;
}
