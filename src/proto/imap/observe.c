/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Watches an IMAP conversation: cuts both directions into frames.
 *
 * A command is one unit, unless it waits in the middle for the server's leave
 * to send a literal: then each piece is one.  A response with its literals is
 * one unit.  What is longer than a unit may be is cut at fixed places, so that
 * portions do not matter.  What the client sends behind STARTTLS is held back
 * until the answer tells what it is.  Leaves out COMPRESS; TLS is in
 * observe-tls.c.
 *
 * RFC 3501 and RFC 9051 sections 2.2 and 4.3; RFC 7888 section 3.
 */

#include "proto/imap/observe.h"

#include "proto/imap/observe-label.h"
#include "proto/imap/observe-private.h"

#include "base/limits.h"

#include <string.h>

/* What the client sends next is a new command. */
void
pc_imap_observer_drop_open (PcImapObserver *self,
                            const char     *tag)
{
  PcImapStream *stream = &self->streams[PC_SIDE_CLIENT];

  if (g_strcmp0 (self->open_tag, tag) != 0)
    return;

  g_clear_pointer (&self->open_tag, g_free);
  pc_bytes_consume (&stream->in, stream->shown);
  stream->shown = 0;
  memset (&stream->framer, 0, sizeof stream->framer);
}

/* -- cutting -------------------------------------------------------------- */

/* The first @end octets are a frame, or a piece of one; what was shown of it
 * is not shown again. */
static void
show (PcImapObserver *self,
      PcSide          side,
      gsize           end)
{
  PcImapStream *stream = &self->streams[side];
  gsize         len;
  const guint8 *data = pc_bytes_peek (&stream->in, &len);

  if (side == PC_SIDE_SERVER)
    pc_imap_observer_emit_response (self, data, end);
  else if (stream->shown > 0)
    pc_imap_observer_emit_continued (self, data, end, stream->shown);
  else
    pc_imap_observer_emit_command (self, data, end);
}

static void
drop (PcImapStream *stream,
      gsize         len)
{
  pc_bytes_consume (&stream->in, len);
  stream->shown = 0;
  memset (&stream->framer, 0, sizeof stream->framer);
}

/* A literal may come, after leave. */
static void
show_open (PcImapObserver *self)
{
  PcImapStream *stream = &self->streams[PC_SIDE_CLIENT];
  gsize         end = stream->framer.end;
  gsize         len;
  PcImapCursor  at = { 0 };

  at.data = pc_bytes_peek (&stream->in, &len);
  at.len = end;
  show (self, PC_SIDE_CLIENT, end);
  stream->shown = end;
  g_clear_pointer (&self->open_tag, g_free);
  if (!pc_imap_read_tag (&at, &self->open_tag))
    self->open_tag = NULL;
}

/* The frame is longer than a unit may be: its beginning is shown as what it
 * is, the rest in parts. */
static void
begin_long (PcImapObserver *self,
            PcSide          side)
{
  PcImapStream *stream = &self->streams[side];
  gsize         line = stream->framer.line;

  show (self, side, PC_LIMIT_UNIT);
  drop (stream, PC_LIMIT_UNIT);
  stream->is_long = TRUE;
  stream->literal_left = line > PC_LIMIT_UNIT ? line - PC_LIMIT_UNIT : 0;
}

static void
emit_part (PcImapObserver *self,
           PcSide          side,
           gsize           len)
{
  PcImapStream *stream = &self->streams[side];
  gsize         size;
  const guint8 *data = pc_bytes_peek (&stream->in, &size);
  PcUnit       *unit = pc_unit_new (side, PC_UNIT_DATA,
                                    pc_imap_rule (PC_IMAP_RULE_DATA_PART),
                                    data, len);

  pc_imap_label_part (unit, side == PC_SIDE_CLIENT && self->secret);
  pc_imap_observer_emit (self, unit, PC_STATUS_OK);
  drop (stream, len);
}

/* One line of text in a long frame: it ends the frame or announces the next
 * literal. */
static gboolean
step_long_text (PcImapObserver *self,
                PcSide          side,
                const guint8   *data,
                gsize           visible)
{
  PcImapStream *stream = &self->streams[side];
  PcImapFramer  framer = { 0 };
  gsize         from = stream->framer.scanned;
  const guint8 *lf =
      visible > from ? memchr (data + from, '\n', visible - from) : NULL;
  gsize len = lf != NULL ? (gsize) (lf - data) + 1 : visible;

  stream->framer.scanned = len;
  if (lf == NULL && visible < PC_LIMIT_UNIT)
    return FALSE;
  if (lf != NULL) {
    stream->is_long = pc_imap_framer_next (&framer, data, len, FALSE,
                                           G_MAXSIZE, G_MAXINT64) !=
                      PC_IMAP_FRAME_DONE;
    stream->literal_left = stream->is_long ? framer.size : 0;
  }
  emit_part (self, side, len);
  return TRUE;
}

/* FALSE when more octets are needed. */
static gboolean
step_long (PcImapObserver *self,
           PcSide          side)
{
  PcImapStream *stream = &self->streams[side];
  gsize         len;
  const guint8 *data = pc_bytes_peek (&stream->in, &len);
  gsize         visible = MIN (len, PC_LIMIT_UNIT);

  if (stream->literal_left > 0) {
    gsize part = (gsize) MIN (stream->literal_left, PC_LIMIT_UNIT);

    if (len < part)
      return FALSE;
    stream->literal_left -= part;
    emit_part (self, side, part);
    return TRUE;
  }

  return step_long_text (self, side, data, visible);
}

static gboolean
step (PcImapObserver *self,
      PcSide          side)
{
  PcImapStream     *stream = &self->streams[side];
  gsize             len;
  const guint8     *data = pc_bytes_peek (&stream->in, &len);
  gsize             visible = MIN (len, PC_LIMIT_UNIT);
  PcImapFrameResult result;
  gsize             end;

  if (len == stream->shown)
    return FALSE;
  if (side == PC_SIDE_CLIENT && self->hold_tag != NULL) {
    if (len < PC_LIMIT_UNIT)
      return FALSE;
    g_clear_pointer (&self->hold_tag, g_free);
  }
  if (self->tls)
    return pc_imap_observer_step_tls (self, side, FALSE);
  if (stream->is_long)
    return step_long (self, side);

  /* The framer sees no more than a unit may hold, in whatever portions the
   * octets come. */
  result = pc_imap_framer_next (&stream->framer, data, visible,
                                side == PC_SIDE_SERVER, G_MAXSIZE,
                                G_MAXINT64);
  end = stream->framer.end;
  switch (result) {
  case PC_IMAP_FRAME_LITERAL:
    show_open (self);
    return TRUE;
  case PC_IMAP_FRAME_DONE:
  case PC_IMAP_FRAME_BIG:
    show (self, side, end);
    if (side == PC_SIDE_CLIENT)
      g_clear_pointer (&self->open_tag, g_free);
    drop (stream, end);
    return TRUE;
  case PC_IMAP_FRAME_MORE:
  case PC_IMAP_FRAME_LONG:
  default:
    if (visible < PC_LIMIT_UNIT)
      return FALSE;
    begin_long (self, side);
    return TRUE;
  }
}

/* -- observer ------------------------------------------------------------- */

static void
observer_free (PcObserver *observer)
{
  PcImapObserver *self = (PcImapObserver *) observer;

  for (guint i = 0; i < G_N_ELEMENTS (self->streams); i++)
    pc_bytes_clear (&self->streams[i].in);
  pc_imap_observer_clear_pending (self);
  g_clear_pointer (&self->open_tag, g_free);
  g_clear_pointer (&self->auth_tag, g_free);
  g_clear_pointer (&self->hold_tag, g_free);
  pc_observer_deinit (observer);
  g_free (self);
}

static void
observer_feed (PcObserver   *observer,
               PcSide        from,
               guint         port,
               const guint8 *data,
               gsize         len)
{
  PcImapObserver *self = (PcImapObserver *) observer;

  pc_bytes_append (&self->streams[from].in, data, len);
  /* A refused literal makes commands of what a hasty client sent already, and
   * the answer to STARTTLS tells what else it sent. */
  while (step (self, from))
    while (from == PC_SIDE_SERVER && step (self, PC_SIDE_CLIENT))
      ;
}

/* An unfinished frame comes out as it is. */
static void
show_rest (PcImapObserver *self,
           PcSide          side)
{
  PcImapStream *stream = &self->streams[side];
  gsize         len = pc_bytes_get_size (&stream->in);

  while (self->tls && pc_imap_observer_step_tls (self, side, TRUE))
    ;
  if (self->tls || len == stream->shown)
    return;

  self->base.cut_off = TRUE;
  if (stream->is_long)
    emit_part (self, side, len);
  else
    show (self, side, len);
  self->base.cut_off = FALSE;
  drop (stream, pc_bytes_get_size (&stream->in));
}

static void
observer_finish (PcObserver *observer,
                 PcSide      from)
{
  PcImapObserver *self = (PcImapObserver *) observer;

  if (from == PC_SIDE_CLIENT && self->hold_tag != NULL) {
    self->done = TRUE;
    return;
  }

  show_rest (self, from);
  g_clear_pointer (&self->hold_tag, g_free);
  while (step (self, PC_SIDE_CLIENT))
    ;
  if (self->done)
    show_rest (self, PC_SIDE_CLIENT);
  /* A server without a client ends the session (RFC 9051 section 3.4). */
  if (from == PC_SIDE_CLIENT || self->done)
    self->base.server_state = pc_imap_states[PC_IMAP_LOGOUT];
}

/* As after the greeting: TLS has washed away what was said before. */
static void
observer_secured (PcObserver *observer)
{
  PcImapObserver *self = (PcImapObserver *) observer;

  if (self->state == PC_IMAP_GREETING)
    return;

  self->tls = self->tls || self->hold_tag != NULL;
  show_rest (self, PC_SIDE_CLIENT);
  show_rest (self, PC_SIDE_SERVER);
  pc_imap_observer_reset (self);
}

static const PcObserverClass observer_class = {
  .free = observer_free,
  .feed = observer_feed,
  .finish = observer_finish,
  .secured = observer_secured,
};

PcObserver *
pc_imap_observer_new (void)
{
  PcImapObserver *self = g_new0 (PcImapObserver, 1);

  pc_observer_init (&self->base, &observer_class,
                    pc_imap_states[PC_IMAP_GREETING],
                    pc_imap_states[PC_IMAP_GREETING]);
  g_queue_init (&self->pending);
  pc_imap_observer_set_state (self, PC_IMAP_GREETING);
  return &self->base;
}
