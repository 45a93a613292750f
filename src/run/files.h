/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "proto/common/engine.h"

G_BEGIN_DECLS

/* The files that TFTP servers hand out and take: a folder of this system, or
 * names in memory.  Answers the questions of an engine (PC_EVENT_OPEN_READ …)
 * and never with a GError: what a peer asked for in vain is the peer's matter.
 *
 * A name is 1 to 255 octets of UTF-8 without control characters; folders in it
 * are separated by "/".  One leading "/" means the served folder itself, since
 * devices ask for "/boot.cfg" as often as for "boot.cfg" (curl leaves it out,
 * tftp-hpa sends what was typed).  Empty, "." and ".." parts are refused, and
 * no symbolic link is followed, so that no name leads out of the folder. */

typedef struct _PcFiles  PcFiles;
typedef struct _PcUpload PcUpload;

/* Serves @path.  @allow_overwrite: an upload may replace a file.  NULL with
 * G_IO_ERROR when @path is not a folder that can be opened. */
PcFiles     *pc_files_new_directory (const char *path,
                                     gboolean    allow_overwrite,
                                     GError    **error);
/* Serves what was added and uploaded; an upload replaces nothing. */
PcFiles     *pc_files_new_memory (void);
void         pc_files_free (PcFiles *self);

/* In memory only: @content under @name, in place of what was there.  FALSE,
 * with nothing added, when no request could ever reach @name. */
gboolean     pc_files_add (PcFiles    *self,
                           const char *name,
                           GBytes     *content);

/* The whole file, of at most PC_LIMIT_TFTP_FILE octets (else FULL).
 * @content: transfer full, NULL unless OK. */
PcFileStatus pc_files_read (PcFiles    *self,
                            const char *name,
                            GBytes    **content);

/* Begins to take a file; nothing stands under @name until it is committed.
 * NULL unless @status is OK.  May outlive @self. */
PcUpload    *pc_files_open_write (PcFiles      *self,
                                  const char   *name,
                                  PcFileStatus *status);
/* FULL past PC_LIMIT_TFTP_FILE, and when the disk is. */
PcFileStatus pc_upload_write (PcUpload *self,
                              GBytes   *data);
/* Puts the file in place at once and whole.  EXISTS when somebody was faster.
 * Afterwards @self can only be freed. */
PcFileStatus pc_upload_commit (PcUpload *self);
/* Drops what was written, unless it was committed. */
void         pc_upload_free (PcUpload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcFiles, pc_files_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcUpload, pc_upload_free)

G_END_DECLS
