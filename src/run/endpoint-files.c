/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What an engine asks of files, and its owner's answers.
 *
 * Only servers of files ask (TFTP).  A large file is open for as long as its
 * transfer goes on, and read piece by piece as the engine wants more.  What
 * goes wrong with files is answered to the peer; it is never an error of ours.
 */

#include "run/hub-private.h"

gboolean
pc_endpoint_serve_file (PcEndpoint    *self,
                        const PcEvent *event)
{
  g_autoptr (GBytes) content = NULL;
  PcFiles     *files = self->hub->files;
  PcFileStatus status = PC_FILE_NOT_FOUND;

  switch (event->kind) {
  case PC_EVENT_OPEN_READ:
    if (files != NULL)
      self->file = pc_files_open_read (files, event->text, &status, &content);
    if (self->file != NULL)
      pc_engine_tell_size (self->engine, pc_file_get_size (self->file));
    break;
  case PC_EVENT_READ:
    status = pc_file_read (self->file, (gsize) event->number, &content);
    break;
  case PC_EVENT_OPEN_WRITE:
    if (files != NULL)
      self->upload = pc_files_open_write (files, event->text, event->number,
                                          &status);
    break;
  case PC_EVENT_WRITE:
    status = pc_upload_write (self->upload, event->data);
    break;
  case PC_EVENT_COMMIT:
    status = pc_upload_commit (self->upload);
    g_clear_pointer (&self->upload, pc_upload_free);
    break;
  case PC_EVENT_ABORT:
    g_clear_pointer (&self->upload, pc_upload_free);
    return TRUE;
  case PC_EVENT_DONE:
  case PC_EVENT_REFUSED:
  case PC_EVENT_ITEM:
  case PC_EVENT_FAILED:
  default:
    return FALSE;
  }

  pc_engine_answer (self->engine, pc_net_now (self->hub->net), status, content);
  return TRUE;
}
