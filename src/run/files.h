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

typedef struct _PcFile   PcFile;
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

/* A file of at most PC_LIMIT_TFTP_SERVED octets (else FULL).  What is in memory
 * already, and what has no more than PC_LIMIT_TFTP_WHOLE octets, is in
 * @content (transfer full) when @status is OK, and NULL is returned; any other
 * is returned, to be read piece by piece.  May outlive @self. */
PcFile      *pc_files_open_read (PcFiles      *self,
                                 const char   *name,
                                 PcFileStatus *status,
                                 GBytes      **content);
/* When it was opened. */
gint64       pc_file_get_size (const PcFile *self);
/* The next octets, @wanted of them; fewer only at the end, none after it.
 * FAILED as soon as it shows that the file is not the one that was opened: it
 * became shorter, or, at the end, longer or otherwise written to.  @content:
 * transfer full, NULL unless OK. */
PcFileStatus pc_file_read (PcFile  *self,
                           gsize    wanted,
                           GBytes **content);
void         pc_file_free (PcFile *self);

/* Begins to take a file; nothing stands under @name until it is committed.
 * @size: what the peer says of it, -1 nothing; FULL when that is too much.
 * NULL unless @status is OK.  May outlive @self. */
PcUpload    *pc_files_open_write (PcFiles      *self,
                                  const char   *name,
                                  gint64        size,
                                  PcFileStatus *status);
/* FULL past PC_LIMIT_TFTP_FILE, in memory past PC_LIMIT_TFTP_MEMORY for all of
 * them together, and when the disk is. */
PcFileStatus pc_upload_write (PcUpload *self,
                              GBytes   *data);
/* Puts the file in place at once and whole.  EXISTS when somebody was faster.
 * Afterwards @self can only be freed. */
PcFileStatus pc_upload_commit (PcUpload *self);
/* Drops what was written, unless it was committed. */
void         pc_upload_free (PcUpload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcFile, pc_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcFiles, pc_files_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PcUpload, pc_upload_free)

G_END_DECLS
