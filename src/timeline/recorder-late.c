/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recording late: what happened is kept, and becomes steps when there is
 * time, so that a peer need not wait for them.
 *
 * Each deed is done by the very function that put it off.  How deeds are kept
 * is backlog.c's.
 */

#include "timeline/recorder.h"

#include "timeline/recorder-private.h"

#include "base/limits.h"

#define MANY_DEEDS 16 /* as much work as PC_LIMIT_CATCH_UP octets */

gboolean
pc_recorder_defer (PcRecorder   *self,
                   const PcDeed *deed)
{
  if (self->backlog == NULL || self->catching_up)
    return FALSE;

  pc_backlog_add (self->backlog, deed);
  self->wanted (self->user_data);
  while (pc_backlog_get_size (self->backlog) > PC_LIMIT_BACKLOG)
    pc_recorder_catch_up (self);
  return TRUE;
}

/* Meanwhile the end may have gone on: what it has told since is kept. */
static void
do_passed (PcRecorder   *self,
           const PcDeed *deed)
{
  PcRecorderConn      *conn = pc_recorder_find (self, deed->conn);
  PcRecorderDirection *direction = &conn->directions[deed->from];
  PcRecorderDirection  now = *direction;

  direction->wait_us = deed->wait_us;
  direction->timed = deed->timed;
  direction->rang = deed->rang;
  pc_recorder_passed (self, deed->conn, deed->from, deed->from_port,
                      deed->to_port, deed->now, deed->data, deed->len,
                      deed->wire);
  direction->wait_us = now.wait_us;
  direction->timed = now.timed;
  direction->rang = now.rang;
}

static void
do_deed (PcRecorder   *self,
         const PcDeed *deed)
{
  switch (deed->kind) {
  case PC_DEED_SENT:
    pc_recorder_sent (self, deed->conn, deed->from, deed->now, deed->data,
                      deed->len);
    break;
  case PC_DEED_ARRIVED:
    pc_recorder_arrived (self, deed->conn, deed->from, deed->now, deed->len);
    break;
  case PC_DEED_RECORD:
    pc_recorder_record (self, deed->conn, deed->from, deed->now, deed->wire,
                        deed->content, deed->detail, deed->plain);
    break;
  case PC_DEED_SECURED:
    pc_recorder_secured (self, deed->conn);
    break;
  case PC_DEED_PASSED:
    do_passed (self, deed);
    break;
  case PC_DEED_LEFT:
    pc_recorder_left (self, deed->conn, deed->from);
    break;
  case PC_DEED_CLOSED:
  default:
    pc_recorder_closed (self, deed->conn, deed->from, deed->cut, deed->now);
    break;
  }
}

void
pc_recorder_catch_up_wholly (PcRecorder *self)
{
  if (self != NULL && !self->catching_up)
    while (pc_recorder_catch_up (self))
      continue;
}

void
pc_recorder_put_off (PcRecorder *self,
                     void       (*wanted) (gpointer user_data),
                     gpointer    user_data)
{
  g_return_if_fail (self != NULL && self->backlog == NULL);
  g_return_if_fail (wanted != NULL);

  self->backlog = pc_backlog_new ();
  self->wanted = wanted;
  self->user_data = user_data;
}

gboolean
pc_recorder_catch_up (PcRecorder *self)
{
  gsize  rest = PC_LIMIT_CATCH_UP;
  PcDeed deed;

  g_return_val_if_fail (self != NULL && !self->catching_up, FALSE);

  if (self->backlog == NULL)
    return FALSE;

  self->catching_up = TRUE;
  for (guint i = 0; i < MANY_DEEDS && rest > 0; i++) {
    if (!pc_backlog_next (self->backlog, rest, &deed))
      break;
    if (deed.data != NULL)
      rest -= MIN (deed.len, rest);
    do_deed (self, &deed);
  }
  self->catching_up = FALSE;
  return pc_backlog_get_size (self->backlog) > 0;
}

gsize
pc_recorder_get_backlog (PcRecorder *self)
{
  return self != NULL && self->backlog != NULL
             ? pc_backlog_get_size (self->backlog)
             : 0;
}
